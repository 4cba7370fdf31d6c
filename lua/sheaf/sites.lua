--- sites.lua: what is known of single web sites, as plugins that name hosts.
--
-- Such a plugin is an extractor with `hosts` and `page`: selectors for what to
-- keep and to drop, and for fields. They lie in sites/ of the folders where plugins
-- lie, and the packaged ones work by themselves. The core is given their rules
-- as one set, before a pile is read; where a plugin also has a function `each`, that
-- is run on every article from a page of its hosts, to correct its fields.

local arguments = require "sheaf.arguments"
local core = require "sheaf.core"
local failure = require "sheaf.failure"
local places = require "sheaf.places"
local plugins = require "sheaf.plugins"
local suggest = require "sheaf.suggest"

local sites = {}

---@class sheaf.Sites
---@field rules userdata for core.read and core.page
---@field plugins table<string, sheaf.Plugin> those that correct articles
local Sites = {}
Sites.__index = Sites

---@class sheaf.SiteOptions
---@field named string[]? names or files, which come before all others
---@field found boolean also those that lie in sites/
---@field trust string[]?
---@field warn fun(message: string)?

-- Loaded, looked over, with the defaults of its arguments. nil and a reason.
local function load(found, trust)
  local plugin, problem = plugins.load(found, trust)
  if not plugin then return nil, problem end
  plugin, problem = plugins.usable(plugin)
  if not plugin then return nil, problem end
  if not plugin.about.page then
    return nil, ("plugin '%s' (%s) has no rules for pages: 'hosts' and 'page' are missing"):format(
      plugin.name, plugin.path)
  end
  local values, reason = arguments.complete(plugin.about.args or {}, {})
  if not values then return nil, ("plugin '%s': %s"):format(plugin.name, reason) end
  return plugins.configured(plugin, values)
end

local function add(self, found, trust)
  local plugin, problem = load(found, trust)
  if not plugin then return nil, problem end
  local fine, reason = self.rules:add(plugin.name, plugin.about)
  if not fine then return nil, ("plugin '%s' (%s): %s"):format(plugin.name, plugin.path, reason) end
  if plugin.about.each then self.plugins[plugin.name] = plugin end
  return true
end

-- The sentence for a name that nothing has, and what to do.
local function missing(name)
  if name:find("/", 1, true) or name:find("%.lua$") then return plugins.missing(name) end
  local names = {}
  for i, found in ipairs(places.sites()) do
    names[i] = found.name
  end
  return "--site: " .. suggest.unknown("plugin", name, names), "sheaf plugin list site names all"
end

local function add_named(self, name, trust)
  local found = places.find(name, "extractor")[1]
  if not found then failure.raise(missing(name)) end
  failure.try(add(self, found, trust))
end

--- The rules that are asked for. One that was named must be right; of the others,
--- what is wrong is told and left out.
---@param options sheaf.SiteOptions
---@return sheaf.Sites
function sites.load(options)
  local self = setmetatable({ rules = core.page_rules(), plugins = {} }, Sites)
  for _, name in ipairs(options.named or {}) do
    add_named(self, name, options.trust)
  end
  for _, found in ipairs(options.found and places.sites() or {}) do
    local fine, problem = add(self, found, options.trust)
    if not fine and options.warn then options.warn("site rules are left out: " .. tostring(problem)) end
  end
  return self
end

-- Lists of fields that `each` of the site's plugin gave, or nil.
local function corrections(self, a)
  local origin = a.provenance
  if not origin or origin.reader ~= "page" then return nil end
  local plugin = self.plugins[self.rules:site(a.url or a.canonical_url) or false]
  if not plugin then return nil end
  local found, problem = plugin.handle:extract(a)
  return plugin, found, problem
end

--- Corrects an article that was read from a page of a site. One on which the plugin
--- fails stays as it is, and that is told.
---@param a userdata
---@param refuse (fun(place: string, status: string, reason: string))?
---@return userdata a
function Sites:correct(a, refuse)
  if not next(self.plugins) then return a end
  local plugin, found, problem = corrections(self, a)
  if not plugin then return a end
  local fine = problem == nil
  if found then fine, problem = a:apply(plugin.name, found) end
  if not fine and refuse then
    local place = a.provenance.entry and a.provenance.file .. "!" .. a.provenance.entry or a.provenance.file
    refuse(place, "a plugin failed", ("site rules '%s' could not correct it: %s"):format(plugin.name,
      type(problem) == "table" and problem.message or tostring(problem)))
  end
  return a
end

return sites
