-- abouts_spec.lua - what plugins say of themselves is kept, and never believed when it may be wrong.

local session = require "spec.cli.session"

local PLUGIN = [[
local words = require "words"
return { kind = "filter", about = words.about, each = function() return true end }]]

describe("what plugins say of themselves", function()
  local s

  -- What was touched a moment ago is not kept, and the time at which a file was changed cannot be set.
  setup(function()
    s = session.new()
    s:file("plugins/mine/plugin.lua", PLUGIN)
    s:file("plugins/mine/lib/words.lua", [[return { about = "The first sentence." }]])
    s:file("plugins/other.lua", [[return { kind = "filter", about = "Another.", each = function() end }]])
    s:run("find plugins -exec touch -d 2020-01-01 {} +; sleep 3")
  end)

  teardown(function() s:close() end)

  local function list()
    return (s:run('SHEAF_PLUGIN_PATH=$PWD/plugins XDG_CACHE_HOME=$PWD/cache sheaf plugin list filter'))
  end

  it("is the same from the file that keeps it", function()
    local first = list()
    assert.matches("The first sentence%.", first)
    assert.matches("mine", s:read("cache/sheaf/plugins"))
    assert.are.equal(first, list())
  end)

  it("is found out again when the file that keeps it is damaged", function()
    local first = list()
    local kept = s:read("cache/sheaf/plugins")
    for _, damaged in ipairs {
      "", "nonsense", kept:sub(1, #kept // 2), kept .. "x", (kept:gsub("The first", "The worst")),
      kept:gsub("^[^\n]*", "sheaf plugins 1 0.0.0"),
    } do
      s:file("cache/sheaf/plugins", damaged)
      assert.are.equal(first, list())
    end
  end)

  it("is found out again when the plugin, or a module of it, was changed", function()
    list()
    s:file("plugins/mine/lib/words.lua", [[return { about = "The other sentence." }]])
    assert.matches("The other sentence%.", list())
    s:file("plugins/other.lua", [[return { kind = "filter", about = "Changed.", each = function() end }]])
    assert.matches("Changed%.", list())
    s:file("plugins/other.lua", [[return { kind = "filter", about = "CHANGED.", each = function() end }]])
    assert.matches("CHANGED%.", list())
  end)

  it("is not missed where it cannot be kept", function()
    s:file("none", "a file, and no folder")
    local out = s:run("SHEAF_PLUGIN_PATH=$PWD/plugins XDG_CACHE_HOME=$PWD/none sheaf plugin list filter")
    assert.matches("mine", out)
  end)
end)
