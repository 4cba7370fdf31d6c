--- copies_layer.lua: relations between copies, as the layer "copies" of each sheaf.
--
-- A row says of one article what it goes back to; the articles themselves stay as
-- they are. { cluster = id of the earliest, relations = { { type, id, score } } }.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local terminal = require "sheaf.terminal"

local copies_layer = { name = "copies", version = "1.0.0" }

-- An article that is in two sheaves is no duplicate of itself.
local function row_of(member, first)
  local other = member.of and member.of.row.id ~= member.row.id
  local relations = other and { { type = member.relation, id = member.of.row.id, score = member.score } }
  return { cluster = first.row.id, relations = relations or nil }
end

-- For each file, its members and their rows in order of positions.
local function rows_by_file(clusters)
  local by_path = {}
  for _, cluster in ipairs(clusters) do
    for _, member in ipairs(cluster) do
      local list = by_path[member.path] or {}
      by_path[member.path] = list
      list[#list + 1] = { position = member.position, row = row_of(member, cluster[1]) }
    end
  end
  for _, list in pairs(by_path) do
    table.sort(list, function(a, b) return a.position < b.position end)
  end
  return by_path
end

local function write_one(part, list)
  local writer <close> = failure.try(core.layer_writer(part.path, copies_layer.name, copies_layer.version))
  for _, item in ipairs(list) do
    failure.try(writer:add(failure.try(part.file:get(item.position)), item.row))
  end
  failure.try(writer:commit())
end

--- Writes the layer of every sheaf that has copies, in one commit each.
---@param clusters sheaf.CopyMember[][]
---@param files {path: string, file: userdata}[]
---@param ui sheaf.Terminal
function copies_layer.write(clusters, files, ui)
  local by_path = rows_by_file(clusters)
  for _, part in ipairs(files) do
    local list = by_path[part.path]
    if list then
      write_one(part, list)
      ui:say("added layer %s@%s to %s: %s", copies_layer.name, copies_layer.version, part.path,
        terminal.count(#list, "row"))
    end
  end
end

return copies_layer
