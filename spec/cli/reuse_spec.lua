-- reuse_spec.lua - what articles have from one another: two side by side, and passages in many.
-- luacheck: no max line length

local session = require "spec.cli.session"
local lfs = require "lfs"

local agency = [[
"We were told to leave water that nobody owns," the minister said. Government spokesman Pavel Ostrovin waved these reports away as empty and groundless talk, adding that Russia posed a danger to no one.

The talks lasted three hours. The cable was laid in 1998.
]]
local paper = [[
The table was long. Government spokesman Pavel Ostrovin called such reports "empty and groundless" talk and added that Russia poses no danger to anyone. The talks lasted three hours.

“We were told to leave water that nobody owns,” he grumbled.
]]

describe("sheaf reuse", function()
  local s

  before_each(function()
    s = session.new()
    s:file("agency.txt", "Harbours in the north report ships\n\n" .. agency)
    s:file("paper.txt", "A long table in Moscow\n\n" .. paper)
    local cwd = lfs.currentdir()
    s:run(("ln -s '%s/seeds' seeds"):format(cwd))
  end)

  after_each(function() s:close() end)

  it("lays two articles side by side", function()
    s:play [==[
      $ sheaf reuse agency.txt paper.txt --json -q | jq -r 'select(.quotation | not) | .kind'
      only_b
      altered
      altered
      shared
      only_a
      $ sheaf reuse agency.txt paper.txt --json -q | jq -r 'select(.kind == "only_a") | .a.text'
      The cable was laid in 1998.
      $ sheaf reuse agency.txt paper.txt --json -q | jq -r 'select(.quotation and .kind == "shared") | .b.text'
      We were told to leave water that nobody owns
    ]==]
  end)

  it("shows what was changed in the words", function()
    local out, err = s:run("COLUMNS=120 sheaf reuse agency.txt paper.txt")
    assert.is_truthy(out:find("[-waved these-]", 1, true))
    assert.is_truthy(out:find("{+called such+}", 1, true))
    assert.is_truthy(err:find("sentences: 1 shared, 2 altered, 1 only in the first, 1 only in the second", 1, true))
    local narrow = s:run("COLUMNS=40 sheaf reuse agency.txt paper.txt")
    for line in narrow:gmatch("[^\n]+") do
      assert.is_true(utf8.len(line) <= 40, line)
    end
  end)

  it("takes ids and positions of a sheaf, and files", function()
    s:play [==[
      $ sheaf pack -q agency.txt paper.txt -o both.sheaf
      $ sheaf reuse both.sheaf 1 2 --json -q | wc -l
      6
      $ sheaf reuse both.sheaf 2 agency.txt --json -q | head -1 | jq -r .kind
      only_a
      $ sheaf reuse both.sheaf nosuch agency.txt
      ! sheaf: …nosuch…
      !   sheaf ls both.sheaf lists the articles
      ? 2
      $ sheaf reuse agency.txt
      ! sheaf: 1 article to compare: at least two are needed
      ? 2
    ]==]
  end)

  it("finds one passage in three dumps in three wordings", function()
    s:file("third.txt", "Ships and cables\n\nKristin Dahl reports from Tromso. Government spokesman Pavel Ostrovin "
      .. "called such reports \"empty and baseless\" talk, stressing Russia was a danger to no one.\n")
    s:play [==[
      $ sheaf reuse agency.txt paper.txt third.txt --json -q >groups
      $ head -1 groups | jq -c '[.articles, .variants, .quotation, (.wordings | map(.places | length))]'
      [3,3,false,[1,1,1]]
      $ head -1 groups | jq -r '.wordings[2].text'
      Government spokesman Pavel Ostrovin called such reports "empty and baseless" talk, stressing Russia was a danger to no one.
      $ head -1 groups | jq -c '.wordings[2].words | map(select(.[0] == "+"))[0]'
      ["+","called such "]
    ]==]
  end)

  it("finds the passages that our sample dumps share", function()
    local out = s:run([[sheaf reuse seeds/0[1-5]*.txt --json -q | jq -r '.wordings[].text']])
    assert.is_truthy(out:find("fog and fairy tales", 1, true))
    s:play [==[
      $ sheaf reuse seeds/0[1-5]*.txt --json -q | jq -r 'select(any(.wordings[]; .text | test("leave water"))) | select(.quotation | not)' | jq -c '[.articles >= 3, .variants >= 2]'
      [true,true]
    ]==]
  end)

  it("tells of two piles only what stands in both", function()
    s:run("mkdir a b; cp agency.txt paper.txt a; cp seeds/1[12]*.txt b")
    s:play [[
      $ sheaf reuse a b --json -q | wc -l
      0
      $ cp agency.txt b/same.txt
      $ sheaf reuse a b --json -q | head -1 | jq '.articles >= 2'
      true
    ]]
  end)

  it("gives offsets in characters", function()
    s:file("ru.txt", "Заголовок первый\n\nМы получили приказ уйти из вод, которые никому не принадлежат. Потом был обед.\n")
    s:file("ru2.txt", "Заголовок второй\n\nСтол был длинный. Мы получили приказ уйти из вод, которые никому не "
      .. "принадлежат.\n")
    s:play [==[
      $ sheaf reuse ru.txt ru2.txt --json -q | jq -c 'select(.kind == "shared") | [.a.from, .a.to, .b.from, .b.to]'
      [0,62,18,80]
    ]==]
  end)

  it("makes pages of both that run nothing", function()
    s:run("sheaf reuse agency.txt paper.txt --html -o pair.html -q; sheaf reuse seeds/0[1-5]*.txt --html -o many.html -q")
    for _, name in ipairs { "pair.html", "many.html" } do
      local page = s:read(name)
      assert.is_truthy(page:find("default-src 'none'", 1, true))
      assert.is_nil(page:find("<script", 1, true))
      assert.is_truthy(page:find("<ins>", 1, true))
    end
  end)

  local wild = os.getenv("SHEAF_REAL_DUMPS") or "../shared/seeds"
  if lfs.attributes(wild, "mode") == "directory" then
    it("finds the spokesman's passage in three real dumps in three wordings", function()
      local real = wild:sub(1, 1) == "/" and wild or lfs.currentdir() .. "/" .. wild
      s:run(("ln -s '%s' real"):format(real))
      local out = s:run([[sheaf reuse real/*.txt --json -q | jq -c 'select(any(.wordings[];
        .text | test("groundless"))) | [.articles, .variants, (.wordings | map(.places[0].file[-34:]))]']])
      assert.equal(3, math.tointeger(out:match("^%[(%d+),")))
      assert.equal(3, math.tointeger(out:match("^%[%d+,(%d+),")))
      for _, number in ipairs { "000_", "002_", "003_" } do
        assert.is_truthy(out:find(number, 1, true), out)
      end
    end)
  end
end)
