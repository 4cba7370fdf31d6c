--- seal.lua: a sheaf in one clean commit.

local core = require "sheaf.core"
local life = require "sheaf.life"

local seal = {}

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function seal.run(given, ui)
  return life.rewrite(core.seal, "sealed", given, ui)
end

return seal
