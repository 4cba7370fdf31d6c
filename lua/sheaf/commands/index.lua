--- index.lua: makes the index of a sheaf, or brings it up to date.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local index = {}

-- A progress that is told how many articles are done.
local function teller(ui)
  local progress = ui:progress("indexed")
  local function tell(done, total)
    progress.total, progress.done = total, done - 1
    progress:step()
  end
  return progress, tell
end

local function told(path, counts, seconds)
  if counts.articles == 0 then
    return ("%s: the index has all %s"):format(path, terminal.count(counts.indexed, "article"))
  end
  return ("indexed %s of %s in %s: %s in %s"):format(terminal.count(counts.articles, "article"), path,
    terminal.duration(seconds), terminal.size(counts.bytes), terminal.count(counts.segments, "segment"))
end

--- Indexes one sheaf and tells of it. Returns how many articles could not be read.
---@param path string
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer damaged
function index.build(path, given, ui)
  local progress, tell = teller(ui)
  local counts, reason = core.index(path, {
    positions = not given.no_positions, anew = given.anew, progress = tell,
    threads = given.threads or core.cores(),
  })
  local seconds = progress:finish()
  failure.try(counts, reason)
  if counts.damaged > 0 then
    ui:warn(("%s of %s are damaged and not in the index"):format(
      terminal.count(counts.damaged, "article"), path))
  end
  ui:say("%s", told(path, counts, seconds))
  return counts.damaged
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function index.run(given, ui)
  local damaged = 0
  for _, path in ipairs(given.words) do
    failure.try(source.exists(path))
    damaged = damaged + index.build(path, given, ui)
  end
  return damaged > 0 and 3 or 0
end

return index
