--- reference: every public name of the Lua interface, once.
--
-- From these tables come the annotations for editors (lua/sheaf/meta), the
-- page docs/reference.md and what the prompt completes. A spec compares them
-- with the module itself, both ways, so that neither can drift.
--
-- A function has: name; takes, its parameters as "path: string; options: table?";
-- gives, its results in the same way; about, one or two sentences; and plugin,
-- when plugins in the sandbox have it too ("only": when nobody else has). A class
-- has fields and methods. Long parts lie in files of their own.

local reference = {}

---@class sheaf.reference.Function
---@field name string
---@field takes string?
---@field gives string?
---@field about string
---@field plugin boolean|"only"|nil

---@class sheaf.reference.Field
---@field name string
---@field type string
---@field about string

---@class sheaf.reference.Class
---@field name string without "sheaf."
---@field about string
---@field fields sheaf.reference.Field[]?
---@field methods sheaf.reference.Function[]?

---@type sheaf.reference.Function[]
reference.functions = require "sheaf.reference.functions"

---@type sheaf.reference.Class[]
reference.classes = require "sheaf.reference.classes"

local function by_name(list)
  local map = {}
  for _, item in ipairs(list) do map[item.name] = item end
  return map
end

--- Classes by their names.
---@type table<string, sheaf.reference.Class>
reference.class = by_name(reference.classes)

--- Splits "path: string; options: table?" into names and types.
---@param text string?
---@return {name: string, type: string}[]
function reference.parts(text)
  local parts = {}
  for part in ((text or "") .. ";"):gmatch("%s*(.-)%s*;") do
    local name, kind = part:match("^([%w_.]+):%s*(.+)$")
    if name then parts[#parts + 1] = { name = name, type = kind } end
  end
  return parts
end

--- How a function is called: "open(path)", "read(paths [, options])".
---@param item sheaf.reference.Function
---@return string
function reference.call(item)
  local words, closing = {}, 0
  for i, part in ipairs(reference.parts(item.takes)) do
    local optional = part.type:find("%?$") ~= nil
    closing = closing + (optional and 1 or 0)
    local comma = i > 1 and (optional and " [, " or ", ") or (optional and "[" or "")
    words[#words + 1] = comma .. part.name
  end
  return item.name .. "(" .. table.concat(words) .. ("]"):rep(closing) .. ")"
end

return reference
