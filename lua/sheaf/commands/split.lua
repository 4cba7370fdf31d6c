--- split.lua: one sheaf to many.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local life = require "sheaf.life"
local source = require "sheaf.source"
local suggest = require "sheaf.suggest"
local terminal = require "sheaf.terminal"

local split = {}

local UNITS = { [""] = 1, k = 1e3, M = 1e6, G = 1e9, Ki = 1024, Mi = 1048576, Gi = 1073741824 }
local FIELDS = { "language", "site", "publisher", "year" }

local BY = {}

function BY.count(value)
  local count = math.tointeger(tonumber(value))
  if not count or count < 1 then failure.raise(("count=%s: a whole number from 1 on"):format(value)) end
  return "count", count
end

function BY.size(value)
  local number, unit = value:match("^(%d+)(%a*)B?$")
  unit = unit and unit:gsub("B$", "")
  if not number or not UNITS[unit] or tonumber(number) == 0 then
    failure.raise(("size=%s: a number of bytes, as in size=700M or size=2Gi"):format(value))
  end
  return "size", math.tointeger(tonumber(number) * UNITS[unit])
end

function BY.field(value)
  for _, name in ipairs(FIELDS) do
    if name == value then return name end
  end
  failure.raise("field: " .. suggest.unknown("field", value, FIELDS),
    "there are language, site, publisher, year")
end

local function way_of(text)
  local key, value = (text or ""):match("^(%w+)=(.+)$")
  if not key or not BY[key] then
    failure.raise("into what? --by count=N, --by size=BYTES or --by field=NAME",
      "sheaf split news.sheaf --by field=language -o parts")
  end
  return BY[key](value)
end

local function make_folder(folder)
  if lfs.attributes(folder, "mode") == "directory" then return end
  failure.try(lfs.mkdir(folder))
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function split.run(given, ui)
  local path = given.words[1]
  failure.try(source.exists(path))
  local by, number = way_of(given.by)
  if not given.output then failure.raise("where to? name a folder: -o DIR") end
  make_folder(given.output)
  local result = failure.try(core.split(path, given.output, by, number,
    { threads = given.threads, without_originals = given.without_originals }))
  life.warn(ui, result)
  for _, part in ipairs(result.parts) do
    if given.json then
      ui:print(core.encode { path = part.path, articles = math.tointeger(tonumber(part.articles)) })
    else
      ui:print(part.path, "\t", part.articles)
    end
  end
  ui:say("split %s into %s", terminal.count(result.articles, "article"),
    terminal.count(#result.parts, "sheaf", "sheaves"))
  return #result.parts == 0 and 1 or 0
end

return split
