-- crew_spec.lua - many threads, shards, order and quarantine: the same bytes whoever does the work.

local session = require "spec.cli.session"

local NOTE = [[
return { kind = "extractor", order = "any", needs = { "id" }, adds = { note = "string" },
  each = function(a) return { note = a.id:sub(1, 2), dice = math.random(1000) } end }]]

local TALLY = [[
local function keys(s)
  local list = {}
  for k in pairs(s) do list[#list + 1] = k end
  table.sort(list)
  return list
end
return { kind = "exporter", needs = { "language", "words" },
  start = function() return { mean = 0.0, n = 0, languages = {} } end,
  add = function(s, a)
    s.n = s.n + 1
    s.mean = s.mean + (a.words - s.mean) / s.n * 1.1
    s.languages[a.language] = (s.languages[a.language] or 0) + 1
  end,
  merge = function(s, t)
    s.mean = (s.mean * s.n + t.mean * t.n) / (s.n + t.n)
    s.n = s.n + t.n
    for k, n in pairs(t.languages) do s.languages[k] = (s.languages[k] or 0) + n end
  end,
  finish = function(s, _, out)
    out:write(("%d %.17g"):format(s.n, s.mean), "\n")
    for _, k in ipairs(keys(s.languages)) do out:write(k, " ", s.languages[k], "\n") end
  end }]]

-- Something else is changed of every article, or nothing.
local CHANGES = [=[
local first = "^[%z\1-\127\194-\244][\128-\191]*"
local change = {
  function(a) return { headline = 'A "new"\n' .. (a.headline or "") } end,
  function(a) return { note = { a.words, "x" }, language = "de" } end,
  function(a) return { text = a.text .. "\n\nMore.", keywords = { "a", "b" } } end,
  function(a) return { blocks = { { from = 1, to = #a.text:match(first), kind = "h" } } } end,
  function() return { url = "https://x.example/", published = "2020-01", authors = { "A B" } } end,
  function(a) return { spans = { { 1, #a.text, { all = true } } } } end,
  function() return { dateline = { place = "Oslo" }, section = "s" } end,
}
return { kind = "extractor", args = { kind = { "integer", default = 0, help = "which" } },
  each = function(a, opt)
    local made = change[opt.kind > 0 and opt.kind or a.words % 9 + 1]
    return made and made(a)
  end }]=]

local ROW = '{"url":"https://example.com/%d","headline":"Article %d","language":"%s","text":"%s."}'

-- 1,500 articles: six chunks, and texts that differ.
local function many()
  local rows = {}
  for i = 1, 1500 do
    local words = ("word%d "):format(i):rep(i % 37 + 1)
    rows[i] = ROW:format(i, i, i % 3 == 0 and "de" or "en", words)
  end
  return table.concat(rows, "\n") .. "\n"
end

describe("a run in many threads", function()
  local s

  setup(function()
    s = session.new()
    s:file("news.jsonl", many())
    s:file("note.lua", NOTE)
    s:file("tally.lua", TALLY)
    assert.are.equal(0, select(3, s:run("sheaf pack news.jsonl -o news.sheaf -q")))
  end)

  teardown(function() s:close() end)

  local function output(command)
    local out, err, status = s:run(command)
    return out .. "\n--\n" .. err:gsub(" in [%d.]+ m?s", "") .. status
  end

  local function same_with_any_threads(arguments)
    local alone = output("sheaf run " .. arguments .. " --threads 1")
    for _, threads in ipairs { 2, 16 } do
      assert.are.equal(alone, output(("sheaf run %s --threads %d"):format(arguments, threads)), arguments)
    end
    return alone
  end

  it("writes the same bytes with 1, 2 and 16 threads", function()
    for _, arguments in ipairs {
      "news.sheaf --to jsonl", "news.jsonl --to jsonl",
      "news.sheaf --extract ./note.lua -e 'a.words > 5' --to csv:columns=id,attributes -v",
      "news.jsonl --extract ./note.lua --filter language:only=de --to text",
      "news.sheaf --to markdown:title=All", "news.sheaf -e 'a.words > 25' --to html",
      "news.sheaf --to ./tally.lua", "news.jsonl --to ./tally.lua", "news.sheaf --to stats",
      "news.sheaf --filter sample:number=700 --extract ./note.lua --to jsonl -v",
      "news.sheaf --filter words:min=10 --filter unique --to csv -v",
      "news.sheaf --where 'a:has(\"word77\")' --to jsonl",
      "news.sheaf --where 'a.words > 20' --to ./tally.lua",
      "news.sheaf --sort -words --extract ./note.lua --to jsonl", "news.sheaf news.jsonl --to ./tally.lua",
      "news.sheaf --limit 300 --to ./tally.lua", "news.jsonl --limit 411 --extract ./note.lua --to jsonl",
    } do
      assert.is_truthy(#same_with_any_threads(arguments) > 30, arguments)
    end
  end)

  -- Rows of a sheaf are copied as far as nothing was changed; rows of JSON are read and written.
  it("writes what was changed, and what was not, as a run on JSON does", function()
    s:file("changes.lua", CHANGES)
    s:run(("sheaf pack '%s/seeds' -o seeds.sheaf -q"):format(require("lfs").currentdir()))
    assert.are.equal(0, select(3, s:run("sheaf export jsonl seeds.sheaf -o seeds.jsonl -q")))
    for kind = 0, 8 do
      for _, to in ipairs { "jsonl", "jsonl:keys=blocks,text,layers,attributes,headline" } do
        local run = ("sheaf run %%s -q --extract ./changes.lua:kind=%d --to %s"):format(kind, to)
        local rows = output(run:format("seeds.jsonl"))
        assert.are.equal(rows, output(run:format("seeds.sheaf")))
        assert.matches("\n%-%-\n0$", rows)
      end
    end
  end)

  it("gives the first rows of the whole run when there is a limit", function()
    local all = s:run("sheaf run news.sheaf --extract ./note.lua --to jsonl --threads 3")
    local some = s:run("sheaf run news.sheaf --extract ./note.lua --to jsonl --limit 700 --threads 3")
    assert.are.equal(some, all:sub(1, #some))
    assert.are.equal(700, select(2, some:gsub("\n", "")))
  end)

  it("adds up no more than the limit, by chunks as well", function()
    s:file("odd.lua", [[return { kind = "filter", order = "any", each = function(a)
      if a.headline:find("50$") then error("fifty") end
      return a.headline:find("[13579]$") or math.random(3) == 1
    end }]])
    for _, number in ipairs { 1, 255, 256, 257, 600, 1500, 2000 } do
      local rest = ("--limit %d --to ./tally.lua"):format(number)
      local whole = same_with_any_threads("news.sheaf " .. rest)
      assert.are.equal(whole, same_with_any_threads("news.jsonl " .. rest))
      assert.are.equal(math.min(number, 1500), tonumber(whole:match("^%d+")))
      local odd = "%s --filter ./odd.lua --on-error skip -v " .. rest
      local some = same_with_any_threads(odd:format("news.sheaf"))
      assert.are.equal(some, same_with_any_threads(odd:format("news.jsonl")))
    end
    local chosen = same_with_any_threads("news.sheaf --where 'a.words > 20' --limit 300 --to ./tally.lua")
    assert.matches("^300 ", chosen)
  end)

  it("tells failures in the order of the articles, whatever is done with them", function()
    s:file("bad.lua", [[return { kind = "filter", order = "any", each = function(a)
      if a.headline:find("00$") then error("round") end
      return a.words > 3
    end }]])
    local told = same_with_any_threads(
      "news.sheaf --filter ./bad.lua --on-error skip --to jsonl --report r.jsonl")
    assert.is_truthy(told:find("plugins failed on 15 articles: 15 bad", 1, true))
    local headlines = s:run("jq -r .headline r.jsonl")
    assert.are.equal("Article 100\nArticle 200\nArticle 300\n", headlines:sub(1, 36))
    local stopped = same_with_any_threads("news.jsonl --filter ./bad.lua --to jsonl -o out.jsonl")
    assert.is_truthy(stopped:find('"Article 100"', 1, true))
    assert.are.equal("2", stopped:sub(-1))
  end)

  it("leaves nothing of an article on which the exporter failed", function()
    s:file("half.lua", [[return { kind = "exporter", rows = true, each = function(a, _, out)
      out:write("begin ")
      if a.headline == "Article 2" then error("no") end
      out:write(a.headline, "\n")
    end }]])
    local out = same_with_any_threads("news.sheaf --to ./half.lua --limit 2 --on-error skip")
    assert.are.equal("begin Article 1\nbegin Article 3\n", out:match("^(.-)\n%-%-"))
  end)

  local BETWEEN = [[return { kind = "exporter", api = 1, rows = %s,
    between = function(opt) return opt.mark end,
    args = { mark = { "string", default = " + ", help = "what stands between" } },
    open = function(out) out:write("= ") end,
    close = function(out) out:write("\n") end,
    each = function(a, _, out)
      out:write(a.headline:match("%%d+"))
      if a.headline:find("[02]$") then error("no") end
    end, }]]

  it("puts what an exporter says between its articles, and nowhere else", function()
    s:file("sum.lua", BETWEEN:format("true"))
    local whole = same_with_any_threads("news.sheaf --to ./sum.lua --on-error skip"):match("^[^\n]*")
    assert.matches("^= 1 %+ 3 %+ 4 %+ 5 .* %+ 1499$", whole)
    assert.is_nil(whole:find("+ +", 1, true))
    for _, rest in ipairs {
      "--limit 300", "--limit 1", "-e 'a.words > 36'", "-e 'a.headline == \"Article 777\"'", "-e false",
      "--filter sample:number=90", "--filter unique",
    } do
      local out = same_with_any_threads("news.sheaf --on-error skip --to ./sum.lua " .. rest)
      assert.matches("^= [%d+ ]*\n", out, nil, nil, rest)
      assert.is_nil(out:find("+ +", 1, true) or out:find("+ \n", 1, true) or out:find("= +", 1, true))
    end
    local starred = s:run("sheaf run news.jsonl --limit 3 --on-error skip --to './sum.lua:mark=*'")
    assert.are.equal("= 1*3*4\n", starred)
  end)

  it("does the same for an exporter that writes in order, and one whose filter remembers", function()
    s:file("sum.lua", BETWEEN:format("true"))
    s:file("slow.lua", BETWEEN:format("false"))
    s:file("third.lua", [[local n = 0
      return function(a) n = n + 1 return n % 3 == 0 and #a.headline < 12 end]])
    for _, more in ipairs { "", " --filter ./third.lua" } do
      local rest = "-e 'a.headline:find(\"1$\")'" .. more
      local sum = same_with_any_threads("news.sheaf --to ./sum.lua " .. rest)
      assert.are.equal(sum, same_with_any_threads("news.sheaf --to ./slow.lua " .. rest))
      assert.matches("^= %d*1 %+ %d+1", sum)
    end
  end)

  it("finds out when a filter remembers, and gives it the articles in order", function()
    s:file("every.lua", [[local n = 0
      return function(a) n = n + 1 return n % 2 == 0 end]])
    local out = same_with_any_threads("news.sheaf --filter ./every.lua --to jsonl:keys=headline")
    assert.is_truthy(out:find('Article 1500"', 1, true))
    assert.is_nil(out:find('Article 1499"', 1, true))
    s:file("late.lua", [[local seen = {}
      return function(a)
        if a.headline == "Article 1000" then seen[1] = true end
        return not seen[1]
      end]])
    s:play [[
      $ sheaf run news.sheaf --filter ./late.lua --to jsonl -o late.jsonl
      ! sheaf: filter 'late' keeps something from one article to the next and does not say so
      !   add order = "input" to its table; or order = "any", when what it keeps changes no result
      ? 2
    ]]
    local said = 'return { kind = "filter", order = "input", each = function'
    s:file("late.lua", s:read("late.lua"):gsub("return function", said, 1) .. "}")
    local ordered = same_with_any_threads("news.sheaf --filter ./late.lua --to jsonl:keys=headline")
    assert.are.equal(999, select(2, ordered:gsub("headline", "")))
  end)

  it("adds up what shards have counted to the bytes of the whole run", function()
    for _, exporter in ipairs { "./tally.lua", "stats" } do
      local whole = s:run("sheaf run news.sheaf -e 'a.words > 4' --to " .. exporter)
      for of = 1, 5, 2 do
        for i = 1, of do
          local command = "sheaf run news.sheaf -e 'a.words > 4' --to %s --shard %d/%d -o s%d -q"
          local _, err, status = s:run(command:format(exporter, i, of, i))
          assert.are.equal(0, status, err)
        end
        local states = { "s5", "s1", "s4", "s2", "s3" }
        local names = {}
        for _, name in ipairs(states) do
          if tonumber(name:sub(2)) <= of then names[#names + 1] = name end
        end
        local merged, err = s:run(("sheaf merge %s --to %s"):format(table.concat(names, " "), exporter))
        assert.are.equal(whole, merged, err)
      end
    end
  end)

  it("writes rows of shards that only have to stand one behind the other", function()
    s:play [[
      $ sheaf run news.sheaf --to csv > all.csv
      $ for i in 1 2 3 4; do sheaf run news.sheaf --to csv --shard $i/4; done > four.csv
      $ cmp all.csv four.csv && wc -l < four.csv
      1501
    ]]
  end)

  it("refuses shards of what needs the whole, and states that do not fit", function()
    s:play [[
      $ sheaf run news.sheaf --filter unique --shard 1/2 --to csv
      ! sheaf: filter 'unique' judges an article by those before it; a shard does not see them all
      !   …
      ? 2
      $ sheaf run news.sheaf --to markdown --shard 1/2
      ! sheaf: exporter 'markdown' writes all articles in one go, so it cannot be run in shards
      !   what stands between its articles would be missing between the shards
      ? 2
      $ sheaf run news.jsonl --to csv --shard 1/2
      ! sheaf: --shard takes sheaves, and news.jsonl is none
      !   sheaf pack makes one
      ? 2
      $ sheaf run news.sheaf --to csv --shard 3/2
      ! sheaf: --shard 3/2: which of how many, as in --shard 2/4
      ? 2
      $ sheaf run news.sheaf --to stats --shard 1/2 -o one -q; sheaf merge one
      ! sheaf: shard 2 of 2 is missing
      ? 2
      $ sheaf run news.sheaf -e 'a.words > 9' --to stats --shard 2/2 -o two -q; sheaf merge one two
      ! sheaf: one and two come from different runs: their plan is not the same
      ? 2
      $ head -c 900 one > cut; sheaf merge cut
      ! sheaf: shard 2 of 2 is missing
      ? 2
      $ sheaf run news.sheaf --to stats --shard 1/1 -o one -q; head -c 900 one > cut; sheaf merge cut
      ! sheaf: cut is no whole state: it is cut off
      !   run its shard again
      ? 2
    ]]
  end)

  it("reads what was in quarantine again, and lets it go when it passes", function()
    s:file("picky.lua", [[return { kind = "filter", order = "any",
      args = { strict = { "boolean", default = true } },
      each = function(a, opt)
        if opt.strict and a.headline:find("99$") then error("too round") end
        return true
      end }]])
    s:play [[
      $ sheaf run news.sheaf --filter ./picky.lua --on-error quarantine -o fine.jsonl
      ! plugins failed on 15 articles: 15 picky
      !   …too round…
      ! …
      ? 3
      $ mv fine.jsonl.q* bad.jsonl; wc -l < bad.jsonl
      15
      $ jq -r .attributes.quarantine.problem bad.jsonl | sort -u
      too round
      $ sheaf run bad.jsonl --filter ./picky.lua:strict=no --to jsonl > again.jsonl
      $ wc -l < again.jsonl; grep -c quarantine again.jsonl
      15
      0
      ? 1
      $ sheaf run bad.jsonl -e 'a.attributes.quarantine.plugin == "picky"' --limit 1 --to jsonl:keys=headline
      {"headline":"Article 99"}
      $ sheaf run bad.jsonl --filter ./picky.lua:strict=no -o again.sheaf -q
      $ sheaf show again.sheaf 1 --json | grep -c quarantine
      0
      ? 1
    ]]
  end)

  it("runs an extractor before those that need what it adds", function()
    s:file("second.lua", [[return { kind = "extractor", order = "any", needs = { "attributes.note" },
      each = function(a) return { section = "after " .. tostring(a.attributes.note.note) } end }]])
    s:file("third.lua", [[return { kind = "filter", order = "any", needs = { "attributes.note" },
      each = function(a) return a.attributes.note ~= nil end }]])
    s:file("one.lua", 'return { kind = "extractor", needs = { "attributes.two" }, each = function() end }')
    s:file("two.lua", 'return { kind = "extractor", needs = { "attributes.one" }, each = function() end }')
    s:file("spans.lua",
      'return { kind = "filter", needs = { "layers.quotes" }, each = function() return true end }')
    s:play [[
      $ echo sheaf run news.sheaf --extract ./second.lua --filter ./third.lua --extract ./note.lua > go
      $ sed -i 's/$/ "$@"/' go; sh go --limit 1 --to csv:columns=section,header=no
      after …
      $ sheaf run news.sheaf --extract ./one.lua --extract ./two.lua --to csv
      ! sheaf: these plugins need one another: one needs two needs one
      ? 2
      $ sheaf run news.sheaf --filter ./spans.lua --to csv
      ! sheaf: filter 'spans' needs the layer 'quotes', which nothing gives
      !   --extract quotes makes it, --layer quotes joins one that the sheaf has
      ? 2
      $ sheaf run news.sheaf --filter ./third.lua --to csv:header=no
      ! …filter 'third' needs attributes.note, which nothing in this run adds…
      ! no article found
      ? 1
    ]]
  end)

  it("lets a plugin that names its needs read these, and nothing else", function()
    s:file("greedy.lua", 'return { kind = "filter", order = "any", needs = { "words" },\n'
      .. '  each = function(a) return a.headline ~= nil end }')
    s:file("wordy.lua", 'return { kind = "filter", order = "any", needs = { "words" },\n'
      .. '  each = function(a) return a:has("x") end }')
    s:play [[
      $ sheaf run news.sheaf --filter ./greedy.lua --to csv
      ! sheaf: filter 'greedy' failed on article …
      !   ./greedy.lua:2: 'headline' is not among what the plugin needs: add "headline" to its needs
      ! …
      ? 2
      $ sheaf run news.jsonl --filter ./wordy.lua --to csv
      ! sheaf: filter 'wordy' failed on article …
      !   ./wordy.lua:2: a:has() reads the text: add "text" to the needs of the plugin
      ! …
      ? 2
    ]]
  end)

  it("tests that the parts of an exporter add up, and that rows stand alone", function()
    local sample = 'tests = { { give = { { text = "One." }, { text = "Two." }, { text = "Three." } }, '
      .. "want = %q } } }"
    s:file("first.lua", [[return { kind = "exporter", api = 1,
      start = function() return { n = 0 } end,
      add = function(s) s.n = s.n + 1 end,
      merge = function(s) return s end,
      finish = function(s, _, out) out:write(s.n) end, ]] .. sample:format("3"))
    s:file("shy.lua", [[local first = true
      return { kind = "exporter", api = 1, rows = true,
      open = function() first = true end,
      each = function(a, _, out) out:write(first and "" or ",", a.words) first = false end, ]]
      .. sample:format("1,1,1"))
    local first, shy = s:run("sheaf plugin test ./first.lua"), s:run("sheaf plugin test ./shy.lua")
    assert.is_truthy(first:find("'merge' does not add up what 'add' does", 1, true))
    assert.is_truthy(shy:find("depends on those before it", 1, true))
  end)
end)
