-- lists.lua - what stands at the end of the book: where everything comes from, and who is quoted where.
--
-- Both are groups of entries. Many entries go on over several pages, since some readers are slow on large
-- ones; a group that is parted has its heading on each.

local markup = require "sheaf.markup"
local page = require "page"
local proper = require "proper"
local who = require "sheaf.who"

local lists = {}

local ENTRIES = 500 -- on a page

local function in_order(groups)
  table.sort(groups, function(one, other)
    if one.key ~= other.key then return one.key < other.key end
    return one.title < other.title
  end)
  return groups
end

-- Groups by title, in the order of their keys.
local function grouped(entries)
  local groups, by_title = {}, {}
  for _, entry in ipairs(entries) do
    local group = by_title[entry.group]
    if not group then
      group = { title = entry.group, key = entry.key, entries = {} }
      by_title[entry.group], groups[#groups + 1] = group, group
    end
    group.entries[#group.entries + 1] = entry.html
  end
  return in_order(groups)
end

local function group_of(group, from, to)
  return ("<h2>%s</h2>\n<ul>\n%s\n</ul>\n"):format(markup.lines(group.title),
    table.concat(group.entries, "\n", from, to))
end

-- The bodies of the pages: each a text of at most so many entries.
local function bodies_of(groups)
  local bodies, parts, room = {}, {}, ENTRIES
  for _, group in ipairs(groups) do
    local from = 1
    while from <= #group.entries do
      local to = math.min(#group.entries, from + room - 1)
      parts[#parts + 1] = group_of(group, from, to)
      room, from = room - (to - from + 1), to + 1
      if room == 0 then bodies[#bodies + 1], parts, room = table.concat(parts), {}, ENTRIES end
    end
  end
  if #parts > 0 then bodies[#bodies + 1] = table.concat(parts) end
  return bodies
end

-- Pages of a list: { file =, title =, xhtml = } each.
local function pages_of(about, groups)
  local out = {}
  for number, body in ipairs(bodies_of(groups)) do
    local section = ("<section epub:type=\"%s\" role=\"%s\" "
      .. "class=\"list\"%s>\n<h1>%s</h1>\n%s</section>"):format(
      about.kind, about.role, proper.spoken(about.language), markup.escape(about.title), body)
    out[number] = { file = number == 1 and about.name .. ".xhtml" or about.name .. "-" .. number .. ".xhtml",
      title = about.title,
      xhtml = page.of({ title = about.title, language = about.language, kind = "backmatter" }, section) }
  end
  return out
end

local function source_entry(facts, words)
  local parts = { page.to(facts.file, facts.title, facts.language) }
  if facts.by then parts[#parts + 1] = markup.lines(facts.by) end
  if facts.date then parts[#parts + 1] = words.shown_day(facts.date) end
  local address = proper.address(facts.url)
  if address then
    parts[#parts + 1] = ("<a class=\"address\" dir=\"ltr\" href=\"%s\">%s</a>"):format(markup.escape(address),
      markup.escape(address))
  end
  return "<li>" .. table.concat(parts, ", ") .. "</li>"
end

--- Pages with all articles by outlet.
---@param all epub.Facts[]
---@param book table
---@return {file: string, title: string, xhtml: string}[]
function lists.sources(all, book)
  local entries = {}
  for i, facts in ipairs(all) do
    local outlet = facts.outlet or book.words.unknown
    entries[i] = { group = outlet, key = (facts.outlet and "1" or "2") .. sheaf.fold(outlet),
      html = source_entry(facts, book.words) }
  end
  return pages_of({ name = "sources", title = book.words.sources, kind = "bibliography",
    role = "doc-bibliography",
    language = book.language }, grouped(entries))
end

-- The places of one article where somebody is quoted: its headline leads to the first, numbers to the rest.
local function place_entry(facts, anchors)
  local parts = { page.to(facts.file .. "#" .. anchors[1], facts.title, facts.language) }
  for number = 2, #anchors do
    parts[number] = ("<a href=\"%s#%s\">%d</a>"):format(facts.file, anchors[number], number)
  end
  return "<li>" .. table.concat(parts, ", ") .. "</li>"
end

-- The speakers of an article in the order in which they speak, each with the anchors.
local function speakers_of(facts)
  local order, by_name = {}, {}
  for _, quote in ipairs(facts.quoted) do
    local anchors = by_name[quote.speaker]
    if not anchors then
      anchors = {}
      by_name[quote.speaker], order[#order + 1] = anchors, { name = quote.speaker, anchors = anchors }
    end
    anchors[#anchors + 1] = quote.anchor
  end
  return order
end

--- Pages with the people quoted and where; none when nobody is.
---@param all epub.Facts[]
---@param book table
---@return {file: string, title: string, xhtml: string}[]
function lists.people(all, book)
  local entries = {}
  for _, facts in ipairs(all) do
    for _, speaker in ipairs(speakers_of(facts)) do
      entries[#entries + 1] = { group = speaker.name, key = sheaf.fold(who.inverted(speaker.name)),
        html = place_entry(facts, speaker.anchors) }
    end
  end
  return pages_of({ name = "people", title = book.words.people, kind = "index", role = "doc-index",
    language = book.language }, grouped(entries))
end

return lists
