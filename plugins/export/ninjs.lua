-- ninjs.lua - the news agencies' JSON, one object a line: ninjs 2.1, or 3.1 with its names in camelCase.
--
-- An object wants moments: a date with a day becomes midnight in UTC, a coarser one is left out. An article
-- without an address on the web gets one of the form urn:uuid, made from its id.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local markup = require "sheaf.markup"
local when = require "sheaf.when"
local who = require "sheaf.who"

-- What 2.1 writes in small letters, and 3.1 in camelCase.
local camel = {
  versioncreated = "versionCreated", firstcreated = "firstCreated", contenttype = "contentType",
  wordcount = "wordCount", charcount = "charCount", usageterms = "usageTerms", altids = "altIds",
  infosources = "infoSources", representationtype = "representationType", ednote = "edNote",
}

local function renamed(value)
  if type(value) ~= "table" then return value end
  local new = {}
  for key, item in pairs(value) do new[camel[key] or key] = renamed(item) end
  return new
end

local function some(list)
  return #list > 0 and list or nil
end

local function people_of(article)
  local list = {}
  for index, author in ipairs(who.authors(article)) do
    list[index] = { name = author.name, rel = "author" }
  end
  return some(list)
end

local function subjects_of(article)
  local list = {}
  for index, word in ipairs(article.keywords or {}) do list[index] = { name = word } end
  return some(list)
end

local function bodies_of(article, opt)
  local text = article.text or ""
  local list = {
    { role = "main", contenttype = "text/plain", value = text, wordcount = article.words,
      charcount = utf8.len(text) },
  }
  if opt.html then
    list[2] = { role = "main", contenttype = "text/html", value = table.concat(markup.body(article), "\n") }
  end
  return list
end

local function pictures_of(article)
  local list = {}
  for _, image in ipairs(article.images or {}) do
    local url = address.uri(image.url)
    if url then
      list[#list + 1] = { name = ("picture%d"):format(#list + 1), uri = url, type = "picture",
        by = image.credit, descriptions = image.caption and { { role = "caption", value = image.caption } } }
    end
  end
  return some(list)
end

local function headlines_of(article)
  local list = {}
  if article.headline then list[1] = { role = "main", value = article.headline } end
  if article.alternative_headline then
    list[#list + 1] = { role = "alternative", value = article.alternative_headline }
  end
  return some(list)
end

local function object_of(article, opt)
  local line = article.dateline
  return {
    uri = address.of(article), type = "text", representationtype = "full",
    language = curated.language(article.language), title = article.headline,
    headlines = headlines_of(article), bodies = bodies_of(article, opt),
    descriptions = article.description and { { role = "summary", value = article.description } },
    by = article.byline, people = people_of(article), located = line and line.place,
    organisations = article.publisher and { { name = article.publisher, rel = "publisher" } },
    infosources = article.provider and { { name = article.provider, role = "provider" } },
    subjects = subjects_of(article), associations = pictures_of(article),
    versioncreated = when.moment(article.modified) or when.moment(article.published),
    firstcreated = when.moment(article.published),
    usageterms = opt.collection and opt.collection.licence, ednote = (curated.note(opt, article)),
    altids = { { role = "sheaf", value = article.id } },
    standard = { name = "ninjs", version = opt.version,
      schema = ("http://www.iptc.org/std/ninjs/ninjs-schema_%s.json"):format(opt.version) },
  }
end

local plain = "{\"altids\":[{\"role\":\"sheaf\",\"value\":\"a1\"}],\"bodies\":[{\"charcount\":2,"
  .. "\"contenttype\":\"text/plain\",\"role\":\"main\",\"value\":\"É.\",\"wordcount\":1}],"
local standard = "\"representationtype\":\"full\",\"standard\":{\"name\":\"ninjs\",\"schema\":"
  .. "\"http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json\",\"version\":\"2.1\"},"

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "News in JSON as IPTC has it (ninjs 2.1 or 3.1), one object a line.",
  extension = "ninjs.jsonl",
  args = {
    version = { "string", default = "3.1", values = { "2.1", "3.1" }, help = "which ninjs" },
    html = { "boolean", default = false, help = "give the text as HTML besides" },
    collection = { "table", help = "made by sheaf bind: its licence and notes" },
  },
  needs = {
    "id", "url", "headline", "alternative_headline", "description", "byline", "authors", "publisher",
    "provider", "published", "modified", "language", "keywords", "images", "text", "words", "blocks",
    "dateline",
  },
  each = function(article, opt, out)
    local object = object_of(article, opt)
    out:write(sheaf.encode(opt.version == "2.1" and object or renamed(object)), "\n")
  end,
  examples = {
    { run = "sheaf export ninjs:version=2.1 news.sheaf -o news.ninjs.jsonl", about = "for news systems" },
  },
  tests = {
    { opt = { version = "2.1" },
      give = { id = "a1", text = "É.", language = "fr", url = "https://example.com/a",
        published = "2021-03" },
      want = plain .. "\"language\":\"fr\"," .. standard
        .. "\"type\":\"text\",\"uri\":\"https://example.com/a\"}\n" },
    { opt = { version = "2.1" },
      give = { id = "a1", text = "É.", headline = "A", language = "fr", url = "https://example.com/a",
        published = "2021-03-17", provider = "NPA" },
      want = plain .. "\"firstcreated\":\"2021-03-17T00:00:00Z\",\"headlines\":[{\"role\":\"main\","
        .. "\"value\":\"A\"}],\"infosources\":[{\"name\":\"NPA\",\"role\":\"provider\"}],\"language\":\"fr\","
        .. standard .. "\"title\":\"A\",\"type\":\"text\",\"uri\":\"https://example.com/a\","
        .. "\"versioncreated\":\"2021-03-17T00:00:00Z\"}\n" },
    { give = { id = "a1", text = "É.", language = "fr", url = "https://example.com/a" },
      want = (plain .. "\"language\":\"fr\"," .. standard):gsub("%l+", camel):gsub("2%.1", "3.1")
        .. "\"type\":\"text\",\"uri\":\"https://example.com/a\"}\n" },
    { opt = { version = "2.1", collection = { licence = "CC BY", notes = { a1 = { text = "Note." } } } },
      give = { id = "a1", text = "É.", language = "fr", url = "https://example.com/a" },
      want = plain .. "\"ednote\":\"Note.\",\"language\":\"fr\"," .. standard
        .. "\"type\":\"text\",\"uri\":\"https://example.com/a\",\"usageterms\":\"CC BY\"}\n" },
  },
}
