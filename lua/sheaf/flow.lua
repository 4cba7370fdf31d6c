--- flow.lua: what pack, add, run and export share.
--
-- From the parsed options: the source, the steps, the report, the quarantine,
-- the loop, the summary and the exit status. ls and show only open a source:
-- what runs plugins is loaded when there is something to run.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local report = require "sheaf.report"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local flow = {}

local try = failure.try

-- The rules of web sites: loaded when a pile is read, or now when some are named, so
-- that a misspelt one is told first.
local function sites_of(given, ui)
  local loaded
  local function load_sites()
    loaded = loaded or require("sheaf.sites").load {
      named = given.site, found = not given.no_site_rules, trust = given.trust,
      warn = function(message) ui:warn(message) end,
    }
    return loaded
  end
  if given.site then load_sites() end
  return load_sites
end

--- Opens the source that the options describe; what is refused is reported.
---@param paths string[]
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return sheaf.Source
---@return sheaf.Report
function flow.source(paths, given, ui)
  local account = try(report.new(given.report))
  local where = given.where and try(require("sheaf.where").compile(given.where))
  local query = given.search and require("sheaf.search").query(given.search)
  local opened = try(source.open(paths, {
    query = query,
    reader = given.reader, where = where, sort = given.sort, from = given.from, layers = given.layer,
    threads = given.threads or core.cores(), sites = sites_of(given, ui),
    reject = function(...) account:refuse(...) end,
    pass = function(...) account:pass(...) end,
    warn = function(message) ui:warn(message) end,
  }))
  return opened, account
end

--- How plugins are opened: what is trusted, and who hears of hidden ones.
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return sheaf.OpenOptions
function flow.plugin_options(given, ui)
  return { trust = given.trust, notice = function(message) ui:warn(message) end }
end

--- Opens the filters and extractors, in order.
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return sheaf.Plugin[]
function flow.steps(given, ui)
  local steps, options, plugins = {}, flow.plugin_options(given, ui), require "sheaf.plugins"
  for i, step in ipairs(given.steps) do
    if step.plugin then
      steps[i] = step.plugin
    elseif step.kind == "expression" then
      steps[i] = try(plugins.expression(step.spec))
    else
      steps[i] = try(plugins.open(step.spec, step.kind, options))
    end
    steps[i].given = i
  end
  return #steps > 1 and require("sheaf.order").steps(steps) or steps
end

local function check_needs(spec, steps, given, ui)
  local users = table.move(steps, 1, #steps, 1, {})
  users[#users + 1] = spec.exporter
  require("sheaf.order").check(users, steps, given.layer, function(message) ui:warn(message) end)
end

-- Articles on which plugins failed go to a file beside the output, as rows
-- that can be read again; attributes.quarantine says why they are there.
local function quarantine_beside(output)
  local path = (output and output ~= "-" and output or "sheaf") .. ".quarantine.jsonl"
  local sink
  local function put(a, plugin, problem)
    sink = sink or try(core.sink(path))
    local reason = type(problem) == "table" and problem.message or tostring(problem)
    local kept = a:copy()
    kept:apply("quarantine", { plugin = plugin.name, problem = reason })
    try(sink:json(kept))
  end
  local function close(ui)
    if not sink then return end
    try(sink:close())
    ui:say("the articles on which they failed are in %s", path)
  end
  return put, close
end

local function tell_dropped(ui, steps, dropped)
  local told = {}
  for _, plugin in ipairs(steps) do
    local count = dropped[plugin.name]
    if count and not told[plugin.name] then
      told[plugin.name] = true
      ui:detail("%s dropped %s", plugin.name, terminal.count(count, "article"))
    end
  end
end

-- A sheaf that can be resumed notes how far its source has come after each article.
local function run_guarded(run, out)
  local way = out.resumable and "sheaf.pipeline" or "sheaf.crew"
  local fine, result = pcall(require(way).run, run)
  if fine then return result end
  run.progress:finish()
  out:discard()
  error(result, 0)
end

---@class sheaf.FlowResult: sheaf.Counts
---@field seconds number
---@field status integer

-- Interrupted output of an exporter is dropped; a sheaf keeps what it has,
-- and one that got nothing is not made.
local function complete(out, counts)
  if counts.interrupted and not out.added then return out:discard() end
  if out.added == 0 and not out.resumed then return out:discard() end
  out.interrupted = counts.interrupted
  if counts.closed then return end
  local fine, problem = out:close()
  if not fine and problem ~= "closed" then failure.raise(problem) end
end

local function status_of(counts, account)
  if counts.interrupted then return 130 end
  if account:any() then return 3 end
  return counts.kept == 0 and not counts.resumed and 1 or 0
end

local function shard_of(given, steps, opened)
  if not given.shard then return nil end
  local shards = require "sheaf.shards"
  local shard = shards.parse(given.shard)
  shards.check(given, steps, opened)
  return shard
end

---@class sheaf.Flow
---@field paths string[]
---@field source sheaf.Source? instead of paths: one that is open already
---@field verb string for progress: "packed"
---@field open_output fun(source: sheaf.Source): sheaf.Output opened when all else is known to be right
---@field exporter sheaf.Plugin?
---@field summary fun(result: sheaf.FlowResult, out: sheaf.Output): string?

--- Runs a flow from end to end; returns the exit status.
---@param spec sheaf.Flow
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function flow.run(spec, given, ui)
  local opened, account = spec.source, spec.source and try(report.new(given.report))
  if not opened then opened, account = flow.source(spec.paths, given, ui) end
  local steps = flow.steps(given, ui)
  check_needs(spec, steps, given, ui)
  local put, close_quarantine = quarantine_beside(given.output)
  local shard = shard_of(given, steps, opened)
  local out = spec.open_output(opened, steps, shard)
  core.catch_interrupt()
  local run = {
    source = opened, steps = steps, out = out, exporter = spec.exporter, report = account,
    on_error = given.on_error or "stop", quarantine = put, limit = given.limit,
    progress = ui:progress(spec.verb, opened.total), threads = given.threads or core.cores(),
    shard = shard,
  }
  local counts = run_guarded(run, out)
  complete(out, counts)
  counts.resumed = out.resumed
  counts.seconds = run.progress:finish()
  counts.status = status_of(counts, account)
  tell_dropped(ui, steps, counts.dropped)
  try(account:finish(ui))
  close_quarantine(ui)
  local summary = spec.summary(counts, out)
  if summary then ui:say("%s", summary) end
  return counts.status
end

return flow
