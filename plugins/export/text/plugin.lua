-- text - plain text to read or to feed to other programs.
--
-- Headline, byline and date, and the paragraphs with an empty line between them; articles are parted by a
-- line. With head=no only the text is left. Lines are wrapped when a width is given; a word that is longer
-- than that stays whole. Characters are counted, so East Asian text comes out twice as wide.
-- What an article looks like is a template, data/article.txt or the user's.

local template = require "sheaf.template"
local view = require "sheaf.view"

local function characters(text)
  return utf8.len(text) or #text
end

local function wrapped_line(line, width, indent)
  local rows, row, size = {}, nil, 0
  for word in line:gmatch("%S+") do
    local length = characters(word)
    if row and size + 1 + length > width then
      rows[#rows + 1], row = row, nil
    end
    row, size = row and row .. " " .. word or word, row and size + 1 + length or length
  end
  rows[#rows + 1] = row
  return indent .. table.concat(rows, "\n" .. indent)
end

local function wrapped(text, opt, indent)
  if opt.width == 0 then return indent .. text:gsub("\n", "\n" .. indent) end
  local lines = {}
  for line in text:gmatch("[^\n]+") do lines[#lines + 1] = wrapped_line(line, opt.width - #indent, indent) end
  return table.concat(lines, "\n")
end

local indents = { quote = "    ", code = "    ", list = "  " }

local function paragraph(text, kind, opt)
  if kind == "code" or kind == "table" then return "    " .. text:gsub("\n", "\n    ") end
  return wrapped(text, opt, indents[kind] or "")
end

local function authors(article)
  if article.byline then return article.byline end
  local list = {}
  for index, author in ipairs(article.authors or {}) do list[index] = author.name end
  return #list > 0 and table.concat(list, ", ") or nil
end

local function head_of(article, opt)
  local parts = { wrapped(article.headline or "Untitled", opt, "") }
  local credits = {}
  for _, part in ipairs { authors(article) or false, article.publisher or article.site or false,
    article.published or false } do
    if part then credits[#credits + 1] = part end
  end
  if #credits > 0 then parts[2] = wrapped(table.concat(credits, " · "), opt, "") end
  return table.concat(parts, "\n")
end

local makers = view.makers {
  head = function(article, opt) return opt.head and head_of(article, opt) end,
  body = function(article, opt)
    local parts = {}
    for text, kind in article:paragraphs() do parts[#parts + 1] = paragraph(text, kind, opt) end
    return table.concat(parts, "\n\n")
  end,
}

local function article_template(opt)
  return view.template(opt, "article.txt", makers, tostring)
end

return {
  kind = "exporter", api = 1, version = "1.0.0",
  about = "Plain text, one article after the other.",
  extension = "txt",
  args = {
    width = { "integer", default = 0, min = 0, max = 1000,
      help = "wrap lines after so many characters; 0 does not" },
    head = { "boolean", default = true, help = "begin with headline, byline and date" },
    rule = { "string", default = "----", help = "the line between articles; may be empty" },
    template = view.argument("article.txt"),
  },
  needs = view.needs,
  rows = true,
  between = function(opt) return "\n" .. opt.rule .. (opt.rule ~= "" and "\n\n" or "") end,
  open = function(_, opt)
    article_template(opt)
  end,
  each = function(article, opt, out)
    out:write(article_template(opt):render(template.view(makers, article, opt)))
  end,
  examples = {
    { run = "sheaf export text:width=72,head=no news.sheaf -o news.txt", about = "the texts alone, wrapped" },
  },
  tests = {
    { give = { headline = "Talks end", text = "They met.\n\nThey left.", byline = "By Mina Okafor",
        published = "2021-03-17" },
      want = "Talks end\nBy Mina Okafor · 2021-03-17\n\nThey met.\n\nThey left.\n" },
    { opt = { head = false }, give = { headline = "Talks end", text = "They met." }, want = "They met.\n" },
    { opt = { head = false, width = 10 }, give = { text = "They met in a town of Örö." },
      want = "They met\nin a town\nof Örö.\n" },
    { opt = { head = false }, give = { text = "Said.\n\nDone.", blocks = {
        { from = 1, to = 5, kind = "quote" }, { from = 8, to = 12, kind = "p" } } },
      want = "    Said.\n\nDone.\n" },
    { opt = { head = false }, give = { { text = "One." }, { text = "Two." } },
      want = "One.\n\n----\n\nTwo.\n" },
    { opt = { head = false, rule = "" }, give = { { text = "One." }, { text = "Two." } },
      want = "One.\n\nTwo.\n" },
    { give = { text = "No headline." }, want = "Untitled\n\nNo headline.\n" },
  },
}
