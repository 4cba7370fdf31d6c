-- text_spec.lua - the helpers as Lua sees them: shapes, positions, and text that is no text.

local core = require "sheaf.core"

local function collect(iterator)
  local list = {}
  for value, from, to in iterator do list[#list + 1] = { value, from, to } end
  return list
end

describe("helpers", function()
  it("read dates", function()
    assert.equal("2022-02-10", core.date "10 February 2022")
    assert.is_nil(core.date "soon")
    local first, last = core.date_range "2022-02-10"
    assert.equal(86399, last - first)
    assert.is_nil(core.date_range "XXXX-02-10")
  end)

  it("find dates and addresses with Lua's positions", function()
    local text = "See https://a.example/x, of 10 February 2022."
    for _, found in ipairs(collect(core.find_urls(text))) do
      assert.equal(found[1], text:sub(found[2], found[3]))
    end
    assert.same({ { "https://a.example/x", 5, 23 } }, collect(core.find_urls(text)))
    assert.same({ { "2022-02-10", 29, 44 } }, collect(core.find_dates(text)))
  end)

  it("read credits", function()
    local dateline, size = core.dateline "MOSCOW, February 10. /TASS/. The minister spoke."
    assert.equal("MOSCOW", dateline.place)
    assert.is_true(size > 10 and size < 32)
    assert.is_nil(core.dateline "The minister spoke.")
    assert.equal("Ana Lopez", core.byline("By Ana Lopez")[1].name)
    assert.is_nil(core.byline "Nothing of the kind is here")
  end)

  it("fold, count and walk words", function()
    assert.equal("elan", core.fold "ÉLAN")
    assert.equal(3, core.count_words "one two three")
    assert.same({ { "one", 1, 3 }, { "two", 6, 8 } }, collect(core.words "one, two"))
    assert.equal("coast.example", core.site "https://www.coast.example/a")
    assert.is_nil(core.site "no address")
  end)

  it("mend bytes that are no text", function()
    assert.equal("a\u{FFFD}b", core.fold "A\xffB")
    assert.is_true(core.count_words "\xff\xfe one \x80" >= 1)
    assert.equal("und", (core.language "\xff\xff"))
  end)

  it("raise on wrong types", function()
    assert.error_matches(function() core.date {} end, "string expected, got table")
    assert.error_matches(function() core.words() end, "string expected, got no value")
  end)
end)
