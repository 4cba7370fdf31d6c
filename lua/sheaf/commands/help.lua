--- help.lua: explains commands, topics and plugins; makes the manuals.

local failure = require "sheaf.failure"
local options = require "sheaf.options"
local suggest = require "sheaf.suggest"

local help = {}

local function put_page(ui, page)
  ui:out():write(page)
  return 0
end

local function all_names()
  local names = options.names(options.commands)
  for _, more in ipairs { options.names(options.topics), require("sheaf.places").names() } do
    table.move(more, 1, #more, #names + 1, names)
  end
  return names
end

local function explain(word, ui)
  if options.command[word] then return require("sheaf.help.text").command(ui, options.command[word]) end
  if options.topic[word] then return require("sheaf.help.text").topic(ui, options.topic[word]) end
  if #require("sheaf.places").find(word) == 0 then
    local message = suggest.unknown("command, topic or plugin", word, all_names())
    failure.raise(message, "sheaf help lists the commands")
  end
  require("sheaf.commands.plugin").run({ words = { "help", word } }, ui)
end

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function help.run(given, ui)
  if given.man then return put_page(ui, require("sheaf.help.man").page()) end
  if given.markdown then return put_page(ui, require("sheaf.help.markdown").manual()) end
  if given.completion then return put_page(ui, require("sheaf.help.completion")[given.completion]()) end
  local word = given.words[1]
  if word then
    explain(word, ui)
  else
    require("sheaf.help.text").overview(ui)
  end
  return 0
end

return help
