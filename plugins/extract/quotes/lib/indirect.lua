-- indirect.lua - what is told of somebody's words without quotation marks: "Ivanov said that …".

local cues = require "cues"
local direct = require "direct"
local phrases = require "phrases"

local indirect = {}

local LEAST = 3 -- words of a clause
local ENDS = { ["\n"] = true, ["."] = true, ["!"] = true, ["?"] = true }

local function trimmed_end(t, hi, lo)
  while hi > lo and ENDS[t.word[hi]] do hi = hi - 1 end
  return hi
end

-- Behind "told reporters": where "that" stands.
local function find_that(ctx, from, hi)
  for k = from, math.min(hi, from + 12) do
    local word = ctx.tokens.word[k]
    if ctx.lang.that[word] then return k end
    if word == "Q" or word == "," or ctx.lang.conjunctions[word] then return nil end
  end
end

local OPENS = { it = true, there = true, he = true, she = true, they = true, we = true, i = true }

-- Does a clause without "that" begin at token k?
local function opens_clause(ctx, verb, k, hi)
  local t, lang = ctx.tokens, ctx.lang
  local word = t.word[k]
  if not lang.bare_clause[t.word[verb]] or k > hi then return false end
  if OPENS[word] and not t.capital[k] then return true end
  if not (lang.determiners[word] or phrases.is_name(ctx, k)) then return false end
  local group = phrases.forward(ctx, k, hi)
  local following = group and t.word[group.to + 1]
  return following ~= nil and group.to < hi and not lang.prepositions[following] and following ~= ","
    and following ~= "-" and not lang.conjunctions[following]
end

local function clause_start(ctx, verb, hi)
  local t, lang = ctx.tokens, ctx.lang
  local k = verb + 1
  if lang.that[t.word[k]] or t.word[k] == "," and lang.that[t.word[k + 1]] then
    return (t.word[k] == "," and k + 2 or k + 1), true
  end
  if lang.telling[t.word[verb]] or lang.prepositions[t.word[k]] then
    local that = find_that(ctx, k, hi)
    if that then return that + 1, true end
  end
  if opens_clause(ctx, verb, k, hi) then return k, false end
end

local function is_verb(ctx, i)
  local lang, word = ctx.lang, ctx.tokens.word[i]
  if ctx.tokens.capital[i] or not (lang.reporting[word] or lang.participles[word]) then return false end
  return not cues.is_noun(ctx, i)
end

local function leading(ctx, s)
  local t = ctx.tokens
  local lo, hi = t.first[s], trimmed_end(t, t.last[s], t.first[s])
  for verb = lo, hi do
    if is_verb(ctx, verb) then
      local from, that = clause_start(ctx, verb, hi)
      local group, sure
      if from and verb > lo then group, sure = cues.subject_of(ctx, verb, lo) end
      if group and hi - from + 1 >= LEAST then
        return { group = group, verb = verb, from = from, to = hi, cue_from = math.min(group.from, verb),
          cue_to = verb, rule = that and "X said that" or "X said …", sure = that and sure or sure * 0.9 }
      end
    end
  end
end

local function trailing(ctx, s)
  local t = ctx.tokens
  local cue = cues.at_end(ctx, s)
  if not cue or cue.comma - t.first[s] < LEAST then return nil end
  return { group = cue.group, verb = cue.verb, from = t.first[s], to = cue.comma - 1, cue_from = cue.from,
    cue_to = cue.to, rule = cue.rule == "according to" and cue.rule or "…, X said", sure = 0.85 }
end

local function introduced(ctx, s)
  local t = ctx.tokens
  local lo, hi = t.first[s], trimmed_end(t, t.last[s], t.first[s])
  local cue = cues.according(ctx, lo, hi)
  if not cue or t.word[cue.to + 1] ~= "," or hi - cue.to - 1 < LEAST then return nil end
  return { group = cue.group, from = cue.to + 2, to = hi, rule = cue.rule, sure = 0.85, cue_from = cue.from,
    cue_to = cue.to }
end

local function has_quotation(t, s)
  for i = t.first[s], t.last[s] do
    if t.word[i] == "Q" and not t.quote[i].refused then return true end
  end
  return false
end

-- What sentence s tells of somebody's words, or nil. Sentences with quotations are left to those.
function indirect.find(ctx, s)
  local t = ctx.tokens
  if has_quotation(t, s) then return nil end
  local found = leading(ctx, s) or trailing(ctx, s) or introduced(ctx, s)
  if not found then return nil end
  local person, sure = direct.resolve(ctx, found.group)
  found.speaker, found.sure = person, found.sure * (sure or 1)
  if person then direct.note(ctx, s, found.cue_from, person) end
  return found
end

return indirect
