-- sqlite_spec.lua - the database that the exporter sqlite makes, and what out:sql refuses.
--
-- What is in a file is asked of the program sqlite3.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/plugins"
local core = require "sheaf.core"
local arguments = require "sheaf.arguments"

local folder

local function packaged(given)
  local file = assert(io.open(here .. "/../../plugins/export/sqlite.lua", "rb"))
  local source = file:read("a")
  file:close()
  local plugin = assert(core.plugin(source, "@sqlite.lua", { name = "sqlite",
    shared = here .. "/../../plugins/lib" }))
  assert(plugin:configure(assert(arguments.complete(plugin:describe().args, given or {}))))
  return plugin
end

-- An exporter whose each runs these lines of Lua.
local function exporter(lines, seconds)
  local source = ([[return { kind = "exporter", each = function(a, opt, out) %s end }]]):format(lines)
  return assert(core.plugin(source, "@own.lua", { name = "own", seconds = seconds }))
end

local function export(plugin, path, articles)
  local sink = assert(core.sink(path))
  assert(plugin:open(sink))
  for _, article in ipairs(articles) do assert(plugin:write(core.article(article))) end
  assert(plugin:close())
  return sink:close()
end

local function answer(path, question)
  local pipe = assert(io.popen(("sqlite3 '%s' \"%s\" 2>&1"):format(path, question)))
  local text = pipe:read("a")
  pipe:close()
  return (text:gsub("\n$", ""))
end

local function bytes_of(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local bytes = file:read("a")
  file:close()
  return bytes
end

local articles = {
  { url = "https://lantern.example/a", headline = "Crème for the harbour", published = "2021-03-17",
    text = "“Ça va,” said Mina Okafor.\n\nThe cable lies.",
    authors = { { name = "Mina Okafor", role = "editor" } },
    links = { { url = "https://www.port.example/x", text = "port" } }, keywords = { "cable", "sea" },
    images = { { url = "https://lantern.example/i.jpg", caption = "A ship" } },
    attributes = { agency = { services = { { name = "AFP" } } } } },
  { headline = "Second", text = "Nothing of note; a 'quote'." },
}

-- What plugins run on an article, and the message of the problem or nil.
local function problem_of(lines, seconds)
  local plugin, sink = exporter(lines, seconds), core.sink(folder .. "/refused.db")
  assert(plugin:open(sink))
  local fine, problem = plugin:write(core.article { text = "a" })
  sink:discard()
  return not fine and (problem.message or problem) or nil
end

describe("a folder for databases", function()
  setup(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(os.execute("mkdir " .. folder))
  end)
  teardown(function() os.execute("rm -r " .. folder) end)

  describe("the exporter sqlite", function()
    it("fills a table for all that an article may have several of", function()
      local path = folder .. "/a.db"
      assert(export(packaged(), path, articles))
      assert.equal("ok", answer(path, "PRAGMA integrity_check"))
      assert.equal("1|Crème for the harbour|lantern.example\n2|Second|",
        answer(path, "SELECT number, headline, site FROM articles"))
      assert.equal("Mina Okafor|editor", answer(path, "SELECT name, role FROM authors WHERE article = 1"))
      assert.equal("port.example", answer(path, "SELECT site FROM links"))
      assert.equal("cable,sea", answer(path, "SELECT group_concat(keyword) FROM keywords"))
      assert.equal("A ship", answer(path, "SELECT caption FROM images"))
      assert.equal("AFP", answer(path, "SELECT data ->> '$.services[0].name' FROM attributes"))
    end)

    it("counts characters, so that substr finds a block", function()
      local path = folder .. "/blocks.db"
      assert(export(packaged(), path, articles))
      assert.equal("“Ça va,” said Mina Okafor.\nThe cable lies.", answer(path,
        "SELECT substr(text, start, length) FROM blocks JOIN articles ON number = article WHERE article = 1"))
    end)

    it("is searched without a look at accents, and stays right when rows change", function()
      local path, find = folder .. "/search.db", "SELECT rowid FROM search WHERE search MATCH '%s'"
      assert(export(packaged(), path, articles))
      assert.equal("1", answer(path, find:format("creme AND ca")))
      answer(path, "UPDATE articles SET text = 'A lighthouse.' WHERE number = 1")
      assert.equal("1", answer(path, find:format("lighthouse")))
      assert.equal("", answer(path, find:format("cable")))
      assert.equal("", answer(path, "INSERT INTO search(search) VALUES ('integrity-check')"))
    end)

    it("gives the same bytes for the same articles", function()
      assert(export(packaged(), folder .. "/one.db", articles))
      assert(export(packaged(), folder .. "/two.db", articles))
      assert.equal(bytes_of(folder .. "/one.db"), bytes_of(folder .. "/two.db"))
    end)

    it("without a file writes a script that makes the same tables", function()
      local path = folder .. "/script.db"
      local sink, plugin = core.sink_memory(), packaged()
      assert(plugin:open(sink))
      for _, article in ipairs(articles) do assert(plugin:write(core.article(article))) end
      assert(plugin:close())
      local file = assert(io.open(folder .. "/script.sql", "wb"))
      file:write(sink:text())
      file:close()
      assert.equal("", answer(path, ".read " .. folder .. "/script.sql"))
      assert(export(packaged(), folder .. "/file.db", articles))
      for _, name in ipairs { "articles", "authors", "links", "blocks", "attributes" } do
        assert.equal(answer(folder .. "/file.db", ".dump " .. name), answer(path, ".dump " .. name))
      end
      assert.equal("1", answer(path, "SELECT rowid FROM search WHERE search MATCH 'okafor'"))
    end)

    it("leaves what was there when it is given up", function()
      local path, plugin = folder .. "/kept.db", packaged()
      assert(export(plugin, path, articles))
      local before, sink = bytes_of(path), assert(core.sink(path))
      local other = packaged()
      assert(other:open(sink))
      assert(other:write(core.article(articles[2])))
      sink:discard()
      assert.equal(before, bytes_of(path))
      local pipe = assert(io.popen("ls " .. folder .. " | grep -c partial"))
      assert.equal("0\n", pipe:read("a"))
      pipe:close()
    end)
  end)

  describe("out:sql", function()
    it("reaches no other file, no code and no setting", function()
      for _, statement in ipairs {
        "ATTACH '/tmp/other.db' AS other", "PRAGMA journal_mode = WAL", "SELECT load_extension('x')",
        "CREATE VIRTUAL TABLE t USING fts4(a)", "CREATE TEMP TABLE t(a)", "VACUUM INTO '/tmp/other.db'",
        "COMMIT", "PRAGMA writable_schema = 1",
      } do
        local problem = problem_of(("out:sql [[%s]]"):format(statement))
        assert.is_truthy(problem and problem:find("SQL: ", 1, true), statement .. ": " .. tostring(problem))
      end
    end)

    it("ends a statement that never ends", function()
      assert.is_truthy(problem_of([[out:sql [=[WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        SELECT count(*) FROM n]=] ]]):find("SQL: ", 1, true))
      local crossing = [[out:sql("CREATE TABLE n(i)")
        for i = 1, 300 do out:sql("INSERT INTO n VALUES (?)", i) end
        out:sql("SELECT count(*) FROM n a, n b, n c, n d, n e, n f")]]
      assert.is_truthy(problem_of(crossing, 0.2))
    end)

    it("tells what is wrong with a statement", function()
      assert.is_truthy(problem_of([[out:sql("INSERT INTO none VALUES (1)")]])
        :find("no such table: none", 1, true))
      assert.is_truthy(problem_of([[out:sql("CREATE TABLE a(b)") out:sql("INSERT INTO a VALUES (?)")]])
        :find("takes 1 values, not 0", 1, true))
      assert.is_truthy(problem_of([[out:sql("CREATE TABLE a(b); CREATE TABLE c(d)")]])
        :find("one statement", 1, true))
      assert.is_truthy(problem_of([[out:sql("")]]):find("one statement", 1, true))
    end)

    it("does not share its file with text", function()
      assert.is_truthy(problem_of([[out:write("text") out:sql("CREATE TABLE a(b)")]])
        :find("text was written", 1, true))
      local plugin = exporter [[out:sql("CREATE TABLE a(b)") out:write("text")]]
      local sink = core.sink(folder .. "/mixed.db")
      assert(plugin:open(sink))
      plugin:write(core.article { text = "a" })
      plugin:close()
      local fine, reason = sink:close()
      assert.is_nil(fine)
      assert.is_truthy(reason:find("no text follows", 1, true))
      assert.is_nil(bytes_of(folder .. "/mixed.db"))
    end)

    it("stores each kind of value", function()
      local path = folder .. "/values.db"
      local plugin = exporter [[out:sql("CREATE TABLE a(b, c, d, e, f)")
        out:sql("INSERT INTO a VALUES (?, ?, ?, ?, ?)", nil, true, 7, 0.5, "it's")]]
      assert(export(plugin, path, { { text = "a" } }))
      assert.equal("null|1|integer|7|integer|0.5|real|it's|text", answer(path,
        "SELECT typeof(b), c, typeof(c), d, typeof(d), e, typeof(e), f, typeof(f) FROM a"))
    end)
  end)
end)
