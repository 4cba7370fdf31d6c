-- nominative.lua - the plain form of a Russian name that stands in another case.
--
-- "Павла Островина", "Антоном Веригиным", "Анны Соколовой": the first name, which is looked for among those
-- of men and women, tells sex and case; the ending of the surname follows. A name that is not known stays.

local nominative = {}

local IRREGULAR = { ["павла"] = "павел", ["павлом"] = "павел", ["павлу"] = "павел", ["петра"] = "пётр",
  ["петром"] = "пётр", ["петру"] = "пётр", ["льва"] = "лев", ["львом"] = "лев" }

-- Endings of first names in other cases, and what stands there in the plain form.
local MEN = { { "ом", "" }, { "ем", "й" }, { "ем", "ь" }, { "а", "" }, { "у", "" }, { "я", "й" },
  { "я", "ь" },
  { "ю", "й" }, { "ю", "ь" } }
local WOMEN = { { "ой", "а" }, { "ей", "я" }, { "ы", "а" }, { "и", "а" }, { "и", "я" }, { "е", "а" },
  { "у", "а" }, { "ю", "я" } }

local MEN_LAST = { { "ским", "ский" }, { "ского", "ский" }, { "скому", "ский" }, { "ым", "" }, { "а", "" },
  { "у", "" } }
local WOMEN_LAST = { { "ской", "ская" }, { "ову", "ова" }, { "еву", "ева" }, { "ину", "ина" }, { "ой", "а" } }

local function replaced(word, ending, with)
  if #word > #ending and word:sub(-#ending) == ending then return word:sub(1, #word - #ending) .. with end
end

local function first_name(word, known, endings)
  for _, pair in ipairs(endings) do
    local plain = replaced(word, pair[1], pair[2])
    if plain and known[plain] then return plain end
  end
end

local function last_name(word, endings)
  for _, pair in ipairs(endings) do
    local plain = replaced(word, pair[1], pair[2])
    if plain then return plain end
  end
  return word
end

-- first is in small letters, last as it is printed; returns both plain, and "m" or "f"; nil when they are.
function nominative.of(first, last, lang)
  if lang.men[first] or lang.women[first] then return nil end
  local plain = IRREGULAR[first] or first_name(first, lang.men, MEN)
  if plain then return plain, last_name(last, MEN_LAST), "m" end
  plain = first_name(first, lang.women, WOMEN)
  if plain then return plain, last_name(last, WOMEN_LAST), "f" end
end

return nominative
