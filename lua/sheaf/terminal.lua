--- terminal.lua: what a person sees.
--
-- Data goes to standard output, talk to standard error; both are bare of
-- colour and progress unless they are a terminal. Text from articles is
-- untrusted: what is shown on a terminal loses its control characters first,
-- so that no headline can move the cursor.

local core = require "sheaf.core"
local failure = require "sheaf.failure"

local terminal = {}

---@class sheaf.Terminal
---@field quiet boolean
---@field verbose boolean
---@field is_terminal boolean is standard output one
---@field columns integer
local Terminal = {}
Terminal.__index = Terminal

local STYLES = {
  bold = "1", dim = "2", italic = "3", underline = "4",
  red = "31", green = "32", yellow = "33", blue = "34", cyan = "36",
  error = "1;31", warning = "1;33", heading = "1", key = "36", match = "1;31",
}

local function wants_colour(choice, fd)
  if choice == "always" then return true end
  if choice == "never" then return false end
  local none = os.getenv("NO_COLOR")
  return (not none or none == "") and os.getenv("TERM") ~= "dumb" and core.isatty(fd)
end

local function columns_of(is_terminal)
  local given = math.tointeger(tonumber(os.getenv("COLUMNS")))
  if given and given > 0 then return given end
  local columns = is_terminal and core.terminal_width()
  return columns and columns > 0 and columns or 80
end

--- A terminal as the options want it.
---@param options {color: string?, quiet: boolean?, verbose: boolean?}
---@return sheaf.Terminal
function terminal.new(options)
  local is_terminal = core.isatty(1)
  return setmetatable({
    quiet = options.quiet or false,
    verbose = options.verbose or false,
    is_terminal = is_terminal,
    columns = math.max(columns_of(is_terminal), 20),
    colour = { wants_colour(options.color, 1), wants_colour(options.color, 2) },
  }, Terminal)
end

local function painted(on, style, text)
  return on and ("\27[%sm%s\27[0m"):format(STYLES[style], text) or text
end

--- Styles a text for standard output.
---@param style string
---@param text string
---@return string
function Terminal:paint(style, text)
  return painted(self.colour[1], style, text)
end

--- Standard output, as a Sink that is opened when first written to.
function Terminal:out()
  self.sink = self.sink or core.sink("-")
  return self.sink
end

--- Raised when nobody reads standard output any more: no failure, just the end.
terminal.CLOSED = setmetatable({}, { __tostring = function() return "standard output was closed" end })

local function must(fine, reason)
  if fine then return end
  if reason == "closed" then error(terminal.CLOSED, 0) end
  failure.raise(reason)
end

--- Writes a line of data.
---@param ... string|number
function Terminal:print(...)
  must(self:out():write(...))
  must(self.sink:write("\n"))
end

--- Writes out what is held back.
function Terminal:flush()
  local sink = self.sink
  self.sink = nil
  if sink then must(sink:close()) end
end

local function talk(...)
  io.stderr:write(table.concat({ ... }), "\n")
end

--- Tells of progress and results; silent with --quiet.
---@param format string
---@param ... any
function Terminal:say(format, ...)
  if not self.quiet then talk(format:format(...)) end
end

--- Tells what only --verbose wants to know.
---@param format string
---@param ... any
function Terminal:detail(format, ...)
  if self.verbose then talk(format:format(...)) end
end

--- Tells what the user should know even with --quiet.
---@param message string
function Terminal:warn(message)
  talk(painted(self.colour[2], "warning", "note:"), " ", message)
end

--- Tells why something failed, and what to do next.
---@param message string
---@param hints string[]?
function Terminal:fail(message, hints)
  talk(painted(self.colour[2], "error", "sheaf:"), " ", message)
  for _, hint in ipairs(hints or {}) do
    talk("  ", hint)
  end
end

--- A text on one line without control characters, fit to be shown anywhere.
---@param text string
---@return string
function terminal.clean(text)
  if text:find("[%c\x80-\xff]") then
    text = text:gsub("[%c\x7f]+", " "):gsub("\xc2[\x80-\x9f]", "")
    text = text:gsub("\xe2\x80[\xaa-\xae]", ""):gsub("\xe2\x81[\xa6-\xa9]", "")
  end
  return text
end

--- 1234567 → "1,234,567"
---@param number integer
---@return string
function terminal.thousands(number)
  local digits = ("%d"):format(number)
  local head = #digits % 3
  local grouped = digits:sub(1, head) .. digits:sub(head + 1):gsub("%d%d%d", ",%0")
  return (grouped:gsub("^,", ""))
end

--- "1 article", "2,345 articles"
---@param number integer
---@param noun string
---@param plural string?
---@return string
function terminal.count(number, noun, plural)
  return terminal.thousands(number) .. " " .. (number == 1 and noun or plural or noun .. "s")
end

--- 1234567 → "1.2 MB"
---@param bytes integer
---@return string
function terminal.size(bytes)
  local units, unit, value = { "bytes", "kB", "MB", "GB", "TB" }, 1, bytes
  while value >= 1000 and unit < #units do
    value, unit = value / 1000, unit + 1
  end
  return unit == 1 and terminal.count(bytes, "byte") or ("%.1f %s"):format(value, units[unit])
end

--- 75.3 → "1:15"; 2.4 → "2.4 s"; 0.003 → "3 ms"
---@param seconds number
---@return string
function terminal.duration(seconds)
  if seconds < 0.1 then return ("%d ms"):format(math.ceil(seconds * 1000)) end
  if seconds < 10 then return ("%.1f s"):format(seconds) end
  local whole = math.floor(seconds + 0.5)
  if whole < 3600 then return ("%d:%02d"):format(whole // 60, whole % 60) end
  return ("%d:%02d:%02d"):format(whole // 3600, whole // 60 % 60, whole % 60)
end

---@class sheaf.Progress
local Progress = {}
Progress.__index = Progress

--- Shows progress on standard error when that is a terminal.
---@param verb string "packed", "read"
---@param total integer? how many there will be, when known
---@return sheaf.Progress
function Terminal:progress(verb, total)
  local now = core.now()
  local shown = not self.quiet and core.isatty(2)
  return setmetatable({ verb = verb, total = total, shown = shown, done = 0, began = now, due = now + 0.3 },
    Progress)
end

local function left_of(progress, seconds)
  if not progress.total or progress.done == 0 then return "" end
  local left = seconds / progress.done * (progress.total - progress.done)
  return (" of %s, %s left"):format(terminal.thousands(progress.total), terminal.duration(math.max(left, 0)))
end

function Progress:draw(now)
  local seconds = now - self.began
  local rate = math.floor(self.done / math.max(seconds, 0.001))
  io.stderr:write(("\r\27[K%s %s%s · %s/s"):format(self.verb, terminal.count(self.done, "article"),
    left_of(self, seconds), terminal.thousands(rate)))
  self.drawn, self.due = true, now + 0.1
end

--- One more article is done.
function Progress:step()
  self.done = self.done + 1
  if not self.shown or self.done % 16 ~= 0 then return end
  local now = core.now()
  if now >= self.due then self:draw(now) end
end

--- Shows how many bytes of how many are done.
---@param done integer
---@param total integer
function Progress:bytes(done, total)
  local now = core.now()
  if not self.shown or now < self.due then return end
  local rate = math.floor(done / math.max(now - self.began, 0.001))
  io.stderr:write(("\r\27[K%s %s of %s · %s/s"):format(self.verb, terminal.size(done), terminal.size(total),
    terminal.size(rate)))
  self.drawn, self.due = true, now + 0.1
end

--- Wipes the line; returns the seconds since the beginning.
---@return number
function Progress:finish()
  if self.drawn then io.stderr:write("\r\27[K") end
  self.drawn = false
  return core.now() - self.began
end

return terminal
