--- sheets.lua: layers of a new sheaf: what extractors found, and a curator's notes.

local core = require "sheaf.core"
local failure = require "sheaf.failure"

local sheets = { NOTES = "notes", NOTES_VERSION = "1.0.0" }

--- Writes a layer: what was found on each article, by its id.
---@param path string
---@param name string
---@param version string
---@param found table<string, table>
function sheets.write_layer(path, name, version, found)
  local file <close> = failure.try(core.open(path))
  local writer <close> = failure.try(core.layer_writer(path, name, version))
  for a in file:articles() do
    local added, reason = true, nil
    if found[a.id] then added, reason = writer:add(a, found[a.id]) end
    if added == nil then failure.raise(reason) end
  end
  failure.try(writer:commit())
end

--- Notes as rows of a layer; nil when there are none.
---@param notes table<string, {text: string?, spans: {from: integer, to: integer, text: string}[]}>
---@return table<string, table>?
function sheets.notes_as_layer(notes)
  local found, any = {}, false
  for id, note in pairs(notes) do
    local spans = {}
    for i, span in ipairs(note.spans) do spans[i] = { span.from, span.to, { text = span.text } } end
    found[id], any = { text = note.text, spans = #spans > 0 and spans or nil }, true
  end
  return any and found or nil
end

--- The note in a row of that layer.
---@param row table?
---@return table?
function sheets.note_of(row)
  if not row then return nil end
  local spans = {}
  for i, span in ipairs(row.spans or {}) do
    spans[i] = { from = span[1], to = span[2], text = span[3] and span[3].text or "" }
  end
  return { text = row.text, spans = spans }
end

return sheets
