-- words.lua - the words of a text as numbers, cut and folded as data/search.js does it with a query.
--
-- Case and accents are folded, punctuation separates ("don't" is two words), and a character of a script
-- without blanks is a word. Nearly all words have been seen before: a table leads to their numbers.

local words = {}

local MOST = 64 -- bytes of a word that is worth finding

---@class site.Words
---@field terms table<string, integer> word → its number
---@field count integer
function words.new()
  local terms, count = {}, 0
  local one, several = {}, {} -- word → number, or list of numbers

  local function number_of(term)
    local id = terms[term]
    if not id then
      count = count + 1
      id, terms[term] = count, count
    end
    return id
  end

  -- Punctuation of Unicode that a word may have inside becomes a blank.
  local function separated(word)
    if not word:find("[\x80-\xFF]") then return word end
    word = word:gsub("\xE2[\x80\x81][\x80-\xBF]", " "):gsub("\xCA[\xB9-\xBF]", " ")
    return (word:gsub("\xC2[\x80-\xBF]", " "))
  end

  -- Only here, once for each new word, it is looked at.
  local function learn(word)
    local list = {}
    for part in separated(word):gmatch("[%w\x80-\xFF]+") do
      if #part <= MOST then list[#list + 1] = number_of(part) end
    end
    if #list == 1 then one[word] = list[1] else several[word] = list end
  end

  local self = { terms = terms }

  --- Appends the numbers of a text's words to list, behind its first n; gives their new number.
  function self.read(text, list, n)
    for word in sheaf.words(sheaf.fold(text)) do
      local id = one[word]
      if not id and not several[word] then
        learn(word)
        id = one[word]
      end
      if id then
        n = n + 1
        list[n] = id
      else
        for _, part in ipairs(several[word]) do
          n = n + 1
          list[n] = part
        end
      end
    end
    return n
  end

  return self
end

return words
