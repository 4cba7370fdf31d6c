-- units_spec.lua - the parts of the Lua side that need no binary.

local arguments = require "sheaf.arguments"
local pretty = require "sheaf.pretty"
local suggest = require "sheaf.suggest"
local terminal = require "sheaf.terminal"
local where = require "sheaf.where"
local width = require "sheaf.width"

describe("suggest", function()
  it("guesses near names and beginnings, and is silent otherwise", function()
    assert.are.equal("language", suggest.nearest("langauge", { "words", "language" }))
    assert.are.equal("language", suggest.nearest("lang", { "words", "language" }))
    assert.is_nil(suggest.nearest("xylophone", { "words", "language" }))
    assert.is_nil(suggest.nearest(("a"):rep(5000), { "words" }))
  end)
end)

describe("arguments", function()
  local args = {
    min = { "integer", default = 5, min = 0, max = 100 },
    rate = { "number" },
    loud = { "boolean" },
    since = { "date" },
    any = { "list", default = {} },
    only = { "list", values = { "en", "de" } },
    field = { "string", values = { "headline", "text" } },
    tag = { "string", match = "^%l%l$" },
  }

  local function check(spec)
    local name, given = arguments.split(spec)
    assert.are.equal("p", name)
    return arguments.check(args, given)
  end

  it("splits names from arguments", function()
    assert.are.equal("core:words", (arguments.split("core:words:min=3")))
    assert.are.equal("./x.lua", (arguments.split("./x.lua:a=b:c")))
    assert.is_nil((arguments.split(":min=3")))
    assert.is_nil((arguments.split('p:any="open')))
  end)

  it("gives every type its value", function()
    local opt = assert(check("p:min=7,rate=0.5,loud,since=2022-02,field=text,tag=en"))
    assert.are.same({ 7, 0.5, true, "2022-02", "text", "en" },
      { opt.min, opt.rate, opt.loud, opt.since, opt.field, opt.tag })
    assert.are.equal(false, assert(check("p:loud=no")).loud)
  end)

  it("lets lists go on behind a comma, in quotes, and when given again", function()
    assert.are.same({ "a b", "c" }, assert(check("p:any=a b,c,min=3")).any)
    assert.are.same({ "a", "b" }, assert(check('p:any="a, b"')).any)
    assert.are.same({ "a", "b" }, assert(check("p:any=a,any=b")).any)
    assert.are.same({ "a, b", "c" }, assert(check([[p:any=a\, b,c]])).any)
  end)

  it("fills in defaults that no run can change for the next", function()
    local one = assert(check("p"))
    table.insert(one.any, "x")
    assert.are.same({}, assert(check("p")).any)
    assert.are.equal(5, one.min)
  end)

  it("says what is wrong", function()
    local function reason(spec) return select(2, check(spec)) end
    assert.are.equal("argument 'min' must be 100 or less", reason("p:min=101"))
    assert.are.equal("argument 'min' must be a whole number, not '2.5'", reason("p:min=2.5"))
    assert.are.equal("unknown argument 'mni'; did you mean 'min'?", reason("p:mni=3"))
    assert.are.equal("argument 'tag' must look like the pattern ^%l%l$", reason("p:tag=english"))
    assert.are.equal("argument 'only' 'dee' must be one of en, de; unknown value 'dee'; did you mean 'de'?",
      reason("p:only=en,dee"))
    assert.are.equal("'x' is no argument; write name=value", reason("p:x"))
    assert.is_truthy(reason("p:since=soon"):find("must be a date", 1, true))
    assert.is_truthy(select(2, arguments.complete({ q = { "string", required = true } }, {})):find("needed"))
  end)
end)

describe("where", function()
  local function test(code, row) return assert(where.compile(code)):test(row) end

  it("passes over what a field that is missing would have to be", function()
    assert.is_false(test("a.published >= '2022'", { id = "x" }))
    assert.is_false(test("a.published < '2022'", { id = "x" }))
    assert.is_true(test("not a.published", { id = "x" }))
    assert.is_false(test("a.headline:find('x')", { id = "x" }))
    assert.is_true(test("a.language ~= 'en'", { id = "x" }))
  end)

  it("leaves nil as it was, also after a failure", function()
    assert.is_nil((test("a.words > 'x'", { id = "x", words = 3 })))
    assert.is_nil(debug.getmetatable(nil))
  end)

  it("knows when the catalog is enough", function()
    assert.is_false(assert(where.compile("a.words > 3 and a.headline == 'a.text'")).needs_text)
    assert.is_true(assert(where.compile("a.text == 'x'")).needs_text)
    assert.is_true(assert(where.compile("a:has('x')")).needs_text)
    assert.is_true(assert(where.compile("tostring(a) == 'x'")).needs_text)
  end)

  it("cannot touch the world", function()
    local holds, reason = test("os.exit(9)", { id = "x" })
    assert.is_nil(holds)
    assert.is_truthy(reason:find("unknown name 'os'", 1, true))
  end)
end)

describe("width", function()
  it("counts columns, not bytes", function()
    assert.are.equal(4, width.of("naïf"))
    assert.are.equal(4, width.of("東京"))
    assert.are.equal(1, width.of("e\u{301}"))
    assert.are.equal(2, width.of("\u{1F600}"))
    assert.are.equal(4, width.of("سلام"))
  end)

  it("cuts whole characters", function()
    assert.are.equal("abc", width.cut("abc", 3))
    assert.are.equal("ab…", width.cut("abcd", 3))
    assert.are.equal("東…", width.cut("東京都", 4))
    assert.are.equal(3, width.of(width.cut("東京都", 4)))
  end)

  it("breaks lines at spaces, and between characters where there are none", function()
    assert.are.same({ "one two", "three" }, width.wrap("one two three", 8))
    assert.are.same({ "東京の", "朝。" }, width.wrap("東京の朝。", 6))
    assert.are.same({}, width.wrap("", 8))
  end)
end)

describe("terminal", function()
  it("writes numbers as people do", function()
    assert.are.same({ "7", "123", "1,234", "1,234,567" }, { terminal.thousands(7), terminal.thousands(123),
      terminal.thousands(1234), terminal.thousands(1234567) })
    assert.are.equal("1 article", terminal.count(1, "article"))
    assert.are.equal("1.2 MB", terminal.size(1234567))
    assert.are.same({ "3 ms", "2.4 s", "1:15", "1:02:03" }, { terminal.duration(0.0025),
      terminal.duration(2.4), terminal.duration(75.3), terminal.duration(3723) })
  end)

  it("takes control characters out of what it shows", function()
    assert.are.equal("a [31mb", terminal.clean("a\27[31mb"))
    assert.are.equal("ab", terminal.clean("a\u{202e}\u{85}b"))
    assert.are.equal("naïf 東京 \u{200f}", terminal.clean("naïf 東京 \u{200f}"))
  end)
end)

describe("pretty", function()
  it("shows tables in key order, and ends", function()
    local knot = { 1 }
    knot.me = knot
    assert.are.equal("{ 1, me = { … itself … } }", pretty.text(knot))
    assert.are.equal('{ [2.5] = true, ["a b"] = "\\n" }', pretty.text({ ["a b"] = "\n", [2.5] = true }))
  end)
end)
