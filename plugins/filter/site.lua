-- site.lua - keeps articles from certain hosts, and from the hosts below them.

-- "https://www.Example.com/news" and "example.com" name the same host.
local function host_of(name)
  name = name:lower()
  return sheaf.site(name) or sheaf.site("http://" .. name)
end

local function below(host, parent)
  return host:sub(-#parent - 1) == "." .. parent
end

return {
  kind = "filter", api = 1, version = "1.0.0", order = "any",
  about = "Keep articles from certain hosts.",
  args = {
    hosts = { "list", required = true, min = 1, help = "hosts to keep, such as example.com" },
    subdomains = { "boolean", default = true, help = "also keep what comes from hosts below these" },
  },
  needs = { "url" },
  each = function(article, opt)
    local site = article.site
    if not site then return false, "it has no URL" end
    site = site:lower()
    for _, name in ipairs(opt.hosts) do
      local host = host_of(name)
      if site == host or host and opt.subdomains and below(site, host) then return true end
    end
    return false, "it comes from " .. site
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter site:hosts=lantern.example.net", about = "what a site has" },
  },
  tests = {
    { opt = { hosts = { "example.com" } }, give = { url = "https://example.com/a" }, want = true },
    { opt = { hosts = { "example.com" } }, give = { url = "https://www.example.com/a" }, want = true },
    { opt = { hosts = { "example.com" } }, give = { url = "https://news.example.com/a" }, want = true },
    { opt = { hosts = { "example.com" } }, give = { url = "https://badexample.com/a" }, want = false },
    { opt = { hosts = { "news.example.com" } }, give = { url = "https://example.com/a" }, want = false },
    { opt = { hosts = { "example.com" }, subdomains = false },
      give = { url = "https://news.example.com/a" }, want = false },
    { opt = { hosts = { "www.Example.COM" } }, give = { url = "https://example.com/a" }, want = true },
    { opt = { hosts = { "http://example.com/news" } },
      give = { url = "http://example.com/a" }, want = true },
    { opt = { hosts = { "example.net", "example.org" } },
      give = { url = "http://example.org/a" }, want = true },
    { opt = { hosts = { "example.com" } }, give = { text = "No URL." }, want = false },
    { opt = { hosts = { "example.com" } }, give = { url = "https://News.Example.Com/a" }, want = true },
    { opt = { hosts = { "" } }, give = { url = "https://example.com/a" }, want = false },
  },
}
