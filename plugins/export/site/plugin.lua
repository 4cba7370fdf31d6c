-- site - a static site to read, search and hand on: it opens from a disk, without a server or a network.
--
-- Articles pass once. The page of each is written as soon as the next is known; what the other pages need
-- of it is an item, a small table; its words go to the index of the search and to the sample of runs by
-- which articles are paired. All else is written at the end.
--
--   reading   the page of an article        overviews  table, timeline, search
--   start     contents and sections         speakers   quotes by speaker
--   index     what the search loads         compare    articles side by side
--
-- data/ has the style and the scripts. Without JavaScript everything can be read; searching, sorting and
-- filtering need it.

local compare = require "compare"
local frame = require "frame"
local index = require "index"
local markup = require "sheaf.markup"
local overviews = require "overviews"
local reading = require "reading"
local speakers = require "speakers"
local start = require "start"
local when = require "sheaf.when"
local words = require "words"

local site

local function section_of_ids(sections)
  local of = {}
  for number, section in ipairs(sections) do
    for _, id in ipairs(section.articles or {}) do of[id] = of[id] or number end
  end
  return of
end

local function open(_, opt)
  local collection = opt.collection or {}
  site = { collection = collection, title = opt.title or collection.title or "Articles", parts = {},
      items = {},
    notes = collection.notes or {}, sections = {}, files = {} }
  for _, part in ipairs(opt.parts) do site.parts[part] = true end
  site.spoken = collection.language and markup.spoken(collection.language) or ""
  for i, section in ipairs(collection.sections or {}) do
    site.sections[i] = { title = section.title or "Articles", text = section.text, items = {} }
  end
  if #site.sections == 0 then site.sections[1] = { title = "Articles", items = {} } end
  site.section_of = section_of_ids(collection.sections or {})
  site.words = words.new()
  site.index, site.compare, site.speakers = index.new(site.words), compare.new(), speakers.new()
end

-- A name for the file that stays when other articles come or go.
local function file_of(headline, id)
  local slug = markup.slug(frame.shortened(headline, 60), "article")
  local name = ("%s-%s"):format(slug, markup.slug(id, "x"):sub(1, 8))
  local count = (site.files[name] or 0) + 1
  site.files[name] = count
  return ("articles/%s%s.html"):format(name, count > 1 and "-" .. count or "")
end

local function item_of(article)
  local headline = (article.headline or ""):find("%S") and article.headline or "Untitled"
  local number, id = #site.items + 1, article.id or ""
  local day = when.day(article.published) or ""
  local section = site.section_of[id] or #site.sections
  local item = {
    number = number, id = id, headline = headline, file = file_of(headline, id),
    outlet = article.publisher or article.site or article.provider, published = article.published,
        day = day,
    month = day:sub(1, 7), who = markup.authors(article), words = article.words or 0,
        language = article.language,
    author = article.authors and article.authors[1] and article.authors[1].name,
    section = #site.sections > 1 and site.sections[section].title or article.section or "",
    spoken = markup.spoken(article.language),
  }
  site.items[number] = item
  table.insert(site.sections[section].items, item)
  return item
end

local function write_waiting(out, after)
  local waiting = site.waiting
  if not waiting then return end
  local before = site.items[waiting.item.number - 1]
  out:file(waiting.item.file, reading.page(site, waiting.item, waiting.body, before, after))
end

local function each(article, _, out)
  local item = item_of(article)
  local list, from, to
  if site.parts.search or site.parts.compare then list, from, to = site.index:add(item, article, out,
      site.parts.search) end
  if site.parts.compare then compare.add(site.compare, article, item, list, from, to) end
  if site.parts.quotes then speakers.add(site.speakers, article, item) end
  if not site.parts.articles then return end
  write_waiting(out, item)
  site.waiting = { item = item, body = reading.body(site, article, item) }
end

local finish = {
  start = start.write,
  articles = function(_, out) write_waiting(out, nil) end,
  table = overviews.table,
  timeline = overviews.timeline,
  search = function(s, out)
    s.index:finish(s.items, out)
    overviews.search(s, out)
    out:file("search.js", sheaf.data("search.js"))
  end,
  quotes = function(s, out) speakers.write(s, s.speakers, out) end,
  compare = function(s, out) compare.write(s, s.compare, out) end,
}

local function close(out)
  if not site.parts.search then site.index = nil end
  for _, part in ipairs(frame.parts) do
    if site.parts[part] then finish[part](site, out) end
  end
  if site.parts.style then
    out:file("style.css", sheaf.data("style.css"))
    out:file("site.js", sheaf.data("site.js"))
  end
  local manifest = site.collection.manifest
  if manifest then out:file("sheaf.json", manifest) end
  site = nil
end

return {
  kind = "exporter", api = 1, version = "1.0.0",
  about = "A site to read and search from a disk: articles, table, timeline, quotes, side by side.",
  extension = "/",
  limits = { memory = 1024, time = 60 },
  args = {
    title = { "string", help = "a title for the site" },
    parts = {
      "list", help = "which pages to make; style is the style sheet and the script that all pages use",
      values = { "start", "articles", "table", "search", "timeline", "quotes", "compare", "style" },
      default = { "start", "articles", "table", "search", "timeline", "quotes", "compare", "style" },
    },
    collection = { "table", help = "made by sheaf bind" },
  },
  open = open,
  each = each,
  close = close,
  examples = {
    { run = "sheaf export site:title=Talks news.sheaf -o talks/", about = "then open talks/index.html" },
    { run = "sheaf run news.sheaf --extract quotes --to site -o talks/", about = "with quotes by speaker" },
  },
  tests = require "tests",
}
