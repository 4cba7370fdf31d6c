--- reuse.lua: which sentences and quotations articles have from one another.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local lfs = require "lfs"
local model = require "sheaf.reuse"
local side_by_side = require "sheaf.side_by_side"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local reuse = {}

-- Paths with the ids behind them: { path =, ids = }. A word that is no file and
-- follows one names an article in it.
local function operands_of(words)
  local operands = {}
  for _, word in ipairs(words) do
    local last = operands[#operands]
    if last and not lfs.attributes(word, "mode") and word ~= "-" then
      table.insert(last.ids, word)
    else
      operands[#operands + 1] = { path = word, ids = {} }
    end
  end
  return operands
end

local function articles_of(operand, given, ui)
  local source, account = flow.source({ operand.path }, given, ui)
  local list = {}
  if #operand.ids == 0 then
    for a in source:articles() do
      list[#list + 1] = model.article(a, 0)
    end
  end
  for i, id in ipairs(operand.ids) do
    local a, reason = source:get(id)
    if not a then failure.raise(reason, ("sheaf ls %s lists the articles"):format(operand.path)) end
    list[i] = model.article(a, 0)
  end
  failure.try(account:finish(ui))
  source:close()
  return list, account:any()
end

-- All articles, those of the first operand first, and how many of each.
local function gather(operands, given, ui)
  local all, counts, refused = {}, {}, false
  for side, operand in ipairs(operands) do
    local list, some = articles_of(operand, given, ui)
    refused, counts[side] = refused or some, #list
    for _, article in ipairs(list) do
      article.side = side
      all[#all + 1] = article
    end
  end
  return all, counts, refused
end

local function title_of(article)
  return table.concat({ article.publisher or article.file and article.file:match("[^/]*$") or "-",
    article.published or "no date", article.id:sub(1, 8) }, "  ")
end

-- ---- two articles ----------------------------------------------------------------

local MARKS = { shared = { "=", "dim" }, altered = { "~", "yellow" }, only_a = { "-", "red" },
  only_b = { "+", "green" } }

local function put_row(ui, row)
  local mark = MARKS[row.kind]
  local left = row.kind == "altered" and (" %d %%"):format(math.floor(row.score * 100 + 0.5)) or ""
  ui:print(ui:paint(mark[2], mark[1] .. left))
  side_by_side.put(ui, row.a, row.b, row.kind == "shared")
end

local function summary_of(rows, quotations)
  local counts = model.counts(rows, quotations)
  return ("%d shared, %d altered, %d only in the first, %d only in the second"):format(counts.shared,
    counts.altered, counts.only_a, counts.only_b)
end

local function put_rows(ui, rows, quotations)
  local any = false
  for _, row in ipairs(rows) do
    if row.quotation == quotations then
      local title = quotations and "Quotations" or "Sentences"
      if not any then ui:print("\n", ui:paint("heading", title), "\n") end
      any = true
      put_row(ui, row)
    end
  end
end

local function put_pair(ui, a, b, rows)
  side_by_side.head(ui, title_of(a), title_of(b))
  side_by_side.head(ui, a.headline or "(no headline)", b.headline or "(no headline)")
  put_rows(ui, rows, false)
  put_rows(ui, rows, true)
end

local function write_page(given, write)
  local sink = failure.try(core.sink(given.output or "-"))
  write(function(text) failure.try(sink:write(text)) end)
  failure.try(sink:close())
end

local function pair(a, b, given, ui)
  local rows = model.rows(a, b)
  local counts = model.counts(rows, false)
  if given.json then
    for _, row in ipairs(rows) do
      ui:print(core.encode(model.record(row, a, b)))
    end
  elseif given.html then
    write_page(given, function(put) require("sheaf.reuse_page").pair(put, a, b, rows) end)
  else
    put_pair(ui, a, b, rows)
  end
  ui:flush()
  ui:say("sentences: %s", summary_of(rows, false))
  ui:say("quotations: %s", summary_of(rows, true))
  return counts.shared + counts.altered > 0
end

-- ---- many ---------------------------------------------------------------------------

local function put_wording(ui, wording, first)
  if not first then
    for _, line in ipairs(width.wrap(terminal.clean(wording.text), math.min(ui.columns - 4, 76))) do
      ui:print("    ", line)
    end
  else
    side_by_side.put_merged(ui, side_by_side.pieces(first.text, wording.text), "    ")
  end
  for _, place in ipairs(wording.places) do
    ui:print("      ", ui:paint("dim", terminal.clean(title_of(place.article))))
  end
end

local function put_group(ui, group, number)
  ui:print(ui:paint("heading", ("%d"):format(number)), "  ", group.quotation and "quotation" or "sentence",
    " in ", terminal.count(group.texts, "article"), ", ", terminal.count(group.variants, "wording"))
  for i, wording in ipairs(group.wordings) do
    put_wording(ui, wording, i > 1 and group.wordings[1] or nil)
  end
  ui:print("")
end

local function many(articles, sides, given, ui)
  local groups = model.groups(articles, sides)
  if given.limit then
    for i = #groups, given.limit + 1, -1 do groups[i] = nil end
  end
  if given.html then
    write_page(given, function(put) require("sheaf.reuse_page").groups(put, groups, articles) end)
  end
  for number, group in ipairs(given.html and {} or groups) do
    if given.json then
      ui:print(core.encode(model.group_record(group)))
    else
      put_group(ui, group, number)
    end
  end
  ui:flush()
  ui:say("%s in more than one of %s", terminal.count(#groups, "passage"),
    terminal.count(#articles, "article"))
  return #groups > 0
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function reuse.run(given, ui)
  if given.json and given.html then failure.raise("--json or --html, not both") end
  if given.output and not given.html then failure.raise("-o goes with --html") end
  local limit = given.limit
  given.limit = nil -- of passages, not of articles
  local operands = operands_of(given.words)
  local articles, counts, refused = gather(operands, given, ui)
  given.limit = limit
  if #articles < 2 then
    failure.raise(("%s to compare: at least two are needed"):format(terminal.count(#articles, "article")))
  end
  local found
  if #articles == 2 then
    found = pair(articles[1], articles[2], given, ui)
  else
    local both = #operands == 2 and counts[1] > 0 and counts[2] > 0
    found = many(articles, both and 2 or 1, given, ui)
  end
  if refused then return 3 end
  return found and 0 or 1
end

return reuse
