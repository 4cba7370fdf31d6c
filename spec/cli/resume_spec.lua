-- resume_spec.lua - packing goes on where it was interrupted.

local session = require "spec.cli.session"

-- Some MiB of articles, no two alike, in a folder with an archive in it.
local function pile(s)
  local function lines(from, to)
    local out = {}
    for i = from, to do
      local words = {}
      for k = 1, 220 do words[k] = ("w%x"):format(i * 7919 * k % 99991) end
      out[#out + 1] = ('{"url":"https://www.site%d.example/%d","headline":"Story %d","text":"%s."}'):format(
        i % 9, i, i, table.concat(words, " "))
    end
    return table.concat(out, "\n") .. "\n"
  end
  s:file("pile/a.jsonl", lines(1, 1500))
  s:file("pile/inner/b.jsonl", lines(1501, 2500))
  s:file("tar/c.jsonl", lines(2501, 4500))
  s:file("tar/d.jsonl", lines(4501, 4600))
  s:run("tar czf pile/z.tar.gz tar")
end

describe("sheaf pack --resume", function()
  local s

  before_each(function()
    s = session.new()
    pile(s)
  end)

  after_each(function() s:close() end)

  it("makes the same bytes, wherever it was killed", function()
    s:run("sheaf pack -q pile -o whole.sheaf --commit-every 1")
    local whole, resumed = s:read("whole.sheaf"), 0
    for round = 1, 12 do
      s:run(("sheaf pack -q pile -o x.sheaf --commit-every 1 & sleep %.3f; kill -KILL $!; wait $!"):format(
        0.012 * round))
      local _, _, partial = s:run("test -e x.sheaf.partial && sheaf info x.sheaf.partial")
      if partial == 0 then resumed = resumed + 1 end
      local _, problems, status = s:run("sheaf pack -q pile -o x.sheaf --commit-every 1 --resume")
      local finished = problems:find("x.sheaf is complete", 1, true)
      assert.are.equal(finished and 2 or 0, status, problems)
      assert.is_true(s:read("x.sheaf") == whole)
      s:run("rm -f x.sheaf x.sheaf.partial")
    end
    assert.is_true(resumed > 0)
  end)

  it("goes on after Ctrl-C, and from a pipe", function()
    s:file("interrupt", [[
mkfifo pipe
sheaf pack - -o x.sheaf --commit-every 1 < pipe &
pid=$!
{ cat pile/a.jsonl; kill -INT $pid; cat pile/inner/b.jsonl; } > pipe 2>/dev/null
wait $pid
]])
    local _, problems, status = s:run("sh interrupt")
    assert.are.equal(130, status)
    assert.is_truthy(problems:find("the same command with --resume goes on", 1, true))
    s:play [[
      $ cat pile/a.jsonl pile/inner/b.jsonl | sheaf pack - -o x.sheaf -q --resume
      $ sheaf info x.sheaf --json | jq -r '"\(.articles) \(.plan)"'
      2500 from -
      $ cat pile/a.jsonl pile/inner/b.jsonl | sheaf pack - -o x.sheaf --resume
      ! sheaf: x.sheaf is complete
      !   sheaf add x.sheaf PILE... adds to it
      ? 2
    ]]
  end)

  it("does not begin anew or go on in another way unasked", function()
    s:run("timeout -s KILL 0.1 true; sheaf pack -q pile -o begun.sheaf --commit-every 1 --limit 2000")
    s:run("mv begun.sheaf x.sheaf.partial")
    s:play [[
      $ sheaf pack pile -o x.sheaf
      ! sheaf: x.sheaf.partial is what an interrupted sheaf pack has left
      !   the same command with --resume goes on with it; remove it to start anew
      ? 2
      $ sheaf pack pile -o x.sheaf --resume -e 'a.words > 3'
      ! sheaf: x.sheaf was begun in another way: from pile
      !   give the same piles, options and steps, or remove it and start anew
      ? 2
      $ sheaf pack pile -o x.sheaf --resume --limit 3
      ! sheaf: --resume cannot go on with --limit
      ? 2
    ]]
  end)

  it("starts when there is nothing to go on with", function()
    s:play [[
      $ sheaf pack pile/inner -o x.sheaf --resume
      ! packed 1,000 articles into x.sheaf in …
    ]]
  end)
end)

describe("sheaf pack --preset", function()
  local s

  before_each(function()
    s = session.new()
    pile(s)
  end)

  after_each(function() s:close() end)

  it("trades time for size and changes no article", function()
    local sizes = {}
    for _, preset in ipairs { "fast", "default", "small", "max" } do
      s:run(("sheaf pack -q pile -o %s.sheaf --preset %s"):format(preset, preset))
      sizes[#sizes + 1] = #s:read(preset .. ".sheaf")
      s:run(("sheaf export jsonl %s.sheaf -o %s.jsonl"):format(preset, preset))
    end
    assert.is_true(sizes[1] > sizes[2] and sizes[2] >= sizes[3] and sizes[3] > sizes[4])
    s:play [[
      $ cmp fast.jsonl max.jsonl && cmp small.jsonl max.jsonl && cmp default.jsonl max.jsonl
      $ sheaf pack pile -o x.sheaf --preset huge 2>&1 | grep -o 'fast.*max'
      fast…max
    ]]
  end)
end)
