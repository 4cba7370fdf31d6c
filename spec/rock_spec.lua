-- rock_spec.lua - luarocks makes the module, and a plain lua5.4 uses it.
--
-- The module of the build under test is taken: SHEAF, SHEAF_BINARY or build/release/sheaf.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec"
local core = require "sheaf.core"

local root = core.realpath(here .. "/..")
local binary = os.getenv("SHEAF") or os.getenv("SHEAF_BINARY") or root .. "/build/release/sheaf"

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

describe("the rock", function()
  local tree

  local function shell(command)
    local pipe = assert(io.popen(command .. "; echo \"=$?\"", "r"))
    local output, status = pipe:read("a"):match("^(.*)=(%d+)\n$")
    pipe:close()
    return output, tonumber(status)
  end

  setup(function()
    tree = shell("mktemp -d"):match("[^\n]+")
    local output, status = shell(("cd %s && SHEAF_ROCK_BUILD=%s luarocks --lua-version 5.4 make --tree %s "
      .. "--deps-mode none sheaf-%s-1.rockspec 2>&1"):format(quoted(root),
      quoted(core.realpath(binary:match("^(.*)/[^/]*$"))), quoted(tree), core.version))
    assert.equal(0, status, output)
  end)

  teardown(function()
    if tree:find("^/.+/") then shell("rm -r " .. quoted(tree)) end
  end)

  -- A plain Lua that finds Lua files and modules in the tree only.
  local function lua(code)
    return shell(("cd / && env -u LUA_INIT LUA_PATH='%s/share/lua/5.4/?.lua;%s/share/lua/5.4/?/init.lua' "
      .. "LUA_CPATH='%s/lib/lua/5.4/?.so' lua5.4 -e %s 2>&1"):format(tree, tree, tree, quoted(code)))
  end

  it("gives the module to a plain Lua", function()
    local output, status = lua [[
      local sheaf = require "sheaf"
      print(sheaf.version, sheaf.date("May 5, 2021"), sheaf.count_words("two words"))]]
    assert.equal(("%s\t2021-05-05\t2\n"):format(core.version), output)
    assert.equal(0, status)
  end)

  it("reads, writes and opens sheaves there", function()
    local output = lua(([[
      local sheaf = require "sheaf"
      local writer = assert(sheaf.create "%s/x.sheaf")
      for a in assert(sheaf.read "%s/seeds/06-several-articles.txt") do assert(writer:add(a)) end
      assert(writer:commit())
      writer:close()
      local file = assert(sheaf.open "%s/x.sheaf")
      print(#file > 1, file:get(1).headline ~= nil)]]):format(tree, root, tree))
    assert.equal("true\ttrue\n", output)
  end)

  it("has the annotations for editors", function()
    assert.equal(0, select(2, shell(("test -s %s/share/lua/5.4/sheaf/meta/sheaf.lua"):format(quoted(tree)))))
  end)
end)
