-- warc_spec.lua - crawls from the file to the sheaf: packed, in archives, from a
-- pipe, as WACZ; what was passed over is counted, and a walk that was cut off goes on.

local session = require "spec.cli.session"

local function record(kind, url, more, block)
  return ("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n"
    .. "WARC-Record-ID: <urn:x:%s>\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n"):format(kind, url, url, more,
    #block, block)
end

local function text(url, body)
  return record("conversion", url, "Content-Type: text/plain\r\n", body)
end

local function answer(url, kind, body, more)
  return record("response", url, more or "",
    ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n%s"):format(kind, body))
end

local ferry = text("http://a.example/1", "Ferry back on time\nThe ferry left the harbour at nine.")
local bakery = text("http://a.example/2", "A bakery wins a prize\nA small bakery won, to its surprise.")
local info = record("warcinfo", "file:x", "", "software: none")

describe("a crawl", function()
  local s

  before_each(function() s = session.new() end)
  after_each(function() s:close() end)

  it("is read plain, packed, in an archive and from a pipe", function()
    s:file("info", info)
    s:file("one", ferry)
    s:file("two", bakery)
    s:play [[
      $ cat info one two >plain.warc; for part in info one two; do gzip -c $part; done >members.warc.gz
      $ for part in info one two; do zstd -qc $part; done >frames.warc.zst; gzip -c plain.warc >one.warc.gz
      $ tar czf in.tar.gz members.warc.gz
      $ sheaf export jsonl plain.warc | jq -r '.headline, .url, .retrieved, .provenance.record'
      Ferry back on time
      http://a.example/1
      2021-03-04T05:06:07Z
      urn:x:http://a.example/1
      A bakery wins a prize
      http://a.example/2
      2021-03-04T05:06:07Z
      urn:x:http://a.example/2
      ! passed over: 1 request or note of the crawler
    ]]
    local expected = s:run("sheaf export jsonl plain.warc | jq -c '[.id, .text]'")
    for _, name in ipairs { "members.warc.gz", "frames.warc.zst", "one.warc.gz", "in.tar.gz" } do
      assert.equal(expected, (s:run(("sheaf export jsonl %s | jq -c '[.id, .text]'"):format(name))))
      assert.equal(expected, (s:run(("cat %s | sheaf export jsonl - | jq -c '[.id, .text]'"):format(name))))
    end
  end)

  it("gives the place of a record, so that its bytes can be cut out", function()
    s:file("one", ferry)
    s:file("two", bakery)
    s:play [[
      $ for part in one two; do gzip -c $part; done >members.warc.gz
      $ sheaf export jsonl members.warc.gz | jq -r '.provenance | "\(.from) \(.to)"' >places
      $ sheaf pack -q members.warc.gz -o x.sheaf; sheaf export jsonl x.sheaf | jq -r .provenance.record
      urn:x:http://a.example/1
      urn:x:http://a.example/2
      $ read -r _ first <places; tail -c +$((first + 1)) members.warc.gz | gzip -dc | cmp - two && echo same
      same
    ]]
  end)

  it("counts what is no article and names what was refused", function()
    s:file("x.warc", info .. answer("http://a/1.png", "image/png", "x")
      .. answer("http://a/2.css", "text/css", "p {}")
      .. answer("http://a/3", "application/json", '{"status":"fine"}') .. "garbage\r\n\r\n" .. ferry)
    s:play [[
      $ sheaf pack x.warc -o x.sheaf
      ! passed over: 2 pictures, scripts and styles; 1 JSON without an article; …
      ! refused 1: malformed input
      !   x.warc: at byte …: no record begins here; 11 bytes passed over, up to byte …
      ! packed 1 article into x.sheaf in …
      ? 3
    ]]
  end)

  it("gives the documents in it to the readers that know them, and says which record it was", function()
    local body = '{"title":"Harbour reopens","text":"The harbour opened again."}'
    s:file("x.warc", answer("http://a.example/3.json", "application/json", body,
      "WARC-Payload-Digest: sha1:" .. "0000000000000000000000000000000000000000\r\n"))
    s:play [[
      $ sheaf export jsonl x.warc 2>/dev/null | jq -r .retrieved
      2021-03-04T05:06:07Z
      $ sheaf show x.warc 1 --why
      Harbour reopens

      from         x.warc, bytes 0 to …, read by json…
      record       urn:x:http://a.example/3.json
      digest       wrong sha1:0000000000000000000000000000000000000000
      …
      ! refused 1: malformed input
      !   x.warc: at byte 0: its digest is wrong
      ? 3
    ]]
  end)

  it("is found in a WACZ, whose other files are passed over", function()
    s:file("archive/data.warc", ferry .. bakery)
    s:file("pages/pages.jsonl", '{"title":"Not an article","text":"of this pile"}\n')
    s:file("datapackage.json", '{"title":"Not an article","text":"either"}')
    s:play [[
      $ gzip archive/data.warc; bsdtar -cf x.wacz --format zip archive pages datapackage.json
      $ sheaf export jsonl x.wacz | jq -r '.headline, .provenance.entry'
      Ferry back on time
      archive/data.warc.gz
      A bakery wins a prize
      archive/data.warc.gz
    ]]
  end)

  it("counts repeats, and tells of those whose record is nowhere", function()
    s:file("a.warc", ferry)
    local known = "WARC-Refers-To: <urn:x:http://a.example/1>\r\n"
    local unknown = "WARC-Refers-To: <urn:x:nowhere>\r\n"
    s:file("b.warc", record("revisit", "http://a.example/1", known, "")
      .. record("revisit", "http://a.example/9", unknown, ""))
    s:play [[
      $ sheaf pack a.warc b.warc -o x.sheaf
      ! passed over: 1 repeat of what is in the pile
      ! refused 1: not found
      !   b.warc: at byte …: a repeat of a record that was not seen: urn:x:nowhere
      ! packed 1 article into x.sheaf in …
      ? 3
    ]]
  end)
end)
