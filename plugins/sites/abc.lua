-- abc.lua - ABC: paragraphs and subheads, also those behind the pay wall, without related news.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of abc.es.",
  hosts = { "abc.es" },
  page = {
    keep = { ".voc-article--detail h1 + .voc-subtitle", ".voc-d .voc-p",
      ".voc-d .voc-d-c__s-title" },
    drop = { ".voc-d-c-related-news", ".voc-modal-dropdown", ".voc-c-container--bdr" },
    fields = { headline = "h1.voc-title", authors = ".voc-author .voc-author__name" },
  },
  tests = {
    { give = { html = [[<div class="voc-article voc-article--detail"><div class=voc-info-container>
        <h1 class=voc-title>Cede el muro del puerto</h1><h2 class=voc-subtitle>Nadie resultó herido</h2></div>
        </div><section class=voc-author><p class=voc-author__name>Inés Robledo</p></section>
        <article class=voc-d__article><div class=voc-d><p class=voc-p>El muro viejo cedió a mediodía.</p>
        <span class=paywall><section class=voc-d-c-related-news><p class=voc-p>Otro puerto crece</p></section>
        <div class=voc-c-container><h3 class=voc-d-c__s-title>Una grúa en camino</h3></div>
        <p class=voc-p>La grúa llega mañana.</p></span></div></article>]] },
      want = { headline = "Cede el muro del puerto", authors = { { name = "Inés Robledo" } },
        text = "Nadie resultó herido\n\nEl muro viejo cedió a mediodía.\n\nUna grúa en camino\n\n"
          .. "La grúa llega mañana." } },
  },
}
