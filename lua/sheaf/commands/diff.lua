--- diff.lua: what one sheaf has more, less, or otherwise than another.
--
-- Exit status 0 when they differ and 1 when nothing was found that does, as
-- with everything else that looks for something.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local diff = {}

local MARKS = { added = "+", gone = "-", changed = "~" }
local STYLES = { added = "green", gone = "red", changed = "yellow" }
local NO_FIELDS = { text = true, blocks = true, why = true }
-- Follows from other changes: for programs only.
local NO_NEWS = { provenance = true, words = true, id = true }

local function encoded(value)
  return type(value) == "table" and core.encode(value) or value
end

-- Names of the fields that differ, in order, with both values.
local function changed_fields(old, new)
  local before, after, names = old:table(), new:table(), {}
  for _, both in ipairs { before, after } do
    for name in pairs(both) do
      if not NO_FIELDS[name] and encoded(before[name]) ~= encoded(after[name]) then names[name] = true end
    end
  end
  local list = {}
  for name in core.sorted(names) do
    list[#list + 1] = { field = name, old = before[name], new = after[name] }
  end
  return list
end

-- Runs of words: { kind, text } with kind "=", "-" or "+"; nil when unchanged.
local function changed_words(old, new)
  if old.text == new.text then return nil end
  local pieces = core.diff_words(old.text or "", new.text or "")
  return pieces or { { "-", old.text or "" }, { "+", new.text or "" } }
end

local function put_field(ui, change)
  ui:print("    ", ui:paint("key", change.field), ": ", terminal.clean(tostring(encoded(change.old) or "")),
    " → ", terminal.clean(tostring(encoded(change.new) or "")))
end

-- What stays is cut to the words next to a change.
local function shortened(text, is_first, is_last)
  local words = {}
  for word in text:gmatch("%S+") do
    words[#words + 1] = word
  end
  local keep = 4
  if #words <= 2 * keep + 2 then return table.concat(words, " ") end
  local head = is_first and "" or table.concat(words, " ", 1, keep) .. " "
  local tail = is_last and "" or " " .. table.concat(words, " ", #words - keep + 1)
  return head .. "…" .. tail
end

local SHOWN = {
  ["="] = function(_, text) return text end,
  ["-"] = function(ui, text) return ui:paint("red", "[-" .. text .. "-]") end,
  ["+"] = function(ui, text) return ui:paint("green", "{+" .. text .. "+}") end,
}

local function put_words(ui, pieces)
  local parts = {}
  for i, piece in ipairs(pieces) do
    local text = terminal.clean(piece[2]):gsub("^%s+", ""):gsub("%s+$", "")
    if piece[1] == "=" then text = shortened(text, i == 1, i == #pieces) end
    parts[i] = SHOWN[piece[1]](ui, text)
  end
  ui:print("    ", ui:paint("key", "text"), ": ", table.concat(parts, " "))
end

local function put_changed(ui, old, new)
  for _, change in ipairs(changed_fields(old, new)) do
    if not NO_NEWS[change.field] then put_field(ui, change) end
  end
  local pieces = changed_words(old, new)
  if pieces then put_words(ui, pieces) end
end

local function put(ui, what, old, new)
  local a = new or old
  ui:print(ui:paint(STYLES[what], MARKS[what]), " ", a.id, "  ", a.published or "-", "  ",
    terminal.clean(a.headline or a.url or ""))
  if what == "changed" then put_changed(ui, old, new) end
end

local function put_json(ui, what, old, new)
  local a = new or old
  local record = { what = what, id = a.id, url = a.url, headline = a.headline }
  if what == "changed" then
    record.old_id = old.id ~= new.id and old.id or nil
    record.fields = changed_fields(old, new)
    record.words = changed_words(old, new)
  end
  ui:print(core.encode(record))
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function diff.run(given, ui)
  for _, path in ipairs(given.words) do
    failure.try(source.exists(path))
  end
  local old <close> = failure.try(core.open(given.words[1]))
  local new <close> = failure.try(core.open(given.words[2]))
  local counts = { added = 0, gone = 0, changed = 0 }
  for _, item in ipairs(failure.try(core.diff(old, new))) do
    counts[item.what] = counts[item.what] + 1
    local before = item.old and failure.try(old:get(item.old))
    local after = item.new and failure.try(new:get(item.new))
    local show = given.json and put_json or put
    show(ui, item.what, before, after)
  end
  ui:flush()
  ui:say("%d added, %d gone, %d changed", counts.added, counts.gone, counts.changed)
  return counts.added + counts.gone + counts.changed == 0 and 1 or 0
end

return diff
