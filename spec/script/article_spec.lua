-- article_spec.lua - an article in Lua: fields, methods, copies, and what may be set.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/script"
local core = require "sheaf.core"
local lab = dofile(here .. "/lab.lua")

local function full()
  return core.article {
    id = "x7", url = "https://www.coast.example/news/1", headline = "Lighthouse reopens",
    description = "After ten years.", byline = "By Ana Lopez", publisher = "Coast Herald",
    published = "10 February 2022", language = "en", language_confidence = 0.9,
    authors = { { name = "Ana Lopez", role = "editor" }, "Ben Ode" },
    keywords = { "coast", "light", "coast" },
    images = { { url = "https://coast.example/1.jpg", caption = "The tower", credit = "B. Ode" } },
    links = { { url = "https://coast.example/2", text = "more" } },
    relations = { { type = "version_of", id = "x6" } },
    dateline = { raw = "PORT - ", place = "PORT", date = "2022-02-10" },
    attributes = { mood = { glad = true, score = 0.5, list = { 1, 2 } } },
    why = { headline = "told by hand" },
    text = "The keeper's lamp burns.\n\nZwei Élan vital.",
  }
end

describe("an article", function()
  it("gives its text fields, and nil for those that are not set", function()
    local a = full()
    assert.equal("x7", a.id)
    assert.equal("Lighthouse reopens", a.headline)
    assert.equal("2022-02-10", a.published)
    assert.equal("en", a.language)
    assert.equal(0.9, a.language_confidence)
    assert.is_nil(a.section)
    assert.is_nil(a.modified)
  end)

  it("gives what is worked out", function()
    local a = full()
    assert.equal(7, a.words)
    assert.equal("coast.example", a.site)
    assert.is_nil(core.article({ headline = "x" }).site)
  end)

  it("gives lists and records as tables", function()
    local a = full()
    assert.same({ { name = "Ana Lopez", role = "editor" }, { name = "Ben Ode" } }, a.authors)
    assert.same({ "coast", "light" }, a.keywords)
    local image = { url = "https://coast.example/1.jpg", caption = "The tower", credit = "B. Ode" }
    assert.same({ image }, a.images)
    assert.same({ { url = "https://coast.example/2", text = "more" } }, a.links)
    assert.same({ { type = "version_of", id = "x6" } }, a.relations)
    assert.same({ raw = "PORT - ", place = "PORT", date = "2022-02-10" }, a.dateline)
    assert.same({ mood = { glad = true, score = 0.5, list = { 1, 2 } } }, a.attributes)
    assert.same({ headline = "told by hand" }, a.why)
    assert.same({}, core.article({ headline = "x" }).authors)
    assert.is_nil(core.article({ headline = "x" }).dateline)
  end)

  it("counts blocks as Lua counts", function()
    local a = full()
    assert.same({ { from = 1, to = 24, kind = "p" }, { from = 27, to = 43, kind = "p" } }, a.blocks)
    assert.equal("The keeper's lamp burns.", a.text:sub(a.blocks[1].from, a.blocks[1].to))
    local seen = {}
    for text, kind in a:paragraphs() do seen[#seen + 1] = kind .. ":" .. text end
    assert.same({ "p:The keeper's lamp burns.", "p:Zwei Élan vital." }, seen)
  end)

  it("suggests the right name for a wrong one", function()
    local a = full()
    assert.error_matches(function() return a.headlin end,
      "an article has no 'headlin'; did you mean 'headline'%?")
    assert.error_matches(function() return a.wrods end, "did you mean 'words'%?")
    assert.error_matches(function() return a.zzzzzz end, "an article has no 'zzzzzz'$")
    assert.error_matches(function() return a[1] end, "no field of type number")
    assert.error_matches(function() a.text = "x" end, "not assigned")
  end)

  it("has words and phrases, whole, without case and accents", function()
    local a = full()
    assert.is_true(a:has "LIGHTHOUSE")
    assert.is_true(a:has "elan VITAL")
    assert.is_true(a:has "keeper's lamp")
    assert.is_false(a:has "light")
    assert.is_false(a:has "vita")
    assert.is_false(a:has "")
    assert.is_false(a:has "burns zwei")
  end)

  it("writes its row, or some keys of it", function()
    local a = full()
    assert.equal('{"headline":"Lighthouse reopens","section":null,"keywords":["coast","light"]}',
      a:json { "headline", "section", "keywords" })
    local row = core.decode(a:json())
    assert.equal("x7", row.id)
    assert.equal(0.5, row.attributes.mood.score)
    assert.error_matches(function() a:json { "hedline" } end, "a row has no 'hedline'")
  end)

  it("goes through tables and back", function()
    local a = full()
    local t = a:table()
    assert.equal(7, t.words)
    assert.is_nil(t.section)
    assert.equal(a:json(), core.article(t):json())
  end)

  it("is copied whole", function()
    local a = full()
    assert.equal(a:json(), a:copy():json())
  end)
end)

describe("articles from tables", function()
  it("get an id, a language and clean text", function()
    local a = core.article { headline = "Cafe\u{301}", text = "One.\n\nTwo." }
    assert.equal("Café", a.headline)
    assert.equal(16, #a.id)
    assert.equal(2, #a.blocks)
    assert.equal(a.id, core.article({ headline = "Cafe\u{301}", text = "One.\n\nTwo." }).id)
  end)

  it("may bring blocks of their own", function()
    local a = core.article { text = "Head\n\nBody", blocks = { { from = 1, to = 4, kind = "h" },
      { from = 7, to = 10, kind = "p" } } }
    assert.equal("h", a.blocks[1].kind)
  end)

  it("refuse what is no article", function()
    local function refuse(message, t)
      assert.error_matches(function() core.article(t) end, message)
    end
    refuse("no field 'hedline' to set; did you mean 'headline'%?", { hedline = "x" })
    refuse("headline: expected text, not a number", { headline = 7 })
    refuse("text: not valid UTF%-8", { text = "\xff" })
    refuse("published: no date: 'soon'", { published = "soon" })
    refuse("authors: expected a list, not a string", { authors = "Ana" })
    refuse("links: item 1: a link needs an url", { links = { { text = "x" } } })
    refuse("images: item 1: url: expected text, not a table", { images = { { url = {} } } })
    local function block(text, to, kind)
      return { text = text, blocks = { { from = 1, to = to, kind = kind } } }
    end
    refuse("blocks: item 1: no kind of block is 'q'", block("x", 1, "q"))
    refuse("blocks: item 1: from and to", block("x", 9, "p"))
    refuse("blocks: item 1: .*cuts a character", block("é", 1, "p"))
    refuse("attributes: f: a function has no JSON", { attributes = { f = print } })
    refuse("language_confidence: expected a number", { language_confidence = 2 })
    refuse("named fields", { "x" })
  end)
end)

describe("setting", function()
  it("changes a copy, and what is worked out of it", function()
    local a = full():copy()
    assert.is_true(a:has "lamp")
    assert.equal(a, a:set("text", "Nothing but fog"))
    assert.equal(3, a.words)
    assert.is_false(a:has "lamp")
    assert.equal(1, #a.blocks)
    a:set("keywords", { "fog" }):set("section", nil):set("published", "XXXX-02-10")
    assert.same({ "fog" }, a.keywords)
    assert.equal("XXXX-02-10", a.published)
    a:set("authors", nil)
    assert.same({}, a.authors)
  end)

  it("raises on a wrong field or type", function()
    local a = full()
    assert.error_matches(function() a:set("wrods", 1) end, "no field 'wrods'")
    assert.error_matches(function() a:set("headline", {}) end, "headline: expected text")
  end)
end)

describe("what an extractor gave", function()
  it("is put in place: known fields set, others kept under its name", function()
    local a = full()
    assert.is_true(a:apply("mine", { section = "Shore", keywords = { "a" }, depth = 3, deep = { x = true } }))
    assert.equal("Shore", a.section)
    assert.same({ "a" }, a.keywords)
    assert.same({ deep = { x = true }, depth = 3 }, a.attributes.mine)
    assert.is_true(a.attributes.mood.glad)
    assert.is_true(a:apply("none", { section = "Sea" }))
    assert.is_nil(a.attributes.none)
  end)

  it("is refused when a field is wrong, or says what the article is", function()
    local a = full()
    local fine, reason = a:apply("mine", { headline = 7 })
    assert.is_nil(fine)
    assert.equal("headline: expected text, not a number", reason)
    fine, reason = a:apply("mine", { id = "other" })
    assert.is_nil(fine)
    assert.equal("id: a plugin cannot set it", reason)
    assert.equal("x7", a.id)
  end)
end)

describe("an article that a plugin was given", function()
  local function run(body)
    local plugin = lab.plugin("local kept\nreturn { kind = 'extractor', each = function(a, opt)\n"
      .. body .. "\nend }")
    local _, problem = plugin:extract(full())
    assert.is_nil(problem and tostring(problem))
    return plugin:extract(full())
  end

  it("says to copy, when it is used after its call", function()
    local got = run [[
      if not kept then kept = a return end
      return { why = select(2, pcall(function() return kept.headline end)) }]]
    assert.matches("article used after its call; keep a:copy%(%)", got.why)
  end)

  it("can be copied, and the copy changed and kept", function()
    local got = run [[
      if not kept then kept = a:copy():set("headline", "Mine") return end
      return { headline = kept.headline, old = a.headline }]]
    assert.same({ headline = "Mine", old = "Lighthouse reopens" }, got)
  end)

  it("can be neither set nor applied to", function()
    local got = run [[
      local _, set = pcall(function() a:set("text", "x") end)
      local _, apply = pcall(function() a:apply("x", {}) end)
      return { set = set, apply = apply }]]
    assert.matches("only a copy can be changed", got.set)
    assert.matches("has no 'apply'", got.apply)
  end)

  it("survives its handle being dropped and collected in the call", function()
    local got = run [[
      a = nil
      for _ = 1, 20000 do local t = { {} } end
      return { fine = true }]]
    assert.is_true(got.fine)
  end)
end)
