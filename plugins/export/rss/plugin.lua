-- rss - a feed in RSS 2.0 with whole texts; an item is a template that can be replaced.
--
-- A date needs a known day; what is coarser is left out. The text is escaped HTML in content:encoded.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local markup = require "sheaf.markup"
local template = require "sheaf.template"
local view = require "sheaf.view"
local when = require "sheaf.when"

local escape = markup.escape

local makers = view.makers {
  mail_date = function(article) return when.mail(article.published) end,
}

local function item(opt)
  return view.template(opt, "item.xml", makers, escape)
end

local function head_of(opt)
  local head, parts = curated.head(opt), {}
  local function put(name, value)
    if value then parts[#parts + 1] = ("<%s>%s</%s>\n"):format(name, escape(value), name) end
  end
  put("title", head.title)
  put("link", opt.link or head.identifier)
  put("description", head.subtitle or head.title)
  put("language", head.language)
  put("copyright", head.licence)
  put("dc:creator", head.curator)
  put("lastBuildDate", when.mail(head.modified))
  put("generator", "sheaf")
  return table.concat(parts)
end

local opening = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
  .. "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
  .. "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n"
local closing = "</channel>\n</rss>\n"
local small = "<item>\n  <title>{{headline}}</title>\n</item>\n"

-- What tests want: the feed's head with a link, and items.
local function feed(items)
  return opening .. "<title>News</title>\n<link>https://example.com/</link>\n"
    .. "<description>News</description>\n<generator>sheaf</generator>\n" .. items .. closing
end

local told = { title = "News", link = "https://example.com/" }

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "A feed in RSS 2.0, with whole texts.",
  extension = "rss",
  args = curated.arguments {
    link = { "string", match = "^https?://", help = "where the feed's page is on the web" },
    template = view.argument("item.xml"),
  },
  needs = view.needs,
  open = function(out, opt)
    item(opt)
    out:write(opening, head_of(opt))
  end,
  each = function(article, opt, out)
    out:write(item(opt):render(template.view(makers, article, opt)))
  end,
  close = function(out) out:write(closing) end,
  examples = {
    { run = "sheaf export rss:title=News,link=https://example.com/ news.sheaf -o news.rss",
      about = "a feed for readers" },
    { run = "sheaf export rss:template=mine.xml news.sheaf -o news.rss", about = "items of your own making" },
  },
  tests = {
    { opt = told,
      give = { id = "a1", headline = "A & B", text = "They <met>.", language = "en", published = "2021-03-17",
        authors = { { name = "Mina Okafor" } }, keywords = { "sea" } },
      want = feed("<item>\n  <title>A &amp; B</title>\n  <guid isPermaLink=\"false\">" .. address.urn("a1")
        .. "</guid>\n  <pubDate>Wed, 17 Mar 2021 00:00:00 +0000</pubDate>\n"
        .. "  <dc:creator>Mina Okafor</dc:creator>\n  <dc:language>en</dc:language>\n"
        .. "  <category>sea</category>\n  <description></description>\n"
        .. "  <content:encoded>&lt;p&gt;They &amp;lt;met&amp;gt;.&lt;/p&gt;</content:encoded>\n</item>\n") },
    { opt = { title = "News", link = "https://example.com/", template = small },
      give = { { headline = "A <b>", text = "A." }, { headline = "\"B\"", text = "B." } },
      want = feed("<item>\n  <title>A &lt;b&gt;</title>\n</item>\n<item>\n  <title>&quot;B&quot;</title>\n"
        .. "</item>\n") },
    { opt = { title = "News", link = "https://example.com/", template = "{{mail_date}}|{{day}}\n" },
      give = { headline = "A", text = "A.", published = "2021-03" }, want = feed("|2021-03\n") },
    { opt = { template = small, collection = { title = "Talks", subtitle = "In Moscow", curator = "Mina",
        licence = "CC BY", language = "en", identifier = "urn:x:1", modified = "2021-03-17T10:00:00Z" } },
      give = { headline = "A", text = "A." },
      want = opening .. "<title>Talks</title>\n<link>urn:x:1</link>\n<description>In Moscow</description>\n"
        .. "<language>en</language>\n<copyright>CC BY</copyright>\n<dc:creator>Mina</dc:creator>\n"
        .. "<lastBuildDate>Wed, 17 Mar 2021 10:00:00 +0000</lastBuildDate>\n<generator>sheaf</generator>\n"
        .. "<item>\n  <title>A</title>\n</item>\n" .. closing },
  },
}
