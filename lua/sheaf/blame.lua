--- blame.lua: says which plugin failed, where, and on what.

local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local blame = {}

local function on_article(a)
  if not a then return "" end
  local headline = a.headline and (' "%s"'):format(width.cut(terminal.clean(a.headline), 60)) or ""
  return (" on article %s%s"):format((a.id or "?"):sub(1, 12), headline)
end

local function source_line(plugin, problem)
  if plugin.code then return "-e '" .. terminal.clean(plugin.code) .. "'" end
  if not (problem.source and problem.line) then return nil end
  return ("%5d | %s"):format(problem.line, terminal.clean(problem.source))
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

--- A problem in full: one sentence, and lines below it.
---@param plugin {name: string, kind: string, code: string?}
---@param problem any what the core gave as the reason
---@param a userdata? the article
---@return string message
---@return string[] lines
function blame.explain(plugin, problem, a)
  local message = ("%s '%s' failed%s"):format(plugin.kind, plugin.name, on_article(a))
  if type(problem) ~= "table" then return message, { tostring(problem) } end
  local lines = { position(problem) }
  lines[#lines + 1] = source_line(plugin, problem)
  put_frames(problem, lines)
  return message, lines
end

return blame
