--- testing.lua: a plugin under test, for specs.
--
--   local testing = require "sheaf.testing"
--   local plugin = testing.plugin("../plugin.lua", { min = 3 })
--   assert.is_true(plugin:keeps { headline = "Rain stops the regatta" })
--
-- The plugin runs in the real sandbox, with its limits; the spec around it has
-- all of Lua. What fails inside the plugin is an error here that says where.

local arguments = require "sheaf.arguments"
local blame = require "sheaf.blame"
local core = require "sheaf.core"
local plugins = require "sheaf.plugins"

local testing = {}

---@class sheaf.PluginUnderTest
---@field about table what the plugin says about itself
local Subject = {}
Subject.__index = Subject

-- A path as the file of the caller means it.
local function beside_caller(path)
  if path:sub(1, 1) == "/" then return path end
  local source = debug.getinfo(3, "S").source
  return (source:match("^@(.*/)") or "./") .. path
end

local function complain(plugin, problem, a)
  if type(problem) ~= "table" then error(tostring(problem), 3) end
  local message, lines = blame.explain(plugin, problem, a)
  error(message .. "\n  " .. table.concat(lines, "\n  "), 3)
end

local function must(plugin, value, problem, a)
  if value == nil and problem ~= nil then complain(plugin, problem, a) end
  return value, problem
end

--- Loads a plugin with arguments, as `--filter PATH:min=3` would.
---@param path string as the calling file means it
---@param opt table?
---@return sheaf.PluginUnderTest
function testing.plugin(path, opt)
  path = beside_caller(path)
  local name = path:match("([^/]+)/plugin%.lua$") or path:match("([^/]+)%.lua$") or path
  local plugin, problem = plugins.load { name = name, path = path, origin = "file" }
  if not plugin then error(("plugin '%s' cannot be loaded: %s"):format(name, tostring(problem)), 2) end
  local values, reason = arguments.complete(plugin.about.args or {}, opt or {})
  if not values then error(("plugin '%s': %s"):format(name, reason), 2) end
  must(plugin, plugin.handle:configure(values))
  return setmetatable({ plugin = plugin, about = plugin.about }, Subject)
end

local function article_of(given)
  return type(given) == "table" and core.article(given) or given
end

--- Does the filter keep the article? And the reason that it gives.
---@param given table|userdata an article, or its fields
---@return boolean kept
---@return string? reason
function Subject:keeps(given)
  local a = article_of(given)
  local kept, reason = self.plugin.handle:filter(a)
  if kept == nil then complain(self.plugin, reason, a) end
  return kept, reason
end

--- What the extractor gives for the article, or nil.
---@param given table|userdata
---@return table?
function Subject:extract(given)
  local a = article_of(given)
  return (must(self.plugin, self.plugin.handle:extract(a)))
end

--- All that the exporter writes for these articles.
---@param list (table|userdata)[]
---@return string
function Subject:export(list)
  local handle, sink = self.plugin.handle, core.sink_memory()
  must(self.plugin, handle:open(sink))
  for _, given in ipairs(list) do
    local a = article_of(given)
    local fine, problem = handle:write(a)
    if not fine then complain(self.plugin, problem, a) end
  end
  must(self.plugin, handle:close())
  return sink:text()
end

--- The article that the rules of a site find in a page.
---@param html string
---@param url string?
---@return userdata
function Subject:page(html, url)
  local rules = core.page_rules()
  local fine, reason = rules:add(self.plugin.name, self.plugin.about)
  if not fine then error(reason, 2) end
  return (core.page(html, { url = url or ("https://%s/"):format(self.about.hosts[1]), rules = rules }))
end

return testing
