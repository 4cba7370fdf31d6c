-- organisations.lua - international organisations, and the words that end the names of others.

local known = {}

for line in ([[
United Nations|UN|U.N.
European Union|EU|E.U.
NATO|North Atlantic Treaty Organization
World Health Organization|WHO
World Trade Organization|WTO
International Monetary Fund|IMF
World Bank
International Criminal Court|ICC
International Court of Justice|ICJ
UN Security Council|Security Council|United Nations Security Council
UNESCO
UNICEF
UNHCR
UNRWA
World Food Programme|WFP
International Atomic Energy Agency|IAEA
OSCE|Organization for Security and Co-operation in Europe
OECD
OPEC
ASEAN
African Union|AU
Arab League
Commonwealth of Independent States|CIS
Council of Europe
European Commission
European Parliament
European Council
European Central Bank|ECB
European Court of Human Rights|ECHR
Eurozone
G7
G20
BRICS
Interpol|INTERPOL
Europol
Red Cross|International Committee of the Red Cross|ICRC
Red Crescent
Amnesty International|Amnesty
Human Rights Watch
Greenpeace
Médecins Sans Frontières|MSF|Doctors Without Borders
Oxfam
Hamas
Hezbollah
Islamic State|ISIS|ISIL
Taliban
al-Qaeda|Al-Qaeda
Kremlin
White House
Pentagon
Congress
Senate
House of Representatives
House of Commons
House of Lords
Bundestag
Bundesrat
Knesset
State Duma|Duma
Downing Street
Federal Reserve|Fed
Bank of England
CIA
FBI
NASA
MI5
MI6
FIFA
UEFA
International Olympic Committee|IOC
Google
Apple
Microsoft
Amazon
Facebook
Meta
Tesla
Gazprom
Rosneft
Boeing
Airbus
Reuters
Associated Press
BBC
CNN
TASS
Xinhua
Bloomberg
New York Times
Washington Post
Wall Street Journal
The Guardian
Financial Times
]]):gmatch("[^\n]+") do
  local name = line:match("^[^|]+")
  for alias in line:gmatch("[^|]+") do known[alias] = name end
end

local function set_of(list)
  local set = {}
  for word in list:gmatch("%S+") do set[word] = true end
  return set
end

return {
  known = known,
  endings = set_of [[
    Ministry Department University College School Bank Party Council Agency Committee Commission Union Inc
    Corp Corporation Ltd Group Company Co Association Institute Institution Club Court Parliament Police
    Army Navy Office Authority Organization Organisation Federation Foundation Fund Service Services Trust
    Board Bureau Academy Church League Alliance Society Front Movement Guard Guards Airlines Airways
    Holdings Industries Network News Times Post Tribune Herald Gazette Press Radio Television Hospital
    Museum Library Orchestra Team Brigade Regiment Forces Force Command Center Centre Administration
    Cabinet Assembly Conference Summit Senate Records Studios Entertainment Pictures Media Labs
    Technologies Systems Motors Energy Partners Capital Coalition]],
  heads = set_of [[
    Ministry Department University Bank Institute Association Court Board Office Bureau Museum Federation
    Church Academy Council Commission Committee Union House Republic]],
}
