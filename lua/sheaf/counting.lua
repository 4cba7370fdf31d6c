--- counting.lua: what sheaf freq and sheaf ngrams share: which articles are counted,
--- in how many sides, and how rows are written.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local search = require "sheaf.search"
local source = require "sheaf.source"
local suggest = require "sheaf.suggest"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local counting = {}

local SHOWN = 100
local GROUPS = { "site", "publisher", "language", "year", "month", "day" }

-- ---- which articles ------------------------------------------------------------

-- Positions in a sheaf that --search and --where leave; nil: all.
local function positions_of(path, given, options)
  if not given.search and not given.where then return nil end
  local articles = failure.try(source.open({ path }, options))
  local list = {}
  for row in articles:rows() do list[#list + 1] = row.position end
  return list
end

local function select_all(paths, given, ui)
  if not given.search and not given.where then return nil end
  local lists = {}
  local options = {
    where = given.where and failure.try(require("sheaf.where").compile(given.where)),
    query = given.search and search.query(given.search),
    threads = given.threads or core.cores(),
    warn = function(message) ui:warn(message) end,
  }
  for i, path in ipairs(paths) do lists[i] = positions_of(path, given, options) end
  return lists
end

local function words_of_files(paths)
  if not paths then return nil end
  local words = {}
  for _, path in ipairs(paths) do
    local file, reason = io.open(path, "rb")
    if not file then failure.raise("--stop: " .. reason) end
    for word in file:read("a"):gmatch("%S+") do words[#words + 1] = word end
    file:close()
  end
  return words
end

local function listed(values)
  if not values then return nil end
  local list = {}
  for _, value in ipairs(values) do
    for item in value:gmatch("[^,]+") do list[#list + 1] = item:match("^%s*(.-)%s*$") end
  end
  return list
end

-- The sheaves, and how they are compared: {"rest"} or other sheaves.
local function add_sides(options, paths, given)
  if not given.against then return paths end
  if #given.against == 1 and given.against[1] == "rest" then
    if not options.positions then
      failure.raise("--against rest: nothing is chosen", "--search or --where say of which articles")
    end
    options.against = "rest"
    return paths
  end
  local all, sides = {}, {}
  for _, path in ipairs(paths) do all[#all + 1], sides[#sides + 1] = path, 1 end
  for _, path in ipairs(given.against) do all[#all + 1], sides[#sides + 1] = path, 2 end
  options.sides = sides
  return all
end

local function has(list, value)
  for _, one in ipairs(list) do
    if one == value then return true end
  end
  return false
end

local function check(given, orders)
  if given.by and given.against then failure.raise("--by or --against, not both") end
  if given.by and not has(GROUPS, given.by) then
    failure.raise("--by: " .. suggest.unknown("group", given.by, GROUPS))
  end
  if given.sort and not has(orders, given.sort) then
    failure.raise("--sort: " .. suggest.unknown("order", given.sort, orders))
  end
  if given.json and given.format and given.format ~= "json" then
    failure.raise("--json or --format " .. given.format .. ", not both")
  end
  if given.all and given.limit then failure.raise("--all or --limit, not both") end
end

--- Counts as the command line wants it.
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@param n integer
---@return table rows
function counting.run(given, ui, n)
  local orders = given.against and { "keyness", "ratio", "count", "word" } or { "count", "articles", "word" }
  check(given, orders)
  local options = {
    n = n, by = given.by, sort = given.sort or orders[1], field = given.field, min = given.least,
    min_articles = given.least_articles, limit = given.all and 0 or given.limit or SHOWN,
    stop = words_of_files(given.stop), only = listed(given.pick),
    threads = given.threads or core.cores(),
  }
  search.open(given.words) -- they are told to be none before anything is read
  options.positions = select_all(given.words, given, ui)
  local paths = add_sides(options, given.words, given)
  local files = search.open(paths)
  for i = #given.words + 1, #paths do -- of other sheaves all is counted
    if options.positions then options.positions[i] = counting.every(files[i]) end
  end
  local result = failure.try(core.counts(files, options))
  result.sides = options.sides ~= nil or options.against ~= nil
  return result
end

--- All positions of a sheaf.
function counting.every(file)
  local list = {}
  for i = 1, file:positions() do list[i] = i end
  return list
end

-- ---- how rows are shown --------------------------------------------------------

local function per_million(count, words)
  return words > 0 and count / words * 1e6 or 0
end

local COLUMNS = {
  plain = { "text", "count", "articles", "per_million" },
  groups = { "group", "text", "count", "articles", "per_million" },
  sides = { "text", "count", "per_million", "other", "other_per_million", "keyness", "ratio" },
  near = { "text", "near", "count", "expected", "mi", "logdice" },
}

--- Rows with what is worked out of them, and the columns that they have.
---@param result table
---@param by string?
---@return table[] rows
---@return string[] columns
function counting.rows(result, by)
  local groups = result.groups
  for _, row in ipairs(result) do
    local group = groups[row.group or 1]
    row.per_million = per_million(row.count, group.words)
    if result.sides then row.other_per_million = per_million(row.other, groups[2].words) end
    row.group = by and (group.name or "") or nil
  end
  return result, result.sides and COLUMNS.sides or by and COLUMNS.groups or COLUMNS.plain
end

counting.near_columns = COLUMNS.near

local DECIMALS = { per_million = 1, other_per_million = 1, keyness = 1, ratio = 2, expected = 2, mi = 2,
  logdice = 2 }

local function cell(row, name)
  local value = row[name]
  if DECIMALS[name] then return ("%." .. DECIMALS[name] .. "f"):format(value) end
  return type(value) == "string" and terminal.clean(value) or tostring(value)
end

-- Texts to the left, numbers to the right, headed by their names.
local function put_table(ui, rows, columns)
  local widths, texts = {}, { text = true, group = true }
  for i, name in ipairs(columns) do
    widths[i] = #name
    for _, row in ipairs(rows) do
      widths[i] = math.max(widths[i], math.min(width.of(cell(row, name)), 48))
    end
  end
  local function put(read, style)
    local cells = {}
    for i, name in ipairs(columns) do
      cells[i] = width.pad(read(name), widths[i], not texts[name] and "right" or nil)
    end
    local line = table.concat(cells, "  "):gsub("%s+$", "")
    ui:print(style and ui:paint(style, line) or line)
  end
  put(function(name) return (name:gsub("_", " ")) end, "heading")
  for _, row in ipairs(rows) do
    put(function(name) return cell(row, name) end)
  end
end

local function put_tabs(ui, rows, columns)
  for _, row in ipairs(rows) do
    local cells = {}
    for i, name in ipairs(columns) do cells[i] = cell(row, name) end
    ui:print(table.concat(cells, "\t"))
  end
end

local function put_csv(ui, rows, columns)
  local out = ui:out()
  out:csv(table.unpack(columns))
  for _, row in ipairs(rows) do
    local cells = {}
    for i, name in ipairs(columns) do cells[i] = cell(row, name) end
    out:csv(table.unpack(cells))
  end
end

local function put_json(ui, rows, columns)
  for _, row in ipairs(rows) do
    local object = {}
    for _, name in ipairs(columns) do
      object[name] = DECIMALS[name] and tonumber(cell(row, name)) or row[name]
    end
    ui:print(core.encode(object))
  end
end

local VIEWS = { text = put_table, csv = put_csv, json = put_json, tabs = put_tabs }

--- Writes rows as the command line wants them.
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@param rows table[]
---@param columns string[]
function counting.put(given, ui, rows, columns)
  local name = given.json and "json" or given.format or ui.is_terminal and "text" or "tabs"
  if name == "html" then failure.raise("--format: text, csv or json") end
  if given.output then ui.sink = failure.try(core.sink(given.output)) end
  VIEWS[name](ui, rows, columns)
  ui:flush()
end

--- Tells what was counted.
---@param ui sheaf.Terminal
---@param result table
---@param noun string "word", "n-gram"
---@param seconds number
function counting.tell(ui, result, noun, seconds)
  local words, articles, kinds = 0, 0, 0
  for _, group in ipairs(result.groups) do
    words, articles, kinds = words + group.words, articles + group.articles, kinds + group.kinds
  end
  if result.damaged > 0 then
    ui:warn(("%s could not be read; sheaf verify tells why"):format(
      terminal.count(result.damaged, "article")))
  end
  local different = #result.groups == 1 and (" %s,"):format(terminal.count(kinds, "different " .. noun)) or ""
  ui:say("%s in %s,%s %s", terminal.count(words, "word"), terminal.count(articles, "article"), different,
    terminal.duration(seconds))
end

return counting
