--- run.lua: filters, extractors and an exporter over articles, or a script.

local core = require "sheaf.core"
local export = require "sheaf.commands.export"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local outputs = require "sheaf.outputs"
local pack = require "sheaf.commands.pack"
local layers = require "sheaf.layers"
local plugins = require "sheaf.plugins"
local terminal = require "sheaf.terminal"

local run = {}

local function is_trusted(given, path)
  local file = path:match("[^/]*$")
  for _, name in ipairs(given.trust or {}) do
    if name == path or name == file or name .. ".lua" == file then return true end
  end
  return false
end

local function read_script(path)
  local file = failure.try(io.open(path, "rb"))
  local source = failure.try(file:read("a"))
  file:close()
  return source
end

local function script_words(given)
  local words = table.move(given.words, 2, #given.words, 1, {})
  return table.move(given.literal, 1, #given.literal, #words + 1, words)
end

local function only_scripts_options(given)
  for _, name in ipairs { "where", "to", "sort", "limit", "reader", "report", "json" } do
    if given[name] then
      local message = ("--%s means nothing to a script"):format(name)
      failure.raise(message, "words for the script itself go behind --")
    end
  end
  if #given.steps > 0 then failure.raise("a script runs alone, without filters and extractors") end
end

local function script(given)
  local path = given.words[1]
  only_scripts_options(given)
  failure.try(require("sheaf.source").exists(path))
  local out = failure.try(core.sink(given.output))
  local fine, problem = core.script {
    source = read_script(path), name = path, args = script_words(given), out = out,
    trust = is_trusted(given, path),
  }
  if fine then
    failure.try(out:close())
    return 0
  end
  out:discard()
  local message, lines = require("sheaf.blame").explain({ kind = "script", name = path }, problem)
  failure.raise(message, table.unpack(lines))
end

local function into_sheaf(given, ui)
  return flow.run({
    paths = given.words, verb = "written",
    open_output = function() return outputs.sheaf(pack.create(given.output, given)) end,
    summary = pack.summary("packed into", given.output),
  }, given, ui)
end

local function onto_terminal(given, ui)
  return flow.run({
    paths = given.words, verb = "read",
    open_output = function() return outputs.listing(ui) end,
    summary = export.summary(),
  }, given, ui)
end

-- The last extractor is the one whose findings become the layer.
local function into_layer(given, ui)
  if #given.words ~= 1 or not given.words[1]:find("%.sheaf$") then
    failure.raise("--to layer adds to one sheaf: sheaf run X.sheaf --extract PLUGIN --to layer")
  end
  if given.output or given.sort then
    failure.raise(("--%s means nothing to a layer"):format(given.output and "output" or "sort"))
  end
  if given.shard then failure.raise("--shard cannot go together with --to layer") end
  local path, plugin = given.words[1], nil
  return flow.run({
    paths = given.words, verb = "read",
    open_output = function(_, steps)
      for _, step in ipairs(steps) do
        if step.kind == "extractor" and (not plugin or step.given > plugin.given) then plugin = step end
      end
      if not plugin then failure.raise("--to layer needs an extractor: --extract PLUGIN") end
      plugin.layer = true
      return layers.output(path, plugin.name, plugin.about.version or "0")
    end,
    summary = function(result, out)
      if result.interrupted then return "stopped; the sheaf is as it was" end
      return ("added layer %s@%s to %s: %s on %s, in %s"):format(out.name, out.version, path,
        terminal.count(out.rows, "row"), terminal.count(result.kept, "article"),
        terminal.duration(result.seconds))
    end,
  }, given, ui)
end

-- The exporter that is meant when --to does not say: the one for the file's
-- ending, and JSON lines when there is none.
local function default_exporter(given)
  if given.json or not given.output or given.output == "-" then return "jsonl" end
  return plugins.exporter_for(given.output) or "jsonl"
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function run.run(given, ui)
  if given.words[1]:find("%.lua$") then return script(given) end
  table.move(given.literal, 1, #given.literal, #given.words + 1, given.words)
  if given.to == "layer" then return into_layer(given, ui) end
  if given.to then return export.through(given.to, given.words, given, ui) end
  if given.output and given.output:find("%.sheaf$") then return into_sheaf(given, ui) end
  if not given.output and not given.json and ui.is_terminal then return onto_terminal(given, ui) end
  return export.through(default_exporter(given), given.words, given, ui)
end

return run
