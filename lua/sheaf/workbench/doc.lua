--- doc.lua: plugins in Markdown, from what they say about themselves.
--
-- The page docs/plugins.md is written by people around the tables that are
-- made here; a spec compares the two, or with SHEAF_UPDATE_DOCS=1 puts the new
-- tables in.

local arguments = require "sheaf.arguments"
local examples = require "sheaf.help.examples"

local doc = {}

local TITLES = {
  { "filter", "Filters" }, { "extractor", "Extractors" }, { "exporter", "Exporters" },
  { "site", "Rules of web sites" },
}

local function sorted_names(map)
  local names = {}
  for name in pairs(map) do names[#names + 1] = tostring(name) end
  table.sort(names)
  return names
end

local function cell(text)
  return (text:gsub("|", "\\|"):gsub("%s*\n%s*", " "))
end

local function shown(value)
  if value == nil then return "" end
  if type(value) == "boolean" then return value and "yes" or "no" end
  if type(value) == "table" then return table.concat(value, ", ") end
  return tostring(value)
end

local function values_of(rule)
  local kind = arguments.type_of(rule)
  if not rule.values then return kind end
  return (kind == "list" and "list of " or "") .. table.concat(rule.values, ", ")
end

local function row(name, rule)
  local values = values_of(rule)
  local default = rule.required and "needed" or shown(rule.default)
  return ("| `%s` | %s | %s | %s |"):format(name, cell(values), cell(default), cell(rule.help or ""))
end

--- The table of a plugin's arguments; nil when it has none.
---@param about table
---@return string?
function doc.arguments(about)
  local names = sorted_names(about.args or {})
  if #names == 0 then return nil end
  local lines = { "| argument | values | default | |", "|---|---|---|---|" }
  for _, name in ipairs(names) do
    lines[#lines + 1] = row(name, about.args[name])
  end
  return table.concat(lines, "\n")
end

local function facts(about)
  local lines = {}
  local function put(label, list)
    if #list > 0 then lines[#lines + 1] = ("%s: `%s`."):format(label, table.concat(list, "`, `")) end
  end
  put("Hosts", about.hosts or {})
  put("Reads", about.needs or {})
  put("Adds", sorted_names(about.adds or {}))
  if about.extension then put("Ending of its files", { about.extension }) end
  return table.concat(lines, " ")
end

-- A section about one plugin.
local function section(plugin)
  local about = plugin.about
  local parts = { "### " .. plugin.name, about.about or "It says nothing about itself." }
  parts[#parts + 1] = doc.arguments(about)
  local told = facts(about)
  if told ~= "" then parts[#parts + 1] = told end
  local lines = {}
  for _, example in ipairs(examples.of(plugin, plugin.name)) do lines[#lines + 1] = "    " .. example[1] end
  parts[#parts + 1] = table.concat(lines, "\n")
  return table.concat(parts, "\n\n")
end

--- One page on these plugins, by kind.
---@param list {plugin: sheaf.Plugin, kind: string}[]
---@return string
function doc.page(list)
  local parts = { "# Plugins" }
  for _, title in ipairs(TITLES) do
    local sections = {}
    for _, item in ipairs(list) do
      if item.kind == title[1] then sections[#sections + 1] = section(item.plugin) end
    end
    if #sections > 0 then
      parts[#parts + 1] = "## " .. title[2]
      parts[#parts + 1] = table.concat(sections, "\n\n")
    end
  end
  return table.concat(parts, "\n\n")
end

return doc
