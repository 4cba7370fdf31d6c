--- add.lua: adds a pile to a sheaf.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local outputs = require "sheaf.outputs"
local pack = require "sheaf.commands.pack"
local source = require "sheaf.source"

local add = {}

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function add.run(given, ui)
  local path = table.remove(given.words, 1)
  failure.try(source.exists(path))
  return flow.run({
    paths = given.words, verb = "added",
    open_output = function() return outputs.sheaf(failure.try(core.append(path, pack.options(given)))) end,
    summary = pack.summary("added to", path),
  }, given, ui)
end

return add
