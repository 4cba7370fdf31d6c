-- words.lua - keeps articles of a certain length.

return {
  kind = "filter", api = 1, version = "1.0.0", order = "any",
  about = "Keep articles with at least, or at most, so many words.",
  args = {
    min = { "integer", default = 0, min = 0, help = "fewest words to keep" },
    max = { "integer", min = 0, help = "most words to keep" },
  },
  needs = { "words" },
  each = function(article, opt)
    local words = article.words or 0
    return words >= opt.min and (not opt.max or words <= opt.max), ("it has %d words"):format(words)
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter words:min=200,max=900", about = "neither notes nor long reads" },
  },
  tests = {
    { opt = { min = 3 }, give = { text = "too short" }, want = false },
    { opt = { min = 3 }, give = { text = "just long enough" }, want = true },
    { opt = { max = 3 }, give = { text = "just long enough" }, want = true },
    { opt = { max = 3 }, give = { text = "this is too long" }, want = false },
    { opt = { min = 2, max = 2 }, give = { text = "two words" }, want = true },
    { give = { text = "anything" }, want = true },
    { opt = { min = 1 }, give = { headline = "A headline and no text" }, want = false },
  },
}
