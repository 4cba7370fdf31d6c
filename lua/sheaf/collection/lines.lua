--- lines.lua: on which line of a recipe a key stands.
--
-- Lua tells the line of what fails while it runs. What is wrong with the table that a
-- recipe gives is found later, when no line is known any more: so its source is read
-- once more here, just well enough to follow the table behind the last `return`.

local lines = {}

local SEPARATOR = "\0"

-- Where a comment, a text or a number ends that begins at a position; and its kind.
local function long_bracket(source, at)
  local equals = source:match("^%[(=*)%[", at)
  if not equals then return nil end
  local _, stop = source:find("]" .. equals .. "]", at + #equals + 2, true)
  return stop or #source
end

local function quoted(source, at)
  local quote, position = source:sub(at, at), at + 1
  while position <= #source do
    local char = source:sub(position, position)
    if char == "\\" then
      position = position + 1
    elseif char == quote then
      return position
    end
    position = position + 1
  end
  return #source
end

local function plain_text(piece)
  local chunk = load("return " .. piece, "=text", "t", {})
  local fine, value = pcall(chunk or error)
  return fine and value or piece
end

-- The piece that begins at a position: its kind, its last byte, and what it means.
local function piece_at(source, at)
  local two = source:sub(at, at + 1)
  if two == "--" then
    return "comment", long_bracket(source, at + 2) or (source:find("\n", at, true) or #source + 1) - 1
  end
  local long = long_bracket(source, at)
  if long then return "text", long, plain_text(source:sub(at, long)) end
  if source:find("^[\"']", at) then
    local stop = quoted(source, at)
    return "text", stop, plain_text(source:sub(at, stop))
  end
  local word = source:match("^[%a_][%w_]*", at)
  if word then return "name", at + #word - 1, word end
  local number = source:match("^%.?%d[%w.]*", at)
  if number then return "number", at + #number - 1, math.tointeger(tonumber(number)) or number end
  if two:find("^[=~<>]=$") then return "mark", at + 1, two end
  return "mark", at, two:sub(1, 1)
end

-- All tokens but comments and blanks: { kind, value, line }.
local function tokens_of(source)
  local tokens, line, at = {}, 1, 1
  local function count(from, to)
    for _ in source:sub(from, to):gmatch("\n") do line = line + 1 end
  end
  while true do
    local start = source:find("%S", at)
    if not start then return tokens end
    count(at, start - 1)
    local kind, stop, value = piece_at(source, start)
    if kind ~= "comment" then tokens[#tokens + 1] = { kind = kind, value = value, line = line } end
    count(start, stop)
    at = stop + 1
  end
end

local function is(token, kind, value)
  return token ~= nil and token.kind == kind and (value == nil or token.value == value)
end

local DEEPER = { ["{"] = 1, ["("] = 1, ["["] = 1, ["}"] = -1, [")"] = -1, ["]"] = -1,
  ["function"] = 1, ["if"] = 1, ["do"] = 1, ["repeat"] = 1, ["end"] = -1, ["until"] = -1 }

local function step_of(token)
  return (token.kind == "mark" or token.kind == "name") and DEEPER[token.value] or 0
end

-- The token behind an expression: a separator or a bracket that closes.
local function skip_value(tokens, at)
  local depth = 0
  while tokens[at] do
    local token = tokens[at]
    if depth == 0 and token.kind == "mark" and token.value:find("^[,;}]$") then return at end
    depth = depth + step_of(token)
    at = at + 1
  end
  return at
end

-- The key of an entry of a table, and where its value begins.
local function key_at(tokens, at, count)
  if is(tokens[at], "name") and is(tokens[at + 1], "mark", "=") then
    return tokens[at].value, at + 2, count
  end
  if is(tokens[at], "mark", "[") and is(tokens[at + 2], "mark", "]") and is(tokens[at + 3], "mark", "=") then
    return tokens[at + 1].value, at + 4, count
  end
  return count + 1, at, count + 1
end

local function read_table(tokens, at, prefix, found)
  local count = 0
  at = at + 1
  while tokens[at] and not is(tokens[at], "mark", "}") do
    local line = tokens[at].line
    local key, value
    key, value, count = key_at(tokens, at, count)
    local path = prefix .. SEPARATOR .. tostring(key)
    found[path] = found[path] or line
    if is(tokens[value], "mark", "{") then
      value = read_table(tokens, value, path, found)
    end
    at = skip_value(tokens, value)
    if is(tokens[at], "mark", ",") or is(tokens[at], "mark", ";") then at = at + 1 end
  end
  return at + 1
end

--- Reads a recipe's source.
---@param source string
---@return fun(path: (string|integer)[]): integer? line of a key, or of the nearest one above it
function lines.of(source)
  local tokens, found, depth = tokens_of(source), {}, 0
  for at, token in ipairs(tokens) do
    if depth == 0 and is(token, "name", "return") then
      found[""] = token.line
      if is(tokens[at + 1], "mark", "{") then read_table(tokens, at + 1, "", found) end
      break
    end
    depth = depth + step_of(token)
  end
  return function(path)
    for last = #path, 0, -1 do
      local parts = {}
      for i = 1, last do parts[i] = SEPARATOR .. tostring(path[i]) end
      local line = found[table.concat(parts)]
      if line then return line end
    end
  end
end

return lines
