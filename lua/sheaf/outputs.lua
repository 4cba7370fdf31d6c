--- outputs.lua: where a pipeline's articles go.
--
-- Each output has write(a) → true | nil, problem; close() → true | nil,
-- problem, which makes it complete; and discard(), which leaves no trace. A
-- problem that is a text ("closed": nobody reads any more) is not a plugin's.

local columns = require "sheaf.columns"
local core = require "sheaf.core"
local source = require "sheaf.source"

local outputs = {}

---@class sheaf.Output
---@field write fun(self, a: userdata): boolean?, any
---@field close fun(self): boolean?, any
---@field discard fun(self)
---@field added integer? for a sheaf
---@field present integer? for a sheaf: how many were there already

-- An exporter writes to a sink of its own.
local Export = {}
Export.__index = Export

-- An exporter of the extension "/" fills a folder, unless a ZIP is asked for.
local function place(plugin, path)
  if plugin.about.extension ~= "/" or not path or path == "-" or path:find "%.zip$" then return path end
  return (path:gsub("/*$", "/"))
end

--- Through an exporter, to a file, a folder or standard output.
---@param plugin sheaf.Plugin
---@param path string?
---@return sheaf.Output?
---@return any problem
function outputs.export(plugin, path)
  local sink, reason = core.sink((place(plugin, path)))
  if not sink then return nil, reason end
  local fine, problem = plugin.handle:open(sink)
  if not fine then sink:discard() return nil, problem end
  return setmetatable({ plugin = plugin, sink = sink }, Export)
end

-- A problem without a place in the plugin's file is the sink's: no fault of
-- the plugin, and said in plain words.
local function told(fine, problem)
  if fine then return true end
  if type(problem) == "table" and not problem.file then return nil, problem.message end
  return nil, problem
end

function Export:write(a)
  return told(self.plugin.handle:write(a))
end

--- A chunk has come to its end: for exporters by parts.
function Export:turn()
  return told(self.plugin.handle:turn())
end

--- The state of a part, in order.
function Export:merge(parcel)
  return told(self.plugin.handle:merge(parcel))
end

function Export:close()
  local fine, problem = told(self.plugin.handle:close())
  if fine then return self.sink:close() end
  self.sink:discard()
  return nil, problem
end

function Export:discard()
  self.sink:discard()
end

-- A sheaf is committed now and then, so that a long run does not lose all: by
-- the amount that was written, so that the same articles give the same bytes.
local Sheaf = {}
Sheaf.__index = Sheaf

local COMMIT_EVERY = 256 << 20

---@class sheaf.Resumable
---@field plan string how the articles were made
---@field position fun(): string? how far the source has come
---@field every integer? bytes between commits

--- Into a sheaf, through a writer. What is written stays when a run is
--- interrupted; with `resumable`, each commit notes where to go on, and the
--- sheaf gets its name at the end.
---@param writer userdata
---@param resumable sheaf.Resumable?
---@return sheaf.Output
function outputs.sheaf(writer, resumable)
  return setmetatable({ writer = writer, added = 0, present = 0, bytes = 0, resumable = resumable,
    every = resumable and resumable.every or COMMIT_EVERY }, Sheaf)
end

--- The plan of a sheaf that is not complete, and the position in such a plan.
---@param plan string
---@param position string
---@return string
function outputs.plan_at(plan, position)
  return ("%s; to go on at %s"):format(plan, position)
end

---@param noted string? what a commit says
---@param plan string
---@return string? position
function outputs.position_in(noted, plan)
  local before = outputs.plan_at(plan, "")
  return noted and noted:sub(1, #before) == before and noted:sub(#before + 1) or nil
end

-- Without a position the plan that is there stays: it was true, and is.
function Sheaf:note_position()
  local position = self.resumable and self.resumable.position()
  if not position then return true end
  return self.writer:plan(outputs.plan_at(self.resumable.plan, position))
end

function Sheaf:write(a)
  local added, reason = self.writer:add(a)
  if added == nil then return nil, reason end
  if not added then
    self.present = self.present + 1
    return true
  end
  self.added = self.added + 1
  if self.added % 64 ~= 0 then return true end
  local bytes = self.writer:counts().row_bytes
  if bytes - self.bytes < self.every then return true end
  self.bytes = bytes
  local fine, problem = self:note_position()
  if not fine then return nil, problem end
  return self.writer:commit()
end

function Sheaf:finish()
  local fine, reason = true, nil
  if self.interrupted then
    fine, reason = self:note_position()
  elseif self.resumable then
    fine, reason = self.writer:plan(self.resumable.plan)
  end
  if fine then fine, reason = self.writer:commit() end
  if fine and self.resumable then return self.writer:publish() end
  return fine, reason
end

function Sheaf:close()
  local fine, reason = self:finish()
  self.writer:close()
  return fine, reason
end

function Sheaf:discard()
  self.writer:close()
end

--- The columns of a listing.
---@type sheaf.Column[]
local LISTED = {
  { title = "id", style = "yellow", short = function(id) return id:sub(1, 8) end },
  { title = "published", most = 16, style = "cyan", short = function(date) return (date:gsub("T", " ")) end },
  { title = "publisher", most = 20 },
  { title = "words", side = "right" },
  { title = "headline", style = "bold" },
}

-- On a narrow terminal a date has no time of day.
local function for_width(ui)
  if ui.columns >= 110 then return LISTED end
  local narrow = table.move(LISTED, 1, #LISTED, 1, {})
  narrow[2] = { title = "published", style = "cyan", short = function(date) return date:sub(1, 10) end }
  narrow[3] = { title = "publisher", most = 16 }
  return narrow
end

---@class sheaf.Listing
local Listing = {}
Listing.__index = Listing

--- A listing of rows, for people on a terminal and tab-separated in a pipe.
---@param ui sheaf.Terminal
---@return sheaf.Listing
function outputs.listing(ui)
  return setmetatable({ columns = columns.new(ui, for_width(ui)), count = 0 }, Listing)
end

function Listing:row(row)
  self.count = self.count + 1
  return self.columns:add { row.id, row.published, row.publisher or row.site, row.words, row.headline }
end

function Listing:write(a)
  self:row(source.row_of(a, self.count))
  return true
end

function Listing:close()
  self.columns:finish()
  return true
end

function Listing.discard() end

return outputs
