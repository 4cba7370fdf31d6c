-- tokens.lua - the words of a text in a row, each quotation being one of them.
--
-- `tokens.word[i]` is a word in small letters, a punctuation mark, "Q" for a whole quotation, or "\n" where
-- a paragraph ends. from, to and capital run beside it; quote holds the quotations by their index. Each
-- token knows its sentence: first and last name the tokens of sentence s. `telling` lists the tokens of a
-- sentence that may tell of speech, and `capitals` those with a capital: most words are neither.

local letters = require "letters"

local tokens = {}

local WORD = "()([%w\x80-\xff][%w\x80-\xff'\2%-%.]*)"

local function add(self, word, from, to)
  local n = self.n + 1
  self.n, self.word[n], self.from[n], self.to[n] = n, word, from, to
  return n
end

local function add_gap(self, gap, from)
  for at, mark, padding in gap:gmatch("()([%.,;:!%?%(%)%[%]\x1e%-&])(\2*)") do
    add(self, mark == "\x1e" and "-" or mark, from + at - 1, from + at - 1 + #padding)
  end
end

-- A word may have taken a full stop with it that ends the sentence.
local function add_word(self, word, from, abbreviations)
  local dots = #word:match("[%.%-\2']*$")
  local bare = dots > 0 and word:sub(1, #word - dots) or word
  local keeps = dots == 1 and word:sub(-1) == "." and (abbreviations[bare] or bare:find("^%a$")
    or bare:find("^%a%.%a"))
  local kept = keeps and word or bare
  local n = add(self, kept, from, from + #kept - 1)
  self.capital[n] = letters.is_capital(self.text, self.copy, from)
    or kept:find("^[ae][ldsn]%-") ~= nil and letters.is_capital(self.text, self.copy, from + 3)
  if self.capital[n] then self.capitals[#self.capitals + 1] = n end
  if self.tells[kept] then self.signals[#self.signals + 1] = n end
  if dots > 0 and not keeps then add_gap(self, word:sub(#bare + 1), from + #bare) end
end

-- Marks of one byte; one of them and a blank is what mostly stands between words, if anything.
local SINGLE = {}
for mark in (".,;:!?()[]&"):gmatch(".") do SINGLE[mark:byte()] = mark end

-- Bytes that a word may end with and that need a second look: ' - . and padding.
local ODD_END = { [39] = true, [45] = true, [46] = true, [2] = true }

local function is_capital_at(self, word, from)
  local byte = self.text:byte(from)
  if byte >= 0x80 then return letters.is_capital(self.text, self.copy, from) end
  if byte >= 65 and byte <= 90 then return true end
  return word:byte(3) == 45 and word:find("^[ae][ldsn]") ~= nil
    and letters.is_capital(self.text, self.copy, from + 3)
end

-- The words from one place to another, without quotations in between.
local function add_stretch(self, from, to, abbreviations)
  if from > to then return end
  local stretch, last = self.copy:sub(from, to), 0
  local words, froms, tos, capital, tells = self.word, self.from, self.to, self.capital, self.tells
  for at, word in stretch:gmatch(WORD) do
    if at == last + 3 and stretch:byte(at - 1) == 32 and SINGLE[stretch:byte(last + 1)] then
      add(self, SINGLE[stretch:byte(last + 1)], from + last, from + last)
    elseif at > last + 2 or at == last + 2 and stretch:byte(at - 1) ~= 32 then
      add_gap(self, stretch:sub(last + 1, at - 1), from + last)
    end
    last = at + #word - 1
    if ODD_END[word:byte(-1)] then
      add_word(self, word, from + at - 1, abbreviations)
    else -- what add_word does, for words without anything odd at their end
      local n, place = self.n + 1, from + at - 1
      local is_capital = is_capital_at(self, word, place)
      self.n, words[n], froms[n], tos[n], capital[n] = n, word, place, from + last - 1, is_capital
      if is_capital then self.capitals[#self.capitals + 1] = n end
      if tells[word] then self.signals[#self.signals + 1] = n end
    end
  end
  if last < #stretch then add_gap(self, stretch:sub(last + 1), from + last) end
end

local stops = { ["."] = true, ["!"] = true, ["?"] = true }

-- Abbreviations that often stand at the end of a sentence.
local may_end = { ["u.s."] = true, ["u.k."] = true, ["p.m."] = true, ["a.m."] = true, ["inc."] = true,
  ["ltd."] = true, ["co."] = true, ["corp."] = true, ["jr."] = true, ["etc."] = true, ["u.n."] = true }

-- Does a sentence end with token i?
local function ends_sentence(self, i)
  local word, following = self.word[i], self.word[i + 1]
  if word == "\n" then return true end
  if stops[word] then
    if following == "(" then following, i = self.word[i + 2], i + 1 end
    return self.capital[i + 1] or following == "Q" or following == "\n" or not following
  end
  if word == "Q" then
    return self.quote[i].stop and (self.capital[i + 1] or following == "Q")
  end
  return may_end[word] and self.capital[i + 1] and self.capital[i + 2] == false
end

-- Words that may end a sentence; the others need no look.
local ENDING = { ["\n"] = true, ["."] = true, ["!"] = true, ["?"] = true, ["Q"] = true }
for word in pairs(may_end) do ENDING[word] = true end

local function find_sentences(self)
  local s, first, word, sentence = 0, 1, self.word, self.sentence
  for i = 1, self.n do
    sentence[i] = s + 1
    if i == self.n or ENDING[word[i]] and ends_sentence(self, i) then
      s = s + 1
      self.first[s], self.last[s] = first, i
      first = i + 1
    end
  end
  self.sentences = s
  for _, i in ipairs(self.signals) do
    local list = self.telling[sentence[i]] or {}
    list[#list + 1], self.telling[sentence[i]] = i, list
  end
end

-- blocks: list of {from=, to=, first=, last=}: paragraphs, each with its stretch of the list of quotations.
function tokens.new(text, copy, blocks, quotations, lang)
  local abbreviations = lang.abbreviations
  local self = { text = text, copy = copy, n = 0, word = {}, from = {}, to = {}, capital = {}, quote = {},
    sentence = {}, first = {}, last = {}, capitals = {}, signals = {}, telling = {}, tells = lang.tells }
  for _, block in ipairs(blocks) do
    local at = block.from
    for q = block.first, block.last do
      local quotation = quotations[q]
      add_stretch(self, at, quotation.from - 1, abbreviations)
      local n = add(self, "Q", quotation.from, quotation.to)
      self.quote[n], quotation.token, self.capital[n] = quotation, n, false
      at = quotation.to + 1
    end
    add_stretch(self, at, block.to, abbreviations)
    add(self, "\n", block.to + 1, block.to + 1)
  end
  find_sentences(self)
  return self
end

-- The text from one token to another.
function tokens.text(self, from, to)
  return self.text:sub(self.from[from], self.to[to])
end

return tokens
