--- pack.lua: makes a sheaf from a pile.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local outputs = require "sheaf.outputs"
local lfs = require "lfs"
local terminal = require "sheaf.terminal"

local pack = {}

local GO_ON = "the same command with --resume goes on"

-- Of a long list of piles the first ones are named.
local function from(piles)
  local named = table.concat(piles, ", ", 1, math.min(#piles, 20))
  return ("from %s%s"):format(named, #piles > 20 and (" and %d more"):format(#piles - 20) or "")
end

--- Level of compression and size of a frame, by the name of a preset.
pack.presets = {
  fast = { level = 3, frame_bytes = 256 << 10 },
  default = { level = 10, frame_bytes = 352 << 10 },
  small = { level = 9, frame_bytes = 1 << 20 },
  max = { level = 19, frame_bytes = 2 << 20 },
}

--- What is written down about how a sheaf was made: from what, and its steps.
---@param given sheaf.Parsed
---@return table options for a writer
function pack.options(given)
  local plan = { from(given.words) }
  local preset = pack.presets[given.preset or "default"]
  if given.preset and given.preset ~= "default" then plan[#plan + 1] = "preset " .. given.preset end
  if given.no_site_rules then plan[#plan + 1] = "no site rules" end
  for _, name in ipairs(given.site or {}) do
    plan[#plan + 1] = "site " .. name
  end
  if given.where then plan[#plan + 1] = "where " .. given.where end
  if given.search then plan[#plan + 1] = "search " .. given.search end
  for _, step in ipairs(given.steps) do
    plan[#plan + 1] = step.kind .. " " .. step.spec
  end
  return { threads = given.threads, plan = table.concat(plan, "; "), wait = given.wait,
    level = preset.level, frame_bytes = preset.frame_bytes, originals = given.originals }
end

-- A partial sheaf that has a commit. One that was killed before the end of its
-- first can be read, but nothing in it is safe: it is started anew.
local function open_partial(path)
  local file = lfs.attributes(path, "mode") and core.open(path)
  if file and not failure.try(file:info()).rebuilt then return file end
  if file then file:close() end
end

-- What an interrupted run has left: how to open it, and its last plan.
local function left_over(path)
  local file, open = open_partial(path .. ".partial"), core.resume
  if not file and lfs.attributes(path, "mode") then file, open = failure.try(core.open(path)), core.append end
  if not file then return end
  local plan = failure.try(file:info()).plan
  file:close()
  return open, plan
end

-- Opens what is left over, when it was made in the same way; sets given.from.
local function resume(path, given, options)
  local open, noted = left_over(path)
  if not open then return end
  if outputs.position_in(noted, options.plan) then
    local writer = failure.try(open(path, options))
    -- Only now nobody else writes: one that was just killed may have committed once more.
    given.from = outputs.position_in(select(2, left_over(path)), options.plan)
    return writer
  end
  if noted == options.plan and open == core.append then
    failure.raise(("%s is complete"):format(path), ("sheaf add %s PILE... adds to it"):format(path))
  end
  failure.raise(("%s was begun in another way: %s"):format(path, noted or "not told"),
    "give the same piles, options and steps, or remove it and start anew")
end

local function check_resume(given)
  for _, name in ipairs { "sort", "limit" } do
    if given[name] then failure.raise(("--resume cannot go on with --%s"):format(name)) end
  end
end

--- Creates a sheaf; a name that is taken or odd is an error with advice.
---@param path string
---@param given sheaf.Parsed
---@param options table? of the writer
---@return userdata writer
function pack.create(path, given, options)
  if not path:find("%.sheaf$") then
    local better = path:gsub("%.[%w]+$", "") .. ".sheaf"
    failure.raise(("the name of a sheaf ends in .sheaf; did you mean -o %s?"):format(better))
  end
  if not given.resume and lfs.attributes(path .. ".partial", "mode") and left_over(path) == core.resume then
    failure.raise(("%s.partial is what an interrupted sheaf pack has left"):format(path),
      "the same command with --resume goes on with it; remove it to start anew")
  end
  local writer, reason = core.create(path, options or pack.options(given))
  if writer then return writer end
  if lfs.attributes(path, "mode") then
    failure.raise(("%s is already there"):format(path), ("sheaf add %s PILE... adds to it"):format(path))
  end
  failure.raise(reason)
end

--- "packed 12 articles into x.sheaf in 0.3 s; 1 already there"
---@param verb string "packed into", "added to"
---@param path string
---@param advice string? how to go on after an interruption
---@return fun(result: sheaf.FlowResult, out: sheaf.Output): string
function pack.summary(verb, path, advice)
  local done, preposition = verb:match("^(%S+) (%S+)$")
  return function(result, out)
    if out.added + out.present == 0 and not out.resumed then return "no article found; nothing written" end
    local text = ("%s %s %s %s in %s"):format(done, terminal.count(out.added, "article"), preposition, path,
      terminal.duration(result.seconds))
    if out.present > 0 then text = ("%s; %s already there"):format(text, terminal.thousands(out.present)) end
    if not result.interrupted then return text end
    return ("%s\nstopped early: %s"):format(text, advice
      or ("run sheaf add %s on the same pile to go on"):format(path))
  end
end

-- The position must be known before the source is opened, so the writer is, too.
local function open_resumed(path, given)
  if not given.resume then return end
  check_resume(given)
  return resume(path, given, pack.options(given))
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function pack.run(given, ui)
  local path = given.output
  if not path then failure.raise("where to? name the new sheaf: -o NAME.sheaf") end
  local resumed <close> = open_resumed(path, given)
  local options = pack.options(given)
  options.hold = true
  local function open_output(source)
    local out = outputs.sheaf(resumed or pack.create(path, given, options), {
      plan = options.plan, position = function() return not given.sort and source:position() or nil end,
      every = given.commit_every and given.commit_every << 20,
    })
    out.resumed = resumed ~= nil
    return out
  end
  local status = flow.run({ paths = given.words, verb = "packed", open_output = open_output,
    summary = pack.summary("packed into", path, not given.sort and GO_ON or nil) }, given, ui)
  local complete = (status == 0 or status == 3) and lfs.attributes(path, "mode")
  if given.index and complete then require("sheaf.commands.index").build(path, given, ui) end
  return status
end

return pack
