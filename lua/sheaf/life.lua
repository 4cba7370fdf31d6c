--- life.lua: what merge, split, seal, compact, rm and dedup share.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local terminal = require "sheaf.terminal"

local life = {}

--- Tells the warnings of the core.
---@param ui sheaf.Terminal
---@param result {warnings: string[]}
function life.warn(ui, result)
  for _, sentence in ipairs(result.warnings) do
    ui:warn(terminal.clean(sentence))
  end
end

--- The words of a rewrite: how many frames were kept.
---@param result table
---@return string
function life.frames(result)
  return ("%s kept as they were, %s compressed again"):format(terminal.count(result.copied, "frame"),
    terminal.thousands(result.packed))
end

--- Seal and compact: a sheaf anew in its place.
---@param work fun(path: string, options: table): table?, string?
---@param done string "sealed", "compacted"
---@param path string
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
function life.rewrite(work, done, path, given, ui)
  local before = failure.try(require("lfs").attributes(path, "size"))
  local result = failure.try(work(path, { threads = given.threads }))
  life.warn(ui, result)
  ui:say("%s %s: %s, %s before and %s now; %s", done, path, terminal.count(result.articles, "article"),
    terminal.size(before), terminal.size(result.bytes), life.frames(result))
  if result.dropped > 0 then ui:say("%s left out", terminal.count(result.dropped, "dropped article")) end
end

--- Drops articles in one commit.
---@param path string
---@param positions integer[] ascending
---@param state string the sha256 of the file when the positions were learnt
---@param plan string
function life.drop(path, positions, state, plan)
  failure.try(core.drop(path, positions, state, plan))
end

return life
