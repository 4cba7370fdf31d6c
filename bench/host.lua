-- host.lua - what the plugin host costs, by the article: host.lua X.sheaf
--
-- Prints a line a figure: name, value. Times are of the processor, the least of some rounds in which all
-- jobs take turns.

local core = require "sheaf.core"

local path = assert(arg[1], "usage: host.lua X.sheaf")
local rounds = tonumber(os.getenv("ROUNDS") or 9)
local file = assert(core.open(path))
local count = #file

local function plugin(source, name)
  local handle = assert(core.plugin(source, "=" .. (name or "bench"), { name = name or "bench" }))
  assert(handle:configure {})
  return handle
end

-- The least processor time of each of several jobs, done in turn, so that what else the machine does
-- falls on all of them; and the least elapsed times.
local function timed(jobs)
  local cpu, wall = {}, {}
  for _ = 1, rounds do
    for name, run in pairs(jobs) do
      collectgarbage()
      local c, w = os.clock(), core.now()
      run()
      cpu[name] = math.min(cpu[name] or math.huge, os.clock() - c)
      wall[name] = math.min(wall[name] or math.huge, core.now() - w)
    end
  end
  return cpu, wall
end

local function through(steps, exporter, threads)
  local sink
  local mode = exporter and "rows" or "articles"
  if exporter then
    sink = core.sink("/dev/null")
    assert(exporter:open(sink))
  end
  local crew <close> = core.crew { steps = steps, exporter = exporter, mode = mode, threads = threads or 1 }
  crew:file(file)
  while crew:take() do
    if exporter then assert(crew:write(sink)) end
  end
  if exporter then
    assert(exporter:close())
    sink:close()
  end
end

local function put(name, value, format)
  print(name, (format or "%.3f"):format(value))
end

local each = [[return { kind = "filter", order = "any", each = function(a) %s end }]]
local by_columns = plugin [[return { kind = "filter", order = "any", needs = { "words", "language" },
  each = function(a) return a.words > 1e9 and a.language == "en" end }]]
local nothing = plugin(each:format("return false"))
local fields = plugin(each:format("return a.language ~= 'xx' and a.headline ~= a.url"))
local keep = plugin(each:format("return a.words > 0"))
local note = plugin [[return { kind = "extractor", order = "any",
  each = function(a) return { long = a.words > 500 } end }]]
local rows = plugin [[return { kind = "exporter", rows = true, each = function(a, _, out) out:json(a) end }]]
local two = plugin [[local keys = { "headline", "text" }
  return { kind = "exporter", rows = true, each = function(a, _, out) out:json(a, keys) end }]]
local small = plugin [[local keys = { "id" }
  return { kind = "exporter", rows = true, each = function(a, _, out) out:json(a, keys) end }]]
local none = plugin [[return { kind = "exporter", rows = true, each = function() end }]]

local function scan()
  for _ in file:articles() do
  end
end

local cpu, wall = timed {
  columns = function() through { by_columns } end,
  bare = function() through { nothing } end,
  lazy = function() through { fields, nothing } end,
  none = function() through({}, none) end,
  id = function() through({}, small) end,
  two = function() through({}, two) end,
  scan = scan,
  full = function() through({ keep, note }, rows) end,
}
local _, full2 = timed { full = function() through({ keep, note }, rows, 2) end }
local micro = 1e6 / count
put("columns_us", cpu.columns * micro)
put("lazy_us", (cpu.lazy - cpu.bare) * micro)
put("export_id_us", (cpu.id - cpu.none) * micro)
put("export_us", (cpu.two - cpu.none) * micro)
put("scan_s", cpu.scan)
put("full_s", cpu.full)
put("full_of_scan", cpu.scan / cpu.full)
put("full1_wall_s", wall.full)
put("full2_wall_s", full2.full)

-- What all packaged plugins say of themselves: each in a sandbox of its own, and as it is kept from
-- run to run, with finding them and looking whether it still holds.
local home = core.home() or "."
core.home = function() return home end
local places, plugins, abouts = require "sheaf.places", require "sheaf.plugins", require "sheaf.abouts"

local function all_plugins()
  local list = places.sites()
  for _, name in ipairs(places.names()) do
    table.move(places.find(name), 1, 1, #list + 1, list)
  end
  return list
end

for _, found in ipairs(all_plugins()) do
  plugins.describe(found)
end
plugins.remember()
local metadata = timed {
  loaded = function()
    for _, found in ipairs(all_plugins()) do plugins.load(found) end
  end,
  kept = function()
    local known = abouts.open()
    for _, found in ipairs(all_plugins()) do known:find(found.path) end
  end,
}
put("plugins", #all_plugins(), "%d")
put("metadata_loaded_ms", metadata.loaded * 1e3)
put("metadata_ms", metadata.kept * 1e3)

-- The same work in the sandbox and in this plain state.
local work = [[
  local sum, words = 0, {}
  for i = 1, 20000 do
    sum = sum + i %% 7 * 3
    words[i %% 100 + 1] = ("word" .. i %% 50):upper():sub(2, 4)
  end
  table.sort(words)
  return sum > 0 and #table.concat(words, " ") > 0]]
work = work:format()
local article = file:get(1)
local sandboxed = plugin(each:format(work))
local plain = load(work)
local host = timed {
  inside = function() for _ = 1, 20 do assert(sandboxed:filter(article)) end end,
  outside = function() for _ = 1, 20 do assert(plain()) end end,
}
put("sandbox_percent", (host.inside / host.outside - 1) * 100, "%.1f")
