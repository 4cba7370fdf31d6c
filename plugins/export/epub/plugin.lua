-- epub - a book to read on any device: EPUB 3, with a table of contents for old readers.
--
--   cover, title page, contents, introduction
--   section, article, article, …     a page each; notes of the curator as footnotes
--   people quoted, sources           lists that lead back to the articles
--
-- Articles are written while they come; of each only title, outlet, date and quotations are kept, for the
-- lists. What makes the whole, the order of reading first of all, is known at the end and written then. The
-- same articles give the same bytes: nothing here asks for time or chance.

local address = require "sheaf.address"
local article = require "article"
local cover = require "cover"
local curated = require "sheaf.curated"
local front = require "front"
local lists = require "lists"
local markup = require "sheaf.markup"
local package = require "package"
local proper = require "proper"
local style = require "style"
local when = require "sheaf.when"
local words = require "words"

local STALKS = 60 -- articles that the set cover shows

local book

-- ---- the plan of the book -------------------------------------------------------------------------------

-- Sections in their order; `places` tells for each id which sections wait for it.
local function plan(given)
  local sections, places = {}, {}
  for number, section in ipairs(given.sections or { {} }) do
    sections[number] = { title = proper.line(section.title), text = section.text, articles = {}, again = {} }
    for _, id in ipairs(section.articles or {}) do
      places[id] = places[id] or {}
      table.insert(places[id], number)
    end
  end
  return sections, places
end

-- The section of the article that comes now. Articles that no section names come after all others.
local function section_of(id)
  if not book.planned then return book.sections[1] end
  local waiting = id and book.places[id]
  if waiting and #waiting > 0 then return book.sections[table.remove(waiting, 1)] end
  if not book.others then
    book.others = { title = book.words.others, articles = {}, again = {} }
    book.sections[#book.sections + 1] = book.others
  end
  return book.others
end

local function head_of(opt, given)
  local head = curated.head(opt)
  return {
    title = proper.line(head.title) or "Articles", subtitle = proper.line(head.subtitle),
    curator = proper.line(head.curator), licence = proper.line(head.licence),
    language = proper.tag(opt.language) or head.language, identifier = proper.line(given.identifier),
    modified = head.modified,
  }
end

local function open(out, opt)
  local given = opt.collection or {}
  local head = head_of(opt, given)
  book = {
    head = head, language = head.language or "en", words = words.of(head.language), notes = given.notes or {},
    all = {}, counts = {}, ids = {}, classes = {}, planned = given.sections ~= nil,
    right = markup.direction(head.language) == "rtl",
  }
  book.sections, book.places = plan(given)
  out:file("mimetype", "application/epub+zip")
  out:file("META-INF/container.xml", package.container)
  if given.manifest then
    out:file("META-INF/sheaf.json",
      type(given.manifest) == "string" and given.manifest or sheaf.encode(given.manifest))
  end
end

-- ---- articles -------------------------------------------------------------------------------------------

local function note_facts(facts, a)
  local language = facts.language
  if language then book.counts[language] = (book.counts[language] or 0) + 1 end
  book.ids[#book.ids + 1] = a.id or facts.title
  for _, date in ipairs { a.modified or false, a.published or false, a.retrieved or false } do
    book.newest = when.later(book.newest, date and when.first(date) or nil)
  end
end

local function each(a, _, out)
  local number = #book.all + 1
  local section = section_of(a.id)
  local place = { file = ("a%05d.xhtml"):format(number), section = section.title }
  local xhtml, facts = article.page(a, place, book)
  style.note(book.classes, xhtml)
  out:file("EPUB/" .. place.file, xhtml)
  facts.item = ("a%05d"):format(number)
  book.all[number] = facts
  table.insert(section.articles, facts)
  note_facts(facts, a)
end

-- ---- the end --------------------------------------------------------------------------------------------

-- An article that stands in several sections is in the book once; the page of each section leads to it.
local function list_again()
  local by_id = {}
  for _, facts in ipairs(book.all) do by_id[facts.id or ""] = by_id[facts.id or ""] or facts end
  for id, waiting in sheaf.sorted(book.places) do
    for _, number in ipairs(by_id[id] and waiting or {}) do
      table.insert(book.sections[number].again, by_id[id])
    end
  end
end

-- Languages of the book: the one that was named, then those of the articles, the most frequent first.
local function languages()
  local list = {}
  for language in pairs(book.counts) do list[#list + 1] = language end
  table.sort(list, function(one, other)
    if one == book.head.language or other == book.head.language then return one == book.head.language end
    if book.counts[one] ~= book.counts[other] then return book.counts[one] > book.counts[other] end
    return one < other
  end)
  if book.head.language and list[1] ~= book.head.language then table.insert(list, 1, book.head.language) end
  if #list == 0 then list[1] = "und" end
  return list
end

local function complete_head()
  local head = book.head
  head.languages = languages()
  head.identifier = head.identifier or address.urn(head.title .. "\n" .. table.concat(book.ids, "\n"))
  local modified = head.modified or book.newest
  head.modified = modified and modified:find("^%d%d%d%d%-") and modified or "1970-01-01T00:00:00Z"
  if not head.language then book.right = markup.direction(head.languages[1]) == "rtl" end
end

-- What the book holds, in the order of reading, and its table of contents.
local function new_contents(out)
  return {
    files = {}, tree = {},
    add = function(self, one, bytes)
      self.files[#self.files + 1] = one
      if bytes then out:file("EPUB/" .. one.file, bytes) end
    end,
    page = function(self, file, id, bytes)
      if bytes then style.note(book.classes, bytes) end
      self:add({ file = file, id = id, spine = true }, bytes)
    end,
    entry = function(self, title, file, language)
      local entry = { title = title, file = file, language = language, children = {} }
      self.tree[#self.tree + 1] = entry
      return entry
    end,
  }
end

local function add_cover(contents, opt)
  local lengths, given = {}, opt.collection and opt.collection.cover
  for i = 1, math.min(STALKS, #book.all) do lengths[i] = book.all[i].words or 0 end
  local picture, xhtml = cover.of(book.head, opt.cover or given and given.bytes, lengths, book)
  contents:add({ file = picture.name, id = "cover-image", media = picture.media, properties = "cover-image" },
    picture.bytes)
  contents:page("cover.xhtml", "cover", xhtml)
  contents:entry(book.words.cover, "cover.xhtml")
end

local function add_articles(contents, section, entry)
  for _, facts in ipairs(section.articles) do
    contents:page(facts.file, facts.item)
    local into = entry and entry.children or contents.tree
    into[#into + 1] = { title = facts.title, file = facts.file, language = facts.language }
  end
end

local function add_section(contents, section, number)
  local entry
  if section.title then
    local file = ("s%03d.xhtml"):format(number)
    local shown = table.move(section.again, 1, #section.again, #section.articles + 1,
      table.move(section.articles, 1, #section.articles, 1, {}))
    contents:page(file, ("s%03d"):format(number), front.section(book, {
      title = section.title, text = section.text, articles = shown }))
    entry = contents:entry(section.title, file)
  end
  add_articles(contents, section, entry)
end

local function add_lists(contents)
  local people = lists.people(book.all, book)
  book.has_index = #people > 0
  for _, pages in ipairs { people, lists.sources(book.all, book) } do
    for number, one in ipairs(pages) do
      contents:page(one.file, one.file:match("^[^.]*"), one.xhtml)
      if number == 1 then contents:entry(one.title, one.file) end
    end
  end
end

local function introduction_of(opt)
  local text = opt.introduction or opt.collection and opt.collection.introduction
  return text and text:find("%S") and text or nil
end

local function first_page(contents)
  for _, one in ipairs(contents.files) do
    if one.file:find("^[as]%d") then return one.file end
  end
  return "title.xhtml"
end

local function close(out, opt)
  list_again()
  complete_head()
  local contents, introduction = new_contents(out), introduction_of(opt)
  add_cover(contents, opt)
  contents:page("title.xhtml", "title-page", front.title(book, book.all))
  contents:entry(book.words.title_page, "title.xhtml")
  contents:add { file = "nav.xhtml", id = "nav", properties = "nav", spine = true }
  contents:entry(book.words.contents, "nav.xhtml")
  if introduction then
    contents:page("introduction.xhtml", "introduction", front.introduction(book, introduction))
    contents:entry(book.words.introduction, "introduction.xhtml")
  end
  for number, section in ipairs(book.sections) do add_section(contents, section, number) end
  add_lists(contents)
  contents:add({ file = "style.css", id = "style", media = "text/css" },
    style.of(sheaf.data("style.css"), book.classes))
  contents:add({ file = "toc.ncx", id = "ncx", media = "application/x-dtbncx+xml" },
    package.ncx(book, contents.tree))
  out:file("EPUB/nav.xhtml", package.nav(book, contents.tree, first_page(contents)))
  out:file("EPUB/package.opf", package.opf(book, contents.files))
  book = nil
end

-- What tests want: whole books, each between a line with its name and a form feed.
local function wanted(name)
  local text = sheaf.data("tests.txt")
  local _, from = text:find("=== " .. name .. "\n", 1, true)
  return from and text:sub(from + 1, text:find("\f\n", from, true) - 1) or ""
end

local small = {
  id = "a1", headline = "Talks <end>", text = "They met & left.\n\n- tea\n- cake", language = "en",
  url = "https://lantern.example/a b?c=\"d\"", publisher = "The Lantern", published = "2021-03-17T10:00Z",
  byline = "By Mina Okafor", description = "In short", section = "World",
  images = { { url = "https://lantern.example/i.jpg", caption = "A ship", credit = "NPA" } },
  blocks = { { from = 1, to = 16, kind = "p" }, { from = 19, to = 30, kind = "list" } },
}

local gathered = {
  title = "Talks", subtitle = "Three hours", curator = "Ada", licence = "CC BY 4.0", language = "de",
  identifier = "urn:uuid:5c3f1d7e-7a50-8b6e-8d3c-0a1b2c3d4e5f", modified = "2021-04-01T12:00:00Z",
  introduction = "A *word* [before](javascript:alert).", manifest = { articles = 2 },
  sections = { { title = "First", text = "Its text.", articles = { "a1", "a2" } },
    { title = "Again", articles = { "a1" } } },
  notes = { a1 = { text = "Seen.", spans = { { from = 6, to = 8, text = "Where?" } } } },
}

return {
  kind = "exporter", api = 1, version = "1.0.0",
  about = "A book: EPUB 3 with cover, contents, sections, notes and sources.",
  extension = "epub",
  args = curated.arguments {
    cover = { "file", help = "a picture for the cover, JPEG, PNG, GIF or SVG; else one is set" },
    introduction = { "file", help = "a text in Markdown to begin with" },
    language = { "string", help = "language of the book; that of the collection when left out" },
  },
  limits = { memory = 512, time = 30 }, -- `needs` is left out: a layer named there would have to be there
  open = open, each = each, close = close,
  examples = {
    { run = "sheaf export epub:title=\"Talks in Moscow\" news.sheaf -o talks.epub",
      about = "a book of all articles" },
    { run = "sheaf export epub news.sheaf --layer quotes -o news.epub",
      about = "with an index of the people quoted" },
  },
  tests = {
    { opt = { title = "News" }, give = small, want = wanted("small") },
    { opt = { language = "ar" }, give = { id = "r", headline = "لقاء", text = "التقيا.", language = "ar" },
      want = wanted("right") },
    { give = { text = "Words \1 without a head; more than eight of them follow.", language = "x-odd",
        url = "javascript:alert(1)", published = "XXXX-03-17" }, want = wanted("headless") },
    { opt = { collection = gathered }, want = wanted("collection"),
      give = { small, { id = "a2", headline = "Zwei", text = "Sie gingen.", language = "de" } } },
  },
}
