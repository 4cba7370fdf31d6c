--- passage.lua: where words stand in a text, exactly or nearly.
--
-- A note is put on the words that it quotes. They are looked for as they are, and then
-- by their words alone: whatever the case, the accents, the kind of quotation marks and
-- the line breaks. Somebody else's copy of an article may differ by just these.

local core = require "sheaf.core"

local passage = {}

---@class sheaf.Words
---@field count integer
---@field folded string[]
---@field from integer[] first byte of each
---@field to integer[] last byte of each

--- The words of a text, folded, with their places.
---@param text string
---@return sheaf.Words
function passage.words(text)
  local words = { count = 0, folded = {}, from = {}, to = {} }
  for word, from, to in core.words(text) do
    local n = words.count + 1
    words.count, words.folded[n], words.from[n], words.to[n] = n, core.fold(word), from, to
  end
  return words
end

local function stands_at(words, at, wanted)
  for i = 1, wanted.count do
    if words.folded[at + i - 1] ~= wanted.folded[i] then return false end
  end
  return true
end

-- All places of the words, as { from, to }.
local function by_words(text, quote)
  local words, wanted, found = passage.words(text), passage.words(quote), {}
  if wanted.count == 0 then return found end
  for at = 1, words.count - wanted.count + 1 do
    if stands_at(words, at, wanted) then
      found[#found + 1] = { words.from[at], words.to[at + wanted.count - 1] }
    end
  end
  return found
end

local function exactly(text, quote)
  local found, at = {}, 1
  while true do
    local from, to = text:find(quote, at, true)
    if not from then return found end
    found[#found + 1], at = { from, to }, to + 1
  end
end

--- All places of a quotation in a text: as it is, or else by its words.
---@param text string
---@param quote string
---@return integer[][] places { from, to } in bytes, from 1, the last included
---@return boolean exact
function passage.find(text, quote)
  if quote == "" then return {}, true end
  local found = exactly(text, quote)
  if #found > 0 then return found, true end
  return by_words(text, quote), false
end

--- What tells a stretch of words from others, without them.
---@param words sheaf.Words
---@param first integer
---@param last integer
---@return string
function passage.mark(words, first, last)
  return core.hash(table.concat(words.folded, " ", first, last))
end

--- The first and the last word that a range of bytes touches; nil when none.
---@param words sheaf.Words
---@param from integer
---@param to integer
---@return integer? first
---@return integer? last
function passage.words_in(words, from, to)
  local first, last
  for i = 1, words.count do
    if words.to[i] >= from and words.from[i] <= to then
      first, last = first or i, i
    elseif words.from[i] > to then
      break
    end
  end
  return first, last
end

--- The place of a stretch of so many words with this mark, the one nearest to where it stood.
---@param words sheaf.Words
---@param mark string
---@param count integer
---@param near integer index of its first word there
---@return integer? first
function passage.nearest(words, mark, count, near)
  local best
  for at = 1, words.count - count + 1 do
    local closer = not best or math.abs(at - near) < math.abs(best - near)
    if closer and passage.mark(words, at, at + count - 1) == mark then best = at end
  end
  return best
end

return passage
