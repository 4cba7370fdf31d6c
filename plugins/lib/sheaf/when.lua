-- when.lua - dates narrowed to what a format can say.
--
-- An article's date is EDTF and may be coarse (2021-03), without a year (XXXX-02-10) or without a zone. A
-- format that wants a moment gets midnight of a known day, in UTC where no zone is told; one that wants a
-- day gets as much of it as is known; what cannot be said is left out, never guessed.

local when = {}

local function number(text)
  return math.tointeger(tonumber(text))
end

--- Year, month and day, as far as they are known; nil without a year.
---@param edtf string?
---@return integer? year
---@return integer? month
---@return integer? day
function when.parts(edtf)
  if not edtf or not sheaf.date_range(edtf) then return nil end
  local year, rest = edtf:match("^(%d%d%d%d)(.*)$")
  if not year then return nil end
  local month, more = rest:match("^%-([01]%d)(.*)$")
  if not month or month == "00" or month > "12" then return number(year) end
  local day = more:match("^%-([0-3]%d)")
  return number(year), number(month), day and number(day) or nil
end

--- "2021", "2021-03" or "2021-03-17", or nil.
---@param edtf string?
---@return string?
function when.day(edtf)
  local year, month, day = when.parts(edtf)
  if day then return ("%04d-%02d-%02d"):format(year, month, day) end
  return month and ("%04d-%02d"):format(year, month) or year and ("%04d"):format(year) or nil
end

-- The time of day and the zone of a full date: "10:00:00", "+02:00"; midnight in UTC when they are missing.
local function clock(edtf)
  local hour, minute, rest = edtf:match("^[%d-]+T(%d%d):(%d%d)(.*)$")
  if not hour then return "00:00:00", "Z" end
  local second = rest:match("^:(%d%d)") or "00"
  return ("%s:%s:%s"):format(hour, minute, second), rest:match("[+-]%d%d:%d%d$") or "Z"
end

--- A moment as RFC 3339 has it, when at least the day is known.
---@param edtf string?
---@return string?
function when.moment(edtf)
  local _, _, day = when.parts(edtf)
  if not day then return nil end
  local time, zone = clock(edtf)
  return when.day(edtf) .. "T" .. time .. zone
end

--- A moment as e-mail and RSS have it: "Wed, 17 Mar 2021 10:00:00 +0000".
---@param edtf string?
---@return string?
function when.mail(edtf)
  local year, month, day = when.parts(edtf)
  if not day then return nil end
  local time, zone = clock(edtf)
  local named = os.date("!%a, %d %b %Y", os.time { year = year, month = month, day = day, hour = 12 })
  return ("%s %s %s"):format(named, time, zone == "Z" and "+0000" or (zone:gsub(":", "")))
end

--- The first second that a date can mean, in UTC, however coarse it is; nil without a year.
---@param edtf string?
---@return string?
function when.first(edtf)
  local first = edtf and sheaf.date_range(edtf)
  return first and os.date("!%Y-%m-%dT%H:%M:%SZ", first) or nil
end

--- The later of two moments of when.first; either may be nil.
---@param one string?
---@param other string?
---@return string?
function when.later(one, other)
  if not one or not other then return one or other end
  return one > other and one or other
end

return when
