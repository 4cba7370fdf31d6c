-- outlets.lua - newspapers, broadcasters, magazines and wire services, with other names and their hosts.
--
-- One a line: name | other names | hosts. Names stand as they are printed, with their capitals.

local lines = [[
Reuters | Рейтер, Agence Reuters | reuters.com
AP | Associated Press, The Associated Press | apnews.com
AFP | Agence France-Presse, Франс Пресс, АФП | afp.com
dpa | Deutsche Presse-Agentur, DPA | dpa.com
TASS | ТАСС, Tass, Itar-Tass | tass.com, tass.ru
Interfax | Интерфакс | interfax.ru, interfax.com
RIA Novosti | РИА Новости, RIA | ria.ru
Xinhua | Xinhua News Agency | xinhuanet.com, news.cn
Bloomberg | Bloomberg News, Блумберг | bloomberg.com
ANSA | Ansa | ansa.it
EFE | Agencia EFE, Efe | efe.com
Europa Press | | europapress.es
APA | Austria Presse Agentur | apa.at
Anadolu | Anadolu Agency, Anadolu Ajansı | aa.com.tr
Kyodo | Kyodo News | kyodonews.net
Yonhap | Yonhap News Agency | yna.co.kr
Press Association | PA Media, PA news agency | pa.media
Ukrinform | Укринформ, Укрінформ | ukrinform.net, ukrinform.ua
BBC | BBC News, Би-би-си, British Broadcasting Corporation | bbc.com, bbc.co.uk
CNN | | cnn.com
ITV | ITV News | itv.com
Sky News | | news.sky.com
Channel 4 News | Channel 4 | channel4.com
Al Jazeera | Аль-Джазира, Al-Jazeera | aljazeera.com, aljazeera.net
Fox News | Fox | foxnews.com
NBC News | NBC | nbcnews.com
CBS News | CBS | cbsnews.com
ABC News | ABC | abcnews.go.com
MSNBC | | msnbc.com
NPR | National Public Radio | npr.org
PBS | | pbs.org
CBC | CBC News | cbc.ca
Radio Free Europe | RFE/RL, Radio Liberty, Радио Свобода | rferl.org, svoboda.org
Voice of America | VOA, Голос Америки | voanews.com
Euronews | Евроньюс | euronews.com
France 24 | | france24.com
Deutsche Welle | DW, Немецкая волна | dw.com
The Guardian | Guardian | theguardian.com
The Observer | | observer.co.uk
The Times | Times of London | thetimes.co.uk, thetimes.com
The Sunday Times | Sunday Times |
The Daily Telegraph | The Telegraph, Daily Telegraph | telegraph.co.uk
The Independent | Independent | independent.co.uk
Financial Times | The Financial Times, FT | ft.com
The Economist | Economist | economist.com
Daily Mail | The Daily Mail, MailOnline | dailymail.co.uk
Daily Mirror | The Mirror, The Daily Mirror | mirror.co.uk
The Sun | | thesun.co.uk
Evening Standard | The Evening Standard | standard.co.uk
The Irish Times | Irish Times | irishtimes.com
The Scotsman | | scotsman.com
The New York Times | New York Times, NYT | nytimes.com
The Washington Post | Washington Post | washingtonpost.com
The Wall Street Journal | Wall Street Journal, WSJ | wsj.com
Los Angeles Times | LA Times, The Los Angeles Times | latimes.com
USA Today | | usatoday.com
Chicago Tribune | | chicagotribune.com
The Boston Globe | Boston Globe | bostonglobe.com
Politico | POLITICO | politico.com, politico.eu
Axios | | axios.com
The Hill | | thehill.com
Time | TIME, Time magazine | time.com
Newsweek | | newsweek.com
The New Yorker | New Yorker | newyorker.com
The Atlantic | Atlantic | theatlantic.com
Vanity Fair | | vanityfair.com
Rolling Stone | | rollingstone.com
Forbes | | forbes.com
BuzzFeed News | BuzzFeed | buzzfeednews.com
Vice | Vice News | vice.com
Bellingcat | | bellingcat.com
Der Spiegel | Spiegel, Шпигель, Spiegel Online | spiegel.de
Die Zeit | Zeit, Zeit Online | zeit.de
Die Welt | Welt | welt.de
Bild | Bild-Zeitung, Bild am Sonntag | bild.de
Süddeutsche Zeitung | SZ | sueddeutsche.de
Frankfurter Allgemeine Zeitung | FAZ, F.A.Z., Frankfurter Allgemeine | faz.net
Handelsblatt | | handelsblatt.com
Tagesspiegel | Der Tagesspiegel | tagesspiegel.de
taz | die tageszeitung | taz.de
Stern | | stern.de
Focus | | focus.de
ARD | Tagesschau, ARD-Morgenmagazin | tagesschau.de, ard.de
ZDF | | zdf.de
Deutschlandfunk | | deutschlandfunk.de
Redaktionsnetzwerk Deutschland | RND | rnd.de
Der Standard | | derstandard.at
Die Presse | | diepresse.com
Kronen Zeitung | | krone.at
ORF | | orf.at
Neue Zürcher Zeitung | NZZ | nzz.ch
Tages-Anzeiger | | tagesanzeiger.ch
SRF | | srf.ch
Le Monde | | lemonde.fr
Le Figaro | | lefigaro.fr
Libération | | liberation.fr
Le Parisien | | leparisien.fr
Les Échos | Les Echos | lesechos.fr
L'Express | | lexpress.fr
Mediapart | | mediapart.fr
France Inter | | radiofrance.fr
Franceinfo | France Info, franceinfo | francetvinfo.fr
BFMTV | BFM TV, BFM | bfmtv.com
TF1 | | tf1info.fr
RFI | Radio France Internationale | rfi.fr
Le Soir | | lesoir.be
El País | | elpais.com
El Mundo | | elmundo.es
La Vanguardia | | lavanguardia.com
ABC de Madrid | | abc.es
Cadena SER | la Ser | cadenaser.com
RTVE | Televisión Española, TVE | rtve.es
Clarín | | clarin.com
La Nación | | lanacion.com.ar
El Universal | | eluniversal.com.mx
Corriere della Sera | Corriere | corriere.it
la Repubblica | La Repubblica, Repubblica | repubblica.it
La Stampa | | lastampa.it
Il Sole 24 Ore | | ilsole24ore.com
Rai | RAI | rainews.it, rai.it
Público | | publico.pt
Folha de S.Paulo | Folha | folha.uol.com.br
O Globo | | globo.com
De Telegraaf | | telegraaf.nl
NRC | NRC Handelsblad | nrc.nl
de Volkskrant | Volkskrant | volkskrant.nl
Dagens Nyheter | | dn.se
Aftonbladet | | aftonbladet.se
SVT | | svt.se
Aftenposten | | aftenposten.no
VG | Verdens Gang | vg.no
NRK | | nrk.no
Politiken | | politiken.dk
Helsingin Sanomat | | hs.fi
Yle | YLE | yle.fi
Gazeta Wyborcza | | wyborcza.pl
Rzeczpospolita | | rp.pl
Kommersant | Коммерсантъ, Коммерсант | kommersant.ru
Vedomosti | Ведомости | vedomosti.ru
Izvestia | Известия | iz.ru
Rossiyskaya Gazeta | Российская газета | rg.ru
Novaya Gazeta | Новая газета | novayagazeta.ru
Komsomolskaya Pravda | Комсомольская правда | kp.ru
Gazeta.ru | Газета.Ru | gazeta.ru
Lenta.ru | Лента.ру | lenta.ru
RBC | РБК | rbc.ru
Meduza | Медуза | meduza.io
RT | | rt.com
Sputnik | Спутник | sputniknews.com
Dozhd | TV Rain, Дождь | tvrain.tv
Ekho Moskvy | Echo of Moscow, Эхо Москвы | echo.msk.ru
Kyiv Independent | The Kyiv Independent | kyivindependent.com
Ukrainska Pravda | Украинская правда, Українська правда | pravda.com.ua
Haaretz | | haaretz.com
The Jerusalem Post | Jerusalem Post | jpost.com
Hürriyet | | hurriyet.com.tr
The Times of India | Times of India | timesofindia.indiatimes.com
The Hindu | | thehindu.com
Dawn | | dawn.com
South China Morning Post | SCMP | scmp.com
Global Times | | globaltimes.cn
People's Daily | | people.cn
The Japan Times | | japantimes.co.jp
Nikkei | Nikkei Asia | nikkei.com
Asahi Shimbun | The Asahi Shimbun | asahi.com
NHK | | nhk.or.jp
The Korea Herald | | koreaherald.com
The Sydney Morning Herald | Sydney Morning Herald | smh.com.au
The Age | | theage.com.au
The Australian | | theaustralian.com.au
The Globe and Mail | Globe and Mail | theglobeandmail.com
Toronto Star | The Toronto Star | thestar.com
]]

local outlets = { by_word = {}, by_host = {} }

local function trimmed(text) return text:match("^%s*(.-)%s*$") end

-- Aliases by their first word, the longest first.
local function add(alias, name)
  local word = alias:match("^[^%s]+")
  local list = outlets.by_word[word] or {}
  list[#list + 1] = { alias = alias, name = name }
  table.sort(list, function(one, other) return #one.alias > #other.alias end)
  outlets.by_word[word] = list
end

for line in lines:gmatch("[^\n]+") do
  local name, aliases, hosts = line:match("^(.-)|(.-)|(.*)$")
  name = trimmed(name)
  add(name, name)
  for alias in aliases:gmatch("[^,]+") do
    if trimmed(alias) ~= "" then add(trimmed(alias), name) end
  end
  for host in hosts:gmatch("[^,%s]+") do outlets.by_host[host] = name end
end

-- The outlet of a host, also of one below it: edition.cnn.com.
function outlets.of_host(host)
  while host and host:find(".", 1, true) do
    if outlets.by_host[host] then return outlets.by_host[host] end
    host = host:match("^[^.]+%.(.+)$")
  end
end

return outlets
