--- info.lua: what a sheaf says about itself.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local info = {}

-- These come first and in this order; whatever else there is follows.
local FIRST = { "path", "articles", "commits", "bytes", "created", "changed", "tool", "plan" }

-- So many commits are shown to people.
local SHOWN = 20

local function keys_of(about)
  local keys, seen = {}, {}
  for _, key in ipairs(FIRST) do
    if about[key] ~= nil then keys[#keys + 1], seen[key] = key, true end
  end
  for key in core.sorted(about) do
    local says_nothing = key == "torn" and (about.torn == 0 or not about.torn)
    if not seen[key] and not says_nothing then keys[#keys + 1] = key end
  end
  return keys
end

local function shown(key, value)
  if math.type(value) == "integer" then
    local number = terminal.thousands(value)
    return key:find("bytes$") and value >= 1000 and ("%s (%s)"):format(number, terminal.size(value)) or number
  end
  return terminal.clean(type(value) == "table" and core.encode(value) or tostring(value))
end

-- When the file itself was last written: a sheaf tells the time of packing only
-- when it was asked to, so that the same articles give the same bytes.
local function changed(path)
  local seconds = lfs.attributes(path, "modification")
  return seconds and os.date("!%Y-%m-%dT%H:%M:%SZ", seconds) or nil
end

local function tell(ui, about)
  local keys, widest = keys_of(about), 0
  for _, key in ipairs(keys) do
    widest = math.max(widest, width.of(key))
  end
  for _, key in ipairs(keys) do
    ui:print(ui:paint("key", width.pad(key, widest)), "  ", shown(key, about[key]))
  end
end

-- The command that made a commit, as its plan tells. A commit that goes on with
-- what an interrupted sheaf pack has left is part of the packing.
local function command_of(line, before)
  local plan = line.plan or ""
  if plan:find("^from ") then
    local interrupted = before and (before.plan or ""):find("to go on at", 1, true)
    local goes_on = interrupted and before.past == line.past
    return (line.commit == 1 or goes_on) and "pack" or "add"
  elseif plan:find("^drop layer ") then
    return "layer"
  end
  return plan:match("^%w+")
end

--- Every commit that there was, the first one first.
---@param file userdata
---@return table[]? commits
---@return table[]|string signatures, or the reason
local function history_of(file)
  local lines, signatures = file:history()
  for i, line in ipairs(lines or {}) do
    line.command = command_of(line, lines[i - 1])
  end
  return lines, signatures
end

-- "+12 -3"
local function change_of(line)
  local parts = {}
  if line.added > 0 then parts[#parts + 1] = "+" .. terminal.thousands(line.added) end
  if line.removed > 0 then parts[#parts + 1] = "-" .. terminal.thousands(line.removed) end
  return table.concat(parts, " ")
end

-- Where an interrupted packing was to go on says nothing any more when a commit
-- came after it.
local function plan_of(line, is_last)
  local plan = line.plan or ""
  if not is_last or line.past then plan = plan:gsub("; to go on at .*$", "") end
  return terminal.clean(plan)
end

-- The cells of a line; its number stands in brackets when it is of the past. The
-- time of a commit is known when SOURCE_DATE_EPOCH gave it, so most have none.
local function cells_of(line, dated, is_last)
  local number = tostring(line.commit)
  local cells = { line.past and "(" .. number .. ")" or number }
  if dated then cells[2] = line.created or "not noted" end
  return table.move({ line.command or "-", change_of(line), terminal.size(line.bytes),
    terminal.clean(line.tool or "-"), plan_of(line, is_last) }, 1, 5, #cells + 1, cells)
end

local TITLES = { "commit", "command", "articles", "size", "tool", "plan" }
local DATED_TITLES = { "commit", "created", "command", "articles", "size", "tool", "plan" }

-- The last lines as rows of cells, titles first.
local function history_rows(lines, first)
  local dated = false
  for i = first, #lines do
    dated = dated or lines[i].created ~= nil
  end
  local rows = { dated and DATED_TITLES or TITLES }
  for i = first, #lines do
    rows[#rows + 1] = cells_of(lines[i], dated, i == #lines)
  end
  return rows
end

local function put_row(ui, row, widths, style)
  local cells = {}
  for column, text in ipairs(row) do
    cells[column] = width.pad(text, widths[column])
  end
  local line = ("  " .. table.concat(cells, "  ")):gsub("%s+$", "")
  ui:print(style and ui:paint(style, line) or line)
end

local function tell_history(ui, lines)
  local first, widths = math.max(1, #lines - SHOWN + 1), {}
  local rows = history_rows(lines, first)
  for _, row in ipairs(rows) do
    for column, text in ipairs(row) do
      widths[column] = math.max(widths[column] or 0, width.of(text))
    end
  end
  ui:print(ui:paint("key", "history"))
  if first > 1 then
    ui:print(("  … %s before; --json tells them"):format(terminal.count(first - 1, "commit")))
  end
  for i, row in ipairs(rows) do
    put_row(ui, row, widths, i == 1 and "dim" or nil)
  end
end

local function tell_signatures(ui, signatures)
  for _, signature in ipairs(signatures) do
    local word = signature.holds and "signed" or "FALSE signature"
    ui:print(("  %s  manifest %s of commit %d, by key %s"):format(word, signature.manifest:sub(1, 12),
      signature.commit, terminal.clean(signature.key)))
  end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function info.run(given, ui)
  for i, path in ipairs(given.words) do
    failure.try(source.exists(path))
    local file <close> = failure.try(core.open(path))
    local about = failure.try(file:info())
    about.changed = changed(path)
    local lines, signatures = history_of(file)
    if not lines then ui:warn(terminal.clean(("%s; there is no history to tell"):format(signatures))) end
    if given.json then
      about.history = lines
      about.signatures = lines and #signatures > 0 and signatures or nil
      ui:print(core.encode(about))
    else
      if i > 1 then ui:print("") end
      tell(ui, about)
      if lines then tell_history(ui, lines) end
      if lines then tell_signatures(ui, signatures) end
    end
  end
  return 0
end

return info
