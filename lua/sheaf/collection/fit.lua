--- fit.lua: from a record without words and somebody's copy of the article, back to both.
--
-- In the same text a place is where it was. In another one the words are looked for that
-- have the same hash, nearest to where they stood; what is not there does not fit.

local core = require "sheaf.core"
local passage = require "sheaf.collection.passage"

local fit = {}

---@class sheaf.Fit
---@field text string of the copy
---@field same boolean is it the text that was stripped
---@field words sheaf.Words?
---@field misfits string[] what did not fit, in words
local Fit = {}
Fit.__index = Fit

--- Begins with a copy of an article.
---@param record table
---@param text string
---@return sheaf.Fit
function fit.new(record, text)
  return setmetatable({ text = text, same = core.sha256(text) == record.text, misfits = {} }, Fit)
end

local function is_count(value)
  return math.type(value) == "integer" and value >= 0
end

local function as_it_was(self, place)
  if not (is_count(place.from) and is_count(place.to)) then return nil end
  local fine, from, stop = pcall(function()
    return utf8.offset(self.text, place.from + 1), utf8.offset(self.text, place.to + 1)
  end)
  if not fine or not from or not stop or stop <= from then return nil end
  if core.sha256(self.text:sub(from, stop - 1)) ~= place.sha256 then return nil end
  return from, stop - 1
end

local function by_words(self, place)
  local counted = is_count(place.word) and is_count(place.words) and place.words > 0
  if not (place.mark and counted) then return nil end
  self.words = self.words or passage.words(self.text)
  local first = passage.nearest(self.words, place.mark, place.words, place.word)
  if not first then return nil end
  return self.words.from[first], self.words.to[first + place.words - 1]
end

--- The bytes of a place, from 1, the last included; nil when its words are not there.
---@param place table
---@return integer? from
---@return integer? to
function Fit:place(place)
  if type(place) ~= "table" then return nil end
  if self.same then return as_it_was(self, place) end
  return by_words(self, place)
end

-- Words that were taken out of what a layer says are put in again.
function Fit:value(value)
  if type(value) ~= "table" then return value end
  if value["@"] then
    local from, to = self:place(value["@"])
    return from and self.text:sub(from, to) or nil
  end
  local copy = {}
  for key, item in pairs(value) do copy[key] = self:value(item) end
  return copy
end

function Fit:spans(spans, what, finish)
  local list = {}
  for i, span in ipairs(type(spans) == "table" and spans or {}) do
    local from, to = self:place(span)
    if from then
      list[#list + 1] = finish(span, from, to)
    else
      self.misfits[#self.misfits + 1] = ("%s %d"):format(what, i)
    end
  end
  return list
end

--- The note of a record, on the words of the copy.
---@param record table
---@return table?
function Fit:note(record)
  local note = record.note
  if type(note) ~= "table" then return nil end
  local spans = self:spans(note.spans, "the note on words", function(span, from, to)
    return { from = from, to = to, text = tostring(span.text or "") }
  end)
  table.sort(spans, function(a, b) return a.from < b.from or a.from == b.from and a.to < b.to end)
  return { text = type(note.text) == "string" and note.text or nil, spans = spans }
end

--- A layer of a record, on the words of the copy.
---@param record table
---@param name string
---@return table?
function Fit:layer(record, name)
  local row = type(record.layers) == "table" and record.layers[name]
  if type(row) ~= "table" then return nil end
  local found = self:value(type(row.fields) == "table" and row.fields or {})
  local spans = self:spans(row.spans, ("%s: span"):format(name), function(span, from, to)
    return { from, to, span.data and self:value(span.data) or {} }
  end)
  table.sort(spans, function(a, b) return a[1] < b[1] or a[1] == b[1] and a[2] < b[2] end)
  found.spans = #spans > 0 and spans or nil
  return found
end

return fit
