-- stats.lua - a report on a collection: how much, from when, from whom, in which languages, how long.
--
-- One page of HTML with its charts in SVG, which needs no other file. Articles are counted by day and outlet
-- while they pass; at the end the days become days, months or years, whichever makes a readable chart. The
-- seven largest outlets have colours of their own, all others share the eighth.

local chart = require "sheaf.chart"
local markup = require "sheaf.markup"

local BARS = 60 -- at most in the chart over time

local style = [[
:root{color-scheme:light dark;--ink:#1c1b19;--soft:#66625b;--line:#d9d4ca;--page:#fbfaf7}
@media(prefers-color-scheme:dark){
:root{--ink:#e6e3dc;--soft:#a09b91;--line:#3a3833;--page:#181715}}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:48rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.5rem}
h2{font-size:1.05rem;margin:2.2rem 0 .6rem}
dl{display:flex;flex-wrap:wrap;gap:1rem 2.2rem;margin:1rem 0}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-size:1.4rem;font-variant-numeric:tabular-nums}
]]

local escape, grouped = markup.escape, chart.number

-- ---- counting -------------------------------------------------------------------------------------------

local function new_state()
  return { articles = 0, words = 0, dated = 0, days = {}, outlets = {}, languages = {}, lengths = {} }
end

local function count(map, key)
  map[key] = (map[key] or 0) + 1
end

-- Lengths are kept in steps of fifty words: the chart needs no more, and their number stays small.
local function add(state, article)
  local outlet = article.publisher or article.site or "unknown"
  local words = article.words or 0
  state.articles, state.words = state.articles + 1, state.words + words
  count(state.outlets, outlet)
  count(state.languages, article.language or "und")
  count(state.lengths, words // 50)
  local day = (article.published or ""):match("^%d%d%d%d[%d-]*")
  if not day then return end
  state.dated = state.dated + 1
  state.days[day] = state.days[day] or {}
  count(state.days[day], outlet)
end

local function merge_counts(into, from)
  for key, number in pairs(from) do into[key] = (into[key] or 0) + number end
end

local function merge(state, other)
  state.articles, state.words = state.articles + other.articles, state.words + other.words
  state.dated = state.dated + other.dated
  for _, key in ipairs { "outlets", "languages", "lengths" } do merge_counts(state[key], other[key]) end
  for day, outlets in pairs(other.days) do
    state.days[day] = state.days[day] or {}
    merge_counts(state.days[day], outlets)
  end
  return state
end

-- The entries of a map, the largest first, and by name where they are equal.
local function ranked(map)
  local list = {}
  for name, number in pairs(map) do list[#list + 1] = { name = name, number = number } end
  table.sort(list, function(one, other)
    if one.number ~= other.number then return one.number > other.number end
    return one.name < other.name
  end)
  return list
end

-- ---- time -----------------------------------------------------------------------------------------------

local function following_day(text)
  local y, m, d = text:match("^(%d+)-(%d+)-(%d+)$")
  return os.date("!%Y-%m-%d", os.time { year = y, month = m, day = d + 1, hour = 12 })
end

local function following(text)
  if #text == 10 then return following_day(text) end
  local y, m = text:match("^(%d%d%d%d)-?(%d*)$")
  if m == "" then return ("%04d"):format(y + 1) end
  if m == "12" then return ("%04d-01"):format(y + 1) end
  return ("%s-%02d"):format(y, m + 1)
end

-- All steps from the first to the last, of the finest size (10, 7 or 4 letters) that gives no more than BARS.
-- Dates that are coarser than a step are left out of the chart.
local function steps_of(days)
  for _, size in ipairs { 10, 7, 4 } do
    local first, last
    for day in pairs(days) do
      if #day >= size then
        local step = day:sub(1, size)
        first = (not first or step < first) and step or first
        last = (not last or step > last) and step or last
      end
    end
    local steps, step = {}, first
    while step and step <= last and #steps <= BARS do
      steps[#steps + 1], step = step, following(step)
    end
    if #steps > 0 and (#steps <= BARS or size == 4) then return steps, size end
  end
  return {}, 4
end

local function by_step(days, size)
  local counts = {}
  for day, outlets in pairs(days) do
    if #day >= size then
      local step = day:sub(1, size)
      counts[step] = counts[step] or {}
      merge_counts(counts[step], outlets)
    end
  end
  return counts
end

-- ---- the report -----------------------------------------------------------------------------------------

-- A series for each of the largest outlets, and one for what is left.
local function series_of(outlets)
  local series, named = {}, math.min(#outlets, chart.named)
  for index = 1, named do
    series[index] = { name = outlets[index].name, values = {}, colour = chart.colour(index) }
  end
  if #outlets > named then
    series[named + 1] = { name = "others", values = {}, colour = chart.colour(named + 1) }
  end
  return series
end

local function fill_step(series, index, counts)
  local left = 0
  for _, number in pairs(counts) do left = left + number end
  for place, one in ipairs(series) do
    one.values[index] = place > chart.named and left or counts[one.name] or 0
    left = left - one.values[index]
  end
end

-- The figures of series as rows of a table, one a step.
local function rows_of(steps, series)
  local head, rows = { "" }, {}
  for place, one in ipairs(series) do head[place + 1] = one.name end
  for index, step in ipairs(steps) do
    rows[index] = { step }
    for place, one in ipairs(series) do rows[index][place + 1] = one.values[index] end
  end
  return head, rows
end

local step_names = { [10] = "day", [7] = "month", [4] = "year" }

local function write_time(out, state, outlets)
  local steps, size = steps_of(state.days)
  if #steps == 0 then return end
  local counts, series = by_step(state.days, size), series_of(outlets)
  for index, step in ipairs(steps) do fill_step(series, index, counts[step] or {}) end
  local title = "Articles by " .. step_names[size] .. " and outlet"
  out:write("<h2>", title, "</h2>\n", chart.columns { title = title, steps = steps, series = series,
    description = ("From %s to %s; bars are stacked, the largest outlet below."):format(steps[1],
      steps[#steps]) })
  out:write(chart.key(series), chart.data("As a table", rows_of(steps, series)))
end

-- Bars of the largest entries; each outlet keeps its colour.
local function write_bars(out, list, opt, title, coloured)
  local rows = {}
  for index = 1, math.min(#list, opt.top) do
    rows[index] = { name = list[index].name, value = list[index].number,
      colour = coloured and chart.colour(index) }
  end
  out:write("<h2>", title, "</h2>\n", chart.bars { title = "Articles: " .. title:lower(), rows = rows,
    description = ("The largest %d of %d."):format(#rows, #list) })
end

-- Up to thirty bars of 50 words each, or of a multiple of that.
local function write_lengths(out, state)
  local most = 0
  for step in pairs(state.lengths) do most = math.max(most, step) end
  local joined = math.max(1, math.ceil((math.min(most, 60) + 1) / 30))
  local last = math.min(most, 60) // joined
  local steps, values = {}, {}
  for place = 0, last do
    local from = place * joined * 50
    steps[place + 1], values[place + 1] = place == last and most > 60 and from .. "+" or tostring(from), 0
  end
  for step, number in pairs(state.lengths) do
    local place = math.min(step // joined, last) + 1
    values[place] = values[place] + number
  end
  local title = ("Articles by length, in steps of %d words"):format(joined * 50)
  local series = { { name = "articles", values = values } }
  out:write("<h2>", title, "</h2>\n", chart.columns { title = title, steps = steps, series = series },
    chart.data("As a table", { "words from", "articles" }, select(2, rows_of(steps, series))))
end

local function fact(out, name, value)
  out:write("<div><dt>", name, "</dt><dd>", escape(value), "</dd></div>\n")
end

local function span_of(days)
  local first, last
  for day in pairs(days) do
    first = (not first or day < first) and day or first
    last = (not last or day > last) and day or last
  end
  return first and (first == last and first or first .. " – " .. last)
end

local function write_facts(out, state, outlets, languages)
  out:write("<dl>\n")
  fact(out, "articles", grouped(state.articles))
  fact(out, "words", grouped(state.words))
  fact(out, "words an article", grouped(state.words // math.max(state.articles, 1)))
  fact(out, "outlets", grouped(#outlets))
  fact(out, "languages", grouped(#languages))
  fact(out, "without a date", grouped(state.articles - state.dated))
  local span = span_of(state.days)
  if span then fact(out, "published", span) end
  out:write("</dl>\n")
end

local function head_of(title)
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
    .. "content=\"width=device-width,initial-scale=1\">\n<title>" .. escape(title) .. "</title>\n<style>\n"
    .. style .. chart.style() .. "</style>\n</head>\n<body>\n<main>\n<h1>" .. escape(title) .. "</h1>\n"
end

local function finish(state, opt, out)
  local outlets, languages = ranked(state.outlets), ranked(state.languages)
  out:write(head_of(opt.title))
  write_facts(out, state, outlets, languages)
  if opt.charts and state.articles > 0 then
    write_time(out, state, outlets)
    write_bars(out, outlets, opt, "Outlets", true)
    write_bars(out, languages, opt, "Languages")
    write_lengths(out, state)
  end
  out:write("</main>\n</body>\n</html>\n")
end

-- What a test wants of the page without charts: the values of the facts, in order.
local function facts(title, articles, words, mean, outlets, languages, undated, span)
  local values = { articles, words, mean, outlets, languages, undated, span }
  local parts = { head_of(title), "<dl>\n" }
  local names = { "articles", "words", "words an article", "outlets", "languages", "without a date",
    "published" }
  for index, name in ipairs(names) do
    if values[index] then
      parts[#parts + 1] = ("<div><dt>%s</dt><dd>%s</dd></div>\n"):format(name, values[index])
    end
  end
  return table.concat(parts) .. "</dl>\n</main>\n</body>\n</html>\n"
end

return {
  kind = "exporter", api = 1, version = "1.0.0",
  about = "A report with charts: outlets, languages, lengths, coverage over time.",
  extension = "html",
  args = {
    title = { "string", default = "Articles", help = "the title of the report" },
    charts = { "boolean", default = true, help = "draw the charts; else only the sums are given" },
    top = { "integer", default = 15, min = 1, max = 100, help = "how many outlets and languages to list" },
  },
  needs = { "publisher", "url", "published", "language", "words" },
  start = new_state,
  add = add,
  merge = merge,
  finish = finish,
  examples = {
    { run = "sheaf export stats:title=News news.sheaf -o report.html", about = "a report with charts" },
  },
  tests = {
    { opt = { charts = false }, give = { text = "They met.", language = "en", published = "2021-03-17" },
      want = facts("Articles", 1, 2, 2, 1, 1, 0, "2021-03-17") },
    { opt = { charts = false, title = "A <b>" },
      give = { { text = "They met.", language = "en" }, { text = "Sie trafen sich alle.", language = "de" } },
      want = facts("A <b>", 2, 6, 3, 1, 2, 2) },
    { opt = { charts = false },
      give = {
        { text = "One.", language = "en", publisher = "The Lantern", published = "2021-03" },
        { text = "Two.", language = "en", publisher = "The Oslo Post", published = "2020-01-05T10:00Z" },
      },
      want = facts("Articles", 2, 2, 1, 2, 1, 0, "2020-01-05 – 2021-03") },
    { opt = { charts = false }, give = { headline = "No text", language = "en", published = "XXXX-03-17" },
      want = facts("Articles", 1, 0, 0, 1, 1, 1) },
  },
}
