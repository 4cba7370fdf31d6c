-- reference_spec.lua - the reference, the annotations, the pages and the module name the same things.
--
-- With SHEAF_UPDATE_DOCS=1 lua/sheaf/meta and docs/reference.md are written again instead.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec"
local core = require "sheaf.core"
local fields = require "sheaf.fields"
local meta = require "sheaf.reference.meta"
local page = require "sheaf.reference.page"
local reference = require "sheaf.reference"
local sheaf = require "sheaf"

local root = core.realpath(here .. "/..")
local updating = os.getenv("SHEAF_UPDATE_DOCS") == "1"

-- Names in the reference that are values, not functions.
local VALUES = { version = true, null = true }
-- What the host has and users are not told of.
local HOST_ONLY = { apply = true, attach = true, forget = true }

local function read_file(path)
  local file = assert(io.open(root .. "/" .. path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function write_file(path, text)
  local file = assert(io.open(root .. "/" .. path, "wb"))
  file:write(text)
  file:close()
end

local function names_of(list, keep)
  local names = {}
  for _, item in ipairs(list) do
    if not keep or keep(item) then names[#names + 1] = item.name end
  end
  table.sort(names)
  return names
end

local function keys_of(map)
  local names = {}
  for name in pairs(map) do
    if not VALUES[name] and not HOST_ONLY[name] and not tostring(name):find("^__") then
      names[#names + 1] = name
    end
  end
  table.sort(names)
  return names
end

-- The methods of a class of the core, by one of its values.
local function methods_of(value)
  local index = debug.getmetatable(value).__index
  return keys_of(type(index) == "table" and index or select(2, debug.getupvalue(index, 1)))
end

local function with_sheaf(work)
  local path = os.tmpname()
  os.remove(path)
  path = path .. ".sheaf"
  local writer = assert(sheaf.create(path))
  assert(writer:add { headline = "Rain", text = "It rained." })
  assert(writer:commit())
  local fine, problem = pcall(work, assert(sheaf.open(path)), writer)
  writer:close()
  os.remove(path)
  assert(fine, problem)
end

describe("the reference", function()
  it("has every function of the module, and no other", function()
    local listed = names_of(reference.functions, function(item) return item.plugin ~= "only" end)
    assert.same(keys_of(sheaf), listed)
  end)

  it("knows which functions plugins have", function()
    local plugin = assert(core.plugin([[local names = {}
      for name, value in sheaf.sorted(sheaf) do
        if type(value) == "function" then names[#names + 1] = name end
      end
      return { kind = "extractor", each = function() return { names = names } end }]], "=names"))
    local found = assert(plugin:extract(sheaf.article { text = "x" }))
    assert.same(found.names, names_of(reference.functions, function(item) return item.plugin end))
  end)

  it("has every field and method of an article, and no other", function()
    local listed = names_of(reference.class.Article.fields)
    for _, name in ipairs(names_of(reference.class.Article.methods)) do listed[#listed + 1] = name end
    table.sort(listed)
    assert.same(methods_of(sheaf.article { text = "x" }), listed)
  end)

  it("has the fields and methods of an article that options and checks know", function()
    local known = table.move(fields.article, 1, #fields.article, 1, {})
    table.sort(known)
    assert.same(known, names_of(reference.class.Article.fields))
    local methods = table.move(fields.methods, 1, #fields.methods, 1, {})
    table.sort(methods)
    assert.same(methods, names_of(reference.class.Article.methods))
  end)

  it("has every method of files, writers, layers, rules and outputs", function()
    with_sheaf(function(file, writer)
      assert.same(methods_of(file), names_of(reference.class.File.methods))
      assert.same(methods_of(writer), names_of(reference.class.Writer.methods))
    end)
    assert.same(methods_of(sheaf.page_rules()), names_of(reference.class.PageRules.methods))
    assert.same(methods_of(sheaf.phrases { "x" }), names_of(reference.class.Phrases.methods))
    assert.same(methods_of(sheaf.passages()), names_of(reference.class.Passages.methods))
  end)

  it("has every key of a plugin's table", function()
    local rules = require "sheaf.rules"
    for _, field in ipairs(reference.class.PluginTable.fields) do
      local found = rules.findings { kind = "filter", [field.name] = 1 }
      for _, message in ipairs(found.errors) do
        assert.is_nil(message:find("unknown key", 1, true), message)
      end
    end
    assert.same(rules.keys, names_of(reference.class.PluginTable.fields))
  end)

  it("is named whole in docs/lua-api.md", function()
    local text = read_file "docs/lua-api.md"
    local function named(list, lead)
      for _, name in ipairs(names_of(list)) do
        assert.is_truthy(text:find(lead .. name .. "%f[^%w_]"), lead .. name .. " is not in docs/lua-api.md")
      end
    end
    named(reference.functions, "sheaf%.")
    named(reference.class.Article.methods, "a:")
    named(reference.class.Article.fields, "%f[%w_]")
    named(reference.class.Out.methods, "out:")
  end)

  local made_files = {
    ["lua/sheaf/meta/sheaf.lua"] = meta.text,
    ["lua/sheaf/meta/globals.lua"] = meta.globals,
    ["docs/reference.md"] = page.text,
  }
  for path, made in pairs(made_files) do
    if updating then
      it("is written again to " .. path, function() write_file(path, made()) end)
    else
      it("is what stands in " .. path, function() assert.equal(made(), read_file(path)) end)
    end
  end

  it("makes annotations that Lua can read", function()
    assert(loadfile(root .. "/lua/sheaf/meta/sheaf.lua", "t"))
    assert(loadfile(root .. "/lua/sheaf/meta/globals.lua", "t"))
  end)
end)
