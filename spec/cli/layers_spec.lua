-- layers_spec.lua - what extractors add beside the articles of a sheaf.

local session = require "spec.cli.session"

local capitals = [[
return {
  kind = "extractor", api = 1, version = "%s", about = "Words with a capital letter.",
  each = function(a)
    local spans = {}
    for from, word, to in a.text:gmatch("()(%%u%%l+)()") do
      spans[#spans + 1] = { from, to - 1, { word = word } }
    end
    if #spans > 1 then return { count = #spans, spans = spans } end
  end,
}
]]

describe("sheaf layers", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", (session.articles:gsub("The harbour", "The härbour")))
    s:file("capitals.lua", capitals:format("1.2.0"))
    s:run("sheaf pack news.jsonl -o a.sheaf && cp a.sheaf before && "
      .. "sheaf run a.sheaf --extract ./capitals.lua --to layer -q")
  end)

  after_each(function() s:close() end)

  it("adds a layer in one commit and writes no article again", function()
    s:play [==[
      $ cmp -n $(stat -c %s before) before a.sheaf
      $ sheaf layers a.sheaf | cut -f1-3,5
      capitals	1.2.0	2	2
      $ sheaf layers a.sheaf --json | jq -c '[.name, .rows]'
      ["capitals",2]
      $ sheaf verify a.sheaf
      a.sheaf: whole, 3 articles, …
      $ unzip -p a.sheaf 'layers/*' | zstdcat | jq -c '.spans[1]'
      [16,23,{"word":"Lerwick"}]
      [4,7,{"word":"Zug"}]
    ]==]
  end)

  it("joins a layer with its articles, in filters, exports and shows", function()
    s:play [==[
      $ sheaf run a.sheaf --layer capitals -e 'a.layers.capitals.count == 4' --to jsonl:keys=headline
      {"headline":"Harbour reopens after the storm"}
      $ sheaf run a.sheaf --layer capitals --where '#a.layers.capitals.spans > 4' --to jsonl:keys=headline
      {"headline":"Ein Zug kommt an"}
      $ sheaf ls a.sheaf --layer capitals
      ! …
      ? 2
      $ sheaf export jsonl:keys=layers a.sheaf --layer capitals | jq -c '.layers.capitals.spans[1]'
      [16,23,{"word":"Lerwick"}]
      null
      [4,7,{"word":"Zug"}]
      $ sheaf export jsonl:spans=characters a.sheaf --layer capitals > rows
      $ head -1 rows | jq -c '.layers.capitals.spans[1]'
      [15,22,{"word":"Lerwick"}]
      $ sheaf show a.sheaf 1 --layers | grep Lerwick
      capitals     17-23 “Lerwick” {"word":"Lerwick"}
      The härbour of Lerwick opened again on Monday.
      $ sheaf export jsonl a.sheaf --layer captals
      ! sheaf: a.sheaf has no layer 'captals'; did you mean 'capitals'?
      !   sheaf layers a.sheaf lists them
      ? 2
    ]==]
  end)

  it("exports rows whose offsets count characters", function()
    s:play [==[
      $ sheaf layers a.sheaf --export capitals | jq -c '[.fields.count, .spans[1]]'
      [4,[15,22,{"word":"Lerwick"}]]
      [5,[4,7,{"word":"Zug"}]]
      $ sheaf layers a.sheaf --export capitals -o rows.jsonl
      ! wrote 2 rows to rows.jsonl
      $ sheaf show a.sheaf 1 --json | jq -j .text | sha256sum | cut -c1-16 > sum
      $ head -1 rows.jsonl | jq -r .text_hash | cmp - sum
    ]==]
  end)

  it("replaces an older version, and drops a layer", function()
    s:file("capitals.lua", capitals:format("2.0.0"))
    s:play [==[
      $ sheaf run a.sheaf --where 'a.language == "de"' --extract ./capitals.lua --to layer
      ! added layer capitals@2.0.0 to a.sheaf: 1 row on 1 article, in …
      $ sheaf layers a.sheaf | cut -f1-3
      capitals	2.0.0	1
      $ sheaf layers a.sheaf --drop capitals -q
      $ sheaf layers a.sheaf
      ! a.sheaf has no layers
      ? 1
      $ sheaf layers a.sheaf --drop capitals
      ! sheaf: a.sheaf has no layer capitals
      ? 2
      $ sheaf verify a.sheaf
      a.sheaf: whole, 3 articles, …
    ]==]
  end)

  it("carries layers through merge, compact and split", function()
    s:file("more.jsonl", '{"headline":"More","text":"Anna met Bertha."}\n')
    s:play [==[
      $ sheaf pack more.jsonl -o b.sheaf -q && sheaf run b.sheaf --extract ./capitals.lua --to layer -q
      $ sheaf rm a.sheaf 1 --yes -q > /dev/null
      $ sheaf merge a.sheaf b.sheaf -o m.sheaf -q
      $ sheaf layers m.sheaf --export capitals | jq -r '.spans[1][2].word'
      Zug
      Bertha
      $ sheaf compact --full a.sheaf -q
      $ sheaf layers a.sheaf --export capitals | jq -r '.spans[1][2].word'
      Zug
      $ sheaf split m.sheaf --by count=1 -o p -q > /dev/null
      $ sheaf layers p/m-0003.sheaf --export capitals | jq -r '.spans[1][2].word'
      Bertha
    ]==]
  end)

  it("gives spans of an extractor to exporters without storing them", function()
    s:play [==[
      $ sheaf run news.jsonl --extract ./capitals.lua --limit 1 --to jsonl > rows
      $ jq -c '.layers.capitals.spans[1]' rows
      [16,23,{"word":"Lerwick"}]
    ]==]
  end)

  it("refuses what is no span, and what is no sheaf", function()
    s:file("wild.lua", [[return { kind = "extractor", version = "1", api = 1, about = "Wrong.",
      each = function(a) return { spans = { { 1, 1000 } } } end }]])
    s:play [==[
      $ sheaf run a.sheaf --extract ./wild.lua --to layer
      ! sheaf: …
      …
      ? 2
      $ sheaf layers a.sheaf | cut -f1
      capitals
      $ sheaf run news.jsonl --extract ./capitals.lua --to layer
      ! sheaf: --to layer adds to one sheaf: sheaf run X.sheaf --extract PLUGIN --to layer
      ? 2
      $ sheaf run a.sheaf --to layer
      ! sheaf: --to layer needs an extractor: --extract PLUGIN
      ? 2
    ]==]
  end)
end)
