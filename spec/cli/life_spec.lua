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
      ! a.sheaf: nothing to join
      $ cmp a.sheaf sealed
      $ sheaf compact --full a.sheaf
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

  it("tells the history of every commit, through all that is made anew", function()
    s:play [[
      $ SOURCE_DATE_EPOCH=1700000000 sheaf add a.sheaf later.jsonl -q
      $ sheaf sign -q --new-key mine.pem a.sheaf
      $ sheaf rm a.sheaf 1 --yes -q >/dev/null
      $ sheaf info a.sheaf | sed -n '/^history/,$p'
      history
        commit  created               command  articles  size …  tool …  plan
        1       not noted             pack     +3 …  sheaf …  from news.jsonl
        2       2023-11-14T22:13:20Z  add      +2 …  sheaf …  from later.jsonl
        3       not noted             sign     …  sheaf …  sign
        4       not noted             rm       -1 …  sheaf …  rm 1
        signed  manifest … of commit 2, by key …
      $ sheaf info a.sheaf --json | jq -c '.history[1] | [.commit, .command, .added, .removed, .plan]'
      [2,"add",2,0,"from later.jsonl"]
      $ sheaf seal -q a.sheaf && sheaf pack -q later.jsonl -o b.sheaf
      $ sheaf merge -q a.sheaf b.sheaf -o c.sheaf
      $ sheaf info c.sheaf --json | jq -c '.history[] | [.past, .commit, .command, .added - .removed]'
      [true,1,"pack",3]
      [true,2,"add",2]
      [true,3,"sign",0]
      [true,4,"rm",-1]
      [true,1,"seal",0]
      [true,1,"pack",3]
      [false,1,"merge",-3]
      $ sheaf verify c.sheaf
      c.sheaf: whole, 4 articles, …
      $ sheaf info c.sheaf --json | jq -r '.signatures[0] | .manifest, .holds' > signed
      $ sheaf info c.sheaf --json | jq -r '.history[1].sha256, true' | cmp - signed
      $ sheaf verify a.sheaf --key mine.pem.pub
      a.sheaf: signed with this key before it was made anew; sign it again
      ? 2
      $ unzip -p a.sheaf history/000001.zst | zstdcat | jq -r 'select(.plan).plan'
      from news.jsonl
      from later.jsonl
      sign
      rm 1
      $ unzip -p a.sheaf manifest/000001.json | jq -r '.before | length'
      1
    ]]
  end)

  it("joins small commits while it adds, and keeps every article", function()
    s:file("one.sh", [[for i in $(seq 1 20); do
      printf '{"headline":"Item %d","text":"Word number %d of a long list."}\n' $i $i >item
      sheaf add -q many.sheaf - <item || exit 1
    done]])
    s:play [==[
      $ cp a.sheaf many.sheaf && sh one.sh && sheaf verify many.sheaf
      many.sheaf: whole, 23 articles, …
      $ sheaf info many.sheaf --json | jq -c '[.segments < 9, .commits, .articles]'
      [true,23,23]
      $ sheaf info many.sheaf --json | jq -c '[.history[] | .command] | group_by(.) | map([.[0], length])'
      [["add",20],["compact",2],["pack",1]]
      $ sheaf info many.sheaf | sed -n '/^history/,/^  5/p'
      history
        … 3 commits before; --json tells them
        commit  command  articles …
        4       add …
        5       add …
      $ sheaf ls many.sheaf --limit 5 | cut -f5
      Harbour reopens after the storm
      Bakery wins a prize
      Ein Zug kommt an
      Item 1
      Item 2
      $ sheaf compact a.sheaf
      ! a.sheaf: nothing to join
      $ sheaf compact many.sheaf
      ! compacted many.sheaf: 23 articles, … before and … now; 0 frames kept as they were, 1 compressed again
      $ sheaf info many.sheaf --json | jq -c '[.dead_bytes, .commits, (.history | length)]'
      [0,1,24]
    ]==]
  end)

  it("appends what joins small commits that another program left", function()
    local core = require "sheaf.core"
    assert(os.execute(("cp -r seeds '%s/pile'"):format(s.work)))
    s:run("sheaf pack -q pile -o big.sheaf")
    for i = 1, 12 do
      local options = { level = 3, plan = "from script " .. i }
      local writer <close> = assert(core.append(s.work .. "/big.sheaf", options))
      assert(writer:add { headline = "Script " .. i, text = "A text of some words, number " .. i })
      assert(writer:commit())
    end
    s:play [==[
      $ sheaf compact big.sheaf
      ! compacted big.sheaf: 12 catalogs joined, now 2; … are dead, --full gives them back
      $ sheaf verify big.sheaf
      big.sheaf: whole, …
      $ sheaf info big.sheaf --json | jq -c '.history[-2:] | map([.command, .plan])'
      [["add","from script 12"],["compact","compact"]]
      $ sheaf compact big.sheaf   # now more than half is dead
      ! compacted big.sheaf: … articles, …
      $ sheaf info big.sheaf --json | jq -c '[.dead_bytes, .commits, (.history | length)]'
      [0,1,15]
    ]==]
  end)

  it("keeps the originals of what is kept, and no others, whatever is made of a sheaf", function()
    s:file("original.sh", [[for x in "$@"; do
      for i in $(sheaf ls $x --json | jq -r .position); do
        sheaf show $x $i --original | sha256sum | cut -d' ' -f1 > got
        sheaf show $x $i --json | jq -r .provenance.sha256 | cmp - got || echo "$x $i"
        sheaf cite $x $i:1-5 | grep -c ^source
      done
    done | sort | uniq -c | tr -d ' \n']])
    s:play [[
      $ sheaf pack -q --originals news.jsonl -o o.sheaf && sheaf add -q o.sheaf later.jsonl
      $ sheaf pack -q --originals later.jsonl -o p.sheaf && sheaf merge -q o.sheaf p.sheaf -o m.sheaf
      $ sheaf rm -q --yes p.sheaf 1 > /dev/null && cp p.sheaf q.sheaf
      $ unzip -p q.sheaf 'originals/*' | zstdcat | grep -c 'was opened again'
      1
      $ sheaf seal -q p.sheaf && sheaf compact --full -q q.sheaf
      $ sheaf split -q p.sheaf --by count=1 -o parts > /dev/null
      $ unzip -p p.sheaf 'originals/*' | zstdcat | grep -c 'was opened again'
      0
      ? 1
      $ sh original.sh p.sheaf q.sheaf parts/*.sheaf
      61
      $ sheaf merge -q parts/*.sheaf -o again.sheaf && sh original.sh again.sheaf
      21
      $ sed -n 2p news.jsonl | tr -d '\n' > second
      $ sheaf show m.sheaf 2 --original | cmp - second
      $ sheaf split -q p.sheaf --by count=1 -o bare --without-originals > /dev/null
      $ sheaf show bare/p-0001.sheaf 1 --original
      ! sheaf: bare/p-0001.sheaf: the original was not kept (sheaf pack --originals)
      ? 2
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
