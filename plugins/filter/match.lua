-- match.lua - keeps articles that hold certain phrases.
--
-- A phrase is matched as whole words one after another; case, accents and punctuation in and between the
-- words do not matter, so "verigin" is in "Verigin's" and "north sea" in "North-Sea". Text and phrase become
-- folded words with a blank on either side of each: finding a phrase is then finding a plain string. That is
-- done only where the core, which is quicker, has seen the phrase's first word.

local function spread(text)
  local words = {}
  for word in sheaf.words(sheaf.fold(text)) do words[#words + 1] = word end
  return " " .. table.concat(words, " "):gsub("’", " "):gsub("%p+", " ") .. " "
end

local needles = {} -- phrase → its words, spread; phrases come from the arguments, so there are few

local function needle_of(phrase)
  needles[phrase] = needles[phrase] or spread(phrase)
  return needles[phrase]
end

local function haystack_of(article, field)
  if field ~= "anywhere" then return spread(article[field] or "") end
  return spread(article.headline or "") .. "|" .. spread(article.text or "")
end

-- A function that tells whether the article has a phrase in the field.
local function finder(article, field)
  local haystack
  return function(phrase)
    local needle = needle_of(phrase)
    local first = needle:match("%S+")
    if not first or field == "anywhere" and not article:has(first) then return false end
    haystack = haystack or haystack_of(article, field)
    return haystack:find(needle, 1, true) ~= nil
  end
end

local function count(has, phrases)
  local found = 0
  for _, phrase in ipairs(phrases) do
    if has(phrase) then found = found + 1 end
  end
  return found
end

return {
  kind = "filter", api = 1, version = "1.0.0", order = "any",
  about = "Keep articles that hold certain phrases, or do not hold them.",
  args = {
    any = { "list", default = {}, help = "phrases of which at least one must occur" },
    all = { "list", default = {}, help = "phrases that must all occur" },
    none = { "list", default = {}, help = "phrases that must not occur" },
    field = {
      "string", default = "anywhere", values = { "anywhere", "headline", "description", "text" },
      help = "where to look; anywhere is the headline and the text",
    },
  },
  needs = { "headline", "description", "text" },
  each = function(article, opt)
    local has = finder(article, opt.field)
    if count(has, opt.none) > 0 then return false, "it has a phrase that it must not have" end
    if count(has, opt.all) < #opt.all then return false, "it lacks a phrase that it must have" end
    if #opt.any > 0 and count(has, opt.any) == 0 then return false, "it has none of the phrases" end
    return true
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter 'match:any=cable,sea bed'", about = "what has one of these" },
  },
  tests = {
    { opt = { any = { "cable", "fish" } }, give = { text = "A cable at sea." }, want = true },
    { opt = { any = { "cable", "fish" } }, give = { text = "Cables at sea." }, want = false },
    { opt = { all = { "cable", "sea" } }, give = { text = "A cable at sea." }, want = true },
    { opt = { all = { "cable", "fish" } }, give = { text = "A cable at sea." }, want = false },
    { opt = { none = { "fish" } }, give = { text = "A cable at sea." }, want = true },
    { opt = { any = { "cable" }, none = { "sea" } }, give = { text = "A cable at sea." },
      want = false },
    { opt = { any = { "MALMO" } }, give = { headline = "Talks in Malmö", text = "They met." }, want = true },
    { opt = { any = { "cable at sea" } }, give = { text = "A cable\n\nat “sea”" }, want = true },
    { opt = { any = { "at cable" } }, give = { text = "A cable at sea" }, want = false },
    { opt = { any = { "cable" }, field = "text" }, give = { headline = "Cable", text = "Sea" },
      want = false },
    { opt = { any = { "cable" }, field = "headline" }, give = { headline = "Cable", text = "Sea" },
      want = true },
    { opt = { any = { "nórth sea" }, field = "headline" }, give = { headline = "NORTH-SEA", text = "Talks" },
      want = true },
    { opt = { any = { "nórth sea" } }, give = { headline = "NORTH-SEA", text = "Talks" }, want = true },
    { opt = { any = { "мид россии" } }, give = { text = "Глава МИД России ответил." }, want = true },
    { opt = { any = { "电缆" } }, give = { text = "海底电缆线路" }, want = true },
    { opt = { any = { "talks" }, field = "description" }, give = { text = "Talks" }, want = false },
    { opt = { any = { "100%" } }, give = { text = "It is 100 percent" }, want = true },
    { opt = { any = { "verigin" } }, give = { text = "Verigin’s word" }, want = true },
    { opt = { any = { "talks in" } }, give = { headline = "Talks", text = "In Oslo" }, want = false },
    { opt = { any = { "%", "" } }, give = { text = "Nothing but marks was asked for." }, want = false },
    { give = { text = "No phrase was asked for." }, want = true },
  },
}
