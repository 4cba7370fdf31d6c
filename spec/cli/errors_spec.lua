-- errors_spec.lua - what is said when a plugin fails: who, where, on what, and how it came there.

local session = require "spec.cli.session"

describe("an error in a plugin", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
  end)

  after_each(function() s:close() end)

  it("names plugin, kind, article, file and line, and points at the word", function()
    s:file("long.lua", "return {\n  kind = 'filter',\n  each = function(a)\n"
      .. "    return a.wrods > 3\n  end,\n}\n")
    s:play [[
      $ sheaf run news.jsonl --filter ./long.lua
      ! sheaf: filter 'long' failed on article … "Harbour reopens after the storm"
      !   ./long.lua:4: an article has no 'wrods'; did you mean 'words'?
      !       4 | return a.wrods > 3
      !         |          ^^^^^
      ? 2
    ]]
  end)

  it("points at the first word when the message names none", function()
    s:file("odd.lua", "return function(a)\n  return a.words < {}\nend\n")
    s:play [[
      $ sheaf run news.jsonl --filter ./odd.lua
      ! sheaf: filter 'odd' failed on article …
      !   ./odd.lua:2: attempt to compare number with table
      !       2 | return a.words < {}
      !         | ^
      ? 2
    ]]
  end)

  it("points rightly behind wide letters", function()
    s:file("wide.lua", "return function(a)\n  local n = #'新聞' + a.wrods\n  return n > 1\nend\n")
    s:play [[
      $ sheaf run news.jsonl --filter ./wide.lua 2>&1 | tail -n +3
            2 | local n = #'新聞' + a.wrods
              |                       ^^^^^
    ]]
  end)

  it("shows the way through lib/, the plugin's frames only", function()
    s:file("deep/plugin.lua", [[
local steps = require "steps"
return { kind = "extractor", adds = { n = "integer" },
  each = function(a)
    local n = steps.first(a)
    return { n = n }
  end }]])
    s:file("deep/lib/steps.lua", [[
local steps = {}
local function second(a)
  local missing
  return missing.field + #a.text
end
function steps.first(a)
  local n = second(a)
  return n
end
return steps]])
    s:play [[
      $ sheaf run news.jsonl --extract ./deep
      ! sheaf: extractor 'deep' failed on article …
      !   ./deep/lib/steps.lua:4: attempt to index a nil value (local 'missing')
      !       4 | return missing.field + #a.text
      !         |        ^^^^^^^
      !   from ./deep/lib/steps.lua:7: in …'first'
      !   from ./deep/plugin.lua:4: in function …
      ? 2
    ]]
  end)

  it("that is a table is told by its message, and one that is nothing by its type", function()
    s:file("table.lua", "return function()\n  error { message = 'no such outlet', code = 7 }\nend\n")
    s:file("none.lua", "return function()\n  error()\nend\n")
    s:file("bare.lua", "return function()\n  error(setmetatable({}, { __tostring = print }))\nend\n")
    s:play [[
      $ sheaf run news.jsonl --filter ./table.lua
      ! sheaf: filter 'table' failed on article …
      !   ./table.lua:2: no such outlet
      !       2 | error { message = 'no such outlet', code = 7 }
      !         | ^
      ? 2
      $ sheaf run news.jsonl --filter ./none.lua
      ! sheaf: filter 'none' failed on article …
      !   ./none.lua:2: the error is a nil, not a text
      !       2 | error()
      !         | ^
      ? 2
      $ sheaf run news.jsonl --filter ./bare.lua 2>&1 | sed -n 2p
        ./bare.lua:2: the error is a table, not a text
    ]]
  end)

  it("in a helper of C blames the plugin's line", function()
    s:file("helper.lua", "return function()\n  return sheaf.sorted(7)\nend\n")
    local _, err, status = s:run("sheaf run news.jsonl --filter ./helper.lua")
    assert.equal(2, status)
    assert.is_truthy(err:find("./helper.lua:2: bad argument #1 to '[%w_]+'"), err)
  end)

  it("names the field that an extractor gave wrongly", function()
    s:file("field.lua", "return { kind = 'extractor',\n"
      .. "  each = function() return { published = 'soon' } end }")
    local _, err, status = s:run("sheaf run news.jsonl --extract ./field.lua")
    assert.equal(2, status)
    assert.is_truthy(err:find("extractor 'field' failed on article", 1, true), err)
    assert.is_truthy(err:find("published", 1, true), err)
  end)

  it("while it loads points at file and line", function()
    s:file("loading.lua", "local x = nil\nlocal y = x.kind\nreturn function() return y end\n")
    s:file("syntax.lua", "return {\n  kind = = 'filter',\n}\n")
    s:play [[
      $ sheaf plugin check ./loading.lua
      ./loading.lua: wrong: ./loading.lua:2: attempt to index a nil value (local 'x')
            2 | local y = x.kind
              |           ^
      ? 2
      $ sheaf plugin check ./syntax.lua
      ./syntax.lua: wrong: ./syntax.lua:2: unexpected symbol near '='
            2 | kind = = 'filter',
              |      ^
      ? 2
    ]]
  end)

  it("out of time or memory says which limit, and where", function()
    s:file("slow.lua", "return { kind = 'filter', limits = { time = 0.1 },\n  each = function()\n"
      .. "    while true do end\n  end }\n")
    s:file("fat.lua", "return { kind = 'filter', limits = { memory = 2 },\n  each = function(a)\n"
      .. "    return #a.text:rep(1000000)\n  end }\n")
    s:play [[
      $ sheaf run news.jsonl --filter ./slow.lua
      ! sheaf: filter 'slow' failed on article …
      !   ./slow.lua:3: stopped: it took more than 0.1 seconds
      !       3 | while true do end
      !         | ^
      ? 2
      $ sheaf run news.jsonl --filter ./fat.lua 2>&1 | sed -n 2p
        ./fat.lua:3: stopped: it needs more than 2 MiB of memory
    ]]
  end)

  it("in -e points into the expression", function()
    s:play [[
      $ sheaf run news.jsonl -e 'a.words > 3 and a.hedline ~= nil'
      ! sheaf: filter '-e' failed on article …
      !   …an article has no 'hedline'; did you mean 'headline'?
      !   -e 'a.words > 3 and a.hedline ~= nil'
      !                         ^^^^^^^
      ? 2
    ]]
  end)

  it("in an exporter names the exporter, its article and its line", function()
    s:file("out.lua", "return { kind = 'exporter',\n  each = function(a, _, out)\n"
      .. "    out:write(a.section)\n  end }\n")
    s:play [[
      $ sheaf run news.jsonl --to ./out.lua
      ! sheaf: exporter 'out' failed on article … "Harbour reopens after the storm"
      !   ./out.lua:3: bad argument #1 to 'write' (…)
      !       3 | out:write(a.section)
      !         |     ^^^^^
      ? 2
    ]]
  end)

  it("in a script points at the script's line", function()
    s:file("job.lua", "local total = 0\nfor i = 1, 3 do\n  total = total + words\nend\n")
    s:play [[
      $ sheaf run job.lua
      ! sheaf: script 'job.lua' failed
      !   job.lua:3: attempt to perform arithmetic on a nil value (global 'words')
      !       3 | total = total + words
      !         |                 ^^^^^
      …
      ? 2
    ]]
  end)
end)
