-- real_dumps_spec.lua - five dumps from the wild, which are not ours to hand on.
--
-- They are looked for in the folder that SHEAF_REAL_DUMPS names, or in ../shared/seeds beside the checkout;
-- where they are not, these specs are pending. Nothing of their text stands here: long strings are known
-- by their hash, and each paragraph by its first and last two words.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec"
local folder = os.getenv("SHEAF_REAL_DUMPS") or here .. "/../../shared/seeds"
local check = dofile(here .. "/dump_check.lua")
local lfs = require "lfs"
local sheaf = require "sheaf"

-- "h" marks a heading.
local expect = {
  ["000"] = {
    published = "2022-02-10", modified = false, provider = "TASS", language = "en",
    dateline = { place = "MOSCOW", agency = "TASS" },
    keywords = { "Ukraine crisis", "Ukraine", "United Kingdom", "Liz Truss" },
    hashes = {
      headline = "46a47a096da1b45e", description = "ad783cd5ff819bf6", url = "556b3d7d2b2f6574",
    },
    outline = {
      { "MOSCOW, February", "with Ukraine." }, { "\"We need", "Truss noted." },
      { "The UK", "foreign secretary." }, { "In turn,", "diplomat stated." },
      { "Truss also", "pointed out." }, { "Strengthening NATO", "Strengthening NATO", "h" },
      { "Truss also", "she said." }, { "Concerns over", "serious consequences." },
    },
    lacks = { "Updated at", "TagsUkraine", "20220210", "opendoor", "tass.com", "deescalate " },
  },
  ["001"] = {
    publisher = "Daily Express", published = false, modified = false, url = false, language = "en",
    via = { starts = "Press" },
    authors = { { name = "Sam Lister", role = "Deputy Political Editor" } },
    hashes = { headline = "3df167e80ec81f49" },
    images = { { credit = "SIMON DAWSON / NO 10 DOWNING STREET", caption = { starts = "Robust..." } } },
    outline = {
      { "LIZ Truss", "with Ukraine." }, { "The Kiev", "Donbas region." }, { "Ms Truss", "avoid conflict." },
      { "The Foreign", "bilateral issues.”" }, { "The Kremlin", "“remains high”." },
      { "But Ms", "the situation.”" }, { "Prime Minister", "the phone." }, { "Ms Truss", "and stability”." },
      { "The spokesman", "in Afghanistan.”" },
      { "Ukraine’s President", "the border." },
      { "Defence Secretary", "Russian aggression." }, { "Aggressive", "Aggressive", "h" },
      { "Observers think", "of Nato." }, { "And Britain’s", "border build-up." },
      { "Russia and", "Kremlin chiefs." }, { "Kremlin spokesman", "the region." },
      { "He warned:", "remains high.”" }, { "US Secretary", "towards Ukraine." },
      { "Mr Blinken", "is diplomacy.”" },
    },
    lacks = { "Newspapers", "Picture:", "??", "Robust...", "Sam Lister", "Daily Express" },
  },
  ["002"] = {
    published = false, modified = false, publisher = false, url = false, language = "en",
    dateline = { place = "JAKARTA", date = false },
    hashes = { headline = "2664fd2d8a7d496c" },
    outline = {
      { "JAKARTA -", "Foreign Minister." }, { "British Foreign", "the world." },
      { "\"I delivered", "on Twitter." }, { "\"If Russia", "he continued." },
      { "The British", "Minister Lavrov." }, { "\"We have", "February 11." },
      { "Foreign Minister", "these countries." }, { "\"Unlike the", "he quipped." },
      { "\"We also", "Lavrov criticized." }, { "For information,", "two countries." },
      { "Kremlin spokesman", "to anyone." }, { "Even so,", "serious consequences." },
    },
    lacks = { "Insinuating" },
  },
  ["003"] = {
    published = "XXXX-02-10", modified = false, publisher = false, url = false, language = "en",
    dateline = { place = "LONDON", date = "XXXX-02-10", agency = "TASS" }, provider = "TASS",
    hashes = { headline = "0b05b06daf5fee34" },
    images = { { caption = "Liz Truss" } },
    outline = {
      { "LONDON, February", "on Thursday." }, { "\"The Foreign", "it said." },
      { "\"The UK", "are aggressive." }, { "\"In her", "release said." }, { "\"She added", "it stressed." },
      { "Liz Truss", "release said." }, { "Lately, Ukraine", "serious consequences." },
      { "Cooperation on", "and Iran", "h" }, { "Liz Truss", "on Thursday." },
      { "\"The Foreign", "document said." },
    },
    lacks = {},
  },
  ["004"] = {
    published = "2022-02-10T09:13Z", modified = "2022-02-10T09:56Z", publisher = "Sputnik International",
    language = "en", keywords = { "uk" },
    description = { starts = "Britain has been at", lacks = { "10.02.2022", "Sputnik" } },
    hashes = { headline = "a1b92b8f175d3e02", url = "1f3b40d2cd8c1ee7" },
    image = "7647c9bcb4775840", link = "48d2d1d01f4b3530",
    outline = {
      { "The UK", "has announced." }, { "Wallace added", "was \"slow.\"" }, { "Also on", "of negotiations." },
      { "For her", "Ukrainian sovereignty.\"" }, { "\"There is", "she said." },
      { "Truss's visit", "since 2017." }, { "Wallace is", "on Friday." }, { "While some", "and Hungary." },
      { "Late last", "European country." }, { "British officials", "off Crimea." },
    },
    lacks = {
      "/html/", "@content", "feedback@", "+7495", "MIA", "252 60", "1920", "en_EN", "10.02.2022",
      "2022-02-10", "https://", "Defence Secretary Says",
    },
  },
}

-- FNV-1a of 64 bits, in hexadecimal.
local function hash(text)
  local value = math.tointeger(0xcbf29ce484222325)
  for at = 1, #text do value = (value ~ text:byte(at)) * 0x100000001b3 end
  return ("%016x"):format(value)
end

local function find_dump(prefix)
  if lfs.attributes(folder, "mode") ~= "directory" then return nil end
  for name in lfs.dir(folder) do
    if name:sub(1, #prefix + 1) == prefix .. "_" then return folder .. "/" .. name end
  end
end

-- First two words, last two words and kind of a paragraph.
local function marks(text, kind)
  local words = {}
  for word in text:gmatch("%S+") do words[#words + 1] = word end
  return table.concat(words, " ", 1, math.min(2, #words)),
    table.concat(words, " ", math.max(1, #words - 1)), kind == "h" and "h" or nil
end

local function outline_of(article)
  local lines = {}
  for text, kind in article:paragraphs() do
    lines[#lines + 1] = table.concat({ marks(text, kind) }, " | ")
  end
  return table.concat(lines, "\n")
end

local function outline_wanted(outline)
  local lines = {}
  for _, row in ipairs(outline) do lines[#lines + 1] = table.concat(row, " | ") end
  return table.concat(lines, "\n")
end

describe("the dump from the wild", function()
  for _, prefix in ipairs { "000", "001", "002", "003", "004" } do
    local want, path = expect[prefix], find_dump(prefix)

    local function with_article(sentence, body)
      if not path then pending(prefix .. " " .. sentence .. " (the dumps are not here)") return end
      it(prefix .. " " .. sentence, function()
        local articles = check.read(sheaf, path)
        assert.equal(1, #articles)
        body(articles[1])
      end)
    end

    with_article("has the fields that an editor would file", function(article)
      local source = { path = path, size = #check.bytes(path), why = true }
      assert.equal("", table.concat(check.article(article, want, source), "\n"))
    end)

    with_article("has its long fields to the letter", function(article)
      for name, value in pairs(want.hashes) do
        assert.equal(value, hash(article[name] or ""), name)
      end
      if want.image then
        assert.equal(1, #article.images)
        assert.equal(want.image, hash(article.images[1].url or ""))
      end
      if want.link then
        assert.equal(1, #article.links)
        assert.equal(want.link, hash(article.links[1].url or ""))
      end
    end)

    with_article("has its paragraphs and subheads in their order", function(article)
      assert.equal(outline_wanted(want.outline), outline_of(article))
    end)
  end
end)
