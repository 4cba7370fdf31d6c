-- ris.lua - RIS for reference managers: two letters, two blanks, a dash, a blank, and a value, a line each.
--
-- A value is one line, so breaks in it become blanks. Dates are YYYY/MM/DD/ with what is not known left
-- empty.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local when = require "sheaf.when"
local who = require "sheaf.who"

local function one_line(text)
  text = text:gsub("[%z\1-\31\127]+", " "):gsub("\xE2\x80[\xA8\xA9]", " ")
  return text:match("^%s*(.-)%s*$")
end

local function date_of(edtf)
  local year, month, day = when.parts(edtf)
  return year and ("%04d/%s/%s/"):format(year, month and ("%02d"):format(month) or "",
    day and ("%02d"):format(day) or "")
end

local function put(lines, tag, value)
  value = value and one_line(value)
  if value and value ~= "" then lines[#lines + 1] = tag .. "  - " .. value end
end

local function lines_of(article, opt)
  local lines, year = { "TY  - NEWS" }, when.parts(article.published)
  put(lines, "ID", article.id)
  for _, author in ipairs(who.authors(article)) do put(lines, "AU", who.inverted(author.name)) end
  put(lines, "TI", article.headline)
  put(lines, "T2", article.publisher)
  put(lines, "PY", year and ("%04d"):format(year))
  put(lines, "DA", date_of(article.published))
  put(lines, "Y2", date_of(article.retrieved))
  put(lines, "SE", article.section)
  put(lines, "LA", curated.language(article.language))
  put(lines, "DP", article.provider)
  put(lines, "UR", address.uri(article.url))
  for _, word in ipairs(article.keywords or {}) do put(lines, "KW", word) end
  put(lines, "AB", article.description)
  put(lines, "N1", (curated.note(opt, article)))
  lines[#lines + 1] = "ER  - \r\n"
  return lines
end

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "RIS for reference managers.",
  extension = "ris",
  args = { collection = { "table", help = "made by sheaf bind: its notes become notes" } },
  needs = {
    "id", "headline", "byline", "authors", "publisher", "provider", "published", "retrieved", "url",
    "language", "description", "section", "keywords",
  },
  each = function(article, opt, out)
    out:write(table.concat(lines_of(article, opt), "\r\n"), "\r\n")
  end,
  examples = {
    { run = "sheaf export ris news.sheaf -o news.ris", about = "for EndNote, Zotero and others" },
  },
  tests = {
    { give = { id = "a1", headline = "Talks\nend", text = "A.", language = "en",
        authors = { { name = "Mina Okafor" } },
        publisher = "The Lantern", published = "2021-03-17T10:00Z", url = "https://example.com/a b" },
      want = "TY  - NEWS\r\nID  - a1\r\nAU  - Okafor, Mina\r\nTI  - Talks end\r\nT2  - The Lantern\r\n"
        .. "PY  - 2021\r\nDA  - 2021/03/17/\r\nLA  - en\r\n"
        .. "UR  - https://example.com/a%20b\r\nER  - \r\n\r\n" },
    { give = { id = "a1", text = "A.", published = "XXXX-02-10", language = "en" },
      want = "TY  - NEWS\r\nID  - a1\r\nLA  - en\r\nER  - \r\n\r\n" },
    { give = { id = "a1", text = "A.", published = "2021-03", language = "en",
        keywords = { "sea", "cable" } },
      want = "TY  - NEWS\r\nID  - a1\r\nPY  - 2021\r\nDA  - 2021/03//\r\nLA  - en\r\nKW  - sea\r\n"
        .. "KW  - cable\r\nER  - \r\n\r\n" },
    { opt = { collection = { notes = { a1 = { text = "Read\r\nfirst." } } } },
      give = { id = "a1", text = "A.", language = "en" },
      want = "TY  - NEWS\r\nID  - a1\r\nLA  - en\r\nN1  - Read first.\r\nER  - \r\n\r\n" },
  },
}
