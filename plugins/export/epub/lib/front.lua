-- front.lua - pages before the articles: title, introduction, and one for each section.

local markup = require "sheaf.markup"
local page = require "page"
local proper = require "proper"

local front = {}

local element = page.element

local function extent(all, book)
  local first, last, outlets, seen = nil, nil, 0, {}
  for _, facts in ipairs(all) do
    local day = facts.date and facts.date:match("^%d%d%d%d[%d-]*")
    if day and (not first or day < first) then first = day end
    if day and (not last or day > last) then last = day end
    if facts.outlet and not seen[facts.outlet] then seen[facts.outlet], outlets = true, outlets + 1 end
  end
  local line = ("%s: %d"):format(markup.escape(book.words.articles), #all)
  if not first then return line end
  local from, to = book.words.shown_day(first), book.words.shown_day(last)
  return line .. ", " .. (from == to and from or from .. " – " .. to)
end

--- The title page.
---@param book table
---@param all epub.Facts[]
---@return string xhtml
function front.title(book, all)
  local head = book.head
  local section = "<section epub:type=\"titlepage\" class=\"titlepage\"%s>\n"
  local body = section:format(proper.spoken(book.language))
    .. element("h1", head.title) .. element("p class=\"subtitle\"", head.subtitle)
    .. element("p", head.curator and book.words.curated .. " " .. head.curator)
    .. ("<p class=\"extent\">%s</p>\n"):format(extent(all, book))
    .. element("p class=\"rights\"", head.licence) .. "</section>"
  return page.of({ title = head.title, language = book.language, kind = "frontmatter" }, body)
end

--- The curator's introduction.
---@param book table
---@param text string Markdown
---@return string xhtml
function front.introduction(book, text)
  local title = book.words.introduction
  local body = ("<section epub:type=\"introduction\" "
    .. "role=\"doc-introduction\"%s>\n<h1>%s</h1>\n%s</section>"):format(
    proper.spoken(book.language), markup.escape(title), proper.markdown(text, 1))
  return page.of({ title = title, language = book.language, kind = "frontmatter" }, body)
end

local function entry(facts, words)
  local details = { facts.outlet and markup.lines(facts.outlet),
    facts.date and words.shown_day(facts.date) }
  if not details[1] then details = { details[2] } end
  return ("<li>%s%s</li>"):format(page.to(facts.file, facts.title, facts.language),
    #details > 0 and " <small>" .. table.concat(details, ", ") .. "</small>" or "")
end

--- The page of a section: its title, its text, its articles.
---@param book table
---@param section {title: string, text: string?, articles: epub.Facts[]}
---@return string xhtml
function front.section(book, section)
  local rows = {}
  for i, facts in ipairs(section.articles) do rows[i] = entry(facts, book.words) end
  local list = #rows > 0 and "<ul class=\"articles\">\n" .. table.concat(rows, "\n") .. "\n</ul>\n" or ""
  local body = ("<section epub:type=\"part\" role=\"doc-part\" "
    .. "class=\"part\"%s>\n<h1>%s</h1>\n%s%s</section>"):format(
    proper.spoken(book.language), markup.lines(section.title), proper.markdown(section.text, 1), list)
  return page.of({ title = section.title, language = book.language, kind = "bodymatter" }, body)
end

return front
