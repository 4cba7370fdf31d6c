-- scholar_spec.lua - exporters for scholars and tools, each checked by what knows its format.
--
-- Plain Lua checks always run (scholar_check.lua). The schemas of TEI, ninjs, CSL and JSON Feed are looked
-- for in ../shared/conformance/schemas, or in the folder that SHEAF_SCHEMAS names; jing, and Python with
-- jsonschema, read them; what is missing is told as pending. With SHEAF_ARTICLES, a file of more
-- articles is exported, too.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/plugins"
local arguments = require "sheaf.arguments"
local check = dofile(here .. "/scholar_check.lua")
local core = require "sheaf.core"
local session = require "spec.cli.session"

local root = core.realpath(here .. "/../..")
local schemas = os.getenv("SHEAF_SCHEMAS") or root .. "/../shared/conformance/schemas"

local function exists(path)
  local file = io.open(path, "rb")
  return file and file:close() or false
end

local function can(command)
  return os.execute(command .. " >/dev/null 2>&1") == true
end

-- ---- articles that formats stumble over -------------------------------------------------------------------

local nasty = "a]]>b <script>alert(\"1\")</script> &amp; {{headline}} } { \\ % $ # _ ^ ~ 'x'\u{FFFE}\u{FFFF}"

local adversarial = {
  { id = "n1", headline = nasty, text = nasty .. "\n\n" .. nasty, description = nasty, byline = nasty,
    publisher = nasty, provider = nasty, section = nasty, keywords = { nasty, "a\tb\nc", "" },
    authors = { { name = nasty, role = nasty }, { name = "and and, and" }, { name = "Böll & Söhne" } },
    url = "https://example.com/a b\"<>{}|\\^`[x]é%zz#a#b", published = "2021-03-17T10:00:00+02:00",
    language = "en", images = { { url = "https://example.com/p q.jpg", caption = nasty, credit = nasty } } },
  { id = "n2", headline = "Control \1\8\11\27\127 characters",
    text = "One\1\2\3 two\11three\12four\0five.\tTab\there.",
    language = "en", published = "XXXX-02-10", url = "javascript:alert(1)" },
  { id = "n3", text = "No headline, no date, no language.", language = "und" },
  { id = "n4", headline = "لقاء \u{202E}في موسكو\u{202C}",
    text = "التقى الوزيران.\n\nقالت: «نعم»، ثم غادرت.",
    language = "ar", published = "2021-03", authors = { { name = "ليلى حداد" } } },
  { id = "n5", headline = "英外相、撤収を要求",
    text = "外相は語った。「船を引け」。\u{3000}会談は3時間。",
    language = "ja", published = "2021", authors = { { name = "佐藤 花子" } },
    publisher = "北風通信" },
  { id = "n6", headline = "Kinds", language = "en", published = "2021-03-17",
    text = "Head\n\nSaid.\n\none\ntwo\n\ncode <x>\n\nShown.\n\na | b\n\nOSLO -\n\nLast",
    blocks = { { 0, 4, "h" }, { 6, 11, "quote" }, { 13, 20, "list" }, { 22, 30, "code" },
      { 32, 38, "caption" }, { 40, 45, "table" }, { 47, 53, "dateline" }, { 55, 59, "h" } } },
  { id = "n7", headline = "Signs",
    text = "👍🏽 e\u{301} ... !!! \"quoted\"—dash/slash _ a_b 3.5% \u{200D}\u{AD} é.",
    language = "fr", published = "2021-03-17T23:59Z", modified = "2021-03-18" },
  { id = "n 8/ü", headline = "An id of its own", text = "Word.", language = "sv", keywords = { "sea" } },
  { id = "n9", headline = "", description = "", text = " \n\n ", byline = "", publisher = "" },
}

local exporters = { "tei", "vrt", "conllu", "ninjs", "csl", "jsonfeed", "schema", "rss", "atom", "bibtex",
  "ris", "annotations", "wet" }

local collection = {
  title = "Talks <in> Moscow", subtitle = "Cables & \"ships\"", curator = "Mina Okafor",
  licence = "CC BY 4.0", language = "en", identifier = "urn:uuid:6ba7b810-9dad-81d1-80b4-00c04fd430c8",
  modified = "2021-04-02T05:00:00Z",
  notes = { n1 = { text = nasty, spans = { { from = 1, to = 5, text = nasty } } },
    n5 = { spans = { { from = 1, to = 6, text = "The minister." },
      { from = 2, to = 900, text = "Elsewhere." } } } },
}

-- What an exporter writes for the adversarial articles as parts of the collection.
local function bound(name)
  local folder = root .. "/plugins/export/" .. name
  local path = exists(folder .. "/plugin.lua") and folder .. "/plugin.lua" or folder .. ".lua"
  local file = assert(io.open(path, "rb"))
  local source = file:read("a")
  file:close()
  local plugin = assert(core.plugin(source, "@" .. name, { name = name, folder = folder,
    shared = root .. "/plugins/lib" }))
  local values = assert(arguments.complete(plugin:describe().args, { collection = collection }))
  assert(plugin:configure(values))
  local sink = core.sink_memory()
  assert(plugin:open(sink))
  for _, article in ipairs(adversarial) do
    if not article.blocks then assert(plugin:write(core.article(article))) end
  end
  assert(plugin:close())
  return sink:text()
end

local templates = { tei = "article.xml", rss = "item.xml", atom = "entry.xml", markdown = "article.md",
  html = "article.html", text = "article.txt" }

-- ---- running them ---------------------------------------------------------------------------------------

local work, sources

local function export(name, source, more)
  local out = ("out.%s"):format(name:match("^%w+"))
  local command = ("sheaf run %s --to '%s' -o %s -q %s"):format(source, name, out, more or "")
  local text, problem, status = work:run(command)
  assert(status == 0 or status == 3, ("%s of %s: %s %s"):format(name, source, text, problem))
  return work:read(out), out
end

local function each_source(test)
  for _, source in ipairs(sources) do test(source) end
end

-- The articles of a source as plain tables, as sheaf itself writes them.
local function rows_of(source)
  local rows = {}
  for _, line in ipairs(check.lines((export("jsonl", source)))) do rows[#rows + 1] = core.decode(line) end
  return rows
end

local function python_checks(script, schema, path)
  local command = ("python3 -c '%s' %s/%s %s"):format(script, schemas, schema, path)
  local text, problem, status = work:run(command)
  assert(status == 0, text .. problem)
end

-- A schema, then a document or one a line.
local WHOLE = [[
import json, sys, jsonschema
schema, path = sys.argv[1:]
check = jsonschema.validators.validator_for(json.load(open(schema)))(json.load(open(schema)),
    format_checker=jsonschema.FormatChecker())
text = open(path, encoding="utf-8").read()
for number, document in enumerate(DOCUMENTS):
    for problem in check.iter_errors(json.loads(document)):
        sys.exit("%d: %s" % (number, str(problem)[:600]))
]]
local ONE, EACH_LINE = WHOLE:gsub("DOCUMENTS", "[text]"), WHOLE:gsub("DOCUMENTS", "text.splitlines()")

local function validates(name, schema, script)
  if not exists(schemas .. "/" .. schema) then
    return pending("no schema " .. schema .. "; set SHEAF_SCHEMAS")
  end
  if not can("python3 -c 'import jsonschema'") then return pending("no Python with jsonschema") end
  each_source(function(source)
    local _, path = export(name, source)
    python_checks(script, schema, path)
  end)
end

describe("exports for scholars and tools", function()
  setup(function()
    work = session.new()
    local lines = {}
    for index, article in ipairs(adversarial) do lines[index] = core.encode(article) .. "\n" end
    work:file("nasty.jsonl", table.concat(lines))
    work:run(("cp -r '%s/seeds' seeds"):format(root))
    sources = { "nasty.jsonl", "seeds/*.txt seeds/more", os.getenv("SHEAF_ARTICLES") }
  end)
  teardown(function() work:close() end)

  it("give the same bytes with one thread and with three", function()
    for _, name in ipairs(exporters) do
      each_source(function(source)
        local one = export(name, source, "--threads 1")
        assert.equal(one, (export(name, source, "--threads 3")), name)
        assert.is_not_nil(utf8.len(one), name)
      end)
    end
  end)

  describe("in XML", function()
    it("are well-formed, whatever the texts hold", function()
      for _, name in ipairs { "tei", "tei:units=sentences", "tei:units=words", "rss", "atom" } do
        each_source(function(source)
          local fine, problem = pcall(check.xml, (export(name, source)))
          assert(fine, name .. ": " .. tostring(problem))
        end)
      end
    end)

    it("take a collection with its title, curator, licence and notes", function()
      for _, name in ipairs { "tei", "rss", "atom" } do
        local text = bound(name)
        check.xml(text)
        for _, wanted in ipairs { "Talks &lt;in&gt; Moscow", "Mina Okafor", "CC BY 4.0" } do
          assert(text:find(wanted, 1, true), name .. " lacks " .. wanted)
        end
      end
      assert(bound("atom"):find("<updated>2021-04-02T05:00:00Z</updated>\n</feed>", 1, true))
      assert(bound("rss"):find("<lastBuildDate>Fri, 02 Apr 2021 05:00:00 +0000</lastBuildDate>", 1, true))
      assert(bound("tei"):find("<note type=\"curator\">a]]&gt;b", 1, true))
    end)

    it("are TEI P5 to jing", function()
      if not exists(schemas .. "/tei_all-4.9.0.rng") then
        return pending("no schema of TEI; set SHEAF_SCHEMAS")
      end
      if not can("which jing") then return pending("no jing") end
      for _, name in ipairs { "tei", "tei:units=sentences", "tei:units=words" } do
        each_source(function(source)
          local _, path = export(name, source)
          local text, _, status = work:run(("jing %s/tei_all-4.9.0.rng %s"):format(schemas, path))
          assert(status == 0, name .. ": " .. text)
        end)
      end
    end)

    it("give an entry of Atom all that it must have, with an id of its own", function()
      each_source(function(source)
        local text, seen, count = export("atom", source), {}, 0
        for entry in text:gmatch("<entry.-</entry>") do
          local id = entry:match("<id>(urn:uuid:%x+%-%x+%-8%x+%-8%x+%-%x+)</id>")
          assert(id and not seen[id])
          seen[id], count = true, count + 1
          assert(entry:find("<updated>%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d[^<]*</updated>"))
          assert(entry:find("<title>[^<]+</title>"))
        end
        assert.equal(#rows_of(source), count)
      end)
    end)
  end)

  describe("in JSON", function()
    it("can be read, and know every article once", function()
      each_source(function(source)
        local rows = rows_of(source)
        assert.equal(#rows, #core.decode((export("csl", source))))
        assert.equal(#rows, #core.decode((export("jsonfeed", source))).items)
        assert.equal(#rows + 1, #core.decode((export("schema", source)))["@graph"])
        for _, version in ipairs { "2.1", "3.1" } do
          local lines = check.lines((export("ninjs:version=" .. version, source)))
          assert.equal(#rows, #lines)
          for index, line in ipairs(lines) do
            assert.equal(rows[index].text or "", core.decode(line).bodies[1].value)
          end
        end
      end)
    end)

    it("are CSL-JSON to its schema", function() validates("csl", "csl-data.json", ONE) end)
    it("are a JSON Feed to its schema", function() validates("jsonfeed", "jsonfeed-1.1.json", ONE) end)
    it("are ninjs 2.1 to its schema", function()
      validates("ninjs:version=2.1,html=yes", "ninjs-schema_2.1.json", EACH_LINE)
    end)
    it("are ninjs 3.1 to its schema", function()
      validates("ninjs:version=3.1,html=yes", "ninjs-schema_3.1.json", EACH_LINE)
    end)

    it("take a collection with its title, licence and notes", function()
      assert.equal("Talks <in> Moscow", core.decode(bound("jsonfeed")).title)
      assert.equal(collection.notes.n1.text, core.decode(bound("csl"))[1].annote)
      local graph = core.decode(bound("schema"))["@graph"]
      assert.equal("CC BY 4.0", graph[#graph].license)
      assert.equal(collection.identifier, graph[1].isPartOf["@id"])
      assert.equal("CC BY 4.0", core.decode(check.lines(bound("ninjs"))[1]).usageTerms)
    end)

    it("cannot close the script of a page that schema.org stands in", function()
      assert.is_nil((export("schema", "nasty.jsonl")):find("<", 1, true))
    end)
  end)

  describe("annotations", function()
    it("point at the same words by place and by quotation", function()
      each_source(function(source)
        local texts, count = {}, 0
        for _, row in ipairs(rows_of(source)) do texts[row.url or ""] = row.text end
        local lines = check.lines((export("annotations", source, "--extract quotes --extract numbers")))
        for _, line in ipairs(lines) do
          local one = core.decode(line)
          assert.equal("Annotation", one.type)
          local place, quote = one.target.selector[1], one.target.selector[2]
          local text = texts[one.target.source]
          if text then
            count = count + 1
            assert.equal(quote.exact, check.characters(text, place.start, place["end"]))
            local found = text:find((quote.prefix or "") .. quote.exact .. (quote.suffix or ""), 1, true)
            assert(found, "the quotation is not in the text")
          end
        end
        assert(source == "nasty.jsonl" or count > 20, "only " .. count .. " spans were looked at")
      end)
    end)

    it("are made of the notes of a collection; a span that is not there points nowhere", function()
      local lines = check.lines(bound("annotations"))
      assert.equal(4, #lines)
      local place = core.decode(lines[3]).target.selector[1]
      assert.same({ 0, 2 }, { place.start, place["end"] })
      assert.is_nil(core.decode(lines[4]).target.selector)
    end)
  end)

  describe("in lines", function()
    it("are BibTeX, with braces that balance and keys of their own", function()
      for _, name in ipairs { "bibtex", "bibtex:accents=latex" } do
        each_source(function(source) assert.equal(#rows_of(source), check.bibtex((export(name, source)))) end)
      end
    end)

    it("are RIS, a reference an article", function()
      each_source(function(source) assert.equal(#rows_of(source), check.ris((export("ris", source)))) end)
    end)

    it("are CoNLL-U: ten columns, and tokens that spell the sentence", function()
      for _, name in ipairs { "conllu", "conllu:stems=yes" } do
        each_source(function(source) assert(check.conllu((export(name, source))) > 10) end)
      end
    end)

    it("are VRT: columns, and tags that balance", function()
      each_source(function(source)
        assert(check.vrt("<all>\n" .. export("vrt", source) .. "</all>\n", 3) > 50)
        assert(check.vrt("<all>\n" .. export("vrt:stems=no,glue=yes", source) .. "</all>\n", 2) > 50)
      end)
    end)

    it("take the notes of a collection", function()
      assert(check.bibtex(bound("bibtex")) > 5 and bound("bibtex"):find("  annotation = {a]]>b", 1, true))
      assert(check.ris(bound("ris")) > 5 and bound("ris"):find("N1  - a]]>b", 1, true))
    end)
  end)

  describe("a WET file", function()
    it("has records whose lengths are right", function()
      each_source(function(source)
        local records = check.warc((export("wet", source)))
        assert.equal(#rows_of(source) + 1, #records)
        for index = 2, #records do
          assert.equal("conversion", records[index].fields["WARC-Type"])
          assert(records[index].fields["WARC-Target-URI"]:find("^%a+:%S+$"))
        end
      end)
    end)

    it("is read again by sheaf, with the same paragraphs", function()
      local rows = rows_of("seeds/*.txt seeds/more")
      export("wet", "seeds/*.txt seeds/more")
      work:run("mv out.wet again.warc.wet")
      local again = rows_of("again.warc.wet")
      assert.equal(#rows, #again)
      for index, row in ipairs(rows) do
        local last = row.text:match("([^\n]+)$"):match("^%s*(.-)%s*$")
        assert(again[index].text:find(last, 1, true), again[index].text)
      end
    end)
  end)

  describe("a template of the user's", function()
    it("replaces the packaged one", function()
      work:file("mine.xml", "<item>{{headline}}: {{#authors}}{{name}};{{/authors}}"
        .. "{{^authors}}nobody{{/authors}}</item>\n")
      local text = export("rss:template=mine.xml", "nasty.jsonl")
      assert(text:find("<item>Signs: nobody</item>", 1, true), text)
      check.xml(text)
    end)

    it("may begin as a copy of the packaged one, and then changes nothing", function()
      for name, file in pairs(templates) do
        local copy = ("%s:template=%s/plugins/export/%s/data/%s"):format(name, root, name, file)
        assert.equal((export(name, "nasty.jsonl")), (export(copy, "nasty.jsonl")))
        local help = work:run("sheaf help " .. name)
        assert(help:gsub("%s+", " "):find("copy of data/" .. file, 1, true), help)
      end
    end)

    it("is told where it is wrong, before anything is written", function()
      local mistakes = {
        ["a\n{{headlin}}\n"] = "line 2: there is no field 'headlin'",
        ["a\nb\n{{#authors}}\n"] = "line 3: {{#authors}} is never closed",
        ["{{/authors}}\n"] = "line 1: {{/authors}} closes nothing",
        ["{{#authors}}\n{{/keywords}}\n"] = "line 2: {{/keywords}} stands where {{/authors}} is needed",
        ["a\n{{headline\n"] = "line 2: {{ is not closed by }}",
        ["{{{html}}\n"] = "line 1: {{{ is not closed by }}}",
        ["{{a b}}\n"] = "line 1: 'a b' is no name of a field",
      }
      for text, wanted in pairs(mistakes) do
        work:file("wrong.xml", text)
        local _, problem, status = work:run("sheaf run nasty.jsonl --to rss:template=wrong.xml -o wrong.rss")
        assert.is_not_equal(0, status)
        assert(problem:gsub("%s+", " "):find(wanted, 1, true), problem)
        assert.is_false(exists(work.work .. "/wrong.rss"))
      end
    end)
  end)
end)
