-- readability.lua - how hard a text is to read, by the usual formulas.
--
-- LIX and RIX count long words and full stops and serve every language with an alphabet. Formulas of the
-- Flesch kind count syllables, here groups of vowels, and were fitted to one language each:
--   en Flesch, Flesch-Kincaid, Gunning    de Amstad     fr Kandel and Moles     es Szigriszt
--   it Franchina and Vacca, Gulpease      nl Douma      pt Martins              ru Oborneva
-- `ease` is 100 for a child's book and 0 for a law; LIX is 20 to 30 for those and over 60 for these. Texts in
-- scripts without blanks, and very short ones, get nothing.

local unspaced = { zh = true, ja = true, ko = true, th = true, lo = true, km = true, my = true, bo = true }

-- language → ease from words a sentence, syllables a word.
local ease_of = {
  en = function(w, s) return 206.835 - 1.015 * w - 84.6 * s end,
  de = function(w, s) return 180 - w - 58.5 * s end,
  fr = function(w, s) return 207 - 1.015 * w - 73.6 * s end,
  es = function(w, s) return 206.835 - w - 62.3 * s end,
  it = function(w, s) return 217 - 1.3 * w - 60 * s end,
  nl = function(w, s) return 206.84 - 0.93 * w - 77 * s end,
  pt = function(w, s) return 248.835 - 1.015 * w - 84.6 * s end,
  ru = function(w, s) return 206.835 - 1.3 * w - 60.1 * s end,
}

-- ---- syllables ------------------------------------------------------------------------------------------

local russian_vowels = {}
for vowel in ("а е ё и о у ы э ю я"):gmatch("%S+") do russian_vowels[vowel] = true end

local function groups_of(word, pattern)
  return select(2, word:gsub(pattern, ""))
end

local function russian(word)
  local count = 0
  for letter in word:gmatch("[\xc3-\xdf][\x80-\xbf]") do
    if russian_vowels[letter] then count = count + 1 end
  end
  return count
end

-- A silent e at the end, and the e of -ed where no t or d stands before it, make no syllable.
local function english(word)
  local count = groups_of(word, "[aeiouy]+")
  if word:find("[^aeiouyl]e$") or word:find("[aeiouy]le$") then count = count - 1 end
  if word:find("[^aeioutdy]ed$") or word:find("[^aeiouysxzcgh]es$") then count = count - 1 end
  if word:find("i[ao]") and not word:find("[cst]i[ao]") then count = count + 1 end
  return count
end

local function spanish(word)
  return groups_of((word:gsub("[qg]u([ei])", "q%1"):gsub("[iu]?[aeo][iuy]?", "A"):gsub("[iu]+", "A")), "A")
end

local function french(word)
  local count = groups_of(word, "[aeiouy]+")
  return #word > 3 and word:find("[^aeiouy]e[s]?$") and count - 1 or count
end

local function vowels(word)
  return groups_of(word, "[aeiouy]+")
end

local syllables_in = { en = english, ru = russian, es = spanish, pt = spanish, it = spanish, fr = french,
  de = vowels, nl = vowels }

-- ---- sentences ------------------------------------------------------------------------------------------

local abbreviations = {}
for word in ([[mr mrs ms dr prof st gen col sen rep gov lt sgt capt rev hon jr sr vs etc inc ltd co corp
  no vol e.g
  i.e u.s u.k a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec approx ca bzw z.b d.h u.a usw nr
    str m mme
  sra av art ex fig pp г гг им др т.е т.д
  тыс млн млрд руб ул]]):gmatch("%S+") do abbreviations[word] = true end

local function ends_here(line, stop, following)
  if line:sub(stop, stop) ~= "." then return true end
  local word = line:sub(math.max(1, stop - 14), stop - 1):match("[%a\x80-\xff.]+$")
  if word and (#word == 1 or abbreviations[word:lower()]) then return false end
  return not line:find("^%l", following)
end

-- Headings and captions without a full stop end with their line.
local function count_sentences(text)
  local count = 0
  for line in text:gmatch("[^\n]+") do
    for stop, following in line:gmatch("()[.!?]+[\"')%]\x80-\xbf\xe2\xc2]*%s+()") do
      if ends_here(line, stop, following) then count = count + 1 end
    end
    count = count + 1
  end
  return count
end

-- ---- words ----------------------------------------------------------------------------------------------

local known, amount = {}, 0 -- word → { letters, syllables }; emptied when it has grown large

local function measure(word, syllables)
  local plain = sheaf.fold(word)
  local entry = { letters = utf8.len(word) or #word, syllables = 1 }
  if syllables then entry.syllables = math.max(1, syllables(syllables == russian and word:gsub("Ё", "ё")
    or plain)) end
  amount = amount + 1
  known[word] = entry
  return entry
end

local function count_words(text, syllables)
  local count = { words = 0, letters = 0, syllables = 0, long = 0, complex = 0 }
  if amount > 50000 then known, amount = {}, 0 end
  for word in sheaf.words(text) do
    local entry = known[word] or measure(word, syllables)
    count.words, count.letters = count.words + 1, count.letters + entry.letters
    count.syllables = count.syllables + entry.syllables
    if entry.letters > 6 then count.long = count.long + 1 end
    if entry.syllables > 2 then count.complex = count.complex + 1 end
  end
  return count
end

local function round(value)
  return math.floor(value * 10 + 0.5) / 10
end

local function scores(language, count, sentences)
  local length, syllables = count.words / sentences, count.syllables / count.words
  local found = { sentences = sentences, sentence_words = round(length),
    lix = round(length + 100 * count.long / count.words), rix = round(count.long / sentences) }
  local ease = ease_of[language]
  if ease then
    found.ease, found.syllables = round(ease(length, syllables)), count.syllables
  end
  if language == "en" then
    found.grade = round(0.39 * length + 11.8 * syllables - 15.59)
    found.fog = round(0.4 * (length + 100 * count.complex / count.words))
  elseif language == "it" then
    found.gulpease = round(89 + (300 * sentences - 10 * count.letters) / count.words)
  end
  return found
end

local last_language

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Measure how hard the text is to read.",
  args = {
    min = { "integer", default = 30, min = 1, help = "fewest words; shorter texts get no scores" },
  },
  needs = { "text", "language" },
  adds = { sentences = "integer", sentence_words = "number", syllables = "integer", lix = "number",
    rix = "number",
    ease = "number", grade = "number", fog = "number", gulpease = "number" },
  each = function(article, opt)
    local language = (article.language or "und"):lower():match("^%a+") or "und"
    if not article.text or unspaced[language] then return nil end
    if language ~= last_language then known, amount, last_language = {}, 0, language end
    local count = count_words(article.text, syllables_in[language])
    if count.words < opt.min then return nil end
    return scores(language, count, count_sentences(article.text))
  end,
  examples = {
    { run = "sheaf run news.sheaf --extract readability --to csv:columns=attributes.readability.lix,headline",
      about = "how hard each is to read" },
  },
  tests = {
    { opt = { min = 1 }, give = { text = "The cat sat on the mat. The dog ran.", language = "en" },
      want = { sentences = 2, syllables = 9, ease = 117.7, grade = -2, lix = 4.5, rix = 0 } },
    { opt = { min = 1 }, give = { text = "The ministers deliberated.", language = "en" },
      want = { sentences = 1, syllables = 9, lix = 69.7, rix = 2, fog = 27.9 } },
    { opt = { min = 1 }, give = { text = "Der Hund lief fort. Er kam nie zurück.", language = "de" },
      want = { sentences = 2, syllables = 9, ease = 110.2 } },
    { opt = { min = 1 }, give = { text = "Мама мыла раму.", language = "ru" },
      want = { sentences = 1, syllables = 6, ease = 82.7 } },
    { opt = { min = 1 }, give = { text = "Dr. Okafor of the U.S. left at 3 p.m. on foot.", language = "en" },
      want = { sentences = 1 } },
    { opt = { min = 1 }, give = { text = "A heading\n\nOne sentence.", language = "fi" },
      want = { sentences = 2 } },
    { give = { text = "Too short to tell.", language = "en" }, want = false },
    { opt = { min = 1 }, give = { text = "海底电缆线路", language = "zh" }, want = false },
    { give = { headline = "No text" }, want = false },
  },
}
