-- template_spec.lua - the small language of templates: what it writes, and what it refuses.

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "spec/plugins"
local template = dofile(here .. "/../../plugins/lib/sheaf/template.lua")

local function shout(text)
  return (text:upper())
end

local function rendered(source, view)
  return template.compile(source, { escape = shout }):render(view)
end

local function refusal(source, fields)
  local fine, message = pcall(template.compile, source, { name = "mine.xml", fields = fields })
  assert.is_false(fine)
  return message
end

describe("a template", function()
  it("escapes what stands in two braces, and not what stands in three", function()
    assert.equal("<A> a", rendered("<{{x}}> {{{x}}}", { x = "a" }))
    assert.equal("3", rendered("{{ x }}", { x = 3 }))
    assert.equal("[]", rendered("[{{x}}{{y}}]", { x = "", y = { 1 } }))
  end)

  it("writes a section for each item, once for a value, and not for nothing", function()
    assert.equal("A,B,", rendered("{{#l}}{{.}},{{/l}}", { l = { "a", "b" } }))
    assert.equal("yes", rendered("{{#x}}yes{{/x}}", { x = "a" }))
    for _, nothing in ipairs { false, "", {} } do
      assert.equal("no", rendered("{{#x}}yes{{/x}}{{^x}}no{{/x}}", { x = nothing }))
    end
  end)

  it("looks for a name in the innermost section first", function()
    local view = { name = "out", list = { { name = "in" }, {} }, d = { place = { town = "oslo" } } }
    assert.equal("IN.OUT.", rendered("{{#list}}{{name}}.{{/list}}", view))
    assert.equal("OSLO OSLO", rendered("{{d.place.town}} {{#d}}{{place.town}}{{/d}}", view))
    assert.equal("", rendered("{{d.place.town.x}}{{name.x}}", view))
  end)

  it("keeps sections within sections apart", function()
    local view = { a = { { b = { "x", "y" } }, { b = {} } } }
    assert.equal("(XY)(none)", rendered("{{#a}}({{#b}}{{.}}{{/b}}{{^b}}none{{/b}}){{/a}}", view))
  end)

  it("leaves no line for a tag or a remark that stands alone on one", function()
    local view = { l = { "a", "b" } }
    assert.equal("<\nA\nB\n>\n", rendered("<\n{{#l}}\n{{.}}\n{{/l}}\n>\n", view))
    assert.equal("<\nA\nB\n>", rendered("<\n  {{#l}}  \n{{.}}\n  {{/l}}\r\n>", view))
    assert.equal("x\n", rendered("{{! what this is }}\nx\n{{! the end }}", view))
    assert.equal("a A\nB\n z", rendered("a {{#l}}{{.}}\n{{/l}} z", view))
  end)

  it("writes what is no tag as it is", function()
    assert.equal("a } }} { %0 %1\n", rendered("a } }} { %0 %1\n", {}))
    assert.equal("%1", rendered("{{{x}}}", { x = "%1" }))
    assert.equal("{{x}}", rendered("{{{x}}}", { x = "{{x}}" }))
  end)

  it("is refused with its line when it is wrong", function()
    assert.equal("mine.xml, line 2: {{#a}} is never closed", refusal("\n{{#a}}\n"))
    assert.equal("mine.xml, line 1: {{/a}} closes nothing", refusal("{{/a}}"))
    assert.equal("mine.xml, line 3: {{/b}} stands where {{/a}} is needed", refusal("{{#a}}\n\n{{/b}}"))
    assert.equal("mine.xml, line 1: {{ is not closed by }}", refusal("{{a"))
    assert.equal("mine.xml, line 1: there is no field 'c'; the fields are a, b",
      refusal("{{c.x}}", { "a", "b" }))
    for _, name in ipairs { "", "a b", "a-b", "<", ".." } do
      assert.truthy(refusal("{{" .. name .. "}}"):find("is no name of a field", 1, true))
    end
  end)

  it("makes what it is asked for, and that once", function()
    local made = 0
    local makers = { x = function(article) made = made + 1 return article.x end, y = function() end }
    local view = template.view(makers, { x = "a" }, {})
    assert.equal("AA-", rendered("{{x}}{{x}}{{y}}{{^y}}-{{/y}}", view))
    assert.equal(1, made)
  end)
end)
