--- test.lua: the tests that a plugin carries, and its specs.
--
-- Inline tests are part of the plugin's table; each runs in a plugin that was
-- loaded for it alone, in the sandbox. Specs are files for busted.

local arguments = require "sheaf.arguments"
local blame = require "sheaf.blame"
local plugins = require "sheaf.plugins"
local rules = require "sheaf.rules"
local specs = require "sheaf.workbench.specs"

local test = {}

local function run_test(one, index, case, trust)
  local fresh, problem = plugins.load({ name = one.name, path = one.path, origin = one.origin }, trust)
  if not fresh then return nil, problem end
  local values, reason = arguments.complete(one.about.args or {}, case.opt or {})
  if not values then return nil, reason end
  local fine
  fine, problem = fresh.handle:configure(values)
  if not fine then return nil, problem end
  fine, problem = fresh.handle:test(index)
  return fine, problem
end

local function put_problem(ui, problem)
  for _, line in ipairs(blame.lines(problem or "it gave something else than it should")) do
    ui:print("    ", (line:gsub("\n", "\n    ")))
  end
end

-- Returns how many inline tests failed, and how many there are; a plugin that
-- is wrong counts as one.
local function run_inline(one, trust, ui)
  local errors = rules.findings(one.about).errors
  for _, message in ipairs(errors) do
    ui:print("  ", ui:paint("red", "wrong"), "   ", message)
  end
  if #errors > 0 then return 1, 0 end
  local tests, failed = one.about.tests or {}, 0
  for index, case in ipairs(tests) do
    local fine, problem = run_test(one, index, case, trust)
    if not fine then
      failed = failed + 1
      ui:print("  ", ui:paint("red", "failed"), ("  test %d"):format(index))
      put_problem(ui, problem)
    end
  end
  return failed, #tests
end

local function verdict(ui, failed, count)
  if failed > 0 then return ui:paint("red", ("%d failed"):format(failed)) end
  if count == 0 then return ui:paint("yellow", "no tests") end
  return ui:paint("green", ("%d passed"):format(count))
end

-- Returns 1 when specs failed; those that cannot be run are told.
local function run_specs(one, ui)
  local place = one.path and specs.of(one.path)
  if not place then return 0 end
  if not specs.available() then
    ui:warn(("%s was not run: busted is not installed (Debian: lua-busted)"):format(place))
    return 0
  end
  ui:print("specs in ", place, ":")
  ui:flush()
  return specs.run(place) and 0 or 1
end

--- Runs all tests of a plugin; returns how many failed.
---@param one sheaf.Plugin
---@param trust string[]?
---@param ui sheaf.Terminal
---@return integer failed
function test.run(one, trust, ui)
  local failed, count = run_inline(one, trust, ui)
  ui:print(("%s %s: %s"):format(one.kind or "plugin", one.name, verdict(ui, failed, count)))
  return failed + run_specs(one, ui)
end

return test
