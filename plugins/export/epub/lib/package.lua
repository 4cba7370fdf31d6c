-- package.lua - what tells a reader how the book hangs together: container, package, navigation, and the
-- table of contents of EPUB 2 for old readers.
--
-- A tree of entries { title =, file =, language =, children = } is the table of contents; a list of
-- { file =, id =, media =, properties = } is all that the book holds, and those with `spine` are read one
-- after another.

local markup = require "sheaf.markup"
local page = require "page"
local proper = require "proper"

local package = {}

local escape = markup.escape

package.container = [[
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
]]

-- ---- navigation -----------------------------------------------------------------------------------------

local function nav_list(entries)
  local out = { "<ol>" }
  for _, entry in ipairs(entries) do
    local spoken = entry.language and proper.spoken(entry.language) or ""
    local inner = entry.children and #entry.children > 0 and "\n" .. nav_list(entry.children) .. "\n" or ""
    out[#out + 1] = ("<li><a href=\"%s\"%s>%s</a>%s</li>"):format(entry.file, spoken,
      markup.lines(entry.title),
      inner)
  end
  out[#out + 1] = "</ol>"
  return table.concat(out, "\n")
end

local function landmark(kind, file, title)
  return ("<li><a epub:type=\"%s\" href=\"%s\">%s</a></li>"):format(kind, file, escape(title))
end

--- The navigation of EPUB 3, which is a page of the book, too.
---@param book table
---@param tree table[]
---@param first string the file in which the reading begins
---@return string xhtml
function package.nav(book, tree, first)
  local words = book.words
  local body = ("<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\"%s>\n<h1>%s</h1>\n%s\n</nav>\n"):format(
    proper.spoken(book.language), escape(words.contents), nav_list(tree))
    .. ("<nav epub:type=\"landmarks\" hidden=\"hidden\" "
      .. "id=\"landmarks\"%s>\n<ol>\n%s\n%s\n%s\n</ol>\n</nav>"):format(
      proper.spoken(book.language), landmark("cover", "cover.xhtml", words.cover),
      landmark("toc", "nav.xhtml", words.contents), landmark("bodymatter", first, words.beginning))
  return page.of({ title = words.contents, language = book.language, kind = "frontmatter" }, body)
end

local function ncx_points(entries, order, out)
  for _, entry in ipairs(entries) do
    out[#out + 1] = ("<navPoint id=\"p%d\" "
      .. "playOrder=\"%d\">\n<navLabel><text>%s</text></navLabel>\n<content src=\"%s\"/>")
      :format(order.next, order.next, escape(entry.title), entry.file)
    order.next = order.next + 1
    if entry.children then ncx_points(entry.children, order, out) end
    out[#out + 1] = "</navPoint>"
  end
end

--- The table of contents of EPUB 2.
---@param book table
---@param tree table[]
---@return string
function package.ncx(book, tree)
  local points, depth = {}, 1
  for _, entry in ipairs(tree) do depth = entry.children and #entry.children > 0 and 2 or depth end
  ncx_points(tree, { next = 1 }, points)
  return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" "
    .. "version=\"2005-1\"%s>\n<head>\n<meta name=\"dtb:uid\" content=\"%s\"/>\n"
    .. "<meta name=\"dtb:depth\" content=\"%d\"/>\n<meta name=\"dtb:totalPageCount\" content=\"0\"/>\n"
    .. "<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n</head>\n<docTitle><text>%s</text></docTitle>\n"
    .. "<navMap>\n%s\n</navMap>\n</ncx>\n"):format(
    (" xml:lang=\"%s\""):format(book.head.languages[1]), escape(book.head.identifier), depth,
    escape(book.head.title), table.concat(points, "\n"))
end

-- ---- package --------------------------------------------------------------------------------------------

local function dc(name, value, attributes)
  return value and ("<dc:%s%s>%s</dc:%s>\n"):format(name, attributes or "", escape(value), name) or ""
end

local function meta(property, value, attributes)
  return ("<meta property=\"%s\"%s>%s</meta>\n"):format(property, attributes or "", escape(value))
end

local function titles(head)
  local out = dc("title", head.title, " id=\"title\"") .. meta("title-type", "main", " refines=\"#title\"")
  if not head.subtitle then return out end
  return out .. dc("title", head.subtitle, " id=\"subtitle\"")
    .. meta("title-type", "subtitle", " refines=\"#subtitle\"")
end

local function creators(head)
  if not head.curator then return "" end
  return dc("creator", head.curator, " id=\"curator\"")
    .. meta("role", "com", " refines=\"#curator\" scheme=\"marc:relators\"")
end

local features = { "tableOfContents", "readingOrder", "structuralNavigation", "alternativeText",
  "displayTransformability" }

local function accessibility(book)
  local out = { meta("schema:accessMode", "textual"), meta("schema:accessMode", "visual"),
    meta("schema:accessModeSufficient", "textual") }
  for _, feature in ipairs(features) do out[#out + 1] = meta("schema:accessibilityFeature", feature) end
  if book.has_index then out[#out + 1] = meta("schema:accessibilityFeature", "index") end
  out[#out + 1] = meta("schema:accessibilityHazard", "none")
  out[#out + 1] = meta("schema:accessibilitySummary", "All of the book is text with headings, which can be "
    .. "enlarged and read aloud; the one picture is the cover, and its title stands in the text.",
    " xml:lang=\"en\"")
  return table.concat(out)
end

local function metadata(book)
  local head, languages = book.head, {}
  for i, language in ipairs(head.languages) do languages[i] = dc("language", language) end
  return "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
    .. dc("identifier", head.identifier, " id=\"identifier\"") .. titles(head) .. creators(head)
    .. table.concat(languages) .. dc("rights", head.licence) .. meta("dcterms:modified", head.modified)
    .. accessibility(book) .. "<meta name=\"cover\" content=\"cover-image\"/>\n</metadata>\n"
end

local function item(one)
  return ("<item id=\"%s\" href=\"%s\" media-type=\"%s\"%s/>"):format(one.id, one.file,
    one.media or "application/xhtml+xml",
    one.properties and (" properties=\"%s\""):format(one.properties) or "")
end

--- The package document.
---@param book table
---@param files table[]
---@return string
function package.opf(book, files)
  local manifest, spine = {}, {}
  for i, one in ipairs(files) do
    manifest[i] = item(one)
    if one.spine then spine[#spine + 1] = ("<itemref idref=\"%s\"/>"):format(one.id) end
  end
  local main = book.head.languages[1]
  return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" "
    .. "version=\"3.0\" unique-identifier=\"identifier\" xml:lang=\"%s\" dir=\"%s\">\n"):format(main,
    book.right and "rtl" or "ltr") .. metadata(book) .. "<manifest>\n" .. table.concat(manifest, "\n")
    .. ("\n</manifest>\n<spine toc=\"ncx\" page-progression-direction=\"%s\">\n"):format(
      book.right and "rtl" or "ltr") .. table.concat(spine, "\n") .. "\n</spine>\n</package>\n"
end

return package
