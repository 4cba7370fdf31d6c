-- tests.lua - what single pages look like; spec/plugins/site_spec.lua looks at whole sites.

local frame = require "frame"

local function page(file, parts, title, fields)
  local site = { title = title, parts = {}, spoken = "" }
  for _, part in ipairs(parts) do site.parts[part] = true end
  return "==> " .. file .. "\n" .. frame.page(site, fields)
end

local head = "<article class=\"reading\" lang=\"en\" dir=\"ltr\">\n<header>\n"
  .. "<h1>Talks &lt;script&gt; &amp; tea</h1>\n"
  .. "<p class=\"credits\"><span><bdi>The Lantern</bdi></span> <span aria-hidden=\"true\">·</span> <bdi>"
  .. "<time datetime=\"2021-03-17\">17 March 2021</time></bdi> <span aria-hidden=\"true\">·</span> "
  .. "<bdi>2 words</bdi></p>\n</header>\n"

return {
  { opt = { parts = { "articles" } },
    give = { id = "a1b2c3d4e5", headline = "Talks <script> & tea", text = "They met.", language = "en",
      publisher = "The Lantern", published = "2021-03-17T10:00Z", url = "javascript:alert(1)",
      blocks = { { from = 1, to = 9, kind = "p" } } },
    want = page("articles/talks-script-tea-a1b2c3d4.html", { "articles" }, "Articles", {
      title = "Talks <script> & tea", part = "articles", up = "../", body = head
        .. "<div class=\"text\">\n<p>They met.</p>\n</div>\n<footer class=\"source\" lang=\"en\" "
        .. "dir=\"ltr\"><h2>Source</h2>\n"
        .. "<dl><dt>Link</dt><dd><bdi>javascript:alert(1)</bdi></dd>\n"
        .. "<dt>Outlet</dt><dd><bdi>The Lantern</bdi></dd>\n"
        .. "<dt>Id</dt><dd><bdi><code>a1b2c3d4e5</code></bdi></dd></dl></footer>\n"
        .. "</article>\n" }) },
  { opt = { parts = { "table" }, title = "Tea & ships" },
    give = { id = "a1", headline = "لقاء", text = "التقيا.", language = "ar", published = "XXXX-03-17" },
    want = page("table.html", { "table" }, "Tea & ships", { title = "All articles", part = "table",
      body = "<h1>All articles</h1>\n<p class=\"filter js\"><label>Show rows with "
          .. "<input type=\"search\" id=\"filter\" autocomplete=\"off\"/></label> "
          .. "<span id=\"shown\" role=\"status\"></span></p>\n<div class=\"wide\" "
          .. "role=\"region\" aria-label=\"Table of articles\" tabindex=\"0\">\n"
          .. "<table class=\"sortable\">\n<thead><tr><th scope=\"col\">Headline</th>"
          .. "<th scope=\"col\">Outlet</th><th scope=\"col\">Date</th><th scope=\"col\">Author</th>"
          .. "<th scope=\"col\" class=\"number\">Words</th></tr></thead>\n"
        .. "<tbody>\n"
        .. "<tr><th scope=\"row\"><a href=\"articles/article-a1.html\" lang=\"ar\" dir=\"rtl\">لقاء</a>"
        .. "</th><td></td><td><span>17 March, year unknown</span></td><td></td><td class=\"number\">1</td>"
        .. "</tr>\n</tbody>\n</table>\n"
        .. "</div>\n" }) },
  { opt = { parts = { "timeline" } }, give = { headline = "A", text = "B." , id = "b1" },
    want = page("timeline.html", { "timeline" }, "Articles", { title = "Timeline", part = "timeline",
      body = "<h1>Timeline</h1>\n<p class=\"empty\">No article has a date with a year.</p>\n"
          .. "<section id=\"undated\">\n"
        .. "<h2>Without a date</h2>\n<ul class=\"entries\">\n<li class=\"entry\">"
        .. "<a href=\"articles/a-b1.html\" dir=\"auto\">A</a><span class=\"credits\"></span></li>\n</ul>\n"
        .. "</section>\n" }) },
  { opt = { parts = { "compare" } }, give = { headline = "A", text = "B.", id = "b1" },
    want = page("compare.html", { "compare" }, "Articles", { title = "Side by side", part = "compare",
      body = "<h1>Side by side</h1>\n<p class=\"empty\">No two articles share a passage of 8 words or more."
          .. "</p>\n" }) },
  { opt = { parts = { "quotes" } }, give = { headline = "A", text = "B.", id = "b1" },
    want = page("quotes.html", { "quotes" }, "Articles", { title = "Quotes", part = "quotes",
      body = "<h1>Who said what</h1>\n<p class=\"empty\">No quotation with a named speaker was found. The "
          .. "extractor <code>quotes</code> looks for them.</p>\n" }) },
}
