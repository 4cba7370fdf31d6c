-- shared_spec.lua - what plugins share: modules, their own data, Markdown, markup.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/script"
local core = require "sheaf.core"
local lab = dofile(here .. "/lab.lua")
local lfs = require "lfs"

local SHARED = here .. "/../../plugins/lib"

local function write(path, bytes)
  local file = assert(io.open(path, "wb"))
  file:write(bytes)
  file:close()
end

-- What an extractor finds that is made from `code`, a function body.
local function found(code, options)
  local source = "return { kind = 'extractor', each = function(a) " .. code .. " end }"
  local plugin = assert(core.plugin(source, "@plugin.lua", options))
  local fields, problem = plugin:extract(lab.article)
  return fields, problem and tostring(problem)
end

describe("modules that plugins share", function()
  it("are there as sheaf.NAME", function()
    local fields = found("return { x = require('sheaf.markup').escape('<a>') }", { shared = SHARED })
    assert.same({ x = "&lt;a&gt;" }, fields)
  end)

  it("are not there without a place for them, nor elsewhere", function()
    local _, problem = found("require 'sheaf.markup'")
    assert.matches("module 'sheaf.markup' not found: nothing is shared here", problem, 1, true)
    for _, name in ipairs { "sheaf.", "sheaf.a.b", "sheaf.../x", "sheaf./etc/x", "sheaf.core" } do
      _, problem = found(("require '%s'"):format(name), { shared = SHARED })
      assert.matches("not found", problem, 1, true)
    end
  end)
end)

describe("data of a plugin folder", function()
  local folder

  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(lfs.mkdir(folder))
    assert(lfs.mkdir(folder .. "/data"))
    write(folder .. "/data/style.css", "p { margin: 0 }\0")
    write(folder .. "/secret", "no")
  end)

  after_each(function() os.execute("rm -rf '" .. folder .. "'") end)

  it("is given as bytes", function()
    local fields = found("return { n = #sheaf.data 'style.css' }", { folder = folder })
    assert.same({ n = 16 }, fields)
  end)

  it("is all that is given", function()
    for _, name in ipairs { "../secret", "/etc/passwd", ".hidden", "a/b", "", "none.css" } do
      local _, problem = found(("return { x = sheaf.data '%s' }"):format(name), { folder = folder })
      assert.matches("no data '", problem, 1, true)
    end
    local _, problem = found "return { x = sheaf.data 'style.css' }"
    assert.matches("only plain names in the data/ of a plugin folder", problem, 1, true)
  end)
end)

describe("Markdown", function()
  it("becomes XHTML", function()
    assert.equal("<h2>Title</h2>\n<p>One <strong>bold</strong> word<br />\nand “more”</p>\n",
      core.markdown("# Title\n\nOne **bold** word  \nand \"more\"", 1))
    assert.equal("", core.markdown "")
  end)

  it("loses what could do harm", function()
    local html = core.markdown [[
<script>alert(1)</script>

A <b onclick="x">b</b>, [script](javascript:alert%281%29), [file](file:///etc/passwd),
[data](data:text/html,x),
[web](https://a.example/?a=1&b=<2> "t"), ![picture *of*](https://a.example/p.png), ![gone](p.png) []()
]]
    assert.is_nil(html:find("script>", 1, true))
    assert.is_nil(html:find("onclick", 1, true))
    assert.is_nil(html:find("<img", 1, true))
    for _, word in ipairs { "javascript:", "file:", "data:" } do
      assert.is_nil(html:find("href=\"" .. word, 1, true))
    end
    assert.matches("script, file,\ndata,", html, 1, true)
    assert.matches("<a href=\"https://a.example/p.png\">picture <em>of</em></a>, gone", html, 1, true)
  end)

  it("has limits", function()
    assert.error_matches(function() core.markdown(("x"):rep(300000)) end, "longer than 256 KiB")
    assert.error_matches(function() core.markdown("x", 6) end, "levels from 0 to 5")
    assert.equal("string", type(core.markdown((">"):rep(50000) .. ("["):rep(50000) .. ("*a_ "):rep(30000))))
  end)
end)

describe("markup", function()
  local function value(code)
    local fields, problem = found("local m = require 'sheaf.markup' return { v = " .. code .. " }",
      { shared = SHARED })
    return fields and fields.v, problem
  end

  it("escapes, and drops what XML forbids", function()
    assert.equal("a&lt;b&gt;&amp;&quot;&#39;\tc", value [[m.escape "a<b>&\"'\t\0\1\27\x7f\xEF\xBF\xBEc"]])
  end)

  it("links to the web only", function()
    assert.equal("<a href=\"https://a.example/?a&amp;b\" rel=\"noreferrer\">x&lt;</a>",
      value "m.link('x<', 'https://a.example/?a&b')")
    assert.equal("x", value "m.link('x', 'javascript:alert(1)')")
    assert.equal("x", value "m.link('x', 'https://a.example/ onclick=1')")
    assert.equal("x", value "m.link('x')")
  end)

  it("keeps signs of direction in their place", function()
    assert.equal("<bdi>\xE2\x80\xAEabc</bdi>", value "m.lines('\xE2\x80\xAEabc')")
  end)

  it("tells dates as precisely as they are known", function()
    for edtf, words in pairs { ["2022-02-10T09:13Z"] = "10 February 2022", ["2022-02"] = "February 2022",
      ["2022"] = "2022", ["XXXX-02-10"] = "XXXX-02-10", ["2022-13-01"] = "2022-13-01" } do
      assert.equal(words, value(("m.day '%s'"):format(edtf)))
    end
  end)

  it("marks what overlaps, across blocks", function()
    local body = value [[table.concat(m.body({ text = "abcdef\n\nghi", blocks = {
      { from = 1, to = 6, kind = "p" }, { from = 9, to = 11, kind = "h" } } },
      { level = 4, marks = {
        { from = 2, to = 4, open = "<i>", close = "</i>", after = "[1]" },
        { from = 4, to = 10, open = "<b>", close = "</b>", after = "[2]" } } }), "|")]]
    assert.equal("<p>a<i>bc</i><i><b>d</b></i>[1]<b>ef</b></p>|<h4><b>gh</b>[2]i</h4>", body)
  end)

  it("makes names of files", function()
    assert.equal("cafe-a-b", value "m.slug('Café: A/B!', 'x')")
    assert.equal("x", value "m.slug('***', 'x')")
  end)
end)
