-- cite_spec.lua - from a span of text back to the bytes of the source.

local session = require "spec.cli.session"

describe("sheaf cite and originals", function()
  local s

  before_each(function()
    s = session.new()
    s:file("pile/news.jsonl", session.articles)
    s:file("pile/accents.json",
      '{"headline":"Fähre","text":"Die Fähre kam später an.\\n\\nÜber Nacht schlief sie."}')
    s:run("cp " .. "'" .. require("lfs").currentdir() .. "'/seeds/*.txt pile/")
    s:run("sheaf pack -q pile -o with.sheaf --originals; sheaf pack -q pile -o without.sheaf")
  end)

  after_each(function() s:close() end)

  it("gives back the bytes of every article, unchanged", function()
    local count = 0
    for position in s:run("sheaf ls with.sheaf --json | jq .position"):gmatch("%d+") do
      local got, _, status = s:run(("sheaf show with.sheaf %s --original"):format(position))
      assert.are.equal(0, status)
      local ask = "sheaf show with.sheaf %s --json | jq -r '.provenance | .file, .from, .to'"
      local from = s:run(ask:format(position))
      local file, first, last = from:match("^(.-)\n(%d+)\n(%d+)\n$")
      local wanted = s:read(file):sub(first + 1, last)
      assert.is_true(got == wanted, file)
      count = count + 1
    end
    assert.is_true(count > 15)
    s:play [[
      $ sheaf verify with.sheaf
      with.sheaf: whole, …
      $ sheaf show without.sheaf 1 --original
      ! sheaf: without.sheaf: the original was not kept (sheaf pack --originals)
      ? 2
      $ sheaf show pile/news.jsonl 1 --original
      ! sheaf: pile/news.jsonl is no sheaf: it is the original
      ? 2
    ]]
  end)

  local function span(sheaf, characters)
    local id = ([[$(sheaf ls %s --json | jq -r 'select(.headline == "Fähre").id')]]):format(sheaf)
    return ("%s %s:%s"):format(sheaf, id, characters)
  end

  it("leads from characters to the record, and with originals to the words", function()
    s:play(([[
      $ sheaf cite WITHOUT
      Fähre
      from    pile/accents.json
      bytes   0 to …, of the record
      sha256  … of the record
      $ sheaf cite WITH
      später
      from    pile/accents.json
      bytes   44 to 51, of the words
      sha256  … of the record
      source  später
    ]]):gsub("WITH%u*", { WITH = span("with.sheaf", "15-20"), WITHOUT = span("without.sheaf", "5-9") }), nil)
    assert.are.equal("später", s:read("pile/accents.json"):sub(45, 51))
  end)

  it("points at the very bytes of a dump", function()
    local rows = s:run("sheaf ls with.sheaf --json | jq -r '.position'")
    local narrowed = 0
    for position in rows:gmatch("%d+") do
      local ask = "sheaf cite with.sheaf %s:3-14 --json | jq -r '.file, .from, .to, .what, .text'"
      local json = s:run(ask:format(position))
      local file, from, to, what, text = json:match("^(.-)\n(.-)\n(.-)\n(.-)\n(.*)\n$")
      if what == "words" then
        narrowed = narrowed + 1
        assert.are.equal(text, s:read(file):sub(from + 1, to))
      end
    end
    assert.is_true(narrowed > 8)
  end)

  it("counts in the document of a record of a crawl, and gives the place of that", function()
    local page = "<title>Wall</title><h1>Wall gives way</h1>"
      .. "<p>The old wall of Verholm gave way at noon, it said."
      .. "<p>Nobody was hurt, and a crane is on its way to lift the stones."
    local answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" .. page
    local record = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\n"
      .. ("WARC-Record-ID: <urn:x:1>\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"):format(#answer, answer)
    s:file("one", record)
    s:run("gzip -c one >crawl.warc.gz; sheaf pack -q crawl.warc.gz -o plain.sheaf")
    s:run("sheaf pack -q --originals crawl.warc.gz -o kept.sheaf")
    local size = #s:read("crawl.warc.gz")
    local from, to = page:find("The old wall.-said%.")
    s:play(([[
      $ sheaf cite plain.sheaf 1:1-12
      The old wall
      from    crawl.warc.gz
      bytes   FROM to TO, of the paragraph; counted in the document in record urn:x:1
      record  bytes 0 to SIZE of crawl.warc.gz
      sha256  … of the document
      $ sheaf cite kept.sheaf 1:5-12
      old wall
      from    crawl.warc.gz
      bytes   FIRST to LAST, of the words; counted in the document in record urn:x:1
      record  bytes 0 to SIZE of crawl.warc.gz
      sha256  … of the document
      source  old wall
      $ sheaf cite kept.sheaf 1:5-12 --json | jq -c '[.within, .what, .from, .to]'
      ["document","words",FIRST,LAST]
      $ sheaf cite kept.sheaf 1:5-12 --json | jq -c '[.record, .record_from, .record_to]'
      ["urn:x:1",0,SIZE]
    ]]):gsub("%u%u+", { FROM = from - 1, TO = to, SIZE = size, FIRST = from + 3, LAST = from + 11 }), nil)
    assert.are.equal("old wall", page:sub(from + 4, from + 11))
  end)

  it("shows no bytes of a page that was counted in another encoding", function()
    local page = '<meta charset=latin1><title>W</title><h1>W\xe4lle</h1>'
      .. "<p>Die F\xe4hre fuhr am Abend, sagte er."
    s:file("page.html", page)
    s:run("sheaf pack -q --originals page.html -o page.sheaf")
    s:play [[
      $ sheaf cite page.sheaf 1:5-9
      Fähre
      from    page.html
      bytes   …, of the paragraph; counted in the page as UTF-8
      sha256  … of the record
    ]]
  end)

  it("says what is wrong with a span", function()
    s:play [[
      $ sheaf cite with.sheaf 1:9
      ! sheaf: 1:9: a span is ID:FROM-TO, as in 3f9a:120-180
      !   characters are counted from 1, and the last one is included
      ? 2
      $ sheaf cite with.sheaf 1:1-999999
      ! sheaf: 1:1-999999: the text has only … characters
      ? 2
      $ sheaf cite pile/news.jsonl 1:1-2
      ! sheaf: pile/news.jsonl is no sheaf
      !   sheaf pack makes one
      ? 2
    ]]
  end)
end)
