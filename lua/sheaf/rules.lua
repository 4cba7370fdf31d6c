--- rules.lua: what a plugin's table must look like.
--
-- Works on the description that the core gives of a loaded plugin: plain data,
-- functions shown as true. Errors keep a plugin from being used; advice is
-- only told by `sheaf plugin check`.

local arguments = require "sheaf.arguments"
local core = require "sheaf.core"
local fields = require "sheaf.fields"
local suggest = require "sheaf.suggest"

local rules = {}

--- The version of the plugin interface that this sheaf has.
rules.api = 1

local KEYS = { "kind", "api", "version", "about", "args", "needs", "adds", "each", "open", "close",
  "start", "add", "merge", "finish", "extension", "tests", "hosts", "page", "examples", "limits",
  "order", "rows", "between" }
local TYPES = { kind = "string", api = "number", version = "string", about = "string", args = "table",
  needs = "table", adds = "table", extension = "string", tests = "table", hosts = "table", page = "table",
  examples = "table", limits = "table", order = "string", rows = "boolean" }

--- The keys of a plugin's table, in order.
rules.keys = table.move(KEYS, 1, #KEYS, 1, {})
table.sort(rules.keys)

local RULE_KEYS = { "type", "default", "help", "min", "max", "match", "values", "required" }
local KINDS = { "filter", "extractor", "exporter" }

local function has(list, value)
  for _, item in ipairs(list) do
    if item == value then return true end
  end
  return false
end

---@class sheaf.Findings
---@field errors string[]
---@field advice string[]

local function wrong(findings, format, ...)
  table.insert(findings.errors, format:format(...))
end

local function advise(findings, format, ...)
  table.insert(findings.advice, format:format(...))
end

local function sorted_keys(map)
  local keys = {}
  for key in pairs(map) do
    keys[#keys + 1] = key
  end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  return keys
end

local function check_keys(found, about)
  for _, key in ipairs(sorted_keys(about)) do
    if not has(KEYS, key) then
      wrong(found, "%s", suggest.unknown("key", tostring(key), KEYS))
    elseif TYPES[key] and type(about[key]) ~= TYPES[key] then
      wrong(found, "'%s' must be a %s", key, TYPES[key])
    elseif key == "between" and about[key] ~= true and type(about[key]) ~= "string" then
      wrong(found, "'between' must be a text or a function")
    elseif not TYPES[key] and about[key] ~= true and key ~= "between" then
      wrong(found, "'%s' must be a function", key)
    end
  end
end

local function check_kind(found, about)
  if about.kind == nil then
    wrong(found, "'kind' is missing: filter, extractor or exporter")
  elseif not has(KINDS, about.kind) then
    wrong(found, "%s", suggest.unknown("kind", tostring(about.kind), KINDS))
  end
  if type(about.api) == "number" and about.api > rules.api then
    wrong(found, "it needs version %s of the plugin interface; this sheaf has %d", about.api, rules.api)
  end
end

-- What is wrong with the hosts and selectors of a site, the core knows.
local function check_site(found, about)
  if about.hosts == nil and about.page == nil then return end
  if about.kind ~= "extractor" then return wrong(found, "'hosts' and 'page' belong to extractors") end
  if type(about.page) ~= "table" then
    return wrong(found, "'page' is missing: what to keep and to drop on the pages of these hosts")
  end
  local fine, reason = core.page_rules():add("check", about)
  if not fine then wrong(found, "%s", reason) end
end

local function check_functions(found, about)
  if about.kind ~= "exporter" then
    if about.each or about.page then return end
    wrong(found, "'each' is missing: what is called for every article")
  elseif about.start or about.finish or about.add then
    for _, key in ipairs { "start", "add", "finish" } do
      if not about[key] then wrong(found, "'%s' is missing: by parts means start, add and finish", key) end
    end
    if not about.merge then advise(found, "'merge' is missing: parts cannot be made side by side") end
  elseif not about.each then
    wrong(found, "'each' is missing: an exporter has each, or start, add and finish")
  end
end

local ORDERS = { "any", "input" }

local function check_manner(found, about)
  if type(about.order) == "string" and not has(ORDERS, about.order) then
    wrong(found, "order: %s", suggest.unknown("order", about.order, ORDERS))
  end
  if about.order and about.kind == "exporter" then
    wrong(found, "'order' belongs to filters and extractors; an exporter has 'rows' or 'merge'")
  elseif about.rows and (about.kind ~= "exporter" or not about.each) then
    wrong(found, "'rows' belongs to exporters with 'each'")
  elseif about.between and (about.kind ~= "exporter" or not about.each) then
    wrong(found, "'between' belongs to exporters with 'each'")
  end
end

local function check_rule(found, name, rule)
  if type(rule) ~= "table" then return wrong(found, "argument '%s' must be a table", name) end
  for _, key in ipairs(sorted_keys(rule)) do
    if key ~= 1 and not has(RULE_KEYS, key) then
      wrong(found, "argument '%s': %s", name, suggest.unknown("key", tostring(key), RULE_KEYS))
    end
  end
  local kind = arguments.type_of(rule)
  if not has(arguments.types, kind) then
    return wrong(found, "argument '%s': %s", name, suggest.unknown("type", tostring(kind), arguments.types))
  end
  if rule.default ~= nil then
    local value, reason = arguments.value(rule, rule.default)
    if value == nil then wrong(found, "the default of argument '%s' %s", name, reason) end
  end
  if not rule.help then advise(found, "argument '%s' has no help", name) end
end

local function check_args(found, about)
  if type(about.args) ~= "table" then return end
  for _, name in ipairs(sorted_keys(about.args)) do
    if type(name) == "string" and name:find("^[%a_][%w_]*$") then
      check_rule(found, name, about.args[name])
    else
      wrong(found, "an argument's name must be a word, not '%s'", tostring(name))
    end
  end
end

local function check_fields(found, about)
  for _, name in ipairs(type(about.needs) == "table" and about.needs or {}) do
    local plain = tostring(name):match("^[^.]*")
    if not fields.in_article[plain] then
      wrong(found, "needs: %s", suggest.unknown("field", tostring(name), fields.known))
    end
  end
  for name in pairs(type(about.adds) == "table" and about.adds or {}) do
    local is_attribute = type(name) == "string" and not fields.in_article[name]
    local near = is_attribute and #name >= 5 and suggest.nearest(name, fields.known)
    if near and near:sub(1, 1) == name:sub(1, 1) then
      advise(found, "adds: the attribute '%s' looks like the field '%s'", name, near)
    end
  end
end

local function check_examples(found, about)
  for i, example in ipairs(type(about.examples) == "table" and about.examples or {}) do
    if type(example) ~= "table" or type(example.run) ~= "string" then
      wrong(found, "examples: number %d has no 'run', the command as a text", i)
    end
  end
end

local function check_manners(found, about)
  for _, key in ipairs { "about", "version", "api", "needs", "tests" } do
    if about[key] == nil and (key ~= "needs" or about.each) then advise(found, "'%s' is missing", key) end
  end
  if about.kind == "exporter" and not about.extension then advise(found, "'extension' is missing") end
  if type(about.tests) == "table" and #about.tests == 0 then advise(found, "'tests' is empty") end
end

--- Looks a description over.
---@param about table
---@return sheaf.Findings
function rules.findings(about)
  local found = { errors = {}, advice = {} }
  check_keys(found, about)
  check_kind(found, about)
  check_functions(found, about)
  check_manner(found, about)
  check_site(found, about)
  check_args(found, about)
  check_fields(found, about)
  check_examples(found, about)
  check_manners(found, about)
  return found
end

return rules
