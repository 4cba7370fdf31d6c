--- recipe.lua: reads collection.lua, and says on which line something is wrong.
--
-- A recipe is Lua that sees no files, no system and no library but texts, tables and
-- numbers: whoever gets one from somebody else can bind it. What it returns is checked
-- here key by key; what it names (articles, plugins, files) is looked for later, and
-- fails with recipe:fail, too.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local lines = require "sheaf.collection.lines"
local suggest = require "sheaf.suggest"

local recipe = {}

---@class sheaf.Recipe
---@field name string as it was given, for messages
---@field file string its name in its folder
---@field folder string
---@field data table what it returned
local Recipe = {}
Recipe.__index = Recipe

local MOST_BYTES, MOST_SECONDS = 16 << 20, 20

-- ---- messages -------------------------------------------------------------------------

local function place(self, path)
  local line = self.line_of(path)
  return line and ("%s:%d"):format(self.name, line) or self.name
end

--- "sections[2].title"
---@param path (string|integer)[]
---@return string
function recipe.path_text(path)
  local parts = {}
  for i, key in ipairs(path) do
    if math.type(key) then
      parts[i] = ("[%d]"):format(key)
    elseif key:find("^[%a_][%w_]*$") then
      parts[i] = i > 1 and "." .. key or key
    else
      parts[i] = ('["%s"]'):format(key)
    end
  end
  return table.concat(parts)
end

--- Ends the command with what is wrong at a place of the recipe.
---@param path (string|integer)[]
---@param message string
---@param ... string hints
function Recipe:fail(path, message, ...)
  failure.raise(("%s: %s"):format(place(self, path), message), ...)
end

--- The same as a text, for a notice.
---@param path (string|integer)[]
---@param message string
---@return string
function Recipe:told(path, message)
  return ("%s: %s"):format(place(self, path), message)
end

-- ---- what a recipe sees -----------------------------------------------------------------

local function copy_of(library)
  local copy = {}
  for name, value in pairs(library) do copy[name] = value end
  return copy
end

local function environment()
  local env = { sheaf = {}, pairs = core.sorted }
  local names = "assert error ipairs next pcall rawequal rawlen select tonumber tostring type"
  for name in names:gmatch("%S+") do
    env[name] = _G[name]
  end
  for name in ("string table math utf8"):gmatch("%S+") do env[name] = copy_of(_G[name]) end
  env.string.dump, env.math.random, env.math.randomseed = nil, nil, nil
  for name in ("date date_range fold words count_words sentences site language sorted hash"):gmatch("%S+") do
    env.sheaf[name] = core[name]
  end
  env.sheaf.version = core.version
  return env
end

-- Runs a function of the recipe; one that never ends is stopped.
local function guarded(run, ...)
  local began = os.clock()
  debug.sethook(function()
    if os.clock() - began > MOST_SECONDS then
      error(("it took more than %d seconds"):format(MOST_SECONDS), 2)
    end
  end, "", 1000000)
  local results = table.pack(pcall(run, ...))
  debug.sethook()
  return table.unpack(results, 1, results.n)
end

-- Lua's own messages have the name and the line already.
local function located(self, path, problem)
  local text = tostring(problem)
  if text:sub(1, #self.name + 1) == self.name .. ":" then failure.raise(text) end
  self:fail(path, text)
end

--- Calls a function that the recipe has given; what it raises names recipe and line.
---@param path (string|integer)[] where it stands
---@param run function
---@param ... any
---@return any
function Recipe:call(path, run, ...)
  local fine, result, more = pcall(run, ...)
  if fine then return result, more end
  located(self, path, result)
end

-- ---- what it may say -----------------------------------------------------------------------

local check = {}

local function unknown(self, path, key, known)
  local at = table.move(path, 1, #path, 1, {})
  at[#at + 1] = key
  local what = #path > 0 and ("key of %s"):format(recipe.path_text(path)) or "key"
  self:fail(at, suggest.unknown(what, tostring(key), known))
end

local function below(path, key)
  local at = table.move(path, 1, #path, 1, {})
  at[#at + 1] = key
  return at
end

local function wrong(self, path, what)
  self:fail(path, ("%s must be %s"):format(recipe.path_text(path), what))
end

function check.text(self, path, value)
  if type(value) ~= "string" then wrong(self, path, "a text") end
  if not utf8.len(value) then wrong(self, path, "text in UTF-8") end
end

function check.date(self, path, value)
  if type(value) ~= "string" or not core.date_range(value) then
    wrong(self, path, "a date such as 2022-02-10 or 2022-02-10T09:00Z")
  end
end

function check.language(self, path, value)
  if type(value) ~= "string" or not value:find("^%a[%w%-]*$") then
    wrong(self, path, "a language tag such as en or pt-BR")
  end
end

check["function"] = function(self, path, value)
  if type(value) ~= "function" then wrong(self, path, "a function") end
end

-- Each item of a list, which has no other keys.
local function each_item(self, path, value, test, what)
  if type(value) ~= "table" then wrong(self, path, what) end
  for key in core.sorted(value) do
    if math.type(key) ~= "integer" or key < 1 or key > #value then
      self:fail(below(path, key), ("%s must be %s; '%s' is no place in it"):format(recipe.path_text(path),
        what, tostring(key)))
    end
  end
  for i, item in ipairs(value) do test(self, below(path, i), item) end
end

local function list_of(test, what)
  return function(self, path, value) each_item(self, path, value, test, what) end
end

local function names(known)
  local list = {}
  for name in core.sorted(known) do list[#list + 1] = name end
  return list
end

-- A table with these keys; `needed` must be there.
local function fields(known, needed)
  return function(self, path, value)
    if type(value) ~= "table" then wrong(self, path, "a table") end
    for key in core.sorted(value) do
      if not known[key] then unknown(self, path, key, names(known)) end
    end
    for key in core.sorted(value) do check[known[key]](self, below(path, key), value[key]) end
    for _, key in ipairs(needed or {}) do
      if value[key] == nil then self:fail(path, ("%s needs %s"):format(recipe.path_text(path), key)) end
    end
  end
end

local function either(kinds, what)
  return function(self, path, value)
    local kind = kinds[type(value)]
    if not kind then wrong(self, path, what) end
    check[kind](self, path, value)
  end
end

local function one_of(values)
  return function(self, path, value)
    for _, known in ipairs(values) do
      if known == value then return end
    end
    self:fail(path, ("%s must be a function or one of %s; %s"):format(recipe.path_text(path),
      table.concat(values, ", "), suggest.unknown("value", tostring(value), values)))
  end
end

function check.number(self, path, value)
  if math.type(value) ~= "integer" or value < 1 then wrong(self, path, "a whole number from 1 on") end
end

function check.name(self, path, value)
  check.text(self, path, value)
  if value == "" then wrong(self, path, "an id, the beginning of one, or an address") end
end

check.file = fields({ file = "text" }, { "file" })
check.markdown = either({ string = "text", table = "file" }, 'Markdown, or { file = "intro.md" }')
check.texts = list_of(check.text, "a list of texts")
check.filter = either({ string = "text", ["function"] = "function" }, "a filter's name or a function")
check.filters = list_of(check.filter, "a list of filters")
check.reasoned = fields({ id = "name", reason = "text" }, { "id" })
check.choice = either({ string = "name", table = "reasoned" }, 'an id, or { id = "…", reason = "…" }')
check.choices = list_of(check.choice, "a list of ids")
check.named_order = one_of { "published", "-published", "headline", "site", "given" }
check.order = either({ string = "named_order", ["function"] = "function" }, "a name or a function")
check.section = fields({ title = "text", text = "markdown", pick = "choices", where = "text",
  match = "function" }, { "title" })
check.sections = list_of(check.section, "a list of sections")
check.span = fields({ quote = "text", nth = "number", from = "number", to = "number", text = "text" },
  { "text" })
check.spans = list_of(check.span, "a list of spans")
check.long_note = fields { text = "text", spans = "spans" }
check.note = either({ string = "text", table = "long_note" }, "Markdown, or { text = …, spans = { … } }")

function check.notes(self, path, value)
  if type(value) ~= "table" then wrong(self, path, "a table of notes by id") end
  for id in core.sorted(value) do
    if type(id) ~= "string" then
      self:fail(below(path, id), 'notes go by the ids of articles: notes = { ["3f9a"] = "…" }')
    end
    check.note(self, below(path, id), value[id])
  end
end

local function check_output(self, path, value)
  if type(value) == "string" then return check.text(self, path, value) end
  if type(value) ~= "table" then wrong(self, path, 'a path, or { path = "…", … }') end
  if type(value.path) ~= "string" then self:fail(path, ("%s needs path"):format(recipe.path_text(path))) end
end

function check.outputs(self, path, value)
  if type(value) ~= "table" then wrong(self, path, "a table of paths by exporter") end
  for key in core.sorted(value) do
    local item = value[key]
    if math.type(key) and (type(item) ~= "table" or type(item.to) ~= "string") then
      self:fail(below(path, key),
        'an output without a name says to which exporter: { to = "html", path = "x.html" }')
    end
    check_output(self, below(path, key), item)
  end
end

local KEYS = { title = "text", subtitle = "text", curator = "text", licence = "text",
  language = "language", date = "date", cover = "text", introduction = "markdown", sources = "texts",
  where = "text", search = "text",
  filters = "filters", extract = "texts", layers = "texts", pick = "choices", exclude = "choices",
  order = "order", sections = "sections", notes = "notes", outputs = "outputs" }

--- The keys of a recipe.
recipe.keys = names(KEYS)

local whole = fields(KEYS)

local function check_all(self, data)
  if type(data) ~= "table" then self:fail({}, "a recipe returns a table") end
  whole(self, {}, data)
  if not data.title then self:fail({}, 'a collection needs a title: title = "…"') end
  if #(data.sources or {}) == 0 then
    self:fail({ "sources" }, 'a collection needs sources: sources = { "news.sheaf" }')
  end
end

-- ---- reading it ----------------------------------------------------------------------------

local function read_file(path, most)
  local about = lfs.attributes(path)
  if about and about.mode == "directory" then return nil, path .. ": it is a folder" end
  if about and about.size > most then return nil, ("%s: it has more than %d MiB"):format(path, most >> 20) end
  local file, reason = io.open(path, "rb")
  if not file then return nil, reason end
  local text = file:read("a")
  file:close()
  return text, path .. ": it cannot be read"
end

--- The bytes of a file that the recipe names, relative to its folder.
---@param path (string|integer)[] where it is named
---@param name string
---@param most integer bytes
---@return string
function Recipe:read(path, name, most)
  local text, reason = read_file(name, most)
  if not text then self:fail(path, reason) end
  return text
end

--- Markdown that is given as a text or as a file.
---@param path (string|integer)[]
---@param value string|table|nil
---@return string?
function Recipe:markdown(path, value)
  if type(value) ~= "table" then return value end
  local text = self:read(below(path, "file"), value.file, MOST_BYTES)
  if not utf8.len(text) then self:fail(below(path, "file"), ("%s is no text in UTF-8"):format(value.file)) end
  return (text:gsub("\r\n", "\n"))
end

--- Reads a recipe and goes to its folder, from which all that it names is found.
---@param name string
---@return sheaf.Recipe
function recipe.load(name)
  failure.try(require("sheaf.source").exists(name))
  if name:find("%.sheaf$") then
    failure.raise(("%s is no recipe"):format(name), ("sheaf bind --new %s begins one"):format(name))
  end
  local source = failure.try(read_file(name, MOST_BYTES))
  local folder, file = name:match("^(.*/)([^/]*)$")
  local self = setmetatable({ name = name, file = file or name, folder = folder or "./" }, Recipe)
  self.line_of = lines.of(source)
  local chunk, problem = load(source, "@" .. name, "t", environment())
  if not chunk then failure.raise(problem) end
  local fine, data = guarded(chunk)
  if not fine then located(self, {}, data) end
  self.data = data
  check_all(self, data)
  if folder then failure.try(lfs.chdir(folder)) end
  return self
end

recipe.read_file = read_file
recipe.below = below

return recipe
