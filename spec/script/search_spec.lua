-- search_spec.lua - indexes and queries from Lua.

local core = require "sheaf.core"
local sheaf = require "sheaf"

local TEXTS = { "Envoys talked of peace.", "The war goes on.", "Peace talks, and talks of war.", "Rain." }

describe("searching from Lua", function()
  local path, file

  setup(function()
    path = os.tmpname()
    os.remove(path)
    path = path .. ".sheaf"
    local writer = assert(core.create(path))
    for i, text in ipairs(TEXTS) do
      assert(writer:add(core.article { headline = "Story " .. i, text = text, language = "en",
        url = "https://n.example/" .. i, published = ("2022-0%d"):format(i) }))
    end
    assert(writer:commit())
    writer:close()
  end)
  before_each(function() file = assert(core.open(path)) end)
  after_each(function() file:close() end)
  teardown(function() os.remove(path) end)

  local function positions(found)
    local list = {}
    for i, hit in ipairs(found) do
      list[i] = hit.position
    end
    return list
  end

  it("reads what no index has, then needs to read nothing", function()
    local before = file:search("talks")
    assert.equal(4, file:unindexed())
    assert.equal(4, before.scanned)
    local counts = assert(core.index(path))
    assert.equal(4, counts.articles)
    local fresh <close> = assert(core.open(path))
    local after = fresh:search("talks")
    assert.equal(0, fresh:unindexed())
    assert.equal(0, after.scanned)
    assert.same(positions(before), positions(after))
    assert.equal(before[1].score, after[1].score)
  end)

  it("takes limits, orders, and queries that are read once", function()
    local query = assert(sheaf.query("peace OR war"))
    assert.same({ 1, 2, 3 }, positions(file:search(query, { in_order = true, limit = 0 })))
    local best = file:search(query, { limit = 1, total = true })
    assert.same({ 3 }, positions(best))
    assert.equal(3, best.total)
    assert.is_true(best.exact)
    assert.same({ 2 }, positions(file:search("published:2022-02 " .. "war")))
  end)

  it("says where a query is wrong", function()
    local query, reason, at = sheaf.query("peace (war")
    assert.is_nil(query)
    assert.equal("this bracket is never closed", reason)
    assert.equal(7, at)
    assert.same({ nil, "a word is missing at the end", 9 }, { file:search("peace OR") })
  end)

  it("tests articles that are in no sheaf", function()
    local query = assert(sheaf.query('"peace talks" published:2022 -rain'))
    assert.is_true(query:test(core.article { text = "The peace talks", published = "2022-05-01" }))
    assert.is_false(query:test(core.article { text = "The peace talks", published = "2021" }))
    assert.is_false(query:test(core.article { text = "Talks of peace", published = "2022" }))
    assert.is_false(query:test(core.article { text = "peace talks in the rain", published = "2022" }))
  end)

  it("shows the best passage", function()
    local query = assert(sheaf.query("peace talk"))
    local text, marks, before, behind = query:snippet(file:get(3), 60)
    assert.equal(TEXTS[3], text)
    assert.same({ { 1, 5 }, { 7, 11 }, { 18, 22 } }, marks)
    assert.is_false(before or behind)
    assert.same({ { 5, 9 } }, select(2, query:marks("The PEACE", "en")))
  end)

  it("searches several sheaves, and says in which", function()
    local again <close> = assert(core.open(path))
    local found = assert(core.search({ file, again }, "rain"))
    assert.equal(2, #found)
    assert.equal(1, found[1].file)
    assert.equal(2, found[2].file)
    assert.has_error(function() core.search({ "x" }, "rain") end)
  end)
end)
