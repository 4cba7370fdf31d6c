-- reading.lua - the page of one article: what it says, who says it, what the curator adds, where it is from.

local address = require "sheaf.address"
local frame = require "frame"
local markup = require "sheaf.markup"

local escape = markup.escape

local reading = {}

-- Quotations lead to their speaker; the name shows when the pointer or the focus is on them.
local function quote_marks(article, spans, marks)
  for _, span in ipairs(spans) do
    local from, to, said = span[1], span[2], span[3] or {}
    if said.kind ~= "none" and from >= 1 and to <= #article.text and from <= to then
      local mark = { from = from, to = to, open = "<span class=\"said\">", close = "</span>" }
      if said.speaker then
        mark.open = ("<a class=\"said\" href=\"../quotes.html#%s\" data-who=\"%s\">"):format(
          reading.speaker_slug(said.speaker), escape(said.speaker))
        mark.close = "</a>"
      end
      marks[#marks + 1] = mark
    end
  end
end

--- The anchor of a speaker on the page of quotes.
function reading.speaker_slug(name)
  return "s-" .. markup.slug(name, sheaf.hash(name))
end

local function note_marks(notes, marks)
  for i, note in ipairs(notes) do
    marks[#marks + 1] = { from = note.from, to = note.to,
      open = "<span class=\"noted\">", close = "</span>",
      after = ("<a class=\"ref\" id=\"ref-%d\" href=\"#note-%d\" aria-label=\"Note %d\">%d</a>"):format(i,
          i, i, i) }
  end
end

local function side_note(number, note)
  return ("<aside class=\"side\" id=\"note-%d\" aria-label=\"Note %d\" dir=\"auto\">"
      .. "<span class=\"number\">%d"
      .. "</span> %s<a class=\"back\" href=\"#ref-%d\" aria-label=\"Back to the words of note %d\">↩</a>"
      .. "</aside>"):format(
      number, number, number, sheaf.markdown(note.text or "", 3), number, number)
end

-- Notes follow the paragraph in which their words end; style puts them beside it where there is room.
local function side_notes(article, notes, elements)
  local out, blocks, at = {}, article.blocks or {}, 1
  for index, element in ipairs(elements) do
    local last = index < #elements and blocks[index] and blocks[index].to or math.huge
    local beside = {}
    while notes[at] and notes[at].to <= last do
      beside[#beside + 1] = side_note(at, notes[at])
      at = at + 1
    end
    if #beside > 0 then
      element = ("<div class=\"beside\">\n<div>%s</div>\n<div>%s</div>\n</div>"):format(element,
        table.concat(beside, "\n"))
    end
    out[index] = element
  end
  return table.concat(out, "\n")
end

local function good_notes(article, notes)
  local list = {}
  for _, note in ipairs(notes and notes.spans or {}) do
    if math.type(note.from) == "integer" and math.type(note.to) == "integer" and note.from >= 1
      and note.from <= note.to and note.to <= #(article.text or "") then list[#list + 1] = note end
  end
  table.sort(list, function(a, b)
    if a.to ~= b.to then return a.to < b.to end
    if a.from ~= b.from then return a.from < b.from end
    return tostring(a.text) < tostring(b.text)
  end)
  return list
end

local function pictures(article)
  local list = {}
  for _, image in ipairs(article.images or {}) do
    local text = image.caption
    if image.credit then text = text and text .. " (" .. image.credit .. ")" or image.credit end
    if text then
      list[#list + 1] = "<li dir=\"auto\">" .. markup.link(text, address.uri(image.url)) .. "</li>"
    end
  end
  if #list == 0 then return "" end
  return "<section class=\"pictures\"><h2>Pictures</h2>\n<ul>\n" .. table.concat(list, "\n")
      .. "\n</ul></section>\n"
end

local function credits(item)
  local list = {}
  if item.who then list[1] = "<span class=\"by\"><bdi>" .. escape(item.who) .. "</bdi></span>" end
  if item.outlet then list[#list + 1] = "<span><bdi>" .. escape(item.outlet) .. "</bdi></span>" end
  if item.published then list[#list + 1] = "<bdi>" .. frame.time(item.published) .. "</bdi>" end
  if item.words > 0 then list[#list + 1] = "<bdi>" .. frame.counted(item.words, "word") .. "</bdi>" end
  return "<p class=\"credits\">" .. table.concat(list, " <span aria-hidden=\"true\">·</span> ") .. "</p>\n"
end

local function source(article, item)
  local rows = {}
  local function row(name, value)
    if value then rows[#rows + 1] = ("<dt>%s</dt><dd><bdi>%s</bdi></dd>"):format(name, value) end
  end
  row("Link", article.url and markup.link(article.url, address.uri(article.url)))
  row("Outlet", item.outlet and escape(item.outlet))
  row("Agency", article.provider and escape(article.provider))
  row("Retrieved", article.retrieved and frame.time(article.retrieved))
  row("Section", article.section and escape(article.section))
  row("Id", "<code>" .. escape(item.id) .. "</code>")
  return "<footer class=\"source\" lang=\"en\" dir=\"ltr\"><h2>Source</h2>\n<dl>" .. table.concat(rows,
      "\n") .. "</dl></footer>\n"
end

local function way(kind, label, item)
  if not item then return "" end
  local name = item.file:match("[^/]+$")
  return ("<a rel=\"%s\" href=\"%s\"><span>%s</span> <bdi>%s</bdi></a>"):format(kind, name, label,
    escape(frame.shortened(item.headline, 90)))
end

--- All of the page but the ways to its neighbours, which are known later.
function reading.body(site, article, item)
  local notes = good_notes(article, site.notes[item.id])
  local own = site.notes[item.id]
  local marks = {}
  note_marks(notes, marks)
  local quotes = article.layers and article.layers.quotes
  if quotes and quotes.spans then quote_marks(article, quotes.spans, marks) end
  local elements = markup.body(article, { level = 2, marks = marks })
  local body = #notes > 0 and side_notes(article, notes, elements) or table.concat(elements, "\n")
  if body == "" then body = "<p class=\"empty\">This article has no text here.</p>" end
  local kicker = item.section ~= "" and item.section or nil
  return table.concat {
    "<article class=\"reading\"", item.spoken, ">\n<header>\n",
    kicker and "<p class=\"kicker\"><bdi>" .. escape(kicker) .. "</bdi></p>\n" or "",
    "<h1>", escape(item.headline), "</h1>\n",
    article.alternative_headline and "<p class=\"other\">" .. markup.lines(article.alternative_headline)
        .. "</p>\n" or "",
    article.description and "<p class=\"lead\">" .. markup.lines(article.description) .. "</p>\n" or "",
    credits(item), "</header>\n",
    own and own.text and "<aside class=\"curator\" aria-label=\"Note of the curator\" dir=\"auto\">\n"
      .. sheaf.markdown(own.text, 2) .. "</aside>\n" or "",
    "<div class=\"text\">\n", body, "\n</div>\n", pictures(article), source(article, item), "</article>\n",
  }
end

--- The whole page.
function reading.page(site, item, body, before, after)
  local links = {}
  local function link(kind, other)
    if not other then return end
    links[#links + 1] = ("<link rel=\"%s\" href=\"%s\"/>\n"):format(kind, other.file:match("[^/]+$"))
  end
  link("prev", before)
  link("next", after)
  local ways = ""
  if before or after then
    ways = "<nav class=\"neighbours\" aria-label=\"Articles before and after\">\n" .. way("prev", "Before",
        before)
      .. way("next", "Next", after) .. "\n</nav>\n"
  end
  return frame.page(site, { title = item.headline, part = "articles", up = "../", body = body .. ways,
    links = table.concat(links) })
end

return reading
