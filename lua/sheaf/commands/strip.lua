--- strip.lua: all of a collection or a sheaf but the text.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local share = require "sheaf.collection.share"
local suggest = require "sheaf.suggest"
local terminal = require "sheaf.terminal"

local strip = {}

-- ---- what is kept ----------------------------------------------------------------------

local function kept_fields(given)
  if not given.keep then return share.usual end
  local fields, known = {}, {}
  for _, name in ipairs(share.fields) do known[name] = true end
  for name in given.keep:gmatch("[^,%s]+") do
    if name ~= "none" and not known[name] then
      failure.raise("--keep: " .. suggest.unknown("field", name, share.fields),
        "what can be kept: " .. table.concat(share.fields, ", "))
    end
    if name ~= "none" then fields[#fields + 1] = name end
  end
  return fields
end

-- ---- where it goes -----------------------------------------------------------------------

-- One object a line, or in a file .json one object for all.
local Out = {}
Out.__index = Out

local function new_out(given, head, options)
  local path = given.output
  return setmetatable({ sink = failure.try(core.sink(path)), head = head, options = options,
    lost = { count = 0 }, whole = path and path:find("%.json$") and {} or nil, rows = 0 }, Out)
end

function Out:begin()
  if not self.whole then return self.sink:write(core.encode(self.head), "\n") end
  return true
end

function Out:write(a)
  self.options.note = self.options.notes[a.id]
  local record = share.record(a, self.options, self.lost)
  self.rows = self.rows + 1
  if self.whole then
    self.whole[self.rows] = record
    return true
  end
  return self.sink:write(core.encode(record), "\n")
end

function Out:close()
  if self.whole then
    self.head.articles = self.whole
    failure.try(self.sink:write(core.encode(self.head), "\n"))
  end
  return self.sink:close()
end

function Out:discard() self.sink:discard() end

-- A sheaf of articles without text: what is said of each stands in its attributes, and what
-- is said of all in those of the first.
local Sheaf = {}
Sheaf.__index = Sheaf

local function new_sheaf(given, head, options)
  core.timeless()
  local writer = require("sheaf.commands.pack").create(given.output, given,
    { plan = "stripped from " .. given.words[1], threads = given.threads, hold = true })
  return setmetatable({ writer = writer, head = head, options = options, lost = { count = 0 } }, Sheaf)
end

function Sheaf.begin() return true end

function Sheaf:write(a)
  self.options.note = self.options.notes[a.id]
  local record = share.record(a, self.options, self.lost)
  local fields = { id = a.id, attributes = { stripped = record, collection = self.head } }
  self.head = nil
  for _, name in ipairs(self.options.keep) do
    fields[name], record[name] = record[name], nil
  end
  local added, reason = self.writer:add(core.article(fields))
  if added == nil then return nil, reason end
  return true
end

function Sheaf:close()
  local fine, reason = self.writer:commit()
  if fine then fine, reason = self.writer:publish() end
  self.writer:close()
  return fine, reason
end

function Sheaf:discard()
  self.writer:close()
  os.remove(self.options.path .. ".partial")
end

-- ---- from what ------------------------------------------------------------------------------

local CARRIED = { "title", "subtitle", "curator", "licence", "language", "identifier", "modified",
  "introduction", "sections", "excluded" }

local function from_recipe(path, given, ui)
  local output = given.output
  if output and output ~= "-" and output:sub(1, 1) ~= "/" then
    given.output = require("lfs").currentdir() .. "/" .. output -- the recipe is read in its own folder
  end
  local recipe = require("sheaf.collection.recipe").load(path)
  local self = require("sheaf.collection.bound").of(recipe, given, ui)
  local collection = {}
  for _, key in ipairs(CARRIED) do collection[key] = self.collection[key] end
  return { source = require("sheaf.collection.choose").source(self.choice), steps = self.choice.extractors,
    layers = self.layers, notes = self.collection.notes, collection = collection, lock = self.content.digest }
end

local function from_sheaf(path, given)
  failure.try(require("sheaf.source").exists(path))
  local layers = {}
  if path:find("%.sheaf$") then
    local file <close> = failure.try(core.open(path))
    for i, layer in ipairs(failure.try(file:layers())) do
      layers[i] = { name = layer.name, version = layer.version }
    end
  end
  given.layer = {}
  for i, layer in ipairs(layers) do given.layer[i] = layer.name end
  return { steps = {}, layers = layers, notes = {}, layer = #layers > 0 and given.layer or nil }
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function strip.run(given, ui)
  local path, keep = given.words[1], kept_fields(given)
  local from = (path:find("%.lua$") and from_recipe or from_sheaf)(path, given, ui)
  local names = {}
  for i, layer in ipairs(from.layers) do names[i] = layer.name end
  local head = { stripped = share.version, sheaf = core.version, collection = from.collection,
    lock = from.lock, keep = keep, layers = #from.layers > 0 and from.layers or nil }
  local out
  local options = { words = {}, literal = {}, steps = from.steps, layer = from.layer, trust = given.trust,
    threads = given.threads, on_error = given.on_error, report = given.report }
  local status = flow.run({ source = from.source, paths = { path }, verb = "stripped",
    open_output = function()
      local new = (given.output or ""):find("%.sheaf$") and new_sheaf or new_out
      out = new(given, head, { keep = keep, layers = names, notes = from.notes, path = given.output })
      failure.try(out:begin())
      return out
    end,
    summary = function(result)
      return ("stripped %s: %s left"):format(terminal.count(result.kept, "article"),
        table.concat({ "ids", "hashes", table.unpack(keep) }, ", "))
    end,
  }, options, ui)
  if out.lost.count > 0 then
    ui:say("%s left out, which had words that are not in the text as they stand",
      terminal.count(out.lost.count, "entry of a layer", "entries of layers"))
  end
  return status
end

return strip
