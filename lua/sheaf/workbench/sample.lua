--- sample.lua: articles to measure with when none were named.
--
-- Made from sentences of our own by a fixed sequence, so that they are the
-- same everywhere: 500 articles of 60 to 1,400 words, with dates, people,
-- places, quotations and links.

local core = require "sheaf.core"

local sample = {}

local COUNT = 500

local NAMES = { "Ada Brook", "Jonas Feld", "Mira Sund", "Tom Okoro", "Lena Varga", "Pavel Strand" }
local PLACES = { "Lund Bay", "Colmere", "Port Ansgar", "Hillstead", "Vestby", "Marrow Street" }
local OUTLETS = { "Tidings", "Hill Courier", "The Bay Post", "Morning Ledger" }
local THINGS = { "bridge", "library", "ferry", "school roof", "harbour wall", "night bus" }
local SENTENCES = {
  "The council of PLACE voted on Tuesday to repair the THING before winter.",
  "“We have waited long enough,” said NAME, who leads the council.",
  "NAME said that the THING would cost NUMBER million crowns, twice what was planned.",
  "Some NUMBER people signed a letter against it, according to the Bay News Agency.",
  "Work on the THING began in 1987 and was stopped twice.",
  "In PLACE nobody was surprised; the papers had written about it since March.",
  "“It is a small thing,” NAME added, “but small things hold a town together.”",
  "A report that was published on 14 May names three reasons, and money is only the last of them.",
  "The plan is at https://plans.example/NUMBER for everyone to read.",
  "Who pays for the THING is not yet known.",
}

-- A sequence that looks like chance and never changes.
local function sequence(seed)
  local state = seed * 2654435761 % 4294967296
  return function(most)
    state = (state * 1664525 + 1013904223) % 4294967296
    return state // 65536 % most + 1
  end
end

local function filled(text, pick)
  return (text:gsub("%u%u%u+", function(word)
    if word == "NAME" then return NAMES[pick(#NAMES)] end
    if word == "PLACE" then return PLACES[pick(#PLACES)] end
    if word == "THING" then return THINGS[pick(#THINGS)] end
    return word == "NUMBER" and tostring(pick(900)) or nil
  end))
end

local function paragraphs(pick)
  local list = {}
  for i = 1, pick(24) + 1 do
    local sentences = {}
    for j = 1, pick(4) + 1 do sentences[j] = filled(SENTENCES[pick(#SENTENCES)], pick) end
    list[i] = table.concat(sentences, " ")
  end
  return table.concat(list, "\n\n")
end

local function article(index)
  local pick = sequence(index)
  local outlet = OUTLETS[pick(#OUTLETS)]
  return core.article {
    url = ("https://%s.example/%d"):format(outlet:lower():gsub(" ", "-"), index), publisher = outlet,
    headline = filled("PLACE quarrels about its THING", pick), language = "en",
    published = ("2023-%02d-%02d"):format(pick(12), pick(28)),
    authors = { { name = NAMES[pick(#NAMES)] } }, text = paragraphs(pick),
  }
end

--- Iterator of the articles, as a source gives them.
function sample.articles()
  local index = 0
  return function()
    index = index + 1
    return index <= COUNT and article(index) or nil
  end
end

return sample
