--- shelf.lua: articles of piles, kept on disk while a collection is bound.
--
-- A pile cannot be read again in another order, and memory is no place for all of it. What
-- comes into question is written to a sheaf of our own, which has no name any more once it
-- is open: whatever happens, nothing is left behind.

local core = require "sheaf.core"
local failure = require "sheaf.failure"

local shelf = {}

---@class sheaf.Shelf
local Shelf = {}
Shelf.__index = Shelf

function shelf.new()
  return setmetatable({}, Shelf)
end

--- Keeps an article.
---@param a userdata
function Shelf:put(a)
  if not self.writer then
    self.name = os.tmpname()
    self.path = self.name .. ".sheaf"
    self.writer = failure.try(core.create(self.path, { level = 3 }))
  end
  local added, reason = self.writer:add(a)
  if added == nil then failure.raise(reason) end
end

--- Opens what was kept, as a part like any sheaf among the sources; nil when nothing was.
---@return {path: string, file: userdata}?
function Shelf:open()
  if not self.writer then return nil end
  failure.try(self.writer:commit())
  self.writer:close()
  local part = { path = "the piles", file = failure.try(core.open(self.path)) }
  self:remove()
  return part
end

function Shelf:remove()
  if not self.name then return end
  os.remove(self.path)
  os.remove(self.name)
  self.name = nil
end

Shelf.__close = function(self)
  if self.writer then self.writer:close() end
  self:remove()
end

return shelf
