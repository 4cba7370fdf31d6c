-- csl.lua - CSL-JSON for Zotero, pandoc and everything that cites: one array, an object an article.
--
-- Names are parted into family and given only where that is safe (see who.lua); dates have the parts that
-- are known. The curator's note on an article becomes its annotation.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local when = require "sheaf.when"
local who = require "sheaf.who"

local function name_of(author)
  local parts = who.parts(author.name)
  if parts.literal then return { literal = parts.literal } end
  return { family = parts.family, given = parts.given, ["non-dropping-particle"] = parts.particle }
end

local function names_of(article)
  local list = {}
  for index, author in ipairs(who.authors(article)) do list[index] = name_of(author) end
  return #list > 0 and list or nil
end

local function date_of(edtf)
  local year, month, day = when.parts(edtf)
  return year and { ["date-parts"] = { { year, month, day } } } or nil
end

local function keywords_of(article)
  local list = article.keywords or {}
  return #list > 0 and table.concat(list, ", ") or nil
end

local function item_of(article, opt)
  local line = article.dateline
  return {
    id = article.id, type = article.publisher and "article-newspaper" or "article",
    title = article.headline, author = names_of(article), ["container-title"] = article.publisher,
    issued = date_of(article.published), accessed = date_of(article.retrieved),
    URL = address.uri(article.url), language = curated.language(article.language),
    abstract = article.description, section = article.section, keyword = keywords_of(article),
    source = article.provider, ["event-place"] = line and line.place, annote = curated.note(opt, article),
  }
end

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true, between = ",\n",
  about = "CSL-JSON for programs that cite, such as Zotero and pandoc.",
  extension = "csl.json",
  args = { collection = { "table", help = "made by sheaf bind: its notes become annotations" } },
  needs = {
    "id", "headline", "byline", "authors", "publisher", "provider", "published", "retrieved", "url",
    "language", "description", "section", "keywords", "dateline",
  },
  open = function(out) out:write("[\n") end,
  each = function(article, opt, out) out:write(sheaf.encode(item_of(article, opt))) end,
  close = function(out) out:write("\n]\n") end,
  examples = {
    { run = "sheaf export csl news.sheaf -o news.csl.json", about = "a bibliography for Zotero or pandoc" },
  },
  tests = {
    { give = { id = "a1", headline = "Talks end", text = "A.", language = "en",
        authors = { { name = "Mina Okafor" } },
        publisher = "The Lantern", published = "2021-03-17T10:00Z", url = "https://example.com/a" },
      want = "[\n{\"URL\":\"https://example.com/a\",\"author\":[{\"family\":\"Okafor\",\"given\":\"Mina\"}],"
        .. "\"container-title\":\"The Lantern\",\"id\":\"a1\",\"issued\":{\"date-parts\":[[2021,3,17]]},"
        .. "\"language\":\"en\",\"title\":\"Talks end\",\"type\":\"article-newspaper\"}\n]\n" },
    { give = { id = "a1", text = "A.", published = "XXXX-02-10", language = "en" },
      want = "[\n{\"id\":\"a1\",\"language\":\"en\",\"type\":\"article\"}\n]\n" },
    { give = { id = "a1", text = "A.", published = "2021-03", language = "nl",
        authors = { { name = "Anna van der Berg" }, { name = "Reuters Staff" } } },
      want = "[\n{\"author\":[{\"family\":\"Berg\",\"given\":\"Anna\",\"non-dropping-particle\":\"van der\"},"
        .. "{\"literal\":\"Reuters Staff\"}],\"id\":\"a1\",\"issued\":{\"date-parts\":[[2021,3]]},"
        .. "\"language\":\"nl\",\"type\":\"article\"}\n]\n" },
    { opt = { collection = { notes = { a1 = { text = "Read first." } } } },
      give = { { id = "a1", text = "A.", language = "en" }, { id = "a2", text = "B.", language = "en" } },
      want = "[\n{\"annote\":\"Read first.\",\"id\":\"a1\",\"language\":\"en\",\"type\":\"article\"},\n"
        .. "{\"id\":\"a2\",\"language\":\"en\",\"type\":\"article\"}\n]\n" },
  },
}
