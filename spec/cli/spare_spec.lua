-- spare_spec.lua - what is read, and what is a sheaf, is never written over by text; and what an
-- expression may and may not do with what an article lacks.

local session = require "spec.cli.session"

describe("an output", function()
  local s

  before_each(function()
    s = session.new()
    s:file("news.jsonl", session.articles)
    s:run("sheaf pack -q news.jsonl -o news.sheaf")
    s:file("count.lua", "out:write('x')")
  end)

  after_each(function() s:close() end)

  local function keeps(name, command)
    local before = s:read(name)
    local _, _, status = s:run(command)
    assert.equal(2, status, command)
    assert.equal(before, s:read(name), command)
  end

  it("is refused when it is also an input", function()
    keeps("news.sheaf", "sheaf export csv news.sheaf -o news.sheaf")
    keeps("news.sheaf", "sheaf run news.sheaf --to csv -o ./news.sheaf")
    keeps("news.sheaf", "sheaf run count.lua news.sheaf -o news.sheaf")
    keeps("news.jsonl", "sheaf run news.jsonl --to jsonl -o news.jsonl")
    keeps("news.jsonl", "sheaf pack news.jsonl -o other.sheaf --report news.jsonl")
  end)

  it("of text is refused over a sheaf, whatever its name, and under its ending", function()
    s:file("renamed", s:read("news.sheaf"))
    keeps("renamed", "sheaf export csv news.jsonl -o renamed")
    keeps("news.sheaf", "sheaf pack news.jsonl -o other.sheaf --report news.sheaf")
    local _, _, status = s:run("sheaf export jsonl news.jsonl -o new.sheaf")
    assert.equal(2, status)
  end)

  it("tells of a misspelt method, and passes over what an article lacks", function()
    for _, option in ipairs { "ls news.sheaf --where", "run news.sheaf -e" } do
      local _, problem, status = s:run(("sheaf %s 'a.headline:mathc(\"x\")'"):format(option))
      assert.equal(2, status)
      assert.is_truthy(problem:find("mathc", 1, true))
      _, _, status = s:run(("sheaf %s 'a.via:find(\"x\")'"):format(option))
      assert.equal(1, status)
    end
  end)
end)
