--- order.lua: steps in an order in which each finds what it needs.
--
-- A step that needs attributes.NAME or layers.NAME runs behind the extractor NAME, wherever that
-- was named. An extractor that needs a field runs behind an extractor that adds this field, unless
-- that one needs in turn what the first adds. All else stays as it was given: a filter that stands
-- before an extractor saves its work.

local failure = require "sheaf.failure"

local order = {}

local function is_extractor(plugin)
  return plugin.kind == "extractor"
end

-- "attributes.dateline.place" → "attributes", "dateline"
local function named(need)
  local field, name = tostring(need):match("^(%a+)%.([^.]+)")
  if field == "attributes" or field == "layers" then return field, name end
end

local function list_of(plugin, key)
  local list = plugin.about[key]
  return type(list) == "table" and list or {}
end

-- Does the first need by its name what the other gives?
local function wants(plugin, other)
  for _, need in ipairs(list_of(plugin, "needs")) do
    local _, name = named(need)
    if name and is_extractor(other) and other.name == name then return true end
  end
  return false
end

local function uses(plugin, other)
  local adds = list_of(other, "adds")
  for _, need in ipairs(list_of(plugin, "needs")) do
    if need ~= "spans" and adds[need] then return true end
  end
  return false
end

local function runs_behind(plugin, other)
  if plugin == other then return false end
  if wants(plugin, other) then return true end
  if not (is_extractor(plugin) and is_extractor(other)) or wants(other, plugin) then return false end
  return uses(plugin, other) and not uses(other, plugin)
end

-- A longer circle of fields that are there anyway is no fault: the order given decides.
local function cycle(path, plugin)
  local names, must = {}, true
  for i = #path, 1, -1 do
    table.insert(names, 1, path[i].name)
    must = must and wants(path[i], path[i + 1] or plugin)
    if path[i] == plugin then break end
  end
  if not must then return end
  names[#names + 1] = plugin.name
  failure.raise("these plugins need one another: " .. table.concat(names, " needs "))
end

local function place(plugin, steps, state, path, placed)
  if state[plugin] == "placed" then return end
  if state[plugin] == "open" then return cycle(path, plugin) end
  state[plugin] = "open"
  path[#path + 1] = plugin
  for _, other in ipairs(steps) do
    if runs_behind(plugin, other) then place(other, steps, state, path, placed) end
  end
  path[#path] = nil
  state[plugin] = "placed"
  placed[#placed + 1] = plugin
end

--- The steps in the order in which they run.
---@param steps sheaf.Plugin[]
---@return sheaf.Plugin[]
function order.steps(steps)
  local placed, state = {}, {}
  for _, plugin in ipairs(steps) do
    place(plugin, steps, state, {}, placed)
  end
  return placed
end

local function is_given(steps, name)
  for _, plugin in ipairs(steps) do
    if is_extractor(plugin) and plugin.name == name then return true end
  end
  return false
end

local function has_layer(layers, name)
  for _, layer in ipairs(layers or {}) do
    if layer:match("^[^@]*") == name then return true end
  end
  return false
end

local function check_need(plugin, need, steps, layers, warn)
  local field, name = named(need)
  if not name or is_given(steps, name) then return end
  if field == "attributes" then
    warn(("%s '%s' needs %s, which nothing in this run adds: it sees what the articles have already"):format(
      plugin.kind, plugin.name, need))
  elseif not has_layer(layers, name) then
    failure.raise(("%s '%s' needs the layer '%s', which nothing gives"):format(plugin.kind, plugin.name,
      name), ("--extract %s makes it, --layer %s joins one that the sheaf has"):format(name, name))
  end
end

--- Tells, before anything runs, of what is needed and given by nobody.
---@param users sheaf.Plugin[] all steps, and the exporter
---@param steps sheaf.Plugin[]
---@param layers string[]? that are joined
---@param warn fun(message: string)
function order.check(users, steps, layers, warn)
  for _, plugin in ipairs(users) do
    for _, need in ipairs(list_of(plugin, "needs")) do
      check_need(plugin, need, steps, layers, warn)
    end
  end
end

return order
