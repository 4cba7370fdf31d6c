-- dateline.lua - reads the dateline at the head of the text: place, date and agency.
--
-- What it tells about the agency and the day goes into provider and published where these are not set,
-- and `filled` names what was filled so, because a dateline's day is when the story was written. A day
-- without a year stays without one: XXXX-02-10.

local readable = { p = true, dateline = true }

-- The dateline of the first few paragraphs, or nil.
local function find(article, paragraphs)
  local seen = 0
  for text, kind in article:paragraphs() do
    if seen == paragraphs then return nil end
    if readable[kind] then
      local dateline = sheaf.dateline(text)
      if dateline then return dateline end
      seen = seen + 1
    end
  end
end

local function fill(fields, article, name, value)
  if article[name] or not value then return end
  fields[name] = value
  fields.filled[#fields.filled + 1] = name
end

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Read place, date and agency from the dateline.",
  args = {
    paragraphs = { "integer", default = 1, min = 1, max = 10, help = "how many paragraphs to look at" },
    fill = { "boolean", default = true, help = "set provider and published where they are missing" },
  },
  needs = { "text", "blocks", "dateline", "provider", "published" },
  adds = { dateline = "table", provider = "string", published = "date", filled = "list" },
  each = function(article, opt)
    local known = article.dateline
    local dateline = known or find(article, opt.paragraphs)
    if not dateline then return nil end
    local fields = { filled = {} }
    if not known then fill(fields, article, "dateline", dateline) end
    if opt.fill then
      fill(fields, article, "provider", dateline.agency)
      fill(fields, article, "published", dateline.date)
    end
    return #fields.filled > 0 and fields or nil
  end,
  examples = {
    { run = "sheaf run news.sheaf --extract dateline --to csv:columns=dateline.place,dateline.date,headline",
      about = "where and when" },
  },
  tests = {
    { give = { text = "OSLO - The ministers met." },
      want = { dateline = { raw = "OSLO", place = "OSLO" }, filled = { "dateline" } } },
    { give = { text = "OSLO, March 17 (Reuters) - The ministers met." },
      want = {
        dateline = {
          raw = "OSLO, March 17 (Reuters)", place = "OSLO", date = "XXXX-03-17", agency = "Reuters",
        },
        provider = "Reuters", published = "XXXX-03-17", filled = { "dateline", "provider", "published" },
      } },
    { give = { text = "OSLO, March 17 (Reuters) - They met.", published = "2021-03-18", provider = "AFP" },
      want = { filled = { "dateline" } } },
    { opt = { fill = false }, give = { text = "OSLO, March 17 (Reuters) - The ministers met." },
      want = { filled = { "dateline" } } },
    { give = { text = "The ministers met in Oslo." }, want = nil },
    { give = { headline = "No text at all" }, want = nil },
    { give = { text = "Updated at noon.\n\nOSLO - The ministers met." }, want = nil },
    { opt = { paragraphs = 2 }, give = { text = "Updated at noon.\n\nOSLO - The ministers met." },
      want = { dateline = { raw = "OSLO", place = "OSLO" } } },
    { give = { text = "They met.", dateline = { raw = "OSLO (AFP)", place = "OSLO", agency = "AFP" } },
      want = { provider = "AFP", filled = { "provider" } } },
  },
}
