--- markdown.lua: docs/cli.md, from the tables of options.lua.

local options = require "sheaf.options"
local text = require "sheaf.help.text"

local markdown = {}

local function put(lines, format, ...)
  lines[#lines + 1] = format:format(...)
end

local function put_examples(lines, examples)
  put(lines, "```sh")
  for _, example in ipairs(examples) do
    put(lines, "# %s", example[2])
    put(lines, "%s", example[1])
  end
  put(lines, "```\n")
end

-- Placeholders in capitals stay; what Markdown would read as markup is escaped.
local function escaped(paragraph)
  return (paragraph:gsub("[*_<>|]", "\\%0"))
end

local function put_paragraphs(lines, paragraphs)
  local in_code = false
  for _, paragraph in ipairs(paragraphs) do
    local is_code = paragraph:find("^  ") ~= nil
    if is_code ~= in_code then put(lines, is_code and "```" or "```\n") end
    in_code = is_code
    put(lines, is_code and "%s" or "%s\n", is_code and paragraph:sub(3) or escaped(text.fill(paragraph)))
  end
  if in_code then put(lines, "```\n") end
end

local function put_options(lines, command)
  if #command.options == 0 then return end
  put(lines, "| option | |\n|---|---|")
  for _, name in ipairs(command.options) do
    local option = options.by_name[name]
    local spelling = text.spelling(option):gsub("^ +", "")
    put(lines, "| `%s` | %s |", spelling, escaped(option.help))
  end
  put(lines, "")
end

local function put_command(lines, command)
  put(lines, "## sheaf %s\n\n%s\n", command.name, command.about)
  put_examples(lines, command.examples)
  put(lines, "```")
  for _, usage in ipairs(command.usage) do
    put(lines, "%s", (("sheaf %s %s"):format(command.name, usage):gsub(" +$", "")))
  end
  put(lines, "```\n")
  put_paragraphs(lines, command.detail or {})
  put_options(lines, command)
end

local function put_everywhere(lines)
  put(lines, "## Options of every command\n\n| option | |\n|---|---|")
  for _, name in ipairs(options.everywhere) do
    local option = options.by_name[name]
    put(lines, "| `%s` | %s |", (text.spelling(option):gsub("^ +", "")), escaped(option.help))
  end
  put(lines, "")
end

--- The whole manual.
---@return string
function markdown.manual()
  local lines = { "# The command line\n", "This page is made by `sheaf help --markdown`.\n" }
  put_examples(lines, options.tour)
  for _, command in ipairs(options.commands) do
    put_command(lines, command)
  end
  put_everywhere(lines)
  for _, topic in ipairs(options.topics) do
    put(lines, "## %s\n", topic.title)
    put_paragraphs(lines, topic.text)
  end
  return (table.concat(lines, "\n"):gsub("\n\n\n+", "\n\n"):gsub("\n*$", "\n"))
end

return markdown
