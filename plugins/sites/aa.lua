-- aa.lua - Anadolu Ajansı, the old pages and the new: spot and text, without the note on subscriptions.
--
-- Old pages have the author and the date in one line: "Ayşe Kaya | 05.04.2025 - …".

local function author_before_bar(byline)
  return byline and byline:match("^(.-)%s*|%s*%d")
end

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of aa.com.tr.",
  hosts = { "aa.com.tr" },
  page = {
    keep = { ".detay-spot-category > h4", ".detay-icerik > div > p", ".detay-icerik > div > h3",
      "h1 + span", ".prose > p", ".prose > h2", ".prose > h3", ".prose > ul" },
    drop = { ".detay-paylas", "figure" },
    fields = { headline = { ".detay-spot-category > h1", "h1" }, byline = ".detay-spot-category > .row" },
  },
  needs = { "byline" },
  each = function(article)
    local name = author_before_bar(article.byline)
    return name and { byline = name, authors = { { name = name } } }
  end,
  tests = {
    { give = { html = [[<div class=detay-spot-category><h1>Rıhtım çöktü</h1><h4>Duvar öğlen çöktü.</h4>
        <div class=row>Ayşe Kaya | 05.04.2025 - Güncelleme : 06.04.2025</div></div>
        <div class=detay-icerik><h6>Verholm</h6><div><p>Kimse yaralanmadı.</p><h3>Vinç yolda</h3>
        <p>Vinç akşam gelecek.</p></div><div>Haberler abonelere özet olarak sunulur.</div>
        <div class=detay-paylas><p>Bu haberi paylaşın</p></div></div>]] },
      want = { headline = "Rıhtım çöktü", byline = "Ayşe Kaya", authors = { { name = "Ayşe Kaya" } },
        text = "Duvar öğlen çöktü.\n\nKimse yaralanmadı.\n\nVinç yolda\n\nVinç akşam gelecek." } },
    { give = { html = [[<main><div><h1>Rıhtım çöktü</h1><span>Duvar öğlen çöktü.</span></div>
        <div class="embed-responsive prose max-w-none"><p>Kimse yaralanmadı.</p>
        <figure class=image><figcaption>Rıhtım, dün</figcaption></figure>
        <h2>Vinç yolda</h2></div><section><p>Aboneler için</p></section></main>]] },
      want = { text = "Duvar öğlen çöktü.\n\nKimse yaralanmadı.\n\nVinç yolda" } },
  },
}
