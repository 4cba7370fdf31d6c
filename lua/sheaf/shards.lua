--- shards.lua: one part of a run, which other machines do the rest of.
--
-- The chunks of all sheaves together are dealt out in runs of neighbours, so that outputs of rows
-- only have to stand one behind the other: the first shard writes what comes before all rows, the
-- last one what comes behind them. Exporters by parts write their states (states.lua).

local core = require "sheaf.core"
local failure = require "sheaf.failure"

local shards = {}

---@class sheaf.Shard
---@field number integer from 1
---@field of integer

--- "2/4" → a shard; nil when nothing is given.
---@param text string?
---@return sheaf.Shard?
function shards.parse(text)
  if not text then return nil end
  local number, of = text:match("^(%d+)/(%d+)$")
  number, of = math.tointeger(tonumber(number)), math.tointeger(tonumber(of))
  if not number or number < 1 or number > of then
    failure.raise(("--shard %s: which of how many, as in --shard 2/4"):format(text))
  end
  return { number = number, of = of }
end

local function check_steps(steps)
  for _, plugin in ipairs(steps) do
    if plugin.about.order == "input" then
      failure.raise(("%s '%s' judges an article by those before it; a shard does not see them all"):format(
        plugin.kind, plugin.name), "run it over the whole first, into a sheaf")
    end
  end
end

--- Ends the command when the run cannot be done in shards.
---@param given sheaf.Parsed
---@param steps sheaf.Plugin[]
---@param source sheaf.Source
function shards.check(given, steps, source)
  for _, name in ipairs { "sort", "limit", "layer" } do
    if given[name] then failure.raise(("--shard cannot go together with --%s"):format(name)) end
  end
  for _, part in ipairs(source.parts) do
    if not part.file then
      failure.raise(("--shard takes sheaves, and %s is none"):format(part.paths[1]), "sheaf pack makes one")
    end
  end
  check_steps(steps)
end

--- The chunks of each file that belong to a shard: sets first and last, numbered in the file.
---@param stretches table[]
---@param shard sheaf.Shard
function shards.deal(stretches, shard)
  local counts, total, before = {}, 0, 0
  for i, stretch in ipairs(stretches) do
    counts[i] = core.crew_chunks(stretch.file)
    total = total + counts[i]
  end
  local first, last = total * (shard.number - 1) // shard.of, total * shard.number // shard.of
  for i, stretch in ipairs(stretches) do
    stretch.first = math.max(0, math.min(counts[i], first - before))
    stretch.last = math.max(0, math.min(counts[i], last - before))
    before = before + counts[i]
  end
end

-- Rows of a shard: the exporter's beginning and end go where they belong.
local Rows = {}
Rows.__index = Rows

local function rows_output(plugin, path, shard)
  local sink, reason = core.sink(path)
  if not sink then return nil, reason end
  local scratch = core.sink_memory()
  local self = setmetatable({ plugin = plugin, sink = sink, scratch = scratch, shard = shard }, Rows)
  local fine, problem = plugin.handle:open(self.scratch)
  if not fine then sink:discard() return nil, problem end
  self.head = #self.scratch:text()
  if shard.number == 1 then sink:write(self.scratch:text()) end
  return self
end

function Rows:close()
  local fine, problem = self.plugin.handle:close()
  if not fine then
    self.sink:discard()
    return nil, problem
  end
  if self.shard.number == self.shard.of then self.sink:write(self.scratch:text():sub(self.head + 1)) end
  return self.sink:close()
end

function Rows:discard()
  self.sink:discard()
end

local function head_of(spec, plugin, given, shard, source, steps)
  local input, plan = {}, { given.where or "" }
  for i, part in ipairs(source.parts) do
    input[i] = failure.try(part.file:info()).sha256 or ""
  end
  for _, step in ipairs(given.steps) do
    plan[#plan + 1] = step.kind .. " " .. step.spec
  end
  for _, step in ipairs(steps) do
    plan[#plan + 1] = step.about.version or ""
  end
  return { exporter = spec, name = plugin.name, version = plugin.about.version or "", shard = shard.number,
    of = shard.of, input = input, plan = plan }
end

--- The output of a shard.
---@param spec string of the exporter
---@param plugin sheaf.Plugin
---@param given sheaf.Parsed
---@param shard sheaf.Shard
---@param source sheaf.Source
---@param steps sheaf.Plugin[]
---@return sheaf.Output
function shards.output(spec, plugin, given, shard, source, steps)
  local about = plugin.about
  if about.rows and not about.between then return failure.try(rows_output(plugin, given.output, shard)) end
  if about.add and about.merge then
    return failure.try(require("sheaf.states").output(plugin, given.output,
      head_of(spec, plugin, given, shard, source, steps)))
  end
  local message = "exporter '%s' writes all articles in one go, so it cannot be run in shards"
  failure.raise(message:format(plugin.name), about.between
    and "what stands between its articles would be missing between the shards"
    or "its plugin would say rows = true, or have start, add, merge and finish")
end

return shards
