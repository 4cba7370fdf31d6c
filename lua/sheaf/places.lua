--- places.lua: where plugins lie, and which projects are trusted.
--
-- In order: .sheaf/plugins of the project around the working folder, when
-- that project is trusted; $SHEAF_PLUGIN_PATH; $XDG_DATA_HOME/sheaf/plugins;
-- the packaged ones. In each, NAME.lua or NAME/plugin.lua, either directly or
-- under filter/, extract/ or export/; and under sites/ those that have rules for the
-- pages of web sites, which are extractors, too.

local core = require "sheaf.core"
local lfs = require "lfs"

local places = {}

---@class sheaf.Place
---@field folder string
---@field origin "project"|"path"|"user"|"core"

---@class sheaf.Found
---@field name string
---@field path string
---@field origin "file"|"project"|"path"|"user"|"core"

--- The folder of each kind.
places.folders = { filter = "filter", extractor = "extract", exporter = "export" }

--- The kinds of plugins, in the order in which data passes them.
places.kinds = { "filter", "extractor", "exporter" }

local function is_a(mode, path)
  return lfs.attributes(path, "mode") == mode
end

local function base(variable, fallback)
  local given = os.getenv(variable)
  if given and given:sub(1, 1) == "/" then return given .. "/sheaf" end
  local home = os.getenv("HOME")
  return home and home .. "/" .. fallback .. "/sheaf" or nil
end

--- The file that lists trusted projects, a folder a line.
---@return string?
function places.trust_file()
  local folder = base("XDG_CONFIG_HOME", ".config")
  return folder and folder .. "/trusted"
end

--- The nearest folder upwards that has .sheaf/plugins.
---@return string?
function places.project()
  local folder = lfs.currentdir()
  while folder and folder ~= "" do
    if is_a("directory", folder .. "/.sheaf/plugins") then return folder end
    folder = folder:match("^(.*)/[^/]*$")
  end
end

--- Is a project listed as trusted?
---@param folder string
---@return boolean
function places.is_trusted(folder)
  local path, real = places.trust_file(), core.realpath(folder)
  local file = path and io.open(path)
  if not file then return false end
  for line in file:lines() do
    if line == real then file:close() return true end
  end
  file:close()
  return false
end

--- Makes the folders that a file of this path needs, as far as they are missing.
---@param path string
function places.make_folders(path)
  for position in path:gmatch("()/") do
    if position > 1 then lfs.mkdir(path:sub(1, position - 1)) end
  end
end

--- Lists a project as trusted.
---@param folder string
---@return string? real its path; nil and the reason when that failed
---@return string? reason
function places.trust(folder)
  local real, path = core.realpath(folder), places.trust_file()
  if not real then return nil, ("there is no folder %s"):format(folder) end
  if real:find("\n") then return nil, "a folder with a line break in its name cannot be trusted" end
  if not path then return nil, "neither XDG_CONFIG_HOME nor HOME is set" end
  if places.is_trusted(folder) then return real end
  places.make_folders(path)
  local file, reason = io.open(path, "a")
  if not file then return nil, reason end
  file:write(real, "\n")
  file:close()
  return real
end

local function add(list, folder, origin)
  if folder and is_a("directory", folder) then list[#list + 1] = { folder = folder, origin = origin } end
end

--- The folders that are searched, in order.
---@return sheaf.Place[]
function places.list()
  local list, project = {}, places.project()
  if project and places.is_trusted(project) then add(list, project .. "/.sheaf/plugins", "project") end
  for folder in (os.getenv("SHEAF_PLUGIN_PATH") or ""):gmatch("[^:]+") do
    add(list, folder, "path")
  end
  local own = base("XDG_DATA_HOME", ".local/share")
  add(list, own and own .. "/plugins", "user")
  add(list, core.home() .. "/plugins", "core")
  return list
end

local function file_in(folder, name)
  for _, path in ipairs { folder .. "/" .. name .. ".lua", folder .. "/" .. name .. "/plugin.lua" } do
    if is_a("file", path) then return path end
  end
end

local function in_place(place, name, kind, results)
  for _, each in ipairs(kind and { kind } or places.kinds) do
    local path = file_in(place.folder .. "/" .. places.folders[each], name)
    if path then results[#results + 1] = { name = name, path = path, origin = place.origin } end
  end
  local folders = { place.folder }
  if not kind or kind == "extractor" then folders[2] = place.folder .. "/sites" end
  for _, folder in ipairs(folders) do
    local path = file_in(folder, name)
    if path then results[#results + 1] = { name = name, path = path, origin = place.origin } end
  end
end

--- The name of the plugin that a path holds.
---@param path string
---@return string
function places.name_of(path)
  return path:match("([^/]+)/plugin%.lua$") or path:match("([^/]+)%.lua$") or path:match("([^/]+)/*$") or path
end

local function at_path(path)
  if is_a("directory", path) then path = path:gsub("/+$", "") .. "/plugin.lua" end
  if not is_a("file", path) then return {} end
  return { { name = places.name_of(path), path = path, origin = "file" } }
end

--- Every plugin of a name, the one that wins first.
---@param name string
---@param kind string?
---@return sheaf.Found[]
function places.find(name, kind)
  if name:find("/", 1, true) or name:find("%.lua$") then return at_path(name) end
  local plain = name:match("^core:(.*)$")
  local results = {}
  for _, place in ipairs(places.list()) do
    if not plain or place.origin == "core" then in_place(place, plain or name, kind, results) end
  end
  return results
end

local function names_in(folder, seen)
  if not is_a("directory", folder) then return end
  for entry in lfs.dir(folder) do
    local name = entry:match("^([^.].*)%.lua$") or entry:match("^[^.]+$")
    if name and file_in(folder, name) then seen[name] = true end
  end
end

--- The names of all plugins that can be found, sorted.
---@param kind string?
---@return string[]
function places.names(kind)
  local seen, names = {}, {}
  for _, place in ipairs(places.list()) do
    for _, each in ipairs(kind and { kind } or places.kinds) do
      names_in(place.folder .. "/" .. places.folders[each], seen)
    end
    names_in(place.folder, seen)
  end
  for name in pairs(seen) do
    names[#names + 1] = name
  end
  table.sort(names)
  return names
end

--- All plugins with rules for web sites: the user's own first, each name once.
---@return sheaf.Found[]
function places.sites()
  local found, seen = {}, {}
  for _, place in ipairs(places.list()) do
    local folder, names, sorted = place.folder .. "/sites", {}, {}
    names_in(folder, names)
    for name in pairs(names) do
      if not seen[name] then sorted[#sorted + 1] = name end
    end
    table.sort(sorted)
    for _, name in ipairs(sorted) do
      seen[name] = true
      found[#found + 1] = { name = name, path = file_in(folder, name), origin = place.origin }
    end
  end
  return found
end

return places
