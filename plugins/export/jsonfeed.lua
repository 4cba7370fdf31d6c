-- jsonfeed.lua - a feed as JSON Feed 1.1 has it, with the whole text of each article.
--
-- An item's id is the article's; its date needs a known day, and is midnight in UTC when the time is not
-- known. The HTML of an item is that of the other exporters: escaped text, and nothing from elsewhere.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local markup = require "sheaf.markup"
local when = require "sheaf.when"
local who = require "sheaf.who"

local function authors_of(article)
  local list = {}
  for index, author in ipairs(who.authors(article)) do list[index] = { name = author.name } end
  return #list > 0 and list or nil
end

local function picture_of(article)
  for _, image in ipairs(article.images or {}) do
    local url = address.uri(image.url)
    if url then return url end
  end
end

local function some(list)
  return list and #list > 0 and list or nil
end

local function item_of(article, opt)
  local item = {
    id = article.id, url = address.uri(article.url), title = article.headline,
    summary = article.description, date_published = when.moment(article.published),
    date_modified = when.moment(article.modified), authors = authors_of(article),
    tags = some(article.keywords), language = curated.language(article.language),
    image = picture_of(article),
  }
  if opt.html then
    item.content_html = table.concat(markup.body(article), "\n")
  else
    item.content_text = article.text or ""
  end
  return item
end

-- The members of the feed in the order of their importance; the version comes first.
local function head_of(opt)
  local head, parts = curated.head(opt), {}
  local function put(name, value)
    if value then parts[#parts + 1] = ("%s:%s"):format(sheaf.encode(name), sheaf.encode(value)) end
  end
  put("version", "https://jsonfeed.org/version/1.1")
  put("title", head.title)
  put("home_page_url", address.uri(opt.link))
  put("description", head.subtitle)
  put("authors", head.curator and { { name = head.curator } })
  put("language", head.language)
  return "{" .. table.concat(parts, ",\n")
end

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true, between = ",\n",
  about = "A feed in JSON Feed 1.1, with whole texts.",
  extension = "feed.json",
  args = curated.arguments {
    link = { "string", match = "^https?://", help = "where the feed's page is on the web" },
    html = { "boolean", default = true, help = "texts as HTML; else as plain text" },
  },
  needs = {
    "id", "headline", "description", "byline", "authors", "published", "modified", "url", "language",
    "keywords", "images", "text", "blocks",
  },
  open = function(out, opt) out:write(head_of(opt), ",\n\"items\":[\n") end,
  each = function(article, opt, out) out:write(sheaf.encode(item_of(article, opt))) end,
  close = function(out) out:write("\n]}\n") end,
  examples = {
    { run = "sheaf export jsonfeed:title=News news.sheaf -o news.feed.json", about = "a feed for readers" },
  },
  tests = {
    { opt = { title = "News", html = false },
      give = { id = "a1", headline = "Talks end", text = "They met.", language = "en",
        published = "2021-03-17", authors = { { name = "Mina Okafor" } } },
      want = "{\"version\":\"https://jsonfeed.org/version/1.1\",\n\"title\":\"News\",\n\"items\":[\n"
        .. "{\"authors\":[{\"name\":\"Mina Okafor\"}],\"content_text\":\"They met.\","
        .. "\"date_published\":\"2021-03-17T00:00:00Z\",\"id\":\"a1\",\"language\":\"en\","
        .. "\"title\":\"Talks end\"}\n]}\n" },
    { give = { { id = "a1", text = "A <b>.", language = "en", published = "XXXX-03-17" },
        { id = "a2", text = "B.", language = "en", url = "https://example.com/ü" } },
      want = "{\"version\":\"https://jsonfeed.org/version/1.1\",\n\"title\":\"Articles\",\n\"items\":[\n"
        .. "{\"content_html\":\"<p>A &lt;b&gt;.</p>\",\"id\":\"a1\",\"language\":\"en\"},\n"
        .. "{\"content_html\":\"<p>B.</p>\",\"id\":\"a2\",\"language\":\"en\","
        .. "\"url\":\"https://example.com/%C3%BC\"}\n]}\n" },
    { opt = { collection = { title = "Talks", curator = "Mina", subtitle = "In Moscow", language = "en" },
        link = "https://example.com/", html = false },
      give = { id = "a1", text = "A.", language = "en", published = "2021-03-17T10:00+02:00" },
      want = "{\"version\":\"https://jsonfeed.org/version/1.1\",\n\"title\":\"Talks\",\n"
        .. "\"home_page_url\":\"https://example.com/\",\n\"description\":\"In Moscow\",\n"
        .. "\"authors\":[{\"name\":\"Mina\"}],\n\"language\":\"en\",\n\"items\":[\n"
        .. "{\"content_text\":\"A.\",\"date_published\":\"2021-03-17T10:00:00+02:00\",\"id\":\"a1\","
        .. "\"language\":\"en\"}\n]}\n" },
    { opt = { html = false },
      give = { id = "a1", text = "A.", language = "en", keywords = { "sea" },
        images = { { caption = "Only words" }, { url = "https://example.com/a.jpg" } } },
      want = "{\"version\":\"https://jsonfeed.org/version/1.1\",\n\"title\":\"Articles\",\n\"items\":[\n"
        .. "{\"content_text\":\"A.\",\"id\":\"a1\",\"image\":\"https://example.com/a.jpg\","
        .. "\"language\":\"en\",\"tags\":[\"sea\"]}\n]}\n" },
  },
}
