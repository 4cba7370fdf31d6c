-- who.lua - the people of an article, for formats that part family names from given names.
--
-- A name of two words or more in an alphabet, none of which says that this is an office or a newsroom, is
-- "given … family"; small words such as van and de before the last belong to the family. Everything else
-- stays in one piece: a wrong cut is worse than none.

local who = {}

local particles = {}
for word in ("van von der den de del della di da do dos das du la le ter ten zu zum zur af av bin ibn al el")
  :gmatch("%S+") do particles[word] = true end

local offices = {}
for word in ([[agency agencies bureau correspondent correspondents desk editor editors editorial group
  network news newsroom office press reporter reporters service services staff team times post wire
  redaktion redaction redacción rédaction agence agencia agenzia reuters afp ap dpa and und et the]])
  :gmatch("%S+") do offices[word] = true end

-- Scripts that write the family name first, or no blanks, keep their names whole.
local function is_alphabetic(name)
  return not name:find("[\xE1-\xED\xEF\xF0]")
end

--- Is this a newsroom, an agency or several people in one, and no single person?
---@param name string
---@return boolean
function who.is_office(name)
  for word in name:gmatch("%S+") do
    if offices[word:lower()] then return true end
  end
  return false
end

local function words_of(name)
  local words = {}
  for word in name:gmatch("%S+") do words[#words + 1] = word end
  return words
end

---@class who.Name
---@field literal string? a name in one piece
---@field family string?
---@field given string?
---@field particle string? "van der"

--- The parts of a name.
---@param name string
---@return who.Name
function who.parts(name)
  local words = is_alphabetic(name) and not name:find("[,%d@/&]") and words_of(name)
  if not words or who.is_office(name) or #words < 2 or #words > 6 then return { literal = name } end
  local first = #words
  while first > 2 and particles[words[first - 1]] do first = first - 1 end
  local particle = table.concat(words, " ", first, #words - 1)
  return { family = words[#words], given = table.concat(words, " ", 1, first - 1),
    particle = particle ~= "" and particle or nil }
end

--- "van der Berg, Anna", or the name as it is.
---@param name string
---@return string
function who.inverted(name)
  local parts = who.parts(name)
  if parts.literal then return name end
  return ("%s%s, %s"):format(parts.particle and parts.particle .. " " or "", parts.family, parts.given)
end

--- The authors of an article, { name =, role = } each: those that were read, else those of the byline.
---@param article table
---@return table[]
function who.authors(article)
  local list = article.authors
  if list and #list > 0 then return list end
  return article.byline and sheaf.byline(article.byline) or {}
end

return who
