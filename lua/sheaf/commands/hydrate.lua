--- hydrate.lua: puts the texts into a stripped collection again, from copies of one's own.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local fit = require "sheaf.collection.fit"
local flow = require "sheaf.flow"
local lfs = require "lfs"
local pack = require "sheaf.commands.pack"
local recipes = require "sheaf.collection.recipe"
local search_copies = require "sheaf.collection.search_copies"
local sheets = require "sheaf.collection.sheets"
local terminal = require "sheaf.terminal"
local written = require "sheaf.collection.written"

local hydrate = {}

local MOST_BYTES = 1 << 30
local LEAST = 0.5

-- ---- reading what was stripped -------------------------------------------------------------

local function check_record(record, path, number)
  if type(record) ~= "table" or type(record.id) ~= "string" or type(record.text) ~= "string" then
    failure.raise(("%s: article %d has no id or no hash"):format(path, number))
  end
  return record
end

local function check_head(head, path)
  if type(head) ~= "table" or not head.stripped then
    failure.raise(("%s is nothing that sheaf strip has written"):format(path))
  end
  if head.stripped ~= 1 then failure.raise(("%s was written by a later sheaf"):format(path)) end
  return head
end

-- A stripped sheaf: see commands/strip.lua.
local function read_sheaf(path)
  local file <close> = failure.try(core.open(path))
  local head, records = nil, {}
  for a in file:articles() do
    local said = a.attributes or {}
    local record = type(said.stripped) == "table" and said.stripped or {}
    head = head or said.collection
    for _, name in ipairs(type(head) == "table" and head.keep or {}) do record[name] = a[name] end
    records[#records + 1] = check_record(record, path, #records + 1)
    check_head(head, path)
  end
  return check_head(head, path), records
end

local function read_stripped(path)
  failure.try(require("sheaf.source").exists(path))
  if path:find("%.sheaf$") then return read_sheaf(path) end
  local text = failure.try(recipes.read_file(path, MOST_BYTES))
  local head, records = nil, {}
  for line in text:gmatch("[^\n]+") do
    local value, reason = core.decode(line)
    if value == nil then failure.raise(("%s: %s"):format(path, reason)) end
    if not head then
      head = check_head(value, path)
    else
      records[#records + 1] = value
    end
  end
  check_head(head, path)
  if type(head.articles) == "table" then records = head.articles end
  for i, record in ipairs(records) do check_record(record, path, i) end
  return head, records
end

-- ---- the new sheaf ----------------------------------------------------------------------------

-- Articles, and what stood on them, in the order of the records. Two records may have
-- found the same copy: it is there once.
local function fitted(records, found, layers)
  local result = { articles = {}, notes = {}, layers = {}, misfits = {}, ids = {} }
  for _, layer in ipairs(layers) do result.layers[layer.name] = {} end
  for i, record in ipairs(records) do
    local a = found[i] and found[i].article
    if a then
      local on = fit.new(record, a.text or "")
      result.ids[record.id] = a.id
      result.articles[#result.articles + 1] = a
      result.notes[a.id] = result.notes[a.id] or on:note(record)
      for _, layer in ipairs(layers) do
        local rows = result.layers[layer.name]
        rows[a.id] = rows[a.id] or on:layer(record, layer.name)
      end
      if #on.misfits > 0 then result.misfits[i] = on.misfits end
    end
  end
  return result
end

local function layers_of(head)
  local list = {}
  for _, layer in ipairs(type(head.layers) == "table" and head.layers or {}) do
    local fine = type(layer) == "table" and type(layer.name) == "string" and type(layer.version) == "string"
    if fine and layer.name ~= sheets.NOTES then list[#list + 1] = layer end
  end
  return list
end

local function write_sheaf(path, result, layers, given)
  core.timeless()
  local writer <close> = pack.create(path, given, { plan = "hydrated from " .. given.words[1],
    threads = given.threads })
  for _, a in ipairs(result.articles) do
    local added, reason = writer:add(a)
    if added == nil then failure.raise(reason) end
  end
  failure.try(writer:commit())
  writer:close()
  for _, layer in ipairs(layers) do
    if next(result.layers[layer.name]) then
      sheets.write_layer(path, layer.name, layer.version, result.layers[layer.name])
    end
  end
  local notes = sheets.notes_as_layer(result.notes)
  if notes then sheets.write_layer(path, sheets.NOTES, sheets.NOTES_VERSION, notes) end
end

-- ---- its recipe ---------------------------------------------------------------------------------

local function sections_of(collection, ids)
  local sections = {}
  for _, section in ipairs(collection.sections or {}) do
    local pick = {}
    for _, id in ipairs(section.articles or {}) do
      if ids[id] then pick[#pick + 1] = ids[id] end
    end
    if #pick > 0 then
      sections[#sections + 1] = { title = section.title, text = section.text, pick = pick }
    end
  end
  return sections
end

local function notes_of(notes)
  local list = {}
  for id, note in pairs(notes) do
    local spans = {}
    for i, span in ipairs(note.spans) do spans[i] = { from = span.from, to = span.to, text = span.text } end
    list[id] = { text = note.text, spans = #spans > 0 and spans or nil }
  end
  return next(list) and list or nil
end

-- Beside the sheaf, when a whole collection was stripped: it can be bound again.
local function write_recipe(head, result, path)
  local collection = head.collection
  if type(collection) ~= "table" or type(collection.title) ~= "string" then return nil end
  local name = path:gsub("%.sheaf$", "") .. ".lua"
  if lfs.attributes(name, "mode") then return nil, name end
  local file = path:match("[^/]*$")
  local layers = {}
  for layer, rows in core.sorted(result.layers) do
    if next(rows) then layers[#layers + 1] = layer end
  end
  local stem = file:gsub("%.sheaf$", "")
  local sink = failure.try(core.sink(name))
  failure.try(sink:write(written.recipe("Made by sheaf hydrate. sheaf bind builds what it says.", {
    { "title", collection.title }, { "subtitle", collection.subtitle }, { "curator", collection.curator },
    { "licence", collection.licence }, { "language", collection.language }, { "date", collection.modified },
    { "introduction", collection.introduction }, { "sources", { file } },
    { "layers", #layers > 0 and layers or nil }, { "order", "given" },
    { "sections", sections_of(collection, result.ids) }, { "notes", notes_of(result.notes) },
    { "outputs", { html = stem .. ".html", epub = stem .. ".epub" } },
  })))
  failure.try(sink:close())
  return name
end

-- ---- telling ----------------------------------------------------------------------------------------

local WAYS = { same = "same text", address = "same address", near = "near" }

local function tell_one(record, copy, misfits, given, ui)
  if given.json then
    return ui:print(core.encode { id = record.id, headline = record.headline, url = record.url,
      found = copy and copy.how or false, share = copy and copy.share, as = copy and copy.article.id,
      misfits = misfits })
  end
  local way = copy and WAYS[copy.how] or "not found"
  if copy and copy.how ~= "same" then way = ("%s, %d %%"):format(way, math.floor(copy.share * 100 + 0.5)) end
  ui:print(ui:paint("yellow", record.id:sub(1, 8)), "\t", ui:paint(copy and "green" or "red", way), "\t",
    terminal.clean(tostring(record.headline or record.url or "-")))
  for _, what in ipairs(misfits or {}) do
    ui:print("\t", ui:paint("red", "does not fit"), "\t", terminal.clean(what),
      ": its words are not in this copy")
  end
end

local function tell(records, found, result, given, ui)
  local missing, misfits = 0, 0
  for i, record in ipairs(records) do
    if not found[i] then missing = missing + 1 end
    misfits = misfits + #(result.misfits[i] or {})
    tell_one(record, found[i], result.misfits[i], given, ui)
  end
  ui:flush()
  return missing, misfits
end

local function least_of(given)
  if not given.min then return LEAST end
  local least = tonumber(given.min)
  if least and least > 1 then least = least / 100 end
  if not least or least ~= least or least < 0.05 or least > 1 then
    failure.raise(("--min %s: expected a share from 0.05 to 1, or percent up to 100"):format(given.min))
  end
  return least
end

local function piles_of(given)
  local piles = table.move(given.words, 2, #given.words, 1, {})
  table.move(given.from or {}, 1, #(given.from or {}), #piles + 1, piles)
  if #piles == 0 then failure.raise("where are your own copies? --from PILE") end
  if not given.output then failure.raise("where to? name the new sheaf: -o NAME.sheaf") end
  if not given.output:find("%.sheaf$") then failure.raise("the name of a sheaf ends in .sheaf") end
  if lfs.attributes(given.output, "mode") then
    failure.raise(("%s is already there"):format(given.output))
  end
  return piles
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function hydrate.run(given, ui)
  local piles, least = piles_of(given), least_of(given)
  local head, records = read_stripped(given.words[1])
  local search = search_copies.new(records, least)
  local options = { words = {}, literal = {}, steps = {}, threads = given.threads, trust = given.trust,
    on_error = given.on_error, report = given.report, reader = given.reader, site = given.site,
    no_site_rules = given.no_site_rules }
  local told
  local status = flow.run({ paths = piles, verb = "read", open_output = function() return search end,
    summary = function(result) told = result end }, options, ui)
  if told.interrupted then failure.raise("stopped; nothing was written") end
  local layers = layers_of(head)
  local result = fitted(records, search.found, layers)
  local missing, misfits = tell(records, search.found, result, given, ui)
  if #result.articles == 0 then
    ui:say("none of %s was found", terminal.count(#records, "article"))
    return 1
  end
  write_sheaf(given.output, result, layers, given)
  local recipe = write_recipe(head, result, given.output)
  ui:say("%s of %s found, in %s%s", terminal.thousands(#records - missing),
    terminal.count(#records, "article"), given.output, recipe and "; its recipe is " .. recipe or "")
  if misfits > 0 then ui:say("%s did not fit", terminal.count(misfits, "span or note", "spans or notes")) end
  return (missing > 0 or misfits > 0 or status == 3) and 3 or 0
end

return hydrate
