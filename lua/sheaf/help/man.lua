--- man.lua: the man page sheaf.1, from the tables of options.lua.

local core = require "sheaf.core"
local options = require "sheaf.options"
local text = require "sheaf.help.text"

local man = {}

local function escaped(line)
  line = line:gsub("\\", "\\e"):gsub("%-", "\\-")
  return (line:gsub("^([.'])", "\\&%1"))
end

local function put(lines, format, ...)
  lines[#lines + 1] = format:format(...)
end

local function put_code(lines, code)
  put(lines, ".nf")
  for _, line in ipairs(code) do
    put(lines, "%s", escaped(line))
  end
  put(lines, ".fi")
end

local function put_paragraphs(lines, paragraphs)
  for _, paragraph in ipairs(paragraphs) do
    if paragraph:find("^  ") then
      put_code(lines, { paragraph })
    else
      put(lines, ".PP")
      put(lines, "%s", escaped(text.fill(paragraph)))
    end
  end
end

local function put_examples(lines, examples)
  for _, example in ipairs(examples) do
    put(lines, ".TP")
    put(lines, ".B %s", escaped(example[1]))
    put(lines, "%s", escaped(example[2]))
  end
end

local function put_command(lines, command)
  put(lines, ".SS sheaf %s", command.name)
  put(lines, "%s", escaped(command.about))
  for _, usage in ipairs(command.usage) do
    put(lines, ".PP")
    put(lines, ".B sheaf %s", escaped((command.name .. " " .. usage):gsub(" +$", "") .. ""))
  end
  put_paragraphs(lines, command.detail or {})
  local names = {}
  for _, name in ipairs(command.options) do
    names[#names + 1] = "--" .. name
  end
  if #names > 0 then
    put(lines, ".PP")
    put(lines, "Options: %s.", escaped(table.concat(names, ", ")))
  end
  put_examples(lines, command.examples)
end

local function put_options(lines)
  put(lines, ".SH OPTIONS")
  put(lines, "An option means the same with every command that takes it.")
  for _, option in ipairs(options.list) do
    put(lines, ".TP")
    put(lines, ".B %s", escaped((text.spelling(option):gsub("^ +", ""))))
    put(lines, "%s", escaped(option.help .. "."))
  end
end

local function put_topics(lines)
  for _, topic in ipairs(options.topics) do
    put(lines, ".SH %s", escaped(topic.title:upper()))
    put_paragraphs(lines, topic.text)
  end
end

local function put_environment(lines)
  put(lines, ".SH ENVIRONMENT")
  for _, item in ipairs(options.environment) do
    put(lines, ".TP")
    put(lines, ".B %s", item[1])
    put(lines, "%s", escaped(item[2] .. "."))
  end
end

--- The whole page.
---@return string
function man.page()
  local lines = { ('.TH SHEAF 1 "" "sheaf %s" "User commands"'):format(core.version), ".SH NAME",
    "sheaf \\- " .. options.about, ".SH SYNOPSIS",
    ".B sheaf", ".I COMMAND", "[options] [words]", ".SH EXAMPLES" }
  put_examples(lines, options.tour)
  put(lines, ".SH COMMANDS")
  for _, command in ipairs(options.commands) do
    put_command(lines, command)
  end
  put_options(lines)
  put_topics(lines)
  put_environment(lines)
  return table.concat(lines, "\n") .. "\n"
end

return man
