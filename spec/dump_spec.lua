-- dump_spec.lua - every sample dump in seeds/ comes out as spec/dump_expect.lua says.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec"
local seeds = here .. "/../seeds/"
local expect = dofile(here .. "/dump_expect.lua")
local check = dofile(here .. "/dump_check.lua")
local sheaf = require "sheaf"

local function sorted_keys(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

local function count(number)
  return number .. (number == 1 and " article" or " articles")
end

describe("the sample dump", function()
  for _, name in ipairs(sorted_keys(expect)) do
    local want, path = expect[name], seeds .. name

    it(name .. " holds " .. count(#want), function()
      local articles = check.read(sheaf, path)
      assert.equal(#want, #articles)
    end)

    for index, article_want in ipairs(want) do
      it(("%s, article %d, is filed as an editor would"):format(name, index), function()
        local articles = check.read(sheaf, path)
        assert.is_truthy(articles[index], "no such article")
        local source = { path = path, size = #check.bytes(path), why = not name:find("^more/") }
        local faults = check.article(articles[index], article_want, source)
        assert.equal("", table.concat(faults, "\n"))
      end)
    end

    if #want == 0 then
      it(name .. " is told to the report, with a reason", function()
        local _, refused = check.read(sheaf, path)
        assert.equal(1, #refused)
        assert.is_truthy(refused[1].place:find(name, 1, true), refused[1].place)
        assert.is_true(#refused[1].reason > 0)
      end)
    else
      it(name .. " is taken whole: nothing is refused", function()
        local _, refused = check.read(sheaf, path)
        assert.equal(0, #refused, refused[1] and refused[1].reason)
      end)
    end
  end

  it("is named here when it lies in seeds/", function()
    local lfs = require "lfs"
    for _, folder in ipairs { "", "more/" } do
      for entry in lfs.dir(seeds .. folder) do
        local name = folder .. entry
        local is_file = lfs.attributes(seeds .. name, "mode") == "file"
        if is_file and entry:find("^[^.]") and entry ~= "README.md" then
          assert.is_truthy(expect[name], name .. " is not in spec/dump_expect.lua")
        end
      end
    end
  end)
end)

describe("articles of one dump", function()
  it("come from bytes of their own, in order", function()
    for _, name in ipairs { "06-several-articles.txt", "15-press-database.txt", "17-title-and-source.txt" } do
      local last = 0
      for _, article in ipairs((check.read(sheaf, seeds .. name))) do
        assert.is_true(article.provenance.from >= last, name .. ": ranges overlap")
        last = article.provenance.to
      end
      assert.is_true(last > 0, name)
    end
  end)

  it("have ids of their own, the same at every reading", function()
    local seen = {}
    for name in pairs(expect) do
      local again = check.read(sheaf, seeds .. name)
      for index, article in ipairs((check.read(sheaf, seeds .. name))) do
        assert.is_nil(seen[article.id], name .. " shares an id")
        seen[article.id] = true
        assert.equal(again[index].id, article.id)
      end
    end
  end)
end)

describe("a pile of dumps in an archive", function()
  local function ids(path)
    local list = {}
    for _, article in ipairs((check.read(sheaf, path))) do list[#list + 1] = article.id end
    table.sort(list)
    return list
  end

  it("gives the same articles as the folder that it was made of", function()
    local folder = os.tmpname()
    os.remove(folder)
    assert(os.execute(("mkdir '%s' && cp '%s'[01]*.txt '%s'"):format(folder, seeds, folder)))
    assert(os.execute(("tar -C '%s' -czf '%s.tar.gz' ."):format(folder, folder)))
    local plain, packed = ids(folder), ids(folder .. ".tar.gz")
    assert(os.execute(("rm -r '%s' '%s.tar.gz'"):format(folder, folder)))
    assert.is_true(#plain > 15)
    assert.same(plain, packed)
  end)
end)
