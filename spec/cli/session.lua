-- session.lua - runs transcripts of the command line in a folder of their own.
--
--   $ sheaf ls dump.jsonl
--   0a…	2021-03-01	The Lantern	12	A headline
--   ! refused 1: not supported
--   …
--   ? 3
--
-- A line after "$ " is a command for the shell; lines below it are what it
-- writes to standard output, those after "! " what it writes to standard
-- error, and "? N" its exit status (0 when not given). An ellipsis stands for
-- anything, alone on a line for any number of lines. "!" alone is an empty line.

local lfs = require "lfs"

local session = {}

local Session = {}
Session.__index = Session

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function absolute(path)
  return path:sub(1, 1) == "/" and path or lfs.currentdir() .. "/" .. path
end

--- The binary under test.
session.binary = absolute(os.getenv("SHEAF") or os.getenv("SHEAF_BINARY") or "build/release/sheaf")

local function read_all(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

--- A session in a new folder; commands see `sheaf` and no settings of the user.
function session.new()
  local pipe = assert(io.popen("mktemp -d", "r"))
  local folder = pipe:read("l")
  pipe:close()
  local self = setmetatable({ folder = folder, work = folder .. "/work" }, Session)
  assert(lfs.mkdir(self.work))
  assert(lfs.mkdir(folder .. "/bin"))
  local file = assert(io.open(folder .. "/bin/sheaf", "w"))
  file:write("#!/bin/sh\nexec ", quoted(session.binary), ' "$@"\n')
  file:close()
  assert(os.execute("chmod +x " .. quoted(folder .. "/bin/sheaf")))
  return self
end

--- Removes the folder.
function Session:close()
  assert(self.folder:find("^/.+/"))
  os.execute("rm -rf " .. quoted(self.folder))
end

--- Writes a file in the session's folder, and the folders on its way.
function Session:file(name, text)
  for position in name:gmatch("()/") do
    lfs.mkdir(self.work .. "/" .. name:sub(1, position - 1))
  end
  local file = assert(io.open(self.work .. "/" .. name, "wb"))
  file:write(text)
  file:close()
end

--- Reads a file of the session's folder.
function Session:read(name)
  return read_all(self.work .. "/" .. name)
end

--- Runs a command in the shell; gives what it wrote, and its exit status.
function Session:run(command)
  local settings = "PATH=%s:$PATH NO_COLOR=1 HOME=%s XDG_DATA_HOME=%s XDG_CONFIG_HOME=%s; unset COLUMNS "
    .. "SHEAF_PLUGIN_PATH; export PATH NO_COLOR HOME XDG_DATA_HOME XDG_CONFIG_HOME"
  local home = quoted(self.folder .. "/home")
  local line = ("cd %s; " .. settings .. "; { %s\n} >%s 2>%s </dev/null"):format(quoted(self.work),
    quoted(self.folder .. "/bin"), home, quoted(self.folder .. "/data"), quoted(self.folder .. "/config"),
    command, quoted(self.folder .. "/out"), quoted(self.folder .. "/err"))
  local _, _, status = os.execute(line)
  return read_all(self.folder .. "/out"), read_all(self.folder .. "/err"), status
end

local function steps_of(text)
  local steps = {}
  for line in (text:gsub("^\n", "") .. "\n"):gmatch("([^\n]*)\n") do
    line = line:gsub("^      ", "")
    local step = steps[#steps]
    if line:sub(1, 2) == "$ " then
      steps[#steps + 1] = { command = line:sub(3), out = {}, err = {}, status = 0 }
    elseif line:sub(1, 2) == "? " then
      step.status = assert(math.tointeger(tonumber(line:sub(3))))
    elseif line == "!" or line:sub(1, 2) == "! " then
      step.err[#step.err + 1] = line:sub(3)
    elseif step then
      step.out[#step.out + 1] = line
    end
  end
  return steps
end

local function without_last_blank(lines)
  while lines[#lines] and lines[#lines]:find("^%s*$") do
    lines[#lines] = nil
  end
  return lines
end

-- Expected lines as one Lua pattern for the whole text.
local function pattern_of(lines)
  local parts = {}
  for i, line in ipairs(lines) do
    if line == "…" then
      parts[i] = ".-"
    else
      parts[i] = line:gsub("%p", "%%%0"):gsub("…", ".-") .. "\n"
    end
  end
  return "^" .. table.concat(parts) .. "$"
end

local function compare(what, command, lines, text)
  without_last_blank(lines)
  if text ~= "" and text:sub(-1) ~= "\n" then text = text .. "\n" end
  if text:find(pattern_of(lines)) then return end
  local expected = table.concat(lines, "\n")
  error(("%s of: %s\n--- expected\n%s\n--- got\n%s"):format(what, command, expected, text), 0)
end

--- Runs a transcript and compares all that it shows.
function Session:play(text)
  for _, step in ipairs(steps_of(text)) do
    local out, err, status = self:run(step.command)
    compare("standard output", step.command, step.out, out)
    compare("standard error", step.command, step.err, err)
    if status ~= step.status then
      local message = "exit status of: %s\n--- expected %d, got %d\n%s"
      error(message:format(step.command, step.status, status, err), 0)
    end
  end
end

--- Three short articles as JSON lines, as specs want them.
session.articles = table.concat({
  '{"url":"https://www.lantern.example/harbour","headline":"Harbour reopens after the storm",'
    .. '"published":"2021-03-01","publisher":"The Lantern","language":"en",'
    .. '"text":"The harbour of Lerwick opened again on Monday.\\n\\nFishing boats left before dawn."}',
  '{"url":"https://www.lantern.example/bakery","headline":"Bakery wins a prize",'
    .. '"published":"2021-02","publisher":"The Lantern","language":"en",'
    .. '"text":"A small bakery won."}',
  '{"headline":"Ein Zug kommt an","language":"de","publisher":"Morgenblatt",'
    .. '"text":"Der Zug aus Bergen kam am Abend an, drei Stunden zu spät, und niemand wunderte sich."}',
}, "\n") .. "\n"

return session
