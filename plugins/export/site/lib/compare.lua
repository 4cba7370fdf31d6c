-- compare.lua - articles side by side, with the passages that they share.
--
-- Candidates are found while articles pass: each run of five words has a hash, and articles that have many
-- of the same hashes are pairs. A table of hashes would grow with the text, so there are 64 of them by the
-- hash's top bits, and when they hold too much, half of those in use go: what is left is a fair sample.
-- The best pairs are then compared word by word, and have pages.

local frame = require "frame"
local markup = require "sheaf.markup"

local escape = markup.escape

local compare = {}

local RUN = 5              -- words
local TABLES = 64
local MOST = 300000        -- hashes that are kept
local CROWD = 12           -- articles that share a run; more is a formula of the trade
local PAIRS = 40           -- that get a page
local PASSAGES = 8         -- words that a shared passage has at least
local TEXTS = 96 << 20     -- bytes of text that are kept to be compared
local FACTOR = 0x9E3779B97F4A7C15

function compare.new()
  local tables = {}
  for i = 0, TABLES - 1 do tables[i] = {} end
  return { tables = tables, used = TABLES, held = 0, pairs = {}, keys = {}, kept = {}, bytes = 0,
      sizes = {} }
end

local function halve(state)
  local used = state.used // 2
  for i = used, state.used - 1 do
    state.held = state.held - (state.sizes[i] or 0)
    state.tables[i], state.sizes[i] = nil, nil
  end
  state.used = used
end

local function meet(state, others, number)
  for _, other in ipairs(others) do
    if other ~= number then
      local key = other << 24 | number
      local seen = state.pairs[key]
      if not seen then state.keys[#state.keys + 1] = key end
      state.pairs[key] = (seen or 0) + 1
    end
  end
end

local function note(state, bucket, hash, number)
  local of = state.tables[bucket]
  local there = of[hash]
  if not there then
    of[hash] = number
    state.held = state.held + 1
    state.sizes[bucket] = (state.sizes[bucket] or 0) + 1
  elseif there ~= number then
    if math.type(there) == "integer" then
      there = { there }
      of[hash] = there
    end
    if there[#there] ~= number then
      if #there < CROWD then
        meet(state, there, number)
        there[#there + 1] = number
      end
    end
  end
end

--- Takes the words of an article's text, as numbers.
function compare.add(state, article, item, list, from, to)
  local text = article.text
  if not text or state.bytes + #text > TEXTS then return end
  state.bytes = state.bytes + #text
  state.kept[item.number] = { text = text, blocks = article.blocks }
  local number, used = item.number, state.used
  local a, b, c, d = list[from] or 0, list[from + 1] or 0, list[from + 2] or 0, list[from + 3] or 0
  for i = from + RUN - 1, to do
    local e = list[i]
    local hash = ((((a * FACTOR + b) * FACTOR + c) * FACTOR + d) * FACTOR + e) * FACTOR
    local bucket = hash >> 58
    if bucket < used then note(state, bucket, hash, number) end
    a, b, c, d = b, c, d, e
  end
  while state.held > MOST and state.used > 1 do halve(state) end
end

-- ---- two texts ------------------------------------------------------------------------------------------

local function words_of(text)
  local list = {}
  for word, from, to in sheaf.words(text) do
    list[#list + 1] = { sheaf.fold(word), from, to }
  end
  return list
end

local function run_at(list, i)
  return list[i][1] .. "\n" .. list[i + 1][1] .. "\n" .. list[i + 2][1] .. "\n" .. list[i + 3][1] .. "\n"
      .. list[i + 4][1]
end

-- Passages that both have, each word in one of them at most: { a from, a to, b from, b to } in words.
local function passages(a, b)
  local at, found, taken = {}, {}, {}
  for i = 1, #a - RUN + 1 do
    local key = run_at(a, i)
    at[key] = at[key] or i
  end
  local j = 1
  while j <= #b - RUN + 1 do
    local i = at[run_at(b, j)]
    local step = 1
    if i and not taken[i] then
      local n = 0
      while i + n <= #a and j + n <= #b and a[i + n][1] == b[j + n][1] and not taken[i + n] do n = n + 1 end
      if n >= PASSAGES then
        for k = i, i + n - 1 do taken[k] = true end
        found[#found + 1] = { i, i + n - 1, j, j + n - 1 }
        step = n
      end
    end
    j = j + step
  end
  return found
end

local function marks_of(list, found, side, other, first, last)
  local marks = {}
  for number, passage in ipairs(found) do
    marks[number] = { from = list[passage[first]][2], to = list[passage[last]][3],
      open = ("<mark class=\"p%d\" data-passage=\"%d\">"):format((number - 1) % 4 + 1, number),
          close = "</mark>",
      after = ("<a class=\"ref\" id=\"%s%d\" href=\"#%s%d\" aria-label=\"Passage %d in the other "
          .. "article\">%d</a>"):format(
        side, number, other, number, number, number) }
  end
  return marks
end

local function column(item, kept, marks, percent)
  return ("<article%s aria-label=\"%s\">\n<header><p class=\"kicker\"><bdi>%s</bdi></p>\n<h2>"
      .. "<a href=\"../%s\">%s</a></h2>\n"
    .. "<p class=\"credits\">%s%d %% shared</p></header>\n%s\n</article>\n"):format(item.spoken,
    escape(item.headline),
      escape(item.outlet or "Unknown outlet"), item.file, escape(item.headline),
      item.published and frame.time(item.published) .. " · " or "", percent,
      table.concat(markup.body({ text = kept.text, blocks = kept.blocks }, { level = 3, marks = marks }),
          "\n"))
end

local function best_pairs(state)
  table.sort(state.keys, function(x, y)
    if state.pairs[x] ~= state.pairs[y] then return state.pairs[x] > state.pairs[y] end
    return x < y
  end)
  return state.keys
end

local function shared_words(found)
  local sum = 0
  for _, passage in ipairs(found) do sum = sum + passage[2] - passage[1] + 1 end
  return sum
end

local function read_pair(site, state, key)
  local x, y = key >> 24, key & 0xFFFFFF
  local a, b = words_of(state.kept[x].text), words_of(state.kept[y].text)
  local found = passages(a, b)
  if #found == 0 then return nil end
  return { x = site.items[x], y = site.items[y], a = a, b = b, found = found, shared = shared_words(found) }
end

local function write_pair(site, state, out, pair)
  local x, y = pair.x, pair.y
  pair.file = ("compare/%d-%d.html"):format(x.number, y.number)
  pair.percent = math.floor(100 * pair.shared / math.min(#pair.a, #pair.b) + 0.5)
  local body = ("<h1>Side by side</h1>\n<p class=\"credits\">%s in %s · the numbers lead to the same words "
      .. "in the other article</p>\n<div class=\"columns\">\n%s%s</div>\n"
      .. ""):format(frame.counted(pair.shared,
    "shared word"),
      frame.counted(#pair.found, "passage"),
      column(x, state.kept[x.number], marks_of(pair.a, pair.found, "a", "b", 1, 2),
        math.floor(100 * pair.shared / #pair.a + 0.5)),
      column(y, state.kept[y.number], marks_of(pair.b, pair.found, "b", "a", 3, 4),
        math.floor(100 * pair.shared / #pair.b + 0.5)))
  out:file(pair.file, frame.page(site, { title = x.headline .. " / " .. y.headline, part = "compare",
      up = "../",
    class = "compare pair", body = body }))
  pair.a, pair.b, pair.found = nil, nil, #pair.found
end

local function pair_row(pair)
  local function cell(item)
    return ("<span class=\"kicker\"><bdi>%s</bdi></span> <span%s>%s</span>"):format(escape(item.outlet
        or "Unknown outlet"),
      item.spoken, escape(item.headline))
  end
  return ("<li><a class=\"twins\" href=\"%s\"><span class=\"twin\">%s</span><span class=\"twin\">%s</span>"
      .. "</a><span class=\"credits\">%s in %s · %d %% of the shorter one</span></li>"):format(pair.file,
    cell(pair.x), cell(pair.y),
      frame.counted(pair.shared, "shared word"), frame.counted(pair.found, "passage"), pair.percent)
end

function compare.write(site, state, out)
  state.tables = nil
  local list = {}
  for _, key in ipairs(best_pairs(state)) do
    if #list >= PAIRS then break end
    local pair = read_pair(site, state, key)
    if pair then
      write_pair(site, state, out, pair)
      list[#list + 1] = pair
    end
  end
  table.sort(list, function(p, q)
    if p.shared ~= q.shared then return p.shared > q.shared end
    return p.file < q.file
  end)
  local rows = {}
  for i, pair in ipairs(list) do rows[i] = pair_row(pair) end
  local body = "<h1>Side by side</h1>\n"
  if #rows == 0 then
    body = body .. ("<p class=\"empty\">No two articles share a passage of %d words or more.</p>\n"
        .. ""):format(PASSAGES)
  else
    body = body .. "<p class=\"prose\">Articles that share whole passages, those with most shared words "
        .. "first.</p>\n"
      .. "<ol class=\"pairs\">\n" .. table.concat(rows, "\n") .. "\n</ol>\n"
  end
  out:file("compare.html", frame.page(site, { title = "Side by side", part = "compare", body = body }))
end

return compare
