--- typeset.lua: an article as a person wants to read it.
--
-- Headline and standfirst, what is known about it, then the text in lines of
-- a readable length. With `why`, where each field comes from takes the place
-- of the text.

local core = require "sheaf.core"
local terminal = require "sheaf.terminal"
local width = require "sheaf.width"

local typeset = {}

local MEASURE = 76

local function measure_of(ui)
  return math.min(ui.columns, MEASURE)
end

local function put_wrapped(ui, text, style, indent)
  indent = indent or ""
  for _, line in ipairs(width.wrap(terminal.clean(text), measure_of(ui) - #indent)) do
    ui:print(indent, style and ui:paint(style, line) or line)
  end
end

local function put_entry(ui, key, value)
  if not value or value == "" then return end
  local room = math.max(ui.columns - 13, 20)
  for i, line in ipairs(width.wrap(terminal.clean(value), math.min(room, MEASURE))) do
    ui:print(ui:paint("key", width.pad(i == 1 and key or "", 11)), "  ", line)
  end
end

local function joined(separator, ...)
  local parts = {}
  for i = 1, select("#", ...) do
    local part = select(i, ...)
    if part and part ~= "" then parts[#parts + 1] = part end
  end
  return table.concat(parts, separator)
end

local function prefixed(prefix, value)
  return value and prefix .. value
end

local function people(a)
  local names = {}
  for i, author in ipairs(a.authors) do
    names[i] = author.role and ("%s (%s)"):format(author.name, author.role) or author.name
  end
  return #names > 0 and table.concat(names, ", ") or a.byline
end

local function dateline_of(a)
  return a.dateline and (a.dateline.raw or joined(", ", a.dateline.place, a.dateline.date, a.dateline.agency))
end

-- No confidence at all means that the source itself told its language.
local function language_of(a)
  if not a.language then return nil end
  local sure = a.language_confidence or 0
  if sure == 0 or sure >= 0.9 then return a.language end
  return ("%s (%d %% sure)"):format(a.language, math.floor(sure * 100 + 0.5))
end

local function put_images(ui, a)
  for _, image in ipairs(a.images) do
    put_entry(ui, "image", joined(" · ", image.caption, image.credit, image.url))
  end
end

local function put_links(ui, a)
  for _, link in ipairs(a.links) do
    put_entry(ui, "link", joined(" · ", link.text, link.url))
  end
end

local function put_relations(ui, a)
  for _, relation in ipairs(a.relations) do
    put_entry(ui, (relation.type:gsub("_", " ")), relation.id)
  end
end

local function put_attributes(ui, a)
  for plugin, data in core.sorted(a.attributes) do
    put_entry(ui, plugin, core.encode(data))
  end
end

-- A layer: its fields, and each span with the words that it covers.
local function put_layers(ui, a)
  for name, layer in core.sorted(a.layers) do
    local spans = layer.spans
    layer.spans = nil
    if next(layer) then put_entry(ui, name, core.encode(layer)) end
    for _, span in ipairs(spans or {}) do
      local about = span[3] and next(span[3]) and " " .. core.encode(span[3]) or ""
      put_entry(ui, name, ("%d-%d “%s”%s"):format(span[1], span[2], a.text:sub(span[1], span[2]), about))
    end
  end
end

local function put_about(ui, a)
  put_entry(ui, "published", joined(", ", a.published, prefixed("modified ", a.modified)))
  local credit = joined(", ", prefixed("agency ", a.provider), prefixed("through ", a.via))
  put_entry(ui, "publisher", joined(", ", a.publisher, credit))
  put_entry(ui, "by", people(a))
  put_entry(ui, "dateline", dateline_of(a))
  put_entry(ui, "section", a.section)
  put_entry(ui, "language", joined(", ", language_of(a), terminal.count(a.words, "word")))
  put_entry(ui, "keywords", table.concat(a.keywords, ", "))
  put_entry(ui, "url", a.url)
  if a.canonical_url ~= a.url then put_entry(ui, "canonical", a.canonical_url) end
  put_images(ui, a)
  put_links(ui, a)
  put_relations(ui, a)
  put_attributes(ui, a)
  put_layers(ui, a)
  put_entry(ui, "id", a.id)
end

local function put_head(ui, a)
  put_wrapped(ui, a.headline or "(no headline)", a.headline and "bold" or "dim")
  if a.alternative_headline then put_wrapped(ui, a.alternative_headline, "bold") end
  if a.description then put_wrapped(ui, a.description, "italic") end
  ui:print("")
end

local BLOCK = {
  h = { style = "bold" },
  caption = { style = "dim" },
  quote = { indent = "    " },
  list = { indent = "  " },
  dateline = {},
}

-- Tables and code keep their line breaks.
local function put_lines(ui, text)
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    ui:print(terminal.clean(line))
  end
end

local function put_text(ui, a)
  for text, kind in a:paragraphs() do
    ui:print("")
    if kind == "table" or kind == "code" then
      put_lines(ui, text)
    else
      local look = BLOCK[kind] or {}
      put_wrapped(ui, text, look.style, look.indent)
    end
  end
end

local function origin_of(p)
  local place = p.entry and ("%s!%s"):format(p.file or "", p.entry) or p.file
  local range = p.from and p.to
    and ("bytes %s to %s"):format(terminal.thousands(p.from), terminal.thousands(p.to))
  return joined(", ", place, range, prefixed("read by ", p.reader), prefixed("with ", p.tool))
end

local function value_of(a, field)
  local value = a[field]
  if value == nil then return "" end
  return type(value) == "table" and core.encode(value) or tostring(value)
end

local function longest_key(map)
  local longest = 0
  for key in pairs(map) do
    longest = math.max(longest, width.of(tostring(key)))
  end
  return longest
end

-- Three columns: the field, the beginning of its value, and its rule, which
-- goes on below itself when it is long.
local function put_rules(ui, a)
  local first = longest_key(a.why)
  local room = math.max(math.min(ui.columns, 120), 60) - first - 4
  local second, third = room // 2, room - room // 2
  for field, rule in core.sorted(a.why) do
    local known, value = pcall(value_of, a, field)
    local lines = width.wrap(terminal.clean(tostring(rule)), third)
    value = width.cut(terminal.clean(known and value or ""), second)
    ui:print(ui:paint("key", width.pad(field, first)), "  ", width.pad(value, second), "  ", lines[1] or "")
    for i = 2, #lines do
      ui:print((" "):rep(first + second + 4), lines[i])
    end
  end
end

local function put_why(ui, a)
  local origin = a.provenance
  put_entry(ui, "from", origin and origin_of(origin))
  put_entry(ui, "record", origin and origin.record)
  put_entry(ui, "digest", origin and origin.digest)
  put_entry(ui, "sha256", origin and origin.sha256)
  put_entry(ui, "id", a.id)
  ui:print("")
  if not next(a.why) then return ui:print("no rules were recorded for this article") end
  put_rules(ui, a)
end

--- Writes an article to the terminal's standard output.
---@param ui sheaf.Terminal
---@param a userdata
---@param why boolean?
function typeset.article(ui, a, why)
  put_head(ui, a)
  if why then return put_why(ui, a) end
  put_about(ui, a)
  put_text(ui, a)
end

return typeset
