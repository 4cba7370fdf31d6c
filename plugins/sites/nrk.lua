-- nrk.lua - NRK: lead and body, without the places of the reporters and links to other articles.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of nrk.no.",
  hosts = { "nrk.no" },
  page = {
    keep = { ".article-lead > p", ".article-body > p", ".article-body > h2", ".article-body > ul" },
    drop = { ".article-dateline", ".autonomous" },
    fields = { headline = "h1.article-title" },
  },
  tests = {
    { give = { html = [[<article><header class=article-header><h1 class="title article-title">Moloen røk</h1>
        <div class="text-body article-lead"><p>Muren ga etter midt på dagen.</p></div></header>
        <div class=article-body><p>Ingen ble skadet.</p><a class=autonomous><h2 class=heading>Les også: en
        annen havn</h2></a><h2>Kran på vei</h2><p>En kran kommer i kveld.</p></div></article>]] },
      want = { headline = "Moloen røk",
        text = "Muren ga etter midt på dagen.\n\nIngen ble skadet.\n\nKran på vei\n\n"
          .. "En kran kommer i kveld." } },
  },
}
