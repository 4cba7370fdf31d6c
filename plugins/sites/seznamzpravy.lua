-- seznamzpravy.lua - Seznam Zprávy. Most of its class names change with every release, and so nothing is
-- kept by the names of a release that has gone; cards of other articles are dropped in all of them.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of seznamzpravy.cz.",
  hosts = { "seznamzpravy.cz" },
  page = {
    keep = { "section:has(.mol-rich-content--for-article) p.speakable",
      ".mol-rich-content--for-article > .speakable > p",
      ".mol-rich-content--for-article > .speakable > ul", ".mol-rich-content--for-article > h2" },
    drop = { "#accessibility-article", "[class*=mol-article-card]" },
  },
  tests = {
    { give = { html = [[<section><h1>Povolila hráz</h1>
        <p class="e_b speakable">Zeď povolila v poledne.</p>
        <article><div class=mol-rich-content--for-article>
        <div class="g_b speakable"><p>Nikdo nebyl zraněn.</p></div>
        <a class=mol-article-card__title-link><h3>Jiný přístav</h3></a><h2>Jeřáb je na cestě</h2>
        <div class="g_b speakable"><p>Dorazí večer.</p></div></div></article></section>]] },
      want = { text = "Zeď povolila v poledne.\n\nNikdo nebyl zraněn.\n\nJeřáb je na cestě\n\n"
        .. "Dorazí večer." } },
  },
}
