-- words_spec.lua - words, sentences, stems and phrases as Lua sees them.

local core = require "sheaf.core"

local function collect(iterator)
  local list = {}
  for value, from, to, kind in iterator do list[#list + 1] = { value, from, to, kind } end
  return list
end

local function texts(iterator)
  local list = {}
  for value in iterator do list[#list + 1] = value end
  return table.concat(list, "|")
end

local text = "Dr. Ode met Mr. Lee in the U.S. on Feb. 7. “It is over,” he said.\n\nNo talks came of it"
local article = core.article { headline = "Talks with Mr. Lee in New York", language = "en", text = text }

describe("words", function()
  it("come with their places and kinds", function()
    assert.same({ { "Über", 1, 5, "word" }, { "3.5", 7, 9, "number" }, { "東", 11, 13, "character" } },
      collect(core.words "Über 3.5 東"))
    for word, from, to in core.words(text) do assert.equal(word, text:sub(from, to)) end
  end)

  it("of an article are its tokens", function()
    assert.same(collect(core.words(text)), collect(article:tokens()))
    assert.equal(article.words, #collect(article:tokens()))
    assert.equal(0, #collect(core.article({ headline = "x" }):tokens()))
  end)

  it("bear any bytes", function()
    assert.equal("a|b", texts(core.words "a\xFF b"))
    assert.equal("", texts(core.words ""))
  end)
end)

describe("sentences", function()
  it("know abbreviations, quotations and paragraphs", function()
    local found = collect(core.sentences(text, "en"))
    assert.equal("Dr. Ode met Mr. Lee in the U.S. on Feb. 7.", found[1][1])
    assert.equal("“It is over,” he said.", found[2][1])
    assert.equal("No talks came of it", found[3][1])
    for _, sentence in ipairs(found) do assert.equal(sentence[1], text:sub(sentence[2], sentence[3])) end
  end)

  it("guess the language when it is not said", function()
    local german = "Am 3. Januar kam der Minister nach Köln. Er blieb bis zum Abend und sprach mit den "
      .. "Leuten."
    assert.equal(2, #collect(core.sentences(german)))
  end)

  it("of an article say what block they stand in", function()
    local found = collect(article:sentences())
    assert.equal(3, #found)
    assert.equal("p", found[1][4])
    for _, sentence in ipairs(found) do assert.equal(sentence[1], text:sub(sentence[2], sentence[3])) end
    assert.equal(0, #collect(core.article({ headline = "x" }):sentences()))
  end)

  it("bear any bytes", function()
    assert.equal("a\u{FFFD}.|B", texts(core.sentences("a\xFF. B", "en")))
  end)
end)

describe("stems", function()
  it("go by language", function()
    assert.equal("negoti", core.stem("Negotiations", "en"))
    assert.equal("переговор", core.stem("переговоры", "ru"))
    assert.equal("Talks", core.stem("Talks", "xx"))
    assert.equal("talk", core.stem("Talks", "en-GB"))
  end)
end)

describe("hashes", function()
  it("are sixteen digits, the same for the same bytes", function()
    assert.truthy(core.hash("a"):match "^%x+$")
    assert.equal(16, #core.hash "")
    assert.equal(core.hash "talks", core.hash "talks")
    assert.not_equal(core.hash "talks", core.hash "Talks")
  end)
end)

describe("phrases", function()
  local set = core.phrases { "New York", "mr. lee", "over" }

  it("are found with their places", function()
    assert.equal(3, #set)
    assert.same({ "mr. lee", 13, 19 }, { set:find(text) })
    assert.is_nil(set:find "nothing of the kind")
    assert.same({ { "mr. lee", 13, 19 }, { "over", 53, 56 } }, collect(set:matches(text)))
  end)

  it("are found in an article, headline first", function()
    assert.same({ "mr. lee", 12, 18, "headline" }, { article:match_any(set) })
    assert.equal("mr. lee|over", texts(article:matches(set)))
    assert.is_nil(article:match_any(core.phrases { "Tokyo" }))
    assert.is_nil(article:match_any(core.phrases {}))
  end)

  it("say what is wrong with a list", function()
    assert.error_matches(function() core.phrases { "a", 7 } end, "number 2 is a number")
    assert.error_matches(function() core.phrases { "\xFF" } end, "number 1 is not valid UTF%-8")
    assert.error_matches(function() article:match_any "a" end, "sheaf.phrases expected")
  end)

  it("stop when they are too many", function()
    local list = {}
    for i = 1, 60 do list[i] = ("a "):rep(i) end
    local many = core.phrases(list)
    assert.error_matches(function() many:matches(("a "):rep(20000)) end, "more than 1000000 matches")
  end)
end)

describe("an article", function()
  it("counts a phrase", function()
    assert.equal(2, article:count "MR. LEE")
    assert.equal(0, article:count "ov")
    assert.equal(0, article:count "")
  end)

  it("finds a pattern in its text", function()
    assert.same({ text:find("%u%l+%. (%d)") }, { article:find("%u%l+%. (%d)") })
    assert.same({ text:find("%a+", 9) }, { article:find("%a+", 9) })
    assert.is_nil(article:find "%d%d%d")
  end)

  it("gives up on a pattern that explodes", function()
    local long = core.article { headline = "x", text = ("a"):rep(5000) }
    assert.has_error(function() long:find(("a*"):rep(20) .. "b") end)
  end)
end)
