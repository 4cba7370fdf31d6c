--- column_test.lua: --where expressions that the columns of a catalog can answer.
--
-- A field compared with a constant, and `and`, `or`, `not` and parentheses
-- around such comparisons, become a list of steps in postfix order, which the
-- core runs over whole columns. Anything else gives nil, and is tested row by
-- row in Lua with the same results; so in doubt the answer here is nil.

local column_test = {}

local KINDS = { words = "number", bytes = "number", published = "date", language = "text", site = "text",
  publisher = "text" }
local FLIPPED = { ["<"] = ">", ["<="] = ">=", [">"] = "<", [">="] = "<=", ["=="] = "==", ["~="] = "~=" }
local MOST_STEPS, DEEPEST = 256, 14 -- no more than the core has room for

-- What a piece of source looks like, in the order in which it is tried.
local SHAPES = {
  { "name", "^[%a_][%w_]*" }, { "number", "^0[xX]%x+" }, { "number", "^%d+%.?%d*[eE][+-]?%d+" },
  { "number", "^%d+%.%d*" }, { "number", "^%d+" }, { "string", "^\"[^\"\\\n]*\"" },
  { "string", "^'[^'\\\n]*'" }, { "relation", "^[<>=~]=" }, { "relation", "^[<>]" }, { "mark", "^[().]" },
}

-- Pieces {kind=, text=}; nil when something in it is of no shape.
local function pieces_of(code)
  local pieces, at = {}, code:find("%S")
  while at do
    local kind, text
    for _, shape in ipairs(SHAPES) do
      text = code:match(shape[2], at)
      kind = text and shape[1]
      if kind then break end
    end
    if not kind then return nil end
    pieces[#pieces + 1] = { kind = kind, text = text }
    at = at + #text
    if kind == "number" and code:find("^[%w_.]", at) then return nil end
    at = code:find("%S", at)
  end
  return pieces
end

---@class sheaf.ColumnParser
---@field pieces table[]
---@field at integer
---@field steps table[]
---@field depth integer
local Parser = {}
Parser.__index = Parser

function Parser:peek(text)
  local piece = self.pieces[self.at]
  return piece and piece.kind ~= "string" and piece.text == text
end

function Parser:accept(text)
  if not self:peek(text) then return false end
  self.at = self.at + 1
  return true
end

function Parser:take(kind)
  local piece = self.pieces[self.at]
  if not piece or piece.kind ~= kind then return nil end
  self.at = self.at + 1
  return piece.text
end

function Parser:put(step)
  self.steps[#self.steps + 1] = step
  return true
end

local function is_date(text)
  local year, rest = text:match("^(%d%d%d%d)(.*)$")
  if not year or year == "0000" then return false end
  if rest == "" then return true end
  local month, day = rest:match("^%-(%d%d)$"), nil
  if not month then month, day = rest:match("^%-(%d%d)%-(%d%d)$") end
  if not month or month < "01" or month > "12" then return false end
  return not day or (day >= "01" and day <= "31")
end

-- A field of the catalog: its name.
function Parser:field()
  local from = self.at
  if self:accept("a") and self:accept(".") then
    local name = self:take("name")
    if name and KINDS[name] then return name end
  end
  self.at = from
  return nil
end

-- A constant as {value=}; nil, when none is here.
function Parser:constant()
  if self:accept("nil") then return {} end
  local text = self:take("string")
  if text then return { value = text:sub(2, -2) } end
  text = self:take("number")
  return text and { value = math.tointeger(tonumber(text)) or false }
end

-- Does a constant fit a field, so that comparing the two is no error in Lua
-- and means here what it means there?
local function fits(name, value)
  if KINDS[name] == "number" then return math.type(value) == "integer" and value >= 0 end
  if type(value) ~= "string" or value == "" then return false end
  return KINDS[name] == "text" or is_date(value)
end

function Parser:compare(name, relation, constant)
  if constant.value == nil then
    self:put { name }
    if relation == "==" then return self:put("not") end
    return relation == "~="
  end
  return fits(name, constant.value) and self:put { name, relation, constant.value }
end

-- field, field relation constant, or constant relation field
function Parser:comparison()
  local name = self:field()
  if name then
    local relation = self:take("relation")
    if not relation then return self:put { name } end
    local constant = self:constant()
    return constant and self:compare(name, relation, constant)
  end
  local constant = self:constant()
  local relation = constant and self:take("relation")
  name = relation and self:field()
  return name and self:compare(name, FLIPPED[relation], constant)
end

-- not binds tighter than a relation: what it denies is a field or a parenthesis.
function Parser:item()
  if not self:accept("not") then
    if not self:accept("(") then return self:comparison() end
    self.depth = self.depth + 1
    local fine = self.depth <= DEEPEST and self:any() and self:accept(")")
    self.depth = self.depth - 1
    return fine
  end
  local name = self:field()
  local fine = name and self:put { name } or not name and (self:peek("not") or self:peek("(")) and self:item()
  return fine and self:put("not")
end

function Parser:chain(word, part)
  if not part(self) then return false end
  while self:accept(word) do
    if not part(self) then return false end
    self:put(word)
  end
  return true
end

function Parser:all() return self:chain("and", Parser.item) end
function Parser:any() return self:chain("or", Parser.all) end

--- The steps of an expression, or nil when it is not as simple as that.
---@param code string
---@return table? steps
function column_test.compile(code)
  local pieces = pieces_of(code)
  if not pieces then return nil end
  local parser = setmetatable({ pieces = pieces, at = 1, steps = {}, depth = 0 }, Parser)
  if not parser:any() or parser.at <= #pieces or #parser.steps > MOST_STEPS then return nil end
  return parser.steps
end

return column_test
