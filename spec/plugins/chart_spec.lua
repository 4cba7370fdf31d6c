-- chart_spec.lua - the pictures that exporters draw: well-formed, told in words, and no text on another.
--
-- The module runs in a plugin, as it does for exporters; the plugin draws what a spec asks for.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/plugins"
local core = require "sheaf.core"

-- What a line of Lua gives that draws with `chart`; `about` is what the table given holds.
local function drawn(kind, about)
  local source = [[
    local chart = require "sheaf.chart"
    return { kind = "exporter", args = { about = { "table" } }, each = function() end,
      open = function(out, opt) out:write(chart.]] .. kind .. [[(table.unpack(opt.about))) end }]]
  local plugin = assert(core.plugin(source, "@own.lua", { name = "own",
    shared = here .. "/../../plugins/lib" }))
  assert(plugin:configure { about = { about } })
  local sink = core.sink_memory()
  assert(plugin:open(sink))
  assert(plugin:close())
  return sink:text()
end

local function parses(xml)
  if not os.execute("command -v xmllint >/dev/null 2>&1") then return nil end
  local path = os.tmpname()
  local file = assert(io.open(path, "wb"))
  file:write(xml)
  file:close()
  local pipe = assert(io.popen("xmllint --noout --nonet " .. path .. " 2>&1"))
  local said = pipe:read("a")
  pipe:close()
  os.remove(path)
  return said
end

local nasty = "<script>\"&' \1\u{202E}</svg>"
local long = ("The Gazette of the Northern Isles and of All Seas "):rep(3)

local function steps(count)
  local list, values = {}, {}
  for i = 1, count do list[i], values[i] = ("2021-%02d"):format(i), i * 3 % 7 end
  return { title = nasty, description = "Month by month", steps = list,
    series = { { name = nasty, values = values }, { name = "Two", values = values } } }
end

local charts = {
  columns = steps(24),
  lines = steps(24),
  bars = { title = "Outlets", rows = { { name = long, value = 12345 }, { name = nasty, value = 1 },
    { name = "none", value = 0 } } },
  network = { title = "Who is quoted where", links = { { from = "A", to = long, value = 3 },
    { from = nasty, to = "B", value = 1 }, { from = "A", to = "B", value = 2 } } },
  matrix = { title = "Alike", names = { long, nasty, "C" }, values = { { 1, 0.5, 0 }, { 0.5, 1, 2 }, { 0,
    2, 1 } } },
}

local empty = {
  columns = { title = "t", steps = {}, series = {} }, lines = { title = "t", steps = {}, series = {} },
  bars = { title = "t", rows = {} }, network = { title = "t", links = {} },
  matrix = { title = "t", names = {}, values = {} },
}

-- All texts of a picture that stand on one line, as the stretches that they take at most.
local function stretches(svg)
  local list = {}
  for x, y, anchor, inner in svg:gmatch("<text x=\"([%d.-]+)\" y=\"([%d.]+)\" "
    .. "text%-anchor=\"(%a+)\"[^>]*>(.-)</text>") do
    local text = inner:gsub("<title>.-</title>", ""):gsub("&#?%w+;", "&")
    local width = 0
    for _, code in utf8.codes(text) do width = width + (code < 128 and 6.7 or 8) end
    local from = tonumber(x) - (anchor == "end" and width or anchor == "middle" and width / 2 or 0)
    list[#list + 1] = { from = from, to = from + width, y = tonumber(y), text = text }
  end
  return list
end

describe("a chart", function()
  for _, kind in ipairs { "columns", "lines", "bars", "network", "matrix" } do
    describe("of " .. kind, function()
      it("is well-formed, whatever names hold", function()
        local xml = drawn(kind, charts[kind])
        assert.is_nil(xml:find("<script", 1, true))
        assert.is_nil(xml:find("\u{202E}", 1, true))
        local said = parses(xml)
        if not said then return pending("xmllint is not installed (package libxml2-utils)") end
        assert.equal("", said)
      end)

      it("has a title for those who do not see it, and no script", function()
        local xml = drawn(kind, charts[kind])
        assert.truthy(xml:find("role=\"img\"[^>]*>\n<title>[^<]+</title>"))
        assert.is_nil(xml:find(" on%a+="))
      end)

      it("is the same each time", function()
        assert.equal(drawn(kind, charts[kind]), drawn(kind, charts[kind]))
      end)

      it("can be drawn of nothing", function()
        local xml = drawn(kind, empty[kind])
        assert.truthy(xml:find("</svg>", 1, true))
        assert.is_nil(xml:find("nan", 1, true))
        assert.is_nil(xml:find("inf", 1, true))
      end)

      it("keeps its texts in the picture and apart", function()
        local about = charts[kind]
        local list = stretches(drawn(kind, about))
        assert.is_true(#list > 2)
        for i, one in ipairs(list) do
          assert.is_true(one.from > -12 and one.to < 732, one.text)
          for j = i + 1, #list do
            local other = list[j]
            local apart = math.abs(one.y - other.y) > 11 or one.to <= other.from + 8
              or other.to <= one.from + 8
            assert.is_true(apart, one.text .. " | " .. other.text)
          end
        end
      end)
    end)
  end

  it("cuts a long name and tells all of it", function()
    local xml = drawn("bars", charts.bars)
    assert.truthy(xml:find("<title>" .. long .. "</title>The Gazette[^<]*…</text>"))
  end)

  it("stacks columns up to their sum", function()
    local xml = drawn("columns", { title = "t", steps = { "2021" },
      series = { { name = "a", values = { 3 } }, { name = "b", values = { 1 } } } })
    local heights = {}
    for height in xml:gmatch("<rect [^>]*height=\"([%d.]+)\"") do heights[#heights + 1] = tonumber(height) end
    assert.same({ 150, 50 }, heights)
    assert.truthy(xml:find("<title>2021, a: 3</title>", 1, true))
  end)

  it("breaks a line where a value is missing", function()
    local xml = drawn("lines", { title = "t", steps = { "a", "b", "c", "d", "e" },
      series = { { name = "s", values = { 1, 2, false, 2, 1 } } } })
    assert.equal(2, select(2, xml:gsub("<polyline", "")))
    assert.equal(4, select(2, xml:gsub("<circle", "")))
  end)

  it("makes the smallest names of a network one", function()
    local links = {}
    for i = 1, 40 do links[i] = { from = "P" .. i, to = "Outlet", value = 41 - i } end
    local xml = drawn("network", { title = "t", links = links, most = 10 })
    assert.truthy(xml:find("<title>others: 496</title>", 1, true))
    assert.truthy(xml:find("<title>P9: 32</title>", 1, true))
    assert.is_nil(xml:find("P10", 1, true))
  end)

  it("is told as a table, too", function()
    local plugin = assert(core.plugin([[
      local chart = require "sheaf.chart"
      return { kind = "exporter", each = function() end, open = function(out)
        out:write(chart.data("Figures", { "day", "a<b" }, { { "2021", 1234 }, { "x & y", 0.5 } })) end }]],
      "@own.lua", { name = "own", shared = here .. "/../../plugins/lib" }))
    local sink = core.sink_memory()
    assert(plugin:open(sink))
    assert(plugin:close())
    local html = sink:text()
    assert.truthy(html:find("<th scope=\"col\">a&lt;b</th>", 1, true))
    assert.truthy(html:find("<th scope=\"row\">2021</th><td class=\"number\">1,234</td>", 1, true))
    assert.truthy(html:find("<th scope=\"row\">x &amp; y</th><td class=\"number\">0.5</td>", 1, true))
  end)
end)
