-- chart.lua - charts in SVG for reports, sites and books: no scripts, nothing loaded.
--
--   columns   upright bars, stacked by series, over steps of time
--   lines     the same as lines
--   bars      lying bars, the largest first as given
--   network   who stands with whom: two columns of names and bands between them
--   matrix    how alike things are, two by two
--
-- Each gives an element of HTML with a picture in it that has a title and a description for those who
-- cannot see it; data() gives the same figures as a table. Colours are CSS variables (style() sets them
-- for light
-- and dark; --chart-1 to --chart-8 can be set by the page), with values for where there are none. Names are
-- cut to their room and told in full by their titles. What is drawn depends on what was given alone.

local lettering = require "sheaf.lettering"
local markup = require "sheaf.markup"

local chart = {}

local escape = markup.escape
local WIDTH, FONT, GAP = 720, 12, 8

-- Eight colours apart from one another in light and dark, for eyes that see red and green alike, too.
local LIGHT = { "#0071d8", "#b48a4a", "#124d2b", "#963300", "#4e97c7", "#5f3456", "#4d2283", "#7d7a74" }
local DARK = { "#a5c0ff", "#d8c04a", "#4cffc0", "#cd513d", "#9ff6fa", "#b14897", "#5b6cd6", "#98948b" }

--- How many series have a colour of their own; the last colour is for all others.
chart.named = #LIGHT - 1

--- The colour of a series, by its place.
---@param place integer
---@return string
function chart.colour(place)
  place = math.min(place, #LIGHT)
  return ("var(--chart-%d,%s)"):format(place, LIGHT[place])
end

local INK, SOFT = "var(--chart-ink,#1c1b19)", "var(--chart-soft,#66625b)"
local LINE, HEAT = "var(--chart-line,#d9d4ca)", "var(--chart-heat,#5aa2e6)"

-- Ink can be read on heat of any strength.
local function variables(colours, ink, soft, line, heat)
  local out = {}
  for i, colour in ipairs(colours) do out[i] = ("--chart-%d:%s"):format(i, colour) end
  return table.concat(out, ";") .. (";--chart-ink:%s;--chart-soft:%s;--chart-line:%s;--chart-heat:%s"):format(
    ink, soft, line, heat)
end

--- The rules that charts want in a page. A root element with data-theme is obeyed.
---@return string css
function chart.style()
  local dark = variables(DARK, "#e6e3dc", "#a09b91", "#3a3833", "#2b5ec2")
  return ":root{" .. variables(LIGHT, "#1c1b19", "#66625b", "#d9d4ca", "#5aa2e6") .. "}\n"
    .. "@media(prefers-color-scheme:dark){:root:not([data-theme=light]){" .. dark .. "}}\n"
    .. ":root[data-theme=dark]{" .. dark .. "}\n" .. [[
.chart{overflow-x:auto;margin:.6rem 0}
.chart svg{display:block;width:100%;min-width:34rem;max-width:60rem;height:auto}
.chart svg,.chart-data table{font-variant-numeric:tabular-nums}
.chart-key{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;list-style:none}
.chart-key,.chart-data{font-size:.85rem;margin:.5rem 0}
.chart-key svg{width:.8em;height:.8em;margin-inline-end:.4em}
.chart-data div{overflow-x:auto}
.chart-data table{border-collapse:collapse}
.chart-data th,.chart-data td{padding:.15rem .6rem;border-bottom:1px solid var(--chart-line);text-align:start}
.chart-data td.number{text-align:end}
]]
end

-- ---- figures and words ----------------------------------------------------------------------------------

--- A number for people: 12,345; 0.25.
---@param number number
---@return string
function chart.number(number)
  local whole = math.tointeger(number)
  if not whole then return (("%.2f"):format(number):gsub("0+$", "")) end
  local text = ("%d"):format(math.abs(whole)):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return whole < 0 and "-" .. text or text
end

local tell = chart.number

local function plain(text)
  return escape(lettering.plain(tostring(text)))
end

local function width_of(text)
  return lettering.width(lettering.plain(text), FONT)
end

---@class chart.Text
---@field x number
---@field y number
---@field text string
---@field anchor "start"|"middle"|"end"|nil
---@field colour string?
---@field most number? it is cut to so much room, and its title says all of it

-- A text; digits are as wide as one another where the font can do that.
local function put_text(parts, one)
  local whole = lettering.plain(one.text)
  local shown = one.most and lettering.cut(whole, one.most, FONT) or whole
  local title = shown ~= whole and "<title>" .. escape(whole) .. "</title>" or ""
  parts[#parts + 1] = ("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s%s</text>"):format(one.x,
    one.y, one.anchor or "start", one.colour or SOFT, title, escape(shown))
end

---@class chart.Box
---@field x number
---@field y number
---@field width number
---@field height number
---@field colour string
---@field title string
---@field opacity number?

local function put_box(parts, box)
  local form = "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"%s>"
    .. "<title>%s</title></rect>"
  parts[#parts + 1] = form:format(box.x, box.y, box.width, box.height, box.colour,
      box.opacity and (" fill-opacity=\"%.2f\""):format(box.opacity) or "", plain(box.title))
end

-- The picture, in a frame that scrolls where the page is narrower than letters can be read.
local function picture(parts, height, about)
  local title = plain(about.title)
  local description = about.description and ("<desc>%s</desc>"):format(plain(about.description)) or ""
  return ("<div class=\"chart\" role=\"group\" aria-label=\"%s\" tabindex=\"0\">\n<svg "
    .. "xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" direction=\"ltr\" "
    .. "font-family=\"system-ui,sans-serif\" font-size=\"%d\">\n<title>%s</title>%s\n%s\n</svg>\n"
    .. "</div>\n"):format(title, WIDTH, math.ceil(height), FONT, title, description,
    table.concat(parts, "\n"))
end

-- ---- over time ------------------------------------------------------------------------------------------

local TALL, TOP = 200, 10

-- A round number at or above the largest, and how far the lines of the grid are apart.
local function scale_of(most)
  local step = 10 ^ math.floor(math.log(math.max(most, 1), 10))
  for _, part in ipairs { 0.25, 0.5, 1, 2 } do
    local size = math.max(1, math.tointeger(step * part) or math.ceil(step * part))
    if most / size <= 5 then return math.max(1, math.ceil(most / size)) * size, size end
  end
  return math.ceil(most / step) * step, step
end

---@class chart.Frame
---@field left number where the first step begins
---@field room number of a step
---@field top number value at the upper edge

local function put_grid(parts, top, step)
  local left = width_of(tell(math.tointeger(top) or top)) + GAP + 6
  for value = 0, top, step do
    local y = TOP + TALL - value / top * TALL
    parts[#parts + 1] = ("<line x1=\"%.1f\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>"):format(left,
      WIDTH - 6, y, y, LINE)
    put_text(parts, { x = left - 6, y = y + 4, text = tell(math.tointeger(value) or value), anchor = "end" })
  end
  return left
end

-- As many names of steps as have room, at even distances, none beyond the edge.
local function put_steps(parts, steps, frame)
  local widest = 1
  for _, step in ipairs(steps) do widest = math.max(widest, width_of(step)) end
  widest = math.min(widest, 150)
  local every = math.ceil((widest + GAP) / frame.room)
  for index = 1, #steps, every do
    local x = frame.left + (index - 0.5) * frame.room
    local half = math.min(width_of(steps[index]), widest) / 2
    local anchor = x - half < 1 and "start" or "middle"
    if x + half <= WIDTH or #steps == 1 then
      put_text(parts, { x = anchor == "start" and frame.left or x, y = TOP + TALL + 18, text = steps[index],
        anchor = anchor, most = widest + 1 })
    end
  end
end

local function new_frame(parts, about, most)
  local top, step = scale_of(most)
  local left = put_grid(parts, top, step)
  return { left = left, top = top, room = (WIDTH - 6 - left) / math.max(#about.steps, 1) }
end

local function height_of_sums(about)
  local most = 0
  for index in ipairs(about.steps) do
    local sum = 0
    for _, series in ipairs(about.series) do sum = sum + (series.values[index] or 0) end
    most = math.max(most, sum)
  end
  return most
end

---@class chart.Series
---@field name string
---@field values number[] one for each step; nil and false are 0 in columns, gaps in lines
---@field colour string? its own; else by its place

---@class chart.Steps
---@field title string
---@field description string?
---@field steps string[] names of the steps, in order
---@field series chart.Series[]

--- Upright bars, stacked by series.
---@param about chart.Steps
---@return string html
function chart.columns(about)
  local parts = {}
  local frame = new_frame(parts, about, height_of_sums(about))
  for index, step in ipairs(about.steps) do
    local wide = math.min(frame.room * 0.9, 80)
    local y, x = TOP + TALL, frame.left + (index - 0.5) * frame.room - wide / 2
    for place, series in ipairs(about.series) do
      local value = series.values[index] or 0
      local height = value / frame.top * TALL
      y = y - height
      if value > 0 then
        put_box(parts, { x = x, y = y, width = wide, height = height,
          colour = series.colour or chart.colour(place),
          title = ("%s, %s: %s"):format(step, series.name, tell(value)) })
      end
    end
  end
  put_steps(parts, about.steps, frame)
  return picture(parts, TOP + TALL + 26, about)
end

local dashes = { "", "7 3", "2 3", "10 3 2 3", "4 2", "12 4", "2 6", "5 5" }

local function put_line(parts, points, colour, place)
  if #points < 2 then return end
  local dash = dashes[(place - 1) % #dashes + 1]
  parts[#parts + 1] = ("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" "
    .. "stroke-linejoin=\"round\"%s points=\"%s\"/>")
    :format(colour, dash ~= "" and (" stroke-dasharray=\"%s\""):format(dash) or "", table.concat(points, " "))
end

local function put_series(parts, about, frame, place)
  local series, points = about.series[place], {}
  local colour = series.colour or chart.colour(place)
  for index, step in ipairs(about.steps) do
    local value = series.values[index]
    if value then
      local x, y = frame.left + (index - 0.5) * frame.room, TOP + TALL - value / frame.top * TALL
      points[#points + 1] = ("%.1f,%.1f"):format(x, y)
      local form = "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>%s</title></circle>"
      parts[#parts + 1] = form:format(x, y, colour,
        plain(("%s, %s: %s"):format(step, series.name, tell(value))))
    else
      put_line(parts, points, colour, place)
      points = {}
    end
  end
  put_line(parts, points, colour, place)
end

--- Lines, one a series; each has its dashes, for those who do not tell the colours apart.
---@param about chart.Steps
---@return string html
function chart.lines(about)
  local parts, most = {}, 0
  for _, series in ipairs(about.series) do
    for index in ipairs(about.steps) do most = math.max(most, series.values[index] or 0) end
  end
  local frame = new_frame(parts, about, most)
  for place in ipairs(about.series) do put_series(parts, about, frame, place) end
  put_steps(parts, about.steps, frame)
  return picture(parts, TOP + TALL + 26, about)
end

--- The names of series with their colours.
---@param series {name: string, colour: string?}[]
---@return string html
function chart.key(series)
  local out = {}
  for place, one in ipairs(series) do
    local name = lettering.plain(one.name)
    local shown = lettering.cut(name, 280, FONT)
    local title = shown ~= name and (" title=\"%s\""):format(escape(name)) or ""
    out[place] = ("<li%s><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
      .. "<rect width=\"10\" height=\"10\" rx=\"2\" fill=\"%s\"/></svg>%s</li>"):format(title,
      one.colour or chart.colour(place), escape(shown))
  end
  return "<ul class=\"chart-key\">" .. table.concat(out) .. "</ul>\n"
end

-- ---- lying bars -----------------------------------------------------------------------------------------

---@class chart.Bars
---@field title string
---@field description string?
---@field rows {name: string, value: number, colour: string?}[]

--- Lying bars, one a row.
---@param about chart.Bars
---@return string html
function chart.bars(about)
  local parts, most, names, values = {}, 0, 60, 0
  for _, row in ipairs(about.rows) do
    most = math.max(most, row.value)
    names = math.max(names, math.min(width_of(row.name), 210))
    values = math.max(values, width_of(tell(row.value)))
  end
  local left = names + GAP + 2
  local room = WIDTH - left - values - GAP - 2
  for index, row in ipairs(about.rows) do
    local y, length = (index - 1) * 24, most > 0 and row.value / most * room or 0
    put_text(parts, { x = names + 1, y = y + 16, text = row.name, anchor = "end", colour = INK,
      most = names })
    put_box(parts, { x = left, y = y + 4, width = length, height = 16, colour = row.colour or chart.colour(1),
      title = row.name .. ": " .. tell(row.value) })
    put_text(parts, { x = left + length + 6, y = y + 16, text = tell(row.value) })
  end
  return picture(parts, math.max(1, #about.rows) * 24 + 4, about)
end

-- ---- networks -------------------------------------------------------------------------------------------

local SIDE, NODE, LOW, BETWEEN, FLOW = 214, 8, 15, 7, 300

local OTHERS = "others"

local function by_size(one, other)
  if (one.name == OTHERS) ~= (other.name == OTHERS) then return other.name == OTHERS end
  if one.value ~= other.value then return one.value > other.value end
  return one.name < other.name
end

-- The names of one side with their sums, the largest first.
local function sums_of(links, side)
  local list, by_name = {}, {}
  for _, link in ipairs(links) do
    local node = by_name[link[side]]
    if not node then
      node = { name = link[side], value = 0, pull = 0 }
      by_name[node.name], list[#list + 1] = node, node
    end
    node.value = node.value + link.value
  end
  table.sort(list, by_size)
  return list, by_name
end

-- Links with the small names of a side made one, and links between the same two made one.
local function gathered(links, most)
  local out, at = {}, {}
  local kept = { from = {}, to = {} }
  for side, names in pairs(kept) do
    local list = sums_of(links, side)
    for i = 1, #list > most and most - 1 or #list do names[list[i].name] = true end
  end
  for _, link in ipairs(links) do
    local from = kept.from[link.from] and link.from or OTHERS
    local to = kept.to[link.to] and link.to or OTHERS
    local key = #from .. ":" .. from .. to
    if not at[key] then
      at[key] = { from = from, to = to, value = 0 }
      out[#out + 1] = at[key]
    end
    at[key].value = at[key].value + link.value
  end
  return out
end

-- The height of a side.
local function measure_nodes(list, unit)
  local sum = 12 - BETWEEN
  for _, node in ipairs(list) do
    node.height = math.max(LOW, node.value * unit)
    sum = sum + node.height + BETWEEN
  end
  return sum
end

-- Gives the names of a side their places, from y on down.
local function place_nodes(list, unit, y)
  for _, node in ipairs(list) do
    node.y, node.used = y, y + (node.height - node.value * unit) / 2
    y = y + node.height + BETWEEN
  end
end

-- The right side in an order in which bands cross little: each name near the middle of its partners.
local function order_by_pull(list, links, lefts, rights)
  for _, link in ipairs(links) do
    local node, other = rights[link.to], lefts[link.from]
    node.pull = node.pull + link.value * (other.y + other.height / 2)
  end
  table.sort(list, function(one, other)
    local here, there = one.pull / one.value, other.pull / other.value
    if here ~= there then return here < there end
    return one.name < other.name
  end)
end

local function put_band(parts, link, from, to, unit)
  local width = link.value * unit
  local y1, y2 = from.used + width / 2, to.used + width / 2
  from.used, to.used = from.used + width, to.used + width
  local x1, x2 = SIDE + NODE, WIDTH - SIDE - NODE
  parts[#parts + 1] = ("<path d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\" fill=\"none\" "
    .. "stroke=\"%s\" stroke-width=\"%.1f\" stroke-opacity=\"0.5\"><title>%s</title></path>")
    :format(x1, y1, (x1 + x2) / 2, y1, (x1 + x2) / 2, y2, x2, y2, to.colour, math.max(width, 1),
      plain(("%s, %s: %s"):format(link.from, link.to, tell(link.value))))
end

local function put_nodes(parts, list, right)
  for _, node in ipairs(list) do
    local number = tell(node.value)
    local room = SIDE - GAP - 6 - width_of(number)
    local y, x = node.y + node.height / 2 + 4, right and WIDTH - SIDE or SIDE
    put_box(parts, { x = right and x - NODE or x, y = node.y, width = NODE, height = node.height,
      colour = node.colour or SOFT, title = node.name .. ": " .. number })
    local anchor, way = right and "start" or "end", right and 1 or -1
    put_text(parts, { x = x + way * 6, y = y, text = number, anchor = anchor })
    put_text(parts, { x = x + way * (6 + width_of(number) + 5), y = y, text = node.name, anchor = anchor,
      colour = INK, most = room })
  end
end

local function in_places(links, lefts, rights)
  table.sort(links, function(one, other)
    local here, there = lefts[one.from].y, lefts[other.from].y
    if here ~= there then return here < there end
    return rights[one.to].y < rights[other.to].y
  end)
end

---@class chart.Network
---@field title string
---@field description string?
---@field links {from: string, to: string, value: number}[]
---@field most integer? names on a side, 24; the smallest others are one

--- Two columns of names and bands between them, as wide as the links are strong.
---@param about chart.Network
---@return string html
function chart.network(about)
  local links, total = gathered(about.links, about.most or 24), 0
  for _, link in ipairs(links) do total = total + link.value end
  local left, lefts = sums_of(links, "from")
  local right, rights = sums_of(links, "to")
  for place, node in ipairs(right) do
    node.colour = chart.colour(node.name == OTHERS and chart.named + 1 or place)
  end
  local unit, parts = FLOW / math.max(total, 1), {}
  local here, there = measure_nodes(left, unit), measure_nodes(right, unit)
  local height = math.max(here, there, 12)
  place_nodes(left, unit, 6 + (height - here) / 2)
  order_by_pull(right, links, lefts, rights)
  place_nodes(right, unit, 6 + (height - there) / 2)
  in_places(links, lefts, rights)
  for _, link in ipairs(links) do put_band(parts, link, lefts[link.from], rights[link.to], unit) end
  put_nodes(parts, left, false)
  put_nodes(parts, right, true)
  return picture(parts, height, about)
end

-- ---- matrices -------------------------------------------------------------------------------------------

local HEAD = 22

local function put_cell(parts, about, row, column, cell, left)
  local value = about.values[row] and about.values[row][column]
  local x, y = left + (column - 1) * cell, HEAD + (row - 1) * cell
  if row == column or not value then
    local form = "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>"
    parts[#parts + 1] = form:format(x, y, cell - 1, cell - 1, LINE)
    return
  end
  local share = math.max(0, math.min(value, 1))
  put_box(parts, { x = x, y = y, width = cell - 1, height = cell - 1, colour = HEAT,
    opacity = 0.04 + 0.96 * share,
    title = ("%s – %s: %.0f %%"):format(about.names[row], about.names[column], share * 100) })
  if cell >= 26 then
    put_text(parts, { x = x + (cell - 1) / 2, y = y + cell / 2 + 4, text = ("%.0f"):format(share * 100),
      anchor = "middle", colour = INK })
  end
end

---@class chart.Matrix
---@field title string
---@field description string?
---@field names string[]
---@field values number[][] from 0 to 1, a row for each name

--- How alike things are: a square for each two, the darker the more alike. Columns have the numbers of the
--- rows; shares are in percent where there is room.
---@param about chart.Matrix
---@return string html
function chart.matrix(about)
  local parts, count, names = {}, #about.names, 60
  for index, name in ipairs(about.names) do
    names = math.max(names, math.min(width_of(name .. "  " .. index), 230))
  end
  local left = names + GAP
  local cell = math.max(3, math.min(34, (WIDTH - left - 4) / math.max(count, 1)))
  local every = math.ceil(18 / cell)
  for index, name in ipairs(about.names) do
    local number = tostring(index)
    if (index - 1) % every == 0 then
      local y = HEAD + (index - 0.5) * cell + 4
      put_text(parts, { x = left + (index - 0.5) * cell, y = 15, text = number, anchor = "middle" })
      put_text(parts, { x = names, y = y, text = number, anchor = "end" })
      put_text(parts, { x = names - width_of(number) - 5, y = y, text = name, anchor = "end", colour = INK,
        most = names - width_of(number) - 5 })
    end
    for column = 1, count do put_cell(parts, about, index, column, cell, left) end
  end
  return picture(parts, HEAD + count * cell + 4, about)
end

-- ---- the same as a table --------------------------------------------------------------------------------

local function table_cell(value)
  if type(value) == "number" then return "<td class=\"number\">" .. tell(value) .. "</td>" end
  return "<td>" .. plain(value or "") .. "</td>"
end

--- The figures of a chart as a table that can be unfolded.
---@param name string of what unfolds it
---@param head string[]
---@param rows (string|number)[][] the first of a row names it
---@return string html
function chart.data(name, head, rows)
  local out = { ("<details class=\"chart-data\"><summary>%s</summary>\n<div role=\"group\" "
    .. "aria-label=\"%s\" tabindex=\"0\"><table>\n<thead><tr>")
    :format(plain(name), plain(name)) }
  for _, title in ipairs(head) do out[#out + 1] = ("<th scope=\"col\">%s</th>"):format(plain(title)) end
  out[#out + 1] = "</tr></thead>\n<tbody>\n"
  for _, row in ipairs(rows) do
    out[#out + 1] = ("<tr><th scope=\"row\">%s</th>"):format(plain(row[1] or ""))
    for column = 2, #head do out[#out + 1] = table_cell(row[column]) end
    out[#out + 1] = "</tr>\n"
  end
  out[#out + 1] = "</tbody>\n</table></div></details>\n"
  return table.concat(out)
end

return chart
