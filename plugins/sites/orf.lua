-- orf.lua - ORF: lead and story, without link cards and the list of links at the end.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of orf.at and its parts.",
  hosts = { "orf.at" },
  page = {
    keep = { ".story-lead-text", ".story-story > p", ".story-story > h2", ".story-story > ul" },
    drop = { ".linkcard", ".story-footer" },
    fields = { section = ".story-lead .keyword" },
  },
  tests = {
    { give = { html = [[<div class=story-lead><div class=keyword>Hafen</div>
        <h1 class=story-lead-headline>Mole in Verholm gebrochen</h1>
        <p class=story-lead-text>Eine Mole ist am Mittag gebrochen.</p></div><div class=story-content>
        <div class=story-story><p>Die Mauer war hundert Jahre alt.</p><a class=linkcard>
        <h3>Ein anderer Hafen</h3></a><h2>Kran unterwegs</h2><p>Ein Kran kommt am Abend.</p></div>
        <div class=story-footer><h2>Links:</h2><ul><li>Hafenamt</ul></div></div>]] },
      want = { section = "Hafen",
        text = "Eine Mole ist am Mittag gebrochen.\n\nDie Mauer war hundert Jahre alt.\n\nKran unterwegs\n\n"
          .. "Ein Kran kommt am Abend." } },
  },
}
