--- changes.lua: what differs between two locks, in words.
--
-- An article that got another text may have got another id as well: one that is gone
-- and one that came are the same article when their addresses are the same.

local core = require "sheaf.core"
local side_by_side = require "sheaf.side_by_side"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local changes = {}

local function title_of(article)
  local name = width.cut(terminal.clean(article.headline or article.url or "(no headline)"), 60)
  return ("%s  %s"):format(article.id:sub(1, 8), name)
end

-- ---- recipe, plugins, sheaf ------------------------------------------------------------

local function in_recipe(before, after, say)
  for key in core.sorted(after.recipe) do
    if not before.recipe[key] then
      say("recipe", ("the recipe has %s now"):format(key))
    elseif before.recipe[key] ~= after.recipe[key] then
      say("recipe", ("%s in the recipe is another"):format(key))
    end
  end
  for key in core.sorted(before.recipe) do
    if not after.recipe[key] then say("recipe", ("the recipe has no %s any more"):format(key)) end
  end
end

local function by_name(plugins)
  local map = {}
  for _, plugin in ipairs(plugins) do map[plugin.kind .. " " .. plugin.name] = plugin end
  return map
end

local function in_plugins(before, after, say)
  local old, new = by_name(before.plugins), by_name(after.plugins)
  for name, plugin in core.sorted(new) do
    local was = old[name]
    if not was then
      say("plugin", ("%s is used now"):format(name))
    elseif was.version ~= plugin.version then
      say("plugin", ("%s: version %s became %s"):format(name, was.version, plugin.version))
    elseif was.sha256 ~= plugin.sha256 then
      say("plugin", ("%s: its code has changed, its version (%s) has not"):format(name, plugin.version))
    end
  end
  for name in core.sorted(old) do
    if not new[name] then say("plugin", ("%s is not used any more"):format(name)) end
  end
end

-- ---- articles ---------------------------------------------------------------------------

local function by_id(articles)
  local map = {}
  for i, article in ipairs(articles) do map[article.id] = { article = article, at = i } end
  return map
end

-- Pairs of one that is gone and one that came, by their address.
local function renamed(old, new, before, after)
  local by_url, pairs_of = {}, {}
  for _, article in ipairs(before.articles) do
    if not new[article.id] and article.url then by_url[article.url] = article end
  end
  for _, article in ipairs(after.articles) do
    local was = not old[article.id] and article.url and by_url[article.url]
    if was then
      pairs_of[article.id], pairs_of[was.id] = was, article
      by_url[article.url] = nil
    end
  end
  return pairs_of
end

-- Up to so many words of a stretch that both have, around what changed.
local AROUND, MOST_LINES = 5, 12

local function shortened(text, first, last)
  local words = {}
  for word in text:gmatch("%S+") do words[#words + 1] = word end
  if #words <= 2 * AROUND then return table.concat(words, " ") end
  local head = first and "" or table.concat(words, " ", 1, AROUND)
  local tail = last and "" or table.concat(words, " ", #words - AROUND + 1)
  return ("%s … %s"):format(head, tail)
end

--- What changed between two texts, with a few words around it.
---@param before string
---@param after string
---@return string[] lines
function changes.words(before, after)
  local pieces, parts = side_by_side.pieces(before, after), {}
  for i, piece in ipairs(pieces) do
    local text = terminal.clean(piece[2]):match("^%s*(.-)%s*$")
    if piece[1] == "=" then
      parts[i] = shortened(text, i == 1, i == #pieces)
    else
      parts[i] = piece[1] == "-" and "[-" .. text .. "-]" or "{+" .. text .. "+}"
    end
  end
  local lines = width.wrap(table.concat(parts, " "), 90)
  if #lines > MOST_LINES then
    lines = table.move(lines, 1, MOST_LINES, 1, {})
    lines[#lines + 1] = "…"
  end
  return lines
end

local function changed_text(was, article, texts, say)
  local counts = was.words == article.words and terminal.count(article.words or 0, "word")
    or ("%s words became %s"):format(was.words or "?", article.words or "?")
  local lines = texts and texts(was, article) or nil
  say("changed", ("%s  (%s)"):format(title_of(article), counts), lines)
end

local function compare(was, article, texts, say)
  if was.text ~= article.text then
    changed_text(was, article, texts, say)
  elseif was.headline ~= article.headline then
    say("changed", ('%s  (headline; it was "%s")'):format(title_of(article),
      terminal.clean(was.headline or "none")))
  elseif was.row ~= article.row then
    say("changed", ("%s  (not its text, but other fields or layers)"):format(title_of(article)))
  end
  if was.section ~= article.section then
    say("moved", ("%s  from '%s' to '%s'"):format(title_of(article),
      terminal.clean(was.section or "no section"), terminal.clean(article.section or "no section")))
  end
end

-- Do those that are in both come in the same order?
local function same_order(before, new, old, after)
  local list, at = {}, 0
  for _, article in ipairs(before.articles) do
    if new[article.id] then list[#list + 1] = article.id end
  end
  for _, article in ipairs(after.articles) do
    if old[article.id] then
      at = at + 1
      if list[at] ~= article.id then return false end
    end
  end
  return true
end

-- Pages that were fetched again and piles that were packed anew: told once, not for each.
local function count_origins(after, old, say)
  local count = 0
  for _, article in ipairs(after.articles) do
    local was = old[article.id] and old[article.id].article
    local same = was and was.text == article.text and was.row == article.row
    if same and was.origin ~= article.origin then count = count + 1 end
  end
  if count > 0 then
    say("source", ("%s read from another file, or another place in it"):format(
      terminal.count(count, "article was", "articles were")))
  end
end

local function in_articles(before, after, texts, say)
  local old, new = by_id(before.articles), by_id(after.articles)
  local twins = renamed(old, new, before, after)
  for _, article in ipairs(after.articles) do
    local was = old[article.id] and old[article.id].article or twins[article.id]
    if was then compare(was, article, texts, say) else say("added", title_of(article)) end
  end
  for _, article in ipairs(before.articles) do
    if not new[article.id] and not twins[article.id] then say("gone", title_of(article)) end
  end
  count_origins(after, old, say)
  if not same_order(before, new, old, after) then say("moved", "articles stand in another order") end
end

local function in_excluded(before, after, say)
  if core.encode(before.excluded) ~= core.encode(after.excluded) then
    say("recipe", "what is excluded, or why, is another")
  end
end

---@class sheaf.Change
---@field kind "sheaf"|"recipe"|"plugin"|"source"|"added"|"gone"|"changed"|"moved"
---@field text string
---@field lines string[]? the words that changed

--- What differs; nothing when the digests are the same.
---@param before table a lock
---@param after table
---@param texts (fun(was: table, is: table): string[]?)? the words that changed, where both texts are at hand
---@return sheaf.Change[]
function changes.between(before, after, texts)
  local list = {}
  if before.digest == after.digest then return list end
  local function say(kind, text, lines) list[#list + 1] = { kind = kind, text = text, lines = lines } end
  if before.sheaf ~= after.sheaf then
    say("sheaf", ("it was bound by sheaf %s; this is %s"):format(before.sheaf, after.sheaf))
  end
  in_recipe(before, after, say)
  in_plugins(before, after, say)
  in_excluded(before, after, say)
  in_articles(before, after, texts, say)
  return list
end

local MARKS = { added = { "+", "green" }, gone = { "-", "red" }, changed = { "~", "yellow" },
  moved = { "^", "cyan" }, source = { "*", "bold" }, sheaf = { "*", "bold" },
  recipe = { "*", "bold" }, plugin = { "*", "bold" } }

--- A change as lines for people.
---@param change sheaf.Change
---@param paint fun(style: string, text: string): string
---@return string[]
function changes.lines(change, paint)
  local mark = MARKS[change.kind]
  local lines = { paint(mark[2], ("%s %-7s"):format(mark[1], change.kind)) .. " " .. change.text }
  for _, line in ipairs(change.lines or {}) do lines[#lines + 1] = "            " .. terminal.clean(line) end
  return lines
end

--- "2 added, 1 gone"
---@param list sheaf.Change[]
---@return string
function changes.summary(list)
  local counts, parts = {}, {}
  for _, change in ipairs(list) do counts[change.kind] = (counts[change.kind] or 0) + 1 end
  for _, kind in ipairs { "added", "gone", "changed", "moved" } do
    if counts[kind] then parts[#parts + 1] = ("%d %s"):format(counts[kind], kind) end
  end
  if counts.recipe then parts[#parts + 1] = "another recipe" end
  if counts.plugin then parts[#parts + 1] = "other plugins" end
  if counts.source then parts[#parts + 1] = "other sources" end
  if counts.sheaf then parts[#parts + 1] = "another sheaf" end
  return table.concat(parts, ", ")
end

return changes
