--- add.lua: adds a pile to a sheaf.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local outputs = require "sheaf.outputs"
local pack = require "sheaf.commands.pack"
local source = require "sheaf.source"

local add = {}

-- The catalogs of small commits are joined now and then. What was added is safe
-- already, so that a failure is no more than told, and another writer comes first.
local function tidy(path, given, ui)
  local options = pack.options(given)
  local result, reason = core.tidy(path, options)
  if not result and not reason:find("another writer", 1, true) then
    ui:warn(("%s; small commits were not joined"):format(reason))
  end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function add.run(given, ui)
  local path = table.remove(given.words, 1)
  failure.try(source.exists(path))
  local status = flow.run({
    paths = given.words, verb = "added",
    open_output = function() return outputs.sheaf(failure.try(core.append(path, pack.options(given)))) end,
    summary = pack.summary("added to", path),
  }, given, ui)
  tidy(path, given, ui)
  return status
end

return add
