-- srf.lua - SRF: lead and paragraphs, without captions ("Legende:") and sharing.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of srf.ch.",
  hosts = { "srf.ch" },
  page = {
    keep = { ".article-lead", ".articlepage__article-content > .article-paragraph",
      ".articlepage__article-content > .article-heading", ".articlepage__article-content > .article-list",
      ".article-content > p", ".article-content > h2", ".article-content > .blockquote" },
    drop = { ".expandable-box", ".media-caption", ".article-reference" },
    fields = { headline = "h1.article-title .article-title__text" },
  },
  tests = {
    { give = { html = [[<article class=articlepage__article><header class=article-header>
        <h1 class=article-title><span class=article-title__overline>Hafen</span>
        <span class=article-title__text>Die Mole ist gebrochen</span></h1>
        <p class=article-lead>Am Mittag gab sie nach.</p></header>
        <section class=articlepage__article-content><p class=article-paragraph>Die Mauer war alt.</p>
        <div class=article-element><figcaption>Legende: Die Mole am Morgen</figcaption></div>
        <h2 class=article-heading>Kran unterwegs</h2><p class=article-paragraph>Ein Kran kommt.</p></section>
        </article>]] },
      want = { headline = "Die Mole ist gebrochen",
        text = "Am Mittag gab sie nach.\n\nDie Mauer war alt.\n\nKran unterwegs\n\nEin Kran kommt." } },
  },
}
