--- version.lua: prints the version.

local core = require "sheaf.core"

local version = {}

---@param ui sheaf.Terminal
---@return integer status
function version.run(_, ui)
  ui:print(("sheaf %s (%s)"):format(core.version, _VERSION))
  return 0
end

return version
