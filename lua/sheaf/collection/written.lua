--- written.lua: a recipe as a file of Lua, from what came with stripped articles.

local core = require "sheaf.core"

local written = {}

local function quoted(text)
  return '"' .. text:gsub('[%c\\"]', function(c)
    return c:find '["\\]' and "\\" .. c or c == "\n" and "\\n" or ("\\%03d"):format(c:byte())
  end) .. '"'
end

written.quoted = quoted

local NAME = "^[%a_][%w_]*$"
local RESERVED = {}
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return "
  .. "then true until while"):gmatch("%S+") do RESERVED[word] = true end

local function key_text(key)
  return key:find(NAME) and not RESERVED[key] and key or "[" .. quoted(key) .. "]"
end

-- Short tables stand on one line.
local function value_text(value, indent)
  if type(value) == "string" then return quoted(value) end
  if type(value) ~= "table" then return tostring(value) end
  local parts, inner = {}, indent .. "  "
  for i, item in ipairs(value) do parts[i] = value_text(item, inner) end
  for key, item in core.sorted(value) do
    if type(key) == "string" then parts[#parts + 1] = key_text(key) .. " = " .. value_text(item, inner) end
  end
  local line = table.concat(parts, ", ")
  if #line + #indent < 90 and not line:find("\n", 1, true) then
    return #parts > 0 and "{ " .. line .. " }" or "{}"
  end
  return "{\n" .. inner .. table.concat(parts, ",\n" .. inner) .. ",\n" .. indent .. "}"
end

--- The text of a recipe; keys stand in the order given.
---@param comment string
---@param entries {[1]: string, [2]: any}[]
---@return string
function written.recipe(comment, entries)
  local lines = { "-- " .. comment, "", "return {" }
  for _, entry in ipairs(entries) do
    if entry[2] ~= nil then
      lines[#lines + 1] = ("  %s = %s,"):format(entry[1], value_text(entry[2], "  "))
    end
  end
  lines[#lines + 1] = "}\n"
  return table.concat(lines, "\n")
end

return written
