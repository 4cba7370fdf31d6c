--- export.lua: writes articles in another format.

local flow = require "sheaf.flow"
local failure = require "sheaf.failure"
local outputs = require "sheaf.outputs"
local plugins = require "sheaf.plugins"
local terminal = require "sheaf.terminal"

local export = {}

local function is_file(path)
  return path and path ~= "-"
end

--- "wrote 12 articles to x.csv in 0.3 s", or nil when nothing needs telling.
---@param path string?
---@return fun(result: sheaf.FlowResult): string?
function export.summary(path)
  return function(result)
    if result.interrupted then return "stopped; the output was left as it was" end
    if result.kept == 0 then return "no article found" end
    if not is_file(path) then return nil end
    return ("wrote %s to %s in %s"):format(terminal.count(result.kept, "article"), path,
      terminal.duration(result.seconds))
  end
end

--- Runs the pipeline into an exporter.
---@param spec string
---@param paths string[]
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function export.through(spec, paths, given, ui)
  local plugin = failure.try(plugins.open(spec, "exporter", flow.plugin_options(given, ui)))
  return flow.run({
    paths = paths, verb = "written", exporter = plugin,
    open_output = function(source, steps, shard)
      if shard then
        return require("sheaf.shards").output(spec, plugin, given, shard, source, steps)
      end
      return failure.try(outputs.export(plugin, given.output))
    end,
    summary = export.summary(given.output),
  }, given, ui)
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function export.run(given, ui)
  local spec = table.remove(given.words, 1)
  return export.through(spec, given.words, given, ui)
end

return export
