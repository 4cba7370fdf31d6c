-- view.lua - what a template may say of an article, for all exporters that have one.
--
-- makers[name](article, opt) is the value as it is, not escaped yet; only html is markup already, with all
-- text in it escaped. Exporters copy the table with view.makers and add what their format needs.

local address = require "sheaf.address"
local curated = require "sheaf.curated"
local markup = require "sheaf.markup"
local template = require "sheaf.template"
local when = require "sheaf.when"
local who = require "sheaf.who"

local view = {}

local makers = {}

for _, name in ipairs { "id", "headline", "alternative_headline", "description", "byline", "publisher",
  "provider", "via", "section", "text", "words", "site", "published", "modified", "retrieved", "keywords" } do
  makers[name] = function(article) return article[name] end
end

function makers.authors(article) return who.authors(article) end
function makers.urn(article) return address.urn(article.id or "") end
function makers.url(article) return address.uri(article.url) end
function makers.language(article) return curated.language(article.language) end
function makers.direction(article) return markup.direction(article.language) end
function makers.place(article) return article.dateline and article.dateline.place end
function makers.credit(article) return markup.authors(article) end
function makers.day(article) return when.day(article.published) end
function makers.date(article) return markup.day(article.published) end
function makers.moment(article) return when.moment(article.published) end
function makers.html(article) return table.concat(markup.body(article), "\n") end
function makers.note(article, opt) return (curated.note(opt, article)) end

function makers.images(article)
  local list = {}
  for index, image in ipairs(article.images or {}) do
    list[index] = { url = address.uri(image.url), caption = image.caption, credit = image.credit }
  end
  return list
end

function makers.paragraphs(article)
  local list = {}
  for text, kind in article:paragraphs() do list[#list + 1] = { text = text, kind = kind, [kind] = true } end
  return list
end

--- The fields of articles that these need.
view.needs = {
  "id", "url", "headline", "alternative_headline", "description", "byline", "authors", "publisher",
  "provider", "via", "section", "text", "blocks", "words", "published", "modified", "retrieved", "keywords",
  "language", "images", "dateline",
}

-- Names within the items of lists.
local inner = { "name", "role", "caption", "kind", "p", "h", "quote", "list", "code", "table" }

--- The makers, and those that an exporter adds.
---@param more table?
---@return table
function view.makers(more)
  local all = {}
  for name, make in pairs(makers) do all[name] = make end
  for name, make in pairs(more or {}) do all[name] = make end
  return all
end

--- The argument that exporters with templates share.
---@param name string of the packaged template
---@return table
function view.argument(name)
  return { "file", help = ("a template of your own; begin with a copy of data/%s, beside the file of this "
    .. "plugin; see docs/templates.md"):format(name) }
end

local function fields_of(known)
  local fields = table.move(inner, 1, #inner, 1, {})
  for field in pairs(known) do fields[#fields + 1] = field end
  table.sort(fields)
  return fields
end

local made = {}

--- The template that the user has given, or the packaged one, read once; mistakes raise.
---@param opt table
---@param name string of the packaged one
---@param known table makers
---@param escape fun(text: string): string
---@return table template
function view.template(opt, name, known, escape)
  local key = opt.template or name
  if not made[key] then
    made[key] = template.compile(opt.template or sheaf.data(name), {
      name = opt.template and "the template" or name, escape = escape, fields = fields_of(known),
    })
  end
  return made[key]
end

return view
