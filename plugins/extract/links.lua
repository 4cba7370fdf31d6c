-- links.lua - collects the URLs that stand in the text, and counts their hosts.
--
-- Found URLs are added to the links that the article already has, each once, in order. `hosts` counts
-- all of them by host, the most frequent first.

local function collect(article, opt)
  local links, seen = {}, {}
  local function add(link)
    local own = not opt.own and sheaf.site(link.url) == article.site
    if seen[link.url] or own then return end
    seen[link.url] = true
    links[#links + 1] = link
  end
  for _, link in ipairs(article.links or {}) do add(link) end
  for url in sheaf.find_urls(article.text or "") do add { url = url } end
  return links
end

local function by_count_then_name(one, other)
  if one.count ~= other.count then return one.count > other.count end
  return one.host < other.host
end

local function count_hosts(links)
  local rows, row_of = {}, {}
  for _, link in ipairs(links) do
    local host = sheaf.site(link.url)
    if host then
      if not row_of[host] then
        row_of[host] = { host = host, count = 0 }
        rows[#rows + 1] = row_of[host]
      end
      row_of[host].count = row_of[host].count + 1
    end
  end
  table.sort(rows, by_count_then_name)
  return rows
end

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Collect the URLs in the text and count their hosts.",
  args = {
    own = { "boolean", default = true, help = "also count links to the article's own site" },
  },
  needs = { "text", "links", "url" },
  adds = { links = "list", hosts = "list" },
  each = function(article, opt)
    local links = collect(article, opt)
    if #links == 0 then return nil end
    return { links = links, hosts = count_hosts(links) }
  end,
  tests = {
    { give = { text = "See https://example.com/a." },
      want = {
        links = { { url = "https://example.com/a" } }, hosts = { { host = "example.com", count = 1 } },
      } },
    { give = { text = "https://b.example.org/1 https://a.example.org/1 https://b.example.org/2" },
      want = { hosts = { { host = "b.example.org", count = 2 }, { host = "a.example.org", count = 1 } } } },
    { give = { text = "https://example.com/a and again https://example.com/a" },
      want = { links = { { url = "https://example.com/a" } } } },
    { give = { text = "(https://example.com/b)", links = { { url = "https://example.com", text = "A" } } },
      want = { links = { { url = "https://example.com", text = "A" }, { url = "https://example.com/b" } } } },
    { opt = { own = false },
      give = { url = "https://www.example.com/x", text = "https://example.com/a https://example.org/b" },
      want = { links = { { url = "https://example.org/b" } } } },
    { give = { text = "No address here, and example.com is none." }, want = nil },
    { give = { headline = "No text" }, want = nil },
  },
}
