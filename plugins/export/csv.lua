-- csv.lua - a table for spreadsheets, as RFC 4180 has it: CRLF, and quotes where they are needed.

local cells = require "sheaf.cells"

local delimiters = { comma = ",", semicolon = ";", tab = "\t", pipe = "|" }

-- A cell that begins so would be run as a formula by a spreadsheet.
local function disarmed(text)
  return text:find("^[=+%-@\t\r]") and "'" .. text or text
end

local function quoted(text, delimiter)
  local plain = not text:find("[\"\r\n]") and not text:find(delimiter, 1, true)
  if plain and not text:find("^ ") and not text:find(" $") then return text end
  return "\"" .. text:gsub("\"", "\"\"") .. "\""
end

local function write_row(out, row, opt)
  local delimiter = delimiters[opt.delimiter]
  for index, text in ipairs(row) do
    if opt.disarm then text = disarmed(text) end
    row[index] = quoted(text, delimiter)
  end
  out:write(table.concat(row, delimiter), "\r\n")
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
  needs = cells.fields,
  open = function(out, opt)
    cells.check(opt.columns)
    if opt.header then write_row(out, table.move(opt.columns, 1, #opt.columns, 1, {}), opt) end
  end,
  each = function(article, opt, out)
    write_row(out, cells.of(article, opt.columns), opt)
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
