-- agency.lua - which wire services an article is credited to, and which it cites.
--
-- Credits stand in the dateline, the provider, the byline, or in a short line at the end of the text:
-- "(AFP)", "/TASS/", "With reporting by Reuters". A service that the text only leans on, as in "told
-- Reuters", is cited. Names are a list of our own, matched with their case; in dateline and provider, and
-- alone between parentheses or slashes at the end, an unknown name counts, too.

local names = {
  ["Reuters"] = "Thomson Reuters|Рейтер|路透社|ロイター|رويترز",
  ["AP"] = "Associated Press|Ассошиэйтед Пресс|美联社|AP通信",
  ["AFP"] = "Agence France-Presse|Франс Пресс|АФП|法新社|AFP通信|AFP=時事",
  ["dpa"] = "Deutsche Presse-Agentur|DPA|ДПА|德新社", ["TASS"] = "ТАСС|Tass|塔斯社|ITAR-TASS|ИТАР-ТАСС|タス通信",
  ["Interfax"] = "Интерфакс", ["RIA Novosti"] = "РИА Новости|RIA|RIA-Novosti|俄新社", ["Xinhua"] = "新华社|新華社",
  ["Interfax-Ukraine"] = "Интерфакс-Украина", ["Ukrinform"] = "Укринформ|Укрінформ",
    ["UNIAN"] = "УНИАН|УНІАН",
  ["BelTA"] = "БелТА|BELTA", ["Bloomberg"] = "Bloomberg News|Блумберг", ["PA Media"] = "Press Association|PA",
  ["UPI"] = "United Press International", ["ANSA"] = "Ansa", ["EFE"] = "Agencia EFE|Efe",
  ["Europa Press"] = "", ["Lusa"] = "Agência Lusa|LUSA", ["APA"] = "Austria Presse Agentur",
    ["SDA"] = "Keystone-SDA|sda",
  ["ATS"] = "Keystone-ATS", ["Belga"] = "BELGA", ["ANP"] = "", ["TT"] = "Tidningarnas Telegrambyrå",
    ["NTB"] = "",
  ["Ritzau"] = "", ["STT"] = "STT-Lehtikuva", ["BNS"] = "Baltic News Service",
    ["PAP"] = "Polska Agencja Prasowa",
  ["CTK"] = "ČTK", ["MTI"] = "", ["Agerpres"] = "AGERPRES", ["BTA"] = "", ["Tanjug"] = "TANJUG|Танјуг",
    ["HINA"] = "Hina",
  ["Anadolu"] = "Anadolu Agency|Anadolu Ajansı|AA|الأناضول", ["DHA"] = "Demirören Haber Ajansı",
  ["Kyodo"] = "Kyodo News|共同通信|共同通信社", ["Jiji"] = "Jiji Press|時事通信|時事通信社",
    ["Yonhap"] = "Yonhap News Agency|연합뉴스",
  ["KCNA"] = "조선중앙통신|朝中社", ["Bernama"] = "BERNAMA", ["Antara"] = "ANTARA", ["PTI"] = "Press Trust of India",
  ["ANI"] = "Asian News International", ["IANS"] = "", ["AAP"] = "Australian Associated Press",
  ["CP"] = "Canadian Press|La Presse Canadienne", ["Notimex"] = "NOTIMEX", ["Prensa Latina"] = "",
    ["Télam"] = "Telam",
  ["Agência Brasil"] = "", ["IRNA"] = "ИРНА|إرنا", ["Fars"] = "Fars News Agency",
    ["Tasnim"] = "Tasnim News Agency",
  ["Mehr"] = "Mehr News Agency", ["SANA"] = "سانا", ["SPA"] = "Saudi Press Agency|واس", ["WAM"] = "",
    ["MENA"] = "",
  ["Petra"] = "Petra News Agency|بترا", ["APS"] = "Algérie Presse Service", ["PANA"] = "Panapress",
  ["Kazinform"] = "Казинформ", ["Trend"] = "", ["Azertac"] = "AZERTAC|AZƏRTAC", ["Armenpress"] = "Арменпресс",
}

-- Aliases with their names, long ones first, so that "Interfax-Ukraine" is not taken for "Interfax".
local aliases, name_of = {}, {}
for name, others in sheaf.sorted(names) do
  for alias in (name .. "|" .. others):gmatch("[^|]+") do
    aliases[#aliases + 1], name_of[alias] = alias, name
  end
end
table.sort(aliases, function(one, other)
  if #one ~= #other then return #one > #other end
  return one < other
end)

local function is_letter(text, at)
  return text:find("^[%w\xc3-\xdf]", at) ~= nil or text:find("^[\x80-\xbf]", at) ~= nil and at == #text
end

-- Does a known name begin at `from` and end at `to` as a whole word? Scripts without blanks have none.
local function stands_alone(text, alias, from, to)
  if alias:byte() >= 0xe3 then return true end
  local before = text:sub(1, from - 1):match("[^%s]$") or " "
  return not before:find("[%w\x80-\xbf]") and not is_letter(text, to + 1)
end

-- Calls visit(alias, from, to) for every known name in the text; visit tells whether it has seen enough.
local function each_name(text, visit)
  local taken = {}
  for _, alias in ipairs(aliases) do
    local from, to = text:find(alias, 1, true)
    while from do
      if not taken[to] and stands_alone(text, alias, from, to) then
        taken[to] = true
        if visit(alias, from, to) then break end
      end
      from, to = text:find(alias, to + 1, true)
    end
  end
end

-- ---- credits --------------------------------------------------------------------------------------------

local credit_words = {
  "contributed to this report", "With reporting", "with reporting", "Additional reporting",
    "additional reporting",
  "Source:", "Sources:", "Quelle:", "Mit Material", "Avec ", "Fuente:", "Fonte:", "Источник:", "©", "(c)",
  "News Service", "All rights reserved", "By ", "Reporting by", "Bron:", "Källa:", "Kilde:",
}

local LINE = 160 -- bytes that a line of credits may have

-- A name between parentheses or slashes, or behind a dash, at the end of a paragraph.
local function behind_dash(text)
  local last = text:match("^.*\xE2\x80[\x93\x94]()")
  return last and text:match("^ ?([^\n]+)$", last)
end

local function signature(text)
  return text:match("%(([^()\n]+)%)%W?$") or text:match("/([^/\n]+)/%W?$") or behind_dash(text)
    or text:match(" %-%-? ?([^\n]+)$")
end

local function is_list_of_names(text)
  local rest = text
  each_name(text, function(_, from, to)
    rest = rest:sub(1, from - 1) .. (" "):rep(to - from + 1) .. rest:sub(to + 1)
  end)
  return rest ~= text and not rest:gsub("and ", ""):gsub("und ", ""):gsub("et ", ""):find("[%a\xc3-\xff]")
end

local function credit_in(text)
  local signed = signature(text)
  if signed and #signed < 60 and is_list_of_names(signed) then return signed end
  if #text > LINE then return nil end
  if is_list_of_names(text) then return text end
  for _, words in ipairs(credit_words) do
    if text:find(words, 1, true) then return text end
  end
end

-- What stands alone between parentheses or slashes as a last paragraph, though nobody knows it.
local function unknown(text)
  return text:match("^%(([%u][%w%-]+)%)%.?$") or text:match("^/([%u][%w%-]+)/%.?$")
end

-- ---- citations ------------------------------------------------------------------------------------------

local before_words = {
  "told ", "told the ", "to the ", "according to ", "according to the ", "by ", "by the ", "via ", "citing ",
  "citing the ", "quoted by ", "agency ", "laut ", "agentur ", "selon ", "l'agence ", "à l'", "agencia ",
    "según ",
  "agenzia ", "secondo ", "агентству ", "агентство ", "сообщает ", "сообщил ", "по данным ", "передает ",
    "передаёт ",
  "interview with ", "statement to ", "persbureau ", "据", "據",
}
local after_words = {
  " report", " said", " says", " news agency", " quoted", " cited", " agency", " wire", " berichte", " meld",
  " rapporte", " informó", " ha riferito", " сообщ", " со ссылкой", " correspondent", "'s ", "’s ", "报道",
    "報道", "記者",
}

local function is_cited(text, from, to)
  local before, after = text:sub(math.max(1, from - 24), from - 1), text:sub(to + 1, to + 24)
  for _, words in ipairs(before_words) do
    if before:sub(-#words) == words then return true end
  end
  for _, words in ipairs(after_words) do
    if after:sub(1, #words) == words then return true end
  end
  return false
end

-- ---- an article -----------------------------------------------------------------------------------------

local function new_list()
  local list, entry_of = {}, {}
  local function add(name, how)
    if not name or name == "" then return end
    local entry = entry_of[name]
    if not entry then
      entry = { name = name, how = {} }
      entry_of[name], list[#list + 1] = entry, entry
    end
    for _, known in ipairs(entry.how) do
      if known == how then return end
    end
    entry.how[#entry.how + 1] = how
  end
  return list, add
end

local function add_names(text, how, add)
  local found = {}
  each_name(text, function(alias, from)
    found[#found + 1] = { from = from, name = name_of[alias] }
    return true
  end)
  table.sort(found, function(one, other) return one.from < other.from end)
  for _, one in ipairs(found) do add(one.name, how) end
  return #found > 0
end

local function add_told(text, how, add)
  if text and not add_names(text, how, add) then add(text, how) end
end

-- The last paragraphs, the last one first.
local function last_paragraphs(text, count)
  local list, to = {}, #text
  while #list < count and to > 0 do
    local head, line = text:sub(1, to):match("^(.*\n)([^\n]+)$")
    line = line or text:sub(1, to):match("^[^\n]+$")
    if not line then break end
    list[#list + 1] = line
    to = head and #head:gsub("\n+$", "") or 0
  end
  return list
end

local function add_signed(text, opt, add)
  local lines = last_paragraphs(text, opt.paragraphs)
  for _, line in ipairs(lines) do
    local credit = credit_in(line)
    if credit then add_names(credit, "credit", add) end
  end
  add(lines[1] and unknown(lines[1]), "credit")
end

-- A service that is credited need not be told to be cited, too.
local function add_cited(text, list, add)
  local credited = {}
  for _, entry in ipairs(list) do credited[entry.name] = true end
  each_name(text, function(alias, from, to)
    if credited[name_of[alias]] then return true end
    if not is_cited(text, from, to) then return false end
    add(name_of[alias], "cited")
    return true
  end)
end

local function add_bylines(article, add)
  if article.byline then add_names(article.byline, "byline", add) end
  for _, author in ipairs(article.authors or {}) do
    add_names(author.name .. (author.role and ", " .. author.role or ""), "byline", add)
  end
end

local function filled(article, list)
  local first = list[1]
  if article.provider or not first or first.how[1] == "cited" then return nil end
  return first.name
end

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Find the wire services that are credited or cited.",
  args = {
    paragraphs = {
      "integer", default = 3, min = 0, max = 20, help = "how many paragraphs at the end may hold credits",
    },
    cited = { "boolean", default = true, help = "also list services that the text only cites" },
    pictures = { "boolean", default = false, help = "also list services that pictures are credited to" },
    fill = { "boolean", default = true, help = "set provider, where it is missing, to the first one "
      .. "credited" },
  },
  needs = { "text", "dateline", "provider", "byline", "authors", "images" },
  adds = { provider = "string", services = "list" },
  each = function(article, opt)
    local list, add = new_list()
    add_told(article.dateline and article.dateline.agency, "dateline", add)
    add_told(article.provider, "provider", add)
    add_bylines(article, add)
    local text = article.text or ""
    add_signed(text, opt, add)
    if opt.pictures then
      for _, image in ipairs(article.images or {}) do
        if image.credit then add_names(image.credit, "picture", add) end
      end
    end
    if opt.cited then add_cited(text, list, add) end
    if #list == 0 then return nil end
    return { services = list, provider = opt.fill and filled(article, list) or nil }
  end,
  examples = {
    { run = "sheaf run news.sheaf --extract agency --to csv:columns=headline,provider",
      about = "which service each article is credited to" },
  },
  tests = {
    { give = { text = "They met.", dateline = { raw = "OSLO (Reuters)", agency = "Reuters" } },
      want = { services = { { name = "Reuters", how = { "dateline" } } }, provider = "Reuters" } },
    { give = { text = "They met.\n\nThey left. (AFP)" },
      want = { services = { { name = "AFP", how = { "credit" } } }, provider = "AFP" } },
    { give = { text = "Sie trafen sich.\n\ndpa/AFP" },
      want = { services = { { name = "dpa", how = { "credit" } }, { name = "AFP", how = { "credit" } } } } },
    { give = { text = "They met.\n\nWith reporting by Agence France-Presse and the Associated Press." },
      want = { services = { { name = "AFP", how = { "credit" } }, { name = "AP", how = { "credit" } } } } },
    { give = { text = "They met, the mayor told Reuters. He left.\n\nIt rained." },
      want = { services = { { name = "Reuters", how = { "cited" } } } } },
    { opt = { cited = false }, give = { text = "They met, the mayor told Reuters." }, want = false },
    { give = { text = "Он уехал, сообщает ТАСС." }, want = { services = { { name = "TASS",
      how = { "cited" } } } } },
    { give = { text = "They met.", byline = "By Mina Okafor, Associated Press", provider = "NPA" },
      want = { services = { { name = "NPA", how = { "provider" } }, { name = "AP", how = { "byline" } } } } },
    { give = { text = "They met.\n\n/NPA/" }, want = { services = { { name = "NPA",
      how = { "credit" } } } } },
    { give = { text = "The PA of the minister spoke of a TT race and APART." }, want = false },
    { give = { text = "Interfax-Ukraine reported it." },
      want = { services = { { name = "Interfax-Ukraine", how = { "cited" } } } } },
    { opt = { pictures = true }, give = { text = "They met.", images = { { credit = "Photo: Kyodo" } } },
      want = { services = { { name = "Kyodo", how = { "picture" } } } } },
    { opt = { fill = false }, give = { text = "They met. (AFP)" },
      want = { services = { { name = "AFP", how = { "credit" } } } } },
    { give = { headline = "No text" }, want = false },
  },
}
