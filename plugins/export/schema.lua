-- schema.lua - schema.org in JSON-LD: a graph of NewsArticle and the collection that they are part of.
--
-- Safe inside a <script> of a page: no text in it can close the element. The collection comes last, so that
-- articles can be written in any thread.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local when = require "sheaf.when"
local who = require "sheaf.who"

local function encode(value)
  return (sheaf.encode(value):gsub("<", "\\u003c"))
end

local function some(list)
  return #list > 0 and list or nil
end

-- As precise as it is known: a moment, a day, a month or a year.
local function date_of(edtf)
  return edtf and edtf:find("T", 1, true) and when.moment(edtf) or when.day(edtf)
end

local function authors_of(article)
  local list = {}
  for index, author in ipairs(who.authors(article)) do
    local office = who.is_office(author.name)
    list[index] = { ["@type"] = office and "Organization" or "Person", name = author.name,
      jobTitle = not office and author.role or nil }
  end
  return some(list)
end

local function pictures_of(article)
  local list = {}
  for _, image in ipairs(article.images or {}) do
    list[#list + 1] = { ["@type"] = "ImageObject", contentUrl = address.uri(image.url),
      caption = image.caption, creditText = image.credit }
  end
  return some(list)
end

local function organisation(name, kind)
  return name and { ["@type"] = kind, name = name } or nil
end

local function node_of(article, opt)
  local line = article.dateline
  return {
    ["@type"] = "NewsArticle", ["@id"] = address.urn(article.id or ""), identifier = article.id,
    url = address.uri(article.url), headline = article.headline,
    alternativeHeadline = article.alternative_headline, description = article.description,
    author = authors_of(article), publisher = organisation(article.publisher, "NewsMediaOrganization"),
    sourceOrganization = organisation(article.provider, "Organization"),
    datePublished = date_of(article.published),
    dateModified = date_of(article.modified),
    inLanguage = curated.language(article.language), articleSection = article.section,
    keywords = some(article.keywords or {}), dateline = line and line.raw, wordCount = article.words,
    articleBody = opt.text and article.text or nil, image = pictures_of(article),
    isPartOf = { ["@id"] = curated.head(opt).identifier },
  }
end

local function whole_of(opt)
  local head = curated.head(opt)
  return {
    ["@type"] = "Collection", ["@id"] = head.identifier, name = head.title, description = head.subtitle,
    editor = head.curator and { ["@type"] = "Person", name = head.curator }, license = head.licence,
    inLanguage = head.language, dateModified = head.modified,
  }
end

local opening = "{\"@context\":\"https://schema.org\",\"@graph\":[\n"
local part = "\"isPartOf\":{\"@id\":\"urn:x:1\"},"
local whole = "{\"@id\":\"urn:x:1\",\"@type\":\"Collection\",\"name\":\"Talks\"}\n]}\n"
local bound = { identifier = "urn:x:1", title = "Talks" }

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "schema.org as JSON-LD: news articles and the collection that they are part of.",
  extension = "jsonld",
  args = curated.arguments {
    text = { "boolean", default = true, help = "with the text of the articles" },
  },
  needs = {
    "id", "url", "headline", "alternative_headline", "description", "byline", "authors", "publisher",
    "provider", "published", "modified", "language", "section", "keywords", "images", "text", "words",
    "dateline",
  },
  open = function(out) out:write(opening) end,
  each = function(article, opt, out) out:write(encode(node_of(article, opt)), ",\n") end,
  close = function(out, opt) out:write(encode(whole_of(opt)), "\n]}\n") end,
  examples = {
    { run = "sheaf export schema:text=no news.sheaf -o news.jsonld", about = "data on articles for the web" },
  },
  tests = {
    { opt = { collection = bound },
      give = { id = "a1", text = "A </script>.", language = "en", published = "2021-03" },
      want = opening .. "{\"@id\":\"" .. address.urn("a1") .. "\",\"@type\":\"NewsArticle\",\"articleBody\":"
        .. "\"A \\u003c/script>.\",\"datePublished\":\"2021-03\",\"identifier\":\"a1\",\"inLanguage\":\"en\","
        .. part .. "\"wordCount\":2},\n" .. whole },
    { opt = { collection = bound, text = false },
      give = { id = "a1", text = "A.", headline = "B", language = "en", published = "2021-03-17",
        publisher = "The Lantern",
        authors = { { name = "Mina Okafor", role = "Editor" }, { name = "Desk" } } },
      want = opening .. "{\"@id\":\"" .. address.urn("a1") .. "\",\"@type\":\"NewsArticle\","
        .. "\"author\":[{\"@type\":\"Person\","
        .. "\"jobTitle\":\"Editor\",\"name\":\"Mina Okafor\"},"
        .. "{\"@type\":\"Organization\",\"name\":\"Desk\"}],"
        .. "\"datePublished\":\"2021-03-17\",\"headline\":\"B\",\"identifier\":\"a1\","
        .. "\"inLanguage\":\"en\"," .. part
        .. "\"publisher\":{\"@type\":\"NewsMediaOrganization\",\"name\":\"The Lantern\"},\"wordCount\":1},\n"
        .. whole },
    { opt = { collection = bound, text = false },
      give = { id = "a1", text = "A.", language = "en", published = "XXXX-03-17",
        images = { { url = "https://example.com/a.jpg", credit = "Pool" } } },
      want = opening .. "{\"@id\":\"" .. address.urn("a1") .. "\",\"@type\":\"NewsArticle\","
        .. "\"identifier\":\"a1\","
        .. "\"image\":[{\"@type\":\"ImageObject\",\"contentUrl\":\"https://example.com/a.jpg\","
        .. "\"creditText\":\"Pool\"}],\"inLanguage\":\"en\"," .. part .. "\"wordCount\":1},\n" .. whole },
    { opt = { collection = { identifier = "urn:x:1", title = "Talks", curator = "Mina" }, text = false },
      give = { id = "a1", text = "A.", language = "en", url = "https://example.com/a" },
      want = opening .. "{\"@id\":\"" .. address.urn("a1") .. "\",\"@type\":\"NewsArticle\","
        .. "\"identifier\":\"a1\","
        .. "\"inLanguage\":\"en\"," .. part .. "\"url\":\"https://example.com/a\",\"wordCount\":1},\n"
        .. "{\"@id\":\"urn:x:1\",\"@type\":\"Collection\","
        .. "\"editor\":{\"@type\":\"Person\",\"name\":\"Mina\"},"
        .. "\"name\":\"Talks\"}\n]}\n" },
  },
}
