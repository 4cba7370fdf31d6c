--- kwic.lua: sheaf kwic, every place at which something stands, with what is around it.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local kwic = require "sheaf.kwic"
local search = require "sheaf.search"
local suggest = require "sheaf.suggest"
local terminal = require "sheaf.terminal"

local command = {}

-- Lines on a terminal when nobody says how many, and characters on either side in a file.
local SHOWN, AROUND, NAMED = 100, 60, 10

-- ---- ways to show lines --------------------------------------------------------

local VIEWS = {}

function VIEWS.text(view, lines)
  local ui, columns = view.ui, view.columns - NAMED
  local middle = kwic.middle(lines, columns)
  local function paint(node) return ui:paint("match", node) end
  for _, line in ipairs(lines) do
    ui:print(ui:paint("dim", line.id:sub(1, 8)), "  ", kwic.aligned(line, columns, middle, paint))
  end
end

function VIEWS.tabs(view, lines)
  for _, line in ipairs(lines) do
    view.ui:print(line.id, "\t", line.first, "\t", line.published or "", "\t",
      terminal.clean(line.publisher or line.site or ""), "\t", terminal.clean(line.left), "\t",
      terminal.clean(line.node), "\t", terminal.clean(line.right))
  end
end

local COLUMNS = { "id", "field", "first", "last", "published", "site", "publisher", "language", "headline",
  "left", "node", "right" }

function VIEWS.csv(view, lines)
  local out = view.ui:out()
  out:csv(table.unpack(COLUMNS))
  for _, line in ipairs(lines) do
    local cells = {}
    for i, name in ipairs(COLUMNS) do cells[i] = line[name] or "" end
    out:csv(table.unpack(cells))
  end
end

function VIEWS.json(view, lines)
  for _, line in ipairs(lines) do
    line.sheaf = view.paths[2] and view.paths[line.file] or nil
    line.file, line.from, line.to = nil, nil, nil
    view.ui:print(core.encode(line))
  end
end

function VIEWS.html(view, lines)
  local out = view.ui:out()
  require("sheaf.kwic_page").write(function(text) failure.try(out:write(text)) end, lines, view.query,
    view.about)
end

local function view_name(given, ui)
  if given.json then return "json" end
  if given.format then return given.format end
  if given.width or ui.is_terminal or given.color == "always" then return "text" end
  return "tabs"
end

-- ---- the command ---------------------------------------------------------------

local function order_of(given)
  local steps, unknown = kwic.order(given.sort or "right")
  if not steps then
    failure.raise("--sort: " .. suggest.unknown("order", unknown, kwic.orders),
      "L1 to L5 and R1 to R5 are the words to the left and right; several are parted by commas")
  end
  return steps
end

local function about(result, shown)
  local places = terminal.count(result.total, "place")
  local articles = terminal.count(result.articles, "article")
  if shown < result.total then
    return ("%s of %s in %s"):format(terminal.thousands(shown), places, articles)
  end
  return ("%s in %s"):format(places, articles)
end

local function tell(ui, result, shown, seconds)
  if result.scanned > 0 then
    ui:warn(("%s had to be read, since the index does not tell what was asked; sheaf index makes this "
      .. "fast"):format(terminal.count(result.scanned, "article")))
  end
  if result.damaged > 0 then
    ui:warn(("%s could not be read; sheaf verify tells why"):format(
      terminal.count(result.damaged, "article")))
  end
  if result.cut then
    ui:warn("too many places: only the first million was looked at; --sample takes from all")
  end
  if result.total == 0 then return ui:say("nothing found") end
  ui:say("%s, %s", about(result, shown), terminal.duration(seconds))
end

local function check(given)
  if given.json and given.format and given.format ~= "json" then
    failure.raise("--json or --format " .. given.format .. ", not both")
  end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function command.run(given, ui)
  check(given)
  local paths = table.move(given.words, 1, #given.words - 1, 1, {})
  local text, order, name = given.words[#given.words], order_of(given), view_name(given, ui)
  local columns = given.width or ui.columns
  if name == "text" and columns < 30 then failure.raise("--width: a line has 30 columns or more") end
  local files = search.open(paths)
  local query = search.query(text)
  local limit = given.limit or (name == "text" and ui.is_terminal and SHOWN) or 0
  if given.output then ui.sink = failure.try(core.sink(given.output)) end
  local began = core.now()
  local result = failure.try(core.kwic(files, query, {
    sort = order, limit = limit, sample = given.sample, seed = given.seed,
    width = name == "text" and columns or given.width or AROUND, threads = given.threads or core.cores(),
  }))
  local view = { ui = ui, columns = columns, paths = paths, query = text, about = about(result, #result) }
  VIEWS[name](view, result)
  ui:flush()
  tell(ui, result, #result, core.now() - began)
  return result.total == 0 and 1 or 0
end

return command
