--- failure.lua: ends a command with one clear message.
--
-- Library functions return nil, reason. A command that cannot go on turns that
-- into a Failure, which cli.lua catches, prints and makes exit status 2. A
-- Failure has one message and any number of hints: what to do next.

local failure = {}

---@class sheaf.Failure
---@field message string
---@field hints string[]
local Failure = {}
Failure.__index = Failure
Failure.__tostring = function(self) return self.message end

--- Ends the running command.
---@param message any a sentence, or a problem that a plugin had
---@param ... string hints, each on a line of its own
function failure.raise(message, ...)
  error(setmetatable({ message = tostring(message), hints = { ... } }, Failure), 0)
end

--- Hands its arguments on, or ends the command when the first is nil or false.
---@generic T
---@param value T?
---@param reason any
---@param hint any what to do next; what is no text (an error number) is left out
---@return T
function failure.try(value, reason, hint, ...)
  if value then return value, reason, hint, ... end
  failure.raise(reason or "it failed and gave no reason", type(hint) == "string" and hint or nil)
end

--- Is this what `failure.raise` raised?
---@param value any
---@return boolean
function failure.is(value)
  return getmetatable(value) == Failure
end

return failure
