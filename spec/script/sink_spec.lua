-- sink_spec.lua - output that appears whole or not at all.

local core = require "sheaf.core"
local lfs = require "lfs"

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read "a"
  if file then file:close() end
  return text
end

describe("a sink to a file", function()
  local folder, path

  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(lfs.mkdir(folder))
    path = folder .. "/out.txt"
  end)
  after_each(function() os.execute("rm -rf " .. folder) end)

  local function names()
    local list = {}
    for name in lfs.dir(folder) do
      if name:sub(1, 1) ~= "." then list[#list + 1] = name end
    end
    return table.concat(list, " ")
  end

  it("gives the file its name only when it is closed", function()
    local sink = assert(core.sink(path))
    assert(sink:write("one", 2, "\n"))
    assert.is_nil(read(path))
    assert.is_true(sink:close())
    assert.equal("one2\n", read(path))
    assert.equal("out.txt", names())
  end)

  it("keeps the old file until then", function()
    local file = assert(io.open(path, "w"))
    file:write "old"
    file:close()
    local sink = assert(core.sink(path))
    assert(sink:write(("new"):rep(100000)))
    assert.equal("old", read(path))
    assert(sink:close())
    assert.equal(300000, #read(path))
  end)

  it("leaves nothing behind when it is discarded or forgotten", function()
    local sink = assert(core.sink(path))
    sink:write "x"
    sink:discard()
    assert.equal("", names())
    do
      local forgotten = assert(core.sink(path))
      forgotten:write "x"
    end
    sink = nil -- luacheck: ignore
    collectgarbage()
    collectgarbage()
    assert.equal("", names())
  end)

  it("writes through a link and keeps it", function()
    assert(lfs.link(folder .. "/real.txt", path, true) == 0 or true)
    local file = assert(io.open(folder .. "/real.txt", "w"))
    file:close()
    local sink = assert(core.sink(path))
    sink:write "through"
    assert(sink:close())
    assert.equal("through", read(folder .. "/real.txt"))
    assert.equal("link", lfs.symlinkattributes(path, "mode"))
  end)

  it("says why when it cannot be made", function()
    local sink, reason = core.sink(folder .. "/none/out.txt")
    assert.is_nil(sink)
    assert.matches("none/out.txt: cannot write: No such file", reason)
  end)

  it("says so when it is used after closing", function()
    local sink = assert(core.sink(path))
    assert(sink:close())
    local fine, reason = sink:write "late"
    assert.is_nil(fine)
    assert.matches("closed already", reason)
  end)

  it("tells a full disk", function()
    if not lfs.attributes "/dev/full" then return end
    local sink = assert(core.sink "/dev/full")
    local fine, reason = sink:write(("x"):rep(100000))
    assert.is_nil(fine)
    assert.matches("No space left", reason)
    fine, reason = sink:close()
    assert.is_nil(fine)
    assert.matches("No space left", reason)
  end)
end)

describe("a sink in memory", function()
  it("gives what was written", function()
    local sink = core.sink_memory()
    sink:write("a", 1.5, 2):csv("x", "y z")
    sink:json { k = "v" }
    assert.equal('a1.52x,y z\r\n{"k":"v"}\n', sink:text())
  end)

  it("refuses what has no text", function()
    local sink = core.sink_memory()
    assert.error_matches(function() sink:write {} end, "string expected, got table")
    assert.error_matches(function() sink:csv {} end, "string expected, got table")
    assert.error_matches(function() sink:json(7) end, "article expected")
    assert.error_matches(function() sink:json { print } end, "a function has no JSON")
    assert.equal("", sink:text())
  end)
end)
