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
      annotations
      atom
      …
      markdown
      …
      wet
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
        sheaf … --filter words:…

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

describe("sheaf plugin new", function()
  local s

  before_each(function() s = session.new() end)
  after_each(function() s:close() end)

  for _, kind in ipairs { "filter", "extractor", "exporter", "report", "site" } do
    it("makes a folder that passes check and test at once: " .. kind, function()
      s:play(("\n" .. [[
        $ sheaf plugin new KIND my-own -q
        $ find my-own -type f | LC_ALL=C sort
        my-own/.luarc.json
        my-own/README.md
        my-own/plugin.lua
        my-own/sample.jsonl
        my-own/spec/my-own_spec.lua
        $ sheaf plugin check ./my-own
        ./my-own/plugin.lua: good
        $ sheaf plugin test ./my-own
        … my-own: … passed
        specs in ./my-own/spec:
        +…
        … / 0 failures / 0 errors / 0 pending : …
        $ test -d "$(jq -r '."workspace.library"[0]' my-own/.luarc.json)"
        $ luacheck -q --no-color --std lua54+busted --globals sheaf -- my-own
        Total: 0 warnings / 0 errors in 2 files
      ]]):gsub("KIND", kind):gsub("\n  ", "\n"))
      assert.is_nil(s:read("my-own/README.md"):find("%f[%u]NAME%f[%U]"))
    end)
  end

  it("makes plugins that run on the sample beside them", function()
    s:play [[
      $ for k in filter extractor exporter report; do sheaf plugin new $k $k -q; done
      $ sheaf run filter/sample.jsonl --filter ./filter:min=4 --to csv:columns=headline | tr -d '\r'
      headline
      Rain stops the regatta
      Who pays for the old bridge?
      $ sheaf run filter/sample.jsonl --extract ./extractor --to jsonl:keys=attributes --limit 1
      {"attributes":{"extractor":{"questions":["Will they sail next week?"]}}}
      $ sheaf run filter/sample.jsonl --to ./exporter:title=News
      News
      2023-05-14  Tidings: Rain stops the regatta
      2023-05-16  Tidings: Library opens
      2023-05  Hill Courier: Who pays for the old bridge?
      $ sheaf run filter/sample.jsonl --to ./report | tr -d '\r'
      publisher,articles,words
      Hill Courier,1,20
      Tidings,2,41
    ]]
  end)

  it("refuses odd kinds and names, and what is there already", function()
    s:play [[
      $ sheaf plugin new filtre x
      ! sheaf: unknown kind 'filtre'; did you mean 'filter'?
      !   it is one of filter, extractor, exporter, report, site
      ? 2
      $ sheaf plugin new filter
      ! sheaf: what, and of which name? sheaf plugin new KIND NAME
      !   KIND is one of filter, extractor, exporter, report, site
      ? 2
      $ sheaf plugin new filter 'a b'
      ! sheaf: 'a b' is no name for a plugin
      !   a name begins with a letter; letters, digits, - and _ follow
      ? 2
      $ mkdir x
      $ sheaf plugin new filter x
      ! sheaf: x is there already
      ? 2
      $ sheaf plugin new filter none/such
      ! sheaf: the folder none/such cannot be made: No such file or directory
      ? 2
    ]]
  end)
end)

describe("sheaf plugin test", function()
  local s

  before_each(function()
    s = session.new()
    s:run("sheaf plugin new filter mine -q")
  end)
  after_each(function() s:close() end)

  it("fails when a spec fails, and shows it", function()
    s:file("mine/spec/wrong_spec.lua", [[
      local testing = require "sheaf.testing"
      describe("mine", function()
        it("is wrong", function()
          assert.is_true(testing.plugin("../plugin.lua"):keeps { headline = "Rain" })
        end)
      end)]])
    local out, _, status = s:run("sheaf plugin test ./mine")
    assert.equal(2, status)
    assert.is_truthy(out:find("2 successes / 1 failure", 1, true), out)
    assert.is_truthy(out:find("mine is wrong", 1, true), out)
  end)

  it("runs the plugin of a spec in the sandbox, and the spec outside", function()
    s:file("mine/plugin.lua", [[return { kind = "filter", each = function() return io == nil end }]])
    s:file("mine/spec/mine_spec.lua", [[
      local testing = require "sheaf.testing"
      it("is in the sandbox", function()
        assert.is_truthy(io)
        assert.is_true(testing.plugin("../plugin.lua"):keeps { text = "x" })
      end)]])
    local out, _, status = s:run("sheaf plugin test ./mine")
    assert.equal(0, status, out)
  end)

  it("says where a plugin failed in a spec", function()
    s:file("mine/plugin.lua", "return { kind = 'filter', each = function(a)\n  return a.wrods > 1\nend }")
    s:file("mine/spec/mine_spec.lua", [[
      local testing = require "sheaf.testing"
      it("fails", function() testing.plugin("../plugin.lua"):keeps { text = "x" } end)]])
    local out = s:run("sheaf plugin test ./mine")
    assert.is_truthy(out:find("plugin.lua:2: an article has no 'wrods'; did you mean 'words'?", 1, true), out)
    assert.is_truthy(out:find("2 | return a.wrods > 1", 1, true), out)
  end)

  it("finds the specs of a single file beside it", function()
    s:file("short.lua", "return function(a) return a.words > 1 end")
    s:file("short_spec.lua", [[
      local testing = require "sheaf.testing"
      it("drops", function() assert.is_false((testing.plugin("short.lua"):keeps { text = "x" })) end)]])
    local out, _, status = s:run("sheaf plugin test ./short.lua")
    assert.equal(0, status, out)
    assert.is_truthy(out:find("1 success / 0 failures", 1, true), out)
  end)
end)

describe("sheaf plugin bench", function()
  local s

  setup(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
  end)
  teardown(function() s:close() end)

  it("tells time, memory and the slowest articles", function()
    s:play [[
      $ sheaf plugin bench words:min=3 news.jsonl
      filter words on 3 articles, 183 bytes of text
        time     … µs an article, … articles a second
        memory   … kB at most after a round
        slowest  … µs …
                 … µs …
                 … µs …
    ]]
  end)

  it("has articles of its own, and measures every kind", function()
    for _, name in ipairs { "language:only=en", "dateline", "csv", "stats" } do
      local out, err, status = s:run("sheaf plugin bench " .. name .. " --limit 20 --json | jq -r "
        .. "'[.plugin, .articles, (.slowest | length), (.microseconds > 0), (.memory > 1000)] | @csv'")
      assert.equal("", err)
      assert.equal(0, status)
      assert.equal(('"%s",20,5,true,true\n'):format(name:match("^[^:]*")), out)
    end
  end)

  it("stops at a plugin that fails, and names the article", function()
    s:file("bad.lua", "return function(a) return a.wrods end")
    s:play [[
      $ sheaf plugin bench ./bad.lua news.jsonl
      ! sheaf: filter 'bad' failed on article …
      ! …
      ? 2
    ]]
  end)
end)

describe("sheaf plugin doc", function()
  local s

  setup(function() s = session.new() end)
  teardown(function() s:close() end)

  it("describes every packaged plugin in Markdown", function()
    local page = s:run("sheaf plugin doc")
    for name in s:run("sheaf plugin list | cut -f1"):gmatch("[^\n]+") do
      assert.is_truthy(page:find("\n### " .. name .. "\n", 1, true), name)
    end
  end)

-- Words of a command, as a shell parts them.
  local function words_of(command)
    local words = {}
    for word in (command .. " "):gmatch("%s*(.-[^\\])%s") do words[#words + 1] = word end
    return words
  end

  it("shows examples that the command line takes", function()
    local parse, options = require "sheaf.parse", require "sheaf.options"
    local page, count = s:run("sheaf plugin doc"), 0
    for command in page:gmatch("\n    (sheaf [^\n|>]+)") do
      local quoted = command:gsub("'[^']*'", function(text) return (text:gsub("%s", "_")) end)
      local words = words_of(quoted)
      local about = options.command[words[2]]
      assert.is_truthy(about, command)
      local given, reason = parse.words(table.move(words, 3, #words, 1, {}), about)
      assert.is_truthy(given, command .. ": " .. tostring(reason))
      count = count + 1
    end
    assert.is_true(count >= 20)
  end)

    it("describes those that are named", function()
    s:file("mine.lua", [=[return { kind = "filter", about = "Keep mine.", needs = { "words" },
      args = { most = { "integer", default = 3, help = "most | least" } },
      examples = { { run = "sheaf run x.sheaf --filter mine:most=2" } }, each = function() end }]=])
    s:play [[
      $ sheaf plugin doc ./mine.lua
      # Plugins

      ## Filters

      ### mine

      Keep mine.

      | argument | values | default | |
      |---|---|---|---|
      | `most` | integer | 3 | most \| least |

      Reads: `words`.

          sheaf run x.sheaf --filter mine:most=2
    ]]
  end)
end)
