--- bound.lua: what a recipe comes to: articles, notes, the lock, and what exporters are given.

local choose = require "sheaf.collection.choose"
local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local lock = require "sheaf.collection.lock"
local notes = require "sheaf.collection.notes"
local targets = require "sheaf.collection.targets"

local bound = {}

local COVER_BYTES = 16 << 20

local MEDIA = {
  { "\x89PNG\r\n\x1a\n", "image/png", "cover.png" }, { "\xff\xd8\xff", "image/jpeg", "cover.jpg" },
  { "GIF8", "image/gif", "cover.gif" },
}

-- By its first bytes; an SVG by its name.
local function media_of(bytes, path)
  for _, kind in ipairs(MEDIA) do
    if bytes:sub(1, #kind[1]) == kind[1] then return kind[2], kind[3] end
  end
  if bytes:find("^RIFF....WEBP") then return "image/webp", "cover.webp" end
  if path:find("%.svg$") and bytes:find("<svg", 1, true) then return "image/svg+xml", "cover.svg" end
end

local function cover_of(recipe)
  local path = recipe.data.cover
  if not path then return nil end
  local bytes = recipe:read({ "cover" }, path, COVER_BYTES)
  local media, name = media_of(bytes, path)
  if not media then recipe:fail({ "cover" }, ("%s is no PNG, JPEG, GIF, WebP or SVG"):format(path)) end
  return { name = name, media = media, bytes = bytes }
end

local function seconds_text(seconds)
  return os.date("!%Y-%m-%dT%H:%M:%SZ", seconds)
end

-- What the recipe says, or the newest date of the articles; never the clock.
local function modified_of(recipe, choice)
  if recipe.data.date then return seconds_text((core.date_range(recipe.data.date))) end
  local newest
  for _, entry in ipairs(choice.list) do
    for _, name in ipairs { "published", "modified", "retrieved" } do
      local first = entry[name] and core.date_range(entry[name])
      if first and (not newest or first > newest) then newest = first end
    end
  end
  return seconds_text(newest or 0)
end

local function sections_of(choice)
  local sections = {}
  for i, section in ipairs(choice.sections) do
    local ids = {}
    for k, entry in ipairs(section.entries) do ids[k] = entry.id end
    sections[i] = { title = section.title, text = section.text, articles = ids }
  end
  return sections
end

-- The layers that articles come with: those of the sheaves, and what extractors find.
local function layers_of(recipe, choice)
  local layers, names, seen = {}, {}, {}
  local function add(name, version)
    if seen[name] then return end
    seen[name] = true
    layers[#layers + 1], names[#names + 1] = { name = name, version = version }, name
  end
  for _, name in ipairs(recipe.data.layers or {}) do
    add(name:match("^[^@]*"), name:match("@(.*)$") or "0")
  end
  for _, step in ipairs(choice.extractors) do add(step.plugin.name, step.plugin.about.version or "0") end
  return layers, names
end

local function plain_note(value)
  return type(value) == "string" and value or nil
end

-- What files say that the recipe names, so that a change in them is seen.
local function named_files(recipe, collection)
  local texts = {}
  for i, section in ipairs(recipe.data.sections or {}) do
    texts[i] = plain_note(recipe:markdown({ "sections", i, "text" }, section.text)) or ""
  end
  return { introduction = collection.introduction, cover = collection.cover and collection.cover.bytes,
    sections = table.concat(texts, "\0") }
end

local function plugins_of(choice, wanted)
  local list, seen = {}, {}
  local function add(plugin)
    if not plugin or not plugin.path or seen[plugin.path] then return end
    seen[plugin.path] = true
    list[#list + 1] = lock.plugin(plugin)
  end
  for _, step in ipairs(choice.steps or {}) do add(step.plugin) end
  for _, step in ipairs(choice.extractors) do add(step.plugin) end
  for _, item in ipairs(wanted) do add(item.plugin) end
  table.sort(list, function(a, b)
    if a.kind ~= b.kind then return a.kind < b.kind end
    return a.name < b.name
  end)
  list[#list + 1] = lock.shared()
  return list
end

---@class sheaf.Bound
---@field recipe sheaf.Recipe
---@field choice sheaf.Choice
---@field targets sheaf.Target[] all that the recipe names
---@field collection table what exporters are given
---@field content table the lock

local function content_of(recipe, choice, collection, items)
  local content = { lock = 1, sheaf = core.version,
    recipe = lock.recipe(recipe, named_files(recipe, collection)),
    plugins = plugins_of(choice, items), articles = lock.articles(choice), excluded = choice.excluded,
    sources = lock.sources(recipe.data.sources) }
  content.digest = lock.digest(content)
  content.identifier = lock.identifier(content)
  return content
end

-- What stands in a bundle, so that it can be checked against its lock.
local function manifest_of(content, collection)
  local articles = {}
  for i, article in ipairs(content.articles) do articles[i] = { id = article.id, sha256 = article.text } end
  return core.encode { identifier = content.identifier, lock = content.digest, sheaf = core.version,
    title = collection.title, articles = articles } .. "\n"
end

local function without_headlines(excluded)
  local list = {}
  for i, item in ipairs(excluded) do list[i] = { id = item.id, reason = item.reason } end
  return list
end

--- Reads a recipe and its sources, up to the point where outputs could be written.
---@param recipe sheaf.Recipe
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return sheaf.Bound
function bound.of(recipe, given, ui)
  local self = { recipe = recipe, targets = targets.of(recipe, given) }
  for _, target in ipairs(self.targets) do -- so that a misspelt one is told before anything is read
    targets.plugin(recipe, target, {}, given, ui)
  end
  local choice = choose.run(recipe, given, ui)
  if #choice.list == 0 then failure.raise(("%s: no article is in the collection"):format(recipe.name)) end
  local data = recipe.data
  local layers, names = layers_of(recipe, choice)
  local collection = { title = data.title, subtitle = data.subtitle, curator = data.curator,
    licence = data.licence, language = data.language, cover = cover_of(recipe),
    introduction = recipe:markdown({ "introduction" }, data.introduction),
    modified = modified_of(recipe, choice),
    sections = sections_of(choice), notes = notes.resolve(recipe, choice, ui), layers = names,
    excluded = without_headlines(choice.excluded) }
  local items = {}
  for i, target in ipairs(self.targets) do
    items[i] = { target = target, plugin = targets.plugin(recipe, target, collection, given, ui) }
  end
  self.choice, self.collection, self.layers = choice, collection, layers
  self.content = content_of(recipe, choice, collection, items)
  collection.identifier = self.content.identifier
  collection.manifest = manifest_of(self.content, collection)
  return self
end

--- Writes outputs; gives the status, and what was written: name → hashes.
---@param self sheaf.Bound
---@param wanted sheaf.Target[]
---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
---@return table<string, table> written
function bound.build(self, wanted, given, ui)
  local items = {}
  for i, target in ipairs(wanted) do
    items[i] = { target = target, plugin = targets.plugin(self.recipe, target, self.collection, given, ui) }
  end
  targets.make_folders(wanted)
  core.timeless()
  local told
  local options = { words = {}, literal = {}, steps = self.choice.extractors, trust = given.trust,
    threads = given.threads, on_error = "stop" }
  flow.run({ source = choose.source(self.choice), paths = {}, verb = "written",
    open_output = function() return targets.open(self.recipe, items, self.collection, self.layers) end,
    summary = function(result) told = result end }, options, ui)
  if told.interrupted then failure.raise("stopped; the outputs were left as they were") end
  local written = {}
  for _, target in ipairs(wanted) do
    written[target.name] = targets.hash(target.path)
    written[target.name].path = target.path
  end
  return self.choice.status, written
end

return bound
