--- blame.lua: says which plugin failed, where, and on what.

local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local blame = {}

local function on_article(a)
  if not a then return "" end
  local headline = a.headline and (' "%s"'):format(width.cut(terminal.clean(a.headline), 60)) or ""
  return (" on article %s%s"):format((a.id or "?"):sub(1, 12), headline)
end

-- Lua tells lines and no columns. But what a message puts in quotes is mostly
-- what is wrong, and stands in the line as a word.
local function culprit(message, source)
  for name in message:gmatch("'([^']+)'") do
    local plain = name:gsub("%p", "%%%0")
    local from, to = source:find("%f[%w_]" .. plain .. "%f[^%w_]")
    if not from then from, to = source:find(name, 1, true) end
    if from then return from, to end
  end
  local first = source:find("%S") or 1
  return first, first
end

local function put_source(lines, lead, source, message)
  source = terminal.clean(source)
  local from, to = culprit(message, source)
  lines[#lines + 1] = lead .. source
  local blank = lead:gsub("[^|]", " ")
  local caret = ("^"):rep(math.max(width.of(source:sub(from, to)), 1))
  lines[#lines + 1] = blank .. (" "):rep(width.of(source:sub(1, from - 1))) .. caret
end

-- The line that failed, and a caret below what is wrong in it.
local function put_line(lines, code, problem)
  local message = tostring(problem.message)
  if code then
    put_source(lines, "-e '", code, message)
    lines[#lines - 1] = lines[#lines - 1] .. "'"
  elseif problem.source and problem.line then
    put_source(lines, ("%5d | "):format(problem.line), problem.source, message)
  end
end

local function position(problem)
  local message = tostring(problem.message)
  if not problem.file or message:find(problem.file, 1, true) then return message end
  return ("%s:%s: %s"):format(problem.file, tostring(problem.line or "?"), message)
end

-- The first frame often is the place that was named already.
local function put_frames(problem, lines)
  local place = ("%s:%s:"):format(tostring(problem.file), tostring(problem.line))
  for i, frame in ipairs(problem.traceback or {}) do
    if i > 1 or frame:sub(1, #place) ~= place then lines[#lines + 1] = "from " .. frame end
  end
end

--- A problem as lines: what and where, the line that failed, and the way there.
---@param problem any what the core gave as the reason
---@param code string? of an expression on the command line
---@return string[]
function blame.lines(problem, code)
  if type(problem) ~= "table" then return { tostring(problem) } end
  local lines = { position(problem) }
  put_line(lines, code, problem)
  put_frames(problem, lines)
  return lines
end

--- A problem in full: one sentence, and lines below it.
---@param plugin {name: string, kind: string, code: string?}
---@param problem any what the core gave as the reason
---@param a userdata? the article
---@return string message
---@return string[] lines
function blame.explain(plugin, problem, a)
  local message = ("%s '%s' failed%s"):format(plugin.kind, plugin.name, on_article(a))
  return message, blame.lines(problem, plugin.code)
end

return blame
