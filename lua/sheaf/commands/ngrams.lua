--- ngrams.lua: sheaf ngrams, what stands side by side.

local core = require "sheaf.core"
local counting = require "sheaf.counting"
local failure = require "sheaf.failure"

local command = {}

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function command.run(given, ui)
  local n, began = given.size or 2, core.now()
  if n > 5 then failure.raise("--size: 1 to 5 words") end
  local result = counting.run(given, ui, n)
  counting.put(given, ui, counting.rows(result, given.by))
  counting.tell(ui, result, "n-gram", core.now() - began)
  return #result == 0 and 1 or 0
end

return command
