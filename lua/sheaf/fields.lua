--- fields.lua: the names of an article's fields, for checks and suggestions.

local fields = {}

--- Kept in the catalog: read without unpacking any text.
fields.catalog = {
  "id", "published", "publisher", "site", "headline", "language", "words", "url", "position", "bytes",
}

--- Everything that an article has.
fields.article = {
  "id", "url", "canonical_url", "headline", "alternative_headline", "description", "byline",
  "publisher", "provider", "via", "published", "modified", "retrieved", "language", "section", "text",
  "language_confidence", "words", "site", "authors", "keywords", "images", "links", "relations",
  "blocks", "dateline", "provenance", "why", "attributes", "layers",
}

--- What can be called on an article.
fields.methods = {
  "has", "count", "find", "match_any", "matches", "tokens", "sentences", "paragraphs", "json", "table",
  "copy", "set",
}

local function set_of(...)
  local set = {}
  for _, list in ipairs { ... } do
    for _, name in ipairs(list) do
      set[name] = true
    end
  end
  return set
end

fields.in_catalog = set_of(fields.catalog)
fields.in_article = set_of(fields.article)

--- Fields that both a catalog row and an article know, and all others.
fields.known = {}
for name in pairs(set_of(fields.catalog, fields.article)) do
  fields.known[#fields.known + 1] = name
end
table.sort(fields.known)
fields.is_known = set_of(fields.known)

return fields
