--- completion.lua: what shells offer, from the tables of options.lua.
--
-- Names of plugins change, so the scripts ask `sheaf plugin list KIND`, which
-- in a pipe gives one plugin a line with its name first.

local fields = require "sheaf.fields"
local options = require "sheaf.options"

local completion = {}

local PLUGINS = { filter = true, extractor = true, exporter = true }

local function words(list)
  return table.concat(list, " ")
end

local function signed_fields()
  local list = {}
  for _, name in ipairs(fields.catalog) do
    list[#list + 1] = name
    list[#list + 1] = "-" .. name
  end
  return words(list)
end

-- The words that an option's value may be, or nil for files and free text.
local function fixed_words(option)
  if option.values then return words(option.values) end
  return option.complete == "field" and signed_fields() or nil
end

local function flags_of(command)
  local list = {}
  for _, option in ipairs(options.of(command)) do
    list[#list + 1] = "--" .. option.name
    if option.short then list[#list + 1] = "-" .. option.short end
  end
  return words(list)
end

local function bash_value(option)
  local spellings = "--" .. option.name .. (option.short and "|-" .. option.short or "")
  local action
  if PLUGINS[option.complete] then
    action = ('_sheaf_plugins %s; return'):format(option.complete)
  elseif fixed_words(option) then
    action = ('COMPREPLY=($(compgen -W "%s" -- "$word")); return'):format(fixed_words(option))
  elseif option.complete == "none" then
    action = "return"
  else
    action = 'COMPREPLY=($(compgen -f -- "$word")); return'
  end
  return ("    %s) %s ;;"):format(spellings, action)
end

-- -e means an expression with run and code with lua: either way free text.
local function valued()
  local list, seen = {}, {}
  for _, option in ipairs(options.list) do
    if option.value then
      local copy = { name = option.name, values = option.values, complete = option.complete }
      if option.short and not seen[option.short] then copy.short, seen[option.short] = option.short, true end
      list[#list + 1] = copy
    end
  end
  return list
end

local function helpable()
  local list = options.names(options.commands)
  for _, topic in ipairs(options.topics) do
    list[#list + 1] = topic.name
  end
  return words(list)
end

--- For bash.
---@return string
function completion.bash()
  local lines = {
    "# bash completion for sheaf, made by: sheaf help --completion bash",
    "_sheaf_plugins() {",
    '  COMPREPLY=($(compgen -W "$(sheaf plugin list $1 2>/dev/null | cut -f1)" -- "$word"))',
    "}",
    "_sheaf() {",
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"',
    '  local command="${COMP_WORDS[1]}"',
    "  COMPREPLY=()",
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    ('    COMPREPLY=($(compgen -W "%s" -- "$word")); return'):format(words(options.names(options.commands))),
    "  fi",
    '  case "$before" in',
  }
  for _, option in ipairs(valued()) do
    lines[#lines + 1] = bash_value(option)
  end
  lines[#lines + 1] = "  esac"
  lines[#lines + 1] = '  case "$command:$word" in'
  for _, command in ipairs(options.commands) do
    lines[#lines + 1] = ('    %s:-*) COMPREPLY=($(compgen -W "%s" -- "$word")); return ;;'):format(
      command.name, flags_of(command))
  end
  table.move({
    ('    help:*) COMPREPLY=($(compgen -W "%s" -- "$word")); return ;;'):format(helpable()),
    ('    plugin:*) [ "$COMP_CWORD" -eq 2 ] && COMPREPLY=($(compgen -W "%s" -- "$word")) && return'):format(
      words(options.command.plugin.verbs)),
    "      _sheaf_plugins; return ;;",
    '    export:*) [ "$COMP_CWORD" -eq 2 ] && { _sheaf_plugins exporter; return; } ;;',
    "  esac",
    '  COMPREPLY=($(compgen -f -- "$word"))',
    "}",
    "complete -o filenames -F _sheaf sheaf",
  }, 1, 8, #lines + 1, lines)
  return table.concat(lines, "\n") .. "\n"
end

local function zsh_quoted(text)
  return (text:gsub("'", "'\\''"):gsub("[%[%]:]", "\\%0"))
end

local function zsh_action(option)
  if PLUGINS[option.complete] then return ("{_sheaf_plugins %s}"):format(option.complete) end
  local fixed = fixed_words(option)
  if fixed then return ("(%s)"):format(fixed) end
  return option.complete == "none" and " " or "_files"
end

local function zsh_option(option)
  local value = option.value and (":%s:%s"):format(option.value:lower(), zsh_action(option)) or ""
  local repeated = option.many and "*" or ""
  local list = { ("'%s--%s[%s]%s'"):format(repeated, option.name, zsh_quoted(option.help), value) }
  if option.short then
    list[2] = ("'%s-%s[%s]%s'"):format(repeated, option.short, zsh_quoted(option.help), value)
  end
  return words(list)
end

local ZSH_WORDS = {
  help = function() return ("'1:what:(%s)'"):format(helpable()) end,
  plugin = function()
    return ("'1:what:(%s)' '*:plugin:_sheaf_plugins'"):format(words(options.command.plugin.verbs))
  end,
  export = function() return "'1:exporter:{_sheaf_plugins exporter}' '*:file:_files'" end,
}

--- For zsh.
---@return string
function completion.zsh()
  local lines = {
    "#compdef sheaf",
    "# zsh completion for sheaf, made by: sheaf help --completion zsh",
    "_sheaf_plugins() {",
    "  local -a names",
    "  names=(${(f)\"$(sheaf plugin list $1 2>/dev/null | cut -f1)\"})",
    "  compadd -S '' -- $names",
    "}",
    "_sheaf() {",
    "  if (( CURRENT == 2 )); then",
    "    local -a commands",
    "    commands=(",
  }
  for _, command in ipairs(options.commands) do
    lines[#lines + 1] = ("      '%s:%s'"):format(command.name, zsh_quoted(command.about))
  end
  table.move({ "    )", "    _describe command commands", "    return", "  fi", "  local command=$words[2]",
    "  shift words", "  (( CURRENT-- ))", "  case $command in" }, 1, 8, #lines + 1, lines)
  for _, command in ipairs(options.commands) do
    local parts = {}
    for _, option in ipairs(options.of(command)) do
      parts[#parts + 1] = zsh_option(option)
    end
    parts[#parts + 1] = ZSH_WORDS[command.name] and ZSH_WORDS[command.name]() or "'*:file:_files'"
    local arguments = table.concat(parts, " \\\n      ")
    lines[#lines + 1] = ("    %s) _arguments -s %s ;;"):format(command.name, arguments)
  end
  table.move({ "  esac", "}", '_sheaf "$@"' }, 1, 3, #lines + 1, lines)
  return table.concat(lines, "\n") .. "\n"
end

local function fish_quoted(text)
  return (text:gsub("\\", "\\\\"):gsub("'", "\\'"))
end

local function fish_value(option)
  if not option.value then return "" end
  if PLUGINS[option.complete] then
    return (" -x -a '(sheaf plugin list %s 2>/dev/null | cut -f1)'"):format(option.complete)
  end
  local fixed = fixed_words(option)
  if fixed then return (" -x -a '%s'"):format(fixed) end
  return option.complete == "none" and " -x" or " -r -F"
end

local function fish_option(command, option)
  local short = option.short and " -s " .. option.short or ""
  return ("complete -c sheaf -n '__fish_seen_subcommand_from %s' -l %s%s%s -d '%s'"):format(command.name,
    option.name, short, fish_value(option), fish_quoted(option.help))
end

--- For fish.
---@return string
function completion.fish()
  local lines = { "# fish completion for sheaf, made by: sheaf help --completion fish" }
  for _, command in ipairs(options.commands) do
    lines[#lines + 1] = ("complete -c sheaf -n __fish_use_subcommand -f -a %s -d '%s'"):format(command.name,
      fish_quoted(command.about))
    for _, option in ipairs(options.of(command)) do
      lines[#lines + 1] = fish_option(command, option)
    end
  end
  local fixed = "complete -c sheaf -n '__fish_seen_subcommand_from %s' -f -a '%s'"
  lines[#lines + 1] = fixed:format("help", helpable())
  lines[#lines + 1] = fixed:format("plugin", words(options.command.plugin.verbs))
  lines[#lines + 1] = fixed:format("export", "(sheaf plugin list exporter 2>/dev/null | cut -f1)")
  return table.concat(lines, "\n") .. "\n"
end

return completion
