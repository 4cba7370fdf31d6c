--- page.lua: the reference as a page, docs/reference.md.

local reference = require "sheaf.reference"

local page = {}

local HEAD = [[
# Reference

Every public name of the Lua interface, its types and what it gives. [lua-api.md](lua-api.md) explains how
they go together. This page is made from the tables in `lua/sheaf/reference`, as the annotations for editors
in `lua/sheaf/meta` are; point the Lua language server's `workspace.library` at that folder.

A `?` marks what may be nil. Names with a dot ● are there for plugins in the sandbox, too.]]

local function cell(text)
  return (text:gsub("|", "\\|"))
end

local function results(item)
  local list = {}
  for i, part in ipairs(reference.parts(item.gives)) do
    list[i] = ("%s `%s`"):format(part.name, cell(part.type))
  end
  return table.concat(list, "; ")
end

local function put_functions(lines, list, lead)
  lines[#lines + 1] = "| call | gives | |\n|---|---|---|"
  for _, item in ipairs(list) do
    lines[#lines + 1] = ("| `%s%s`%s | %s | %s |"):format(lead, reference.call(item),
      item.plugin and " ●" or "", results(item), cell(item.about))
  end
end

local function put_fields(lines, list)
  lines[#lines + 1] = "| field | type | |\n|---|---|---|"
  for _, field in ipairs(list) do
    lines[#lines + 1] = ("| `%s` | `%s` | %s |"):format(field.name, cell(field.type), cell(field.about))
  end
end

local function put_class(lines, class)
  lines[#lines + 1] = ("\n## %s\n\n%s\n"):format(class.name, class.about)
  if class.fields then put_fields(lines, class.fields) end
  if class.fields and class.methods then lines[#lines + 1] = "" end
  if class.methods then put_functions(lines, class.methods, class.name:lower() .. ":") end
end

--- The text of docs/reference.md.
---@return string
function page.text()
  local lines = { HEAD .. "\n\n## sheaf\n" }
  put_functions(lines, reference.functions, "sheaf.")
  for _, class in ipairs(reference.classes) do put_class(lines, class) end
  return table.concat(lines, "\n") .. "\n"
end

return page
