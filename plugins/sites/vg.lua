-- vg.lua - VG: lead and body, without the short version and the dates.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of vg.no.",
  hosts = { "vg.no" },
  page = {
    keep = { "article [class*='_lead_']", ".article-body > p", ".article-body > h2", ".article-body > ul",
      ".article-body > blockquote" },
    drop = { "[class*='_summary_']", "aside" },
  },
  tests = {
    { give = { html = [[<article class=article><h1>Moloen røk</h1><p class="_lead_a1 _component_b">Muren ga
        etter.</p><section class=article-body><div class="_summary_z2"><h2>Kortversjonen</h2><ul><li>Kort</ul>
        </div><p class=_paragraph_d>Ingen ble skadet.</p><h2>Kran på vei</h2><p>Den kommer i kveld.</p>
        </section></article>]] },
      want = { text = "Muren ga etter.\n\nIngen ble skadet.\n\nKran på vei\n\nDen kommer i kveld." } },
  },
}
