-- has.lua - keeps articles in which certain fields are present.
--
-- A field is named as in docs/lua-api.md, or a part of one behind dots: dateline.place, attributes.links.
-- Present means that something is there to read: an empty text, an empty list and the number 0 are not.

local function filled(value)
  if value == nil or value == sheaf.null or value == "" or value == 0 then return false end
  return type(value) ~= "table" or next(value) ~= nil
end

-- The value behind "dateline.place"; a misspelt field raises, and the error suggests the right one.
local function value_of(article, path)
  local value = article
  for name in path:gmatch("[^.]+") do
    if value ~= article and type(value) ~= "table" then return nil end
    value = value[name]
  end
  return value
end

-- The first of the fields whose presence is as told, or nil.
local function first(article, paths, present)
  for _, path in ipairs(paths) do
    if filled(value_of(article, path)) == present then return path end
  end
end

return {
  kind = "filter", api = 1, version = "1.0.0", order = "any",
  about = "Keep articles in which certain fields are present, or are not.",
  args = {
    all = { "list", default = {}, help = "fields that must all be present, such as authors or "
      .. "dateline.place" },
    any = { "list", default = {}, help = "fields of which at least one must be present" },
    none = { "list", default = {}, help = "fields that must not be present" },
  },
  needs = {
    "id", "url", "canonical_url", "headline", "alternative_headline", "description", "byline", "publisher",
    "provider", "via", "published", "modified", "retrieved", "language", "section", "text",
    "language_confidence", "words", "site", "authors", "keywords", "images", "links", "relations", "blocks",
    "dateline", "provenance", "why", "attributes", "layers",
  },
  each = function(article, opt)
    local lacking = first(article, opt.all, false)
    if lacking then return false, "it has no " .. lacking end
    local unwanted = first(article, opt.none, true)
    if unwanted then return false, "it has " .. unwanted end
    if #opt.any > 0 and not first(article, opt.any, true) then
      return false, "it has none of " .. table.concat(opt.any, ", ")
    end
    return true
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter has:fields=dateline,authors",
      about = "what has a dateline and authors" },
  },
  tests = {
    { opt = { all = { "byline" } }, give = { byline = "By Mina Okafor", text = "A." }, want = true },
    { opt = { all = { "byline", "published" } }, give = { byline = "By Mina Okafor" }, want = false },
    { opt = { any = { "byline", "published" } }, give = { byline = "By Mina Okafor" }, want = true },
    { opt = { any = { "url", "published" } }, give = { byline = "By Mina Okafor" }, want = false },
    { opt = { none = { "byline" } }, give = { byline = "By Mina Okafor" }, want = false },
    { opt = { none = { "byline" } }, give = { text = "A." }, want = true },
    { opt = { all = { "authors" } }, give = { authors = {}, text = "A." }, want = false },
    { opt = { all = { "authors" } }, give = { authors = { { name = "Mina Okafor" } } }, want = true },
    { opt = { all = { "dateline.agency" } }, give = { dateline = { raw = "OSLO (NPA)", agency = "NPA" } },
      want = true },
    { opt = { all = { "dateline.agency" } }, give = { dateline = { raw = "OSLO", place = "OSLO" } },
      want = false },
    { opt = { all = { "dateline.agency" } }, give = { text = "No dateline." }, want = false },
    { opt = { all = { "words" } }, give = { headline = "Nothing but a headline" }, want = false },
    { give = { text = "No field was asked for." }, want = true },
  },
}
