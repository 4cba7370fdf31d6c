-- annotations.lua - layers and notes as W3C Web Annotations, one a line.
--
-- Each span points into the text of its article twice: by its place in characters from 0, the last not
-- included (TextPositionSelector), and by its words with some before and behind them (TextQuoteSelector), so
-- that it is found again in another copy. What an extractor said of it is a body in JSON, with the layer's
-- name as a tag; a curator's note is a comment.

local address = require "sheaf.address"
local characters = require "sheaf.characters"
local curated = require "sheaf.curated"

local AROUND = 32 -- characters before and behind

-- Where characters begin at most AROUND before a byte, and end at most AROUND behind one.
local function around(text, from, to)
  local first, last = from, to + 1
  for _ = 1, AROUND do
    if first > 1 then first = utf8.offset(text, -1, first) end
    if last <= #text then last = utf8.offset(text, 2, last) end
  end
  return text:sub(first, from - 1), text:sub(to + 1, last - 1)
end

local function quote_of(text, from, to)
  local prefix, suffix = around(text, from, to)
  return { type = "TextQuoteSelector", exact = text:sub(from, to), prefix = prefix ~= "" and prefix or nil,
    suffix = suffix ~= "" and suffix or nil }
end

-- A span of another text, or one that cuts a character, cannot be pointed at.
local function fits(text, from, to)
  return from >= 1 and from <= to and to <= #text and not text:find("^[\x80-\xBF]", from)
    and not text:find("^[\x80-\xBF]", to + 1)
end

-- Both ways to point at a span, or nil.
local function selectors(text, from, to, count)
  if not fits(text, from, to) then return nil end
  local start = count(from - 1)
  local place = { type = "TextPositionSelector", start = start, ["end"] = count(to) }
  return { place, quote_of(text, from, to) }
end

local function annotation(article, number, motivation, body, selector)
  return {
    ["@context"] = "http://www.w3.org/ns/anno.jsonld", type = "Annotation",
    id = address.urn(("%s %s %d"):format(article.id or "", motivation, number)), motivation = motivation,
    body = body, target = { source = address.of(article), selector = selector },
  }
end

local function layer_body(name, data)
  local list = { { type = "TextualBody", purpose = "tagging", value = name } }
  if data and next(data) then
    list[2] = { type = "TextualBody", purpose = "describing", format = "application/json",
      value = sheaf.encode(data) }
  end
  return list
end

local function note_body(text)
  return { type = "TextualBody", purpose = "commenting", format = "text/markdown", value = text }
end

local function is_wanted(name, opt)
  if not opt.layers then return true end
  for _, wanted in ipairs(opt.layers) do
    if wanted == name then return true end
  end
  return false
end

local function write_layers(article, opt, put)
  local text = article.text or ""
  for name, layer in sheaf.sorted(article.layers or {}) do
    local count = characters.counter(text)
    for _, span in ipairs(is_wanted(name, opt) and layer.spans or {}) do
      put("describing", layer_body(name, span[3]), selectors(text, span[1], span[2], count))
    end
  end
end

local function write_notes(article, opt, put)
  local note, spans = curated.note(opt, article)
  if note and note ~= "" then put("commenting", note_body(note)) end
  local text = article.text or ""
  local count = characters.counter(text)
  for _, span in ipairs(spans) do
    put("commenting", note_body(span.text or ""), selectors(text, span.from, span.to, count))
  end
end

-- The line of an annotation on the article a1, for tests.
local function line(number, motivation, body, selector)
  return sheaf.encode {
    ["@context"] = "http://www.w3.org/ns/anno.jsonld", type = "Annotation", body = body,
    id = address.urn(("a1 %s %d"):format(motivation, number)), motivation = motivation,
    target = { source = "https://example.com/a", selector = selector },
  } .. "\n"
end

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "Layers and notes as W3C Web Annotations, one JSON object a line.",
  extension = "annotations.jsonl",
  args = {
    layers = { "list", help = "only these layers; all that articles have when left out" },
    collection = { "table", help = "made by sheaf bind: its notes become comments" },
  },
  needs = { "id", "url", "text", "layers" },
  each = function(article, opt, out)
    local number = 0
    local function put(motivation, body, selector)
      number = number + 1
      out:write(sheaf.encode(annotation(article, number, motivation, body, selector)), "\n")
    end
    write_layers(article, opt, put)
    write_notes(article, opt, put)
  end,
  examples = {
    { run = "sheaf run news.sheaf --extract quotes --to annotations -o quotes.annotations.jsonl",
      about = "who says what, as annotations" },
  },
  tests = {
    { opt = { collection = { notes = { a1 = { text = "Read first.",
        spans = { { from = 4, to = 9, text = "Gas!" } } } } } },
      give = { id = "a1", url = "https://example.com/a", text = "Öl, Gas." },
      want = line(1, "commenting", { type = "TextualBody", purpose = "commenting", format = "text/markdown",
          value = "Read first." })
        .. line(2, "commenting", { type = "TextualBody", purpose = "commenting", format = "text/markdown",
          value = "Gas!" }, { { type = "TextPositionSelector", start = 2, ["end"] = 8 },
          { type = "TextQuoteSelector", exact = ", Gas.", prefix = "Öl" } }) },
    { opt = { collection = { notes = { a1 = { spans = { { from = 1, to = 3, text = "Oil" } } } } } },
      give = { id = "a1", url = "https://example.com/a", text = "Öl " .. ("é"):rep(40) },
      want = line(1, "commenting", { type = "TextualBody", purpose = "commenting", format = "text/markdown",
          value = "Oil" }, { { type = "TextPositionSelector", start = 0, ["end"] = 2 },
          { type = "TextQuoteSelector", exact = "Öl", suffix = " " .. ("é"):rep(31) } }) },
    { give = { id = "a1", text = "Nothing." }, want = "" },
    { opt = { collection = { notes = { a2 = { text = "Another's." } } } }, give = { id = "a1", text = "A." },
      want = "" },
  },
}
