-- pages_spec.lua - web pages of a pile become articles.

local session = require "spec.cli.session"

local lfs = require "lfs"

local here = (debug.getinfo(1, "S").source:match("^@(.*)/") or ".") .. "/../../seeds/pages"
local PAGES = here:sub(1, 1) == "/" and here or lfs.currentdir() .. "/" .. here

describe("a web page", function()
  local s

  before_each(function()
    s = session.new()
    s:run(("cp -r '%s' pages"):format(PAGES))
  end)

  after_each(function() s:close() end)

  it("gives its article and leaves its furniture", function()
    s:play [=[
      $ sheaf show pages/harbour-vote.html 1 --json > a.json
      $ jq -r .text a.json | grep -ciE 'newsletter|read more|pilots|rights|quay'
      0
      ? 1
      $ jq -r .headline,.authors[0].name,.published,.publisher,.url a.json
      Harbour vote ends in a draw
      Mara Lindqvist
      2022-02-10T09:13:00Z
      The Coastal Courier
      https://www.coastal-courier.example/2022/02/harbour-vote
      $ jq -c '[.blocks[] | .[2]]' a.json
      ["p","p","h","p","quote","p"]
      $ jq -c '.images[] | [.caption, .credit]' a.json
      [null,null]
      ["The old quay at low tide.","Ben Ode/Courier Pictures"]
    ]=]
  end)

  it("says what it was encoded in, and takes byline and date from what is seen", function()
    s:play [[
      $ sheaf show pages/hafen-latin1.html 1 --json > a.json
      $ jq -c '[.why.encoding, .language, .authors[0].name, .published]' a.json
      ["windows-1252 (meta)","de","Jörg Mährlein","2022-02-11T07:30"]
      $ jq -r .text a.json | grep -c 'entschieden hat“, sagte Farrow'
      1
    ]]
  end)

  it("is refused with a reason when it holds no article", function()
    s:file("pages/empty.html", "<!doctype html><title>Nothing</title><body></body>")
    s:play [[
      $ sheaf pack pages -o news.sheaf
      ! refused 1: not supported
      !   pages/empty.html: a page without an article: …
      ! packed 2 articles into news.sheaf in …
      ? 3
    ]]
  end)

  it("comes out the same with any number of threads", function()
    s:run("for i in $(seq 40); do sed s/draw/draw$i/ pages/harbour-vote.html > pages/$i.html; done")
    s:play [[
      $ sheaf pack pages -o one.sheaf -q --threads 1
      $ sheaf pack pages -o many.sheaf -q --threads 7
      $ cmp one.sheaf many.sheaf
      $ sheaf info many.sheaf --json | jq .articles
      42
    ]]
  end)
end)
