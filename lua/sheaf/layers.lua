--- layers.lua: annotations that stand beside the articles of a sheaf.
--
-- Joining puts what a layer has on an article into a.layers for as long as the
-- article is at hand. Writing gathers what an extractor gave into a new layer.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local suggest = require "sheaf.suggest"

local layers = {}

local function names_of(file)
  local names = {}
  for _, layer in ipairs(failure.try(file:layers())) do
    names[#names + 1] = layer.name
  end
  return names
end

local function open(part, name)
  local layer, reason = part.file:layer(name)
  if layer then return layer end
  local names = names_of(part.file)
  if #names == 0 then
    failure.raise(("%s has no layers"):format(part.path),
      ("sheaf run %s --extract PLUGIN --to layer makes one"):format(part.path))
  end
  local known = suggest.nearest(name, names)
  if known == name then failure.raise(reason) end
  failure.raise(("%s has no layer '%s'%s"):format(part.path, name,
    known and ("; did you mean '%s'?"):format(known) or ""), ("sheaf layers %s lists them"):format(part.path))
end

--- A function that joins layers with an article of a sheaf; rows that do not
--- fit their article are told to refuse and left out.
---@param part {file: userdata, path: string}
---@param names string[]
---@param refuse fun(place: string, status: string, reason: string)?
---@return fun(a: userdata): userdata
function layers.joiner(part, names, refuse)
  local opened = {}
  for i, name in ipairs(names) do
    opened[i] = { name = name:match("^[^@]*"), layer = open(part, name) }
  end
  return function(a)
    for _, item in ipairs(opened) do
      local joined, reason = item.layer:join(a, item.name)
      if joined == nil and refuse then refuse(("%s, article %s"):format(part.path, a.id), "layer", reason) end
    end
    return a
  end
end

-- An output whose articles bring what the extractor found in a.layers.
local Layer = {}
Layer.__index = Layer

--- Into a layer of the sheaf at path, which is committed when it is closed.
---@param path string
---@param name string
---@param version string
---@return sheaf.Output
function layers.output(path, name, version)
  local writer = failure.try(core.layer_writer(path, name, version))
  return setmetatable({ writer = writer, name = name, version = version, rows = 0 }, Layer)
end

function Layer:write(a)
  local found = a.layers[self.name]
  if not found then return true end
  local added, reason = self.writer:add(a, found)
  if added == nil then return nil, reason end
  if added then self.rows = self.rows + 1 end
  return true
end

function Layer:close()
  local fine, reason = self.writer:commit()
  self.writer:close()
  return fine, reason
end

function Layer:discard()
  self.writer:close()
end

return layers
