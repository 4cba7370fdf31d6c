--- side_by_side.lua: two texts next to one another, with what differs marked.
--
-- Words that only the left one has are marked -, those of the right one +; in
-- colour when there is colour, and between [- -] and {+ +} when there is none. On
-- a narrow terminal the two stand below one another.

local core = require "sheaf.core"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local side_by_side = {}

local NARROW, GAP = 60, 3
local STYLES = { ["-"] = "red", ["+"] = "green" }
local MARKS = { ["-"] = { "[-", "-]" }, ["+"] = { "{+", "+}" } }

--- Runs of words: { kind, text }, kind "=", "-" or "+".
---@param left string
---@param right string
---@return string[][]
function side_by_side.pieces(left, right)
  local pieces = core.diff_words(left, right)
  if pieces then return pieces end
  local all = {}
  if left ~= "" then all[#all + 1] = { "-", left } end
  if right ~= "" then all[#all + 1] = { "+", right } end
  return all
end

-- The words of one side: { text, kind }. Marks are put where there is no colour.
local function words_of(ui, pieces, side)
  local words = {}
  for _, piece in ipairs(pieces) do
    if piece[1] == "=" or piece[1] == side then
      local first = #words + 1
      for word in terminal.clean(piece[2]):gmatch("%S+") do
        words[#words + 1] = { word, piece[1] }
      end
      local marks = not ui.colour[1] and MARKS[piece[1]]
      if marks and words[first] then
        words[first][1] = marks[1] .. words[first][1]
        words[#words][1] = words[#words][1] .. marks[2]
      end
    end
  end
  return words
end

-- Runs of one style as one text, with the blanks between its words in the same style.
local function painted(ui, runs)
  local parts = {}
  for i, run in ipairs(runs) do
    local text = table.concat(run, " ")
    parts[i] = run.style and ui:paint(run.style, text) or text
  end
  return table.concat(parts, " ")
end

-- Lines of at most `room` columns: { painted text, columns }.
local function lines_of(ui, words, room, style)
  local lines, runs, taken = {}, {}, 0
  local function finish()
    lines[#lines + 1] = { painted(ui, runs), taken }
    runs, taken = {}, 0
  end
  local function add(part, paint)
    local columns, last = width.of(part), runs[#runs]
    if taken > 0 and taken + 1 + columns > room then
      finish()
      last = nil
    end
    taken = taken + columns + (taken > 0 and 1 or 0)
    if not last or last.style ~= paint then
      last = { style = paint }
      runs[#runs + 1] = last
    end
    last[#last + 1] = part
  end
  for _, word in ipairs(words) do
    for _, part in ipairs(width.of(word[1]) > room and width.wrap(word[1], room) or { word[1] }) do
      add(part, STYLES[word[2]] or style)
    end
  end
  if taken > 0 then finish() end
  return lines
end

local function put_columns(ui, left, right, room, bar)
  for i = 1, math.max(#left, #right) do
    local a, b = left[i] or { "", 0 }, right[i] or { "", 0 }
    ui:print("  ", a[1], (" "):rep(room - a[2]), " ", ui:paint("dim", bar),
      b[2] > 0 and " " or "", b[1])
  end
end

local function put_stacked(ui, left, right)
  for _, line in ipairs(left) do
    ui:print(ui:paint("red", "<"), " ", line[1])
  end
  for _, line in ipairs(right) do
    ui:print(ui:paint("green", ">"), " ", line[1])
  end
end

--- Prints two texts, one of which may be nil.
---@param ui sheaf.Terminal
---@param left string?
---@param right string?
---@param plain boolean? their words are the same: nothing is marked
function side_by_side.put(ui, left, right, plain)
  local pieces = left and right and not plain and side_by_side.pieces(left, right)
  local narrow = ui.columns < NARROW
  local room = narrow and ui.columns - 2 or (ui.columns - 2 - GAP) // 2
  local function side(text, kind)
    return text and lines_of(ui, words_of(ui, pieces or { { "=", text } }, kind), room, plain and "dim") or {}
  end
  local a, b = side(left, "-"), side(right, "+")
  if narrow then return put_stacked(ui, a, b) end
  put_columns(ui, a, b, room, "│")
end

--- Prints both in one: what is gone and what was added stand in their places.
---@param ui sheaf.Terminal
---@param pieces string[][]
---@param indent string
function side_by_side.put_merged(ui, pieces, indent)
  local words = {}
  for _, piece in ipairs(pieces) do
    local own = words_of(ui, { piece }, piece[1])
    table.move(own, 1, #own, #words + 1, words)
  end
  for _, line in ipairs(lines_of(ui, words, math.min(ui.columns - #indent, 76))) do
    ui:print(indent, line[1])
  end
end

--- Prints two headings above the columns.
---@param ui sheaf.Terminal
---@param left string
---@param right string
function side_by_side.head(ui, left, right)
  local room = ui.columns < NARROW and ui.columns - 2 or (ui.columns - 2 - GAP) // 2
  local function line(text)
    local cut = width.cut(terminal.clean(text), room)
    return { { ui:paint("bold", cut), width.of(cut) } }
  end
  if ui.columns < NARROW then return put_stacked(ui, line(left), line(right)) end
  put_columns(ui, line(left), line(right), room, "│")
end

return side_by_side
