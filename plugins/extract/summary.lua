-- summary.lua - the few sentences of a text that tell most of it.
--
-- Nothing is written anew: sentences are chosen and given in their order. A sentence counts for more when it
-- is early, when its words come often in the text, and when they are in the headline; one that says what a
-- chosen one says is passed over. Words are compared by their first six letters, and short words do not
-- count, so no language needs a list; where there are no blanks, pairs of characters are compared.

-- ---- sentences ------------------------------------------------------------------------------------------

local abbreviations = {}
for word in ([[mr mrs ms dr prof st gen col sen rep gov lt sgt capt rev hon jr sr vs etc inc ltd co corp
  no vol
  jan feb mar apr jun jul aug sep sept oct nov dec approx bzw usw nr str mme sra av art fig pp г гг им др тыс
  млн млрд руб ул]]):gmatch("%S+") do
  abbreviations[word] = true
end

local function ends_here(line, stop, following)
  if line:find("^[\xe2\xc2]?[%l]", following) then return false end
  if line:sub(stop, stop) ~= "." then return true end
  local word = line:sub(math.max(1, stop - 14), stop - 1):match("[%a\x80-\xff.]+$")
  return not word or #word > 1 and not abbreviations[word:lower()] and not word:find("^%a%.%a")
    and not word:find("^[\xd0\xd1].$")
end

-- Calls visit with the bounds of each sentence of a line.
local function each_sentence(line, visit)
  local from = 1
  local wide = "\xe3\x80\x82"
  if line:find(wide, 1, true) then
    for stop in line:gmatch("\xe3\x80\x82[\xe3\x80\x8d\x8f\xe2\x80\x9d]*()") do
      visit(from, stop - 1)
      from = stop
    end
  else
    for stop, behind, following in line:gmatch("()[.!?؟।]+[\"')%]\x80-\xbf\xe2\xc2]*()%s+()") do
      if ends_here(line, stop, following) then
        visit(from, behind - 1)
        from = following
      end
    end
  end
  if from <= #line then visit(from, #line) end
end

-- ---- words ----------------------------------------------------------------------------------------------

local stems, amount = {}, 0 -- word → its first six letters, folded; false for short ones

local function stem(word)
  local found = stems[word]
  if found == nil then
    if amount > 50000 then stems, amount = {}, 0 end
    local plain = sheaf.fold(word)
    local letters = utf8.len(plain) or #plain
    found = letters >= 4 and plain:sub(1, (utf8.offset(plain, 7) or #plain + 1) - 1) or false
    stems[word], amount = found, amount + 1
  end
  return found
end

-- The terms of a text as a set, and how many words there are.
local function terms_of(text)
  local terms, words, before = {}, 0, nil
  for word in sheaf.words(text) do
    words = words + 1
    local wide = word:byte() >= 0xe1
    local term
    if wide then
      term = before and before .. word
      before = word
    else
      term, before = stem(word), nil
    end
    if term then terms[#terms + 1] = term end
  end
  return terms, words
end

-- ---- choosing -------------------------------------------------------------------------------------------

local told = { p = true, list = true, quote = true }

local function read_sentences(article, least)
  local list, counts = {}, {}
  for text, kind in article:paragraphs() do
    if told[kind] then
      for line in text:gmatch("[^\n]+") do
        each_sentence(line, function(from, to)
          local sentence = line:sub(from, to)
          local terms, words = terms_of(sentence)
          for _, term in ipairs(terms) do counts[term] = (counts[term] or 0) + 1 end
          local fits = words >= least and not sentence:find("[:;,-]$")
          list[#list + 1] = { text = sentence, terms = terms, words = words, place = #list + 1, fits = fits }
        end)
      end
    end
  end
  return list, counts
end

local function score(sentence, counts, headline, total)
  local sum, shared, seen, distinct = 0, 0, {}, 0
  for _, term in ipairs(sentence.terms) do
    if not seen[term] then
      seen[term], distinct = true, distinct + 1
      if counts[term] > 1 then sum = sum + math.log(counts[term]) end
      if headline[term] then shared = shared + 1 end
    end
  end
  local central = sum / math.sqrt(distinct + 4)
  local early = 1 + 1.5 / (sentence.place ^ 0.8) - 0.3 * sentence.place / total
  return (central + 0.5 * shared) * early
end

-- How much of a sentence was said by the chosen ones: 0 to 1.
local function overlap(sentence, said)
  local shared = 0
  for _, term in ipairs(sentence.terms) do
    if said[term] then shared = shared + 1 end
  end
  return shared / math.max(#sentence.terms, 1)
end

local function choose(list, number)
  local chosen, said = {}, {}
  while #chosen < number do
    local best, best_score
    for _, sentence in ipairs(list) do
      if sentence.fits and not sentence.taken then
        local value = sentence.score * (1 - overlap(sentence, said) * 0.8)
        if not best or value > best_score then best, best_score = sentence, value end
      end
    end
    if not best then break end
    best.taken, chosen[#chosen + 1] = true, best
    for _, term in ipairs(best.terms) do said[term] = true end
  end
  table.sort(chosen, function(one, other) return one.place < other.place end)
  return chosen
end

local function each(article, opt)
  if not article.text then return nil end
  local list, counts = read_sentences(article, opt.shortest)
  local headline = {}
  for _, term in ipairs((terms_of(article.headline or ""))) do headline[term] = true end
  for _, sentence in ipairs(list) do sentence.score = score(sentence, counts, headline, #list) end
  local chosen = choose(list, opt.number)
  if #chosen == 0 or #list < opt.from then return nil end
  local sentences = {}
  for index, sentence in ipairs(chosen) do sentences[index] = sentence.text end
  local description = opt.fill and not article.description and table.concat(sentences, " ") or nil
  return { sentences = sentences, description = description }
end

local news = "The ferry to Lerwick was late again on Monday, the harbour office said. A cook had left his "
  .. "keys. "
  .. "Passengers who waited for the ferry got soup from the harbour office in Lerwick. It rained all day "
    .. "on them."

return {
  kind = "extractor", api = 1, version = "1.0.0", order = "any",
  about = "Choose the sentences that tell most of the text.",
  args = {
    number = { "integer", default = 2, min = 1, max = 50, help = "how many sentences" },
    shortest = { "integer", default = 6, min = 1, help = "fewest words of a sentence that may be chosen" },
    from = { "integer", default = 1, min = 1, help = "fewest sentences of an article that gets a summary" },
    fill = { "boolean", default = false, help = "set description where it is missing" },
  },
  needs = { "text", "blocks", "headline", "description" },
  adds = { sentences = "list", description = "string" },
  each = each,
  examples = {
    { run = "sheaf run news.sheaf --extract summary:number=1,fill=yes --to csv:columns=headline,description",
      about = "a sentence for each" },
  },
  tests = {
    { opt = { number = 1 }, give = { text = news },
      want = { sentences = { "The ferry to Lerwick was late again on Monday, the harbour office said." } } },
    { opt = { number = 2 }, give = { headline = "Soup for passengers", text = news },
      want = { sentences = { "The ferry to Lerwick was late again on Monday, the harbour office said.",
        "Passengers who waited for the ferry got soup from the harbour office in Lerwick." } } },
    { opt = { number = 1, shortest = 3 },
      give = { text = "Dr. Penhale left at 3 p.m. for the U.S. embassy. So it goes." },
      want = { sentences = { "Dr. Penhale left at 3 p.m. for the U.S. embassy." } } },
    { opt = { number = 1, shortest = 3 }, give = { text = "外交大臣谈海底电缆。海底电缆很长很长。" },
      want = { sentences = { "外交大臣谈海底电缆。" } } },
    { opt = { number = 1, fill = true }, give = { text = "They all met in the old town hall." },
      want = { description = "They all met in the old town hall." } },
    { opt = { fill = true }, give = { text = "They all met in the old town hall.", description = "Told." },
      want = { sentences = { "They all met in the old town hall." } } },
    { opt = { from = 3 }, give = { text = "They all met in the old town hall." }, want = false },
    { give = { text = "Too short." }, want = false },
    { give = { headline = "No text" }, want = false },
  },
}
