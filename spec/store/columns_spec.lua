-- columns_spec.lua - tests over columns mean what the same expression means in Lua.

local column_test = require "sheaf.column_test"
local core = require "sheaf.core"
local where = require "sheaf.where"

-- A generator of our own, so that each run tests the same.
local state = 7
local function random(most)
  state = (state * 6364136223846793005 + 1442695040888963407) & math.maxinteger
  return (state >> 33) % most + 1
end
local function pick(list) return list[random(#list)] end

local DATES = { "2021", "2022", "2022-02", "2022-02-10", "2022-02-10T09:13Z", "2022-02-10T09:13:05+03:00",
  "XXXX-02-10",
  "2022?", "2021-12/2022-01", "2023-01-31", "1999-12-31", "202X" }
local LANGUAGES = { "en", "de", "ru", "zh-Hant" }
local SITES = { "a.example", "b.example", "news.c.example" }

local function maybe(list)
  if random(4) > 1 then return pick(list) end
end

local function some_article(number)
  local site = maybe(SITES)
  return { headline = "Story " .. number, text = ("word "):rep(random(40)) .. number,
    language = maybe(LANGUAGES), url = site and ("https://%s/%d"):format(site, number) or nil,
    published = maybe(DATES),
    publisher = maybe { "The Lantern", "Morgenblatt", "Ü" } }
end

local RELATIONS = { "<", "<=", ">", ">=", "==", "~=" }
local CONSTANTS = {
  words = { "0", "1", "20", "39", "41", "0x10", "1e1", "nil" }, bytes = { "0", "150", "200", "nil" },
  published = { '"2022"', "'2022-02'", '"2022-02-10"', '"1999-12-31"', '"2023"', "nil" },
  language = { '"en"', "'ru'", '"zh"', '""', "nil" }, site = { '"b.example"', '"a"', "nil" },
  publisher = { '"The Lantern"', '"\u{DC}"', "nil" },
}

local function comparison()
  local field = pick { "words", "bytes", "published", "language", "site", "publisher" }
  local relation, constant = pick(RELATIONS), pick(CONSTANTS[field])
  local kind = random(6)
  if kind == 1 then return ("a.%s"):format(field) end
  if kind == 2 then return ("not a.%s"):format(field) end
  if kind == 3 then return ("%s %s a.%s"):format(constant, relation, field) end
  return ("a.%s %s %s"):format(field, relation, constant)
end

local function expression(depth)
  local kind = random(5)
  if depth == 0 or kind == 1 then return comparison() end
  if kind == 2 then return ("not (%s)"):format(expression(depth - 1)) end
  if kind == 3 then return ("(%s)"):format(expression(depth - 1)) end
  return ("%s %s %s"):format(expression(depth - 1), pick { "and", "or" }, expression(depth - 1))
end

describe("a test over columns", function()
  local path, file

  setup(function()
    path = os.tmpname()
    os.remove(path)
    path = path .. ".sheaf"
    local writer = assert(core.create(path))
    for i = 1, 3000 do
      assert(writer:add(core.article(some_article(i))))
      if i == 1000 then assert(writer:commit()) end
    end
    assert(writer:commit())
    writer:close()
    file = assert(core.open(path))
  end)
  teardown(function()
    file:close()
    os.remove(path)
  end)

  local function by_columns(steps)
    local found = {}
    for row in file:rows { test = steps } do found[#found + 1] = row.position end
    return found
  end

  local function by_lua(compiled)
    local found = {}
    for row in file:rows() do
      local holds, reason = compiled:test(row)
      assert(holds ~= nil, reason)
      if holds then found[#found + 1] = row.position end
    end
    return found
  end

  it("finds what the expression finds in Lua, for expressions made by chance", function()
    local native, found = 0, 0
    for _ = 1, 150 do
      local code = expression(3)
      local compiled = assert(where.compile(code))
      if compiled.columns then
        local expected = by_lua(compiled)
        assert.same(expected, by_columns(compiled.columns), code)
        native, found = native + 1, found + #expected
      end
    end
    assert(native > 100, "only " .. native .. " of 150 were simple enough")
    assert(found > 10000)
  end)

  it("keeps to a range of positions", function()
    local steps = assert(column_test.compile("a.words > 0"))
    local first, last
    for row in file:rows { test = steps, from = 990, to = 1010 } do
      first, last = first or row.position, row.position
    end
    assert.same({ 990, 1010 }, { first, last })
  end)

  it("takes only what columns can answer", function()
    for _, code in ipairs { "a.words > 5 == true", "not a.words > 5", "a.words > a.bytes", "a.words + 1 > 2",
      "a.words",
      "a.words > 1.5", "a.words > -1", 'a.published > "2022-02-10T09:00Z"', 'a.published > "soon"',
      "(a.words) > 5",
      'a.language == "e\\110"', "a.words > 5 -- so", 'a.headline == "x"', "true", "a.words == false" } do
      local steps = column_test.compile(code)
      assert.equal(code == "a.words", steps ~= nil, code)
    end
  end)

  it("compiles deep nesting or leaves it to Lua, and never fails", function()
    for depth = 1, 40 do
      local opening, closing = ("a.words > 1 or a.site and (a.words < 9 or "):rep(depth), (")"):rep(depth)
      local code = opening .. "a.words > 3" .. closing
      local compiled = assert(where.compile(code))
      if compiled.columns then assert.same(by_lua(compiled), by_columns(compiled.columns)) end
    end
  end)

  it("refuses steps that are none", function()
    for _, steps in ipairs { {}, { "and" }, { { "words" }, { "bytes" } }, { { "headline" } },
      { { "words", "<", "x" } },
      { { "published", "<", "soon" } }, { { "words", "<<", 1 } }, { 5 }, { { "language", "<", 1 } } } do
      assert.has_error(function() file:rows { test = steps } end)
    end
  end)
end)
