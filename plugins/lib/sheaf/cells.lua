-- cells.lua - what exporters of tables share: an article's cells by the names of columns.
--
-- A column is a field, or a part of one behind a dot, such as dateline.place. Lists become one cell with
-- "; " between their items: names of authors, URLs of images and links, the words themselves of keywords.

local cells = {}

cells.fields = {
  "id", "url", "canonical_url", "headline", "alternative_headline", "description", "byline", "publisher",
  "provider", "via", "published", "modified", "retrieved", "language", "language_confidence", "section",
  "text", "words", "site", "authors", "keywords", "images", "links", "relations", "blocks", "dateline",
  "provenance", "why", "attributes", "layers",
}

local is_field = {}
for _, name in ipairs(cells.fields) do is_field[name] = true end

--- Raises when a column is none.
---@param columns string[]
function cells.check(columns)
  for _, column in ipairs(columns) do
    if not is_field[column:match("^[^.]*")] then
      local known = table.concat(cells.fields, ", ")
      error(("there is no field for column '%s'; the fields are %s"):format(column, known), 0)
    end
  end
end

local function value_of(article, column)
  local value = article
  for name in column:gmatch("[^.]+") do
    if value == nil or value ~= article and type(value) ~= "table" then return nil end
    value = value[name]
  end
  return value
end

local function item_text(item)
  if type(item) ~= "table" then return tostring(item) end
  return item.name or item.url or item.id or sheaf.encode(item)
end

local function text_of(value)
  if value == nil or value == sheaf.null then return "" end
  if type(value) ~= "table" then return tostring(value) end
  if #value == 0 then return next(value) and sheaf.encode(value) or "" end
  local items = {}
  for index, item in ipairs(value) do items[index] = item_text(item) end
  return table.concat(items, "; ")
end

--- The cells of an article as text, a new list.
---@param article table
---@param columns string[]
---@return string[]
function cells.of(article, columns)
  local row = {}
  for index, column in ipairs(columns) do row[index] = text_of(value_of(article, column)) end
  return row
end

return cells
