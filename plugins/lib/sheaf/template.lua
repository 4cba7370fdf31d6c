-- template.lua - small templates without logic, for those who want an article written another way.
--
--   {{headline}}                     the value, escaped for the format
--   {{{body}}}                       the value as it is
--   {{#authors}}{{name}}{{/authors}} for each item of a list; once for a value that is there
--   {{^authors}}nobody{{/authors}}   when there is none
--   {{.}}  the item itself     {{dateline.place}}  a part     {{! a remark }}
--
-- A name is looked for in the innermost section first. A line with nothing on it but the tag of a section or
-- a remark leaves no line. What is wrong in a template is told when it is compiled, with its line; so is a
-- name that no article has.

local template = {}

---@class template.Options
---@field name string? for messages
---@field escape (fun(text: string): string)?
---@field fields string[]? the names that a template may use

local Template = {}
Template.__index = Template

-- ---- reading --------------------------------------------------------------------------------------------

local function line_at(source, position)
  local _, breaks = source:sub(1, position - 1):gsub("\n", "")
  return breaks + 1
end

local function wrong(reader, position, format, ...)
  error(("%s, line %d: %s"):format(reader.name, line_at(reader.source, position), format:format(...)), 0)
end

-- The tag at a position: its sign ("" for a value), what it names, and where it ends.
local function tag_at(reader, at)
  local source = reader.source
  if source:sub(at, at + 2) == "{{{" then
    local close = source:find("}}}", at, true) or wrong(reader, at, "{{{ is not closed by }}}")
    return "{", source:sub(at + 3, close - 1), close + 2
  end
  local close = source:find("}}", at, true) or wrong(reader, at, "{{ is not closed by }}")
  local sign, name = source:sub(at + 2, close - 1):match("^([#^/!]?)(.*)$")
  return sign, name, close + 1
end

local function path_of(reader, name, at)
  name = name:match("^%s*(.-)%s*$")
  if name == "." then return { "." } end
  local path = {}
  for part in name:gmatch("[^.]+") do path[#path + 1] = part end
  if #path == 0 or name:find("[^%w_.]") then wrong(reader, at, "'%s' is no name of a field", name) end
  if reader.known and not reader.known[path[1]] then
    wrong(reader, at, "there is no field '%s'; the fields are %s", path[1], table.concat(reader.fields, ", "))
  end
  return path, name
end

-- The blanks before and behind a tag that stands alone on its line: from, to; or nil.
local function alone(source, at, last)
  local before = source:sub(1, at - 1):match("()[ \t]*$")
  if before > 1 and source:sub(before - 1, before - 1) ~= "\n" then return nil end
  local behind = source:match("^[ \t]*\r?\n()", last + 1)
  if behind then return before, behind - 1 end
  return source:find("^[ \t]*$", last + 1) and before, #source
end

local function open_section(reader, sign, name, at)
  local path, whole = path_of(reader, name, at)
  local node = { sign = sign, path = path, name = whole or ".", at = at }
  table.insert(reader.open[#reader.open], node)
  reader.open[#reader.open + 1] = node
end

local function close_section(reader, name, at)
  name = name:match("^%s*(.-)%s*$")
  local node = reader.open[#reader.open]
  if not node.sign then wrong(reader, at, "{{/%s}} closes nothing", name) end
  if node.name ~= name then wrong(reader, at, "{{/%s}} stands where {{/%s}} is needed", name, node.name) end
  reader.open[#reader.open] = nil
end

local function take(reader, sign, name, at)
  if sign == "#" or sign == "^" then
    open_section(reader, sign, name, at)
  elseif sign == "/" then
    close_section(reader, name, at)
  elseif sign ~= "!" then
    table.insert(reader.open[#reader.open], { sign = sign, path = path_of(reader, name, at) })
  end
end

local function read(reader)
  local source, position = reader.source, 1
  while true do
    local at = source:find("{{", position, true)
    if not at then break end
    local sign, name, last = tag_at(reader, at)
    local from, to = at, last
    if sign ~= "" and sign ~= "{" then
      local begins, ends = alone(source, at, last)
      if begins then from, to = math.max(begins, position), ends end
    end
    if from > position then table.insert(reader.open[#reader.open], source:sub(position, from - 1)) end
    take(reader, sign, name, at)
    position = to + 1
  end
  local node = reader.open[#reader.open]
  if node.sign then wrong(reader, node.at, "{{%s%s}} is never closed", node.sign, node.name) end
  table.insert(node, source:sub(position))
  return node
end

--- A template from its text. Mistakes raise, with the line.
---@param source string
---@param options template.Options?
---@return table template with render(self, view)
function template.compile(source, options)
  options = options or {}
  local known
  if options.fields then
    known = {}
    for _, name in ipairs(options.fields) do known[name] = true end
  end
  local reader = { source = source, name = options.name or "template", known = known,
    fields = options.fields, open = { {} } }
  return setmetatable({ nodes = read(reader), escape = options.escape or tostring }, Template)
end

--- What a template sees of an article: names of `makers`, each made when it is first asked for.
---@param makers table<string, fun(article: table, opt: table): any>
---@param article table
---@param opt table
---@return table
function template.view(makers, article, opt)
  return setmetatable({}, { __index = function(view, name)
    local make = makers[name]
    local value = make and make(article, opt) or false
    rawset(view, name, value)
    return value
  end })
end

-- ---- writing --------------------------------------------------------------------------------------------

local function found(stack, path)
  if path[1] == "." then return stack[#stack] end
  local value
  for level = #stack, 1, -1 do
    local context = stack[level]
    if type(context) == "table" then value = context[path[1]] end
    if value ~= nil then break end
  end
  for part = 2, #path do
    value = type(value) == "table" and value[path[part]] or nil
  end
  return value
end

local function is_empty(value)
  return not value or value == "" or type(value) == "table" and next(value) == nil
end

local put

local function put_with(self, node, stack, out, context)
  stack[#stack + 1] = context
  put(self, node, stack, out)
  stack[#stack] = nil
end

local function put_section(self, node, stack, out)
  local value = found(stack, node.path)
  local empty = is_empty(value)
  if node.sign == "^" then
    if empty then put(self, node, stack, out) end
  elseif empty then
    return
  elseif type(value) == "table" and value[1] ~= nil then
    for _, item in ipairs(value) do put_with(self, node, stack, out, item) end
  else
    put_with(self, node, stack, out, value)
  end
end

local function put_value(self, node, stack, out)
  local value = found(stack, node.path)
  if is_empty(value) or type(value) == "table" then return end
  value = tostring(value)
  out[#out + 1] = node.sign == "{" and value or self.escape(value)
end

function put(self, nodes, stack, out)
  for _, node in ipairs(nodes) do
    if type(node) == "string" then
      out[#out + 1] = node
    elseif node.sign == "#" or node.sign == "^" then
      put_section(self, node, stack, out)
    else
      put_value(self, node, stack, out)
    end
  end
end

--- The text for a view: a table of names and values.
---@param view table
---@return string
function Template:render(view)
  local out = {}
  put(self, self.nodes, { view }, out)
  return table.concat(out)
end

return template
