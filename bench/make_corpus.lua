-- Writes N articles of made-up English to standard output, as JSONL: something to measure on where no
-- corpus is at hand. The words come by Zipf's law from a seeded generator, so every run gives the same
-- bytes. Made-up text compresses worse than real text; ratios to a peer on the same bytes still hold.
local count = tonumber(arg[1]) or 20000
local state = 42
local function random(n)
  state = (state * 6364136223846793005 + 1442695040888963407) & ~0
  return (state >> 33) % n + 1
end
local syllables = { "ta", "re", "mi", "on", "ver", "sal", "ko", "lin", "est", "pra", "du", "an", "ber" }
local words = {}
for i = 1, 20000 do
  local parts = {}
  for j = 1, 1 + random(3) do parts[j] = syllables[random(#syllables)] end
  words[i] = table.concat(parts)
end
local function sentence()
  local out = {}
  for i = 1, 8 + random(20) do out[i] = words[random(random(random(#words)))] end
  out[1] = out[1]:gsub("^%l", string.upper)
  return table.concat(out, " ") .. "."
end
local function paragraphs(n)
  local out = {}
  for i = 1, n do
    local said = {}
    for j = 1, 2 + random(4) do said[j] = sentence() end
    out[i] = table.concat(said, " ")
  end
  return table.concat(out, "\\n")
end
local ROW = '{"id":"m%d","url":"https://news.example.org/%d","headline":"%s",'
  .. '"date":"20%02d-%02d-%02d","text":"%s"}\n'
for i = 1, count do
  local year, month, day = random(22), random(12), random(28)
  io.write(ROW:format(i, i, sentence(), year, month, day, paragraphs(3 + random(8))))
end
