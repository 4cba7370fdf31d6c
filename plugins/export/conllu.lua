-- conllu.lua - sentences and tokens in CoNLL-U, for parsers and treebanks.
--
--   # newdoc id = 3f9a…        # newpar       # sent_id = 3f9a…-1      # text = They met.
--   1  They  _  _  _  _  _  _  _  _
--   2  met   _  _  _  _  _  _  _  SpaceAfter=No
--
-- Nothing is guessed: lemma, part of speech and tree are left open (_), for a tagger to fill in. With
-- stems=yes MISC has the word without its ending. `# text` is what the tokens spell, with one blank where
-- there were several.

local vertical = require "sheaf.vertical"

local LINES = 20000 -- that are remembered

local function one_line(text)
  return (text:gsub("[%z\1-\31\127]+", " "):match("^%s*(.-)%s*$"))
end

local seen, seen_count, seen_for = { [true] = {}, [false] = {} }, 0, nil

-- The columns behind the number: the same for the same form.
local function columns_of(form, glued, language)
  local misc = {}
  if glued then misc[1] = "SpaceAfter=No" end
  if language then misc[#misc + 1] = "Stem=" .. sheaf.stem(form, language):gsub("|", "_") end
  return "\t" .. form .. "\t_\t_\t_\t_\t_\t_\t_\t" .. (misc[1] and table.concat(misc, "|") or "_") .. "\n"
end

local function remember(form, glued, language)
  if seen_count >= LINES then seen, seen_count = { [true] = {}, [false] = {} }, 0 end
  local line = columns_of(form, glued, language)
  seen[glued][form], seen_count = line, seen_count + 1
  return line
end

-- Most sentences are spelt by their tokens as they are: without a sign that is no token, or is one of several
-- blanks.
local function is_spelt(sentence)
  return not sentence:find("[\0-\31\127\xC2\xCC-\xCD\xE1-\xE3\xEF]") and not sentence:find("  ", 1, true)
    and not sentence:find("^ ") and not sentence:find(" $")
end

local function put_text(parts, sentence, count, forms, glued)
  parts[#parts + 1] = "# text = "
  if is_spelt(sentence) then
    parts[#parts + 1] = sentence .. "\n"
    return
  end
  local size = #parts
  for at = 1, count do
    size = size + 1
    parts[size] = forms[at]
    if not glued[at] and at < count then
      size = size + 1
      parts[size] = " "
    end
  end
  parts[size + 1] = "\n"
end

local numbers = {}
for at = 1, 1000 do numbers[at] = tostring(at) end

local function put_sentence(parts, sentence, count, forms, glued, language)
  put_text(parts, sentence, count, forms, glued)
  local size = #parts
  for at = 1, count do
    local form, tight = forms[at], glued[at]
    parts[size + 1], parts[size + 2] = numbers[at] or at, seen[tight][form] or remember(form, tight, language)
    size = size + 2
  end
  parts[size + 1] = "\n"
end

local function put_document(parts, article)
  parts[#parts + 1] = "# newdoc id = " .. article.id .. "\n"
  for _, name in ipairs { "headline", "publisher", "published", "language", "url" } do
    local value = article[name] and one_line(article[name])
    if value and value ~= "" then parts[#parts + 1] = ("# %s = %s\n"):format(name, value) end
  end
end

local function put_block(parts, block, number, opt, article)
  local language = opt.stems and (article.language or "und") or nil
  for index, sentence in ipairs(block) do
    local count, forms, _, glued = vertical.tokens(sentence)
    if count > 0 then
      glued[count] = block.glued[index] or false
      number = number + 1
      if number == 1 then put_document(parts, article) end
      if index == 1 then parts[#parts + 1] = "# newpar\n" end
      parts[#parts + 1] = ("# sent_id = %s-%d\n"):format(article.id, number)
      put_sentence(parts, sentence, count, forms, glued, language)
    end
  end
  return number
end

local function row(number, form, misc)
  return ("%d\t%s%s\t%s\n"):format(number, form, ("\t_"):rep(7), misc or "_")
end

return {
  kind = "exporter", api = 1, version = "1.0.0", rows = true,
  about = "Sentences and tokens in CoNLL-U.",
  extension = "conllu",
  args = {
    stems = { "boolean", default = false, help = "words without their endings, in the column MISC" },
  },
  needs = { "id", "headline", "publisher", "published", "language", "url", "text", "blocks" },
  each = function(article, opt, out)
    local parts, number, language = {}, 0, article.language
    if seen_for ~= language then seen, seen_count, seen_for = { [true] = {}, [false] = {} }, 0, language end
    for _, block in ipairs(vertical.blocks(article)) do
      number = put_block(parts, block, number, opt, article)
    end
    out:write(table.concat(parts))
  end,
  examples = {
    { run = "sheaf export conllu news.sheaf -o news.conllu", about = "for a parser to fill in" },
  },
  tests = {
    { give = { id = "a1", text = "They met. “Why not?”\n\nÖl.", language = "en" },
      want = "# newdoc id = a1\n# language = en\n# newpar\n# sent_id = a1-1\n# text = They met.\n"
        .. row(1, "They") .. row(2, "met", "SpaceAfter=No") .. row(3, ".") .. "\n"
        .. "# sent_id = a1-2\n# text = “Why not?”\n" .. row(1, "“", "SpaceAfter=No") .. row(2, "Why")
        .. row(3, "not", "SpaceAfter=No") .. row(4, "?", "SpaceAfter=No") .. row(5, "”") .. "\n"
        .. "# newpar\n# sent_id = a1-3\n# text = Öl.\n"
        .. row(1, "Öl", "SpaceAfter=No") .. row(2, ".") .. "\n" },
    { give = { id = "a1", text = "A\t& \u{A0}B...", headline = "C\nD", language = "en" },
      want = "# newdoc id = a1\n# headline = C D\n# language = en\n# newpar\n# sent_id = a1-1\n"
        .. "# text = A & B...\n" .. row(1, "A") .. row(2, "&") .. row(3, "B", "SpaceAfter=No")
        .. row(4, "...") .. "\n" },
    { opt = { stems = true }, give = { id = "a1", text = "Ships", language = "en" },
      want = "# newdoc id = a1\n# language = en\n# newpar\n# sent_id = a1-1\n# text = Ships\n"
        .. row(1, "Ships", "Stem=ship") .. "\n" },
    { give = { id = "a1", headline = "No text", language = "en" }, want = "" },
  },
}
