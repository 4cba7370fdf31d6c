-- sandbox_spec.lua - what a plugin cannot do: get out, go on for ever, eat memory, hide it.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/script"
local lab = dofile(here .. "/lab.lua")

local function gives(expected, code)
  local value, problem = lab.value(code)
  assert.is_nil(problem and tostring(problem))
  assert.equal(expected, value)
end

local function refused(pattern, code, limits)
  local problem = lab.problem(code, limits)
  assert.equal("error", problem.kind)
  assert.matches(pattern, problem.message)
end

describe("names in a sandbox", function()
  for _, name in ipairs { "io", "package", "debug", "dofile", "loadfile", "loadstring", "arg" } do
    it("do not include " .. name, function()
      gives(nil, "return " .. name)
    end)
  end

  it("include of os only the clock and the calendar", function()
    gives("clock date time", [[
      local names = {}
      for name in sheaf.sorted(os) do names[#names + 1] = name end
      return table.concat(names, " ")]])
  end)

  it("do not include what makes or tells bytecode", function()
    gives(nil, "return string.dump")
    gives(nil, "return (load('\\27Lua'))")
    gives(nil, "return (load(('').char(27) .. 'LuaT', 'x', 'b'))")
    gives(7, "return load('return 3 + 4')()")
  end)

  it("do not include sheaf's own files", function()
    gives("nil nil nil nil", [[
      return table.concat({ tostring(sheaf.open), tostring(sheaf.read), tostring(sheaf.create),
        tostring(sheaf.plugin) }, " ")]])
  end)
end)

describe("the string metatable", function()
  it("is out of reach", function()
    gives(false, "return getmetatable('')")
    refused("index a boolean", "getmetatable('').__index = {}")
    refused("protected", "setmetatable(setmetatable({}, { __metatable = 1 }), {})")
  end)

  it("finds the hardened functions", function()
    gives("", "return (''):rep(1 << 62)")
    refused("too many steps", "return (('a'):rep(3000)):find('.-.-.-.-b')", { seconds = 5 })
  end)
end)

describe("metatables of articles and outputs", function()
  it("are out of reach", function()
    local _, problem = lab.value "return 1"
    assert.is_nil(problem)
    local plugin = lab.plugin "return function(a) return getmetatable(a) == false end"
    assert.is_true(plugin:filter(lab.article))
  end)
end)

describe("finalizers", function()
  it("are refused, since nothing could stop them", function()
    refused("__gc", "setmetatable({}, { __gc = function() while true do end end })")
  end)

  it("that are put in place later never run", function()
    gives("fine", [[
      local meta = {}
      setmetatable({}, meta)
      meta.__gc = function() while true do end end
      for _ = 1, 1000 do local t = {} t[1] = ("x"):rep(1000) end
      return "fine"]])
  end)

  it("of to-be-closed variables run, and in time", function()
    gives(5, [[
      local n = 0
      do local x <close> = setmetatable({}, { __close = function() n = 5 end }) end
      return n]])
    local problem = lab.problem [[
      local x <close> = setmetatable({}, { __close = function() while true do end end })]]
    assert.equal("time", problem.kind)
  end)
end)

describe("globals", function()
  it("are frozen after loading, with the line of the culprit", function()
    local plugin = lab.plugin "return { kind = 'filter',\n each = function(a)\n  total = 1\n end }"
    local _, problem = plugin:filter(lab.article)
    assert.matches("'total' is set as a global", problem.message)
    assert.equal(3, problem.line)
    assert.equal("total = 1", problem.source)
  end)

  it("cannot be set by a back door", function()
    refused("rawset", "rawset(_G, 'x', 1)")
    refused("rawset", "rawset(_ENV, 'x', 1)")
    refused("protected", "setmetatable(_G, nil)")
    gives(false, "return getmetatable(_G)")
    refused("set as a global", "table.insert(_G, 1)")
    refused("set as a global", "table.move({ 1 }, 1, 1, 1, _G)")
    refused("set as a global", "load('leaked = 1')()")
  end)

  it("that a plugin made while loading stay", function()
    assert.equal(3, (lab.value("return helper(1, 2)", nil, "function helper(a, b) return a + b end")))
  end)
end)

describe("addresses", function()
  it("are not told by tostring, format or print", function()
    gives("table function thread table",
      "return ('%s %s %s '):format({}, print, coroutine.create(print)) .. tostring({})")
    refused("%%p is not available", "return ('%-10p'):format({})")
    gives("named", "return tostring(setmetatable({}, { __name = 'named' }))")
    gives("12 x", "return ('%5.1s%s'):format('x', ''):len() + 7 .. ' x'")
  end)

  it("are not told by randomseed, and random numbers are the same each time", function()
    local first = lab.value "return math.random(1 << 40)"
    assert.equal(first, lab.value "return math.random(1 << 40)")
    refused("number expected", "math.randomseed()")
    gives(true, "math.randomseed(7) local a = math.random() math.randomseed(7) return a == math.random()")
  end)
end)

describe("collectgarbage", function()
  it("only counts", function()
    gives(true, "return collectgarbage('count') > 10")
    refused("only \"count\"", "collectgarbage('stop')")
    refused("only \"count\"", "collectgarbage()")
  end)
end)

describe("the time limit", function()
  local loops = {
    ["a loop"] = "while true do end",
    ["a loop under pcall"] = "while true do pcall(function() while true do end end) end",
    ["a loop under xpcall"] = "while true do xpcall(function() while true do end end, function() end) end",
    ["a handler of xpcall"] = "xpcall(error, function() while true do end end)",
    ["a coroutine"] = "coroutine.resume(coroutine.create(function() while true do end end))",
    ["a wrapped coroutine"] = "pcall(coroutine.wrap(function() while true do end end))",
    ["coroutines in coroutines"] = [[
      local function inner() while true do end end
      while true do
        coroutine.resume(coroutine.create(function()
          while true do coroutine.resume(coroutine.create(inner)) end
        end))
      end]],
    ["a coroutine that yields in pcall"] = [[
      local co = coroutine.wrap(function() while true do pcall(coroutine.yield) end end)
      while true do co() end]],
    ["a coroutine that is closed"] = [[
      local co = coroutine.create(function()
        local x <close> = setmetatable({}, { __close = function() while true do end end })
        coroutine.yield()
      end)
      coroutine.resume(co)
      coroutine.close(co)]],
    ["a metamethod"] = "return setmetatable({}, { __index = function() while true do end end }).x",
    ["a comparison in sort"] = "table.sort({ 1, 2, 3 }, function() while true do end end)",
    ["a sort of what is not there"] = [[
      table.sort(setmetatable({}, { __len = function() return (1 << 31) - 2 end }), rawequal)]],
    ["table.move"] = "table.move({}, 1, 1 << 50, 2)",
    ["table.insert with a large __len"] =
      "table.insert(setmetatable({}, { __len = function() return 1 << 50 end }), 1, 1)",
    ["table.remove with a large __len"] =
      "table.remove(setmetatable({}, { __len = function() return 1 << 50 end }), 1)",
    ["table.concat of nothing"] = [[
      local t = setmetatable({}, { __len = function() return 1 << 50 end, __index = tostring, __name = "" })
      table.concat(t)]],
    ["a replacement in gsub"] = "(('x'):rep(100)):gsub('x', function() while true do end end)",
    ["gsub of a long text, over and over"] =
      "local s = ('x y '):rep(1000) while true do s:gsub('%s', '') end",
    ["a reader of load"] = "load(function() while true do end end)",
    ["__tostring"] = "tostring(setmetatable({}, { __tostring = function() while true do end end }))",
    ["__pairs"] = "pairs(setmetatable({}, { __pairs = function() while true do end end }))",
  }
  for name, code in pairs(loops) do
    it("ends " .. name, function()
      local problem, seconds = lab.problem(code)
      if name ~= "a reader of load" then assert.equal("time", problem.kind) end
      assert.is_true(seconds < 1)
    end)
  end

  it("names the limit, the line and its text", function()
    local plugin = lab.plugin("return { kind = 'filter', each = function()\n  while true do end\nend }",
      { seconds = 0.2 })
    local _, problem = plugin:filter(lab.article)
    assert.equal("time", problem.kind)
    assert.equal("stopped: it took more than 0.2 seconds", problem.message)
    assert.equal("plugin", problem.file)
    assert.equal(2, problem.line)
    assert.equal("while true do end", problem.source)
    assert.equal("a1", problem.article)
  end)

  it("holds while the plugin is loaded", function()
    local plugin, problem = require "sheaf.core".plugin("while true do end", "@loop.lua", { seconds = 0.1 })
    assert.is_nil(plugin)
    assert.equal("time", problem.kind)
    assert.equal(1, problem.line)
  end)

  it("is for each call anew", function()
    local plugin = lab.plugin([[return function()
      local n = 0
      for i = 1, 2000000 do n = n + i % 7 end
      return n > 0
    end]], { seconds = 0.15 })
    for _ = 1, 30 do assert.is_true((assert(plugin:filter(lab.article)))) end
  end)

  it("leaves the plugin usable, and its old coroutines too", function()
    local plugin = lab.plugin([[
      local kept
      return { kind = "extractor", each = function(a, opt)
        if opt.loop then
          pcall(function()
            kept = coroutine.wrap(function() while true do coroutine.yield(7) end end)
            kept()
            while true do end
          end)
        end
        return { value = kept() }
      end }]], { seconds = 0.1 })
    plugin:configure { loop = true }
    local _, problem = plugin:extract(lab.article)
    assert.equal("time", problem.kind)
    plugin:configure {}
    assert.equal(7, plugin:extract(lab.article).value)
  end)
end)

describe("patterns that explode", function()
  local attacks = {
    ["('a?'):rep(28)"] = "local s = ('a'):rep(28) return s:find(('a?'):rep(28) .. s)",
    [".-.-.-.-b"] = "return (('a'):rep(2000)):match('.-.-.-.-b')",
    ["x*y in gsub"] = "return (('x'):rep(200000)):gsub('x*y', '')",
    ["(.*)(.*)(.*)%1z in gmatch"] = "for _ in (('a'):rep(3000)):gmatch('(.*)(.*)(.*)%1z') do end",
    ["%b in a row"] = "return (('('):rep(30000)):gsub('%b()', '')",
  }
  for name, code in pairs(attacks) do
    it("end with an error: " .. name, function()
      local problem, seconds = lab.problem(code, { seconds = 5 })
      assert.matches("too many steps", problem.message)
      assert.is_true(seconds < 2)
    end)
  end

  it("end at the time limit when that is shorter", function()
    local problem, seconds = lab.problem("return (('a'):rep(1000000)):find('.-.-.-.-b')", { seconds = 0.05 })
    assert.equal("time", problem.kind)
    assert.is_true(seconds < 0.5)
  end)

  it("nested too deep are told", function()
    refused("pattern too complex", "return (('a'):rep(300)):find(('a?'):rep(300))")
  end)
end)

describe("plain searching", function()
  it("is linear", function()
    local value = lab.value("return (('a'):rep(2000000)):find(('a'):rep(1000000) .. 'b', 1, true) == nil",
      { memory = 64 << 20, seconds = 1 })
    assert.is_true(value)
  end)
end)

describe("the memory limit", function()
  local eaters = {
    ["a table"] = "local t = {} while true do t[#t + 1] = #t end",
    ["a hash"] = "local t = {} for i = 1, 1e9 do t['k' .. i] = i end",
    ["string.rep"] = "return ('x'):rep(1 << 30)",
    ["string.rep with a gap"] = "return (''):rep(1 << 30, 'x')",
    ["doubling"] = "local s = 'x' while true do s = s .. s end",
    ["table.concat"] = "local t = {} for i = 1, 1000 do t[i] = ('x'):rep(1000) end "
      .. "while true do t[#t + 1] = table.concat(t) end",
    ["string.format"] = "local s = ('x'):rep(1 << 20) while true do s = ('%s%s'):format(s, s) end",
    ["gsub"] = "return (('x'):rep(1 << 20)):gsub('x', ('y'):rep(1000))",
    ["string.pack"] = "return string.pack('c1000000000', '')",
    ["coroutines"] = "local t = {} while true do t[#t + 1] = coroutine.create(print) end",
    ["under pcall"] = "while true do pcall(string.rep, 'x', 1 << 30) end",
    ["under xpcall"] = "while true do xpcall(string.rep, function() end, 'x', 1 << 30) end",
    ["in a coroutine"] = "coroutine.resume(coroutine.create(string.rep), 'x', 1 << 30)",
    ["in a wrapped coroutine"] = "pcall(coroutine.wrap(function() return ('x'):rep(1 << 30) end))",
    ["in __close"] = "pcall(function() local x <close> = setmetatable({}, "
      .. "{ __close = function() return ('x'):rep(1 << 30) end }) end)",
  }
  for name, code in pairs(eaters) do
    it("holds against " .. name, function()
      local problem = lab.problem(code, { seconds = 5 })
      assert.equal("memory", problem.kind)
      assert.equal("stopped: it needs more than 16 MiB of memory", problem.message)
    end)
  end

  it("counts copies of articles", function()
    local plugin = lab.plugin([[
      local kept = {}
      return function(a) for i = 1, 100000 do kept[i] = a:copy() end return true end]],
      { memory = 4 << 20, seconds = 5 })
    local keep, problem = plugin:filter(lab.article)
    assert.is_nil(keep)
    assert.matches("memory", problem.message)
  end)

  it("says where, when a text was too much", function()
    local plugin = lab.plugin("return function(a)\n  local s = 'x'\n  return ('x'):rep(1 << 30)\nend",
      { memory = 1 << 20 })
    local _, problem = plugin:filter(lab.article)
    assert.equal("memory", problem.kind)
    assert.equal(3, problem.line)
  end)

  it("leaves the plugin usable", function()
    local plugin = lab.plugin [[return { kind = "extractor", each = function(a, opt)
      return { size = #(("x"):rep(opt.size)) } end }]]
    plugin:configure { size = 1 << 30 }
    local _, problem = plugin:extract(lab.article)
    assert.equal("memory", problem.kind)
    plugin:configure { size = 10 }
    assert.equal(10, plugin:extract(lab.article).size)
  end)
end)

describe("deep recursion", function()
  it("of functions is an error", function()
    refused("stack overflow", "local function f() return 1 + f() end return f()",
      { memory = 256 << 20, seconds = 2 })
  end)

  it("of pcall is an error", function()
    gives("no", "local function f() local fine, why = pcall(f) error(why, 0) end pcall(f) return 'no'")
  end)

  it("of coroutines is an error", function()
    refused("overflow", "local function f() return coroutine.wrap(f)() end return f()")
  end)

  it("of closing coroutines is an error", function()
    gives("done", [[
      local function f()
        local co = coroutine.create(function()
          local x <close> = setmetatable({}, { __close = f })
          coroutine.yield()
        end)
        coroutine.resume(co)
        coroutine.close(co)
      end
      pcall(f)
      return "done"]])
  end)

  it("of __index, gsub and sort is an error", function()
    refused("overflow", [[
      local t = setmetatable({}, { __index = function(s, k) return s[k .. "x"] end })
      return t.a]])
    refused("overflow", "local function f(s) return (s:gsub('.', f)) end return f('ab')")
    refused("overflow", "local function f() table.sort({ 2, 1 }, f) end f()")
  end)

  it("of source text is an error", function()
    gives(nil, "return (load(('('):rep(100000) .. '1' .. (')'):rep(100000)))")
    gives(nil, "return (load('return ' .. ('{'):rep(100000)))")
  end)
end)

describe("what pcall may catch", function()
  it("is any ordinary error, with its results", function()
    gives("1 2 false why", [[
      local _, one, two = pcall(function(...) return ... end, 1, 2)
      local fine, why = pcall(error, "why", 0)
      return table.concat({ one, two, tostring(fine), why }, " ")]])
  end)

  it("works across yields", function()
    gives("false late", [[
      local co = coroutine.wrap(function()
        return pcall(function() coroutine.yield() error("late", 0) end)
      end)
      co()
      local fine, why = co()
      return tostring(fine) .. " " .. why]])
  end)

  it("is handed to the handler of xpcall", function()
    gives("false <why> 3", [[
      local fine, why = xpcall(function() error("why", 0) end, function(e) return "<" .. e .. ">" end)
      local _, sum = xpcall(function(a, b) return a + b end, print, 1, 2)
      return tostring(fine) .. " " .. why .. " " .. sum]])
  end)

  it("is handed to the handler of xpcall after a yield too", function()
    gives("<late>", [[
      local co = coroutine.wrap(function()
        return select(2, xpcall(function() coroutine.yield() error("late", 0) end,
          function(e) return "<" .. e .. ">" end))
      end)
      co()
      return co()]])
  end)
end)

describe("coroutines", function()
  it("work as in stock Lua", function()
    gives("1 2 | 3 | dead | false cannot resume dead coroutine | true", [[
      local co = coroutine.create(function(a, b)
        local c = coroutine.yield(a .. " " .. b)
        return c
      end)
      local _, first = coroutine.resume(co, 1, 2)
      local _, second = coroutine.resume(co, 3)
      local fine, why = coroutine.resume(co)
      local closed = coroutine.close(co)
      return table.concat({ first, second, coroutine.status(co), tostring(fine) .. " " .. why,
        tostring(closed) }, " | ")]])
  end)

  it("tell errors as stock Lua does", function()
    gives("false oops | cannot resume non-suspended coroutine | false oops", [[
      local co = coroutine.create(function() error("oops", 0) end)
      local fine, why = coroutine.resume(co)
      local _, own = coroutine.resume(coroutine.running())
      local closed, reason = coroutine.close(co)
      return ("%s %s | %s | %s %s"):format(fine, why, own, closed, reason)]])
  end)
end)

describe("table functions", function()
  it("give what stock Lua gives", function()
    gives("a,x,b,c|x|a-b|1 2 3|b,c,c", [[
      local t = { "a", "b", "c" }
      table.insert(t, 2, "x")
      local all = table.concat(t, ",")
      local gone = table.remove(t, 2)
      local two = table.concat(t, "-", 1, 2)
      local n = { 3, 1, 2 }
      table.sort(n)
      table.move(t, 2, 3, 1)
      return all .. "|" .. gone .. "|" .. two .. "|" .. table.concat(n, " ") .. "|" .. table.concat(t, ",")]])
    refused("position out of bounds", "table.insert({ 1 }, 5, 1)")
    refused("invalid value %(at index 2%)", "table.concat({ 1, {} })")
  end)

  it("blame the caller by name", function()
    refused("bad argument #1 to 'insert'", "table.insert(nil, 1)")
    refused("bad argument #1 to 'rep'", "return ('x'):rep({})")
    refused("bad argument #%d to 'format'", "return ('%d'):format('x')")
  end)
end)

describe("a plugin with limits of its own", function()
  local core = require "sheaf.core"

  local function with(limits, body, options)
    local source = "return { kind = 'filter', limits = %s, each = function() %s end }"
    return core.plugin(source:format(limits, body), "=own", options)
  end

  it("may have less memory and time, and more", function()
    local plugin = assert(with("{ memory = 1 }", "return #('x'):rep(2000000) > 0"))
    local _, problem = plugin:filter(lab.article)
    assert.equal("stopped: it needs more than 1 MiB of memory", problem.message)
    plugin = assert(with("{ memory = 128 }", "return #('x'):rep(50000000) > 0"))
    assert.is_true(plugin:filter(lab.article))
    plugin = assert(with("{ time = 0.1 }", "while true do end"))
    _, problem = plugin:filter(lab.article)
    assert.equal("stopped: it took more than 0.1 seconds", problem.message)
  end)

  it("cannot go over what the host allows at most", function()
    local _, problem = with("{ memory = 2000 }", "")
    assert.equal("limits: 'memory' must be above 0 and at most 1024", problem.message)
    _, problem = with("{ time = 1e9 }", "")
    assert.equal("limits: 'time' must be above 0 and at most 60", problem.message)
    _, problem = with("{ time = 0/0 }", "")
    assert.equal("limits: 'time' must be above 0 and at most 60", problem.message)
    _, problem = with("{ time = -1 }", "")
    assert.matches("'time' must be above 0", problem.message)
  end)

  it("must spell them right", function()
    local _, problem = with("{ seconds = 5 }", "")
    assert.matches("only 'memory' in MiB and 'time' in seconds", problem.message)
    _, problem = with("{ memory = '64' }", "")
    assert.matches("'memory' must be a number", problem.message)
    _, problem = with("5", "")
    assert.matches("'limits' must be a table", problem.message)
  end)

  it("is not asked where the host has set some", function()
    local plugin = assert(with("{ memory = 1000, time = 60 }", "while true do end", { seconds = 0.1 }))
    local _, problem = plugin:filter(lab.article)
    assert.equal("stopped: it took more than 0.1 seconds", problem.message)
  end)
end)

describe("pairs", function()
  it("goes in the order of the keys: numbers, strings, false and true", function()
    gives("-1.5 1 2 10 B a b false true", [[
      local t = { b = 1, [true] = 1, a = 1, [10] = 1, [false] = 1, B = 1, [-1.5] = 1, 1, 1 }
      local keys = {}
      for key in pairs(t) do keys[#keys + 1] = tostring(key) end
      return table.concat(keys, " ")]])
  end)

  it("gives the same in every state, whatever was put in first", function()
    local function walk(from, to, step)
      return (lab.value(([[
        local t, keys = {}, {}
        for i = %d, %d, %d do t["key" .. i] = i end
        for key, value in pairs(t) do keys[#keys + 1] = key .. value end
        return table.concat(keys, " ")]]):format(from, to, step)))
    end
    assert.equal(walk(1, 300, 1), walk(300, 1, -1))
    assert.equal(walk(1, 300, 1), walk(1, 300, 1))
  end)

  it("meets every pair once, lists and empty tables too", function()
    gives("1a 2b 3c | x1 | ", [[
      local function told(t)
        local list = {}
        for key, value in pairs(t) do list[#list + 1] = key .. value end
        return table.concat(list, " ")
      end
      return told { "a", "b", "c" } .. " | " .. told { x = 1 } .. " | " .. told {}]])
  end)

  it("may change the table that it walks", function()
    gives("a c", [[
      local t, met = { a = 1, b = 2, c = 3 }, {}
      for key in pairs(t) do
        met[#met + 1] = key
        t.b, t[key] = nil, nil
        t["new" .. key] = 1
      end
      return table.concat(met, " ")]])
  end)

  it("asks __pairs, and refuses what is no table", function()
    gives("k", "for key in pairs(setmetatable({}, { __pairs = function() return next, { k = 1 } end })) do "
      .. "return key end")
    refused("bad argument #1 to 'pairs' %(table expected, got nil%)", "pairs(nil)")
    refused("bad argument #1 to 'pairs'", "pairs()")
  end)

  it("is in time and memory, also for very many keys", function()
    local problem, seconds = lab.problem([[
      local t = {}
      for i = 1, 1e5 do t["k" .. i] = i end
      while true do for _ in pairs(t) do end end]], { memory = 64 << 20 })
    assert.equal("time", problem.kind)
    assert.is_true(seconds < 1.5)
  end)
end)

describe("helpers of C", function()
  local floods = {
    ["os.date"] = "return #os.date(('%%'):rep(4000000))",
    ["sheaf.find_dates"] = "for _ in sheaf.find_dates(('1 '):rep(2000000)) do end",
    ["sheaf.find_urls"] = "for _ in sheaf.find_urls(('http://'):rep(500000)) do end",
    ["sheaf.dateline"] = "return sheaf.dateline(('LONDON, '):rep(500000))",
    ["sheaf.byline"] = "return sheaf.byline(('Ada Brook and '):rep(300000))",
    ["sheaf.decode"] = "return sheaf.decode(('['):rep(1000000))",
    ["sheaf.language"] = "return sheaf.language(('und so weiter '):rep(300000))",
    ["a:has"] = "return a:has(('x '):rep(1000000))",
    ["load"] = "return load('return ' .. ('1+'):rep(1000000) .. '1')",
  }
  for name, code in pairs(floods) do
    it("are not held up by a flood: " .. name, function()
      local started = os.clock()
      lab.value(code, { memory = 64 << 20 })
      assert.is_true(os.clock() - started < 3)
    end)
  end
end)

describe("what a plugin does to its own libraries", function()
  it("reaches neither other plugins nor the host", function()
    assert(lab.plugin([[
      string.rep, table.concat, sheaf.date = nil, nil, nil
      math.pi = 3
      return function() return true end]]))
    gives("xx 3.14 2021-05-05", [[return ("x"):rep(2) .. " " .. ("%.2f"):format(math.pi) .. " "
      .. sheaf.date("May 5, 2021")]])
    assert.is_function(string.rep)
    assert.is_function(require("sheaf").date)
  end)
end)
