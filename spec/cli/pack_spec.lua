-- pack_spec.lua - from a pile into a sheaf and back to the screen.

local session = require "spec.cli.session"

describe("sheaf pack, add, ls and show", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
  end)

  after_each(function() s:close() end)

  it("packs a pile, lists it and shows an article by position and by id", function()
    s:play [[
      $ sheaf pack news.jsonl -o news.sheaf
      ! packed 3 articles into news.sheaf in …
      $ sheaf ls news.sheaf | cut -f2-
      2021-03-01	The Lantern	13	Harbour reopens after the storm
      2021-02	The Lantern	4	Bakery wins a prize
      …	Morgenblatt	16	Ein Zug kommt an
      $ sheaf show news.sheaf 2 --text
      A small bakery won.
      $ sheaf show news.sheaf "$(sheaf ls news.sheaf | head -1 | cut -c1-8)" | head -1
      Harbour reopens after the storm
      $ sheaf show news.sheaf 3 1 --json | jq -r .headline
      Ein Zug kommt an
      Harbour reopens after the storm
    ]]
  end)

  it("shows who, when, where and the text in short lines", function()
    s:play [[
      $ sheaf show news.jsonl 1
      Harbour reopens after the storm

      published    2021-03-01
      publisher    The Lantern
      language     en, 13 words
      url          https://www.lantern.example/harbour
      id           …

      The harbour of Lerwick opened again on Monday.

      Fishing boats left before dawn.
    ]]
  end)

  it("says with --why where an article comes from", function()
    s:play [[
      $ sheaf show news.jsonl 2 --why
      Bakery wins a prize

      from         news.jsonl, bytes … to …, read by json…
      …
    ]]
  end)

  it("passes over what is there already", function()
    s:play [[
      $ sheaf pack news.jsonl -o news.sheaf -q
      $ sheaf add news.sheaf news.jsonl
      ! added 0 articles to news.sheaf in …; 3 already there
      $ echo '{"headline":"New","text":"Something happened today."}' | sheaf add news.sheaf -
      ! added 1 article to news.sheaf in …
      $ sheaf ls news.sheaf --json | jq -r '"\(.position) \(.headline)"' | tail -1
      4 New
    ]]
  end)

  it("does not write over a sheaf, and asks for a name that ends in .sheaf", function()
    s:play [[
      $ sheaf pack news.jsonl -o news.sheaf -q
      $ sheaf pack news.jsonl -o news.sheaf
      ! sheaf: news.sheaf is already there
      !   sheaf add news.sheaf PILE... adds to it
      ? 2
      $ sheaf pack news.jsonl -o news.zip
      ! sheaf: the name of a sheaf ends in .sheaf; did you mean -o news.sheaf?
      ? 2
      $ sheaf pack news.jsonl
      ! sheaf: where to? name the new sheaf: -o NAME.sheaf
      ? 2
    ]]
  end)

  it("accounts for what no reader takes", function()
    s:file("pile/news.jsonl", session.articles)
    s:file("pile/picture.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1")
    s:play [[
      $ sheaf pack pile -o news.sheaf --report refused.jsonl
      ! refused 1: not supported
      !   pile/picture.png: …
      ! all of them are in refused.jsonl
      ! packed 3 articles into news.sheaf in …
      ? 3
      $ jq -r '"\(.place) \(.status)"' refused.jsonl
      pile/picture.png not supported
    ]]
  end)

  it("makes no sheaf when there is nothing to put in", function()
    s:file("pile/empty.txt", "")
    s:play [[
      $ sheaf pack pile -o news.sheaf -q
      ? 3
      $ sheaf pack news.jsonl --where 'a.words > 1000' -o news.sheaf
      ! no article found; nothing written
      ? 1
      $ ls
      news.jsonl
      pile
    ]]
  end)

  it("packs only what filters keep, with what extractors add", function()
    s:play [[
      $ sheaf pack news.jsonl --filter language:only=en --extract links --limit 1 -o news.sheaf
      ! packed 1 article into news.sheaf in …
      $ sheaf ls news.sheaf | cut -f5
      Harbour reopens after the storm
    ]]
  end)

  it("sorts, limits and chooses", function()
    s:play [[
      $ sheaf ls news.jsonl --sort words | cut -f4
      4
      13
      16
      $ sheaf ls news.jsonl --sort -published | cut -f2 | tr '\n' '|'
      2021-03-01|2021-02||
      $ sheaf ls news.jsonl --limit 1 --sort -words | cut -f5
      Ein Zug kommt an
      $ sheaf ls news.jsonl --where 'a.published >= "2021-03"' | cut -f5
      Harbour reopens after the storm
      $ sheaf ls news.jsonl --where 'not a.published' | cut -f5
      Ein Zug kommt an
      $ sheaf ls news.jsonl --where 'a:has("FISHING boats")' | cut -f5
      Harbour reopens after the storm
      $ sheaf ls news.jsonl --where 'a.words > 99'
      ! no article found
      ? 1
    ]]
  end)

  it("chooses from a sheaf as from a pile, by the catalog and by the text", function()
    s:play [[
      $ sheaf pack news.jsonl -o news.sheaf -q
      $ sheaf ls news.sheaf --where 'a.words > 5' --json | jq .position
      1
      3
      $ sheaf ls news.sheaf --where 'a.text:find("bakery")' --json | jq .position
      2
      $ sheaf run news.sheaf --where 'a.words > 5' --to jsonl:keys=headline
      {"headline":"Harbour reopens after the storm"}
      {"headline":"Ein Zug kommt an"}
      $ sheaf run news.sheaf --sort words --to jsonl:keys=headline --limit 2
      {"headline":"Bakery wins a prize"}
      {"headline":"Harbour reopens after the storm"}
    ]]
  end)

  it("asks which one is meant when a pile has several", function()
    s:play [[
      $ sheaf show news.jsonl
      ! sheaf: news.jsonl has more than one article: which?
      !   sheaf show news.jsonl 1 shows the first
      !   sheaf ls news.jsonl lists them
      ? 2
      $ sheaf show news.jsonl 17
      ! sheaf: there is no article '17'
      !   sheaf ls news.jsonl lists the articles
      ? 2
    ]]
  end)

  it("verifies and describes a sheaf", function()
    s:play [[
      $ sheaf pack news.jsonl -o news.sheaf -q
      $ sheaf verify news.sheaf
      news.sheaf: whole, 3 articles, …
      $ sheaf info news.sheaf --json | jq .articles
      3
      $ sheaf info news.sheaf | head -2
      path…news.sheaf
      articles…3
    ]]
  end)

  it("tells of a sheaf that is damaged", function()
    s:run("sheaf pack news.jsonl -o news.sheaf -q")
    local bytes = s:read("news.sheaf")
    local at = #bytes // 3
    s:file("news.sheaf", bytes:sub(1, at) .. string.char(bytes:byte(at + 1) ~ 0x55) .. bytes:sub(at + 2))
    local out, _, status = s:run("sheaf verify news.sheaf")
    assert.are.equal(2, status)
    assert.is_truthy(out:find("^news%.sheaf: %S"))
  end)

  it("keeps control characters of a headline off the terminal", function()
    s:file("evil.jsonl", '{"headline":"Red \\u001b[31malert\\u202e","text":"Some words here."}\n')
    local out = s:run("sheaf ls evil.jsonl; sheaf show evil.jsonl")
    assert.is_nil(out:find("[\27]"))
    assert.is_nil(out:find("\u{202e}", 1, true))
  end)

  -- More than a pipe holds goes before the signal, so that packing has begun.
  it("keeps what it has when it is interrupted", function()
    s:file("interrupt", [[
mkfifo pile
sheaf pack - -o news.sheaf < pile &
pid=$!
same='{"headline":"Again","text":"And again."}'
{ cat news.jsonl; yes "$same" | head -n 5000; kill -INT $pid; yes "$same"; } > pile 2>/dev/null
wait $pid
]])
    s:play [[
      $ sh interrupt
      ! packed 4 articles into news.sheaf in …; … already there
      ! stopped early: the same command with --resume goes on
      ? 130
      $ sheaf verify news.sheaf
      news.sheaf: whole, 4 articles, …
    ]]
  end)

  it("ends quietly when nobody reads", function()
    s:play [[
      $ yes "$(cat news.jsonl)" | head -n 9000 > many.jsonl
      $ sheaf run many.jsonl --to jsonl | head -c 5
      {"id"
      $ sheaf ls many.jsonl --json | head -c 5
      {"byt
      $ sheaf ls many.jsonl | head -n 1 | wc -l
      1
    ]]
  end)

  it("says so when standard output is full", function()
    s:play [[
      $ sheaf ls news.jsonl > /dev/full
      ! sheaf: standard output: …
      ? 2
      $ sheaf run news.jsonl --to jsonl > /dev/full
      ! sheaf: standard output: …
      ? 2
    ]]
  end)
end)
