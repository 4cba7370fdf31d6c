-- italian.lua - words of Italian that tell who says what.

return {
  code = "it",
  inverted = true, dropped = true,
  dialogue = true,
  reporting = [[
    detto dice dicono disse dissero diceva affermato afferma affermano affermò dichiarato dichiara
    dichiarò spiegato spiega spiegano spiegò aggiunto aggiunge aggiunse sottolineato sottolinea
    sottolineò sostenuto sostiene sostengono sostenne annunciato annuncia annunciò commentato commenta
    commentò risposto risponde rispose chiesto chiede chiese scritto scrive scrisse raccontato racconta
    raccontò ricordato ricorda ricordò ammesso ammette ammise avvertito avverte avvertì assicurato
    assicura assicurò precisato precisa precisò osservato osserva osservò ribadito ribadisce ribadì
    concluso conclude concluse confermato conferma confermò criticato critica denunciato denuncia
    denunciò promesso promette promise scherzato scherza definito definisce definì esclamato esclama
    esclamò proseguito prosegue lamentato lamenta ]],
  that = "che", bare_clause = "",
  telling = "detto disse avvertito ricordato assicurato",
  participles = "dicendo affermando spiegando aggiungendo sottolineando precisando ricordando",
  fillers = [[
    ha hanno aveva avevano ha anche inoltre poi ancora quindi ieri oggi già non si gli le lo infine
    così ]],
  pronouns = "lui=m lei=f egli=m ella=f loro=p io=i noi=p",
  determiners = [[
    il lo la i gli le l un uno una suo sua suoi sue questo questa questi quel quella nostro molti alcuni
    alcune diversi due tre ]],
  indefinite = "un uno una molti alcuni alcune diversi due tre",
  prepositions = [[
    di del dello della dei degli delle d a al alla allo ai in nel nella da dal dalla per con su sul
    sulla tra fra senza dopo prima durante contro secondo ]],
  conjunctions = "e ed o ma però perché anche se quando mentre come dove che",
  relative = "chi",
  honorifics = "signor=m signora=f sig.=m sig.ra=f dott.=m dott.ssa=f prof=x prof.=x papa=m re=m regina=f",
  roles = [[
    ministro ministra presidente segretario segretaria portavoce direttore direttrice capo sindaco
    sindaca deputato deputata senatore senatrice governatore ambasciatore ambasciatrice generale
    allenatore commissario capitano giocatore giocatrice esperto esperta professore professoressa
    ricercatore ricercatrice autore autrice scrittore scrittrice cantante attore attrice regista
    avvocato avvocata giudice procuratore premier cancelliere leader candidato candidata storico
    economista giornalista diplomatico testimone analista responsabile ingegnere pescatore vescovo
    cardinale omologo vicepresidente ]],
  relations = "omologo",
  writing = "scritto scrive scrisse",
  unnamed = "portavoce esperto esperta testimone analista giornalista diplomatico responsabile",
  tails = "esteri difesa interno giustizia affari",
  particles = "di de del della da dal lo la von van",
  organs = "ministero governo agenzia università polizia partito",
  documents = "comunicato testo rapporto documento lettera nota",
  places = "italia russia londra roma mosca",
  calendar = [[
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    lunedì martedì mercoledì giovedì venerdì sabato domenica ]],
  works = [[
    film libro romanzo album canzone serie articolo titolo opera giornale rivista poesia intitolato
    intitolata ]],
  terms = [[
    chiamato chiamata cosiddetto cosiddetta cosiddetti soprannominato termine parola espressione detto ]],
  according = [[
    secondo
    a detta di
    stando a ]],
  by = "da dal dalla",
  abbreviations = "sig dott prof avv on st ecc",
  function_words = [[
    questo quello qui là oggi ieri domani sì no non più molto tutto tutti così allora anche ma
    secondo dopo intanto ]],
  women = "harriet maria anna giulia francesca giorgia laura",
  men = "anton giovanni mario luigi matteo giuseppe marco paolo sergio",
}
