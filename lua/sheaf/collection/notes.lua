--- notes.lua: a curator's notes, and the words that they stand on.
--
-- In the recipe a span is named by the words it quotes or by bytes. Here each becomes
-- bytes of the text, in order of their places; what does not fit fails with its line.

local core = require "sheaf.core"
local passage = require "sheaf.collection.passage"
local recipe_of = require "sheaf.collection.recipe"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local notes = {}

local below = recipe_of.below

local function shown(text)
  return width.cut(terminal.clean(text), 60)
end

local function by_quote(recipe, path, span, text, ui)
  local found = passage.find(text, span.quote)
  if #found == 0 then
    recipe:fail(path, ('the article has no "%s"'):format(shown(span.quote)))
  end
  local nth = span.nth or 1
  if nth > #found then
    recipe:fail(path, ('"%s" stands only %s in the article'):format(shown(span.quote),
      terminal.count(#found, "time")))
  end
  if #found > 1 and not span.nth then
    local message = '"%s" stands %d times in the article; the first is meant (nth = 1 says so)'
    ui:warn(recipe:told(path, message:format(shown(span.quote), #found)))
  end
  return found[nth][1], found[nth][2]
end

-- A byte that goes on with a character.
local function is_inside(text, at)
  local byte = text:byte(at)
  return byte ~= nil and byte >= 0x80 and byte < 0xC0
end

local function by_bytes(recipe, path, span, text)
  if not (span.from and span.to) then recipe:fail(path, "a span needs quote, or from and to") end
  if span.to < span.from or span.to > #text then
    recipe:fail(path, ("bytes %d to %d are no part of the text, which has %d"):format(span.from, span.to,
      #text))
  end
  if is_inside(text, span.from) or is_inside(text, span.to + 1) then
    recipe:fail(path, ("bytes %d to %d cut a character in two"):format(span.from, span.to))
  end
  return span.from, span.to
end

local function spans_of(recipe, path, note, text, ui)
  local spans = {}
  for i, span in ipairs(note.spans or {}) do
    local at = below(path, i)
    local place = span.quote and by_quote or by_bytes
    local from, to = place(recipe, at, span, text, ui)
    spans[i] = { from = from, to = to, text = span.text, number = i }
  end
  table.sort(spans, function(a, b)
    if a.from ~= b.from then return a.from < b.from end
    if a.to ~= b.to then return a.to > b.to end
    return a.number < b.number
  end)
  for _, span in ipairs(spans) do span.number = nil end
  return spans
end

local function entry_of(recipe, path, name, choice, fits)
  local found
  for _, entry in ipairs(choice.list) do
    if fits(name, entry) then
      if found then recipe:fail(path, ("'%s' fits several articles; give more of the id"):format(name)) end
      found = entry
    end
  end
  return found or recipe:fail(path, ("there is a note on '%s', which is not in the collection"):format(name))
end

local function text_of(entry, choice)
  for _, part in ipairs(choice.parts) do
    local a = part.file:get(entry.id)
    if a then return a.text or "" end
  end
  return ""
end

--- The notes of a recipe by whole ids: { text =, spans = { { from, to, text } } }.
---@param recipe sheaf.Recipe
---@param choice sheaf.Choice
---@param ui sheaf.Terminal
---@return table<string, table>
function notes.resolve(recipe, choice, ui)
  local fits, resolved = require("sheaf.collection.choose").fits, {}
  for name, note in core.sorted(recipe.data.notes or {}) do
    local path = { "notes", name }
    local entry = entry_of(recipe, path, name, choice, fits)
    if resolved[entry.id] then recipe:fail(path, ("there are two notes on %s"):format(entry.id)) end
    if type(note) == "string" then note = { text = note } end
    local at = below(path, "spans")
    local spans = note.spans and spans_of(recipe, at, note, text_of(entry, choice), ui) or {}
    resolved[entry.id] = { text = note.text, spans = spans }
  end
  return resolved
end

return notes
