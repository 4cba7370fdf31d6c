--- suggest.lua: "did you mean".
--
-- The core finds the nearest known name by edit distance; a beginning that
-- fits only one name is understood, too.

local core = require "sheaf.core"

local suggest = {}

local function beginning_of(name, known)
  local found
  for _, candidate in ipairs(known) do
    if #name >= 2 and candidate:sub(1, #name) == name then
      if found then return nil end
      found = candidate
    end
  end
  return found
end

--- The known name that was most likely meant, or nil.
---@param name string
---@param known string[]
---@return string?
function suggest.nearest(name, known)
  return beginning_of(name, known) or core.suggest(name, known)
end

--- "unknown option '--limt'; did you mean '--limit'?"
---@param what string what kind of name it is: "option", "field"
---@param name string
---@param known string[]
---@return string
function suggest.unknown(what, name, known)
  local nearest = suggest.nearest(name, known)
  local message = ("unknown %s '%s'"):format(what, name)
  return nearest and ("%s; did you mean '%s'?"):format(message, nearest) or message
end

return suggest
