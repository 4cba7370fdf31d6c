--- show.lua: shows articles.

local failure = require "sheaf.failure"
local flow = require "sheaf.flow"
local typeset = require "sheaf.typeset"

local show = {}

local function only_one(source, path)
  local only
  for a in source:articles() do
    if only then
      failure.raise(("%s has more than one article: which?"):format(path),
        ("sheaf show %s 1 shows the first"):format(path), ("sheaf ls %s lists them"):format(path))
    end
    only = a:copy()
  end
  return only
end

local function chosen(source, given)
  local path = table.remove(given.words, 1)
  if #given.words == 0 then return { only_one(source, path) } end
  local list = {}
  for i, name in ipairs(given.words) do
    local a, reason = source:get(name)
    if not a then failure.raise(reason, ("sheaf ls %s lists the articles"):format(path)) end
    list[i] = a
  end
  return list
end

-- Bytes as they were; nothing is put before, between or behind them.
local function put_originals(source, list, path)
  local file = source.parts[1].file
  if not file then failure.raise(("%s is no sheaf: it is the original"):format(path)) end
  for _, a in ipairs(list) do
    local bytes = failure.try(file:original(a))
    io.stdout:write(bytes)
  end
end

local function put(a, given, ui)
  if given.json then return ui:print(a:json()) end
  if given.text then return ui:print(a.text or "") end
  return typeset.article(ui, a, given.why)
end

-- Pages as web pages go to a file or to standard output; other forms to standard
-- output alone.
local function put_blocks(views, given, ui)
  local view = require "sheaf.blocks"
  if not given.html then
    for i, page in ipairs(views) do
      if i > 1 and not given.json then ui:print("") end
      (given.json and view.put_json or view.put)(ui, page)
    end
    return
  end
  if #views ~= 1 then failure.raise("--html shows one page: which?") end
  local sink = failure.try(require("sheaf.core").sink(given.output or "-"))
  require("sheaf.blocks_page").write(function(text) failure.try(sink:write(text)) end, views[1])
  failure.try(sink:close())
end

local function show_blocks(source, account, given, ui)
  local function choose(from)
    return chosen(from, { words = table.move(given.words, 1, #given.words, 1, {}) })
  end
  put_blocks(require("sheaf.blocks").views(given, source, choose), given, ui)
  ui:flush()
  failure.try(account:finish(ui))
  return account:any() and 3 or 0
end

local function check_options(given)
  if given.html and not given.blocks then failure.raise("--html goes with --blocks") end
  if given.output and not given.html then failure.raise("-o goes with --blocks --html") end
end

local function put_rule(ui)
  ui:print("\n", ui:paint("dim", ("─"):rep(math.min(ui.columns, 76))), "\n")
end

local function put_all(list, given, ui)
  for i, a in ipairs(list) do
    if i > 1 and not given.json then put_rule(ui) end
    put(a, given, ui)
  end
end

-- Each name once, whatever its versions.
local function all_layers(path)
  if not path:find("%.sheaf$") then failure.raise(("%s is no sheaf: it has no layers"):format(path)) end
  failure.try(require("sheaf.source").exists(path))
  local file <close> = failure.try(require("sheaf.core").open(path))
  local names, seen = {}, {}
  for _, layer in ipairs(failure.try(file:layers())) do
    if not seen[layer.name] then names[#names + 1] = layer.name end
    seen[layer.name] = true
  end
  return #names > 0 and names or nil
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function show.run(given, ui)
  local path = given.words[1]
  check_options(given)
  if given.layers then given.layer = all_layers(path) end
  local source, account = flow.source({ path }, given, ui)
  if given.blocks then return show_blocks(source, account, given, ui) end
  local list = chosen(source, given)
  if given.original then
    put_originals(source, list, path)
  else
    put_all(list, given, ui)
  end
  ui:flush()
  failure.try(account:finish(ui))
  if #list == 0 then ui:say("no article found") end
  if account:any() and #list > 0 then return 3 end
  return #list == 0 and 1 or 0
end

return show
