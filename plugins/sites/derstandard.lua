-- derstandard.lua - Der Standard: the subtitle and the paragraphs, without pull quotes and tools.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of derstandard.at and derstandard.de.",
  hosts = { "derstandard.at", "derstandard.de" },
  page = {
    keep = { ".article-subtitle", ".article-body > p", ".article-body > h3", ".article-body > ul" },
    fields = { headline = "h1.article-title", section = ".article-header .article-kicker" },
  },
  tests = {
    { give = { html = [[<article class=story-article><div class=article-header><header>
        <h2 class=article-kicker>Hafen</h2><h1 class=article-title>Die Mole ist gebrochen</h1>
        <p class=article-subtitle>Am Mittag gab die Mauer nach</p></header></div>
        <div class=article-body><p>Die alte Mole von Verholm ist am Mittag gebrochen.</p>
        <figure><blockquote>So etwas sah hier niemand</blockquote></figure><h3>Niemand verletzt</h3>
        <p>Verletzt wurde niemand.</p></div><nav><h3>Artikel-Tools</h3></nav></article>]] },
      want = { headline = "Die Mole ist gebrochen", section = "Hafen",
        text = "Am Mittag gab die Mauer nach\n\nDie alte Mole von Verholm ist am Mittag gebrochen.\n\n"
          .. "Niemand verletzt\n\nVerletzt wurde niemand." } },
  },
}
