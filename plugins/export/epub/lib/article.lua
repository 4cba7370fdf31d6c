-- article.lua - an article as a page of the book.
--
-- Headline and text are in the article's own language and direction, what the book says around them in the
-- book's. Notes of the curator hang at the ends of their spans, as footnotes that readers show in place.
-- Pictures lie on the servers of others, where a book may not fetch them: their captions and credits stay.

local markup = require "sheaf.markup"
local page = require "page"
local proper = require "proper"

local article = {}

local escape, element = markup.escape, page.element

-- The first words of a text, for an article that has no headline.
local function beginning(text)
  local found, count = {}, 0
  for word in (text or ""):sub(1, 400):gmatch("%S+") do
    count = count + 1
    if count > 8 then return table.concat(found, " ") .. "…" end
    found[count] = word
  end
  return count > 0 and table.concat(found, " ") or nil
end

local function title_of(a, words)
  local head = proper.line(a.headline)
  if head then return head, true end
  return proper.line(beginning(proper.text(a.text))) or words.untitled, false
end

-- What the article says of itself, kept as short facts for the lists at the end of the book.
local function facts_of(a, book)
  local title, own = title_of(a, book.words)
  return {
    id = a.id, title = title, headed = own, by = proper.line(markup.authors(a)),
      date = proper.line(a.published),
    outlet = proper.line(a.publisher) or proper.line(a.site), url = a.url, language = proper.tag(a.language),
    provider = proper.line(a.provider), via = proper.line(a.via), words = a.words,
  }
end

-- ---- head -----------------------------------------------------------------------------------------------

local function meta(name, value)
  value = proper.line(value)
  return value and ("<meta name=\"%s\" content=\"%s\"/>\n"):format(name, escape(value)) or ""
end

local function head_of(a, facts)
  return meta("author", facts.by) .. meta("description", a.description)
    .. meta("keywords", table.concat(a.keywords or {}, ", ")) .. meta("dcterms.identifier", facts.id)
    .. meta("dcterms.date", facts.date) .. meta("dcterms.modified", a.modified)
    .. meta("dcterms.publisher", facts.outlet) .. meta("dcterms.language", facts.language)
    .. meta("dcterms.source", proper.address(facts.url) or facts.url)
end

local function dated(facts, words)
  if not facts.date then return nil end
  local machine = proper.machine_date(facts.date)
  local day = words.shown_day(facts.date)
  return machine and ("<time datetime=\"%s\">%s</time>"):format(machine, day) or "<span>" .. day .. "</span>"
end

local function credits(facts, words)
  local parts = {}
  if facts.by then parts[1] = "<span>" .. markup.lines(facts.by) .. "</span>" end
  parts[#parts + 1] = dated(facts, words)
  return #parts > 0 and "<p class=\"credits\">" .. table.concat(parts, " · ") .. "</p>\n" or ""
end

-- The section of the book and that of the newspaper are told above the headline.
local function kicker(a, place, book)
  local parts = {}
  if place.section then
    parts[1] = ("<span%s>%s</span>"):format(proper.spoken(book.language), markup.lines(place.section))
  end
  local own = proper.line(a.section)
  if own and own ~= place.section then parts[#parts + 1] = "<span>" .. markup.lines(own) .. "</span>" end
  return #parts > 0 and "<p class=\"kicker\">" .. table.concat(parts, " · ") .. "</p>\n" or ""
end

local function header(a, facts, place, book)
  return "<header>\n" .. kicker(a, place, book) .. element("h1", facts.title)
    .. element("p class=\"lead\"", proper.line(a.description)) .. credits(facts, book.words) .. "</header>\n"
end

-- ---- marks in the text ----------------------------------------------------------------------------------

-- From the byte of a character back to its first one, and on to its last.
local function first_byte(text, at)
  while at > 1 and text:find("^[\x80-\xBF]", at) do at = at - 1 end
  return at
end

local function last_byte(text, at)
  while at < #text and text:find("^[\x80-\xBF]", at + 1) do at = at + 1 end
  return at
end

-- A span cut to the blocks: where it begins and where it ends must lie within one. nil when it is in none.
local function fitted(from, to, text, blocks)
  from, to = math.tointeger(from), math.tointeger(to)
  if not from or not to or from > to or to < 1 or from > #text then return nil end
  from, to = first_byte(text, math.max(from, 1)), last_byte(text, math.min(to, #text))
  local first, last
  for _, block in ipairs(blocks) do
    if block.to >= from and block.from <= to then
      first = first or math.max(from, block.from)
      last = math.min(to, block.to)
    end
  end
  return first, last
end

local function blocks_of(a)
  local blocks = a.blocks or {}
  if #blocks > 0 or not a.text then return blocks end
  return { { from = 1, to = #a.text, kind = "p" } }
end

-- Each quotation whose speaker is known gets an anchor, which the index of people leads to.
local function mark_quotes(a, marks, blocks, quoted)
  local layer = a.layers and a.layers.quotes
  for _, span in ipairs(layer and layer.spans or {}) do
    local speaker = span[3] and proper.line(span[3].speaker)
    local from, to = fitted(span[1], span[2], a.text, blocks)
    if speaker and from then
      local anchor = "q" .. #quoted + 1
      quoted[#quoted + 1] = { speaker = speaker, anchor = anchor }
      marks[#marks + 1] = { from = from, to = to, open = "", close = "",
        before = ("<a id=\"%s\"></a>"):format(anchor) }
    end
  end
end

local reference = "<a epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\" id=\"r%d\" "
  .. "href=\"#n%d\">%d</a>"

local function by_end(one, other)
  if one.to ~= other.to then return one.to < other.to end
  return one.order < other.order
end

-- The notes on spans, numbered in the order of reading; those on no place of the text come last.
local function mark_notes(a, marks, blocks, given)
  local notes = {}
  for order, span in ipairs(given and given.spans or {}) do
    local from, to = fitted(span.from, span.to, a.text or "", blocks)
    notes[order] = { from = from, to = to or math.huge, text = span.text, order = order }
  end
  table.sort(notes, by_end)
  for number, note in ipairs(notes) do
    if note.from then
      marks[#marks + 1] = { from = note.from, to = note.to, open = "<u class=\"noted\">", close = "</u>",
        after = reference:format(number, number, number) }
    end
  end
  return notes
end

-- ---- the body -------------------------------------------------------------------------------------------

local function picture(image, text)
  local caption, credit = proper.line(image.caption), proper.line(image.credit)
  if caption and text:find(caption, 1, true) then caption = nil end
  if not caption and not credit then return "" end
  local parts = { caption and markup.lines(caption), credit and ("<span class=\"credit\">%s</span>"):format(
    markup.lines(credit)) }
  return "<p class=\"picture\">" .. (parts[1] or "") .. (parts[1] and parts[2] and " " or "")
    .. (parts[2] or "") .. "</p>\n"
end

local function pictures(a)
  local out, text = {}, a.text or ""
  for i, image in ipairs(a.images or {}) do out[i] = picture(image, text) end
  return table.concat(out)
end

local function source(facts, book)
  local name = facts.outlet or facts.url
  if not name and not facts.provider then return "" end
  local parts = { name and proper.link(name, facts.url) }
  for _, more in ipairs { facts.provider or false, facts.via or false } do
    if more and more ~= facts.outlet then parts[#parts + 1] = markup.lines(more) end
  end
  parts[#parts + 1] = dated(facts, book.words)
  local address = facts.outlet and proper.address(facts.url)
  if address then
    parts[#parts + 1] = ("<span class=\"address\" dir=\"ltr\">%s</span>"):format(escape(address))
  end
  return ("<footer class=\"source\"%s>\n<p>%s: %s</p>\n</footer>\n"):format(proper.spoken(book.language),
    escape(book.words.source), table.concat(parts, ", "))
end

local function remark(given, book)
  local text = proper.markdown(given and given.text, 2)
  if text == "" then return "" end
  return ("<aside class=\"remark\"%s>\n<h2>%s</h2>\n%s</aside>\n"):format(proper.spoken(book.language),
    escape(book.words.note), text)
end

local function footnote(number, note, words)
  local mark = note.from and ("<a role=\"doc-backlink\" href=\"#r%d\" title=\"%s\">%d</a>")
    :format(number, escape(words.back), number) or tostring(number)
  return ("<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"n%d\">\n"
    .. "<p class=\"number\">%s</p>\n%s</aside>\n"):format(number, mark, proper.markdown(note.text, 2))
end

local function footnotes(notes, book)
  if #notes == 0 then return "" end
  local out = {}
  for number, note in ipairs(notes) do out[number] = footnote(number, note, book.words) end
  return ("<section class=\"notes\" epub:type=\"footnotes\"%s>\n<h2>%s</h2>\n%s</section>\n"):format(
    proper.spoken(book.language), escape(book.words.notes), table.concat(out))
end

---@class epub.Facts
---@field id string
---@field title string
---@field file string
---@field quoted {speaker: string, anchor: string}[]

--- The page of an article, and what the lists of the book need to know of it.
---@param a table an article
---@param place {file: string, section: string?}
---@param book table language, words, notes
---@return string xhtml
---@return epub.Facts
function article.page(a, place, book)
  local facts, marks, blocks = facts_of(a, book), {}, blocks_of(a)
  local given = book.notes[a.id]
  facts.file, facts.quoted = place.file, {}
  mark_quotes(a, marks, blocks, facts.quoted)
  local notes = mark_notes(a, marks, blocks, given)
  local text = markup.body(a, { marks = marks, level = 2 })
  local body = ("<section epub:type=\"chapter\" role=\"doc-chapter\"%s>\n")
    :format(proper.spoken(a.language)) .. header(a, facts, place, book)
    .. "<div class=\"body\">\n" .. table.concat(text, "\n") .. "\n" .. pictures(a) .. "</div>\n"
    .. remark(given, book) .. footnotes(notes, book) .. source(facts, book) .. "</section>"
  return page.of({
    title = facts.title, language = book.language, head = head_of(a, facts), kind = "bodymatter",
  }, body), facts
end

return article
