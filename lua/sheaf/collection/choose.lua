--- choose.lua: which articles a collection has, and where each stands.
--
-- First the sources are read once, and of each article that comes into question an
-- entry is kept: what a listing needs, hashes, and the sections that would take it.
-- Texts are not kept in memory; those of piles are put on a shelf (see shelf.lua).
--
--   chosen = (where, search, filters; all, when none of these and no pick is given)
--            and what is picked, without what is excluded
--
-- Picks of sections alone say what all is only when every section has some.

local arrange = require "sheaf.collection.arrange"
local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local layers = require "sheaf.layers"
local recipe_of = require "sheaf.collection.recipe"
local shelf = require "sheaf.collection.shelf"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local choose = {}

---@class sheaf.Entry
---@field id string
---@field url string?
---@field headline string?
---@field published string?
---@field words integer
---@field text string SHA-256 of the text
---@field row string hash of all other fields and layers
---@field origin string hash of where and how it was read
---@field takers integer[] sections whose where or match is true of it
---@field number integer in the order of the sources
---@field picked integer? its place among the picks
---@field section integer?

local below = recipe_of.below

-- What an article says, and where that was read: a pile that is packed anew changes the second.
local SAID = { "id", "url", "canonical_url", "headline", "alternative_headline", "description", "byline",
  "publisher", "provider", "via", "published", "modified", "retrieved", "language", "section",
  "language_confidence", "authors", "keywords", "images", "links", "relations", "dateline", "attributes",
  "layers" }
local ORIGIN = { "blocks", "provenance", "why" }

local SEVERAL = "'%s' fits several articles; give more of the id"

local function is_sheaf(path)
  return path:find("%.sheaf$") ~= nil
end

-- ---- entries --------------------------------------------------------------------------

local Gatherer = {}
Gatherer.__index = Gatherer


local function takers_of(self, a)
  local takers = {}
  for i, section in ipairs(self.recipe.data.sections or {}) do
    local where = self.wheres[i]
    if where then
      local fine, reason = where:test(a)
      if fine == nil then
        self.recipe:fail({ "sections", i, "where" }, (reason:gsub("^%-%-where", "where")))
      end
      if fine then takers[#takers + 1] = i end
    elseif section.match and self.recipe:call({ "sections", i, "match" }, section.match, a) then
      takers[#takers + 1] = i
    end
  end
  return takers
end

function Gatherer:entry(a)
  local entry = { number = #self.entries + 1, own_section = a.section }
  for _, name in ipairs(arrange.fields) do entry[name] = a[name] end
  entry.section = nil
  entry.text = core.sha256(a.text or "")
  entry.row, entry.origin = core.sha256(a:json(SAID)):sub(1, 32), core.sha256(a:json(ORIGIN)):sub(1, 16)
  entry.takers = takers_of(self, a)
  return entry
end

-- As an output of a pipeline. The first of two with one id stays.
function Gatherer:write(a)
  if self.by_id[a.id] then
    if not self.at_picks then self.present = self.present + 1 end
    return true
  end
  local entry = self:entry(a)
  if self.keeps and not (self.in_sheaf and self.in_sheaf[a.id]) then self.shelf:put(a) end
  self.by_id[a.id], self.entries[#self.entries + 1] = entry, entry
  return true
end

function Gatherer.close() return true end
function Gatherer.discard() end

-- ---- reading the sources ----------------------------------------------------------------

-- The options of a pipeline, from those of the recipe and of the command line.
local function options_of(recipe, given)
  local data = recipe.data
  local options = { words = {}, steps = {}, literal = {}, where = data.where, search = data.search,
    layer = data.layers, trust = given.trust, threads = given.threads, on_error = given.on_error,
    report = given.report }
  return options
end

-- A function of the recipe as a step of a pipeline; it sees the articles one after the other.
local function function_step(recipe, i, run)
  local path = { "filters", i }
  return { name = recipe_of.path_text(path), kind = "filter", about = { order = "input" }, handle = {
    filter = function(_, a)
      local keep, reason = recipe:call(path, run, a)
      return keep and true or false, reason
    end,
    seed = function() end,
  } }
end

-- Wrong names and arguments of plugins are told with the line.
local function opened(recipe, path, spec, kind, given, ui)
  local plugins = require "sheaf.plugins"
  local plugin, problem, hint = plugins.open(spec, kind, flow.plugin_options(given, ui))
  if plugin then return plugin end
  if type(problem) == "table" then
    local message, lines = require("sheaf.blame").explain({ kind = kind, name = spec }, problem)
    recipe:fail(path, message, table.unpack(lines))
  end
  recipe:fail(path, problem, hint)
end

--- The filters of a recipe, and when one of them needs what an extractor gives, these too.
---@param recipe sheaf.Recipe
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return {plugin: sheaf.Plugin}[] steps
---@return {plugin: sheaf.Plugin}[] extractors
function choose.steps(recipe, given, ui)
  local filters, extractors, needs = {}, {}, false
  for i, item in ipairs(recipe.data.filters or {}) do
    local plugin = type(item) == "function" and function_step(recipe, i, item)
      or opened(recipe, { "filters", i }, item, "filter", given, ui)
    filters[i] = { plugin = plugin }
    for _, need in ipairs(plugin.about.needs or {}) do
      needs = needs or need:find("^attributes%.") ~= nil or need:find("^layers%.") ~= nil
    end
  end
  for i, spec in ipairs(recipe.data.extract or {}) do
    extractors[i] = { plugin = opened(recipe, { "extract", i }, spec, "extractor", given, ui) }
  end
  local steps = needs and table.move(extractors, 1, #extractors, 1, {}) or {}
  return table.move(filters, 1, #filters, #steps + 1, steps), extractors
end

local function check_where(recipe, path, code)
  local compiled, reason, hint = require("sheaf.where").compile(code)
  if not compiled then recipe:fail(path, (reason:gsub("^%-%-where", "where")), hint) end
  return compiled
end

local function check_source(recipe)
  for i, path in ipairs(recipe.data.sources) do
    local fine, reason = source.exists(path)
    if not fine then recipe:fail({ "sources", i }, reason) end
    if path == "-" then recipe:fail({ "sources", i }, "a collection cannot be read from standard input") end
  end
  if recipe.data.where then check_where(recipe, { "where" }, recipe.data.where) end
  if recipe.data.search then
    local query, reason = core.query(recipe.data.search)
    if not query then recipe:fail({ "search" }, "search: " .. reason) end
  end
end

local function wheres_of(recipe)
  local wheres = {}
  for i, section in ipairs(recipe.data.sections or {}) do
    if section.where then wheres[i] = check_where(recipe, { "sections", i, "where" }, section.where) end
  end
  return wheres
end

-- What is told with the name of an option, or without any, is told with the line.
local function raise_with_place(recipe, problem)
  local message = failure.is(problem) and problem.message or ""
  local text = message:match("^%-%-where: (.*)$")
  if text then recipe:fail({ "where" }, "where: " .. text) end
  local no_layer = message:find(" has no layer", 1, true)
  if no_layer then recipe:fail({ "layers" }, message, table.unpack(problem.hints)) end
  error(problem, 0)
end

-- Runs a pipeline over paths into the gatherer.
local function gather(self, paths, options, steps)
  if #paths == 0 then return 0 end
  options.steps = steps
  local told
  local fine, status = pcall(flow.run, { paths = paths, verb = "read",
    open_output = function() return self end, summary = function(result) told = result end },
    options, self.ui)
  if not fine then raise_with_place(self.recipe, status) end
  if told.interrupted then failure.raise("stopped; nothing was written") end
  return status
end

-- All ids of the sheaves, when there are piles, too: an article that is in both need not
-- be kept.
local function ids_in(sheaves)
  local ids = {}
  for _, path in ipairs(sheaves) do
    local file <close> = failure.try(core.open(path)) -- luacheck: ignore 211
    for row in file:rows() do ids[row.id] = true end
  end
  return ids
end

-- ---- picks --------------------------------------------------------------------------------

--- All picks, those of the sections too: { name =, path =, section = }.
local function picks_of(recipe)
  local picks = {}
  local function add(list, path, section)
    for i, item in ipairs(list or {}) do
      local name = type(item) == "table" and item.id or item
      picks[#picks + 1] = { name = name, path = below(path, i), section = section,
        reason = type(item) == "table" and item.reason or nil }
    end
  end
  add(recipe.data.pick, { "pick" })
  for i, section in ipairs(recipe.data.sections or {}) do add(section.pick, { "sections", i, "pick" }, i) end
  return picks
end

-- Looks for a pick in all sheaves. One that fits several ids is an error.
local function from_sheaves(self, pick)
  local found, part
  for _, candidate in ipairs(self.parts) do
    local a, reason = candidate.file:get(pick.name)
    if not a and reason and reason:find("several", 1, true) then self.recipe:fail(pick.path, reason) end
    if a and found and found.id ~= a.id then
      self.recipe:fail(pick.path, SEVERAL:format(pick.name))
    end
    if a and not found then found, part = a, candidate end
  end
  if found and part.join then part.join(found) end
  return found
end

-- A name fits an article by a beginning of its id, or by its URL.
local function fits(name, a)
  return a.id:sub(1, #name) == name or a.url == name or a.canonical_url == name
end

choose.fits = fits

local function settle(self, pick, entry)
  if pick.entry and pick.entry ~= entry then
    self.recipe:fail(pick.path, SEVERAL:format(pick.name))
  end
  pick.entry = entry
end

-- Picks that are in no sheaf are looked for in one walk over the piles.
local function from_piles(self, missing, paths, options)
  if #missing == 0 or #paths == 0 then return 0 end
  options.where, options.search = nil, nil
  local found = { name = "pick", kind = "filter", about = { order = "input" }, handle = {
    filter = function(_, a)
      for _, pick in ipairs(missing) do
        if fits(pick.name, a) then return true end
      end
      return false
    end,
    seed = function() end,
  } }
  self.at_picks = true
  return gather(self, paths, options, { { plugin = found } })
end

local function settle_all(self, picks)
  local left = {}
  for _, pick in ipairs(picks) do
    for _, entry in ipairs(self.entries) do
      if fits(pick.name, entry) then settle(self, pick, entry) end
    end
    if not pick.entry then left[#left + 1] = pick end
  end
  return left
end

local function all_fit(self, picks, options, piles)
  local missing = {}
  for _, pick in ipairs(picks) do
    local a = from_sheaves(self, pick)
    if a then
      self.at_picks = true
      self:write(a)
      pick.entry = self.by_id[a.id]
    else
      missing[#missing + 1] = pick
    end
  end
  missing = settle_all(self, missing)
  local status = from_piles(self, missing, piles, options)
  settle_all(self, missing)
  for rank, pick in ipairs(picks) do
    if not pick.entry then
      self.recipe:fail(pick.path, ("there is no article '%s' in the sources"):format(pick.name),
        "sheaf ls SOURCE lists the articles with their ids")
    end
    local entry = pick.entry
    if entry.pick and entry.pick.section and pick.section and entry.pick.section ~= pick.section then
      self.recipe:fail(pick.path, ("'%s' was picked for another section already"):format(pick.name))
    end
    if not entry.pick or pick.section then entry.picked, entry.pick = rank, pick end
  end
  return status
end

-- ---- exclusions -----------------------------------------------------------------------------

local function exclude(self)
  local excluded, gone = {}, {}
  for i, item in ipairs(self.recipe.data.exclude or {}) do
    local name = type(item) == "table" and item.id or item
    local path, hit = { "exclude", i }, nil
    for _, entry in ipairs(self.entries) do
      if fits(name, entry) then
        if hit then self.recipe:fail(path, SEVERAL:format(name)) end
        hit = entry
      end
    end
    if hit and hit.picked then
      self.recipe:fail(path, ("'%s' is both picked and excluded"):format(name))
    end
    if not hit then
      self.ui:warn(self.recipe:told(path, ("'%s' is not among the articles anyway"):format(name)))
    end
    if hit then gone[hit] = true end
    excluded[i] = { id = hit and hit.id or name, reason = type(item) == "table" and item.reason or nil,
      headline = hit and hit.headline, url = hit and hit.url }
  end
  local kept = {}
  for _, entry in ipairs(self.entries) do
    if not gone[entry] then kept[#kept + 1] = entry end
  end
  self.entries = kept
  return excluded
end

-- ---- the whole ----------------------------------------------------------------------------------

---@class sheaf.Choice
---@field sections {title: string, text: string?, entries: sheaf.Entry[]}[]
---@field list sheaf.Entry[] all of them, in order of reading
---@field by_id table<string, sheaf.Entry>
---@field excluded {id: string, reason: string?}[]
---@field parts {path: string, file: userdata}[] the sheaves among the sources
---@field extractors {plugin: sheaf.Plugin}[]
---@field status integer 3 when something was refused

-- Is nothing in the collection but what is picked?
local function picks_all(recipe, picks)
  local data = recipe.data
  if #picks == 0 or data.where or data.search or data.filters then return false end
  if #(data.pick or {}) > 0 then return true end
  for _, section in ipairs(data.sections) do
    if not section.pick then return false end
  end
  return true
end

local function kinds_of(recipe)
  local sheaves, piles = {}, {}
  for _, path in ipairs(recipe.data.sources) do
    table.insert(is_sheaf(path) and sheaves or piles, path)
  end
  return sheaves, piles
end

local function open_parts(self, sheaves, options)
  for i, path in ipairs(sheaves) do
    local part = { path = path, file = failure.try(core.open(path)) }
    if options.layer then
      local fine, join = pcall(layers.joiner, part, options.layer)
      if not fine then raise_with_place(self.recipe, join) end
      part.join = join
    end
    self.parts[i] = part
  end
end

local function listed(sections)
  local list = {}
  for number, section in ipairs(sections) do
    for _, entry in ipairs(section.entries) do
      entry.section = number
      list[#list + 1] = entry
    end
  end
  return list
end

--- Reads the sources and decides.
---@param recipe sheaf.Recipe
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return sheaf.Choice
function choose.run(recipe, given, ui)
  check_source(recipe)
  local data, picks = recipe.data, picks_of(recipe)
  local only_picks = picks_all(recipe, picks)
  local sheaves, piles = kinds_of(recipe)
  local kept <close> = shelf.new()
  local self = setmetatable({ recipe = recipe, ui = ui, entries = {}, by_id = {}, parts = {}, present = 0,
    wheres = wheres_of(recipe), keeps = #piles > 0, only_picks = only_picks, shelf = kept }, Gatherer)
  if #piles > 0 and #sheaves > 0 then self.in_sheaf = ids_in(sheaves) end
  local options = options_of(recipe, given)
  local steps, extractors = choose.steps(recipe, given, ui)
  local status = only_picks and 0 or gather(self, data.sources, options, steps)
  open_parts(self, sheaves, options)
  status = math.max(status, all_fit(self, picks, options, piles))
  self.parts[#self.parts + 1] = kept:open()
  if self.present > 0 then
    ui:detail("%s in the sources more than once", terminal.count(self.present, "article is", "articles are"))
  end
  local excluded = exclude(self)
  local sections = arrange.sections(self)
  return { sections = sections, list = listed(sections), by_id = self.by_id, excluded = excluded,
    parts = self.parts, extractors = extractors, steps = only_picks and {} or steps,
    status = status == 3 and 3 or 0 }
end

-- ---- reading them again ---------------------------------------------------------------------------

-- For each sheaf, an iterator over what is read from it, in order.
local function pickers(choice)
  local at, positions = {}, {}
  for i, part in ipairs(choice.parts) do
    positions[i] = {}
    for row in part.file:rows() do
      local entry = choice.by_id[row.id]
      if entry and not at[entry] then
        at[entry] = { part = i, position = row.position }
      end
    end
  end
  for _, entry in ipairs(choice.list) do
    local place = at[entry]
    if place then table.insert(positions[place.part], place.position) end
  end
  local picks = {}
  for i, part in ipairs(choice.parts) do picks[i] = part.file:pick(positions[i]) end
  return at, picks
end

--- The chosen articles in order of reading, as a source for a pipeline.
---@param choice sheaf.Choice
---@return sheaf.Source
function choose.source(choice)
  local function articles()
    local at, picks = pickers(choice)
    local next_entry = 0
    return function()
      next_entry = next_entry + 1
      local entry = choice.list[next_entry]
      if not entry then return nil end
      local part = choice.parts[at[entry].part]
      local a, _, reason = picks[at[entry].part]()
      if not a or a.id ~= entry.id then
        failure.raise(("%s: article %s cannot be read%s"):format(part.path, entry.id,
          reason and ": " .. reason or ""))
      end
      return part.join and part.join(a) or a
    end
  end
  return {
    total = #choice.list, options = {}, articles = articles, where_step = function() end,
    stretches = function() return { { articles = articles } } end,
    damaged = function(_, part, position, reason)
      failure.raise(("%s, article %s: %s"):format(part and part.path or "a source", tostring(position),
        reason))
    end,
  }
end

return choose
