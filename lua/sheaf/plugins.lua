--- plugins.lua: from "words:min=200" to a plugin that is ready to run.
--
-- Found by places.lua, loaded by the core in a sandbox of its own, looked over
-- by rules.lua, and given its arguments by arguments.lua. Anything wrong on
-- the way is one sentence that names the plugin.

local abouts = require "sheaf.abouts"
local arguments = require "sheaf.arguments"
local core = require "sheaf.core"
local places = require "sheaf.places"
local rules = require "sheaf.rules"
local suggest = require "sheaf.suggest"

local plugins = {}

local EXPRESSION_HINT = "-e takes an expression over the article a, as in -e 'a.words > 200'"

---@class sheaf.Plugin
---@field name string
---@field kind "filter"|"extractor"|"exporter"
---@field about table its own description
---@field handle userdata
---@field path string?
---@field origin string?
---@field code string? what -e was given

local function read_all(path)
  local file, reason = io.open(path, "rb")
  if not file then return nil, reason end
  local source = file:read("a")
  file:close()
  return source or nil, "it cannot be read"
end

local function is_trusted(found, trust)
  for _, name in ipairs(trust or {}) do
    if name == found.name or name == found.path then return true end
  end
  return false
end

--- Loads a found plugin, without its arguments.
---@param found sheaf.Found
---@param trust string[]? names to be opened outside the sandbox
---@return sheaf.Plugin?
---@return any problem
function plugins.load(found, trust)
  local source, reason = read_all(found.path)
  if not source then return nil, ("%s: %s"):format(found.name, reason) end
  local handle, problem = core.plugin(source, "@" .. found.path, {
    name = found.name,
    folder = found.path:match("^(.*)/plugin%.lua$"),
    shared = core.home() and core.home() .. "/plugins/lib",
    trust = is_trusted(found, trust),
  })
  if not handle then return nil, problem end
  local about = handle:describe()
  return { name = found.name, kind = about.kind, about = about, handle = handle, path = found.path,
    origin = found.origin }
end

local known

--- What a found plugin says of itself, but for its tests; without a sandbox where that is known from
--- before.
---@param found sheaf.Found
---@return {name: string, kind: string, about: table, path: string, origin: string}?
---@return any problem
function plugins.describe(found)
  known = known or abouts.open()
  local about, stamp = known:find(found.path)
  if not about then
    local plugin, problem = plugins.load(found)
    if not plugin then return nil, problem end
    about = plugin.about
    about.tests = nil
    known:keep(stamp, about)
  end
  return { name = found.name, kind = about.kind, about = about, path = found.path, origin = found.origin }
end

--- Lets the next run know what was found out in this one.
function plugins.remember()
  if known then known:save() end
end

--- A loaded plugin when nothing is wrong with it; else nil and what is.
---@param plugin sheaf.Plugin
---@return sheaf.Plugin?
---@return string? problem
function plugins.usable(plugin)
  local errors = rules.findings(plugin.about).errors
  if #errors == 0 then return plugin end
  return nil, ("plugin '%s' (%s): %s"):format(plugin.name, plugin.path, errors[1])
end

local OPTION = { filter = "--filter", extractor = "--extract", exporter = "--to" }
local NOUN = { filter = "a filter", extractor = "an extractor", exporter = "an exporter" }

local function other_kind(plugin, kind)
  local option = OPTION[plugin.kind]
  local noun = NOUN[plugin.kind] or "of no known kind"
  return ("plugin '%s' is %s, not %s"):format(plugin.name, noun, NOUN[kind]), option and "use " .. option
end

--- The sentence for a name that was not found, with the hint of what to do.
---@param name string
---@param kind string?
---@return string message
---@return string? hint
function plugins.missing(name, kind)
  if name:find("/", 1, true) or name:find("%.lua$") then
    return ("there is no file %s"):format(name), "a plugin is a .lua file, or a folder with plugin.lua in it"
  end
  local elsewhere = kind and places.find(name)[1]
  local other = elsewhere and plugins.load(elsewhere)
  if other then return other_kind(other, kind) end
  local message = suggest.unknown(kind or "plugin", name, places.names(kind))
  local project = places.project()
  if project and not places.is_trusted(project) then
    return message, ("the plugins of %s are not looked at until you run: sheaf plugin trust %s"):format(
      project, project)
  end
  return message, ("sheaf plugin list%s names all"):format(kind and " " .. kind or "")
end


local function of_kind(plugin, kind)
  if not kind or plugin.kind == kind then return plugin end
  if not OPTION[plugin.kind] then return plugins.usable(plugin) end
  return nil, other_kind(plugin, kind)
end

--- A notice when the plugin hides others of its name and kind.
---@param all sheaf.Found[]
---@return string?
function plugins.shadow_notice(all)
  if #all < 2 or all[1].path == all[2].path then return nil end
  local hidden = {}
  for i = 2, #all do
    hidden[#hidden + 1] = all[i].origin == "core" and ("the packaged one (core:%s)"):format(all[i].name)
      or all[i].path
  end
  return ("plugin '%s' is %s and hides %s"):format(all[1].name, all[1].path, table.concat(hidden, ", "))
end

--- Gives a plugin its arguments.
---@param plugin sheaf.Plugin
---@param values table
---@return sheaf.Plugin?
---@return any problem
function plugins.configured(plugin, values)
  local fine, problem = plugin.handle:configure(values)
  if not fine then return nil, problem end
  plugin.opt = values
  return plugin
end

---@class sheaf.OpenOptions
---@field trust string[]?
---@field notice (fun(message: string))? told of plugins that hide others

local function loaded(name, kind, options)
  local all = places.find(name, kind)
  if #all == 0 then return nil, plugins.missing(name, kind) end
  local notice = options.notice and plugins.shadow_notice(all)
  if notice then options.notice(notice) end
  local plugin, problem = plugins.load(all[1], options.trust)
  if not plugin then return nil, problem end
  plugin, problem = of_kind(plugin, kind)
  if not plugin then return nil, problem end
  if kind == "extractor" and plugin.about.page and not plugin.about.each then
    return nil, ("plugin '%s' has rules for the pages of a site, and nothing to extract later"):format(name),
      ("its rules are used when pages are read; for one that is not packaged: --site %s"):format(name)
  end
  return plugins.usable(plugin)
end

--- Opens a plugin by its spec, with its arguments checked.
---@param spec string "name:arg=value,…"
---@param kind string?
---@param options sheaf.OpenOptions?
---@return sheaf.Plugin?
---@return any problem
---@return string? hint
function plugins.open(spec, kind, options)
  local name, given = arguments.split(spec)
  if not name then return nil, given end
  local plugin, problem, hint = loaded(name, kind, options or {})
  if not plugin then return nil, problem, hint end
  local values, reason = arguments.check(plugin.about.args or {}, given --[[@as sheaf.Pair[] ]])
  if not values then
    return nil, ("plugin '%s': %s"):format(plugin.name, reason), "sheaf plugin help " .. name
  end
  return plugins.configured(plugin, values)
end

--- Opens a plugin by its name, with values that a host gives for its arguments.
---@param name string
---@param kind string?
---@param given table<string, any>|fun(plugin: sheaf.Plugin): table<string, any>
---@param options sheaf.OpenOptions?
---@return sheaf.Plugin?
---@return any problem
---@return string? hint
function plugins.open_with(name, kind, given, options)
  local plugin, problem, hint = loaded(name, kind, options or {})
  if not plugin then return nil, problem, hint end
  if type(given) == "function" then given = given(plugin) end
  local values, reason = arguments.complete(plugin.about.args or {}, given)
  if not values then
    return nil, ("plugin '%s': %s"):format(plugin.name, reason), "sheaf plugin help " .. name
  end
  return plugins.configured(plugin, values)
end

-- The expression as a function; what is no expression is tried as statements.
local function filter_source(code)
  local fine, reason = load("return " .. code, "=-e", "t")
  local body = fine and "return " .. code
    or load(code, "=-e", "t") and code:find("return") and code
  if body then
    return ('return { kind = "filter", order = "any", each = function(a) %s\n end }'):format(body)
  end
  return nil, (reason:gsub("^%-e:%d+: ", ""))
end

--- A filter written on the command line.
---@param code string a Lua expression, or statements that return
---@return sheaf.Plugin?
---@return any problem
function plugins.expression(code)
  local source, reason = filter_source(code)
  if not source then return nil, ("-e '%s': %s"):format(code, reason), EXPRESSION_HINT end
  local handle, problem = core.plugin(source, "=-e", { name = "-e", forgiving = true })
  if not handle then return nil, problem end
  local plugin = { name = "-e", kind = "filter", about = handle:describe(), handle = handle, code = code }
  return plugins.configured(plugin, {})
end

--- The exporter that a file's ending asks for, or nil.
---@param path string
---@return string?
function plugins.exporter_for(path)
  local ending = path:match("%.([%w]+)$")
  if not ending then return nil end
  for _, name in ipairs(places.names("exporter")) do
    local found = places.find(name, "exporter")[1]
    local plugin = found and plugins.describe(found)
    if plugin and plugin.kind == "exporter" and plugin.about.extension == ending then
      plugins.remember()
      return name
    end
  end
end

return plugins
