--- states.lua: what one machine has counted, in a file, for another one to add up.
--
-- `sheaf run --shard 2/4` with an exporter by parts writes no report but the state of each chunk;
-- `sheaf merge` takes the states of all shards and does what a whole run does with its chunks, in
-- the same order. So the bytes are the same.
--
--   sheaf state 1
--   {"exporter":"stats:top=5","name":"stats","of":4,"shard":2,…}
--   1234
--   1234 bytes: the state of a chunk (core/script/parcel.h), and a newline
--   …
--   end 512                                     articles

local core = require "sheaf.core"
local failure = require "sheaf.failure"

local states = {}

local MAGIC = "sheaf state 1\n"

local Output = {}
Output.__index = Output

--- An output that writes the state of each chunk.
---@param plugin sheaf.Plugin
---@param path string?
---@param head table what states of one run have in common, with shard and of
---@return table? output
---@return any problem
function states.output(plugin, path, head)
  local sink, reason = core.sink(path)
  if not sink then return nil, reason end
  local scratch = core.sink_memory() -- what the exporter writes now is written at the merge
  local self = setmetatable({ plugin = plugin, sink = sink, scratch = scratch, articles = 0 }, Output)
  local fine, problem = plugin.handle:open(scratch)
  if not fine then sink:discard() return nil, problem end
  sink:write(MAGIC, core.encode(head), "\n")
  return self
end

function Output:merge(parcel)
  return self.sink:write(#parcel, "\n", parcel, "\n")
end

function Output:close()
  self.sink:write("end ", self.articles, "\n")
  return self.sink:close()
end

function Output:discard()
  self.sink:discard()
end

-- ---- reading ---------------------------------------------------------------------------

--- Is there a state at this path?
---@param path string
---@return boolean
function states.is_state(path)
  local file = io.open(path, "rb")
  if not file then return false end
  local head = file:read(#MAGIC)
  file:close()
  return head == MAGIC
end

local function broken(path, what)
  failure.raise(("%s is no whole state: %s"):format(path, what), "run its shard again")
end

-- Opens a state and reads its head.
local function open(path)
  local file = failure.try(io.open(path, "rb"))
  if file:read(#MAGIC) ~= MAGIC then failure.raise(path .. " is not the state of a shard") end
  local head = core.decode(file:read("l") or "")
  if type(head) ~= "table" or math.type(head.shard) ~= "integer" or math.type(head.of) ~= "integer" then
    broken(path, "its head cannot be read")
  end
  return { path = path, file = file, head = head }
end

-- The states of its chunks, one after the other; they end with how many articles there were.
local function parcels(state)
  return function()
    local line = state.file:read("l") or ""
    local size = math.tointeger(tonumber(line:match("^%d+$")))
    if size then
      local parcel = state.file:read(size)
      local whole = parcel and #parcel == size and state.file:read(1) == "\n"
      if not whole then broken(state.path, "it is cut off") end
      return parcel
    end
    state.articles = math.tointeger(tonumber(line:match("^end (%d+)$")))
    if not state.articles then broken(state.path, "it is cut off") end
  end
end

local SAME = { "exporter", "version", "of", "input", "plan" }

-- All shards of one run, each once, in order.
local function check_set(list)
  table.sort(list, function(a, b) return a.head.shard < b.head.shard end)
  local first = list[1].head
  for i, state in ipairs(list) do
    for _, key in ipairs(SAME) do
      if core.encode { state.head[key] } ~= core.encode { first[key] } then
        failure.raise(("%s and %s come from different runs: their %s is not the same"):format(list[1].path,
          state.path, key))
      end
    end
    if state.head.shard ~= i then
      local what = state.head.shard < i and "is there twice" or "is missing"
      failure.raise(("shard %d of %d %s"):format(math.min(i, state.head.shard), first.of, what))
    end
  end
  if #list ~= first.of then failure.raise(("shard %d of %d is missing"):format(#list + 1, first.of)) end
  return first
end

--- Opens the states of all shards of one run.
---@param paths string[]
---@return table[] list in order
---@return table head
function states.open(paths)
  local list = {}
  for i, path in ipairs(paths) do
    list[i] = open(path)
  end
  return list, check_set(list)
end

--- Merges opened states into an output of their exporter; returns how many articles they are of.
---@param list table[]
---@param out sheaf.Output
---@return integer articles
function states.merge(list, out)
  local articles = 0
  for _, state in ipairs(list) do
    for parcel in parcels(state) do
      failure.try(out:merge(parcel))
    end
    state.file:close()
    articles = articles + state.articles
  end
  return articles
end

return states
