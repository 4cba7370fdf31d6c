-- lab.lua - runs small pieces of code in a plugin's sandbox, for the specs of core/script.

local core = require "sheaf.core"

local lab = {}

lab.article = core.article {
  id = "a1", headline = "Ferry strike ends", text = "The ferries sail again.\n\nCrews have agreed.",
  url = "https://www.harbour.example/strike", published = "2022-02-10", language = "en",
}

-- What `return CODE` style code gives in a call (not while loading): value, or nil and the problem.
-- setup is run while the plugin loads.
function lab.value(code, limits, setup)
  limits = limits or {}
  local source = (setup or "") .. " return { kind = 'extractor', each = function(a, opt)\n"
    .. "  local value = (function() " .. code .. "\n end)()\n  return { value = value } end }"
  local plugin, problem = core.plugin(source, "=lab", {
    memory = limits.memory or 16 << 20, seconds = limits.seconds or 0.2,
  })
  if not plugin then return nil, problem end
  if limits.opt then assert(plugin:configure(limits.opt)) end
  local fields
  fields, problem = plugin:extract(lab.article)
  if not fields then return nil, problem end
  return fields.value
end

-- The problem that code ends with, and the seconds that it took.
function lab.problem(code, limits)
  local started = os.clock()
  local value, problem = lab.value(code, limits)
  assert(problem, "no problem, but " .. tostring(value))
  return problem, os.clock() - started
end

-- The plugin that source makes, or an error.
function lab.plugin(source, options)
  return assert(core.plugin(source, "=plugin", options))
end

return lab
