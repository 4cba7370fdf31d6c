--- arrange.lua: in which order the articles of a collection stand, and in which sections.
--
-- Entries that are equal to an order stay as they were given: picks first, in their own
-- order, then the others as the sources have them.

local core = require "sheaf.core"
local terminal = require "sheaf.terminal"

local arrange = {}

--- What is kept of an article, and what the function of a recipe is shown of it.
arrange.fields = { "id", "url", "canonical_url", "headline", "published", "modified", "retrieved", "site",
  "publisher", "provider", "section", "byline", "language", "words" }

-- ---- order ------------------------------------------------------------------------------

-- Merge sort: stable, and sure to end whatever a recipe's function says.
local function sorted(list, comes_first)
  if #list < 2 then return list end
  local middle = #list // 2
  local left = sorted(table.move(list, 1, middle, 1, {}), comes_first)
  local right = sorted(table.move(list, middle + 1, #list, 1, {}), comes_first)
  local merged, i, k = {}, 1, 1
  while left[i] and right[k] do
    if comes_first(right[k], left[i]) then
      merged[#merged + 1], k = right[k], k + 1
    else
      merged[#merged + 1], i = left[i], i + 1
    end
  end
  table.move(left, i, #left, #merged + 1, merged)
  return table.move(right, k, #right, #merged + 1, merged)
end

-- Picks in their order, then the others as the sources have them.
local function given_first(a, b)
  if a.picked and b.picked then return a.picked < b.picked end
  if a.picked or b.picked then return a.picked ~= nil end
  return a.number < b.number
end

-- By a key; those without it come last.
local function by(key, descending)
  return function(a, b)
    local one, other = key(a), key(b)
    if one == other then return false end
    if one == nil or other == nil then return other == nil end
    if descending then one, other = other, one end
    return one < other
  end
end

local function published(entry) return entry.published end

local ORDERS = {
  published = by(published), ["-published"] = by(published, true),
  headline = by(function(entry) return entry.headline and core.fold(entry.headline) end),
  site = by(function(entry) return entry.site or entry.publisher end),
  given = function() return false end,
}

-- What the function of a recipe is given: a plain table that it cannot change us by.
local function plain(entry)
  local row = { section = entry.own_section }
  for _, name in ipairs(arrange.fields) do
    if name ~= "section" then row[name] = entry[name] end
  end
  return row
end

-- All entries in the order that the recipe wants.
local function in_order(self)
  local wanted = self.recipe.data.order or (self.only_picks and "given") or "published"
  local list = sorted(self.entries, given_first)
  if type(wanted) ~= "function" then return sorted(list, ORDERS[wanted]) end
  local rows = {}
  for _, entry in ipairs(list) do rows[entry] = plain(entry) end
  return sorted(list, function(a, b)
    return self.recipe:call({ "order" }, wanted, rows[a], rows[b]) and true or false
  end)
end

-- ---- sections ---------------------------------------------------------------------------

local function rest_section(self)
  for i, section in ipairs(self.recipe.data.sections or {}) do
    if not (section.pick or section.where or section.match) then return i end
  end
end

local function section_of(entry, rest)
  return entry.pick and entry.pick.section or entry.takers[1] or rest
end

-- What no section takes goes to one of its own at the end, and is told.
local function other_section(self, sections, left)
  if #left == 0 then return end
  local names = {}
  for i = 1, math.min(#left, 5) do names[i] = terminal.clean(left[i].headline or left[i].id) end
  local message = ("%s in no section, and therefore in a last one: %s%s"):format(
    terminal.count(#left, "article is", "articles are"), table.concat(names, "; "), #left > 5 and "; …" or "")
  self.ui:warn(self.recipe:told({ "sections" }, message))
  sections[#sections + 1] = { title = "Other articles", entries = left }
end

local function in_sections(self, list)
  local wanted, sections, left = self.recipe.data.sections or {}, {}, {}
  if #wanted == 0 then return { { title = self.recipe.data.title, whole = true, entries = list } } end
  for i, section in ipairs(wanted) do
    sections[i] = { title = section.title, entries = {},
      text = self.recipe:markdown({ "sections", i, "text" }, section.text) }
  end
  local rest = rest_section(self)
  for _, entry in ipairs(list) do
    local at = section_of(entry, rest)
    table.insert(at and sections[at].entries or left, entry)
  end
  other_section(self, sections, left)
  return sections
end

-- Sections in which nothing is are left out, and told.
local function filled(self, sections)
  local kept = {}
  for i, section in ipairs(sections) do
    if #section.entries > 0 then
      kept[#kept + 1] = section
    else
      local message = "no article is in the section '%s', which is left out"
      self.ui:warn(self.recipe:told({ "sections", i }, message:format(terminal.clean(section.title))))
    end
  end
  return kept
end

---@class sheaf.Arranging
---@field recipe sheaf.Recipe
---@field ui sheaf.Terminal
---@field entries sheaf.Entry[]
---@field only_picks boolean nothing but picks chooses

--- The sections that have articles, in order.
---@param self sheaf.Arranging
---@return {title: string, text: string?, whole: boolean?, entries: sheaf.Entry[]}[]
function arrange.sections(self)
  return filled(self, in_sections(self, in_order(self)))
end

return arrange
