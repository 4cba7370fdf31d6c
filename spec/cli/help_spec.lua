-- help_spec.lua - help, the manuals and completion, all from one table.

local options = require "sheaf.options"
local session = require "spec.cli.session"

describe("help", function()
  local s

  setup(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
  end)

  teardown(function() s:close() end)

  it("begins with examples, for every command", function()
    for _, command in ipairs(options.commands) do
      local out, err, status = s:run("sheaf help " .. command.name)
      assert.are.equal(0, status)
      assert.are.equal("", err)
      assert.are.equal("Examples", out:match("^[^\n]*\n\n([^\n]*)"))
      assert.are.equal(out, (s:run(("sheaf %s --help"):format(command.name))))
    end
  end)

  it("has examples that the parser takes", function()
    local parse = require "sheaf.parse"
    for _, command in ipairs(options.commands) do
      for _, example in ipairs(command.examples) do
        local words = example[1]:match("sheaf " .. command.name .. "(.-)%f[|>]") or
          example[1]:match("sheaf " .. command.name .. "(.*)")
        assert.is_truthy(words, example[1])
        local argv = {}
        for word in words:gsub("'[^']*'", "x"):gmatch("%S+") do
          argv[#argv + 1] = word
        end
        assert(parse.words(argv, command))
      end
    end
  end)

  it("fits lines in the width of the terminal", function()
    local width = require "sheaf.width"
    for _, command in ipairs(options.commands) do
      local out = s:run("COLUMNS=80 sheaf help " .. command.name)
      for line in out:gmatch("[^\n]+") do
        assert.is_true(width.of(line) <= 80 or line:find("^  sheaf") ~= nil, line)
      end
    end
  end)

  it("shows an overview without arguments, as wrong use", function()
    local out, _, status = s:run("sheaf")
    assert.are.equal(2, status)
    assert.are.equal(out, (s:run("sheaf help")))
    assert.is_truthy(out:find("sheaf pack dumps/ -o news.sheaf", 1, true))
  end)

  it("explains topics and plugins, and suggests", function()
    s:play [[
      $ sheaf help exit | head -1
      Exit status
      $ sheaf help words | head -1
      words - filter …
      $ sheaf help pakc
      ! sheaf: unknown command, topic or plugin 'pakc'; did you mean 'pack'?
      !   sheaf help lists the commands
      ? 2
    ]]
  end)

  it("makes a man page and a manual that name every option and command", function()
    local man, markdown = s:run("sheaf help --man"), s:run("sheaf help --markdown")
    assert.is_truthy(man:find("^%.TH SHEAF 1"))
    for _, option in ipairs(options.list) do
      assert.is_truthy(man:find("\\-\\-" .. option.name:gsub("-", "\\-"), 1, true), option.name)
      assert.is_truthy(markdown:find("--" .. option.name, 1, true), option.name)
    end
    for _, command in ipairs(options.commands) do
      assert.is_truthy(man:find(".SS sheaf " .. command.name, 1, true))
      assert.is_truthy(markdown:find("## sheaf " .. command.name, 1, true))
    end
  end)

  it("completes commands, options, plugins and values in bash", function()
    s:file("complete", [[
eval "$(sheaf help --completion bash)"
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sheaf; echo "${COMPREPLY[@]}"; }
try sheaf ve
try sheaf run x.sheaf --li
try sheaf run x.sheaf --filter wo
try sheaf ls x.sheaf --sort -pu
try sheaf plugin te
try sheaf export ma
try sheaf run x.sheaf --on-error s
]])
    s:play [[
      $ bash complete
      verify version
      --limit
      words
      -published -publisher
      test
      markdown
      stop skip
    ]]
  end)

  it("makes completion for zsh and fish", function()
    local zsh, fish = s:run("sheaf help --completion zsh"), s:run("sheaf help --completion fish")
    assert.is_truthy(zsh:find("^#compdef sheaf"))
    for _, command in ipairs(options.commands) do
      assert.is_truthy(zsh:find("    " .. command.name .. ") _arguments", 1, true))
      assert.is_truthy(fish:find("-a " .. command.name .. " -d", 1, true))
    end
  end)

  it("prints the version", function()
    s:play [[
      $ sheaf version
      sheaf …Lua 5.4…
      $ sheaf --version
      sheaf …Lua 5.4…
    ]]
  end)

  it("colours only when told to, in a pipe", function()
    local plain = s:run("sheaf help ls")
    local coloured = s:run("sheaf help ls --color always")
    assert.is_nil(plain:find("\27", 1, true))
    assert.is_truthy(coloured:find("\27[1m", 1, true))
    assert.are.equal(plain, (coloured:gsub("\27%[[%d;]*m", "")))
  end)
end)
