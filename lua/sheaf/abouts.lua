--- abouts.lua: what plugins say of themselves, kept from one run to the next.
--
-- A list of all plugins, or the exporter that an ending asks for, needs their tables and nothing
-- else. Making a sandbox for each takes more time than all the rest, so the tables are kept in
-- $XDG_CACHE_HOME/sheaf/plugins, by the path of the file and a stamp of all that it may read while it
-- is loaded. Nothing depends on that file: one that is missing, damaged, old or of another version
-- is not looked at, and a plugin that was changed a moment ago is loaded anew, since its stamp
-- cannot tell a second change.

local core = require "sheaf.core"
local lfs = require "lfs"
local places = require "sheaf.places"

local abouts = {}

local MOST_BYTES, MOST_PLUGINS = 8 << 20, 2000

---@class sheaf.Abouts
---@field private kept table<string, {stamp: string, about: table}>
---@field private shared string?
---@field private now integer
---@field private changed boolean
local Abouts = {}
Abouts.__index = Abouts

--- The file in which they are kept; nil when there is no place for it.
---@return string?
function abouts.path()
  local given, home = os.getenv("XDG_CACHE_HOME"), os.getenv("HOME")
  if given and given:sub(1, 1) == "/" then return given .. "/sheaf/plugins" end
  return home and home:sub(1, 1) == "/" and home .. "/.cache/sheaf/plugins" or nil
end

local function head()
  return ("sheaf plugins 1 %s\n"):format(core.version)
end

-- Head, hash of the rest, and the rest; anything else is no such file.
local function read(path)
  local file = path and io.open(path, "rb")
  if not file then return {} end
  local text = file:read(MOST_BYTES) or ""
  file:close()
  local first, hash, bytes = head(), text:match("^[^\n]*\n(%x+)\n()")
  if not hash or text:sub(1, #first) ~= first then return {} end
  local rest = text:sub(bytes)
  local kept = core.sha256(rest) == hash and core.unparcel(rest)
  return type(kept) == "table" and kept or {}
end

---@return sheaf.Abouts
function abouts.open()
  return setmetatable({ kept = read(abouts.path()), now = os.time(), changed = false }, Abouts)
end

-- What tells a file from what it was; and when it was touched last.
local function stamp_of(path)
  local a = lfs.attributes(path)
  if not a then return "-", 0 end
  local stamp = ("%s:%d:%d:%d:%d:%d"):format(a.mode, a.size, a.modification, a.change, a.ino, a.dev)
  return stamp, math.max(a.modification, a.change)
end

-- Of all files in a folder.
local function stamp_of_folder(folder)
  local stamps, newest = {}, 0
  if lfs.attributes(folder, "mode") ~= "directory" then return "-", 0 end
  for entry in lfs.dir(folder) do
    if entry:sub(1, 1) ~= "." then
      local stamp, touched = stamp_of(folder .. "/" .. entry)
      stamps[#stamps + 1], newest = entry .. "=" .. stamp, math.max(newest, touched)
    end
  end
  table.sort(stamps)
  return table.concat(stamps, " "), newest
end

-- Its file, what lies beside it in a folder, and the modules that plugins share.
function Abouts:stamp(path)
  if not self.shared then
    self.shared, self.shared_touched = stamp_of_folder((core.home() or "") .. "/plugins/lib/sheaf")
    self.shared = core.sha256(self.shared)
  end
  local stamp, newest = stamp_of(path)
  local folder = path:match("^(.*)/plugin%.lua$")
  local parts = { stamp, self.shared }
  for _, name in ipairs(folder and { "lib", "data" } or {}) do
    local more, touched = stamp_of_folder(folder .. "/" .. name)
    parts[#parts + 1], newest = core.sha256(more), math.max(newest, touched)
  end
  return table.concat(parts, " "), math.max(newest, self.shared_touched)
end

--- What the plugin in that file said when it was loaded last, if that still holds; and a stamp for keep.
---@param path string
---@return table? about
---@return table stamp
function Abouts:find(path)
  local real = core.realpath(path) or path
  local text, touched = self:stamp(path)
  local one = self.kept[real]
  if type(one) == "table" and one.stamp == text and type(one.about) == "table" then return one.about, {} end
  return nil, { path = real, text = text, touched = touched }
end

--- Notes what the plugin says. The stamp is from before it was loaded.
---@param stamp table
---@param about table
function Abouts:keep(stamp, about)
  if stamp.touched >= self.now - 2 then return end
  self.kept[stamp.path] = { stamp = stamp.text, about = about }
  self.changed = true
end

-- Those whose files are still there.
local function living(kept)
  local list, count = {}, 0
  for path, one in pairs(kept) do
    if type(path) == "string" and count < MOST_PLUGINS and lfs.attributes(path, "mode") == "file" then
      list[path], count = one, count + 1
    end
  end
  return list
end

--- Writes what is new, in one step. A failure only means that the work is done again.
function Abouts:save()
  local path = abouts.path()
  local bytes = self.changed and path and core.parcel(living(self.kept))
  if not bytes or #bytes > MOST_BYTES - 1000 then return end
  self.changed = false
  places.make_folders(path)
  local temporary = ("%s.%d%d"):format(path, os.time(), math.random(1 << 30))
  local file = io.open(temporary, "wb")
  if not file then return end
  local done = file:write(head(), core.sha256(bytes), "\n", bytes)
  done = file:close() and done
  if not done or not os.rename(temporary, path) then os.remove(temporary) end
end

return abouts
