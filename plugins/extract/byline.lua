-- byline.lua - reads the names and roles of the authors from the byline.
--
-- The byline field counts first. Where there is none, the first paragraphs are looked at for one that is
-- a byline and nothing else, such as "By Ana Lopez and Ben Ode, Deputy Editor".

-- A byline field often lacks its "By".
local function parse(line)
  return sheaf.byline(line) or sheaf.byline("By " .. line)
end

-- The line and the authors of the first paragraph that is a byline.
local function search(article, paragraphs)
  local seen = 0
  for text in article:paragraphs() do
    if seen == paragraphs then return nil end
    local authors = sheaf.byline(text)
    if authors then return text, authors end
    seen = seen + 1
  end
end

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Read the authors from the byline.",
  args = {
    paragraphs = {
      "integer", default = 2, min = 0, max = 10, help = "how many paragraphs to search where there is none",
    },
    replace = { "boolean", default = false, help = "read it again where authors are already known" },
  },
  needs = { "byline", "authors", "text", "blocks" },
  adds = { byline = "string", authors = "list" },
  each = function(article, opt)
    local known = article.authors
    if known and #known > 0 and not opt.replace then return nil end
    if article.byline then
      local authors = parse(article.byline)
      return authors and { authors = authors }
    end
    local line, authors = search(article, opt.paragraphs)
    return line and { byline = line, authors = authors }
  end,
  examples = {
    { run = "sheaf run news.sheaf --extract byline --to jsonl:keys=byline,authors",
      about = "names and roles of the authors" },
  },
  tests = {
    { give = { byline = "By Mina Okafor", text = "Text." },
      want = { authors = { { name = "Mina Okafor" } } } },
    { give = { byline = "By Mina Okafor and Tobias Renn", text = "Text." },
      want = { authors = { { name = "Mina Okafor" }, { name = "Tobias Renn" } } } },
    { give = { byline = "By Dora Penhale, Diplomatic Editor", text = "Text." },
      want = { authors = { { name = "Dora Penhale", role = "Diplomatic Editor" } } } },
    { give = { byline = "Mina Okafor", text = "Text." }, want = { authors = { { name = "Mina Okafor" } } } },
    { give = { text = "By Mina Okafor\n\nThe ministers met." },
      want = { byline = "By Mina Okafor", authors = { { name = "Mina Okafor" } } } },
    { opt = { paragraphs = 0 }, give = { text = "By Mina Okafor\n\nThe ministers met." }, want = nil },
    { give = { text = "By noon the ministers had met and parted." }, want = nil },
    { give = { byline = "By Mina Okafor", authors = { { name = "M. O." } }, text = "Text." }, want = nil },
    { opt = { replace = true },
      give = { byline = "By Mina Okafor", authors = { { name = "M. O." } }, text = "Text." },
      want = { authors = { { name = "Mina Okafor" } } } },
    { give = { headline = "No text and no byline" }, want = nil },
  },
}
