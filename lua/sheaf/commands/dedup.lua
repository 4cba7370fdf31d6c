--- dedup.lua: drops articles whose text is there twice.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local life = require "sheaf.life"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local dedup = {}

-- The catalog rows of all twins by position, read in order: near ones lie in
-- the same frames.
local function rows_of(file, twins)
  local rows, positions = {}, {}
  for _, twin in ipairs(twins) do
    rows[twin.dropped], rows[twin.kept] = true, true
  end
  for position in pairs(rows) do
    positions[#positions + 1] = position
  end
  table.sort(positions)
  for _, position in ipairs(positions) do
    rows[position] = file:rows { from = position, to = position }()
  end
  return rows
end

local function sink_for(path)
  return path and failure.try(core.sink(path))
end

-- One line an article that goes: what it is, and of which it is the duplicate.
local function put(file, twins, given, ui)
  local report, rows = sink_for(given.report), rows_of(file, twins)
  for _, twin in ipairs(twins) do
    local row, kept = rows[twin.dropped], rows[twin.kept]
    local relation = core.encode { id = row.id, url = row.url, headline = row.headline,
      relations = { { type = "duplicate_of", id = kept.id } } }
    if given.json then
      ui:print(relation)
    else
      ui:print(row.id, "\tduplicate_of\t", kept.id, "\t", terminal.clean(row.headline or ""))
    end
    if report then failure.try(report:write(relation, "\n")) end
  end
  ui:flush()
  if report then failure.try(report:close()) end
end

local function positions_of(twins)
  local list = {}
  for i, twin in ipairs(twins) do
    list[i] = twin.dropped
  end
  return list
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function dedup.run(given, ui)
  local path = given.words[1]
  if not given.exact then
    failure.raise("which duplicates? --exact finds articles with the very same text")
  end
  failure.try(source.exists(path))
  local file <close> = failure.try(core.open(path))
  local state = failure.try(file:info()).sha256
  local twins = failure.try(core.duplicates(file))
  put(file, twins, given, ui)
  if #twins == 0 then
    ui:say("no article found whose text is there twice")
    return 1
  end
  if not given.yes then
    ui:say("%s would be dropped, and the earliest of each text kept; --yes drops them",
      terminal.count(#twins, "article"))
    return 0
  end
  life.drop(path, positions_of(twins), state, "dedup exact")
  ui:say("dropped %s; their bytes go with sheaf compact --full %s", terminal.count(#twins, "article"), path)
  return 0
end

return dedup
