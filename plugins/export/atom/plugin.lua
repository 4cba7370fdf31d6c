-- atom - a feed as RFC 4287 has it, with whole texts; an entry is a template that can be replaced.
--
-- Atom wants a moment for every entry and for the feed: that of the article as precise as it is known, of its
-- beginning when it is coarse; the feed's is the collection's, or the newest of its articles. So that is
-- written at the end, where Atom allows it. An article without any date has the beginning of 1970.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local markup = require "sheaf.markup"
local template = require "sheaf.template"
local view = require "sheaf.view"
local when = require "sheaf.when"
local who = require "sheaf.who"

local escape = markup.escape

local NEVER = "1970-01-01T00:00:00Z"

local function first_of(article)
  return when.first(article.modified) or when.first(article.published) or when.first(article.retrieved)
end

local makers = view.makers {
  updated = function(article) return first_of(article) or NEVER end,
  -- Somebody is needed: the outlet when nobody signs.
  people = function(article)
    local list = who.authors(article)
    local outlet = article.publisher or article.site
    return #list > 0 and list or outlet and { { name = outlet } } or list
  end,
}

local function entry(opt)
  return view.template(opt, "entry.xml", makers, escape)
end

local function head_of(opt)
  local head, parts = curated.head(opt), {}
  local function put(format, value)
    if value then parts[#parts + 1] = format:format(escape(value)) end
  end
  put("<id>%s</id>\n", head.identifier)
  put("<title>%s</title>\n", head.title)
  put("<subtitle>%s</subtitle>\n", head.subtitle)
  put("<author><name>%s</name></author>\n", head.curator or head.title)
  put("<rights>%s</rights>\n", head.licence)
  put("<link rel=\"alternate\" href=\"%s\"/>\n", address.uri(opt.link))
  return table.concat(parts) .. "<generator>sheaf</generator>\n"
end

local opening = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"

local function closing(updated)
  return "<updated>" .. updated .. "</updated>\n</feed>\n"
end

local newest -- of the articles so far

-- What tests want: the head of a feed with this title and name, and its entries.
local function feed(entries, updated)
  return opening .. "<id>https://example.com/</id>\n<title>News</title>\n<author><name>News</name></author>\n"
    .. "<link rel=\"alternate\" href=\"https://example.com/\"/>\n<generator>sheaf</generator>\n" .. entries
    .. closing(updated)
end

local small = "<entry>{{updated}} {{#people}}{{name}}{{/people}}</entry>\n"
local told = { title = "News", link = "https://example.com/", template = small }

return {
  kind = "exporter", api = 1, version = "1.0.0",
  about = "A feed in Atom, with whole texts.",
  extension = "atom",
  args = curated.arguments {
    link = { "string", match = "^https?://", help = "where the feed's page is on the web" },
    template = view.argument("entry.xml"),
  },
  needs = view.needs,
  open = function(out, opt)
    newest = nil
    entry(opt)
    out:write(opening, head_of(opt))
  end,
  each = function(article, opt, out)
    newest = when.later(newest, first_of(article))
    out:write(entry(opt):render(template.view(makers, article, opt)))
  end,
  close = function(out, opt) out:write(closing(curated.head(opt).modified or newest or NEVER)) end,
  examples = {
    { run = "sheaf export atom:title=News,link=https://example.com/ news.sheaf -o news.atom",
      about = "a feed for readers" },
  },
  tests = {
    { opt = { title = "News", link = "https://example.com/" },
      give = { id = "a1", headline = "A & B", text = "Met.", language = "en", published = "2021-03-17T10:00Z",
        authors = { { name = "Mina Okafor" } } },
      want = feed("<entry xml:lang=\"en\">\n  <id>" .. address.urn("a1") .. "</id>\n"
        .. "  <title>A &amp; B</title>\n"
        .. "  <updated>2021-03-17T10:00:00Z</updated>\n  <published>2021-03-17T10:00:00Z</published>\n"
        .. "  <author><name>Mina Okafor</name></author>\n"
        .. "  <content type=\"html\">&lt;p&gt;Met.&lt;/p&gt;</content>\n</entry>\n",
        "2021-03-17T10:00:00Z") },
    { opt = told, give = { text = "A.", published = "2021-03", publisher = "The Lantern" },
      want = feed("<entry>2021-03-01T00:00:00Z The Lantern</entry>\n", "2021-03-01T00:00:00Z") },
    { opt = told, give = { { text = "A.", published = "2021" }, { text = "B.", published = "2020-05" } },
      want = feed("<entry>2021-01-01T00:00:00Z </entry>\n<entry>2020-05-01T00:00:00Z </entry>\n",
        "2021-01-01T00:00:00Z") },
    { opt = told, give = { text = "A.", published = "XXXX-02-10" },
      want = feed("<entry>1970-01-01T00:00:00Z </entry>\n", NEVER) },
  },
}
