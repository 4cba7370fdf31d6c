--- dups.lua: articles that are copies of one another, exactly or nearly.

local copies = require "sheaf.copies"
local copies_layer = require "sheaf.copies_layer"
local core = require "sheaf.core"
local failure = require "sheaf.failure"
local life = require "sheaf.life"
local side_by_side = require "sheaf.side_by_side"
local source = require "sheaf.source"
local terminal = require "sheaf.terminal"

local dups = {}

local WORDS = { duplicate_of = "duplicate of", version_of = "version of", based_on = "based on" }

local function share_option(given)
  if not given.min then return nil end
  local share = tonumber(given.min)
  if share and share > 1 then share = share / 100 end
  if not share or share ~= share or share < 0.05 or share > 1 then
    failure.raise(("--min %s: expected a share from 0.05 to 1, or percent up to 100"):format(given.min))
  end
  return share
end

local function open_all(paths)
  local files = {}
  for i, path in ipairs(paths) do
    failure.try(source.exists(path))
    local file, reason = core.open(path)
    if not file then failure.raise(reason, "sheaf pack PILE -o NEW.sheaf makes a sheaf of a pile") end
    files[i] = { path = path, file = file, state = failure.try(file:info()).sha256 }
  end
  return files
end

local function short(id)
  return id:sub(1, 8)
end

local function name_of(member, several)
  return several and member.path .. " " .. short(member.row.id) or short(member.row.id)
end

-- Where a person looks: two lines a member.
local function put_member(ui, member, several)
  local row = member.row
  local date = ("%-16s"):format(terminal.clean(row.published or "no date"))
  local name = ui:paint("bold", name_of(member, several))
  ui:print("  ", ui:paint(member.dated and "key" or "dim", date), "  ", name, "  ",
    terminal.clean(row.publisher or row.site or "-"), "  ", terminal.clean(row.headline or "(no headline)"))
  local note = member.reason
  if member.of then
    note = ("%s %s: %s"):format(WORDS[member.relation], name_of(member.of, several), member.reason)
  elseif member.rank == 1 then
    note = member.dated and "the earliest" or "the first; no date is known"
  end
  ui:print((" "):rep(20), ui:paint("dim", note))
end

local function text_of(member)
  return failure.try(member.file:get(member.position)).text or ""
end

-- The passages that a member shares with the one that it goes back to.
local function put_passages(ui, member, several)
  local before, after = text_of(member.of), text_of(member)
  ui:print("")
  side_by_side.head(ui, name_of(member.of, several), name_of(member, several))
  for _, row in ipairs(failure.try(core.align(before, after))) do
    if row.a and row.b and not row.quotation then
      side_by_side.put(ui, before:sub(row.a[1], row.a[2]), after:sub(row.b[1], row.b[2]),
        row.kind == "shared")
      ui:print("")
    end
  end
end

local function put_cluster(ui, cluster, number, given, several)
  ui:print(ui:paint("heading", ("%d"):format(number)), "  ", terminal.count(#cluster, "article"))
  for _, member in ipairs(cluster) do
    put_member(ui, member, several)
    if given.show and member.of and not (member.own == 1 and member.back == 1) then
      put_passages(ui, member, several)
    end
  end
  ui:print("")
end

-- In a pipe: one line a member, parted by tabs.
local function put_lines(ui, cluster, number)
  for _, member in ipairs(cluster) do
    local row = member.row
    ui:print(number, "\t", row.id, "\t", row.published or "", "\t", member.relation or "", "\t",
      member.of and member.of.row.id or "", "\t", member.score and ("%.2f"):format(member.score) or "", "\t",
      terminal.clean(row.headline or ""))
  end
end

local function put_page(clusters, given, about)
  local sink = failure.try(core.sink(given.output or "-"))
  require("sheaf.copies_page").write(function(text) failure.try(sink:write(text)) end, clusters,
    about.articles, given.limit)
  failure.try(sink:close())
end

local function put(ui, clusters, given, several)
  for number, cluster in ipairs(clusters) do
    if given.limit and number > given.limit then break end
    if given.json then
      ui:print(core.encode(copies.record(cluster)))
    elseif ui.is_terminal or given.show then
      put_cluster(ui, cluster, number, given, several)
    else
      put_lines(ui, cluster, number)
    end
  end
  ui:flush()
end

-- Positions of the duplicates in each file, ascending.
local function duplicates_of(clusters, files)
  local lists, count = {}, 0
  for _, cluster in ipairs(clusters) do
    for _, member in ipairs(cluster) do
      if member.relation == "duplicate_of" then
        lists[member.path] = lists[member.path] or {}
        table.insert(lists[member.path], member.position)
        count = count + 1
      end
    end
  end
  for _, part in ipairs(files) do
    table.sort(lists[part.path] or {})
  end
  return lists, count
end

local function remove(clusters, files, given, ui)
  local lists, count = duplicates_of(clusters, files)
  if count == 0 then return ui:say("no duplicates to drop: versions are kept") end
  if not given.yes then
    return ui:say("%s would be dropped, and the earliest of each kept; --yes drops them",
      terminal.count(count, "duplicate"))
  end
  for _, part in ipairs(files) do
    if lists[part.path] then life.drop(part.path, lists[part.path], part.state, "dups") end
  end
  ui:say("dropped %s; their bytes go with sheaf compact --full", terminal.count(count, "duplicate"))
end

local function summarise(ui, clusters, about)
  local members, undated = 0, 0
  for _, cluster in ipairs(clusters) do
    members = members + #cluster
    for _, member in ipairs(cluster) do
      undated = undated + (member.dated and 0 or 1)
    end
  end
  ui:say("%s among %s: %s in them", terminal.count(#clusters, "cluster"),
    terminal.count(about.articles, "article"), terminal.thousands(members))
  if undated > 0 then
    ui:say("without a known date, and therefore last: %s", terminal.count(undated, "article"))
  end
  ui:detail("%s compared; sketches took %s", terminal.count(about.candidates, "pair"),
    terminal.size(about.sketch_bytes))
end

local function check(given)
  if given.json and given.html then failure.raise("--json or --html, not both") end
  if given.yes and not given.remove then failure.raise("--yes goes with --remove") end
  if given.to and given.to ~= "layer" then failure.raise("--to layer is all that dups can write to") end
  if given.to and given.remove then failure.raise("--to layer or --remove, not both at once") end
  if given.output and not given.html then failure.raise("-o goes with --html") end
  local seen = {}
  for _, path in ipairs(given.words) do
    local real = core.realpath(path) or path
    if seen[real] then failure.raise(("%s is named twice"):format(path)) end
    seen[real] = true
  end
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function dups.run(given, ui)
  check(given)
  local files = open_all(given.words)
  local clusters, about = copies.clusters(files, {
    min = share_option(given), threads = given.threads or core.cores() })
  if about.damaged > 0 then
    ui:warn(("%s could not be read"):format(terminal.count(about.damaged, "article")))
  end
  if #clusters == 0 then
    ui:say("no copies found among %s", terminal.count(about.articles, "article"))
    return about.damaged > 0 and 3 or 1
  end
  if given.html then put_page(clusters, given, about) else put(ui, clusters, given, #files > 1) end
  summarise(ui, clusters, about)
  if given.to then copies_layer.write(clusters, files, ui) end
  if given.remove then remove(clusters, files, given, ui) end
  return about.damaged > 0 and 3 or 0
end

return dups
