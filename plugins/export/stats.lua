-- stats.lua - a report on a collection: how much, from when, from whom, in which languages, how long.
--
-- One page of HTML with its charts in SVG, which needs no other file. Articles are counted by day and outlet
-- while they pass; at the end the days become days, months or years, whichever makes a readable chart. The
-- seven largest outlets have colours of their own, all others share the eighth.

local COLOURS = { "#3b78b8", "#d1702f", "#3f9a6a", "#b8506e", "#8466b0", "#b09320", "#3a9aa8", "#8c8982" }
local NAMED = #COLOURS - 1
local BARS = 60 -- at most in the chart over time

local style = [[
:root{color-scheme:light dark;--ink:#1c1b19;--soft:#66625b;--line:#d9d4ca;--page:#fbfaf7;--bar:#3b78b8}
@media(prefers-color-scheme:dark){
:root{--ink:#e6e3dc;--soft:#a09b91;--line:#3a3833;--page:#181715;--bar:#6ba3dd}}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:48rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.5rem}
h2{font-size:1.05rem;margin:2.2rem 0 .6rem}
dl{display:flex;flex-wrap:wrap;gap:1rem 2.2rem;margin:1rem 0}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-size:1.4rem;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;height:auto}
text{fill:var(--ink);font:12px system-ui,sans-serif}
.soft{fill:var(--soft)}
.grid{stroke:var(--line);stroke-width:1}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.85rem;margin:.5rem 0;padding:0;list-style:none}
.key i{display:inline-block;width:.8em;height:.8em;margin-inline-end:.4em;border-radius:2px}
]]

local marks = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ["\""] = "&quot;" }

local function escape(text)
  return (text:gsub("[&<>\"]", marks))
end

local function grouped(number)
  local text = ("%d"):format(number):reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (text:gsub("^,", ""))
end

local function shortened(text, most)
  if (utf8.len(text) or #text) <= most then return text end
  return text:sub(1, (utf8.offset(text, most) or most) - 1) .. "…"
end

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

-- ---- charts ---------------------------------------------------------------------------------------------

local function bar(parts, x, y, width, height, colour, title)
  local form = "<rect x=\"%.1f\" y=\"%.1f\" "
    .. "width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s</title></rect>"
  parts[#parts + 1] = form:format(x, y, width, height, colour, escape(title))
end

local function label(parts, x, y, text, anchor)
  parts[#parts + 1] = ("<text class=\"soft\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>"):format(x, y,
    anchor or "start", escape(text))
end

local function svg(parts, height, title)
  local form = "<svg viewBox=\"0 0 720 %d\" role=\"img\" aria-label=\"%s\">\n%s\n</svg>\n"
  return form:format(height, escape(title), table.concat(parts, "\n"))
end

-- A round number at or above the largest, and how far the lines of the grid are apart.
local function scale_of(most)
  local step = 10 ^ math.floor(math.log(math.max(most, 1), 10))
  for _, part in ipairs { 0.25, 0.5, 1, 2 } do
    local size = math.max(1, math.tointeger(step * part) or math.ceil(step * part))
    if most / size <= 5 then return math.ceil(most / size) * size, size end
  end
  return math.ceil(most / step) * step, step
end

local LEFT, WIDTH, TALL = 44, 670, 200

local function grid(parts, top, step)
  for value = 0, top, step do
    local y = TALL + 10 - value / top * TALL
    local form = "<line class=\"grid\" x1=\"%d\" x2=\"714\" y1=\"%.1f\" y2=\"%.1f\"/>"
    parts[#parts + 1] = form:format(LEFT, y, y)
    label(parts, LEFT - 6, y + 4, grouped(value), "end")
  end
end

-- Upright bars, each a list of { number =, colour =, name = } from the bottom up.
local function columns(bars, title)
  local parts, most = {}, 1
  for _, one in ipairs(bars) do
    local sum = 0
    for _, piece in ipairs(one) do sum = sum + piece.number end
    most = math.max(most, sum)
  end
  local top, step = scale_of(most)
  grid(parts, top, step)
  local room = WIDTH / #bars
  local every = math.ceil(#bars * 62 / WIDTH)
  for index, one in ipairs(bars) do
    local x, y = LEFT + (index - 1) * room, TALL + 10
    for _, piece in ipairs(one) do
      local height = piece.number / top * TALL
      y = y - height
      bar(parts, x + room * 0.1, y, room * 0.8, height, piece.colour,
        ("%s, %s: %s"):format(one.name, piece.name, grouped(piece.number)))
    end
    if (index - 1) % every == 0 then
      local last = x + room / 2 > 720 - 34 -- half of a date would be cut off
      label(parts, last and 719 or x + room / 2, TALL + 28, one.name, last and "end" or "middle")
    end
  end
  return svg(parts, TALL + 36, title)
end

local function rows(list, most, title)
  local parts, top, shown = {}, list[1] and list[1].number or 1, math.min(#list, most)
  for index = 1, shown do
    local one, y = list[index], (index - 1) * 24
    parts[#parts + 1] = ("<text x=\"170\" y=\"%d\" text-anchor=\"end\">%s</text>"):format(y + 16,
      escape(shortened(one.name, 24)))
    bar(parts, 180, y + 4, one.number / top * 460, 16, one.colour or "var(--bar)",
      one.name .. ": " .. grouped(one.number))
    label(parts, 186 + one.number / top * 460, y + 16, grouped(one.number))
  end
  return svg(parts, math.max(1, shown) * 24 + 4, title)
end

-- ---- the report -----------------------------------------------------------------------------------------

local function colours_of(outlets)
  local colour_of = {}
  for index, outlet in ipairs(outlets) do
    outlet.colour = COLOURS[math.min(index, NAMED + 1)]
    colour_of[outlet.name] = outlet.colour
  end
  return colour_of
end

-- The pieces of one bar: the named outlets in their order, and what is left as one.
local function pieces_of(step, counts, outlets)
  local pieces, others = { name = step }, 0
  for index, outlet in ipairs(outlets) do
    local number = counts and counts[outlet.name] or 0
    if index > NAMED then
      others = others + number
    elseif number > 0 then
      pieces[#pieces + 1] = { number = number, name = outlet.name, colour = outlet.colour }
    end
  end
  if others > 0 then
    pieces[#pieces + 1] = { number = others, name = "others", colour = COLOURS[NAMED + 1] }
  end
  return pieces
end

local function write_key(out, outlets)
  out:write("<ul class=\"key\">")
  for index = 1, math.min(#outlets, NAMED + 1) do
    local name = index > NAMED and "others" or shortened(outlets[index].name, 40)
    out:write("<li><i style=\"background:", outlets[index].colour, "\"></i>", escape(name), "</li>")
  end
  out:write("</ul>\n")
end

local step_names = { [10] = "day", [7] = "month", [4] = "year" }

local function write_time(out, state, outlets)
  local steps, size = steps_of(state.days)
  if #steps == 0 then return end
  local counts, bars = by_step(state.days, size), {}
  for index, step in ipairs(steps) do bars[index] = pieces_of(step, counts[step], outlets) end
  local title = "Articles by " .. step_names[size] .. " and outlet"
  out:write("<h2>", title, "</h2>\n", columns(bars, title))
  write_key(out, outlets)
end

-- Up to thirty bars of 50 words each, or of a multiple of that.
local function write_lengths(out, state)
  local most = 0
  for step in pairs(state.lengths) do most = math.max(most, step) end
  local merged, joined, bars = {}, math.max(1, math.ceil((math.min(most, 60) + 1) / 30)), {}
  local last = math.min(most, 60) // joined
  for step, number in pairs(state.lengths) do
    local place = math.min(step // joined, last)
    merged[place] = (merged[place] or 0) + number
  end
  for place = 0, last do
    local from = place * joined * 50
    local name = place == last and most > 60 and from .. "+" or tostring(from)
    local piece = { number = merged[place] or 0, colour = "var(--bar)", name = "articles" }
    bars[#bars + 1] = { name = name, piece }
  end
  local title = ("Articles by length, in steps of %d words"):format(joined * 50)
  out:write("<h2>", title, "</h2>\n", columns(bars, title))
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
    .. style .. "</style>\n</head>\n<body>\n<main>\n<h1>" .. escape(title) .. "</h1>\n"
end

local function finish(state, opt, out)
  local outlets, languages = ranked(state.outlets), ranked(state.languages)
  colours_of(outlets)
  out:write(head_of(opt.title))
  write_facts(out, state, outlets, languages)
  if opt.charts and state.articles > 0 then
    write_time(out, state, outlets)
    out:write("<h2>Outlets</h2>\n", rows(outlets, opt.top, "Articles by outlet"))
    out:write("<h2>Languages</h2>\n", rows(languages, opt.top, "Articles by language"))
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
