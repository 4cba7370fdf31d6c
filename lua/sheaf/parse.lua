--- parse.lua: words of a command line → options and positional words.
--
-- Works from the option table alone. Options may stand anywhere; `--` ends
-- them; `-` is a word. Steps (filters, extractors) keep the order in which
-- they were given, across their different options.

local options = require "sheaf.options"
local suggest = require "sheaf.suggest"

local parse = {}

---@class sheaf.Parsed
---@field words string[] positional words
---@field steps {kind: string, spec: string}[]
---@field literal string[] words behind `--`, where a command keeps them apart

local function key_of(option)
  return (option.name:gsub("-", "_"))
end

local function checked(option, text)
  if option.type == "integer" then
    local number = math.tointeger(tonumber(text))
    if not number or number < 1 then
      return nil, ("--%s takes a whole number from 1 on, not '%s'"):format(option.name, text)
    end
    return number
  end
  if option.values then
    for _, value in ipairs(option.values) do
      if value == text then return text end
    end
    return nil, ("--%s takes %s; %s"):format(option.name, table.concat(option.values, ", "),
      suggest.unknown("value", text, option.values))
  end
  return text
end

local function store(parsed, option, value)
  local key = key_of(option)
  if option.step then
    table.insert(parsed.steps, { kind = option.step, spec = value })
  elseif option.many then
    parsed[key] = parsed[key] or {}
    table.insert(parsed[key], value)
  else
    parsed[key] = value
  end
  return true
end

-- Stores an option whose value is attached, or else is the next word.
-- Returns how many words it took beyond its own.
local function accept(parsed, option, attached, following)
  if not option.value then
    if attached then return nil, ("--%s takes no value"):format(option.name) end
    store(parsed, option, true)
    return 0
  end
  local text = attached or following
  if not text then
    return nil, ("--%s needs a value: --%s %s"):format(option.name, option.name, option.value)
  end
  local value, reason = checked(option, text)
  if value == nil then return nil, reason end
  store(parsed, option, value)
  return attached and 0 or 1
end

local function long(parsed, takes, word, following)
  local name, attached = word:match("^%-%-([^=]+)=(.*)$")
  name = name or word:sub(3)
  local option = takes.long[name]
  if option then return accept(parsed, option, attached, following) end
  return nil, suggest.unknown("option", "--" .. name, takes.spellings)
end

-- A word like -qv or -ofile: letters of flags, until one takes a value.
local function short(parsed, takes, word, following)
  for position = 2, #word do
    local letter = word:sub(position, position)
    local option = takes.short[letter]
    if not option then return nil, suggest.unknown("option", "-" .. letter, takes.spellings) end
    if option.value then
      local attached = position < #word and word:sub(position + 1) or nil
      return accept(parsed, option, attached, following)
    end
    store(parsed, option, true)
  end
  return 0
end

local function taken_by(command)
  local takes = { long = {}, short = {}, spellings = {} }
  for _, option in ipairs(options.of(command)) do
    takes.long[option.name] = option
    takes.spellings[#takes.spellings + 1] = "--" .. option.name
    if option.short then takes.short[option.short] = option end
  end
  return takes
end

local function behind(argv, first)
  return table.move(argv, first, #argv, 1, {})
end

local function enough(parsed, command)
  local count = #parsed.words + #parsed.literal
  if parsed.help then return true end
  if count < (command.least or 0) then
    return nil, ("it needs %s: sheaf %s %s"):format(count == 0 and "to be told what" or "more",
      command.name, command.usage[1])
  end
  if command.most and count > command.most then
    return nil, ("one word too many: '%s'"):format(parsed.words[command.most + 1] or parsed.literal[1])
  end
  return true
end

--- Parses the words behind the name of a command.
---@param argv string[]
---@param command sheaf.Command
---@return sheaf.Parsed?
---@return string? reason
function parse.words(argv, command)
  local parsed = { words = {}, steps = {}, literal = {} }
  local takes = taken_by(command)
  local index = 1
  while index <= #argv do
    local word, used, reason = argv[index], 0, nil
    if word == "--" then
      parsed.literal = behind(argv, index + 1)
      break
    elseif word:find("^%-%-") then
      used, reason = long(parsed, takes, word, argv[index + 1])
    elseif word:find("^%-.") then
      used, reason = short(parsed, takes, word, argv[index + 1])
    else
      table.insert(parsed.words, word)
    end
    if not used then return nil, reason end
    index = index + used + 1
  end
  if not command.literal then
    table.move(parsed.literal, 1, #parsed.literal, #parsed.words + 1, parsed.words)
    parsed.literal = {}
  end
  local fine, reason = enough(parsed, command)
  if not fine then return nil, reason end
  return parsed
end

return parse
