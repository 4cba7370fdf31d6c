-- lavanguardia.lua - La Vanguardia: standfirst and paragraphs, without the articles linked between them.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of lavanguardia.com.",
  hosts = { "lavanguardia.com" },
  page = {
    keep = { ".epigraph-container .epigraph", ".article_header .subtitles .subtitle",
      ".article_story > .paragraph", ".article_story > .highlight:not(.highlight--quote) > .title",
      ".article-modules > .paragraph", ".article-modules > .content-subtitle h3" },
    drop = { ".content-related", ".content_component.related" },
    fields = { headline = "h1.title", authors = ".author-date-time .author-name p" },
  },
  tests = {
    { give = { html = [[<article><h1 class=title>Cede el muro del puerto</h1>
        <div class=epigraph-container><h2 class=epigraph>Nadie resultó herido</h2></div>
        <div class=author-date-time><div class=author-name><p>Inés Robledo</p></div></div>
        <div class=article-modules><p class=paragraph>El muro viejo cedió a mediodía.</p>
        <span class=content-related><p class=paragraph>Otro puerto crece</p></span>
        <span class=content-subtitle><h3 class=subtitle>Una grúa en camino</h3></span>
        <p class=paragraph>La grúa llega mañana.</p></div></article>]] },
      want = { headline = "Cede el muro del puerto", authors = { { name = "Inés Robledo" } },
        text = "Nadie resultó herido\n\nEl muro viejo cedió a mediodía.\n\nUna grúa en camino\n\n"
          .. "La grúa llega mañana." } },
    { give = { html = [[<article><header class=article_header><h1 class="title hard">Cede el muro</h1>
        <div class=subtitles><h2 class="subtitle dot">Nadie resultó herido</h2></div></header>
        <div class=article_story><p class=paragraph>El muro viejo cedió a mediodía.</p>
        <div class="content_component highlight"><h3 class=title>Una grúa en camino</h3></div>
        <div class="content_component related"><h2 class=title>Otro puerto crece</h2></div>
        <p class=paragraph>La grúa llega mañana.</p></div></article>]] },
      want = { text = "Nadie resultó herido\n\nEl muro viejo cedió a mediodía.\n\nUna grúa en camino\n\n"
        .. "La grúa llega mañana." } },
  },
}
