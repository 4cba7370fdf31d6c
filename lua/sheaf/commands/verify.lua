--- verify.lua: checks every byte of a sheaf, or a bundle against the lock of its collection.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local verify = {}

-- What is wrong with the signature of a whole sheaf, when one is asked for.
local function not_signed(path, key, about)
  if not key then return {} end
  local commit, reason = core.signed(path, key)
  if not commit then return { reason } end
  about.signed = commit
  return {}
end

-- The sentences that are wrong with a sheaf, none when it is whole.
local function problems_of(path, given, ui)
  local file, reason = core.open(path)
  if not file then return { reason } end
  local progress = ui:progress("checked")
  local fine, problems = file:verify(function(done, total) progress:bytes(done, total) end,
    given.threads or core.cores())
  progress:finish()
  local about = file:info()
  file:close()
  if fine then return not_signed(path, given.key, about), about end
  return type(problems) == "table" and problems or { tostring(problems) }, about
end

-- Bundles against the lock of their collection.
local function against_lock(given, ui)
  local content = require("sheaf.collection.lock").read(given.lock)
  if not content then failure.raise(("there is no %s"):format(given.lock)) end
  local status = 0
  for _, path in ipairs(given.words) do
    failure.try(source.exists(path))
    local problems, notes = require("sheaf.collection.bundle").check(path, content)
    if given.json then
      ui:print(core.encode { path = path, whole = #problems == 0,
        problems = #problems > 0 and problems or nil, notes = #notes > 0 and notes or nil })
    elseif #problems == 0 then
      ui:print(("%s: %s of %s%s"):format(path, terminal.count(#content.articles, "article"), given.lock,
        #notes > 0 and ", " .. table.concat(notes, ", ") or ""))
    end
    for _, problem in ipairs(given.json and {} or problems) do
      ui:print(ui:paint("red", path), ": ", terminal.clean(problem))
    end
    if #problems > 0 then status = 2 end
  end
  return status
end

local function tell(ui, path, problems, about)
  if #problems == 0 then
    return ui:print(("%s: whole, %s, %s%s"):format(path, terminal.count(about.articles, "article"),
      terminal.size(about.bytes), about.signed and ", signed with this key" or ""))
  end
  for _, problem in ipairs(problems) do
    local plain = problem:sub(1, #path + 2) == path .. ": " and problem:sub(#path + 3) or problem
    ui:print(ui:paint("red", path), ": ", terminal.clean(plain))
  end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function verify.run(given, ui)
  if given.lock then return against_lock(given, ui) end
  local status = 0
  for _, path in ipairs(given.words) do
    failure.try(source.exists(path))
    local problems, about = problems_of(path, given, ui)
    if given.json then
      local list = #problems > 0 and problems or nil
      ui:print(core.encode { path = path, whole = list == nil, problems = list,
        signed = list == nil and about.signed or nil })
    else
      tell(ui, path, problems, about)
    end
    if #problems > 0 then status = 2 end
  end
  return status
end

return verify
