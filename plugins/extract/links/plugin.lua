-- links - the URLs that stand in the text, their hosts, and the outlets that the text leans on.
--
-- Found URLs are added to the links that the article already has, each once, in order. `hosts` counts
-- all of them by host, the most frequent first. `media` lists outlets that are named as a source, or linked,
-- with how: "told", "according to", "interview", "cited", "reported", "link".

local media = require "media"
local outlets = require "outlets"

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

local function by_count_then_outlet(one, other)
  if one.count ~= other.count then return one.count > other.count end
  return one.name < other.name
end

-- Outlets with how they are used, each way once; the article's own outlet is none.
local function count_media(article, hosts)
  local rows, row_of = {}, {}
  local own = outlets.of_host(article.site)
  local function add(name, how, count)
    if name == own then return end
    local row = row_of[name]
    if not row then
      row = { name = name, count = 0, how = {} }
      row_of[name], rows[#rows + 1] = row, row
    end
    row.count = row.count + count
    for _, known in ipairs(row.how) do
      if known == how then return end
    end
    row.how[#row.how + 1] = how
  end
  if article.text then media.each(article.text, function(name, how) add(name, how, 1) end) end
  for _, row in ipairs(hosts) do
    local name = outlets.of_host(row.host)
    if name then add(name, "link", row.count) end
  end
  table.sort(rows, by_count_then_outlet)
  return rows
end

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Collect the URLs in the text, count their hosts, and list the outlets it cites.",
  args = {
    own = { "boolean", default = true, help = "also count links to the article's own site" },
    media = { "boolean", default = true, help = "also list the outlets that are cited" },
  },
  needs = { "text", "links", "url", "site" },
  adds = { links = "list", hosts = "list", media = "list" },
  each = function(article, opt)
    local links = collect(article, opt)
    local hosts = count_hosts(links)
    local cited = opt.media and count_media(article, hosts) or {}
    if #links == 0 and #cited == 0 then return nil end
    return { links = #links > 0 and links or nil, hosts = #links > 0 and hosts or nil,
      media = #cited > 0 and cited or nil }
  end,
  examples = {
    { run = "sheaf run seeds.sheaf --extract links --to jsonl:keys=headline,attributes",
      about = "which hosts and outlets each article leans on" },
  },
  tests = {
    { give = { text = "The mayor told Reuters that it rained. It would go on, Der Spiegel reported." },
      want = { media = { { name = "Der Spiegel", count = 1, how = { "reported" } },
        { name = "Reuters", count = 1, how = { "told" } } } } },
    { give = { text = "According to the paper “Le Monde”, he left. In an interview with the BBC he did." },
      want = { media = { { name = "BBC", count = 1, how = { "interview" } },
        { name = "Le Monde", count = 1, how = { "according to" } } } } },
    { give = { text = "Das sagte er der „Süddeutschen“. Laut der Zeitung „Die Welt“ fehlt Geld." },
      want = { media = { { name = "Die Welt", count = 1, how = { "according to" } } } } },
    { give = { text = "Об этом сообщает ТАСС. «Вода ушла», — рассказал он газете «Известия»." },
      want = { media = { { name = "Izvestia", count = 1, how = { "told" } },
        { name = "TASS", count = 1, how = { "cited" } } } } },
    { give = { text = "See https://edition.cnn.com/x." },
      want = { media = { { name = "CNN", count = 1, how = { "link" } } } } },
    { give = { text = "Time is short, The Sun shone, and Focus is all. Vice was forbidden." }, want = false },
    { give = { url = "https://www.bbc.com/a", text = "He told the BBC so." }, want = false },
    { opt = { media = false }, give = { text = "He told Reuters." }, want = false },
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
