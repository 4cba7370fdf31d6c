--- pack.lua: makes a sheaf from a pile.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local outputs = require "sheaf.outputs"
local lfs = require "lfs"
local terminal = require "sheaf.terminal"

local pack = {}

--- What is written down about how a sheaf was made: its steps.
---@param given sheaf.Parsed
---@return {threads: integer?, plan: string?}
function pack.options(given)
  local plan = {}
  if given.where then plan[1] = "where " .. given.where end
  for _, step in ipairs(given.steps) do
    plan[#plan + 1] = step.kind .. " " .. step.spec
  end
  return { threads = given.threads, plan = #plan > 0 and table.concat(plan, "; ") or nil }
end

--- Creates a sheaf; a name that is taken or odd is an error with advice.
---@param path string
---@param given sheaf.Parsed
---@return userdata writer
function pack.create(path, given)
  if not path:find("%.sheaf$") then
    local better = path:gsub("%.[%w]+$", "") .. ".sheaf"
    failure.raise(("the name of a sheaf ends in .sheaf; did you mean -o %s?"):format(better))
  end
  local writer, reason = core.create(path, pack.options(given))
  if writer then return writer end
  if lfs.attributes(path, "mode") then
    failure.raise(("%s is already there"):format(path), ("sheaf add %s PILE... adds to it"):format(path))
  end
  failure.raise(reason)
end

--- "packed 12 articles into x.sheaf in 0.3 s; 1 already there"
---@param verb string "packed into", "added to"
---@param path string
---@return fun(result: sheaf.FlowResult, out: sheaf.Output): string
function pack.summary(verb, path)
  local done, preposition = verb:match("^(%S+) (%S+)$")
  return function(result, out)
    if out.added + out.present == 0 then return "no article found; nothing written" end
    local text = ("%s %s %s %s in %s"):format(done, terminal.count(out.added, "article"), preposition, path,
      terminal.duration(result.seconds))
    if out.present > 0 then text = ("%s; %s already there"):format(text, terminal.thousands(out.present)) end
    if not result.interrupted then return text end
    return ("%s\nstopped early: run sheaf add %s on the same pile to go on"):format(text, path)
  end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function pack.run(given, ui)
  local path = given.output
  if not path then failure.raise("where to? name the new sheaf: -o NAME.sheaf") end
  return flow.run({
    paths = given.words, verb = "packed",
    open_output = function() return outputs.sheaf(pack.create(path, given)) end,
    summary = pack.summary("packed into", path),
  }, given, ui)
end

return pack
