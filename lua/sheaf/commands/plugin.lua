--- plugin.lua: the workbench: makes, lists, explains, checks, tests, measures and documents plugins.

local blame = require "sheaf.blame"
local columns = require "sheaf.columns"
local core = require "sheaf.core"
local failure = require "sheaf.failure"
local places = require "sheaf.places"
local plugins = require "sheaf.plugins"
local rules = require "sheaf.rules"
local suggest = require "sheaf.suggest"

local plugin = {}

local LISTED = {
  { title = "name", style = "bold" },
  { title = "kind", style = "cyan" },
  { title = "from", most = 24 },
  { title = "about" },
}

local KINDS = { "filter", "extractor", "exporter", "site" }

local FROM = { core = "packaged", user = "yours", project = "project", path = "SHEAF_PLUGIN_PATH" }

-- Those with rules for web sites; a kind of their own only here.
local function all_sites()
  local list = {}
  for i, found in ipairs(places.sites()) do
    local loaded, problem = plugins.describe(found)
    list[i] = { found = found, plugin = loaded, problem = problem, kind = "site" }
  end
  return list
end

-- Every plugin that can be found, the hidden ones too; broken ones as a reason.
local function all_found(kind)
  if kind == "site" then return all_sites() end
  local list = {}
  for _, name in ipairs(places.names(kind)) do
    for _, found in ipairs(places.find(name, kind)) do
      local loaded, problem = plugins.describe(found)
      if not loaded or not kind or loaded.kind == kind then
        list[#list + 1] = { found = found, plugin = loaded, problem = problem }
      end
    end
  end
  for _, site in ipairs(kind and {} or all_sites()) do
    list[#list + 1] = site
  end
  return list
end

local function kind_wanted(given)
  local word = given.words[2] or given.kind
  if not word then return nil end
  for _, kind in ipairs(KINDS) do
    if word == kind or word == kind .. "s" or word == places.folders[kind] then return kind end
  end
  failure.raise(suggest.unknown("kind", word, KINDS))
end

local function put_found(item, writer, given, ui)
  local about = item.plugin.about
  if given.json then
    return ui:print(core.encode { name = item.found.name, kind = item.kind or about.kind,
      from = item.found.origin, path = item.found.path, version = about.version, about = about.about })
  end
  writer:add { item.found.name, item.kind or about.kind, FROM[item.found.origin], about.about }
end

local VERBS = {}

function VERBS.list(given, ui)
  local writer, list = columns.new(ui, LISTED), all_found(kind_wanted(given))
  plugins.remember()
  for _, item in ipairs(list) do
    if item.plugin then put_found(item, writer, given, ui) end
  end
  writer:finish()
  ui:flush()
  for _, item in ipairs(list) do
    if not item.plugin then
      ui:warn(("%s cannot be loaded: %s"):format(item.found.path, tostring(item.problem)))
    end
  end
  return #list == 0 and 1 or 0
end

local function all_named(name, given)
  local all = places.find(name)
  if #all == 0 then failure.raise(plugins.missing(name)) end
  local loaded, seen = {}, {}
  for _, found in ipairs(all) do
    local one = failure.try(plugins.load(found, given.trust))
    local kind = tostring(one.kind)
    if not seen[kind] then
      seen[kind], loaded[#loaded + 1] = true, one
    end
  end
  return loaded
end

function VERBS.help(given, ui)
  for i, name in ipairs(table.move(given.words, 2, #given.words, 1, {})) do
    for j, one in ipairs(all_named(name, given)) do
      if i + j > 2 then ui:print("") end
      require("sheaf.help.plugin").put(ui, one)
    end
  end
  return 0
end

function VERBS.new(given, ui)
  local kind, path = given.words[2], given.words[3]
  local new = require "sheaf.workbench.new"
  if not path then
    failure.raise("what, and of which name? sheaf plugin new KIND NAME",
      "KIND is one of " .. table.concat(new.kinds, ", "))
  end
  new.make(kind, path, ui)
  return 0
end

local function names_of(given)
  return table.move(given.words, 2, #given.words, 1, {})
end

function VERBS.test(given, ui)
  local total, run = 0, require("sheaf.workbench.test").run
  for _, name in ipairs(names_of(given)) do
    for _, one in ipairs(all_named(name, given)) do
      total = total + run(one, given.trust, ui)
    end
  end
  return total > 0 and 2 or 0
end

-- The first word that is no plugin any more is where the articles are.
local function bench_source(given, ui)
  if not given.words[3] then return nil end
  return (require("sheaf.flow").source({ given.words[3] }, given, ui))
end

function VERBS.bench(given, ui)
  local one = failure.try(plugins.open(given.words[2], nil, { trust = given.trust }))
  if not one.about.each and one.about.page then
    failure.raise(("plugin '%s' has rules for pages, and nothing to measure"):format(one.name))
  end
  require("sheaf.workbench.bench").run(one, bench_source(given, ui), given, ui)
  return 0
end

-- Those that were named, or of a kind; else all that are packaged.
local function documented(given)
  local list, word = {}, given.words[2]
  local known = word and places.find(word)[1]
  if known then
    for _, name in ipairs(names_of(given)) do
      for _, one in ipairs(all_named(name, given)) do
        list[#list + 1] = { plugin = one, kind = one.about.page and "site" or one.kind }
      end
    end
    return list
  end
  for _, item in ipairs(all_found(kind_wanted(given))) do
    if item.plugin and item.found.origin == "core" then
      list[#list + 1] = { plugin = item.plugin, kind = item.kind or item.plugin.kind }
    end
  end
  return list
end

function VERBS.doc(given, ui)
  ui:print(require("sheaf.workbench.doc").page(documented(given)))
  return 0
end

-- What is wrong with a plugin file; one that cannot be loaded has one error.
local function findings_of(found, given)
  local one, problem = plugins.load(found, given.trust)
  if one then return rules.findings(one.about) end
  return { errors = { table.concat(blame.lines(problem), "\n  ") }, advice = {} }
end

local function put_findings(ui, path, findings)
  for _, message in ipairs(findings.errors) do
    ui:print(path, ": ", ui:paint("red", "wrong: "), message)
  end
  for _, message in ipairs(findings.advice) do
    ui:print(path, ": ", ui:paint("yellow", "advice: "), message)
  end
  if #findings.errors + #findings.advice == 0 then ui:print(path, ": ", ui:paint("green", "good")) end
  return #findings.errors
end

function VERBS.check(given, ui)
  local wrong = 0
  for _, name in ipairs(names_of(given)) do
    local all = places.find(name)
    if #all == 0 then failure.raise(plugins.missing(name)) end
    for _, found in ipairs(all) do
      wrong = wrong + put_findings(ui, found.path, findings_of(found, given))
    end
  end
  return wrong > 0 and 2 or 0
end

function VERBS.trust(given, ui)
  local folder = given.words[2] or places.project() or "."
  local real = failure.try(places.trust(folder))
  ui:say("the plugins in %s/.sheaf/plugins are used from now on", real)
  ui:say("to undo it, take the line out of %s", places.trust_file())
  return 0
end

local LEAST = { help = "NAME", test = "NAME", check = "FILE", new = "KIND NAME", bench = "NAME" }

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function plugin.run(given, ui)
  local verb = given.words[1]
  if not VERBS[verb] then
    local verbs = require("sheaf.options").command.plugin.verbs
    local message = "plugin: " .. suggest.unknown("word", verb, verbs)
    failure.raise(message, "it is one of " .. table.concat(verbs, ", "))
  end
  if LEAST[verb] and not given.words[2] then
    failure.raise(("which one? sheaf plugin %s %s"):format(verb, LEAST[verb]))
  end
  return VERBS[verb](given, ui)
end

return plugin
