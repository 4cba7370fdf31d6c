--- cite.lua: leads from a span of text to the bytes that it came from.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local terminal = require "sheaf.terminal"

local cite = {}

-- "3f9a:120-180" → "3f9a", 120, 180
local function span_of(word)
  local id, from, to = word:match("^(.+):(%d+)%-(%d+)$")
  from, to = math.tointeger(tonumber(from)), math.tointeger(tonumber(to))
  if not from or from < 1 or to < from then
    failure.raise(("%s: a span is ID:FROM-TO, as in 3f9a:120-180"):format(word),
      "characters are counted from 1, and the last one is included")
  end
  return id, from, to
end

-- The bytes [from, to] of the characters from and to of a text.
local function bytes_of(text, from, to, word)
  local count = utf8.len(text)
  if to > count then
    failure.raise(("%s: the text has only %d characters"):format(word, count))
  end
  return utf8.offset(text, from), utf8.offset(text, to + 1) - 1
end

-- Where the paragraphs that the span touches stand, from 0; nil unless all of them
-- are known.
local function paragraphs(a, from, to)
  local first, last
  for _, block in ipairs(a.blocks or {}) do
    if block.to >= from and block.from <= to then
      if not block.source_to then return nil end
      first = math.min(first or block.source_from, block.source_from)
      last = math.max(last or 0, block.source_to)
    end
  end
  return first, last
end

-- What paragraphs are counted in: a document of a crawl stands within its record,
-- perhaps packed, so that its bytes have no place in the file. A page was made UTF-8
-- before it was counted.
local function counted_in(origin)
  if origin.record then return "document" end
  if origin.reader == "page" then return "page" end
  return origin.entry and origin.entry ~= "" and "entry" or "file"
end

-- A page in another encoding was counted in what was made of it.
local function is_counted(original, origin)
  return origin.reader ~= "page" or (utf8.len(original) ~= nil and not original:find("\0", 1, true))
end

-- Narrows the range to the words themselves where they stand in it once.
local function narrow(found, original, begins)
  local inside = original:sub(found.from - begins + 1, found.to - begins)
  local at, stop = inside:find(found.text, 1, true)
  if at and not inside:find(found.text, at + 1, true) then
    found.from, found.to, found.what = found.from + at - 1, found.from + stop, "words"
  end
  found.source = original:sub(found.from - begins + 1, found.to - begins)
end

-- Looks into the original, if it was kept and its bytes are those that are counted.
local function look_closer(found, original, origin)
  if not original or not is_counted(original, origin) then return end
  local begins = origin.record and 0 or origin.from
  if not found.from then
    found.from, found.to, found.what = begins, begins + #original, "document"
  end
  if begins and found.from >= begins and found.to <= begins + #original then
    narrow(found, original, begins)
  end
end

--- What is known of a span: text, file, entry, from, to, what ("words",
--- "paragraph", "document" or "record"), within (what from and to are counted in:
--- "file", "entry", "page" or "document"), sha256, and source, its bytes. For a
--- crawl: record, and record_from and record_to, its place in the file or entry.
---@param file userdata
---@param a userdata
---@param from integer a character
---@param to integer
---@param word string for messages
---@return table
function cite.find(file, a, from, to, word)
  local text, origin = a.text or "", a.provenance or {}
  local first, last = bytes_of(text, from, to, word)
  local found = { id = a.id, text = text:sub(first, last), file = origin.file, entry = origin.entry,
    sha256 = origin.sha256, record = origin.record }
  found.from, found.to = paragraphs(a, first, last)
  found.what = found.from and "paragraph" or "record"
  if origin.record then
    found.record_from, found.record_to = origin.from, origin.to
  elseif not found.from then
    found.from, found.to = origin.from, origin.to
  end
  look_closer(found, origin.from and file:original(a), origin)
  found.within = found.from and counted_in(origin) or nil
  return found
end

local WITHIN = { page = "; counted in the page as UTF-8" }

local function tell_bytes(ui, found)
  local place = ("%s%s"):format(found.file or "the file",
    found.entry and found.entry ~= "" and "!" .. found.entry or "")
  local bytes = found.from and ("%d to %d, of the %s"):format(found.from, found.to, found.what)
  if bytes and not found.record then
    local counted = found.what ~= "record" and WITHIN[found.within] or ""
    return ui:print(ui:paint("key", "bytes   "), bytes, counted)
  elseif bytes then
    local within = found.what == "document" and " in record " or "; counted in the document in record "
    ui:print(ui:paint("key", "bytes   "), bytes, within, terminal.clean(found.record))
  end
  if found.record_from then
    ui:print(ui:paint("key", "record  "), terminal.clean(("bytes %d to %d of %s%s"):format(
      found.record_from, found.record_to, place, bytes and "" or ": " .. found.record)))
  end
end

local function tell(ui, found)
  local entry = found.entry and found.entry ~= "" and "!" .. found.entry or ""
  ui:print(ui:paint("bold", terminal.clean(found.text)))
  ui:print(ui:paint("key", "from    "), terminal.clean((found.file or "not known") .. entry))
  tell_bytes(ui, found)
  if found.sha256 then
    ui:print(ui:paint("key", "sha256  "), found.sha256, " of the ", found.record and "document" or "record")
  end
  if found.source then ui:print(ui:paint("key", "source  "), terminal.clean(found.source)) end
end

-- Bytes of a source need not be text, and JSON is.
local function as_json(found)
  if found.source and not utf8.len(found.source) then found.source = nil end
  return core.encode(found)
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function cite.run(given, ui)
  local path = table.remove(given.words, 1)
  local source = flow.source({ path }, given, ui)
  local file = source.parts[1].file
  if not file then failure.raise(("%s is no sheaf"):format(path), "sheaf pack makes one") end
  for i, word in ipairs(given.words) do
    local id, from, to = span_of(word)
    local a, reason = source:get(id)
    if not a then failure.raise(reason, ("sheaf ls %s lists the articles"):format(path)) end
    local found = cite.find(file, a, from, to, word)
    if i > 1 and not given.json then ui:print("") end
    if given.json then ui:print(as_json(found)) else tell(ui, found) end
  end
  ui:flush()
  return 0
end

return cite
