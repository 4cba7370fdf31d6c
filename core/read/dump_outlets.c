/* dump_outlets.c - papers, stations and sites of the world, and who passes them on.
 *
 * A publisher is filed only on evidence: its host, its name on a line of its
 * own, a trailer, a copyright line. This table turns hosts into names and tells
 * that a line is the name of a paper. It need not be complete: what is missing
 * here is left out of a record and never guessed. */
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

typedef struct outlet {
    const char *host; /* without "www."; hosts below it count too */
    const char *name;
} outlet;

static const outlet outlets[] = {
    {"bbc.com", "BBC News"},
    {"bbc.co.uk", "BBC News"},
    {"theguardian.com", "The Guardian"},
    {"guardian.co.uk", "The Guardian"},
    {"observer.co.uk", "The Observer"},
    {"thetimes.co.uk", "The Times"},
    {"thetimes.com", "The Times"},
    {"telegraph.co.uk", "The Daily Telegraph"},
    {"independent.co.uk", "The Independent"},
    {"dailymail.co.uk", "Daily Mail"},
    {"mirror.co.uk", "Daily Mirror"},
    {"express.co.uk", "Daily Express"},
    {"thesun.co.uk", "The Sun"},
    {"dailystar.co.uk", "Daily Star"},
    {"metro.co.uk", "Metro"},
    {"standard.co.uk", "Evening Standard"},
    {"inews.co.uk", "The i Paper"},
    {"ft.com", "Financial Times"},
    {"economist.com", "The Economist"},
    {"spectator.co.uk", "The Spectator"},
    {"newstatesman.com", "New Statesman"},
    {"morningstaronline.co.uk", "Morning Star"},
    {"cityam.com", "City A.M."},
    {"sky.com", "Sky News"},
    {"itv.com", "ITV News"},
    {"channel4.com", "Channel 4 News"},
    {"scotsman.com", "The Scotsman"},
    {"heraldscotland.com", "The Herald"},
    {"thenational.scot", "The National"},
    {"pressandjournal.co.uk", "The Press and Journal"},
    {"belfasttelegraph.co.uk", "Belfast Telegraph"},
    {"walesonline.co.uk", "WalesOnline"},
    {"yorkshirepost.co.uk", "The Yorkshire Post"},
    {"irishtimes.com", "The Irish Times"},
    {"independent.ie", "Irish Independent"},
    {"irishexaminer.com", "Irish Examiner"},
    {"rte.ie", "RTÉ"},
    {"thejournal.ie", "The Journal"},
    {"nytimes.com", "The New York Times"},
    {"washingtonpost.com", "The Washington Post"},
    {"wsj.com", "The Wall Street Journal"},
    {"usatoday.com", "USA Today"},
    {"latimes.com", "Los Angeles Times"},
    {"chicagotribune.com", "Chicago Tribune"},
    {"bostonglobe.com", "The Boston Globe"},
    {"nypost.com", "New York Post"},
    {"nydailynews.com", "New York Daily News"},
    {"newsday.com", "Newsday"},
    {"inquirer.com", "The Philadelphia Inquirer"},
    {"sfchronicle.com", "San Francisco Chronicle"},
    {"houstonchronicle.com", "Houston Chronicle"},
    {"dallasnews.com", "The Dallas Morning News"},
    {"miamiherald.com", "Miami Herald"},
    {"seattletimes.com", "The Seattle Times"},
    {"denverpost.com", "The Denver Post"},
    {"startribune.com", "Star Tribune"},
    {"ajc.com", "The Atlanta Journal-Constitution"},
    {"washingtontimes.com", "The Washington Times"},
    {"csmonitor.com", "The Christian Science Monitor"},
    {"cnn.com", "CNN"},
    {"foxnews.com", "Fox News"},
    {"nbcnews.com", "NBC News"},
    {"abcnews.go.com", "ABC News"},
    {"cbsnews.com", "CBS News"},
    {"msnbc.com", "MSNBC"},
    {"npr.org", "NPR"},
    {"pbs.org", "PBS"},
    {"cnbc.com", "CNBC"},
    {"bloomberg.com", "Bloomberg"},
    {"reuters.com", "Reuters"},
    {"apnews.com", "AP"},
    {"upi.com", "UPI"},
    {"politico.com", "Politico"},
    {"politico.eu", "Politico Europe"},
    {"axios.com", "Axios"},
    {"thehill.com", "The Hill"},
    {"rollcall.com", "Roll Call"},
    {"theatlantic.com", "The Atlantic"},
    {"newyorker.com", "The New Yorker"},
    {"time.com", "Time"},
    {"newsweek.com", "Newsweek"},
    {"foreignpolicy.com", "Foreign Policy"},
    {"foreignaffairs.com", "Foreign Affairs"},
    {"propublica.org", "ProPublica"},
    {"theintercept.com", "The Intercept"},
    {"vox.com", "Vox"},
    {"slate.com", "Slate"},
    {"salon.com", "Salon"},
    {"thedailybeast.com", "The Daily Beast"},
    {"huffpost.com", "HuffPost"},
    {"buzzfeednews.com", "BuzzFeed News"},
    {"businessinsider.com", "Business Insider"},
    {"forbes.com", "Forbes"},
    {"fortune.com", "Fortune"},
    {"marketwatch.com", "MarketWatch"},
    {"wired.com", "Wired"},
    {"theverge.com", "The Verge"},
    {"techcrunch.com", "TechCrunch"},
    {"arstechnica.com", "Ars Technica"},
    {"breitbart.com", "Breitbart"},
    {"nationalreview.com", "National Review"},
    {"voanews.com", "Voice of America"},
    {"rferl.org", "Radio Free Europe/Radio Liberty"},
    {"svoboda.org", "Радио Свобода"},
    {"rfa.org", "Radio Free Asia"},
    {"theglobeandmail.com", "The Globe and Mail"},
    {"thestar.com", "Toronto Star"},
    {"nationalpost.com", "National Post"},
    {"cbc.ca", "CBC News"},
    {"ctvnews.ca", "CTV News"},
    {"globalnews.ca", "Global News"},
    {"lapresse.ca", "La Presse"},
    {"ledevoir.com", "Le Devoir"},
    {"abc.net.au", "ABC News"},
    {"smh.com.au", "The Sydney Morning Herald"},
    {"theage.com.au", "The Age"},
    {"theaustralian.com.au", "The Australian"},
    {"news.com.au", "news.com.au"},
    {"sbs.com.au", "SBS News"},
    {"nzherald.co.nz", "The New Zealand Herald"},
    {"stuff.co.nz", "Stuff"},
    {"rnz.co.nz", "RNZ"},
    {"dw.com", "Deutsche Welle"},
    {"spiegel.de", "Der Spiegel"},
    {"zeit.de", "Die Zeit"},
    {"faz.net", "Frankfurter Allgemeine Zeitung"},
    {"sueddeutsche.de", "Süddeutsche Zeitung"},
    {"welt.de", "Die Welt"},
    {"bild.de", "Bild"},
    {"taz.de", "taz"},
    {"tagesspiegel.de", "Der Tagesspiegel"},
    {"tagesschau.de", "Tagesschau"},
    {"zdf.de", "ZDF"},
    {"n-tv.de", "n-tv"},
    {"stern.de", "Stern"},
    {"focus.de", "Focus"},
    {"handelsblatt.com", "Handelsblatt"},
    {"deutschlandfunk.de", "Deutschlandfunk"},
    {"nzz.ch", "Neue Zürcher Zeitung"},
    {"tagesanzeiger.ch", "Tages-Anzeiger"},
    {"srf.ch", "SRF"},
    {"swissinfo.ch", "Swissinfo"},
    {"letemps.ch", "Le Temps"},
    {"derstandard.at", "Der Standard"},
    {"diepresse.com", "Die Presse"},
    {"orf.at", "ORF"},
    {"krone.at", "Kronen Zeitung"},
    {"lemonde.fr", "Le Monde"},
    {"lefigaro.fr", "Le Figaro"},
    {"liberation.fr", "Libération"},
    {"leparisien.fr", "Le Parisien"},
    {"lesechos.fr", "Les Échos"},
    {"la-croix.com", "La Croix"},
    {"humanite.fr", "L'Humanité"},
    {"lexpress.fr", "L'Express"},
    {"lepoint.fr", "Le Point"},
    {"nouvelobs.com", "Le Nouvel Obs"},
    {"mediapart.fr", "Mediapart"},
    {"ouest-france.fr", "Ouest-France"},
    {"20minutes.fr", "20 Minutes"},
    {"france24.com", "France 24"},
    {"rfi.fr", "RFI"},
    {"francetvinfo.fr", "franceinfo"},
    {"bfmtv.com", "BFMTV"},
    {"euronews.com", "Euronews"},
    {"lesoir.be", "Le Soir"},
    {"lalibre.be", "La Libre Belgique"},
    {"standaard.be", "De Standaard"},
    {"demorgen.be", "De Morgen"},
    {"vrt.be", "VRT"},
    {"rtbf.be", "RTBF"},
    {"nrc.nl", "NRC"},
    {"volkskrant.nl", "de Volkskrant"},
    {"telegraaf.nl", "De Telegraaf"},
    {"trouw.nl", "Trouw"},
    {"nos.nl", "NOS"},
    {"elpais.com", "El País"},
    {"elmundo.es", "El Mundo"},
    {"abc.es", "ABC"},
    {"lavanguardia.com", "La Vanguardia"},
    {"eldiario.es", "elDiario.es"},
    {"20minutos.es", "20minutos"},
    {"rtve.es", "RTVE"},
    {"efe.com", "EFE"},
    {"publico.pt", "Público"},
    {"dn.pt", "Diário de Notícias"},
    {"jn.pt", "Jornal de Notícias"},
    {"expresso.pt", "Expresso"},
    {"observador.pt", "Observador"},
    {"rtp.pt", "RTP"},
    {"folha.uol.com.br", "Folha de S.Paulo"},
    {"estadao.com.br", "O Estado de S. Paulo"},
    {"oglobo.globo.com", "O Globo"},
    {"g1.globo.com", "G1"},
    {"clarin.com", "Clarín"},
    {"lanacion.com.ar", "La Nación"},
    {"pagina12.com.ar", "Página/12"},
    {"infobae.com", "Infobae"},
    {"eluniversal.com.mx", "El Universal"},
    {"jornada.com.mx", "La Jornada"},
    {"reforma.com", "Reforma"},
    {"eltiempo.com", "El Tiempo"},
    {"elespectador.com", "El Espectador"},
    {"emol.com", "El Mercurio"},
    {"latercera.com", "La Tercera"},
    {"elcomercio.pe", "El Comercio"},
    {"granma.cu", "Granma"},
    {"telesurtv.net", "teleSUR"},
    {"corriere.it", "Corriere della Sera"},
    {"repubblica.it", "la Repubblica"},
    {"lastampa.it", "La Stampa"},
    {"ilsole24ore.com", "Il Sole 24 Ore"},
    {"ilfattoquotidiano.it", "il Fatto Quotidiano"},
    {"ilgiornale.it", "il Giornale"},
    {"ilmessaggero.it", "Il Messaggero"},
    {"ansa.it", "ANSA"},
    {"rainews.it", "Rai News"},
    {"dn.se", "Dagens Nyheter"},
    {"svd.se", "Svenska Dagbladet"},
    {"aftonbladet.se", "Aftonbladet"},
    {"expressen.se", "Expressen"},
    {"svt.se", "SVT"},
    {"aftenposten.no", "Aftenposten"},
    {"vg.no", "VG"},
    {"dagbladet.no", "Dagbladet"},
    {"nrk.no", "NRK"},
    {"politiken.dk", "Politiken"},
    {"berlingske.dk", "Berlingske"},
    {"jyllands-posten.dk", "Jyllands-Posten"},
    {"dr.dk", "DR"},
    {"hs.fi", "Helsingin Sanomat"},
    {"yle.fi", "Yle"},
    {"ruv.is", "RÚV"},
    {"err.ee", "ERR"},
    {"postimees.ee", "Postimees"},
    {"delfi.lt", "Delfi"},
    {"delfi.lv", "Delfi"},
    {"delfi.ee", "Delfi"},
    {"lrt.lt", "LRT"},
    {"lsm.lv", "LSM"},
    {"wyborcza.pl", "Gazeta Wyborcza"},
    {"rp.pl", "Rzeczpospolita"},
    {"onet.pl", "Onet"},
    {"tvn24.pl", "TVN24"},
    {"pap.pl", "PAP"},
    {"idnes.cz", "iDNES.cz"},
    {"novinky.cz", "Novinky.cz"},
    {"ihned.cz", "Hospodářské noviny"},
    {"sme.sk", "SME"},
    {"dennikn.sk", "Denník N"},
    {"index.hu", "Index"},
    {"telex.hu", "Telex"},
    {"hvg.hu", "HVG"},
    {"hotnews.ro", "HotNews.ro"},
    {"digi24.ro", "Digi24"},
    {"dnevnik.bg", "Dnevnik"},
    {"vecernji.hr", "Večernji list"},
    {"jutarnji.hr", "Jutarnji list"},
    {"delo.si", "Delo"},
    {"politika.rs", "Politika"},
    {"danas.rs", "Danas"},
    {"n1info.com", "N1"},
    {"b92.net", "B92"},
    {"oslobodjenje.ba", "Oslobođenje"},
    {"balkaninsight.com", "Balkan Insight"},
    {"kathimerini.gr", "Kathimerini"},
    {"ekathimerini.com", "Kathimerini"},
    {"tovima.gr", "To Vima"},
    {"cyprus-mail.com", "Cyprus Mail"},
    {"tass.com", "TASS"},
    {"tass.ru", "TASS"},
    {"ria.ru", "RIA Novosti"},
    {"interfax.ru", "Interfax"},
    {"interfax.com", "Interfax"},
    {"sputniknews.com", "Sputnik International"},
    {"sputnikglobe.com", "Sputnik International"},
    {"sputniknews.cn", "Sputnik"},
    {"rt.com", "RT"},
    {"kommersant.ru", "Коммерсантъ"},
    {"vedomosti.ru", "Ведомости"},
    {"rbc.ru", "РБК"},
    {"iz.ru", "Известия"},
    {"rg.ru", "Российская газета"},
    {"kp.ru", "Комсомольская правда"},
    {"mk.ru", "Московский комсомолец"},
    {"gazeta.ru", "Газета.Ru"},
    {"lenta.ru", "Лента.ру"},
    {"novayagazeta.ru", "Новая газета"},
    {"novayagazeta.eu", "Новая газета Европа"},
    {"meduza.io", "Meduza"},
    {"themoscowtimes.com", "The Moscow Times"},
    {"fontanka.ru", "Фонтанка.ру"},
    {"regnum.ru", "Regnum"},
    {"pravda.com.ua", "Українська правда"},
    {"kyivindependent.com", "The Kyiv Independent"},
    {"kyivpost.com", "Kyiv Post"},
    {"ukrinform.net", "Ukrinform"},
    {"ukrinform.ua", "Ukrinform"},
    {"unian.net", "UNIAN"},
    {"unian.info", "UNIAN"},
    {"nv.ua", "NV"},
    {"liga.net", "LIGA.net"},
    {"zn.ua", "Дзеркало тижня"},
    {"belta.by", "BelTA"},
    {"svaboda.org", "Радыё Свабода"},
    {"civil.ge", "Civil Georgia"},
    {"armenpress.am", "Armenpress"},
    {"eurasianet.org", "Eurasianet"},
    {"tengrinews.kz", "Tengrinews"},
    {"hurriyet.com.tr", "Hürriyet"},
    {"hurriyetdailynews.com", "Hürriyet Daily News"},
    {"sabah.com.tr", "Sabah"},
    {"dailysabah.com", "Daily Sabah"},
    {"cumhuriyet.com.tr", "Cumhuriyet"},
    {"aa.com.tr", "Anadolu"},
    {"trtworld.com", "TRT World"},
    {"haaretz.com", "Haaretz"},
    {"jpost.com", "The Jerusalem Post"},
    {"timesofisrael.com", "The Times of Israel"},
    {"ynetnews.com", "Ynetnews"},
    {"ynet.co.il", "Ynet"},
    {"aljazeera.com", "Al Jazeera"},
    {"aljazeera.net", "الجزيرة"},
    {"alarabiya.net", "العربية"},
    {"aawsat.com", "الشرق الأوسط"},
    {"middleeasteye.net", "Middle East Eye"},
    {"arabnews.com", "Arab News"},
    {"thenationalnews.com", "The National"},
    {"gulfnews.com", "Gulf News"},
    {"khaleejtimes.com", "Khaleej Times"},
    {"ahram.org.eg", "الأهرام"},
    {"dailynewsegypt.com", "Daily News Egypt"},
    {"presstv.ir", "Press TV"},
    {"tehrantimes.com", "Tehran Times"},
    {"irna.ir", "IRNA"},
    {"tasnimnews.com", "Tasnim"},
    {"tolonews.com", "TOLOnews"},
    {"dawn.com", "Dawn"},
    {"tribune.com.pk", "The Express Tribune"},
    {"thenews.com.pk", "The News International"},
    {"geo.tv", "Geo News"},
    {"timesofindia.indiatimes.com", "The Times of India"},
    {"economictimes.indiatimes.com", "The Economic Times"},
    {"thehindu.com", "The Hindu"},
    {"hindustantimes.com", "Hindustan Times"},
    {"indianexpress.com", "The Indian Express"},
    {"ndtv.com", "NDTV"},
    {"indiatoday.in", "India Today"},
    {"thewire.in", "The Wire"},
    {"scroll.in", "Scroll"},
    {"theprint.in", "ThePrint"},
    {"livemint.com", "Mint"},
    {"telegraphindia.com", "The Telegraph"},
    {"thedailystar.net", "The Daily Star"},
    {"bdnews24.com", "bdnews24.com"},
    {"prothomalo.com", "Prothom Alo"},
    {"kathmandupost.com", "The Kathmandu Post"},
    {"dailymirror.lk", "Daily Mirror"},
    {"xinhuanet.com", "Xinhua"},
    {"news.cn", "Xinhua"},
    {"people.com.cn", "People's Daily"},
    {"chinadaily.com.cn", "China Daily"},
    {"globaltimes.cn", "Global Times"},
    {"cgtn.com", "CGTN"},
    {"caixin.com", "Caixin"},
    {"caixinglobal.com", "Caixin Global"},
    {"thepaper.cn", "澎湃新闻"},
    {"scmp.com", "South China Morning Post"},
    {"rthk.hk", "RTHK"},
    {"hongkongfp.com", "Hong Kong Free Press"},
    {"mingpao.com", "明報"},
    {"taipeitimes.com", "Taipei Times"},
    {"focustaiwan.tw", "Focus Taiwan"},
    {"udn.com", "聯合報"},
    {"ltn.com.tw", "自由時報"},
    {"asahi.com", "朝日新聞"},
    {"yomiuri.co.jp", "読売新聞"},
    {"mainichi.jp", "毎日新聞"},
    {"nikkei.com", "日本経済新聞"},
    {"asia.nikkei.com", "Nikkei Asia"},
    {"sankei.com", "産経新聞"},
    {"japantimes.co.jp", "The Japan Times"},
    {"nhk.or.jp", "NHK"},
    {"kyodonews.net", "Kyodo"},
    {"jiji.com", "Jiji Press"},
    {"chosun.com", "조선일보"},
    {"joongang.co.kr", "중앙일보"},
    {"donga.com", "동아일보"},
    {"hani.co.kr", "한겨레"},
    {"khan.co.kr", "경향신문"},
    {"koreaherald.com", "The Korea Herald"},
    {"koreatimes.co.kr", "The Korea Times"},
    {"yna.co.kr", "Yonhap"},
    {"channelnewsasia.com", "CNA"},
    {"straitstimes.com", "The Straits Times"},
    {"todayonline.com", "TODAY"},
    {"thestar.com.my", "The Star"},
    {"nst.com.my", "New Straits Times"},
    {"malaymail.com", "Malay Mail"},
    {"malaysiakini.com", "Malaysiakini"},
    {"bernama.com", "Bernama"},
    {"thejakartapost.com", "The Jakarta Post"},
    {"kompas.com", "Kompas"},
    {"tempo.co", "Tempo"},
    {"detik.com", "Detik"},
    {"voi.id", "VOI"},
    {"antaranews.com", "Antara"},
    {"bangkokpost.com", "Bangkok Post"},
    {"nationthailand.com", "The Nation"},
    {"vnexpress.net", "VnExpress"},
    {"vietnamnews.vn", "Viet Nam News"},
    {"tuoitre.vn", "Tuổi Trẻ"},
    {"irrawaddy.com", "The Irrawaddy"},
    {"phnompenhpost.com", "The Phnom Penh Post"},
    {"inquirer.net", "Philippine Daily Inquirer"},
    {"rappler.com", "Rappler"},
    {"philstar.com", "The Philippine Star"},
    {"mb.com.ph", "Manila Bulletin"},
    {"nation.africa", "Nation"},
    {"standardmedia.co.ke", "The Standard"},
    {"theeastafrican.co.ke", "The EastAfrican"},
    {"monitor.co.ug", "Daily Monitor"},
    {"punchng.com", "The Punch"},
    {"guardian.ng", "The Guardian (Nigeria)"},
    {"vanguardngr.com", "Vanguard"},
    {"premiumtimesng.com", "Premium Times"},
    {"thisdaylive.com", "ThisDay"},
    {"dailytrust.com", "Daily Trust"},
    {"graphic.com.gh", "Daily Graphic"},
    {"mg.co.za", "Mail & Guardian"},
    {"news24.com", "News24"},
    {"dailymaverick.co.za", "Daily Maverick"},
    {"iol.co.za", "IOL"},
    {"timeslive.co.za", "TimesLIVE"},
    {"businesslive.co.za", "BusinessLIVE"},
    {"herald.co.zw", "The Herald"},
    {"addisstandard.com", "Addis Standard"},
    {"allafrica.com", "AllAfrica"},
    {"jeuneafrique.com", "Jeune Afrique"},
    {"theconversation.com", "The Conversation"},
    {"bellingcat.com", "Bellingcat"},
    {"opendemocracy.net", "openDemocracy"},
    {"project-syndicate.org", "Project Syndicate"},
    {"theafricareport.com", "The Africa Report"},
};

/* Names without a host of their own, or under another name. */
/* clang-format off */
static const char *const more_names[] = {
    /* without the hosts above */
    "BBC", "Guardian", "The Sunday Times", "The Sunday Telegraph", "The Telegraph",
    "The Mail on Sunday", "Sunday Express", "Sunday Mirror", "The Sun on Sunday", "i",
    "The Independent on Sunday", "The Evening Standard", "London Evening Standard",
    "The Daily Mail", "The Daily Mirror", "The Daily Express", "The Daily Star",
    "The New York Post", "International Herald Tribune", "International New York Times",
    "The Hamilton Spectator", "The Gazette", "The Dominion Post", "The Press", "The Advertiser",
    "The Courier-Mail", "Herald Sun", "The Daily Telegraph (Sydney)", "Associated Press",
    "Agence France-Presse", "Deutsche Welle", "Sputnik", "Sputnik News", "RIA Novosti",
    "ITAR-TASS", "Pravda", "Izvestia", "Kommersant", "Vedomosti", "Novaya Gazeta", "Lenta.ru",
    "Gazeta.ru", "Правда", "РИА Новости", "ТАСС", "Интерфакс", "Независимая газета",
    "Аргументы и факты", "人民日报", "新华网", "光明日报", "环球时报", "中国日报", "南方周末", "北京青年报", "人民网", "新京报",
    "参考消息", "中国青年报", "東京新聞", "한국일보", "연합뉴스", "Asahi Shimbun", "Yomiuri Shimbun",
    "Mainichi Shimbun", "Al-Ahram", "Asharq Al-Awsat", "Al-Hayat", "الحياة", "القدس العربي"};
/* clang-format on */

static const outlet readers[] = {
    {"pressreader.com", "PressReader"},
    {"newspaperdirect.com", "PressReader"},
    {"pressdisplay.com", "PressReader"},
    {"news.google.com", "Google News"},
    {"news.yahoo.com", "Yahoo News"},
    {"msn.com", "MSN"},
    {"apple.news", "Apple News"},
    {"flipboard.com", "Flipboard"},
    {"smartnews.com", "SmartNews"},
    {"newsbreak.com", "NewsBreak"},
    {"dailyhunt.in", "Dailyhunt"},
    {"headtopics.com", "Head Topics"},
    {"inoreader.com", "Inoreader"},
    {"feedly.com", "Feedly"},
    {"ground.news", "Ground News"},
    {"archive.org", "Internet Archive"},
    {"archive.ph", "archive.today"},
    {"archive.today", "archive.today"},
    {"nexis.com", "Nexis"},
    {"lexisnexis.com", "Nexis"},
    {"factiva.com", "Factiva"},
    {"proquest.com", "ProQuest"},
    {"newsbank.com", "NewsBank"},
    {"europresse.com", "Europresse"},
    {"genios.de", "GENIOS"},
    {"wiso-net.de", "GENIOS"},
    {"integrumworld.com", "Integrum"},
    {"eastview.com", "East View"},
    {"ebscohost.com", "EBSCO"},
    {"gale.com", "Gale"},
    {"toutiao.com", "Toutiao"},
    {"naver.com", "Naver"},
    {"news.yahoo.co.jp", "Yahoo! Japan"},
    {"dzen.ru", "Дзен"},
    {"news.mail.ru", "Новости Mail.ru"},
};

/* Words that newspapers are called by. */
/* clang-format off */
static const char *const paper_words[] = {
    /* in many languages */
    "times", "post", "herald", "courier", "gazette", "tribune", "journal", "chronicle",
    "telegraph", "guardian", "mirror", "express", "star", "sun", "independent", "observer",
    "standard", "daily", "mail", "press", "record", "examiner", "register", "globe", "review",
    "echo", "bulletin", "dispatch", "despatch", "sentinel", "monitor", "argus", "mercury",
    "advertiser", "inquirer", "enquirer", "weekly", "evening", "leader", "ledger", "messenger",
    "reporter", "spectator", "citizen", "beacon", "compass", "lantern", "banner", "newspaper",
    "news", "zeitung", "anzeiger", "nachrichten", "tageblatt", "tagblatt", "blatt", "kurier",
    "rundschau", "abendblatt", "morgenpost", "tagespost", "presse", "bote", "phare", "dépêche",
    "dépêches", "quotidien", "voix", "progrès", "républicain", "gazette", "journal", "matin",
    "soir", "courrier", "diario", "periódico", "correo", "voz", "prensa", "heraldo", "mercurio",
    "noticias", "corriere", "giornale", "gazzetta", "messaggero", "mattino", "secolo", "resto",
    "folha", "jornal", "correio", "diário", "notícias", "gazeta", "dziennik", "kurier", "noviny",
    "deník", "hírlap", "ziarul", "dnevnik", "novosti", "list", "dagblad", "dagbladet", "courant",
    "krant", "nyheter", "tidning", "tidningen", "posten", "avis", "avisen", "tidende", "sanomat",
    "lehti", "газета", "правда", "известия", "ведомости", "вестник", "вести", "новости",
    "комсомолец", "труд", "заря", "знамя", "маяк", "газети", "вісник", "новини", "gazetesi",
    "haber", "صحيفة", "جريدة", "עיתון", "shimbun", "ilbo", "xinwen"};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof *(table))

static sheaf_slice of_host(const outlet *rows, size_t count, sheaf_slice host) {
    size_t best = 0;
    sheaf_slice name = {0};
    for (size_t i = 0; i < count; i++) {
        sheaf_slice known = sheaf_slice_of(rows[i].host);
        if (host.size < known.size || known.size <= best)
            continue;
        sheaf_slice tail = sheaf_slice_part(host, host.size - known.size, host.size);
        bool whole = host.size == known.size || tail.data[-1] == '.';
        if (whole && sheaf_slice_equal_fold(tail, known)) {
            best = known.size;
            name = sheaf_slice_of(rows[i].name);
        }
    }
    return name;
}

sheaf_slice sheaf_dump_outlet_of_host(sheaf_slice host) {
    return of_host(outlets, COUNT(outlets), host);
}

sheaf_slice sheaf_dump_via_of_host(sheaf_slice host) {
    return of_host(readers, COUNT(readers), host);
}

static bool is_article(sheaf_slice word) {
    return sheaf_slice_equal_fold(word, SLICE("the"));
}

/* Without "The " before and " (London)", " Online" or ".com" behind. */
static sheaf_slice bare_name(sheaf_slice name) {
    size_t blank = sheaf_slice_find_char(name, 0, ' ');
    if (blank != SIZE_MAX && is_article(sheaf_slice_part(name, 0, blank)))
        name = sheaf_slice_trim(sheaf_slice_part(name, blank, name.size));
    size_t bracket = sheaf_slice_find(name, 0, SLICE(" ("));
    if (bracket != SIZE_MAX && sheaf_slice_ends(name, SLICE(")")))
        name = sheaf_slice_part(name, 0, bracket);
    return sheaf_slice_trim(name);
}

/* text is a bare name; most of the table is passed over by its first letter. */
static bool same_name(sheaf_slice text, const char *known) {
    char first = sheaf_to_lower(text.size ? text.data[0] : ' ');
    if (sheaf_to_lower(known[0]) != first && known[0] != 'T' && known[0] != 't')
        return false;
    return sheaf_slice_equal_fold(text, bare_name(sheaf_slice_of(known)));
}

sheaf_slice sheaf_dump_outlet(sheaf_slice text) {
    enum { LONGEST = 80 };
    if (text.size > LONGEST || text.size < 2)
        return (sheaf_slice){0};
    sheaf_slice name = bare_name(sheaf_slice_trim(text));
    if (name.size == 0)
        return (sheaf_slice){0};
    for (size_t i = 0; i < COUNT(outlets); i++) {
        if (same_name(name, outlets[i].name) ||
            (sheaf_to_lower(name.data[0]) == outlets[i].host[0] &&
             sheaf_slice_equal_fold(name, sheaf_slice_of(outlets[i].host))))
            return sheaf_slice_of(outlets[i].name);
    }
    for (size_t i = 0; i < COUNT(more_names); i++) {
        if (same_name(name, more_names[i]) && name.size > 1)
            return sheaf_slice_of(more_names[i]);
    }
    return (sheaf_slice){0};
}

static bool is_paper_word(sheaf_slice word) {
    char folded[SHEAF_PHRASE_ROOM];
    sheaf_slice lower = sheaf_phrase(folded, word);
    for (size_t i = 0; i < COUNT(paper_words); i++) {
        if (sheaf_slice_is(lower, paper_words[i]))
            return true;
    }
    return false;
}

/* "日报", "新聞", "일보": endings, since their scripts part no words. */
static bool ends_like_paper(sheaf_slice text) {
    static const char *const endings[] = {"日报", "日報", "晚报", "晚報",  "新闻",
                                          "新聞", "时报", "時報", "周刊",  "通讯社",
                                          "일보", "신문", "뉴스", "타임스"};
    for (size_t i = 0; i < COUNT(endings); i++) {
        if (sheaf_slice_ends(text, sheaf_slice_of(endings[i])) && text.size <= 30)
            return true;
    }
    return false;
}

bool sheaf_dump_names_paper(sheaf_slice text) {
    size_t words = 0;
    bool named = false;
    if (text.size == 0 || text.size > 60)
        return false;
    if (ends_like_paper(text))
        return true;
    for (size_t at = 0; at < text.size;) {
        size_t end = sheaf_slice_find_char(text, at, ' ');
        sheaf_slice word = sheaf_slice_part(text, at, end);
        size_t start = 0;
        uint32_t first = word.size ? sheaf_utf8_next(word, &start) : ' ';
        if (words++ == 0 && !sheaf_char_is_upper(first))
            return false;
        named |= is_paper_word(word);
        if (sheaf_char_is_digit(first))
            return false;
        at = end == SIZE_MAX ? text.size : end + 1;
    }
    return named && words >= 2 && words <= 5;
}

sheaf_slice sheaf_dump_via_of_footer(sheaf_slice folded) {
    if (sheaf_slice_starts(folded, SLICE("newspapers in ")) ||
        sheaf_slice_starts(folded, SLICE("newspapers from ")) ||
        sheaf_slice_starts(folded, SLICE("magazines in ")) ||
        sheaf_slice_starts(folded, SLICE("magazines from ")) ||
        sheaf_slice_starts(folded, SLICE("pressreader")))
        return SLICE("PressReader");
    return (sheaf_slice){0};
}
