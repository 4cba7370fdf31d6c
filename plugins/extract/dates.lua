-- dates.lua - the days, months and years that a text speaks of, as EDTF.
--
-- Dates with a month's name or in figures are found by the core, in all languages that it knows; a year alone
-- is found here. What is relative, such as "yesterday", "on Thursday" or "two weeks
-- ago", is counted from the day of publication, and is left out when that is not known: news look back, so
-- a weekday is the last one, and a day without a year is the nearest. Spans have date and rule:
--   full      17 March 2021, May 2020          nearest   17 March: the year is that of the nearest one
--   month     in May: of this year or the last day       yesterday
--   year      in 2019                          weekday   on Thursday
--   ago       two weeks ago                    period    last month, this year
-- Relative words are known in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Russian.

-- ---- the calendar ---------------------------------------------------------------------------------------

local function days_of(y, m, d)
  y = m <= 2 and y - 1 or y
  local era, shifted = y // 400, (m + 9) % 12
  local of_era = y - era * 400
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + (153 * shifted + 2) // 5 + d - 1
end

local function civil(days)
  local era = days // 146097
  local rest = days - era * 146097
  local of_era = (rest - rest // 1460 + rest // 36524 - rest // 146096) // 365
  local day = rest - (365 * of_era + of_era // 4 - of_era // 100)
  local month = (5 * day + 2) // 153
  local y, m = of_era + era * 400, (month + 2) % 12 + 1
  return m <= 2 and y + 1 or y, m, day - (153 * month + 2) // 5 + 1
end

local function day_text(days)
  return ("%04d-%02d-%02d"):format(civil(days))
end

-- Monday is 1.
local function weekday_of(days)
  return (days + 2) % 7 + 1
end

local function month_text(base, offset)
  local y, m = civil(base)
  local months = y * 12 + m - 1 + offset
  return ("%04d-%02d"):format(months // 12, months % 12 + 1)
end

local function year_text(base, offset)
  return ("%04d"):format(civil(base) + offset)
end

local function week_text(base, offset)
  local monday = base - weekday_of(base) + 1 + 7 * offset
  return day_text(monday) .. "/" .. day_text(monday + 6)
end

local period_text = {
  day = function(base, offset) return day_text(base + offset) end,
  week = week_text, month = month_text, year = year_text,
}

-- ---- words ----------------------------------------------------------------------------------------------
-- In `days`, "day+0" and so on; in `weekdays` and `months` the places count, and / parts spellings.

local languages = {
  en = {
    days = { yesterday = -1, today = 0, tonight = 0, tomorrow = 1 },
    weekdays = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    months = "January February March April May June July August September October November December",
    before_year = "in since until from by of during before after early late mid", next = "next",
      last = "last",
    periods = { ["last week"] = "week-1", ["this week"] = "week+0", ["next week"] = "week+1",
      ["last month"] = "month-1", ["this month"] = "month+0", ["next month"] = "month+1",
      ["last year"] = "year-1", ["this year"] = "year+0", ["next year"] = "year+1" },
    units = { day = "day", days = "day", week = "week", weeks = "week", month = "month", months = "month",
      year = "year", years = "year" },
    numbers = "one two three four five six seven eight nine ten eleven twelve", ago_behind = "ago",
      a = "a an",
  },
  de = {
    days = { gestern = -1, heute = 0, morgen = 1, vorgestern = -2, ["übermorgen"] = 2 },
    weekdays = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag/Sonnabend Sonntag",
    months = "Januar/Jänner Februar/Feber März April Mai Juni Juli August September Oktober November "
      .. "Dezember",
    before_year = "in seit bis ab von jahr jahre ende anfang mitte sommer winter herbst frühjahr",
    next = "nächsten kommenden", last = "vergangenen letzten",
    periods = { ["letzte Woche"] = "week-1", ["vergangene Woche"] = "week-1",
      ["vergangenen Woche"] = "week-1",
      ["vorige Woche"] = "week-1", ["diese Woche"] = "week+0", ["dieser Woche"] = "week+0",
      ["nächste Woche"] = "week+1", ["kommende Woche"] = "week+1", ["vergangenen Monat"] = "month-1",
      ["diesem Jahr"] = "year+0", ["dieses Jahr"] = "year+0", ["vergangenes Jahr"] = "year-1",
      ["vergangenen Jahr"] = "year-1", ["letztes Jahr"] = "year-1", ["nächstes Jahr"] = "year+1",
      ["nächsten Jahr"] = "year+1", ["kommenden Jahr"] = "year+1" },
    units = { Tag = "day", Tagen = "day", Woche = "week", Wochen = "week", Monat = "month", Monaten = "month",
      Jahr = "year", Jahren = "year" },
    numbers = "einem/einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", ago_before = "vor",
  },
  fr = {
    days = { hier = -1, ["aujourd'hui"] = 0, demain = 1 },
    weekdays = "lundi mardi mercredi jeudi vendredi samedi dimanche",
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    before_year = "en depuis dès de fin début", next = "", next_behind = "prochain", last = "",
    last_behind = "dernier",
    periods = { ["semaine dernière"] = "week-1", ["cette semaine"] = "week+0",
      ["semaine prochaine"] = "week+1",
      ["mois dernier"] = "month-1", ["ce mois"] = "month+0", ["an dernier"] = "year-1",
      ["année dernière"] = "year-1", ["cette année"] = "year+0", ["an prochain"] = "year+1",
      ["année prochaine"] = "year+1" },
    units = { jours = "day", jour = "day", semaine = "week", semaines = "week", mois = "month", an = "year",
      ans = "year" },
    numbers = "un/une deux trois quatre cinq six sept huit neuf dix onze douze", ago_before = "a",
    ago_two = "y",
  },
  es = {
    days = { ayer = -1, hoy = 0, anteayer = -2 },
    weekdays = "lunes martes miércoles jueves viernes sábado domingo",
    months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    before_year = "en desde hasta de del año", next = "próximo", last = "pasado", next_behind = "próximo",
    last_behind = "pasado",
    periods = { ["semana pasada"] = "week-1", ["esta semana"] = "week+0", ["próxima semana"] = "week+1",
      ["mes pasado"] = "month-1", ["este mes"] = "month+0", ["año pasado"] = "year-1",
        ["este año"] = "year+0",
      ["próximo año"] = "year+1" },
    units = { ["días"] = "day", semanas = "week", semana = "week", meses = "month", mes = "month",
      ["año"] = "year", ["años"] = "year" },
    numbers = "un/una dos tres cuatro cinco seis siete ocho nueve diez once doce", ago_before = "hace",
  },
  it = {
    days = { ieri = -1, oggi = 0, domani = 1 },
    weekdays = "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    months = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    before_year = "nel dal del fino anno", next = "prossimo", last = "scorso", next_behind = "prossimo",
    last_behind = "scorso",
    periods = { ["settimana scorsa"] = "week-1", ["scorsa settimana"] = "week-1",
      ["questa settimana"] = "week+0",
      ["prossima settimana"] = "week+1", ["mese scorso"] = "month-1", ["scorso mese"] = "month-1",
      ["questo mese"] = "month+0", ["anno scorso"] = "year-1", ["scorso anno"] = "year-1",
      ["quest'anno"] = "year+0", ["prossimo anno"] = "year+1" },
    units = { giorni = "day", settimane = "week", mesi = "month", anni = "year" },
    numbers = "un/una due tre quattro cinque sei sette otto nove dieci undici dodici", ago_behind = "fa",
  },
  pt = {
    days = { ontem = -1, hoje = 0 }, months = "janeiro fevereiro março abril maio junho julho agosto "
      .. "setembro "
      .. "outubro novembro dezembro",
    weekdays = "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    before_year = "em desde até de ano", next = "próximo próxima", last = "passado",
      last_behind = "passado passada",
    periods = { ["semana passada"] = "week-1", ["esta semana"] = "week+0", ["próxima semana"] = "week+1",
      ["mês passado"] = "month-1", ["este mês"] = "month+0", ["ano passado"] = "year-1",
        ["este ano"] = "year+0",
      ["próximo ano"] = "year+1" },
    units = { dias = "day", semanas = "week", meses = "month", anos = "year" },
    numbers = "um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze", ago_before = "há",
  },
  nl = {
    days = { gisteren = -1, vandaag = 0, morgen = 1, eergisteren = -2, overmorgen = 2 },
    weekdays = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    months = "januari februari maart april mei juni juli augustus september oktober november december",
    before_year = "in sinds tot vanaf van jaar eind begin", next = "volgende komende",
      last = "vorige afgelopen",
    periods = { ["vorige week"] = "week-1", ["afgelopen week"] = "week-1", ["deze week"] = "week+0",
      ["volgende week"] = "week+1", ["vorige maand"] = "month-1", ["deze maand"] = "month+0",
      ["vorig jaar"] = "year-1", ["afgelopen jaar"] = "year-1", ["dit jaar"] = "year+0",
      ["volgend jaar"] = "year+1" },
    units = { dagen = "day", dag = "day", weken = "week", week = "week", maanden = "month", jaar = "year" },
    numbers = "een/één twee drie vier vijf zes zeven acht negen tien elf twaalf", ago_behind = "geleden",
  },
  sv = {
    days = { ["igår"] = -1, ["idag"] = 0, ["imorgon"] = 1, ["i går"] = -1, ["i dag"] = 0, ["i morgon"] = 1 },
    weekdays = "måndag/måndagen tisdag/tisdagen onsdag/onsdagen torsdag/torsdagen fredag/fredagen "
      .. "lördag/lördagen "
      .. "söndag/söndagen",
    months = "januari februari mars april maj juni juli augusti september oktober november december",
    before_year = "sedan från till år sommaren hösten våren", next = "nästa", last = "förra",
    periods = { ["förra veckan"] = "week-1", ["den här veckan"] = "week+0", ["nästa vecka"] = "week+1",
      ["förra månaden"] = "month-1", ["förra året"] = "year-1", ["nästa år"] = "year+1",
        ["i år"] = "year+0" },
    units = { dagar = "day", veckor = "week", vecka = "week", ["månader"] = "month", ["år"] = "year" },
    numbers = "en/ett två tre fyra fem sex sju åtta nio tio elva tolv", ago_behind = "sedan",
  },
  ru = {
    days = { ["вчера"] = -1, ["Вчера"] = -1, ["сегодня"] = 0, ["Сегодня"] = 0, ["завтра"] = 1,
      ["позавчера"] = -2 },
    weekdays = "понедельник вторник среду/среда четверг пятницу/пятница субботу/суббота воскресенье",
    months = "январе/январь/января феврале/февраль/февраля марте/март/марта апреле/апрель/апреля мае/май/мая "
      .. "июне/июнь/июня июле/июль/июля августе/август/августа сентябре/сентябрь/сентября "
      .. "октябре/октябрь/октября ноябре/ноябрь/ноября декабре/декабрь/декабря",
    before_year = "в с до к", year_behind = "году года год г", next = "следующий следующую",
      last = "прошлый прошлую",
    periods = { ["прошлой неделе"] = "week-1", ["этой неделе"] = "week+0", ["следующей неделе"] = "week+1",
      ["прошлом месяце"] = "month-1", ["этом месяце"] = "month+0", ["следующем месяце"] = "month+1",
      ["прошлом году"] = "year-1", ["этом году"] = "year+0", ["следующем году"] = "year+1" },
    units = { ["дня"] = "day", ["дней"] = "day", ["недели"] = "week", ["недель"] = "week",
      ["месяца"] = "month",
      ["месяцев"] = "month", ["года"] = "year", ["лет"] = "year" },
    numbers = "один/одну два/две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    ago_behind = "назад",
  },
}

local function places(list)
  local map, place = {}, 0
  for item in list:gmatch("%S+") do
    place = place + 1
    for word in item:gmatch("[^/]+") do map[word] = place end
  end
  return map
end

local function set_of(list)
  local set = {}
  for word in (list or ""):gmatch("%S+") do set[word] = true end
  return set
end

for _, one in pairs(languages) do
  one.weekdays, one.months, one.numbers = places(one.weekdays), places(one.months), places(one.numbers)
  for _, key in ipairs { "before_year", "next", "last", "next_behind", "last_behind", "ago_before",
    "ago_behind",
    "year_behind", "a" } do one[key] = set_of(one[key]) end
end

-- ---- finding --------------------------------------------------------------------------------------------

-- The words of the text with their places; typographic marks are parted from the words, and an apostrophe
-- or hyphen within a word stays.
local function words_of(text)
  local words, from, to, n = {}, {}, {}, 0
  text = text:gsub("\xe2\x80\x99", "'  "):gsub("\xe2\x80[\x80-\xbf]", "   "):gsub("\xc2[\xa0\xab\xbb]", "  ")
  for at, word, behind in text:gmatch("()([%w\x80-\xff][%w\x80-\xff'-]*)()") do
    local plain = word:gsub("['-]+$", "")
    n = n + 1
    words[n], from[n], to[n] = plain, at, behind - 1 - (#word - #plain)
  end
  return { word = words, from = from, to = to, n = n, text = text }
end

-- Nothing but one blank between word i and the next.
local function joined(list, i)
  return list.word[i + 1] and list.from[i + 1] - list.to[i] == 2 and list.text:byte(list.to[i] + 1) == 32
end

local function is_year(word)
  return word and #word == 4 and (word:find("^1[6-9]%d%d$") or word:find("^20%d%d$")) ~= nil
end

local function find_period(lang, list, i, base)
  if not joined(list, i) then return nil end
  local phrase = list.word[i] .. " " .. list.word[i + 1]
  local what = lang.periods[phrase] or lang.periods[phrase:lower()]
  if not what then return nil end
  local unit, offset = what:match("^(%a+)([+-]%d)$")
  return period_text[unit](base, tonumber(offset)), "period", i + 1
end

local function find_day(lang, list, i, base)
  local word = list.word[i]
  local offset = lang.days[word] or lang.days[word:gsub("^%u", string.lower)]
  local last = i
  if not offset and joined(list, i) then
    offset, last = lang.days[word:lower() .. " " .. list.word[i + 1]], i + 1
  end
  if offset and word ~= "Morgen" then return day_text(base + offset), "day", last end
end

local every = set_of "every each jeden chaque cada ogni elke varje каждый каждую"

local function find_weekday(lang, list, i, base)
  local place = lang.weekdays[list.word[i]]
  if not place or every[list.word[i - 1]] then return nil end
  local before, behind = list.word[i - 1], joined(list, i) and list.word[i + 1]
  before = before and joined(list, i - 1) and before:lower() or ""
  local back = (weekday_of(base) - place) % 7
  if lang.next[before] or lang.next_behind[behind] then
    return day_text(base - back + 7), "weekday", lang.next_behind[behind] and i + 1 or i
  elseif (lang.last[before] or lang.last_behind[behind]) and back == 0 then
    back = 7
  end
  return day_text(base - back), "weekday", lang.last_behind[behind] and i + 1 or i
end

-- "May 2020"; alone a month needs a preposition, because May is also a name and a verb.
local function find_month(lang, list, i, base)
  local word = list.word[i]
  local place = lang.months[word] or lang.months[word:lower()]
  if not place then return nil end
  local following = list.word[i + 1]
  if joined(list, i) and (following == "de" or following == "of") then
    if is_year(list.word[i + 2]) then return ("%s-%02d"):format(list.word[i + 2], place), "month", i + 2 end
  end
  local near = following and list.from[i + 1] - list.to[i] <= 3
  if near and is_year(following) then return ("%s-%02d"):format(following, place), "month", i + 1 end
  if not base or not lang.before_year[(list.word[i - 1] or ""):lower()] or not joined(list,
    i - 1) then return nil end
  if list.word[i + 1] and list.word[i + 1]:find("^%d") and joined(list, i) then return nil end
  local y, m = civil(base)
  return ("%04d-%02d"):format(place - m > 6 and y - 1 or m - place > 9 and y + 1 or y, place), "month", i
end

local function find_year(lang, list, i)
  local word = list.word[i]
  if not is_year(word) or list.text:find("^[.,]?%d", list.to[i] + 1) then return nil end
  local behind = joined(list, i) and list.word[i + 1]
  if lang.year_behind[behind] then return word, "year", i end
  if next(lang.year_behind) or not list.word[i - 1] or not joined(list, i - 1) then return nil end
  if lang.before_year[list.word[i - 1]:lower()] then return word, "year", i end
end

local function number_at(lang, word)
  return word and (tonumber(word:match("^%d%d?%d?$")) or lang.numbers[word:lower()]
    or lang.a[word:lower()] and 1)
end

-- "two weeks ago", "vor zwei Wochen"
local function find_ago(lang, list, i, base)
  local first = i
  if next(lang.ago_before) then
    if not lang.ago_before[list.word[i]:lower()] or lang.ago_two
      and list.word[i - 1] ~= lang.ago_two then return nil end
    i = i + 1
  end
  local count, unit = number_at(lang, list.word[i]), lang.units[list.word[i + 1]]
  if not count or not unit or not joined(list, i) then return nil end
  if next(lang.ago_behind) then
    if not joined(list, i + 1) or not lang.ago_behind[list.word[i + 2]] then return nil end
    return period_text[unit](base, -count), "ago", i + 2, first
  end
  return period_text[unit](base, -count), "ago", i + 1, first
end

-- XXXX-03-17 in the year that brings it nearest to the day of publication.
local function nearest(value, base)
  local m, d = value:match("^XXXX%-(%d%d)%-(%d%d)$")
  if not m then return nil end
  local y, best = civil(base), nil
  for year = y - 1, y + 1 do
    local days = days_of(year, tonumber(m), tonumber(d))
    if not best or math.abs(days - base) < math.abs(best - base) then best = days end
  end
  return day_text(best)
end

-- ---- an article -----------------------------------------------------------------------------------------

local function published_day(article)
  local y, m, d = (article.published or ""):match("^(%d%d%d%d)%-(%d%d)%-(%d%d)")
  return y and days_of(tonumber(y), tonumber(m), tonumber(d))
end

-- What the core finds; the bytes are taken, so that no year is found within.
local function find_full(text, base, spans, taken)
  for value, from, to in sheaf.find_dates(text) do
    local resolved = base and nearest(value, base)
    spans[#spans + 1] = { from, to, { date = resolved or value, rule = resolved and "nearest" or "full" } }
    for at = from, to do taken[at] = true end
  end
end

local function first_found(lang, list, i, base)
  local date, rule, last = find_month(lang, list, i, base)
  if date then return date, rule, last end
  date, rule, last = find_year(lang, list, i)
  if date or not base then return date, rule, last end
  for _, find in ipairs { find_ago, find_period, find_day, find_weekday } do
    date, rule, last = find(lang, list, i, base)
    if date then return date, rule, last end
  end
end

local function find_relative(text, lang, base, spans, taken)
  local list, i = words_of(text), 1
  while i <= list.n do
    local date, rule, last
    if not taken[list.from[i]] then date, rule, last = first_found(lang, list, i, base) end
    if date and not taken[list.from[last]] then
      spans[#spans + 1] = { list.from[i], list.to[last], { date = date, rule = rule } }
      i = last
    end
    i = i + 1
  end
end

-- Weekdays before a full date tell nothing new: "Wednesday, March 17".
local function in_order(spans)
  table.sort(spans, function(one, other) return one[1] < other[1] end)
  local kept = {}
  for index, span in ipairs(spans) do
    local following = spans[index + 1]
    local doubled = span[3].rule == "weekday" and following and following[1] - span[2] <= 4
      and (following[3].rule == "full" or following[3].rule == "nearest")
    if not doubled then kept[#kept + 1] = span end
  end
  return kept
end

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Find the dates that the text speaks of, relative ones counted from publication.",
  args = {
    relative = { "boolean", default = true, help = "also find relative dates, such as yesterday" },
  },
  needs = { "text", "language", "published" },
  adds = { spans = "list" },
  each = function(article, opt)
    local text = article.text
    if not text then return nil end
    local lang = languages[(article.language or "und"):lower():match("^%a+") or "und"]
    local base, spans, taken = published_day(article), {}, {}
    find_full(text, base, spans, taken)
    if lang then find_relative(text, lang, opt.relative and base or nil, spans, taken) end
    if #spans == 0 then return nil end
    return { spans = in_order(spans) }
  end,
  examples = {
    { run = "sheaf run news.sheaf --extract dates --to layer",
      about = "keep the dates that texts speak of in the sheaf" },
  },
  tests = {
    { give = { text = "It was shut on March 17, 2021.", language = "en" },
      want = { spans = { { 16, 29, { date = "2021-03-17", rule = "full" } } } } },
    { give = { text = "It was shut on 17 March.", language = "en", published = "2021-01-05" },
      want = { spans = { { 16, 23, { date = "2021-03-17", rule = "nearest" } } } } },
    { give = { text = "It was shut on 30 December.", language = "en", published = "2021-01-05" },
      want = { spans = { { 16, 26, { date = "2020-12-30", rule = "nearest" } } } } },
    { give = { text = "They met in May 2020 and in 2019.", language = "en" },
      want = { spans = { { 13, 20, { date = "2020-05", rule = "full" } },
        { 29, 32, { date = "2019", rule = "year" } } } } },
    { give = { text = "Yesterday it rained; on Monday it did not.", language = "en",
      published = "2021-03-17" },
      want = { spans = { { 1, 9, { date = "2021-03-16", rule = "day" } },
        { 25, 30, { date = "2021-03-15", rule = "weekday" } } } } },
    { give = { text = "On Wednesday, next Wednesday.", language = "en", published = "2021-03-17" },
      want = { spans = { { 4, 12, { date = "2021-03-17", rule = "weekday" } },
        { 20, 28, { date = "2021-03-24", rule = "weekday" } } } } },
    { give = { text = "Two weeks ago, last month.", language = "en", published = "2021-03-17" },
      want = { spans = { { 1, 13, { date = "2021-03-01/2021-03-07", rule = "ago" } },
        { 16, 25, { date = "2021-02", rule = "period" } } } } },
    { give = { text = "Vor drei Tagen, am Montag.", language = "de", published = "2021-03-17" },
      want = { spans = { { 1, 14, { date = "2021-03-14", rule = "ago" } },
        { 20, 25, { date = "2021-03-15", rule = "weekday" } } } } },
    { give = { text = "Il y a deux jours, mardi dernier.", language = "fr", published = "2021-03-17" },
      want = { spans = { { 6, 17, { date = "2021-03-15", rule = "ago" } },
        { 20, 32, { date = "2021-03-16", rule = "weekday" } } } } },
    { give = { text = "Вчера, в 2019 году.", language = "ru", published = "2021-03-17" },
      want = { spans = { { 1, 10, { date = "2021-03-16", rule = "day" } },
        { 16, 19, { date = "2019", rule = "year" } } } } },
    { give = { text = "Yesterday they may have had 2000 ships.", language = "en" }, want = false },
    { opt = { relative = false }, give = { text = "Yesterday.", language = "en", published = "2021-03-17" },
      want = false },
    { give = { text = "On Wednesday, March 17, they met.", language = "en", published = "2021-03-18" },
      want = { spans = { { 4, 22, { date = "2021-03-17", rule = "nearest" } } } } },
    { give = { headline = "No text" }, want = false },
  },
}
