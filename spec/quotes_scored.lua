-- quotes_scored.lua - short texts of our own with everything that is said in them, for counting.
--
-- Each: language, text, and `want`: the first words of what is said, the speaker ("" for somebody whom the
-- text does not name), and "indirect" where it is told without marks. Whatever else is found was invented.
-- They were written before the rules were looked at again, and are not the examples of the plugin.

-- luacheck: no max line length

return {
  { "en", [[The harbour board met on Tuesday. Its chair, Mina Okafor, opened the talks. “We have waited long enough,” she said. “The pier must be mended before winter.”

Tobias Renn, the pilot who sits beside her, disagreed. “Mend it in spring,” he told the board, “when the water is warm and the divers are cheap.”]],
    { { "We have waited", "Mina Okafor" }, { "The pier must", "Mina Okafor" }, { "Mend it in", "Tobias Renn" },
      { "when the water", "Tobias Renn" } } },
  { "en", [[Finance minister Carla Voss said that the ferry would lose money again this year. Voss also warned that fares might rise. According to the minister, no route will be closed.]],
    { { "the ferry would", "Carla Voss", "indirect" }, { "fares might", "Carla Voss", "indirect" },
      { "no route", "Carla Voss", "indirect" } } },
  { "en", [["The cable was cut," said Pavel Ostrovin, a diver. "I saw the ends." He added: "They were as clean as a whistle."]],
    { { "The cable was", "Pavel Ostrovin" }, { "I saw", "Pavel Ostrovin" }, { "They were as", "Pavel Ostrovin" } } },
  { "en", [[In a letter to the mayor, Dora Penhale asked for a second crane. "One crane is a hobby; two are a harbour," she wrote.

The mayor, Hugh Tarrant, replied within the hour: "You shall have it by June."]],
    { { "One crane is", "Dora Penhale" }, { "You shall have", "Hugh Tarrant" } } },
  { "en", [[“I began as a deckhand,” Igor Lebyazhin recalls. “We slept four to a cabin, and nobody complained.

“When the captain fell ill I took the wheel, and I have not let go of it since.”]],
    { { "I began as", "Igor Lebyazhin" }, { "We slept four", "Igor Lebyazhin" },
      { "When the captain", "Igor Lebyazhin" } } },
  { "en", [[The so-called "silent fleet" has twelve boats. Its flagship, the "Morning Star", was built in 1962. Sailors call the fog "the grey wall", and the strait is known as "Widow's Mile".]],
    {} },
  { "en", [[Prime Minister Anna Lindqvist met President Jorge Salas in Lerwick. Lindqvist said the talks had been "open and useful". Salas called them "a first step on a long road". The president said he would return in May.]],
    { { "open and useful", "Anna Lindqvist" }, { "a first step", "Jorge Salas" },
      { "he would return", "Jorge Salas", "indirect" } } },
  { "en", [[“He looked at me and said, ‘There is no more rope,’ and that was that,” Karin Moe told reporters after the rescue.]],
    { { "He looked at", "Karin Moe" } } },
  { "en", [["What do they want with our sea bed?" asked Ruth Alder, who runs the only shop on the island. Her neighbour, a retired signalman, shook his head. "They want to listen," he said.]],
    { { "What do they", "Ruth Alder" }, { "They want to", "" } } },
  { "en", [[A spokesman for the coastguard said two men had been found alive. "They were cold and very lucky," the spokesman said. Inspector Lena Brandt declined to say where they came from.]],
    { { "two men had", "", "indirect" }, { "They were cold", "" } } },
  { "en", [[The Ministry of Ports denied the report. "No contract has been signed," the ministry said in a statement. "Talks go on."]],
    { { "No contract has", "Ministry of Ports" }, { "Talks go on", "Ministry of Ports" } } },
  { "en", [[Colonel Peter Haugen, who commands the garrison, was blunt: “We are not here to count gulls.” But the mayor’s deputy, Sofia Lund, said after the parade that “gulls are most of what there is to count”.]],
    { { "We are not", "Peter Haugen" }, { "gulls are most", "Sofia Lund" } } },
  { "en", [[In 1998, the yard employed 400 people. By the end of the decade, Renn had left. During the strike, the owner opened a second gate, and the workers closed it.]],
    {} },
  { "en", [[It is believed that the wreck lies deeper. It was announced that the road would close. There are good reasons to think that nobody will come.]],
    {} },
  { "en", [[Elena Marsh, the engineer who led the survey, believes the pipe is safe. “Every weld was tested twice,” according to Marsh.

“I would drink from it,” her colleague Omar Haddad added.]],
    { { "the pipe is", "Elena Marsh", "indirect" }, { "Every weld was", "Elena Marsh" },
      { "I would drink", "Omar Haddad" } } },
  { "en", [[Opposition leader Frank Amsel accused the government of "sleeping through the storm". Transport minister Ida Rohde rejected the charge. "Mr Amsel was on holiday at the time," she said.

Amsel said he had been in the gallery all along.]],
    { { "sleeping through the", "Frank Amsel" }, { "Mr Amsel was", "Ida Rohde" },
      { "he had been", "Frank Amsel", "indirect" } } },
  { "en", [[“The nets came up empty,” skipper Magnus Thorsen said on Friday. “Again.” Asked why, Thorsen shrugged. “Ask the seals.”]],
    { { "The nets came", "Magnus Thorsen" }, { "Again", "Magnus Thorsen" }, { "Ask the seals", "Magnus Thorsen" } } },
  { "en", [[The union wants a vote by Sunday, its secretary, Paula Grey, said in an interview with the Lantern. The members, she added, are tired of waiting.]],
    { { "The union wants", "Paula Grey", "indirect" }, { "The members", "Paula Grey", "indirect" } } },
  { "en", [[“Stay off the ice!” shouted the warden, Ole Dahl. “It will not hold a dog.” The children laughed, and Dahl, red in the face, repeated: “Off!”]],
    { { "Stay off the", "Ole Dahl" }, { "It will not", "Ole Dahl" }, { "Off", "Ole Dahl" } } },
  { "en", [[The new play is called "A House by the Weir". In her review, critic Joan Pell wrote that it was "a kind and funny evening". The author, Max Orr, said he was relieved.]],
    { { "a kind and", "Joan Pell" }, { "he was relieved", "Max Orr", "indirect" } } },
  { "en", [[Judge Alice Noor told the court: "The law is clear, and so is my ruling." The defendant's lawyer, Ben Strand, said outside the court that his client would appeal.]],
    { { "The law is", "Alice Noor" }, { "his client would", "Ben Strand", "indirect" } } },
  { "en", [[Two sisters run the ferry. Kirsten Falk keeps the books and Merete Falk steers. “I never learnt to swim,” Merete Falk said. Kirsten Falk said the same. “Nobody here does,” she laughed.]],
    { { "I never learnt", "Merete Falk" }, { "Nobody here does", "Kirsten Falk" } } },
  { "en", [[Villagers were less calm. “We heard a bang and ran,” said one. Another said the sky had turned green. Mayor Hana Kolar promised help. “Nobody will sleep outside tonight,” the mayor said.]],
    { { "We heard a", "" }, { "the sky had", "", "indirect" }, { "Nobody will sleep", "Hana Kolar" } } },
  { "en", [[Speaking in Oslo, Professor Nils Aker described the find as "the oldest anchor in the north". Aker's team will publish in June. The anchor, the professor said, weighs as much as a small car.]],
    { { "the oldest anchor", "Nils Aker" }, { "The anchor", "Nils Aker", "indirect" } } },
  { "de", [[Die Hafenmeisterin Greta Sommer sagte am Montag: „Wir brauchen ein zweites Lotsenboot.“ „Ohne das Boot“, fügte Sommer hinzu, „steht im Winter alles still.“ Der Bürgermeister Karl Winkler erklärte, dass die Stadt kein Geld habe.]],
    { { "Wir brauchen ein", "Greta Sommer" }, { "Ohne das Boot", "Greta Sommer" },
      { "steht im Winter", "Greta Sommer" }, { "die Stadt kein", "Karl Winkler", "indirect" } } },
  { "de", [[»Das Eis trägt nicht«, warnte Förster Jan Petersen. Der so genannte »Graue Wall« gilt als gefährlich. Laut Petersen sind zwei Kinder eingebrochen.]],
    { { "Das Eis trägt", "Jan Petersen" }, { "sind zwei Kinder", "Jan Petersen", "indirect" } } },
  { "fr", [[La maire Anne Delorme a répondu mardi. « Le pont sera fermé jusqu'en mai », a-t-elle déclaré. « Nous n'avons pas le choix », a ajouté Anne Delorme. Selon l'ingénieur Paul Garrec, les câbles sont usés.]],
    { { "Le pont sera", "Anne Delorme" }, { "Nous n'avons pas", "Anne Delorme" },
      { "les câbles sont", "Paul Garrec", "indirect" } } },
  { "fr", [[Le patron du chalutier, Yves Kerjean, attendait sur le quai.

— La mer est trop grosse, dit Yves Kerjean.

— Nous partirons demain, répondit son fils Luc Kerjean. Ou après-demain.]],
    { { "La mer est", "Yves Kerjean" }, { "Nous partirons demain", "Luc Kerjean" } } },
  { "es", [[«No venderemos el puerto», dijo la alcaldesa Marta Olmedo. «Es de todos», añadió. El ministro Julio Prat afirmó que la oferta era generosa. Según Prat, el plazo vence el lunes.]],
    { { "No venderemos el", "Marta Olmedo" }, { "Es de todos", "Marta Olmedo" },
      { "la oferta era", "Julio Prat", "indirect" }, { "el plazo vence", "Julio Prat", "indirect" } } },
  { "es", [[El capitán Raúl Mena miró el cielo.

—Mañana no salimos —dijo Mena—. El viento cambia.]],
    { { "Mañana no salimos", "Raúl Mena" }, { "El viento cambia", "Raúl Mena" } } },
  { "ru", [[Мэр города Анна Соколова выступила во вторник. «Порт останется открытым», — заявила Соколова. По словам директора порта Павла Островина, суда стоят у причала. Соколова добавила, что денег хватит до весны.]],
    { { "Порт останется открытым", "Анна Соколова" },
      { "суда стоят у", "Павел Островин", "indirect" }, { "денег хватит до", "Анна Соколова", "indirect" } } },
  { "ru", [[Капитан Игорь Лебедев ждал на берегу.

— Лёд ещё тонкий, — сказал Лебедев. — Надо ждать недели две.]],
    { { "Лёд ещё тонкий", "Игорь Лебедев" }, { "Надо ждать недели", "Игорь Лебедев" } } },
  { "it", [[«Il molo è sicuro», ha detto il sindaco Marco Ferri. «Lo abbiamo controllato due volte», ha aggiunto Ferri. Secondo l'ingegnere Laura Conti, servono altri lavori.]],
    { { "Il molo è", "Marco Ferri" }, { "Lo abbiamo controllato", "Marco Ferri" },
      { "servono altri lavori", "Laura Conti", "indirect" } } },
  { "pt", [[“O porto vai fechar”, disse a ministra Rita Sampaio. Sampaio afirmou que a greve continua.]],
    { { "O porto vai", "Rita Sampaio" }, { "a greve continua", "Rita Sampaio", "indirect" } } },
  { "ja", [[市長は「港は閉じない」と述べた。]], { { "港は閉じない", "" } } },
}
