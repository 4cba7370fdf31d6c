-- tokens.lua - the words of a text in a row, each quotation being one of them.
--
-- `tokens.word[i]` is a word in small letters, a punctuation mark, "Q" for a whole quotation, or "\n" where
-- a paragraph ends. from, to and capital run beside it; quote holds the quotations by their index. Each
-- token knows its sentence: first and last name the tokens of sentence s.

local letters = require "letters"

local tokens = {}

local WORD = "()([%w\x80-\xff][%w\x80-\xff'\2%-%.]*)"

local function add(self, word, from, to)
  local n = self.n + 1
  self.n, self.word[n], self.from[n], self.to[n] = n, word, from, to
  return n
end

local function add_gap(self, gap, from)
  for at, mark in gap:gmatch("()([%.,;:!%?%(%)%[%]\x1e%-&])") do
    add(self, mark == "\x1e" and "-" or mark, from + at - 1, from + at - 1)
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
  if dots > 0 and not keeps then add_gap(self, word:sub(#bare + 1), from + #bare) end
end

-- The words from one place to another, without quotations in between.
local function add_stretch(self, from, to, abbreviations)
  if from > to then return end
  local stretch, last = self.copy:sub(from, to), 0
  for at, word in stretch:gmatch(WORD) do
    if at > last + 2 or at == last + 2 and stretch:byte(at - 1) ~= 32 then
      add_gap(self, stretch:sub(last + 1, at - 1), from + last)
    end
    last = at + #word - 1
    add_word(self, word, from + at - 1, abbreviations)
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
    return self.capital[i + 1] or following == "Q" or following == "\n" or not following
  end
  if word == "Q" then
    return self.quote[i].stop and (self.capital[i + 1] or following == "Q")
  end
  return may_end[word] and self.capital[i + 1] and self.capital[i + 2] == false
end

local function find_sentences(self)
  local s, first = 0, 1
  for i = 1, self.n do
    self.sentence[i] = s + 1
    if i == self.n or ends_sentence(self, i) then
      s = s + 1
      self.first[s], self.last[s] = first, i
      first = i + 1
    end
  end
  self.sentences = s
end

-- blocks: list of {from=, to=, first=, last=}: paragraphs, each with its stretch of the list of quotations.
function tokens.new(text, copy, blocks, quotations, abbreviations)
  local self = { text = text, copy = copy, n = 0, word = {}, from = {}, to = {}, capital = {}, quote = {},
    sentence = {}, first = {}, last = {} }
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
