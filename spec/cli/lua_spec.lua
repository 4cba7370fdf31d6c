-- lua_spec.lua - the prompt.

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
