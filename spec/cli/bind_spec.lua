-- bind_spec.lua - recipes: what they choose, what is wrong with them and where, locks, bundles.
-- luacheck: no max line length

local session = require "spec.cli.session"
local core = require "sheaf.core"

local articles = {
  { headline = "Harbour opens", url = "https://npa.example/1", published = "2021-03-01", publisher = "NPA", language = "en",
    text = "The harbour of Lerwick opened again on Monday.\n\n\"We have waited eleven days for this,\" said Mina Okafor, who leads the pilots. Nobody will wait for breakfast." },
  { headline = "Bread prize", url = "https://lantern.example/2", published = "2021-02-03", publisher = "The Lantern", language = "en",
    text = "A bakery in Bergen has won a prize for its bread, and the baker is glad." },
  { headline = "Pilots glad", url = "https://compass.example/3", published = "2021-03-02T08:00Z", publisher = "Compass", language = "en",
    text = "The pilots of Lerwick are glad that boats go out again, they told us on Tuesday." },
  { headline = "Der Hafen", url = "https://blatt.example/4", publisher = "Morgenblatt", language = "de",
    text = "Der Hafen von Lerwick ist wieder offen, und niemand wartet mehr auf ein Boot." },
}

local function lines(list)
  local out = {}
  for i, a in ipairs(list) do out[i] = core.encode(a) .. "\n" end
  return table.concat(out)
end

local function with(i, changed)
  local list = {}
  for k, a in ipairs(articles) do
    list[k] = {}
    for name, value in pairs(a) do list[k][name] = value end
  end
  for name, value in pairs(changed) do list[i][name] = value end
  return list
end

describe("sheaf bind", function()
  local s, ids

  local function recipe(body, name)
    s:file(name or "c.lua", "return {\n  title = \"Lerwick\", sources = { \"news.sheaf\" },\n" .. body .. "\n}\n")
  end

  local function dry(body)
    recipe(body)
    local out, err, status = s:run "sheaf bind -n c.lua"
    local heads = {}
    for line in out:gmatch("[^\n]+") do heads[#heads + 1] = line:match("^  %x+  .*  (.*)$") or line end
    return table.concat(heads, "|"), err, status
  end

  local function fails(body, message)
    recipe(body)
    local out, err, status = s:run "sheaf bind c.lua"
    assert.equal("", out)
    assert.equal(2, status)
    assert.truthy(err:find(message, 1, true), err)
    assert.equal("", (s:run "ls *.lock *.jsonl.out 2>/dev/null"))
  end

  before_each(function()
    s = session.new()
    s:file("news.jsonl", lines(articles))
    s:run "sheaf pack -q news.jsonl -o news.sheaf"
    ids = {}
    for id in (s:run "sheaf ls news.sheaf | cut -f1"):gmatch("%x+") do ids[#ids + 1] = id end
  end)

  after_each(function() s:close() end)

  describe("chooses", function()
    it("all articles by date, those without one last", function()
      assert.equal("Lerwick|Bread prize|Harbour opens|Pilots glad|Der Hafen", (dry ""))
    end)

    it("by where, search and filters", function()
      assert.equal("Lerwick|Harbour opens|Pilots glad", (dry [[ where = 'a.language == "en"', search = "Lerwick"]]))
      assert.equal("Lerwick|Bread prize|Pilots glad",
        (dry [[ filters = { "language:only=en", function(a) return a:has("glad") end } ]]))
    end)

    it("only picks when nothing else chooses, in their order", function()
      assert.equal("Lerwick|Pilots glad|Bread prize", (dry((' pick = { "%s", { id = "https://lantern.example/2" } }'):format(ids[3]:sub(1, 6)))))
    end)

    it("picks beside what a filter keeps", function()
      assert.equal("Lerwick|Harbour opens|Pilots glad|Der Hafen",
        (dry((' search = "again", pick = { "%s" }'):format(ids[4]))))
    end)

    it("not what is excluded, and says why", function()
      local out = dry((' exclude = { { id = "%s", reason = "about bread" } }'):format(ids[2]))
      assert.equal("Lerwick|Harbour opens|Pilots glad|Der Hafen|Excluded|Bread prize: about bread", (out:gsub("  %x+  Bread", "Bread")))
    end)

    it("an order by a function, by headline, by site, latest first", function()
      assert.equal("Lerwick|Der Hafen|Bread prize|Pilots glad|Harbour opens", (dry " order = function(a, b) return a.words < b.words end"))
      assert.equal("Lerwick|Bread prize|Der Hafen|Harbour opens|Pilots glad", (dry [[ order = "headline" ]]))
      assert.equal("Lerwick|Der Hafen|Pilots glad|Bread prize|Harbour opens", (dry [[ order = "site" ]]))
      assert.equal("Lerwick|Pilots glad|Harbour opens|Bread prize|Der Hafen", (dry [[ order = "-published" ]]))
    end)

    it("sections by picks, where and functions, and a last one for the rest", function()
      local out, err = dry((' sections = { { title = "One", pick = { "%s" } }, { title = "Two", where = \'a.published >= "2021-03"\' }, { title = "Three", match = function(a) return a:has("Bergen") end } }'):format(ids[4]))
      assert.equal("Lerwick|One|Der Hafen|Two|Harbour opens|Pilots glad|Three|Bread prize", out)
      assert.equal("", err)
      out, err = dry [[ sections = { { title = "Early", where = 'a.published < "2021-03"' } } ]]
      assert.equal("Lerwick|Early|Bread prize|Other articles|Harbour opens|Pilots glad|Der Hafen", out)
      assert.truthy(err:find("c.lua:3: 3 articles are in no section, and therefore in a last one: Harbour opens; ", 1, true))
      out = dry [[ sections = { { title = "Early", where = 'a.published < "2021-03"' }, { title = "Late" } } ]]
      assert.equal("Lerwick|Early|Bread prize|Late|Harbour opens|Pilots glad|Der Hafen", out)
    end)

    it("from piles and sheaves together, each article once", function()
      s:run "head -3 news.jsonl > some.jsonl; sheaf pack -q some.jsonl -o news.sheaf.new.sheaf; mv news.sheaf.new.sheaf some.sheaf"
      s:file("p.lua", 'return { title = "P", sources = { "some.sheaf", "news.jsonl" }, outputs = { jsonl = "p.out" } }')
      s:run "sheaf bind -q p.lua"
      assert.equal("Bread prize\nHarbour opens\nPilots glad\nDer Hafen\n", (s:run "jq -r .headline p.out"))
    end)
  end)

  describe("names the line", function()
    local cases = {
      { "of a misspelt key", "\n\n subtitel = \"x\"", "c.lua:5: unknown key 'subtitel'; did you mean 'subtitle'?" },
      { "of a misspelt key of a section", " sections = {\n  { title = \"A\" },\n  { titel = \"B\" },\n }", "c.lua:5: unknown key of sections[2] 'titel'; did you mean 'title'?" },
      { "of a wrong kind of value", "\n pick = \"abc\"", "c.lua:4: pick must be a list of ids" },
      { "of a wrong order", " order = \"date\"", "c.lua:3: order must be a function or one of published, -published, headline, site, given" },
      { "of a source that is not there", " where = \"true\", exclude = {}, layers = {}, search = \"\\\"\"", "c.lua:3: search:" },
      { "of an expression", "\n where = 'a.langage == 1'", "c.lua:4: where: unknown field 'langage'; did you mean 'language'?" },
      { "of an expression that fails", "\n where = 'a.words:x() == 1'", "c.lua:4: where: " },
      { "of a filter that there is not", " filters = {\n  \"words\",\n  \"wrods\" }", "c.lua:5: unknown filter 'wrods'; did you mean 'words'?" },
      { "of a filter's argument", " filters = { \"words:mni=3\" }", "c.lua:3: plugin 'words': unknown argument 'mni'; did you mean 'min'?" },
      { "of an exporter", " outputs = {\n  jsonl = \"a.jsonl.out\",\n  htlm = \"x\" }", "c.lua:5: unknown exporter 'htlm'; did you mean 'html'?" },
      { "of an exporter's argument", " outputs = { html = { path = \"x\", titel = \"y\" } }", "c.lua:3: plugin 'html': unknown argument 'titel'; did you mean 'title'?" },
      { "of a pick that there is not", " pick = {\n \"zz\" }", "c.lua:4: there is no article 'zz' in the sources" },
      { "of a function that fails", " filters = {\n  function(a) return a.headline.x.y end }", "c.lua:4: " },
      { "of an order that fails", "\n order = function(a, b) return a.x < b.x end", "c.lua:4: attempt to compare two nil values" },
      { "of what a recipe may not do", "\n subtitle = io.open(\"x\")", "c.lua:4: attempt to index a nil value (global 'io')" },
      { "of a mistake of Lua", "\n subtitle = = 3", "c.lua:4: unexpected symbol near '='" },
      { "of a file that is not there", "\n introduction = { file = \"intro.md\" }", "c.lua:4: intro.md: No such file or directory" },
      { "of a cover that is no picture", " cover = \"news.jsonl\"", "c.lua:3: news.jsonl is no PNG, JPEG, GIF, WebP or SVG" },
      { "of a date that is none", " date = \"soon\"", "c.lua:3: date must be a date such as" },
      { "of an output that is a source", " outputs = { sheaf = \"news.sheaf\" }", "c.lua:3: news.sheaf is a source already" },
      { "of a layer that there is not", "\n layers = { \"quotes\" }", "c.lua:4: news.sheaf has no layers" },
      { "of an empty name", "\n pick = { \"\" }", "c.lua:4: pick[1] must be an id, the beginning of one, or an address" },
      { "of an output outside of its folder", " outputs = { text = \"../x\" }", "c.lua:3: ../x is hidden, or outside of the recipe's folder" },
      { "of an output that would be hidden", " outputs = { text = \"a/.git/x\" }", "c.lua:3: a/.git/x is hidden" },
      { "of an output with a path from the root", " outputs = { text = \"/tmp/x\" }", "c.lua:3: /tmp/x is hidden" },
      { "of two outputs in one place", " outputs = { html = \"a\", text = \"a\" }", "c.lua:3: a is an output already" },
    }
    for _, case in ipairs(cases) do
      it(case[1], function() fails(case[2], case[3]) end)
    end

    it("of a note on nothing, and of words that are not there", function()
      fails(" notes = {\n  [\"ffff\"] = \"x\" }", "c.lua:4: there is a note on 'ffff', which is not in the collection")
      fails((' notes = {\n  ["%s"] = { spans = {\n { quote = "twelve days", text = "x" } } } }'):format(ids[1]),
        'c.lua:5: the article has no "twelve days"')
      fails((' notes = { ["%s"] = { spans = { { from = 1, to = 9999, text = "x" } } } }'):format(ids[1]),
        "c.lua:3: bytes 1 to 9999 are no part of the text")
      fails((' notes = { ["%s"] = { spans = { { quote = "a", nth = 200, text = "x" } } } }'):format(ids[1]), 'stands only')
    end)

    it("of the caller who has no title or sources", function()
      s:file("c.lua", "return { title = \"x\" }")
      assert.truthy(select(2, s:run "sheaf bind c.lua"):find("c.lua:1: a collection needs sources", 1, true))
      s:file("c.lua", "return { sources = { \"news.sheaf\" } }")
      assert.truthy(select(2, s:run "sheaf bind c.lua"):find("c.lua:1: a collection needs a title", 1, true))
      s:file("c.lua", "return { title = \"x\", sources = { \"nwes.sheaf\" } }")
      assert.truthy(select(2, s:run "sheaf bind c.lua"):find("c.lua:1: there is no nwes.sheaf; did you mean news.sheaf?", 1, true))
    end)
  end)

  it("cannot reach the host through what it is given", function()
    recipe " subtitle = tostring(string.format ~= nil and load == nil and require == nil and os == nil and debug == nil and setmetatable == nil and getmetatable == nil), filters = { function() string.format = nil; return true end }, outputs = { text = { path = \"t.out\", title = \"x\" } }"
    s:file("c.lua", (s:read "c.lua":gsub(', title = "x" }', " }")))
    local _, err, status = s:run "sheaf bind c.lua"
    assert.equal(0, status, err)
  end)

  describe("builds", function()
    local whole = [[
  subtitle = "One week", curator = "M. O.", licence = "CC BY 4.0", language = "en",
  introduction = { file = "intro.md" }, extract = { "quotes" },
  sections = { { title = "Boats", where = 'a.language == "en"', text = "*Boats*." }, { title = "Rest" } },
  notes = { [%q] = { text = "A **note**.", spans = { { quote = "Eleven days", text = "Ten." } } } },
  outputs = { jsonl = "deep/er/c.jsonl", html = "c.html", sheaf = "c.sheaf", { to = "markdown", path = "c.md" } },]]

    before_each(function()
      s:file("intro.md", "Hello.\n")
      recipe(whole:format(ids[1]))
    end)

    it("every output, from another folder too, and writes a lock", function()
      s:run "mkdir sub; mv c.lua intro.md news.sheaf sub/"
      s:play [[
        $ sheaf bind sub/c.lua
        ! bound 4 articles into sub/c.md, sub/c.html, sub/deep/er/c.jsonl, sub/c.sheaf in …
        $ ls sub
        c.html
        c.lock
        c.lua
        c.md
        c.sheaf
        deep
        intro.md
        news.sheaf
        $ jq -r '.articles[] | [.section, .headline, .words] | @csv' sub/c.lock
        "Boats","Bread prize",14
        "Boats","Harbour opens",24
        "Boats","Pilots glad",15
        "Rest","Der Hafen",14
        $ sheaf layers sub/c.sheaf | cut -f1,3
        quotes	1
        notes	1
        $ sheaf layers sub/c.sheaf --export notes | jq -c '[.fields.text, .spans[0][2].text]'
        ["A **note**.","Ten."]
        $ head -1 sub/c.md
        # Lerwick
      ]]
    end)

    it("only what is named, and knows the hashes of the others still", function()
      s:run "sheaf bind -q c.lua; rm c.html c.md"
      s:play [[
        $ sheaf bind -q c.lua --only html
        $ ls c.*
        c.html
        c.lock
        c.lua
        c.sheaf
        $ jq -r '.outputs | keys[]' c.lock
        c.md
        html
        jsonl
        sheaf
        $ sheaf bind c.lua --only htm
        ! sheaf: --only: unknown output 'htm'; did you mean 'html'?
        ? 2
      ]]
    end)

    it("the same bytes with any number of threads, at any time, in any place", function()
      s:run "sheaf bind -q c.lua --threads 1; sha256sum c.html c.md c.sheaf deep/er/c.jsonl c.lock > sums"
      s:run "mkdir other; cp -r news.sheaf c.lua intro.md c.lock other/; rm -r c.html c.md c.sheaf deep"
      assert.equal(0, select(3, s:run "SOURCE_DATE_EPOCH=77 TZ=Asia/Tokyo LC_ALL=C sheaf bind -q other/c.lua --locked --threads 3"))
      assert.equal("", (s:run "cd other && sha256sum --quiet -c ../sums"))
    end)

    it("no second time over a sheaf that it has not made", function()
      s:run "sheaf pack -q news.jsonl -o c.sheaf"
      local _, err, status = s:run "sheaf bind c.lua"
      assert.equal(2, status)
      assert.truthy(err:find("c.lua:7: c.sheaf is there, and was not bound: it is not replaced", 1, true), err)
      assert.equal("", (s:run "ls c.html c.md c.sheaf.new.sheaf 2>/dev/null"))
      s:run "rm c.sheaf; sheaf bind -q c.lua"
      assert.equal(0, select(3, s:run "sheaf bind -q c.lua"))
    end)

    it("a collection that knows itself", function()
      s:file("probe.lua", [[
        return { kind = "exporter", api = 1, version = "1", about = "Probe.", extension = "json",
          args = { collection = { "table", help = "x" } },
          open = function(out, opt) opt.collection.manifest = sheaf.decode(opt.collection.manifest) out:write(sheaf.encode(opt.collection), "\n") end,
          each = function(a, _, out) out:write(a.id, " ", a.layers and a.layers.quotes and #a.layers.quotes.spans or 0, "\n") end,
        }]])
      s:file("c.lua", (s:read "c.lua":gsub("outputs = {", 'outputs = { ["./probe.lua"] = "probe.out",')))
      assert.equal(0, select(3, s:run "sheaf bind -q c.lua --only ./probe.lua"))
      local head, rest = s:read "probe.out":match("^([^\n]*)\n(.*)$")
      local c = core.decode(head)
      assert.same({ "Lerwick", "One week", "M. O.", "CC BY 4.0", "en", "Hello.\n", "2021-03-02T08:00:00Z" },
        { c.title, c.subtitle, c.curator, c.licence, c.language, c.introduction, c.modified })
      assert.same({ { title = "Boats", text = "*Boats*.", articles = { ids[2], ids[1], ids[3] } }, { title = "Rest", articles = { ids[4] } } }, c.sections)
      local note = c.notes[ids[1]]
      assert.equal("A **note**.", note.text)
      assert.equal("eleven days", articles[1].text:sub(note.spans[1].from, note.spans[1].to))
      assert.truthy(c.identifier:find("^urn:uuid:%x+%-%x+%-8%x%x%x%-8%x%x%x%-%x+$"))
      local lock = core.decode((s:read "c.lock"))
      assert.equal(lock.digest, c.manifest.lock)
      assert.same({ id = ids[2], sha256 = core.sha256(articles[2].text) }, c.manifest.articles[1])
      assert.same({ "quotes" }, c.layers)
      assert.equal(("%s 0\n%s 1\n%s 1\n%s 0\n"):format(ids[2], ids[1], ids[3], ids[4]), rest)
    end)
  end)

  describe("with a lock", function()
    local body = [[ outputs = { jsonl = "c.jsonl", sheaf = "c.sheaf", epub = "c.epub" } ]]

    before_each(function()
      recipe(body)
      s:run "sheaf bind -q c.lua"
    end)

    local function repack(list)
      s:file("news.jsonl", lines(list))
      s:run "rm news.sheaf; sheaf pack -q news.jsonl -o news.sheaf"
    end

    it("refuses what differs, tells it in words, and writes nothing", function()
      local sums = s:run "sha256sum c.*"
      local list = with(1, { text = (articles[1].text:gsub("eleven days", "twelve long days")) })
      table.remove(list, 2)
      list[#list + 1] = { headline = "New", url = "https://x.example/5", text = "Something new was said in Lerwick." }
      repack(list)
      local out, err, status = s:run "sheaf bind c.lua --locked"
      assert.equal(2, status)
      assert.equal("", out)
      assert.truthy(err:find("c.lock: what would be bound differs from it: 1 added, 1 gone, 1 changed, other sources", 1, true), err)
      assert.truthy(err:find("~ changed %x+  Harbour opens  %(27 words became 28%)"), err)
      assert.truthy(err:find("* source  2 articles were read from another file, or another place in it", 1, true), err)
      assert.truthy(err:find('"We have waited [-eleven-] {+twelve long+} days', 1, true), err)
      assert.truthy(err:find("- gone    " .. ids[2]:sub(1, 8) .. "  Bread prize", 1, true), err)
      assert.truthy(err:find("+ added   %x+  New"), err)
      assert.equal(sums, (s:run "sha256sum c.*"))
    end)

    it("does not mind what sources have beside it", function()
      recipe((' pick = { "%s" }, '):format(ids[1]) .. body)
      s:run "sheaf bind -q c.lua; rm c.epub"
      s:file("more.jsonl", '{"headline":"More","text":"More was said, and more, and more."}\n')
      s:run "sheaf add -q news.sheaf more.jsonl"
      s:play [[
        $ sheaf bind -q c.lua --locked
        $ sheaf verify c.epub --lock c.lock
        c.epub: 1 article of c.lock, as it was bound
      ]]
    end)

    it("tells of another recipe and of other plugins", function()
      recipe(body:gsub("}", ', html = "c.html" }') .. ', subtitle = "x", order = "headline", extract = { "quotes" }')
      s:play [[
        $ sheaf bind -n c.lua | sed -n '/^[*^]/p'
        * recipe  the recipe has extract now
        * recipe  the recipe has order now
        * recipe  outputs in the recipe is another
        * recipe  the recipe has subtitle now
        * plugin  exporter html is used now
        * plugin  extractor quotes is used now
        ^ moved   articles stand in another order
        $ sheaf bind c.lua -q --update | wc -l
        7
        $ sheaf bind c.lua -n | grep -c '^[*^]'
        0
        ? 1
      ]]
    end)

    it("sees a plugin whose code has changed", function()
      s:file("keep.lua", "return { kind = 'filter', api = 1, version = '1', about = 'x', each = function() return true end }")
      recipe(body .. ', filters = { "./keep.lua" }')
      s:run "sheaf bind -q c.lua; echo '-- more' >> keep.lua"
      local _, err, status = s:run "sheaf bind --locked c.lua"
      assert.equal(2, status)
      assert.truthy(err:find("filter keep: its code has changed, its version (1) has not", 1, true), err)
    end)

    it("sees other fields, a moved section and an article that got another id", function()
      recipe(body .. ", sections = { { title = 'A', where = 'a.words > 20' }, { title = 'B' } }")
      s:run "sheaf bind -q c.lua"
      repack(with(2, { publisher = "The Lamp", text = articles[2].text .. " And more so every day." }))
      local out = s:run "sheaf bind -n c.lua"
      assert.truthy(out:find("~ changed %x+  Bread prize  %(16 words became 21%)"), out)
      assert.truthy(out:find("^ moved   ", 1, true) and out:find("from 'B' to 'A'", 1, true), out)
      repack(with(2, { publisher = "The Lamp" }))
      out = s:run "sheaf bind -n c.lua"
      assert.truthy(out:find("Bread prize  (not its text, but other fields or layers)", 1, true), out)
    end)

    it("refuses a lock that was changed by hand, or is none", function()
      s:run "sed -i 's/Bread prize/Bred prize/' c.lock"
      assert.truthy(select(2, s:run "sheaf bind c.lua"):find("c.lock: it was changed by hand: its digest does not fit", 1, true))
      s:file("c.lock", "[]")
      assert.truthy(select(2, s:run "sheaf bind c.lua"):find("c.lock: it is no lock of a collection", 1, true))
      s:run "rm c.lock"
      assert.truthy(select(2, s:run "sheaf bind --locked c.lua"):find("--locked: there is no c.lock", 1, true))
    end)

    it("verifies bundles, and names what was changed", function()
      s:play [[
        $ sheaf verify c.epub c.sheaf c.jsonl --lock c.lock
        c.epub: 4 articles of c.lock, as it was bound
        c.sheaf: 4 articles of c.lock
        c.jsonl: 4 articles of c.lock, as it was bound
        $ echo >> c.jsonl; sheaf verify c.jsonl --lock c.lock
        c.jsonl: it was changed since it was bound
        c.jsonl: it has no manifest, so that nothing tells which articles are in it
        ? 2
        $ head -3 news.jsonl > some.jsonl; sheaf pack -q some.jsonl -o some.sheaf; sheaf verify some.sheaf --lock c.lock | cut -d'"' -f2-
        Der Hafen" is missing
        $ sheaf verify some.sheaf --lock c.lock --json | jq -c '[.whole, (.problems | length)]'
        [false,1]
      ]]
      s:run [[python3 -c "
import zipfile
a = zipfile.ZipFile('c.epub'); b = zipfile.ZipFile('same.epub', 'w', zipfile.ZIP_STORED); c = zipfile.ZipFile('other.epub', 'w', zipfile.ZIP_DEFLATED)
for n in reversed(a.namelist()):
    b.writestr(n, a.read(n))
    c.writestr(n, a.read(n).replace(b'Bergen', b'Berlin'))
"; mkdir x; mv other.epub x/c.epub; mkdir y; mv same.epub y/c.epub]]
      s:play [[
        $ sheaf verify y/c.epub --lock c.lock
        y/c.epub: 4 articles of c.lock
      ]]
      local out, _, status = s:run "sheaf verify x/c.epub --lock c.lock"
      assert.equal(2, status)
      assert.truthy(out:find("^x/c.epub: the file EPUB/%S+ was changed\n"), out)
    end)

    it("says of a damaged book that it is damaged", function()
      s:run "head -c 3000 c.epub > d.epub; head -c 60 /dev/zero > z.epub; printf PK >> e.epub"
      s:play [[
        $ sheaf verify d.epub z.epub e.epub --lock c.lock
        d.epub: it is no ZIP, or it is cut off
        z.epub: it has no manifest, so that nothing tells which articles are in it
        e.epub: it is no ZIP, or it is cut off
        ? 2
      ]]
    end)
  end)

  describe("--new", function()
    it("writes a recipe that can be bound as it is", function()
      s:play [[
        $ sheaf bind --new news.sheaf -o n.lua
        ! wrote n.lua with 4 articles picked; next: sheaf bind -n n.lua
        $ grep -c ' -- 2021' n.lua
        3
        $ sheaf bind -q n.lua
        $ ls news*
        news-collection.sheaf
        news.html
        news.jsonl
        news.sheaf
        $ sheaf bind --new news.sheaf -o n.lua
        ! sheaf: n.lua is already there
        !   -o NAME.lua writes the recipe elsewhere
        ? 2
      ]]
    end)

    it("is safe from headlines", function()
      s:file("evil.jsonl", lines { { headline = "x\n\"]] os.exit(1) --[[\27[2J", text = "Some words are here, and more." } })
      s:run "sheaf pack -q evil.jsonl -o evil.sheaf"
      local out, err, status = s:run "sheaf bind --new evil.sheaf -o -"
      assert.equal(0, status, err)
      assert.falsy(out:find("\27", 1, true))
      s:file("e.lua", out)
      assert.equal(0, select(3, s:run "sheaf bind -q e.lua"))
    end)
  end)

  it("writes outside of its folder when it is trusted", function()
    s:run "mkdir sub"
    s:file("sub/c.lua", 'return { title = "x", sources = { "../news.sheaf" }, outputs = { text = "../out.txt" } }')
    assert.equal(2, select(3, s:run "sheaf bind -q sub/c.lua"))
    assert.equal(0, select(3, s:run "sheaf bind -q sub/c.lua --trust sub/c.lua"))
    assert.truthy(s:read("out.txt"):find("Bergen", 1, true))
  end)

  it("tells of options that do not go together", function()
    recipe ""
    s:play [[
      $ sheaf bind c.lua --locked --update
      ! sheaf: --locked or --update, not both
      ? 2
      $ sheaf bind c.lua -o x
      ! sheaf: -o goes with --new
      !   where outputs go, the recipe says: outputs = { … }
      ? 2
      $ sheaf bind
      ! sheaf: there is no collection.lua
      ? 2
    ]]
  end)
end)
