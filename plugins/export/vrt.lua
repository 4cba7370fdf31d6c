-- vrt.lua - one token a line with its attributes, and texts, paragraphs and sentences as XML: for the IMS
-- Corpus Workbench (CWB, CQPweb), NoSketch Engine and Korp.
--
--   <text id="3f9a…" title="…" …>
--   <p type="p">
--   <s>
--   They<TAB>they<TAB>word
--
-- Columns are word, stem and kind (word, number, character, mark). Every text has the same attributes, empty
-- where nothing is known, as cwb-encode wants them.

local markup = require "sheaf.markup"
local vertical = require "sheaf.vertical"
local when = require "sheaf.when"
local who = require "sheaf.who"

local LINES = 20000 -- that are remembered

local values = {
  id = function(article) return article.id end,
  title = function(article) return article.headline end,
  publisher = function(article) return article.publisher or article.site end,
  provider = function(article) return article.provider end,
  language = function(article) return article.language end,
  section = function(article) return article.section end,
  url = function(article) return article.url end,
  date = function(article) return when.day(article.published) end,
  year = function(article) return (when.parts(article.published)) end,
  month = function(article) return (when.day(article.published) or ""):match("^%d+%-%d+") end,
  words = function(article) return article.words end,
  author = function(article)
    local list = {}
    for index, author in ipairs(who.authors(article)) do list[index] = author.name end
    return table.concat(list, "; ")
  end,
}

local names = {}
for name in sheaf.sorted(values) do names[#names + 1] = name end

local function attribute(value)
  return (markup.escape(tostring(value or "")):gsub("%s+", " "))
end

local function opening(article, opt)
  local parts = { "<text" }
  for index, name in ipairs(opt.attributes) do
    parts[index + 1] = (" %s=\"%s\""):format(name, attribute(values[name](article)))
  end
  return table.concat(parts) .. ">\n"
end

local marks = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ["\""] = "&quot;" }

local seen, seen_count, seen_for = {}, 0, nil

-- A form has one line in a language, whatever the text.
local function line_of(form, kind, opt, language)
  local written = (form:gsub("[&<>\"]", marks))
  if not opt.stems then return ("%s\t%s\n"):format(written, kind) end
  local stem = kind == "word" and sheaf.stem(form, language) or written
  return ("%s\t%s\t%s\n"):format(written, stem, kind)
end

local function remember(form, kind, opt, language)
  if seen_count >= LINES then seen, seen_count = {}, 0 end
  local line = line_of(form, kind, opt, language)
  seen[form], seen_count = line, seen_count + 1
  return line
end

local function put_sentence(parts, sentence, opt, language)
  local count, forms, kinds, glued = vertical.tokens(sentence)
  if count == 0 then return end
  local size = #parts + 1
  parts[size] = "<s>\n"
  for at = 1, count do
    local form = forms[at]
    size = size + 1
    parts[size] = seen[form] or remember(form, kinds[at], opt, language)
    if opt.glue and glued[at] and at < count then
      size = size + 1
      parts[size] = "<g/>\n"
    end
  end
  parts[size + 1] = "</s>\n"
end

local function text_of(article, opt)
  local parts, language = { opening(article, opt) }, article.language or "und"
  if seen_for ~= language then seen, seen_count, seen_for = {}, 0, language end
  for _, block in ipairs(vertical.blocks(article)) do
    parts[#parts + 1] = ("<p type=\"%s\">\n"):format(block.kind)
    for _, sentence in ipairs(block) do put_sentence(parts, sentence, opt, language) end
    parts[#parts + 1] = "</p>\n"
  end
  parts[#parts + 1] = "</text>\n"
  return table.concat(parts)
end

local id = { "id" }

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "One token a line (VRT) for corpus query engines.",
  extension = "vrt",
  args = {
    attributes = { "list",
      default = { "id", "title", "publisher", "author", "date", "year", "language", "url" },
      values = names, help = "attributes of a text, in their order" },
    stems = { "boolean", default = true, help = "a column with the word without its ending" },
    glue = { "boolean", default = false, help = "a tag g between tokens that have no blank between them" },
  },
  needs = {
    "id", "headline", "publisher", "provider", "byline", "authors", "published", "language", "section", "url",
    "text", "blocks", "words", "site",
  },
  each = function(article, opt, out) out:write(text_of(article, opt)) end,
  examples = {
    { run = "sheaf export vrt news.sheaf -o news.vrt", about = "for CWB, NoSketch Engine or Korp" },
  },
  tests = {
    { opt = { attributes = id }, give = { id = "a1", text = "Ships met. <b>\n\nÖl & 3.5", language = "en" },
      want = "<text id=\"a1\">\n<p type=\"p\">\n<s>\nShips\tship\tword\nmet\tmet\tword\n.\t.\tmark\n</s>\n"
        .. "<s>\n&lt;\t&lt;\tmark\nb\tb\tword\n&gt;\t&gt;\tmark\n</s>\n</p>\n"
        .. "<p type=\"p\">\n<s>\nÖl\töl\tword\n&amp;\t&amp;\tmark\n3.5\t3.5\tnumber\n</s>\n</p>\n</text>\n" },
    { opt = { attributes = id, stems = false, glue = true },
      give = { id = "a1", text = "Met.", language = "en" },
      want = "<text id=\"a1\">\n<p type=\"p\">\n<s>\nMet\tword\n<g/>\n.\tmark\n</s>\n</p>\n</text>\n" },
    { give = { id = "a1", headline = "A \"b\"\nc", language = "en", published = "XXXX-02-10" },
      want = "<text id=\"a1\" title=\"A &quot;b&quot; c\" publisher=\"\" author=\"\" date=\"\" year=\"\" "
        .. "language=\"en\" url=\"\">\n</text>\n" },
    { opt = { attributes = { "date", "year", "month", "author" } },
      give = { language = "en", published = "2021-03-17T10:00Z", byline = "By Mina Okafor" },
      want = "<text date=\"2021-03-17\" year=\"2021\" month=\"2021-03\" author=\"Mina Okafor\">\n</text>\n" },
  },
}
