--- plugin.lua: help on a plugin, from its own table.

local arguments = require "sheaf.arguments"
local examples = require "sheaf.help.examples"
local text = require "sheaf.help.text"
local width = require "sheaf.width"

local plugin_help = {}

local function sorted_names(map)
  local names = {}
  for name in pairs(map) do
    names[#names + 1] = tostring(name)
  end
  table.sort(names)
  return names
end

local function bounds(rule)
  local told = {}
  if rule.values then told[1] = "one of " .. table.concat(rule.values, ", ") end
  if rule.min and rule.max then
    told[#told + 1] = ("%s to %s"):format(rule.min, rule.max)
  elseif rule.min or rule.max then
    told[#told + 1] = rule.min and ("%s or more"):format(rule.min) or ("%s or less"):format(rule.max)
  end
  if rule.match then told[#told + 1] = "like the pattern " .. rule.match end
  if rule.required then
    told[#told + 1] = "needed"
  elseif rule.default ~= nil and examples.shown(rule.default) ~= "" then
    told[#told + 1] = "default " .. examples.shown(rule.default)
  end
  return #told > 0 and (" (%s)"):format(table.concat(told, "; ")) or ""
end

local function put_argument(ui, name, rule, column)
  local room = math.min(ui.columns, 96) - column - 12
  local lines = width.wrap((rule.help or "") .. bounds(rule), room)
  local kind = width.pad(arguments.type_of(rule), 10)
  ui:print("  ", ui:paint("key", width.pad(name, column)), kind, lines[1] or "")
  for i = 2, #lines do
    ui:print((" "):rep(column + 12), lines[i])
  end
end

local function put_arguments(ui, args)
  local names, column = sorted_names(args), 0
  if #names == 0 then return end
  ui:print("")
  ui:print(ui:paint("heading", "Arguments"))
  for _, name in ipairs(names) do
    column = math.max(column, width.of(name) + 2)
  end
  for _, name in ipairs(names) do
    put_argument(ui, name, args[name], column)
  end
end

local function put_fact(ui, key, value)
  for i, line in ipairs(width.wrap(value or "", math.min(ui.columns, 96) - 12)) do
    ui:print(ui:paint("dim", width.pad(i == 1 and key or "", 10)), "  ", line)
  end
end

local function added(adds)
  local told = {}
  for i, name in ipairs(sorted_names(adds or {})) do
    local what = adds[name]
    told[i] = type(what) == "string" and ("%s (%s)"):format(name, what) or name
  end
  return table.concat(told, ", ")
end

-- The limits that it asks for itself, where they are not the usual ones.
local function limits_of(limits)
  if type(limits) ~= "table" then return nil end
  local told = {}
  if limits.memory then told[1] = ("%g MiB"):format(limits.memory) end
  if limits.time then told[#told + 1] = ("%g s a call"):format(limits.time) end
  return table.concat(told, ", ")
end

--- Writes help on a loaded plugin.
---@param ui sheaf.Terminal
---@param plugin sheaf.Plugin
function plugin_help.put(ui, plugin)
  local about = plugin.about
  local version = about.version and " " .. about.version or ""
  ui:print(ui:paint("heading", plugin.name), " - ", plugin.kind, version)
  ui:print("")
  local name = plugin.origin == "file" and plugin.path or plugin.name
  local shown = examples.of(plugin, name)
  text.examples(ui, shown)
  if shown[#shown][2] ~= "" then ui:print("") end
  local told = about.about or "It says nothing about itself."
  for _, line in ipairs(width.wrap(told, math.min(ui.columns, 96))) do
    ui:print(line)
  end
  put_arguments(ui, about.args or {})
  ui:print("")
  if type(about.hosts) == "table" then put_fact(ui, "hosts", table.concat(about.hosts, ", ")) end
  put_fact(ui, "reads", table.concat(about.needs or {}, ", "))
  put_fact(ui, "adds", added(about.adds))
  put_fact(ui, "extension", about.extension)
  put_fact(ui, "limits", limits_of(about.limits))
  put_fact(ui, "file", plugin.path)
end

return plugin_help
