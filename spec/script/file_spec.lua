-- file_spec.lua - writing a sheaf from Lua and reading it back.

local core = require "sheaf.core"

local function some_article(number)
  return {
    headline = "Story " .. number, text = ("Paragraph %d."):format(number),
    url = "https://n.example/" .. number,
  }
end

describe("a sheaf", function()
  local path, ids

  setup(function()
    path = os.tmpname()
    os.remove(path)
    path = path .. ".sheaf"
    ids = {}
    local writer = assert(core.create(path))
    for i = 1, 20 do
      local article = core.article(some_article(i))
      ids[i] = article.id
      assert.is_true(writer:add(article))
    end
    assert.same({ false, "already there" }, { writer:add(some_article(1)) })
    assert.is_true(writer:commit())
    assert.equal(20, writer:counts().articles)
    writer:close()
  end)
  teardown(function() os.remove(path) end)

  local function opened()
    return assert(core.open(path))
  end

  it("is there once it was committed", function()
    local file = opened()
    assert.equal(20, #file)
    assert.equal(20, file:count())
    assert.equal(20, file:info().articles)
    assert.equal(0, file:info().torn)
    assert.is_true(file:verify())
  end)

  it("gives its articles in order", function()
    local file, n = opened(), 0
    for article in file:articles() do
      n = n + 1
      assert.equal("Story " .. n, article.headline)
      assert.equal(ids[n], article.id)
    end
    assert.equal(20, n)
  end)

  it("gives a part of them, by position", function()
    local function heads(range)
      local list = {}
      for article in opened():articles(range) do list[#list + 1] = article.headline:match "%d+" end
      return table.concat(list, " ")
    end
    assert.equal("3 4 5", heads { from = 3, to = 5 })
    assert.equal("19 20", heads { from = 19 })
    assert.equal("1 2", heads { to = 2 })
    assert.equal("", heads { from = 21 })
    assert.equal("", heads { from = 5, to = 4 })
    assert.equal("20", heads { from = 20, to = 1000 })
  end)

  it("gives rows without unpacking", function()
    local rows = {}
    for row in opened():rows { from = 2, to = 3 } do rows[#rows + 1] = row end
    assert.equal(2, #rows)
    assert.equal(2, rows[1].position)
    assert.equal("Story 2", rows[1].headline)
    assert.equal("n.example", rows[1].site)
    assert.equal(2, rows[1].words)
    assert.equal(ids[3], rows[2].id)
  end)

  it("gets one by position, id, or the beginning of an id", function()
    local file = opened()
    assert.equal("Story 7", file:get(7).headline)
    assert.equal("Story 7", file:get(ids[7]).headline)
    assert.equal("Story 7", file:get(ids[7]:sub(1, 12)).headline)
    for _, wrong in ipairs { 0, 21, -1, "zz", ("f"):rep(16) } do
      local article, reason = file:get(wrong)
      assert.is_nil(article)
      assert.is_string(reason)
    end
  end)

  it("lends articles: one is good until the next", function()
    local file, kept, copy = opened(), nil, nil
    for article in file:articles { to = 2 } do
      if not kept then kept, copy = article, article:copy() end
    end
    assert.error_matches(function() return kept.headline end, "used after its call")
    assert.equal("Story 1", copy.headline)
  end)

  it("stays whole when the file is closed or collected during a walk", function()
    local file = opened()
    local n = 0
    for _ in file:articles() do
      n = n + 1
      if n == 3 then file:close() end
      if n == 5 then
        file = nil
        collectgarbage()
      end
    end
    assert.equal(20, n)
  end)

  it("ends a walk early without harm", function()
    for i = 1, 100 do
      for article in opened():articles() do
        if article.headline == "Story 3" then break end
      end
      local walk = opened():articles()
      assert.equal("Story 1", walk().headline)
      assert.is_true(i > 0)
    end
  end)

  it("says so when it is closed", function()
    local file = opened()
    file:close()
    file:close()
    assert.error_matches(function() return #file end, "closed already")
    do local _ <close> = opened() end
  end)

  it("takes more, at once or not at all", function()
    local other = path .. ".more"
    local writer = assert(core.create(other))
    assert(writer:add(some_article(1)))
    assert(writer:commit())
    writer:close()
    writer = assert(core.append(other))
    assert(writer:add(some_article(2)))
    writer:close()
    assert.equal(1, #assert(core.open(other)))
    writer = assert(core.append(other))
    assert(writer:add(some_article(2)))
    assert(writer:commit())
    writer:close()
    assert.equal(2, #assert(core.open(other)))
    local again, reason = core.create(other)
    assert.is_nil(again)
    assert.is_string(reason)
    os.remove(other)
  end)

  -- Holds the lock of a file for so many seconds, in a process of its own.
  local function hold_lock(name, seconds)
    local holder = assert(io.popen(("flock -x '%s' sh -c 'echo held; sleep %s'"):format(name, seconds)))
    assert.equal("held", holder:read("l"))
    return holder
  end

  it("waits for another writer as long as it is told to", function()
    local other = path .. ".waited"
    local writer <close> = assert(core.create(other))
    assert(writer:add(some_article(1)))
    assert(writer:commit())
    writer:close()
    local holder = hold_lock(other, 0.4)
    local none, reason = core.append(other)
    assert.is_nil(none)
    assert.matches("another writer is at work", reason)
    local second <close> = assert(core.append(other, { wait = 20 }))
    holder:close()
    local began = core.now()
    none, reason = core.append(other, { wait = 1 })
    assert.is_nil(none)
    assert.matches("process %d+ on .* since 20", reason)
    assert.is_true(core.now() - began >= 0.9)
    second:close()
    assert.error_matches(function() core.append(other, { wait = -1 }) end, "wait must be from 0")
    os.remove(other)
  end)

  it("keeps what a writer is told about it", function()
    local other = path .. ".options"
    local options = { plan = "from a spec", hold = true, level = 1, originals = true }
    local writer <close> = assert(core.create(other, options))
    assert(writer:add(some_article(1)))
    assert(writer:commit())
    assert.is_nil(core.open(other))
    assert.is_true(writer:publish())
    writer:close()
    local file <close> = assert(core.open(other))
    assert.equal("from a spec", file:info().plan)
    local commits, signatures = file:history()
    assert.equal(1, #commits)
    assert.same({ 1, 1, 0, false, "from a spec" },
      { commits[1].commit, commits[1].added, commits[1].removed, commits[1].past, commits[1].plan })
    assert.equal(file:info().sha256, commits[1].sha256)
    assert.same({}, signatures)
    os.remove(other)
  end)

  it("says why when there is none", function()
    local file, reason = core.open "/nowhere/x.sheaf"
    assert.is_nil(file)
    assert.matches("/nowhere/x.sheaf", reason)
  end)

  it("is read by scripts that were named it, within their sandbox", function()
    local sink = core.sink_memory()
    local fine, problem = core.script { source = [[
      local n = 0
      for article in sheaf.open(arg[1]):articles() do n = n + article.words end
      out:write(n, " ", #sheaf.open(arg[1]))]], args = { path }, out = sink }
    assert.is_nil(problem and tostring(problem))
    assert.is_true(fine)
    assert.equal("40 20", sink:text())
  end)
end)

describe("a pile", function()
  local folder

  setup(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(os.execute("mkdir " .. folder))
    local file = assert(io.open(folder .. "/a.jsonl", "w"))
    file:write('{"title":"One","body":"First text."}\n', '{"title":"Two","body":"Second text."}\n',
      "{broken\n")
    file:close()
  end)
  teardown(function() os.execute("rm -r " .. folder) end)

  it("gives articles, and tells what it refused", function()
    local heads, refused = {}, {}
    for article in core.read(folder, { reject = function(...) refused[#refused + 1] = { ... } end }) do
      heads[#heads + 1] = article.headline
    end
    assert.same({ "One", "Two" }, heads)
    assert.equal(1, #refused)
    assert.matches("a.jsonl", refused[1][1])
    assert.is_string(refused[1][3])
  end)

  it("raises what the reject function raised", function()
    assert.error_matches(function()
      for _ in core.read({ folder }, { reject = function() error("stop here", 0) end }) do end -- luacheck: ignore
    end, "stop here")
  end)
end)
