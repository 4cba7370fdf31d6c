--- text.lua: help on a terminal. Examples come first.

local fields = require "sheaf.fields"
local options = require "sheaf.options"
local width = require "sheaf.width"

local text = {}

local WIDEST = 96

local function room(ui, indent)
  return math.min(ui.columns, WIDEST) - indent
end

local TEXT_FIELDS = "id, url, canonical_url, headline, alternative_headline, description, byline, publisher, "
  .. "provider, via, published, modified, retrieved, language, section, text, site"

--- Puts the lists of fields where a topic names them.
---@param paragraph string
---@return string
function text.fill(paragraph)
  return (paragraph:gsub("CATALOG", table.concat(fields.catalog, ", ")):gsub("TEXTFIELDS", TEXT_FIELDS))
end

local function put_paragraph(ui, paragraph)
  if paragraph:find("^  ") then return ui:print(paragraph) end
  for _, line in ipairs(width.wrap(paragraph, room(ui, 0))) do
    ui:print(line)
  end
end

-- Text paragraphs are parted by a blank line, lines of code stand together.
local function put_paragraphs(ui, paragraphs)
  for i, paragraph in ipairs(paragraphs) do
    local code_follows_code = i > 1 and paragraph:find("^  ") and paragraphs[i - 1]:find("^  ")
    if i > 1 and not code_follows_code then ui:print("") end
    put_paragraph(ui, text.fill(paragraph))
  end
end

local function heading(ui, title)
  ui:print("")
  ui:print(ui:paint("heading", title))
end

local function put_beside(ui, left, right, column)
  local lines = width.wrap(right, room(ui, column + 2))
  if width.of(left) > column - 2 then
    ui:print("  ", left)
  else
    ui:print("  ", width.pad(left, column), table.remove(lines, 1) or "")
  end
  for _, line in ipairs(lines) do
    ui:print((" "):rep(column + 2), line)
  end
end

--- Writes examples: the command line, and what it does below or beside it.
---@param ui sheaf.Terminal
---@param examples string[][]
function text.examples(ui, examples)
  ui:print(ui:paint("heading", "Examples"))
  for _, example in ipairs(examples) do
    ui:print("  ", ui:paint("key", example[1]))
    ui:print(example[2] ~= "" and "      " or "", example[2])
  end
end

--- "-o, --output FILE"
---@param option sheaf.Option
---@return string
function text.spelling(option)
  local short = option.short and ("-%s, "):format(option.short) or "    "
  return short .. "--" .. option.name .. (option.value and " " .. option.value or "")
end

local function put_options(ui, command)
  heading(ui, "Options")
  for _, option in ipairs(options.of(command)) do
    put_beside(ui, text.spelling(option), option.help, 24)
  end
end

--- Help on one command.
---@param ui sheaf.Terminal
---@param command sheaf.Command
function text.command(ui, command)
  ui:print(ui:paint("heading", "sheaf " .. command.name), " - ", command.about)
  ui:print("")
  text.examples(ui, command.examples)
  heading(ui, "Usage")
  for _, usage in ipairs(command.usage) do
    ui:print("  ", (("sheaf %s %s"):format(command.name, usage):gsub(" +$", "")))
  end
  if command.detail then
    ui:print("")
    put_paragraphs(ui, command.detail)
  end
  put_options(ui, command)
end

--- Help on a topic.
---@param ui sheaf.Terminal
---@param topic table
function text.topic(ui, topic)
  ui:print(ui:paint("heading", topic.title))
  ui:print("")
  put_paragraphs(ui, topic.text)
end

--- What sheaf is, and what it can do.
---@param ui sheaf.Terminal
function text.overview(ui)
  ui:print(ui:paint("heading", "sheaf"), " - ", options.about)
  ui:print("")
  text.examples(ui, options.tour)
  heading(ui, "Commands")
  for _, command in ipairs(options.commands) do
    put_beside(ui, command.name, command.about, 10)
  end
  heading(ui, "More")
  put_beside(ui, "sheaf help COMMAND", "examples and options of a command", 22)
  for _, topic in ipairs(options.topics) do
    put_beside(ui, "sheaf help " .. topic.name, topic.title, 22)
  end
end

return text
