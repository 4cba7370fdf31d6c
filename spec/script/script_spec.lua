-- script_spec.lua - a user's script: it reads what it was named, and writes to its output.

local core = require "sheaf.core"

local function run(source, options)
  local sink = core.sink_memory()
  options = options or {}
  options.source, options.name, options.out = source, "@script.lua", sink
  local fine, problem = core.script(options)
  return fine and sink:text(), problem
end

local function refused(pattern, source, options)
  local text, problem = run(source, options)
  assert.is_nil(text or nil)
  assert.matches(pattern, problem.message)
end

describe("a script", function()
  it("has arg, out, and sheaf", function()
    assert.equal("a b 2 a", run([[
      local sheaf2 = require "sheaf"
      assert(sheaf == sheaf2)
      local first = ...
      out:write(arg[1], " ", arg[2], " ", #arg, " ", first)]], { args = { "a", "b" } }))
  end)

  it("may make articles", function()
    assert.equal('{"headline":"x"}\n', run "out:json(sheaf.article { headline = 'x' }, { 'headline' })")
  end)

  it("may open and read only what it was named", function()
    refused("'/etc/passwd' is not on the command line", "sheaf.open('/etc/passwd')")
    refused("'/etc' is not on the command line", "sheaf.read('/etc')", { args = { "here" } })
    refused("'b' is not on the command line", "sheaf.read({ 'a', 'b' })", { args = { "a" } })
    assert.equal("false", run("local f = sheaf.open('/nowhere/x.sheaf') out:write(tostring(f ~= nil))",
      { args = { "/nowhere/x.sheaf" } }))
  end)

  it("cannot widen what it may read", function()
    refused("not on the command line", "arg[1] = '/etc/passwd' sheaf.open('/etc/passwd')", { args = { "a" } })
    refused("not on the command line", [[
      local paths = setmetatable({ "a" }, { __index = function() return "/etc/passwd" end,
        __len = function() return 2 end })
      sheaf.read(paths)
      sheaf.read { "/etc/passwd" }]], { args = { "a" } })
  end)

  it("has no way to write elsewhere", function()
    assert.equal("nil nil nil nil", run [[out:write(tostring(sheaf.create), " ", tostring(sheaf.append), " ",
      tostring(io), " ", tostring(os.execute))]])
  end)

  it("gets all of Lua with trust", function()
    assert.equal("true", run("out:write(tostring(io ~= nil and require('sheaf').create ~= nil))",
      { trust = true }))
  end)

  it("is told of its mistakes", function()
    local _, problem = run "local x = 1\nprint(x.y.z)"
    assert.equal("script.lua", problem.file)
    assert.equal(2, problem.line)
    assert.equal("print(x.y.z)", problem.source)
    _, problem = run "x ="
    assert.equal("syntax", problem.kind)
  end)

  it("is held to limits that it is given", function()
    local _, problem = run("while true do end", { seconds = 0.1 })
    assert.equal("time", problem.kind)
    _, problem = run("local s = 'x' while true do s = s .. s end", { memory = 4 << 20 })
    assert.equal("memory", problem.kind)
  end)

  it("may use globals", function()
    assert.equal("3", run "count = 1 count = count + 2 out:write(count)")
  end)
end)
