-- host.lua - what the plugin host costs, by the article: host.lua X.sheaf
--
-- Prints a line a figure: name, value. Times are of the processor, the least of some rounds; where a
-- figure is a difference, both sides were measured in turn.

local core = require "sheaf.core"

local path = assert(arg[1], "usage: host.lua X.sheaf")
local rounds = tonumber(os.getenv("ROUNDS") or 5)
local file = assert(core.open(path))
local count = #file

local function plugin(source, name)
  local handle = assert(core.plugin(source, "=" .. (name or "bench"), { name = name or "bench" }))
  assert(handle:configure {})
  return handle
end

-- Processor and elapsed seconds of the best round.
local function timed(run)
  local cpu, wall = math.huge, math.huge
  for _ = 1, rounds do
    collectgarbage()
    local c, w = os.clock(), core.now()
    run()
    cpu, wall = math.min(cpu, os.clock() - c), math.min(wall, core.now() - w)
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

local micro = 1e6 / count

put("columns_us", timed(function() through { by_columns } end) * micro)

local scan = timed(function()
  for _ in file:articles() do
  end
end)
local bare = timed(function() through { nothing } end)
put("lazy_us", (timed(function() through { fields, nothing } end) - bare) * micro)
local by_id, by_none = timed(function() through({}, small) end), timed(function() through({}, none) end)
put("export_id_us", (by_id - by_none) * micro)
put("export_us", (timed(function() through({}, two) end) - timed(function() through({}, none) end)) * micro)
local full, full1 = timed(function() through({ keep, note }, rows) end)
local _, full2 = timed(function() through({ keep, note }, rows, 2) end)
put("scan_s", scan)
put("full_s", full)
put("full_of_scan", scan / full)
put("full1_wall_s", full1)
put("full2_wall_s", full2)

-- Metadata of all packaged plugins, each in a sandbox of its own.
local sources = {}
for name in io.popen("find plugins -name '*.lua' -not -path '*/lib/*' -not -path '*/spec/*'"):lines() do
  sources[#sources + 1] = { text = assert(io.open(name, "rb")):read("a"), name = name,
    folder = name:match("^(.*)/plugin%.lua$") }
end
put("plugins", #sources, "%d")
put("metadata_ms", timed(function()
  for _, source in ipairs(sources) do
    local handle = core.plugin(source.text, "@" .. source.name, { name = "x", folder = source.folder })
    if handle then handle:describe() end
  end
end) * 1e3)

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
local inside = timed(function() for _ = 1, 20 do assert(sandboxed:filter(article)) end end)
local outside = timed(function() for _ = 1, 20 do assert(plain()) end end)
put("sandbox_percent", (inside / outside - 1) * 100, "%.1f")
