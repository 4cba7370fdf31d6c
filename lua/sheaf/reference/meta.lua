--- meta.lua: the reference as annotations for the Lua language server.

local reference = require "sheaf.reference"

local meta = {}

local HEAD = "---@meta sheaf\n-- Made from lua/sheaf/reference by spec/reference_spec.lua with "
  .. "SHEAF_UPDATE_DOCS=1; do not edit.\n-- luacheck: ignore\n"

local function put_function(lines, item, owner)
  lines[#lines + 1] = ""
  lines[#lines + 1] = "--- " .. item.about
  local names = {}
  for i, part in ipairs(reference.parts(item.takes)) do
    local optional = part.type:match("^(.*)%?$")
    names[i] = part.name
    lines[#lines + 1] = ("---@param %s%s %s"):format(part.name, optional and part.name ~= "..." and "?" or "",
      optional or part.type)
  end
  for _, part in ipairs(reference.parts(item.gives)) do
    lines[#lines + 1] = ("---@return %s %s"):format(part.type, part.name)
  end
  lines[#lines + 1] = ("function %s%s(%s) end"):format(owner, item.name, table.concat(names, ", "))
end

local function put_class(lines, class)
  lines[#lines + 1] = ""
  lines[#lines + 1] = "--- " .. class.about
  lines[#lines + 1] = "---@class sheaf." .. class.name
  for _, field in ipairs(class.fields or {}) do
    lines[#lines + 1] = ("---@field %s %s %s"):format(field.name, field.type, field.about)
  end
  if not class.methods then return end
  lines[#lines + 1] = ("local %s = {}"):format(class.name)
  for _, method in ipairs(class.methods) do put_function(lines, method, class.name .. ":") end
end

--- The text of lua/sheaf/meta/sheaf.lua.
---@return string
function meta.text()
  local lines = { HEAD .. "\n---@class sheaf\n---@field version string\n"
    .. "---@field null userdata null of JSON\nlocal sheaf = {}" }
  for _, item in ipairs(reference.functions) do put_function(lines, item, "sheaf.") end
  for _, class in ipairs(reference.classes) do put_class(lines, class) end
  lines[#lines + 1] = "\nreturn sheaf\n"
  return table.concat(lines, "\n")
end

--- The text of lua/sheaf/meta/globals.lua: what plugins and scripts find without require.
---@return string
function meta.globals()
  return (HEAD:gsub("@meta sheaf", "@meta _")) .. [[

--- In plugins.
---@type sheaf
sheaf = nil

--- In scripts that sheaf run starts: the output.
---@type sheaf.Out
out = nil
]]
end

return meta
