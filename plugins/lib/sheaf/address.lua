-- address.lua - URIs for formats that are particular about them.

local address = {}

local function percent(char)
  return ("%%%02X"):format(char:byte())
end

--- A URL of the web with all that a URI may not hold percent-encoded; nil for anything else.
---@param url string?
---@return string?
function address.uri(url)
  local head, rest = (url or ""):match("^([Hh][Tt][Tt][Pp][Ss]?://[%w._~%-:@%%]+)(.*)$")
  if not head or rest ~= "" and not rest:find("^[/?#]") then return nil end
  rest = rest:gsub("[^%w%-._~:/?#@!$&'()*+,;=%%]", percent)
  local whole = (head .. rest):gsub("%%(%x?%x?)", function(digits)
    return #digits < 2 and "%25" .. digits or nil
  end)
  local path, fragment = whole:match("^([^#]*)#(.*)$")
  return path and path .. "#" .. fragment:gsub("#", "%%23") or whole
end

--- A name for what has no address: urn:uuid, of version 8, made from a text and nothing else.
---@param text string
---@return string
function address.urn(text)
  local digits = sheaf.hash(text) .. sheaf.hash("urn " .. text)
  return ("urn:uuid:%s-%s-8%s-8%s-%s"):format(digits:sub(1, 8), digits:sub(9, 12), digits:sub(14, 16),
    digits:sub(18, 20), digits:sub(21, 32))
end

--- The address of an article: its URL, or a name made from its id.
---@param article table
---@return string
function address.of(article)
  return address.uri(article.url) or address.urn(article.id or "")
end

return address
