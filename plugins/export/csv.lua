-- csv.lua - a table for spreadsheets, as RFC 4180 has it: CRLF, and quotes where they are needed.
--
-- A column is a field, or a part of one behind a dot, such as dateline.place. Lists become one cell with
-- "; " between their items: names of authors, URLs of images and links, the words themselves of keywords.

local fields = {
  "id", "url", "canonical_url", "headline", "alternative_headline", "description", "byline", "publisher",
  "provider", "via", "published", "modified", "retrieved", "language", "section", "text",
  "language_confidence", "words", "site", "authors", "keywords", "images", "links", "relations", "blocks",
  "dateline", "provenance", "why", "attributes",
}

local is_field = {}
for _, name in ipairs(fields) do is_field[name] = true end

local delimiters = { comma = ",", semicolon = ";", tab = "\t", pipe = "|" }

local function check_columns(columns)
  for _, column in ipairs(columns) do
    if not is_field[column:match("^[^.]*")] then
      local known = table.concat(fields, ", ")
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

local function list_text(list)
  local items = {}
  for index, item in ipairs(list) do items[index] = item_text(item) end
  return table.concat(items, "; ")
end

local function cell_text(value)
  if value == nil or value == sheaf.null then return "" end
  if type(value) ~= "table" then return tostring(value) end
  if #value > 0 then return list_text(value) end
  return next(value) and sheaf.encode(value) or ""
end

-- A cell that begins so would be run as a formula by a spreadsheet.
local function disarmed(text)
  return text:find("^[=+%-@\t\r]") and "'" .. text or text
end

local function quoted(text, delimiter)
  local plain = not text:find("[\"\r\n]") and not text:find(delimiter, 1, true)
  if plain and not text:find("^ ") and not text:find(" $") then return text end
  return "\"" .. text:gsub("\"", "\"\"") .. "\""
end

local function write_row(out, cells, opt)
  local delimiter = delimiters[opt.delimiter]
  for index, text in ipairs(cells) do
    if opt.disarm then text = disarmed(text) end
    cells[index] = quoted(text, delimiter)
  end
  out:write(table.concat(cells, delimiter), "\r\n")
end

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "A table for spreadsheets, one article a row.",
  extension = "csv",
  args = {
    columns = {
      "list", default = { "id", "published", "publisher", "headline", "url", "words" }, min = 1,
      help = "fields, or parts of them such as dateline.place, in their order",
    },
    header = { "boolean", default = true, help = "begin with a row of column names" },
    delimiter = {
      "string", default = "comma", values = { "comma", "semicolon", "tab", "pipe" },
      help = "what parts the cells",
    },
    disarm = {
      "boolean", default = false,
      help = "put an apostrophe before cells that a spreadsheet would take for a formula",
    },
  },
  needs = fields,
  open = function(out, opt)
    check_columns(opt.columns)
    if opt.header then write_row(out, table.move(opt.columns, 1, #opt.columns, 1, {}), opt) end
  end,
  each = function(article, opt, out)
    local cells = {}
    for index, column in ipairs(opt.columns) do cells[index] = cell_text(value_of(article, column)) end
    write_row(out, cells, opt)
  end,
  examples = {
    { run = "sheaf export csv news.sheaf -o news.csv", about = "a table for spreadsheets" },
    { run = "sheaf export csv:columns=published,dateline.place,headline,delimiter=semicolon news.sheaf",
      about = "columns of your choice" },
  },
  tests = {
    { opt = { columns = { "headline", "words" } }, give = { headline = "Talks end", text = "They met." },
      want = "headline,words\r\nTalks end,2\r\n" },
    { opt = { columns = { "headline" }, header = false },
      give = { headline = "Talks, \"warm\" ones", text = "A." },
      want = "\"Talks, \"\"warm\"\" ones\"\r\n" },
    { opt = { columns = { "text" }, header = false }, give = { text = "First.\n\nSecond." },
      want = "\"First.\n\nSecond.\"\r\n" },
    { opt = { columns = { "headline", "published", "url" }, header = false },
      give = { headline = "A", text = "B" },
      want = "A,,\r\n" },
    { opt = { columns = { "headline", "words" }, delimiter = "semicolon" },
      give = { headline = "Talks; still", text = "They met." },
      want = "headline;words\r\n\"Talks; still\";2\r\n" },
    { opt = { columns = { "authors", "keywords", "dateline.place", "dateline.agency" }, header = false },
      give = {
        text = "A.", authors = { { name = "Mina Okafor" }, { name = "Tobias Renn" } },
        keywords = { "sea", "cable" }, dateline = { raw = "OSLO -", place = "OSLO" },
      },
      want = "Mina Okafor; Tobias Renn,sea; cable,OSLO,\r\n" },
    { opt = { columns = { "headline" }, header = false, disarm = true },
      give = { headline = "=1+1", text = "A." },
      want = "'=1+1\r\n" },
    { opt = { columns = { "headline" }, header = false }, give = { headline = "=1+1", text = "A." },
      want = "=1+1\r\n" },
  },
}
