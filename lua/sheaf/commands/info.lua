--- info.lua: what a sheaf says about itself.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local info = {}

-- These come first and in this order; whatever else there is follows.
local FIRST = { "path", "articles", "commits", "bytes", "created", "changed", "tool", "plan" }

local function keys_of(about)
  local keys, seen = {}, {}
  for _, key in ipairs(FIRST) do
    if about[key] ~= nil then keys[#keys + 1], seen[key] = key, true end
  end
  for key in core.sorted(about) do
    local says_nothing = key == "torn" and (about.torn == 0 or not about.torn)
    if not seen[key] and not says_nothing then keys[#keys + 1] = key end
  end
  return keys
end

local function shown(key, value)
  if math.type(value) == "integer" then
    local number = terminal.thousands(value)
    return key:find("bytes$") and value >= 1000 and ("%s (%s)"):format(number, terminal.size(value)) or number
  end
  return terminal.clean(type(value) == "table" and core.encode(value) or tostring(value))
end

-- When the file itself was last written: a sheaf tells the time of packing only
-- when it was asked to, so that the same articles give the same bytes.
local function changed(path)
  local seconds = lfs.attributes(path, "modification")
  return seconds and os.date("!%Y-%m-%dT%H:%M:%SZ", seconds) or nil
end

local function tell(ui, about)
  local keys, widest = keys_of(about), 0
  for _, key in ipairs(keys) do
    widest = math.max(widest, width.of(key))
  end
  for _, key in ipairs(keys) do
    ui:print(ui:paint("key", width.pad(key, widest)), "  ", shown(key, about[key]))
  end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function info.run(given, ui)
  for i, path in ipairs(given.words) do
    failure.try(source.exists(path))
    local file <close> = failure.try(core.open(path))
    local about = failure.try(file:info())
    about.changed = changed(path)
    if given.json then
      ui:print(core.encode(about))
    else
      if i > 1 then ui:print("") end
      tell(ui, about)
    end
  end
  return 0
end

return info
