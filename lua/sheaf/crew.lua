--- crew.lua: the pipeline in many threads, with the same result as in one.
--
-- The core works through chunks of articles in any thread and gives them back in order (see
-- core/script/crew.h). Here the chunks are fed, and what comes back is counted, reported and
-- handed on. What must see all articles in order stays in this thread: a step with order = "input"
-- and all that follow it, and an exporter that is neither of rows nor of parts.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local pipeline = require "sheaf.pipeline"

local crew = {}

local Crew = {}
Crew.__index = Crew

-- Steps before the first one that wants the order of the input, and those from there on.
local function split(steps)
  local early, late = {}, {}
  for _, plugin in ipairs(steps) do
    local later = #late > 0 or plugin.about.order == "input"
    table.insert(later and late or early, plugin)
  end
  return early, late
end

-- A limit may end within a chunk, which is then worked through once more, up to there. So its articles
-- must be there still, and no step may remember any.
local function can_repeat(run, where)
  for _, plugin in ipairs(run.steps) do
    if plugin.about.order ~= "any" then return false end
  end
  for _, stretch in ipairs(run.source:stretches()) do
    if not stretch.file then return false end
  end
  return not where or where.about.order == "any"
end

local function mode_of(run, late, where)
  local about = run.exporter and #late == 0 and run.exporter.about
  if not about then return "articles" end
  if about.rows then return "rows" end
  if not about.add or not about.merge then return "articles" end
  return (not run.limit or can_repeat(run, where)) and "parts" or "articles"
end

local function new(run)
  local self = setmetatable({ run = run }, Crew)
  self.steps, self.late = split(run.steps)
  self.where = run.source:where_step()
  self.mode = mode_of(run, self.late, self.where)
  if self.where then table.insert(self.steps, 1, self.where) end
  local handles, layers = {}, {}
  for i, plugin in ipairs(self.steps) do
    handles[i], layers[i] = plugin.handle, plugin.layer or false
  end
  self.hands = core.crew { steps = handles, layers = layers, mode = self.mode, threads = run.threads,
    exporter = self.mode ~= "articles" and run.exporter.handle or nil }
  return self
end

-- ---- what comes back ------------------------------------------------------------------

-- --where raises as it does elsewhere, with its own words.
function Crew:fail(a, step, problem)
  local plugin = self.steps[step] or self.run.exporter
  if plugin ~= self.where then return pipeline.failed(self.run, plugin, problem, a) end
  local _, reason = plugin.test(a)
  failure.raise(reason or tostring(problem))
end

function Crew:add_counts()
  local counts = self.run.counts
  local read, kept, dropped = self.hands:counts()
  self.consumed = self.consumed + read
  for step, number in pairs(dropped) do
    local plugin = self.steps[step]
    if plugin == self.where then
      read = read - number
    else
      counts.dropped[plugin.name] = (counts.dropped[plugin.name] or 0) + number
    end
  end
  counts.read = counts.read + read
  if self.mode ~= "articles" then counts.kept = counts.kept + kept end
  self.run.out.articles = counts.kept
  for _ = 1, read do
    self.run.progress:step()
  end
end

function Crew:is_over()
  local counts = self.run.counts
  return core.interrupted() or counts.closed or counts.kept == self.run.limit
end

function Crew:hand_on(a)
  local run = self.run
  for _, plugin in ipairs(self.late) do
    if not pipeline.passes(run, plugin, a) then return end
  end
  pipeline.deliver(run, a)
end

-- Articles that are kept, and failures, in their order.
function Crew:walk()
  local hands = self.hands
  for a, step, problem in hands.next, hands do
    if a == false then
      self.run.source:damaged(self.part, step, problem)
    elseif step then
      self:fail(a, step, problem)
    else
      self:hand_on(a)
      if self:is_over() then return end
    end
  end
end

function Crew:check(fine, problem)
  if fine then return end
  if problem == "closed" then
    self.run.counts.closed = true
  elseif type(problem) == "table" then
    pipeline.stop(self.run.exporter, problem)
  else
    failure.raise(problem)
  end
end

-- An exporter that could not begin or end its part.
function Crew:check_part()
  local broken = self.hands:broken()
  if broken then pipeline.stop(self.run.exporter, broken) end
end

local TAKE = {}

function TAKE.articles(self)
  self:walk()
  if self.run.out.turn then self:check(self.run.out:turn()) end
end

function TAKE.rows(self)
  local run = self.run
  if run.limit then self.hands:cut(run.limit - run.counts.kept) end
  self:walk()
  self:check(self.hands:write(run.out.sink))
end

function TAKE.parts(self)
  local run = self.run
  if run.limit and not self.hands:trim(run.limit - run.counts.kept) then return end
  self:check_part()
  self:walk()
  self:check(self.run.out:merge(self.hands:parcel()))
end

local REMEMBERS = "%s '%s' keeps something from one article to the next and does not say so"
local SAY_SO = 'add order = "input" to its table; or order = "any", when what it keeps changes no result'

-- A step that turned out to remember sees the rest in order, from here on. That can be known
-- only of the first chunk: later ones were worked through side by side.
function Crew:leave(step)
  local plugin = self.steps[step]
  if self.taken > 1 or self.run.shard then
    failure.raise(REMEMBERS:format(plugin.kind, plugin.name), SAY_SO)
  end
  self.hands:leave(step - 1)
  local rest = table.move(self.steps, step, #self.steps, 1, {})
  self.late = table.move(self.late, 1, #self.late, #rest + 1, rest)
  for i = #self.steps, step, -1 do
    self.steps[i] = nil
  end
  self.mode = "articles"
end

-- math.random of what runs here starts anew with each chunk, as it does in the threads.
function Crew:seed(number)
  for _, plugin in ipairs(self.late) do
    plugin.handle:seed(number)
  end
  if self.mode == "articles" and self.run.exporter then self.run.exporter.handle:seed(number) end
end

-- Takes the next chunk; false when there is none, or no more is wanted.
function Crew:take()
  local number, remembers = self.hands:take()
  if not number then return false end
  self.taken = self.taken + 1
  self:seed(number)
  self:check_part()
  if remembers and self.taken > 1 then self:leave(remembers) end
  TAKE[self.mode](self)
  self:add_counts()
  if remembers then self:leave(remembers) end
  return not self:is_over()
end

-- ---- what goes in -----------------------------------------------------------------------

function Crew:drain()
  while self:take() do
  end
  return not self:is_over()
end

function Crew:feed_file(part)
  self.part = part
  self.hands:file(part.file, part)
  return self:drain()
end

-- With a limit, articles are read that nobody will see; what is refused among them must not be
-- told. So each note waits until the articles before it were seen.
local function note_later(source, given)
  local notes, options = {}, source.options
  local before = { reject = options.reject, pass = options.pass }
  for name, tell in pairs(before) do
    options[name] = function(...)
      notes[#notes + 1] = { behind = given(), tell = tell, n = select("#", ...), ... }
    end
  end
  local function tell_until(consumed)
    while notes[1] and notes[1].behind < consumed do
      local note = table.remove(notes, 1)
      note.tell(table.unpack(note, 1, note.n))
    end
  end
  return tell_until, function() options.reject, options.pass = before.reject, before.pass end
end

function Crew:feed_articles(stretch)
  local given, more = 0, true
  self.part, self.consumed = nil, 0
  local tell_until, restore
  if self.run.limit then
    tell_until, restore = note_later(self.run.source, function() return given end)
  end
  for a in stretch.articles() do
    given = given + 1
    local full = self.hands:give(a)
    while full and more do
      more = self:take()
      if tell_until then tell_until(self.consumed) end
      full = false
    end
    if not more or core.interrupted() then break end
  end
  if more and not core.interrupted() then
    self.hands:flush()
    more = self:drain()
  end
  if tell_until then
    tell_until(more and math.huge or self.consumed)
    restore()
  end
  return more
end

--- Runs all articles of the source, as pipeline.run does.
---@param run sheaf.Run
---@return sheaf.Counts
function crew.run(run)
  run.counts = { read = 0, kept = 0, dropped = {}, interrupted = false, closed = false }
  local self = new(run)
  self.taken, self.consumed = 0, 0
  local hands <close> = self.hands -- luacheck: ignore 211
  local stretches = run.source:stretches()
  if run.shard then require("sheaf.shards").deal(stretches, run.shard) end
  for _, stretch in ipairs(stretches) do
    local feed = stretch.file and self.feed_file or self.feed_articles
    if self:is_over() or not feed(self, stretch) then break end
  end
  run.counts.interrupted = core.interrupted()
  return run.counts
end

return crew
