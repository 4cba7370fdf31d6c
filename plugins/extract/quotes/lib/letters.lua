-- letters.lua - a working copy of a text in which every mark is one byte.
--
-- Typographic marks become one control byte each, padded with byte 2 to the length they had, and capitals
-- become small. So the copy is as long as the text, and a position in one is the same position in the other.

local letters = {}

letters.marks = {
  ["“"] = "\x11", ["”"] = "\x12", ["„"] = "\x13", ["‟"] = "\x11", ["«"] = "\x14", ["»"] = "\x15",
  ["‹"] = "\x16", ["›"] = "\x17", ["‘"] = "\x18", ["‛"] = "\x18", ["‚"] = "\x19", ["「"] = "\x1a",
  ["」"] = "\x1b", ["『"] = "\x1c", ["』"] = "\x1d",
}

local others = {
  ["’"] = "'", ["—"] = "\x1e", ["―"] = "\x1e", ["–"] = "\x1e", ["‒"] = "\x1e", ["…"] = ".",
  ["\u{A0}"] = " ", ["\u{202F}"] = " ", ["\u{2009}"] = " ", ["\u{2028}"] = " ", ["\u{3000}"] = " ",
  ["‐"] = "-", ["‑"] = "-", ["\u{AD}"] = "-", ["，"] = ",", ["。"] = ".", ["：" ] = ":", ["、"] = ",",
}

local function padded(map, into)
  for mark, byte in pairs(map) do into[mark] = byte .. ("\2"):rep(#mark - 1) end
  return into
end

local replace = padded(others, padded(letters.marks, {}))

local lower = {}
for code = 0xC0, 0xDE do
  if code ~= 0xD7 then lower[utf8.char(code)] = utf8.char(code + 32) end
end
for code = 0x410, 0x42F do lower[utf8.char(code)] = utf8.char(code + 32) end
for code = 0x400, 0x40F do lower[utf8.char(code)] = utf8.char(code + 80) end
for code = 0x100, 0x17E, 2 do
  local first = (code >= 0x139 and code <= 0x148 or code >= 0x179) and code + 1 or code
  lower[utf8.char(first)] = utf8.char(first + 1)
end

-- The working copy. What it costs is paid only for the letters that are there.
function letters.working(text)
  local copy = text:lower()
  if not copy:find("[\x80-\xff]") then return copy end
  if copy:find("\xE2\x80", 1, true) then copy = copy:gsub("\xE2\x80[\x80-\xBF]", replace) end
  if copy:find("\xC2", 1, true) then copy = copy:gsub("\xC2[\xA0-\xBF]", replace) end
  if copy:find("[\xE3\xEF]") then copy = copy:gsub("[\xE3\xEF][\x80-\xBF][\x80-\xBF]", replace) end
  if copy:find("[\xC3-\xC5\xD0]") then copy = copy:gsub("[\xC3-\xC5\xD0][\x80-\xBF]", lower) end
  return copy
end

-- Does the text have a capital letter at this place? lowered is its working copy.
function letters.is_capital(text, lowered, at)
  local byte = text:byte(at)
  if byte < 0x80 then return byte >= 65 and byte <= 90 end
  return byte ~= lowered:byte(at) or text:byte(at + 1) ~= lowered:byte(at + 1)
end

-- "LIZ" becomes "Liz": all but the first letter of a word in capitals.
function letters.calm(word)
  local second = word:byte(2)
  if not second or second < 65 or second > 90 then return word end
  return (word:gsub("^(%u)(%u%u+)$", function(first, rest) return first .. rest:lower() end))
end

return letters
