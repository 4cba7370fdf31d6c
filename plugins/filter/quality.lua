-- quality.lua - drops what builders of datasets would not call running text.
--
-- Four sets of rules, each with the thresholds that its authors published:
--   gopher      length, length of words, symbols, bullets, ellipses, stop words (Rae et al. 2021, table A1)
--   repetition  lines, paragraphs and phrases that come again (the same table)
--   c4          sentences, braces, placeholder text (Raffel et al. 2020), for a whole article, not by line
--   fineweb     unfinished, short and doubled lines (Penedo et al. 2024)
-- Reasons begin with set and rule. Word lengths, stop words and phrases are not looked at where a character
-- is a syllable or a word, and stop words only in languages that have a list here.

local stop_words = {
  en = "the be to of and that have with", de = "der die und das in zu von mit nicht ist",
  fr = "le la les de et des en est que dans", es = "el la los de y que en un por con",
  it = "il la di e che in un per con del", pt = "o a de e que em um para com os",
  nl = "de het een van en in dat is op met", sv = "och att det i en som på är av för",
  da = "og at det i en som på er af for", no = "og at det i en som på er av for",
  ru = "и в не на что с по как из для", uk = "і в не на що з до як із для",
  pl = "i w nie na że z do się jest o", tr = "ve bir bu da de için ile olarak çok en",
}
stop_words.nb, stop_words.nn = stop_words.no, stop_words.no

for tag, list in pairs(stop_words) do
  local set = {}
  for word in list:gmatch("%S+") do set[word] = true end
  stop_words[tag] = set
end

local unspaced = { zh = true, ja = true, ko = true, th = true, lo = true, km = true, my = true, bo = true }

-- ---- what is counted ------------------------------------------------------------------------------------

local function characters(text)
  return utf8.len(text) or #text
end

-- Last byte, or last three bytes, of what ends a sentence.
local ends_sentence = {}
for mark in (". ! ? … \" ” » ’ ' 。 ！ ？ 」 』 ؟ ۔ । :"):gmatch("%S+") do ends_sentence[mark] = true end

local function is_finished(line)
  return ends_sentence[line:sub(-1)] or ends_sentence[line:sub(-2)] or ends_sentence[line:sub(-3)] or false
end

local function is_bullet(line)
  return line:find("^[%-*]%s") ~= nil or line:find("^\xe2\x80[\xa2\xa3]") ~= nil
    or line:find("^\xe2\x97[\x8b\x8f\xa6]") ~= nil or line:find("^\xe2\x96[\xaa\xa0]") ~= nil
end

-- Everything that is counted line by line.
local function count_lines(text)
  local count = { lines = 0, finished = 0, short = 0, bullets = 0, open = 0, again = 0, again_size = 0 }
  local seen = {}
  for line in text:gmatch("[^\n]*[^%s]") do
    count.lines = count.lines + 1
    if is_finished(line) then count.finished = count.finished + 1 end
    if #line < 90 and characters(line) <= 30 then count.short = count.short + 1 end
    if is_bullet(line) then count.bullets = count.bullets + 1 end
    if line:find("%.%.%.$") or line:sub(-3) == "…" then count.open = count.open + 1 end
    if seen[line] then
      count.again, count.again_size = count.again + 1, count.again_size + #line
    end
    seen[line] = true
  end
  return count
end

local function occurrences(text, pattern)
  return select(2, text:gsub(pattern, ""))
end

-- The words as numbers, the same number for the same word, with their sizes; and what was counted on the way.
local function read_words(text)
  local ids, sizes, number_of, names, n = {}, {}, {}, {}, 0
  for word in sheaf.words(text) do
    n = n + 1
    local id = number_of[word]
    if not id then
      id = #names + 1
      number_of[word], names[id] = id, word
    end
    ids[n], sizes[n] = id, #word
  end
  return { n = n, ids = ids, sizes = sizes, names = names }
end

-- A phrase of n words that comes again has within it phrases of n-1 words that come again, so only places
-- where those began are looked at: few in honest text, after the first round.
local function longer(words, n, places, hashes)
  local counts, ids = {}, words.ids
  for _, at in ipairs(places) do
    local last = ids[at + n - 1]
    if last then
      local value = (hashes[at] * 0x100000001b3 + last) * 0x9e3779b97f4a7c15
      hashes[at] = value ~ value >> 32
      counts[hashes[at]] = (counts[hashes[at]] or 0) + 1
    end
  end
  local kept = {}
  for _, at in ipairs(places) do
    if ids[at + n - 1] and counts[hashes[at]] > 1 then kept[#kept + 1] = at end
  end
  return kept, counts
end

local function size_at(words, at, n)
  local size = n - 1
  for position = at, at + n - 1 do size = size + words.sizes[position] end
  return size
end

-- Bytes of the phrase of n words that fills most of the text, all its occurrences together.
local function most_filling(words, n, places, hashes, counts)
  local most = 0
  for _, at in ipairs(places) do
    local size = counts[hashes[at]] * size_at(words, at, n)
    if size > most then most = size end
  end
  return most
end

-- Bytes in phrases of n words that stood there before, none counted twice.
local function repeated(words, n, places, hashes)
  local seen, size, free = {}, 0, 1
  for _, at in ipairs(places) do
    if at >= free then
      if seen[hashes[at]] then
        size, free = size + size_at(words, at, n), at + n
      end
      seen[hashes[at]] = true
    end
  end
  return size
end

-- ---- the rules ------------------------------------------------------------------------------------------
-- Each gives its name and what is wrong, or nil.

local function percent(part, whole)
  return ("%.0f%%"):format(100 * part / math.max(whole, 1))
end

local function has_letter(word)
  return word:find("[%a\x80-\xff]") ~= nil
end

local function word_lengths(words, opt)
  local sum, lettered = 0, 0
  local has = {}
  for id, name in ipairs(words.names) do has[id] = has_letter(name) and 1 or 0 end
  for position = 1, words.n do
    lettered = lettered + has[words.ids[position]]
  end
  for _, id in ipairs(words.ids) do
    local name = words.names[id]
    has[-id] = has[-id] or characters(name)
    sum = sum + has[-id]
  end
  local mean = sum / math.max(words.n, 1)
  if mean < opt.shortest or mean > opt.longest then
    return "word length", ("its words have %.1f letters on average"):format(mean)
  end
  if lettered < opt.letters * words.n then
    return "letters", "only " .. percent(lettered, words.n) .. " of its words have a letter"
  end
end

local function stop_words_in(words, list)
  local found = 0
  for _, name in ipairs(words.names) do
    if list[name] then found = found + 1 end
  end
  return found
end

local function gopher(state, opt)
  local words, lines, text = state.words, state.lines, state.text
  if words.n < opt.min then return "words", ("it has %d words"):format(words.n) end
  if words.n > opt.max then return "words", ("it has %d words"):format(words.n) end
  if state.spaced then
    local rule, reason = word_lengths(words, opt)
    if rule then return rule, reason end
  end
  local hashes = occurrences(text, "#")
  if hashes > opt.symbols * words.n then return "symbols", ("it has %d # signs"):format(hashes) end
  local dots = occurrences(text, "%.%.%.") + occurrences(text, "…")
  if dots > opt.symbols * words.n then return "symbols", ("it has %d ellipses"):format(dots) end
  if lines.bullets > opt.bullets * lines.lines then
    return "bullets", percent(lines.bullets, lines.lines) .. " of its lines begin with a bullet"
  end
  if lines.open > opt.ellipses * lines.lines then
    return "ellipses", percent(lines.open, lines.lines) .. " of its lines end in an ellipsis"
  end
  local list = stop_words[state.language]
  if list and stop_words_in(words, list) < opt.stopwords then
    return "stop words", "it has fewer than " .. opt.stopwords .. " different stop words"
  end
end

local top_limits = { [2] = 0.20, [3] = 0.18, [4] = 0.16 }
local all_limits = { [5] = 0.15, [6] = 0.14, [7] = 0.13, [8] = 0.12, [9] = 0.11, [10] = 0.10 }

local function phrases(state, opt)
  local words, places, hashes = state.words, {}, {}
  for position = 1, words.n do
    places[position], hashes[position] = position, words.ids[position]
  end
  for n = 2, 10 do
    local counts
    places, counts = longer(words, n, places, hashes)
    if #places == 0 then return nil end
    local size = top_limits[n] and most_filling(words, n, places, hashes, counts)
      or all_limits[n] and repeated(words, n, places, hashes)
    if size > (top_limits[n] or all_limits[n]) * opt.phrases * #state.text then
      return "phrases", ("%s of it is %s %d words"):format(percent(size, #state.text),
        n < 5 and "one phrase of" or "phrases that come again, of", n)
    end
  end
end

local function repetition(state, opt)
  local lines = state.lines
  if lines.again > opt.lines * lines.lines then
    return "lines", percent(lines.again, lines.lines) .. " of its lines were there before"
  end
  if lines.again_size > opt.doubled * #state.text then
    return "lines", percent(lines.again_size, #state.text) .. " of it is in lines that were there before"
  end
  if state.spaced then return phrases(state, opt) end
end

local function c4(state, opt)
  local text = state.text
  local sentences = occurrences(text, "[.!?]+[\"”»’')]*%f[%s\0]") + occurrences(text, "。")
    + occurrences(text, "！") + occurrences(text, "？") + occurrences(text, "؟") + occurrences(text, "।")
  if sentences < opt.sentences then return "sentences", ("it has %d sentences"):format(sentences) end
  if text:find("{", 1, true) and text:find("}", 1, true) then return "braces", "it has curly braces" end
  if text:find("[Ll]orem [Ii]psum") then return "placeholder", "it has placeholder text" end
end

local function fineweb(state, opt)
  local lines = state.lines
  if lines.finished < opt.finished * lines.lines then
    return "finished", "only " .. percent(lines.finished, lines.lines) .. " of its lines end a sentence"
  end
  if lines.short > opt.short * lines.lines then
    return "short", percent(lines.short, lines.lines) .. " of its lines have at most 30 characters"
  end
  if lines.again_size > 0.1 * #state.text then
    return "doubled", percent(lines.again_size, #state.text) .. " of it is in lines that were there before"
  end
end

local sets = { gopher = gopher, repetition = repetition, c4 = c4, fineweb = fineweb }

local function new_state(article)
  local text = article.text or ""
  local tag = (article.language or ""):lower():match("^%a+") or "und"
  return { text = text, language = tag, spaced = not unspaced[tag], words = read_words(text),
    lines = count_lines(text) }
end

local prose = ("The ministers met in the old town and spoke of the cables that have lain there with the "
  .. "wrecks."
  .. " Nobody was to be seen on the quay. A gull took the bread.\n")
local varied = prose .. "Later a trawler came in with her nets torn, and the mate said that something "
  .. "large had "
  .. "taken hold of them.\nThe harbour office wrote it down, as it does, and went home to dinner at six."

return {
  kind = "filter", api = 1, version = "1.0.0", order = "any",
  about = "Drop what is no running text, by the rules of dataset builders.",
  args = {
    rules = {
      "list", default = { "gopher", "repetition", "c4", "fineweb" }, min = 1,
      values = { "gopher", "repetition", "c4", "fineweb" },
        help = "which sets of rules to use, in this order",
    },
    min = { "integer", default = 50, min = 0, help = "gopher: fewest words" },
    max = { "integer", default = 100000, min = 0, help = "gopher: most words" },
    shortest = { "number", default = 3, min = 0, help = "gopher: least mean length of words, in letters" },
    longest = { "number", default = 10, min = 0, help = "gopher: greatest mean length of words" },
    symbols = { "number", default = 0.1, min = 0, help = "gopher: most # signs, and most ellipses, a word" },
    letters = {
      "number", default = 0.8, min = 0, max = 1,
      help = "gopher: least part of words with a letter",
    },
    bullets = {
      "number", default = 0.9, min = 0, max = 1,
      help = "gopher: most lines that begin with a bullet",
    },
    ellipses = {
      "number", default = 0.3, min = 0, max = 1,
      help = "gopher: most lines that end in an ellipsis",
    },
    stopwords = { "integer", default = 2, min = 0, help = "gopher: fewest different stop words" },
    lines = { "number", default = 0.3, min = 0, max = 1, help = "repetition: most lines that come again" },
    doubled = {
      "number", default = 0.2, min = 0, max = 1,
      help = "repetition: most text in lines that come again",
    },
    phrases = {
      "number", default = 1, min = 0,
      help = "repetition: multiplies the published limits for phrases of 2 to 10 words",
    },
    sentences = { "integer", default = 3, min = 0, help = "c4: fewest sentences" },
    finished = {
      "number", default = 0.12, min = 0, max = 1,
      help = "fineweb: least part of lines that end a sentence",
    },
    short = {
      "number", default = 0.67, min = 0, max = 1,
      help = "fineweb: most lines of at most 30 characters",
    },
  },
  needs = { "text", "language" },
  each = function(article, opt)
    local state = new_state(article)
    for _, name in ipairs(opt.rules) do
      local rule, reason = sets[name](state, opt)
      if rule then return false, ("%s, %s: %s"):format(name, rule, reason) end
    end
    return true
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter quality --to jsonl:keys=text -o corpus.jsonl",
      about = "running text for a corpus" },
    { run = "sheaf run news.sheaf --filter quality:rules=gopher,min=20 --to text",
      about = "one set of rules, shorter articles" },
  },
  tests = {
    { give = { text = varied, language = "en" }, want = true },
    { give = { text = "Too short to tell.", language = "en" }, want = false },
    { opt = { min = 1, sentences = 1 }, give = { text = "Short, and to the point with that." }, want = true },
    { opt = { min = 70 }, give = { text = varied, language = "en" }, want = false },
    { opt = { max = 20 }, give = { text = varied, language = "en" }, want = false },
    { give = { text = varied .. ("\n- item"):rep(60), language = "en" }, want = false },
    { opt = { rules = { "gopher" } }, give = { text = varied .. (" #"):rep(20) }, want = false },
    { opt = { rules = { "gopher" } }, give = { text = varied .. (" wait..."):rep(20) }, want = false },
    { opt = { rules = { "gopher" } }, give = { text = ("12 45 78 alpha "):rep(30) }, want = false },
    { opt = { rules = { "gopher" } }, give = { text = ("I am so by my ox "):rep(30) }, want = false },
    { opt = { rules = { "gopher" }, stopwords = 0 }, give = { text = ("cable ship harbour "):rep(30) },
      want = true },
    { opt = { rules = { "gopher" } }, give = { text = ("cable ship harbour "):rep(30), language = "en" },
      want = false },
    { opt = { rules = { "gopher" } }, give = { text = ("cable ship harbour "):rep(30), language = "fi" },
      want = true },
    { opt = { rules = { "repetition" } }, give = { text = ("cable ship harbour "):rep(30) }, want = false },
    { opt = { rules = { "repetition" } }, give = { text = prose:rep(4) }, want = false },
    { opt = { rules = { "repetition" } }, give = { text = varied }, want = true },
    { opt = { rules = { "c4" } }, give = { text = varied .. " if (a) { b(); }" }, want = false },
    { opt = { rules = { "c4" } }, give = { text = varied .. " Lorem ipsum dolor." }, want = false },
    { opt = { rules = { "c4" } }, give = { text = "海底电缆。测量船。外交大臣。" }, want = true },
    { opt = { rules = { "fineweb" } }, give = { text = "Home\nNews\nSport\nWeather\nContact us today" },
      want = false },
    { opt = { rules = { "fineweb" } }, give = { text = varied }, want = true },
  },
}
