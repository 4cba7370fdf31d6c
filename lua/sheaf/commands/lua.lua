--- lua.lua: a prompt. Reads lines, evaluates them, prints what they give.
--
-- What the user types is trusted, so all of Lua is there. Globals that the
-- session sets live in a table of its own and cannot harm the host.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local pretty = require "sheaf.pretty"
local reader = require "sheaf.prompt.reader"

local prompt = {}

local function environment(given)
  local env = setmetatable({ sheaf = require "sheaf" }, { __index = _G })
  env._G = env
  local path = given.words[1]
  if not path then return env end
  failure.try(require("sheaf.source").exists(path))
  if path:find("%.sheaf$") then
    env.file = failure.try(core.open(path))
    return env
  end
  env.articles = {}
  for a in failure.try(core.read({ path }, { reader = given.reader })) do
    table.insert(env.articles, a:copy())
  end
  return env
end

-- An expression, or else statements; = before an expression does no harm.
local function compile(code, env)
  local plain = code:gsub("^%s*=", "")
  local chunk = load("return " .. plain, "=input", "t", env)
  if chunk then return chunk end
  return load(code, "=input", "t", env)
end

-- Frames below the user's own code are ours and say nothing.
local function traced(problem)
  if type(problem) ~= "string" then return pretty.text(problem) end
  local frames = {}
  for frame in debug.traceback("", 2):gmatch("\t(input:[^\n]+)") do
    if not frame:find("main chunk") then frames[#frames + 1] = "\n  from " .. frame end
  end
  return problem .. table.concat(frames)
end

-- An iterator comes with values for the loop, which are nobody's business.
local function put_values(ui, results)
  local last = type(results[2]) == "function" and 2 or results.n
  for i = 2, last do
    ui:print(pretty.text(results[i]))
  end
end

-- The first value of an input is `_` in the next.
local function evaluate(code, env, ui)
  local chunk, problem = compile(code, env)
  if not chunk then return nil, problem end
  local results = table.pack(core.interruptible(chunk, traced))
  io.stdout:flush()
  if not results[1] then return nil, results[2] end
  if results.n > 1 then env._ = results[2] end
  put_values(ui, results)
  ui:flush()
  return true
end

local ENDS = { exit = true, quit = true }

local function converse(env, ui)
  local input, failed = reader.new(env, ui.columns), false
  if input.interactive then
    ui:say("sheaf %s, %s; Tab completes, Ctrl-C stops a statement, Ctrl-D ends", core.version, _VERSION)
  end
  local function is_unfinished(code)
    local chunk, problem = compile(code, env)
    return not chunk and problem:find("<eof>'?$") ~= nil
  end
  for code in function() return input:next(is_unfinished) end do
    if ENDS[code] then break end
    local fine, problem = true, nil
    if code then fine, problem = evaluate(code, env, ui) end
    if not fine then
      failed = true
      ui:fail(tostring(problem))
    end
  end
  input:close()
  if input.interactive then ui:say("") end
  return failed and not input.interactive and 2 or 0
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function prompt.run(given, ui)
  local env = environment(given)
  if not given.code then return converse(env, ui) end
  for _, code in ipairs(given.code) do
    local fine, problem = evaluate(code, env, ui)
    if not fine then failure.raise(problem) end
  end
  return 0
end

return prompt
