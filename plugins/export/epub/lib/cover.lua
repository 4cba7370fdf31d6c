-- cover.lua - the cover: the picture that was given, or one set from the title.
--
-- The set cover is a sheaf: a line for each of the first articles, as long as the article, tied by a band of
-- colour that bears the title.

local lettering = require "sheaf.lettering"
local markup = require "sheaf.markup"
local page = require "page"

local cover = {}

local escape = markup.escape
local WIDTH, HEIGHT, MARGIN = 1200, 1600, 110
local ROOM = WIDTH - 2 * MARGIN

local signs = {
  { "^\xFF\xD8\xFF", "image/jpeg", "cover.jpg" },
  { "^\x89PNG\r\n\x1A\n", "image/png", "cover.png" },
  { "^GIF8[79]a", "image/gif", "cover.gif" },
}

-- What a drawing may not hold: what runs, what is loaded, what is not drawn.
local unwanted = { "<%s*script", "<%s*foreignobject", "<!doctype", "<!entity", "%son%a+%s*=", "@import",
  "href%s*=%s*[\"']%s*[^#d\"'%s]", "url%(%s*[\"']?%s*[^#\"'%s]" }

local function is_drawing(bytes)
  local small = bytes:lower()
  if not small:find("^[%s\xEF\xBB\xBF]*<[?!s]") or not small:find("<svg[%s>]") or not utf8.len(bytes) then
    return false
  end
  for _, pattern in ipairs(unwanted) do
    if small:find(pattern) then return false end
  end
  return true
end

local function given_picture(bytes)
  for _, sign in ipairs(signs) do
    if bytes:find(sign[1]) then return { name = sign[3], media = sign[2], bytes = bytes } end
  end
  if is_drawing(bytes) then return { name = "cover.svg", media = "image/svg+xml", bytes = bytes } end
  error("the cover of an EPUB is a JPEG, PNG or GIF, or an SVG without scripts, links and doctype", 0)
end

-- ---- a cover that is set --------------------------------------------------------------------------------

local PAPER, INK, BAND, LINE = "#f6f1e4", "#1f2a33", "#1d3f5e", "#8a7a55"

local function text_line(x, y, size, text, right, colour, weight)
  local form = "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\"%s%s>%s</text>\n"
  return form:format(right and WIDTH - x or x, y, size, colour, weight and " font-weight=\"bold\"" or "",
    right and " direction=\"rtl\"" or "", escape(text))
end

-- The size at which the title has at most five lines, and the lines.
local function title_lines(title)
  for _, size in ipairs { 124, 104, 88, 74 } do
    local lines = lettering.wrap(title, ROOM, size * 1.1, 6)
    if #lines <= 5 or size == 74 then return lines, size end
  end
end

-- Lines of the sheaf between two heights: the longest article is as long as the page is wide.
local function stalks(out, lengths, from, to, right)
  local most, count = 1, #lengths
  for _, length in ipairs(lengths) do most = math.max(most, length) end
  local step = math.min(26, (to - from) / math.max(count, 1))
  for i, length in ipairs(lengths) do
    local width = math.max(12, ROOM * (length / most) ^ 0.5)
    out[#out + 1] = ("<rect x=\"%.0f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n"):format(
      right and WIDTH - MARGIN - width or MARGIN, from + (i - 1) * step, width, math.max(step * 0.28, 2),
        LINE)
  end
end

local function set_band(out, head, right)
  local lines, size = title_lines(lettering.plain(head.title))
  local under = head.subtitle and lettering.wrap(lettering.plain(head.subtitle), ROOM, 46, 3) or {}
  local height = 110 + #lines * size * 1.14 + (#under > 0 and 20 + #under * 60 or 0)
  out[#out + 1] = ("<rect x=\"0\" y=\"200\" width=\"%d\" height=\"%.0f\" fill=\"%s\"/>\n"):format(WIDTH,
    height,
    BAND)
  local y = 200 + 40 + size
  for _, line in ipairs(lines) do
    out[#out + 1] = text_line(MARGIN, math.floor(y), size, line, right, "#ffffff", true)
    y = y + size * 1.14
  end
  y = y - size * 1.14 + 100
  for _, line in ipairs(under) do
    out[#out + 1] = text_line(MARGIN, math.floor(y), 46, line, right, "#e4dcc4")
    y = y + 60
  end
  return 200 + height
end

local function set_picture(head, lengths)
  local right = markup.direction(head.language) == "rtl"
  local out = { ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
    .. "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" font-family=\"Georgia, 'Noto Serif', serif\">\n"
    .. "<title>%s</title>\n<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"):format(WIDTH, HEIGHT, WIDTH,
    HEIGHT, escape(head.title), WIDTH, HEIGHT, PAPER) }
  local below = set_band(out, head, right)
  stalks(out, lengths, below + 70, HEIGHT - 190, right)
  local curator = head.curator and lettering.cut(lettering.plain(head.curator), ROOM, 50)
  if curator then out[#out + 1] = text_line(MARGIN, HEIGHT - 90, 50, curator, right, INK) end
  out[#out + 1] = "</svg>\n"
  return { name = "cover.svg", media = "image/svg+xml", bytes = table.concat(out) }
end

--- The picture of the cover, and its page.
---@param head table title, subtitle, curator, language
---@param bytes string? a picture
---@param lengths integer[] words of the first articles
---@param book table language, words
---@return {name: string, media: string, bytes: string}
---@return string xhtml
function cover.of(head, bytes, lengths, book)
  local picture = bytes and bytes ~= "" and given_picture(bytes) or set_picture(head, lengths)
  local body = ("<div epub:type=\"cover\"><img src=\"%s\" alt=\"%s\" role=\"doc-cover\"/></div>"):format(
    picture.name, escape(book.words.cover .. ": " .. head.title))
  return picture, page.of({ title = book.words.cover, language = book.language, class = "cover" }, body)
end

return cover
