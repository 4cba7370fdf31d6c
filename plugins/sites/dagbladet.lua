-- dagbladet.lua - Dagbladet: the first article alone, for others follow below it on the same page; without
-- the machine-made summary, fact boxes and advertisers' contents.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of dagbladet.no.",
  hosts = { "dagbladet.no" },
  page = {
    keep = { "#mainArticleSection .articleHeader .subtitle", "#mainArticleSection > .bodytext > p",
      "#mainArticleSection > .bodytext > h2", ".content > header > .subtitle", ".body-copy > p",
      ".body-copy > h2" },
    drop = { "#second-article", ".factbox", ".aiArticleSummary", ".content-marketing-ribbon" },
  },
  tests = {
    { give = { html = [[<article id=mainArticleSection><div class=articleHeader><h1>Moloen røk</h1>
        <h2 class=subtitle>Muren ga etter midt på dagen.</h2></div><div class=bodytext>
        <p>Ingen ble skadet.</p><div class=factbox><p>Laget av en maskin</p></div>
        <h2>Kran på vei</h2><p>En kran kommer i kveld.</p></div></article>
        <article id=second-article><div class=bodytext><p>Noe helt annet skjedde.</p></div></article>]] },
      want = { text = "Muren ga etter midt på dagen.\n\nIngen ble skadet.\n\nKran på vei\n\n"
        .. "En kran kommer i kveld." } },
    { give = { html = [[<div class=content><header><h1>Moloen røk</h1><h3 class=subtitle>Muren ga etter.</h3>
        </header></div><div class=body-copy><div class=aiArticleSummary><p>Kort fortalt</p></div>
        <p>Ingen ble skadet.</p></div>]] },
      want = { text = "Muren ga etter.\n\nIngen ble skadet." } },
  },
}
