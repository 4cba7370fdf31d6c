--- lua.lua: a prompt. Reads lines, evaluates them, prints what they give.
--
-- What the user types is trusted, so all of Lua is there. Globals that the
-- session sets live in a table of its own and cannot harm the host.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local pretty = require "sheaf.pretty"

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

-- An expression, or else statements.
local function compile(code, env)
  local chunk = load("return " .. code, "=input", "t", env)
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

local function put_values(ui, results)
  for i = 2, results.n do
    ui:print(pretty.text(results[i]))
  end
end

local function evaluate(code, env, ui)
  local chunk, problem = compile(code, env)
  if not chunk then return nil, problem end
  local results = table.pack(xpcall(chunk, traced))
  io.stdout:flush()
  if not results[1] then return nil, results[2] end
  put_values(ui, results)
  ui:flush()
  return true
end

local function is_unfinished(code, env)
  local chunk, problem = compile(code, env)
  return not chunk and problem:find("<eof>'?$") ~= nil
end

local function ask(interactive, text)
  if interactive then
    io.stderr:write(text)
    io.stderr:flush()
  end
  return io.read("L")
end

-- One input: a line, and more as long as the code is not finished.
local function read_input(interactive, env)
  local code = ask(interactive, "> ")
  while code and is_unfinished(code, env) do
    local more = ask(interactive, ">> ")
    if not more then return code end
    code = code .. more
  end
  return code
end

local function converse(env, ui)
  local interactive, failed = core.isatty(0), false
  if interactive then ui:say("sheaf %s, %s; end with Ctrl-D", core.version, _VERSION) end
  for code in read_input, interactive, env do
    local fine, problem = evaluate(code, env, ui)
    if not fine then
      failed = true
      ui:fail(tostring(problem))
    end
  end
  if interactive then ui:say("") end
  return failed and not interactive and 2 or 0
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
