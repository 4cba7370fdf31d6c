-- Filter: keep what spring 2021 brought about Edinburgh, and write it as JSON lines.
local sheaf = require "sheaf"
for article in assert(sheaf.open(arg[1])):articles() do
  local dated = article.published and article.published:find("^2021%-0[345]")
  if dated and article:has("Edinburgh") then
    out:json(article, { "published", "headline" })
  end
end
