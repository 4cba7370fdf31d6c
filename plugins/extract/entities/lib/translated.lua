-- translated.lua - countries, capitals and cities as German, French, Spanish and Russian write them.
--
-- One a line: the English name of places.lua, then German | French | Spanish | Russian; an empty name is the
-- English one. Russian names are given in the plain case; their other cases are made here. International
-- organisations follow, in the same columns.

-- luacheck: no max line length

local lines = [[
Germany | Deutschland | Allemagne | Alemania | Германия
France | Frankreich | | Francia | Франция
United Kingdom | Großbritannien, Vereinigtes Königreich | Royaume-Uni, Grande-Bretagne | Reino Unido, Gran Bretaña | Великобритания, Британия
England | | Angleterre | Inglaterra | Англия
Scotland | Schottland | Écosse | Escocia | Шотландия
Ireland | Irland | Irlande | Irlanda | Ирландия
Spain | Spanien | Espagne | España | Испания
Portugal | | | | Португалия
Italy | Italien | Italie | Italia | Италия
Austria | Österreich | Autriche | | Австрия
Switzerland | Schweiz | Suisse | Suiza | Швейцария
Belgium | Belgien | Belgique | Bélgica | Бельгия
Netherlands | Niederlande, Niederlanden | Pays-Bas | Países Bajos | Нидерланды
Luxembourg | Luxemburg | | Luxemburgo | Люксембург
Denmark | Dänemark | Danemark | Dinamarca | Дания
Norway | Norwegen | Norvège | Noruega | Норвегия
Sweden | Schweden | Suède | Suecia | Швеция
Finland | Finnland | Finlande | Finlandia | Финляндия
Iceland | Island | Islande | Islandia | Исландия
Poland | Polen | Pologne | Polonia | Польша
Czech Republic | Tschechien | Tchéquie, République tchèque | Chequia, República Checa | Чехия
Slovakia | Slowakei | Slovaquie | Eslovaquia | Словакия
Hungary | Ungarn | Hongrie | Hungría | Венгрия
Romania | Rumänien | Roumanie | Rumanía, Rumania | Румыния
Bulgaria | Bulgarien | Bulgarie | | Болгария
Greece | Griechenland | Grèce | Grecia | Греция
Turkey | Türkei | Turquie | Turquía | Турция
Cyprus | Zypern | Chypre | Chipre | Кипр
Serbia | Serbien | Serbie | | Сербия
Croatia | Kroatien | Croatie | Croacia | Хорватия
Slovenia | Slowenien | Slovénie | Eslovenia | Словения
Albania | Albanien | Albanie | | Албания
Kosovo | | | | Косово
Estonia | Estland | Estonie | | Эстония
Latvia | Lettland | Lettonie | Letonia | Латвия
Lithuania | Litauen | Lituanie | Lituania | Литва
Russia | Russland | Russie | Rusia | Россия
Ukraine | | | Ucrania | Украина
Belarus | Weißrussland | Biélorussie | Bielorrusia | Белоруссия, Беларусь
Moldova | Moldau | Moldavie | Moldavia | Молдавия
Georgia | Georgien | Géorgie | | Грузия
Armenia | Armenien | Arménie | | Армения
Azerbaijan | Aserbaidschan | Azerbaïdjan | Azerbaiyán | Азербайджан
Kazakhstan | Kasachstan | | Kazajistán | Казахстан
Uzbekistan | Usbekistan | Ouzbékistan | Uzbekistán | Узбекистан
United States | Vereinigte Staaten, Vereinigten Staaten | États-Unis, Etats-Unis | Estados Unidos | Соединенные Штаты, США
Canada | Kanada | | Canadá | Канада
Mexico | Mexiko | Mexique | México | Мексика
Brazil | Brasilien | Brésil | Brasil | Бразилия
Argentina | Argentinien | Argentine | | Аргентина
Chile | | Chili | | Чили
Colombia | Kolumbien | Colombie | | Колумбия
Peru | | Pérou | Perú | Перу
Venezuela | | | | Венесуэла
Cuba | Kuba | | | Куба
China | | Chine | | Китай
Japan | | Japon | Japón | Япония
South Korea | Südkorea | Corée du Sud | Corea del Sur | Южная Корея
North Korea | Nordkorea | Corée du Nord | Corea del Norte | Северная Корея, КНДР
India | Indien | Inde | | Индия
Pakistan | | | Pakistán | Пакистан
Afghanistan | | | Afganistán | Афганистан
Iran | | | Irán | Иран
Iraq | Irak | Irak | Irak | Ирак
Syria | Syrien | Syrie | Siria | Сирия
Lebanon | Libanon | Liban | Líbano | Ливан
Israel | | Israël | | Израиль
Saudi Arabia | Saudi-Arabien | Arabie saoudite | Arabia Saudí, Arabia Saudita | Саудовская Аравия
Yemen | Jemen | Yémen | | Йемен
Egypt | Ägypten | Égypte, Egypte | Egipto | Египет
Libya | Libyen | Libye | Libia | Ливия
Tunisia | Tunesien | Tunisie | Túnez | Тунис
Algeria | Algerien | Algérie | Argelia | Алжир
Morocco | Marokko | Maroc | Marruecos | Марокко
Ethiopia | Äthiopien | Éthiopie | Etiopía | Эфиопия
South Africa | Südafrika | Afrique du Sud | Sudáfrica | Южная Африка, ЮАР
Nigeria | | | | Нигерия
Australia | Australien | Australie | | Австралия
New Zealand | Neuseeland | Nouvelle-Zélande | Nueva Zelanda | Новая Зеландия
Vietnam | | Viêt Nam | | Вьетнам
Europe | Europa | | Europa | Европа
Africa | Afrika | Afrique | África | Африка
Asia | Asien | Asie | | Азия
Middle East | Naher Osten, Nahen Osten | Proche-Orient, Moyen-Orient | Oriente Próximo, Oriente Medio | Ближний Восток
Berlin | | | Berlín | Берлин
Munich | München | | Múnich | Мюнхен
Hamburg | | Hambourg | Hamburgo | Гамбург
Cologne | Köln | | Colonia | Кёльн
Frankfurt | | Francfort | Fráncfort | Франкфурт
Paris | | | París | Париж
Marseille | | | Marsella | Марсель
Strasbourg | Straßburg | | Estrasburgo | Страсбург
London | | Londres | Londres | Лондон
Edinburgh | | Édimbourg | Edimburgo | Эдинбург
Madrid | | | | Мадрид
Barcelona | | Barcelone | | Барселона
Lisbon | Lissabon | Lisbonne | Lisboa | Лиссабон
Rome | Rom | | Roma | Рим
Milan | Mailand | | Milán | Милан
Naples | Neapel | | Nápoles | Неаполь
Venice | Venedig | Venise | Venecia | Венеция
Turin | | | Turín | Турин
Vienna | Wien | Vienne | Viena | Вена
Bern | | Berne | Berna | Берн
Zurich | Zürich | | Zúrich | Цюрих
Geneva | Genf | Genève | Ginebra | Женева
Brussels | Brüssel | Bruxelles | Bruselas | Брюссель
Amsterdam | | | Ámsterdam | Амстердам
The Hague | Den Haag | La Haye | La Haya | Гаага
Copenhagen | Kopenhagen | Copenhague | Copenhague | Копенгаген
Oslo | | | | Осло
Stockholm | | | Estocolmo | Стокгольм
Helsinki | | | | Хельсинки
Warsaw | Warschau | Varsovie | Varsovia | Варшава
Prague | Prag | | Praga | Прага
Budapest | | | | Будапешт
Bucharest | Bukarest | Bucarest | Bucarest | Бухарест
Sofia | | | Sofía | София
Athens | Athen | Athènes | Atenas | Афины
Belgrade | Belgrad | | Belgrado | Белград
Istanbul | | | Estambul | Стамбул
Ankara | | | | Анкара
Moscow | Moskau | Moscou | Moscú | Москва
Saint Petersburg | Sankt Petersburg, St. Petersburg | Saint-Pétersbourg | San Petersburgo | Санкт-Петербург, Петербург
Murmansk | | Mourmansk | | Мурманск
Arkhangelsk | Archangelsk | | Arcángel | Архангельск
Kyiv | Kiew, Kyjiw | Kiev | Kiev | Киев
Odesa | Odessa | Odessa | Odesa | Одесса
Kharkiv | Charkiw | | Járkov | Харьков
Lviv | Lwiw, Lemberg | | Leópolis | Львов
Donetsk | Donezk | | | Донецк
Minsk | | | | Минск
Vilnius | Wilna | | Vilna | Вильнюс
Riga | | | | Рига
Tallinn | | | Tallin | Таллин
Tbilisi | Tiflis | Tbilissi | Tiflis | Тбилиси
Yerevan | Jerewan | Erevan | Ereván | Ереван
Baku | | Bakou | Bakú | Баку
Washington | | | | Вашингтон
New York | | | Nueva York | Нью-Йорк
Havana | Havanna | La Havane | La Habana | Гавана
Mexico City | Mexiko-Stadt | Mexico | Ciudad de México | Мехико
Beijing | Peking | Pékin | Pekín | Пекин
Shanghai | | | Shanghái | Шанхай
Tokyo | Tokio | | Tokio | Токио
Seoul | | Séoul | Seúl | Сеул
Pyongyang | Pjöngjang | | Pionyang | Пхеньян
New Delhi | Neu-Delhi | | Nueva Delhi | Нью-Дели
Kabul | | Kaboul | | Кабул
Tehran | Teheran | Téhéran | Teherán | Тегеран
Baghdad | Bagdad | Bagdad | Bagdad | Багдад
Damascus | Damaskus | Damas | Damasco | Дамаск
Aleppo | | Alep | Alepo | Алеппо
Beirut | | Beyrouth | | Бейрут
Jerusalem | | Jérusalem | Jerusalén | Иерусалим
Tel Aviv | | | | Тель-Авив
Cairo | Kairo | Le Caire | El Cairo | Каир
Tripoli | Tripolis | | Trípoli | Триполи
Tunis | | | | Тунис
Algiers | Algier | Alger | Argel | Алжир
]]

local bodies = [[
United Nations | Vereinte Nationen, Vereinten Nationen, UNO | Nations unies, ONU | Naciones Unidas, ONU | ООН
European Union | Europäische Union, Europäischen Union | Union européenne | Unión Europea | Евросоюз, ЕС, Европейский союз
NATO | Nato | Otan, OTAN | OTAN | НАТО
European Commission | EU-Kommission, Europäische Kommission | Commission européenne | Comisión Europea | Еврокомиссия
European Parliament | Europaparlament, Europäische Parlament | Parlement européen | Parlamento Europeo | Европарламент
UN Security Council | UN-Sicherheitsrat, Sicherheitsrat | Conseil de sécurité | Consejo de Seguridad | Совет Безопасности, Совбез
World Health Organization | Weltgesundheitsorganisation | Organisation mondiale de la santé, OMS | Organización Mundial de la Salud, OMS | ВОЗ
International Monetary Fund | Internationaler Währungsfonds, IWF | Fonds monétaire international, FMI | Fondo Monetario Internacional, FMI | МВФ
World Bank | Weltbank | Banque mondiale | Banco Mundial | Всемирный банк
European Central Bank | Europäische Zentralbank, EZB | Banque centrale européenne, BCE | Banco Central Europeo, BCE | ЕЦБ
OSCE | OSZE | | | ОБСЕ
World Trade Organization | Welthandelsorganisation | Organisation mondiale du commerce | Organización Mundial del Comercio | ВТО
Council of Europe | Europarat | Conseil de l'Europe | Consejo de Europa | Совет Европы
UNESCO | Unesco | Unesco | Unesco | ЮНЕСКО
]]

-- Endings of Russian nouns in the plain case, and those of the other cases; longer ones first.
local CASES = {
  { "ия", { "ии", "ию", "ией" } }, { "ья", { "ьи", "ье", "ью", "ьей" } },
  { "ша", { "ши", "ше", "шу", "шей" } }, { "га", { "ги", "ге", "гу", "гой" } },
  { "ка", { "ки", "ке", "ку", "кой" } },
  { "а", { "ы", "е", "у", "ой" } }, { "ты", { "тов", "там", "тах", "тами" } },
  { "ны", { "н", "нам", "нах", "нами" } }, { "ды", { "дов", "дам", "дах", "дами" } },
  { "пет", { "пта", "пту", "пте", "птом" } }, { "ай", { "ая", "аю", "ае", "аем" } },
  { "ль", { "ля", "лю", "ле", "лем", "ли", "лью" } }, { "сь", { "си", "сью" } },
}
local CONSONANT = { "а", "у", "е", "ом" }

local function forms_of(word)
  for _, case in ipairs(CASES) do
    local stem = #word - #case[1]
    if stem > 2 and word:sub(stem + 1) == case[1] then
      local forms = {}
      for i, ending in ipairs(case[2]) do forms[i] = word:sub(1, stem) .. ending end
      return forms
    end
  end
  local last = word:sub(-2)
  if word:find("^[\xD0][\x90-\xAF][\xD0][\x90-\xAF]") or not ("бвгджзклмнпрстфхцчш"):find(last, 1, true) then
    return {}
  end
  local forms = {}
  for i, ending in ipairs(CONSONANT) do forms[i] = word .. ending end
  return forms
end

local CODES = { "de", "fr", "es", "ru" }

-- Notes name, and if it is one Russian word its cases, as what English calls `english`.
local function add(map, name, english, code)
  map[name] = english
  if code ~= "ru" or name:find(" ") then return end
  for _, form in ipairs(forms_of(name)) do map[form] = map[form] or english end
end

-- Language → name → English name.
local function read(table_of_lines)
  local maps = { de = {}, fr = {}, es = {}, ru = {} }
  for line in table_of_lines:gmatch("[^\n]+") do
    local english, rest = line:match("^(.-) *|(.*)$")
    local column = 0
    for names in (rest .. "|"):gmatch("(.-)|") do
      column = column + 1
      for name in names:gmatch("[^,]+") do
        name = name:match("^ *(.-) *$")
        if name ~= "" then add(maps[CODES[column]], name, english, CODES[column]) end
      end
    end
  end
  return maps
end

return { places = read(lines), bodies = read(bodies) }
