--- layers.lua: lists, exports and drops the layers of a sheaf.

local columns = require "sheaf.columns"
local core = require "sheaf.core"
local failure = require "sheaf.failure"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local layers = {}

local LISTED = {
  { title = "name", style = "bold" }, { title = "version" }, { title = "rows", side = "right" },
  { title = "bytes", side = "right" }, { title = "commit", side = "right" },
}

local function list(path, given, ui)
  local file <close> = failure.try(core.open(path))
  local all = failure.try(file:layers())
  local listing = not given.json and columns.new(ui, LISTED)
  for _, layer in ipairs(all) do
    if listing then
      listing:add { layer.name, layer.version, layer.rows, layer.bytes, layer.commit }
    else
      ui:print(core.encode(layer))
    end
  end
  if listing then listing:finish() end
  if #all == 0 then ui:say("%s has no layers", path) end
  return #all == 0 and 1 or 0
end

-- One JSON object a line, offsets in characters.
local function export(path, given, ui)
  local file <close> = failure.try(core.open(path))
  local layer <close> = failure.try(file:layer(given.export))
  local out = failure.try(core.sink(given.output))
  local count, refused = 0, 0
  for a in file:articles() do
    local row, reason = layer:row(a)
    if row then
      failure.try(out:write(row, "\n"))
      count = count + 1
    elseif row == nil then
      refused = refused + 1
      ui:warn(reason)
    end
  end
  failure.try(out:close())
  if given.output and given.output ~= "-" then
    ui:say("wrote %s to %s", terminal.count(count, "row"), given.output)
  end
  return refused > 0 and 3 or count == 0 and 1 or 0
end

local function drop(path, name, ui)
  failure.try(core.drop_layer(path, name))
  ui:say("dropped layer %s of %s; its bytes go with sheaf compact --full", name, path)
  return 0
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function layers.run(given, ui)
  local path = given.words[1]
  failure.try(source.exists(path))
  if given.drop and given.export then failure.raise("--drop or --export, not both") end
  if given.drop then return drop(path, given.drop, ui) end
  if given.export then return export(path, given, ui) end
  return list(path, given, ui)
end

return layers
