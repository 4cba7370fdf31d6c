--- history.lua: what was typed at the prompt, from one session to the next.
--
-- $XDG_STATE_HOME/sheaf/history, a line each, readable by its owner only. Lines
-- are appended as they are typed, so that two sessions do not lose each other's.

local core = require "sheaf.core"
local places = require "sheaf.places"

local history = {}

local KEPT, MOST = 1000, 2000

--- Where it lies; nil when the user has no home.
---@return string?
function history.path()
  local state, home = os.getenv("XDG_STATE_HOME"), os.getenv("HOME")
  if state and state:sub(1, 1) == "/" then return state .. "/sheaf/history" end
  return home and home ~= "" and home .. "/.local/state/sheaf/history" or nil
end

local function read_lines(path)
  local file = io.open(path, "r")
  if not file then return {} end
  local lines = {}
  for line in file:lines() do lines[#lines + 1] = line end
  file:close()
  return lines
end

-- The same file, so that nobody else's rights to it change.
local function shorten(path, lines)
  local kept = table.move(lines, #lines - KEPT + 1, #lines, 1, {})
  local file = io.open(path, "w")
  if not file then return kept end
  file:write(table.concat(kept, "\n"), "\n")
  file:close()
  return kept
end

--- The lines of earlier sessions, the oldest first.
---@return string[]
function history.load()
  local path = history.path()
  if not path then return {} end
  local lines = read_lines(path)
  return #lines > MOST and shorten(path, lines) or lines
end

--- Keeps a line. That it cannot be kept disturbs nobody.
---@param line string
function history.add(line)
  local path = history.path()
  if not path or line:find("\n") then return end
  places.make_folders(path)
  core.append_line(path, line)
end

return history
