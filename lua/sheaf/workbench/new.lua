--- new.lua: makes the folder of a new plugin from templates.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local suggest = require "sheaf.suggest"
local templates = require "sheaf.workbench.templates"

local new = {}

--- The kinds that can be made, in the order in which help names them.
new.kinds = { "filter", "extractor", "exporter", "report", "site" }

local function filled(text, name, kind)
  local about = kind.plugin:match("about = \"(.-)\"")
  local values = { NAME = name, ABOUT = about, USE = kind.use:gsub("NAME", name) }
  return (text:gsub("%f[%u]%u%u%u+%f[%U]", values))
end

local function sample_rows()
  local rows = {}
  for i, fields in ipairs(templates.sample) do rows[i] = core.encode(fields) .. "\n" end
  return table.concat(rows)
end

-- For the Lua language server: where the annotations of this sheaf lie.
local function editor_settings()
  local home = core.home()
  return home and core.encode {
    ["runtime.version"] = "Lua 5.4", ["workspace.library"] = { home .. "/lua/sheaf/meta" },
  } .. "\n"
end

-- Every file, by its path in the folder.
local function files_of(name, kind)
  return {
    [".luarc.json"] = editor_settings(),
    ["plugin.lua"] = filled(kind.plugin, name, kind),
    ["README.md"] = filled(templates.readme, name, kind),
    ["sample.jsonl"] = sample_rows(),
    ["spec/" .. name .. "_spec.lua"] = filled(kind.spec, name, kind),
  }
end

local function write(path, text)
  local file = failure.try(io.open(path, "wb"))
  failure.try(file:write(text))
  failure.try(file:close())
end

local function make_folder(path)
  local fine, reason = lfs.mkdir(path)
  if not fine then failure.raise(("the folder %s cannot be made: %s"):format(path, reason)) end
end

local function checked_name(name)
  local plain = name:match("([^/]*)$")
  if plain:find("^%a[%w_-]*$") then return plain end
  failure.raise(("'%s' is no name for a plugin"):format(plain),
    "a name begins with a letter; letters, digits, - and _ follow")
end

--- Makes a folder with a plugin that works; it must not exist.
---@param kind string
---@param path string the folder; its last part is the plugin's name
---@param ui sheaf.Terminal
function new.make(kind, path, ui)
  local template = templates.kinds[kind]
  if not template then
    failure.raise(suggest.unknown("kind", kind, new.kinds), "it is one of " .. table.concat(new.kinds, ", "))
  end
  path = path:gsub("/+$", "")
  local name = checked_name(path)
  if lfs.attributes(path, "mode") then failure.raise(("%s is there already"):format(path)) end
  make_folder(path)
  make_folder(path .. "/spec")
  for file, text in pairs(files_of(name, template)) do
    write(path .. "/" .. file, text)
  end
  local shown = path:find("^[/.]") and path or "./" .. path
  ui:say("made %s/ with plugin.lua, spec/, README.md and sample.jsonl; it %s", path, template.about)
  ui:say("next: sheaf plugin test %s", shown)
end

return new
