-- german.lua - words of German that tell who says what.

return {
  code = "de",
  capital_nouns = true,
  reporting = [[
    sagt sagte sagten gesagt erklärt erklärte erklärten betont betonte betonten meint meinte meinten
    berichtet berichtete berichteten teilt teilte teilten mitgeteilt schreibt schrieb schrieben
    geschrieben fügt fügte hinzugefügt ergänzt ergänzte warnt warnte warnten fordert forderte
    forderten kritisiert kritisierte kritisierten behauptet behauptete behaupteten äußert äußerte
    äußerten antwortet antwortete antworteten fragt fragte fragten ruft rief riefen versichert
    versicherte versicherten bestätigt bestätigte bestätigten verspricht versprach kündigt kündigte
    ankündigt ankündigte angekündigt räumt räumte glaubt glaubte hofft hoffte findet fand bedauert
    bedauerte lobt lobte spricht sprach verkündet verkündete verlautet verlautete bemerkt bemerkte
    stellt stellte entgegnet entgegnete erwidert erwiderte erzählt erzählte erinnert erinnerte
    unterstreicht unterstrich zitiert zitierte weist wies gibt gab nennt nannte bezeichnet bezeichnete
    resümiert resümierte scherzt scherzte klagt klagte schimpft schimpfte mahnt mahnte befürchtet
    befürchtete heißt hieß ]],
  bare_clause = "sagt sagte meint meinte erklärt erklärte glaubt glaubte betont betonte",
  that = "dass daß",
  telling = "sagt sagte teilt teilte mitgeteilt erzählt erzählte versichert versicherte warnt warnte",
  fillers = [[
    auch später dann weiter ferner zudem außerdem hat habe haben hatte hatten wurde wurden wird war
    ist sich nun jetzt noch schon nur jedoch aber selbst bereits am dazu darauf daraufhin wörtlich am
    ihm ihr ihnen uns mir enttäuscht zufrieden gegenüber anschließend schließlich zuvor dabei
    demnach ]],
  pronouns = "er=m sie=f es=o ich=i wir=p",
  determiners = [[
    der die das den dem des ein eine einer eines einem einen sein seine seiner ihr ihre ihrer unser
    unsere mein meine dieser diese dieses jener jene kein keine viele einige mehrere alle beide zwei
    drei ]],
  indefinite = "ein eine einer eines einem einen viele einige mehrere kein keine zwei drei",
  prepositions = [[
    von vom für bei beim aus in im an am auf zu zum zur mit nach über unter vor während gegen ohne
    durch um seit bis neben zwischen hinter wegen trotz laut ]],
  conjunctions = "und aber oder sondern denn doch weil obwohl während wenn als ob nachdem bevor wie sowie",
  relative = "",
  honorifics = [[
    herr=m herrn=m frau=f dr=x dr.=x prof=x prof.=x professor=m professorin=f papst=m könig=m
    königin=f ]],
  roles = [[
    minister ministerin außenminister außenministerin innenminister innenministerin
    verteidigungsminister verteidigungsministerin finanzminister finanzministerin justizminister
    justizministerin wirtschaftsminister wirtschaftsministerin gesundheitsminister gesundheitsministerin
    präsident präsidentin bundeskanzler bundeskanzlerin kanzler kanzlerin ministerpräsident
    ministerpräsidentin premierminister premierministerin premier regierungschef regierungschefin
    sprecher sprecherin regierungssprecher regierungssprecherin pressesprecher pressesprecherin
    polizeisprecher vorsitzender vorsitzende vorsitzenden parteichef parteichefin chef chefin direktor
    direktorin leiter leiterin bürgermeister bürgermeisterin oberbürgermeister senator senatorin
    abgeordneter abgeordnete staatssekretär staatssekretärin botschafter botschafterin general trainer
    trainerin bundestrainer kapitän spieler torwart experte expertin professor professorin forscher
    forscherin autor autorin schriftsteller schriftstellerin sänger sängerin schauspieler
    schauspielerin regisseur regisseurin anwalt anwältin richter richterin staatsanwalt kollege
    kollegen kollegin gast generalsekretär generalsekretärin geschäftsführer geschäftsführerin
    vorstandschef amtskollege amtskollegen diplomat zeuge zeugin kritiker ökonom historiker
    historikerin journalist journalistin nachbar nachbarin ingenieur ingenieurin fischer wirt bischof ]],
  relations = "gast kollege kollegen kollegin amtskollege amtskollegen nachbar",
  writing = "schrieb schreibt",
  unnamed = "sprecher sprecherin experte zeuge zeugin kollege kollegin diplomat nachbar nachbarin kritiker",
  tails = "",
  particles = "von van zu zur der de vom und",
  organs = "ministerium amt gericht polizei partei regierung universität zeitung agentur",
  documents = "erklärung mitteilung papier bericht brief text studie",
  places = "deutschland deutsche deutscher russland russische russischer",
  calendar = [[
    januar februar märz april mai juni juli august september oktober november dezember montag dienstag
    mittwoch donnerstag freitag samstag sonntag ]],
  works = [[
    lied song album film buch roman stück serie artikel titel gedicht oper zeitung magazin zeitschrift ]],
  terms = [[
    genannt sogenannte sogenannten sogenannter begriff wort worte bezeichnung motto namen name titel ]],
  according = [[
    laut
    nach angaben von
    nach angaben der
    nach angaben des
    nach ansicht von
    nach worten von
    so ]],
  by = "von",
  abbreviations = "dr prof hr fr nr st bzw ca z b u a d h vgl usw mio mrd",
  function_words = [[
    dies da hier dort heute gestern morgen nun so doch nicht auch nur wenn was wer wie wo warum man
    dieser diese dieses nein ja zuvor zudem dabei damit deshalb daher dennoch trotzdem für ]],
  women = "harriet anna maria angela ursula annalena sabine petra julia katharina",
  men = "anton hans peter olaf robert christian friedrich markus thomas michael gareth jürgen wolfgang",
}
