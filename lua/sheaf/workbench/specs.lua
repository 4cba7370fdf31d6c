--- specs.lua: runs a plugin's busted specs.
--
-- busted ends the process that it runs in, so it gets one of its own: this
-- program again, as `sheaf lua -e`, where all of Lua is there. The plugin itself
-- is loaded by sheaf.testing, in the sandbox.

local core = require "sheaf.core"
local lfs = require "lfs"

local specs = {}

local FOLDERS = "/usr/local/share/lua/5.4;/usr/share/lua/5.4"

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- Where the system keeps Lua files: behind our own.
local function search_path()
  local parts = { package.path }
  for folder in FOLDERS:gmatch("[^;]+") do
    parts[#parts + 1] = folder .. "/?.lua;" .. folder .. "/?/init.lua"
  end
  return table.concat(parts, ";")
end

--- The folder or file with the specs of a plugin, or nil.
---@param path string of the plugin's file
---@return string?
function specs.of(path)
  local folder = path:match("^(.*)/plugin%.lua$") or (path == "plugin.lua" and ".")
  local place = folder and folder .. "/spec" or path:gsub("%.lua$", "_spec.lua")
  return lfs.attributes(place, "mode") and place or nil
end

--- Is busted installed?
---@return boolean
function specs.available()
  return package.searchpath("busted.runner", search_path()) ~= nil
end

--- Runs specs in a process of their own; what they print goes to ours.
---@param place string
---@return boolean passed
function specs.run(place)
  io.stdout:flush()
  local code = ("require('sheaf.workbench.specs').main(%q)"):format(place)
  local program = core.executable() or "sheaf"
  return os.execute(("%s lua -e %s"):format(quoted(program), quoted(code))) == true
end

--- In that process: hands over to busted, which ends it.
---@param place string
function specs.main(place)
  package.path = search_path()
  _G.arg = { [0] = "busted", "--output=plainTerminal", "--pattern=_spec%.lua$", "--lpath=", place }
  require "busted.runner" { standalone = false }
end

return specs
