-- phrases.lua - the group of words that names a speaker.
--
-- `back` reads one that ends before a verb, `forward` one that begins at a place. A group is
-- {from=, to=, kind=, first=, last=}: from and to are tokens, first and last the tokens of a name in it.
-- Kinds: pronoun, name, role ("the minister"), organ ("the Foreign Office"), noun ("the statement").

local phrases = {}

local LONGEST = 14

-- "his manager" is not the manager that was told of.
local OWNERS = {}
for word in ([[ his her its their our my your sein seine seiner ihr ihre ihrer son sa ses leur leurs su sus
  suo sua suoi sue seu seus suas его её ее их ]]):gmatch("%S+") do OWNERS[word] = true end

-- What may tie a name to a place of work: Jane Doe of the Daily News.
local TIES = { of = true, from = true, at = true, ["for"] = true }

-- Behind these a name is no subject: "his letter to Amati stated", "Tozer of Newcastle upon Tyne wrote".
local TO_SOMEBODY = { to = true, upon = true, from = true, about = true, against = true, with = true }

-- May token i be part of a name?
function phrases.is_name(ctx, i)
  local t, lang = ctx.tokens, ctx.lang
  local word = t.word[i]
  if not t.capital[i] then return false end
  if lang.calendar[word] then return lang.dialogue and (t.capital[i + 1] or t.capital[i - 1]) or false end
  if lang.prefaces[word] and i == t.first[t.sentence[i]] then return false end
  if lang.function_words[word] then return t.text:byte(t.from[i] + 1) == 46 end
  return true
end

local function bare(word)
  if not word:find("'", 1, true) then return word end
  return (word:gsub("'\2*s?$", ""))
end
phrases.bare = bare

local function find_role_of(lang, word)
  if lang.roles[word] then return word end
  local singular = word:match("^(.*)s$")
  if singular and lang.roles[singular] then return singular, true end
  singular = word:match("^(.*[^aeiou])ies$")
  if singular and lang.roles[singular .. "y"] then return singular .. "y", true end
  if word:find("men$") and lang.roles[word:gsub("men$", "man")] then return word:gsub("men$", "man"), true end
end

local REMEMBERED = 20000 -- words of which it is known whether they are roles

-- The role that a word names, or nil; and whether it is a plural. Asked for the same words again and again.
local function role_of(lang, word)
  local known = lang.role_of[word]
  if known == nil then
    local role, plural = find_role_of(lang, word)
    known = role and { role, plural } or false
    if lang.role_count >= REMEMBERED then lang.role_of, lang.role_count = {}, 0 end
    lang.role_of[word], lang.role_count = known, lang.role_count + 1
  end
  if known then return known[1], known[2] end
end

local function is_title(lang, word)
  return lang.honorifics[word] or role_of(lang, word) or lang.tails[word] or lang.places[bare(word)]
    or lang.organs[word]
end

local function has_first_name(ctx, i)
  local lang, word = ctx.lang, ctx.tokens.word[i]
  return i > 0 and ctx.tokens.capital[i] and (lang.men[word] or lang.women[word]) and true or false
end

-- Where the name at the end of tokens from..to begins; to + 1 when there is none.
local function name_start(ctx, from, to)
  local t, lang, first = ctx.tokens, ctx.lang, to + 1
  for i = to, from, -1 do
    local word = t.word[i]
    local titled = is_title(lang, bare(word)) and not (i == to and has_first_name(ctx, i - 1))
    if phrases.is_name(ctx, i) and not titled then
      if i < to and word:find("'\2*s$") then break end
      first = i
    elseif not (lang.particles[word] and first == i + 1 and i < to) then
      break
    end
  end
  while first <= to and not t.capital[first] do first = first + 1 end
  if to - first < 2 then return first end
  local word, before = t.word[first], t.word[first - 1]
  local complement = (before == "of" or before == "to") and lang.roles[t.word[first - 2]]
  local trade = word:find("..ologist$") or word:find("ist$") and has_first_name(ctx, first + 1)
  local noun = lang.capital_nouns and not has_first_name(ctx, first) and t.capital[first + 1]
  return (complement or trade or noun) and first + 1 or first
end
phrases.name_start = name_start

-- The role noun in tokens from..to, "the", "of" and what follows being left aside.
local function find_role(ctx, from, to)
  local found, plural, at
  for i = from, math.min(to, ctx.tokens.n) do
    local word = ctx.tokens.word[i]
    if found and ctx.lang.prepositions[word] then break end
    local role, many = role_of(ctx.lang, word)
    if role then found, plural, at = role, many, i end
  end
  return found, plural, at
end
phrases.find_role = find_role

local function is_complement(ctx, group, first)
  local word = ctx.tokens.word
  local before = first - 1
  while before > group.from and (word[before] == "the" or ctx.lang.places[word[before]]) do
    before = before - 1
  end
  return group.role_at and before > group.role_at and ctx.lang.prepositions[word[before]]
end

-- "Joseph Doe of the Daily News": the token behind which the name ends, or nil.
local function name_with_home(ctx, from, to)
  local t = ctx.tokens
  for i = from + 1, to - 1 do
    if ctx.lang.prepositions[t.word[i]] and not t.capital[i] then
      local first = name_start(ctx, from, i - 1)
      local titled = i - first == 1 and ctx.lang.honorifics[t.word[first - 1]]
      if i - first >= 2 or titled then return first, i - 1 end
      return nil
    end
  end
end

local function classify(ctx, group)
  local t, lang = ctx.tokens, ctx.lang
  local from, to = group.from, group.to
  local word = t.word[from]
  if word == "Q" and from == to then
    group.kind, group.title = "organ", t.quote[from]
    return group
  end
  if from == to and lang.pronouns[word] then
    group.kind, group.gender = "pronoun", lang.pronouns[word]
    return group
  end
  group.definite = (lang.stems or lang.determiners[word]) and not lang.indefinite[word]
  group.indefinite, group.owned = lang.indefinite[word], OWNERS[word]
  local start = lang.determiners[word] and from + 1 or from
  group.role, group.plural, group.role_at = find_role(ctx, start, to)
  local first, last = name_with_home(ctx, start, to)
  if first then
    group.kind, group.first, group.last = "name", first, last
    return group
  end
  first = name_start(ctx, start, to)
  local title = not group.role and first > start + 1 and t.word[first - 1] == "of"
    and phrases.is_name(ctx, first - 2) and not is_title(lang, bare(t.word[first - 2]))
  if title then
    group.kind = "organ"
    return group
  end
  if first <= to and not is_complement(ctx, group, first) then
    local noun = lang.capital_nouns and first == to and lang.determiners[word] and not group.role
    group.kind, group.first, group.last = noun and "noun" or "name", first, to
    return group
  end
  if group.role then
    group.kind = "role"
  else
    group.kind = t.capital[to] and "organ" or "noun"
  end
  return group
end

local function is_head(ctx, i)
  local t, lang = ctx.tokens, ctx.lang
  local word = t.word[i]
  if word == "Q" then return t.quote[i].titled and t.quote[i].words < 6 and not t.quote[i].comma end
  if #word < 2 and not t.capital[i] then return false end
  if phrases.is_name(ctx, i) then return true end
  if lang.function_words[word] or lang.reporting[word] and not lang.documents[word] then return false end
  return word:find("^[%a\x80-\xff]") ~= nil
end

-- One step to the left: may token i join the group that begins at i + 1? "stop" when it joins as the first.
local function joins_left(ctx, i, group)
  local t, lang = ctx.tokens, ctx.lang
  local word = t.word[i]
  if phrases.is_name(ctx, i) then return true end
  if lang.honorifics[word] and t.capital[i] then return true end
  if lang.determiners[word] then return "stop" end
  if role_of(lang, word) or word:find("'\2*s$") then return true end
  if word == "&" or lang.particles[word] and t.capital[i + 1] then
    group.joined = group.joined or word == "&"
    return t.capital[i - 1]
  end
  if word == "," and group.joined then return t.capital[i - 1] and t.capital[i + 1] end
  if TIES[word] and (t.capital[i + 1] or t.word[i + 1] == "the") then
    return i > 1 and (role_of(lang, t.word[i - 1]) or phrases.is_name(ctx, i - 1)) and true or false
  end
  if group.lower and #word > 1 and word:find("^[%a\x80-\xff]") then
    return not (lang.function_words[word] or lang.reporting[word] or lang.participles[word])
  end
  return false
end

-- "a spokesman for the ministry": goes on to the left of "for the".
local function before_complement(ctx, i, lo)
  local t, lang = ctx.tokens, ctx.lang
  if lang.code == "de" and i - 1 >= lo and role_of(lang, t.word[i - 1]) then return i - 1 end
  if i - 2 < lo or not lang.prepositions[t.word[i - 1]] then return nil end
  if role_of(lang, t.word[i - 2]) or lang.documents[t.word[i - 2]] then return i - 2 end
  if phrases.is_name(ctx, i - 2) and TIES[t.word[i - 1]] then return i - 2 end
end

local core_back

-- Jane Doe of the "Daily News": the name before the title of a paper.
local function title_back(ctx, group, lo)
  local t, k = ctx.tokens, group.from - 1
  if t.word[k] == "the" or t.word[k] and t.word[k]:find("'\2*s$") then k = k - 1 end
  local word = t.word[k]
  if TIES[word] and k > lo and phrases.is_name(ctx, k - 1) then
    local name = core_back(ctx, k - 1, lo)
    if name and name.kind == "name" then
      name.to = group.to
      return name
    end
  end
  return classify(ctx, group)
end

function core_back(ctx, j, lo)
  local t, lang = ctx.tokens, ctx.lang
  local group = { from = j, to = j }
  if lang.pronouns[t.word[j]] and not lang.relative[t.word[j]] then return classify(ctx, group) end
  if not is_head(ctx, j) or t.word[j]:find("'\2*s$") then return nil end
  if t.word[j] == "Q" then return title_back(ctx, group, lo) end
  local lower = not phrases.is_name(ctx, j)
  group.lower = lower
  local i, determined = j - 1, false
  while i >= lo and j - i < LONGEST do
    local joins = joins_left(ctx, i, group)
    if not joins then break end
    group.from = i
    group.lower = lower or role_of(lang, t.word[i]) ~= nil
    i = i - 1
    if joins == "stop" then
      determined = true
      local more = before_complement(ctx, group.from, lo)
      if not more then break end
      group.from, i, lower, determined, group.lower = more, more - 1, true, false, true
    end
  end
  local site = i - 2 >= lo and not determined and lang.documents[t.word[i]] and t.word[i - 1] == "of"
  if site and phrases.is_name(ctx, i - 2) then
    local name = core_back(ctx, i - 2, lo)
    if name and name.kind == "name" then return name end
  end
  classify(ctx, group)
  if lower and group.kind == "noun" and not determined then return nil end
  local inner = group.from > lo and lang.prepositions[t.word[group.from - 1]]
  if inner and group.kind == "noun" and not lang.documents[t.word[j]] then return nil, "inner" end
  local place = group.kind == "name" and group.first == group.last and group.from == group.first
  if inner and place and TO_SOMEBODY[t.word[group.from - 1]] then return nil, "inner" end
  return group
end

local function skip_fillers(ctx, j, lo)
  local t, lang = ctx.tokens, ctx.lang
  while j >= lo and not t.capital[j] and (lang.fillers[t.word[j]] or t.word[j]:find("..ly$")) do j = j - 1 end
  return j
end

-- The comma that opens what the comma at j closes.
local function opening_comma(t, j, lo)
  for k = j - 1, math.max(lo, j - 22), -1 do
    if t.word[k] == "," then return k end
    if t.word[k] == "Q" and t.quote[k].comma then return nil end
  end
end

local function opening_bracket(t, j, lo)
  for k = j - 1, math.max(lo, j - 12), -1 do
    if t.word[k] == "(" then return k end
  end
end

-- The group that ends at token j or, over adverbs and an apposition, before it; not before token lo.
function phrases.back(ctx, j, lo)
  local t, lang = ctx.tokens, ctx.lang
  j = skip_fillers(ctx, j, lo)
  if j < lo then return nil end
  local word = t.word[j]
  if lang.relative[word] then
    j = t.word[j - 1] == "," and j - 2 or j - 1
    return j >= lo and core_back(ctx, j, lo) or nil
  end
  if word == ")" then
    local open = opening_bracket(t, j, lo)
    return open and open > lo and core_back(ctx, open - 1, lo) or nil
  end
  if word ~= "," then return core_back(ctx, j, lo) end
  local open = opening_comma(t, j, lo)
  if not open or open <= lo then return nil end
  local group = core_back(ctx, open - 1, lo)
  if group and group.kind ~= "pronoun" then
    group.apposition = { open + 1, j - 1 }
    return group
  end
end

local function joins_right(ctx, i, hi, group)
  local t, lang = ctx.tokens, ctx.lang
  local word = t.word[i]
  if phrases.is_name(ctx, i) or lang.honorifics[word] and t.capital[i] then return true end
  if role_of(lang, word) then return true end
  if group.named then return lang.particles[word] and t.capital[i + 1] end
  if word == "&" or lang.particles[word] and t.capital[i + 1] then return t.capital[i + 1] end
  if word == "of" or word == "for" or word == "at" then
    local leads = t.capital[i + 1] or t.capital[i + 2] or lang.determiners[t.word[i + 1]]
    return i < hi and leads and group.role_seen
  end
  if t.word[i - 1] == "of" and t.capital[i + 1] and not lang.function_words[word] then return true end
  if lang.determiners[word] then return TIES[t.word[i - 1]] end
  if lang.function_words[word] or lang.reporting[word] and not lang.documents[word] then return false end
  return group.lower and word:find("^[%a\x80-\xff]") ~= nil and not word:find("ed$")
end

-- Lower-case words in a group must lead to a role or end as a noun behind an article.
local function settle_right(ctx, group)
  local t = ctx.tokens
  local to = group.to
  while to > group.from and not t.capital[to] and not role_of(ctx.lang, t.word[to]) and group.role_seen do
    to = to - 1
  end
  group.to = to
end

-- "the engineer and mayor Jane Doe": the name belongs to both roles; without one the first role means nobody.
local function join_second_role(ctx, group, hi)
  local t = ctx.tokens
  local k = group.to + 2
  hi = math.min(hi, group.to + 8)
  while k <= hi and t.word[k]:find("^%a") and not ctx.lang.reporting[t.word[k]] do k = k + 1 end
  local first = name_start(ctx, group.to + 2, k - 1)
  group.indefinite = true
  if k - 1 - first >= 1 then group.kind, group.first, group.last, group.to = "name", first, k - 1, k - 1 end
end

-- The group that begins at token i; not beyond token hi.
function phrases.forward(ctx, i, hi)
  local t, lang = ctx.tokens, ctx.lang
  if i > hi then return nil end
  local word = t.word[i]
  local group = { from = i, to = i }
  if lang.pronouns[word] then return classify(ctx, group) end
  if lang.relative[word] then return nil end
  local determined = lang.determiners[word] and not phrases.is_name(ctx, i)
  if not determined and not is_head(ctx, i) then return nil end
  if word == "Q" then
    local more = i < hi and (role_of(lang, t.word[i + 1]) or phrases.is_name(ctx, i + 1))
      and phrases.forward(ctx, i + 1, hi)
    return more or classify(ctx, group)
  end
  group.lower = determined or not phrases.is_name(ctx, i)
  local k = i
  if not determined then group.role_seen = role_of(lang, word) ~= nil end
  while k + 1 <= hi and k - i < LONGEST and joins_right(ctx, k + 1, hi, group) do
    k = k + 1
    local here = t.word[k]
    group.role_seen = group.role_seen or role_of(lang, here) ~= nil
    group.named = phrases.is_name(ctx, k) and not is_title(lang, here) and not here:find("'\2*s$")
    if group.named and not determined then group.lower = false end
    if group.role_seen and not t.capital[k] and role_of(lang, here) then group.lower = false end
    group.to = k
  end
  settle_right(ctx, group)
  if determined and group.to == i then return nil end
  classify(ctx, group)
  if group.kind == "role" and t.word[group.to + 1] == "and" then join_second_role(ctx, group, hi) end
  if not determined and group.kind == "noun" then return nil end
  return group
end

-- The group that a sentence begins with, over "However," and "In April 2010,".
function phrases.subject(ctx, s, before)
  local t, lang = ctx.tokens, ctx.lang
  local i, hi = t.first[s], math.min(t.last[s], (before or t.last[s] + 1) - 1)
  for k = hi, before and i or hi + 1, -1 do
    if t.word[k] == ";" then i = k + 1 break end
  end
  for _ = 1, 3 do
    while i <= hi and (lang.conjunctions[t.word[i]] or lang.fillers[t.word[i]] or t.word[i] == ","
      or t.word[i] == "\n") do i = i + 1 end
    if i > hi then return nil end
    local word = t.word[i]
    local group = not lang.prepositions[word] and not lang.participles[word] and not word:find("ing$")
      and not lang.prefaces[word]
      and phrases.forward(ctx, i, hi)
    if group and not lang.calendar[word] and not (group.kind == "noun" and t.word[group.to + 1] == ",") then
      return group
    end
    local comma
    for k = i, math.min(hi, i + 20) do
      if t.word[k] == "," then comma = k break end
    end
    if not comma then return group or nil end
    i = comma + 1
  end
end

return phrases
