-- sites_spec.lua - rules for the pages of web sites: the packaged ones and their own tests, and what rules
-- of one's own do.
--
-- Where pages of these sites with their bodies are at hand, the rules are also held against those; else that
-- is pending. SHEAF_TRAIN names the folder that has fundus258/gold.json and fundus258/pages, or the same in
-- fundus258.tar.zst; else ../shared/train beside the checkout is looked for.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/plugins"
local core = require "sheaf.core"
local lfs = require "lfs"
local rules = require "sheaf.rules"

local packaged = { "aa", "abc", "corriere", "dagbladet", "derstandard", "euronews", "hankookilbo",
  "lavanguardia", "n-tv", "nrk", "orf", "seznamzpravy", "srf", "vg" }

local function read_all(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function load_plugin(name)
  local source = read_all(("%s/../../plugins/sites/%s.lua"):format(here, name))
  local plugin = assert(core.plugin(source, "@" .. name .. ".lua", { name = name }))
  return plugin, plugin:describe()
end

local function all_rules()
  local set = core.page_rules()
  for _, name in ipairs(packaged) do
    local _, about = load_plugin(name)
    assert(set:add(name, about))
  end
  return set
end

describe("the packaged rules of", function()
  for _, name in ipairs(packaged) do
    it(name .. " are well-formed and pass their own tests", function()
      local _, about = load_plugin(name)
      assert.same({ errors = {}, advice = {} }, rules.findings(about))
      assert.is_true(#about.tests > 0)
      for index in ipairs(about.tests) do
        local plugin = load_plugin(name)
        local fine, message = plugin:test(index)
        assert.is_true(fine, ("test %d: %s"):format(index, tostring(message)))
      end
    end)
  end

  it("all sites stand in the list above", function()
    local known = {}
    for _, name in ipairs(packaged) do known[name .. ".lua"] = true end
    for entry in lfs.dir(here .. "/../../plugins/sites") do
      if entry:find("^[^.]") then assert.is_true(known[entry], entry) end
    end
  end)

  it("no two sites claim a host", function()
    local owner = {}
    for _, name in ipairs(packaged) do
      local _, about = load_plugin(name)
      for _, host in ipairs(about.hosts) do
        assert.is_nil(owner[host], host)
        owner[host] = name
      end
    end
  end)
end)

-- ---- rules of one's own ------------------------------------------------------------

local PAGE = [[<html><body><h1>Harbour wall gives way</h1><div class=by>Mina Okafor</div>
  <div class=story><p>The old wall of Verholm gave way at noon on Monday, the harbour office said.</p>
  <p class=promo>Read more about walls, and about what stands behind them in other harbours.</p>
  <p>Nobody was hurt, and a crane is on its way from the mainland to lift the stones.</p></div>
  <div class=note><p>Walls of this kind are inspected every spring, said the office in a note.</p></div>
  </body></html>]]

local function page_with(page, url)
  local set = core.page_rules()
  assert(set:add("lantern", { hosts = { "lantern.example" }, page = page }))
  return core.page(PAGE, { url = url or "https://www.lantern.example/walls", rules = set })
end

local function verdicts(blocks)
  local list = {}
  for i, block in ipairs(blocks) do
    list[i] = ("%s %s"):format(block.verdict, block.text:match("^%S+"))
  end
  return list
end

describe("rules of a site", function()
  it("keep makes the body of just these elements", function()
    local a, blocks = page_with { keep = ".story > p", drop = ".promo" }
    assert.equal("The old wall of Verholm gave way at noon on Monday, the harbour office said.\n\nNobody was "
      .. "hurt, and a crane is on its way from the mainland to lift the stones.", a.text)
    assert.equal("dropped Read", verdicts(blocks)[4])
    assert.equal("dropped Walls", verdicts(blocks)[6])
  end)

  it("say that they did it", function()
    local a, blocks = page_with { keep = ".promo", fields = { authors = ".by" } }
    assert.equal("Read more about walls, and about what stands behind them in other harbours.", a.text)
    assert.equal("rule of lantern", a.why.authors)
    local told = 0
    for _, block in ipairs(blocks) do
      if block.why == "rule of the site" then told = told + 1 end
    end
    assert.is_true(told > 0)
  end)

  it("are for their hosts and the hosts below, and for no other", function()
    local page = { fields = { section = ".by" } }
    for url, wanted in pairs { ["https://lantern.example/a"] = "Mina Okafor",
      ["http://m.lantern.example:8080/"] = "Mina Okafor", ["https://lantern.example.org/a"] = false,
      ["https://glantern.example/a"] = false } do
      local a = page_with(page, url)
      assert.equal(wanted or nil, a.section ~= "" and a.section or nil, url)
    end
  end)

  it("that find nothing change nothing", function()
    local plain = core.page(PAGE, { url = "https://www.lantern.example/walls" })
    local a = page_with { keep = "#gone", within = "main.gone", fields = { headline = "h6" } }
    assert.equal(plain.text, a.text)
    assert.equal(plain.headline, a.headline)
  end)

  it("point at what is wrong in a selector", function()
    local set = core.page_rules()
    local page = { drop = { ".ok", "p..x" } }
    local fine, reason = set:add("lantern", { hosts = "lantern.example", page = page })
    assert.is_nil(fine)
    assert.equal("page.drop: expected a class behind the dot\n  p..x\n    ^", reason)
    fine, reason = set:add("lantern", { hosts = "lantern.example", page = { keeps = "p" } })
    assert.is_nil(fine)
    assert.equal("page: there is no 'keeps'; did you mean 'keep'?", reason)
    fine, reason = set:add("lantern", { hosts = "lantern.example", page = { fields = { headlin = "h1" } } })
    assert.is_nil(fine)
    assert.is_truthy(reason:find("headlin", 1, true))
    fine, reason = set:add("lantern", { page = { keep = "p" } })
    assert.is_nil(fine)
    assert.equal("hosts: at least one is needed, such as example.com", reason)
  end)

  it("cannot be added to once a page was read with them", function()
    local set = core.page_rules()
    assert(set:add("lantern", { hosts = "lantern.example", page = { keep = "p" } }))
    core.page(PAGE, { rules = set })
    assert.has_error(function() set:add("other", { hosts = "other.example" }) end,
      "these rules are in use: nothing can be added to them")
    assert.equal(1, #set)
  end)
end)

-- ---- pages from the wild -------------------------------------------------------------

-- F1 of the words in two texts.
local function agreement(got, wanted)
  local count, both, left, right = {}, 0, 0, 0
  for word in core.words(wanted) do
    count[word] = (count[word] or 0) + 1
    right = right + 1
  end
  for word in core.words(got) do
    left = left + 1
    if (count[word] or 0) > 0 then
      count[word] = count[word] - 1
      both = both + 1
    end
  end
  return both == 0 and 0 or 2 * both / (left + right)
end

local train = os.getenv("SHEAF_TRAIN") or here .. "/../../../shared/train"

-- A folder with the pages, and whether it is to be removed afterwards.
local function pages_folder()
  if lfs.attributes(train .. "/fundus258/gold.json", "mode") then return train end
  local pipe = assert(io.popen("mktemp -d", "r"))
  local folder = pipe:read("l")
  pipe:close()
  assert(os.execute(("zstd -dcq --long=27 '%s/fundus258.tar.zst' | tar -x -C '%s'"):format(train, folder)))
  return folder, true
end

describe("pages from the wild", function()
  if not lfs.attributes(train .. "/fundus258/gold.json", "mode")
    and not lfs.attributes(train .. "/fundus258.tar.zst", "mode") then
    pending("give the bodies that people chose (the pages are not here)")
    return
  end
  local folder, passing

  setup(function() folder, passing = pages_folder() end)
  teardown(function()
    if passing then os.execute(("rm -rf '%s'"):format(folder)) end
  end)

  it("give the bodies that people chose, and no rule makes one worse", function()
    local gold = core.decode(read_all(folder .. "/fundus258/gold.json"))
    local set, seen = all_rules(), {}
    for id, page in core.sorted(gold) do
      local site = set:site(page.url)
      local html = site and read_all(("%s/fundus258/pages/%s.html"):format(folder, id))
      local plain = site and core.page(html, { url = page.url }).text
      if plain then
        local got = agreement(core.page(html, { url = page.url, rules = set }).text or "", page.body)
        assert.is_true(got >= 0.93, ("%s: %.3f"):format(id, got))
        assert.is_true(got >= agreement(plain, page.body) - 0.02, ("%s: %.3f"):format(id, got))
        seen[site] = true
      end
    end
    for _, name in ipairs(packaged) do assert.is_true(seen[name], name) end
  end)
end)
