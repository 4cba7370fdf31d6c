-- plugin_spec.lua - finding, explaining, testing and checking plugins.

local session = require "spec.cli.session"

local HIDING = [[return { kind = "filter", api = 1, version = "9", about = "Mine.", needs = {},
  each = function() return false end, tests = { { give = { text = "x" }, want = false } } }]]

describe("sheaf plugin", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
  end)

  after_each(function() s:close() end)

  it("lists what is packaged, by kind", function()
    s:play [[
      $ sheaf plugin list filter | cut -f1-3
      author	filter	packaged
      date	filter	packaged
      has	filter	packaged
      language	filter	packaged
      match	filter	packaged
      quality	filter	packaged
      sample	filter	packaged
      site	filter	packaged
      unique	filter	packaged
      words	filter	packaged
      $ sheaf plugin list exporter --json | jq -r .name
      csv
      html
      jsonl
      markdown
      stats
      text
      $ sheaf plugin list filtre
      ! sheaf: unknown kind 'filtre'; did you mean 'filter'?
      ? 2
    ]]
  end)

  it("explains a plugin, its example first", function()
    s:play [[
      $ sheaf plugin help words
      words - filter …

      Examples
        sheaf run news.sheaf --filter words:…

      Keep articles with …

      Arguments
      …  min…integer…
      …
    ]]
  end)

  it("tests every packaged plugin", function()
    local names = s:run("sheaf plugin list | cut -f1 | tr '\\n' ' '")
    local out, err, status = s:run("sheaf plugin test " .. names)
    assert.are.equal("", err)
    assert.are.equal(0, status)
    assert.is_nil(out:find("failed"))
    assert.is_truthy(out:find("filter words: %d+ passed"))
  end)

  it("shows what a failing test gave", function()
    s:file("never.lua", [[return { kind = "filter", each = function() return false end,
      tests = { { give = { text = "x" }, want = false }, { give = { text = "y" }, want = true } } }]])
    s:play [[
      $ sheaf plugin test ./never.lua
        failed  test 2
      …
      filter never: 1 failed
      ? 2
    ]]
  end)

  it("finds misspelt and missing parts", function()
    s:file("kind.lua", [[return { kind = "filtre", each = function() end }]])
    s:file("odd.lua", [[return { kind = "filter", each = function() end, neeeds = {},
      args = { min = { "integr", halp = "?" } }, needs = { "wrods" } }]])
    s:play [[
      $ sheaf plugin check ./kind.lua
      ./kind.lua: wrong: …'filtre'…
      ? 2
      $ sheaf plugin check ./odd.lua | grep wrong
      ./odd.lua: wrong: unknown key 'neeeds'; did you mean 'needs'?
      ./odd.lua: wrong: argument 'min': unknown key 'halp'; did you mean 'help'?
      ./odd.lua: wrong: argument 'min': unknown type 'integr'; did you mean 'integer'?
      ./odd.lua: wrong: needs: unknown field 'wrods'; did you mean 'words'?
      $ sheaf plugin check ./odd.lua > /dev/null
      ? 2
      $ sheaf plugin check words | sed 's/.*: //'
      good
    ]]
  end)

  it("points at a syntax error", function()
    s:file("broken.lua", "return {\n  kind = = 3,\n}\n")
    s:play [[
      $ sheaf run news.jsonl --filter ./broken.lua
      ! …broken.lua:2…
      ! …
      ? 2
    ]]
  end)

  it("finds your own plugins first and tells what they hide", function()
    s:file("../data/sheaf/plugins/words.lua", HIDING)
    s:play [[
      $ sheaf run news.jsonl --filter words --to jsonl
      ! note: plugin 'words' is …/data/sheaf/plugins/words.lua and hides the packaged one (core:words)
      ! no article found
      ? 1
      $ sheaf run news.jsonl --filter core:words:min=14 --to jsonl:keys=headline
      {"headline":"Ein Zug kommt an"}
      $ SHEAF_PLUGIN_PATH=/nonexistent sheaf plugin list filter | cut -f1,3 | grep words
      words	yours
      words	packaged
    ]]
  end)

  it("uses a project's plugins only when the project is trusted", function()
    s:file(".sheaf/plugins/homemade.lua", HIDING)
    s:play [[
      $ sheaf run news.jsonl --filter homemade --to jsonl
      ! sheaf: unknown filter 'homemade'
      !   the plugins of …/work are not looked at until you run: sheaf plugin trust …/work
      ? 2
      $ sheaf plugin trust -q
      $ sheaf plugin list filter | grep homemade
      homemade	filter	project	Mine.
      $ sheaf run news.jsonl --filter homemade --to jsonl -q
      ? 1
    ]]
  end)

  it("loads a folder plugin with its own lib", function()
    s:file("deep/plugin.lua", [[local limit = require "limit"
      return { kind = "filter", each = function(a) return a.words < limit.most end }]])
    s:file("deep/lib/limit.lua", "return { most = 10 }")
    s:play [[
      $ sheaf run news.jsonl --filter ./deep --to jsonl:keys=headline
      {"headline":"Bakery wins a prize"}
    ]]
  end)

  it("keeps plugins in the sandbox unless they are trusted", function()
    s:file("nosy.lua", 'return function() return os.getenv("HOME") ~= nil end')
    s:play [[
      $ sheaf run news.jsonl --filter ./nosy.lua --to jsonl:keys=headline --limit 1
      ! sheaf: filter 'nosy' failed on article …
      ! …
      ? 2
      $ sheaf run news.jsonl --filter ./nosy.lua --trust nosy --to jsonl:keys=headline --limit 1
      {"headline":"Harbour reopens after the storm"}
    ]]
  end)
end)
