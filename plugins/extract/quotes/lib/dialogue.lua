-- dialogue.lua - speech that a dash opens, as French, Spanish, Italian and Russian print it.
--
--   — Мы уедем, — сказал Иванов. — Завтра.        —Nos vamos —dijo Ana—. Mañana.
--   — Nous partons, dit Anne.
--
-- A paragraph that begins with a dash may as well be an item of a list; so it counts only when a verb of
-- saying stands behind a dash of its own, or, inverted, behind a comma. What is behind the cue and another
-- dash is speech again.

local dialogue = {}

local DASH = "\x1e"
local NEAR = 4 -- words between a dash and the verb of saying

-- Behind the dash, its padding, marks and blanks.
local function skip(copy, at, last)
  local place = copy:match("^[\2\x1e%s%.,]*()", at)
  return place <= last and place or nil
end

-- Does a verb of saying stand among the first words at this place?
local function tells(copy, at, last, lang)
  local count = 0
  local stretch = copy:sub(at, math.min(last, at + 120))
  for word, follows in stretch:gmatch("([%w\x80-\xff'\2%-]+)([^%w\x80-\xff]*)") do
    count = count + 1
    local plain = word:match("^(.-)%-") or word
    if lang.reporting[word] or lang.reporting[plain] then return true end
    if count == NEAR or follows:find("[%.!%?\x1e]") then return false end
  end
  return false
end

-- The dash before a cue; without one the comma before an inverted verb.
local function find_cue(copy, at, last, lang)
  local place = at
  while true do
    place = copy:find(DASH, place, true)
    if not place or place > last then break end
    if tells(copy, place + 3, last, lang) then return place, place - 1 end
    place = place + 3
  end
  if lang.code ~= "fr" then return nil end
  for comma, word in copy:sub(at, last):gmatch("()[,!%?\x1e] *([%w\x80-\xff'\2%-]+)") do
    local plain = word:match("^(.-)%-") or word
    if lang.reporting[word] or lang.reporting[plain] then return at + comma, at + comma - 1 end
  end
end

local function speech(copy, from, at, to)
  while to > at and copy:find("^[%s\2]", to) do to = to - 1 end
  if not copy:sub(at, to):find("%S%s+%S") then return nil end
  return { mark = DASH, from = from, to = to, inner = at, inner_to = to, open = false }
end

-- Adds what is said in a paragraph to list; false when it is no dialogue.
function dialogue.scan(copy, first, last, list, lang)
  if not lang.dialogue or copy:byte(first) ~= 0x1e then return false end
  local from, found = first, false
  while from and from <= last do
    local at = skip(copy, from, last)
    if not at then break end
    local cue, to = find_cue(copy, at, last, lang)
    if not cue and not found then return false end
    local said = speech(copy, from, at, to or last)
    if not said then break end
    list[#list + 1], found = said, true
    if not cue then break end
    from = copy:find(DASH, cue + 3, true)
  end
  return found
end

return dialogue
