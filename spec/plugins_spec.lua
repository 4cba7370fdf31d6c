-- plugins_spec.lua - the packaged plugins: their own tests, and what no single test can show.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec"
local core = require "sheaf.core"
local lfs = require "lfs"
local arguments = require "sheaf.arguments"
local rules = require "sheaf.rules"

local folders = { filter = "filter", extract = "extractor", export = "exporter" }

local packaged = {
  filter = { "author", "date", "has", "language", "match", "quality", "sample", "site", "unique", "words" },
  extract = {
    "agency", "byline", "dateline", "dates", "entities", "keyphrases", "links", "numbers", "quotes",
    "readability", "summary",
  },
  export = {
    "annotations", "atom", "bibtex", "conllu", "csl", "csv", "epub", "html", "jsonfeed", "jsonl", "markdown",
    "ninjs", "ris", "rss", "schema", "site", "sqlite", "stats", "tei", "text", "tsv", "vrt", "wet",
  },
}

-- What plugins require as sheaf.NAME.
local shared = here .. "/../plugins/lib"

-- A plugin is a file, or a folder with plugin.lua in it; the second result is that folder.
local function path_of(folder, name)
  local home = ("%s/../plugins/%s/%s"):format(here, folder, name)
  if lfs.attributes(home, "mode") == "directory" then return home .. "/plugin.lua", home end
  return home .. ".lua"
end

-- A plugin in a sandbox of its own, with these arguments checked and filled in.
local function load_plugin(folder, name, given)
  local path, home = path_of(folder, name)
  local file = assert(io.open(path, "rb"))
  local source = file:read("a")
  file:close()
  local options = { name = name, folder = home, shared = shared }
  local plugin = assert(core.plugin(source, "@" .. name .. ".lua", options))
  local about = plugin:describe()
  assert(plugin:configure(assert(arguments.complete(about.args or {}, given or {}))))
  return plugin, about
end

local function keeps(name, given, article)
  local keep, reason = load_plugin("filter", name, given):filter(core.article(article))
  assert.is_boolean(keep, tostring(reason))
  return keep, reason
end

local function extracted(name, given, article)
  article = core.article(article)
  local fields, problem = load_plugin("extract", name, given):extract(article)
  assert.is_nil(problem)
  if fields then assert(article:apply(name, fields)) end
  return article, fields
end

local function exported(name, given, articles)
  local plugin, sink = load_plugin("export", name, given), core.sink_memory()
  assert(plugin:open(sink))
  for _, article in ipairs(articles) do assert(plugin:write(core.article(article))) end
  assert(plugin:close())
  return sink:text()
end

describe("the packaged plugin", function()
  for folder, names in pairs(packaged) do
    for _, name in ipairs(names) do
      describe(name, function()
        it("is well-formed: nothing misspelt, nothing missing", function()
          local _, about = load_plugin(folder, name,
            folder == "filter" and name == "site" and { hosts = { "example.com" } }
            or name == "language" and { only = { "en" } } or {})
          local findings = rules.findings(about)
          assert.same({}, findings.errors)
          assert.equal(folders[folder], about.kind)
          assert.is_true(#about.about > 0 and #about.tests >= 4)
          for argument, rule in pairs(about.args) do assert.is_string(rule.help, argument) end
        end)

        it("passes its own tests", function()
          local path, home = path_of(folder, name)
          local file = assert(io.open(path, "rb"))
          local source = file:read("a")
          file:close()
          local options = { name = name, folder = home, shared = shared }
          local probe = assert(core.plugin(source, "@" .. name .. ".lua", options))
            :describe()
          for index, test in ipairs(probe.tests) do
            local plugin = load_plugin(folder, name, test.opt)
            local fine, message = plugin:test(index)
            assert.is_true(fine, ("test %d: %s"):format(index, tostring(message)))
          end
        end)
      end)
    end
  end

  it("stands in the list above when it lies in plugins/", function()
    for folder, names in pairs(packaged) do
      local known = {}
      for _, name in ipairs(names) do known[name .. ".lua"], known[name] = true, true end
      for entry in lfs.dir(here .. "/../plugins/" .. folder) do
        if entry:find("^[^.]") then assert.is_true(known[entry], folder .. "/" .. entry) end
      end
    end
  end)
end)

describe("a filter", function()
  it("says why it drops an article", function()
    local _, reason = keeps("words", { min = 5 }, { text = "Two words." })
    assert.equal("it has 2 words", reason)
    _, reason = keeps("date", { from = "2021" }, { text = "A.", published = "XXXX-03-17" })
    assert.equal("it has no date with a year", reason)
  end)

  it("date treats both ends of a month alike", function()
    for day, kept in pairs { ["2021-02-28"] = false, ["2021-03-01"] = true, ["2021-03-31T23:59:59Z"] = true,
      ["2021-04-01T00:00:00Z"] = false, ["2021"] = true } do
      assert.equal(kept, keeps("date", { on = "2021-03" }, { text = "A.", published = day }), day)
    end
  end)

  it("match finds a phrase however it is written", function()
    local article = { headline = "Réunion à MALMÖ", text = "Le câble — l'an dernier — tient." }
    for phrase, kept in pairs { ["reunion a malmo"] = true, ["CABLE"] = true, ["cable l’an"] = true,
      ["cabl"] = false, ["malmo le"] = false, ["cable dernier"] = false } do
      assert.equal(kept, keeps("match", { any = { phrase } }, article), phrase)
    end
  end)

  it("match agrees with itself, wherever it looks", function()
    local text = "Half-done: the 2.4 metre wave, U.S. ships and Verigin's word."
    for _, phrase in ipairs { "half done", "2.4 metre", "4 metre", "U.S. ships", "verigin's word", "verigin",
      "wave us", "done the" } do
      local anywhere = keeps("match", { any = { phrase } }, { text = text })
      local in_text = keeps("match", { any = { phrase }, field = "text" }, { text = text })
      assert.equal(in_text, anywhere, phrase)
    end
  end)
end)

describe("an extractor", function()
  it("dateline fills what is missing and leaves what is there", function()
    local text = "OSLO, March 17 (Reuters) - They met."
    local article, fields = extracted("dateline", {}, { text = text, published = "2021-03-18" })
    assert.equal("OSLO", article.dateline.place)
    assert.equal("2021-03-18", article.published)
    assert.equal("Reuters", article.provider)
    assert.same({ "dateline", "provider" }, fields.filled)
    assert.same({ "dateline", "provider" }, article.attributes.dateline.filled)
  end)

  it("byline sets authors with their roles", function()
    local byline = "By Dora Penhale, Diplomatic Editor"
    local article = extracted("byline", {}, { text = "They met.", byline = byline })
    assert.equal(1, #article.authors)
    assert.same({ "Dora Penhale", "Diplomatic Editor" }, { article.authors[1].name, article.authors[1].role })
  end)

  it("links keeps what the article knew and counts hosts by frequency", function()
    local article = extracted("links", {}, {
      text = "https://b.example.org/1, https://a.example.org/ and https://b.example.org/2",
      links = { { url = "https://c.example.org/", text = "Old" } },
    })
    assert.equal(4, #article.links)
    assert.equal("Old", article.links[1].text)
    assert.same({ host = "b.example.org", count = 2 }, article.attributes.links.hosts[1])
    assert.equal("a.example.org", article.attributes.links.hosts[2].host)
  end)
end)

-- The fields of a CSV text, read back by a small state machine of its own.
local function parse_csv(text, delimiter)
  local rows, row, cell, quoted, at = {}, {}, "", false, 1
  while at <= #text do
    local char = text:sub(at, at)
    if quoted and char == "\"" and text:sub(at + 1, at + 1) == "\"" then
      cell, at = cell .. "\"", at + 1
    elseif char == "\"" then
      quoted = not quoted
    elseif not quoted and char == delimiter then
      row[#row + 1], cell = cell, ""
    elseif not quoted and text:sub(at, at + 1) == "\r\n" then
      row[#row + 1] = cell
      rows[#rows + 1], row, cell, at = row, {}, "", at + 1
    else
      cell = cell .. char
    end
    at = at + 1
  end
  return rows, cell
end

describe("an exporter", function()
  local articles = {
    { headline = "Plain", text = "One.", published = "2021-03-17" },
    { headline = "With, comma; and \"quotes\"", text = "Line one.\n\nLine\ttwo." },
    { headline = " edged ", text = "Öl|Gas" },
  }

  it("csv gives back every cell, whatever the delimiter", function()
    for name, char in pairs { comma = ",", semicolon = ";", tab = "\t", pipe = "|" } do
      local given = { columns = { "headline", "text", "published" }, delimiter = name }
      local rows, rest = parse_csv(exported("csv", given, articles), char)
      assert.equal("", rest)
      assert.same({ "headline", "text", "published" }, rows[1])
      for index, article in ipairs(articles) do
        local kept = core.article(article)
        assert.same({ kept.headline, kept.text, kept.published or "" }, rows[index + 1], name)
      end
    end
  end)

  it("csv names a column that does not exist", function()
    local plugin = load_plugin("export", "csv", { columns = { "headlnie" } })
    local fine, problem = plugin:open(core.sink_memory())
    assert.is_nil(fine)
    assert.is_truthy(tostring(problem):find("headlnie", 1, true), tostring(problem))
  end)

  it("jsonl gives rows that the JSON reader takes back", function()
    local text = exported("jsonl", {}, articles)
    local count = 0
    for line in text:gmatch("([^\n]*)\n") do
      count = count + 1
      assert.equal(core.article(articles[count]).headline, core.decode(line).headline)
    end
    assert.equal(#articles, count)
  end)

  it("jsonl counts characters when asked, so that every span fits the text", function()
    local article = {
      headline = "Spans", text = "Über\n\n海底电缆\n\nThe end",
      blocks = {
        { from = 1, to = 5, kind = "h" }, { from = 8, to = 19, kind = "p" },
        { from = 22, to = 28, kind = "quote" },
      },
    }
    local row = core.decode(exported("jsonl", { spans = "characters" }, { article }))
    local got = {}
    for index, block in ipairs(row.blocks) do
      local from, to = utf8.offset(row.text, block[1] + 1), utf8.offset(row.text, block[2] + 1)
      got[index] = row.text:sub(from, to - 1)
    end
    assert.same({ "Über", "海底电缆", "The end" }, got)
    assert.equal("Spans", row.headline)
  end)

  it("markdown parts articles by a rule and begins with a title", function()
    local both = { articles[1], { headline = "Next", text = "Two." } }
    local text = exported("markdown", { title = "All of it" }, both)
    assert.equal("# All of it\n\n## Plain\n\n2021-03-17\n\nOne.\n\n---\n\n## Next\n\nTwo.\n", text)
  end)

  it("markdown keeps hostile text as text", function()
    local article = { headline = "A\\*b", text = "<script>\n    code\n===\n~~~\n![x](y)" }
    local text = exported("markdown", {}, { article })
    assert.equal("# A\\\\\\*b\n\n\\<script\\>\ncode\n\\===\n\\~\\~\\~\n!\\[x\\](y)\n", text)
  end)
end)
