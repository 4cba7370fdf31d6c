-- wet.lua - texts as WARC records of the type conversion, as Common Crawl's WET files have them.
--
-- A record is the headline and the paragraphs, each on a line. WARC wants a moment for every record: when the
-- article was fetched, else when it was published, else the beginning of 1970. The record that it was made
-- from is named where it is known.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local when = require "sheaf.when"

local NEVER = "1970-01-01T00:00:00Z"

local function one_line(text)
  if not text:find("[\r\n]") then return text end
  return (text:gsub("[\r\n]%s*", " "))
end

local function text_of(article)
  local lines = {}
  if article.headline then lines[1] = one_line(article.headline) end
  for text in article:paragraphs() do lines[#lines + 1] = one_line(text) end
  return table.concat(lines, "\n") .. "\n"
end

local function record(fields, block)
  local lines = { "WARC/1.0" }
  for _, field in ipairs(fields) do
    if field[2] then lines[#lines + 1] = field[1] .. ": " .. field[2]:gsub("[%z\1-\31\127]+", " ") end
  end
  lines[#lines + 1] = ("Content-Length: %d"):format(#block)
  return table.concat(lines, "\r\n") .. "\r\n\r\n" .. block .. "\r\n\r\n"
end

local function source_record(article)
  local id = article.provenance and article.provenance.record
  if not id then return nil end
  return id:find("^<.*>$") and id or "<" .. id .. ">"
end

local function conversion(article)
  return record({
    { "WARC-Type", "conversion" },
    { "WARC-Target-URI", address.of(article) },
    { "WARC-Date", when.first(article.retrieved) or when.first(article.published) or NEVER },
    { "WARC-Record-ID", "<" .. address.urn("wet " .. (article.id or "")) .. ">" },
    { "WARC-Refers-To", source_record(article) },
    { "WARC-Identified-Content-Language", curated.language(article.language) },
    { "Content-Type", "text/plain" },
  }, text_of(article))
end

-- The record in front, which says what made the file.
local function info(opt)
  local head = curated.head(opt)
  return record({
    { "WARC-Type", "warcinfo" },
    { "WARC-Date", head.modified or NEVER },
    { "WARC-Record-ID", "<" .. address.urn("warcinfo " .. head.identifier) .. ">" },
    { "Content-Type", "application/warc-fields" },
  }, "software: sheaf\r\nformat: WARC File Format 1.0\r\nisPartOf: " .. head.title:gsub("%c+", " ") .. "\r\n")
end

-- A record of the article a1, for tests.
local function record_of(uri, date, language, size, text)
  return "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: " .. uri .. "\r\nWARC-Date: " .. date
    .. "\r\nWARC-Record-ID: <" .. address.urn("wet a1") .. ">\r\n" .. language
    .. "Content-Type: text/plain\r\nContent-Length: " .. size .. "\r\n\r\n" .. text .. "\r\n\r\n"
end

local english = "WARC-Identified-Content-Language: en\r\n"

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "Texts as WARC conversion records (WET).",
  extension = "wet",
  args = curated.arguments {},
  needs = { "id", "url", "headline", "published", "retrieved", "language", "text", "blocks", "provenance" },
  open = function(out, opt) out:write(info(opt)) end,
  each = function(article, _, out) out:write(conversion(article)) end,
  examples = {
    { run = "sheaf export wet news.sheaf -o news.warc.wet", about = "for pipelines that read Common Crawl" },
  },
  tests = {
    { give = { id = "a1", url = "https://example.com/a", headline = "Talks\nend", text = "They met.\n\nÖl.",
        language = "en", published = "2021-03-17T10:00+02:00" },
      want = info {} .. record_of("https://example.com/a", "2021-03-17T08:00:00Z", english, 25,
        "Talks end\nThey met.\nÖl.\n") },
    { give = { id = "a1", text = "A.", language = "en", published = "XXXX-02-10" },
      want = info {} .. record_of(address.urn("a1"), NEVER, english, 3, "A.\n") },
    { give = { id = "a1", text = "A.", language = "en", retrieved = "2021-03", published = "2020" },
      want = info {} .. record_of(address.urn("a1"), "2021-03-01T00:00:00Z", english, 3, "A.\n") },
    { opt = { title = "T\r\nX: y" }, give = { id = "a1", text = "A.", language = "und" },
      want = info { title = "T\r\nX: y" } .. record_of(address.urn("a1"), NEVER, "", 3, "A.\n") },
  },
}
