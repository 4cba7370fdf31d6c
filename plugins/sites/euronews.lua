-- euronews.lua - Euronews in all its languages: summary and text, without widgets and shortcuts.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of euronews.com in all languages.",
  hosts = { "euronews.com" },
  page = {
    keep = { ".c-article-summary", ".c-article-content > p", ".c-article-content > h2",
      ".c-article-content > h3", ".c-article-content > ul", ".c-article-content > blockquote" },
    drop = { ".widget", ".c-article-you-might-also-like" },
  },
  tests = {
    { give = { url = "https://fr.euronews.com/my-europe/1", html = [[<div class=o-article-newsy__main>
        <h1>La digue a cédé</h1><h2 class=c-article-summary>Le mur a cédé à midi.</h2>
        <div class="c-article-content js-article-content"><p>Personne n'est blessé.</p><div class=widget>
        <figcaption>La digue, hier</figcaption></div><h2>Une grue arrive</h2><p>Elle vient ce soir.</p></div>
        <div class=c-article-you-might-also-like><h3>Un autre port</h3></div></div>]] },
      want = { text = "Le mur a cédé à midi.\n\nPersonne n'est blessé.\n\nUne grue arrive\n\n"
        .. "Elle vient ce soir." } },
  },
}
