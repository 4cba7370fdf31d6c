-- style.lua - of a style sheet, what a book needs: rules for classes that occur in none of its pages are left
-- out, and so are comments.

local style = {}

--- Notes the classes of a page.
---@param used table<string, boolean>
---@param xhtml string
function style.note(used, xhtml)
  local at = 1
  while true do
    local _, last = xhtml:find(" class=\"", at, true)
    if not last then return end
    used[xhtml:match("^[%w-]*", last + 1)], at = true, last
  end
end

local function is_needed(selector, used)
  for class in selector:gmatch("%.([%a][%w-]*)") do
    if not used[class] then return false end
  end
  return true
end

-- The selectors of a rule that can hit something, or nil.
local function needed(selectors, used)
  local kept = {}
  for selector in selectors:gmatch("[^,]+") do
    selector = selector:match("^%s*(.-)%s*$")
    if is_needed(selector, used) then kept[#kept + 1] = selector end
  end
  return #kept > 0 and table.concat(kept, ", ") or nil
end

--- The rules of a style sheet that a book with these classes needs.
---@param css string
---@param used table<string, boolean>
---@return string
function style.of(css, used)
  local out = {}
  for selectors, rule in css:gsub("/%*.-%*/", ""):gmatch("([^{}]+)(%b{})") do
    local kept = selectors:find("@", 1, true) and selectors:match("^%s*(.-)%s*$") or needed(selectors, used)
    if kept then out[#out + 1] = kept .. " " .. rule .. "\n" end
  end
  return table.concat(out)
end

return style
