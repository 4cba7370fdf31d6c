--- kwic.lua: lines of a concordance, as they are shown.
--
-- What was found stands in one column, what is before it to the left and what is
-- behind it to the right, cut by the columns that characters take. Text that runs
-- from right to left is put in isolation marks, so that a terminal which reorders
-- it leaves the columns alone.

local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local kwic = {}

local ISOLATE, POP = "\u{2068}", "\u{2069}"

--- Does a text have Hebrew, Arabic or related letters?
---@param text string
---@return boolean
function kwic.is_rtl(text)
  return text:find("[\xd6-\xdf]") ~= nil or text:find("\xef[\xac-\xbb]") ~= nil
end

--- The longest end of a text that fits so many columns, in whole characters.
---@param text string
---@param columns integer
---@return string
function kwic.tail(text, columns)
  if columns <= 0 then return "" end
  if not text:find("[\x80-\xff]") then return text:sub(-columns) end
  local over = width.of(text) - columns
  if over <= 0 or not utf8.len(text) then return text end
  for position, code in utf8.codes(text) do
    local own = width.of_code(code)
    if over <= 0 and own > 0 then return text:sub(position) end
    over = over - own
  end
  return ""
end

--- The longest beginning that fits.
---@param text string
---@param columns integer
---@return string
function kwic.head(text, columns)
  if columns <= 0 then return "" end
  if not text:find("[\x80-\xff]") then return text:sub(1, columns) end
  return utf8.len(text) and width.beginning(text, columns) or text
end

local function isolated(text)
  return kwic.is_rtl(text) and ISOLATE .. text .. POP or text
end

--- One line in so many columns: what is before the node ends at column `middle`.
---@param line table
---@param columns integer
---@param middle integer
---@param paint fun(node: string): string
---@return string
function kwic.aligned(line, columns, middle, paint)
  local left = kwic.tail(terminal.clean(line.left), middle)
  local node = kwic.head(terminal.clean(line.node), columns - middle)
  local right = kwic.head(terminal.clean(line.right), columns - middle - width.of(node))
  right = right:gsub("%s+$", "")
  return width.pad(isolated(left), middle, "right") .. paint(isolated(node)) .. isolated(right)
end

-- How wide what was found is, mostly: nine in ten lines are no wider.
local function usual_width(lines)
  local widths = {}
  for i = 1, math.min(#lines, 1000) do
    widths[i] = width.of(lines[i].node)
  end
  table.sort(widths)
  return widths[math.max(1, #widths * 9 // 10)] or 0
end

--- The column at which nodes begin, so that there is as much on either side.
---@param lines table[]
---@param columns integer
---@return integer
function kwic.middle(lines, columns)
  return math.max(0, (columns - usual_width(lines)) // 2)
end

-- What an order is called, and its steps.
local NAMED = {
  left = { "L1", "L2", "L3" }, right = { "R1", "R2", "R3" }, position = {},
  node = { "node" }, date = { "date" }, site = { "site" }, language = { "language" },
}

kwic.orders = { "left", "right", "position", "node", "date", "site", "language", "L1", "R1" }

local function steps_of(name)
  if NAMED[name] then return NAMED[name] end
  local plain = name:match("^%-(.+)$") or name
  if plain:find("^[LR][1-5]$") then return { name } end
  if plain ~= name and NAMED[plain] and #NAMED[plain] == 1 then return { name } end
end

--- "L1,R1", "right", "-date": the steps of an order; or nil and the name that is none.
---@param text string
---@return string[]?
---@return string? unknown
function kwic.order(text)
  local steps = {}
  for name in text:gmatch("[^,%s]+") do
    local more = steps_of(name)
    if not more then return nil, name end
    table.move(more, 1, #more, #steps + 1, steps)
  end
  return steps
end

return kwic
