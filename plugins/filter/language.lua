-- language.lua - keeps articles in certain languages.
--
-- Tags are matched as RFC 4647 does in its basic filtering: "en" matches en and en-GB, "en-GB" matches
-- neither en nor en-US, and case does not matter. A language that the source itself told has no measured
-- confidence and passes any minimum.

local function matches(tag, range)
  tag, range = tag:lower(), range:lower()
  return range == "*" or tag == range or tag:sub(1, #range + 1) == range .. "-"
end

local function wanted(tag, ranges)
  for _, range in ipairs(ranges) do
    if matches(tag, range) then return true end
  end
  return false
end

local function unsure(article, least)
  local confidence = article.language_confidence or 0
  return confidence > 0 and confidence < least
end

return {
  kind = "filter", api = 1, version = "1.0.0", order = "any",
  about = "Keep articles in certain languages.",
  args = {
    only = { "list", required = true, min = 1, help = "languages to keep, such as en or pt-BR; * is any" },
    confidence = { "number", default = 0, min = 0, max = 1, help = "how sure a measured language must be" },
    unknown = {
      "string", default = "drop", values = { "keep", "drop" },
      help = "what to do with articles whose language is not known or not sure enough",
    },
  },
  needs = { "language", "language_confidence" },
  each = function(article, opt)
    local tag = article.language
    if not tag or tag == "und" or unsure(article, opt.confidence) then
      return opt.unknown == "keep", "its language is not known"
    end
    return wanted(tag, opt.only), "its language is " .. tag
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter language:only=en,fr --to jsonl", about = "English and French" },
  },
  tests = {
    { opt = { only = { "en" } }, give = { language = "en", text = "Talks" }, want = true },
    { opt = { only = { "en" } }, give = { language = "en-GB", text = "Talks" }, want = true },
    { opt = { only = { "en-GB" } }, give = { language = "en", text = "Talks" }, want = false },
    { opt = { only = { "EN-gb" } }, give = { language = "en-GB", text = "Talks" }, want = true },
    { opt = { only = { "e" } }, give = { language = "en", text = "Talks" }, want = false },
    { opt = { only = { "de", "fr" } }, give = { language = "fr", text = "Entretiens" }, want = true },
    { opt = { only = { "de", "fr" } }, give = { language = "ru", text = "Переговоры" }, want = false },
    { opt = { only = { "*" } }, give = { language = "ru", text = "Переговоры" }, want = true },
    { opt = { only = { "en" }, confidence = 0.9 },
      give = { language = "en", language_confidence = 0.5, text = "Talks" }, want = false },
    { opt = { only = { "en" }, confidence = 0.9, unknown = "keep" },
      give = { language = "en", language_confidence = 0.5, text = "Talks" }, want = true },
    { opt = { only = { "en" }, confidence = 0.9 }, give = { language = "en", text = "Talks" }, want = true },
    { opt = { only = { "*" } }, give = { language = "und", text = "1 2 3" }, want = false },
    { opt = { only = { "en" }, unknown = "keep" }, give = { language = "und", text = "1 2 3" }, want = true },
  },
}
