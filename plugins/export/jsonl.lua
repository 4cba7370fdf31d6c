-- jsonl.lua - one JSON object a line, as the articles are stored.
--
-- The core writes the rows. Offsets in `blocks` count bytes from 0, as in the sheaf itself; programs that
-- count characters (Python, the web) ask for spans=characters and get code points instead.

-- Block rows [from, to, kind, …] with from and to turned from bytes into code points of text. They are in
-- order, so each byte of the text is looked at once.
local function in_characters(blocks, text)
  local bytes, characters = 0, 0
  local function at(offset)
    characters = characters + utf8.len(text, bytes + 1, offset)
    bytes = offset
    return characters
  end
  for _, block in ipairs(blocks) do
    local from = at(block[1])
    block[1], block[2] = from, at(block[2])
  end
  return blocks
end

-- The row with the spans of its layers replaced, or as it is when it has none.
local function layers_in_characters(row, article)
  local old = article:json({ "layers" }):sub(2, -2) -- "layers":{…}
  local from, to = row:find(old, 1, true)
  if not from then return row end
  local all, text = sheaf.decode("{" .. old .. "}").layers, article.text or ""
  if not next(all) then return row end
  for _, layer in pairs(all) do
    for _, span in ipairs(layer.spans or {}) do
      span[1], span[2] = utf8.len(text, 1, span[1]), utf8.len(text, 1, span[2])
    end
  end
  return row:sub(1, from - 1) .. "\"layers\":" .. sheaf.encode(all) .. row:sub(to + 1)
end

-- The row with its blocks replaced, or as it is when it has none.
local function row_in_characters(article, keys)
  local row = layers_in_characters(article:json(keys), article)
  local old = article:json({ "blocks" }):sub(2, -2) -- "blocks":[…]
  local from, to = row:find(old, 1, true)
  local blocks = sheaf.decode("{" .. old .. "}").blocks
  if not from or type(blocks) ~= "table" then return row end
  local new = sheaf.encode(in_characters(blocks, article.text))
  return row:sub(1, from - 1) .. "\"blocks\":" .. new .. row:sub(to + 1)
end

-- What two of the tests share: a heading of two bytes in its first letter, and a paragraph.
local oil = {
  text = "Öl.\n\nGas.", blocks = { { from = 1, to = 4, kind = "h" }, { from = 7, to = 10, kind = "p" } },
}

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "One JSON object a line.",
  extension = "jsonl",
  args = {
    keys = { "list", help = "only these keys, in this order; all keys when left out" },
    spans = {
      "string", default = "bytes", values = { "bytes", "characters" },
      help = "what the offsets in blocks and layers count",
    },
  },
  needs = {
    "id", "url", "canonical_url", "headline", "alternative_headline", "description", "byline", "publisher",
    "provider", "via", "published", "modified", "retrieved", "language", "section", "text",
    "language_confidence", "authors", "keywords", "images", "links", "relations", "blocks", "dateline",
    "provenance", "why", "attributes", "layers",
  },
  each = function(article, opt, out)
    if opt.spans == "characters" then
      out:write(row_in_characters(article, opt.keys), "\n")
    else
      out:json(article, opt.keys)
    end
  end,
  examples = {
    { run = "sheaf export jsonl:keys=published,headline,text news.sheaf -o news.jsonl",
      about = "some keys, one object a line" },
  },
  tests = {
    { opt = { keys = { "published", "headline" } },
      give = { headline = "Talks \"end\"", text = "They met.", published = "2021-03" },
      want = "{\"published\":\"2021-03\",\"headline\":\"Talks \\\"end\\\"\"}\n" },
    { opt = { keys = { "text" } }, give = { text = "First.\n\nSecond." },
      want = "{\"text\":\"First.\\n\\nSecond.\"}\n" },
    { opt = { keys = { "headline" } }, give = { text = "No headline." }, want = "{\"headline\":null}\n" },
    { opt = { keys = { "blocks" } }, give = oil,
      want = "{\"blocks\":[[0,4,\"h\"],[6,10,\"p\"]]}\n" },
    { opt = { keys = { "blocks" }, spans = "characters" }, give = oil,
      want = "{\"blocks\":[[0,3,\"h\"],[5,9,\"p\"]]}\n" },
    { opt = { keys = { "text" }, spans = "characters" }, give = { text = "Öl." },
      want = "{\"text\":\"Öl.\"}\n" },
  },
}
