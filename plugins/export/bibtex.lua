-- bibtex.lua - entries for LaTeX: @article with what BibTeX knows, and date, url and annotation for biblatex.
--
-- BibTeX counts braces whatever stands before them, so a brace in a text becomes a command; so do all signs
-- that mean something to TeX. Letters with accents stay as they are, which every present-day BibTeX reads,
-- or become commands with accents=latex. Titles are in double braces, so that styles leave their capitals.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local when = require "sheaf.when"
local who = require "sheaf.who"

local commands = {
  ["&"] = "\\&", ["%"] = "\\%", ["$"] = "\\$", ["#"] = "\\#", ["_"] = "\\_", ["{"] = "{\\textbraceleft}",
  ["}"] = "{\\textbraceright}", ["~"] = "{\\textasciitilde}", ["^"] = "{\\textasciicircum}",
  ["\\"] = "{\\textbackslash}",
}

-- An accent, and each letter with it behind the letter without.
local accents = {
  ["\\`"] = "AÀEÈIÌOÒUÙaàeèiìoòuùNǸnǹ",
  ["\\'"] = "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćNŃnńSŚsśZŹzźLĹlĺRŔrŕ",
  ["\\^"] = "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷ",
  ["\\\""] = "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿ",
  ["\\~"] = "AÃNÑOÕaãnñoõIĨiĩUŨuũ",
  ["\\c "] = "CÇcçSŞsşTŢtţ",
  ["\\v "] = "CČcčDĎdďEĚeěNŇnňRŘrřSŠsšTŤtťZŽzžLĽlľ",
  ["\\u "] = "AĂaăGĞgğUŬuŭ",
  ["\\H "] = "OŐoőUŰuű",
  ["\\r "] = "UŮuů",
  ["\\k "] = "AĄaąEĘeęIĮiįUŲuų",
  ["\\="] = "AĀaāEĒeēIĪiīOŌoōUŪuū",
  ["\\."] = "ZŻzżEĖeėIİCĊcċGĠgġ",
}

local letters = {
  ["Å"] = "{\\AA}", ["å"] = "{\\aa}", ["Æ"] = "{\\AE}", ["æ"] = "{\\ae}", ["Ø"] = "{\\O}", ["ø"] = "{\\o}",
  ["Œ"] = "{\\OE}", ["œ"] = "{\\oe}", ["Ł"] = "{\\L}", ["ł"] = "{\\l}", ["ß"] = "{\\ss}", ["ı"] = "{\\i}",
  ["–"] = "--", ["—"] = "---", ["‘"] = "`", ["’"] = "'", ["“"] = "``", ["”"] = "''", ["…"] = "{\\ldots}",
  ["\u{A0}"] = "~",
}
for command, row in pairs(accents) do
  for plain, accented in row:gmatch("(%a)([\xC2-\xF4][\x80-\xBF]*)") do
    local base = plain == "i" and "\\i" or plain
    letters[accented] = "{" .. command .. (base == "\\i" and command:find(" ") and "\\i" or base) .. "}"
  end
end

local function clean(text)
  return (text:gsub("[%z\1-\31\127]+", " "):match("^%s*(.-)%s*$"))
end

local function escape(text, opt)
  text = clean(text):gsub("[&%%$#_{}~^\\]", commands)
  if opt.accents == "utf8" then return text end
  return (text:gsub("[\xC2-\xF4][\x80-\xBF]*", letters))
end

-- " and " parts names, and a comma the parts of one: what is one piece is put in braces.
local function name_of(author, opt)
  local name = escape(who.inverted(author.name), opt)
  return who.parts(author.name).literal and "{" .. name .. "}" or name
end

local function names_of(article, opt)
  local list = {}
  for index, author in ipairs(who.authors(article)) do list[index] = name_of(author, opt) end
  return #list > 0 and table.concat(list, " and ") or nil
end

local function key_word(text)
  local word = sheaf.fold(text):gsub("[^%w]", "")
  return word ~= "" and not word:find("[^%w]") and word or nil
end

-- Family name or outlet, year and id: the same for the same article, and no other's.
local function key_of(article)
  local first = who.authors(article)[1]
  local parts = first and who.parts(first.name)
  local word = parts and key_word(parts.family or parts.literal) or article.publisher
    and key_word(article.publisher) or "article"
  local id = (article.id or ""):gsub("[^%w_-]", "")
  return ("%s%s-%s"):format(word:sub(1, 24), when.parts(article.published) or "", id)
end

-- The names that babel and biblatex have for languages.
local tongues = {
  ar = "arabic", cs = "czech", da = "danish", de = "german", el = "greek", en = "english", es = "spanish",
  fi = "finnish", fr = "french", he = "hebrew", hu = "hungarian", it = "italian", ja = "japanese",
  nb = "norsk", nl = "dutch", no = "norsk", pl = "polish", pt = "portuguese", ro = "romanian",
  ru = "russian", sv = "swedish", tr = "turkish", uk = "ukrainian", zh = "chinese",
}

local months = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" }

-- A URL is printed as it stands, so what is not plain in it is percent-encoded.
local function url_of(article)
  local url = address.uri(article.url)
  return url and (url:gsub("[{}\\]", function(char) return ("%%%02X"):format(char:byte()) end))
end

local function entry_of(article, opt)
  local lines = {}
  local function put(name, value)
    if value and value ~= "" then lines[#lines + 1] = ("  %s = {%s}"):format(name, value) end
  end
  local function text(name, value) put(name, value and escape(value, opt)) end
  local year, month, day = when.parts(article.published)
  put("author", names_of(article, opt))
  put("title", article.headline and "{" .. escape(article.headline, opt) .. "}")
  text("journal", article.publisher or article.provider)
  put("year", year and ("%04d"):format(year))
  if month then lines[#lines + 1] = "  month = " .. months[month] end
  put("day", day and tostring(day))
  put("date", when.day(article.published))
  put("url", url_of(article))
  put("urldate", when.day(article.retrieved))
  put("langid", tongues[(article.language or ""):match("^%a*")])
  text("keywords", article.keywords and table.concat(article.keywords, ", "))
  text("abstract", article.description)
  text("annotation", (curated.note(opt, article)))
  local kind = (article.publisher or article.provider) and "article" or "misc"
  return ("@%s{%s,\n%s\n}\n\n"):format(kind, key_of(article), table.concat(lines, ",\n"))
end

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "Entries for BibTeX and biblatex.",
  extension = "bib",
  args = {
    accents = { "string", default = "utf8", values = { "utf8", "latex" },
      help = "letters with accents as they are, or as commands of LaTeX" },
    collection = { "table", help = "made by sheaf bind: its notes become annotations" },
  },
  needs = {
    "id", "headline", "byline", "authors", "publisher", "provider", "published", "retrieved", "url",
    "language", "description", "keywords",
  },
  each = function(article, opt, out) out:write(entry_of(article, opt)) end,
  examples = {
    { run = "sheaf export bibtex news.sheaf -o news.bib", about = "a bibliography for LaTeX" },
  },
  tests = {
    { give = { id = "a1", headline = "Talks {end} & 100 %", text = "A.", language = "en",
        published = "2021-03-17",
        authors = { { name = "Mina Okafor" }, { name = "Anna van der Berg" } }, publisher = "The Lantern",
        url = "https://example.com/a_{b}" },
      want = "@article{okafor2021-a1,\n  author = {Okafor, Mina and van der Berg, Anna},\n"
        .. "  title = {{Talks {\\textbraceleft}end{\\textbraceright} \\& 100 \\%}},\n"
        .. "  journal = {The Lantern},\n  year = {2021},\n  month = mar,\n  day = {17},\n"
        .. "  date = {2021-03-17},\n  url = {https://example.com/a_%7Bb%7D},\n  langid = {english}\n}\n\n" },
    { give = { id = "a1", text = "A.", published = "XXXX-02-10", language = "en" },
      want = "@misc{article-a1,\n  langid = {english}\n}\n\n" },
    { opt = { accents = "latex" },
      give = { id = "a1", headline = "Çok şık: Ångström, Żółw", text = "A.", language = "tr",
        authors = { { name = "Böll & Söhne" } } },
      want = "@misc{bollsohne-a1,\n  author = {{B{\\\"o}ll \\& S{\\\"o}hne}},\n"
        .. "  title = {{{\\c C}ok {\\c s}{\\i}k: {\\AA}ngstr{\\\"o}m, {\\.Z}{\\'o}{\\l}w}},\n"
        .. "  langid = {turkish}\n}\n\n" },
    { opt = { collection = { notes = { a1 = { text = "Read first." } } } },
      give = { id = "a1", text = "A.", headline = "A\\b", language = "en" },
      want = "@misc{article-a1,\n  title = {{A{\\textbackslash}b}},\n  langid = {english},\n"
        .. "  annotation = {Read first.}\n}\n\n" },
  },
}
