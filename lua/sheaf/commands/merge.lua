--- merge.lua: many sheaves to a new one, or the states of shards to what their exporter makes of them.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local life = require "sheaf.life"
local outputs = require "sheaf.outputs"
local plugins = require "sheaf.plugins"
local source = require "sheaf.source"
local states = require "sheaf.states"
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

-- A state names its exporter. A file that it would run must be named again, by who runs it.
local function exporter_of(head, given, ui)
  local spec = given.to or head.exporter
  if not given.to and spec:find("[/\\]") then
    failure.raise(("these are states of %s"):format(spec), ("--to %s says that it may be run"):format(spec))
  end
  local plugin = failure.try(plugins.open(spec, "exporter", flow.plugin_options(given, ui)))
  if plugin.name ~= head.name or (plugin.about.version or "") ~= head.version then
    failure.raise(("these are states of %s %s, not of %s %s"):format(head.name, head.version, plugin.name,
      plugin.about.version or ""))
  end
  return plugin
end

-- States of all shards of a run, to what the whole run would have written.
local function add_up(given, ui)
  local list, head = states.open(given.words)
  local plugin = exporter_of(head, given, ui)
  local out = failure.try(outputs.export(plugin, given.output))
  local fine, articles = pcall(states.merge, list, out)
  if not fine then
    out:discard()
    error(articles, 0)
  end
  failure.try(out:close())
  if given.output and given.output ~= "-" then
    ui:say("wrote %s to %s", terminal.count(articles, "article"), given.output)
  end
  return articles == 0 and 1 or 0
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function merge.run(given, ui)
  if given.words[1] and states.is_state(given.words[1]) then return add_up(given, ui) end
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
