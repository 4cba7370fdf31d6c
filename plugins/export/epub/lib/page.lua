-- page.lua - the frame of every page of the book, and text that has blanks at its ends.

local markup = require "sheaf.markup"
local proper = require "proper"

local page = {}

local escape = markup.escape

-- Readers of EPUB like characters by number better than by name.
local numbers = { ["&amp;"] = "&#38;", ["&lt;"] = "&#60;", ["&gt;"] = "&#62;", ["&quot;"] = "&#34;" }

local frame = [[
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"%s>
<head>
<meta charset="UTF-8"/>
<title>%s</title>
%s<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body%s>
%s
</body>
</html>
]]

---@class epub.Page
---@field title string
---@field language string?
---@field head string? more elements of the head
---@field kind string? the epub:type of the body
---@field class string? class of the body

--- A page of XHTML.
---@param about epub.Page
---@param body string
---@return string
function page.of(about, body)
  local attributes = (about.kind and (" epub:type=\"%s\""):format(about.kind) or "")
    .. (about.class and (" class=\"%s\""):format(about.class) or "")
  local whole = frame:format(proper.spoken(about.language), escape(about.title), about.head or "",
    attributes, body)
  return (whole:gsub("&%a+;", numbers))
end

--- An element with escaped text, or nothing when there is no text.
---@param element string with its attributes: `p class="lead"`
---@param text string?
---@return string
function page.element(element, text)
  if not text then return "" end
  return ("<%s>%s</%s>\n"):format(element, markup.lines(text), element:match("^%w+"))
end

--- A link within the book, to a text in a language of its own.
---@param file string
---@param text string
---@param language string?
---@return string
function page.to(file, text, language)
  return ("<a href=\"%s\"%s>%s</a>"):format(escape(file), proper.spoken(language), markup.lines(text))
end

return page
