--- reader.lua: one input after another, from a terminal or a pipe.
--
-- An input is a line, and more as long as it is unfinished code. On a terminal
-- lines are edited, completed and remembered.

local complete = require "sheaf.prompt.complete"
local core = require "sheaf.core"
local history = require "sheaf.prompt.history"

local reader = {}

---@class sheaf.Reader
---@field interactive boolean
---@field editor userdata?
local Reader = {}
Reader.__index = Reader

-- Plain lines; the prompt goes where it does not mix with data.
local function plain_line(self, prompt)
  if self.interactive then
    io.stderr:write(prompt)
    io.stderr:flush()
  end
  return io.read("l")
end

local function edited_line(self, prompt)
  local line = self.editor:read(prompt)
  if line and line:find("%S") then
    self.editor:remember(line)
    history.add(line)
  end
  return line
end

--- A reader for a session.
---@param env table the globals that completion knows
---@param columns integer
---@return sheaf.Reader
function reader.new(env, columns)
  local self = setmetatable({ interactive = core.isatty(0) }, Reader)
  self.editor = core.editor(function(line) return complete.key(line, env, columns) end)
  self.line = self.editor and edited_line or plain_line
  for _, line in ipairs(self.editor and history.load() or {}) do self.editor:remember(line) end
  return self
end

--- The next input; false when it was given up, nil at the end.
---@param is_unfinished fun(code: string): boolean
---@return string|false|nil
function Reader:next(is_unfinished)
  local code = self:line("> ")
  while code and is_unfinished(code) do
    local more = self:line(">> ")
    if more == false then return false end
    if not more then return code end
    code = code .. "\n" .. more
  end
  return code
end

function Reader:close()
  if self.editor then self.editor:close() end
end

return reader
