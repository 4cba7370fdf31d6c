--- search.lua: sheaf search, what it finds and how it is shown.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local fields = require "sheaf.fields"
local search = require "sheaf.search"
local suggest = require "sheaf.suggest"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local command = {}

-- Where marks begin and end, until colours are known; terminal.clean leaves neither in a text.
local ON, OFF = "\1", "\2"

--- A text with signs around its marks, fit for a terminal.
local function marked(text, marks)
  local pieces, at = {}, 1
  for _, mark in ipairs(marks) do
    pieces[#pieces + 1] = terminal.clean(text:sub(at, mark[1] - 1))
    pieces[#pieces + 1] = ON .. terminal.clean(text:sub(mark[1], mark[2])) .. OFF
    at = mark[2] + 1
  end
  pieces[#pieces + 1] = terminal.clean(text:sub(at))
  return table.concat(pieces)
end

-- Signs take no columns, so that lines are broken without them.
local function wrapped(text, columns)
  local plain = text:gsub("[\1\2]", "")
  local lines, at, open = width.wrap(plain, columns), 1, false
  for i, line in ipairs(lines) do
    local built, taken = open and { ON } or {}, 0
    while taken < #line or text:find("^\2", at) do
      local c = text:sub(at, at)
      if c == "" then break end
      if c == ON or c == OFF then
        open = c == ON
      elseif taken == 0 and c == " " and line:sub(1, 1) ~= " " then
        c = ""
      else
        taken = taken + 1
      end
      built[#built + 1] = c
      at = at + 1
    end
    lines[i] = table.concat(built) .. (open and OFF or "")
  end
  return lines
end

-- What is between marks in one style, or none, and what is marked in colour.
local function painted(ui, text, style)
  local function between(plain)
    return plain ~= "" and style and ui:paint(style, plain) or plain
  end
  local pieces, at = {}, 1
  for before, word, next_at in text:gmatch("([^\1]*)\1([^\2]*)\2()") do
    pieces[#pieces + 1] = between(before) .. ui:paint("match", word)
    at = next_at
  end
  return table.concat(pieces) .. between(text:sub(at))
end

local function snippet_of(query, a, columns)
  local text, marks, before, behind = query:snippet(a, columns)
  local shown = marked(text, marks)
  return (before and "… " or "") .. shown .. (behind and " …" or "")
end

local function outlet_of(row)
  return row.publisher or row.site
end

local function joined(...)
  local parts = {}
  for i = 1, select("#", ...) do
    local part = select(i, ...)
    if part and part ~= "" then parts[#parts + 1] = terminal.clean(part) end
  end
  return table.concat(parts, " · ")
end

local function headline_of(query, row)
  local headline = row.headline or row.url or row.id
  local text, marks = query:marks(headline, row.language)
  return marked(text, marks)
end

-- ---- ways to show a hit --------------------------------------------------------

local Cards = {}
Cards.__index = Cards

function Cards:hit(number, row, a, hit, path)
  local ui, query = self.ui, self.query
  local columns = math.min(ui.columns, 100) - 5
  if number > 1 then ui:print() end
  for i, line in ipairs(wrapped(headline_of(query, row), columns)) do
    ui:print(("%3s  "):format(i == 1 and number or ""), painted(ui, line, "bold"))
  end
  local where = joined(outlet_of(row), row.published and row.published:sub(1, 10), row.language,
    row.id:sub(1, 8), self.several and path or nil)
  ui:print("     ", ui:paint("dim", where))
  if a then
    for _, line in ipairs(wrapped(snippet_of(query, a, 2 * columns), columns)) do
      ui:print("     ", painted(ui, line))
    end
  end
  return hit
end

-- In a pipe: columns parted by tabs.
local Rows = {}
Rows.__index = Rows

function Rows:hit(_, row, a, hit)
  local text = a and self.query:snippet(a, 200) or ""
  local cells = { row.id, row.published or "", outlet_of(row) or "", ("%.3f"):format(hit.score),
    row.headline or "", text }
  for i, cell in ipairs(cells) do
    cells[i] = terminal.clean(cell)
  end
  self.ui:print(table.concat(cells, "\t"))
end

local Objects = {}
Objects.__index = Objects

-- Marks count characters from 0, end excluded, as everything that leaves sheaf does.
local function by_characters(text, marks)
  local list, byte, at = {}, 1, 0
  for i, mark in ipairs(marks) do
    at = at + (utf8.len(text, byte, mark[1] - 1, true) or 0)
    local size = utf8.len(text, mark[1], mark[2], true) or 0
    list[i] = { at, at + size }
    byte, at = mark[2] + 1, at + size
  end
  return list
end

function Objects:hit(_, row, a, hit, path)
  row.score, row.sheaf = hit.score, self.several and path or nil
  row.position = hit.position
  if a then
    local text, marks = self.query:snippet(a, 200)
    row.snippet, row.marks = text, by_characters(text, marks)
  end
  self.ui:print(core.encode(row))
end

local function shower(given, ui, query, several)
  local class = given.json and Objects or (ui.is_terminal or given.color == "always") and Cards or Rows
  return setmetatable({ ui = ui, query = query, several = several }, class)
end

-- ---- order ---------------------------------------------------------------------

local function sort_key(given)
  local wanted = given.sort or "relevance"
  if wanted == "relevance" then return nil end
  if wanted == "date" then wanted = "-published" end
  local descending, field = wanted:match("^(%-?)(.*)$")
  if not fields.in_catalog[field] then
    failure.raise("--sort: " .. suggest.unknown("field", field, fields.catalog), "or relevance, or date")
  end
  return field, descending == "-"
end

-- All hits by a field of the catalog; without one they come last.
local function sorted(files, hits, field, descending)
  for i, hit in ipairs(hits) do
    local row = search.row(files[hit.file], hit.position)
    hit.key, hit.at = row and row[field], i
  end
  table.sort(hits, function(a, b)
    if a.key == b.key then return a.at < b.at end
    if a.key == nil or b.key == nil then return b.key == nil end
    if descending then return a.key > b.key end
    return a.key < b.key
  end)
  return hits
end

-- ---- facets --------------------------------------------------------------------

local function facet_names(given)
  local names = {}
  for name in (given.facets or ""):gmatch("[^,]+") do
    local known = false
    for _, facet in ipairs(search.facets) do
      known = known or facet == name
    end
    if not known then failure.raise("--facets: " .. suggest.unknown("facet", name, search.facets)) end
    names[#names + 1] = name
  end
  return names
end

local SHOWN = 12

local function show_facet(ui, name, list)
  local most = 1
  for i = 1, math.min(#list, SHOWN) do
    most = math.max(most, width.of(terminal.clean(list[i].value)))
  end
  ui:print()
  ui:print(ui:paint("heading", name))
  for i = 1, math.min(#list, name == "date" and #list or SHOWN) do
    ui:print("  ", width.pad(terminal.clean(list[i].value), most), "  ", terminal.thousands(list[i].count))
  end
  if name ~= "date" and #list > SHOWN then ui:print(("  and %d more"):format(#list - SHOWN)) end
end

local function show_facets(given, ui, files, hits, names)
  local facets = search.count(files, hits, names)
  if given.json then return ui:print(core.encode { facets = facets, total = #hits }) end
  for _, name in ipairs(names) do
    show_facet(ui, name, facets[name])
  end
end

-- ---- the command ---------------------------------------------------------------

local function show_hits(given, ui, files, paths, hits, query)
  local view = shower(given, ui, query, #files > 1)
  for number = 1, math.min(#hits, given.limit or 10) do
    local hit = hits[number]
    local file = files[hit.file]
    local row, a = search.row(file, hit.position), file:get(hit.position)
    if row then view:hit(number, row, a, hit, paths[hit.file]) end
    if core.interrupted() then break end
  end
end

local function tell(ui, given, result, seconds)
  local shown = math.min(result.total, given.limit or 10)
  if result.scanned > 0 then
    ui:warn(("%s had to be read, since the index does not tell what was asked; sheaf index makes this "
      .. "fast"):format(terminal.count(result.scanned, "article")))
  end
  if result.total == 0 then return ui:say("nothing found") end
  ui:say("%s of %s, %s", terminal.thousands(shown), terminal.count(result.total, "article"),
    terminal.duration(seconds))
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function command.run(given, ui)
  local paths = table.move(given.words, 1, #given.words - 1, 1, {})
  local query = search.query(given.words[#given.words])
  local field, descending = sort_key(given)
  local names = facet_names(given)
  local files = search.open(paths)
  local needs_all = field or #names > 0
  core.catch_interrupt()
  local began = core.now()
  local result = failure.try(core.search(files, query, {
    limit = needs_all and 0 or given.limit or 10, total = true, threads = given.threads or core.cores(),
  }))
  local seconds = core.now() - began
  local hits = field and sorted(files, result, field, descending) or result
  show_hits(given, ui, files, paths, hits, query)
  if #names > 0 and result.total > 0 then show_facets(given, ui, files, result, names) end
  ui:flush()
  tell(ui, given, result, seconds)
  return result.total == 0 and 1 or 0
end

return command
