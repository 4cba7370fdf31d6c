-- proper.lua - what strangers give, made fit for XML and for those who check books: text, tags of languages,
-- addresses, dates.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local markup = require "sheaf.markup"

local proper = {}

--- Text that XML may hold: no broken UTF-8, no control characters.
---@param text string?
---@return string?
function proper.text(text)
  if text == nil then return nil end
  text = tostring(text)
  if not utf8.len(text) then text = text:gsub("[\x80-\xFF]", "?") end
  return (text:gsub("[%z\1-\8\11\12\14-\31\127]", ""):gsub("\xEF\xBF[\xBE\xBF]",
    ""):gsub("\xC2[\x80-\x9F]", ""))
end

-- Is there more than blanks, wide ones and those without width among them?
local function is_visible(text)
  text = text:gsub("\xC2\xA0", ""):gsub("\xE3\x80\x80", ""):gsub("\xE2\x80[\x80-\x8F\xA8-\xAF]", "")
  return text:gsub("\xE2\x81[\xA0-\xAF]", ""):gsub("\xEF\xBB\xBF", ""):find("%S") ~= nil
end

--- One line of text, or nil when nothing is to be read in it.
---@param text string?
---@return string?
function proper.line(text)
  text = text and proper.text(text):gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
  return text and is_visible(text) and text or nil
end

--- The tag of a language when it is a good one, else nil.
proper.tag = curated.language

--- Attributes of language and direction.
---@param language string?
---@return string
function proper.spoken(language)
  return markup.spoken(proper.tag(language), true)
end

local function is_numbers(name)
  local found = table.pack(name:match("^(%d+)%.(%d+)%.(%d+)%.(%d+)$"))
  for i = 1, found.n do
    if not found[i] or #found[i] > 3 or tonumber(found[i]) > 255 then return false end
  end
  return true
end

-- A host that all checkers take: letters, digits, single dots and hyphens; a port of numbers.
local function is_host(host)
  local name, port = host:match("^([^:]+)(.*)$")
  if not name or not (port == "" or port:find("^:%d%d?%d?%d?%d?$")) then return false end
  if not name:find("^%w[%w.-]*$") or name:find("%.%.") or name:find("[-.]$") then return false end
  return name:match("[^.]*$"):find("%a") ~= nil or is_numbers(name)
end

--- An address of the web as RFC 3986 wants it, or nil.
---@param url string?
---@return string?
function proper.address(url)
  local whole = type(url) == "string" and address.uri(url:match("^%s*(.-)%s*$"))
  local host = whole and whole:match("^%a+://([^/?#]*)")
  return host and is_host(host) and whole or nil
end

--- A link to the web, or the text alone.
---@param text string
---@param url string?
---@return string
function proper.link(text, url)
  return markup.link(text, proper.address(url))
end

-- Headings have no anchors, so a link within the text leads nowhere.
local function checked_link(opening, inner)
  local url = opening:match("href=\"([^\"]*)\"") or ""
  if url:find("^mailto:[%w.+_-]+@[%w.-]+$") then return ("<a href=\"%s\">%s</a>"):format(url, inner) end
  local good = proper.address((url:gsub("&amp;", "&"):gsub("&#x27;", "%%27")))
  return good and ("<a href=\"%s\">%s</a>"):format(markup.escape(good), inner) or inner
end

--- Markdown of the curator as XHTML.
---@param text string?
---@param deeper integer
---@return string
function proper.markdown(text, deeper)
  if not text or text == "" then return "" end
  local html = sheaf.markdown(proper.text(text), deeper):gsub("<a( [^>]*)>(.-)</a>", checked_link)
  return (html:gsub("<code class=\"[^\"]*\">", "<code>"))
end

local moment = "^%d%d%d%d%-?%d?%d?%-?%d?%d?$"

--- The date as the element time wants it, or nil.
---@param edtf string?
---@return string?
function proper.machine_date(edtf)
  if not edtf or edtf:find("^0000") or not sheaf.date_range(edtf) then return nil end
  local day, clock = edtf:match("^([%d-]+)T(.+)$")
  if not day then return edtf:find(moment) and edtf or nil end
  if not day:find("^%d%d%d%d%-%d%d%-%d%d$") then return nil end
  local zone = clock:match("^%d%d:%d%d:?%d?%d?(.*)$")
  return zone and (zone == "" or zone == "Z" or zone:find("^[+-]%d%d:%d%d$")) and edtf or day
end

return proper
