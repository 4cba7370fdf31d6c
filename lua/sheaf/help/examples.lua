--- examples.lua: commands that show a plugin at work.
--
-- Its own, when its table has `examples`; else one is made from the arguments
-- of its first test.

local examples = {}

local USE = { filter = "--filter %s", extractor = "--extract %s --to jsonl", exporter = "--to %s" }

local function sorted_names(map)
  local names = {}
  for name in pairs(map) do
    names[#names + 1] = tostring(name)
  end
  table.sort(names)
  return names
end

--- A value as a person reads it.
---@param value any
---@return string
function examples.shown(value)
  if type(value) == "boolean" then return value and "yes" or "no" end
  return type(value) == "table" and table.concat(value, ",") or tostring(value)
end

-- A value as the command line wants it: quoted when it would not stay whole.
local function spelt(value)
  local plain = examples.shown(value):gsub('"', "")
  local odd = type(value) == "table" and "%s" or "[%s,]"
  return plain:find(odd) and ('"%s"'):format(plain) or plain
end

-- What the first test that has arguments gives them is a good example.
local function sample_of(about)
  for _, test in ipairs(about.tests or {}) do
    if type(test.opt) == "table" and next(test.opt) then return test.opt end
  end
  return {}
end

-- Rules of sites are used by themselves, but for those that lie elsewhere.
local function site_example(plugin, name)
  return "sheaf pack pages/ -o news.sheaf" .. (plugin.origin == "file" and " --site " .. name or "")
end

local function made(plugin, name)
  if plugin.about.page then return site_example(plugin, name) end
  local opt, given = sample_of(plugin.about), {}
  for i, arg in ipairs(sorted_names(opt)) do
    given[i] = arg .. "=" .. spelt(opt[arg])
  end
  local spec = #given > 0 and name .. ":" .. table.concat(given, ",") or name
  if spec:find("[^%w:=,._/-]") then spec = ("'%s'"):format(spec) end
  return "sheaf run news.sheaf " .. USE[plugin.kind]:format(spec)
end

--- Examples of a plugin: pairs of a command and what it does.
---@param plugin sheaf.Plugin
---@param name string how the command line names it
---@return string[][]
function examples.of(plugin, name)
  local list = {}
  for i, example in ipairs(plugin.about.examples or {}) do
    list[i] = { tostring(example.run), tostring(example.about or "") }
  end
  if #list == 0 then list[1] = { made(plugin, name), "" } end
  return list
end

return examples
