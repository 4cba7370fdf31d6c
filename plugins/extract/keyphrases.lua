-- keyphrases.lua - the words and phrases that a text is about.
--
-- A candidate is a run of one to three words between stop words and punctuation, as in RAKE. It counts for
-- more when it comes often, early, in the headline, with a capital within a sentence, or is longer, as in
-- YAKE. A phrase within a better one is left out unless it also stands alone often. Languages without a list
-- of stop words here take words of up to three letters for such; scripts without blanks get nothing.

local stop_words = {
  en = [[a about above after again against ago all almost along already also although always am among an and
    another any anyone are around as ask asked at away back be became because become been before began being
    below between both but by call called came can cannot come could day days did do does done down
      during each
    early either end even ever every far few first for former found four from further gave get give given go
    going gone good got great had has have he her here hers herself him himself his how however i if in
      into is
    it its itself just keep kept known last late later least less let like likely little long made make makes
    making many may me mean might month months more most mr mrs ms much must my near need never new next
      no nor
    not nothing now of off often on once one only onto or other others our out over own part per perhaps put
    rather really said same saw say saying says see seen set several shall she should show since six so some
    something soon still such take taken tell ten than that the their them themselves then there these they
    thing things think this those though thought three through thus time times to today together told too took
    toward two under until up upon us use used using very want was way we week weeks well went were what when
    where whether which while who whole whom whose why will with within without work would year years yes yet
    you your yesterday monday tuesday wednesday thursday friday saturday sunday don't didn't doesn't it's i'm
    that's there's he's she's we're they're won't can't isn't wasn't january february
    march april june july august september october november december million billion i've we've you're
      percent according]],
  de = [[aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits
    bis bisher
    da dabei damit dann daran darauf darüber das dass davon dazu dem den denen denn der deren derzeit des
      dessen
    deshalb die dies diese diesem diesen dieser dieses doch dort drei du durch ein eine einem einen einer
      eines
    einige er erst erste ersten es etwa etwas euch für ganz gegen gegenüber geht gibt gut habe haben hat hatte
    hatten heute hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jahr jahre
      jahren jede
    jeder jedoch jetzt kann kein keine keinen kommt können könnte laut machen man mehr mehrere mehreren
      mein mit
    möglich muss müssen nach nachdem neue neuen nicht nichts noch nun nur ob oder ohne prozent sagt sagte
      schon
    sehr sei sein seine seinem seinen seiner seit selbst sich sie sieht sind so sogar soll sollen sollte
      sondern
    sowie später steht tag tage tagen trotz über um und uhr uns unser unter viel viele vielen vom von vor war
    waren was wegen weil weiter weitere weiteren welche wenn wer werden wie wieder will wir wird wo
      wollen worden
    wurde wurden während zeit zu zudem zum zur zwar zwei zwischen zuletzt bald gar dich hast anderem
      letzten kommenden ehemaligen stehen steht vorerst montag dienstag
    mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september
      oktober
    november dezember minuten millionen milliarden]],
  fr = [[a à afin ainsi alors an ans après assez au aucun aujourd'hui aussi autre autres aux avant avec
    avoir avait
    avaient beaucoup bien c'est ce cela celle celui ces cet cette ceux chaque chez comme contre d'un
      d'une dans de
    déjà depuis dernier dernière des dès deux devant doit donc dont du elle elles en encore entre est et
      étaient
    était été être eu fait faire fois font il ils j'ai je jour jours jusqu'à l'on la le les leur leurs
      lors lui
    ma mais même mes moins mois mon ne ni non nos notre nous nouveau nouvelle on ont ou où outre par parce
    pas pendant peu peut peuvent plus plusieurs pour pourrait pouvoir premier première près qu'il qu'elle
      qu'ils
    quand que quel quelle quelques qui sa sans se selon sera ses si sont sous sur son ta tel tous tout
      toute toutes
    très trois trop un une va vers vont vos votre vous y n'est s'est d'être il y ceux-ci ça c'était]],
  es = [[a además al algo algunos alguna algunas ante antes aquí así aún aunque año años bajo bien cada
    casi como con
    contra cual cuando cuatro de del desde después día días dice dicho dijo donde dos durante e el él
      ella ellas
    ellos en entre era eran es esa esas ese eso esos está están esta estas este esto estos fue fueron ha había
    habían hace hacer hacia han hasta hay hoy incluso la las le les lo los más mayor me mejor menos mi
      mientras
    mismo misma mucho muchos muy nada ni no nos nosotros nueva nuevo o otra otras otro otros para parte
      pero poco
    podría por porque primera primer puede pueden pues que qué quien quienes se sea según ser si sí sido sin
    sino sobre solo sólo son su sus también tan tanto te tiene tienen toda todas todo todos tras tres tu
      un una
    unas uno unos va vez veces y ya yo]],
  it = [[a ad al alla alle agli ai allo altra altri altro anche ancora anni anno avere aveva bene c'è che
    chi ci come
    con contro cosa così cui da dal dalla dalle dai dagli degli dei del della delle dello di dopo dove
      due e ed
    era erano essere fa fatto fino fra fu già giorni gli ha hanno i il in invece io l'ha la le lei li lo
      loro lui
    ma mai me meno mentre mi molto ne nei nel nella nelle no noi non nostro nuovo o ogni oggi oltre ora
      per perché
    però più po' poi prima primo può qual quale quando quanto quattro quella quelle quelli quello questa
      queste
    questi questo qui sarà se sei sempre senza si sia sono sopra sotto sta stata stati stato su sua sue
      sugli sui
    sul sulla suo suoi tra tre tutta tutti tutto un una uno verso vi via un'altra dell'anno nell'ambito]],
  pt = [[a ao aos além ainda alguns algumas ano anos antes após aqui as às até bem cada com como contra
    da das de
    depois desde dia dias disse do dois dos duas durante e é ela elas ele eles em entre era eram essa
      esse esta
    está estão este eu foi foram havia há isso isto já la lhe mais mas me mesmo meu minha muito muitos na
      não nas
    nem no nos nós nova novo num numa o onde os ou outra outras outro outros para pela pelas pelo pelos
      pode podem
    por porque primeira primeiro qual quando que quem se segundo seja sem ser será seu seus sido só sob sobre
    somos sua suas são também tem têm ter todo todos toda três um uma umas uns vai você vez]],
  nl = [[aan al alle alleen als altijd andere ben bij daar dan dat de deze die dit doen door dus een
    eerste elk en er
    geen gaan gaat had hadden heb hebben heeft hem het hier hij hoe hun ik in is ja jaar jaren je kan kon
      konden
    kunnen maar man meer men met mijn moet moeten na naar niet niets nieuwe nog nu of om omdat onder ons
      ook op
    over per sinds te tegen ten tijdens toch toen tot twee uit van veel voor vooral waar waren was wat we wel
    welke werd werden wie wij wil worden wordt zal ze zegt zei zelf zich zij zijn zo zonder zou zouden drie]],
  sv = [[alla allt att av bara blev bli blir bland då de dem den denna deras dess det detta dig din du
    där efter ej
    eller en enligt ett fick finns fram från få får för första ha hade han har hela henne hennes hon hur här i
    inga ingen inom inte jag kan kommer kunde man med mellan men mer mig min mot mycket många måste ned
      ni nu nya
    någon något några när och också om oss på redan säger sade samma se sedan sig sin sina sitt ska
      skulle som så
    till tre två under upp ur ut utan vad var vara varit vi vid vilka vill åt år är över]],
  ru = [[а без более больше будет будто бы был была были было быть в вам вас весь во вот все всего всех
    всё вы где да
    даже два двух для до его ее её если есть еще ещё же за здесь и из или им их к как ко когда которая
      которого
    которое которой котором которую которые который которых кто ли либо между меня мне много может можно мы на
    над надо нам нас не него нее ней нет ни них но ну о об однако он она они оно от очень по под после потому
    почти при про раз с сам свои своего своей своих себя сейчас со так также такие такой там тем того
      тоже только
    том тот три ту ты у уже хотя чего чем что чтобы эта эти этих это этого этой этом этот эту году года лет
    время сообщил сообщила заявил заявила сказал сказала словам данным ранее году]],
}
stop_words.da = [[af alle at blev bliver da de dem den denne der deres det dette dig din du efter eller
  en end er et
  flere for fra få får før ham han har havde hende hendes her hun hvad hvis hvor i ikke ind ingen jeg kan
    kunne man
  mange med meget men mere mig min mod må nogle nu når og også om op os over på siger sig sin skal skulle
    som så
  til to under ud var ved vi vil ville være været år]]
stop_words.no = stop_words.da .. " å av ble blir bare etter fikk fra før hva hvem ikke inn ingen jeg kun "
  .. "mot noe noen nye opp sier"
  .. " seg siden skal til tre ut var vært vil være"
stop_words.nb = stop_words.no

for tag, list in pairs(stop_words) do
  local set = {}
  for word in list:gmatch("%S+") do set[sheaf.fold(word)] = true end
  stop_words[tag] = set
end

local unspaced = { zh = true, ja = true, ko = false, th = true, lo = true, km = true, my = true, bo = true }

-- ---- words ----------------------------------------------------------------------------------------------

-- Apostrophes become plain, other typographic marks and all punctuation between words break the phrase.
local function fragments(text)
  text = text:gsub("\xe2\x80\x99", "'"):gsub("\xe2\x80[\x90\x91]", "-"):gsub("\xe2\x80[\x80-\xbf]", "|")
    :gsub("\xc2[\xab\xbb]", "|"):gsub("\xc2\xa0", " ")
  return text:gmatch("[^.,;:!?()%[%]{}\"|\n\t/*=<>]+")
end

local folded, amount = {}, 0 -- word → folded; emptied when it has grown large

local function fold(word)
  local plain = folded[word]
  if not plain then
    if amount > 50000 then folded, amount = {}, 0 end
    plain, amount = sheaf.fold(word), amount + 1
    folded[word] = plain
  end
  return plain
end

local function is_stop(plain, stops)
  if stops then return stops[plain] or #plain < 2 or plain:find("^%W*%d") ~= nil end
  return (utf8.len(plain) or #plain) < 4 or plain:find("^%W*%d") ~= nil
end

local function is_capital(word, plain)
  return word ~= plain and (word:find("^%u") or word:find("^[\xc3\xd0\xc4\xc5\xce]")) ~= nil
end

-- ---- candidates -----------------------------------------------------------------------------------------

-- The candidates of one run of words, each counted in state.
local function note_run(state, run)
  for first = 1, #run do
    local phrase, shown
    for last = first, math.min(#run, first + 2) do
      local word = run[last]
      phrase = phrase and phrase .. " " .. word.plain or word.plain
      shown = shown and shown .. " " .. word.text or word.text
      local entry = state.entry_of[phrase]
      if not entry then
        entry = { phrase = shown, plain = phrase, count = 0, words = last - first + 1, at = run.at,
          capitals = 0 }
        state.entry_of[phrase], state.list[#state.list + 1] = entry, entry
      end
      entry.count = entry.count + 1
      if word.capital and run[first].capital and (run.inside or first > 1) then
        entry.capitals = entry.capitals + 1
        if entry.capitals == 1 then entry.phrase = shown end
      end
    end
  end
end

local function note_text(state, text, stops)
  for fragment in fragments(text) do
    local run = { at = state.at }
    for word in fragment:gmatch("[^%s]+") do
      state.at = state.at + 1
      if word:find("['-]") then word = word:gsub("^['-]+", ""):gsub("['-]+$", ""):gsub("'s$", "") end
      local plain = fold(word)
      if plain == "" or is_stop(plain, stops) then
        if #run > 0 then note_run(state, run) end
        run = { at = state.at, inside = true }
      else
        run[#run + 1] = { text = word, plain = plain, capital = is_capital(word, plain) }
      end
    end
    if #run > 0 then note_run(state, run) end
  end
end

local function headline_of(article, stops)
  local state = { entry_of = {}, list = {}, at = 0 }
  note_text(state, article.headline or "", stops)
  return state.entry_of
end

-- ---- choosing -------------------------------------------------------------------------------------------

local function score(entry, total, in_headline)
  local early = 1 - 0.5 * entry.at / math.max(total, 1)
  local value = entry.count * (1 + 0.6 * (entry.words - 1)) * early
  if in_headline then value = value * 1.6 + 1 end
  if 2 * entry.capitals >= entry.count then value = value * 1.3 end
  return value
end

-- Candidates that are worth it: those that come again, or are in the headline, too.
local function scored(state, headline)
  local list = {}
  for _, entry in ipairs(state.list) do
    local in_headline = headline[entry.plain] ~= nil
    if (entry.count > 1 or in_headline) and #entry.plain > 2 then
      entry.score = score(entry, state.at, in_headline)
      list[#list + 1] = entry
    end
  end
  table.sort(list, function(one, other)
    if one.score ~= other.score then return one.score > other.score end
    return one.plain < other.plain
  end)
  return list
end

local function contains(long, short)
  return (" " .. long .. " "):find(" " .. short .. " ", 1, true) ~= nil
end

local function without_plural(plain)
  return plain:gsub("e?s$", "")
end

-- Is there nothing new in an entry, next to those that were chosen?
local function is_covered(entry, chosen)
  for _, other in ipairs(chosen) do
    if without_plural(entry.plain) == without_plural(other.plain) then return true end
    if contains(other.plain, entry.plain) and entry.count < 3 * other.count then return true end
    if contains(entry.plain, other.plain) and 3 * entry.count < other.count then return true end
  end
  return false
end

-- A longer phrase that comes as often takes the place of a chosen part of it.
local function replaced(entry, chosen)
  for index, other in ipairs(chosen) do
    if contains(entry.plain, other.plain) and 2 * entry.count >= other.count then
      chosen[index] = entry
      return true
    end
  end
  return false
end

local function choose(list, number)
  local chosen = {}
  for _, entry in ipairs(list) do
    if #chosen == number then break end
    if not is_covered(entry, chosen) and not replaced(entry, chosen) then chosen[#chosen + 1] = entry end
  end
  return chosen
end

local function described(chosen)
  local phrases = {}
  for index, entry in ipairs(chosen) do
    phrases[index] = { phrase = entry.phrase, count = entry.count,
      score = math.floor(entry.score * 10 + 0.5) / 10 }
  end
  return phrases
end

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Find the words and phrases that the text is about.",
  args = {
    number = { "integer", default = 8, min = 1, max = 100, help = "how many to give at most" },
    fill = { "boolean", default = false, help = "set keywords where there are none" },
  },
  needs = { "text", "headline", "language", "keywords" },
  adds = { phrases = "list", keywords = "list" },
  each = function(article, opt)
    local language = (article.language or "und"):lower():match("^%a+") or "und"
    if not article.text or unspaced[language] then return nil end
    local state = { entry_of = {}, list = {}, at = 0 }
    note_text(state, article.text, stop_words[language])
    local chosen = choose(scored(state, headline_of(article, stop_words[language])), opt.number)
    if #chosen == 0 then return nil end
    local keywords
    if opt.fill and #(article.keywords or {}) == 0 then
      keywords = {}
      for index, entry in ipairs(chosen) do keywords[index] = entry.phrase end
    end
    return { phrases = described(chosen), keywords = keywords }
  end,
  examples = {
    { run = "sheaf run news.sheaf --extract keyphrases:fill=yes --to csv:columns=headline,keywords",
      about = "keywords where there are none" },
  },
  tests = {
    { opt = { number = 1 },
      give = { language = "en", text = "The cable ships came. Nobody likes cable ships, and cable ships "
        .. "like nobody." },
      want = { phrases = { { phrase = "cable ships", count = 3, score = 4.6 } } } },
    { opt = { number = 1, fill = true },
      give = { language = "en", text = "A samovar stood there. The samovar was cold." },
      want = { keywords = { "samovar" } } },
    { opt = { number = 1, fill = true },
      give = { language = "en", text = "A samovar stood there. The samovar was cold.", keywords = { "tea" } },
      want = { phrases = { { phrase = "samovar", count = 2, score = 1.9 } } } },
    { opt = { number = 1, fill = true }, give = { language = "de",
      text = "Die Fähre fuhr. Eine Fähre fährt immer." },
      want = { keywords = { "Fähre" } } },
    { opt = { number = 1, fill = true }, give = { language = "fi", text = "Laiva lähti. Se laiva ei palaa." },
      want = { keywords = { "Laiva" } } },
    { give = { language = "en", text = "Nothing here comes twice." }, want = false },
    { give = { language = "zh", text = "海底电缆海底电缆" }, want = false },
    { give = { headline = "No text" }, want = false },
  },
}
