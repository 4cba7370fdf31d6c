--- templates.lua: the files that `sheaf plugin new` makes, by kind.
--
-- Each is a small plugin that does one real thing, so that what it makes passes
-- its own tests at once and is changed rather than filled in. NAME stands for
-- the plugin's name.

local templates = {}

--- What each kind makes, and how it is used.
---@type table<string, {about: string, use: string, plugin: string, spec: string}>
templates.kinds = {}

templates.kinds.filter = {
  about = "keeps or drops articles",
  use = "sheaf run NAME/sample.jsonl --filter ./NAME:min=4 --to csv:columns=headline",
  plugin = [==[
-- NAME - keeps articles whose headline has at least so many words.

---@type sheaf.PluginTable
return {
  kind = "filter", api = 1, version = "0.1.0",
  about = "Keep articles whose headline has at least so many words.",
  args = {
    min = { "integer", default = 4, min = 1, help = "fewest words in the headline" },
  },
  needs = { "headline" },
  each = function(article, opt)
    local words = sheaf.count_words(article.headline or "")
    return words >= opt.min, ("its headline has %d words"):format(words)
  end,
  tests = {
    { opt = { min = 3 }, give = { headline = "Rain stops the regatta" }, want = true },
    { opt = { min = 3 }, give = { headline = "Rain" }, want = false },
    { give = { text = "No headline at all." }, want = false },
  },
}
]==],
  spec = [==[
local testing = require "sheaf.testing"

describe("NAME", function()
  local plugin = testing.plugin("../plugin.lua", { min = 3 })

  it("keeps an article with a long headline", function()
    assert.is_true(plugin:keeps { headline = "Rain stops the regatta" })
  end)

  it("says why it drops one", function()
    local kept, reason = plugin:keeps { headline = "Rain" }
    assert.is_false(kept)
    assert.equal("its headline has 1 words", reason)
  end)
end)
]==],
}

templates.kinds.extractor = {
  about = "adds what it finds to articles",
  use = "sheaf run NAME/sample.jsonl --extract ./NAME --to jsonl:keys=headline,attributes",
  plugin = [==[
-- NAME - finds the questions that an article asks.

---@type sheaf.PluginTable
return {
  kind = "extractor", api = 1, version = "0.1.0",
  about = "Find the questions that an article asks.",
  args = {
    most = { "integer", default = 10, min = 1, help = "most questions to give" },
  },
  needs = { "text" },
  adds = { questions = "list" },
  each = function(article, opt)
    local questions = {}
    for question in (article.text or ""):gmatch("[^.!?\n]+%?") do
      if #questions == opt.most then break end
      questions[#questions + 1] = question:match("^%s*(.*)$")
    end
    return #questions > 0 and { questions = questions } or nil
  end,
  tests = {
    { give = { text = "It rained. Who knew? Nobody." }, want = { questions = { "Who knew?" } } },
    { opt = { most = 1 }, give = { text = "Why? How?" }, want = { questions = { "Why?" } } },
    { give = { text = "It rained." }, want = false },
  },
}
]==],
  spec = [==[
local testing = require "sheaf.testing"

describe("NAME", function()
  local plugin = testing.plugin("../plugin.lua", { most = 2 })

  it("finds questions in their order", function()
    local found = plugin:extract { text = "Who pays? Nobody said. And when?\n\nWhy?" }
    assert.same({ "Who pays?", "And when?" }, found.questions)
  end)

  it("finds nothing where nothing is asked", function()
    assert.is_nil(plugin:extract { text = "It rained." })
  end)
end)
]==],
}

templates.kinds.exporter = {
  about = "writes articles, one after another",
  use = "sheaf run NAME/sample.jsonl --to ./NAME",
  plugin = [==[
-- NAME - writes a line for each article: its date, its publisher and its headline.

---@type sheaf.PluginTable
return {
  kind = "exporter", api = 1, version = "0.1.0",
  about = "Write a line for each article: date, publisher and headline.",
  args = {
    title = { "string", default = "", help = "a line that comes first" },
  },
  needs = { "published", "publisher", "headline" },
  extension = "list",
  open = function(out, opt)
    if opt.title ~= "" then out:write(opt.title, "\n") end
  end,
  each = function(article, _, out)
    out:write(article.published or "undated", "  ", article.publisher or "unknown", ": ",
      article.headline or "without a headline", "\n")
  end,
  tests = {
    { give = { headline = "Rain", published = "2023-05-14", publisher = "Tidings" },
      want = "2023-05-14  Tidings: Rain\n" },
    { opt = { title = "News" }, give = { { headline = "Rain" }, { headline = "Sun" } },
      want = "News\nundated  unknown: Rain\nundated  unknown: Sun\n" },
  },
}
]==],
  spec = [==[
local testing = require "sheaf.testing"

describe("NAME", function()
  it("writes a line for each article", function()
    local plugin = testing.plugin("../plugin.lua")
    local text = plugin:export { { headline = "Rain" }, { headline = "Sun", publisher = "Tidings" } }
    assert.equal("undated  unknown: Rain\nundated  Tidings: Sun\n", text)
  end)

  it("begins with the title", function()
    local plugin = testing.plugin("../plugin.lua", { title = "News" })
    assert.equal("News\n", plugin:export {})
  end)
end)
]==],
}

templates.kinds.report = {
  about = "counts over all articles, in parts that run side by side",
  use = "sheaf run NAME/sample.jsonl --to ./NAME",
  plugin = [==[
-- NAME - counts articles and words by publisher.
--
-- An exporter by parts: a part of the articles is counted by itself (start, add), and the counts are put
-- together in order (merge). So it runs on several threads, and on several machines, with the same result.

---@type sheaf.PluginTable
return {
  kind = "exporter", api = 1, version = "0.1.0",
  about = "Count articles and words by publisher.",
  args = {
    least = { "integer", default = 1, min = 1, help = "leave out publishers with fewer articles" },
  },
  needs = { "publisher", "words" },
  extension = "csv",
  start = function() return {} end,
  add = function(counts, article)
    local name = article.publisher or "unknown"
    local one = counts[name] or { articles = 0, words = 0 }
    one.articles, one.words = one.articles + 1, one.words + article.words
    counts[name] = one
  end,
  merge = function(counts, others)
    for name, other in pairs(others) do
      local one = counts[name] or { articles = 0, words = 0 }
      one.articles, one.words = one.articles + other.articles, one.words + other.words
      counts[name] = one
    end
    return counts
  end,
  finish = function(counts, opt, out)
    out:csv("publisher", "articles", "words")
    for name, one in sheaf.sorted(counts) do
      if one.articles >= opt.least then out:csv(name, one.articles, one.words) end
    end
  end,
  tests = {
    { give = { { publisher = "Tidings", text = "two words" }, { publisher = "Tidings", text = "one" } },
      want = "publisher,articles,words\r\nTidings,2,3\r\n" },
    { opt = { least = 2 }, give = { { text = "alone" } }, want = "publisher,articles,words\r\n" },
  },
}
]==],
  spec = [==[
local testing = require "sheaf.testing"

describe("NAME", function()
  it("counts by publisher, in the order of their names", function()
    local plugin = testing.plugin("../plugin.lua")
    local text = plugin:export { { publisher = "Tidings", text = "one two" }, { text = "three" } }
    assert.equal("publisher,articles,words\r\nTidings,1,2\r\nunknown,1,1\r\n", text)
  end)
end)
]==],
}

templates.kinds.site = {
  about = "tells the article from the furniture on the pages of a web site",
  use = "sheaf pack PAGES/ -o news.sheaf --site ./NAME",
  plugin = [==[
-- NAME - rules for the pages of tidings.example.

---@type sheaf.PluginTable
return {
  kind = "extractor", api = 1, version = "0.1.0",
  about = "Pages of tidings.example.",
  hosts = { "tidings.example" },
  page = {
    keep = { "article .body > p" },
    drop = { ".newsletter" },
    fields = { section = "nav .current" },
  },
  tests = {
    { give = { html = [[<nav><a class=current>Weather</a></nav><article><h1>Rain stops the regatta</h1>
        <div class=body><p>The boats stayed in the harbour on Sunday.</p>
        <p class=newsletter>Get our letter.</p><p>They will try again next week.</p></div></article>]] },
      want = { section = "Weather",
        text = "The boats stayed in the harbour on Sunday.\n\nThey will try again next week." } },
  },
}
]==],
  spec = [==[
local testing = require "sheaf.testing"

describe("NAME", function()
  it("keeps the story and drops the letter", function()
    local page = [[<article><h1>Rain</h1><div class=body><p>The boats stayed in.</p>
      <p class=newsletter>Get our letter.</p></div></article>]]
    local article = testing.plugin("../plugin.lua"):page(page, "https://tidings.example/rain")
    assert.equal("The boats stayed in.", article.text)
  end)
end)
]==],
}

--- The articles that a new plugin is tried on.
templates.sample = {
  { url = "https://tidings.example/rain", headline = "Rain stops the regatta", published = "2023-05-14",
    publisher = "Tidings", language = "en",
    text = "Rain kept forty boats in the harbour of Lund Bay on Sunday.\n\nWill they sail next week? "
      .. "\"We hope so,\" said Ada Brook, who leads the club." },
  { url = "https://tidings.example/library", headline = "Library opens", published = "2023-05-16",
    publisher = "Tidings", language = "en",
    text = "The new library of Lund Bay opened its doors on Tuesday, two years late." },
  { url = "https://courier.example/bridge", headline = "Who pays for the old bridge?",
    published = "2023-05", publisher = "Hill Courier", language = "en",
    text = "The bridge over the Lund is closed again. Who pays for it? Neither the town nor the county "
      .. "would say." },
}

--- README.md of a new plugin.
templates.readme = [==[
# NAME

ABOUT

| file | what it is |
|---|---|
| `plugin.lua` | the plugin: its description, its arguments, what it does, and small tests |
| `spec/NAME_spec.lua` | longer tests, for busted |
| `sample.jsonl` | three articles to try it on |
| `.luarc.json` | tells the Lua language server where the types of sheaf are described |
| `lib/` | make this folder for Lua files of your own: `require "words"` loads `lib/words.lua` |

Beside the folder:

    sheaf plugin check ./NAME      looks for misspelt and missing parts
    sheaf plugin test ./NAME       runs both kinds of tests, in the sandbox
    sheaf plugin help ./NAME       shows what its users see
    sheaf plugin bench ./NAME      measures time and memory an article
    USE

Put the folder in `~/.local/share/sheaf/plugins/`, and its name is enough.
]==]

return templates
