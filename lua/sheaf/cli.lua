--- cli.lua: the program. Finds the command, parses, runs, ends in order.
--
-- A command's module is loaded when it is called and not before, so that
-- starting costs little. Its run(given, ui) returns the exit status.

local failure = require "sheaf.failure"
local options = require "sheaf.options"
local parse = require "sheaf.parse"
local suggest = require "sheaf.suggest"
local terminal = require "sheaf.terminal"

local cli = {}

local INSTEAD = { ["--help"] = "help", ["-h"] = "help", ["--version"] = "version", ["-V"] = "version" }

-- Before the options are parsed, what they say about colour is not known.
local function plain_ui()
  return terminal.new {}
end

local function command_of(argv)
  local word = argv[1]
  local name = INSTEAD[word] or word
  local command = options.command[name]
  if command then return command end
  if word:sub(1, 1) == "-" then
    return nil, ("options come after the command: sheaf COMMAND %s"):format(word)
  end
  return nil, suggest.unknown("command", word, options.names(options.commands))
end

local function report(problem, ui)
  if problem == terminal.CLOSED then return 0 end
  if failure.is(problem) then
    ui:fail(problem.message, problem.hints)
  else
    ui:fail("a mistake of sheaf itself, please report it: " .. tostring(problem))
  end
  return 2
end

-- Ours carry no stack; for all else it says where the mistake is.
local function traced(problem)
  if failure.is(problem) or problem == terminal.CLOSED then return problem end
  return debug.traceback(tostring(problem), 2)
end

-- What is read must not be written over: neither by the output nor by a report.
local function spare_inputs(given)
  local lfs = require "lfs"
  for _, option in ipairs { "output", "report" } do
    local about = given[option] and lfs.attributes(given[option])
    for _, word in ipairs(about and about.mode == "file" and given.words or {}) do
      local input = lfs.attributes(word)
      if input and input.ino == about.ino and input.dev == about.dev then
        failure.raise(("--%s %s would be written over what is read"):format(option, given[option]))
      end
    end
  end
end

local function run(command, given)
  local ui = terminal.new(given)
  if given.help then given, command = { words = { command.name } }, options.command.help end
  local function work()
    if given.output or given.report then spare_inputs(given) end
    local status = require("sheaf.commands." .. command.name).run(given, ui)
    ui:flush()
    return status
  end
  local fine, result = xpcall(work, traced)
  if fine then return result end
  pcall(ui.flush, ui)
  return report(result, ui)
end

--- Runs a command line and returns the exit status.
---@param argv string[]
---@return integer
function cli.main(argv)
  if #argv == 0 then
    run(options.command.help, { words = {} })
    return 2
  end
  local command, reason = command_of(argv)
  if not command then
    plain_ui():fail(reason, { "sheaf help lists the commands" })
    return 2
  end
  local given
  given, reason = parse.words(table.move(argv, 2, #argv, 1, {}), command)
  if not given then
    local hint = ("sheaf help %s explains it"):format(command.name)
    plain_ui():fail(("%s: %s"):format(command.name, reason), { hint })
    return 2
  end
  return run(command, given)
end

return cli
