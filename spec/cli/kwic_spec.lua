-- kwic_spec.lua - sheaf kwic, sheaf freq and sheaf ngrams.
-- luacheck: no max line length

local session = require "spec.cli.session"

local articles = [[
{"url":"https://www.lantern.example/a","headline":"Peace talks resume","publisher":"The Lantern","published":"2022-02-10","language":"en","text":"Envoys met in Geneva.\n\nThey talked about a ceasefire and about the harbour."}
{"url":"https://www.lantern.example/b","headline":"Harbour reopens","publisher":"The Lantern","published":"2022-03-01","language":"en","text":"The harbour opened again after the long talks on peace. The talks were long."}
{"url":"https://beacon.example/c","headline":"Grain","publisher":"Beacon","published":"2021-03","language":"en","text":"Grain cost more after talks than before. The long war was to blame."}
{"url":"https://zeitung.example/d","headline":"北京会谈","published":"2021","language":"zh","text":"双方在北京大学举行会谈。"}
{"url":"https://manara.example/e","headline":"الميناء","language":"ar","text":"أغلق الميناء أمس بسبب العاصفة."}
]]

local function lines_of(text)
  local lines = {}
  for line in text:gmatch("[^\n]+") do lines[#lines + 1] = line end
  return lines
end

describe("words", function()
  local s

  setup(function()
    s = session.new()
    s:file("news.jsonl", articles)
    s:file("many.lua", [[
      for i = 1, 3000 do
        io.write(('{"url":"https://m.example/%d","published":"2020-%02d-01","language":"en","text":"Item w%d of w%d w%d. '
          .. 'Ends w%d."}\n'):format(i, i % 12 + 1, i % 7, i * i % 31, i % 5, i % 11))
      end]])
    s:run("sheaf pack news.jsonl -o plain.sheaf -q && cp plain.sheaf a.sheaf && sheaf index a.sheaf -q && "
      .. "cp plain.sheaf small.sheaf && sheaf index small.sheaf --no-positions -q && "
      .. "lua5.4 many.lua > many.jsonl; sheaf pack many.jsonl -o many.sheaf -q")
  end)

  teardown(function() s:close() end)

  describe("sheaf kwic", function()
    it("makes the same lines with an index, without positions, and without any", function()
      for _, query in ipairs { "talk", "=talks", '"long talks"', "long NEAR/3 talks", "headline:talks", "tal*",
        "talks OR harbour", "talks -grain", "site:beacon talks", "北京", "zebra", "(war OR peace) long" } do
        local command = ("sheaf kwic %%s '%s' --sort R1,L1 2>/dev/null"):format(query)
        local with = s:run(command:format("a.sheaf"))
        assert.equal(with, s:run(command:format("plain.sheaf")), query)
        assert.equal(with, s:run(command:format("small.sheaf")), query)
        assert.equal(query == "zebra", with == "")
      end
    end)

    it("sorts by the words around", function()
      s:play [==[
      $ sheaf kwic a.sheaf 'text:=talks' --sort R1 | cut -f5-
      ! 3 places in 2 articles, …
      The harbour opened again after the long 	talks	 on peace. The talks were long.
      Grain cost more after 	talks	 than before. The long war was to blame.
      The harbour opened again after the long talks on peace. The 	talks	 were long.
      $ sheaf kwic a.sheaf 'text:=talks' --sort L1,R1 -q | cut -f6-
      talks	 than before. The long war was to blame.
      talks	 on peace. The talks were long.
      talks	 were long.
      $ sheaf kwic a.sheaf 'text:=talks' --sort=-L1 --limit 1 -q | cut -f6-
      talks	 were long.
      $ sheaf kwic a.sheaf 'text:=talks' --sort date -q --limit 1 | cut -f2-4
      22	2021-03	Beacon
    ]==]
    end)

    it("leads to the article", function()
      s:play [==[
      $ sheaf kwic a.sheaf '"long war"' -q | cut -f1 | xargs sheaf show a.sheaf --text | cut -c 46-53
      long war
      $ sheaf kwic a.sheaf '"long war"' --json | jq -c '[.first, .last, .field, .publisher, .sheaf]'
      ! 1 place in 1 article, …
      [45,53,"text","Beacon",null]
      $ sheaf kwic a.sheaf plain.sheaf '"long war"' --json -q 2>/dev/null | jq -r .sheaf
      a.sheaf
      plain.sheaf
    ]==]
    end)

    it("stands in columns in any script", function()
      local shown = s:run("sheaf kwic a.sheaf '北京 OR harbour OR الميناء' --width 60 --sort position -q")
      local width = require "sheaf.width"
      local columns, count = nil, 0
      for _, line in ipairs(lines_of(shown)) do
        local at = line:find("北京", 1, true) or line:find("[Hh]arbour") or line:find("\u{2068}?الميناء")
        assert.is_truthy(at, line)
        columns = columns or width.of(line:sub(1, at - 1))
        assert.equal(columns, width.of(line:sub(1, at - 1)), line)
        assert.is_true(width.of(line) <= 60, line)
        count = count + 1
      end
      assert.equal(7, count)
      assert.matches("\u{2068}الميناء\u{2069}", shown, 1, true)
    end)

    it("draws the same sample every time, and another with another seed", function()
      local command = "sheaf kwic many.sheaf 'w*' --sample 50 --sort position -q 2>/dev/null %s"
      local one = s:run(command:format(""))
      assert.equal(50, #lines_of(one))
      assert.equal(one, s:run(command:format("--threads 1")))
      assert.not_equal(one, s:run(command:format("--seed 2")))
    end)

    it("writes CSV and a page", function()
      s:play [==[
      $ sheaf kwic a.sheaf '"long talks"' --format csv --width 10 -q | cut -d, -f2- | tr -d '\r'
      field,first,last,published,site,publisher,language,headline,left,node,right
      text,35,45,2022-03-01,lantern.example,The Lantern,en,Harbour reopens,"after the ",long talks," on peace."
      $ sheaf kwic a.sheaf 'talks OR الميناء' --format html -o page.html -q && grep -c '^<li>' page.html
      7
      $ grep -c 'dir=rtl' page.html; grep -o '<mark>[^<]*</mark>' page.html | sort -u
      2
      <mark>talked</mark>
      <mark>talks</mark>
      <mark>الميناء</mark>
    ]==]
    end)

    it("tells what is wrong", function()
      s:play [==[
      $ sheaf kwic a.sheaf zebra
      ! nothing found
      ? 1
      $ sheaf kwic a.sheaf 'talks' --sort R9
      ! sheaf: --sort: …
      !   L1 to L5 and R1 to R5 are the words to the left and right; several are parted by commas
      ? 2
      $ sheaf kwic a.sheaf '(talks'
      ! sheaf: query: …
      ! …
      ? 2
      $ sheaf kwic plain.sheaf '=grain' -q | cut -f6
      ! note: 5 articles had to be read, since the index does not tell what was asked; sheaf index makes this fast
      Grain
      Grain
    ]==]
    end)
  end)

  describe("sheaf freq", function()
    it("counts words and the articles they stand in", function()
      s:play [==[
      $ sheaf freq a.sheaf --limit 3
      ! …
      the	5	3	89285.7
      long	3	2	53571.4
      talks	3	2	53571.4
      $ sheaf freq a.sheaf --field headline --pick harbour,会 -q
      harbour	1	1	90909.1
      会	1	1	90909.1
      $ sheaf freq a.sheaf --by site --pick talks --format csv -q | tr -d '\r'
      group,text,count,articles,per_million
      beacon.example,talks,1,1,76923.1
      lantern.example,talks,2,1,74074.1
      $ sheaf freq a.sheaf --where 'a.publisher == "Beacon"' --sort word --limit 1 -q
      after	1	1	76923.1
    ]==]
    end)

    it("agrees with counting by hand, whatever the threads", function()
      local counts, holders = {}, {}
      for line in io.lines(s.work .. "/many.jsonl") do
        local seen = {}
        for word in line:match('"text":"(.-)"}'):lower():gmatch("%w+") do
          counts[word] = (counts[word] or 0) + 1
          if not seen[word] then holders[word] = (holders[word] or 0) + 1 end
          seen[word] = true
        end
      end
      local out = s:run("sheaf freq many.sheaf --all --json --threads 1 -q")
      local kinds = 0
      for line in out:gmatch("[^\n]+") do
        local word, count = line:match('"text":"(.-)"'), tonumber(line:match('"count":(%d+)'))
        assert.equal(counts[word], count, word)
        assert.equal(holders[word], tonumber(line:match('"articles":(%d+)')), word)
        kinds = kinds + 1
      end
      for word in pairs(counts) do kinds = kinds - (counts[word] and 1 or 0) end
      assert.equal(0, kinds)
      assert.equal(out, s:run("sheaf freq many.sheaf --all --json --threads 3 -q"))
      assert.equal(s:run("sheaf ngrams many.sheaf --all --by month --threads 1 -q"),
        s:run("sheaf ngrams many.sheaf --all --by month --threads 3 -q"))
    end)

    it("compares a part with the rest, and one sheaf with another", function()
      s:play [==[
      $ sheaf freq a.sheaf --search 'site:lantern' --against rest --limit 1 -q
      about	2	74074.1	0	0.0	2.9	2.10
      $ sheaf freq a.sheaf --against rest
      ! sheaf: --against rest: nothing is chosen
      !   --search or --where say of which articles
      ? 2
      $ sheaf freq a.sheaf --against plain.sheaf --limit 1 -q | cut -f2,4,6-
      1	1	0.0	0.00
    ]==]
    end)

    it("tells what goes with a word", function()
      s:play [==[
      $ sheaf freq a.sheaf --near 'text:talks' --span 1 --least 2 -q --format csv | cut -d, -f1-3 | tr -d '\r'
      text,near,count
      $ sheaf freq a.sheaf --near 'text:=talks' --span 1 --least 1 -q --limit 3 | cut -f1-3
      on	1	1
      than	1	1
      were	1	1
    ]==]
    end)
  end)

  describe("sheaf ngrams", function()
    it("counts pairs within sentences", function()
      s:play [==[
      $ sheaf ngrams a.sheaf --least 2 -q
      the harbour	2	2	35714.3
      the long	2	2	35714.3
      $ sheaf ngrams a.sheaf --size 3 --pick 'long talks on,peace the talks' -q
      long talks on	1	1	17857.1
      $ printf 'the a' > stop.txt; sheaf ngrams a.sheaf --least 2 --stop stop.txt -q
      ? 1
    ]==]
    end)

    it("refuses what makes no sense", function()
      s:play [==[
      $ sheaf ngrams a.sheaf --size 6
      ! sheaf: --size: 1 to 5 words
      ? 2
      $ sheaf ngrams a.sheaf --by color
      ! sheaf: --by: …
      ? 2
      $ sheaf ngrams a.sheaf --by site --against rest
      ! sheaf: --by or --against, not both
      ? 2
    ]==]
    end)
  end)
end)
