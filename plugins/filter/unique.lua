-- unique.lua - keeps the first of the articles that are the same, and drops the others.
--
-- What makes two articles the same is the argument `by`: their text, their headline on one site, or their
-- URL. Case, accents, punctuation and white space do not matter in text and headline. Articles that are
-- almost the same stay; `sheaf dedup` finds those.
--
-- A key is a hash of 64 bits. A million of them in a Lua table would need most of the memory that a plugin
-- may have, so they lie in strings: 18 bits choose a string, and the other 46 are six bytes in it.

local SEED, PRIME, MIX = 0x9e3779b97f4a7c15, 0x100000001b3, 0xff51afd7ed558ccd
local WORDS = "<" .. ("i8"):rep(8)

local function mixed(value)
  value = (value ~ value >> 33) * MIX
  return value ~ value >> 29
end

-- 64 bytes a round; the length goes in first, so that the blanks at the end cannot make two texts one.
local function hash(text)
  local value, unpack = SEED ~ #text, string.unpack
  text = text .. (" "):rep(-#text % 64)
  for position = 1, #text, 64 do
    local a, b, c, d, e, f, g, h = unpack(WORDS, text, position)
    value = mixed((value ~ a) * PRIME + b)
    value = mixed((value ~ c) * PRIME + d)
    value = mixed((value ~ e) * PRIME + f)
    value = mixed((value ~ g) * PRIME + h)
  end
  return mixed(value)
end

-- Words alone: typographic punctuation is U+2010 to U+205E, the rest of it ASCII or, in East Asia, U+3001 on.
local function plain(text)
  return (sheaf.fold(text):gsub("\xe2\x80[\x90-\xbf]", " "):gsub("\xe3\x80[\x80-\x9f]", " ")
    :gsub("[%s%p]+", " "):match("^ ?(.-) ?$"))
end

local key_of = {
  text = function(article)
    return article.text and plain(article.text)
  end,
  headline = function(article)
    local place = article.site or article.publisher or ""
    return article.headline and place .. "\n" .. plain(article.headline)
  end,
  url = function(article)
    local url = article.canonical_url or article.url
    return url and url:gsub("#.*$", ""):gsub("^https?://", ""):gsub("^www%.", ""):gsub("/$", "")
  end,
}

local buckets = {}

-- Notes a hash; true when it was there before.
local function seen(value)
  local bucket, rest = value & 0x3ffff, string.pack("<I6", value >> 18)
  local known = buckets[bucket] or ""
  local from = known:find(rest, 1, true)
  while from and from % 6 ~= 1 do from = known:find(rest, from + 1, true) end
  if not from then buckets[bucket] = known .. rest end
  return from ~= nil
end

return {
  kind = "filter", api = 1, version = "1.0.0", order = "input",
  about = "Keep the first of the articles that are the same.",
  args = {
    by = {
      "string", default = "text", values = { "text", "headline", "url" },
      help = "what makes two articles the same: the text, the headline on one site, or the URL",
    },
  },
  needs = { "text", "headline", "site", "publisher", "url", "canonical_url" },
  each = function(article, opt)
    local key = key_of[opt.by](article)
    if not key or key == "" then return true end
    return not seen(hash(key)), "the same " .. opt.by .. " was there before"
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter unique --to jsonl",
      about = "the first of each, without those that say the same" },
  },
  tests = {
    { give = { text = "The first of its kind." }, want = true },
    { opt = { by = "headline" }, give = { headline = "The first", text = "A." }, want = true },
    { opt = { by = "url" }, give = { url = "https://example.com/", text = "A." }, want = true },
    { opt = { by = "url" }, give = { text = "An article without a URL is like no other." }, want = true },
    { give = { headline = "An article without a text is like no other" }, want = true },
  },
}
