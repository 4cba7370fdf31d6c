--- targets.lua: the outputs of a collection, all filled in one walk.
--
-- Each is an exporter with a sink, or a new sheaf. Articles come in order of reading,
-- with what the extractors found; every output gets each of them. An output appears
-- under its name when it is complete, and replaces what stood there.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local lfs = require "lfs"
local outputs = require "sheaf.outputs"
local pipeline = require "sheaf.pipeline"
local plugins = require "sheaf.plugins"
local recipe_of = require "sheaf.collection.recipe"
local sheets = require "sheaf.collection.sheets"

local targets = {}

local below = recipe_of.below
local PLAN = "bound as a collection: "

---@class sheaf.Target
---@field name string its key in the recipe
---@field path string
---@field at (string|integer)[] where it stands in the recipe
---@field args table
---@field exporter string? nil: a sheaf

-- ---- what is wanted ---------------------------------------------------------------------

-- A recipe may come from a stranger: what it writes stays below its own folder, and away
-- from files that are hidden there.
local function is_inside(path)
  if path:sub(1, 1) == "/" then return false end
  for part in path:gmatch("[^/]+") do
    if part:sub(1, 1) == "." and part ~= "." then return false end
  end
  return true
end

local function is_trusted(recipe, given)
  for _, name in ipairs(given.trust or {}) do
    if name == recipe.name or name == recipe.file then return true end
  end
  return false
end

local function check_place(recipe, at, path, given)
  if is_inside(path) or is_trusted(recipe, given) then return end
  recipe:fail(at, ("%s is hidden, or outside of the recipe's folder"):format(path),
    ("--trust %s lets it write there"):format(recipe.name))
end

local function target_of(recipe, key, item, given)
  local at = below({ "outputs" }, key)
  local args = {}
  if type(item) == "table" then
    for name, value in pairs(item) do args[name] = value end
    args.path, args.to = nil, nil
  end
  local path = type(item) == "table" and item.path or item
  local exporter = type(item) == "table" and item.to or key
  if path == "" or path == "-" then recipe:fail(at, "an output of a collection is a file or a folder") end
  check_place(recipe, at, path, given)
  if exporter == "sheaf" and not path:find("%.sheaf$") then
    recipe:fail(at, "the name of a sheaf ends in .sheaf")
  end
  return { name = math.type(key) and path or key, path = path, at = at, args = args,
    exporter = exporter ~= "sheaf" and exporter or nil }
end

-- An output must not take the place of what is read.
local function spare(recipe, target, seen)
  local real = core.realpath(target.path) or target.path:gsub("/+$", "")
  if seen[real] then
    recipe:fail(target.at, ("%s is %s already"):format(target.path, seen[real]))
  end
  seen[real] = "an output"
end

--- All outputs of a recipe, in the order of their names.
---@param recipe sheaf.Recipe
---@param given sheaf.Parsed
---@return sheaf.Target[]
function targets.of(recipe, given)
  local list, seen = {}, {}
  local function note(path, what) seen[core.realpath(path) or path] = what end
  for _, path in ipairs(recipe.data.sources) do note(path, "a source") end
  note(recipe.file, "the recipe")
  note(require("sheaf.collection.lock").path(recipe.file), "the lock")
  for key, item in core.sorted(recipe.data.outputs or {}) do
    local target = target_of(recipe, key, item, given)
    spare(recipe, target, seen)
    list[#list + 1] = target
  end
  return list
end

--- Those that --only names.
---@param list sheaf.Target[]
---@param only string? names with commas between them
---@return sheaf.Target[]
function targets.only(list, only)
  if not only then return list end
  local wanted, names, chosen = {}, {}, {}
  for _, target in ipairs(list) do names[#names + 1] = target.name end
  for name in only:gmatch("[^,%s]+") do
    local known = false
    for _, target in ipairs(list) do known = known or target.name == name end
    if not known then
      failure.raise("--only: " .. require("sheaf.suggest").unknown("output", name, names))
    end
    wanted[name] = true
  end
  for _, target in ipairs(list) do
    if wanted[target.name] then chosen[#chosen + 1] = target end
  end
  return chosen
end

--- Makes the folders in which outputs will stand.
---@param list sheaf.Target[]
function targets.make_folders(list)
  for _, target in ipairs(list) do
    for position in target.path:gmatch("()/") do
      local folder = target.path:sub(1, position - 1)
      if folder ~= "" and position < #target.path then lfs.mkdir(folder) end
    end
  end
end

-- ---- exporters -------------------------------------------------------------------------------

-- An exporter that knows collections is given the whole; another one its title.
local function arguments_for(recipe, target, collection)
  return function(plugin)
    local args, known = {}, plugin.about.args or {}
    for name, value in pairs(target.args) do args[name] = value end
    if known.collection then
      args.collection = collection
    elseif known.title and args.title == nil then
      args.title = recipe.data.title
    end
    return args
  end
end

--- Opens the exporter of an output with its arguments.
---@param recipe sheaf.Recipe
---@param target sheaf.Target
---@param collection table
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return sheaf.Plugin?
function targets.plugin(recipe, target, collection, given, ui)
  if not target.exporter then return nil end
  local plugin, problem, hint = plugins.open_with(target.exporter, "exporter",
    arguments_for(recipe, target, collection), flow.plugin_options(given, ui))
  if plugin then return plugin end
  if type(problem) == "table" then
    local message, lines = require("sheaf.blame").explain({ kind = "exporter", name = target.name }, problem)
    recipe:fail(target.at, message, table.unpack(lines))
  end
  recipe:fail(target.at, problem, hint)
end

-- ---- a sheaf as an output --------------------------------------------------------------------

local Sheaf = {}
Sheaf.__index = Sheaf

-- What stands there may go only when bind has made it.
local function check_replaced(recipe, target)
  if not lfs.attributes(target.path, "mode") then return end
  local file = core.open(target.path)
  local plan = file and (file:history()[1] or {}).plan -- later commits are of layers
  if file then file:close() end
  if not plan or plan:sub(1, #PLAN) ~= PLAN then
    recipe:fail(target.at, ("%s is there, and was not bound: it is not replaced"):format(target.path))
  end
end

local function open_sheaf(recipe, target, collection, layers, notes)
  check_replaced(recipe, target)
  local path = target.path .. ".new.sheaf"
  os.remove(path)
  local writer = failure.try(core.create(path, { plan = PLAN .. collection.identifier }))
  return setmetatable({ inner = outputs.sheaf(writer), path = path, final = target.path, layers = layers,
    notes = notes, found = {}, kept = {} }, Sheaf)
end

-- What extractors have found is kept until the articles are in the sheaf.
function Sheaf:write(a)
  local joined = a.layers
  for _, layer in ipairs(self.layers) do
    local found = joined and joined[layer.name]
    if found then
      self.found[layer.name] = self.found[layer.name] or {}
      self.found[layer.name][a.id] = found
    end
  end
  return self.inner:write(a)
end

function Sheaf:close()
  local fine, reason = self.inner:close()
  if not fine then return nil, reason end
  for _, layer in ipairs(self.layers) do
    local found = self.found[layer.name]
    if found then sheets.write_layer(self.path, layer.name, layer.version, found) end
  end
  local notes = sheets.notes_as_layer(self.notes)
  if notes then sheets.write_layer(self.path, sheets.NOTES, sheets.NOTES_VERSION, notes) end
  return os.rename(self.path, self.final)
end

function Sheaf:discard()
  self.inner:discard()
  os.remove(self.path)
end

-- ---- all of them --------------------------------------------------------------------------------

local Fan = {}
Fan.__index = Fan

function Fan:write(a)
  for _, item in ipairs(self.items) do
    local fine, problem = item.out:write(a)
    if not fine then
      if type(problem) == "table" then pipeline.stop(item.plugin, problem, a) end
      return nil, problem
    end
  end
  return true
end

function Fan:close()
  for i, item in ipairs(self.items) do
    local fine, problem = item.out:close()
    if not fine then
      for k = i + 1, #self.items do self.items[k].out:discard() end
      if type(problem) == "table" then pipeline.stop(item.plugin, problem) end
      return nil, ("%s: %s"):format(item.target.path, tostring(problem))
    end
  end
  return true
end

function Fan:discard()
  for _, item in ipairs(self.items) do item.out:discard() end
end

local function open_one(recipe, target, plugin, collection, notes, layers)
  if not target.exporter then return open_sheaf(recipe, target, collection, layers, notes) end
  local out, problem = outputs.export(plugin, target.path)
  if out then return out end
  if type(problem) == "table" then pipeline.stop(plugin, problem) end
  recipe:fail(target.at, problem)
end

--- Opens all outputs; none is left half open when one of them fails.
---@param recipe sheaf.Recipe
---@param wanted {target: sheaf.Target, plugin: sheaf.Plugin?}[]
---@param collection table
---@param layers {name: string, version: string}[]
---@return sheaf.Output
function targets.open(recipe, wanted, collection, layers)
  local fan = setmetatable({ items = {} }, Fan)
  for _, item in ipairs(wanted) do
    local fine, out = pcall(open_one, recipe, item.target, item.plugin, collection, collection.notes, layers)
    if not fine then
      fan:discard()
      error(out, 0)
    end
    table.insert(fan.items, { out = out, plugin = item.plugin, target = item.target })
  end
  return fan
end

-- ---- what was written -------------------------------------------------------------------------

local function hashes_below(folder, prefix, found)
  for name in lfs.dir(folder) do
    local path = folder .. "/" .. name
    if name == "." or name == ".." then
      goto continue
    elseif lfs.attributes(path, "mode") == "directory" then
      hashes_below(path, prefix .. name .. "/", found)
    else
      found[prefix .. name] = failure.try(core.sha256_file(path))
    end
    ::continue::
  end
  return found
end

local MARKER = ".made-by-sheaf"

--- A hash for each file of a ZIP.
---@param files table<string, string>
---@return table<string, string>
function targets.hashes(files)
  local hashes = {}
  for name, bytes in pairs(files) do hashes[name] = core.sha256(bytes) end
  return hashes
end

-- The files of a ZIP have hashes, too: packed anew by another tool, they are the same.
local function hash_file(path)
  local hash, size = core.sha256_file(path)
  if not hash then failure.raise(size) end
  local file <close> = failure.try(io.open(path, "rb"))
  local is_zip = file:read(4) == "PK\3\4" and not path:find("%.sheaf$") and size < 1 << 30
  local zip = is_zip and core.unzip(failure.try(recipe_of.read_file(path, 1 << 30)))
  return { sha256 = hash, bytes = size, files = zip and targets.hashes(zip) or nil }
end

--- Hashes of an output: of a file its own, of a folder one over all, and those of its files.
---@param path string
---@return {sha256: string, bytes: integer?, files: table<string, string>?}
function targets.hash(path)
  local plain = path:gsub("/+$", "")
  if lfs.attributes(plain, "mode") ~= "directory" then return hash_file(plain) end
  local files, lines = hashes_below(plain, "", {}), {}
  files[MARKER] = nil
  for name, hash in core.sorted(files) do lines[#lines + 1] = hash .. "  " .. name .. "\n" end
  return { sha256 = core.sha256(table.concat(lines)), files = files }
end

return targets
