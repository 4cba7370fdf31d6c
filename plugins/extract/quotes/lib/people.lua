-- people.lua - who occurs in an article, and whom a name, a role or a pronoun means.
--
-- A person is known by a full name. Roles and titles beside a name are remembered; "the minister" is the one
-- person whose roles hold all its words. Where that leaves a doubt, nobody is named.

local letters = require "letters"
local nominative = require "nominative"
local phrases = require "phrases"

local people = {}

local FAR = 4 -- sentences that a pronoun may look back

-- The people of an article; it is read for them when somebody asks first, for most articles quote nobody.
local function people_in(ctx)
  return ctx.people or people.new(ctx, ctx.article.headline, ctx.other_texts(ctx.article))
end

-- The last bytes of "'s" and "'", whichever apostrophe it is.
local POSSESSIVE = { [115] = true, [39] = true, [0x99] = true }

local function without_possessive(word)
  if not POSSESSIVE[word:byte(-1)] then return word end
  return (word:gsub("'s$", ""):gsub("’s$", ""):gsub("'$", ""):gsub("’$", ""))
end

-- A first word in capitals is how some papers begin a story; an acronym stays.
local function name_text(lang, t, first, last)
  local words = {}
  for i = first, last do
    local word = without_possessive(t.text:sub(t.from[i], t.to[i]))
    local calm = lang.men[t.word[i]] or lang.women[t.word[i]] or #word > 5 and last > first
    words[#words + 1] = calm and letters.calm(word) or word
  end
  return table.concat(words, " ")
end

local function key_of(t, i)
  return phrases.bare(t.word[i])
end

-- The name at tokens first..last as it is told, its keys, and the sex that its form tells.
local function spelt(self, t, first, last)
  local name, one, other = name_text(self.lang, t, first, last), key_of(t, first), key_of(t, last)
  if not self.lang.stems or last ~= first + 1 then return name, one, other end
  local plain, surname, sex = nominative.of(one, t.text:sub(t.from[last], t.to[last]), self.lang)
  if not plain then return name, one, other end
  local initial = t.text:sub(t.from[first], t.from[first] + 1)
  return initial .. plain:sub(3) .. " " .. surname, plain, letters.working(surname), sex
end

local function person_of(self, t, first, last)
  local name, one, other, sex = spelt(self, t, first, last)
  local person = self.by_name[name]
  if person then return person end
  person = { name = name, first = one, last = other, at = first, named = 0, gender = sex, roles = {},
    heads = {} }
  self.by_name[name] = person
  self.list[#self.list + 1] = person
  local lasts = self.by_last[person.last] or {}
  lasts[#lasts + 1] = person
  self.by_last[person.last] = lasts
  local without = person.last:match("^[ae]l%-(..+)$") -- al-Sistani, Sistani
  if without and not self.by_last[without] then self.by_last[without] = lasts end
  local firsts = self.by_first[person.first] or {}
  firsts[#firsts + 1] = person
  self.by_first[person.first] = firsts
  if self.lang.women[person.first] then person.guess = "f" end
  if self.lang.men[person.first] then person.guess = "m" end
  person.likely = person.guess ~= nil
  return person
end

-- "Beltrán Torres" behind "Marie Beltrán Torres" is the same person: a longer name ends so.
local function longer_name(self, t, first, last)
  local short = " " .. name_text(self.lang, t, first, last)
  for _, person in ipairs(self.by_last[key_of(t, last)] or {}) do
    if #person.name > #short and person.name:sub(-#short) == short then return person end
  end
end

local function country(lang, word)
  word = phrases.bare(word)
  return lang.synonyms[word] or word
end

-- Notes the words of from..to as a role of the person.
local function add_role(ctx, person, from, to)
  local t, lang = ctx.tokens, ctx.lang
  local role, _, at = phrases.find_role(ctx, from, to)
  if not role then return end
  for i = from, to do
    local word = t.word[i]
    if not lang.determiners[word] and word:find("^[%a\x80-\xff]") then
      person.roles[country(lang, word)] = true
    end
  end
  person.likely = true
  if lang.relations[role] then return end
  person.heads[lang.synonyms[role] or role] = true
  if not person.role or #person.role < 4 then
    local first = from
    while first < at and lang.determiners[t.word[first]] do first = first + 1 end
    person.role = t.text:sub(t.from[first], t.to[to])
  end
  if role:find("woman$") or lang.women[role] then person.gender = "f" end
  if role:find("..man$") then person.gender = "m" end
end

-- What may stand between the words of a role, as in "Secretary of State for Trade".
local LINKS = { [","] = true, ["and"] = true, of = true, ["for"] = true }

-- Where the words that tell a role before a name begin.
local function role_start(ctx, first)
  local t, lang = ctx.tokens, ctx.lang
  local i, start, seen = first - 1, first, false
  local bottom = math.max(t.first[t.sentence[first]], first - 12)
  while i >= bottom do
    local word = t.word[i]
    local role = phrases.find_role(ctx, i, i)
    seen = seen or role ~= nil
    local fits = role or lang.tails[word] and seen or lang.honorifics[word] or lang.places[phrases.bare(word)]
      or (phrases.is_name(ctx, i) and (seen or t.capital[i + 1]))
      or (lang.tails[word] and t.capital[i])
      or (LINKS[word] and t.capital[i + 1] and t.capital[i - 1])
      or (seen and word:find("^%a%a+$") and not lang.function_words[word] and not lang.reporting[word]
        and i == first - 2)
    if not fits then break end
    if not LINKS[word] then start = i end
    i = i - 1
  end
  return start
end

-- ", the Russian foreign minister," behind a name.
local function add_apposition(ctx, person, last)
  local t, lang = ctx.tokens, ctx.lang
  local word = t.word
  if word[last + 1] ~= "," then return end
  local from = last + 2
  for i = from, math.min(from + 16, t.n) do
    if word[i] == "," or word[i] == "." or word[i] == "\n" or word[i] == ";" then
      local opens = lang.determiners[word[from]] or phrases.find_role(ctx, from, from + 3)
      if opens and i - 1 > from then add_role(ctx, person, from, i - 1) end
      return
    end
    if lang.reporting[word[i]] or lang.relative[word[i]] or word[i] == "Q" then return end
  end
end

local CLOSES = { [","] = true, ["."] = true, ["\n"] = true, [":"] = true, ["Q"] = true, [";"] = true,
  ["!"] = true }

-- "Its chair, Mina Okafor, opened": the role stands before the name, in commas.
local function add_role_before(ctx, person, first, last)
  local t, lang = ctx.tokens, ctx.lang
  local after = t.word[last + 1]
  if t.word[first - 1] ~= "," or after and not CLOSES[after] then return end
  local from = first - 2
  local bottom = math.max(t.first[t.sentence[first]], first - 9)
  while from > bottom and from > 1 and t.word[from]:find("^[%a\x80-\xff]") do
    if lang.determiners[t.word[from]] then break end
    if lang.reporting[t.word[from]] or lang.conjunctions[t.word[from]] then return end
    from = from - 1
  end
  if from > first - 2 then return end
  local opens = lang.determiners[t.word[from]] or from == t.first[t.sentence[first]]
  if opens then add_role(ctx, person, from, first - 2) end
end

local function note_title(ctx, person, first)
  local title = ctx.lang.honorifics[ctx.tokens.word[first - 1]]
  if not title then return end
  person.likely = true
  if title ~= "x" then person.gender = title end
end

local function is_possessive(word)
  return word:find("'", 1, true) and (word:find("'\2*s$") or word:find("s'\2*$"))
end

-- Where the run of capitals that begins at token i ends: at a possessive, or before a small word.
local function run_end(ctx, i)
  local t, lang = ctx.tokens, ctx.lang
  while not is_possessive(t.word[i]) do
    local following = i + 1
    if lang.particles[t.word[following]] and not t.capital[following] then
      if not t.capital[following + 1] or lang.function_words[t.word[following + 1]] then break end
    elseif following > t.n or not t.capital[following] or not phrases.is_name(ctx, following) then
      break
    end
    i = following
  end
  return i
end

-- Runs of capital letters: calls each(first, last) for the name at the end of each run.
local function each_name(ctx, each)
  local t, done = ctx.tokens, 0
  for _, start in ipairs(t.capitals) do
    if start > done and phrases.is_name(ctx, start) then
      done = run_end(ctx, start)
      each(start, done)
    end
  end
end

local function note_run(ctx, self, run_from, run_to, later)
  local t, lang = ctx.tokens, ctx.lang
  if lang.organs[t.word[run_to]] and run_to > run_from and not lang.men[t.word[run_to - 1]]
    and not lang.women[t.word[run_to - 1]] then return end
  local first = phrases.name_start(ctx, run_from, run_to)
  if first > run_to then return end
  local length = run_to - first + 1
  if length == 1 then
    later[#later + 1] = { first, run_from }
  elseif length <= 5 then
    local person = longer_name(self, t, first, run_to) or person_of(self, t, first, run_to)
    person.named = person.named + 1
    self.at[first] = person
    note_title(ctx, person, first)
    local start = role_start(ctx, first)
    if start < first then add_role(ctx, person, start, first - 1) end
    add_role_before(ctx, person, first, run_to)
    add_apposition(ctx, person, run_to)
  end
end

local function note_short(ctx, self, first)
  local person = people.by_short_name(ctx, first)
  if not person then return end
  self.at[first] = person
  if ctx.lang.stems then people.to_nominative(ctx, person, first) end
  note_title(ctx, person, first)
  local start = role_start(ctx, first)
  if start < first then add_role(ctx, person, start, first - 1) end
  if not person.heads[1] then add_apposition(ctx, person, first) end
end

-- Full names outside the running text: headline, captions, keywords.
local function note_elsewhere(self, texts)
  for _, text in ipairs(texts) do
    for name in text:gmatch("%f[%w\x80-\xff]%u[%w\x80-\xff'’%-]+ %u[%w\x80-\xff'’%-]+") do
      local first, last = name:match("^(%S+) (%S+)$")
      local key = last:lower()
      self.elsewhere[key] = self.elsewhere[key] or letters.calm(first) .. " " .. last
    end
  end
end

local function find_main(self, headline)
  local plain = headline and headline:gsub("%s*%b()", ""):gsub(",.*$", "")
  if not plain then return nil end
  local best = self.by_name[plain]
  if best then return best end
  for _, person in ipairs(self.list) do
    if plain:find(person.name, 1, true) then return person end
  end
  local last = plain:match("(%S+)$")
  for _, person in ipairs(self.list) do
    if person.at < 8 and plain:find(" ") and last and person.last == last:lower() then return person end
  end
  return nil
end

-- Does the first sentence tell what the person is, as in "was a Russian composer"?
local function is_described(ctx, person)
  local t = ctx.tokens
  return t.sentences > 0 and person.at <= t.last[1] and phrases.find_role(ctx, t.first[1], t.last[1]) ~= nil
end

function people.new(ctx, headline, texts)
  local self = { lang = ctx.lang, by_name = {}, by_last = {}, by_first = {}, list = {}, at = {},
    elsewhere = {} }
  ctx.people = self
  local later = {}
  each_name(ctx, function(from, to) note_run(ctx, self, from, to, later) end)
  note_elsewhere(self, texts)
  self.main = find_main(self, headline)
  if self.main and is_described(ctx, self.main) then self.main.likely = true end
  for _, item in ipairs(later) do note_short(ctx, self, item[1]) end
  return self
end

-- "Антоном Веригиным", when "Веригин" occurs too, is Антон Веригин.
function people.to_nominative(ctx, person, i)
  local t = ctx.tokens
  local short, full = t.word[i], person.last
  if #short >= #full or full:sub(1, #short) ~= short then return end
  for first in pairs(ctx.lang.men) do
    if person.first:sub(1, #first) == first and #person.first - #first <= 4 then
      person.name = person.name:sub(1, #first) .. " " .. t.text:sub(t.from[i], t.to[i])
      person.guess, person.likely = "m", true
    end
  end
end

-- ---- whom a name means ------------------------------------------------------------

-- Of several people with one name: the one the article is about, else the one named most, else the first.
local function nearest(self, list)
  local best = list[1]
  for _, person in ipairs(list) do
    if person == self.main then return person end
    if person.named > best.named then best = person end
  end
  return best
end

local function stem_match(self, word)
  local found
  for last, list in pairs(self.by_last) do
    local short = math.min(#last, #word)
    if short >= 6 and math.abs(#last - #word) <= 6 and last:sub(1, short - 2) == word:sub(1, short - 2) then
      if found and found ~= list[1] then return nil end
      found = list[1]
    end
  end
  return found
end

function people.by_short_name(ctx, i)
  local self, word = people_in(ctx), key_of(ctx.tokens, i)
  local list = self.by_last[word]
  if not list and self.by_first[word] and #self.by_first[word] == 1 then
    local person = self.by_first[word][1]
    if person.likely or person == self.main then list = self.by_first[word] end
  end
  if list then return nearest(self, list) end
  if ctx.lang.stems then return stem_match(self, word) end
end

local function from_elsewhere(ctx, i)
  local self, t = people_in(ctx), ctx.tokens
  local name = self.elsewhere[key_of(t, i)]
  if not name then return nil end
  local person = self.by_name[name]
  if not person then
    person = { name = name, first = name:match("^%S+"):lower(), last = key_of(t, i), at = 0, named = 0,
      roles = {}, heads = {}, likely = true }
    self.by_name[name], self.by_last[person.last] = person, { person }
    self.list[#self.list + 1] = person
  end
  return person
end

-- A word that begins a sentence, and has a capital nowhere else, is no name.
local function is_common(ctx, i)
  local t = ctx.tokens
  if i ~= t.first[t.sentence[i]] and t.word[i - 1] ~= "Q" then return false end
  if ctx.lang.places[t.word[i]] then return false end
  local word = t.text:sub(t.from[i], t.to[i])
  if ctx.lang.generic[t.word[i]] then return true end
  if not word:find("[^s]s$") then return false end
  local known = ctx.common[word]
  if known == nil then
    known = not t.text:find("[%l,] " .. word:gsub("%W", "%%%0") .. "%f[^%w\x80-\xff]")
    ctx.common[word] = known
  end
  return known
end

-- "the National Gallery": one capital word that nobody is called by, with another before it.
local function is_institution(ctx, group)
  local t, first = ctx.tokens, group.first
  local leads = t.capital[group.from] and not ctx.lang.function_words[t.word[group.from]]
  return (group.definite or leads) and not group.role and first > group.from and t.capital[first - 1]
    and not ctx.lang.honorifics[t.word[first - 1]] and ctx.lang.code == "en"
    and phrases.bare(t.word[first - 1]) == t.word[first - 1]
end

local function whole_name(ctx, group)
  local t, from = ctx.tokens, group.from
  while from < group.to and not t.capital[from] do from = from + 1 end
  if ctx.lang.determiners[t.word[from]] then from = from + 1 end
  return { name = t.text:sub(t.from[from], t.to[group.to]), roles = {}, heads = {}, organ = true }, 0.9
end

local function resolve_name(ctx, group)
  local self, t = people_in(ctx), ctx.tokens
  if group.first == group.last then
    local person = people.by_short_name(ctx, group.last) or from_elsewhere(ctx, group.last)
    if person then return person, 1 end
    local word = t.word[group.last]
    if group.indefinite or ctx.lang.code == "en" and (word:find("..ish$") or word:find("..ian$")
      or word:find("..ese$")) and ctx.lang.places[word] then return nil end
    if is_common(ctx, group.last) then return nil end
    if is_institution(ctx, group) then return whole_name(ctx, group) end
    local name = name_text(ctx.lang, t, group.first, group.last)
    return { name = name, roles = {}, heads = {}, short = true }, 0.9
  end
  local person = self.at[group.first] or self.by_name[name_text(ctx.lang, t, group.first, group.last)]
  if person then return person, 1 end
  return { name = name_text(ctx.lang, t, group.first, group.last), roles = {}, heads = {} }, 0.95
end

-- ---- whom a role means --------------------------------------------------------------

local function words_of(ctx, group)
  local t, lang, words = ctx.tokens, ctx.lang, {}
  for i = group.from, group.to do
    local word = t.word[i]
    if not lang.determiners[word] and word:find("^[%a\x80-\xff]") then
      words[#words + 1] = country(lang, word)
    end
  end
  return words
end

local function has_role(person, words, head)
  if not person.heads[head] then
    local known = true
    for _, word in ipairs(words) do known = known and person.roles[word] end
    if not known or #words < 2 then return nil end
  end
  for _, word in ipairs(words) do
    if word ~= head and not person.roles[word] then return nil end
  end
  return true
end

-- An earlier group with the same head that names nobody: "A ministry spokesman … the spokesman".
local function unnamed_before(ctx, group, head)
  local list = ctx.unnamed[head]
  local last = list and list[#list]
  return last and last.from < group.from and last or nil
end

local function by_role(ctx, group, words, head)
  local best, count
  for _, person in ipairs(people_in(ctx).list) do
    if has_role(person, words, head) then
      if not best or (person.at < group.from and person.at > best.at) then best = person end
      count = (count or 0) + 1
    end
  end
  return best, count
end

-- "the director of the Museum": not just anybody who was told of.
local function has_complement(ctx, group)
  for i = group.from + 1, group.to - 1 do
    if ctx.tokens.word[i] == "of" then return true end
  end
  return false
end

local function in_focus(ctx, group, words, head)
  local s = ctx.tokens.sentence[group.from]
  for k = s, math.max(1, s - 2), -1 do
    local person = people.focus(ctx, k, group.from)
    if person and person.likely then
      if person.heads[head] then return person, 0.8 end
      local free = next(person.heads) == nil
      if free and not has_complement(ctx, group) then return person, 0.6 end
      for _, word in ipairs(words) do
        if word ~= head and person.roles[word] then return person, 0.6 end
      end
      return nil
    end
  end
end

local function resolve_role(ctx, group)
  local lang = ctx.lang
  local words = words_of(ctx, group)
  local head = lang.synonyms[group.role] or group.role
  if group.indefinite or group.plural then
    if not group.plural then
      ctx.unnamed[head] = ctx.unnamed[head] or {}
      table.insert(ctx.unnamed[head], group)
    end
    return nil
  end
  local person, count = by_role(ctx, group, words, head)
  local anonymous = unnamed_before(ctx, group, head)
  if anonymous and not (person and person.at > anonymous.from and person.at < group.from) then return nil end
  if person then return person, count == 1 and 0.9 or 0.75 end
  if not group.definite or group.owned or lang.unnamed[group.role] then return nil end
  return in_focus(ctx, group, words, head)
end

-- ---- whom a pronoun means --------------------------------------------------------------

local function fits(person, gender)
  if person.organ then return false end
  local known = person.gender or person.guess
  return not known or gender == "x" or known == gender
end

-- The person that sentence s is about, as far as token before; found once.
function people.focus(ctx, s, before)
  local known = ctx.subjects[s]
  if known == nil then
    ctx.subjects[s] = false
    local group = phrases.subject(ctx, s)
    local person = group and people.resolve(ctx, group)
    known = person and { person, group.from } or false
    ctx.subjects[s] = known
  end
  if known and (not before or known[2] < before) then return known[1] end
end

local function others_in(ctx, s, before, gender)
  local t, found = ctx.tokens, nil
  local last = math.min(t.last[s], before - 1)
  for i = math.max(t.first[s], last - 200), last do
    local person = people_in(ctx).at[i]
    if person and person.likely and fits(person, gender) then
      if found and found ~= person then return nil end
      found = person
    end
  end
  return found
end

local function said_in(ctx, s, before, gender)
  local list = ctx.said[s]
  for k = list and #list or 0, 1, -1 do
    local item = list[k]
    if item.at < before and item.person and fits(item.person, gender) then return item.person end
  end
end

local function resolve_pronoun(ctx, group)
  local gender = group.gender
  if gender ~= "m" and gender ~= "f" and gender ~= "x" then return nil end
  local s, i = ctx.tokens.sentence[group.from], group.from
  local doubtful
  for k = s, math.max(1, s - FAR), -1 do
    if doubtful and k < s - 1 then return doubtful, 0.6 end
    local speaker = said_in(ctx, k, i, gender)
    if speaker and speaker.likely then return speaker, k == s and 0.9 or 0.85 end
    local subject = people.focus(ctx, k, i)
    if subject and not fits(subject, gender) then subject = nil end
    if subject and subject.likely then return subject, k >= s - 1 and 0.85 or 0.7 end
    if subject and (subject.short or subject == people_in(ctx).main) then subject = nil end
    doubtful = doubtful or speaker or subject
    local other = others_in(ctx, k, i, gender)
    if other then return other, k >= s - 1 and 0.7 or 0.55 end
  end
  local main = people_in(ctx).main
  if main and fits(main, gender) then return main, 0.6 end
end

-- ---- organisations ------------------------------------------------------------------

-- Whom "the ministry" means: the last institution before it whose name has that word, "Ministry of Ports".
function people.institution(ctx, group)
  local t, lang, head = ctx.tokens, ctx.lang, ctx.tokens.word[group.to]
  if t.capital[group.to] then return nil end
  for k = group.from - 1, 1, -1 do
    if t.word[k] == head and t.capital[k] then
      local from, to = k, k
      while t.capital[from - 1] and not lang.determiners[t.word[from - 1]] do from = from - 1 end
      while t.capital[to + 1] or LINKS[t.word[to + 1]] and t.word[to + 1] ~= "," and t.capital[to + 2] do
        to = to + 1
      end
      if to == from then return nil end
      return { name = t.text:sub(t.from[from], t.to[to]), roles = {}, heads = {}, organ = true }, 0.8
    end
  end
end

local function resolve_organ(ctx, group)
  local t, lang, from = ctx.tokens, ctx.lang, group.from
  while from < group.to and (lang.determiners[t.word[from]] or lang.code == "en" and not t.capital[from]) do
    from = from + 1
  end
  if lang.calendar[t.word[group.to]] then return nil end
  if from == group.to and is_common(ctx, from) then return nil end
  if group.indefinite then return nil end
  local raw = t.text:sub(t.from[from], t.to[group.to])
  if group.title then raw = t.text:sub(group.title.inner, group.title.inner_to) end
  return { name = raw, roles = {}, heads = {}, organ = true }, 0.9
end

-- Whom a group of words means: a person, and how sure that is; nil when nobody can be named.
function people.resolve(ctx, group)
  if group.person ~= nil then return group.person or nil, group.sure end
  group.person = false
  local person, sure
  if group.kind == "pronoun" then
    person, sure = resolve_pronoun(ctx, group)
  elseif group.kind == "name" then
    person, sure = resolve_name(ctx, group)
  elseif group.kind == "role" then
    person, sure = resolve_role(ctx, group)
  elseif group.kind == "organ" then
    person, sure = resolve_organ(ctx, group)
  end
  group.person, group.sure = person or false, sure
  return person, sure
end

return people
