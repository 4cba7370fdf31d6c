-- words.lua - concordances and counts of a sheaf, beside reading it: words.lua X.sheaf [WORD...]
--
-- Prints a line a figure: name, value. Seconds are of the processor, in one thread, the least of some rounds.
-- The baseline is file:articles(), which unpacks and reads every row.

local core = require "sheaf.core"

local path = assert(arg[1], "usage: words.lua X.sheaf [WORD...]")
local rounds = tonumber(os.getenv("ROUNDS") or 3)
local file = assert(core.open(path))
local bytes = file:info().row_bytes

local function timed(run)
  local best, result = math.huge, nil
  for _ = 1, rounds do
    collectgarbage()
    local began = os.clock()
    result = run()
    best = math.min(best, os.clock() - began)
  end
  return best, result
end

local function tell(name, value) print(("%-40s %s"):format(name, value)) end

local base = timed(function()
  local count = 0
  for a in file:articles() do count = count + #(a.headline or "") end
  return count
end)
tell("read all rows", ("%.2f s, %.0f MB/s"):format(base, bytes / base / 1e6))

for n = 1, 3 do
  local seconds = timed(function() return assert(core.counts({ file }, { n = n, limit = 100 })) end)
  tell(("count n-grams of %d"):format(n), ("%.2f s, %.0f MB/s of rows, %.1fx reading"):format(seconds,
    bytes / seconds / 1e6, seconds / base))
end

for i = 2, math.max(#arg, 2) do
  local word = arg[i] or "=people"
  local seconds, lines = timed(function()
    return assert(core.kwic({ file }, word, { sort = { "R1", "R2", "R3" }, width = 60 }))
  end)
  tell("kwic " .. word, ("%.3f s, %d places in %d articles, %d read for want of an index"):format(seconds,
    lines.total, lines.articles, lines.scanned))
end
