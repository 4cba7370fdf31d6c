-- plugin_spec.lua - plugins of the three kinds, as the host sees them.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/script"
local core = require "sheaf.core"
local lab = dofile(here .. "/lab.lua")

local function loading(source, options)
  local plugin, problem = core.plugin(source, "@bad.lua", options)
  assert.is_nil(plugin)
  return problem
end

describe("loading a plugin", function()
  it("takes a bare function for a filter", function()
    local plugin = lab.plugin "return function(a) return a.words > 2 end"
    assert.same({ kind = "filter", each = true }, plugin:describe())
    assert.is_true(plugin:filter(lab.article))
  end)

  it("describes its table as plain data", function()
    local plugin = lab.plugin [[return { kind = "filter", api = 1, about = "x",
      args = { min = { "integer", default = 2 } }, each = function() end }]]
    assert.same({ kind = "filter", api = 1, about = "x", each = true,
      args = { min = { "integer", default = 2 } } }, plugin:describe())
  end)

  it("tells a syntax error with its place and line", function()
    local problem = loading "local x = 1\nreturn = 2\n"
    assert.equal("syntax", problem.kind)
    assert.equal("bad.lua", problem.file)
    assert.equal(2, problem.line)
    assert.equal("return = 2", problem.source)
    assert.matches("^bad.lua:2: .*near '='\n    return = 2", tostring(problem))
  end)

  it("tells an error with its place, line and frames", function()
    local problem = loading "local function f()\n  error 'broken'\nend\nf()"
    assert.equal("error", problem.kind)
    assert.equal("broken", problem.message)
    assert.equal(2, problem.line)
    assert.equal("error 'broken'", problem.source)
    assert.same({ "bad.lua:2: in upvalue 'f'" }, { (problem.traceback[1]:gsub("local 'f'", "upvalue 'f'")) })
    assert.equal("bad.lua:4: in main chunk", problem.traceback[2])
  end)

  it("tells errors of far too long names and lines", function()
    local name = "@/" .. ("deep/"):rep(30) .. "plugin.lua"
    local _, problem = core.plugin("local x = nil + 1 -- " .. ("x"):rep(400), name)
    assert.equal(name:sub(2), problem.file)
    assert.equal(1, problem.line)
    assert.matches("arithmetic on a nil value", problem.message)
    assert.is_true(#problem.source < 300)
  end)

  it("tells where an error that is no text was raised", function()
    local problem = loading "\nerror({ message = 'from a table' })"
    assert.equal("from a table", problem.message)
    assert.equal(2, problem.line)
    assert.equal("the error is a boolean, not a text", loading("error(true)").message)
  end)

  it("refuses bytecode", function()
    local problem = loading(string.dump(function() return {} end))
    assert.equal("syntax", problem.kind)
    assert.matches("binary chunk", problem.message)
  end)

  it("refuses what is no plugin", function()
    assert.matches("returns a table or a function, not a nil", loading("local x = 1").message)
    assert.matches("does not say its kind", loading("return { each = print }").message)
    assert.matches("no kind of plugin is 'flter'", loading("return { kind = 'flter', each = print }").message)
    assert.matches("no function 'each'", loading("return { kind = 'filter' }").message)
    assert.matches("neither a function 'each' nor", loading("return { kind = 'exporter' }").message)
    assert.matches("'each' must be a function", loading("return { kind = 'filter', each = 1 }").message)
  end)

  it("passes over a first line for the shell", function()
    assert.truthy(lab.plugin "#!/usr/bin/env sheaf\nreturn function() return true end")
  end)
end)

describe("require in a plugin", function()
  local folder = os.tmpname()
  local function write(name, text)
    local file = assert(io.open(folder .. "/" .. name, "w"))
    file:write(text)
    file:close()
  end

  setup(function()
    os.remove(folder)
    assert(os.execute("mkdir -p " .. folder .. "/lib"))
    write("lib/double.lua", "return { twice = function(n) return 2 * n end }")
    write("lib/bad.lua", "local x = 1\nreturn x +")
    write("lib/round.lua", "return require 'round'")
    write("lib/fails.lua", "return {\n  run = function()\n    error 'inside'\n  end }")
    write("outside.lua", "return 1")
  end)
  teardown(function() os.execute("rm -r " .. folder) end)

  local function load_with(code)
    return core.plugin(code .. "\nreturn function() return true end", "@main.lua", { folder = folder })
  end

  it("finds files of its own lib, and sheaf", function()
    assert(load_with "assert(require('double').twice(4) == 8 and require 'double' == require 'double')")
    assert(load_with "assert(require('sheaf') == sheaf)")
  end)

  it("finds nothing else", function()
    local names = { "../outside", "lib/double", "/etc/passwd", "os", "io", "lfs", "sheaf.core",
      "nothing", "" }
    for _, name in ipairs(names) do
      local plugin, problem = load_with(("require %q"):format(name))
      assert.is_nil(plugin)
      assert.matches("not found", problem.message)
    end
    assert.matches("only a plugin folder", select(2, core.plugin("require 'double'", "x.lua")).message)
  end)

  it("tells errors with the place in the module", function()
    local _, problem = load_with "require 'bad'"
    assert.equal("syntax", problem.kind)
    assert.equal(folder .. "/lib/bad.lua", problem.file)
    assert.equal(2, problem.line)
    assert.equal("return x +", problem.source)
    _, problem = load_with "require('fails').run()"
    assert.equal(3, problem.line)
    assert.equal("error 'inside'", problem.source)
    assert.equal(2, #problem.traceback)
  end)

  it("ends a circle", function()
    assert.matches("requires itself", select(2, load_with "require 'round'").message)
  end)
end)

describe("configure", function()
  local echo = lab.plugin "return { kind = 'extractor', each = function(a, opt) return { opt = opt } end }"

  it("hands over plain data", function()
    local opt = { a = 1, b = { 2.5, "x", true, core.null }, [3] = "c" }
    assert.is_true(echo:configure(opt))
    local got = echo:extract(lab.article).opt
    assert.same(opt, got)
    assert.equal("integer", math.type(got.a))
  end)

  it("refuses what is not plain, is too deep, or holds itself", function()
    local circle = {}
    circle.circle = circle
    local deep = {}
    for _ = 1, 40 do deep = { deep } end
    for reason, opt in pairs {
      ["holds itself"] = circle, ["nested too deep"] = deep, ["a function"] = { print },
      ["userdata"] = { lab.article }, ["coroutine"] = { coroutine.create(print) },
      ["such keys"] = { [{}] = 1 },
    } do
      local fine, problem = echo:configure(opt)
      assert.is_nil(fine)
      assert.matches(reason, problem.message)
    end
  end)

  it("is held to the memory limit", function()
    local plugin = lab.plugin("return function() end", { memory = 1 << 20 })
    local fine, problem = plugin:configure { ("x"):rep(2 << 20) }
    assert.is_nil(fine)
    assert.equal("memory", problem.kind)
  end)
end)

describe("a filter", function()
  it("keeps, or drops with a reason", function()
    local plugin = lab.plugin [[return { kind = "filter", each = function(a, opt)
      if a.words >= opt.min then return true end
      return false, a.words .. " words"
    end }]]
    plugin:configure { min = 3 }
    assert.same({ true }, { plugin:filter(lab.article) })
    plugin:configure { min = 100 }
    assert.same({ false, "7 words" }, { plugin:filter(lab.article) })
  end)

  it("counts nil as no and anything else as yes", function()
    assert.is_false(lab.plugin("return function() end"):filter(lab.article))
    assert.is_true(lab.plugin("return function() return 0 end"):filter(lab.article))
  end)

  it("tells its problems with article and line", function()
    local plugin = lab.plugin("return {\n kind = 'filter',\n each = function(a)\n  return a.wrods > 3\n "
      .. "end }",
      { name = "mine" })
    local keep, problem = plugin:filter(lab.article)
    assert.is_nil(keep)
    assert.equal("an article has no 'wrods'; did you mean 'words'?", problem.message)
    assert.equal(4, problem.line)
    assert.equal("return a.wrods > 3", problem.source)
    assert.equal("a1", problem.article)
    assert.equal("mine", problem.plugin)
  end)

  it("is called only as what it is", function()
    local plugin = lab.plugin "return function() end"
    assert.error_matches(function() plugin:extract(lab.article) end, "no extractor")
    assert.error_matches(function() plugin:open(core.sink_memory()) end, "no exporter")
    assert.error_matches(function() plugin:filter {} end, "article expected")
  end)
end)

describe("an extractor", function()
  it("gives plain data, or nothing", function()
    local plugin = lab.plugin [[return { kind = "extractor", each = function(a, opt)
      return opt.some and { host = a.site, list = { 1, { x = "y" } } } or nil
    end }]]
    assert.is_nil(plugin:extract(lab.article))
    plugin:configure { some = true }
    assert.same({ host = "harbour.example", list = { 1, { x = "y" } } }, plugin:extract(lab.article))
  end)

  it("that gives something else is a problem", function()
    local function problem_of(code)
      local got, problem = lab.plugin("return { kind = 'extractor', each = function(a) " .. code .. " end }")
        :extract(lab.article)
      assert.is_nil(got)
      return problem.message
    end
    assert.matches("returns a table of fields", problem_of "return 'x'")
    assert.matches("an article or other userdata", problem_of "return { a = a }")
    assert.matches("holds itself", problem_of "local t = {} t[1] = t return t")
    assert.matches("too many values", problem_of [[
      local t = { 1 } for _ = 1, 30 do t = { t, t } end return t]])
  end)
end)

describe("an exporter", function()
  local function export(source, articles, options)
    local sink = core.sink_memory()
    local plugin = lab.plugin(source, options)
    if options and options.opt then assert(plugin:configure(options.opt)) end
    local fine, problem = plugin:open(sink)
    for _, article in ipairs(articles or { lab.article }) do
      if fine then fine, problem = plugin:write(article) end
    end
    if fine then fine, problem = plugin:close() end
    return fine and sink:text(), problem
  end

  it("in order has open, each and close", function()
    assert.equal("<a1\n>", (export [[return { kind = "exporter",
      open = function(out, opt) out:write("<") end,
      each = function(a, opt, out) out:write(a.id, "\n") end,
      close = function(out) out:write(">") end }]]))
    assert.equal("a1", (export [[return { kind = "exporter",
      each = function(a, _, out) out:write(a.id) end }]]))
  end)

  it("by parts has start, add and finish", function()
    assert.equal("harbour.example=2", (export([[return { kind = "exporter",
      start = function(opt) return {} end,
      add = function(s, a) s[a.site] = (s[a.site] or 0) + 1 end,
      merge = function(s, t) return s end,
      finish = function(s, opt, out) for k, n in sheaf.sorted(s) do out:write(k, "=", n) end end }]],
      { lab.article, lab.article })))
    assert.equal("3", (export([[return { kind = "exporter", start = function() return 0 end,
      add = function(n) return n + 1 end, finish = function(n, _, out) out:write(n) end }]],
      { lab.article, lab.article, lab.article })))
  end)

  it("writes rows and records", function()
    local text = export [[return { kind = "exporter", each = function(a, opt, out)
      out:json(a, { "id", "headline" })
      out:json { b = 1, a = { true } }
      out:csv("a,b", 'say "x"', nil, 12, true, " y", "line\nbreak")
    end }]]
    assert.equal('{"id":"a1","headline":"Ferry strike ends"}\n{"a":[true],"b":1}\n'
      .. '"a,b","say ""x""",,12,true," y","line\nbreak"\r\n', text)
  end)

  it("that writes something else is a problem", function()
    local text, problem = export [[return { kind = "exporter", each = function(a, _, out)
      out:write(a.section) end }]]
    assert.is_nil(text)
    assert.matches("string expected, got nil", problem.message)
    assert.equal(2, problem.line)
  end)

  it("cannot write after it was closed", function()
    local plugin = lab.plugin [[
      local kept
      return { kind = "exporter", open = function(out) if kept then kept:write("x") end kept = out end,
        each = function() end }]]
    assert(plugin:open(core.sink_memory()))
    assert(plugin:close())
    local fine, problem = plugin:open(core.sink_memory())
    assert.is_nil(fine)
    assert.matches("the output is closed already", problem.message)
  end)

  it("can neither close nor discard its output", function()
    assert.equal("nil nil nil", (export [[return { kind = "exporter", each = function(a, _, out)
      out:write(tostring(out.close), " ", tostring(out.discard), " ", tostring(out.text)) end }]]))
  end)
end)

describe("tests that a plugin brings", function()
  local function outcome(source, index)
    local plugin = lab.plugin(source)
    plugin:configure { min = 2 }
    return plugin:test(index or 1)
  end

  it("pass or fail, for a filter", function()
    local source = [[return { kind = "filter", each = function(a, opt) return a.words >= opt.min end,
      tests = { { give = { text = "one two" }, want = true }, { give = { words = 1 }, want = true } } }]]
    assert.is_true(outcome(source, 1))
    assert.same({ false, "wanted true, got false" }, { outcome(source, 2) })
    local fine, problem = outcome(source, 3)
    assert.is_nil(fine)
    assert.matches("no test 3", problem.message)
  end)

  it("pass or fail, for an extractor", function()
    local source = [[return { kind = "extractor",
      each = function(a) if a.headline then return { n = #a.headline, list = { 1, { x = 2 } } } end end,
      tests = { { give = { headline = "abc" }, want = { list = { 1, { x = 2 } } } },
        { give = { headline = "abc" }, want = { list = { 1 } } }, { give = { text = "x" }, want = false },
        { give = { headline = "abc" }, want = { other = 1 } } } }]]
    assert.is_true(outcome(source, 1))
    assert.same({ false, 'wanted {"list":[1]}, got {"list":[1,{"x":2}],"n":3}' }, { outcome(source, 2) })
    assert.is_true(outcome(source, 3))
    assert.is_false((outcome(source, 4)))
  end)

  it("pass or fail, for an exporter", function()
    local source = [[return { kind = "exporter", each = function(a, _, out) out:write(a.headline, ";") end,
      tests = { { give = { headline = "a" }, want = "a;" },
        { give = { { headline = "a" }, { headline = "b" } }, want = "a;b;" },
        { give = { headline = "a" }, want = "b" } } }]]
    assert.is_true(outcome(source, 1))
    assert.is_true(outcome(source, 2))
    assert.same({ false, 'wanted "b", got "a;"' }, { outcome(source, 3) })
  end)

  it("that break are problems", function()
    local _, problem = outcome [[return { kind = "filter", each = function(a) return a.x end,
      tests = { { give = { text = "a" }, want = true } } }]]
    assert.matches("has no 'x'", problem.message)
    _, problem = outcome [[return { kind = "filter", each = function() end,
      tests = { { give = { txt = "a" }, want = true } } }]]
    assert.matches("did you mean 'text'", problem.message)
  end)
end)

describe("limits of a plugin", function()
  it("can be changed and looked at", function()
    local plugin = lab.plugin("return function(a) return #a.text:rep(1000) > 0 end")
    assert.is_true(plugin:filter(lab.article))
    local usage = plugin:usage()
    assert.equal(2, usage.calls)
    assert.is_true(usage.memory > 10000)
    plugin:set_limits { memory = 20000, seconds = 0.1 }
    local keep, problem = plugin:filter(lab.article)
    assert.is_nil(keep)
    assert.equal("memory", problem.kind)
    plugin:set_limits { memory = 64 << 20 }
    assert.is_true(plugin:filter(lab.article))
  end)
end)

describe("a trusted plugin", function()
  it("has all of Lua and of sheaf, and its time limit", function()
    local plugin = lab.plugin([[
      assert(io and os.getenv and debug and require("sheaf").open)
      return function(a)
        local function loop() while true do end end
        if a.headline == "loop" then while true do pcall(coroutine.wrap(loop)) end end
        return true
      end]], { trust = true, seconds = 0.1 })
    assert.is_true(plugin:filter(lab.article))
    local _, problem = plugin:filter(core.article { headline = "loop" })
    assert.equal("time", problem.kind)
  end)
end)

describe("many plugins", function()
  it("come and go without a trace", function()
    for _ = 1, 200 do
      local plugin = lab.plugin("return function(a) return a.words > 1 end", { seconds = 0.1 })
      assert.is_true(plugin:filter(lab.article))
    end
    collectgarbage()
    collectgarbage()
  end)
end)
