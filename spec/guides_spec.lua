-- guides_spec.lua - the tutorial and the cookbook do what they say, from the first line to the last.
--
-- Each page has a folder of its own with the project's seeds/ in it. Its files are written and its commands
-- run there, in order, by the binary: SHEAF, SHEAF_BINARY or build/release/sheaf. With SHEAF_UPDATE_DOCS=1
-- the pages are written again instead: read the diff.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec"
local transcript = dofile(here .. "/transcript.lua")
local core = require "sheaf.core"
local lfs = require "lfs"

local root = core.realpath(here .. "/..")
local binary = os.getenv("SHEAF") or os.getenv("SHEAF_BINARY") or root .. "/build/release/sheaf"
local updating = os.getenv("SHEAF_UPDATE_DOCS") == "1"

local pages = {
  "docs/tutorial.md", "docs/cookbook.md", "docs/collections.md", "docs/words.md", "docs/talks.md",
}

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- A folder to follow a page in: what it prints there, and how its files are made.
local function new_place()
  local pipe = assert(io.popen("mktemp -d", "r"))
  local folder = pipe:read("l")
  pipe:close()
  local place = { folder = folder }
  assert(os.execute(("ln -s %s/seeds %s/seeds"):format(quoted(root), quoted(folder))))

  function place.run(command)
    local line = ("cd %s && PATH=%s:$PATH NO_COLOR=1 HOME=%s; export PATH NO_COLOR HOME; unset XDG_DATA_HOME "
      .. "XDG_CONFIG_HOME XDG_STATE_HOME SHEAF_PLUGIN_PATH COLUMNS; exec 2>&1 </dev/null; %s"):format(
      quoted(folder), quoted(binary:match("^(.*)/[^/]*$")), quoted(folder .. "/home"), command)
    local out = assert(io.popen(line, "r"))
    local output = out:read("a")
    out:close()
    return (output:gsub("\r", ""))
  end

  function place.write(path, text)
    assert(not path:find("..", 1, true) and path:sub(1, 1) ~= "/")
    for position in path:gmatch("()/") do lfs.mkdir(folder .. "/" .. path:sub(1, position - 1)) end
    local file = assert(io.open(folder .. "/" .. path, "wb"))
    file:write(text)
    file:close()
  end

  function place.close()
    if folder:find("^/.+/") then os.execute("rm -r " .. quoted(folder)) end
  end

  return place
end

for _, page in ipairs(pages) do
  describe(page, function()
    local place

    setup(function() place = new_place() end)
    teardown(function() place.close() end)

    if updating then
      it("is written again", function() transcript.update(root .. "/" .. page, place.run, place.write) end)
      return
    end

    local steps = transcript.steps(root .. "/" .. page)

    it("shows commands", function() assert.is_true(#steps > 10) end)

    for _, step in ipairs(steps) do
      if step.file then
        it("makes " .. step.file, function() place.write(step.file, step.text) end)
      else
        it("tells the truth about: " .. step.command, function()
          local output = place.run(step.command)
          if not transcript.fits(step.output, output) then assert.equal(step.output, output) end
        end)
      end
    end
  end)
end

describe("the cookbook", function()
  it("has at least fourteen tasks", function()
    if updating then return end
    local _, tasks = transcript.read_file(root .. "/docs/cookbook.md"):gsub("\n## ", "")
    assert.is_true(tasks >= 14, tasks .. " tasks")
  end)
end)
