--- bench.lua: what a plugin costs, by article.
--
-- The articles are read first and kept, so that only the plugin is measured.
-- It runs over all of them until half a second has passed: the mean of the
-- fastest round is told, since whatever disturbs makes it slower. The slowest
-- articles come from rounds in which each call is timed by itself.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local sample = require "sheaf.workbench.sample"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local bench = {}

local MOST, SLOWEST, SECONDS, ROUNDS = 2000, 5, 0.5, 3

local function read_articles(source, most)
  local list, bytes = {}, 0
  for a in source:articles() do
    list[#list + 1] = a:copy()
    bytes = bytes + #(a.text or "")
    if #list == most then break end
  end
  return list, bytes
end

local function complain(plugin, problem, a)
  local message, lines = require("sheaf.blame").explain(plugin, problem, a)
  failure.raise(message, table.unpack(lines))
end

local CALL = {}

function CALL.filter(handle, a) return handle:filter(a) end

function CALL.extractor(handle, a)
  local found, problem = handle:extract(a)
  return found == nil and problem == nil or found, problem
end

function CALL.exporter(handle, a) return handle:write(a) end

-- One round over all articles: seconds, and the bytes that it wrote.
local function round(plugin, list, each)
  local handle, sink = plugin.handle, nil
  local began = core.now()
  if plugin.kind == "exporter" then
    sink = core.sink_memory()
    failure.try(handle:open(sink))
  end
  each(handle, list)
  if sink then failure.try(handle:close()) end
  return core.now() - began, sink and #sink:text() or 0
end

local function call_all(plugin)
  local call = CALL[plugin.kind]
  return function(handle, list)
    for i = 1, #list do
      local fine, problem = call(handle, list[i])
      if fine == nil then complain(plugin, problem, list[i]) end
    end
  end
end

-- The same, noting the shortest time of each call.
local function call_timed(plugin, times)
  local call, now = CALL[plugin.kind], core.now
  return function(handle, list)
    for i = 1, #list do
      local began = now()
      call(handle, list[i])
      local took = now() - began
      if took < (times[i] or math.huge) then times[i] = took end
    end
  end
end

local function fastest(plugin, list)
  local best, spent, rounds, memory, written = math.huge, 0, 0, 0, 0
  while spent < SECONDS or rounds < ROUNDS do
    local took, bytes = round(plugin, list, call_all(plugin))
    best, spent, rounds, written = math.min(best, took), spent + took, rounds + 1, bytes
    memory = math.max(memory, plugin.handle:usage().memory)
  end
  return best, memory, written
end

local function slowest(plugin, list)
  local times, order = {}, {}
  for _ = 1, ROUNDS do round(plugin, list, call_timed(plugin, times)) end
  for i = 1, #list do order[i] = i end
  table.sort(order, function(a, b)
    if times[a] ~= times[b] then return times[a] > times[b] end
    return a < b
  end)
  local found = {}
  for i = 1, math.min(SLOWEST, #order) do
    found[i] = { article = list[order[i]], seconds = times[order[i]] }
  end
  return found
end

local function micros(seconds)
  local value = seconds * 1e6
  return value < 10 and ("%.2f"):format(value) or terminal.thousands(math.floor(value + 0.5))
end

local function put_json(ui, plugin, result)
  local rows = {}
  for i, slow in ipairs(result.slowest) do
    rows[i] = { id = slow.article.id, headline = slow.article.headline, microseconds = slow.seconds * 1e6 }
  end
  ui:print(core.encode { plugin = plugin.name, kind = plugin.kind, articles = result.articles,
    text_bytes = result.text, microseconds = result.seconds / result.articles * 1e6, memory = result.memory,
    written = result.written, slowest = rows })
end

local function put(ui, plugin, result)
  local each = result.seconds / result.articles
  ui:print(ui:paint("heading", ("%s %s"):format(plugin.kind, plugin.name)), " on ",
    terminal.count(result.articles, "article"), ", ", terminal.size(result.text), " of text")
  ui:print("  time     ", micros(each), " µs an article, ",
    terminal.thousands(math.floor(1 / math.max(each, 1e-9))), " articles a second")
  ui:print("  memory   ", terminal.size(result.memory), " at most after a round")
  if result.written > 0 then ui:print("  output   ", terminal.size(result.written)) end
  for i, slow in ipairs(result.slowest) do
    local headline = width.cut(terminal.clean(slow.article.headline or "no headline"), 50)
    ui:print(i == 1 and "  slowest  " or "           ", width.pad(micros(slow.seconds) .. " µs", 12),
      (slow.article.id or "?"):sub(1, 8), "  ", headline)
  end
end

--- Measures a plugin that has its arguments.
---@param plugin sheaf.Plugin
---@param source sheaf.Source? of articles; else a sample that is built in
---@param options {limit: integer?, json: boolean?}
---@param ui sheaf.Terminal
function bench.run(plugin, source, options, ui)
  local list, text = read_articles(source or sample, options.limit or MOST)
  if #list == 0 then failure.raise("there are no articles to measure with") end
  local seconds, memory, written = fastest(plugin, list)
  local result = { articles = #list, text = text, seconds = seconds, memory = memory, written = written,
    slowest = slowest(plugin, list) }
  if options.json then return put_json(ui, plugin, result) end
  put(ui, plugin, result)
end

return bench
