--- arguments.lua: what stands behind a plugin's name, and what it may be.
--
--   words:min=200,max=900        language:only=en,fr        match:any="a, b"
--
-- A spec is split into name and pairs without knowing the plugin; checking
-- then goes by the plugin's own `args` table. A piece without = is a flag when
-- it names one, and else belongs to the list before it. Quotes keep commas
-- together; in a list, \, is a comma that does not part.

local core = require "sheaf.core"
local suggest = require "sheaf.suggest"

local arguments = {}

local FILE_BYTES = 4 << 20

---@class sheaf.Pair
---@field key string? nil for a piece without =
---@field text string

-- One piece up to the next comma outside quotes, and where the next begins.
local function piece_at(text, start)
  local position, kept = start, {}
  while position <= #text do
    local char = text:sub(position, position)
    if char == "," then break end
    if char == '"' then
      local close = text:find('"', position + 1, true)
      if not close then return nil, "a quote is not closed" end
      kept[#kept + 1], position = text:sub(position + 1, close - 1), close + 1
    elseif text:sub(position, position + 1) == "\\," then
      kept[#kept + 1], position = "\\,", position + 2
    else
      kept[#kept + 1], position = char, position + 1
    end
  end
  return table.concat(kept), position + 1
end

local function pair_of(piece)
  local key, value = piece:match("^([%w_%-]+)%s*=(.*)$")
  return { key = key, text = value or piece }
end

local function pairs_in(text)
  local list, position = {}, 1
  while position <= #text do
    local piece, following = piece_at(text, position)
    if not piece then return nil, following end
    if piece ~= "" then list[#list + 1] = pair_of(piece) end
    position = following
  end
  return list
end

-- The colon that parts name and arguments; `core:` belongs to the name.
local function split_name(spec)
  local origin, rest = spec:match("^(core:)(.*)$")
  local name, text = (rest or spec):match("^([^:]*):(.*)$")
  return (origin or "") .. (name or rest or spec), text or ""
end

--- Splits "name:a=1,b=2".
---@param spec string
---@return string? name
---@return sheaf.Pair[]|string pairs_or_reason
function arguments.split(spec)
  local name, text = split_name(spec)
  if name == "" or name == "core:" then return nil, ("'%s' names no plugin"):format(spec) end
  local list, reason = pairs_in(text)
  if not list then return nil, ("%s: %s"):format(spec, reason) end
  return name, list
end

local WORDS = { ["true"] = true, yes = true, on = true, ["1"] = true,
  ["false"] = false, no = false, off = false, ["0"] = false }

local function list_of(text)
  local items = {}
  for item in (text:gsub("\\,", "\0") .. ","):gmatch("([^,]*),") do
    item = item:gsub("%z", ","):match("^%s*(.-)%s*$")
    if item ~= "" then items[#items + 1] = item end
  end
  return items
end

local function plain(text)
  return (text:gsub("\\,", ","))
end

-- A plugin is given what is in the file. What has more than one line is no name of
-- a file but what would be in it.
local function text_of_file(value)
  if value:find("\n") then return value end
  local file = io.open(value, "rb")
  local text = file and file:read(FILE_BYTES + 1)
  if file then file:close() end
  return text and #text <= FILE_BYTES and text or nil
end

local function object_of(text)
  local value = core.decode(text)
  return type(value) == "table" and value or nil
end

-- From text, or from the value that a plugin's test gives, to the value.
local READ = {
  string = function(value) return type(value) == "string" and plain(value) or nil, "a text" end,
  integer = function(value) return math.tointeger(tonumber(value)), "a whole number" end,
  number = function(value) return tonumber(value), "a number" end,
  boolean = function(value)
    if type(value) == "boolean" then return value end
    return WORDS[value], "yes or no"
  end,
  date = function(value)
    local what = "a date such as 2022, 2022-02 or 2022-02-10"
    if type(value) ~= "string" or not core.date_range(value) then return nil, what end
    return value, what
  end,
  list = function(value)
    return type(value) == "table" and value or type(value) == "string" and list_of(value) or nil, "a list"
  end,
  file = function(value)
    return type(value) == "string" and text_of_file(value) or nil, "a file that can be read"
  end,
  table = function(value)
    if type(value) == "string" then value = object_of(value) end
    return type(value) == "table" and value or nil, "a JSON object"
  end,
}

arguments.types = { "string", "integer", "number", "boolean", "date", "list", "file", "table" }

--- The type that an entry of `args` declares.
---@param rule table
---@return string
function arguments.type_of(rule)
  return rule[1] or rule.type or "string"
end

local function contains(list, value)
  for _, item in ipairs(list) do
    if item == value then return true end
  end
  return false
end

local function in_bounds(rule, value)
  if rule.min and value < rule.min then return nil, ("must be %s or more"):format(rule.min) end
  if rule.max and value > rule.max then return nil, ("must be %s or less"):format(rule.max) end
  return true
end

local function item_fits(rule, value)
  if rule.values and not contains(rule.values, value) then
    local known = {}
    for i, item in ipairs(rule.values) do
      known[i] = tostring(item)
    end
    return nil, ("must be one of %s; %s"):format(table.concat(known, ", "),
      suggest.unknown("value", tostring(value), known))
  end
  if rule.match and type(value) == "string" and not value:find(rule.match) then
    return nil, ("must look like the pattern %s"):format(rule.match)
  end
  return true
end

-- min and max bound a number, the length of a list, and the size of nothing else.
local function fits(rule, value)
  if type(value) == "table" and arguments.type_of(rule) == "list" then
    for _, item in ipairs(value) do
      local fine, reason = item_fits(rule, item)
      if not fine then return nil, ("'%s' %s"):format(tostring(item), reason) end
    end
    return in_bounds(rule, #value)
  end
  if arguments.type_of(rule) == "table" then return true end
  local fine, reason = item_fits(rule, value)
  if fine and type(value) == "number" then fine, reason = in_bounds(rule, value) end
  return fine, reason
end

--- Reads one value by its rule.
---@param rule table
---@param given any
---@return any value nil when it does not fit
---@return string? reason
function arguments.value(rule, given)
  local value, what = READ[arguments.type_of(rule)](given)
  if value == nil then return nil, ("must be %s, not '%s'"):format(what, tostring(given)) end
  local fine, reason = fits(rule, value)
  if not fine then return nil, reason end
  return value
end

local function names_of(args)
  local names = {}
  for name in pairs(args) do
    names[#names + 1] = name
  end
  table.sort(names)
  return names
end

-- Which argument a pair is for; a piece without = may continue a list.
local function target(args, pair, last)
  if pair.key then
    if args[pair.key] then return pair.key, pair.text end
    return nil, suggest.unknown("argument", pair.key, names_of(args))
  end
  local rule = args[pair.text]
  if rule and arguments.type_of(rule) == "boolean" then return pair.text, "yes" end
  if last and arguments.type_of(args[last]) == "list" then return last, pair.text end
  if rule then return nil, ("argument '%s' needs a value: %s=…"):format(pair.text, pair.text) end
  return nil, ("'%s' is no argument; write name=value"):format(pair.text)
end

-- Pairs → name → text; what is given again for a list adds to it.
local function gathered(args, given)
  local texts, last = {}, nil
  for _, pair in ipairs(given) do
    local name, text = target(args, pair, last)
    if not name then return nil, text end
    local more = texts[name] and arguments.type_of(args[name]) == "list"
    texts[name] = more and texts[name] .. "," .. text or text
    last = name
  end
  return texts
end

local function copy(value)
  if type(value) ~= "table" then return value end
  local new = {}
  for key, item in pairs(value) do
    new[key] = copy(item)
  end
  return new
end

local function one(name, rule, given)
  if given ~= nil then
    local value, reason = arguments.value(rule, given)
    if value == nil then return nil, ("argument '%s' %s"):format(name, reason) end
    return value
  end
  if rule.required then
    local help = rule.help and (" (%s)"):format(rule.help) or ""
    return nil, ("argument '%s' is needed%s"):format(name, help)
  end
  return copy(rule.default)
end

--- Checks named values against a plugin's `args` and fills in defaults.
---@param args table<string, table>
---@param given table<string, any>
---@return table<string, any>?
---@return string? reason
function arguments.complete(args, given)
  for name in pairs(given) do
    if not args[name] then return nil, suggest.unknown("argument", tostring(name), names_of(args)) end
  end
  local values = {}
  for _, name in ipairs(names_of(args)) do
    local value, reason = one(name, args[name], given[name])
    if reason then return nil, reason end
    values[name] = value
  end
  return values
end

--- Checks the pairs of a spec against a plugin's `args`.
---@param args table<string, table>
---@param given sheaf.Pair[]
---@return table<string, any>?
---@return string? reason
function arguments.check(args, given)
  if #given > 0 and not next(args) then return nil, "it takes no arguments" end
  local texts, reason = gathered(args, given)
  if not texts then return nil, reason end
  return arguments.complete(args, texts)
end

return arguments
