-- quotes - who says what: direct, indirect and mixed quotations with their speakers.
--
-- The text becomes a row of words in which each quotation is one word (marks, tokens). Names and roles make
-- a list of people (people). Then, sentence by sentence, the words beside each quotation tell who spoke
-- (cues, direct), and sentences without one are looked at for indirect speech (indirect).

local dialogue = require "dialogue"
local direct = require "direct"
local indirect = require "indirect"
local language = require "language"
local letters = require "letters"
local kinds = require "kinds"
local marks = require "marks"
local tokens = require "tokens"

local SPOKEN = { p = true, quote = true, list = true }

-- "OSLO, March 17 (Reuters) -" is no part of what is told.
local function skip_dateline(text, block)
  if not block then return end
  local _, length = sheaf.dateline(text:sub(block.from, math.min(block.to, block.from + 200)))
  if length and block.from + length < block.to then block.from = block.from + length end
end

-- The blocks that hold running text, each with its stretch of the list of quotations.
local function read_blocks(article, copy, lang)
  local blocks, list = {}, {}
  for _, block in ipairs(article.blocks) do
    if SPOKEN[block.kind] then blocks[#blocks + 1] = { from = block.from, to = block.to } end
  end
  skip_dateline(article.text, blocks[1])
  for index, block in ipairs(blocks) do
    local following = blocks[index + 1]
    block.first = #list + 1
    if not dialogue.scan(copy, block.from, block.to, list, lang) then
      marks.scan(copy, block.from, block.to, list, function(mark)
        return following ~= nil and copy:sub(following.from, following.from) == mark
      end)
    end
    block.last = #list
    for k = block.first, block.last do
      list[k].block, list[k].next_block = index, index + 1
    end
  end
  return blocks, list
end

local function other_texts(article)
  local texts = { article.headline, article.description }
  for _, image in ipairs(article.images or {}) do texts[#texts + 1] = image.caption end
  for _, word in ipairs(article.keywords or {}) do texts[#texts + 1] = word end
  return texts
end

-- nil when there is nothing to look for.
local function new_context(article, opt)
  local text = article.text
  local copy = letters.working(text)
  local ctx = { article = article, other_texts = other_texts, text = text, copy = copy, letters = letters,
    lang = language.of(article.language), said = {}, subjects = {}, unnamed = {}, common = {} }
  local blocks, list = read_blocks(article, copy, ctx.lang)
  if #list == 0 and not opt.indirect then return nil end
  for _, q in ipairs(list) do kinds.measure(ctx, q) end
  ctx.tokens, ctx.quotations = tokens.new(text, copy, blocks, list, ctx.lang), list
  return ctx
end

local function raw_text(ctx, group)
  return group and not group.silent and tokens.text(ctx.tokens, group.from, group.to)
end

local function role_of(ctx, group, person)
  if group and group.kind == "role" then
    local t, from = ctx.tokens, group.from
    while from < group.to and ctx.lang.determiners[t.word[from]] do from = from + 1 end
    return tokens.text(t, from, group.to)
  end
  return person and person.role
end

local function round(value)
  return value and math.floor(value * 100 + 0.5) / 100
end

local function describe(ctx, item, least)
  local person = item.sure and item.sure >= least and item.speaker or nil
  local data = { kind = item.kind, speaker = person and person.name, speaker_raw = raw_text(ctx, item.group),
    role = role_of(ctx, item.group, person), rule = item.rule }
  if person then data.confidence = round(item.sure) end
  return data
end

local function add_cue(ctx, data, from, to, verb)
  local t = ctx.tokens
  data.verb = verb and tokens.text(t, verb, verb)
  data.cue = tokens.text(t, from, to)
end

local function add_quotation(ctx, spans, q, least)
  local data = describe(ctx, q, least)
  if q.cue then add_cue(ctx, data, q.cue.from, q.cue.to, q.cue.verb) end
  q.id = #spans + 1
  if q.continues then data.continues = q.continues.id end
  if q.open then data.open = true end
  data.id = q.id
  spans[#spans + 1] = { q.inner, q.inner_to, data }
end

local function add_indirect(ctx, spans, found, least)
  local t = ctx.tokens
  found.kind = "indirect"
  local data = describe(ctx, found, least)
  add_cue(ctx, data, found.cue_from, found.cue_to, found.verb)
  data.id = #spans + 1
  spans[#spans + 1] = { t.from[found.from], t.to[found.to], data }
end

local function add_refused(spans, q)
  spans[#spans + 1] = { q.inner, q.inner_to, { kind = "none", rule = q.refused, id = #spans + 1 } }
end

-- The quotations of sentence s, and whether there are any; last is the one before.
local function collect_quoted(ctx, spans, s, last, opt)
  local t, any = ctx.tokens, false
  for i = t.first[s], t.last[s] do
    local q = t.quote[i]
    if q then
      direct.attribute(ctx, q, last)
      if not q.refused then
        last, any = q, true
        add_quotation(ctx, spans, q, opt.confidence)
      elseif opt.refused then
        add_refused(spans, q)
      end
    end
  end
  return last, any
end

local function collect(ctx, opt)
  local spans, last = {}, nil
  for s = 1, ctx.tokens.sentences do
    local any
    last, any = collect_quoted(ctx, spans, s, last, opt)
    local look = not any and ctx.tokens.telling[s]
    local found = look and indirect.find(ctx, s) -- also tells who "the statement" is of
    if found and opt.indirect then add_indirect(ctx, spans, found, opt.confidence) end
  end
  return spans
end

local function each(article, opt)
  if not article.text then return nil end
  local ctx = new_context(article, opt)
  if not ctx or #ctx.quotations == 0 and not next(ctx.tokens.telling) then return nil end
  local spans = collect(ctx, opt)
  if #spans > 0 then return { spans = spans } end
end

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Find who says what: direct, indirect and mixed quotations with their speakers.",
  args = {
    indirect = { "boolean", default = true, help = "also find indirect speech: X said that …" },
    refused = { "boolean", default = false, help = "also list what is between marks and no quotation" },
    confidence = { "number", default = 0, min = 0, max = 1, help = "name speakers only when this sure" },
  },
  needs = { "text", "blocks", "language", "headline", "description", "images", "keywords" },
  adds = { spans = "list" },
  each = each,
  examples = {
    { run = "sheaf run news.sheaf --extract quotes --to layer", about = "keep who says what in the sheaf" },
    { run = "sheaf run news.sheaf --extract quotes:confidence=0.8 --to jsonl:keys=headline,layers",
      about = "only speakers that are sure" },
  },
  tests = require "examples",
}
