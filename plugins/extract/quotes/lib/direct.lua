-- direct.lua - gives each quotation its speaker, in the order of the text.
--
-- First the words beside a quotation are asked, then those of the quotation that it continues, then the
-- sentence and the paragraph before.

local cues = require "cues"
local kinds = require "kinds"
local people = require "people"
local phrases = require "phrases"

local direct = {}

local function said(ctx, s, at, person)
  local list = ctx.said[s] or {}
  list[#list + 1] = { at = at, person = person }
  ctx.said[s] = list
end
direct.note = said

-- Whom "it" and "the statement" mean: the organisation that spoke last; "the post": also who wrote last.
local function last_organ(ctx, group, may_write)
  local s = ctx.tokens.sentence[group.from]
  local organ, writer = ctx.organ, may_write and ctx.writer
  if writer and s - writer.sentence < 3 and not (organ and organ.sentence >= writer.sentence) then
    return writer.person, 0.7
  end
  if organ and s - organ.sentence < 12 then
    organ.sentence = s
    return organ.person, 0.8
  end
end

function direct.resolve(ctx, group)
  if not group then return nil end
  local t, lang = ctx.tokens, ctx.lang
  local person, sure = people.resolve(ctx, group)
  if person and person.organ then ctx.organ = { person = person, sentence = t.sentence[group.from] } end
  if person then return person, sure end
  if group.kind == "pronoun" and group.gender == "o" then return last_organ(ctx, group) end
  if group.definite and (group.kind == "noun" or group.kind == "organ") and lang.organs[t.word[group.to]]
    and not lang.documents[t.word[group.to]] then
    return people.institution(ctx, group)
  end
  if group.kind == "noun" and group.definite and lang.documents[t.word[group.to]] then
    return last_organ(ctx, group, true)
  end
end

local function beside(ctx, q)
  local t = ctx.tokens
  local cue = cues.after(ctx, q)
  if cue then
    cue.behind = true
    cue.linked = t.word[q.token + 1] == "," or t.word[q.token + 1] == "-"
    if q.comma or cue.linked and q.capital then return cue end
  end
  local other = cues.before(ctx, q)
  if cue and not q.comma and not cue.linked and other and other.near then return other end
  local fragment = not q.comma and not q.stop and not q.capital
  if cue and cue.linked and fragment and other and other.group then return other end
  if other and (not cue or other.near or not q.capital) then return other end
  if cue then return cue end
  cue = cues.at_end(ctx, t.sentence[q.token])
  if cue and cue.comma > q.token then return cue end
end

local function starts_sentence(t, q)
  local first = t.first[t.sentence[q.token]]
  return first == q.token
end

-- Only the cue of the quotation before, and marks, between two quotations?
local function only_cue_between(ctx, last, q)
  local t = ctx.tokens
  local s = t.sentence[q.token]
  if not last or last.block ~= q.block then return false end
  if last.token == q.token - 1 then return true end
  local cue = last.cue
  if not cue then return false end
  if cue.from > last.token then
    local between = t.sentence[cue.to]
    return between == s or t.last[between] + 1 == t.first[s] and starts_sentence(t, q)
  end
  return t.last[t.sentence[last.token]] + 1 == t.first[s] and starts_sentence(t, q)
end

local function inherit(q, last, rule, sure)
  q.speaker, q.group, q.rule, q.sure = last.speaker, last.group, rule, math.min(sure, last.sure or sure)
  q.continues = last
end

local function alone_in_paragraph(t, q)
  local before, after = t.word[q.token - 1], t.word[q.token + 1]
  return (before == nil or before == "\n") and (after == nil or after == "\n")
end

-- The subject of the sentence before in the same paragraph.
local function sentence_before(ctx, q)
  local t = ctx.tokens
  local s = t.sentence[q.token] - 1
  if s < 1 or t.word[t.last[s]] == "\n" or not starts_sentence(t, q) then return nil end
  local group = phrases.subject(ctx, s)
  if not group or group.kind == "noun" or group.kind == "organ" then return nil end
  local person, sure = direct.resolve(ctx, group)
  if person and person.likely then return person, group, sure end
end

local function attribute_alone(ctx, q, last)
  local t = ctx.tokens
  if last and last.open and last.speaker and last.next_block == q.block then
    return inherit(q, last, "continued paragraph", 0.95)
  end
  local whole = q.words > 3 or q.stop or q.comma
  if whole and only_cue_between(ctx, last, q) and (last.speaker or last.group) then
    return inherit(q, last, "split", 0.9)
  end
  local person, group, sure = sentence_before(ctx, q)
  if person and q.capital and not q.comma and (q.stop or q.words > 6) then
    q.speaker, q.group, q.rule, q.sure = person, group, "sentence before", 0.7 * (sure or 1)
    return
  end
  if alone_in_paragraph(t, q) and last and last.speaker and last.next_block == q.block and q.capital then
    return inherit(q, last, "paragraph before", 0.6)
  end
end

local function same_sentence(ctx, q, last)
  local t = ctx.tokens
  return last and last.cue and last.speaker ~= nil and t.sentence[last.token] == t.sentence[q.token]
    and last.cue.from <= last.token
end

local function take_cue(ctx, q, cue)
  q.cue, q.group, q.rule = cue, cue.group, cue.rule
  if not cue.group then
    q.sure = cue.sure
    return
  end
  local person, sure = direct.resolve(ctx, cue.group)
  q.speaker, q.sure = person, cue.sure * (sure or 1)
  if person and cue.group.kind == "name" and cue.sure > 0.85 and not person.short then
    person.likely = true
  end
  if person and cue.verb and ctx.lang.writing[ctx.tokens.word[cue.verb]] then
    ctx.writer = { person = person, sentence = ctx.tokens.sentence[q.token] }
  end
end

-- "he continued" may stand beside a translation that got the sex wrong.
local CONTINUING = { continued = true, added = true, continues = true, adds = true }

local function keep_speaker(ctx, q, last)
  local group, verb = q.cue.group, q.cue.verb
  if not (group and group.kind == "pronoun" and verb and CONTINUING[ctx.tokens.word[verb]]) then return end
  local before = last and last.block + 1 >= q.block and last.speaker
  if before and not before.gender and group.gender ~= "o" then
    q.speaker, q.sure, q.rule = last.speaker, 0.75, q.rule .. ", goes on"
  end
end

local FROM_AFAR = { split = true, ["continued paragraph"] = true, ["sentence before"] = true,
  ["paragraph before"] = true }

local function mixed_or_direct(t, q)
  local cue = q.cue
  if FROM_AFAR[q.rule] then
    return q.capital == false and not q.comma and not q.stop and "mixed" or "direct"
  end
  if not cue then return q.capital and (q.stop or starts_sentence(t, q)) and "direct" or "mixed" end
  local closed = q.comma or cue.linked or q.stop
  if cue.behind and closed and (starts_sentence(t, q) or q.capital) then return "direct" end
  if cue.near and q.capital then return "direct" end
  if cue.rule == "X said:" or cue.rule == "X:" then return "direct" end
  if q.capital and q.stop and q.words > 4 then return "direct" end
  return "mixed"
end

-- Finds speaker, rule and kind of q; last is the quotation before that counted. A refusal in q.refused.
function direct.attribute(ctx, q, last)
  local t = ctx.tokens
  local cue = beside(ctx, q)
  q.refused = kinds.refusal(ctx, q, cue)
  local split = only_cue_between(ctx, last, q)
  local same = split and cue and last.cue and last.cue.behind and cue.verb == last.cue.verb
  if same and cue.verb then cue = nil end
  local shared = not cue and not same and same_sentence(ctx, q, last)
  if split and (q.words > 1 and q.comma or q.stop == ".") and last.speaker then q.refused = nil end
  if q.refused == "scare quotes" and shared and q.words > 1 then q.refused = nil end
  if q.refused then return end
  if cue then
    take_cue(ctx, q, cue)
    keep_speaker(ctx, q, last)
  end
  if shared then
    inherit(q, last, "same sentence", 0.85)
    q.continues = nil
  elseif not cue then
    attribute_alone(ctx, q, last)
  end
  q.kind = mixed_or_direct(t, q)
  q.rule = q.rule or "no cue"
  if q.speaker then said(ctx, t.sentence[q.cue and q.cue.from or q.token], q.token, q.speaker) end
end

return direct
