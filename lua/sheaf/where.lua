--- where.lua: choosing articles by a Lua expression.
--
-- The expression is compiled once. Which fields it names is read from its
-- source: when the catalog has them all, rows are tested and no text is ever
-- unpacked; a name that no article has is an error before anything is read.
--
-- What an article lacks is nil. While the expression runs, nil has a
-- metatable that lets it be compared (never less, never more) and indexed
-- (nil again), so that 'a.published > "2022"' passes over articles
-- without a date instead of failing on them.

local column_test = require "sheaf.column_test"
local core = require "sheaf.core"
local failure = require "sheaf.failure"
local fields = require "sheaf.fields"
local suggest = require "sheaf.suggest"

local where = {}

---@class sheaf.Where
---@field needs_text boolean does it need more than the catalog has
---@field columns table? the steps of column_test, when columns can answer it
local Where = {}
Where.__index = Where

local function nothing() return nil end
local function never() return false end

-- Methods of strings may be called on nil; a method that there is not is told.
local function index_nil(_, name) return string[name] and nothing end

local FORGIVING = { __lt = never, __le = never, __index = index_nil,
  __add = nothing, __sub = nothing, __mul = nothing, __div = nothing, __unm = nothing,
  __concat = function(a, b) return tostring(a or "") .. tostring(b or "") end,
  __len = function() return 0 end }

-- What an expression may use: nothing that touches the world.
local function environment()
  local env = { sheaf = {} }
  for name in ("math string table utf8 tonumber tostring type ipairs pairs select"):gmatch("%S+") do
    env[name] = _G[name]
  end
  for name in ("date_range date fold words count_words site language"):gmatch("%S+") do
    env.sheaf[name] = core[name]
  end
  return setmetatable(env, { __index = function(_, name)
    local field = suggest.nearest(name, fields.known)
    error(("unknown name '%s'%s"):format(name, field and ("; did you mean 'a.%s'?"):format(field) or ""), 0)
  end })
end

local function without_strings(code)
  return (code:gsub("\\.", ""):gsub('"[^"]*"', '""'):gsub("'[^']*'", "''"):gsub("%[%[.-%]%]", '""'))
end

local function is_method(name)
  for _, method in ipairs(fields.methods) do
    if method == name then return true end
  end
  return false
end

-- Does the expression need the article itself? nil and the reason when it
-- names a field that there is not.
local function needs_article(code)
  local bare, needs = without_strings(code), false
  for mark, name in bare:gmatch("%f[%w_]a%s*([.:])%s*([%a_][%w_]*)") do
    if mark == ":" and not is_method(name) then
      return nil, suggest.unknown("method", name, fields.methods)
    elseif mark == "." and not fields.is_known[name] then
      return nil, suggest.unknown("field", name, fields.known)
    end
    needs = needs or mark == ":" or not fields.in_catalog[name]
  end
  local rest = bare:gsub("%f[%w_]a%s*%.%s*[%a_][%w_]*", "")
  return needs or rest:find("%f[%w_]a%f[^%w_]") ~= nil
end

local function readable(message)
  return (tostring(message):gsub('^%[string "[^"]*"%]:%d+: ', ""):gsub("^%-%-where:%d+: ", ""))
end

--- Compiles an expression over `a`.
---@param code string
---@return sheaf.Where?
---@return string? reason
---@return string? hint
function where.compile(code)
  local chunk, problem = load("local a = ... return " .. code, "=--where", "t", environment())
  if not chunk then return nil, "--where: " .. readable(problem) end
  local needs, reason = needs_article(code)
  if needs == nil then return nil, "--where: " .. reason, "sheaf help fields names them all" end
  return setmetatable({ chunk = chunk, code = code, needs_text = needs,
    columns = not needs and column_test.compile(code) or nil }, Where)
end

--- Tests a catalog row or an article.
---@param a table|userdata
---@return boolean? holds nil when the expression failed
---@return string? reason
function Where:test(a)
  local before = debug.getmetatable(nil)
  debug.setmetatable(nil, FORGIVING)
  local fine, result = pcall(self.chunk, a)
  debug.setmetatable(nil, before)
  if fine then return result and true or false end
  return nil, ("--where: %s (at article %s)"):format(readable(result), tostring(a.id))
end

-- The same in a sandbox: only names that environment() has, and an error for all others.
local STEP = [[
local error, known = error, { sheaf = {} }
for _, name in ipairs { "math", "string", "table", "utf8", "tonumber", "tostring", "type", "ipairs", "pairs",
  "select" } do known[name] = _G[name] end
for _, name in ipairs { "date_range", "date", "fold", "words", "count_words", "site", "language" } do
  known.sheaf[name] = sheaf[name]
end
local _ENV = setmetatable({}, { __index = function(_, name)
  local value = known[name]
  if value == nil then error("unknown name", 0) end
  return value
end })
return { kind = "filter", order = "any", each = function(a) return %s
end }]]

--- A filter for a crew, which tests articles in any thread.
---@return sheaf.Plugin
function Where:step()
  local source = STEP:gsub("%%s", function() return self.code end)
  local handle = failure.try(core.plugin(source, "=--where", { name = "--where", forgiving = true }))
  return { name = "--where", kind = "filter", about = handle:describe(), handle = handle, code = self.code,
    test = function(a) return self:test(a) end }
end

return where
