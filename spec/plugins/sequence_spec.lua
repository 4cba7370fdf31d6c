-- sequence_spec.lua - packaged plugins whose work shows over many articles: sample, unique and stats.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/plugins"
local core = require "sheaf.core"
local arguments = require "sheaf.arguments"

local function load_plugin(path, given)
  local file = assert(io.open(("%s/../../plugins/%s.lua"):format(here, path), "rb"))
  local source = file:read("a")
  file:close()
  local plugin = assert(core.plugin(source, "@" .. path .. ".lua", { name = path:match("[^/]+$"),
    shared = here .. "/../../plugins/lib" }))
  assert(plugin:configure(assert(arguments.complete(plugin:describe().args or {}, given or {}))))
  return plugin
end

local function numbered(count)
  local list = {}
  for index = 1, count do
    list[index] = core.article { headline = "Ship " .. index, text = "Ship number " .. index .. " came." }
  end
  return list
end

-- Which of the articles a filter keeps, as a set of their places.
local function kept_by(path, given, articles)
  local plugin, set, count = load_plugin(path, given), {}, 0
  for index, article in ipairs(articles) do
    local keep, problem = plugin:filter(article)
    assert.is_boolean(keep, tostring(problem))
    if keep then set[index], count = true, count + 1 end
  end
  return set, count
end

describe("the filter sample", function()
  local articles = numbered(2000)

  it("keeps about as many as the rate says", function()
    local _, count = kept_by("filter/sample", { rate = 0.25 }, articles)
    assert.is_true(count > 425 and count < 575, count .. " of 2000")
  end)

  it("chooses the same ones in another order, and others with another seed", function()
    local set = kept_by("filter/sample", { rate = 0.5 }, articles)
    local backwards = {}
    for index, article in ipairs(articles) do backwards[#articles + 1 - index] = article end
    local mirrored = kept_by("filter/sample", { rate = 0.5 }, backwards)
    for index = 1, #articles do assert.equal(set[index], mirrored[#articles + 1 - index]) end
    assert.are_not.same(set, (kept_by("filter/sample", { rate = 0.5, seed = "other" }, articles)))
  end)

  it("keeps with a larger rate all that a smaller one kept", function()
    local small = kept_by("filter/sample", { rate = 0.1 }, articles)
    local large = kept_by("filter/sample", { rate = 0.2 }, articles)
    for index in pairs(small) do assert.is_true(large[index]) end
  end)

  it("parts articles into stretches that share none and leave none out", function()
    local train = kept_by("filter/sample", { rate = 0.8 }, articles)
    local test = kept_by("filter/sample", { rate = 0.2, skip = 0.8 }, articles)
    for index = 1, #articles do assert.is_true((train[index] == true) ~= (test[index] == true)) end
  end)

  it("stops at the number that is asked for", function()
    local set, count = kept_by("filter/sample", { number = 7 }, articles)
    assert.equal(7, count)
    assert.is_true(set[1] and set[7])
  end)
end)

describe("the filter unique", function()
  it("keeps the first of each text, however it is written", function()
    local articles = {}
    for index, text in ipairs { "They met in Malmö.", "THEY MET, in “Malmo”!", "They met.",
      "They met in Malmö" } do
      articles[index] = core.article { text = text }
    end
    assert.same({ true, nil, true }, (kept_by("filter/unique", {}, articles)))
  end)

  it("takes the same headline on two sites for two articles", function()
    local articles = {}
    for index, url in ipairs { "https://a.example/1", "https://b.example/1", "https://www.a.example/2" } do
      articles[index] = core.article { headline = "Talks end", text = "Text " .. index, url = url }
    end
    assert.same({ true, true }, (kept_by("filter/unique", { by = "headline" }, articles)))
  end)

  it("takes one address for one article, with or without scheme and fragment", function()
    local articles = {}
    for index, url in ipairs { "https://a.example/1", "http://www.a.example/1/", "https://a.example/1#x",
      "https://a.example/2" } do
      articles[index] = core.article { text = "Text " .. index, url = url }
    end
    assert.same({ true, [4] = true }, (kept_by("filter/unique", { by = "url" }, articles)))
  end)

  it("drops none of many that differ in one letter", function()
    local _, count = kept_by("filter/unique", {}, numbered(3000))
    assert.equal(3000, count)
  end)
end)

describe("the exporter stats", function()
  local function report(articles, given)
    local plugin, sink = load_plugin("export/stats", given), core.sink_memory()
    assert(plugin:open(sink))
    for _, article in ipairs(articles) do assert(plugin:write(core.article(article))) end
    assert(plugin:close())
    return sink:text()
  end

  it("draws a bar for each outlet on each day, and none for days without articles", function()
    local page = report {
      { text = "One.", publisher = "A", published = "2021-03-01" },
      { text = "Two.", publisher = "A", published = "2021-03-01" },
      { text = "Three.", publisher = "B", published = "2021-03-03" },
    }
    assert.is_truthy(page:find("<title>2021-03-01, A: 2</title>", 1, true))
    assert.is_truthy(page:find("<title>2021-03-03, B: 1</title>", 1, true))
    assert.is_nil(page:find("<title>2021-03-02", 1, true))
    assert.is_truthy(page:find("Articles by day and outlet", 1, true))
  end)

  it("goes to months and years when days are too many", function()
    local months = report { { text = "One.", published = "2021-01-05" },
      { text = "Two.", published = "2022-01-05" } }
    assert.is_truthy(months:find("Articles by month and outlet", 1, true))
    local years = report { { text = "One.", published = "1990-01-05" },
      { text = "Two.", published = "2022-01-05" } }
    assert.is_truthy(years:find("Articles by year and outlet", 1, true))
  end)

  it("keeps hostile names as text", function()
    local page = report { { text = "One.", publisher = "<script>\"&", published = "2021-03-01" } }
    assert.is_nil(page:find("<script>", 1, true))
    assert.is_truthy(page:find("&lt;script&gt;&quot;&amp;", 1, true))
  end)
end)
