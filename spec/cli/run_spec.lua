-- run_spec.lua - plugins, exporters and scripts from the command line.

local session = require "spec.cli.session"

describe("sheaf run and export", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
  end)

  after_each(function() s:close() end)

  it("runs filters in the order given", function()
    s:play [[
      $ sheaf run news.jsonl -e 'a.words > 5' --filter language:only=en --to jsonl:keys=headline
      {"headline":"Harbour reopens after the storm"}
      $ sheaf run news.jsonl -v -e 'a.words > 5' --filter language:only=en --to jsonl:keys=headline
      {"headline":"Harbour reopens after the storm"}
      ! -e dropped 1 article
      ! language dropped 1 article
    ]]
  end)

  it("lets a filter see what an extractor before it has added", function()
    s:file("loud.lua", [[return { kind = "extractor", each = function(a) return { section = "loud" } end }]])
    s:play [[
      $ sheaf run news.jsonl -e 'a.section == "loud"' --extract ./loud.lua --to jsonl:keys=section
      ! no article found
      ? 1
      $ sheaf run news.jsonl --extract ./loud.lua -e 'a.section == "loud"' --limit 1 --to jsonl:keys=section
      {"section":"loud"}
    ]]
  end)

  it("writes JSON lines in a pipe, and what the file's ending says to a file", function()
    s:play [[
      $ sheaf run news.jsonl --limit 1 | jq -r .headline
      Harbour reopens after the storm
      $ sheaf run news.jsonl -o news.csv
      ! wrote 3 articles to news.csv in …
      $ sheaf run news.jsonl -o news.md -q && grep -c Bakery news.md
      …
      $ sheaf run news.jsonl -o long.sheaf -e 'a.words > 5'
      ! packed 2 articles into long.sheaf in …
      $ sheaf ls long.sheaf | cut -f4
      13
      16
      $ ls
      long.sheaf
      news.csv
      news.jsonl
      news.md
    ]]
    assert.is_truthy(s:read("news.csv"):find("Bakery wins a prize", 1, true))
  end)

  it("exports the same as run with --to", function()
    s:play [[
      $ sheaf export csv:columns=words news.jsonl > a
      $ sheaf run news.jsonl --to csv:columns=words > b
      $ cmp a b
    ]]
  end)

  it("reads several sources one after the other", function()
    s:play [[
      $ sheaf pack news.jsonl -o news.sheaf -q
      $ sheaf ls news.sheaf news.jsonl --json | jq -c .position | tr -d '\n'
      123456
      $ cat news.jsonl | sheaf ls - | wc -l
      3
    ]]
  end)

  it("stops at the first failure and says whose it is", function()
    s:file("bad.lua", 'return function(a)\n  return a.words > limit.most\nend\n')
    s:play [[
      $ sheaf run news.jsonl --filter ./bad.lua -o out.jsonl
      ! sheaf: filter 'bad' failed on article … "Harbour reopens after the storm"
      !   ./bad.lua:2: …limit…
      !       2 | return a.words > limit.most
      ! …
      ? 2
      $ ls
      bad.lua
      news.jsonl
    ]]
  end)

  it("skips or quarantines articles on which a plugin fails", function()
    s:file("bad.lua", [[return function(a)
      if a.language == "de" then error("no German") end
      return true
    end]])
    s:play [[
      $ sheaf run news.jsonl --filter ./bad.lua --on-error skip --to jsonl:keys=headline --report bad.jsonl
      {"headline":"Harbour reopens after the storm"}
      {"headline":"Bakery wins a prize"}
      ! plugins failed on 1 article: 1 bad
      !   …no German…
      ! …
      ? 3
      $ jq -r '"\(.plugin) \(.line) \(.headline)"' bad.jsonl
      bad 2 Ein Zug kommt an
      $ sheaf run news.jsonl --filter ./bad.lua --on-error quarantine -o out.jsonl -q
      ? 3
      $ sheaf ls out.jsonl.quarantine.jsonl | cut -f5
      Ein Zug kommt an
      $ jq -r .attributes.quarantine.plugin out.jsonl.quarantine.jsonl
      bad
    ]]
  end)

  it("stops a plugin that runs for ever", function()
    s:file("loop.lua", "return function(a) while true do end end")
    local _, err, status = s:run("sheaf run news.jsonl --filter ./loop.lua --to jsonl")
    assert.are.equal(2, status)
    assert.is_truthy(err:find("filter 'loop' failed on article", 1, true))
  end)

  it("runs a script on what its command line names, and nothing else", function()
    s:file("count.lua", [[
      local sheaf = require "sheaf"
      local count = 0
      for a in sheaf.read { arg[1] } do count = count + a.words end
      out:write(count, " ", arg[2] or "words", "\n")
    ]])
    s:file("peek.lua", [[
      local sheaf = require "sheaf"
      assert(sheaf.open("other.sheaf"))
    ]])
    s:play [[
      $ sheaf run count.lua news.jsonl
      33 words
      $ sheaf run count.lua news.jsonl -o count.txt -- --own; cat count.txt
      33 --own
      $ sheaf run peek.lua
      ! sheaf: script 'peek.lua' failed
      ! …'other.sheaf' is not on the command line…
      ! …
      ? 2
      $ sheaf run count.lua news.jsonl --where 'a.words > 3'
      ! sheaf: --where means nothing to a script
      !   words for the script itself go behind --
      ? 2
    ]]
  end)
end)
