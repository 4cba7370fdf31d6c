--- source.lua: articles, wherever they come from.
--
-- A source is a sheaf, a pile read on the fly, or several of both one after
-- the other. Commands see two things: articles, and catalog rows. A sheaf
-- gives rows without unpacking text; a pile's rows are made from its articles.
-- --where and --sort work here, before anything else runs.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local fields = require "sheaf.fields"
local layers = require "sheaf.layers"
local lfs = require "lfs"
local suggest = require "sheaf.suggest"

local source = {}

---@class sheaf.Source
---@field parts table[] opened sheaves and piles, in order
---@field total integer? how many articles there are, when that is known
local Source = {}
Source.__index = Source

---@class sheaf.SourceOptions
---@field reader string?
---@field reject fun(place: string, status: string, reason: string)?
---@field pass fun(what: string, count: integer)?
---@field where sheaf.Where?
---@field query userdata? only what this query of words finds
---@field layers string[]? joined with the articles of a sheaf
---@field sort string?
---@field warn fun(message: string)?
---@field from string? a position to go on from
---@field sites (fun(): sheaf.Sites)? rules for pages; asked for when a pile is read
---@field threads integer? that read the pages of a pile; as many as there are cores

local function is_sheaf(path)
  return path:find("%.sheaf$") ~= nil and lfs.attributes(path, "mode") ~= "directory"
end

local function names_beside(path)
  local folder, names = path:match("^(.*)/[^/]*$"), {}
  if lfs.attributes(folder or ".", "mode") ~= "directory" then return names end
  for entry in lfs.dir(folder or ".") do
    names[#names + 1] = folder and folder .. "/" .. entry or entry
  end
  return names
end

--- nil and a sentence with a suggestion when nothing is at a path.
---@param path string
---@return boolean?
---@return string? reason
function source.exists(path)
  if path == "-" or lfs.attributes(path, "mode") then return true end
  local near = suggest.nearest(path, names_beside(path))
  return nil, ("there is no %s%s"):format(path, near and ("; did you mean %s?"):format(near) or "")
end

local function open_sheaf(path, options)
  local file, reason = core.open(path)
  if not file then return nil, reason end
  local about = failure.try(file:info())
  local torn = about.torn
  if torn > 0 and not about.writing and options.warn then
    options.warn(("%s was cut off while it was written: %d bytes behind its last commit are left out"):format(
      path, torn))
  end
  return { file = file, path = path }
end

-- Neighbouring paths that are no sheaves are one pile.
local function add_part(parts, path, options)
  local fine, reason = source.exists(path)
  if not fine then return nil, reason end
  if not options.reader and is_sheaf(path) then
    local part
    part, reason = open_sheaf(path, options)
    parts[#parts + 1] = part
    return part, reason
  end
  local last = parts[#parts]
  if last and last.paths then
    table.insert(last.paths, path)
  else
    parts[#parts + 1] = { paths = { path } }
  end
  return true
end

local function total_of(parts)
  local total = 0
  for _, part in ipairs(parts) do
    if not part.file then return nil end
    total = total + part.file:count()
  end
  return total
end

local function sort_key(text)
  local descending, field = text:match("^(%-?)(.*)$")
  if not fields.in_catalog[field] then
    local message = "--sort: " .. suggest.unknown("field", field, fields.catalog)
    return nil, message, "sheaf help fields names them all"
  end
  return { field = field, descending = descending == "-" }
end

--- Opens sheaves and piles as one source.
---@param paths string[]
---@param options sheaf.SourceOptions
---@return sheaf.Source?
---@return string? reason
---@return string? hint
function source.open(paths, options)
  local self = setmetatable({ parts = {}, options = options }, Source)
  if options.sort then
    local key, reason, hint = sort_key(options.sort)
    if not key then return nil, reason, hint end
    self.key = key
  end
  for _, path in ipairs(paths) do
    local fine, reason = add_part(self.parts, path, options)
    if not fine then return nil, reason end
  end
  self.total = total_of(self.parts)
  return self
end

-- An iterator over the articles of a pile, with the rules of web sites applied.
local function read_pile(self, part, from)
  local options = self.options
  self.sites = self.sites or options.sites and options.sites()
  local sites = self.sites
  local next_article, state, first, pile = failure.try(core.read(part.paths,
    { reader = options.reader, reject = options.reject, pass = options.pass, from = from,
      threads = options.threads, rules = sites and sites.rules }))
  if not sites then return next_article, state, first, pile end
  return function()
    local a = next_article()
    return a and sites:correct(a, options.reject)
  end, nil, nil, pile
end

--- The catalog row of an article.
---@param a userdata
---@param position integer
---@return table
function source.row_of(a, position)
  return { position = position, id = a.id, url = a.url, site = a.site, headline = a.headline,
    publisher = a.publisher, published = a.published, language = a.language, words = a.words,
    bytes = #(a.text or "") }
end

-- Ctrl-C ends a walk that finds nothing, too: a generic for stops at nil.
local function stop_when_interrupted(self)
  if not core.interrupted() then return end
  self.halted = true
  coroutine.yield(nil)
end

local function holds(self, subject)
  stop_when_interrupted(self)
  local where = self.options.where
  if not where or self.where_is_step then return true end
  local result, reason = where:test(subject)
  if result == nil then failure.raise(reason) end
  return result
end

-- Articles of a sheaf; damaged ones are refused, and the others go on.
local function articles_in(self, part, from, to)
  local refuse, names = self.options.reject, self.options.layers
  local function reject(position, reason)
    refuse(("%s, article %d"):format(part.path, position), "damaged", reason)
  end
  local next_article, state, first, walk =
    part.file:articles { from = from, to = to, reject = refuse and reject }
  if not names then return next_article, state, first, walk end
  part.join = part.join or layers.joiner(part, names, refuse)
  return function()
    local a = next_article()
    return a and part.join(a)
  end, nil, nil, walk
end

-- The four ways through a sheaf: rows or articles are wanted, and --where can
-- do with the catalog or not. Each calls give(row or nil, article or nil, at).

-- The positions of what --search finds in a sheaf, in order.
local function found_in(self, part)
  if part.found then return part.found end
  local found = failure.try(part.file:search(self.options.query,
    { limit = 0, in_order = true, threads = self.options.threads }))
  if found.scanned > 0 and self.options.warn then
    self.options.warn(("%s: %d articles are in no index and had to be read for --search; sheaf index "
      .. "makes this fast"):format(part.path, found.scanned))
  end
  part.found = found
  return found
end

local function rows_by_search(self, part, give)
  local where = self.options.where
  for _, hit in ipairs(found_in(self, part)) do
    stop_when_interrupted(self)
    local row = part.file:rows { from = hit.position, to = hit.position }()
    if row and (where and where.needs_text or holds(self, row)) then give(row, nil, hit.position) end
  end
end

local function rows_by_catalog(self, part, give)
  if self.options.query then return rows_by_search(self, part, give) end
  local test = self.options.where and self.options.where.columns
  for row in part.file:rows { test = test } do
    stop_when_interrupted(self)
    if test or holds(self, row) then give(row, nil, row.position) end
  end
end

-- Rows and articles side by side; a damaged article has a row all the same.
local function rows_by_article(self, part, give)
  if self.options.query then
    return rows_by_search(self, part, function(row)
      local a = part.file:get(row.position)
      if a and holds(self, a) then give(row, a, row.position) end
    end)
  end
  local next_row = part.file:rows()
  for a in articles_in(self, part) do
    local row = next_row()
    while row.id ~= a.id do
      row = next_row()
    end
    if holds(self, a) then give(row, a, row.position) end
  end
end

local function articles_by_article(self, part, give)
  for a in articles_in(self, part) do
    if holds(self, a) then give(nil, a) end
  end
end

-- Opening a walk costs about as much as reading this many articles, so near
-- neighbours are read in one go, and what lies between them passed over.
local NEAR, LONGEST = 16, 1024

local function articles_by_catalog(self, part, give)
  local from, to, wanted = nil, nil, {}
  local tested = self.options.where and not self.options.where.needs_text
  local function release()
    if not from then return end
    for a in articles_in(self, part, from, to) do
      if wanted[a.id] and (tested or holds(self, a)) then give(nil, a) end
    end
    from, wanted = nil, {}
  end
  rows_by_catalog(self, part, function(row)
    if from and (row.position - to > NEAR or row.position - from > LONGEST) then release() end
    from, to = from or row.position, row.position
    wanted[row.id] = true
  end)
  release()
end

local function through_sheaf(self, part, wants, give)
  local where = self.options.where
  if wants == "rows" then
    return (where and where.needs_text and rows_by_article or rows_by_catalog)(self, part, give)
  end
  local by_catalog = self.options.query or where and not where.needs_text
  return (by_catalog and articles_by_catalog or articles_by_article)(self, part, give)
end

local function through_pile(self, part, wants, give, from)
  local where, query, position = self.options.where, self.options.query, 0
  local by_row = where and not where.needs_text
  local next_article, state, first, pile = read_pile(self, part, from)
  self.pile = pile
  for a in next_article, state, first, pile do
    position = position + 1
    local row = (wants == "rows" or by_row) and source.row_of(a, position) or nil
    if (not query or query:test(a)) and holds(self, by_row and row or a) then give(row, a, position) end
  end
  return position
end

-- Calls give(row, article, part, position in its part) for all that passes --where.
local function walk(self, wants, give)
  local offset, first, from = 0, 1, nil
  if self.options.from then first, from = self.options.from:match("^(%d+) (.*)$") end
  for i = math.tointeger(first), #self.parts do
    local part = self.parts[i]
    self.at, self.pile = i, nil
    local function pass(row, a, at)
      if row then row.position = at + offset end
      give(row, a, part, at)
    end
    if part.file then
      through_sheaf(self, part, wants, pass)
      offset = offset + part.file:positions()
    else
      offset = offset + through_pile(self, part, wants, pass, from ~= "" and from or nil)
    end
    from = nil
  end
end

--- Where the walk has come to, for { from = }: behind the article that was
--- given last. In a sheaf it is the beginning of that sheaf. nil when it is not
--- known.
---@return string?
function Source:position()
  if self.halted or not self.at then return self.known end
  local within = self.pile and self.pile:position()
  if within or self.parts[self.at].file then self.known = ("%d %s"):format(self.at, within or "") end
  return self.known
end

-- Missing values come last, either way; equal ones stay in their order.
local function sorter(key)
  local field, descending = key.field, key.descending
  return function(one, other)
    local a, b = one.row[field], other.row[field]
    if a == b then return one.at < other.at end
    if a == nil or b == nil then return b == nil end
    if descending then a, b = b, a end
    return a < b
  end
end

local function sorted_entries(self, keep_articles)
  local entries = {}
  walk(self, "rows", function(row, a, part, at)
    local kept = keep_articles and not part.file and a:copy() or nil
    entries[#entries + 1] = { row = row, article = kept, part = part, position = at, at = #entries }
  end)
  table.sort(entries, sorter(self.key))
  return entries
end

-- For each sheaf, an iterator over those of its articles that were chosen, as they were sorted.
local function pickers(entries)
  local positions, picks = {}, {}
  for _, entry in ipairs(entries) do
    if entry.part.file then
      local list = positions[entry.part] or {}
      positions[entry.part], list[#list + 1] = list, entry.position
    end
  end
  for part, list in pairs(positions) do
    picks[part] = part.file:pick(list)
  end
  return picks
end

local function joined(self, part, a)
  if not self.options.layers then return a end
  part.join = part.join or layers.joiner(part, self.options.layers, self.options.reject)
  return part.join(a)
end

-- The articles of sorted entries; damaged ones are refused, and the others go on.
local function give_sorted(self, entries, give)
  local picks = pickers(entries)
  for _, entry in ipairs(entries) do
    local a, position = entry.article, nil
    if not a then
      a, position = picks[entry.part]()
    end
    if a then
      give(entry.part.file and joined(self, entry.part, a) or a)
    else
      self:damaged(entry.part, position, "it cannot be read")
    end
  end
end

--- All articles, in order. Each is good until the next one comes.
---@return fun(): userdata?
function Source:articles()
  return coroutine.wrap(function()
    if not self.key then
      return walk(self, "articles", function(_, a) coroutine.yield(a) end)
    end
    give_sorted(self, sorted_entries(self, true), coroutine.yield)
  end)
end

--- When --where needs the article itself: a step that tests it in any thread.
---@return table?
function Source:where_step()
  local where = self.options.where
  if not where or not where.needs_text or self.key or self.options.layers then return nil end
  self.where_is_step = true
  return where:step()
end

-- The articles of one part, read in this thread.
local function articles_of(self, part)
  return coroutine.wrap(function()
    local function give(_, a) coroutine.yield(a) end
    if part.file then return through_sheaf(self, part, "articles", give) end
    through_pile(self, part, "articles", give)
  end)
end

local function positions_of(self, part)
  local positions = {}
  rows_by_catalog(self, part, function(row) positions[#positions + 1] = row.position end)
  return positions
end

local function stretch_of(self, part)
  local where = not self.where_is_step and self.options.where
  if not part.file or self.options.layers then
    return { articles = function() return articles_of(self, part) end }
  end
  local stretch = { file = part.file, path = part.path }
  if self.options.query then
    stretch.positions = positions_of(self, part)
  elseif where and where.columns then
    stretch.test = where.columns
  elseif where then
    stretch.positions = positions_of(self, part)
  end
  return stretch
end

--- What a crew is fed with, in order: sheaves, of which it reads what is wanted itself, and
--- iterators over articles. After where_step.
---@return {file: userdata?, path: string?, test: table?, positions: integer[]?, articles: function?}[]
function Source:stretches()
  if self.key then
    return { { articles = function() return self:articles() end } }
  end
  local stretches = {}
  for i, part in ipairs(self.parts) do
    stretches[i] = stretch_of(self, part)
  end
  return stretches
end

--- Tells of a damaged article of a sheaf.
---@param part {path: string}
---@param position integer
---@param reason string
function Source:damaged(part, position, reason)
  if not self.options.reject then failure.raise(reason) end
  self.options.reject(("%s, article %d"):format(part.path, position), "damaged", reason)
end

--- All catalog rows, in order; a position counts through all parts.
---@return fun(): table?
function Source:rows()
  return coroutine.wrap(function()
    if not self.key then
      return walk(self, "rows", function(row) coroutine.yield(row) end)
    end
    for _, entry in ipairs(sorted_entries(self, false)) do
      coroutine.yield(entry.row)
    end
  end)
end

local function in_pile(self, part, wanted, offset)
  local found, count = nil, 0
  for a in read_pile(self, part) do
    count = count + 1
    if math.type(wanted) == "integer" then
      if offset + count == wanted then return a:copy(), count end
    elseif a.id:sub(1, #wanted) == wanted or a.url == wanted then
      if found then return nil, count, ("'%s' fits several ids; give more of it"):format(wanted) end
      found = a:copy()
    end
  end
  return found, count
end

local function in_sheaf(file, wanted, offset)
  if math.type(wanted) ~= "integer" then
    local a, reason = file:get(wanted)
    return a, file:positions(), reason
  end
  local position = wanted - offset
  if position < 1 or position > file:positions() then return nil, file:positions() end
  return file:get(position), file:positions()
end

local function look_for(self, wanted)
  local offset, reason = 0, nil
  for _, part in ipairs(self.parts) do
    local a, count, why
    if part.file then
      a, count, why = in_sheaf(part.file, wanted, offset)
      if a and self.options.layers then layers.joiner(part, self.options.layers, self.options.reject)(a) end
    else
      a, count, why = in_pile(self, part, wanted, offset)
    end
    if a then return a end
    offset, reason = offset + count, reason or why
  end
  return nil, reason
end

--- An article by its position, its id, an unambiguous beginning of it, or its URL.
---@param name string
---@return userdata?
---@return string? reason
function Source:get(name)
  local position = #name <= 7 and math.tointeger(tonumber(name))
  local a = position and look_for(self, position)
  if a then return a end
  local reason
  a, reason = look_for(self, name)
  return a, reason or ("there is no article '%s'"):format(name)
end

function Source:close()
  for _, part in ipairs(self.parts) do
    if part.file then part.file:close() end
  end
end

return source
