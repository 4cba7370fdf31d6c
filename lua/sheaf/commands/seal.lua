--- seal.lua: a sheaf in one clean commit.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local life = require "sheaf.life"
local source = require "sheaf.source"

local seal = {}

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function seal.run(given, ui)
  for _, path in ipairs(given.words) do
    failure.try(source.exists(path))
    life.rewrite(core.seal, "sealed", path, given, ui)
  end
  return 0
end

return seal
