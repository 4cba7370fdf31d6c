-- numbers.lua - sums of money, percentages, measures and counts, with their values.
--
-- A figure is digits, or in English also words such as "three" or "a dozen". What stands before and behind
-- it tells the kind: a currency, per cent, a unit, or for a count the word that is counted. Figures without
-- any of these, dates, times, years, scores and ordinals are left out. Whether "1.500" is 1500 or 1.5 depends
-- on the language. "pounds" are money in thousands and millions; else they may be a weight, and stay a count.
--
-- Each number is a span with kind, value, and currency, unit or `of`; a range has its end as `to`.

-- ---- tables ---------------------------------------------------------------------------------------------

local function reversed(lists)
  local map = {}
  for name, words in pairs(lists) do
    for word in words:gmatch("[^|]+") do map[word] = name end
  end
  return map
end

local symbols = reversed {
  USD = "$|US$", EUR = "€", GBP = "£", JPY = "¥", RUB = "₽", INR = "₹|Rs", KRW = "₩", ILS = "₪", UAH = "₴",
  TRY = "₺", CAD = "C$|CA$", AUD = "A$|AU$", NZD = "NZ$", HKD = "HK$", SGD = "S$", BRL = "R$", TWD = "NT$",
  THB = "฿", PHP = "₱", VND = "₫", NGN = "₦",
}

local currencies = reversed {
  USD = "USD|dollar|dollars|Dollar|dólares|dólar|dollari|dollaro|доллар|доллара|долларов|bucks|US-Dollar|美元",
  EUR = "EUR|euro|euros|Euro|евро|欧元|€", GBP = "GBP|£", JPY = "JPY|yen|Yen|иен|円|日元",
  RUB = "RUB|rouble|roubles|ruble|rubles|Rubel|roubles|rublos|rubli|рубль|рубля|рублей|руб|卢布",
  CHF = "CHF|Franken|Swiss francs", CNY = "CNY|yuan|Yuan|renminbi|юаней|元", INR = "INR|rupees|Rupien|rupias",
  SEK = "SEK|kronor", NOK = "NOK|kroner", DKK = "DKK", PLN = "PLN|zloty|zlotys|złotych",
    TRY = "TRY|lira|liras|Lira",
  UAH = "UAH|hryvnia|hryvnias|гривен|гривень", CAD = "CAD", AUD = "AUD", CZK = "CZK|korun",
    HUF = "HUF|forints",
  KRW = "KRW|won", MXN = "MXN", BRL = "BRL|reais", ZAR = "ZAR|rand", ILS = "ILS|shekels", KZT = "KZT|тенге",
}

local units = reversed {
  m = "m|metre|metres|meter|meters|Meter|Metern|mètres|mètre|metros|metri|метр|метра|метров|метрах",
  km = "km|kilometre|kilometres|kilometer|kilometers|Kilometer|Kilometern|kilomètres|kilómetros|quilômetros|"
    .. "chilometri|км|километр|километра|километров|公里",
  cm = "cm|centimetres|centimeters|Zentimeter|centimètres|centímetros|см|сантиметров",
    mm = "mm|millimetres|мм",
  mi = "mile|miles|Meilen|millas", ft = "ft|foot|feet", ["in"] = "inch|inches|Zoll", yd = "yard|yards",
  nmi = "nautical miles|Seemeilen|milles", g = "g|gram|grams|grammes|Gramm|gramos|грамм|граммов",
  kg = "kg|kilo|kilos|kilogram|kilograms|kilogrammes|Kilogramm|Kilo|кг|килограммов|公斤",
  t = "t|ton|tons|tonne|tonnes|Tonne|Tonnen|toneladas|tonnellate|тонн|тонны|тонна|吨",
  oz = "ounce|ounces", l = "litre|litres|liter|liters|Liter|litros|litri|литров|литра|л",
    ha = "ha|hectare|hectares|"
    .. "Hektar|hectáreas|ettari|га|гектаров", acre = "acre|acres",
      ["km²"] = "km²|km2|sq km|square kilometres|"
    .. "square kilometers|Quadratkilometer|km carrés",
      ["m²"] = "m²|m2|sq m|sq meters|sq metres|square metres|square meters|Quadratmeter",
  ["sq mi"] = "square miles|sq mi", ["sq ft"] = "square feet|sq ft",
    ["km/h"] = "km/h|kph|Stundenkilometer|км/ч",
  mph = "mph", kn = "knots|Knoten", ["°C"] = "°C|degrees Celsius|Grad Celsius|Grad",
    ["°F"] = "°F|degrees Fahrenheit",
  kW = "kW|kilowatts", MW = "MW|megawatt|megawatts|Megawatt|МВт", GW = "GW|gigawatts|Gigawatt|ГВт",
    kWh = "kWh",
  MWh = "MWh", GWh = "GWh", TWh = "TWh", bbl = "barrel|barrels|Barrel|barils|barriles|баррелей",
  second = "second|seconds|Sekunden|secondes|segundos|секунд|секунды",
    minute = "minute|minutes|Minuten|minutos|"
    .. "minuti|минут|минуты|分钟", hour = "hour|hours|Stunde|Stunden|heures|heure|horas|hora|ore|часов|часа|"
      .. "小时|時間",
  day = "day|days|Tag|Tage|Tagen|jours|jour|días|día|dias|giorni|дней|дня|день",
    week = "week|weeks|Woche|Wochen|"
    .. "semaines|semaine|semanas|semana|settimane|недель|недели",
      month = "month|months|Monat|Monate|Monaten|mois|"
    .. "meses|mes|mesi|месяцев|месяца|месяц",
      year = "year|years|Jahr|Jahre|Jahren|ans|années|año|años|anos|anni|"
    .. "лет|года|год|jaar|år",
}

local percents = reversed { percent = "%|percent|per cent|Prozent|pour cent|por ciento|per cento|por "
  .. "cento|процент|"
  .. "процента|процентов|procent|procenta|％|percentage points|percentage point|Prozentpunkte|п.п" }

local scale = {}
for value, words in pairs {
  [1e3] = "thousand|bin|Tausend|tausend|mille|mil|mila|тыс|тысяч|тысячи|тысяча|tusen|duizend|k|千",
  [1e6] = "million|millions|mn|Million|Millionen|Mio|millón|millones|milhões|milione|milioni|млн|миллион|"
    .. "миллиона|"
    .. "миллионов|miljoen|miljoner|millioner|milyon", [1e4] = "万", [1e8] = "亿|億",
  [1e9] = "billion|billions|bn|Milliarde|Milliarden|Mrd|milliard|milliards|miliardo|miliardi|bilhões|млрд|"
    .. "миллиард|"
    .. "миллиарда|миллиардов|miljard|miljarder|milyar|mil millones",
      [1e12] = "trillion|trillions|Billion|Billionen|billón|"
    .. "billones|трлн|триллион|триллионов|billions de|trilhões",
} do
  for word in words:gmatch("[^|]+") do scale[word] = value end
end

local small = {}
for index, word in ipairs { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
  "eleven",
  "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen" } do
  small[word] = index
end
for index, word in ipairs { "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" } do
  small[word] = 10 + 10 * index
end
small.dozen, small.hundred, small.zero = 12, 100, 0

-- Words that are never counted: "5 of", "the two were", "one and".
local uncounted = {}
for word in ([[of and or in on at to the a an is are was were be been by for from with as than that which
  who had has
  have after before per but it its he she they out into over under more less will would could can when
    while during
  both up down off if then so not no or one other others yesterday today
  tomorrow then than quarters thirds fifths halves und oder der die das in im am von zu bei mit für
    auf nach vor
  bis ist sind war et ou de du des la le les en à au aux par sur pour est y o del los las el por con para
    e di che il
  из и в на по с от до к за]]):gmatch("%S+") do
  uncounted[word] = true
end

local comma_decimal = {}
for tag in ("de fr es it pt nl sv da no nb nn fi pl cs sk ru uk be bg ro hu tr el hr sr sl lt lv et is "
  .. "id"):gmatch("%S+") do
  comma_decimal[tag] = true
end

-- ---- values ---------------------------------------------------------------------------------------------

local function exact(value)
  value = tonumber(("%.15g"):format(value))
  return math.tointeger(value) or value
end

local function separators(digits, mark)
  local count, last = 0, nil
  for at in digits:gmatch("%" .. mark .. "()") do count, last = count + 1, at end
  return count, last and #digits - last + 1
end

-- The mark that begins the decimals, or nil when all marks part thousands.
local function decimal_mark(digits, comma)
  local points, behind_point = separators(digits, ".")
  local commas, behind_comma = separators(digits, ",")
  if points > 0 and commas > 0 then return behind_point < behind_comma and "." or "," end
  if points + commas ~= 1 then return nil end
  local mark, behind = points == 1 and "." or ",", behind_point or behind_comma
  local own = (mark == ",") == comma
  if behind == 3 and not own and not digits:find("^0") then return nil end
  return mark
end

local function value_of(digits, comma)
  digits = digits:gsub("[^%d.,]", "")
  local mark = decimal_mark(digits, comma)
  local whole, rest = digits, ""
  if mark then whole, rest = digits:match("^(.*)%" .. mark .. "(%d*)$") end
  return tonumber(whole:gsub("[.,]", "") .. "." .. rest .. "0")
end

-- ---- what stands behind and before ----------------------------------------------------------------------

-- The longest entry of map that the text has at `at`, behind a blank or none; its value and its last byte.
local function entry_at(map, text, at)
  local from = text:match("^[ \xc2\xa0-]*()", at)
  if from - at > 3 then return nil end
  local first, behind = text:match("^([%a\x80-\xff%%%$/²]+)()", from)
  if not first then return nil end
  local second, behind_both = text:match("^ (%a+)()", behind)
  if second and map[first .. " " .. second] then return map[first .. " " .. second], behind_both - 1 end
  if map[first] then return map[first], behind - 1 end
  for size = 3, 6, 3 do -- scripts without blanks
    local part = first:byte() >= 0xe2 and first:sub(1, size)
    if part and map[part] then return map[part], from + size - 1 end
  end
  local symbol = first:match("^%%") or first:match("^°%a")
  if symbol and map[symbol] then return map[symbol], from + #symbol - 1 end
end

local function symbol_before(text, from)
  local head = text:sub(math.max(1, from - 6), from - 1):gsub("[ \xc2\xa0]+$", "")
  for size = 4, 1, -1 do
    local found = symbols[head:sub(-size)] or head:find("^%u%u%u$", -3) and size == 3
      and currencies[head:sub(-size)]
    local lettered = found and head:sub(-size):find("^%a") and head:sub(-size - 1, -size - 1):find("%a")
    if found and #head >= size and not lettered then return found, size + (from - 1 - #head) - math.max(0,
      from - 7) end
  end
end

-- Words before a figure that make it a name: "phase 2", "aged 45".
local naming = {}
for word in ("age aged phase version chapter article section room page number no part act level grade "
  .. "type top "
  .. "paragraph channel route highway flight unit zone"):gmatch("%S+") do
  naming[word] = true
end

-- "FTSE 100" and "Apollo 11" count nothing.
local function is_named(text, from)
  local word = text:sub(math.max(1, from - 20), from - 1):match("(%a+) $")
  return word ~= nil and (naming[word:lower()] or word:find("^%u") ~= nil and not uncounted[word:lower()])
end

-- The words behind a figure up to the noun; where grammar is not known, the next word alone.
local function counted(text, at, english)
  local first, behind = text:match(english and "^[ -]([%l\xc3-\xdf][%a\x80-\xff'-]+)()"
    or "^ ([%l\xc3-\xdf][%a\x80-\xff'-]+)()", at)
  if not first or uncounted[first] then return nil end
  local words = first
  for _ = 1, english and 3 or 0 do
    if words:find("[^su]s$") then return words end
    local word, further = text:match("^ (%l[%l-]+)()", behind)
    if not word or uncounted[word] then break end
    words, behind = words .. " " .. word, further
  end
  return words:find("[^su]s$") and words or first
end

-- ---- figures --------------------------------------------------------------------------------------------

-- "$40m" is millions where "40m" is metres.
local function read_short_scale(text, found)
  local factor = text:find("^[mM]%f[%A]", found.to + 1) and 1e6 or text:find("^[bB]n?%f[%A]",
    found.to + 1) and 1e9
  if not factor then return end
  found.value, found.upper, found.to = found.value * factor, found.upper and found.upper * factor,
    found.to + 1
end

-- Fills in kind and value; nil when nothing tells what the figure is.
local function complete(text, found)
  local factor, to = entry_at(scale, text, found.to + 1)
  if factor then
    found.value, found.upper, found.to = found.value * factor, found.upper and found.upper * factor, to
    local more, further = entry_at(scale, text, to + 1)
    if more then found.value, found.to = found.value * more, further end
  end
  if found.currency and not factor then read_short_scale(text, found) end
  if factor and text:find("^%. ", found.to + 1) and entry_at(currencies, text, found.to + 2) then
    found.to = found.to + 1 -- "12 Mio. Euro"
  end
  local name
  name, to = entry_at(percents, text, found.to + 1)
  if name then return "percent", nil, to end
  if found.currency then return "money", found.currency, found.to end
  name, to = entry_at(currencies, text, text:match("^ US()", found.to + 1) or found.to + 1)
  if name then return "money", name, to end
  if factor and text:find("^ pounds", found.to + 1) then return "money", "GBP", found.to + #" pounds" end
  name, to = entry_at(units, text, found.to + 1)
  if name and (#name > 1 or not found.words) then return "measure", name, to end
  if is_named(text, found.from) or found.words and found.value == 1 then return nil end
  name = counted(text, found.to + 1, found.english)
  if name then return "count", name, found.to end
end

local is_key = { money = "currency", measure = "unit", count = "of" }

local function add(spans, text, found, taken)
  for at = found.from, found.to do
    if taken[at] then return end
  end
  local kind, name, to = complete(text, found)
  if not kind or kind == "count" and found.year then return end
  if found.to > to then to = found.to end
  local data = { kind = kind, value = exact(found.value), to = found.upper and exact(found.upper) }
  if is_key[kind] then data[is_key[kind]] = name end
  if to < #text and text:find("^[\x80-\xbf]", to + 1) then return end
  spans[#spans + 1] = { found.from, to, data }
end

local function is_year(digits)
  return digits:find("^1[5-9]%d%d$") ~= nil or digits:find("^20%d%d$") ~= nil
end

-- The bytes of dates, which hold no numbers.
local function dates_in(text)
  local taken = {}
  for _, from, to in sheaf.find_dates(text) do
    for at = from, to do taken[at] = true end
  end
  return taken
end

local function digits_at(text, from, comma)
  local digits, to = text:match("^(%d[%d.,]*)()", from)
  local grouped = comma and text:match("^%d%d?%d?[ \xc2\xa0]+%d%d%d[ \xc2\xa0%d]*()", from)
  if grouped and text:sub(from, grouped - 1):gsub("\xc2\xa0", " "):find("^%d%d?%d? %d%d%d[ %d]*$") then
    local parts = text:sub(from, grouped - 1):gsub("\xc2\xa0", " "):gsub(" +$", "")
    if not parts:gsub("^%d+", ""):gsub(" %d%d%d", ""):find("%S") then
      return parts, from + #text:sub(from, grouped - 1):gsub("[ \xc2\xa0]+$", "") - 1
    end
  end
  digits = digits:gsub("[.,]+$", "")
  return digits, from + #digits - 1, to
end

-- "10-15" and "10–15"; the second figure, and its last byte.
local function range_end(text, to, comma)
  local from = text:match("^ ?[-–] ?()%d", to + 1) or text:match("^ ?\xe2\x80[\x92-\x94] ?()%d", to + 1)
    or text:match("^ to ()%d", to + 1)
  if not from then return nil end
  local digits, last = digits_at(text, from, comma)
  return value_of(digits, comma), last
end

-- Times, scores, versions and names such as A4 or B-52.
local function is_part(text, from, to, comma)
  if comma and text:sub(from, to):find("^[012]?%d%.[0-5]%d$") then return true end
  local before, after = text:sub(math.max(1, from - 2), from - 1), text:sub(to + 1, to + 3)
  return before:find("[%a\x80-\xbf]$") and not before:find("\xa0$")
    or before:find("[%w]%-$") or before:find("[%d:/#]$") or before:find("\xe2\x80[\x92-\x94]$")
      or after:find("^[:/]%d") or after:find("^st%A")
    or after:find("^[nr]d%A") or after:find("^th%A") or after:find("^s%A") or after:find("^th$")
end

local function find_figures(text, language, spans, taken)
  local comma, english = comma_decimal[language] or false, language == "en"
  local at = 1
  while true do
    local from = text:find("%d", at)
    if not from then return end
    local currency, size = symbol_before(text, from)
    local digits, to = digits_at(text, from, comma)
    local found = { from = from, to = to, value = value_of(digits, comma), year = is_year(digits),
      currency = currency, english = english }
    at = to + 1
    if found.value and (currency or not is_part(text, from, to, comma)) then
      local upper, last = range_end(text, to, comma)
      if upper and upper > found.value then found.upper, found.to, at = upper, last, last + 1 end
      if currency then found.from = from - size end
      add(spans, text, found, taken)
    end
  end
end

-- "twenty-five", "three hundred", "half a million" is not read; value and last byte.
local function words_at(text, word, behind)
  local value, to = small[word], behind - 1
  local unit, last = text:match("^[- ](%l+)()", behind)
  if value >= 20 and value < 100 and unit and small[unit] and small[unit] < 10 then
    value, to = value + small[unit], last - 1
    unit, last = text:match("^ (%l+)()", last)
  end
  if unit == "hundred" or unit == "dozen" then value, to = value * small[unit], last - 1 end
  return value, to
end

local function find_words(text, spans, taken)
  local free = 1
  for from, word, behind in text:gmatch("()%f[%w](%a+)()") do
    word = word:lower()
    if small[word] and from >= free then
      local value, to = words_at(text, word, behind)
      free = to + 1
      add(spans, text, { from = from, to = to, value = value, words = true, english = true }, taken)
    end
  end
end

local function each(article, opt)
  local text = article.text
  if not text then return nil end
  local language = (article.language or "und"):lower():match("^%a+")
  local spans, taken = {}, dates_in(text)
  find_figures(text, language, spans, taken)
  if opt.words and language == "en" then find_words(text, spans, taken) end
  local wanted, kept = {}, {}
  for _, kind in ipairs(opt.kinds) do wanted[kind] = true end
  table.sort(spans, function(one, other) return one[1] < other[1] end)
  for _, span in ipairs(spans) do
    if wanted[span[3].kind] then kept[#kept + 1] = span end
  end
  if #kept > 0 then return { spans = kept } end
end

local kinds = { "money", "percent", "measure", "count" }

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Find sums of money, percentages, measures and counts, with their values.",
  args = {
    kinds = { "list", default = kinds, values = kinds, min = 1, help = "which kinds to find" },
    words = { "boolean", default = true, help = "also read numbers in words; in English only" },
  },
  needs = { "text", "language" },
  adds = { spans = "list" },
  each = each,
  examples = {
    { run = "sheaf run news.sheaf --extract numbers:kinds=money --to jsonl:keys=headline,layers",
      about = "sums of money, with their values" },
  },
  tests = {
    { give = { text = "It cost $3.4 million.", language = "en" },
      want = { spans = { { 9, 20, { kind = "money", value = 3400000, currency = "USD" } } } } },
    { give = { text = "Es kostet 1.500,50 Euro.", language = "de" },
      want = { spans = { { 11, 23, { kind = "money", value = 1500.5, currency = "EUR" } } } } },
    { give = { text = "It rose 2.5% to 1,500 ships.", language = "en" },
      want = { spans = { { 9, 12, { kind = "percent", value = 2.5 } },
        { 17, 21, { kind = "count", value = 1500, of = "ships" } } } } },
    { give = { text = "Стоит 12 млн рублей.", language = "ru" },
      want = { spans = { { 12, 33, { kind = "money", value = 12000000, currency = "RUB" } } } } },
    { give = { text = "A ship of 10-15 metres.", language = "en" },
      want = { spans = { { 11, 22, { kind = "measure", value = 10, to = 15, unit = "m" } } } } },
    { give = { text = "Twenty-five crews and three hundred miles.", language = "en" },
      want = { spans = { { 1, 11, { kind = "count", value = 25, of = "crews" } },
        { 23, 41, { kind = "measure", value = 300, unit = "mi" } } } } },
    { opt = { words = false }, give = { text = "Three crews.", language = "en" }, want = false },
    { opt = { kinds = { "percent" } }, give = { text = "5 per cent of 30 ships.", language = "en" },
      want = { spans = { { 1, 10, { kind = "percent", value = 5 } } } } },
    { give = { text = "On March 17, 2021 at 10:30 the A4 and the 2nd were shut, 3-2, in 2019.",
      language = "en" },
      want = false },
    { give = { text = "Il coûte 12 000 € par an.", language = "fr" },
      want = { spans = { { 11, 20, { kind = "money", value = 12000, currency = "EUR" } } } } },
    { give = { text = "GBP 40m and £2bn", language = "en" },
      want = { spans = { { 1, 7, { kind = "money", value = 40000000, currency = "GBP" } },
        { 13, 17, { kind = "money", value = 2000000000, currency = "GBP" } } } } },
    { give = { headline = "No text" }, want = false },
  },
}
