--- freq.lua: sheaf freq, how often words stand in articles, and near one another.

local core = require "sheaf.core"
local counting = require "sheaf.counting"
local failure = require "sheaf.failure"
local search = require "sheaf.search"
local suggest = require "sheaf.suggest"

local command = {}

local SPAN, LEAST, SHOWN, ALONE = 5, 5, 100, "goes without --near"

-- ---- collocations --------------------------------------------------------------

-- How often each word stands within `span` words of the places that were found.
local function count_near(lines, span)
  local near, total = {}, 0
  local function add(word)
    word = core.fold(word)
    near[word] = (near[word] or 0) + 1
    total = total + 1
  end
  for _, line in ipairs(lines) do
    local left, right = {}, 0
    for word in core.words(line.left) do left[#left + 1] = word end
    for i = math.max(1, #left - span + 1), #left do add(left[i]) end
    for word in core.words(line.right) do
      right = right + 1
      if right > span then break end
      add(word)
    end
  end
  return near, total
end

local function names_of(near, least)
  local names = {}
  for word, count in pairs(near) do
    if count >= least then names[#names + 1] = word end
  end
  return names
end

-- MI compares with chance; logDice, which has a ceiling of 14, with how common both are.
local function measure(row, near, window, places, words)
  row.near = near
  row.expected = row.count * window / words
  row.mi = math.log(row.near / row.expected, 2)
  row.logdice = 14 + math.log(2 * row.near / (places + row.count), 2)
end

local ORDERS = { "logdice", "mi", "count", "word" }
local KEYS = { logdice = "logdice", mi = "mi", count = "near" }

local function sort(rows, order)
  local key = KEYS[order]
  table.sort(rows, function(a, b)
    if key and a[key] ~= b[key] then return a[key] > b[key] end
    return a.text < b.text
  end)
end

local function check_near(given)
  for _, name in ipairs { "against", "by", "pick", "where", "search" } do
    if given[name] then failure.raise(("--%s %s"):format(name, ALONE)) end
  end
  if given.sort and given.sort ~= "word" and not KEYS[given.sort] then
    failure.raise("--sort: " .. suggest.unknown("order", given.sort, ORDERS))
  end
  if given.field and given.field ~= "both" then failure.raise("--field " .. ALONE) end
end

local function collocations(given, ui)
  check_near(given)
  local files, span = search.open(given.words), given.span or SPAN
  local threads = given.threads or core.cores()
  local around = { width = 24 * span, threads = threads }
  local lines = failure.try(core.kwic(files, search.query(given.near), around))
  local near, window = count_near(lines, span)
  local names = names_of(near, given.least or LEAST)
  local result = failure.try(core.counts(files, { only = names, field = "both", threads = threads }))
  local rows, limit = {}, given.all and math.huge or given.limit or SHOWN
  for _, row in ipairs(result) do
    if near[row.text] and row.articles >= (given.least_articles or 0) then
      measure(row, near[row.text], window, #lines, result.groups[1].words)
      rows[#rows + 1] = row
    end
  end
  sort(rows, given.sort or "logdice")
  for i = #rows, limit + 1, -1 do rows[i] = nil end
  counting.put(given, ui, rows, counting.near_columns)
  return result, #rows
end

-- ---- the command ---------------------------------------------------------------

local function frequencies(given, ui)
  local result = counting.run(given, ui, 1)
  counting.put(given, ui, counting.rows(result, given.by))
  return result, #result
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function command.run(given, ui)
  local began = core.now()
  local result, count = (given.near and collocations or frequencies)(given, ui)
  counting.tell(ui, result, "word", core.now() - began)
  return count == 0 and 1 or 0
end

return command
