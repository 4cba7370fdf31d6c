--- merge.lua: many sheaves to a new one.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local life = require "sheaf.life"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local merge = {}

local function tell_left_out(result, given, ui)
  if given.json then return end
  for _, item in ipairs(result.left_out) do
    ui:detail("left out: %s of %s", item.id, item.path)
  end
  if result.duplicates > 0 then
    ui:say("%s left out, whose ids were there already", terminal.count(result.duplicates, "article"))
  end
  if result.dropped > 0 then ui:say("%s left out", terminal.count(result.dropped, "dropped article")) end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function merge.run(given, ui)
  if not given.output then failure.raise("where to? name the new sheaf: -o NAME.sheaf") end
  if not given.output:find("%.sheaf$") then failure.raise("the name of a sheaf ends in .sheaf") end
  for _, path in ipairs(given.words) do
    failure.try(source.exists(path))
  end
  local began = core.now()
  local result = failure.try(core.merge(given.output, given.words, { threads = given.threads }))
  life.warn(ui, result)
  if given.json then ui:print(core.encode(result)) end
  tell_left_out(result, given, ui)
  ui:say("merged %s into %s in %s; %s", terminal.count(result.articles, "article"), given.output,
    terminal.duration(core.now() - began), life.frames(result))
  return 0
end

return merge
