-- kinds.lua - what stands between marks and is not a quotation.

local people = require "people"

local kinds = {}

-- Words that stay small in a title.
local SMALL = {}
for word in ([[ a an the of in on at to for and or but with by from de la le der die das und as is vs v
  ]]):gmatch("%S+") do
  SMALL[word] = true
end

local WIDE = "[\xE3-\xEA][\x80-\xBF][\x80-\xBF]"

-- Chinese and Japanese write no blanks: two characters count as a word.
local function wide_words(copy, q)
  local _, count = copy:sub(q.inner, math.min(q.inner_to, q.inner + 300)):gsub(WIDE, "")
  return count // 2
end

-- Counts the words of a quotation, notes how it begins and ends.
function kinds.measure(ctx, q)
  local copy, text = ctx.copy, ctx.text
  local letters, words, titled, capitals = ctx.letters, 0, true, 0
  for at, word in copy:sub(q.inner, q.inner_to):gmatch("()([%w\x80-\xff][%w\x80-\xff'\2%-]*)") do
    words = words + 1
    local capital = letters.is_capital(text, copy, q.inner + at - 1)
    if words == 1 then q.capital = capital end
    if capital then capitals = capitals + 1 end
    if not capital and not SMALL[word] and not word:find("^%d") then titled = false end
    if words == 24 then break end
  end
  if words > 0 and copy:find("^[\xE3-\xEA]", q.inner) then words = math.max(words, wide_words(copy, q)) end
  q.words, q.titled = words, titled and capitals > 0 and words < 13
  local tail = copy:sub(math.max(q.inner, q.inner_to - 3), q.inner_to)
  tail = tail:match("([%.,;:!%?\x1e%-])[\x12'\"%)\2]*$")
  if tail == "," then
    q.comma = true
  elseif tail == "." or tail == "!" or tail == "?" then
    q.stop = tail
  end
end

-- Is a word of the set among the last few before token i, with no comma in between but at the end?
local function near_before(t, i, set, reach)
  local k = i
  if t.word[k] == "," or t.word[k] == ":" then k = k - 1 end
  for j = k, math.max(1, k - reach + 1), -1 do
    local word = t.word[j]
    if not word or word == "\n" or word == "Q" or word == "." or word == "," then return false end
    if set[word] then return true end
  end
  return false
end

-- Phrases of other languages, which some print between marks.
local BORROWED = {}
for phrase in ([[de facto;de jure;et al;et al.;ad hoc;per se;a priori;in situ;status quo;bona fide;vice versa;
  pro bono;in vitro;in vivo;alma mater;magnum opus;sine qua non;à la;en masse;plein air;ad interim]])
  :gmatch("%s*([^;]+)") do
  BORROWED[phrase] = true
end

local function copy_of(ctx, q)
  return q.words < 4 and ctx.copy:sub(q.inner, q.inner_to)
end

-- Do the words beside q leave no doubt that it was said?
local function is_said(ctx, q, cue)
  local t, lang = ctx.tokens, ctx.lang
  if not cue then return false end
  if lang.code == "en" and q.titled and not q.comma and not q.stop then return false end
  if cue.behind then return q.comma or q.stop or cue.linked end
  if not cue.near or not (q.capital or q.stop) then return false end
  return cue.rule == "X said:" or t.word[q.token - 1] == "," or cue.verb and lang.reporting[t.word[cue.verb]]
end

local function is_title(ctx, q, cue)
  local t, lang, before = ctx.tokens, ctx.lang, q.token - 1
  if not q.titled then return false end
  if near_before(t, before, lang.works, 3) then return true end
  if q.stop == "." and (q.words > 6 or cue and (cue.near or cue.behind)) then return false end
  return q.words > 1 or not cue
end

local function is_term(ctx, q, cue)
  local t, lang, before = ctx.tokens, ctx.lang, q.token - 1
  local told = cue and cue.group and cue.group.kind ~= "noun" and cue.sure > 0.8
  if near_before(t, before, lang.terms, 1) then return not (q.words > 3 and told) end
  return t.word[before] == "as" and q.words < 5 and near_before(t, before - 1, lang.terms, 2)
end

-- One of several in a row, the last of which was no quotation: songs such as "…", "…" and "…".
local JOINS = { [","] = true, ["and"] = true, ["or"] = true, ["&"] = true }

local function like_the_last(t, q)
  local k = q.token - 1
  if t.sentence[k] ~= t.sentence[q.token] then return nil end
  while JOINS[t.word[k]] do k = k - 1 end
  if k == q.token - 1 or t.word[k] ~= "Q" or q.comma or q.stop then return nil end
  return t.quote[k].refused
end

local MEANS = { means = true, meaning = true, meant = true }
local NAMES = { call = true, calls = true, called = true, dub = true, dubs = true, dubbed = true,
  nickname = true, nicknamed = true }
local FAR_VERB = 3 -- tokens between a verb and "his “Sea Song”"

-- A name for a thing, given in passing: "such as “…”", "it means the “…”", "finished his “Sea Song”".
local function is_named(ctx, q, cue)
  local t, lang, before = ctx.tokens, ctx.lang, q.token - 1
  local word = t.word[before]
  if lang.code ~= "en" or q.words < 2 then return false end
  if word == "as" and t.word[before - 1] == "such" or near_before(t, before, MEANS, 3) then return true end
  local naming = cue and cue.verb and NAMES[t.word[cue.verb]] and not cue.behind
  naming = naming and cue.group and q.words < 6 and not q.stop
  if naming and (q.titled or ctx.copy:find("^the ", q.inner)) and not people.resolve(ctx, cue.group) then
    return true
  end
  if not lang.determiners[word] or lang.that[word] or q.words > 5 then return false end
  if t.word[before - 1] == "as" or not cue then return cue == nil and q.words < 4 end
  if cue.rule == "comma, X verb" then return true end
  return q.words < 4 and not q.stop and not cue.behind and cue.verb and before - cue.verb > FAR_VERB
    and lang.writing[t.word[cue.verb]]
end

-- What q is when nobody says it.
local function unsaid(ctx, q)
  local t = ctx.tokens
  local before, after = t.word[q.token - 1], t.word[q.token + 1]
  local first = t.first[t.sentence[q.token]] == q.token
  local ended = q.stop or q.comma
  if first and (after == ":" or (after == "\n" or not after) and not ended and q.words < 12) then
    return "heading"
  end
  if before == ":" and ctx.lang.generic[t.word[q.token - 2]] then return "reference" end
  local named = q.capital and not first and not ended and before ~= ":"
  if named and q.words < 15 then return "title of a work" end
  if q.comma and q.capital then return nil end
  if q.words < 5 and not q.stop or q.words < 8 and not ended and not q.capital then return "scare quotes" end
end

-- The rule by which q is no quotation, or nil. cue is what was found beside it.
function kinds.refusal(ctx, q, cue)
  local t, lang, before = ctx.tokens, ctx.lang, q.token - 1
  if q.words == 0 then return "no words" end
  local whole = q.stop or q.comma
  if q.capital and q.words < 12 and not whole and near_before(t, before, lang.works, 1) then
    return "title of a work"
  end
  if is_named(ctx, q, cue) then return "term" end
  local same = like_the_last(t, q)
  if same and not (cue and cue.near) then return same end
  if is_said(ctx, q, cue) and not (q.titled and near_before(t, before, lang.works, 2)) then return nil end
  if is_title(ctx, q, cue) then return "title of a work" end
  if q.words < 2 then return "single word" end
  if BORROWED[copy_of(ctx, q)] then return "foreign phrase" end
  if is_term(ctx, q, cue) then return "term" end
  return not cue and unsaid(ctx, q) or nil
end

return kinds
