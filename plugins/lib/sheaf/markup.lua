-- markup.lua - XHTML for the exporters of books, sites and pages.
--
-- What it gives is good as HTML and as XML: tags closed, text escaped, no character that XML forbids. What
-- comes from an article is text of strangers and is never markup.

local markup = {}

-- What stands for a character; nothing, for those that XML forbids.
local names = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ["\""] = "&quot;", ["'"] = "&#39;" }
for byte = 0, 31 do names[string.char(byte)] = "" end
names["\127"] = ""

--- Text for a page or between the quotes of an attribute.
---@param text string
---@return string
function markup.escape(text)
  text = text:gsub("[\0-\8\11\12\14-\31\127&<>\"']", names)
  if not text:find("\xEF\xBF", 1, true) then return text end
  return (text:gsub("\xEF\xBF[\xBE\xBF]", ""))
end

local escape = markup.escape

-- Signs that turn the direction of text reach no further than the text they stand in.
local function isolate(text)
  if not text:find("\xE2\x80[\xAA-\xAE]") and not text:find("\xE2\x81[\xA6-\xA9]") then return text end
  return "<bdi>" .. text .. "</bdi>"
end

--- Text with its line breaks.
---@param text string
---@return string
function markup.lines(text)
  text = escape(text)
  if text:find("\r", 1, true) then text = text:gsub("\r\n", "\n") end
  if text:find("\n", 1, true) then text = text:gsub("\n", "<br/>\n") end
  return isolate(text)
end

--- A link, when the address is one of the web; else the text.
---@param text string
---@param url string?
---@return string
function markup.link(text, url)
  if not url or not url:find("^https?://[^%s]+$") then return isolate(escape(text)) end
  return ("<a href=\"%s\" rel=\"noreferrer\">%s</a>"):format(escape(url), isolate(escape(text)))
end

local from_right = {}
for tag in ("ar he iw fa ur ps ug yi sd ckb dv ks"):gmatch("%S+") do from_right[tag] = true end

--- "rtl", "ltr", or "auto" when the language is not known.
---@param language string?
---@return string
function markup.direction(language)
  if not language or language == "und" then return "auto" end
  return from_right[language:lower():match("^%a+")] and "rtl" or "ltr"
end

--- Attributes of language and direction, with a blank in front; for XML with xml:lang.
---@param language string?
---@param xml boolean?
---@return string
function markup.spoken(language, xml)
  local direction = markup.direction(language)
  if direction == "auto" then return " dir=\"auto\"" end
  local tag = escape(language)
  return (" lang=\"%s\"%s dir=\"%s\""):format(tag, xml and (" xml:lang=\"%s\""):format(tag) or "", direction)
end

--- Who wrote it, in words, or nil.
---@param article table
---@return string?
function markup.authors(article)
  if article.byline then return article.byline end
  local list = {}
  for i, author in ipairs(article.authors or {}) do list[i] = author.name end
  return #list > 0 and table.concat(list, ", ") or nil
end

local months = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December" }

--- A date as people write it, as precise as it is known: "10 February 2022". Other EDTF stays as it is.
---@param edtf string?
---@return string?
function markup.day(edtf)
  if not edtf then return nil end
  local year, rest = edtf:match("^(%d%d%d%d)(.*)$")
  if not year then return edtf end
  local month, day, tail = rest:match("^%-(%d%d)%-(%d%d)(.*)$")
  if month and months[tonumber(month)] and (tail == "" or tail:find("^T")) then
    return ("%d %s %s"):format(tonumber(day), months[tonumber(month)], year)
  end
  month = rest:match("^%-(%d%d)$")
  if month and months[tonumber(month)] then return months[tonumber(month)] .. " " .. year end
  return edtf
end

--- Letters and digits of a text for the name of a file or an anchor.
---@param text string
---@param fallback string
---@return string
function markup.slug(text, fallback)
  local plain = sheaf.fold(text):gsub("[^%w]+", "-"):gsub("^%-+", ""):gsub("%-+$", "")
  plain = plain:sub(1, 60):gsub("%-+$", "")
  return plain ~= "" and plain or fallback
end

-- ---- the body -------------------------------------------------------------------------------------------

local wrap = {
  p = function(text) return "<p>" .. text .. "</p>" end,
  dateline = function(text) return "<p class=\"dateline\">" .. text .. "</p>" end,
  quote = function(text) return "<blockquote><p>" .. text .. "</p></blockquote>" end,
  list = function(text) return "<ul>" .. text .. "</ul>" end,
  code = function(text) return "<pre><code>" .. text:gsub("<br/>\n", "\n") .. "</code></pre>" end,
  caption = function(text) return "<p class=\"caption\">" .. text .. "</p>" end,
}
wrap.table = wrap.code

-- Positions where something begins or ends within a block, in order.
local function cuts(block, marks)
  local at, list = {}, {}
  for _, mark in ipairs(marks) do
    for _, position in ipairs { mark.from, mark.to + 1 } do
      if position > block.from and position <= block.to then at[position] = true end
    end
  end
  for position in pairs(at) do list[#list + 1] = position end
  table.sort(list)
  return list
end

local function piece(text, from, to, marks)
  local before, open, close, after = {}, {}, {}, {}
  for _, mark in ipairs(marks) do
    if mark.from <= from and mark.to >= to then
      if mark.from == from and mark.before then before[#before + 1] = mark.before end
      open[#open + 1] = mark.open
      table.insert(close, 1, mark.close)
      if mark.to == to and mark.after then after[#after + 1] = mark.after end
    end
  end
  return table.concat(before) .. table.concat(open) .. markup.lines(text:sub(from, to)) .. table.concat(close)
    .. table.concat(after)
end

local function marked(text, block, marks)
  if #marks == 0 then return markup.lines(text:sub(block.from, block.to)) end
  local out, from = {}, block.from
  for _, position in ipairs(cuts(block, marks)) do
    out[#out + 1] = piece(text, from, position - 1, marks)
    from = position
  end
  out[#out + 1] = piece(text, from, block.to, marks)
  return table.concat(out)
end

local function touching(marks, block)
  local list = {}
  for _, mark in ipairs(marks) do
    if mark.from <= block.to and mark.to >= block.from then list[#list + 1] = mark end
  end
  return list
end

-- Where an item begins behind the bullet that its text may have.
local function behind_bullet(text, line)
  local _, last = text:find("^[-*] +", line.from)
  if not last then _, last = text:find("^\xE2\x80\xA2 *", line.from) end
  return last and last < line.to and last + 1 or line.from
end

-- A list has an item a line; what is marked begins and ends anew in each.
local function items(text, block, marks)
  local out, from = {}, block.from
  while from <= block.to do
    local stop = text:find("\n", from, true) or block.to + 1
    local line = { from = from, to = math.min(stop - 1, block.to) }
    line.from = behind_bullet(text, line)
    if line.to >= from then out[#out + 1] = "<li>" .. marked(text, line, touching(marks, line)) .. "</li>" end
    from = stop + 1
  end
  return table.concat(out, "\n")
end

---@class markup.Mark
---@field from integer first byte of the article's text, from 1
---@field to integer last byte
---@field open string markup in front
---@field close string markup behind
---@field before string? markup in front of its very beginning
---@field after string? markup behind its very end

--- The body of an article: a list of elements, one for each block.
---@param article table
---@param options {marks: markup.Mark[]?, level: integer?}? level: of headings
---@return string[]
function markup.body(article, options)
  options = options or {}
  local out, text, marks = {}, article.text or "", options.marks or {}
  local heading = ("<h%d>%%s</h%d>"):format(options.level or 3, options.level or 3)
  local blocks = article.blocks or {}
  if #blocks == 0 and text ~= "" then blocks = { { from = 1, to = #text, kind = "p" } } end
  for i, block in ipairs(blocks) do
    local inner = (block.kind == "list" and items or marked)(text, block, touching(marks, block))
    out[i] = block.kind == "h" and heading:gsub("%%s", function() return inner end)
      or (wrap[block.kind] or wrap.p)(inner)
  end
  return out
end

return markup
