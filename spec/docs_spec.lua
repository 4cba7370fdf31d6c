-- docs_spec.lua - what the documentation shows is what sheaf prints.
--
-- A folder is made with seeds.sheaf, packed from seeds/, and the scripts of docs/examples; each command in
-- a console block of these pages is run there by the binary: SHEAF, SHEAF_BINARY or build/release/sheaf.
-- With SHEAF_UPDATE_DOCS=1 the pages and docs/examples/*.out are written again instead: read the diff.
--
-- docs/plugins.md has a section for every packaged plugin, with the table of its arguments as the plugin
-- itself tells them, and an example that is run. With SHEAF_UPDATE_DOCS=1 the tables are made again, too.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec"
local transcript = dofile(here .. "/transcript.lua")
local core = require "sheaf.core"

local root = core.realpath(here .. "/..")
local binary = os.getenv("SHEAF") or os.getenv("SHEAF_BINARY") or root .. "/build/release/sheaf"
local updating = os.getenv("SHEAF_UPDATE_DOCS") == "1"

local pages = { "docs/plugins.md", "docs/scripts.md", "docs/copies.md" }
local scripts = { "kept", "quotes", "days" }

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- The text of a plugin's section, and where it begins and ends on the page; nil when there is none.
local function section_of(page, name, kind)
  local chapter = kind and page:find("\n## " .. kind:gsub("^%l", string.upper) .. "s\n") or 1
  local _, from = page:find("\n### " .. name:gsub("%p", "%%%0") .. "\n", chapter)
  if not from then return nil end
  local to = page:find("\n##", from) or #page
  return page:sub(from, to), from, to
end

-- What `sheaf plugin doc` says of the packaged filters, extractors and exporters: a list of kind, name and
-- the table of arguments, or false when there are none.
local function packaged()
  local all = {}
  for _, kind in ipairs { "filter", "extractor", "exporter" } do
    local pipe = assert(io.popen(("%s plugin doc %s"):format(quoted(binary), kind), "r"))
    local page = pipe:read("a")
    pipe:close()
    for name in page:gmatch("\n### ([^\n]+)\n") do
      local made = section_of(page, name):match("\n(| argument |.-)\n\n") or false
      all[#all + 1] = { kind = kind, name = name, made = made }
    end
  end
  return all
end

-- The page with the table of one plugin as it should be.
local function with_table(page, plugin)
  local made = plugin.made
  local section, from, to = section_of(page, plugin.name, plugin.kind)
  local first = section and section:find("| argument |", 1, true)
  if not first or not made then return page end
  local last = section:find("\n\n", first, true)
  section = section:sub(1, first - 1) .. made .. section:sub(last)
  return page:sub(1, from - 1) .. section .. page:sub(to + 1)
end

describe("the documentation", function()
  local folder

  -- What a command prints on both streams, in the folder, with `sheaf` on the path.
  local function run(command)
    local line = ("cd %s && PATH=%s:$PATH NO_COLOR=1 XDG_DATA_HOME=$PWD/none XDG_CONFIG_HOME=$PWD/none; "
      .. "export PATH NO_COLOR XDG_DATA_HOME XDG_CONFIG_HOME; exec 2>&1; %s"):format(
      quoted(folder), quoted(binary:match("^(.*)/[^/]*$")), command)
    local pipe = assert(io.popen(line, "r"))
    local output = pipe:read("a")
    pipe:close()
    return (output:gsub("\r", ""))
  end

  setup(function()
    local pipe = assert(io.popen("mktemp -d", "r"))
    folder = pipe:read("l")
    pipe:close()
    assert(os.execute(("cp %s/docs/examples/*.lua %s/"):format(quoted(root), quoted(folder))))
    assert(os.execute(("ln -s %s/seeds %s/seeds"):format(quoted(root), quoted(folder))))
    run(("sheaf pack -q %s/seeds/*.txt %s/seeds/more -o seeds.sheaf"):format(quoted(root), quoted(root)))
    assert(core.open(folder .. "/seeds.sheaf"))
  end)

  teardown(function()
    if folder and folder:find("^/.+/") then os.execute("rm -r " .. quoted(folder)) end
  end)

  if updating then
    it("is written again", function()
      for _, name in ipairs(scripts) do
        local file = assert(io.open(("%s/docs/examples/%s.out"):format(root, name), "wb"))
        file:write(run(("sheaf run %s.lua seeds.sheaf"):format(name)))
        file:close()
      end
      local path = root .. "/docs/plugins.md"
      local page = transcript.read_file(path)
      for _, plugin in ipairs(packaged()) do page = with_table(page, plugin) end
      local file = assert(io.open(path, "wb"))
      file:write(page)
      file:close()
      for _, each in ipairs(pages) do transcript.update(root .. "/" .. each, run) end
    end)
    return
  end

  for _, page in ipairs(pages) do
    local steps = transcript.steps(root .. "/" .. page)

    it(page .. " shows commands", function()
      assert.is_true(#steps > 0)
    end)

    for _, step in ipairs(steps) do
      it(page .. " tells the truth about: " .. step.command, function()
        local output = run(step.command)
        if not transcript.fits(step.output, output) then assert.equal(step.output, output) end
      end)
    end
  end

  for _, plugin in ipairs(packaged()) do
    local name, made = plugin.name, plugin.made
    it(("has a section on the %s %s, its arguments and an example"):format(plugin.kind, name), function()
      local section = section_of(transcript.read_file(root .. "/docs/plugins.md"), name, plugin.kind)
      assert.is_truthy(section, "docs/plugins.md has no section on " .. name)
      assert.is_truthy(section:find("```console\n%$ "), "there is no example of " .. name)
      if made then
        assert.is_truthy(section:find(made, 1, true), "the table of its arguments should be\n" .. made)
      else
        assert.is_nil(section:find("| argument |", 1, true))
      end
    end)
  end

  for _, name in ipairs(scripts) do
    local path = ("%s/docs/examples/%s"):format(root, name)

    it("has the script " .. name .. ", which prints what stands beside it", function()
      local wanted = transcript.read_file(path .. ".out")
      assert.is_true(#wanted > 0)
      assert.equal(wanted, run(("sheaf run %s.lua seeds.sheaf"):format(name)))
    end)

    it("has the script " .. name .. " in at most ten lines, and on the page", function()
      local source = transcript.read_file(path .. ".lua")
      local _, lines = source:gsub("\n", "")
      assert.is_true(lines <= 10, lines .. " lines")
      local page = transcript.read_file(root .. "/docs/scripts.md")
      assert.is_truthy(page:find("```lua\n" .. source .. "```", 1, true), "the page shows another script")
    end)
  end
end)
