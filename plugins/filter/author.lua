-- author.lua - keeps articles by certain people.
--
-- A name is matched as whole words one after another within one author's name; case and accents do not
-- matter, so "okafor" is in "Mina Okáfor" and not in "Okaforson". Where an article has no list of authors,
-- its byline is looked at as it stands.

local function spread(text)
  local words = {}
  for word in sheaf.words(sheaf.fold(text)) do words[#words + 1] = word end
  return " " .. table.concat(words, " "):gsub("’", " "):gsub("%p+", " ") .. " "
end

local needles = {} -- name → its words, spread; names come from the arguments, so there are few

local function needle_of(name)
  needles[name] = needles[name] or spread(name)
  return needles[name]
end

-- Everybody who is credited, spread; of a list of authors their names, else the byline.
local function credited(article, roles)
  local credits = {}
  for index, author in ipairs(article.authors or {}) do
    credits[index] = spread(roles and author.role and author.name .. " " .. author.role or author.name)
  end
  if #credits == 0 and article.byline then credits[1] = spread(article.byline) end
  return credits
end

-- The first of the names that is credited, or nil.
local function found(credits, names, whole)
  for _, name in ipairs(names) do
    local needle = needle_of(name)
    for _, credit in ipairs(credits) do
      local hit = whole and credit == needle or not whole and credit:find(needle, 1, true)
      if hit and needle:find("%S") then return name end
    end
  end
end

return {
  kind = "filter", api = 1, version = "1.0.0", order = "any",
  about = "Keep articles by certain authors.",
  args = {
    any = { "list", default = {}, help = "names, or parts of names, of which at least one must be credited" },
    none = { "list", default = {}, help = "names, or parts of names, that must not be credited" },
    whole = { "boolean", default = false, help = "a name must be the author's whole name" },
    roles = { "boolean", default = false, help = "also look into the roles of authors, such as Editor" },
    unsigned = {
      "string", default = "drop", values = { "keep", "drop" },
      help = "what to do with articles that credit nobody, when any is given",
    },
  },
  needs = { "authors", "byline" },
  each = function(article, opt)
    local credits = credited(article, opt.roles)
    if found(credits, opt.none, opt.whole) then return false, "it is by somebody that it must not be by" end
    if #opt.any == 0 then return true end
    if #credits == 0 then return opt.unsigned == "keep", "it credits nobody" end
    return found(credits, opt.any, opt.whole) ~= nil, "it is by somebody else"
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter 'author:any=Okafor'",
      about = "what somebody of that name wrote" },
  },
  tests = {
    { opt = { any = { "okafor" } }, give = { authors = { { name = "Mina Okafor" } } }, want = true },
    { opt = { any = { "mina okafor" } }, give = { authors = { { name = "Mina Okáfor" } } }, want = true },
    { opt = { any = { "okafor" } }, give = { authors = { { name = "Mina Okaforson" } } }, want = false },
    { opt = { any = { "renn", "okafor" } }, give = { authors = { { name = "A B" }, { name = "T. Renn" } } },
      want = true },
    { opt = { any = { "okafor renn" } }, give = { authors = { { name = "Mina Okafor" }, { name = "Renn" } } },
      want = false },
    { opt = { any = { "okafor" } }, give = { byline = "By Mina Okafor" }, want = true },
    { opt = { any = { "okafor" }, whole = true }, give = { authors = { { name = "Mina Okafor" } } },
      want = false },
    { opt = { any = { "MINA OKAFOR" }, whole = true }, give = { authors = { { name = "Mina Okafor" } } },
      want = true },
    { opt = { any = { "editor" } }, give = { authors = { { name = "Dora Penhale", role = "Editor" } } },
      want = false },
    { opt = { any = { "editor" }, roles = true },
      give = { authors = { { name = "Dora Penhale", role = "Editor" } } }, want = true },
    { opt = { none = { "renn" } }, give = { authors = { { name = "Tobias Renn" } } }, want = false },
    { opt = { none = { "renn" } }, give = { text = "Nobody signed this." }, want = true },
    { opt = { any = { "renn" } }, give = { text = "Nobody signed this." }, want = false },
    { opt = { any = { "renn" }, unsigned = "keep" }, give = { text = "Nobody signed this." }, want = true },
    { opt = { any = { "лебяжин" } }, give = { byline = "Игорь ЛЕБЯЖИН" }, want = true },
    { opt = { any = { "-" } }, give = { byline = "A mark alone names nobody" }, want = false },
    { give = { text = "No name was asked for." }, want = true },
  },
}
