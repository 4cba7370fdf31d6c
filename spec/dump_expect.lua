-- dump_expect.lua - what each sample dump in seeds/ must give.
--
-- Written from an editor's point of view: what a careful person would file who sees only the dump.
-- A file maps to the list of its articles, in order. In an article:
--   a string      the field is exactly this
--   {starts = s}  the field begins so; with lacks = {…}, it holds none of these
--   false         the field is not set; a date or an outlet must not be invented
--   (left out)    the editor would not insist
-- authors: names, or {name, role} where the role is told. dateline: only the parts named.
-- headings: the heading blocks in order. paragraphs: how many there are without the headings.
-- first, last: how the text begins and ends, white space apart. order: strings that follow one another.
-- contains, lacks: strings that the text must hold or must not hold.
-- images, links, keywords: complete, in order; an image names only the parts that matter.

return {
  ["01-flattened-line.txt"] = { {
    headline = "British foreign secretary asks Russia to pull survey ships back from northern cables",
    description = "Harriet Colbrook also called for steadier patrols off Orkney while the dispute lasts",
    url = "https://npa.example.org/world/2201417",
    published = "2021-03-17", modified = false,
    publisher = false, provider = "NPA", language = "en",
    dateline = { place = "MOSCOW", agency = "NPA" },
    headings = { "Patrols off Orkney", "Consulate question" },
    paragraphs = 7,
    first = "MOSCOW, March 17. NPA. British Foreign Secretary Harriet Colbrook has asked",
    last = "whoever lays cables in a fishing ground should expect bills.",
    order = {
      "north of Shetland.", "\"A ship that lingers", "The visitor called", "Verigin answered",
      "Patrols off Orkney", "Colbrook also called for steadier patrols", "Consulate question",
      "The two ministers agreed", "Unease about the ships",
    },
    contains = { "seabed for eleven weeks ... unless", "well-equipped", "a trawler's anchor" },
    lacks = { "Updated at", "Tags", "20210317", "example.org", "wellequipped", "Cable dispute" },
    keywords = { "Cable dispute", "Russia", "United Kingdom", "Harriet Colbrook" },
    images = {},
  } },

  ["02-press-reader.txt"] = { {
    headline = "Turn your ships round, Colbrook tells Moscow",
    publisher = "Morning Courier", via = "PressReader",
    published = false, modified = false, url = false, provider = false, dateline = false,
    language = "en",
    authors = { { name = "Dora Penhale", role = "Diplomatic Editor" } },
    headings = { "Teacups" },
    paragraphs = 11,
    first = "HARRIET Colbrook told the Kremlin last night",
    last = "its captain told a Norwegian pilot by radio.",
    order = { "Orkney to keep watch.", "Teacups", "Islanders have complained" },
    contains = { "£1.3million", "“frosty but polite”" },
    lacks = {
      "Newspapers in English", "Newspapers from", "??", "Picture:", "OWEN TARRANT", "Frosty...",
      "Morning Courier", "By Dora Penhale",
    },
    images = { {
      caption = "Frosty...Harriet Colbrook faces Anton Verigin across the table",
      credit = "OWEN TARRANT / CROWN PRESS POOL",
    } },
  } },

  ["03-place-and-dash.txt"] = { {
    headline = "Scolding London Over Cables, Foreign Minister Verigin: Our Ships Measure The Seabed, "
      .. "Others Only Measure Us",
    published = false, modified = false, publisher = false, provider = false, url = false,
    language = "en",
    dateline = { place = "HELSINKI", date = false, agency = false },
    headings = {}, paragraphs = 11, images = {}, keywords = {},
    first = "HELSINKI - Russian Foreign Minister Anton Verigin mocked",
    last = "Russia needs no diver to listen to a telephone.",
    contains = { "quoted by NPA March 18 as telling" },
    lacks = { "Scolding London" },
  } },

  ["04-dash-headline.txt"] = { {
    headline = "British minister asks Verigin to Edinburgh for autumn round of cable talks"
      .. " — Foreign Office",
    published = "XXXX-03-17", modified = false, publisher = false, provider = "NPA", url = false,
    language = "en",
    dateline = { place = "LONDON", date = "XXXX-03-17", agency = "NPA" },
    headings = { "Rescue at sea and the Arkhangelsk consulate" },
    paragraphs = 8,
    first = "LONDON, March 17./NPA/: British Foreign Secretary",
    last = "be left to get on with it,\" the document says.",
    order = { "for all who use it.", "Rescue at sea and", "Anton Verigin also spoke" },
    lacks = { "autumn round of cable talks" },
    images = { { caption = "Harriet Colbrook" } },
    authors = {},
  } },

  ["05-cms-fields.txt"] = { {
    headline = "Frigates Stay Off Orkney Until Survey Ships Leave, Millbank Says",
    description = {
      starts = "London has taken the lead among the northern capitals in sending patrols, cameras",
      lacks = { "17.03.2021", "Beacon" },
    },
    url = "https://beacon.example.com/20210317/"
      .. "frigates-stay-off-orkney-until-survey-ships-leave-millbank-says-2104417.html",
    published = "2021-03-17T15:20Z", modified = "2021-03-17T16:05Z",
    publisher = "Beacon International", provider = false, language = "en", dateline = false,
    headings = {}, paragraphs = 10,
    first = "Britain will keep two frigates off Orkney",
    last = "spent the winter over a Russian line in the Barents Sea.",
    order = {
      "has told parliament.\n\nMillbank said", "\"patient.\"\n\nOn the same day", "closed.\n\nColbrook, for",
      "seabed.\"\n\n\"A ship that lingers", "she said.\n\nHer trip", "since 2017.\n\nMillbank will see",
      "on Friday.\n\nNot every", "mend his quay.\n\nEarlier this month", "in four.\n\nLondon has",
    },
    contains = {
      "share ... patience", "9.30 a.m. on Friday", "1.4 million pounds", "engineers first. Orkney's",
    },
    lacks = {
      "/html/", "text()", "desk@beacon", "+442079460182", "JSC", "310 75", "1600", "en_EN",
      "Until Survey Ships", "17.03.2021", "2021-03-17", "https://", "spare patience",
    },
    images = { {
      url = "https://img.beacon.example.com/pool/03/11/"
        .. "2104418_0:0:1600:900_1600x0_80_0_0_5c1d9be07af34421.jpg",
    } },
    keywords = { "orkney" },
    links = { "https://beacon.example.com/20210317/verigin-and-colbrook-open-talks-in-moscow-2104390.html" },
  } },

  ["06-several-articles.txt"] = {
    {
      headline = "Ministers meet in Moscow over cable ships",
      url = "https://lantern.example.net/world/ministers-meet-in-moscow",
      published = "2021-03-17", modified = false, publisher = false, dateline = { place = "MOSCOW" },
      headings = {}, paragraphs = 3,
      first = "MOSCOW - The foreign ministers", last = "to last until lunch.",
      lacks = { "====", "https://", "17 March 2021", "Colbrook leaves" },
    },
    {
      headline = "Colbrook leaves Moscow with a promise and no date",
      url = "https://lantern.example.net/world/colbrook-leaves-moscow",
      published = "2021-03-18", publisher = false, dateline = { place = "MOSCOW" },
      headings = {}, paragraphs = 3,
      first = "MOSCOW - Harriet Colbrook flew home", last = "nobody owns,\" he said.",
      lacks = { "====", "Lerwick" },
    },
    {
      headline = "Lerwick counts its dropped calls",
      url = "https://lantern.example.net/islands/lerwick-counts-its-dropped-calls",
      published = "2021-03-19", publisher = false, dateline = { place = "LERWICK" },
      headings = {}, paragraphs = 2,
      first = "LERWICK - Shops in Lerwick", last = "nine of them from the same bakery.",
    },
  },

  ["07-crlf-with-bom.txt"] = { {
    headline = "Cold tea, warm words: three hours in Moscow",
    publisher = "The Harbour Post", published = "2021-03-17", modified = false, url = false,
    authors = { "Mina Okafor" }, language = "en",
    headings = {}, paragraphs = 4,
    first = "The samovar was still steaming", last = "after the shipping forecast.",
    lacks = { "\r", "\u{FEFF}", "By Mina Okafor", "17 March 2021", "The Harbour Post" },
  } },

  ["08-german-windows-1252.txt"] = { {
    headline = "Colbrook verlangt Abzug russischer Vermessungsschiffe",
    published = "2021-03-17", provider = "NPA", publisher = false, language = "de",
    authors = { "Jürgen Großkopf" },
    dateline = { place = "MOSKAU", agency = "NPA" },
    headings = {}, paragraphs = 4,
    first = "MOSKAU (NPA) – Die britische Außenministerin", last = "seit Januar zwei Netze.",
    contains = { "„Ein Schiff, das", "beruhigt niemanden“", "Färöern", "Colbrook hat Russland" },
    lacks = { "Großkopf", "17. März", "\u{84}", "\u{FFFD}" },
  } },

  ["09-french-latin1.txt"] = { {
    headline = "À Moscou, Londres réclame le départ des navires russes",
    publisher = "Le Phare du Nord", published = "2021-03-17", modified = false, language = "fr",
    authors = { "Élodie Vasseur" },
    dateline = { place = "MOSCOU", agency = false },
    headings = {}, paragraphs = 3,
    first = "MOSCOU - La ministre britannique des Affaires étrangères",
    last = "prévue cet été à Tromso.",
    contains = { "« Un navire qui s'attarde au-dessus d'un câble" },
    lacks = { "©", "Tous droits", "Publié le", "Vasseur", "Phare du Nord", "\u{FFFD}" },
  } },

  ["10-russian-windows-1251.txt"] = { {
    headline = "Британия попросила Россию отвести корабли от северных кабелей",
    published = "XXXX-03-17", provider = "НПА", publisher = false, language = "ru",
    dateline = { place = "МОСКВА", date = "XXXX-03-17", agency = "НПА" },
    headings = {}, paragraphs = 4,
    first = "МОСКВА, 17 марта. /НПА/. Министр иностранных дел", last = "«туман и сказки».",
    contains = { "трёхчасовой", "принадлежит», — заявил", "успокаивает», — сказала" },
    lacks = { "Британия попросила", "\u{FFFD}" },
  } },

  ["11-russian-utf8.txt"] = { {
    headline = "Колбрук улетела из Москвы с обещанием, но без даты",
    url = "https://mayak.example.org/politika/2021/03/18/kolbruk",
    published = "2021-03-18T09:40", modified = false, publisher = false, language = "ru",
    authors = { "Игорь Лебяжин" }, dateline = false,
    headings = {}, paragraphs = 3,
    first = "Британский министр получила в Москве слово", last = "куда приглашён Антон Веригин.",
    lacks = { "Автор", "Лебяжин", "18.03.2021", "https://" },
  } },

  ["12-arabic.txt"] = { {
    headline = "وزيرة الخارجية البريطانية تطلب من موسكو سحب سفن المسح",
    published = false, publisher = false, language = "ar",
    headings = {}, paragraphs = 4,
    first = "موسكو - طلبت وزيرة الخارجية", last = "قرب جزر أوركني.",
    contains = { "«السفينة التي تبقى فوق الكابل لا تطمئن أحدا»" },
  } },

  ["13-only-furniture.txt"] = {},
  ["14-empty.txt"] = {},

  ["15-press-database.txt"] = {
    {
      headline = "Fourteen ships and one folder: what Colbrook took to Moscow",
      publisher = "The Harbour Post", published = "2021-03-18", modified = false,
      section = { starts = "NEWS" }, language = "en",
      authors = { "Mina Okafor", "Tobias Renn" },
      headings = {}, paragraphs = 3,
      first = "Harriet Colbrook's folder held nine sheets.", last = "somebody has paid for the cable.",
      lacks = {
        "DOCUMENTS", "BYLINE", "LENGTH", "LOAD-DATE", "HEADLINE", "SECTION", "Copyright", "All Rights",
        "ENGLISH", "PUBLICATION-TYPE", "First Edition", "Thursday",
      },
    },
    {
      headline = "Send a diver, not a diplomat",
      publisher = "Evening Compass", published = "2021-03-17", modified = false,
      section = { starts = "COMMENT" },
      authors = { "Dora Penhale" },
      headings = {}, paragraphs = 2,
      first = "Ministers talk about cables as farmers", last = "brings back photographs.",
      lacks = { "DOCUMENTS", "BYLINE", "Copyright", "All Rights", "Harbour", "PUBLICATION-TYPE" },
    },
  },

  ["16-hard-wrapped.txt"] = { {
    headline = "Russia and Britain leave the cable question open",
    published = "XXXX-03-17", provider = "NPA", publisher = false, language = "en",
    dateline = { place = "MOSCOW", date = "XXXX-03-17", agency = "NPA" },
    headings = {}, paragraphs = 4,
    first = "MOSCOW, March 17 (NPA) - British Foreign Secretary Harriet Colbrook and her Russian host",
    last = "aircraft from Bodo passes twice a day.",
    contains = {
      "had been unfolded so often", "in the north-east corner first", "lie off Orkney, and",
      "leave the north-east corner of the route, on which",
    },
    lacks = { "unfold-", "Ork-", "northeast" },
  } },

  ["17-title-and-source.txt"] = {
    {
      headline = "Tromso gets ready for the cable engineers",
      publisher = "The Lantern", published = "2021-03-19", authors = { "Mina Okafor" },
      url = "https://lantern.example.net/world/tromso-gets-ready",
      headings = {}, paragraphs = 2,
      first = "Tromso's town hall", last = "stay for the weekend.",
      lacks = { "Title:", "Source:", "https://", "Edinburgh" },
    },
    {
      headline = "Edinburgh or nowhere, say British officials",
      publisher = "Evening Compass", published = "2021-03-20", authors = { "Dora Penhale" },
      url = "https://compass.example.com/news/edinburgh-or-nowhere",
      headings = {}, paragraphs = 2,
      first = "British officials want", last = "says that autumn is long.",
      lacks = { "Author:", "2021-03-20", "Tromso" },
    },
  },

  ["18-chinese.txt"] = { {
    headline = "英国外交大臣要求俄罗斯撤走测量船",
    published = "2021-03-17T16:05", publisher = false, language = { starts = "zh" },
    headings = {}, paragraphs = 4,
    first = "英国外交大臣哈丽特·科尔布鲁克星期三在莫斯科", last = "一直在该海域活动。",
    contains = { "：“一艘停在电缆上方不走的船，不会让任何人安心。”她表示" },
    lacks = { "2021-03-17", "16:05" },
  } },

  ["19-japanese.txt"] = { {
    headline = "英外相、調査船の撤収をロシアに要求",
    published = false, publisher = false, language = "ja",
    headings = {}, paragraphs = 3,
    first = "【モスクワ＝北風通信】英国の", last = "再び会談する可能性がある。",
    lacks = { "\n\u{3000}" },
  } },

  ["more/articles.jsonl"] = {
    {
      headline = "Patrol aircraft counts thirteen ships, then fourteen",
      published = "2021-03-18", authors = { "Tobias Renn" }, language = "en",
      url = "https://lantern.example.net/islands/patrol-aircraft-counts", paragraphs = 2,
      first = "A patrol aircraft from Bodo", last = "rain cloud, the pilot said.",
    },
    {
      headline = "Arkhangelsk keeps its empty consulate warm",
      alternative_headline = "A caretaker, a stove and a flag in a drawer",
      published = "2021-03-19T08:30:00Z", modified = "2021-03-19T10:05:00Z",
      publisher = "The Lantern", authors = { "Igor Lebyazhin" }, section = "World", language = "en",
      keywords = { "consulates", "Arkhangelsk" }, paragraphs = 2,
      url = "https://lantern.example.net/world/arkhangelsk-keeps-its-consulate-warm",
      first = "The British consulate", last = "damp is worse than politics.",
    },
    {
      headline = "Verigin bekräftar resa till Edinburgh",
      published = "2021-04-02T07:00:00+02:00", byline = "Av Linnea Holm", language = "sv",
      url = "https://fyren.example.org/nyheter/verigin-edinburgh", paragraphs = 2,
      first = "Rysslands utrikesminister", last = "fiske och viseringar.",
    },
    {
      headline = "Kabelingenieure treffen sich in Tromsö",
      published = "2021-03-19T06:15:00Z", authors = { "Jürgen Großkopf", "Mina Okafor" }, language = "de",
      url = "https://leuchtturm.example.com/ausland/kabelingenieure", paragraphs = 2,
      first = "Im Juni sollen", last = "ein gemeinsames Notruftelefon.",
    },
    {
      headline = "Colbrook answers nine questions in the Commons",
      description = "Nine questions, one promise and no date.",
      published = "2021-03-22T17:45:00", language = "en", paragraphs = 2,
      url = "https://compass.example.com/politics/colbrook-answers-nine-questions",
      images = { { url = "https://img.compass.example.com/commons.jpg" } },
      first = "Harriet Colbrook took nine", last = "and she gave none.",
    },
    {
      headline = "Untitled note from the harbour office",
      published = false, url = false, publisher = false, authors = {}, paragraphs = 1,
      first = "The harbour office in Lerwick", last = "at the end of the month.",
    },
  },

  ["more/articles.json"] = {
    {
      headline = "Two frigates share one cook", published = "2021-03-25", publisher = "Evening Compass",
      url = "https://compass.example.com/islands/two-frigates-one-cook", paragraphs = 2,
      first = "The two frigates off Orkney", last = "depend on Thursday's pie.",
    },
    {
      headline = "Faroe trawlers get new nets", published = "2021-03", publisher = "The Harbour Post",
      authors = { { name = "Tobias Renn", role = "Correspondent" } }, url = false, paragraphs = 2,
      first = "The owners of two Faroese trawlers", last = "Nobody has said who paid.",
    },
  },
}
