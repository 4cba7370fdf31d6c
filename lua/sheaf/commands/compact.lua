--- compact.lua: joins small commits, and drops what was dropped.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local life = require "sheaf.life"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local compact = {}

local function about(path)
  local file <close> = failure.try(core.open(path))
  return failure.try(file:info())
end

-- Is more than half of it dead, so that it is better to make it anew?
local function is_mostly_dead(path)
  local now = about(path)
  return now.dead_bytes > now.bytes // 2
end

-- Appends what joins small commits.
local function tidy(path, given, ui)
  local result = failure.try(core.tidy(path, { threads = given.threads }))
  local now = about(path)
  local done = ("%s: nothing to join"):format(path)
  if result.joined > 0 then
    done = ("compacted %s: %s joined, now %s"):format(path, terminal.count(result.joined, "catalog"),
      terminal.thousands(now.segments))
  end
  if now.dead_bytes > 0 then
    done = ("%s; %s are dead, --full gives them back"):format(done, terminal.size(now.dead_bytes))
  end
  ui:say("%s", done)
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function compact.run(given, ui)
  for _, path in ipairs(given.words) do
    failure.try(source.exists(path))
    if given.full or is_mostly_dead(path) then
      life.rewrite(core.compact, "compacted", path, given, ui)
    else
      tidy(path, given, ui)
    end
  end
  return 0
end

return compact
