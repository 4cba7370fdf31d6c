-- index.lua - where each word stands, and the files that a search in the page loads.
--
-- search/columns.js   what facets and ranks need of all articles: one short code a value
-- search/NNN.js       a stretch of the words in order, each with its places: one volume of a dictionary
-- search/heads-N.js   file, headline, outlet, day, people and language of a thousand articles
-- search/text-NNN.js  text of some articles, for passages
--
-- A page from a disk may not read files, only load scripts; so each of them calls a function of the page.
-- Places are kept as article << 20 | position, headline first, and made into codes at the end.

local code = require "code"
local frame = require "frame"

local index = {}

local VOLUME, TEXTS = 40000, 24000 -- bytes of a file
local HEADS = 1000                 -- articles of a file
local GAP = 5                      -- between headline and text, so that no phrase runs across
local LONGEST = (1 << 20) - 1

local function file(out, name, call, value)
  out:file(("search/%s.js"):format(name), ("%s(%s)\n"):format(call, sheaf.encode(value)))
end

function index.new(words)
  local self = { words = words, places = {}, texts = {}, heads = {}, size = 0, chunks = 0, first = {},
      documents = 0 }
  return setmetatable(self, { __index = index })
end

local function note(places, list, from, to, base)
  for i = from, to do
    local id = list[i]
    local of = places[id]
    if of then of[#of + 1] = base + i else places[id] = { base + i } end
  end
end

function index:flush_texts(out)
  if #self.texts == 0 then return end
  self.chunks = self.chunks + 1
  file(out, ("text-%d"):format(self.chunks), "sheafTexts", { self.chunks, self.texts })
  self.texts, self.size = {}, 0
end

local function flush_heads(self, out)
  if #self.heads == 0 then return end
  local number = (self.documents - 1) // HEADS + 1
  file(out, ("heads-%d"):format(number), "sheafHeads", { number, self.heads })
  self.heads = {}
end

-- Keeps what results show.
local function keep(self, item, text, out)
  self.heads[#self.heads + 1] = { item.file, item.headline, item.outlet or "",
    item.published and frame.day(item.published) or "", item.who or "", item.language or "" }
  if #self.heads == HEADS then flush_heads(self, out) end
  if #self.texts == 0 then self.first[#self.first + 1] = self.documents end
  self.texts[#self.texts + 1] = text
  self.size = self.size + #text
  if self.size >= TEXTS then self:flush_texts(out) end
end

--- Takes an article's words, for the search when it is wanted; gives the list of their numbers, where the
--- text's begin and end.
function index:add(item, article, out, wanted)
  local list, text = {}, article.text or ""
  local head = self.words.read(item.headline, list, 0)
  for i = head + 1, head + GAP do list[i] = 0 end
  local last = math.min(self.words.read(text, list, head + GAP), LONGEST)
  if not wanted then return list, head + GAP + 1, last end
  local base = self.documents << 20
  note(self.places, list, 1, head, base)
  note(self.places, list, head + GAP + 1, last, base)
  self.documents = self.documents + 1
  item.head = head
  keep(self, item, text, out)
  return list, head + GAP + 1, last
end

-- The places of one word: for each article its distance from the one before, how many, and their distances.
local function posting(places)
  local out, n, of, i, count = {}, 0, code.of, 1, #places
  local before = -1
  while i <= count do
    local document = places[i] >> 20
    local stop = i
    while stop < count and places[stop + 1] >> 20 == document do stop = stop + 1 end
    out[n + 1], out[n + 2] = of[document - before - 1], of[stop - i]
    n, before = n + 2, document
    local position = document << 20
    for k = i, stop do
      n = n + 1
      out[n] = of[places[k] - position]
      position = places[k]
    end
    i = stop + 1
  end
  return table.concat(out)
end

-- Writes the dictionary; gives the first word of each volume.
local function write_volumes(self, out)
  local firsts, lines, size = {}, {}, 0
  local function flush()
    if #lines == 0 then return end
    file(out, ("%d"):format(#firsts), "sheafWords", { #firsts, "\n" .. table.concat(lines, "\n") .. "\n" })
    lines, size = {}, 0
  end
  for term, id in sheaf.sorted(self.words.terms) do
    local places = self.places[id]
    if places then
      if #lines == 0 then firsts[#firsts + 1] = term end
      local line = term .. " " .. posting(places)
      self.places[id] = nil
      lines[#lines + 1] = line
      size = size + #line
      if size >= VOLUME then flush() end
    end
  end
  flush()
  return firsts
end

-- Values of a column in the order of their number of articles, and the number of each.
local function ranked(items, key)
  local count, names = {}, {}
  for _, item in ipairs(items) do
    local value = item[key] or ""
    if not count[value] then names[#names + 1] = value end
    count[value] = (count[value] or 0) + 1
  end
  table.sort(names, function(a, b)
    if count[a] ~= count[b] then return count[a] > count[b] end
    return a < b
  end)
  local number = {}
  for i, name in ipairs(names) do number[name] = i - 1 end
  return names, number
end

local function column(items, key)
  local names, number = ranked(items, key)
  local codes = {}
  for i, item in ipairs(items) do codes[i] = code.of[number[item[key] or ""]] end
  return { names = names, codes = table.concat(codes) }
end

local function numbers(items, pick)
  local codes = {}
  for i, item in ipairs(items) do codes[i] = code.of[pick(item)] end
  return table.concat(codes)
end

-- Days as numbers that sort, month on top: 0 is none.
local function day_number(item)
  local year, month, day = (item.day or ""):match("^(%d%d%d%d)%-?(%d?%d?)%-?(%d?%d?)")
  if not year then return 0 end
  return tonumber(year) * 512 + (tonumber(month) or 0) * 32 + (tonumber(day) or 0)
end

--- Writes what is left, once all articles were added.
function index:finish(items, out)
  self:flush_texts(out)
  flush_heads(self, out)
  local columns = {}
  for _, key in ipairs { "outlet", "month", "author", "language", "section" } do
    columns[key] = column(items, key)
  end
  file(out, "columns", "sheafColumns", {
    last = code.last, more = code.more, count = #items, heads_each = HEADS, volumes = write_volumes(self,
        out),
    texts = self.first, columns = columns,
    days = numbers(items, day_number),
    words = numbers(items, function(item) return item.words end),
    heads = numbers(items, function(item) return item.head end),
  })
end

return index
