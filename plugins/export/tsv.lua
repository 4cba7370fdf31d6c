-- tsv.lua - one article a line, cells parted by tabs: for cut, sort, awk, and for reading into a database.
--
-- A cell never holds a tab or the end of a line: they become \t and \n, a backslash \\, as PostgreSQL and
-- MySQL read them. So a line is always a whole row. Lists become one cell with "; " between their items.

local cells = require "sheaf.cells"

local escapes = { ["\\"] = "\\\\", ["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r" }

local function write_row(out, row)
  for index, text in ipairs(row) do row[index] = text:gsub("[\\\t\n\r]", escapes) end
  out:write(table.concat(row, "\t"), "\n")
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
  needs = cells.fields,
  open = function(out, opt)
    cells.check(opt.columns)
    if opt.header then write_row(out, table.move(opt.columns, 1, #opt.columns, 1, {})) end
  end,
  each = function(article, opt, out)
    write_row(out, cells.of(article, opt.columns))
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
