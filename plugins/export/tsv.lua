-- tsv.lua - one article a line, cells parted by tabs: for cut, sort, awk, and for reading into a database.
--
-- A cell never holds a tab or the end of a line: they become \t and \n, a backslash \\, as PostgreSQL and
-- MySQL read them. So a line is always a whole row. Lists become one cell with "; " between their items.

local fields = {
  "id", "url", "canonical_url", "headline", "alternative_headline", "description", "byline", "publisher",
  "provider", "via", "published", "modified", "retrieved", "language", "language_confidence", "section",
  "text", "words", "site", "authors", "keywords", "images", "links", "relations", "blocks", "dateline",
  "provenance", "why", "attributes", "layers",
}

local is_field = {}
for _, name in ipairs(fields) do is_field[name] = true end

local function check_columns(columns)
  for _, column in ipairs(columns) do
    if not is_field[column:match("^[^.]*")] then
      local known = table.concat(fields, ", ")
      error(("there is no field for column '%s'; the fields are %s"):format(column, known), 0)
    end
  end
end

local escapes = { ["\\"] = "\\\\", ["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r" }

-- A field, or a part of one behind a dot.
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

local function cell_text(value)
  if value == nil or value == sheaf.null then return "" end
  if type(value) ~= "table" then return tostring(value) end
  if #value == 0 then return next(value) and sheaf.encode(value) or "" end
  local items = {}
  for index, item in ipairs(value) do items[index] = item_text(item) end
  return table.concat(items, "; ")
end

local function write_row(out, cells)
  for index, text in ipairs(cells) do cells[index] = text:gsub("[\\\t\n\r]", escapes) end
  out:write(table.concat(cells, "\t"), "\n")
end

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "One article a line, cells parted by tabs.",
  extension = "tsv",
  args = {
    columns = {
      "list", default = { "id", "published", "publisher", "headline", "url", "words" }, min = 1,
      help = "fields, or parts of them such as dateline.place, in their order",
    },
    header = { "boolean", default = true, help = "begin with a row of column names" },
  },
  needs = fields,
  open = function(out, opt)
    check_columns(opt.columns)
    if opt.header then write_row(out, table.move(opt.columns, 1, #opt.columns, 1, {})) end
  end,
  each = function(article, opt, out)
    local cells = {}
    for index, column in ipairs(opt.columns) do cells[index] = cell_text(value_of(article, column)) end
    write_row(out, cells)
  end,
  examples = {
    { run = "sheaf export tsv seeds.sheaf -o seeds.tsv", about = "a table" },
    { run = "sheaf run seeds.sheaf --to tsv:columns=publisher,header=no | sort | uniq -c",
      about = "count the articles of each outlet" },
  },
  tests = {
    { opt = { columns = { "headline", "words" } }, give = { headline = "Talks end", text = "They met." },
      want = "headline\twords\nTalks end\t2\n" },
    { opt = { columns = { "text", "url" }, header = false },
      give = { text = "First \\ one.\n\nSecond\tone." },
      want = "First \\\\ one.\\n\\nSecond\\tone.\t\n" },
    { opt = { columns = { "authors", "keywords", "dateline.place" }, header = false },
      give = { text = "A.", authors = { { name = "Mina Okafor" }, { name = "Tobias Renn" } },
        keywords = { "sea" }, dateline = { raw = "OSLO -", place = "OSLO" } },
      want = "Mina Okafor; Tobias Renn\tsea\tOSLO\n" },
    { opt = { columns = { "headline", "dateline.place" }, header = false },
      give = { { headline = "A", text = "B" }, { headline = "C", text = "D" } }, want = "A\t\nC\t\n" },
  },
}
