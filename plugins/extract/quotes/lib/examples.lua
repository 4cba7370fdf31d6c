-- examples.lua - the plugin's own tests: a text, and all that is found in it.

return {
  -- Behind the quotation; a pronoun; a split quotation.
  { opt = { indirect = false },
    give = { language = "en",
      text = "Minister Mina Okafor came late. “The boats stay,” Okafor said. “They rest,” "
        .. "she said, “and we rest.”" },
    want = { spans = {
      { 36, 50, { id = 1, kind = "direct", speaker = "Mina Okafor", speaker_raw = "Okafor",
        role = "Minister", verb = "said", cue = "Okafor said", rule = "X said", confidence = 0.95 } },
      { 71, 80, { id = 2, kind = "direct", speaker = "Mina Okafor", speaker_raw = "she", role = "Minister",
        verb = "said", cue = "she said", rule = "X said", confidence = 0.81 } },
      { 98, 109, { id = 3, kind = "direct", speaker = "Mina Okafor", speaker_raw = "she", role = "Minister",
        rule = "split", confidence = 0.81, continues = 2 } },
    } } },
  -- The verb first.
  { give = { language = "en", text = "\"The boats stay,\" said harbour master Tobias Renn." },
    want = { spans = {
      { 2, 16, { id = 1, kind = "direct", speaker = "Tobias Renn",
        speaker_raw = "harbour master Tobias Renn", verb = "said", cue = "said harbour master Tobias Renn",
        rule = "said X", confidence = 0.95 } },
    } } },
  -- Before the quotation.
  { give = { language = "en", text = "Tobias Renn said: \"The boats stay.\"" },
    want = { spans = {
      { 20, 34, { id = 1, kind = "direct", speaker = "Tobias Renn", speaker_raw = "Tobias Renn",
        verb = "said", cue = "Tobias Renn said", rule = "X said:", confidence = 0.9 } },
    } } },
  -- A part of a sentence.
  { give = { language = "en", text = "Tobias Renn called the plan \"a very daft idea\" on Monday." },
    want = { spans = {
      { 30, 45, { id = 1, kind = "mixed", speaker = "Tobias Renn", speaker_raw = "Tobias Renn",
        verb = "called", cue = "Tobias Renn called", rule = "X said before", confidence = 0.9 } },
    } } },
  -- Nobody is named: the speaker stays empty.
  { give = { language = "en", text = "\"The boats stay,\" a spokesman said." },
    want = { spans = {
      { 2, 16, { id = 1, kind = "direct", speaker_raw = "a spokesman", role = "spokesman", verb = "said",
        cue = "a spokesman said", rule = "X said" } },
    } } },
  -- A role that a name was given with before.
  { opt = { indirect = false },
    give = { language = "en", text = "Harbour minister Mina Okafor met the pilot Tobias Renn. "
      .. "\"The boats stay,\" the minister said." },
    want = { spans = {
      { 58, 72, { id = 1, kind = "direct", speaker = "Mina Okafor", speaker_raw = "the minister",
        role = "minister", verb = "said", cue = "the minister said", rule = "X said", confidence = 0.86 } },
    } } },
  -- The sentence before.
  { opt = { indirect = false },
    give = { language = "en",
      text = "Mina Okafor and her crew were tired of the storm. \"We have been at sea for a week.\"" },
    want = { spans = {
      { 52, 82, { id = 1, kind = "direct", speaker = "Mina Okafor", speaker_raw = "Mina Okafor",
        rule = "sentence before", confidence = 0.7 } },
    } } },
  -- Not quotations: one word, a title, a term.
  { opt = { indirect = false, refused = true },
    give = { language = "en",
      text = "The \"strike\" began. He read the novel \"The Slow Boat\" and saw a so-called "
        .. "\"fish feast\" there." },
    want = { spans = {
      { 6, 11, { id = 1, kind = "none", rule = "single word" } },
      { 40, 52, { id = 2, kind = "none", rule = "title of a work" } },
      { 76, 85, { id = 3, kind = "none", rule = "term" } },
    } } },
  -- Indirect speech, the cue before and behind.
  { give = { language = "en", text = "Tobias Renn said that the boats would stay." },
    want = { spans = {
      { 23, 42, { id = 1, kind = "indirect", speaker = "Tobias Renn", speaker_raw = "Tobias Renn",
        verb = "said", cue = "Tobias Renn said", rule = "X said that", confidence = 0.9 } },
    } } },
  { give = { language = "en", text = "The boats would stay in port, Tobias Renn said." },
    want = { spans = {
      { 1, 28, { id = 1, kind = "indirect", speaker = "Tobias Renn", speaker_raw = "Tobias Renn",
        verb = "said", cue = "Tobias Renn said", rule = "…, X said", confidence = 0.85 } },
    } } },
  -- Over two paragraphs.
  { give = { language = "en", text = "Tobias Renn said: “The boats stay.\n\n“They rest.”" },
    want = { spans = {
      { 22, 36, { id = 1, kind = "direct", speaker = "Tobias Renn", speaker_raw = "Tobias Renn",
        verb = "said", cue = "Tobias Renn said", rule = "X said:", confidence = 0.9, open = true } },
      { 42, 51, { id = 2, kind = "direct", speaker = "Tobias Renn", speaker_raw = "Tobias Renn",
        rule = "continued paragraph", confidence = 0.9, continues = 1 } },
    } } },
  -- Other languages.
  { give = { language = "de", text = "„Die Boote bleiben“, sagte Hafenmeister Tobias Renn." },
    want = { spans = {
      { 4, 20, { id = 1, kind = "direct", speaker = "Tobias Renn", speaker_raw = "Hafenmeister Tobias Renn",
        verb = "sagte", cue = "sagte Hafenmeister Tobias Renn", rule = "said X", confidence = 0.95 } },
    } } },
  { give = { language = "fr", text = "« Les bateaux restent », a déclaré Élodie Vasseur." },
    want = { spans = {
      { 4, 22, { id = 1, kind = "direct", speaker = "Élodie Vasseur", speaker_raw = "Élodie Vasseur",
        verb = "déclaré", cue = "a déclaré Élodie Vasseur", rule = "said X", confidence = 0.95 } },
    } } },
  { give = { language = "ru",
      text = "«Лодки остаются», — сказал Игорь Лебяжин." },
    want = { spans = {
      { 3, 29, { id = 1, kind = "direct", speaker = "Игорь Лебяжин",
        speaker_raw = "Игорь Лебяжин", verb = "сказал",
        cue = "сказал Игорь Лебяжин", rule = "said X", confidence = 0.95 } },
    } } },
  { give = { language = "es", text = "«Los barcos se quedan», dijo Ana Robles." },
    want = { spans = {
      { 3, 22, { id = 1, kind = "direct", speaker = "Ana Robles", speaker_raw = "Ana Robles", verb = "dijo",
        cue = "dijo Ana Robles", rule = "said X", confidence = 0.95 } },
    } } },
  { give = { language = "it", text = "«Le barche restano», ha detto Giulia Neri." },
    want = { spans = {
      { 3, 19, { id = 1, kind = "direct", speaker = "Giulia Neri", speaker_raw = "Giulia Neri",
        verb = "detto", cue = "ha detto Giulia Neri", rule = "said X", confidence = 0.95 } },
    } } },
  { give = { language = "pt", text = "“Os barcos ficam”, disse João Prado." },
    want = { spans = {
      { 4, 18, { id = 1, kind = "direct", speaker = "João Prado", speaker_raw = "João Prado",
        verb = "disse", cue = "disse João Prado", rule = "said X", confidence = 0.95 } },
    } } },
  { give = { language = "en", text = "The boats stay in port." }, want = nil },
  { give = { headline = "No text at all" }, want = nil },
}
