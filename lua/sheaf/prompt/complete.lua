--- complete.lua: what may follow at the prompt.
--
-- The end of the line is read as a chain: a name, then .name, :name, (…) or
-- […]. It is walked through the values that are there; calls are not made, what
-- they would give is looked up in the reference. So file:get(1).pub<Tab> knows
-- that it stands behind an article. Inside a quotation mark, files are offered.

local lfs = require "lfs"
local reference = require "sheaf.reference"

local complete = {}

local KEYWORDS = { "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if",
  "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while" }

-- What stands for (…) and […] while a chain is read.
local CALL, INDEX = "\1", "\2"

-- A place in the walk: a value, or the class that a value would have.
---@class sheaf.Place
---@field value any
---@field class sheaf.reference.Class?

local function class_of(value)
  if type(value) ~= "userdata" then return nil end
  local meta = debug.getmetatable(value)
  local name = type(meta) == "table" and tostring(meta.__name):match("(%a+)$")
  if not name then return nil end
  if tostring(meta.__name):find("article") then return reference.class.Article end
  return reference.class[name:sub(1, 1):upper() .. name:sub(2)]
end

local function place_of(value)
  return { value = value, class = class_of(value) }
end

-- What "sheaf.File?" or "fun(): sheaf.Article?" leads to.
local function promised(item)
  local first = item and reference.parts(item.gives)[1]
  local name = first and first.type:match("^sheaf%.(%w+)%??$")
  return name and { class = reference.class[name] } or nil
end

local function by_name(list, name)
  for _, item in ipairs(list or {}) do
    if item.name == name then return item end
  end
end

-- The field of a class that has a class of its own: a.dateline, a.authors.
local function field_place(class, name)
  local field = by_name(class.fields, name)
  local kind = field and field.type:match("^sheaf%.(%w+)[%?%[%]]*$")
  return kind and { class = reference.class[kind] } or { item = by_name(class.methods, name) }
end

local STEP = {}

function STEP.name(place, name)
  if place.class then return field_place(place.class, name) end
  if type(place.value) ~= "table" then return nil end
  local value = place.value[name]
  local following = place_of(value)
  if place.value.open and place.value.version then following.item = by_name(reference.functions, name) end
  return following
end

function STEP.call(place) return promised(place.item) end

function STEP.index(place)
  if place.class then return place end
  if type(place.value) ~= "table" then return nil end
  return place_of(select(2, next(place.value)))
end

local GUESSED = { a = true, article = true }

local function start(env, name)
  local value = env[name]
  if value == nil and GUESSED[name] then return { class = reference.class.Article } end
  return place_of(value)
end

-- Walks "file:get(…)" and the like; nil when it leads to nowhere.
local function walk(env, chain)
  local name, rest = chain:match("^([%a_][%w_]*)(.*)$")
  if not name then return nil end
  local place = start(env, name)
  while place and rest ~= "" do
    local word, following = rest:match("^[.:]([%a_][%w_]*)(.*)$")
    if word then
      place, rest = STEP.name(place, word), following
    elseif rest:sub(1, 1) == CALL then
      place, rest = STEP.call(place), rest:sub(2)
    elseif rest:sub(1, 1) == INDEX then
      place, rest = STEP.index(place), rest:sub(2)
    else
      return nil
    end
  end
  return place
end

local function add(found, name, value)
  found[#found + 1] = { name = name, call = type(value) == "function" }
end

local function in_class(found, class, separator)
  if separator == "." then
    for _, field in ipairs(class.fields or {}) do add(found, field.name) end
    return
  end
  for _, method in ipairs(class.methods or {}) do add(found, method.name, print) end
end

local function in_table(found, map, separator)
  for name, value in pairs(map) do
    local fits = type(name) == "string" and name:find("^[%a_][%w_]*$")
    if fits and (separator == "." or type(value) == "function") then add(found, name, value) end
  end
end

local function members(place, separator)
  local found = {}
  if place.class then
    in_class(found, place.class, separator)
  elseif type(place.value) == "string" then
    in_table(found, string, ":")
  elseif type(place.value) == "table" then
    in_table(found, place.value, separator)
  end
  return found
end

local function globals(env)
  local found, seen = {}, {}
  for _, map in ipairs { env, _G } do
    for name, value in pairs(map) do
      if type(name) == "string" and not seen[name] then
        seen[name] = true
        add(found, name, value)
      end
    end
  end
  for _, word in ipairs(KEYWORDS) do add(found, word) end
  return found
end

-- Entries of the folder that a path begins in.
local function files(path)
  local folder, found = path:match("^(.*/)") or "", {}
  local place = folder == "" and "." or folder
  if lfs.attributes(place, "mode") ~= "directory" then return found end
  for entry in lfs.dir(place) do
    if not entry:find("^%.") then
      local is_folder = lfs.attributes(folder .. entry, "mode") == "directory"
      found[#found + 1] = { name = folder .. entry .. (is_folder and "/" or ""), file = true }
    end
  end
  return found
end

-- The text inside a quotation mark that is not closed, or nil.
local function open_quote(line)
  local quote, from
  for position, char in line:gmatch("()([\"'])") do
    if not quote then
      quote, from = char, position
    elseif char == quote then
      quote = nil
    end
  end
  return quote and line:sub(from + 1) or nil
end

-- What was typed of a word, and all that it could become.
local function candidates(line, env)
  local path = open_quote(line)
  if path then return path, files(path) end
  local plain = line:gsub("%b\"\"", ""):gsub("%b''", ""):gsub("%b()", CALL):gsub("%b[]", INDEX)
  local word = plain:match("[%a_][%w_]*$") or ""
  local before = plain:sub(1, #plain - #word)
  local chain, separator = before:match("([%a_][%w_.:\1\2]*)([.:])$")
  if not chain then return word, before:find("[.:]$") and {} or globals(env) end
  local place = walk(env, chain)
  return word, place and members(place, separator) or {}
end

local function fitting(word, list)
  local found = {}
  for _, item in ipairs(list) do
    if item.name:sub(1, #word) == word then found[#found + 1] = item end
  end
  table.sort(found, function(a, b) return a.name < b.name end)
  return found
end

local function shared(list)
  local common = list[1].name
  for i = 2, #list do
    local name, length = list[i].name, 0
    while length < #common and common:byte(length + 1) == name:byte(length + 1) do length = length + 1 end
    common = common:sub(1, length)
  end
  return common
end

--- All that the end of a line could become, in order.
---@param line string
---@param env table
---@return string[]
function complete.names(line, env)
  local word, list = candidates(line, env)
  local names = {}
  for i, item in ipairs(fitting(word, list)) do names[i] = item.name end
  return names
end

-- Names in columns, as wide as the terminal.
local function listed(list, columns)
  local widest, lines, line = 0, {}, {}
  for _, item in ipairs(list) do widest = math.max(widest, #item.name + 2) end
  local across = math.max(columns // widest, 1)
  for i, item in ipairs(list) do
    line[#line + 1] = item.name .. (" "):rep(widest - #item.name)
    if #line == across or i == #list then
      lines[#lines + 1] = table.concat(line):gsub("%s+$", "")
      line = {}
    end
  end
  return table.concat(lines, "\n")
end

--- What the Tab key does: text to insert, or a list to show.
---@param line string up to the cursor
---@param env table the globals of the session
---@param columns integer
---@return string? insert
---@return string? list
function complete.key(line, env, columns)
  if not line:find("%S") then return "  " end
  local word, list = candidates(line, env)
  list = fitting(word, list)
  if #list == 0 then return nil end
  local insert = shared(list):sub(#word + 1)
  if #list == 1 and list[1].call then insert = insert .. "(" end
  if insert ~= "" or #list == 1 then return insert end
  return nil, listed(list, columns)
end

return complete
