-- files_spec.lua - an output of several files: a ZIP, a folder, a listing.

local core = require "sheaf.core"
local lfs = require "lfs"

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read "a"
  if file then file:close() end
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local function names_in(folder)
  local names = {}
  for name in lfs.dir(folder) do
    if name ~= "." and name ~= ".." then names[#names + 1] = name end
  end
  table.sort(names)
  return names
end

describe("an output of several files", function()
  local folder

  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(lfs.mkdir(folder))
  end)

  after_each(function() os.execute("rm -rf '" .. folder .. "'") end)

  local function fill(path)
    local sink = assert(core.sink(path))
    assert(sink:file("mimetype", "application/epub+zip"))
    assert(sink:file("text/one.html", ("<p>again and again</p>\n"):rep(200)))
    assert(sink:file("empty", ""))
    return sink
  end

  it("is a ZIP under a name of a file, the same each time", function()
    assert(fill(folder .. "/a.zip"):close())
    assert(fill(folder .. "/b.zip"):close())
    local bytes = read(folder .. "/a.zip")
    assert.equal(bytes, read(folder .. "/b.zip"))
    assert.equal("mimetypeapplication/epub+zip", bytes:sub(31, 58), "first, stored, without extra fields")
    assert.is_true(#bytes < 600)
    assert.same({ "a.zip", "b.zip" }, names_in(folder))
  end)

  it("is read by others", function()
    assert(fill(folder .. "/a.zip"):close())
    local zip = assert(io.popen(("bsdtar -xOf '%s/a.zip' text/one.html"):format(folder)))
    assert.equal(("<p>again and again</p>\n"):rep(200), zip:read "a")
    assert.is_true(zip:close())
  end)

  it("is a folder under a name that ends in a slash, and seen when it is whole", function()
    local site = folder .. "/site"
    local sink = fill(site .. "/")
    assert.is_nil(lfs.attributes(site))
    assert(sink:close())
    assert.same({ ".made-by-sheaf", "empty", "mimetype", "text" }, names_in(site))
    assert.equal(4600, #read(site .. "/text/one.html"))
    assert.same({ "site" }, names_in(folder))
  end)

  it("replaces a folder that it has made, and no other", function()
    local site = folder .. "/site"
    assert(fill(site .. "/"):close())
    local sink = assert(core.sink(site))
    assert(sink:file("only", "this"))
    assert(sink:close())
    assert.same({ ".made-by-sheaf", "only" }, names_in(site))

    local mine = folder .. "/mine"
    assert(lfs.mkdir(mine))
    write(mine .. "/diary", "dear")
    local none, reason = core.sink(mine .. "/")
    assert.is_nil(none)
    assert.matches("has files that are not of sheaf", reason)
    assert.equal("dear", read(mine .. "/diary"))
  end)

  it("leaves nothing when it is discarded", function()
    fill(folder .. "/site/"):discard()
    fill(folder .. "/a.zip"):discard()
    assert.same({}, names_in(folder))
  end)

  it("refuses names that lead elsewhere, and a name twice", function()
    for _, name in ipairs { "../x", "/x", "a//b", "a/", "", ".", "a/../b", "a\\b", "c:x", "a\nb", "\xff" } do
      local sink = core.sink_memory()
      local fine, reason = sink:file(name, "bytes")
      assert.is_nil(fine)
      assert.matches("is no name for a file", reason)
    end
    local sink = core.sink_memory()
    assert(sink:file("x", "1"))
    local fine, reason = sink:file("x", "2")
    assert.is_nil(fine)
    assert.matches("was written before", reason)
  end)

  it("takes either files or text", function()
    local sink = core.sink_memory()
    sink:write "text"
    assert.error_matches(function() sink:file("x", "y") end, "has text already")
    sink = core.sink_memory()
    assert(sink:file("x", "y"))
    assert.error_matches(function() sink:write "text" end, "has several files")
    assert.equal("==> x\ny\n", sink:text())
    local text = assert(core.sink(folder .. "/site/"))
    assert.error_matches(function() text:write "one file" end, "the output is a folder")
  end)
end)
