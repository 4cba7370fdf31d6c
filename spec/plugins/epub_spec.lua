-- epub_spec.lua - the books that the exporter epub makes: that they hang together, and what stands in them.
--
-- epubcheck has the last word, where it is installed.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/plugins"
local core = require "sheaf.core"
local arguments = require "sheaf.arguments"
local lfs = require "lfs"

local home = here .. "/../../plugins/export/epub"
local folder

local function bytes_of(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("a")
  file:close()
  return bytes
end

local function packaged(given)
  local plugin = assert(core.plugin(bytes_of(home .. "/plugin.lua"), "@plugin.lua", {
    name = "epub", folder = home, shared = here .. "/../../plugins/lib" }))
  assert(plugin:configure(assert(arguments.complete(plugin:describe().args, given or {}))))
  return plugin
end

local function as_article(one)
  if type(one) == "userdata" then return one end
  local quotes = one.quotes
  one.quotes = nil
  local article = core.article(one)
  one.quotes = quotes
  if quotes then assert(article:attach("quotes", { spans = quotes })) end
  return article
end

local function export(path, given, articles)
  local plugin, sink = packaged(given), assert(core.sink(path))
  assert(plugin:open(sink))
  for _, one in ipairs(articles) do assert(plugin:write(as_article(one))) end
  local fine, problem = plugin:close()
  if not fine then
    sink:discard()
    return nil, problem.message
  end
  assert(sink:close())
  return path
end

-- The files of a book by name.
local function book(given, articles)
  local root, files = folder .. "/book/", {}
  assert(export(root, given, articles))
  local function walk(under)
    for name in lfs.dir(root .. under) do
      local path = under .. name
      if lfs.attributes(root .. path, "mode") == "file" then
        files[path] = bytes_of(root .. path)
      elseif name:sub(1, 1) ~= "." then
        walk(path .. "/")
      end
    end
  end
  walk("")
  return files
end

local function output_of(command)
  local pipe = assert(io.popen(command .. " 2>&1"))
  local text = pipe:read("a")
  return text, pipe:close()
end

local function has(program)
  return (os.execute(("command -v %s >/dev/null 2>&1"):format(program)))
end

-- Articles made to do harm, or to be odd.
local odd = {
  { headline = "<script>alert(1)</script>", text = "]]> <![CDATA[ & \"q\" 'a' </p>\n\n<img src=x>",
    language = "en" },
  { headline = "", text = "No headline, and many words that go on and on", language = "und" },
  { headline = "\u{200B}", text = "\u{A0}", language = "x-foo" },
  { headline = "signs \1\2\8\27\u{85}\u{FFFE} end", text = "a\11b\12c\1d", language = "english please" },
  { headline = ("Long headline "):rep(100), text = ("word "):rep(40000), language = "EN" },
  { headline = "عنوان \u{202E} مقلوب", text = "نص عربي.\n\nفقرة ثانية",
    language = "ar" },
  { headline = "見出し", text = "本文です。", language = "ja" },
  { headline = "twice", text = "same", language = "de-DE-DE" }, { headline = "twice", text = "same 2" },
  { headline = "blanks", text = "x", url = "https://ex.example/a b\"c'<d>{e}|f\\g^`h`%zz%4?q=[1]&r=ü#f#g" },
  { headline = "script", text = "x", url = "javascript:alert(1)", publisher = "Evil <b>" },
  { headline = "host", text = "x", url = "http://[::1]/" }, { headline = "h", text = "x",
    url = "https://a_b.example:99/" },
  { headline = "h", text = "x", url = "http://1.2.3.999/" }, { headline = "h", text = "x",
    url = "https://ex..example" },
  { headline = "date", text = "x", published = "202X" }, { headline = "date", text = "x",
    published = "XXXX-03-17" },
  { headline = "kinds", text = "Head\n\n- one\n- two\u{202E}\n- three\n\ncode <x>\n "
    .. "y\n\nquote\n\ncap\n\nOSLO",
    blocks = { { from = 1, to = 4, kind = "h" }, { from = 7, to = 28, kind = "list" },
      { from = 31, to = 41, kind = "code" }, { from = 44, to = 48, kind = "quote" },
      { from = 51, to = 53, kind = "caption" }, { from = 56, to = 59, kind = "dateline" } },
    images = { { caption = "cap", credit = "<i>" }, { url = "https://x.example/y.jpg", credit = "AP" } },
    keywords = { "<k>" }, section = "Sec <tion>", provider = "AFP", via = "Press & Reader",
      description = "a\n\nb" },
}

local lantern = { id = "a1", headline = "Lamps", text = "One “lit” lamp. Two went out.\n\nMore oil came.",
  language = "en", url = "https://lantern.example/1", publisher = "The Lantern", published = "2021-03-17",
  quotes = { { 5, 13, { speaker = "Mina Okafor" } }, { 21, 28, { speaker = "Bo Ash" } },
    { 36, 40, { speaker = "Mina Okafor" } }, { 1, 3, { kind = "direct" } } } }
local harbour = { id = "b2", headline = "Boats", text = "They sail.", language = "en",
  publisher = "Harbour Post" }
local third = { id = "c3", headline = "Clouds", text = "It rained.", language = "en" }

local function collection(more)
  local made = {
    title = "Lamps & boats", subtitle = "A test", curator = "Ada Moss", licence = "CC0", language = "en",
    identifier = "urn:uuid:5c3f1d7e-7a50-8b6e-8d3c-0a1b2c3d4e5f", modified = "2021-04-01T12:00:00Z",
    introduction = "Read *on* [here](#x) or [there](https://ex.example/a b).\n\n<b>raw</b>",
    sections = { { title = "Sea", articles = { "b2" } }, { title = "Land", text = "Dry.",
      articles = { "a1", "b2" } } },
  }
  for key, value in pairs(more or {}) do made[key] = value end
  return { collection = made }
end

local in_order = { harbour, lantern }

local function names_in(text, pattern)
  local list = {}
  for name in text:gmatch(pattern) do list[#list + 1] = name end
  return list
end

describe("the exporter epub", function()
  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(lfs.mkdir(folder))
  end)

  after_each(function()
    os.execute(("rm -rf '%s'"):format(folder))
  end)

  it("begins its ZIP with the type, stored", function()
    local bytes = bytes_of(export(folder .. "/b.epub", {}, { third }))
    assert.equal("mimetypeapplication/epub+zip", bytes:sub(31, 58))
    assert.equal(0, bytes:byte(9))
  end)

  it("writes the same bytes each time", function()
    local first = bytes_of(export(folder .. "/1.epub", collection(), in_order))
    assert.equal(first, bytes_of(export(folder .. "/2.epub", collection(), in_order)))
  end)

  it("names each file once in the manifest, and links only to what is there", function()
    local files = book(collection(), { harbour, lantern, table.unpack(odd) })
    local listed, opf = {}, files["EPUB/package.opf"]
    for name in opf:gmatch("<item [^>]*href=\"([^\"]+)\"") do
      assert.is_nil(listed[name])
      assert.is_string(files["EPUB/" .. name], name)
      listed[name] = true
    end
    for name, bytes in pairs(files) do
      local short = name:match("^EPUB/(.*)$")
      assert.is_true(not short or short == "package.opf" or listed[short], name)
      for target in bytes:gmatch(" href=\"([^\":]+)\"") do
        local file, anchor = target:match("^([^#]*)#?(.*)$")
        local page = not short or name:find("%.opf$") or files["EPUB/" .. (file == "" and short or file)]
        assert.truthy(page, name .. " leads to " .. target)
        if anchor ~= "" then assert.truthy(page:find(" id=\"" .. anchor .. "\"", 1, true), target) end
      end
    end
  end)

  it("is well-formed XML whatever articles hold", function()
    if not has("xmllint") then return pending("xmllint is not installed (package libxml2-utils)") end
    book(collection(), { harbour, lantern, table.unpack(odd) })
    local text, fine = output_of(("find '%s/book' -name '*.xhtml' -o -name '*.opf' -o -name '*.ncx' "
      .. "-o -name '*.svg'"
      .. " | xargs xmllint --noout --nonet"):format(folder))
    assert.is_true(fine, text)
  end)

  it("has nothing of a headline or an address run", function()
    for name, bytes in pairs(book({}, odd)) do
      assert.is_nil(bytes:find("<script", 1, true), name)
      assert.is_nil(bytes:find("href=\"javascript", 1, true), name)
      assert.is_nil(bytes:find("[%z\1-\8\11\12\14-\31]"), name)
    end
  end)

  it("reads in the order of the sections, each article once, and what is in none at the end", function()
    local files = book(collection(), { harbour, lantern, third })
    assert.same({ "cover", "title-page", "nav", "introduction", "s001", "a00001", "s002", "a00002", "s003",
      "a00003", "people", "sources" }, names_in(files["EPUB/package.opf"], "idref=\"([^\"]+)\""))
    assert.truthy(files["EPUB/s002.xhtml"]:find("a00001.xhtml", 1, true))
    assert.truthy(files["EPUB/s003.xhtml"]:find("<h1>Further articles</h1>", 1, true))
  end)

  it("tells readers who made it, when, in which language, and what they may do with it", function()
    local opf = book(collection(), in_order)["EPUB/package.opf"]
    for _, wanted in ipairs {
      "<dc:title id=\"title\">Lamps &amp; boats</dc:title>", "<dc:title id=\"subtitle\">A test</dc:title>",
      "<dc:creator id=\"curator\">Ada Moss</dc:creator>", "<dc:rights>CC0</dc:rights>",
      "<meta property=\"dcterms:modified\">2021-04-01T12:00:00Z</meta>", "<dc:language>en</dc:language>",
      ">urn:uuid:5c3f1d7e-7a50-8b6e-8d3c-0a1b2c3d4e5f</dc:identifier>",
      "<meta property=\"schema:accessibilityFeature\">index</meta>",
    } do assert.truthy(opf:find(wanted, 1, true), wanted) end
  end)

  it("has a date and a name of its own when nobody gives one: of the articles, not of the clock", function()
    local opf = book({}, { lantern, third })["EPUB/package.opf"]
    assert.truthy(opf:find(">2021-03-17T00:00:00Z</meta>", 1, true))
    local name = opf:match(">(urn:uuid:[^<]+)<")
    assert.not_equal(name, book({}, { third })["EPUB/package.opf"]:match(">(urn:uuid:[^<]+)<"))
    assert.truthy(book({}, { third })["EPUB/package.opf"]:find(">1970-01-01T00:00:00Z</meta>", 1, true))
  end)

  it("hangs notes at the ends of their spans, and keeps one whose place is not there", function()
    local spans = { { from = 6, to = 10, text = "Lit" }, { from = 16, to = 43, text = "Long" },
      { from = 900, to = 901, text = "Lost" } }
    local files = book(collection { notes = { a1 = { text = "All of *it*.", spans = spans } } }, in_order)
    local page = files["EPUB/a00002.xhtml"]
    local reference = "</u><a epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\" id=\"r%d\" "
      .. "href=\"#n%d\">%d</a>"
    assert.truthy(page:find("lit" .. reference:format(1, 1, 1) .. "”", 1, true))
    assert.truthy(page:find("oil" .. reference:format(2, 2, 2), 1, true))
    assert.equal(3, select(2, page:gsub("<aside epub:type=\"footnote\"", "")))
    assert.truthy(page:find("<p class=\"number\">3</p>\n<p>Lost</p>", 1, true))
    assert.truthy(page:find("<p>All of <em>it</em>.</p>", 1, true))
  end)

  it("leads from the people who are quoted to the very places", function()
    local files = book(collection(), in_order)
    local people = files["EPUB/people.xhtml"]
    assert.same({ "Bo Ash", "Mina Okafor" }, names_in(people, "<h2>([^<]+)</h2>"))
    assert.truthy(people:find("a00002.xhtml#q1", 1, true) and people:find("<a href=\"a00002.xhtml#q3"
      .. "\">2</a>", 1, true))
    assert.truthy(files["EPUB/a00002.xhtml"]:find("One <a id=\"q1\"></a>“lit”", 1, true))
    assert.is_nil(book({}, { third })["EPUB/people.xhtml"])
  end)

  it("turns its pages from the right when its language is read so", function()
    local files = book({ language = "ar" }, { odd[6], lantern })
    assert.truthy(files["EPUB/package.opf"]:find("page-progression-direction=\"rtl\"", 1, true))
    assert.truthy(files["EPUB/a00002.xhtml"]:find("<html[^>]* dir=\"rtl\">"))
    assert.truthy(files["EPUB/a00002.xhtml"]:find("<section epub:type=\"chapter\"[^>]* dir=\"ltr\">"))
  end)

  it("takes a picture for its cover, by its bytes and not by its name", function()
    local png = "\x89PNG\r\n\x1A\n and so on"
    local files = book(collection { cover = { name = "x.jpg", media = "image/jpeg", bytes = png } }, in_order)
    assert.equal(png, files["EPUB/cover.png"])
    assert.truthy(files["EPUB/package.opf"]:find("href=\"cover.png\" media-type=\"image/png\"", 1, true))
    local drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n%s</svg>"
    files = book({ cover = drawing:format("<g/>") }, { third })
    assert.truthy(files["EPUB/package.opf"]:find("href=\"cover.svg\"", 1, true))
    assert.equal(drawing:format("<g/>"), files["EPUB/cover.svg"])
    for _, bytes in ipairs { "RIFF....WEBP\n", drawing:format("<script/>"),
      drawing:format("<a href='http://x'/>") } do
      local made, problem = export(folder .. "/c.epub", { cover = bytes }, { third })
      assert.is_nil(made)
      assert.truthy(problem:find("JPEG", 1, true))
    end
  end)

  it("keeps the manifest of the collection", function()
    local files = book(collection { manifest = { articles = 2 } }, in_order)
    assert.equal("{\"articles\":2}", files["META-INF/sheaf.json"])
  end)

  it("parts long lists over pages", function()
    local many = {}
    for i = 1, 501 do many[i] = { headline = "N " .. i, text = "x",
      publisher = i % 2 == 0 and "Even" or "Odd" } end
    local files = book({}, many)
    assert.is_nil(files["EPUB/sources-3.xhtml"])
    local _, first = files["EPUB/sources.xhtml"]:gsub("<li>", "")
    local _, second = files["EPUB/sources-2.xhtml"]:gsub("<li>", "")
    assert.same({ 500, 1 }, { first, second })
  end)

  -- Addresses that begin with http: and the old table of contents are worth a remark to epubcheck, always.
  it("has epubcheck say nothing", function()
    local jar = "/usr/share/java/epubcheck.jar"
    if not has("java") or not lfs.attributes(jar) then
      return pending("epubcheck is not installed (package epubcheck): the book was not checked by it")
    end
    local notes = { a1 = { text = "A [link](https://ex.example).", spans = { { from = 5, to = 40,
      text = "N" } } } }
    local path = export(folder .. "/b.epub", collection { notes = notes }, { harbour, lantern,
      table.unpack(odd) })
    local said = output_of(("java -jar %s -u '%s'"):format(jar, path))
    assert.truthy(said:find("0 fatals / 0 errors / 0 warnings / 0 infos", 1, true), said)
    for id in said:gmatch("USAGE%(([^)]+)%)") do assert.truthy(id == "HTM-005" or id == "HTM-010", said) end
  end)
end)
