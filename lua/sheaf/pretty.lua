--- pretty.lua: any Lua value as a person wants to read it.
--
-- Tables are shown in key order, on one line when they are short; deep and
-- large ones are cut. Articles show what they are about.

local terminal = require "sheaf.terminal"

local pretty = {}

local DEEPEST, MOST, LINE = 6, 100, 72

local function quoted(text)
  if #text > 2000 then text = text:sub(1, 2000) .. "…" end
  text = ("%q"):format(text):gsub("\\\n", "\\n"):gsub("\r", "\\r")
  return (text:gsub("[\1-\8\11-\31\127]", function(char) return ("\\%d"):format(char:byte()) end))
end

local ORDER = { number = 1, string = 2, boolean = 3 }

local function before(a, b)
  local x, y = ORDER[type(a)] or 9, ORDER[type(b)] or 9
  if x ~= y then return x < y end
  if x <= 2 then return a < b end
  return tostring(a) < tostring(b)
end

local function sorted_keys(map)
  local keys = {}
  for key in next, map do
    keys[#keys + 1] = key
  end
  table.sort(keys, before)
  return keys
end

local function article_line(value)
  local fine, headline, id, words = pcall(function() return value.headline, value.id, value.words end)
  if not fine then return "<article, used after its time>" end
  return ("<article %s: %s, %s>"):format((id or "?"):sub(1, 8), terminal.clean(headline or "no headline"),
    terminal.count(words or 0, "word"))
end

local function file_line(value)
  local about = value:info()
  if not about then return "<sheaf, closed>" end
  return ("<sheaf %s: %s>"):format(about.path, terminal.count(#value, "article"))
end

local LINES = { article = article_line, own = article_line, file = file_line }

-- Values of the core by their class; addresses tell nobody anything.
local function userdata_text(value)
  local meta = debug.getmetatable(value)
  if meta == nil then return "null" end
  local name = tostring(meta.__name):match("(%a+)$") or "userdata"
  local fine, line = pcall(LINES[name] or tostring, value)
  return fine and not line:find("^[%w_.]+: 0x") and line or ("<%s>"):format(name)
end

local calls

-- How a function of sheaf is called; others are just functions.
local function function_text(value)
  if not calls then
    calls = {}
    local reference, sheaf = require "sheaf.reference", require "sheaf"
    for _, item in ipairs(reference.functions) do
      if sheaf[item.name] then calls[sheaf[item.name]] = "function " .. reference.call(item) end
    end
  end
  return calls[value] or "function"
end

local show

local function key_text(key, depth, seen)
  if type(key) == "string" and key:find("^[%a_][%w_]*$") then return key .. " = " end
  return ("[%s] = "):format(show(key, depth, seen))
end

local function items_of(map, depth, seen)
  local items, length = {}, #map
  for count, key in ipairs(sorted_keys(map)) do
    if count > MOST then
      items[#items + 1] = "…"
      break
    end
    local listed = math.type(key) == "integer" and key >= 1 and key <= length
    items[#items + 1] = (listed and "" or key_text(key, depth, seen)) .. show(map[key], depth + 1, seen)
  end
  return items
end

local function joined(items, depth)
  local line = "{ " .. table.concat(items, ", ") .. " }"
  if #line <= LINE and not line:find("\n") then return line end
  local indent = ("  "):rep(depth)
  return "{\n" .. indent .. table.concat(items, ",\n" .. indent) .. ",\n" .. ("  "):rep(depth - 1) .. "}"
end

local function table_text(map, depth, seen)
  if next(map) == nil then return "{}" end
  if seen[map] then return "{ … itself … }" end
  if depth > DEEPEST then return "{ … }" end
  seen[map] = true
  local text = joined(items_of(map, depth, seen), depth)
  seen[map] = nil
  return text
end

function show(value, depth, seen)
  local kind = type(value)
  if kind == "string" then return quoted(value) end
  if kind == "userdata" then return userdata_text(value) end
  if kind == "function" then return function_text(value) end
  local meta = getmetatable(value)
  local speaks = type(meta) == "table" and meta.__tostring
  return kind == "table" and not speaks and table_text(value, depth, seen) or tostring(value)
end

--- A value as text.
---@param value any
---@return string
function pretty.text(value)
  return show(value, 1, {})
end

return pretty
