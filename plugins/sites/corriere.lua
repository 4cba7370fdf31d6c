-- corriere.lua - Corriere della Sera: summary, paragraphs and subheads, without the notices at the end.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of corriere.it.",
  hosts = { "corriere.it" },
  page = {
    keep = { "#content-to-read .summary-art", "#content-to-read .chapter-paragraph",
      "#content-to-read .paragraph-summary" },
    drop = { ".information-group", ".bck-social-discussion" },
    fields = { headline = "h1.title-art-hp, h1.title-art" },
  },
  tests = {
    { give = { html = [[<div class=columns><h1 class="title-art-hp is-xmedium">Cede il molo</h1></div>
        <div id=content-to-read><p class=summary-art>Il muro ha ceduto a mezzogiorno.</p><div class=content>
        <p class=chapter-paragraph>Nessuno è ferito.</p></div><div class=content>
        <h2 class="native-summary-content paragraph-summary">Una gru in arrivo</h2>
        <p class=chapter-paragraph>Arriva stasera.</p></div><div class=information-group>
        <p class=is-copyright>© RISERVATO</p></div></div>]] },
      want = { headline = "Cede il molo",
        text = "Il muro ha ceduto a mezzogiorno.\n\nNessuno è ferito.\n\nUna gru in arrivo\n\n"
          .. "Arriva stasera." } },
  },
}
