-- search_spec.lua - sheaf index, sheaf search, and --search elsewhere.
-- luacheck: no max line length

local session = require "spec.cli.session"

local articles = [[
{"url":"https://www.lantern.example/a","headline":"Peace talks resume","publisher":"The Lantern","published":"2022-02-10","language":"en","authors":[{"name":"Ann Lee"}],"text":"Envoys met in Geneva.\n\nThey talked about a ceasefire and about the harbour."}
{"url":"https://www.lantern.example/b","headline":"Harbour reopens","publisher":"The Lantern","published":"2022-03-01","language":"en","authors":[{"name":"Bo Chan"}],"text":"The harbour opened again after the long talks on peace."}
{"url":"https://beacon.example/c","headline":"Grain prices rise","publisher":"Beacon","published":"2022-03","language":"en","keywords":["economy"],"text":"Grain cost more than ever. O'Brien said the war was to blame."}
{"url":"https://zeitung.example/d","headline":"北京会谈","published":"2021","language":"zh","text":"双方在北京大学举行会谈。"}
]]

describe("sheaf search", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", articles)
    s:file("more.jsonl", '{"url":"https://www.zeta.example/e","headline":"Talks again","language":"en","text":"More talks."}\n')
    s:run("sheaf pack news.jsonl -o plain.sheaf -q && cp plain.sheaf a.sheaf && sheaf index a.sheaf -q && "
      .. "cp plain.sheaf small.sheaf && sheaf index small.sheaf --no-positions -q")
  end)

  after_each(function() s:close() end)

  local function found(file, query)
    local out = s:run(("sheaf search %s '%s' --json -q 2>/dev/null | jq -r .url | cut -d/ -f4 | sort"):format(file,
      query:gsub("'", "'\\''")))
    return (out:gsub("\n", " "):gsub(" $", ""))
  end

  it("finds the same with an index, without positions, and without any", function()
    local wanted = {
      ["talk"] = "a b", ["=talks"] = "a b", ["=talk"] = "", ["talks harbour"] = "a b",
      ['"peace talks"'] = "a", ['"talks on peace"'] = "b", ["peace NEAR/2 talks"] = "a b",
      ["peace ONEAR/2 talks"] = "a", ["harb*"] = "a b", ["harbuor~1"] = "a b", ["grein~1"] = "c",
      ["headline:talks"] = "a", ["text:talks"] = "a b", ["text:=talks"] = "b", ["author:lee"] = "a",
      ["keyword:economy"] = "c", ["site:beacon"] = "c", ["site:lantern.example"] = "a b",
      ["published:2022-02"] = "a", ["published:2022-02..2022-03"] = "a b c", ["published:..2021"] = "d",
      ["published:2022-03 -grain"] = "b", ["language:zh"] = "d", ["NOT language:en"] = "d",
      ["o'brien"] = "c", ["北京"] = "d", ["北京大学"] = "d", ["大学北京"] = "", ["京"] = "d",
      ["peace OR grain"] = "a b c", ["(peace OR grain) -harbour"] = "c", ["zebra"] = "", ["*"] = "a b c d",
    }
    for query, ids in pairs(wanted) do
      for _, file in ipairs { "a.sheaf", "small.sheaf", "plain.sheaf" } do
        assert.equal(query .. " → " .. ids, query .. " → " .. found(file, query), file)
      end
    end
  end)

  it("ranks alike with and without an index", function()
    local query = "sheaf search %s 'talks^2 OR harbour OR peace' | cut -f4,5"
    local with, without = s:run(query:format("a.sheaf")), s:run(query:format("plain.sheaf"))
    assert.equal(with, without)
    assert.matches("^%d[%d.]+\tPeace talks resume\n", with)
  end)

  it("tells columns in a pipe, and how many there are", function()
    s:play [==[
      $ sheaf search a.sheaf talks --limit 1 | cut -f2-3,5-
      2022-02-10	The Lantern	Peace talks resume	Envoys met in Geneva. They talked about a ceasefire and about the harbour.
      ! 1 of 2 articles, …
      $ sheaf search a.sheaf zebra
      ! nothing found
      ? 1
      $ sheaf search plain.sheaf zebra
      ! note: 4 articles had to be read, since the index does not tell what was asked; sheaf index makes this fast
      ! nothing found
      ? 1
    ]==]
  end)

  it("marks what was found", function()
    s:play [==[
      $ sheaf search a.sheaf '"peace talks"' --color always -q | sed 's/\x1b/E/g' | head -n 1
        1  E[1;31mPeaceE[0mE[1m E[0mE[1;31mtalksE[0mE[1m resumeE[0m
      $ sheaf search a.sheaf '北京' --json -q | jq -c '[.snippet, .marks]'
      ["双方在北京大学举行会谈。",[[3,5]]]
    ]==]
  end)

  it("counts by outlet, month and author", function()
    s:play [==[
      $ sheaf search a.sheaf 'talk OR grain' --facets site,date,author --json -q | tail -n 1 | jq -c '[.total, (.facets.site[] | [.value, .count]), (.facets.date[] | .value)]'
      [3,["lantern.example",2],["beacon.example",1],"2022-02","2022-03"]
      $ sheaf search a.sheaf grain --facets sites
      ! sheaf: --facets: …
      ? 2
    ]==]
  end)

  it("points at what is wrong with a query", function()
    s:play [==[
      $ sheaf search a.sheaf 'peace (talks'
      ! sheaf: query: this bracket is never closed
      !   peace (talks
      !         ^
      !   sheaf help search has examples
      ? 2
      $ sheaf search news.jsonl 'peace'
      ! sheaf: news.jsonl is no sheaf
      !   sheaf pack makes one of a pile; or look through the pile itself: sheaf ls PILE --search 'QUERY'
      ? 2
    ]==]
  end)

  it("goes on after articles were added, and learns them when told", function()
    s:play [==[
      $ sheaf add a.sheaf more.jsonl -q
      $ sheaf search a.sheaf 'talks' --sort url | cut -f5
      Peace talks resume
      Harbour reopens
      Talks again
      ! note: 1 article had to be read, since the index does not tell what was asked; sheaf index makes this fast
      ! 3 of 3 articles, …
      $ sheaf index a.sheaf
      ! indexed 1 article of a.sheaf in …
      $ sheaf search a.sheaf 'talks' -q | wc -l
      3
      $ sheaf index a.sheaf
      ! a.sheaf: the index has all 5 articles
      $ sheaf rm a.sheaf 1 --yes -q
      …
      $ sheaf search a.sheaf 'talks' --sort url -q | cut -f5
      Harbour reopens
      Talks again
      $ sheaf verify a.sheaf
      a.sheaf: whole, …
      $ sheaf compact a.sheaf --full 2>&1 | grep -c 'run sheaf index again'
      1
    ]==]
  end)

  it("is made while packing when told", function()
    s:play [==[
      $ sheaf pack news.jsonl -o packed.sheaf --index
      ! packed 4 articles into packed.sheaf in …
      ! indexed 4 articles of packed.sheaf in …
      $ cmp packed.sheaf a.sheaf
    ]==]
  end)

  it("searches several sheaves as one", function()
    s:run("sheaf pack more.jsonl -o b.sheaf -q && sheaf index b.sheaf -q")
    s:play [==[
      $ sheaf search a.sheaf b.sheaf 'talks' --json -q --sort url | jq -r '"\(.headline) \(.sheaf)"'
      Peace talks resume a.sheaf
      Harbour reopens a.sheaf
      Talks again b.sheaf
    ]==]
  end)

  it("gives the same bytes with any number of threads", function()
    s:play [==[
      $ cp plain.sheaf one.sheaf && cp plain.sheaf two.sheaf
      $ sheaf index one.sheaf --threads 1 -q && sheaf index two.sheaf --threads 4 -q && cmp one.sheaf two.sheaf
    ]==]
  end)

  it("chooses articles for every command", function()
    s:play [==[
      $ sheaf ls a.sheaf --search 'talks' | cut -f5
      Peace talks resume
      Harbour reopens
      $ sheaf ls a.sheaf --search 'talks' --where 'a.published > "2022-02-20"' | cut -f5
      Harbour reopens
      $ sheaf ls a.sheaf --search 'talks' --where 'a.text:find "Geneva"' | cut -f5
      Peace talks resume
      $ sheaf ls news.jsonl --search 'talks NEAR/3 peace published:2022' | cut -f5
      Peace talks resume
      Harbour reopens
      $ sheaf run a.sheaf --search 'talks' --filter words:min=1 -q | jq -r .headline
      Peace talks resume
      Harbour reopens
      $ sheaf run a.sheaf --search 'talks' --where 'a.text:find "long"' -q | jq -r .headline
      Harbour reopens
      $ sheaf pack a.sheaf --search 'grain' -o grain.sheaf -q && sheaf ls grain.sheaf | cut -f5
      Grain prices rise
      $ sheaf ls plain.sheaf --search 'grain' | cut -f5
      Grain prices rise
      ! note: plain.sheaf: 4 articles are in no index and had to be read for --search; sheaf index makes this fast
    ]==]
  end)
end)
