-- cues.lua - the words beside a quotation that tell who said it.
--
-- Each rule looks at one side of a quotation and gives a cue, {group=, verb=, from=, to=, rule=, sure=}:
-- who, the token of the verb, the stretch of tokens that told it, and how sure that is; or nil.

local people = require "people"
local phrases = require "phrases"

local cues = {}

local FARTHEST = 200 -- tokens before it
local REACH = 26 -- tokens behind a quotation that may belong to its cue

local function starts_with(t, i, words)
  for k, word in ipairs(words) do
    if t.word[i + k - 1] ~= word then return false end
  end
  return true
end

-- The last token of the clause behind token i.
local function clause_end(t, i)
  local hi = math.min(t.n, i + REACH)
  for k = i, hi do
    local word = t.word[k]
    if word == "Q" or word == "\n" or word == ";" or word == ":" then return k - 1 end
    if k < t.n and t.sentence[k + 1] ~= t.sentence[i] then
      return (word == "." or word == "!" or word == "?") and k - 1 or k
    end
  end
  return hi
end

local function skip_fillers(ctx, k, hi)
  local t, lang = ctx.tokens, ctx.lang
  while k <= hi and not t.capital[k] do
    local word = t.word[k]
    local filler = lang.fillers[word] and not lang.reporting[word] or word:find("..ly$")
    if not filler or lang.relative[word] then break end
    k = k + 1
  end
  return k
end

local function is_verb(ctx, i, set)
  return (set or ctx.lang.judging)[ctx.tokens.word[i]] and not ctx.tokens.capital[i]
end

-- "Description:" leads to no speech; one word does only when somebody is called so.
local function is_label(ctx, group)
  return group.kind == "name" and group.from == group.to and not people.by_short_name(ctx, group.last)
end

-- In German every noun has a capital: one word that no name ends with is hardly a person.
local function is_plain_noun(ctx, group)
  return ctx.lang.capital_nouns and group.kind == "name" and group.first == group.last
    and not people.by_short_name(ctx, group.last)
end

-- "according to Ivanov" at token i.
function cues.according(ctx, i, hi)
  if not ctx.lang.accords[ctx.tokens.word[i]] then return nil end
  for _, words in ipairs(ctx.lang.according) do
    if starts_with(ctx.tokens, i, words) then
      local group = phrases.forward(ctx, i + #words, hi)
      if group and not is_plain_noun(ctx, group) then
        return { group = group, from = i, to = group.to, rule = "according to", sure = 0.95 }
      end
    end
  end
end

-- French "a-t-elle", and the auxiliary before a participle: the verb is at the next place.
local function inverted_verb(ctx, i, hi)
  local t, lang = ctx.tokens, ctx.lang
  if is_verb(ctx, i, lang.reporting) then return i end
  local plain = lang.inverted and (t.word[i]:match("^(.-)%-t%-%a+$") or t.word[i]:match("^(.-)%-%a+$"))
  if plain and lang.reporting[plain] then return i end
  local k = i
  while k < hi and k < i + 3 and lang.fillers[t.word[k]] do k = k + 1 end
  if k > i and lang.inverted and is_verb(ctx, k, lang.reporting) then return k end
end

local function clitic(ctx, i, verb)
  local t = ctx.tokens
  for k = i, verb do
    local word = t.word[k]
    local pronoun = word:match("%-t%-(%a+)$") or word:match("%-(ils?)$") or word:match("%-(elles?)$")
      or word:match("%-(je)$")
    if pronoun and ctx.lang.pronouns[pronoun] then
      return { kind = "pronoun", from = k, to = k, gender = ctx.lang.pronouns[pronoun] }
    end
  end
end

-- "said Ivanov"
local function inverted(ctx, i, hi)
  local verb = inverted_verb(ctx, i, hi)
  if not verb then return nil end
  local group = clitic(ctx, i, verb)
  if not group then
    local k = skip_fillers(ctx, verb + 1, hi)
    group = not ctx.lang.that[ctx.tokens.word[verb + 1]] and phrases.forward(ctx, k, hi)
    if group and ctx.lang.after_quote[ctx.tokens.word[k]] then group = nil end
  end
  if group then
    local to = math.max(group.to, verb)
    return { group = group, verb = verb, from = i, to = to, rule = "said X", sure = 0.95 }
  end
  if ctx.lang.dropped then
    group = { kind = "pronoun", gender = "x", from = verb, to = verb, silent = true }
    return { group = group, verb = verb, from = i, to = verb, rule = "said", sure = 0.75 }
  end
end

-- Over ", the minister of fishing," and "(pictured)" to the token behind.
local function skip_apposition(ctx, k, hi)
  local t = ctx.tokens
  local word = t.word[k]
  local closing = word == "," and "," or word == "(" and ")"
  if closing then
    for j = k + 1, math.min(hi, k + 18) do
      if t.word[j] == closing then return j + 1 end
    end
  elseif ctx.lang.prepositions[word] then
    for j = k + 1, math.min(hi, k + 6) do
      if is_verb(ctx, j, ctx.lang.reporting) then return j end
    end
  end
  return k
end

-- Behind a comma and a name even a verb that is in no list tells who spoke: "…," Ivanov chuckled.
local function may_be_verb(ctx, i)
  local t, lang = ctx.tokens, ctx.lang
  local word = t.word[i]
  if lang.code ~= "en" or t.capital[i] or lang.function_words[word] then return false end
  return word:find("^%a+ed$") ~= nil or word:find("^%a+s$") ~= nil
end

-- "Ivanov said", "Ivanov, the minister, said"
local function upright(ctx, i, hi, linked)
  local t, lang = ctx.tokens, ctx.lang
  local group = phrases.forward(ctx, i, hi)
  if not group then return nil end
  local first = skip_fillers(ctx, group.to + 1, hi)
  local k = skip_fillers(ctx, skip_apposition(ctx, first, hi), hi)
  if k > first and t.word[first] == "," then group.apposition = { first + 1, k - 2 } end
  if k <= hi and is_verb(ctx, k, linked == "comma inside" and lang.judging or lang.reporting) then
    return { group = group, verb = k, from = i, to = k, rule = "X said", sure = k == first and 0.95 or 0.9 }
  end
  if linked == "comma inside" and first <= hi and group.kind ~= "noun" and may_be_verb(ctx, first) then
    return { group = group, verb = first, from = i, to = first, rule = "comma, X verb", sure = 0.7 }
  end
end

-- "the team's coach of pitchers Jane Doe said": read from the verb to the left, no comma on the way.
local function leftward(ctx, i, hi)
  local t, lang = ctx.tokens, ctx.lang
  if lang.code ~= "en" then return nil end
  for verb = i + 1, hi do
    local word = t.word[verb]
    if word == "," or word == "Q" or lang.conjunctions[word] or lang.that[word] then return nil end
    if is_verb(ctx, verb, lang.reporting) and not cues.is_noun(ctx, verb) then
      local group = phrases.back(ctx, verb - 1, i)
      if not group or group.kind == "noun" then return nil end
      return { group = group, verb = verb, from = i, to = verb, rule = "X said", sure = 0.85 }
    end
  end
end

-- "in her words"
local function in_words(ctx, i, hi)
  local t = ctx.tokens
  if ctx.lang.code ~= "en" or t.word[i] ~= "in" then return nil end
  local pronoun = ({ his = "m", her = "f" })[t.word[i + 1]]
  if pronoun and t.word[i + 2] == "words" then
    local group = { kind = "pronoun", from = i + 1, to = i + 1, gender = pronoun }
    return { group = group, from = i, to = i + 2, rule = "in X's words", sure = 0.9 }
  end
  local group = phrases.back(ctx, math.min(i + 3, hi), i + 1)
  if group and t.word[i + 4] == "words" then
    return { group = group, from = i, to = i + 4, rule = "in X's words", sure = 0.9 }
  end
end

-- What stands behind a quotation.
function cues.after(ctx, q)
  local t = ctx.tokens
  local i = q.token + 1
  local linked = q.comma and "comma inside" or (q.stop ~= "." and q.stop) and "mark" or nil
  while t.word[i] == "," or t.word[i] == "-" do i, linked = i + 1, linked or "comma" end
  if i > t.n or t.word[i] == "\n" or t.word[i] == "Q" then return nil end
  local hi = clause_end(t, i)
  if q.stop == "." and not linked and not (t.word[hi + 1] == "." and hi - i < 5) then return nil end
  local cue = cues.according(ctx, i, hi) or inverted(ctx, i, hi) or upright(ctx, i, hi, linked)
    or in_words(ctx, i, hi) or q.comma and leftward(ctx, i, hi)
  if cue and linked == "mark" and t.word[cue.to + 1] == "," and t.word[cue.to + 2] == "Q" then return nil end
  if cue and linked == "mark" and t.word[cue.to + 1] == ":" then return nil end
  return cue
end

local function lower_limit(t, q)
  local lo = math.max(t.first[t.sentence[q.token]], q.token - FARTHEST)
  for k = q.token - 1, lo, -1 do
    if t.word[k] == "Q" and not t.quote[k].refused then return k + 1 end
  end
  return lo
end

-- "by his own description", "in her own words", before what is quoted.
local ACCOUNTS = { description = true, words = true, account = true, admission = true, reckoning = true }

local function own_account(ctx, lo, hi)
  local t = ctx.tokens
  if ctx.lang.code ~= "en" then return nil end
  for k = hi, math.max(lo + 2, hi - 4), -1 do
    local owner = t.word[t.word[k - 1] == "own" and k - 2 or k - 1]
    local gender = ACCOUNTS[t.word[k]] and ({ his = "m", her = "f" })[owner]
    if gender then
      local group = { kind = "pronoun", from = k - 1, to = k, gender = gender }
      return { group = group, from = k - 1, to = k, rule = "in X's words", sure = 0.85, near = true }
    end
  end
end

-- The tokens in front of a quotation that may tell its speaker; over a line that ends with a colon.
local function stretch_before(t, q)
  local hi = q.token - 1
  if t.word[hi] == "\n" and t.word[hi - 1] == ":" then
    return math.max(t.first[t.sentence[hi]], hi - FARTHEST), hi - 1
  end
  return lower_limit(t, q), hi
end

local function agent(ctx, verb, hi)
  local t = ctx.tokens
  for k = verb + 1, hi do
    if ctx.lang.by[t.word[k]] then
      local group = phrases.forward(ctx, k + 1, hi)
      if group and group.kind ~= "noun" then return group end
    end
  end
end

local BE = { ["is"] = true, was = true, were = true, are = true, been = true, being = true, be = true }

-- "Ivanov, called the "king of the road","
local NAMING = { called = true, described = true, dubbed = true, named = true, considered = true,
  hailed = true, labelled = true, labeled = true, termed = true, deemed = true, regarded = true }

local function is_passive(ctx, verb, lo)
  local t, lang = ctx.tokens, ctx.lang
  if lang.code ~= "en" or not t.word[verb]:find("[edn]$") then return false end
  local named = t.word[verb - 1] == "," and NAMING[t.word[verb]]
  if named and not lang.pronouns[t.word[verb + 1]] then return true end
  for k = verb - 1, math.max(lo, verb - 3), -1 do
    if BE[t.word[k]] then return true end
    if not lang.fillers[t.word[k]] and not t.word[k]:find("ly$") then return false end
  end
  return false
end

-- The subject of a verb that has none just before it: that of its sentence.
local function shared_subject(ctx, verb)
  local t = ctx.tokens
  local group = phrases.subject(ctx, t.sentence[verb], verb)
  return group and group.to < verb and group or nil
end

-- Who does what the verb tells, and how sure that is; not looked for before token lo.
function cues.subject_of(ctx, verb, lo)
  local t, lang = ctx.tokens, ctx.lang
  local at = verb - 1
  while at > lo and not t.capital[at] and (lang.fillers[t.word[at]] or t.word[at]:find("..ly$")) do
    at = at - 1
  end
  local before = t.word[at]
  local free = verb == lo or before == "," or lang.conjunctions[before] or before == "to" or before == "-"
    or before == "while" or before == "by"
  if lang.participles[t.word[verb]] then
    if not free then
      local group = phrases.back(ctx, verb - 1, lo)
      if group and group.kind ~= "noun" then return group, 0.8 end
    end
    return shared_subject(ctx, verb), 0.8
  end
  local group, why
  if not free or before == "," then group, why = phrases.back(ctx, verb - 1, lo) end
  if group then return group, 0.9 end
  if free or why then return shared_subject(ctx, verb), 0.75 end
end

cues.is_passive = is_passive

-- The subject of a verb; of a passive one who is named behind "by", before token hi.
function cues.teller_of(ctx, verb, lo, hi)
  if is_passive(ctx, verb, lo) then return agent(ctx, verb, hi), 0.8 end
  return cues.subject_of(ctx, verb, lo)
end

-- A cue with this verb, which stands before a quotation; "passive" when it tells nobody.
local function with_verb(ctx, verb, lo, hi)
  local t, lang = ctx.tokens, ctx.lang
  if is_passive(ctx, verb, lo) and t.word[verb] ~= "quoted" then
    local group = agent(ctx, verb, hi)
    if not group then return nil, "passive" end
    return { group = group, verb = verb, from = verb, to = group.to, rule = "said by X", sure = 0.85 }
  end
  local group, sure = cues.subject_of(ctx, verb, lo)
  if not group and (lang.inverted or lang.code == "de") then
    group, sure = phrases.forward(ctx, skip_fillers(ctx, verb + 1, hi), hi), 0.85
  end
  if not group then return nil end
  return { group = group, verb = verb, from = math.min(group.from, verb), to = math.max(verb, group.to),
    rule = "X said before", sure = sure }
end

local PLURAL = { p = true, i = true }

-- "The British demand": a word that may be a noun is a verb only beside what can be its subject.
function cues.is_noun(ctx, verb)
  local t, lang = ctx.tokens, ctx.lang
  local word, before = t.word[verb], t.word[verb - 1]
  if not before then return false end
  if lang.determiners[before] or before:find("'\2*s$") or before:find("s'\2*$") then return true end
  if not lang.nouns[word] or lang.that[t.word[verb + 1]] then return false end
  if lang.prepositions[before] then return true end
  if word:find("[^s]s$") and t.capital[verb - 1] and not lang.places[before] then return false end
  return not (PLURAL[lang.pronouns[before]] or before:find("s$") or before == "to" or before == "will"
    or lang.fillers[before])
end

local function bracket_between(t, from, to)
  for k = from, to do
    if t.word[k] == "(" then return true end
  end
  return false
end

-- "wrote to a friend who was “…”": the quotation belongs to another clause.
local function is_clause_between(ctx, verb, hi)
  local t, lang = ctx.tokens, ctx.lang
  if lang.code ~= "en" or not BE[t.word[hi]] then return false end
  for k = verb + 1, hi - 1 do
    if lang.that[t.word[k]] then return false end
    if lang.relative[t.word[k]] then return true end
  end
  return false
end

-- What stands before a quotation in its sentence.
function cues.before(ctx, q)
  local t, lang = ctx.tokens, ctx.lang
  local lo, hi = stretch_before(t, q)
  if hi < lo then return nil end
  local colon = t.word[hi] == ":"
  local passive
  local account = own_account(ctx, lo, hi)
  if account then return account end
  for verb = hi, lo, -1 do
    local word = t.word[verb]
    local quoted_as = lang.participles[word] or lang.judging[word]
    if quoted_as and not t.capital[verb] and not cues.is_noun(ctx, verb)
      and not is_clause_between(ctx, verb, hi) then
      local cue, why = with_verb(ctx, verb, lo, hi)
      if cue then
        if colon then cue.rule = "X said:" end
        cue.near = hi - verb <= 1 or colon or t.word[hi] == "," and not bracket_between(t, verb, hi)
        return cue
      end
      passive = passive or why
      if why then return nil, why end
      local adjacent = hi == verb or hi == verb + 1 and (lang.that[t.word[hi]] or t.word[hi] == ",")
      if adjacent and lang.reporting[word] then
        return { verb = verb, from = verb, to = verb, rule = "verb alone", sure = 0.5, near = true }
      end
    end
  end
  for k = lo, hi do
    local cue = cues.according(ctx, k, hi)
    if cue then return cue end
  end
  if colon then
    local group = phrases.subject(ctx, t.sentence[hi], hi)
    if lang.generic[t.word[hi - 1]] or group and is_label(ctx, group) then group = nil end
    if group and group.kind ~= "noun" then
      return { group = group, from = group.from, to = hi, rule = "X:", sure = 0.75, near = true }
    end
  end
  return nil, passive
end

-- "…, he said" at the end of the sentence that holds a part of what was said.
function cues.at_end(ctx, s)
  local t, lang = ctx.tokens, ctx.lang
  local hi = t.last[s]
  while hi > t.first[s] and (t.word[hi] == "." or t.word[hi] == "\n") do hi = hi - 1 end
  for k = hi, math.max(t.first[s], hi - 18), -1 do
    if t.word[k] == "Q" then return nil end
    if t.word[k] == "," or t.word[k] == "-" then
      local cue = cues.according(ctx, k + 1, hi) or inverted(ctx, k + 1, hi) or upright(ctx, k + 1, hi)
      local spoken = cue and cue.group and not (cue.group.kind == "pronoun"
        and (t.capital[cue.group.from] or cue.rule == "said X" and cue.group.gender == "o"))
      if spoken and (cue.rule == "according to" or is_verb(ctx, cue.verb, lang.reporting)) then
        local longer = cue.rule == "X said" and cue.group.to < cue.verb
          and phrases.back(ctx, cue.group.to, t.first[s])
        if longer and longer.from < k then cue.group, cue.from = longer, longer.from end
        cue.comma = cue.from - 1
        return cue
      end
    end
  end
end

return cues
