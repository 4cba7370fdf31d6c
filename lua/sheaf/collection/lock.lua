--- lock.lua: collection.lock, which says what exactly a collection was bound from.
--
-- JSON with sorted keys and one article a line, so that version control shows what
-- changed. `digest` is over all that decides what the outputs are: recipe, articles,
-- plugins, version of sheaf. Sources and outputs are noted beside it: a source may get
-- more articles, and the collection stays what it is.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local recipe_of = require "sheaf.collection.recipe"

local lock = {}

local MOST_BYTES = 256 << 20

--- The name of the lock beside a recipe.
---@param file string
---@return string
function lock.path(file)
  return (file:gsub("%.lua$", "")) .. ".lock"
end

-- ---- hashes of plugins ----------------------------------------------------------------

local function files_below(folder, prefix, found)
  local names = {}
  for name in lfs.dir(folder) do
    if name:sub(1, 1) ~= "." then names[#names + 1] = name end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local path = folder .. "/" .. name
    if lfs.attributes(path, "mode") == "directory" then
      if name ~= "spec" then files_below(path, prefix .. name .. "/", found) end
    else
      found[#found + 1] = { name = prefix .. name, path = path }
    end
  end
  return found
end

local function hash_of(files)
  local lines = {}
  for i, file in ipairs(files) do
    local hash = core.sha256(failure.try(recipe_of.read_file(file.path, MOST_BYTES)))
    lines[i] = hash .. "  " .. file.name .. "\n"
  end
  return core.sha256(table.concat(lines))
end

-- Of a folder plugin all files count but its specs.
local function source_hash(plugin)
  local folder = plugin.path:match("^(.*)/plugin%.lua$")
  return hash_of(folder and files_below(folder, "", {}) or { { name = plugin.name, path = plugin.path } })
end

--- What is noted of a plugin.
---@param plugin sheaf.Plugin
---@return table
function lock.plugin(plugin)
  return { kind = plugin.kind, name = plugin.name, version = plugin.about.version or "",
    sha256 = source_hash(plugin) }
end

--- The modules that packaged plugins share.
---@return table?
function lock.shared()
  local folder = core.home() and core.home() .. "/plugins/lib/sheaf"
  if not folder or lfs.attributes(folder, "mode") ~= "directory" then return nil end
  return { kind = "library", name = "shared", version = "", sha256 = hash_of(files_below(folder, "", {})) }
end

-- ---- hashes of the recipe and the sources ---------------------------------------------------

-- Functions show in what they choose; their text does not matter.
local function without_functions(value)
  if type(value) == "function" then return "a function" end
  if type(value) ~= "table" then return value end
  local copy, count = {}, 0
  for _ in pairs(value) do count = count + 1 end
  local is_list = count == #value
  for key, item in pairs(value) do copy[is_list and key or tostring(key)] = without_functions(item) end
  return copy
end

local SET_ELSEWHERE = { sources = true, pick = true, exclude = true }

--- A hash for each key of a recipe, and for the files that it names.
---@param recipe sheaf.Recipe
---@param files table<string, string> what is in them, by key
---@return table<string, string>
function lock.recipe(recipe, files)
  local hashes = {}
  for key, value in pairs(recipe.data) do
    if not SET_ELSEWHERE[key] then
      hashes[key] = core.sha256(core.encode(without_functions(value)) .. (files[key] or "")):sub(1, 32)
    end
  end
  return hashes
end

local function source_of(path)
  if path:find("%.sheaf$") then
    local file <close> = failure.try(core.open(path))
    return { path = path, sha256 = failure.try(file:info()).sha256, kind = "manifest" }
  end
  local about = lfs.attributes(path)
  if about.mode ~= "file" or about.size > 64 << 20 then return { path = path } end
  return { path = path, sha256 = core.sha256(failure.try(recipe_of.read_file(path, MOST_BYTES))) }
end

--- What is noted of the sources; a large pile has no hash.
---@param paths string[]
---@return table[]
function lock.sources(paths)
  local list = {}
  for i, path in ipairs(paths) do list[i] = source_of(path) end
  return list
end

-- ---- the whole ------------------------------------------------------------------------------

--- What is noted of the articles, in order of reading.
---@param choice sheaf.Choice
---@return table[]
function lock.articles(choice)
  local list = {}
  for i, entry in ipairs(choice.list) do
    local section = choice.sections[entry.section]
    list[i] = { id = entry.id, url = entry.url, headline = entry.headline, published = entry.published,
      words = entry.words, text = entry.text, row = entry.row, origin = entry.origin,
      section = not section.whole and section.title or nil }
  end
  return list
end

local COUNTS = { "lock", "sheaf", "recipe", "articles", "excluded", "plugins" }

--- The hash of all that decides what the outputs are.
---@param content table
---@return string
function lock.digest(content)
  local parts = {}
  for i, key in ipairs(COUNTS) do parts[i] = core.encode(content[key] or {}) end
  return core.sha256(table.concat(parts, "\n"))
end

--- A UUID of version 8 that stands for what a reader gets: the same whatever exporters
--- there are, and in which version.
---@param content table
---@return string
function lock.identifier(content)
  local keys = {}
  for key, hash in pairs(content.recipe) do
    if key ~= "outputs" then keys[key] = hash end
  end
  local hash = core.sha256(core.encode { keys, content.articles, content.excluded })
  return ("urn:uuid:%s-%s-8%s-8%s-%s"):format(hash:sub(1, 8), hash:sub(9, 12), hash:sub(14, 16),
    hash:sub(18, 20), hash:sub(21, 32))
end

local function holds_tables(value)
  for _, item in pairs(value) do
    if type(item) == "table" then return true end
  end
  return false
end

-- Tables of tables, and the hashes of files, have an entry a line; all else stands on one.
local function lines_of(value, indent, wide)
  if type(value) ~= "table" or not (wide or holds_tables(value)) then return core.encode(value) end
  local lines, inner = {}, indent .. "  "
  if #value > 0 then
    for i, item in ipairs(value) do lines[i] = inner .. core.encode(item) end
    return "[\n" .. table.concat(lines, ",\n") .. "\n" .. indent .. "]"
  end
  for key, item in core.sorted(value) do
    lines[#lines + 1] = inner .. core.encode(key) .. ": " .. lines_of(item, inner, key == "files")
  end
  return #lines > 0 and "{\n" .. table.concat(lines, ",\n") .. "\n" .. indent .. "}" or "{}"
end

--- The text of a lock.
---@param content table
---@return string
function lock.text(content)
  local lines = {}
  for key, value in core.sorted(content) do
    lines[#lines + 1] = "  " .. core.encode(key) .. ": " .. lines_of(value, "  ", true)
  end
  return "{\n" .. table.concat(lines, ",\n") .. "\n}\n"
end

--- Writes a lock; it appears when it is complete.
---@param path string
---@param content table
function lock.write(path, content)
  local sink = failure.try(core.sink(path))
  failure.try(sink:write(lock.text(content)))
  failure.try(sink:close())
end

local function problem_in(content)
  if type(content) ~= "table" or type(content.articles) ~= "table" or not content.digest then
    return "it is no lock of a collection"
  end
  if content.lock ~= 1 then return "it was written by a later sheaf" end
  for _, article in ipairs(content.articles) do
    if type(article) ~= "table" or type(article.id) ~= "string" or type(article.text) ~= "string" then
      return "an article in it has no id or no hash"
    end
  end
  if lock.digest(content) ~= content.digest then return "it was changed by hand: its digest does not fit" end
end

--- Reads a lock; nil when there is none.
---@param path string
---@return table?
function lock.read(path)
  if not lfs.attributes(path, "mode") then return nil end
  local text, reason = recipe_of.read_file(path, MOST_BYTES)
  if not text then failure.raise(reason) end
  local content = core.decode(text)
  local problem = problem_in(content)
  if problem then failure.raise(("%s: %s"):format(path, problem)) end
  for _, key in ipairs { "recipe", "plugins", "excluded", "sources", "outputs" } do
    if type(content[key]) ~= "table" then content[key] = {} end
  end
  return content
end

return lock
