--- search.lua: queries over sheaves, for commands.
--
-- What is found is told by file and position; rows of the catalog and pieces of
-- the text are fetched for what is shown, and for nothing else.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local width = require "sheaf.width"

local search = {}

-- Where a query stops making sense, under the query itself.
local function caret(text, at)
  local line = text:gsub("%c", " ")
  return line, (" "):rep(width.of(line:sub(1, at - 1))) .. "^"
end

--- Reads a query, or ends the command with a caret under the mistake.
---@param text string
---@return sheaf.Query
function search.query(text)
  local query, reason, at = core.query(text)
  if query then return query end
  local line, mark = caret(text, at)
  failure.raise("query: " .. reason, line, mark, "sheaf help search has examples")
end

--- Opens sheaves.
---@param paths string[]
---@return userdata[]
function search.open(paths)
  local files = {}
  for i, path in ipairs(paths) do
    failure.try(require("sheaf.source").exists(path))
    if not path:find("%.sheaf$") then
      failure.raise(("%s is no sheaf"):format(path), "sheaf pack makes one of a pile; or look through the "
        .. "pile itself: sheaf ls PILE --search 'QUERY'")
    end
    files[i] = failure.try(core.open(path))
  end
  return files
end

--- The row of the catalog at a position.
---@param file userdata
---@param position integer
---@return table?
function search.row(file, position)
  return file:rows { from = position, to = position }()
end

-- What a facet counts: texts of a row, or of the whole article.
local FACETS = {
  site = function(row) return row.site end,
  publisher = function(row) return row.publisher end,
  language = function(row) return row.language end,
  date = function(row) return row.published and row.published:match("^%d%d%d%d%-?%d?%d?") end,
}

--- All names of facets.
search.facets = { "site", "date", "language", "publisher", "author" }

-- Authors stand in no catalog.
local function count_authors(file, position, counts)
  local a = file:get(position)
  for _, author in ipairs(a and a.authors or {}) do
    counts[author.name] = (counts[author.name] or 0) + 1
  end
end

local function count_row(row, names, facets)
  for _, name in ipairs(names) do
    local value = FACETS[name] and FACETS[name](row)
    if value and value ~= "" then facets[name][value] = (facets[name][value] or 0) + 1 end
  end
end

local function listed(counts, by_value)
  local list = {}
  for value, count in pairs(counts) do
    list[#list + 1] = { value = value, count = count }
  end
  table.sort(list, function(a, b)
    if by_value or a.count == b.count then return a.value < b.value end
    return a.count > b.count
  end)
  return list
end

--- Counts what was found by site, date (month), language, publisher or author. hits are all
--- that were found, in order.
---@param files userdata[]
---@param hits {file: integer, position: integer}[]
---@param names string[]
---@return table<string, {value: string, count: integer}[]>
function search.count(files, hits, names)
  local facets, wants_authors = {}, false
  for _, name in ipairs(names) do
    facets[name] = {}
    wants_authors = wants_authors or name == "author"
  end
  for _, hit in ipairs(hits) do
    local file = files[hit.file]
    count_row(search.row(file, hit.position), names, facets)
    if wants_authors then count_authors(file, hit.position, facets.author) end
  end
  for name, counts in pairs(facets) do
    facets[name] = listed(counts, name == "date")
  end
  return facets
end

return search
