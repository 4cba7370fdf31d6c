-- language.lua - turns the word lists of a language into sets, once, and chooses the language of an article.

local language = {}

local files = { en = "english", ru = "russian", de = "german", fr = "french", es = "spanish", it = "italian",
  pt = "portuguese" }
local made = {}

local function set(words, into)
  into = into or {}
  for word in (words or ""):gmatch("%S+") do into[word] = true end
  return into
end

-- "he=m she=f" as a map.
local function map(words, into)
  into = into or {}
  for word, value in (words or ""):gmatch("(%S+)=(%S+)") do into[word] = value end
  return into
end

-- A list of phrases, a line each, as lists of words.
local function phrases(lines)
  local list = {}
  for line in (lines or ""):gmatch("[^\n]+") do
    local words = {}
    for word in line:gmatch("%S+") do words[#words + 1] = word end
    if #words > 0 then list[#list + 1] = words end
  end
  return list
end

local SETS = { "reporting", "judging", "telling", "participles", "fillers", "determiners", "indefinite",
  "prepositions", "conjunctions", "relative", "that", "roles", "unnamed", "tails", "particles", "organs",
  "documents", "calendar", "linking", "works", "terms", "abbreviations", "function_words", "places",
  "after_quote", "bare_clause", "first_person", "prefaces",
  "unspoken", "nouns", "generic", "relations", "writing" }

local function make(data)
  local made_of = { code = data.code }
  for _, name in ipairs(SETS) do made_of[name] = set(data[name]) end
  made_of.pronouns, made_of.honorifics = map(data.pronouns), map(data.honorifics)
  made_of.women, made_of.men = set(data.women), set(data.men)
  made_of.according, made_of.by = phrases(data.according), set(data.by)
  made_of.synonyms = map(data.synonyms)
  for _, name in ipairs { "stems", "inverted", "dropped", "capital_nouns", "dialogue" } do
    made_of[name] = data[name]
  end
  for _, name in ipairs { "determiners", "indefinite", "prepositions", "conjunctions", "relative", "that",
    "fillers", "calendar", "function_words" } do
    for word in pairs(made_of[name]) do made_of.function_words[word] = true end
  end
  for word in pairs(made_of.pronouns) do made_of.function_words[word] = true end
  for word in pairs(made_of.reporting) do made_of.judging[word] = true end
  made_of.tells, made_of.accords, made_of.role_of, made_of.role_count = {}, {}, {}, 0
  for word in pairs(made_of.reporting) do made_of.tells[word] = true end
  for word in pairs(made_of.participles) do made_of.tells[word] = true end
  for _, words in ipairs(made_of.according) do
    made_of.accords[words[1]], made_of.tells[words[1]] = true, true
  end
  return made_of
end

-- The tables for a language tag such as "en-GB"; English when there are none for it.
function language.of(tag)
  local code = tag and tag:match("^%a+")
  code = code and files[code:lower()] and code:lower() or "en"
  made[code] = made[code] or make(require(files[code]))
  return made[code]
end

return language
