-- mistakes_spec.lua - every misspelt name gets a suggestion and exit status 2.

local session = require "spec.cli.session"

describe("the command line", function()
  local s

  setup(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
  end)

  teardown(function() s:close() end)

  it("suggests commands, options and files", function()
    s:play [[
      $ sheaf lss
      ! sheaf: unknown command 'lss'; did you mean 'ls'?
      !   sheaf help lists the commands
      ? 2
      $ sheaf ls news.jsonl --limt 3
      ! sheaf: ls: unknown option '--limt'; did you mean '--limit'?
      !   sheaf help ls explains it
      ? 2
      $ sheaf ls news.json
      ! sheaf: there is no news.json; did you mean news.jsonl?
      ? 2
      $ sheaf --quiet ls news.jsonl
      ! sheaf: options come after the command: sheaf COMMAND --quiet
      !   sheaf help lists the commands
      ? 2
    ]]
  end)

  it("suggests plugins, kinds and arguments", function()
    s:play [[
      $ sheaf run news.jsonl --filter wrods
      ! sheaf: unknown filter 'wrods'; did you mean 'words'?
      !   sheaf plugin list filter names all
      ? 2
      $ sheaf run news.jsonl --filter csv
      ! sheaf: plugin 'csv' is an exporter, not a filter
      !   use --to
      ? 2
      $ sheaf run news.jsonl --filter words:mn=3
      ! sheaf: plugin 'words': unknown argument 'mn'; did you mean 'min'?
      !   sheaf plugin help words
      ? 2
      $ sheaf run news.jsonl --filter words:min=many
      ! sheaf: plugin 'words': argument 'min' must be a whole number, not 'many'
      !   sheaf plugin help words
      ? 2
      $ sheaf run news.jsonl --filter ./none.lua
      ! sheaf: there is no file ./none.lua
      !   a plugin is a .lua file, or a folder with plugin.lua in it
      ? 2
    ]]
  end)

  it("suggests fields and values", function()
    s:play [[
      $ sheaf ls news.jsonl --where 'a.wrods > 3'
      ! sheaf: --where: unknown field 'wrods'; did you mean 'words'?
      !   sheaf help fields names them all
      ? 2
      $ sheaf ls news.jsonl --where 'words > 3'
      ! sheaf: --where: unknown name 'words'; did you mean 'a.words'? (at article …)
      ? 2
      $ sheaf ls news.jsonl --where 'a.words >'
      ! sheaf: --where: unexpected symbol near <eof>
      ? 2
      $ sheaf ls news.jsonl --sort word
      ! sheaf: --sort: unknown field 'word'; did you mean 'words'?
      !   sheaf help fields names them all
      ? 2
      $ sheaf run news.jsonl --on-error skipp
      ! sheaf: run: --on-error takes stop, skip, quarantine; unknown value 'skipp'; did you mean 'skip'?
      !   sheaf help run explains it
      ? 2
      $ sheaf run news.jsonl --limit 0
      ! sheaf: run: --limit takes a whole number from 1 on, not '0'
      !   sheaf help run explains it
      ? 2
    ]]
  end)

  it("points at a mistake in an expression", function()
    s:play [[
      $ sheaf run news.jsonl -e 'a.words >' --to jsonl
      ! sheaf: -e 'a.words >': unexpected symbol near <eof>
      !   -e takes an expression over the article a, as in -e 'a.words > 200'
      ? 2
    ]]
  end)

  it("refuses what is too little and too much", function()
    s:play [[
      $ sheaf ls
      ! sheaf: ls: it needs to be told what: sheaf ls X.sheaf|PILE...
      !   sheaf help ls explains it
      ? 2
      $ sheaf version now
      ! sheaf: version: one word too many: 'now'
      !   sheaf help version explains it
      ? 2
      $ sheaf ls news.jsonl --where
      ! sheaf: ls: --where needs a value: --where LUA
      !   sheaf help ls explains it
      ? 2
      $ sheaf ls news.jsonl --json=yes
      ! sheaf: ls: --json takes no value
      !   sheaf help ls explains it
      ? 2
    ]]
  end)
end)
