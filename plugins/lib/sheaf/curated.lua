-- curated.lua - what an exporter knows of the whole: the collection that it is given, or the little that
-- its own arguments say.

local address = require "sheaf.address"
local when = require "sheaf.when"

local curated = {}

--- The arguments that exporters of a whole share: put into their `args`.
---@param args table
---@return table args the same
function curated.arguments(args)
  args.title = { "string", help = "a title for the whole" }
  args.collection = { "table", help = "made by sheaf bind" }
  return args
end

---@class curated.Head
---@field title string
---@field subtitle string?
---@field curator string?
---@field licence string?
---@field language string?
---@field identifier string a URI
---@field modified string? a moment in UTC

--- Title and so on, from the collection or the arguments.
---@param opt table
---@return curated.Head
function curated.head(opt)
  local given = opt.collection or {}
  local title = opt.title or given.title or "Articles"
  return {
    title = title, subtitle = given.subtitle, curator = given.curator, licence = given.licence,
    language = curated.language(given.language), modified = when.first(given.modified),
    identifier = given.identifier or opt.link or address.urn(title),
  }
end

--- The curator's note on an article, or nil; and the notes on its spans.
---@param opt table
---@param article table
---@return string?
---@return table[]
function curated.note(opt, article)
  local notes = opt.collection and opt.collection.notes
  local note = notes and article.id and notes[article.id]
  if type(note) ~= "table" then return nil, {} end
  return note.text, note.spans or {}
end

--- A tag of a language that formats take, or nil.
---@param tag string?
---@return string?
function curated.language(tag)
  if not tag or tag == "und" or not tag:find("^%a%a%a?$") and not tag:find("^%a%a%a?%-[%w%-]*%w$") then
    return nil
  end
  return not tag:find("%-%-") and not tag:find("%w%w%w%w%w%w%w%w%w") and tag or nil
end

return curated
