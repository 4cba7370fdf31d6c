--- share.lua: an article without its words, so that it can be shared.
--
-- What is left tells which text is meant, to whoever has it: id, SHA-256 of the text,
-- its length, chosen fields. A span is a place, in characters and in words, with a hash
-- of the words there. `marks` are the 64 lowest hashes of all runs of five words: a sample
-- by which a copy is known that was altered here and there.

local core = require "sheaf.core"
local passage = require "sheaf.collection.passage"
local sheets = require "sheaf.collection.sheets"

local share = { version = 1 }

local MARKS, RUN = 64, 5
local FEW_WORDS = 4

--- Fields that may be kept, and those that are when nothing else is said.
share.fields = { "url", "canonical_url", "headline", "published", "modified", "publisher", "provider",
  "section", "language", "byline" }
share.usual = { "url", "headline", "published", "publisher", "language" }

--- The hashes of all runs of five words; some may be there more than once.
---@param text string
---@return integer[]
function share.runs(text)
  return core.runs(text, RUN)
end

--- The lowest of them, in order, in hexadecimal digits.
---@param text string
---@return string[]
function share.marks(text)
  local list, marks = share.runs(text), {}
  table.sort(list, math.ult)
  for i, hash in ipairs(list) do
    if hash ~= list[i - 1] then marks[#marks + 1] = ("%016x"):format(hash) end
    if #marks == MARKS then break end
  end
  return marks
end

--- A mark as the number that it stands for; nil when it is none.
---@param mark any
---@return integer?
function share.number(mark)
  if type(mark) ~= "string" or not mark:find("^%x+$") or #mark ~= 16 then return nil end
  return math.tointeger(tonumber("0x" .. mark))
end

-- ---- spans ----------------------------------------------------------------------------

-- Characters in the first `bytes` bytes.
local function characters(text, bytes)
  return bytes > 0 and utf8.len(text, 1, bytes, true) or 0
end

-- A place in a text, without the words there.
local function place_of(text, words, from, to)
  local first, last = passage.words_in(words, from, to)
  local place = { from = characters(text, from - 1), to = characters(text, to),
    sha256 = core.sha256(text:sub(from, to)) }
  if first then
    place.word, place.words, place.mark = first, last - first + 1, passage.mark(words, first, last)
  end
  return place
end

-- What a layer says of a place may hold words of the text, too: what is longer than a
-- name becomes a place itself, or goes.
local function without_words(value, text, words, lost)
  if type(value) == "table" then
    local copy = {}
    for key, item in pairs(value) do copy[key] = without_words(item, text, words, lost) end
    return copy
  end
  if type(value) ~= "string" or core.count_words(value) <= FEW_WORDS or value:find("^https?://%S+$") then
    return value
  end
  local from, to = text:find(value, 1, true)
  if from then return { ["@"] = place_of(text, words, from, to) } end
  lost.count = lost.count + 1
end

local function layer_of(found, text, words, lost)
  local row, spans = { fields = {} }, {}
  for key, value in pairs(found) do
    if key ~= "spans" then row.fields[key] = without_words(value, text, words, lost) end
  end
  for i, span in ipairs(found.spans or {}) do
    spans[i] = place_of(text, words, span[1], span[2])
    spans[i].data = span[3] and without_words(span[3], text, words, lost)
  end
  row.spans = #spans > 0 and spans or nil
  if not next(row.fields) then row.fields = nil end
  return row
end

local function note_of(note, text, words)
  local spans = {}
  for i, span in ipairs(note.spans) do
    spans[i] = place_of(text, words, span.from, span.to)
    spans[i].text = span.text
  end
  return { text = note.text, spans = #spans > 0 and spans or nil }
end

--- A record of an article, without its words.
---@param a userdata
---@param options {keep: string[], note: table?, layers: string[]}
---@param lost {count: integer} counts what had to go
---@return table
function share.record(a, options, lost)
  local text, words = a.text or "", nil
  local record = { id = a.id, text = core.sha256(text), words = a.words,
    characters = utf8.len(text, 1, -1, true), marks = share.marks(text) }
  for _, name in ipairs(options.keep) do record[name] = a[name] end
  local note, joined = options.note, a.layers
  for _, name in ipairs(options.layers) do
    local found = joined and joined[name]
    if found and name == sheets.NOTES then
      note = note or sheets.note_of(found)
    elseif found then
      words = words or passage.words(text)
      record.layers = record.layers or {}
      record.layers[name] = layer_of(found, text, words, lost)
    end
  end
  record.note = note and note_of(note, text, words or passage.words(text))
  return record
end

return share
