--- suggest.lua: "did you mean".
--
-- The nearest known name by edit distance with swapped neighbours counted as
-- one slip, or the only one that the given name begins. Far guesses are worse
-- than none: about one slip in three letters is forgiven.

local suggest = {}

local function cost(a, b, i, j, rows)
  local same = a:byte(i) == b:byte(j)
  local best = math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (same and 0 or 1))
  local swapped = i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j)
  return swapped and math.min(best, rows[i - 2][j - 2] + 1) or best
end

--- How many slips (one letter more, less, other, or two swapped) part a from b.
---@param a string
---@param b string
---@return integer
function suggest.distance(a, b)
  local rows = {}
  for i = 0, #a do
    rows[i] = { [0] = i }
  end
  for j = 1, #b do
    rows[0][j] = j
  end
  for i = 1, #a do
    for j = 1, #b do
      rows[i][j] = cost(a, b, i, j, rows)
    end
  end
  return rows[#a][#b]
end

local function beginning_of(name, known)
  local found
  for _, candidate in ipairs(known) do
    if #name >= 2 and candidate:sub(1, #name) == name then
      if found then return nil end
      found = candidate
    end
  end
  return found
end

--- The known name that was most likely meant, or nil.
---@param name string
---@param known string[]
---@return string?
function suggest.nearest(name, known)
  local wanted = name:lower()
  if #wanted > 64 then return nil end
  local best, least = nil, math.max(1, #wanted // 3) + 1
  for _, candidate in ipairs(known) do
    local distance = suggest.distance(wanted, candidate:lower())
    if distance < least then best, least = candidate, distance end
  end
  return best or beginning_of(wanted, known)
end

--- "unknown option '--limt'; did you mean '--limit'?"
---@param what string what kind of name it is: "option", "field"
---@param name string
---@param known string[]
---@return string
function suggest.unknown(what, name, known)
  local nearest = suggest.nearest(name, known)
  local message = ("unknown %s '%s'"):format(what, name)
  return nearest and ("%s; did you mean '%s'?"):format(message, nearest) or message
end

return suggest
