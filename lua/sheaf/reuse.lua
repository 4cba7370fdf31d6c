--- reuse.lua: what articles have from one another, as plain data.
--
-- Of two articles: rows, in the order of the first. Of many: groups, each one
-- passage in all its wordings. Both are shown by commands/reuse.lua, as lines, as
-- JSON and as a page.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local side_by_side = require "sheaf.side_by_side"

local reuse = {}

---@class sheaf.ReuseArticle
---@field id string
---@field headline string?
---@field publisher string?
---@field published string?
---@field text string
---@field side integer of which operand

---@class sheaf.ReuseRow
---@field kind "shared"|"altered"|"only_a"|"only_b"
---@field quotation boolean
---@field a string?
---@field b string?
---@field a_range integer[]?
---@field b_range integer[]?
---@field score number

--- What is kept of an article.
---@param a userdata
---@param side integer
---@return sheaf.ReuseArticle
function reuse.article(a, side)
  return { id = a.id, headline = a.headline, publisher = a.publisher or a.site, published = a.published,
    url = a.url, text = a.text or "", side = side, file = a.provenance and a.provenance.file }
end

local function part(text, range)
  return range and text:sub(range[1], range[2])
end

--- The sentences of two articles, then their quotations.
---@param a sheaf.ReuseArticle
---@param b sheaf.ReuseArticle
---@return sheaf.ReuseRow[]
function reuse.rows(a, b)
  local rows = {}
  for i, item in ipairs(failure.try(core.align(a.text, b.text))) do
    rows[i] = { kind = item.kind, quotation = item.quotation, score = item.score,
      a = part(a.text, item.a), b = part(b.text, item.b), a_range = item.a, b_range = item.b }
  end
  return rows
end

--- How many rows of each kind there are.
---@param rows sheaf.ReuseRow[]
---@param quotations boolean
---@return table<string, integer>
function reuse.counts(rows, quotations)
  local counts = { shared = 0, altered = 0, only_a = 0, only_b = 0 }
  for _, row in ipairs(rows) do
    if row.quotation == quotations then counts[row.kind] = counts[row.kind] + 1 end
  end
  return counts
end

-- Characters before a byte position, from 0.
local function characters(text, position)
  return utf8.len(text, 1, position, true) or position
end

local function place_of(text, range)
  return { from = characters(text, range[1] - 1), to = characters(text, range[2]),
    text = text:sub(range[1], range[2]) }
end

--- A row as plain data, offsets in characters.
---@param row sheaf.ReuseRow
---@param a sheaf.ReuseArticle
---@param b sheaf.ReuseArticle
---@return table
function reuse.record(row, a, b)
  return { kind = row.kind, quotation = row.quotation, score = row.score > 0 and row.score or nil,
    a = row.a and place_of(a.text, row.a_range), b = row.b and place_of(b.text, row.b_range),
    words = row.kind == "altered" and side_by_side.pieces(row.a, row.b) or nil }
end

-- Is a group told? Of two sides, it must stand on both.
local function on_all_sides(group, articles, sides)
  local seen, count = {}, 0
  for _, place in ipairs(group.places) do
    local side = articles[place.text].side
    if not seen[side] then count = count + 1 end
    seen[side] = true
  end
  return count >= sides
end

-- The wordings of a group in the order in which they come; each with its articles.
local function wordings_of(group, articles)
  local list = {}
  for _, place in ipairs(group.places) do
    local article = articles[place.text]
    local wording = list[place.variant] or { text = article.text:sub(place.from, place.to), places = {} }
    list[place.variant] = wording
    table.insert(wording.places, { article = article, from = place.from, to = place.to })
  end
  return list
end

-- Those in most articles first, and of equals the longer one.
local function comes_first(a, b)
  if a.texts ~= b.texts then return a.texts > b.texts end
  if a.length ~= b.length then return a.length > b.length end
  return a.number < b.number
end

--- Passages that stand in several of the articles.
---@param articles sheaf.ReuseArticle[]
---@param sides integer on how many sides each must stand
---@return table[]
function reuse.groups(articles, sides)
  local passages, groups = core.passages(), {}
  for _, article in ipairs(articles) do
    failure.try(passages:add(article.text))
  end
  for number, group in ipairs(failure.try(passages:find())) do
    if on_all_sides(group, articles, sides) then
      group.wordings = wordings_of(group, articles)
      group.length, group.number = #group.wordings[1].text, number
      groups[#groups + 1] = group
    end
  end
  table.sort(groups, comes_first)
  return groups
end

--- A group as plain data, offsets in characters.
---@param group table
---@return table
function reuse.group_record(group)
  local wordings = {}
  for i, wording in ipairs(group.wordings) do
    local places = {}
    for k, place in ipairs(wording.places) do
      local text = place.article.text
      places[k] = { id = place.article.id, publisher = place.article.publisher,
        published = place.article.published, file = place.article.file,
        from = characters(text, place.from - 1), to = characters(text, place.to) }
    end
    wordings[i] = { text = wording.text, places = places,
      words = i > 1 and side_by_side.pieces(group.wordings[1].text, wording.text) or nil }
  end
  return { articles = group.texts, variants = group.variants, quotation = group.quotation,
    wordings = wordings }
end

return reuse
