-- sample.lua - keeps a part of the articles, picked at random and always the same.
--
-- The id of an article and the seed give a number from 0 to 1; the article is kept when that lies in the
-- stretch that the arguments name. So the choice depends on nothing but the article: another order, other
-- neighbours or more articles change nothing, a larger rate keeps what a smaller one kept, and stretches
-- that do not overlap, such as rate=0.8 and rate=0.2,skip=0.8, share no article.

-- FNV-1a of 64 bits, and then mixed, because ids that differ in their last letter would stay neighbours.
local function hash(text)
  local value = 0xcbf29ce484222325
  for position = 1, #text do value = (value ~ text:byte(position)) * 0x100000001b3 end
  value = (value ~ value >> 33) * 0xff51afd7ed558ccd
  value = (value ~ value >> 33) * 0xc4ceb9fe1a85ec53
  return value ~ value >> 33
end

local function place_of(article, seed)
  return (hash(seed .. ":" .. article.id) >> 11) / 2.0 ^ 53
end

local kept = 0 -- so far in this run

return {
  kind = "filter", api = 1, version = "1.0.0", order = "input",
  about = "Keep a part of the articles, picked at random and always the same.",
  args = {
    rate = { "number", default = 1, min = 0, max = 1, help = "how much to keep: 0.1 is about one in ten" },
    skip = { "number", default = 0, min = 0, max = 1, help = "leave out this much of the stretch first" },
    number = { "integer", min = 0, help = "keep at most so many: the first ones that are picked" },
    seed = { "string", default = "", help = "another seed makes another choice" },
  },
  needs = { "id" },
  each = function(article, opt)
    local place = place_of(article, opt.seed)
    if place < opt.skip or place >= opt.skip + opt.rate then return false, "it was not picked" end
    if opt.number and kept >= opt.number then return false, "enough were picked before" end
    kept = kept + 1
    return true
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter sample:rate=0.01 --to jsonl",
      about = "one article of a hundred, the same ones each time" },
  },
  tests = {
    { opt = { rate = 1 }, give = { text = "Always." }, want = true },
    { opt = { rate = 0 }, give = { text = "Never." }, want = false },
    { opt = { rate = 1, skip = 1 }, give = { text = "Never." }, want = false },
    { opt = { number = 1 }, give = { text = "The first one." }, want = true },
    { opt = { number = 0 }, give = { text = "Not even the first one." }, want = false },
  },
}
