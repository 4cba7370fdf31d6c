--- search_copies.lua: finds, in a pile of one's own, the articles that records stand for.
--
-- The best copy of each record wins: the very text; else the same address or id; else one
-- that holds enough of the original's runs of words. What is close enough is said by a
-- share: how many of the record's marks are among the runs of the copy.

local core = require "sheaf.core"
local share = require "sheaf.collection.share"

local search_copies = {}

---@class sheaf.Copy
---@field article userdata
---@field how "same"|"address"|"near"
---@field share number

local Search = {}
Search.__index = Search

local RANK = { same = 3, address = 2, near = 1 }

local function index(records, key)
  local map = {}
  for i, record in ipairs(records) do
    local value = record[key]
    if type(value) == "string" then
      map[value] = map[value] or {}
      table.insert(map[value], i)
    end
  end
  return map
end

local function index_marks(records)
  local map = {}
  for i, record in ipairs(records) do
    for _, mark in ipairs(type(record.marks) == "table" and record.marks or {}) do
      local number = share.number(mark)
      if number then
        map[number] = map[number] or {}
        table.insert(map[number], i)
      end
    end
  end
  return map
end

--- An output of a pipeline that keeps the best copies.
---@param records table[]
---@param least number the share of the original that a copy must hold
function search_copies.new(records, least)
  return setmetatable({ records = records, least = least, found = {}, exact = 0,
    by_text = index(records, "text"), by_id = index(records, "id"),
    by_url = index(records, "url"), by_mark = index_marks(records) }, Search)
end

local function better(new, old)
  if not old then return true end
  if RANK[new.how] ~= RANK[old.how] then return RANK[new.how] > RANK[old.how] end
  return new.share > old.share
end

function Search:offer(i, a, how, part)
  local new = { how = how, share = part }
  local old = self.found[i]
  if not better(new, old) then return end
  if how == "same" then self.exact = self.exact + 1 end
  new.article = a:copy()
  self.found[i] = new
end

-- The share of each record's marks that stand in a text; only records that have any there.
local function shares_in(self, text)
  local counts, shares, seen = {}, {}, {}
  for _, run in ipairs(share.runs(text)) do
    local list = self.by_mark[run]
    if list and not seen[run] then
      seen[run] = true
      for _, i in ipairs(list) do counts[i] = (counts[i] or 0) + 1 end
    end
  end
  for i, count in pairs(counts) do shares[i] = count / #self.records[i].marks end
  return shares
end

function Search:write(a)
  local text = a.text or ""
  for _, i in ipairs(self.by_text[core.sha256(text)] or {}) do self:offer(i, a, "same", 1) end
  if self.exact == #self.records then return true end
  local named = {}
  for _, i in ipairs(self.by_id[a.id] or {}) do named[i] = true end
  for _, i in ipairs(a.url and self.by_url[a.url] or {}) do named[i] = true end
  for i, part in core.sorted(shares_in(self, text)) do
    if part >= self.least then
      self:offer(i, a, named[i] and "address" or "near", part)
    end
  end
  return true
end

function Search.close() return true end
function Search.discard() end

return search_copies
