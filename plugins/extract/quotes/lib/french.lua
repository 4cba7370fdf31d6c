-- french.lua - words of French that tell who says what.

return {
  code = "fr",
  inverted = true,
  dialogue = true,
  reporting = [[
    dit dite disent disait déclaré déclare déclarait affirmé affirme affirmait affirment expliqué
    explique expliquait expliquent ajouté ajoute ajoutait ajoutent précisé précise précisait
    assuré assure assurait estimé estime estimait estiment souligné souligne soulignait indiqué
    indique indiquait annoncé annonce annonçait répondu répond répondait demandé demande demandait
    demanda répondit ajouta déclara affirma expliqua lança
    écrit écrivait écrivent raconté raconte racontait rappelé rappelle rappelait regretté regrette
    regrettait dénoncé dénonce dénonçait averti avertit prévenu prévient promis promet lancé
    lance lançait insisté insiste confié confie confiait reconnu reconnaît reconnaissait réagi
    réagit commenté commente conclu conclut poursuivi poursuit martelé martèle plaisanté plaisante
    ironisé ironise observé observe noté note jugé juge critiqué critique qualifié qualifie
    réclamé réclame évoqué évoque confirmé confirme soutenu soutient félicité salué salue
    tweeté résumé résume murmuré murmure soupiré soupire ]],
  that = "que qu",
  bare_clause = "",
  telling = "dit assuré averti prévenu rappelé expliqué",
  participles = "affirmant ajoutant déclarant expliquant soulignant précisant assurant estimant disant",
  fillers = [[
    a ont avait avaient aussi également encore ensuite enfin alors puis toutefois cependant s'est se
    s'était en lui leur nous y a-t-il a-t-elle ont-ils ont-elles avait-il avait-elle l'a est été n'a
    pas ]],
  pronouns = "il=m elle=f ils=p elles=p on=i je=i nous=p celui-ci=m celle-ci=f",
  determiners = [[
    le la les l un une des du ce cet cette ces son sa ses leur leurs notre nos mon ma mes plusieurs
    certains certaines quelques deux trois ]],
  indefinite = "un une des plusieurs certains certaines quelques deux trois",
  prepositions = [[
    de d à au aux en dans par pour sur sous avec sans chez vers après avant pendant depuis entre
    contre lors selon devant derrière ]],
  conjunctions = "et ou mais donc car ni puisque lorsque quand si comme tandis que qu'il",
  relative = "qui",
  honorifics = "m=m m.=m mme=f mlle=f monsieur=m madame=f dr=x dr.=x pape=m roi=m reine=f",
  roles = [[
    ministre président présidente premier première secrétaire porte-parole directeur directrice chef
    cheffe maire député députée sénateur sénatrice gouverneur ambassadeur ambassadrice général
    entraîneur entraîneuse sélectionneur capitaine joueur joueuse expert experte professeur
    professeure chercheur chercheuse auteur autrice écrivain écrivaine chanteur chanteuse acteur
    actrice réalisateur réalisatrice avocat avocate juge procureur procureure commissaire homologue
    patron patronne responsable conseiller conseillère historien historienne économiste journaliste
    diplomate témoin habitant habitante analyste syndicaliste ingénieur dirigeant dirigeante candidat
    candidate évêque pêcheur ]],
  relations = "homologue",
  writing = "écrit écrivait",
  unnamed = [[
    porte-parole expert experte témoin habitant habitante analyste responsable journaliste diplomate ]],
  tails = "affaires étrangères défense intérieur justice",
  particles = "de du des d la le van von ben el",
  organs = "ministère gouvernement agence université police parti élysée",
  documents = "communiqué texte rapport document lettre",
  places = "france russie londres paris moscou",
  calendar = [[
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi
    mercredi jeudi vendredi samedi dimanche ]],
  works = [[
    film livre roman album chanson série article titre pièce journal revue poème intitulé intitulée ]],
  terms = "dit dits dite dites appelé appelée surnommé surnommée mot terme expression nommé nommée",
  according = [[
    selon
    d'après ]],
  by = "par",
  abbreviations = "m mm dr st av etc cf",
  function_words = [[
    c'est ce cela ça ici là hier aujourd'hui demain oui non ne pas plus très tout tous où quand
    comment pourquoi mais celui-ci celle-ci ainsi alors enfin selon après avant pendant ]],
  women = "harriet marie anne élodie sophie catherine isabelle nathalie valérie christine ségolène",
  men = "anton jean pierre emmanuel nicolas françois jacques philippe michel alain bruno",
}
