-- tei - TEI P5: one corpus, a header and a body for each article; an article is a template to replace.
--
-- A heading in a text opens a division; paragraphs, quotations and lists are what they are, and other kinds
-- of blocks are paragraphs that tell their kind. With units=sentences each sentence is an <s>, with
-- units=words each word a <w> and each sign a <pc>. A date without a year is what TEI has for that: --02-10.

local curated = require "sheaf.curated"
local markup = require "sheaf.markup"
local template = require "sheaf.template"
local vertical = require "sheaf.vertical"
local view = require "sheaf.view"
local when = require "sheaf.when"

local escape = markup.escape

-- ---- text -----------------------------------------------------------------------------------------------

local function lines(text)
  return (escape(text):gsub("\n", "<lb/>\n"))
end

local marks = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ["\""] = "&quot;", ["'"] = "&#39;" }

local function token(form, kind, joined)
  local name, written = kind == "mark" and "pc" or "w", form:gsub("[&<>\"']", marks)
  return ("<%s%s>%s</%s>"):format(name, joined and " join=\"right\"" or "", written, name)
end

local function words_of(sentence)
  local count, forms, kinds, glued = vertical.tokens(sentence)
  local parts = {}
  for at = 1, count do parts[at] = token(forms[at], kinds[at], glued[at] and at < count) end
  return table.concat(parts, " ")
end

local function sentences_of(block, opt)
  local parts, write = {}, opt.units == "words" and words_of or lines
  for index, sentence in ipairs(block) do parts[index] = "<s>" .. write(sentence) .. "</s>" end
  return table.concat(parts, "\n")
end

-- The blocks with their inner markup: { kind =, inner = } each.
local function blocks_of(article, opt)
  local list = {}
  if opt.units == "paragraphs" then
    for text, kind in article:paragraphs() do list[#list + 1] = { kind = kind, inner = lines(text) } end
    return list
  end
  for index, block in ipairs(vertical.blocks(article)) do
    list[index] = { kind = block.kind, inner = sentences_of(block, opt) }
  end
  return list
end

local wrap = {
  p = function(inner) return "<p>" .. inner .. "</p>" end,
  quote = function(inner) return "<quote><p>" .. inner .. "</p></quote>" end,
  list = function(inner)
    return "<list><item>" .. inner:gsub("<lb/>\n", "</item>\n<item>") .. "</item></list>"
  end,
}

local function wrapped(block)
  local write = wrap[block.kind]
  return write and write(block.inner) or ("<p rend=\"%s\">%s</p>"):format(block.kind, block.inner)
end

-- A division begins with its heads and has something else in it.
local function body_of(article, opt)
  local parts, inside, filled = {}, false, true
  local function put(text) parts[#parts + 1] = text end
  for _, block in ipairs(blocks_of(article, opt)) do
    if block.kind == "h" then
      if filled then put(inside and "</div>\n<div>" or "<div>") end
      put("<head>" .. block.inner .. "</head>")
      inside, filled = true, false
    else
      put(wrapped(block))
      filled = true
    end
  end
  if not filled or #parts == 0 then put("<p/>") end
  if inside then put("</div>") end
  return table.concat(parts, "\n")
end

-- ---- header ---------------------------------------------------------------------------------------------

-- What xsd:ID takes, and another one for another id.
local function xml_id(article)
  return "a-" .. (article.id or ""):gsub("[^%w-]", function(char) return ("_%02x"):format(char:byte()) end)
end

-- A day, what is known of it, or a day without a year.
local function tei_date(edtf)
  if not edtf then return nil end
  local month, day = edtf:match("^XXXX%-(%d%d)%-(%d%d)$")
  if not month then return when.day(edtf) end
  return sheaf.date_range("2000-" .. month .. "-" .. day) and ("--%s-%s"):format(month, day) or nil
end

local makers = view.makers {
  body = body_of,
  xml_id = xml_id,
  when = function(article) return tei_date(article.published) end,
  keywords_list = function(article) return #(article.keywords or {}) > 0 end,
}

local function article_template(opt)
  return view.template(opt, "article.xml", makers, escape)
end

local opening = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  .. "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n"
  .. "<teiHeader>\n  <fileDesc>\n    <titleStmt>\n"
local closing = "</teiCorpus>\n"

local function header_of(opt)
  local head, parts = curated.head(opt), {}
  local function put(format, value)
    if value then parts[#parts + 1] = format:format(escape(value)) end
  end
  put("      <title>%s</title>\n", head.title)
  put("      <title type=\"sub\">%s</title>\n", head.subtitle)
  put("      <editor>%s</editor>\n", head.curator)
  put("    </titleStmt>\n    <publicationStmt>\n      <p>Made with %s.</p>\n", "sheaf")
  put("      <p>%s</p>\n", head.licence)
  put("    </publicationStmt>\n    <sourceDesc>\n      <p>%s</p>\n", "News articles, each with its source.")
  return table.concat(parts) .. "    </sourceDesc>\n  </fileDesc>\n</teiHeader>\n"
end

-- What tests want: a corpus called News.
local function corpus(articles)
  return opening .. "      <title>News</title>\n    </titleStmt>\n    <publicationStmt>\n      <p>Made with "
    .. "sheaf.</p>\n    </publicationStmt>\n    <sourceDesc>\n"
    .. "      <p>News articles, each with its source.</p>\n    </sourceDesc>\n  </fileDesc>\n</teiHeader>\n"
    .. articles .. closing
end

local small = "<TEI xml:id=\"{{xml_id}}\" when=\"{{when}}\">\n{{{body}}}\n</TEI>\n"

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "TEI P5: a corpus with a header and a body for each article.",
  extension = "xml",
  args = curated.arguments {
    units = { "string", default = "paragraphs", values = { "paragraphs", "sentences", "words" },
      help = "how far texts are taken apart" },
    template = view.argument("article.xml"),
  },
  needs = view.needs,
  open = function(out, opt)
    article_template(opt)
    out:write(opening, header_of(opt))
  end,
  each = function(article, opt, out)
    out:write(article_template(opt):render(template.view(makers, article, opt)))
  end,
  close = function(out) out:write(closing) end,
  examples = {
    { run = "sheaf export tei:title=News,units=sentences news.sheaf -o news.xml", about = "a corpus in TEI" },
    { run = "sheaf export tei:template=mine.xml news.sheaf -o news.xml",
      about = "headers and texts of your own making" },
  },
  tests = {
    { opt = { title = "News", template = small },
      give = { id = "a1", text = "A & B.\n\nHead\n\nMore.", published = "XXXX-02-10",
        blocks = { { from = 1, to = 6, kind = "p" }, { from = 9, to = 12, kind = "h" },
          { from = 15, to = 19, kind = "quote" } } },
      want = corpus("<TEI xml:id=\"a-a1\" when=\"--02-10\">\n<p>A &amp; B.</p>\n<div>\n<head>Head</head>\n"
        .. "<quote><p>More.</p></quote>\n</div>\n</TEI>\n") },
    { opt = { title = "News", template = small, units = "sentences" },
      give = { id = "a/1", text = "They met. They left.", language = "en", published = "2021-03" },
      want = corpus("<TEI xml:id=\"a-a_2f1\" when=\"2021-03\">\n<p><s>They met.</s>\n<s>They left.</s></p>\n"
        .. "</TEI>\n") },
    { opt = { title = "News", template = small, units = "words" },
      give = { id = "a1", text = "They <met>", language = "en" },
      want = corpus("<TEI xml:id=\"a-a1\" when=\"\">\n<p><s><w>They</w> <pc join=\"right\">&lt;</pc> "
        .. "<w join=\"right\">met</w> <pc>&gt;</pc></s></p>\n</TEI>\n") },
    { opt = { title = "News", template = "{{#authors}}{{name}} {{/authors}}{{headline}}\n" },
      give = { headline = "A <b>", text = "", authors = { { name = "Mina" }, { name = "Tobias" } } },
      want = corpus("Mina Tobias A &lt;b&gt;\n") },
    { opt = { title = "News", template = small },
      give = { id = "a1", headline = "No text" },
      want = corpus("<TEI xml:id=\"a-a1\" when=\"\">\n<p/>\n</TEI>\n") },
  },
}
