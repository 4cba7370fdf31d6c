-- quotes_spec.lua - who says what: on our own dumps, on five from the wild, on marks, and at its limits.
--
-- The dumps from the wild are looked for as in real_dumps_spec.lua; where they are not, those specs are
-- pending. A quotation of theirs is known by its place in the text, counted in bytes from 1, and by the first
-- twelve digits of its FNV-1a hash. They were marked by hand: every direct quotation, and every quoted part
-- of two words or more that the text gives to somebody.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec"
local expect = dofile(here .. "/quotes_expect.lua")
local core = require "sheaf.core"
local lfs = require "lfs"
local sheaf = require "sheaf"
local arguments = require "sheaf.arguments"

local folder = here .. "/../plugins/extract/quotes"
local wild = os.getenv("SHEAF_REAL_DUMPS") or here .. "/../../shared/seeds"

local function load_plugin(given, limits)
  limits = limits or {}
  local file = assert(io.open(folder .. "/plugin.lua", "rb"))
  local source = file:read("a")
  file:close()
  local plugin = assert(core.plugin(source, "@plugin.lua", { name = "quotes", folder = folder,
    seconds = limits.seconds, memory = limits.memory }))
  assert(plugin:configure(assert(arguments.complete(plugin:describe().args, given or {}))))
  return plugin
end

local plugin = load_plugin { indirect = false }

-- The spans of an article or of a plain English text.
local function spans_of(article, with)
  if type(article) == "string" then article = core.article { text = article, language = "en" } end
  local fields, problem = (with or plugin):extract(article)
  assert.is_nil(problem)
  return fields and fields.spans or {}
end

-- "speaker: words" of each quotation, "?" for nobody.
local function told(text, with)
  local list = {}
  for _, span in ipairs(spans_of(text, with)) do
    list[#list + 1] = (span[3].speaker or "?") .. ": " .. text:sub(span[1], span[2])
  end
  return list
end

-- FNV-1a of 64 bits, its first twelve digits.
local function hash(text)
  local value = math.tointeger(0xcbf29ce484222325)
  for at = 1, #text do value = (value ~ text:byte(at)) * 0x100000001b3 end
  return ("%016x"):format(value):sub(1, 12)
end

local function outline(article)
  local lines = {}
  for _, span in ipairs(spans_of(article)) do
    local text = article.text:sub(span[1], span[2])
    lines[#lines + 1] = ("%d-%d %s %s %s"):format(span[1], span[2], hash(text), span[3].kind,
      span[3].speaker or "")
  end
  return table.concat(lines, "\n")
end

local function find_dump(prefix)
  if lfs.attributes(wild, "mode") ~= "directory" then return nil end
  for name in lfs.dir(wild) do
    if name:sub(1, #prefix + 1) == prefix .. "_" then return wild .. "/" .. name end
  end
end

describe("quotes in the dump from the wild", function()
  for prefix, rows in pairs(expect.wild) do
    local path = find_dump(prefix)
    if not path then
      pending(prefix .. " have their speakers (the dumps are not here)")
    else
      it(prefix .. " have their speakers, and nothing else is taken for one", function()
        local lines = {}
        for _, row in ipairs(rows) do lines[#lines + 1] = ("%d-%d %s %s %s"):format(table.unpack(row)) end
        for article in sheaf.read { path } do
          assert.equal(table.concat(lines, "\n"), outline(article))
        end
      end)
    end
  end
end)

describe("quotes in our own dump", function()
  for name, wanted in pairs(expect.own) do
    it(name .. " have their speakers", function()
      local got = {}
      for article in sheaf.read { here .. "/../seeds/" .. name } do
        for _, span in ipairs(spans_of(article)) do
          local words = article.text:sub(span[1], span[2]):match("^%S+%s*%S*")
          got[#got + 1] = (span[3].speaker or "?") .. ": " .. words
        end
      end
      assert.same(wanted, got)
    end)
  end
end)

-- What of the scored texts is found with its speaker, given to somebody else, or found where nothing is said.
local scored = dofile(here .. "/quotes_scored.lua")

local function take(spans, text, wanted)
  for i, span in ipairs(spans) do
    local same = (span[3].kind == "indirect") == (wanted[3] == "indirect")
    if same and text:sub(span[1], span[1] + #wanted[1] - 1) == wanted[1] then
      return table.remove(spans, i)
    end
  end
end

local function score(with)
  local counts = { wanted = 0, right = 0, wrong = {}, invented = {} }
  for _, case in ipairs(scored) do
    local text = case[2]
    local spans = spans_of(core.article { text = text, language = case[1] }, with)
    for _, wanted in ipairs(case[3]) do
      local span = take(spans, text, wanted)
      counts.wanted = counts.wanted + 1
      if span and (span[3].speaker or "") == wanted[2] then
        counts.right = counts.right + 1
      elseif span and span[3].speaker then
        table.insert(counts.wrong, wanted[1] .. ": " .. span[3].speaker)
      end
    end
    for _, span in ipairs(spans) do table.insert(counts.invented, text:sub(span[1], span[2])) end
  end
  return counts
end

describe("quotes in the scored texts", function()
  it("have the right speaker nineteen times in twenty; none is wrong or invented", function()
    local counts = score(load_plugin())
    assert.is_true(counts.wanted >= 80)
    assert.same({}, counts.wrong)
    assert.same({}, counts.invented)
    assert.is_true(counts.right >= counts.wanted * 0.95, counts.right .. " of " .. counts.wanted)
  end)
end)

describe("quotation marks", function()
  it("of every form are known", function()
    for _, pair in ipairs { { "“", "”" }, { "\"", "\"" }, { "„", "“" }, { "„", "”" }, { "«", "»" },
      { "»", "«" }, { "‹", "›" }, { "‘", "’" }, { "‚", "‘" },
      { "「", "」" }, { "『", "』" }, { "”", "”" }, { "'", "'" } } do
      local text = ("Tobias Renn said: %sThe boats stay here.%s"):format(pair[1], pair[2])
      assert.same({ "Tobias Renn: The boats stay here." }, told(text), pair[1])
    end
  end)

  it("are not apostrophes, inches or plurals", function()
    assert.same({}, told("It's the crew's boats' rope, 'tis 6'2\" long and the '90s are o'er, isn't it?"))
    assert.same({ "Tobias Renn: It's the boats' turn, isn't it?" },
      told("Tobias Renn said: 'It's the boats' turn, isn't it?'"))
    assert.same({ "Tobias Renn: We’ve had the crew’s word," },
      told("‘We’ve had the crew’s word,’ said Tobias Renn."))
  end)

  it("may hold others", function()
    assert.same({ "Tobias Renn: They cried ‘ahoy’ and left." },
      told("Tobias Renn said: “They cried ‘ahoy’ and left.”"))
    assert.same({ "Tobias Renn: They cried «ahoy» and left." },
      told("Tobias Renn said: «They cried «ahoy» and left.»"))
  end)

  it("that are never closed swallow no more than their paragraph", function()
    assert.same({ "Mina Okafor: The boats stay." },
      told("A \"bad line of text.\n\nMina Okafor said: \"The boats stay.\""))
  end)
end)

describe("a speaker", function()
  it("is resolved to the full name by last name, title, role and pronoun", function()
    local start = "British minister Mina Okafor met the pilot Tobias Renn. "
    for raw, name in pairs { ["Okafor"] = "Mina Okafor", ["Ms Okafor"] = "Mina Okafor",
      ["the British minister"] = "Mina Okafor", ["the pilot"] = "Tobias Renn", ["Mr Renn"] = "Tobias Renn",
      ["she"] = "Mina Okafor" } do
      local list = told(start .. "\"The boats stay,\" " .. raw .. " said.")
      assert.same({ name .. ": The boats stay," }, list, raw)
    end
  end)

  it("is left empty when the text does not name one", function()
    for _, cue in ipairs { "a minister said", "sources said", "the spokesman said", "they said",
      "one of them said" } do
      assert.same({ "?: The boats stay," }, told("Mina Okafor left. \"The boats stay,\" " .. cue .. "."), cue)
    end
  end)

  it("is left empty below the confidence asked for", function()
    local text = "Mina Okafor met Tobias Renn. \"The boats stay,\" she said."
    assert.same({ "Mina Okafor: The boats stay," }, told(text))
    assert.same({ "?: The boats stay," }, told(text, load_plugin { confidence = 0.99, indirect = false }))
  end)

  it("of the note is the office that sent it", function()
    local text = "The boats stay, the Harbour Office said in a note. \"They stay in port,\" the note said."
    local list = told(text, load_plugin())
    assert.same({ "Harbour Office: The boats stay", "Harbour Office: They stay in port," }, list)
  end)
end)

describe("the quotes plugin", function()
  it("gives spans that a layer takes: in order, within the text, no character cut", function()
    for name in pairs(expect.own) do
      for article in sheaf.read { here .. "/../seeds/" .. name } do
        local last = 0
        for _, span in ipairs(spans_of(article)) do
          assert.is_true(span[1] > last and span[1] <= span[2] and span[2] <= #article.text)
          assert.is_truthy(utf8.len(article.text:sub(span[1], span[2])))
          last = span[1]
        end
      end
    end
  end)

  it("stays within its limits on hostile texts", function()
    local limited = load_plugin({ refused = true }, { seconds = 2, memory = 64 << 20 })
    local unit = { "\"", "“", "'", "‘a ", "\" \"", "« ", "“a” said ", "X, ", "said ", "A b, ", "\n\n“",
      "” ", "A. " }
    for _, piece in ipairs(unit) do
      spans_of(piece:rep(20000), limited)
    end
  end)
end)
