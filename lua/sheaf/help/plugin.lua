--- plugin.lua: help on a plugin, from its own table.

local arguments = require "sheaf.arguments"
local text = require "sheaf.help.text"
local width = require "sheaf.width"

local plugin_help = {}

local USE = { filter = "--filter %s", extractor = "--extract %s --to jsonl", exporter = "--to %s" }

local function sorted_names(map)
  local names = {}
  for name in pairs(map) do
    names[#names + 1] = tostring(name)
  end
  table.sort(names)
  return names
end

local function shown(value)
  if type(value) == "boolean" then return value and "yes" or "no" end
  return type(value) == "table" and table.concat(value, ",") or tostring(value)
end

-- A value as the command line wants it: quoted when it would not stay whole.
local function spelt(value)
  local plain = shown(value):gsub('"', "")
  local odd = type(value) == "table" and "%s" or "[%s,]"
  return plain:find(odd) and ('"%s"'):format(plain) or plain
end

-- What the first test that has arguments gives them is a good example.
local function sample_of(about)
  for _, test in ipairs(about.tests or {}) do
    if type(test.opt) == "table" and next(test.opt) then return test.opt end
  end
  return {}
end

-- Rules of sites are used by themselves, but for those that lie elsewhere.
local function site_example(plugin, name)
  return "sheaf pack pages/ -o news.sheaf" .. (plugin.origin == "file" and " --site " .. name or "")
end

local function example_of(plugin, name)
  if plugin.about.page then return site_example(plugin, name) end
  local opt, given = sample_of(plugin.about), {}
  for i, arg in ipairs(sorted_names(opt)) do
    given[i] = arg .. "=" .. spelt(opt[arg])
  end
  local spec = #given > 0 and name .. ":" .. table.concat(given, ",") or name
  if spec:find("[^%w:=,._/-]") then spec = ("'%s'"):format(spec) end
  return "sheaf run news.sheaf " .. USE[plugin.kind]:format(spec)
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
  elseif rule.default ~= nil and shown(rule.default) ~= "" then
    told[#told + 1] = "default " .. shown(rule.default)
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

--- Writes help on a loaded plugin.
---@param ui sheaf.Terminal
---@param plugin sheaf.Plugin
function plugin_help.put(ui, plugin)
  local about = plugin.about
  local version = about.version and " " .. about.version or ""
  ui:print(ui:paint("heading", plugin.name), " - ", plugin.kind, version)
  ui:print("")
  local name = plugin.origin == "file" and plugin.path or plugin.name
  text.examples(ui, { { example_of(plugin, name), "" } })
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
  put_fact(ui, "file", plugin.path)
end

return plugin_help
