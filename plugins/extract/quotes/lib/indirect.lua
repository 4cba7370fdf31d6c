-- indirect.lua - what is told of somebody's words without quotation marks: "Ivanov said that …".

local cues = require "cues"
local direct = require "direct"
local phrases = require "phrases"

local indirect = {}

local LEAST = 3 -- words of a clause
local ENDS = { ["\n"] = true, ["."] = true, ["!"] = true, ["?"] = true, [":"] = true, ["-"] = true }

-- "Hill was asked": not what Hill says.
local function is_told(ctx, cue)
  return cue.verb ~= nil and cue.rule == "X said" and cues.is_passive(ctx, cue.verb, cue.group.from)
end

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

-- "It is said that", "I think that": nobody whom the article names.
local function impersonal(ctx, group, verb)
  local word = ctx.tokens.word
  if group.kind == "pronoun" and (ctx.lang.first_person[word[group.from]]) then return true end
  if group.kind == "noun" and not group.definite then return true end
  return group.kind == "pronoun" and group.gender == "o" and verb - group.to > 1
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
  if ctx.tokens.capital[i] or lang.unspoken[word] then return false end
  if not (lang.reporting[word] or lang.participles[word]) then return false end
  return not cues.is_noun(ctx, i)
end

local function leading(ctx, s)
  local t = ctx.tokens
  local lo, hi = t.first[s], trimmed_end(t, t.last[s], t.first[s])
  for _, verb in ipairs(t.telling[s]) do
    if verb <= hi and is_verb(ctx, verb) then
      local from, that = clause_start(ctx, verb, hi)
      while from and t.word[from] == "," do from = from + 1 end
      local group, sure
      if from and verb > lo then group, sure = cues.teller_of(ctx, verb, lo, from - 1) end
      if group and not impersonal(ctx, group, verb) and hi - from + 1 >= LEAST then
        return { group = group, verb = verb, from = from, to = hi, cue_from = math.min(group.from, verb),
          cue_to = verb, rule = that and "X said that" or "X said …", sure = that and sure or sure * 0.9 }
      end
    end
  end
end

-- Does the sentence begin with what is no clause, up to the comma before the cue: "In August 1997,"?
local function is_preface(ctx, s, comma)
  local t, lang = ctx.tokens, ctx.lang
  local word = t.word[t.first[s]]
  if not (lang.prepositions[word] or lang.conjunctions[word] or lang.prefaces[word] or word:find("ing$")) then
    return false
  end
  for k = t.first[s], comma - 1 do
    if t.word[k] == "," then return false end
  end
  return true
end

-- Behind "Ivanov said" at the end of a sentence: nothing, or "in a note", "on Monday", "to reporters".
local function ends_there(ctx, cue, s)
  local t, lang = ctx.tokens, ctx.lang
  local k = math.max(cue.to, cue.group.to) + 1
  local word = t.word[k]
  if cue.rule == "according to" or k > t.last[s] or ENDS[word] or word == "," then return true end
  if lang.telling[t.word[cue.verb]] then return true end
  return lang.prepositions[word] or lang.calendar[word] or lang.fillers[word] or lang.prefaces[word]
end

local function trailing(ctx, s)
  local t = ctx.tokens
  local cue = cues.at_end(ctx, s)
  if not cue or cue.comma - t.first[s] < LEAST then return nil end
  if cue.rule == "said X" and cue.group.kind == "noun" then return nil end
  if cue.verb and ctx.lang.unspoken[t.word[cue.verb]] then return nil end
  if is_preface(ctx, s, cue.comma) or not ends_there(ctx, cue, s) or is_told(ctx, cue) then return nil end
  return { group = cue.group, verb = cue.verb, from = t.first[s], to = cue.comma - 1, cue_from = cue.from,
    cue_to = cue.to, rule = cue.rule == "according to" and cue.rule or "…, X said", sure = 0.85 }
end

local function comma_before(t, verb, lo)
  for k = verb - 1, math.max(lo + 1, verb - 10), -1 do
    if t.word[k] == "," then return k end
  end
end

-- "The members, she added, are tired": the cue stands between commas; all of the sentence is told.
local function interrupted(ctx, s)
  local t, lang = ctx.tokens, ctx.lang
  local lo, hi = t.first[s], trimmed_end(t, t.last[s], t.first[s])
  if lang.code ~= "en" then return nil end
  for _, verb in ipairs(t.telling[s]) do
    local closed = t.word[verb + 1] == "," and verb + 1 < hi and is_verb(ctx, verb)
    local comma = closed and comma_before(t, verb, lo)
    local group = comma and phrases.forward(ctx, comma + 1, verb)
    if group and group.kind ~= "noun" and group.to == verb - 1 and not impersonal(ctx, group, verb) then
      return { group = group, verb = verb, from = lo, to = hi, cue_from = group.from, cue_to = verb,
        rule = "…, X said, …", sure = 0.85 }
    end
  end
end

local function introduced(ctx, s)
  local t = ctx.tokens
  local lo, hi = t.first[s], trimmed_end(t, t.last[s], t.first[s])
  local cue = cues.according(ctx, lo, hi)
  local verb_second = ctx.lang.code == "de"
  if not cue or hi - cue.to - 1 < LEAST or t.word[cue.to + 1] ~= "," and not verb_second then return nil end
  local from = t.word[cue.to + 1] == "," and cue.to + 2 or cue.to + 1
  return { group = cue.group, from = from, to = hi, rule = cue.rule, sure = 0.85, cue_from = cue.from,
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
    or interrupted(ctx, s)
  if not found or found.rule == "according to" and found.group.kind == "noun" then return nil end
  local person, sure = direct.resolve(ctx, found.group)
  found.speaker, found.sure = person, found.sure * (sure or 1)
  if person then direct.note(ctx, s, found.cue_from, person) end
  return found
end

return indirect
