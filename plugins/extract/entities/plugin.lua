-- entities - people, places and organisations, by lists of names and by patterns.
--
-- Nothing here has learnt anything: a run of capitalised words is looked up, or told by its last word
-- ("Ministry"), by the title before it, the verb behind it, or a common first name. What nothing tells is
-- left out. Places and international organisations are lists of our own. A later mention by the last word
-- of a person's name is that person. German, French, Spanish and Russian texts have lists of their own, whose
-- names are told in English, and people whose first name is known; other languages the names that are spelt
-- as in English.
--
-- Each mention is a span with kind, name and rule; people, places and organisations are lists with counts.

local names = require "names"
local organisations = require "organisations"
local places = require "places"
local translated = require "translated"

local LONGEST = 6 -- words of one name

local linking = { of = true, de = true, la = true, van = true, von = true, der = true, den = true, al = true,
  bin = true, el = true, da = true, dos = true, di = true, ["for"] = true, the = true, ["and"] = true }
local within = { de = true, la = true, van = true, von = true, der = true, den = true, al = true, bin = true,
  el = true, da = true, dos = true, di = true }

-- ---- words ----------------------------------------------------------------------------------------------

local function is_capital(word)
  return word:find("^%u") ~= nil or word:find("^\xc3[\x80-\x9e]") ~= nil
    or word:find("^\xc5[\x92\xa0\xbd]") ~= nil
    or word:find("^al%-%u") ~= nil
    or word:find("^\xd0[\x81\x90-\xaf]") ~= nil
end

-- The words of the text with places, whether they are capitalised, and whether a word goes on from the one
-- before: parted from it by a blank, or by the point of a title.
local function words_of(text)
  local list, n, last = { word = {}, from = {}, to = {}, capital = {}, joined = {}, first = {} }, 0, 0
  for from, word, behind in text:gmatch("()([%w\x80-\xff][%w\x80-\xff'.&-]*)()") do
    local typographic = word:find("\xe2\x80", 1, true)
    if typographic then word = word:sub(1, typographic - 1) end
    word = word:gsub("'s$", ""):gsub("['-]+$", "")
    if word:sub(-1) == "." and not word:find("^%u%.") then word = word:gsub("%.+$", "") end
    if word ~= "" then
      n = n + 1
      list.word[n], list.from[n], list.to[n] = word, from, from + #word - 1
      list.capital[n] = is_capital(word)
      local gap = text:sub(last + 1, from - 1)
      list.joined[n] = n > 1 and (gap == " " or gap == ". " and names.titles[list.word[n - 1]] ~= nil)
      list.first[n] = n == 1 or gap:find("[.!?\n:\"]") ~= nil and not list.joined[n]
        or gap:find("\xe2\x80") ~= nil
      last = list.to[n]
    end
    last = math.max(last, typographic and last or behind - 1 - #(text:sub(from, behind - 1):match("%.+$")
      or ""))
  end
  list.n = n
  return list
end

local function phrase(list, first, last)
  return table.concat(list.word, " ", first, last)
end

-- The last word of the run of capitals that begins at i.
local function run_end(list, i)
  local last = i
  for k = i + 1, math.min(list.n, i + LONGEST - 1) do
    if not list.joined[k] then break end
    if list.capital[k] and not names.never[list.word[k]] then
      last = k
    elseif not (within[list.word[k]] or linking[list.word[k]] and organisations.heads[list.word[i]]) then
      break
    end
  end
  return last
end

-- ---- what a run is --------------------------------------------------------------------------------------

-- The longest beginning of the run that a list knows: kind, name, last word.
local function listed(list, first, last)
  for k = last, first, -1 do
    local text = phrase(list, first, k)
    local body, place = list.bodies[text], list.places[text]
    if body then return "organisation", body, k end
    if place then return "place", places[place] and places[place].name or place, k end
    if organisations.known[text] then return "organisation", organisations.known[text], k end
    if places[text] then return "place", places[text].name, k end
  end
end

local function by_ending(list, first, last)
  local word = list.word[last]
  if last > first and organisations.endings[word] then return "organisation", "ending" end
  if last > first and names.place_endings[word] then return "place", "ending" end
  if last > first and organisations.heads[list.word[first]] then return "organisation", "ending" end
end

local function is_spoken_of(list, last)
  local following = list.word[last + 1]
  return following and list.joined[last + 1] and names.verbs[following] ~= nil
end

local function by_person(list, first, last, text)
  if list.foreign then
    return last > first and last - first < 3 and names.abroad[list.word[first]] and "first name" or nil
  end
  if last == first or last - first > 3 then return nil end
  for k = first, last do
    if list.word[k]:find("%d") or list.word[k]:find("^%u%u%u+$") then return nil end
  end
  if names.first[list.word[first]] then return "first name" end
  if list.joined[first] and first > 1 and (names.titles[list.word[first - 1]]
    or names.roles[list.word[first - 1]]) then
    return "title"
  end
  if is_spoken_of(list, last) and last - first == 1 then return "verb" end
  if text:find("^, %d%d,", list.to[last] + 1) then return "age" end
end

-- ---- an article -----------------------------------------------------------------------------------------

local NONE = {}

local function new_state(article)
  local code = (article.language or ""):match("^%l+")
  return { text = article.text, spans = {}, entry_of = {}, person_of = {}, code = code,
    english = code == "en", lists = { person = {}, place = {}, organisation = {} } }
end

-- French and Italian elide: "l'Allemagne" is two words. The text keeps its length.
local function without_elisions(state)
  if state.code ~= "fr" and state.code ~= "it" then return state.text end
  return (state.text:gsub("%f[%w]([lLdD])\xe2\x80\x99", "%1   "):gsub("%f[%w]([lLdD])'", "%1 "))
end

local function read_words(state)
  local list = words_of(without_elisions(state))
  list.places, list.bodies = translated.places[state.code] or NONE, translated.bodies[state.code] or NONE
  list.foreign = not state.english
  return list
end

local function note(state, kind, name, rule, from, to)
  local key = kind .. "\n" .. name
  local entry = state.entry_of[key]
  if not entry then
    entry = { name = name, count = 0 }
    local place = kind == "place" and places[name]
    if place and place.country ~= name then entry.country = place.country end
    state.entry_of[key] = entry
    table.insert(state.lists[kind], entry)
  end
  entry.count = entry.count + 1
  state.spans[#state.spans + 1] = { from, to, { kind = kind, name = name, rule = rule } }
end

local function note_person(state, list, first, last, rule)
  local name = phrase(list, first, last)
  local short = list.word[last]
  state.person_of[short] = state.person_of[short] or name
  note(state, "person", name, rule, list.from[first], list.to[last])
end

-- Titles at the beginning of a run are not part of the name; the name of one word behind "Mr" is one.
local function after_titles(list, first, last)
  local from = first
  while from < last and names.titles[list.word[from]:gsub("%.$", "")] do from = from + 1 end
  return from
end

-- "Development Affairs Anna Lund": where a common first name begins the last two or three words of a run.
local function inner_name(list, first, last)
  for k = math.max(first + 1, last - 2), last - 1 do
    if names.first[list.word[k]] then return k end
  end
end

-- Reads the run; returns its last word.
local function read_run(state, list, first)
  local last = run_end(list, first)
  local kind, name, known_to = listed(list, first, last)
  if kind and (known_to == last or kind == "place" and not by_ending(list, first, last)) then
    note(state, kind, name, "list", list.from[first], list.to[known_to])
    return known_to
  end
  local rule
  if state.english then kind, rule = by_ending(list, first, last) end
  if state.english and kind then
    note(state, kind, phrase(list, first, last), rule, list.from[first], list.to[last])
    return last
  end
  local from = after_titles(list, first, last)
  local person = state.person_of[list.word[last]]
  if from == last and person then
    note(state, "person", person, "short", list.from[last], list.to[last])
    return last
  end
  if state.english and from > first and from == last and not names.titles[list.word[last]] then
    note_person(state, list, from, last, "title")
    return last
  end
  from = state.english and inner_name(list, from, last) or from
  rule = by_person(list, from, last, state.text)
  if rule then note_person(state, list, from, last, rule) end
  return (rule or state.english) and last or first
end

-- A run that begins with a word such as "New" or "Northern" counts when a list, or its last word, knows it.
local function read_weak_run(state, list, first)
  local last = run_end(list, first)
  local kind, name, known_to = listed(list, first, last)
  if kind and known_to > first then
    note(state, kind, name, "list", list.from[first], list.to[known_to])
    return known_to
  end
  if not state.english or last == first or not names.adjectives[list.word[first]] then return first end
  local _, _, rest = listed(list, first + 1, last)
  local rule
  kind, rule = by_ending(list, first, last)
  if not kind or rest == last then return first end
  note(state, kind, phrase(list, first, last), rule, list.from[first], list.to[last])
  return last
end

local function by_count(one, other)
  if one.count ~= other.count then return one.count > other.count end
  return one.name < other.name
end

local function each(article, opt)
  if not article.text then return nil end
  local state = new_state(article)
  local list, i = read_words(state), 1
  while i <= list.n do
    if list.capital[i] then
      i = (names.never[list.word[i]] and read_weak_run or read_run)(state, list, i)
    end
    i = i + 1
  end
  if #state.spans == 0 then return nil end
  for _, lists in pairs(state.lists) do table.sort(lists, by_count) end
  return { spans = opt.mentions and state.spans or {}, people = state.lists.person,
    places = state.lists.place,
    organisations = state.lists.organisation }
end

return {
  examples = {
    { run = "sheaf run seeds.sheaf --extract entities:mentions=no --to jsonl:keys=headline,layers",
      about = "who, where and which organisations, with counts" },
    { run = "sheaf run seeds.sheaf --extract entities --to sqlite -o seeds.db",
      about = "every mention as a row of a table" },
  },
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Find people, places and organisations, by lists and patterns.",
  args = {
    mentions = { "boolean", default = true, help = "give every mention as a span, besides the lists" },
  },
  needs = { "text", "language" },
  adds = { spans = "list", people = "list", places = "list", organisations = "list" },
  each = each,
  tests = {
    { give = { text = "Anna Colbrook flew to Moscow. Colbrook met the press.", language = "en" },
      want = {
        people = { { name = "Anna Colbrook", count = 2 } },
        places = { { name = "Moscow", count = 1, country = "Russia" } }, organisations = {},
        spans = {
          { 1, 13, { kind = "person", name = "Anna Colbrook", rule = "first name" } },
          { 23, 28, { kind = "place", name = "Moscow", rule = "list" } },
          { 31, 38, { kind = "person", name = "Anna Colbrook", rule = "short" } },
        },
      } },
    { give = { text = "Foreign Minister Qwent Verigin of Russia spoke.", language = "en" },
      want = { people = { { name = "Qwent Verigin", count = 1 } }, places = { { name = "Russia",
        count = 1 } } } },
    { give = { text = "The Secretary for Development Affairs Anna Lund left.", language = "en" },
      want = { people = { { name = "Anna Lund", count = 1 } } } },
    { give = { text = "Qwent Ostrov, 54, mends nets.", language = "en" },
      want = { people = { { name = "Qwent Ostrov", count = 1 } } } },
    { give = { text = "The Northern Cable Company told the UN and the Bank of Lerwick.", language = "en" },
      want = { organisations = { { name = "Bank of Lerwick", count = 1 },
        { name = "Northern Cable Company", count = 1 }, { name = "United Nations", count = 1 } } } },
    { give = { text = "Mr. Renn left for the Wicket River.", language = "en" },
      want = { people = { { name = "Renn", count = 1 } }, places = { { name = "Wicket River",
        count = 1 } } } },
    { give = { text = "The U.S. and Britain agreed.", language = "en" },
      want = { places = { { name = "United Kingdom", count = 1 }, { name = "United States", count = 1 } } } },
    { give = {
        text = "Die Bürgermeisterin Anna Sommer flog nach Moskau. Sommer traf die Vereinten Nationen.",
        language = "de" },
      want = { people = { { name = "Anna Sommer", count = 2 } },
        places = { { name = "Moscow", count = 1, country = "Russia" } },
        organisations = { { name = "United Nations", count = 1 } } } },
    { give = { text = "Anne Delorme quitte l'Allemagne pour Londres, dit l’ONU.", language = "fr" },
      want = { people = { { name = "Anne Delorme", count = 1 } },
        places = { { name = "Germany", count = 1 },
          { name = "London", count = 1, country = "United Kingdom" } },
        organisations = { { name = "United Nations", count = 1 } } } },
    { give = { text = "Julio Prat viaja a Estados Unidos y a Nueva York.", language = "es" },
      want = { places = { { name = "New York", count = 1, country = "United States" },
        { name = "United States", count = 1 } } } },
    { give = { text = "Анна Соколова прилетела в Москву из Германии и Лондона, сообщили в ООН.",
        language = "ru" },
      want = { people = { { name = "Анна Соколова", count = 1 } },
        places = { { name = "Germany", count = 1 },
          { name = "London", count = 1, country = "United Kingdom" },
          { name = "Moscow", count = 1, country = "Russia" } },
        organisations = { { name = "United Nations", count = 1 } } } },
    { give = { text = "Er flog nach Berlin zu Herrn Weber.", language = "de" },
      want = { places = { { name = "Berlin", count = 1, country = "Germany" } }, people = {} } },
    { opt = { mentions = false }, give = { text = "Oslo.", language = "en" },
      want = { spans = {}, places = { { name = "Oslo", count = 1, country = "Norway" } } } },
    { give = { text = "Nobody came, and It Was Cold.", language = "en" }, want = false },
    { give = { headline = "No text" }, want = false },
  },
}
