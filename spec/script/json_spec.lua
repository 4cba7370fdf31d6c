-- json_spec.lua - encode, decode, sorted.

local core = require "sheaf.core"

describe("encode", function()
  it("writes keys in order and numbers exactly", function()
    assert.equal('{"a":[1,2.5,true,null],"b":"x\\"\\n","c":[]}',
      core.encode { c = {}, b = 'x"\n', a = { 1, 2.5, true, core.null } })
    assert.equal("[0.1,1e+300,-7,9007199254740993,3]", core.encode { 0.1, 1e300, -7, 9007199254740993, 3.0 })
  end)

  it("reads back what it wrote", function()
    for _, value in ipairs { { a = { { b = { "c" } } } }, { 1, 2, 3 }, "ü\u{1F600}\1", 0.1, -0.5, true } do
      assert.same(value, core.decode(core.encode(value)))
    end
  end)

  it("refuses what JSON has no word for", function()
    local circle = {}
    circle[1] = circle
    for reason, value in pairs {
      ["function"] = { print }, ["NaN"] = { 0 / 0 }, ["string keys"] = { [1.5] = 1 },
      ["string keys?"] = { 1, x = 2 },      ["too deep"] = circle, ["userdata"] = io.stdout,
    } do
      assert.error_matches(function() core.encode(value) end, reason)
    end
  end)
end)

describe("decode", function()
  it("gives values, null as sheaf.null", function()
    assert.same({ a = { 1, 2.5, "é", false }, b = core.null },
      core.decode '{"a":[1,2.5,"\\u00e9",false],"b":null}')
    assert.equal("integer", math.type(core.decode "12"))
    assert.equal("float", math.type(core.decode "12.0"))
    assert.equal(1e400, core.decode "1e400")
  end)

  it("tells what is wrong, and where", function()
    for _, text in ipairs { "", "{", "[1,]", "{'a':1}", "[1] 2", "nul", ("["):rep(100000) } do
      local value, reason = core.decode(text)
      assert.is_nil(value)
      assert.is_true(#reason > 5)
    end
  end)
end)

describe("sorted", function()
  it("goes through keys in order: numbers, then strings", function()
    local seen = {}
    for key, value in core.sorted { b = 1, a = 2, [3] = 3, [1.5] = 4, [-1] = 5 } do
      seen[#seen + 1] = tostring(key) .. value
    end
    assert.equal("-15 1.54 33 a2 b1", table.concat(seen, " "))
  end)
end)

describe("suggest", function()
  it("gives the nearest name, or none", function()
    local names = { "words", "headline", "site", "language" }
    assert.equal("words", core.suggest("wrods", names))
    assert.equal("headline", core.suggest("Headlin", names))
    assert.equal("site", core.suggest("sit", names))
    assert.is_nil(core.suggest("publisher", names))
    assert.is_nil(core.suggest("x", names))
    assert.is_nil(core.suggest(("w"):rep(1000), names))
  end)
end)
