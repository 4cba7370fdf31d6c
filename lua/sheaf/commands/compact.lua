--- compact.lua: drops what was dropped, and joins small commits.

local core = require "sheaf.core"
local life = require "sheaf.life"

local compact = {}

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function compact.run(given, ui)
  return life.rewrite(core.compact, "compacted", given, ui)
end

return compact
