-- lua_spec.lua - the prompt.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/cli"
local core = require "sheaf.core"
local session = require "spec.cli.session"

describe("sheaf lua", function()
  local s

  setup(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
    s:run("sheaf pack news.jsonl -o news.sheaf -q")
  end)

  teardown(function() s:close() end)

  it("prints what a line gives", function()
    s:play [[
      $ printf 'x = 20\nx + 1\n"a", nil, { 1, b = "c" }\n' | sheaf lua
      21
      "a"
      nil
      { 1, b = "c" }
    ]]
  end)

  it("goes on after an error", function()
    s:play [[
      $ printf 'error("first")\nx = = 2\n#file\n' | sheaf lua news.sheaf
      3
      ! sheaf: input:1: first
      ! sheaf: input:1: unexpected symbol near '='
      ? 2
    ]]
  end)

  it("reads on while code is unfinished", function()
    s:play [[
      $ printf 'for i = 1, 2 do\nprint(i)\nend\n' | sheaf lua
      1
      2
    ]]
  end)

  it("opens a sheaf as file and a pile as articles", function()
    s:play [[
      $ echo 'file:get(2).headline' | sheaf lua news.sheaf
      "Bakery wins a prize"
      $ echo '(file:get(2))' | sheaf lua news.sheaf
      <article …: Bakery wins a prize, 4 words>
      $ sheaf lua news.jsonl -e 'return #articles, articles[3].language'
      3
      "de"
    ]]
  end)

  it("shows values by what they are, without addresses", function()
    s:play [[
      $ echo 'file' | sheaf lua news.sheaf
      <sheaf …news.sheaf: 3 articles>
      $ printf 'file:articles()\n{ sheaf.open, print, sheaf.null }\n' | sheaf lua news.sheaf
      function
      { function open(path), function, null }
      $ echo 'sheaf.phrases { "x" }' | sheaf lua
      <phrases>
      $ echo 'sheaf' | sheaf lua | grep -c 0x
      0
      ? 1
    ]]
  end)

  it("runs code from the command line", function()
    s:play [[
      $ sheaf lua -e 'n = 4' -e 'print(n * 2)'
      8
      $ sheaf lua -e 'oops()'
      ! sheaf: input:1: attempt to call a nil value (global 'oops')
      ? 2
    ]]
  end)
end)

describe("sheaf lua on a terminal", function()
  local s

  setup(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
    s:run("sheaf pack news.jsonl -o news.sheaf -q")
  end)

  teardown(function() s:close() end)

  -- What the terminal showed, without its escape sequences.
  local function shown(script)
    s:file("script", (script:gsub("\n      ", "\n"):gsub("^      ", "")))
    local out, err, status = s:run(("XDG_STATE_HOME=$PWD/state python3 %s/on_terminal.py "
      .. "sheaf lua news.sheaf <script"):format(core.realpath(here)))
    if err:find("^no pseudo terminal") then return pending(err:gsub("\n", "")) end
    assert.equal("", err)
    assert.equal(0, status, out)
    return (out:gsub("\27%[[%d;]*%a", ""):gsub("\r", ""))
  end

  it("edits lines and prints what they give", function()
    local out = shown [[
      wait >\x20
      send x = 40x\x7f\n
      wait >\x20
      send = x + 2\n
      wait 42
      wait >\x20
      send _ * 2\n
      wait 84
      wait >\x20
      send \x04
    ]]
    assert.is_truthy(out:find("42\n", 1, true))
  end)

  it("completes globals, methods, fields of what a call gives, and files", function()
    local out = shown [[
      wait >\x20
      send file:get(2).headl\t\n
      wait Bakery wins a prize
      wait >\x20
      send #she\t.vers\t\n
      wait 5
      wait >\x20
      send file:posi\t)\n
      wait 3
      wait >\x20
      send sheaf.d\t\t
      wait date_range
      wait dateline
      send \x15sheaf.open("new\ts\t"):count()\n
      wait 3
      wait >\x20
      send \x04
    ]]
    assert.is_truthy(out:find("date        date_range  dateline", 1, true), out)
  end)

  it("stops a statement on Ctrl-C, and gives a line up", function()
    local out = shown [[
      wait >\x20
      send y = 7 print(6 * 111) while true do end\n
      wait 666
      send \x03
      wait interrupted
      wait >\x20
      send this is not
      wait not
      send \x03
      wait >\x20
      send for i = 1, 2 do\n
      wait >>\x20
      send \x03
      wait >\x20
      send y * 100\n
      wait 700
      wait >\x20
      send \x04
    ]]
    assert.is_truthy(out:find("sheaf: interrupted", 1, true))
    assert.is_nil(out:find("expected", 1, true), out)
  end)

  it("stops a statement that catches errors", function()
    shown [[
      wait >\x20
      send print(3 * 111) repeat pcall(function() while true do end end) until false\n
      wait 333
      send \x03
      wait interrupted
      wait >\x20
      send \x04
    ]]
  end)

  it("keeps history for the next session, for its owner only", function()
    s:run("rm -rf state")
    shown "wait >\\x20\nsend first = 11\\n\nwait >\\x20\nsend \\x04\n"
    local out = shown [[
      wait >\x20
      send \x1b[A
      wait first = 11
      send 1\n
      wait >\x20
      send first\n
      wait 111
      wait >\x20
      send \x04
    ]]
    assert.is_truthy(out:find("first = 111", 1, true))
    assert.equal("first = 11\nfirst = 111\nfirst\n", s:read("state/sheaf/history"))
    assert.equal("600\n", s:run("stat -c %a state/sheaf/history"))
  end)
end)

describe("completion at the prompt", function()
  local complete = require "sheaf.prompt.complete"
  local sheaf = require "sheaf"
  local env = setmetatable({ sheaf = sheaf, list = { sheaf.article { text = "x" } }, word = "x",
    article = sheaf.article { text = "x" } }, { __index = _G })

  local function names(line)
    return table.concat(complete.names(line, env), " ")
  end

  it("knows values, and what calls would give", function()
    assert.equal("headline", names "article.he")
    assert.equal("has", names "article:ha")
    assert.equal("headline", names "list[1].he")
    assert.equal("articles", names "sheaf.open('x.sheaf'):art")
    assert.equal("published publisher", names "print(sheaf.open('x'):get(12).publ")
    assert.equal("agency", names "a.dateline.ag")
    assert.equal("name", names "a.authors[1].na")
    assert.equal("rep reverse", names "word:re")
    assert.equal("", names "nothing.here")
    assert.equal("", names "article.words.x")
  end)

  it("offers names of the session, of Lua, and its words", function()
    assert.equal("while word", names "wh" .. " " .. names "wor")
    assert.equal("tonumber tostring", names "x = to")
  end)
end)
