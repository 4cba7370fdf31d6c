--- ls.lua: lists articles.

local core = require "sheaf.core"
local flow = require "sheaf.flow"
local outputs = require "sheaf.outputs"

local ls = {}

-- JSON objects, or rows of a listing; both have row(row).
local function writer_for(given, ui)
  if not given.json then return outputs.listing(ui) end
  return { row = function(_, row) ui:print(core.encode(row)) end, close = function() end }
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function ls.run(given, ui)
  local source, account = flow.source(given.words, given, ui)
  local writer, count = writer_for(given, ui), 0
  for row in source:rows() do
    count = count + 1
    writer:row(row)
    if count == given.limit then break end
  end
  writer:close()
  ui:flush()
  require("sheaf.failure").try(account:finish(ui))
  if count == 0 then ui:say("no article found") end
  if account:any() and count > 0 then return 3 end
  return count == 0 and 1 or 0
end

return ls
