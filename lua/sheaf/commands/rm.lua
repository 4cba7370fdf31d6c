--- rm.lua: drops articles of a sheaf.
--
-- The articles are listed, and only --yes drops them: nothing goes by mistake.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local life = require "sheaf.life"
local outputs = require "sheaf.outputs"
local terminal = require "sheaf.terminal"

local rm = {}

-- The ids that were named, as rows. A row is found by position, so that it is
-- read from the catalog.
local function named(file, path, words)
  local rows = {}
  for _, name in ipairs(words) do
    local wanted = #name <= 7 and math.tointeger(tonumber(name)) or name
    local a, position = file:get(wanted)
    if not a and wanted ~= name then a, position = file:get(name) end
    if not a then failure.raise(position, ("sheaf ls %s lists the articles"):format(path)) end
    rows[#rows + 1] = file:rows { from = position, to = position }()
  end
  return rows
end

local function matching(path, given, ui)
  local source, account = flow.source({ path }, given, ui)
  local rows = {}
  for row in source:rows() do
    rows[#rows + 1] = row
  end
  failure.try(account:finish(ui))
  return rows
end

local function positions_of(rows)
  local list, seen = {}, {}
  for _, row in ipairs(rows) do
    if not seen[row.position] then list[#list + 1] = row.position end
    seen[row.position] = true
  end
  table.sort(list)
  return list
end

local function put(rows, given, ui)
  local listing = not given.json and outputs.listing(ui)
  for _, row in ipairs(rows) do
    if listing then listing:row(row) else ui:print(core.encode(row)) end
  end
  if listing then listing:close() end
  ui:flush()
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function rm.run(given, ui)
  local path = table.remove(given.words, 1)
  if #given.words == 0 and not given.where then
    failure.raise("which articles? name their ids, or choose them with --where")
  elseif #given.words > 0 and given.where then
    failure.raise("ids or --where, not both")
  end
  failure.try(require("sheaf.source").exists(path))
  local file <close> = failure.try(core.open(path))
  local state = failure.try(file:info()).sha256
  local rows = given.where and matching(path, given, ui) or named(file, path, given.words)
  local positions = positions_of(rows)
  put(rows, given, ui)
  if #positions == 0 then
    ui:say("no article found")
    return 1
  end
  if not given.yes then
    ui:say("%s would be dropped; --yes drops them", terminal.count(#positions, "article"))
    return 0
  end
  local plan = given.where and "rm where " .. given.where or ("rm %d"):format(#positions)
  life.drop(path, positions, state, plan)
  ui:say("dropped %s; their bytes go with sheaf compact --full %s",
    terminal.count(#positions, "article"), path)
  return 0
end

return rm
