--- blocks.lua: what was decided about every piece of text of a web page.
--
-- The page is read again, so that what is shown is what this sheaf would do with
-- it now. Its bytes are: the file itself, when a page was named; what its reader
-- lends, when it is in a pile; what was kept beside a sheaf, or else what a walk
-- through the file that the article came from lends. A page may be packed there, in
-- an archive or a record of a crawl, so only the reader finds it, and only the
-- SHA-256 tells that it is the one.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local blocks = {}

---@class sheaf.Block
---@field text string
---@field kind string
---@field verdict "kept"|"dropped"|"aside"
---@field score number
---@field why string
---@field path string
---@field from integer bytes of the page, from 0
---@field to integer
---@field features table<string, integer>

---@class sheaf.PageView
---@field name string
---@field article userdata
---@field blocks sheaf.Block[]
---@field site string? whose rules were applied

-- ---- what became a field ---------------------------------------------------------

local IS_FIELD = { headline = "is the headline", byline = "is the byline", date = "is the date" }
local SAME_AS = { { "headline", "is the headline" }, { "byline", "is the byline" },
  { "description", "is the description" } }

-- More than this beside the names, and it is no byline.
local AROUND_NAMES = 24

local function folded(text)
  return text:gsub("%s+", " "):lower()
end

local function has_names(text, authors)
  local rest = #text
  for _, author in ipairs(authors) do
    if not text:find(author.name, 1, true) then return false end
    rest = rest - #author.name
  end
  return #authors > 0 and rest <= AROUND_NAMES + 8 * #authors
end

-- "5 March 2024, 07.12" for 2024-03-05: a short text with that year and that day.
local function has_date(text, published)
  local year, day = (published or ""):match("^(%d%d%d%d)%-%d%d%-(%d%d)")
  if not year or #text > 80 then return false end
  local has = {}
  for number in text:gmatch("%d+") do
    has[math.tointeger(tonumber(number)) or 0] = true
  end
  return has[tonumber(year)] and has[tonumber(day)]
end

-- What the article has in a field is not lost, though it is no part of the story.
local function field_in(block, a, seen)
  local text = folded(block.text)
  for _, same in ipairs(SAME_AS) do
    local value = a[same[1]]
    if value and folded(value) == text then return same[2] end
  end
  if not seen.authors and has_names(block.text, a.authors or {}) then
    seen.authors = true
    return "names the authors"
  elseif not seen.date and has_date(block.text, a.published) then
    seen.date = true
    return "has the date"
  end
end

local function mark_fields(list, a)
  local seen = {}
  for _, block in ipairs(list) do
    if block.verdict == "aside" then
      seen.authors = seen.authors or block.why == "byline"
      seen.date = seen.date or block.why == "date"
      block.why = IS_FIELD[block.why] or block.why
    elseif block.verdict == "dropped" then
      local why = field_in(block, a, seen)
      if why then block.verdict, block.why = "aside", why end
    end
  end
end

--- Reads a page.
---@param name string what it is called
---@param bytes string
---@param hints {url: string?, retrieved: string?}
---@param sites sheaf.Sites?
---@return sheaf.PageView
function blocks.read(name, bytes, hints, sites)
  local rules = sites and sites.rules
  local fine, article, list = pcall(core.page, bytes,
    { url = hints.url, retrieved = hints.retrieved, rules = rules, features = true })
  if not fine then failure.raise(("%s cannot be read as a page: %s"):format(name, tostring(article))) end
  local site = rules and rules:site(article.url or article.canonical_url)
  mark_fields(list, article)
  if sites then sites:correct(article, function(_, _, reason) failure.raise(reason) end) end
  return { name = name, article = article, blocks = list, site = site }
end

-- ---- where the bytes come from -------------------------------------------------

local function read_file(path)
  local file, reason = io.open(path, "rb")
  if not file then failure.raise(("%s: %s"):format(path, reason)) end
  local bytes = file:read("a")
  file:close()
  return bytes or ""
end

local function is_page(path)
  if lfs.attributes(path, "mode") ~= "file" then return false end
  if path:lower():find("%.[xs]?html?$") then return true end
  local file = io.open(path, "rb")
  local head = file and file:read(1024) or ""
  if file then file:close() end
  return head:find("^%s*<[!%?%a]") ~= nil
end

-- What the reader lends in a file for the page with that SHA-256, or nil. A page in
-- a file of its own is read as one, whatever that is called.
local function found_again(from)
  local alone = not from.entry and not from.record
  local next_article, state, first, pile = core.read({ from.file }, { reader = alone and "page" or nil })
  if not next_article then return nil end
  for a in next_article, state, first, pile do
    if a.provenance.sha256 == from.sha256 then return core.lent_original(a) end
    if core.interrupted() then failure.raise("stopped before the page was found") end
  end
  return nil
end

-- The bytes of an article of a sheaf.
local function kept_bytes(file, a)
  local bytes, reason = file:original(a)
  if bytes then return bytes end
  local from = a.provenance or {}
  if from.reader ~= "page" then
    failure.raise(("%s does not come from a web page"):format(a.id or "the article"))
  end
  local place = terminal.clean(from.file or "its file")
  if from.file and lfs.attributes(from.file, "mode") == "file" then
    bytes = from.sha256 and found_again(from)
    if bytes then return bytes end
    failure.raise(("the page is not in %s any more: no page there has its SHA-256"):format(place),
      "pack again with sheaf pack --originals: then the pages are kept in the sheaf")
  end
  if from.entry and from.entry ~= "" then place = place .. "!" .. terminal.clean(from.entry) end
  failure.raise(("the page is not at hand: %s"):format(reason),
    ("it came from %s, which is not here: go to the folder where the sheaf was packed"):format(place),
    "sheaf pack --originals keeps the pages")
end

local function hints_of(a)
  return { url = a.url, retrieved = a.retrieved }
end

local function wanted_by(name)
  local position = name and #name <= 7 and math.tointeger(tonumber(name))
  return function(a, at)
    return not name or position == at or a.url == name or (a.id or ""):sub(1, #name) == name
  end
end

-- Of an article of a pile: its reader has the bytes while it lends it.
local function lent(source, name)
  local fits, at = wanted_by(name), 0
  for a in source:articles() do
    at = at + 1
    if fits(a, at) then
      local bytes = core.lent_original(a)
      if not bytes then failure.raise("the article does not come from a web page") end
      return a.id, bytes, hints_of(a)
    end
  end
  failure.raise(name and ("there is no article '%s'"):format(name) or "no article found")
end

--- The pages that a command line names.
---@param given sheaf.Parsed its first word is a page, a sheaf or a pile
---@param source sheaf.Source
---@param choose fun(source: sheaf.Source): userdata[]
---@return sheaf.PageView[]
function blocks.views(given, source, choose)
  local sites = source.options.sites and source.options.sites()
  local path = given.words[1]
  if #given.words == 1 and path ~= "-" and not given.reader and is_page(path) then
    return { blocks.read(path, read_file(path), {}, sites) }
  end
  local file, views = source.parts[1].file, {}
  if file then
    for i, a in ipairs(choose(source)) do
      views[i] = blocks.read(a.id, kept_bytes(file, a), hints_of(a), sites)
    end
    return views
  end
  for i = 2, math.max(#given.words, 2) do
    local name, bytes, hints = lent(source, given.words[i])
    views[#views + 1] = blocks.read(name, bytes, hints, sites)
  end
  return views
end

-- ---- facts -----------------------------------------------------------------------

local FIELDS = { "headline", "alternative_headline", "description", "byline", "authors", "published",
  "modified", "section", "keywords", "publisher", "provider", "language", "url", "canonical_url",
  "images", "links" }

local function names_of(list, key)
  local names = {}
  for i, item in ipairs(list) do
    names[i] = key and item[key] or item
  end
  return #names > 0 and table.concat(names, ", ") or nil
end

local AS_TEXT = {
  authors = function(list) return names_of(list, "name") end,
  keywords = function(list) return names_of(list) end,
  images = function(list) return #list > 0 and terminal.count(#list, "image") or nil end,
  links = function(list) return #list > 0 and terminal.count(#list, "link") or nil end,
}

--- What was found about the article: field, value, and by which rule.
---@param view sheaf.PageView
---@return {field: string, value: string, why: string}[]
function blocks.facts(view)
  local a, facts = view.article, {}
  local why = a.why or {}
  for _, field in ipairs(FIELDS) do
    local value = a[field]
    if AS_TEXT[field] then value = AS_TEXT[field](value) end
    if value then facts[#facts + 1] = { field = field, value = value, why = why[field] or "" } end
  end
  if why.encoding then facts[#facts + 1] = { field = "encoding", value = "", why = why.encoding } end
  return facts
end

--- How many blocks have each verdict.
---@param view sheaf.PageView
---@return table<string, integer>
function blocks.counts(view)
  local counts = { kept = 0, aside = 0, dropped = 0 }
  for _, block in ipairs(view.blocks) do
    counts[block.verdict] = counts[block.verdict] + 1
  end
  return counts
end

--- "5 of 20 blocks kept, 2 kept aside, 13 dropped; rules of orf"
---@param view sheaf.PageView
---@return string
function blocks.summary(view)
  local counts = blocks.counts(view)
  return ("%d of %s kept, %d kept aside, %d dropped%s"):format(counts.kept,
    terminal.count(#view.blocks, "block"), counts.aside, counts.dropped,
    view.site and "; rules of " .. view.site or "")
end

-- ---- on a terminal -----------------------------------------------------------------

local LOOK = {
  kept = { mark = "+", style = "green", text = nil },
  aside = { mark = "~", style = "yellow", text = nil },
  dropped = { mark = "-", style = "red", text = "dim" },
}

-- The end of a path tells most, so a long one is cut at its head.
local function cut_head(text, columns)
  local cut = false
  while width.of(text) > columns - (cut and 2 or 0) do
    local rest = text:match("^[^>]*>(.+)$")
    if not rest then return width.cut(text, columns) end
    text, cut = rest, true
  end
  return cut and "…>" .. text or text
end

local function put_facts(ui, view)
  local facts, first = blocks.facts(view), 0
  for _, fact in ipairs(facts) do
    first = math.max(first, #fact.field)
  end
  local room = math.max(ui.columns - first - 4, 24)
  local second = room * 3 // 5
  for _, fact in ipairs(facts) do
    ui:print(ui:paint("key", width.pad(fact.field, first)), "  ",
      width.pad(width.cut(terminal.clean(fact.value), second), second), "  ",
      ui:paint("dim", width.cut(terminal.clean(fact.why), room - second)))
  end
  if #facts > 0 then ui:print("") end
end

local function put_text(ui, look, text, columns)
  text = width.cut(terminal.clean(text), columns)
  return look.text and ui:paint(look.text, text) or text
end

-- One block, on a line or two.
local function put_block(ui, block)
  local look = LOOK[block.verdict]
  local head = ("%s %.2f %-8s "):format(look.mark, block.score, block.kind)
  local why, room = width.cut(terminal.clean(block.why), 32), ui.columns - 2 - #head
  local painted = ui:paint(look.style, head)
  if room >= 32 + 2 + 24 then
    return ui:print("  ", painted, width.pad(why, 32), "  ", put_text(ui, look, block.text, room - 34))
  end
  ui:print("  ", painted, width.cut(why, math.max(room, 8)))
  ui:print("      ", put_text(ui, look, block.text, math.max(ui.columns - 6, 12)))
end

--- Writes a page to the terminal's standard output.
---@param ui sheaf.Terminal
---@param view sheaf.PageView
function blocks.put(ui, view)
  ui:print(ui:paint("bold", terminal.clean(view.name)))
  ui:print(blocks.summary(view))
  ui:print("")
  put_facts(ui, view)
  local path
  for _, block in ipairs(view.blocks) do
    if block.path ~= path then
      path = block.path
      ui:print(ui:paint("cyan", cut_head(terminal.clean(path), ui.columns)))
    end
    put_block(ui, block)
  end
end

--- Writes a page as JSON, one object a block.
---@param ui sheaf.Terminal
---@param view sheaf.PageView
function blocks.put_json(ui, view)
  for i, block in ipairs(view.blocks) do
    ui:print(core.encode { position = i, verdict = block.verdict, kind = block.kind, score = block.score,
      why = block.why, path = block.path, text = block.text, from = block.from, to = block.to })
  end
end

return blocks
