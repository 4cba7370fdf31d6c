--- pipeline.lua: articles through filters and extractors into an output.
--
-- One loop, for what must go article by article; crew.lua does the same in many threads, with
-- the parts of this one. Steps run in the order given; the first filter that does not keep
-- an article ends its way; what an extractor found is set before the next
-- step sees the article. A plugin that fails is handled as --on-error says.
-- An output is anything with write(a) → true | nil, problem.

local blame = require "sheaf.blame"
local core = require "sheaf.core"
local failure = require "sheaf.failure"

local pipeline = {}

---@class sheaf.Run
---@field source sheaf.Source
---@field steps sheaf.Plugin[]
---@field out {write: fun(self, a: userdata): boolean?, any}
---@field exporter sheaf.Plugin? blamed when `out` fails
---@field report sheaf.Report
---@field on_error "stop"|"skip"|"quarantine"
---@field quarantine (fun(a: userdata, plugin: sheaf.Plugin, problem: any))?
---@field limit integer?
---@field progress sheaf.Progress
---@field threads integer?

---@class sheaf.Counts
---@field read integer
---@field kept integer
---@field dropped table<string, integer> by the name of the filter
---@field interrupted boolean
---@field closed boolean the reader of standard output has gone

--- Ends the command with what went wrong.
---@param plugin sheaf.Plugin
---@param problem any
---@param a userdata?
function pipeline.stop(plugin, problem, a)
  local message, lines = blame.explain(plugin, problem, a)
  failure.raise(message, table.unpack(lines))
end

local ON_ERROR = {
  stop = function(_, plugin, problem, a) pipeline.stop(plugin, problem, a) end,
  skip = function(run, plugin, problem, a) run.report:fail(plugin, a, problem) end,
  quarantine = function(run, plugin, problem, a)
    run.report:fail(plugin, a, problem)
    run.quarantine(a, plugin, problem)
  end,
}

--- A plugin failed on an article; what happens then, --on-error says.
---@return false
function pipeline.failed(run, plugin, problem, a)
  ON_ERROR[run.on_error](run, plugin, problem, a)
  return false
end

local STEP = {}

function STEP.filter(run, plugin, a)
  local keep, reason = plugin.handle:filter(a)
  if keep == nil then return pipeline.failed(run, plugin, reason, a) end
  if not keep then run.counts.dropped[plugin.name] = (run.counts.dropped[plugin.name] or 0) + 1 end
  return keep
end

function STEP.extractor(run, plugin, a)
  local found, problem = plugin.handle:extract(a)
  if found == nil then return problem == nil or pipeline.failed(run, plugin, problem, a) end
  local put = found.spans and a.attach or a.apply
  if plugin.layer then put = a.attach end
  local fine, reason = put(a, plugin.name, found)
  return fine or pipeline.failed(run, plugin, reason, a)
end

--- One article through one step; false when it ends there.
---@return boolean?
function pipeline.passes(run, plugin, a)
  return STEP[plugin.kind](run, plugin, a)
end

local function passes(run, a)
  for _, plugin in ipairs(run.steps) do
    if not pipeline.passes(run, plugin, a) then return false end
  end
  return true
end

--- Into the output. What was in quarantine and came this far is so no more.
function pipeline.deliver(run, a)
  a:forget("quarantine")
  local fine, problem = run.out:write(a)
  if fine then
    run.counts.kept = run.counts.kept + 1
  elseif problem == "closed" then
    run.counts.closed = true
  elseif type(problem) == "table" and run.exporter then
    pipeline.failed(run, run.exporter, problem, a)
  else
    failure.raise(problem)
  end
end

local function is_over(run)
  return core.interrupted() or run.counts.closed or run.counts.kept == run.limit
end

--- Runs all articles of the source.
---@param run sheaf.Run
---@return sheaf.Counts
function pipeline.run(run)
  run.counts = { read = 0, kept = 0, dropped = {}, interrupted = false, closed = false }
  for a in run.source:articles() do
    run.counts.read = run.counts.read + 1
    run.progress:step()
    if passes(run, a) then pipeline.deliver(run, a) end
    if is_over(run) then break end
  end
  run.counts.interrupted = core.interrupted()
  return run.counts
end

return pipeline
