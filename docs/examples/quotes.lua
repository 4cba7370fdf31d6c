-- Extract: quotations of thirty words or more, each with the headline it stands under.
local sheaf = require "sheaf"
for article in assert(sheaf.open(arg[1])):articles() do
  local text = article.text:gsub("“", "\""):gsub("”", "\"")
  for quote in text:gmatch("\"([^\"\n]+)\"") do
    if sheaf.count_words(quote) >= 30 then
      out:write(sheaf.encode { headline = article.headline, quote = quote }, "\n")
    end
  end
end
