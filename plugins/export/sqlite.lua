-- sqlite.lua - a database with full-text search, for SQL and for everything that opens SQLite files.
--
-- One row an article in `articles`; what there may be several of has a table of its own, a row each, with
-- the article's number and its place in the list. Offsets count characters from 1, so that
-- substr(text, start, length) is the stretch. `search` is an index of FTS5 on headline and text that keeps
-- no second copy of them; triggers keep it right when rows change later.
-- Attributes, and what spans and layers hold besides, are JSON, for SQLite's json_extract and ->>.

local characters = require "sheaf.characters"

local schema = {
  [[CREATE TABLE articles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT, canonical_url TEXT, site TEXT, headline TEXT,
  alternative_headline TEXT, description TEXT, byline TEXT, publisher TEXT, provider TEXT, via TEXT,
  published TEXT, modified TEXT, retrieved TEXT, language TEXT, language_confidence REAL, section TEXT,
  words INTEGER NOT NULL, dateline TEXT, dateline_place TEXT, dateline_date TEXT, dateline_agency TEXT,
  source_file TEXT, source_entry TEXT, text TEXT NOT NULL)]],
  [[CREATE TABLE authors (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  name TEXT NOT NULL, role TEXT, PRIMARY KEY (article, position)) WITHOUT ROWID]],
  [[CREATE TABLE keywords (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  keyword TEXT NOT NULL, PRIMARY KEY (article, position)) WITHOUT ROWID]],
  [[CREATE TABLE images (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  url TEXT, caption TEXT, credit TEXT, PRIMARY KEY (article, position)) WITHOUT ROWID]],
  [[CREATE TABLE links (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  url TEXT, site TEXT, text TEXT, PRIMARY KEY (article, position)) WITHOUT ROWID]],
  [[CREATE TABLE relations (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  type TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (article, position)) WITHOUT ROWID]],
  [[CREATE TABLE blocks (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  kind TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
  PRIMARY KEY (article, position)) WITHOUT ROWID]],
  [[CREATE TABLE attributes (article INTEGER NOT NULL REFERENCES articles, plugin TEXT NOT NULL,
  data TEXT NOT NULL, PRIMARY KEY (article, plugin)) WITHOUT ROWID]],
  [[CREATE TABLE layers (article INTEGER NOT NULL REFERENCES articles, layer TEXT NOT NULL,
  data TEXT NOT NULL, PRIMARY KEY (article, layer)) WITHOUT ROWID]],
  [[CREATE TABLE spans (article INTEGER NOT NULL REFERENCES articles, layer TEXT NOT NULL,
  position INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, text TEXT NOT NULL,
  data TEXT NOT NULL, PRIMARY KEY (article, layer, position)) WITHOUT ROWID]],
}

local search = {
  [[CREATE VIRTUAL TABLE search USING fts5(headline, text, content='articles', content_rowid='number',
  tokenize='unicode61 remove_diacritics 2')]],
  [[INSERT INTO search(search, rank) VALUES ('hashsize', 16777216)]],
}

-- Behind the articles: an index that is made once costs less than one that grows.
local indexes = {
  "CREATE INDEX articles_published ON articles(published)",
  "CREATE INDEX articles_publisher ON articles(publisher)",
  "CREATE INDEX articles_site ON articles(site)",
  "CREATE INDEX articles_language ON articles(language)",
  "CREATE INDEX authors_name ON authors(name)",
  "CREATE INDEX keywords_keyword ON keywords(keyword)",
  "CREATE INDEX links_site ON links(site)",
  "CREATE INDEX spans_layer ON spans(layer)",
}

local triggers = {
  [[INSERT INTO search(search, rank) VALUES ('hashsize', 1048576)]],
  [[CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
  INSERT INTO search(rowid, headline, text) VALUES (new.number, new.headline, new.text); END]],
  [[CREATE TRIGGER articles_gone AFTER DELETE ON articles BEGIN
  INSERT INTO search(search, rowid, headline, text) VALUES ('delete', old.number, old.headline, old.text);
  END]],
  [[CREATE TRIGGER articles_changed AFTER UPDATE OF headline, text ON articles BEGIN
  INSERT INTO search(search, rowid, headline, text) VALUES ('delete', old.number, old.headline, old.text);
  INSERT INTO search(rowid, headline, text) VALUES (new.number, new.headline, new.text); END]],
}

-- Columns of `articles` that are fields of an article, in the order of the table.
local columns = {
  "id", "url", "canonical_url", "site", "headline", "alternative_headline", "description", "byline",
  "publisher", "provider", "via", "published", "modified", "retrieved", "language", "language_confidence",
  "section", "words",
}

local function insert_into(name, count)
  return ("INSERT INTO %s VALUES (?%s)"):format(name, (", ?"):rep(count - 1))
end

local confidence = 16 -- its place among them

local add_article = insert_into("articles", #columns + 8)
local add_search = "INSERT INTO search(rowid, headline, text) VALUES (?, ?, ?)"

local function run_all(out, statements)
  for _, statement in ipairs(statements) do out:sql(statement) end
end

local function write_article(article, number, out)
  local cells = {}
  for at, name in ipairs(columns) do cells[at] = article[name] end
  cells[confidence] = cells[confidence] and math.floor(cells[confidence] * 1000 + 0.5) / 1000
  local line, from = article.dateline or {}, article.provenance or {}
  local more = { line.raw, line.place, line.date, line.agency, from.file, from.entry, article.text or "" }
  table.move(more, 1, 7, #columns + 1, cells)
  out:sql(add_article, number, table.unpack(cells, 1, #columns + 7))
end

-- Tables with a row for each item of a list: their field, and what stands in a row.
local lists = {
  { name = "authors", "name", "role" },
  { name = "images", "url", "caption", "credit" },
  { name = "relations", "type", "id" },
}
for _, list in ipairs(lists) do list.statement = insert_into(list.name, #list + 2) end

local function write_lists(article, number, out)
  for _, list in ipairs(lists) do
    for position, item in ipairs(article[list.name] or {}) do
      local cells = {}
      for at, key in ipairs(list) do cells[at] = item[key] end
      out:sql(list.statement, number, position, table.unpack(cells, 1, #list))
    end
  end
  for position, keyword in ipairs(article.keywords or {}) do
    out:sql("INSERT INTO keywords VALUES (?, ?, ?)", number, position, keyword)
  end
  for position, link in ipairs(article.links or {}) do
    out:sql("INSERT INTO links VALUES (?, ?, ?, ?, ?)", number, position, link.url,
      sheaf.site(link.url or ""), link.text)
  end
end

-- utf8.len counts a character whose first byte is in reach; `to` is a last byte, so it is asked from behind.
local function place(count, from, to)
  local before = count(from - 1)
  return before + 1, count(to) - before
end

local function write_blocks(article, number, out)
  local count = characters.counter(article.text or "")
  for position, block in ipairs(article.blocks or {}) do
    local start, length = place(count, block.from, block.to)
    out:sql("INSERT INTO blocks VALUES (?, ?, ?, ?, ?)", number, position, block.kind, start, length)
  end
end

local function write_spans(article, number, name, spans, out)
  local count = characters.counter(article.text or "")
  for position, span in ipairs(spans or {}) do
    local start, length = place(count, span[1], span[2])
    out:sql("INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?)", number, name, position, start, length,
      article.text:sub(span[1], span[2]), sheaf.encode(span[3] or {}))
  end
end

local function write_findings(article, number, out)
  for name, data in sheaf.sorted(article.attributes or {}) do
    out:sql("INSERT INTO attributes VALUES (?, ?, ?)", number, name, sheaf.encode(data))
  end
  for name, layer in sheaf.sorted(article.layers or {}) do
    local fields = {}
    for key, value in pairs(layer) do
      if key ~= "spans" then fields[key] = value end
    end
    out:sql("INSERT INTO layers VALUES (?, ?, ?)", number, name, sheaf.encode(fields))
    write_spans(article, number, name, layer.spans, out)
  end
end

local number

-- The row of an article that has no more than this.
local function row(id, headline, words, text)
  return ("INSERT INTO articles VALUES (1, %s%s, %s%s, 'en', 0.0, NULL, %d%s, %s);\n"):format(id,
    (", NULL"):rep(3), headline, (", NULL"):rep(9), words, (", NULL"):rep(6), text)
end

-- Without a file the statements are written out: all of the schema, then what is in `middle`.
local function script(middle)
  return table.concat(schema, ";\n") .. ";\n" .. middle .. table.concat(indexes, ";\n") .. ";\n"
end

return {
  kind = "exporter", api = 1, version = "1.0.0",
  about = "A SQLite database with full-text search: tables of articles, authors, links, layers and more.",
  extension = "db",
  args = {
    search = { "boolean", default = true, help = "make the index for full-text search" },
  },
  needs = {
    "id", "url", "canonical_url", "headline", "alternative_headline", "description", "byline", "publisher",
    "provider", "via", "published", "modified", "retrieved", "language", "language_confidence", "section",
    "text", "words", "site", "authors", "keywords", "images", "links", "relations", "blocks", "dateline",
    "provenance", "attributes", "layers",
  },
  open = function(out, opt)
    number = 0
    run_all(out, schema)
    if opt.search then run_all(out, search) end
  end,
  each = function(article, opt, out)
    number = number + 1
    write_article(article, number, out)
    if opt.search then out:sql(add_search, number, article.headline, article.text or "") end
    write_lists(article, number, out)
    write_blocks(article, number, out)
    write_findings(article, number, out)
  end,
  close = function(out, opt)
    run_all(out, indexes)
    if opt.search then run_all(out, triggers) end
  end,
  examples = {
    { run = "sheaf export sqlite seeds.sheaf -o seeds.db", about = "make a database" },
    { run = "sheaf export sqlite seeds.sheaf | sqlite3 seeds.db", about = "the same as a script of SQL" },
  },
  tests = {
    { opt = { search = false },
      give = { id = "a1", language = "en", headline = "Talks end", text = "It's so. They met.",
        authors = { { name = "Mina Okafor" } }, keywords = { "sea" },
        blocks = { { from = 1, to = 18, kind = "p" } } },
      want = script(row("'a1'", "'Talks end'", 4, "'It''s so. They met.'")
        .. "INSERT INTO authors VALUES (1, 1, 'Mina Okafor', NULL);\n"
        .. "INSERT INTO keywords VALUES (1, 1, 'sea');\n"
        .. "INSERT INTO blocks VALUES (1, 1, 'p', 1, 18);\n") },
    { opt = { search = false },
      give = { id = "a2", language = "en", headline = "A", text = "Été à Brest.\n\nBref.",
        blocks = { { from = 1, to = 15, kind = "p" }, { from = 18, to = 22, kind = "quote" } } },
      want = script(row("'a2'", "'A'", 4, "'Été à Brest.\n\nBref.'")
        .. "INSERT INTO blocks VALUES (1, 1, 'p', 1, 12);\n"
        .. "INSERT INTO blocks VALUES (1, 2, 'quote', 15, 5);\n") },
    { opt = { search = false },
      give = { id = "a3", language = "en", headline = "A", text = "B.",
        links = { { url = "https://www.port.example/x" } },
        images = { { url = "https://port.example/i.jpg", credit = "Mina Okafor" } } },
      want = script(row("'a3'", "'A'", 1, "'B.'")
        .. "INSERT INTO images VALUES (1, 1, 'https://port.example/i.jpg', NULL, 'Mina Okafor');\n"
        .. "INSERT INTO links VALUES (1, 1, 'https://www.port.example/x', 'port.example', NULL);\n"
        .. "INSERT INTO blocks VALUES (1, 1, 'p', 1, 2);\n") },
    { opt = { search = false },
      give = { id = "a4", language = "en", headline = "A", text = "B.",
        attributes = { agency = { services = { "AFP" } } } },
      want = script(row("'a4'", "'A'", 1, "'B.'") .. "INSERT INTO blocks VALUES (1, 1, 'p', 1, 2);\n"
        .. "INSERT INTO attributes VALUES (1, 'agency', '{\"services\":[\"AFP\"]}');\n") },
  },
}
