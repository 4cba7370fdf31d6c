-- share_spec.lua - collections without their text, and the text put in again from other copies.
-- luacheck: no max line length

local session = require "spec.cli.session"
local core = require "sheaf.core"

local first = "The harbour of Lerwick opened again on Monday after the longest storm in living memory.\n\n"
  .. "“We have waited eleven days for this, and nobody will wait for breakfast,” said Mina Okafor, who leads "
  .. "the pilots. The council has set money aside for the broken pier. Engineers will look at the northern "
  .. "wall in June, when the water is low, and say whether it must be built anew."
local second = "A bakery in Bergen has won the prize for the best rye bread of the coast, for the third year in a "
  .. "row, and its owner says that the oven is older than the house that stands around it. Nobody is surprised."
local third = "莱尔维克的港口在星期一重新开放。渔船在黎明前出发，第一班渡轮预计晚上到达。"

local articles = {
  { headline = "Harbour opens", url = "https://npa.example/1", published = "2021-03-01", publisher = "NPA", language = "en", text = first },
  { headline = "Bread prize", url = "https://lantern.example/2", published = "2021-02-03", language = "en", text = second },
  { headline = "港口", url = "https://bao.example/3", language = "zh", text = third },
}

local function lines(list)
  local out = {}
  for i, a in ipairs(list) do out[i] = core.encode(a) .. "\n" end
  return table.concat(out)
end

local function records(text)
  local list = {}
  for line in text:gmatch("[^\n]+") do list[#list + 1] = core.decode(line) end
  return list
end

describe("sheaf strip", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", lines(articles))
    s:file("c.lua", [[return { title = "Lerwick", curator = "M. O.", introduction = "Hello.", sources = { "news.jsonl" }, extract = { "quotes" },
      sections = { { title = "Boats", text = "B.", where = "a:has('Lerwick')" }, { title = "Rest" } },
      notes = { ["https://npa.example/1"] = { text = "Mine.", spans = {
        { quote = "eleven days for this", text = "Ten." }, { quote = "built anew", text = "Was not." }, { quote = "longest storm", text = "Hm." } } },
        ["https://bao.example/3"] = { spans = { { quote = "第一班渡轮", text = "Ferry." } } } },
      outputs = { sheaf = "c.sheaf" } }]])
    s:run "sheaf bind -q c.lua"
  end)

  after_each(function() s:close() end)

  it("leaves no five words of any text", function()
    s:run "sheaf strip -q c.lua -o c.jsonl; sheaf strip -q c.sheaf -o d.json"
    for _, name in ipairs { "c.jsonl", "d.json" } do
      local text = s:read(name)
      for _, words in ipairs { "waited eleven days", "longest storm", "oven is older", "渔船在黎明前", "built anew" } do
        assert.falsy(text:find(words, 1, true), words)
      end
      assert.truthy(text:find("Ten.", 1, true))
    end
  end)

  it("keeps ids, hashes, chosen fields, notes and places, of a recipe and of a sheaf alike", function()
    s:run "sheaf strip -q c.lua -o c.jsonl; sheaf strip -q c.sheaf -o d.json"
    local list, whole = records(s:read "c.jsonl"), core.decode((s:read "d.json"))
    assert.same({ "Boats", "Rest" }, { list[1].collection.sections[1].title, list[1].collection.sections[2].title })
    assert.equal(4, #list)
    assert.same(list[2], whole.articles[1])
    assert.is_nil(whole.collection)
    local harbour = list[2].headline == "Harbour opens" and list[2] or list[3]
    assert.equal(core.sha256(first), harbour.text)
    assert.equal("https://npa.example/1", harbour.url)
    assert.equal(3, #harbour.note.spans)
    assert.equal("longest storm", first:sub(harbour.note.spans[1].from + 1, harbour.note.spans[1].to))
    assert.equal(1, #harbour.layers.quotes.spans)
    assert.equal("Mina Okafor", harbour.layers.quotes.spans[1].data.speaker)
  end)

  it("knows a text by its runs of words, whatever case, accents and marks", function()
    local runs = core.runs("Élan vital,\nthe OLD harbour -- don't 3.5", 3)
    local want = {}
    for i, run in ipairs { "elan vital the ", "vital the old ", "the old harbour ", "old harbour don't ", "harbour don't 3.5 " } do
      want[i] = tonumber("0x" .. core.hash(run))
    end
    assert.same(want, runs)
    assert.equal(1, #core.runs("", 5))
    assert.same(core.runs("One two", 5), core.runs("one - TWO", 5))
    assert.equal(200, #core.runs(("x y "):rep(100), 1))
    assert.has_error(function() core.runs("x", 0) end)
  end)

  it("keeps what --keep names", function()
    local list = records((s:run "sheaf strip news.jsonl --keep publisher -q"))
    assert.equal("NPA", list[2].publisher)
    assert.is_nil(list[2].url or list[2].headline)
    list = records((s:run "sheaf strip news.jsonl --keep none -q"))
    assert.is_nil(list[2].publisher)
    s:play [[
      $ sheaf strip news.jsonl --keep txet
      ! sheaf: --keep: unknown field 'txet'…
      !   what can be kept: url, canonical_url, headline, published, modified, publisher, provider, section, language, byline
      ? 2
    ]]
  end)
end)

describe("sheaf hydrate", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", lines(articles))
    s:file("c.lua", [[return { title = "Lerwick", curator = "M. O.", sources = { "news.jsonl" }, extract = { "quotes" },
      sections = { { title = "Boats", where = "a:has('Lerwick')" }, { title = "Rest" } },
      notes = { ["https://npa.example/1"] = { text = "Mine.", spans = {
        { quote = "eleven days for this", text = "Ten." }, { quote = "built anew", text = "Was not." }, { quote = "longest storm", text = "Hm." } } },
        ["https://bao.example/3"] = { spans = { { quote = "第一班渡轮", text = "Ferry." } } } },
      outputs = { sheaf = "c.sheaf" } }]])
    s:run "sheaf bind -q c.lua; sheaf strip -q c.lua -o c.jsonl"
  end)

  after_each(function() s:close() end)

  local function own(changed)
    local list = {}
    for i, a in ipairs(articles) do
      list[i] = { headline = a.headline, text = changed[i] == nil and a.text or changed[i], url = changed.url and a.url }
      if changed[i] == false then list[i].text = "Nothing that anybody has asked for stands here, and nothing else." end
    end
    s:file("mine.jsonl", lines(list))
  end

  local function spans_of(name)
    local list = {}
    for _, row in ipairs(records((s:run("sheaf layers " .. name .. " --export notes")))) do
      local text = s:run(("sheaf show %s %s --text"):format(name, row.id))
      for _, span in ipairs(row.spans or {}) do
        local from, to = utf8.offset(text, span[1] + 1), utf8.offset(text, span[2] + 1) - 1
        list[#list + 1] = text:sub(from, to) .. ": " .. span[3].text
      end
    end
    table.sort(list)
    return list
  end

  it("gives back texts, layers and notes where the texts are the same", function()
    own {}
    s:play [[
      $ sheaf hydrate c.jsonl --from mine.jsonl -o y.sheaf | cut -f2-
      same text	Harbour opens
      same text	Bread prize
      same text	港口
      ! 3 of 3 articles found, in y.sheaf; its recipe is y.lua
      ? 0
    ]]
    assert.same({ "built anew: Was not.", "eleven days for this: Ten.", "longest storm: Hm.", "第一班渡轮: Ferry." }, spans_of "y.sheaf")
    assert.equal((s:run "sheaf layers c.sheaf --export quotes | jq -c .spans"), (s:run "sheaf layers y.sheaf --export quotes | jq -c .spans"))
  end)

  it("makes a recipe that binds the same collection again", function()
    own { url = true }
    s:run "sheaf hydrate -q c.jsonl --from mine.jsonl -o y.sheaf"
    s:play [[
      $ sheaf bind -n y.lua | cut -d' ' -f3- | grep .
      Lerwick
      …
      $ sheaf bind -q y.lua --only html
      $ grep -c Okafor y.html
      1
    ]]
    assert.equal((s:run "sheaf strip c.lua -q | tail -n +2 | jq -c '[.text, .note]'"),
      (s:run "sheaf strip y.lua -q | tail -n +2 | jq -c '[.text, .note]'"))
  end)

  it("reads what was stripped from a sheaf, a JSON file, and lines alike", function()
    own { url = true }
    s:run "sheaf strip -q c.lua -o d.json; sheaf strip -q c.lua -o e.sheaf; sheaf strip -q c.sheaf -o f.sheaf"
    assert.equal("Harbour opens\nBread prize\n港口\n", (s:run "sheaf ls e.sheaf --json | jq -r .headline"))
    assert.equal("null\n", (s:run "sheaf show e.sheaf 1 --json | jq .text"))
    s:run "for x in c.jsonl d.json e.sheaf f.sheaf; do sheaf hydrate -q $x --from mine.jsonl -o y-$x.sheaf; done"
    for _, x in ipairs { "d.json", "e.sheaf", "f.sheaf" } do
      assert.equal((s:run "sheaf layers y-c.jsonl.sheaf --export notes"), (s:run("sheaf layers y-" .. x .. ".sheaf --export notes")))
      assert.equal((s:run "sheaf export jsonl y-c.jsonl.sheaf"), (s:run("sheaf export jsonl y-" .. x .. ".sheaf")))
    end
    assert.equal((s:run "sed s/y-c.jsonl/y-e.sheaf/g y-c.jsonl.lua"), s:read "y-e.sheaf.lua")
    local _, err, status = s:run "sheaf hydrate c.sheaf --from mine.jsonl -o z.sheaf"
    assert.equal(2, status)
    assert.truthy(err:find("c.sheaf: article 1 has no id or no hash", 1, true), err)
  end)

  it("finds an altered copy by what it shares, and puts notes on their words", function()
    local altered = "LERWICK — " .. first:gsub("“", '"'):gsub("”", '"'):gsub("council", "town"):gsub("built anew", "built again")
      :gsub("\n\n", " ") .. " More will be known then."
    own { altered, false }
    local out, err, status = s:run "sheaf hydrate c.jsonl --from mine.jsonl -o y.sheaf"
    assert.equal(3, status)
    assert.truthy(out:find("near, %d%d %%\tHarbour opens"), out)
    assert.truthy(out:find("does not fit\tthe note on words 3: its words are not in this copy", 1, true), out)
    assert.truthy(out:find("not found\tBread prize", 1, true), out)
    assert.truthy(out:find("same text\t港口", 1, true), out)
    assert.truthy(err:find("2 of 3 articles found, in y.sheaf; its recipe is y.lua\n1 span or note did not fit", 1, true), err)
    assert.same({ "eleven days for this: Ten.", "longest storm: Hm.", "第一班渡轮: Ferry." }, spans_of "y.sheaf")
  end)

  it("takes the very text before the same address, and that before another copy", function()
    local near = first .. " One more sentence."
    s:file("mine.jsonl", lines { { headline = "a", text = near .. " And another." }, { headline = "b", text = near, url = "https://npa.example/1" },
      { headline = "c", text = near .. " And yet another." } })
    assert.truthy((s:run "sheaf hydrate c.jsonl --from mine.jsonl -o y.sheaf"):find("same address, 100 %%\tHarbour opens"))
    assert.equal("b\n", (s:run "sheaf ls y.sheaf --json | jq -r .headline"))
    s:file("more.jsonl", lines { { headline = "d", text = first } })
    s:run "sheaf hydrate c.jsonl --from mine.jsonl --from more.jsonl -o z.sheaf"
    assert.equal("d\n", (s:run "sheaf ls z.sheaf --json | jq -r .headline"))
  end)

  it("says when nothing is found, and leaves nothing", function()
    own { false, false, false }
    s:play [[
      $ sheaf hydrate c.jsonl --from mine.jsonl -o y.sheaf | cut -f2
      not found
      not found
      not found
      ! none of 3 articles was found
      $ ls y.* 2>/dev/null
      ? 2
      $ sheaf hydrate c.jsonl -o y.sheaf
      ! sheaf: where are your own copies? --from PILE
      ? 2
      $ sheaf hydrate news.jsonl --from mine.jsonl -o y.sheaf
      ! sheaf: news.jsonl is nothing that sheaf strip has written
      ? 2
    ]]
  end)

  it("tells it as JSON, and believes no place that lies", function()
    own {}
    local list = records(s:read "c.jsonl")
    for _, record in ipairs(list) do
      if record.note then
        record.note.spans = { { from = 0, to = 10 ^ 9 // 1 | 0, sha256 = "x", text = "a" }, { from = -3, to = 2, text = "b" }, { text = "c" },
          { from = 5, to = 2, sha256 = core.sha256(""), text = "d" }, "e" }
      end
    end
    s:file("c.jsonl", lines(list))
    local out, err, status = s:run "sheaf hydrate c.jsonl --from mine.jsonl -o y.sheaf --json"
    assert.equal(3, status, err)
    assert.equal(5, #records(out)[1].misfits)
  end)
end)
