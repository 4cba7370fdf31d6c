-- vertical.lua - the tokens of a sentence with all its signs, for formats of one token a line.
--
-- sheaf.words gives words; what stands between two of them is taken apart here: blanks part tokens, signs are
-- tokens of their own, and a run of the same sign (..., --, !!) is one. Marks of direction, joiners and
-- control characters are no tokens. What stands between words comes again and again, so it is remembered.

local vertical = {}

local CHARACTER = "[%z\1-\127\xC2-\xF4][\x80-\xBF]*"
local REMEMBERED = 4096 -- gaps; others are looked at anew

local runs = {}
for sign in (".-!?*_=#~/"):gmatch(".") do runs[sign] = true end

-- What is no token: true for a blank, false for what cannot be seen.
local nothing = { ["\u{A0}"] = true, ["\u{1680}"] = true, ["\u{2028}"] = true, ["\u{2029}"] = true,
  ["\u{202F}"] = true, ["\u{205F}"] = true, ["\u{3000}"] = true, ["\u{85}"] = true,
  ["\u{200B}"] = false, ["\u{200C}"] = false, ["\u{200D}"] = false, ["\u{200E}"] = false,
  ["\u{200F}"] = false, ["\u{FEFF}"] = false, ["\u{AD}"] = false, ["\u{2060}"] = false,
  ["\u{FFFE}"] = false, ["\u{FFFF}"] = false }
for code = 0x2000, 0x200A do nothing[utf8.char(code)] = true end
for code = 0x202A, 0x202E do nothing[utf8.char(code)] = false end
for code = 0x2066, 0x2069 do nothing[utf8.char(code)] = false end
for code = 0, 31 do nothing[string.char(code)] = false end
for code = 9, 13 do nothing[string.char(code)] = true end
for code = 0x80, 0x9F do nothing[utf8.char(code)] = nothing[utf8.char(code)] or false end
nothing["\127"], nothing[" "] = false, true

-- Signs that belong to the one before them: accents, skin tones, forms of emoji.
local function clings(sign)
  return sign:find("^\xCC[\x80-\xBF]") or sign:find("^\xCD[\x80-\xAF]") or sign:find("^\xEF\xB8[\x80-\x8F]")
    or sign:find("^\xF0\x9F\x8F[\xBB-\xBF]")
end

-- Signs of a gap; `touch` when the first token behind the word in front stands right behind it, and
-- glued[i] when something stands right behind sign i.
local function look_at(gap)
  local signs, glued, count, touch, parted = {}, {}, 0, true, false
  for sign in gap:gmatch(CHARACTER) do
    local blank = nothing[sign]
    if blank then
      if count > 0 then glued[count] = false else touch = false end
      parted = true
    elseif blank == nil then
      local before = signs[count]
      local joins = not parted and before and (clings(sign) or runs[sign] and before:sub(-1) == sign)
      if joins then
        signs[count] = before .. sign
      else
        count = count + 1
        signs[count], glued[count] = sign, true
      end
      parted = false
    end
  end
  return { signs = signs, glued = glued, count = count, touch = touch }
end

local seen, seen_count = {}, 0

local function gap_of(gap)
  local known = look_at(gap)
  if #gap <= 16 then
    if seen_count >= REMEMBERED then seen, seen_count = {}, 0 end
    seen[gap], seen_count = known, seen_count + 1
  end
  return known
end

local sub = string.sub
local forms, kinds, glued = {}, {}, {}

local function put_gap(found, count)
  if count > 0 then glued[count] = found.touch end
  for at = 1, found.count do
    count = count + 1
    forms[count], kinds[count], glued[count] = found.signs[at], "mark", found.glued[at]
  end
  return count
end

--- The tokens of a sentence: how many, their forms, their kinds (word, number, character, mark), and whether
--- the next one stands right behind. The lists are good until the next call, and longer than they are good.
---@param sentence string
---@return integer count
---@return string[] forms
---@return string[] kinds
---@return boolean[] glued
function vertical.tokens(sentence)
  local count, reached = 0, 0
  for word, from, to, kind in sheaf.words(sentence) do
    if from > reached + 1 then
      local gap = sub(sentence, reached + 1, from - 1)
      local found = seen[gap] or gap_of(gap)
      if found.count > 0 then count = put_gap(found, count) else glued[count] = found.touch end
    end
    count = count + 1
    forms[count], kinds[count], glued[count], reached = word, kind, true, to
  end
  if reached < #sentence then count = put_gap(gap_of(sub(sentence, reached + 1)), count) end
  return count, forms, kinds, glued
end

---@class vertical.Block
---@field kind string
---@field [integer] string its sentences

--- The blocks of an article with their sentences, and whether the next sentence stands right behind.
---@param article table
---@return vertical.Block[]
function vertical.blocks(article)
  local all, list, index, block = article.blocks or {}, {}, 0, nil
  local ended
  for sentence, from, to, kind in article:sentences() do
    if not block or all[index] and from > all[index].to then
      while all[index + 1] and (index == 0 or from > all[index].to) do index = index + 1 end
      block, ended = { kind = kind, glued = {} }, nil
      list[#list + 1] = block
    end
    if ended and from == ended + 1 then block.glued[#block] = true end
    block[#block + 1], ended = sentence, to
  end
  return list
end

return vertical
