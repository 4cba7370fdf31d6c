-- html - one page to read in a browser, which needs no other file and loads nothing.
--
-- Colours follow the system, light or dark; each article has its own language and direction, so Arabic runs
-- from the right beside English. All text is escaped. Pictures lie on other people's servers: only their
-- captions are shown, unless images=yes puts the pictures in, and then the page is not alone any more.
-- What an article looks like is a template, data/article.html or the user's.

local template = require "sheaf.template"
local view = require "sheaf.view"

local style = [[
:root{color-scheme:light dark;--ink:#1c1b19;--soft:#66625b;--line:#d9d4ca;--page:#fbfaf7;--link:#1f5c99}
@media(prefers-color-scheme:dark){
:root{--ink:#e6e3dc;--soft:#a09b91;--line:#3a3833;--page:#181715;--link:#8ab8e6}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1.125rem/1.6 Georgia,"Noto Serif",serif}
main,header{max-width:38rem;margin:0 auto;padding:2rem 1.25rem}
header{padding-bottom:0}
header h1{font-size:1.1rem;font-weight:normal;color:var(--soft);margin:0}
article{padding:1rem 0 2.5rem;border-bottom:1px solid var(--line);overflow-wrap:break-word}
article:last-child{border-bottom:0}
h2{font-size:1.9rem;line-height:1.2;margin:1.5rem 0 .5rem;text-wrap:balance}
h3{font-size:1.15rem;margin:1.8rem 0 .4rem}
.lead{font-size:1.2rem;color:var(--soft);margin:.3rem 0 .8rem}
.credits,.source,figcaption{font:.85rem/1.5 system-ui,sans-serif;color:var(--soft)}
p{margin:0 0 1em}
blockquote{margin:0 0 1em;padding-inline-start:1em;border-inline-start:3px solid var(--line)}
pre{overflow-x:auto;font-size:.9rem}
figure{margin:0 0 1em}
img{max-width:100%;height:auto}
a{color:var(--link)}
@media print{body{font-size:11pt}article{break-after:page;border:0}}
]]

local marks = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ["\""] = "&quot;" }

local function escape(text)
  return (text:gsub("[&<>\"]", marks))
end

local function lines(text)
  return (escape(text):gsub("\n", "<br>\n"))
end

-- Only addresses of the web become links; a javascript: address stays text.
local function link(text, url)
  if not url:find("^https?://") then return escape(text) end
  return ("<a href=\"%s\">%s</a>"):format(escape(url), escape(text))
end

local write_block = {
  p = function(text) return "<p>" .. lines(text) .. "</p>" end,
  h = function(text) return "<h3>" .. lines(text) .. "</h3>" end,
  quote = function(text) return "<blockquote>" .. lines(text) .. "</blockquote>" end,
  list = function(text) return "<ul><li>" .. escape(text):gsub("\n", "</li>\n<li>") .. "</li></ul>" end,
  code = function(text) return "<pre>" .. escape(text) .. "</pre>" end,
  caption = function(text) return "<figure><figcaption>" .. lines(text) .. "</figcaption></figure>" end,
}
write_block.dateline, write_block.table = write_block.p, write_block.code

local function authors(article)
  if article.byline then return article.byline end
  local list = {}
  for index, author in ipairs(article.authors or {}) do list[index] = author.name end
  return #list > 0 and table.concat(list, ", ") or nil
end

local function credits(article)
  local parts = {}
  local who = authors(article)
  if who then parts[1] = "<span>" .. escape(who) .. "</span>" end
  if article.published then
    local date = article.published
    local machine = date:find("^%d%d%d%d") and (" datetime=\"%s\""):format(escape(date)) or ""
    parts[#parts + 1] = ("<time%s>%s</time>"):format(machine, escape(date:match("^[^T]*")))
  end
  return #parts > 0 and "<p class=\"credits\">" .. table.concat(parts, " · ") .. "</p>" or nil
end

local function picture(image, opt)
  local words = image.caption
  if image.credit then words = words and words .. " (" .. image.credit .. ")" or image.credit end
  local shown = opt.images and image.url and image.url:find("^https?://")
    and ("<img src=\"%s\" alt=\"%s\" loading=\"lazy\">"):format(escape(image.url), escape(words or "")) or ""
  if shown == "" and not words then return nil end
  local caption = words and "<figcaption>" .. lines(words) .. "</figcaption>" or ""
  return "<figure>" .. shown .. caption .. "</figure>"
end

local function source(article)
  local name = article.publisher or article.site or article.url
  if not name then return nil end
  local line = article.url and link(name, article.url) or escape(name)
  if article.provider then line = line .. ", " .. escape(article.provider) end
  return "<p class=\"source\">" .. line .. "</p>"
end

local makers = view.makers {
  lead = function(article) return article.description and lines(article.description) end,
  credits = credits,
  body = function(article)
    local parts = {}
    for text, kind in article:paragraphs() do parts[#parts + 1] = write_block[kind](text) end
    return table.concat(parts, "\n")
  end,
  pictures = function(article, opt)
    local list = {}
    for _, image in ipairs(article.images or {}) do list[#list + 1] = picture(image, opt) end
    return list
  end,
  source = function(article, opt) return opt.source and source(article) end,
}

local function article_template(opt)
  return view.template(opt, "article.html", makers, escape)
end

local function page(body)
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
    .. "content=\"width=device-width,initial-scale=1\">\n<title>Articles</title>\n<style>\n"
    .. style .. "</style>\n</head>\n<body>\n<main>\n" .. body .. "</main>\n</body>\n</html>\n"
end

return {
  kind = "exporter", api = 1, version = "1.0.0",
  about = "One self-contained page to read in a browser.",
  extension = "html",
  args = {
    title = { "string", help = "a title for the page, also shown at its top" },
    images = {
      "boolean", default = false,
      help = "load pictures from the web; else only their captions are shown",
    },
    source = { "boolean", default = true, help = "end each article with where it comes from" },
    template = view.argument("article.html"),
  },
  needs = view.needs,
  rows = true,
  open = function(out, opt)
    article_template(opt)
    local head = page(""):match("^(.*)</main>")
    if opt.title then
      head = head:gsub("<title>[^<]*", function() return "<title>" .. escape(opt.title) end)
      head = head:gsub("<main>\n$", function()
        return "<header><h1>" .. escape(opt.title) .. "</h1></header>\n<main>\n"
      end)
    end
    out:write(head)
  end,
  each = function(article, opt, out)
    out:write(article_template(opt):render(template.view(makers, article, opt)))
  end,
  close = function(out)
    out:write("</main>\n</body>\n</html>\n")
  end,
  examples = {
    { run = "sheaf export html:title=News news.sheaf -o news.html", about = "one page to read in a browser" },
  },
  tests = {
    { give = { headline = "Talks <end>", text = "They met & left.", language = "en" },
      want = page("<article lang=\"en\" dir=\"ltr\">\n<h2>Talks &lt;end&gt;</h2>\n<p>They met &amp; "
        .. "left.</p>\n</article>\n") },
    { give = { headline = "لقاء", text = "التقيا.", language = "ar" },
      want = page("<article lang=\"ar\" dir=\"rtl\">\n<h2>لقاء</h2>\n<p>التقيا.</p>\n</article>\n") },
    { give = { text = "They met.", url = "javascript:alert(1)", publisher = "The Lantern", language = "en" },
      want = page("<article lang=\"en\" dir=\"ltr\">\n<h2>Untitled</h2>\n<p>They met.</p>\n"
        .. "<p class=\"source\">The Lantern</p>\n</article>\n") },
    { give = { headline = "A", text = "B.", language = "en", byline = "By Mina Okafor",
        published = "2021-03-17T10:00Z",
        images = { { url = "https://example.com/a.jpg", caption = "A \"ship\"" } } },
      want = page("<article lang=\"en\" dir=\"ltr\">\n<h2>A</h2>\n<p class=\"credits\"><span>By Mina Okafor"
        .. "</span> · <time datetime=\"2021-03-17T10:00Z\">2021-03-17</time></p>\n<p>B.</p>\n"
        .. "<figure><figcaption>A &quot;ship&quot;</figcaption></figure>\n</article>\n") },
    { opt = { images = true, source = false },
      give = { headline = "A", text = "B.", language = "en", url = "https://example.com/",
        images = { { url = "https://example.com/a.jpg" } } },
      want = page("<article lang=\"en\" dir=\"ltr\">\n<h2>A</h2>\n<p>B.</p>\n<figure>"
        .. "<img src=\"https://example.com/a.jpg\" alt=\"\" loading=\"lazy\"></figure>\n</article>\n") },
  },
}
