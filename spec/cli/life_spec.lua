-- life_spec.lua - rm, dedup, merge, split, seal, compact and diff from the command line.

local session = require "spec.cli.session"

local changed = session.articles:gsub("opened again", "was opened again"):gsub('"2021%-02"', '"2021-02-03"')

describe("the life of a sheaf", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
    s:file("later.jsonl", changed)
    s:run("sheaf pack news.jsonl -o a.sheaf")
  end)

  after_each(function() s:close() end)

  it("drops articles only when told --yes, and passes over them everywhere", function()
    s:play [[
      $ sheaf rm a.sheaf 2 | cut -f5
      Bakery wins a prize
      ! 1 article would be dropped; --yes drops them
      $ sheaf ls a.sheaf | wc -l
      3
      $ sheaf rm a.sheaf 2 --yes -q >/dev/null
      $ sheaf ls a.sheaf | cut -f5
      Harbour reopens after the storm
      Ein Zug kommt an
      $ sheaf ls a.sheaf --where 'a.words < 10'
      ! no article found
      ? 1
      $ sheaf export jsonl:keys=headline a.sheaf | wc -l
      2
      $ sheaf show a.sheaf 3 --json | jq -r .headline
      Ein Zug kommt an
      $ sheaf info a.sheaf --json | jq -c '[.articles, .dropped, .commits]'
      [2,1,2]
      $ sheaf verify a.sheaf
      a.sheaf: whole, 2 articles, …
    ]]
  end)

  it("drops what --where finds, and takes it again when it is added again", function()
    s:play [[
      $ sheaf rm a.sheaf --where 'a.language == "en"' --yes -q --json | jq -r .position | tr -d '\n'
      12
      $ sheaf add a.sheaf news.jsonl
      ! added 2 articles to a.sheaf in …; 1 already there
      $ sheaf ls a.sheaf | cut -f5
      Ein Zug kommt an
      Harbour reopens after the storm
      Bakery wins a prize
      $ sheaf rm a.sheaf --where 'a.words > 1000'
      ! no article found
      ? 1
      $ sheaf rm a.sheaf
      ! sheaf: which articles? name their ids, or choose them with --where
      ? 2
      $ sheaf rm a.sheaf nosuch
      ! sheaf: a.sheaf: no article has the id nosuch
      !   sheaf ls a.sheaf lists the articles
      ? 2
    ]]
  end)

  it("merges, tells what it leaves out, and other programs read what it made", function()
    s:play [[
      $ sheaf pack later.jsonl -o b.sheaf -q
      $ sheaf merge a.sheaf b.sheaf a.sheaf -o all.sheaf
      ! 4 articles left out, whose ids were there already
      ! merged 5 articles into all.sheaf in …; …
      $ sheaf verify all.sheaf
      all.sheaf: whole, 5 articles, …
      $ unzip -p all.sheaf 'articles/*' | zstdcat | jq -r .headline | wc -l
      5
      $ sheaf info all.sheaf --json | jq -r .plan
      merge a.sheaf@… b.sheaf@… a.sheaf@…
      $ sheaf merge a.sheaf -o all.sheaf
      ! sheaf: all.sheaf is there already
      ? 2
      $ sheaf merge a.sheaf b.sheaf
      ! sheaf: where to? name the new sheaf: -o NAME.sheaf
      ? 2
      $ sheaf merge a.sheaf news.jsonl -o c.sheaf
      ! sheaf: news.jsonl: …
      ? 2
      $ ls c.sheaf*
      ! …
      ? 2
    ]]
  end)

  it("splits by count, size and field, and merging gives the same articles again", function()
    s:play [[
      $ sheaf split a.sheaf --by count=2 -o parts
      parts/a-0001.sheaf	2
      parts/a-0002.sheaf	1
      ! split 3 articles into 2 sheaves
      $ sheaf split a.sheaf --by field=publisher -o parts -q
      parts/a-The-Lantern.sheaf	2
      parts/a-Morgenblatt.sheaf	1
      $ sheaf split a.sheaf --by size=1G -o whole -q --json
      {"articles":3,"path":"whole/a-0001.sheaf"}
      $ sheaf merge parts/a-0*.sheaf -o again.sheaf -q
      $ sheaf diff a.sheaf again.sheaf
      ! 0 added, 0 gone, 0 changed
      ? 1
      $ sheaf verify parts/*.sheaf | wc -l
      4
      $ sheaf split a.sheaf --by count=2 -o parts
      ! sheaf: parts/a-0001.sheaf is there already
      ? 2
      $ sheaf split a.sheaf --by field=publishr -o parts
      ! sheaf: field: unknown field 'publishr'; did you mean 'publisher'?
      !   there are language, site, publisher, year
      ? 2
    ]]
  end)

  it("seals and compacts in place", function()
    s:play [[
      $ sheaf add a.sheaf later.jsonl -q
      $ sheaf rm a.sheaf 1 --yes -q >/dev/null
      $ sheaf ls a.sheaf > before
      $ sheaf seal a.sheaf -q && sheaf ls a.sheaf | cmp - before
      $ sheaf info a.sheaf --json | jq -c '[.articles, .dropped, .commits]'
      [4,null,1]
      $ cp a.sheaf sealed && sheaf seal a.sheaf -q && cmp a.sheaf sealed
      $ sheaf compact a.sheaf
      ! compacted a.sheaf: 4 articles, … before and … now; 0 frames kept as they were, 1 compressed again
      $ sheaf ls a.sheaf | cmp - before
      $ sheaf verify a.sheaf
      a.sheaf: whole, 4 articles, …
      $ unzip -l a.sheaf | grep -c articles/
      1
      $ ls a.sheaf*
      a.sheaf
    ]]
  end)

  it("finds equal texts and drops all but the earliest, never in silence", function()
    s:file("copy.jsonl", '{"headline":"The same again","published":"2020",'
      .. '"text":"A small bakery won."}\n')
    s:play [[
      $ sheaf add a.sheaf copy.jsonl -q
      $ sheaf dedup a.sheaf --exact
      …	duplicate_of	…	Bakery wins a prize
      ! 1 article would be dropped, and the earliest of each text kept; --yes drops them
      $ sheaf dedup a.sheaf --exact --yes -q --report gone.jsonl
      …	duplicate_of	…	Bakery wins a prize
      $ jq -r '.relations[0].type' gone.jsonl
      duplicate_of
      $ sheaf ls a.sheaf | cut -f5
      Harbour reopens after the storm
      Ein Zug kommt an
      The same again
      $ sheaf dedup a.sheaf --exact --yes
      ! no article found whose text is there twice
      ? 1
      $ sheaf dedup a.sheaf
      ! sheaf: which duplicates? --exact finds articles with the very same text
      ? 2
    ]]
  end)

  it("shows what differs, to people and to programs", function()
    s:play [[
      $ sheaf pack later.jsonl -o b.sheaf -q
      $ sheaf rm a.sheaf 3 --yes -q >/dev/null
      $ sheaf diff a.sheaf b.sheaf
      ~ …  2021-03-01  Harbour reopens after the storm
          text: The harbour of Lerwick {+was+} opened again on Monday. Fishing boats left before dawn.
      ~ …  2021-02-03  Bakery wins a prize
          published: 2021-02 → 2021-02-03
      + …  -  Ein Zug kommt an
      ! 1 added, 0 gone, 2 changed
      $ sheaf diff b.sheaf a.sheaf --json -q | jq -r .what
      changed
      changed
      gone
      $ sheaf diff b.sheaf a.sheaf --json -q | jq -c 'select(.words).words[1]'
      ["-","was "]
    ]]
  end)
end)
