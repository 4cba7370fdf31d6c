-- pattern_spec.lua - our patterns match what Lua's own match.
--
-- Patterns and subjects are made by chance from a small alphabet, with a fixed seed; a plugin runs ours on
-- them in its sandbox, and the stock functions run here.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/script"
local lab = dofile(here .. "/lab.lua")

local ROUNDS, BATCH = 80, 500

local state = 20220210
local function random(n)
  state = (state * 1103515245 + 12345) % 2147483648
  return state // 65536 % n + 1
end

local function pick(list)
  return list[random(#list)]
end

local singles = { "a", "b", "x", ".", "%a", "%d", "%s", "%w", "%p", "%u", "%L", "%A", "%W", "%.", "%%",
  "[ab]", "[^a]", "[a-c]", "[%d_]", "[^%s,]", "[]]", "[^]x]", "[a-]", "[%a-z]", "-", " ", "1", "\0", "é" }
local quantifiers = { "", "", "", "", "*", "+", "-", "?" }
local specials = { "%b()", "%bab", "%f[%w]", "%f[^a]", "%1", "%2", "()", "^", "$", "(", ")", "%f", "%b", "[",
  "%", "]", "[^", "%z" }
local letters = { "a", "b", "c", "x", "1", "2", " ", ".", "(", ")", "-", "_", "%", "A", "B", "\0",
  "é", "\n", "]" }

local function some_pattern()
  local parts = {}
  if random(6) == 1 then parts[1] = "^" end
  for _ = 1, random(5) do
    local part = pick(singles) .. pick(quantifiers)
    local kind = random(10)
    if kind <= 2 then part = "(" .. part .. ")" end
    if kind == 3 then part = pick(specials) end
    if kind == 4 then part = "(" .. part .. pick(singles) .. ")%1" end
    parts[#parts + 1] = part
  end
  if random(8) == 1 then parts[#parts + 1] = "$" end
  return table.concat(parts)
end

local function some_subject()
  local parts = {}
  local most = random(4) == 1 and 90 or 14 -- long ones, where places are passed over
  for i = 1, random(most) - 1 do parts[i] = pick(letters) end
  return table.concat(parts)
end

local replacements = { "<%0>", "%1", "[%1%%]", "", "x", "%2", "%9", "%", "%x" }

-- One text for all results of a call, its error without the place included. Runs here and in the sandbox.
local check = [[
local function show(fine, ...)
  local out = { tostring(fine) }
  for i = 1, select("#", ...) do out[#out + 1] = tostring((select(i, ...))) end
  if not fine then
    out[2] = out[2]:gsub("^[^:]*:%d+: ", ""):gsub("to '[^']*'", ""):gsub(" in replacement string", "")
  end
  return table.concat(out, "\1")
end

local function each_match(s, p, init)
  local out = {}
  for a, b in string.gmatch(s, p, init) do
    out[#out + 1] = tostring(a) .. "\2" .. tostring(b)
    if #out > 50 then break end
  end
  return table.concat(out, "\3")
end

local calls = {
  function(c) return show(pcall(string.find, c.s, c.p, c.i)) end,
  function(c) return show(pcall(string.match, c.s, c.p, c.i)) end,
  function(c) return show(pcall(each_match, c.s, c.p, c.i)) end,
  function(c) return show(pcall(string.gsub, c.s, c.p, c.r, c.n)) end,
  function(c) return show(pcall(string.gsub, c.s, c.p, { a = "T", b = false, ab = 7 })) end,
  function(c) return show(pcall(string.gsub, c.s, c.p, function(x) return x ~= "a" and x end)) end,
  function(c) return show(pcall(string.find, c.s, c.p, c.i, true)) end,
}

local function run_all(cases)
  local out = {}
  for i, case in ipairs(cases) do
    local results = {}
    for k, call in ipairs(calls) do results[k] = call(case) end
    out[i] = table.concat(results, "\4")
  end
  return out
end
]]

local stock = load(check .. " return run_all")()
local ours = lab.plugin(check .. [[
  return { kind = "extractor", each = function(_, opt) return { results = run_all(opt.cases) } end }]],
  { seconds = 20 })

local function some_cases()
  local cases = {}
  for i = 1, BATCH do
    cases[i] = {
      s = some_subject(), p = some_pattern(), r = pick(replacements),
      i = random(3) == 1 and random(12) - 6 or nil, n = random(5) == 1 and random(4) - 2 or nil,
    }
  end
  return cases
end

describe("patterns in a sandbox", function()
  it(("give what stock Lua gives, for %d patterns"):format(ROUNDS * BATCH), function()
    local errors = 0
    for _ = 1, ROUNDS do
      local cases = some_cases()
      assert(ours:configure { cases = cases })
      local got, want = assert(ours:extract(lab.article)).results, stock(cases)
      for i, case in ipairs(cases) do
        if want[i]:find("^false") then errors = errors + 1 end
        if got[i] ~= want[i] then
          error(("pattern %q, subject %q, init %s, replacement %q:\nstock %q\nours  %q"):format(
            case.p, case.s, case.i, case.r, want[i], got[i]))
        end
      end
    end
    assert.is_true(errors > 500 and errors < ROUNDS * BATCH / 2)
  end)

  it("agree on 32 captures, and on one too many", function()
    local code = [[
      local s = ("x"):rep(40)
      local count = select("#", s:match(("(x)"):rep(32)))
      return count .. " " .. tostring(pcall(string.match, s, ("(x)"):rep(33)))]]
    assert.equal("32 false", (lab.value(code)))
  end)

  it("take a subject of megabytes in one pass", function()
    local value, problem = lab.value([[
      local s = ("word and "):rep(200000)
      local _, n = s:gsub("%s+", " ")
      return n]], { memory = 64 << 20, seconds = 5 })
    assert.is_nil(problem)
    assert.equal(400000, value)
  end)
end)
