-- n-tv.lua - ntv: the running text, without teasers and pictures that stand between.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of n-tv.de.",
  hosts = { "n-tv.de" },
  page = {
    keep = { ".article__text > p", ".article__text > h2", ".article__text > ul" },
    drop = { ".article__aside", ".article__related", ".article__source" },
  },
  tests = {
    { give = { html = [[<article class=article><div class=article__text><p>Im Hafen von Verholm ist eine
        Mauer gebrochen.</p><div class="article__aside article__related">Mehr zum Thema<div class=teaser>
        <p>Ein anderer Hafen wird gebaut</p></div></div><h2>Niemand verletzt</h2>
        <p>Ein Kran ist auf dem Weg.</p></div><p class=article__source>Quelle: eigene</p></article>]] },
      want = { text = "Im Hafen von Verholm ist eine Mauer gebrochen.\n\nNiemand verletzt\n\n"
        .. "Ein Kran ist auf dem Weg." } },
  },
}
