--- bind.lua: makes books, sites and sheaves of chosen articles, as a recipe says.

local bound = require "sheaf.collection.bound"
local changes = require "sheaf.collection.changes"
local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local lock = require "sheaf.collection.lock"
local recipes = require "sheaf.collection.recipe"
local targets = require "sheaf.collection.targets"
local terminal = require "sheaf.terminal"

local bind = {}

local FEW = 8

-- ---- what changed -------------------------------------------------------------------------

-- The words that changed, where a sheaf that was bound before still has the old text.
local function old_texts(self)
  local before
  for _, target in ipairs(self.targets) do
    if not target.exporter then before = before or core.open(target.path) end
  end
  if not before then return nil end
  return function(was, is)
    local a = before:get(was.id)
    local b
    for _, part in ipairs(self.choice.parts) do b = b or part.file:get(is.id) end
    if not a or not b or core.sha256(a.text or "") ~= was.text then return nil end
    return changes.words(a.text, b.text or "")
  end
end

local function show(ui, list, most)
  for i = 1, math.min(#list, most or #list) do
    for _, line in ipairs(changes.lines(list[i], function(style, text) return ui:paint(style, text) end)) do
      ui:print(line)
    end
  end
  ui:flush()
end

local function hints(list)
  local lines = {}
  for i = 1, math.min(#list, 3 * FEW) do
    local told = changes.lines(list[i], function(_, text) return text end)
    table.move(told, 1, #told, #lines + 1, lines)
  end
  if #list > 3 * FEW then lines[#lines + 1] = ("and %d more"):format(#list - 3 * FEW) end
  return lines
end

-- ---- only telling ---------------------------------------------------------------------------

local function put_article(ui, entry, notes)
  local note = notes[entry.id]
  local spans = note and #note.spans > 0 and (" and %d on its words"):format(#note.spans) or ""
  local mark = note and " · note" .. spans or ""
  ui:print("  ", ui:paint("yellow", entry.id:sub(1, 8)), "  ",
    ui:paint("key", ("%-10s"):format((entry.published or "no date"):sub(1, 10))), "  ",
    terminal.clean(entry.publisher or entry.site or "-"), "  ",
    ui:paint("bold", terminal.clean(entry.headline or "(no headline)")), ui:paint("dim", mark))
end

local function tell(self, wanted, ui)
  ui:print(ui:paint("heading", terminal.clean(self.collection.title)))
  for _, section in ipairs(self.choice.sections) do
    if not section.whole then ui:print("\n", ui:paint("heading", terminal.clean(section.title))) end
    for _, entry in ipairs(section.entries) do put_article(ui, entry, self.collection.notes) end
  end
  if #self.choice.excluded > 0 then ui:print("\n", ui:paint("heading", "Excluded")) end
  for _, item in ipairs(self.choice.excluded) do
    ui:print("  ", ui:paint("yellow", item.id:sub(1, 8)), "  ", terminal.clean(item.headline or "-"),
      item.reason and ": " .. terminal.clean(item.reason) or "")
  end
  ui:print("")
  for _, target in ipairs(wanted) do ui:print(("%-8s %s"):format(target.name, target.path)) end
  ui:flush()
end

-- ---- a recipe to begin with -----------------------------------------------------------------

local HEAD = [[
-- A collection of articles. sheaf bind reads this file; docs/collections.md explains every key.
-- Lines behind two dashes are not read: remove the dashes of those that you want.

return {
  title = %s,
  -- subtitle = "",
  -- curator = "",
  -- licence = "CC BY 4.0 for the notes; the articles belong to their publishers",
%s  -- date = "2022-03-01", -- else the newest date among the articles
  -- cover = "cover.jpg",
  -- introduction = { file = "introduction.md" },

  sources = { %s },

  -- Instead of picks, or beside them:
  -- where = 'a.words > 200',
  -- search = 'peace NEAR/5 talks',
  -- filters = { "words:min=100", function(a) return a:has("talks") end },
  -- extract = { "quotes" },

  -- Beginnings of ids are enough, as long as no other article begins so; addresses do, too.
  pick = {
%s  },
  -- exclude = { { id = "…", reason = "says the same as …" } },

  order = "given", -- or "published", "-published", "headline", "site", or a function(a, b)
  -- sections = {
  --   { title = "The day", where = 'a.published < "2022-03"' },
  --   { title = "Afterwards" },        -- what no other section takes
  -- },
  -- notes = {
  --   ["…"] = { text = "A *note*.", spans = { { quote = "exact words", text = "See below." } } },
  -- },

  outputs = {
    sheaf = %s,
    html = %s,
  },
}
]]

local function on_one_line(text)
  return (terminal.clean(text):gsub("[%[%]]", " "))
end

local function lua_text(text)
  return '"' .. text:gsub('[%c\\"]', function(c)
    return c:find '["\\]' and "\\" .. c or ("\\%03d"):format(c:byte())
  end) .. '"'
end

-- The shortest beginnings of ids that no other has, of at least eight digits.
local function short_ids(rows)
  local length = 8
  while true do
    local seen, clash = {}, false
    for _, row in ipairs(rows) do
      local short = row.id:sub(1, length)
      clash = clash or seen[short] ~= nil
      seen[short] = true
    end
    if not clash or length > 64 then return length end
    length = length + 4
  end
end

local function rows_of(path, given, ui)
  local opened, account = require("sheaf.flow").source({ path }, given, ui)
  local rows, languages = {}, {}
  for row in opened:rows() do
    rows[#rows + 1] = row
    if row.language then languages[row.language] = (languages[row.language] or 0) + 1 end
  end
  failure.try(account:finish(ui))
  local language
  for tag, count in core.sorted(languages) do
    if not language or count > languages[language] then language = tag end
  end
  return rows, language
end

local function start(given, ui)
  local output = given.output or "collection.lua"
  if output ~= "-" and lfs.attributes(output, "mode") then
    failure.raise(("%s is already there"):format(output), "-o NAME.lua writes the recipe elsewhere")
  end
  local rows, language = rows_of(given.new, given, ui)
  if #rows == 0 then failure.raise(("%s has no articles"):format(given.new)) end
  local length, picks = short_ids(rows), {}
  for i, row in ipairs(rows) do
    picks[i] = ("    %s, -- %s  %s\n"):format(lua_text(row.id:sub(1, length)),
      (row.published or "no date"):sub(1, 10), on_one_line(row.headline or "(no headline)"))
  end
  local name = given.new:match("([^/]*)/*$"):gsub("%.%w+$", "")
  local text = HEAD:format(lua_text(name), language and ("  language = %s,\n"):format(lua_text(language))
    or "  -- language = \"en\",\n", lua_text(given.new), table.concat(picks),
    lua_text(name .. "-collection.sheaf"), lua_text(name .. ".html"))
  local sink = failure.try(core.sink(output))
  failure.try(sink:write(text))
  failure.try(sink:close())
  if output ~= "-" then
    ui:say("wrote %s with %s picked; next: sheaf bind -n %s", output, terminal.count(#rows, "article"),
      output)
  end
  return 0
end

-- ---- binding --------------------------------------------------------------------------------

-- Outputs that were not built now keep their hashes as long as the content is the same.
local function merged_outputs(before, self, written)
  local outputs = before and before.digest == self.content.digest and before.outputs or {}
  local merged = {}
  for _, target in ipairs(self.targets) do
    merged[target.name] = written[target.name] or outputs[target.name]
  end
  return merged
end

local function check_locked(before, self, list, path)
  if not before then
    failure.raise(("--locked: there is no %s"):format(path), "sheaf bind writes it")
  end
  if #list > 0 or before.digest ~= self.content.digest then
    failure.raise(("%s: what would be bound differs from it: %s"):format(path, changes.summary(list)),
      table.unpack(hints(list)))
  end
end

-- Were the same bytes made as before?
local function check_same(before, written)
  for name, now in core.sorted(written) do
    local was = before.outputs[name]
    if was and was.sha256 ~= now.sha256 then
      local message = "%s was built from what the lock says, and yet its bytes differ from those it names"
      failure.raise(message:format(now.path), "another version of a library may pack files in another way")
    end
  end
end

local function say_done(self, written, status, began, ui)
  local names = {}
  for _, item in core.sorted(written) do names[#names + 1] = item.path end
  ui:say("bound %s into %s in %s", terminal.count(#self.choice.list, "article"),
    #names > 0 and table.concat(names, ", ") or "nothing: the recipe names no outputs",
    terminal.duration(core.now() - began))
  if status == 3 then ui:say("some input was refused") end
end

local function absolute(path)
  return path and path:sub(1, 1) ~= "/" and lfs.currentdir() .. "/" .. path or path
end

local function check(given)
  if given.locked and given.update then failure.raise("--locked or --update, not both") end
  if given.new and #given.words > 0 then failure.raise("--new names the sheaf; no recipe goes with it") end
  if given.output and not given.new then
    failure.raise("-o goes with --new", "where outputs go, the recipe says: outputs = { … }")
  end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function bind.run(given, ui)
  check(given)
  if given.new then return start(given, ui) end
  local began = core.now()
  given.report = absolute(given.report)
  local recipe = recipes.load(given.words[1] or "collection.lua")
  local path = lock.path(recipe.file)
  local before = lock.read(path)
  local self = bound.of(recipe, given, ui)
  local wanted = targets.only(self.targets, given.only)
  local list = before and changes.between(before, self.content, old_texts(self)) or {}
  if given.locked then check_locked(before, self, list, path) end
  if given.dry_run then tell(self, wanted, ui) end
  if given.dry_run or given.update then show(ui, list) end
  if given.dry_run then return self.choice.status end
  if #list > 0 and not given.update then
    ui:say("since %s: %s (sheaf bind --update shows it)", path, changes.summary(list))
  end
  local status, written = bound.build(self, wanted, given, ui)
  if given.locked then
    check_same(before, written)
  else
    self.content.outputs = merged_outputs(before, self, written)
    lock.write(path, self.content)
  end
  say_done(self, written, status, began, ui)
  return status
end

return bind
