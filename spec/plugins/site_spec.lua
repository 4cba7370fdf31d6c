-- site_spec.lua - the site that the exporter makes: its pages, links and words; then its use in a browser.
--
-- What can be told from the files is asked here; spec/site/drive.py does what a person does. Both work on the
-- same collection, which has articles that mean harm.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/plugins"
local core = require "sheaf.core"
local arguments = require "sheaf.arguments"
local lfs = require "lfs"

local root = here .. "/../.."
local home = root .. "/plugins/export/site"

local function bytes_of(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("a")
  file:close()
  return bytes
end

local function plugin_with(given)
  local options = { name = "site", folder = home, shared = root .. "/plugins/lib" }
  local plugin = assert(core.plugin(bytes_of(home .. "/plugin.lua"), "@plugin.lua", options))
  assert(plugin:configure(assert(arguments.complete(plugin:describe().args, given or {}))))
  return plugin
end

-- All files below a folder: name → bytes.
local function files_in(folder, below, all)
  all = all or {}
  for entry in lfs.dir(folder .. "/" .. (below or "")) do
    local name = (below and below .. "/" or "") .. entry
    if entry ~= "." and entry ~= ".." then
      if lfs.attributes(folder .. "/" .. name, "mode") == "directory" then
        files_in(folder, name, all)
      else
        all[name] = bytes_of(folder .. "/" .. name)
      end
    end
  end
  return all
end

local function page_of(files, beginning)
  for name, bytes in pairs(files) do
    if name:sub(1, #beginning) == beginning then return bytes, name end
  end
  error("no page " .. beginning)
end

local shared = "The wind came from the north all night and took the roof of the old boathouse with it"
local said = "\"Nobody sleeps when the sea is in the kitchen,\" said Mina Okafor."

local articles = {
  { id = "aaaaaaaa11", headline = "Storm takes the boathouse", publisher = "The Lantern",
      published = "2021-03-17",
    language = "en", authors = { { name = "Tobias Renn" } }, url = "https://lantern.example/a?x=\"1\"&y=2",
    text = shared .. ".\n\n" .. said, description = "A night in Lerwick" },
  { id = "bbbbbbbb22", headline = "Roof found in a field", publisher = "Harbour Post",
      published = "2021-03-18T10:00Z",
    language = "en", byline = "By Dora Penhale", text = "Neighbours agree: " .. shared .. ", they say.\n\n"
        .. said },
  { id = "cccccccc33", headline = "<script>alert(1)</script> ]]> \"quoted\" & 'more'",
      publisher = "<b>Bold</b>",
    published = "2021-03", language = "x-\"foo", text = "</p><img src=x onerror=alert(1)> \1\8 "
        .. "\xEF\xBF\xBE end.",
    url = "javascript:alert(1)", section = "</title><script>", keywords = { "<i>" } },
  { id = "dddddddd44", headline = "عاصفة في الليل", publisher = "البحر", published = "XXXX-03-17",
      language = "ar",
    text = "جاءت الريح من الشمال طوال الليل." },
  { id = "eeeeeeee55", headline = "北海の嵐", language = "ja", published = "2020", text = "夜の間ずっと北風が吹いた。" },
  { id = "ffffffff66", headline = "Zürich naïve café", language = "de", published = "2021-04-02",
    text = "Die Straße nach Zürich; l’été fut court — très court." },
  { id = "9999999977", headline = "", text = "\xE2\x80\xAEdesrever", language = "und" },
  { id = "8888888888", headline = "Storm takes the boathouse", text = "The same headline once more.",
    published = "2021-03-17", publisher = "Quay" },
}

-- What the extractor of quotes would give.
local function with_quotes(article)
  local from, to = (article.text or ""):find("Nobody sleeps when the sea is in the kitchen,", 1, true)
  local made = core.article(article)
  if from then
    local data = { kind = "direct", speaker = "Mina Okafor", role = "keeper <of> the boats" }
    assert(made:attach("quotes", { spans = { { from, to, data } } }))
  end
  return made
end

local function build(path, list, given)
  local plugin, sink = plugin_with(given), assert(core.sink(path))
  assert(plugin:open(sink))
  for _, article in ipairs(list) do assert(plugin:write(with_quotes(article))) end
  assert(plugin:close())
  assert(sink:close())
end

local collection = {
  title = "Storms & <boats>", subtitle = "A spring", curator = "Ada Renn",
      licence = "https://licence.example/",
  language = "en", identifier = "urn:uuid:0", modified = "2021-04-05T10:00:00Z",
  introduction = "It *blew*. <script>alert(1)</script>", manifest = "{\"identifier\":\"urn:uuid:0\"}\n",
  sections = { { title = "The night", text = "**Before** dawn.", articles = { "aaaaaaaa11", "bbbbbbbb22",
      "cccccccc33" } },
    { title = "Elsewhere", articles = { "dddddddd44", "eeeeeeee55", "ffffffff66", "9999999977",
        "8888888888" } } },
  notes = { aaaaaaaa11 = { text = "The *first* report.", spans = { { from = 10, to = 13,
      text = "It was **not**." },
    { from = 90, to = 9999, text = "beyond the text" } } } },
  excluded = { { id = "77777777", reason = "a <copy>" } },
}

describe("the site", function()
  local folder, files

  setup(function()
    local pipe = assert(io.popen("mktemp -d", "r"))
    folder = pipe:read("l")
    pipe:close()
    build(folder .. "/site/", articles, { collection = collection })
    files = files_in(folder .. "/site")
  end)

  teardown(function()
    if folder and folder:find("^/.+/") then os.execute("rm -r '" .. folder .. "'") end
  end)

  it("has a page for each article and for each way to them", function()
    local count = 0
    for name in pairs(files) do
      if name:find("^articles/") then count = count + 1 end
    end
    assert.equal(#articles, count)
    for _, name in ipairs { "index.html", "table.html", "search.html", "timeline.html", "quotes.html",
        "compare.html",
      "style.css", "site.js", "search.js", "search/columns.js", "sheaf.json" } do
      assert.is_string(files[name], name)
    end
    assert.equal(collection.manifest, files["sheaf.json"])
  end)

  it("leads nowhere that is not there", function()
    local count = 0
    for name, bytes in pairs(files) do
      if name:find("%.html$") then
        local base = name:match("^(.*/)") or ""
        for link in bytes:gmatch("[hs][rr][ec]f?=\"([^\"]*)\"") do
          if not link:find("^https?:") then
            local path, anchor = link:match("^([^#]*)#?(.*)$")
            path = path:gsub("&amp;", "&")
            local target = path == "" and name or base .. path
            while target:find("[^/]+/%.%./") do target = target:gsub("[^/]+/%.%./", "", 1) end
            assert.is_string(files[target], name .. " → " .. link)
            if anchor ~= "" then
              assert.is_truthy(files[target]:find("id=\"" .. anchor .. "\"", 1, true), name .. " → "
                  .. link)
            end
            count = count + 1
          end
        end
      end
    end
    assert.is_true(count > 100)
  end)

  it("takes nothing that an article says for markup", function()
    for name, bytes in pairs(files) do
      if name:find("%.html$") then
        assert.is_nil(bytes:find("<script>", 1, true), name)
        assert.is_nil(bytes:find("<img src=x", 1, true), name)
        assert.is_nil(bytes:find("<b>Bold", 1, true), name)
        assert.is_nil(bytes:find("href=\"javascript", 1, true), name)
        assert.is_nil(bytes:find("[%z\1-\8\11\12\14-\31]"), name)
        assert.is_truthy(bytes:find("Content-Security-Policy", 1, true), name)
      end
    end
    local page = page_of(files, "articles/script-alert")
    assert.is_truthy(page:find("&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &quot;quoted&quot;", 1, true))
  end)

  it("loads nothing from the web, and has nothing in line that a policy forbids", function()
    for name, bytes in pairs(files) do
      if name:find("%.html$") then
        assert.is_nil(bytes:find("src=\"http"), name)
        assert.is_nil(bytes:find(" style=\""), name)
        assert.is_nil(bytes:find(" on%l+=\""), name)
        assert.is_nil(bytes:find("<style"), name)
      end
    end
    assert.is_nil(files["style.css"]:find("url(", 1, true))
  end)

  it("says who chose, how to cite, what was left out", function()
    local page = files["index.html"]
    for _, words in ipairs { "Chosen by <bdi>Ada Renn</bdi>", "<cite>Storms &amp; &lt;boats&gt;</cite>",
        "urn:uuid:0",
      "href=\"https://licence.example/\"", "<strong>Before</strong> dawn", "a &lt;copy&gt;",
          "It <em>blew</em>" } do
      assert.is_truthy(page:find(words, 1, true), words)
    end
  end)

  it("puts the curator's notes where their words end, and leaves out what fits nowhere", function()
    local page = page_of(files, "articles/storm-takes-the-boathouse-aaaaaaaa")
    assert.is_truthy(page:find("The <em>first</em> report", 1, true))
    assert.is_truthy(page:find("<a class=\"ref\" id=\"ref-1\" href=\"#note-1\"", 1, true))
    assert.is_truthy(page:find("It was <strong>not</strong>", 1, true))
    assert.is_nil(page:find("beyond the text", 1, true))
  end)

  it("leads from a quotation to its speaker, and shows the versions of it", function()
    local page = page_of(files, "articles/roof-found")
    assert.is_truthy(page:find("<a class=\"said\" href=\"../quotes.html#s-mina-okafor\" data-who=\"Mina "
        .. "Okafor\">Nobody",
      1, true))
    assert.is_truthy(files["quotes.html"]:find("One quotation in 2 versions", 1, true))
    assert.is_truthy(files["quotes.html"]:find("keeper &lt;of&gt; the boats", 1, true))
  end)

  it("puts articles that share a passage side by side", function()
    local pair = files["compare/1-2.html"]
    local list = {}
    for text in pair:gmatch("data%-passage=\"1\">(.-)</mark>") do list[#list + 1] = text end
    assert.same({ shared, shared }, list)
    assert.is_truthy(files["compare.html"]:find("compare/1-2.html", 1, true))
  end)

  it("runs from the right where the language does", function()
    assert.is_truthy(page_of(files, "articles/article-dddddddd"):find("<article class=\"reading\" "
        .. "lang=\"ar\" dir=\"rtl\">",
      1, true))
  end)

  it("gives the same bytes again, and other names to none", function()
    build(folder .. "/again/", articles, { collection = collection })
    assert.same(files, files_in(folder .. "/again"))
    local fewer = { table.unpack(articles, 2) }
    build(folder .. "/fewer/", fewer, {})
    for name in pairs(files_in(folder .. "/fewer")) do
      if name:find("^articles/") then assert.is_string(files[name], name) end
    end
  end)

  it("is a site without articles, too", function()
    build(folder .. "/empty/", {}, { title = "Nothing" })
    local empty = files_in(folder .. "/empty")
    for _, name in ipairs { "index.html", "table.html", "timeline.html", "quotes.html", "compare.html" } do
      assert.is_truthy(empty[name]:find("class=\"empty\"", 1, true), name)
    end
  end)

  it("finds each word where it stands", function()
    local columns = files["search/columns.js"]
    assert.is_truthy(columns:find("\"count\":8", 1, true))
    local words = files["search/1.js"]
    for _, word in ipairs { "boathouse", "zurich", "strasse", "ete", "北", "嵐", "الليل" } do
      assert.is_truthy(words:find("\\n" .. word .. " ", 1, true), word)
    end
    assert.is_nil(words:find("\\nl’ete ", 1, true))
  end)

  it("shares large sections out to pages of their own", function()
    local many = {}
    for i = 1, 600 do many[i] = { id = ("m%07d"):format(i), headline = "Note " .. i, text = "Text " .. i
        .. "." } end
    build(folder .. "/many/", many, {})
    local made = files_in(folder .. "/many")
    assert.is_true(#made["index.html"] + #made["style.css"] + #made["site.js"] < 200000)
    local count = 0
    for _, name in ipairs { "sections/1.html", "sections/1-2.html" } do
      for _ in made[name]:gmatch("<li class=\"entry\">") do count = count + 1 end
    end
    assert.equal(600, count)
  end)

  local function has(program)
    return os.execute("command -v " .. program .. " >/dev/null 2>&1")
  end

  it("is good HTML", function()
    if not has("tidy") then return pending("tidy is not installed") end
    for name in pairs(files) do
      if name:find("%.html$") then
        local line = "tidy -q -e --show-info no --drop-empty-elements no '%s/site/%s' 2>&1"
        local pipe = assert(io.popen(line:format(folder, name)))
        local found = pipe:read("a"):gsub("[^\n]*attribute \"aria%-current\"\n", "") -- newer than tidy
        pipe:close()
        assert.equal("", found, name)
      end
    end
  end)

  it("is XML, too", function()
    if not has("xmllint") then return pending("xmllint is not installed") end
    for name in pairs(files) do
      if name:find("%.html$") then
        local pipe = assert(io.popen(("xmllint --noout '%s/site/%s' 2>&1"):format(folder, name)))
        assert.equal("", pipe:read("a"), name)
        pipe:close()
      end
    end
  end)

  it("is used in a browser: clicked, searched, sorted, read without scripts", function()
    if not has("python3") then return pending("python3 is not installed") end
    if not has("chromium") and not has("google-chrome") then return pending("no Chromium is installed") end
    local pipe = assert(io.popen(("timeout 240 python3 '%s/spec/site/drive.py' '%s/site' --search night "
        .. "2>&1"):format(
      root, folder)))
    local report = pipe:read("a")
    local _, _, code = pipe:close()
    assert.equal(0, code, report)
  end)
end)
