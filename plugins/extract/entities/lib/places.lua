-- places.lua - countries with their capitals and some large cities, by their English names.
--
-- One country a line: name, other names, and behind the colon its towns, the capital first. A line that
-- begins with blanks goes on with the one before.

local lines = [[
Afghanistan: Kabul, Kandahar, Herat
Albania: Tirana
Algeria: Algiers, Oran
Andorra: Andorra la Vella
Angola: Luanda
Argentina: Buenos Aires, Rosario
Armenia: Yerevan
Australia: Canberra, Sydney, Melbourne, Brisbane, Perth, Adelaide
Austria: Vienna, Graz, Salzburg, Innsbruck, Linz
Azerbaijan: Baku
Bahamas: Nassau
Bahrain: Manama
Bangladesh: Dhaka, Chittagong
Barbados: Bridgetown
Belarus: Minsk, Brest, Gomel
Belgium: Brussels, Antwerp, Ghent, Liège
Belize: Belmopan
Benin: Porto-Novo, Cotonou
Bhutan: Thimphu
Bolivia: La Paz, Sucre, Santa Cruz de la Sierra
Bosnia and Herzegovina, Bosnia: Sarajevo, Banja Luka, Mostar
Botswana: Gaborone
Brazil: Brasília, Brasilia, São Paulo, Sao Paulo, Rio de Janeiro, Salvador, Recife, Porto Alegre
Brunei: Bandar Seri Begawan
Bulgaria: Sofia, Plovdiv, Varna
Burkina Faso: Ouagadougou
Burundi: Bujumbura, Gitega
Cambodia: Phnom Penh
Cameroon: Yaoundé, Yaounde, Douala
Canada: Ottawa, Toronto, Montreal, Vancouver, Calgary, Edmonton, Winnipeg, Quebec City, Halifax
Cape Verde: Praia
Central African Republic: Bangui
Chad: N'Djamena
Chile: Santiago, Valparaíso
China: Beijing, Shanghai, Guangzhou, Shenzhen, Chongqing, Tianjin, Wuhan, Chengdu, Nanjing, Hangzhou,
  Xi'an, Hong Kong, Macau
Colombia: Bogotá, Bogota, Medellín, Medellin, Cali
Congo, Democratic Republic of Congo, DR Congo, DRC: Kinshasa, Lubumbashi, Goma, Brazzaville
Costa Rica: San José
Croatia: Zagreb, Split, Dubrovnik
Cuba: Havana
Cyprus: Nicosia, Limassol
Czech Republic, Czechia: Prague, Brno, Ostrava
Denmark: Copenhagen, Aarhus, Odense
Djibouti: Djibouti City
Dominican Republic: Santo Domingo
East Timor, Timor-Leste: Dili
Ecuador: Quito, Guayaquil
Egypt: Cairo, Alexandria, Giza
El Salvador: San Salvador
Equatorial Guinea: Malabo
Eritrea: Asmara
Estonia: Tallinn, Tartu
Eswatini: Mbabane
Ethiopia: Addis Ababa
Faroe Islands, Faroes: Torshavn
Fiji: Suva
Finland: Helsinki, Tampere, Turku
France: Paris, Marseille, Lyon, Toulouse, Nice, Nantes, Strasbourg, Bordeaux, Lille
Gabon: Libreville
Gambia: Banjul
Germany: Berlin, Hamburg, Munich, Cologne, Frankfurt, Stuttgart, Düsseldorf, Leipzig, Dresden, Bremen,
  Hanover, Bonn
Ghana: Accra, Kumasi
Greece: Athens, Thessaloniki
Greenland: Nuuk
Grenada: St George's
Guatemala: Guatemala City
Guinea: Conakry
Guinea-Bissau: Bissau
Guyana: Georgetown
Haiti: Port-au-Prince
Honduras: Tegucigalpa
Hungary: Budapest, Debrecen
Iceland: Reykjavik
India: New Delhi, Delhi, Mumbai, Kolkata, Chennai, Bengaluru, Bangalore, Hyderabad, Ahmedabad, Pune,
  Srinagar, Lucknow
Indonesia: Jakarta, Surabaya, Bandung, Medan
Iran: Tehran, Isfahan, Mashhad, Shiraz, Tabriz
Iraq: Baghdad, Mosul, Basra, Erbil, Kirkuk
Ireland: Dublin, Cork, Galway
Israel: Jerusalem, Tel Aviv, Haifa
Italy: Rome, Milan, Naples, Turin, Palermo, Genoa, Bologna, Florence, Venice
Ivory Coast, Côte d'Ivoire: Yamoussoukro, Abidjan
Jamaica: Kingston
Japan: Tokyo, Osaka, Kyoto, Nagoya, Yokohama, Hiroshima, Nagasaki, Fukushima, Sapporo, Fukuoka
Jordan: Amman
Kazakhstan: Astana, Almaty
Kenya: Nairobi, Mombasa
Kosovo: Pristina
Kuwait: Kuwait City
Kyrgyzstan: Bishkek
Laos: Vientiane
Latvia: Riga
Lebanon: Beirut, Tripoli
Lesotho: Maseru
Liberia: Monrovia
Libya: Benghazi
Liechtenstein: Vaduz
Lithuania: Vilnius, Kaunas
Luxembourg: Luxembourg City
Madagascar: Antananarivo
Malawi: Lilongwe
Malaysia: Kuala Lumpur, Penang
Maldives: Malé
Mali: Bamako, Timbuktu
Malta: Valletta
Mauritania: Nouakchott
Mauritius: Port Louis
Mexico: Mexico City, Guadalajara, Monterrey, Tijuana, Acapulco
Moldova: Chisinau, Tiraspol
Monaco: Monte Carlo
Mongolia: Ulaanbaatar
Montenegro: Podgorica
Morocco: Rabat, Casablanca, Marrakesh
Mozambique: Maputo
Myanmar, Burma: Naypyidaw, Yangon, Mandalay
Namibia: Windhoek
Nepal: Kathmandu
Netherlands: Amsterdam, Rotterdam, The Hague, Utrecht, Eindhoven
New Zealand: Wellington, Auckland, Christchurch
Nicaragua: Managua
Niger: Niamey
Nigeria: Abuja, Lagos, Kano
North Korea: Pyongyang
North Macedonia, Macedonia: Skopje
Norway: Oslo, Bergen, Trondheim, Stavanger, Tromsø, Tromso, Kirkenes
Oman: Muscat
Pakistan: Islamabad, Karachi, Lahore, Peshawar, Rawalpindi
Palestine, Palestinian territories: Ramallah, Gaza, Gaza City, Rafah, Khan Younis, Hebron, Nablus, West
  Bank, Gaza Strip
Panama: Panama City
Papua New Guinea: Port Moresby
Paraguay: Asunción
Peru: Lima, Cusco
Philippines: Manila, Davao, Quezon City
Poland: Warsaw, Krakow, Gdansk, Wroclaw, Poznan, Lodz
Portugal: Lisbon, Porto
Qatar: Doha
Romania: Bucharest, Cluj-Napoca
Russia, Russian Federation: Moscow, St Petersburg, St. Petersburg, Saint Petersburg, Novosibirsk,
  Yekaterinburg, Kazan, Sochi, Rostov-on-Don, Vladivostok, Murmansk, Arkhangelsk, Kaliningrad, Belgorod,
  Grozny
Rwanda: Kigali
Saudi Arabia: Riyadh, Jeddah, Mecca, Medina
Senegal: Dakar
Serbia: Belgrade, Novi Sad
Sierra Leone: Freetown
Singapore:
Slovakia: Bratislava
Slovenia: Ljubljana
Somalia: Mogadishu
South Africa: Pretoria, Cape Town, Johannesburg, Durban
South Korea: Seoul, Busan, Incheon
South Sudan: Juba
Spain: Madrid, Barcelona, Valencia, Seville, Bilbao, Málaga
Sri Lanka: Colombo
Sudan: Khartoum, Omdurman
Suriname: Paramaribo
Sweden: Stockholm, Gothenburg, Malmö, Malmo, Uppsala
Switzerland: Bern, Zurich, Geneva, Basel, Lausanne, Davos
Syria: Damascus, Aleppo, Homs, Idlib
Taiwan: Taipei
Tajikistan: Dushanbe
Tanzania: Dodoma, Dar es Salaam
Thailand: Bangkok, Chiang Mai
Togo: Lomé
Tonga:
Trinidad and Tobago: Port of Spain
Tunisia: Tunis
Turkey, Türkiye: Ankara, Istanbul, Izmir, Antalya
Turkmenistan: Ashgabat
Uganda: Kampala
Ukraine: Kyiv, Kiev, Kharkiv, Odesa, Odessa, Lviv, Dnipro, Donetsk, Luhansk, Mariupol, Zaporizhzhia,
  Kherson, Crimea, Sevastopol, Donbas
United Arab Emirates, UAE: Abu Dhabi, Dubai, Sharjah
United Kingdom, UK, U.K., Britain, Great Britain: London, Birmingham, Manchester, Glasgow, Liverpool,
  Leeds, Edinburgh, Cardiff, Belfast, Bristol, Sheffield, Aberdeen, Lerwick, Kirkwall, England, Scotland,
  Wales, Northern Ireland, Orkney, Shetland
United States, United States of America, US, U.S., USA: Washington, New York, New York City, Los Angeles,
  Chicago, Houston, Philadelphia, Phoenix, San Antonio, San Diego, Dallas, San Francisco, Seattle, Denver,
  Boston, Detroit, Las Vegas, Miami, Atlanta, Minneapolis, New Orleans, Baltimore, Pittsburgh, California,
  Texas, Florida, Alaska, Hawaii, Ohio, Michigan, Pennsylvania, Arizona, Virginia, Massachusetts, New
  Jersey, Illinois, North Carolina, Wisconsin, Minnesota, Colorado, Oregon
Uruguay: Montevideo
Uzbekistan: Tashkent, Samarkand
Vatican, Vatican City, Holy See:
Venezuela: Caracas, Maracaibo
Vietnam: Hanoi, Ho Chi Minh City, Da Nang
Yemen: Sanaa, Aden, Hodeidah
Zambia: Lusaka
Zimbabwe: Harare, Bulawayo
Europe, Africa, Asia, Middle East, Latin America, North America, South America, Arctic, Antarctica,
  Balkans, Caucasus, Caribbean, Central Asia, Scandinavia, Siberia:
]]

local continents = "^Europe,"

local places = {} -- name → { name =, country = }

local function add(name, entry)
  places[name] = places[name] or entry
end

for line in lines:gsub("\n +", " "):gmatch("[^\n]+") do
  local names, towns = line:match("^([^:]*):(.*)$")
  local first = not line:find(continents) and names:match("^[^,]+")
  for name in names:gmatch("[^,]+") do
    name = name:match("^ *(.-)$")
    add(name, { name = first or name, country = first or nil })
  end
  for town in towns:gmatch("[^,]+") do
    town = town:match("^ *(.-)$")
    add(town, { name = town, country = first })
  end
end

return places
