-- lettering.lua - how wide text will be, for pictures that are made without a font at hand.
--
-- Widths are those of common sans-serif fonts, rounded up, so that what fits here fits in a browser.
-- Characters
-- that stand on others have none; Han, Kana and Hangul are as wide as high.

local lettering = {}

local latin = {}
for width, characters in pairs {
  [0.3] = "ijlI|!.,:;'`", [0.4] = "frt()[]{}-/\\\" ", [0.72] = "ABCDEFGHKNOPQRSTUVXYZ&<>+=~#$_",
  [0.6] = "abcdeghknopqsuvxyzJL0123456789?*^", [0.96] = "mwMW%@",
} do
  for character in characters:gmatch(".") do latin[character:byte()] = width end
end

-- Ranges of code points without a width of their own, and of those as wide as high.
local none = { { 0x300, 0x36F }, { 0x591, 0x5BD }, { 0x610, 0x61A }, { 0x64B, 0x65F }, { 0x200B, 0x200F },
  { 0x202A, 0x202E }, { 0x2060, 0x206F }, { 0xFE00, 0xFE0F } }
local wide = { { 0x1100, 0x115F }, { 0x2E80, 0xA4CF }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF },
  { 0xFE30, 0xFE6F }, { 0xFF00, 0xFF60 }, { 0x1F300, 0x1FAFF }, { 0x20000, 0x3FFFF } }

local function is_in(ranges, code)
  for _, range in ipairs(ranges) do
    if code >= range[1] and code <= range[2] then return true end
  end
  return false
end

local known = {}

local function width_of(code)
  if code < 128 then return latin[code] or 0.6 end
  local width = known[code]
  if not width then
    width = is_in(none, code) and 0 or is_in(wide, code) and 1 or 0.66
    known[code] = width
  end
  return width
end

--- Text without broken UTF-8, control characters and signs that turn its direction; one line.
---@param text string
---@return string
function lettering.plain(text)
  if not utf8.len(text) then text = text:gsub("[\x80-\xFF]", "?") end
  text = text:gsub("[%z\1-\31\127]+", " "):gsub("\xE2\x80[\xAA-\xAE]", ""):gsub("\xE2\x81[\xA6-\xA9]", "")
  return (text:gsub("\xEF\xBF[\xBE\xBF]", ""))
end

--- The width of a text in units of the size given.
---@param text string plain
---@param size number of the font
---@return number
function lettering.width(text, size)
  local sum = 0
  for _, code in utf8.codes(text) do sum = sum + width_of(code) end
  return sum * size
end

--- The text, or as much of its beginning as fits, and "…".
---@param text string plain
---@param most number
---@param size number
---@return string
function lettering.cut(text, most, size)
  if lettering.width(text, size) <= most then return text end
  local sum, last = width_of(0x2026) * size, 0
  for at, code in utf8.codes(text) do
    sum = sum + width_of(code) * size
    if sum > most then break end
    last = at
  end
  if last == 0 then return "…" end
  return (text:sub(1, utf8.offset(text, 2, last) - 1):gsub("%s+$", "")) .. "…"
end

-- A word that is wider than the line is parted where it must be; Han has no blanks to part at.
local function pieces_of(word, most, size)
  local out, from, sum = {}, 1, 0
  for at, code in utf8.codes(word) do
    local width = width_of(code) * size
    if sum + width > most and at > from then
      out[#out + 1] = word:sub(from, at - 1)
      from, sum = at, 0
    end
    sum = sum + width
  end
  out[#out + 1] = word:sub(from)
  return out
end

--- The text in lines of a width; the last one is cut when there are too many.
---@param text string plain
---@param most number width of a line
---@param size number
---@param lines integer at most
---@return string[]
function lettering.wrap(text, most, size, lines)
  local out, line = {}, nil
  for word in text:gmatch("%S+") do
    for _, piece in ipairs(pieces_of(word, most, size)) do
      local longer = line and line .. " " .. piece or piece
      if line and lettering.width(longer, size) > most then
        out[#out + 1], line = line, piece
      else
        line = longer
      end
    end
  end
  out[#out + 1] = line
  if #out > lines then
    out[lines] = lettering.cut(table.concat(out, " ", lines), most, size)
    for i = #out, lines + 1, -1 do out[i] = nil end
  end
  return out
end

return lettering
