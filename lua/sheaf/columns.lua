--- columns.lua: rows in aligned columns on a terminal, tab-separated in a pipe.
--
-- On a terminal the first rows are held back to learn how wide the columns
-- must be; from then on rows are written as they come, so that a listing of
-- any length starts at once and takes no memory. The last column gets what is
-- left of the line. In a pipe nothing is cut and nothing is added.

local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local columns = {}

local HELD = 200
local GAP = "  "

---@class sheaf.Columns
local Columns = {}
Columns.__index = Columns

---@class sheaf.Column
---@field title string
---@field most integer? columns it may take on a terminal
---@field side "left"|"right"?
---@field style string?
---@field short (fun(text: string): string)? how it is shown on a terminal

--- Rows that go to the terminal's standard output.
---@param ui sheaf.Terminal
---@param specs sheaf.Column[]
---@return sheaf.Columns
function columns.new(ui, specs)
  return setmetatable({ ui = ui, specs = specs, held = {}, aligned = ui.is_terminal }, Columns)
end

local function cells_of(self, values)
  local cells = {}
  for i, spec in ipairs(self.specs) do
    local text = terminal.clean(tostring(values[i] or ""))
    cells[i] = self.aligned and spec.short and spec.short(text) or text
  end
  return cells
end

local function learn_widths(self)
  local left = self.ui.columns
  self.widths = {}
  for i, spec in ipairs(self.specs) do
    local widest = width.of(spec.title)
    for _, cells in ipairs(self.held) do
      widest = math.max(widest, width.of(cells[i]))
    end
    local room = i == #self.specs and math.max(left, 10) or spec.most or widest
    self.widths[i] = math.min(widest, room)
    left = left - self.widths[i] - #GAP
  end
end

local function write_aligned(self, cells, style)
  local line = {}
  for i, spec in ipairs(self.specs) do
    local text = width.cut(cells[i], self.widths[i])
    if i < #self.specs or spec.side == "right" then text = width.pad(text, self.widths[i], spec.side) end
    local paint = style or spec.style
    line[i] = paint and self.ui:paint(paint, text) or text
  end
  self.ui:print((table.concat(line, GAP):gsub(" +$", "")))
end

local function release(self)
  if #self.held == 0 then return end
  learn_widths(self)
  local titles = {}
  for i, spec in ipairs(self.specs) do
    titles[i] = spec.title
  end
  write_aligned(self, titles, "dim")
  for _, cells in ipairs(self.held) do
    write_aligned(self, cells)
  end
  self.held = {}
end

--- Adds one row; missing values are false or nil.
---@param values any[]
function Columns:add(values)
  local cells = cells_of(self, values)
  if not self.aligned then
    self.ui:print(table.concat(cells, "\t"))
  elseif self.widths then
    write_aligned(self, cells)
  else
    self.held[#self.held + 1] = cells
    if #self.held >= HELD then release(self) end
  end
end

--- Writes what is still held back.
function Columns:finish()
  if self.aligned and not self.widths then release(self) end
end

return columns
