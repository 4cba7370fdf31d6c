-- media.lua - which outlets a text leans on: "told Reuters", "according to Der Spiegel", "Le Monde reported".
--
-- A name of an outlet alone is not enough, since many are common words. Words that tell a source must stand
-- right before or behind it; an article, marks, and what kind of outlet it is ("the newspaper") may be in
-- between.

local outlets = require "outlets"

local media = {}

-- Words before a name, and what they make of it; lists are parted by "|".
local before = {
  told = "told|tells|telling|speaking to|spoke to|speaks to|spoken to|statement to|comments to|said to|"
    .. "sagte|sagte der|sagte dem|gegenüber|erklärte der|a déclaré à|a déclaré au|"
    .. "a dit à|a confié à|dijo a|dijo al|"
    .. "declaró a|ha detto a|ha detto al|disse à|disse ao|сказал|сказала|заявил|заявила|рассказал|рассказала|"
    .. "сообщил|сообщила",
  interview = "interview with|interview to|interviewed by|interview for|im Gespräch mit|Interview mit|"
    .. "Interview der|"
    .. "entretien à|entretien au|interview à|entrevista con|entrevista a|intervista a|интервью",
  ["according to"] = "according to|laut|zufolge|selon|d'après|d’après|según|secondo|segundo|по данным|"
    .. "по информации|по словам|По данным|По информации|По словам",
  cited = "citing|cites|quoting|quoted by|cited by|quoted in|reported by|reports by|report by|report in|"
    .. "reported in|"
    .. "published by|published in|revealed by|obtained by|seen by|writing in|wrote in|written in|"
    .. "article in|"
    .. "first reported by|zitiert|Bericht der|Bericht des|Angaben der|cité par|citée par|"
    .. "rapporté par|citado por|"
    .. "publicado por|citato da|со ссылкой на|передает|передаёт|сообщает|пишет|сообщили|цитирует",
}

-- Words behind a name.
local after = {
  reported = "reported|reports|reporting|said|says|wrote|writes|revealed|reveals|quoted|quotes|cited|cites|"
    .. "has learned|"
    .. "has reported|learned|claimed|claims|added|berichtet|berichtete|schreibt|schrieb|zitiert|"
    .. "zufolge|meldet|"
    .. "meldete|rapporte|a rapporté|écrit|affirme|a révélé|indique|informó|publicó|reveló|informa|asegura|"
    .. "riferisce|scrive|riporta|сообщает|сообщил|сообщила|сообщило|пишет|передает|передаёт|"
    .. "написала|цитирует",
}

local function index(lists)
  local map = {}
  for how, words in pairs(lists) do
    for phrase in words:gmatch("[^|]+") do map[phrase:lower()] = how end
  end
  return map
end

local BEFORE, AFTER = index(before), index(after)

-- Words that may stand between a cue and the name.
local BETWEEN = {}
for word in ([[the The newspaper daily agency magazine broadcaster channel news paper website tabloid
  weekly station network British French German Russian American der die das dem den Zeitung Agentur le la l'
  un journal quotidien l'agence agence el periódico diario agencia il quotidiano giornale agenzia
  агентству агентство
  агентства газете газета изданию издание телеканалу телеканал он она
  ]]):gmatch("%S+") do
  BETWEEN[word] = true
end

-- A text with blanks for its quotation marks: of one byte, of two (« »), of three (“ ” „ ‘ ’).
local function without_quotes(text)
  return (text:gsub("[\"(]", " "):gsub("\xC2[\xAB\xBB]", " "):gsub("\xE2\x80[\x98-\x9F]", " "))
end

-- The last words before a place, without marks: the longest of three that are a cue.
local function cue_before(text, at)
  local words = {}
  local rest = without_quotes(text:sub(math.max(1, at - 64), at - 1))
  rest = rest:match("[^.!?\n;:]*$")
  for word in rest:gmatch("[^%s,]+") do words[#words + 1] = word end
  while #words > 0 and BETWEEN[words[#words]] do words[#words] = nil end
  for count = 3, 1, -1 do
    local from = #words - count + 1
    local how = from >= 1 and BEFORE[table.concat(words, " ", from):lower()]
    if how then return how end
  end
end

local function cue_after(text, at)
  local rest = without_quotes(text:sub(at, at + 40)):gsub("^ +", " ")
  local one, two = rest:match("^ ([^%s.,;:]+)()")
  if not one then return nil end
  local other = rest:match("^ ([^%s.,;:]+)", two)
  return AFTER[one] or other and AFTER[one .. " " .. other]
end

-- The outlet whose name begins at a word, and where it ends.
local function name_at(text, word, from)
  for _, entry in ipairs(outlets.by_word[word] or {}) do
    local to = from + #entry.alias - 1
    local follows = text:sub(to + 1, to + 1)
    if text:sub(from, to) == entry.alias and not follows:find("[%w\x80-\xbf\xc3-\xdf]") then
      return entry.name, to
    end
  end
end

-- A word without the typographic marks at its ends, and its place.
local function without_marks(from, word)
  while word:find("^\xE2\x80") or word:find("^\xC2\xAB") do
    local width = word:byte() == 0xC2 and 2 or 3
    from, word = from + width, word:sub(width + 1)
  end
  local behind = word:find("\xE2\x80", 1, true) or word:find("\xC2\xBB", 1, true)
  return from, behind and word:sub(1, behind - 1) or word
end

-- Calls visit(name, how, from, to) for each outlet that is a source in the text.
function media.each(text, visit)
  local done = 0
  for place, marked in text:gmatch("()([%w\x80-\xff][%w\x80-\xff'.&/-]*)") do
    local from, word = without_marks(place, marked)
    local plain = outlets.by_word[word] and word or word:gsub("[.'].*$", "")
    if from > done and outlets.by_word[plain] then
      local name, to = name_at(text, plain, from)
      local how = name and (cue_before(text, from) or cue_after(text, to + 1))
      if how then
        visit(name, how, from, to)
        done = to
      end
    end
  end
end

return media
