-- marks.lua - finds what stands between quotation marks.
--
-- Works on the copy that letters.lua makes, one paragraph at a time. Curly and angled marks tell by
-- themselves whether they open; straight ones open after a blank and close before one; an apostrophe opens
-- only when a mark that can close it follows. A quotation that is still open at the end of its paragraph
-- counts when the next paragraph begins with the same mark, as newspapers print long ones.

local marks = {}

-- Opening mark -> the marks that close it, as a set of characters.
local closing = {
  ["\""] = "[\"\x12]", ["\x11"] = "[\x12\"]", ["\x12"] = "\x12", ["\x13"] = "[\x11\x12\"]",
  ["\x14"] = "\x15", ["\x15"] = "[\x14\x15]", ["\x16"] = "\x17", ["\x17"] = "\x16", ["\x1a"] = "\x1b",
  ["\x1c"] = "\x1d", ["\x18"] = "'", ["\x19"] = "[\x18']", ["'"] = "'",
}
local ANY = "[\"'\x11-\x1d]"
local WORD = "[%w\x80-\xff]"
local RETRIES = 3
local LONGEST_SINGLE = 4000 -- bytes between apostrophes that are quotation marks
-- What begins with an apostrophe and is no quotation.
local elided = { em = true, tis = true, twas = true, til = true, cause = true, n = true, round = true,
  s = true, t = true, cos = true, bout = true }

local function width(copy, at)
  local to = at
  while copy:byte(to + 1) == 2 do to = to + 1 end
  return to - at + 1
end

local function is_blank(copy, at, from, to)
  if at < from or at > to then return true end
  return copy:find("^[%s%(%[{\x1e/%-\2]", at) ~= nil
end

-- May an apostrophe be a closing mark? Not within a word, and not where a plural may end.
local function closes_single(copy, at, last)
  local after = at + width(copy, at)
  if after <= last and copy:find("^" .. WORD, after) then return false end
  if not copy:find("^[%s]", at - 1) and copy:find("^[%.,!%?;:\x12\"]", at - 1) then return true end
  if not copy:find("^s", at - 1) then return not copy:find("^%s", at - 1) end
  local other = at
  repeat
    other = copy:find("'", other + 1, true)
    if not other or other > last then return true end
  until not copy:find("^" .. WORD, other + width(copy, other))
  local opening = copy:find("\x18", at, true)
  return opening ~= nil and opening < other
end

local function find_single(copy, at, last)
  last = math.min(last, at + LONGEST_SINGLE)
  local place = at
  repeat
    place = copy:find("'", place + 1, true)
    if not place or place > last then return nil end
  until closes_single(copy, place, last)
  return place
end

local function opens_apostrophe(copy, at, after, last)
  local word = copy:match("^(%a+)", after)
  if not copy:find("^" .. WORD, after) or copy:find("^%d%d'?s", after) then return false end
  if word and elided[word] then return false end
  return find_single(copy, at, last) ~= nil
end

-- Does the mark at this place open a quotation?
local function opens(copy, mark, at, first, last)
  local after = at + width(copy, at)
  local free = is_blank(copy, at - 1, first, last) or copy:find("^[\"\x11\x13\x14\x18:,;]", at - 1) ~= nil
  local bound = after <= last and not copy:find("^%s", after)
  if mark == "'" then return free and bound and opens_apostrophe(copy, at, after, last) end
  if mark == "\"" then
    local inches = at > first and copy:find("^%d", at - 1)
    return bound and not inches and (free or copy:find("^" .. WORD, after) ~= nil)
  end
  if mark == "\x12" or mark == "\x15" or mark == "\x17" then return free and bound end
  if mark == "\x18" then return bound and find_single(copy, at, last) ~= nil end
  return closing[mark] ~= nil
end

-- Where the quotation that opened at this place ends: the place of its closing mark, or nil.
local function find_end(copy, mark, at, last)
  if mark == "'" or mark == "\x18" then return find_single(copy, at, last) end
  local closer, depth, place = closing[mark], 0, at
  local nests = mark == "\x11" or mark == "\x14"
  while true do
    place = copy:find(nests and "[\x11\x12\x14\x15\"]" or closer, place + 1)
    if not place or place > last then return nil end
    local char = copy:sub(place, place)
    if nests and char == mark then
      depth = depth + 1
    elseif char:find(closer) then
      local stray = mark == "\"" and is_blank(copy, place - 1, at, last)
      stray = stray and not is_blank(copy, place + 1, at, last)
      if stray and not copy:find("^[%.,;:!%?]", place + 1) then return nil end
      if depth == 0 then return place end
      depth = depth - 1
    end
  end
end

local function unnested_end(copy, mark, at, last)
  local place = copy:find(closing[mark], at + 1)
  return place and place <= last and place or nil
end

local function quotation(copy, mark, at, close, last)
  local inner = at + width(copy, at)
  local to = close and close + width(copy, close) - 1 or last
  local inner_to = close and close - 1 or last
  while copy:find("^[%s]", inner) and inner < inner_to do inner = inner + 1 end
  if copy:byte(inner) == 2 then inner = inner + 1 end
  while inner_to > inner and copy:find("^[%s]", inner_to) do inner_to = inner_to - 1 end
  if inner_to > inner and copy:sub(inner_to - 1, inner_to) == " \2" then inner_to = inner_to - 2 end
  return { mark = mark, from = at, to = to, inner = inner, inner_to = inner_to, open = not close }
end

-- Adds the quotations of one paragraph to list. follows(mark): does the next paragraph begin with it?
function marks.scan(copy, first, last, list, follows)
  local at, retries, lost = first, 0, {}
  while true do
    at = copy:find(ANY, at)
    if not at or at > last then return end
    local mark, next_at = copy:sub(at, at), at + 1
    if not lost[mark] and opens(copy, mark, at, first, last) then
      local close = find_end(copy, mark, at, last)
      if not close and (at == first or follows(mark)) and mark ~= "'" then
        list[#list + 1] = quotation(copy, mark, at, nil, last)
        return
      end
      if not close and mark ~= "\"" and retries < RETRIES then
        retries, close = retries + 1, unnested_end(copy, mark, at, last)
      end
      lost[mark] = not close and mark ~= "\"" and mark ~= "'" and mark ~= "\x18" or nil
      if close and close > at + width(copy, at) then
        list[#list + 1] = quotation(copy, mark, at, close, last)
        next_at = list[#list].to + 1
      end
    end
    at = next_at
  end
end

return marks
