-- dump_check.lua - holds an article against what spec/dump_expect.lua says of it.
--
-- Every check adds one sentence to a list of faults, so that a failing spec tells all that is wrong with
-- an article at once, in the words of an editor: "published: want nothing, got 2022-02-11".

local check = {}

local function flat(text)
  return (text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

local function quoted(value)
  if value == nil or value == false then return "nothing" end
  local text = tostring(value)
  return "\"" .. (#text > 160 and text:sub(1, 80) .. " ... " .. text:sub(-70) or text) .. "\""
end

local function clip(text, count, from_end)
  local cut = from_end and text:sub(-count) or text:sub(1, count)
  return quoted(flat(cut))
end

local function without(text, pieces)
  for _, piece in ipairs(pieces or {}) do
    if text:find(piece, 1, true) then return false end
  end
  return true
end

-- One text field against a string, {starts=, lacks=}, or false.
local function same(value, want)
  if want == false then return value == nil or value == "" end
  if type(want) ~= "table" then return value == want end
  return value ~= nil and value:sub(1, #want.starts) == want.starts and without(value, want.lacks)
end

local function check_value(faults, name, value, want)
  if want == nil or same(value, want) then return end
  faults[#faults + 1] = name .. ": want " .. quoted(type(want) == "table" and want.starts or want)
    .. ", got " .. quoted(value)
end

local fields = {
  "headline", "alternative_headline", "description", "url", "published", "modified", "publisher", "provider",
  "via", "language", "section", "byline",
}

local function check_fields(faults, article, want)
  for _, name in ipairs(fields) do check_value(faults, name, article[name], want[name]) end
end

local function check_dateline(faults, dateline, want)
  if want == nil then return end
  if not want then
    if dateline then faults[#faults + 1] = "dateline: want none, got " .. quoted(dateline.raw) end
    return
  end
  if not dateline then faults[#faults + 1] = "dateline: want one, got none" return end
  for _, part in ipairs { "raw", "place", "date", "agency" } do
    check_value(faults, "dateline." .. part, dateline[part], want[part])
  end
end

-- A list of records against a list of records or of plain values, which stand for the field `plain`.
local function check_list(faults, name, list, want, plain)
  if want == nil then return end
  list = list or {}
  if #list ~= #want then
    faults[#faults + 1] = ("%s: want %d, got %d"):format(name, #want, #list)
    return
  end
  for index, item in ipairs(want) do
    if type(item) ~= "table" then item = { [plain or 1] = item } end
    local got = type(list[index]) == "table" and list[index] or { list[index] }
    for key, value in pairs(item) do
      check_value(faults, ("%s %d %s"):format(name, index, key), got[key], value)
    end
  end
end

local function blocks_of(article)
  local headings, paragraphs = {}, 0
  for text, kind in article:paragraphs() do
    if kind == "h" then
      headings[#headings + 1] = flat(text)
    elseif kind ~= "dateline" then
      paragraphs = paragraphs + 1
    end
  end
  return headings, paragraphs
end

local function check_blocks(faults, article, want)
  local headings, paragraphs = blocks_of(article)
  check_list(faults, "heading", headings, want.headings)
  if want.paragraphs and paragraphs ~= want.paragraphs then
    faults[#faults + 1] = ("paragraphs: want %d, got %d"):format(want.paragraphs, paragraphs)
  end
end

local function check_ends(faults, text, want)
  local all = flat(text)
  if want.first and all:sub(1, #want.first) ~= want.first then
    faults[#faults + 1] = "text begins with " .. clip(all, 60) .. ", not with " .. quoted(want.first)
  end
  if want.last and all:sub(-#want.last) ~= want.last then
    faults[#faults + 1] = "text ends with " .. clip(all, 60, true) .. ", not with " .. quoted(want.last)
  end
end

local function check_order(faults, text, want)
  local at = 1
  for _, piece in ipairs(want.order or {}) do
    local from, to = text:find(piece, at, true)
    if not from then
      faults[#faults + 1] = "text lacks, or has in the wrong place, " .. quoted(piece)
      return
    end
    at = to + 1
  end
end

local function check_strings(faults, article, want)
  for _, piece in ipairs(want.contains or {}) do
    if not article.text:find(piece, 1, true) then faults[#faults + 1] = "text lacks " .. quoted(piece) end
  end
  for _, piece in ipairs(want.lacks or {}) do
    if article.text:find(piece, 1, true) then faults[#faults + 1] = "text holds " .. quoted(piece) end
  end
end

-- What is true of every text: paragraphs parted by one blank line, nothing at the edges, valid UTF-8.
local function check_text(faults, text)
  if not utf8.len(text) then faults[#faults + 1] = "text is not valid UTF-8" end
  if text:find("\n\n\n", 1, true) then faults[#faults + 1] = "text has two blank lines in a row" end
  if text:find("[ \t]\n") or text:find("\n[ \t]") then faults[#faults + 1] = "a line has a blank edge" end
  if text:find("^%s") or text:find("%s$") then faults[#faults + 1] = "text has a blank edge" end
end

local function check_provenance(faults, provenance, path, size)
  if not provenance then faults[#faults + 1] = "provenance is missing" return end
  local name = path:match("[^/]+$")
  if not (provenance.file or ""):find(name, 1, true) then
    faults[#faults + 1] = "provenance.file is " .. quoted(provenance.file)
  end
  local from, to = provenance.from or -1, provenance.to or -1
  if from < 0 or from >= to or to > size then
    faults[#faults + 1] = ("provenance: bytes %d to %d of %d"):format(from, to, size)
  end
  if not (provenance.sha256 or ""):find("^%x+$") or #provenance.sha256 ~= 64 then
    faults[#faults + 1] = "provenance.sha256 is " .. quoted(provenance.sha256)
  end
end

-- Every field that was won says by which rule.
local function check_why(faults, article)
  for _, name in ipairs { "headline", "published", "publisher", "provider", "description" } do
    local why = article.why[name]
    if article[name] and (type(why) ~= "string" or why == "") then
      faults[#faults + 1] = "why does not tell how " .. name .. " was found"
    end
  end
end

-- The faults of one article, as a list of sentences; empty when all is well. source = {path=, size=,
-- why=}; why: the article must tell by which rule each field was won.
function check.article(article, want, source)
  local faults = {}
  if not article.text then return { "there is no text" } end
  check_fields(faults, article, want)
  check_dateline(faults, article.dateline, want.dateline)
  check_list(faults, "author", article.authors, want.authors, "name")
  check_list(faults, "image", article.images, want.images, "url")
  check_list(faults, "link", article.links, want.links, "url")
  check_list(faults, "keyword", article.keywords, want.keywords)
  check_blocks(faults, article, want)
  check_ends(faults, article.text, want)
  check_order(faults, article.text, want)
  check_strings(faults, article, want)
  check_text(faults, article.text)
  check_provenance(faults, article.provenance, source.path, source.size)
  if source.why then check_why(faults, article) end
  return faults
end

-- Reads one file; gives its articles, kept, and what was refused: {place=, status=, reason=}.
function check.read(sheaf, path)
  local articles, refused = {}, {}
  local options = {
    reject = function(place, status, reason)
      refused[#refused + 1] = { place = place, status = status, reason = reason }
    end,
  }
  for article in sheaf.read({ path }, options) do articles[#articles + 1] = article:copy() end
  return articles, refused
end

-- All bytes of a file, or nil.
function check.bytes(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local bytes = file:read("a")
  file:close()
  return bytes
end

return check
