--- report.lua: an account of what was refused.
--
-- Readers refuse input, plugins fail on articles. Every case is counted, the
-- first few are kept for the summary, and with --report all are written as
-- JSON lines. What nobody would take for an article, as the pictures of a crawl,
-- is counted by kind. Nothing is passed over in silence.

local core = require "sheaf.core"
local terminal = require "sheaf.terminal"

local report = {}

local SHOWN = 5

-- What is passed over once. Words that are not here are the same for one and many.
local SINGULAR = {
  ["requests and notes of the crawler"] = "request or note of the crawler",
  ["redirects and errors"] = "redirect or error",
  ["pictures, scripts and styles"] = "picture, script or style",
  ["films and sounds"] = "film or sound",
  ["feeds and sitemaps"] = "feed or sitemap",
  ["files of other kinds"] = "file of another kind",
  ["empty answers"] = "empty answer",
  ["rules for robots"] = "list of rules for robots",
  ["pages without an article"] = "page without an article",
  ["repeats of what is in the pile"] = "repeat of what is in the pile",
}

---@class sheaf.Report
---@field refused integer how much input was refused
---@field failed integer on how many articles a plugin failed
---@field passed table<string, integer> how much of each kind was passed over
local Report = {}
Report.__index = Report

--- An empty report; `path` is where --report wants all of it.
---@param path string?
---@return sheaf.Report?
---@return string? reason
function report.new(path)
  local self = setmetatable({ refused = 0, failed = 0, reasons = {}, first = {}, failures = {}, passed = {} },
    Report)
  if path then
    local sink, reason = core.sink(path)
    if not sink then return nil, ("--report %s: %s"):format(path, reason) end
    self.sink, self.path = sink, path
  end
  return self
end

local function write(self, entry)
  if self.sink then self.sink:write(core.encode(entry), "\n") end
end

--- Told by readers of what they did not take.
---@param place string
---@param status string
---@param reason string
function Report:refuse(place, status, reason)
  self.refused = self.refused + 1
  self.reasons[status] = (self.reasons[status] or 0) + 1
  if #self.first < SHOWN then
    self.first[#self.first + 1] = { place = place, reason = reason }
  end
  write(self, { place = place, status = status, reason = reason })
end

--- Told by readers of what is no article and was never meant to be one.
---@param what string
---@param count integer
function Report:pass(what, count)
  self.passed[what] = (self.passed[what] or 0) + count
end

--- Told of an article on which a plugin failed.
---@param plugin sheaf.Plugin
---@param a userdata
---@param problem any
function Report:fail(plugin, a, problem)
  self.failed = self.failed + 1
  self.failures[plugin.name] = (self.failures[plugin.name] or 0) + 1
  local about = type(problem) == "table" and problem or { message = tostring(problem) }
  self.example = self.example or select(2, require("sheaf.blame").explain(plugin, problem, a))
  write(self, { plugin = plugin.name, kind = plugin.kind, id = a.id, headline = a.headline,
    reason = about.message, file = about.file, line = about.line })
end

local function by_count(counts)
  local keys = {}
  for key in pairs(counts) do
    keys[#keys + 1] = key
  end
  table.sort(keys, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  return keys
end

local function counted(counts, separator)
  local parts = {}
  for _, key in ipairs(by_count(counts)) do
    local words = counts[key] == 1 and SINGULAR[key] or key
    parts[#parts + 1] = ("%s %s"):format(terminal.thousands(counts[key]), words)
  end
  return table.concat(parts, separator or ", ")
end

local function tell_refused(self, ui)
  local only = next(self.reasons)
  local reasons = next(self.reasons, only) and counted(self.reasons) or only
  ui:say("refused %s: %s", terminal.thousands(self.refused), reasons)
  for _, item in ipairs(self.first) do
    ui:say("  %s: %s", terminal.clean(item.place), terminal.clean(item.reason))
  end
  local more = self.refused - #self.first
  if more > 0 then
    local advice = self.path and "" or "; --report FILE writes all of them"
    ui:say("  and %s more%s", terminal.thousands(more), advice)
  end
end

local function tell_failed(self, ui)
  ui:say("plugins failed on %s: %s", terminal.count(self.failed, "article"), counted(self.failures))
  for _, line in ipairs(self.example) do
    ui:say("  %s", line)
  end
end

--- Tells the summary and completes the report file.
---@param ui sheaf.Terminal
---@return boolean? done
---@return string? reason
function Report:finish(ui)
  if next(self.passed) then ui:say("passed over: %s", counted(self.passed, "; ")) end
  if self.failed > 0 then tell_failed(self, ui) end
  if self.refused > 0 then tell_refused(self, ui) end
  if not self.sink then return true end
  local fine, reason = self.sink:close()
  self.sink = nil
  if not fine then return nil, reason end
  if self.refused + self.failed > 0 then ui:say("all of them are in %s", self.path) end
  return true
end

--- Was anything refused?
---@return boolean
function Report:any()
  return self.refused + self.failed > 0
end

return report
