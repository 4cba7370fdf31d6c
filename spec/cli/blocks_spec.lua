-- blocks_spec.lua - sheaf show --blocks, and rules of sites on the command line.

local session = require "spec.cli.session"

local WALLS = [[<!doctype html><html lang=en><head><title>Harbour wall gives way - The Lantern</title>
<link rel=canonical href="https://lantern.example/walls"></head><body>
<nav><ul><li><a href=/>Home</a><li><a href=/sea>Sea</a></ul></nav>
<main><article><h1>Harbour wall gives way</h1><div class=by>By Mina Okafor</div>
<time datetime="2021-03-15">15 March 2021</time>
<div class=story><p class=lead>The old wall of Verholm gave way at noon on Monday, the office said.</p>
<p class=promo>Read more about walls, and about what stands behind them in other harbours &lt;b&gt;.</p>
<p>Nobody was hurt, and a crane is on its way from the mainland to lift the stones out of the water.</p>
<p>The office had closed the quay in the morning, after two fishermen had heard the stones move.</p></div>
</article><aside class=related><h3>Related</h3><p>Lerwick counts its dropped calls</p></aside></main>
<footer><p>© The Lantern. All rights reserved.</p></footer></body></html>
]]

local LANTERN = [[
return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "The Lantern.",
  hosts = { "lantern.example" },
  page = { keep = ".story > p", drop = ".promo", fields = { authors = ".by", section = "nav li" } },
  needs = { "section" },
  each = function(a) return a.section and { publisher = "The " .. a.section .. " Lantern" } end,
  tests = {
    { give = { html = "<nav><li>Sea</nav><div class=story><p>The wall gave way.</p></div>" },
      want = { text = "The wall gave way.", section = "Sea", publisher = "The Sea Lantern" } },
  },
}
]]

local here

local function run(command)
  return here:run(command)
end

describe("the command line", function()
  before_each(function()
    here = session.new()
    here:file("pages/walls.html", WALLS)
    here:file("lantern.lua", LANTERN)
  end)
  after_each(function() here:close() end)

  it("shows every block of a page with its verdict, and why", function()
    local out, err, status = run "COLUMNS=100 sheaf show pages/walls.html --blocks"
    assert.same({ "", 0 }, { err, status })
    assert.is_truthy(out:find("pages/walls.html\n", 1, true))
    assert.is_truthy(out:find("\nheadline +Harbour wall gives way +[^\n]+\n"))
    assert.is_truthy(out:find("\nhtml>body>nav>ul>li\n  %- %d%.%d%d list     inside nav +Home\n"))
    assert.is_truthy(out:find("\nhtml>body>main>article>div.story>p.lead\n  + ", 1, true))
    for line in out:gmatch("[^\n]+") do assert.is_true(utf8.len(line) <= 100, line) end
    assert.is_nil(out:find("\27", 1, true))
  end)

  it("shows blocks in colour where that is wanted, and in a narrow window", function()
    local out = run "NO_COLOR= COLUMNS=50 sheaf show pages/walls.html --blocks --color always"
    assert.is_truthy(out:find("\27[32m+ ", 1, true))
    assert.is_truthy(out:find("\27[31m- ", 1, true))
    for line in out:gsub("\27%[[%d;]*m", ""):gmatch("[^\n]+") do
      assert.is_true(utf8.len(line) <= 50, line)
    end
  end)

  it("applies rules that are named, and says whose they are", function()
    local out = run "COLUMNS=100 sheaf show pages/walls.html --blocks --site ./lantern.lua"
    assert.is_truthy(out:find("3 of 12 blocks kept", 1, true))
    assert.is_truthy(out:find("; rules of lantern\n", 1, true))
    assert.is_truthy(out:find("\n  %- %d%.%d%d p        rule of the site +Read more"))
    assert.is_truthy(out:find("\nauthors +Mina Okafor +rule of lantern\n"))
    assert.is_truthy(out:find("\npublisher +The Home Lantern"))
  end)

  it("writes a block a line as JSON", function()
    local core = require "sheaf.core"
    local out, _, status = run "sheaf show pages/walls.html --blocks --json"
    local count = 0
    for line in out:gmatch("([^\n]*)\n") do
      local block = core.decode(line)
      count = count + 1
      assert.equal(count, block.position)
      assert.is_truthy(({ kept = true, dropped = true, aside = true })[block.verdict])
      assert.is_true(block.score >= 0 and block.score <= 1 and block.why ~= "" and block.path ~= "")
      local source = WALLS:sub(block.from + 1, block.to)
      assert.is_truthy(source:find(block.text:match("^%S+"), 1, true))
    end
    assert.same({ 12, 0 }, { count, status })
  end)

  it("writes a page that needs nothing else, with nothing of the page's markup in it", function()
    local out, err, status = run "sheaf show pages/walls.html --blocks --html -o blocks.html"
    assert.same({ "", "", 0 }, { out, err, status })
    local page = here:read "blocks.html"
    assert.is_truthy(page:find("default-src 'none'", 1, true))
    assert.is_nil(page:find("https?://[^<]*[\"']"))
    assert.is_truthy(page:find("other harbours &lt;b&gt;.", 1, true))
    local _, blocks = page:gsub("<li class=\"block ", "")
    assert.equal(12, blocks)
    assert.is_truthy(page:find('"names":[', 1, true))
  end)

  it("says how --html is to be used", function()
    local _, err, status = run "sheaf show pages/walls.html --html"
    assert.same({ "sheaf: --html goes with --blocks\n", 2 }, { err, status })
  end)

  it("shows the blocks of an article of a sheaf from what was kept, or from its file", function()
    run "sheaf pack pages -o with.sheaf --originals"
    run "sheaf pack pages -o without.sheaf"
    assert.is_truthy(run "sheaf show without.sheaf 1 --blocks":find("of 12 blocks kept", 1, true))
    run "mv pages elsewhere"
    assert.is_truthy(run "sheaf show with.sheaf --blocks":find("of 12 blocks kept", 1, true))
    local out, err, status = run "sheaf show without.sheaf 1 --blocks"
    assert.same({ "", 2 }, { out, status })
    assert.is_truthy(err:find("it came from pages/walls.html", 1, true))
    assert.is_truthy(err:find("sheaf pack --originals", 1, true))
  end)

  it("shows what became a field as that, and not as dropped", function()
    local out = run "COLUMNS=100 sheaf show pages/walls.html --blocks"
    assert.is_truthy(out:find("\n  ~ %d%.%d%d h +is the headline +Harbour wall gives way\n"))
    assert.is_truthy(out:find("\n  ~ %d%.%d%d p +%w+ the %w+ +By Mina Okafor\n"))
    assert.is_truthy(out:find("\n  ~ %d%.%d%d p +%w+ the date +15 March 2021\n"))
    assert.is_truthy(out:find("\n  %- %d%.%d%d h +[^\n]+ +Related\n"))
    local page = run "sheaf show pages/walls.html --blocks --html"
    local item = page:match('<li class="block (%w+)"[^\n]*<span>is the headline</span>')
    assert.equal("aside", item)
    assert.is_truthy(page:find("<div class=text dir=auto>Harbour wall gives way</div>", 1, true))
    assert.is_truthy(page:find("<td dir=auto>Harbour wall gives way<td>", 1, true))
  end)

  it("finds a page again that is packed, or in a record of a crawl", function()
    local function record(url, page)
      local answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" .. page
      return ("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\n"
        .. "WARC-Date: 2021-03-16T05:06:07Z\r\nWARC-Record-ID: <urn:x:%s>\r\n"
        .. "Content-Length: %d\r\n\r\n%s\r\n\r\n"):format(url, url, #answer, answer)
    end
    local other = WALLS:gsub("[Ww]all", "roof")
    here:file("one", record("https://lantern.example/roofs", other))
    here:file("two", record("https://lantern.example/walls", WALLS))
    run "for part in one two; do gzip -c $part; done >crawl.warc.gz; gzip -c pages/walls.html >walls.html.gz"
    run "tar czf all.tar.gz pages"
    for _, pile in ipairs { "crawl.warc.gz", "walls.html.gz", "all.tar.gz" } do
      run("sheaf pack -q -o a.sheaf " .. pile)
      local at = pile:find "crawl" and 2 or 1
      local out, err, status = run(("COLUMNS=100 sheaf show a.sheaf %d --blocks"):format(at))
      assert.same({ "", 0 }, { err, status }, pile)
      assert.is_truthy(out:find("of 12 blocks kept", 1, true), pile)
      assert.is_truthy(out:find("~ %d%.%d%d h +is the headline +Harbour wall gives way\n"), pile)
      run "rm a.sheaf"
    end
  end)

  it("shows nothing of a file that is not what it was", function()
    here:file("one", "WARC/1.1\r\nWARC-Type: conversion\r\nContent-Length: 4\r\n\r\nnone\r\n\r\n")
    run "gzip -c pages/walls.html >walls.html.gz; sheaf pack -q walls.html.gz -o a.sheaf"
    run "gzip -c one >walls.html.gz"
    local out, err, status = run "sheaf show a.sheaf 1 --blocks"
    assert.same({ "", 2 }, { out, status })
    assert.is_truthy(err:find("is not in walls.html.gz any more: no page there has its SHA-256\n", 1, true))
    assert.is_truthy(err:find("sheaf pack --originals", 1, true))
  end)

  it("takes only so many selectors of a site, for each is a walk over the page", function()
    local function site(page)
      return ('return { kind = "extractor", api = 1, version = "1.0.0", about = "Many.",\n'
        .. 'hosts = { "lantern.example" }, page = { %s } }'):format(page)
    end
    local function list(count)
      return "{" .. ('"p.x",'):rep(count) .. "}"
    end
    local function check(page)
      here:file("many.lua", site(page))
      return run "sheaf show pages/walls.html --text --no-site-rules --site ./many.lua"
    end
    local _, err, status = check("keep = " .. list(200) .. ", drop = " .. list(56))
    assert.same({ "", 0 }, { err, status })
    _, err, status = check("keep = " .. list(200) .. ", drop = " .. list(57))
    assert.equal(2, status)
    assert.is_truthy(err:find("page.drop: a site has at most 256 selectors in keep, within and", 1, true))
    _, err, status = check("fields = { headline = " .. list(16) .. " }")
    assert.same({ "", 0 }, { err, status })
    _, err, status = check("fields = { headline = " .. list(17) .. " }")
    assert.equal(2, status)
    assert.is_truthy(err:find("page.headline: the field 'headline' has at most 16 alternatives", 1, true))
  end)

  it("charges a script for the page that it reads", function()
    here:file("big.lua", "print(#select(2, sheaf.page(('<b>'):rep(tonumber(arg[1])) .. '<p>A wall.')))")
    local out, err, status = run "sheaf run big.lua 1000"
    assert.same({ "1\n", "", 0 }, { out, err, status })
    out, err, status = run "sheaf run big.lua 1500000"
    assert.same({ "", 2 }, { out, status })
    assert.is_truthy(err:find("memory", 1, true))
  end)

  it("shows the blocks of a page in an archive", function()
    run "tar cf pages.tar pages"
    assert.is_truthy(run "sheaf show pages.tar 1 --blocks":find("of 12 blocks kept", 1, true))
    local _, err, status = run "sheaf show pages.tar 2 --blocks"
    assert.same({ "sheaf: there is no article '2'\n", 2 }, { err, status })
  end)

  it("shows no blocks of what is no page", function()
    here:file("rows.jsonl", '{"headline":"A","text":"Some text of a row."}\n')
    run "sheaf pack rows.jsonl -o rows.sheaf"
    local _, err, status = run "sheaf show rows.sheaf 1 --blocks"
    assert.equal(2, status)
    assert.is_truthy(err:find("does not come from a web page", 1, true))
  end)

  it("packs with rules of its own user's folder, before the packaged ones", function()
    run "mkdir -p ../data/sheaf/plugins/sites; cp lantern.lua ../data/sheaf/plugins/sites/"
    local _, _, status = run "sheaf pack pages -o a.sheaf"
    assert.equal(0, status)
    assert.is_nil(run "sheaf show a.sheaf --text":find("Read more", 1, true))
    assert.is_truthy(run "sheaf show a.sheaf --json":find('"publisher":"The Home Lantern"', 1, true))
    run "sheaf pack pages -o b.sheaf --no-site-rules"
    assert.is_truthy(run "sheaf show b.sheaf --text":find("Read more", 1, true))
    assert.is_truthy(run "sheaf info b.sheaf":find("no site rules", 1, true))
    assert.is_truthy(run "sheaf plugin list site":find("lantern\tsite\tyours\tThe Lantern.\n", 1, true))
  end)

  it("goes on with a site whose rules are broken, and tells so; one that is named must be right", function()
    here:file("broken.lua", (LANTERN:gsub('"%.promo"', '"p..x"')))
    run "mkdir -p ../data/sheaf/plugins/sites; cp broken.lua ../data/sheaf/plugins/sites/"
    local out, err, status = run "sheaf show pages/walls.html --text"
    assert.equal(0, status)
    assert.is_truthy(out:find("Nobody was hurt", 1, true))
    assert.is_truthy(err:find("site rules are left out", 1, true))
    assert.is_truthy(err:find("expected a class behind the dot\n  p..x\n    ^", 1, true))
    out, err, status = run "sheaf show pages/walls.html --text --no-site-rules --site ./broken.lua"
    assert.same({ "", 2 }, { out, status })
    assert.is_truthy(err:find("page.drop: expected a class", 1, true))
  end)

  it("names the site that was meant", function()
    local _, err, status = run "sheaf pack pages -o a.sheaf --site orff"
    assert.equal(2, status)
    assert.is_truthy(err:find("unknown plugin 'orff'; did you mean 'orf'?", 1, true))
  end)

  it("keeps an article that a site's function fails on, and tells so", function()
    here:file("sad.lua", (LANTERN:gsub("each = [^\n]*", 'each = function() error("no luck") end,')))
    local _, err, status = run "sheaf pack pages -o a.sheaf --site ./sad.lua"
    assert.equal(3, status)
    assert.is_truthy(err:find("site rules 'sad' could not correct it: no luck", 1, true))
    assert.is_truthy(run "sheaf show a.sheaf --text":find("Nobody was hurt", 1, true))
  end)

  it("tests and checks rules of sites", function()
    local out, _, status = run "sheaf plugin test ./lantern.lua"
    assert.same({ "extractor lantern: 1 passed\n", 0 }, { out, status })
    out, _, status = run "sheaf plugin check ./lantern.lua"
    assert.same({ "./lantern.lua: good\n", 0 }, { out, status })
    here:file("other.lua", (LANTERN:gsub("The Sea Lantern", "The Lake Lantern")))
    out, _, status = run "sheaf plugin test ./other.lua"
    assert.equal(2, status)
    assert.is_truthy(out:find("wanted {", 1, true))
    here:file("bare.lua", (LANTERN:gsub("page = [^\n]*", "")))
    out, _, status = run "sheaf plugin check ./bare.lua"
    assert.equal(2, status)
    assert.is_truthy(out:find("'page' is missing", 1, true))
  end)
end)
