-- scholar_check.lua - what the formats of scholar_spec.lua ask for, checked in plain Lua.
--
-- Each check raises with a sentence that says what is wrong; without these, a machine that lacks the tools
-- which know the formats would check nothing.

local check = {}

-- Lines without their ends.
local function lines_of(text)
  local lines = {}
  for line in text:gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  return lines
end

check.lines = lines_of

-- ---- XML ------------------------------------------------------------------------------------------------

local entities = { amp = true, lt = true, gt = true, quot = true, apos = true }

local function check_text(text)
  assert(not text:find("[%z\1-\8\11\12\14-\31]"), "a character that XML forbids")
  assert(not text:find("\xEF\xBF[\xBE\xBF]"), "a character that is none")
  assert(not text:find("]]>", 1, true), "]]> in a text")
  assert(not text:find("<", 1, true), "< in a text")
  for name in text:gmatch("&([^;]*);?") do
    assert(entities[name] or name:find("^#%d+$"), "an entity that XML does not know: " .. name)
  end
end

local function attributes_of(inside)
  local map, rest = {}, inside:gsub("^%S+", "", 1)
  rest = rest:gsub("%s+([%w:_]+)=\"([^\"<]*)\"", function(name, value)
    assert(not map[name], "an attribute twice: " .. name)
    check_text(value)
    map[name] = value
    return ""
  end)
  assert(rest:find("^%s*$"), "attributes: " .. rest)
  return map
end

local function tag(stack, inside, seen, each)
  local name = inside:match("^/?([%a_][%w:_.-]*)")
  assert(name, "no name of a tag: " .. inside)
  if inside:sub(1, 1) == "/" then
    assert(table.remove(stack) == name, "closes what is not open: " .. name)
    return
  end
  local closed = inside:sub(-1) == "/"
  local map = attributes_of(closed and inside:sub(1, -2) or inside)
  local id = map["xml:id"]
  assert(not id or not seen[id], "an id twice: " .. tostring(id))
  if id then seen[id] = true end
  if each then each(name, map) end
  if not closed then stack[#stack + 1] = name end
end

--- Well-formed: tags, attributes, entities, characters, ids.
---@param text string
---@param each (fun(name: string, attributes: table))?
function check.xml(text, each)
  assert(utf8.len(text), "not UTF-8")
  local stack, seen = {}, {}
  local position = (select(2, text:find("^<%?xml[^>]*%?>")) or 0) + 1
  while true do
    local at = text:find("<", position, true)
    check_text(text:sub(position, (at or #text + 1) - 1))
    if not at then break end
    local close = assert(text:find(">", at, true), "a tag that does not end")
    tag(stack, text:sub(at + 1, close - 1), seen, each)
    position = close + 1
  end
  assert(#stack == 0, "not closed: " .. tostring(stack[#stack]))
end

-- ---- lines ----------------------------------------------------------------------------------------------

function check.bibtex(text)
  local seen, depth, count = {}, 0, 0
  for key in text:gmatch("\n?@%a+{([^,\n]*),\n") do
    assert(key:find("^[%w_-]+$"), "no key: " .. key)
    assert(not seen[key], "a key twice: " .. key)
    seen[key], count = true, count + 1
  end
  for brace in text:gmatch("[{}]") do
    depth = depth + (brace == "{" and 1 or -1)
    assert(depth >= 0, "a brace too many")
  end
  assert(depth == 0, "a brace is open")
  for line in text:gmatch("\n  ([^\n]*)") do
    assert(line:find("^%l+ = {.*},?$") or line:find("^month = %l%l%l,?$"), "no field: " .. line)
  end
  return count
end

function check.ris(text)
  local count, open = 0, false
  assert(not text:gsub("\r\n", ""):find("[\r\n]"), "an end of line that is not CRLF")
  for line in text:gmatch("([^\r]*)\r\n") do
    if line ~= "" then
      local name = line:match("^(%u[%u%d])  %- ")
      assert(name, "no line of RIS: " .. line)
      assert((name == "TY") ~= open, "TY and ER do not alternate")
      if name == "TY" then open, count = true, count + 1 end
      if name == "ER" then open = false end
    end
  end
  assert(not open, "a reference is open")
  return count
end

-- One sentence: comments, and rows whose numbers go up and whose forms spell the text.
local function check_sentence(sentence, seen)
  local id, wanted = sentence:match("\n?# sent_id = ([^\n]*)\n"), sentence:match("# text = ([^\n]*)\n")
  assert(id and not seen[id], "a sentence without an id, or with that of another")
  seen[id] = true
  local number, spelt = 0, {}
  for line in sentence:gmatch("[^\n]+") do
    if line:sub(1, 2) ~= "# " then
      local cells = {}
      for cell in (line .. "\t"):gmatch("([^\t]*)\t") do cells[#cells + 1] = cell end
      number = number + 1
      assert(#cells == 10, "not ten columns: " .. line)
      assert(cells[1] == tostring(number), "numbers do not go up: " .. line)
      for _, cell in ipairs(cells) do assert(cell:find("^%S") and cell:find("%S$"), "a cell: " .. line) end
      spelt[#spelt + 1] = cells[2]
      if not cells[10]:find("SpaceAfter=No", 1, true) then spelt[#spelt + 1] = " " end
    end
  end
  local text = table.concat(spelt):gsub(" $", "")
  assert(number > 0 and text == wanted, "the tokens do not spell the text: " .. tostring(wanted))
end

function check.conllu(text)
  local seen, count = {}, 0
  for sentence in text:gmatch("(.-\n)\n") do
    check_sentence(sentence, seen)
    count = count + 1
  end
  assert(text == "" or text:sub(-2) == "\n\n", "the last sentence does not end")
  return count
end

function check.vrt(text, columns)
  local tokens = 0
  check.xml((text:gsub("\t", " ")))
  for _, line in ipairs(lines_of(text)) do
    if not line:find("^</?%l+[^\t]*>$") then
      local _, tabs = line:gsub("[^\t]+\t", "")
      assert(tabs == columns - 1 and not line:find("\t$"), "not so many columns: " .. line)
      tokens = tokens + 1
    end
  end
  return tokens
end

--- Records by their lengths: list of { fields =, block = }.
function check.warc(text)
  local records, position = {}, 1
  while position <= #text do
    local head, last = text:match("^WARC/1%.0\r\n(.-\r\n)\r\n()", position)
    assert(head, "no record begins here")
    local fields = {}
    for name, value in head:gmatch("([%w-]+): ([^\r\n]*)\r\n") do fields[name] = value end
    local size = assert(tonumber(fields["Content-Length"]), "no length")
    assert(text:sub(last + size, last + size + 3) == "\r\n\r\n", "the length is wrong")
    for _, name in ipairs { "WARC-Type", "WARC-Date", "WARC-Record-ID", "Content-Type" } do
      assert(fields[name], "a record without " .. name)
    end
    local date = fields["WARC-Date"]
    assert(date:find("^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%dZ$"), "a date: " .. date)
    records[#records + 1] = { fields = fields, block = text:sub(last, last + size - 1) }
    position = last + size + 4
  end
  return records
end

--- The characters [from, to) of a text, counted from 0.
function check.characters(text, from, to)
  return text:sub(utf8.offset(text, from + 1), utf8.offset(text, to + 1) - 1)
end

return check
