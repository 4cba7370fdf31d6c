-- frame.lua - what all pages of the site have in common: head, skip link, ways to the other pages, foot.

local markup = require "sheaf.markup"

local escape = markup.escape

local frame = {}

-- Nothing is loaded but files beside the page. Browsers differ on whether 'self' is a page on a disk: file:.
local POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; "
  .. "base-uri 'none'"

frame.parts = { "start", "articles", "table", "search", "timeline", "quotes", "compare" }

local ways = {
  { part = "start", file = "index.html", name = "Contents" },
  { part = "table", file = "table.html", name = "Table" },
  { part = "search", file = "search.html", name = "Search" },
  { part = "timeline", file = "timeline.html", name = "Timeline" },
  { part = "quotes", file = "quotes.html", name = "Quotes" },
  { part = "compare", file = "compare.html", name = "Compare" },
}

local function navigation(site, page, up)
  local list = {}
  for _, way in ipairs(ways) do
    if site.parts[way.part] then
      local here = way.part == page.part and " aria-current=\"page\"" or ""
      list[#list + 1] = ("<li><a href=\"%s%s\"%s>%s</a></li>"):format(up, way.file, here, way.name)
    end
  end
  return table.concat(list, "\n")
end

local function search_box(site, page, up)
  if not site.parts.search or page.part == "search" then return "" end
  return ([[<form class="find js" action="%ssearch.html" role="search">
<label><span class="unseen">Search all articles</span>
<input type="search" name="q" placeholder="Search" autocomplete="off"/></label>
</form>
]]):format(up)
end

---@class site.Page
---@field title string
---@field part string which of the ways is this one
---@field body string what stands in main
---@field up string? "../" for pages in folders
---@field class string? of main
---@field scripts string[]?
---@field links string? more for the head

-- What stands around the text is the same for all pages of a part and a folder: made once.
local function around(site, page, up)
  local key = page.part .. up .. (page.class or "")
  site.frames = site.frames or {}
  local made = site.frames[key]
  if made then return made end
  made = {
    style = "<link rel=\"stylesheet\" href=\"" .. up .. "style.css\"/>\n<script src=\"" .. up
        .. "site.js\"></script>\n",
    top = table.concat {
      "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the text</a>\n<header class=\"top\">\n",
      "<div class=\"inner\">\n<a class=\"home\" href=\"", up, "index.html\"", site.spoken, ">",
      escape(site.title), "</a>\n<nav aria-label=\"Pages\">\n<ul>\n", navigation(site, page, up),
      "\n</ul>\n</nav>\n", search_box(site, page, up),
      "<div class=\"tools js\"><button type=\"button\" id=\"theme\">Theme</button>\n",
      "<button type=\"button\" id=\"help\" aria-label=\"Keys\">?</button></div>\n</div>\n</header>\n",
      "<main id=\"main\" tabindex=\"-1\" class=\"", page.class or page.part, "\">\n",
    },
  }
  site.frames[key] = made
  return made
end

local HEAD = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
  .. "<meta http-equiv=\"Content-Security-Policy\" content=\"" .. POLICY .. "\"/>\n"
  .. "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
  .. "<meta name=\"referrer\" content=\"no-referrer\"/>\n<meta name=\"color-scheme\" content=\"light "
  .. "dark\"/>\n"

--- A whole page.
function frame.page(site, page)
  local up = page.up or ""
  local title = page.title == site.title and site.title or page.title .. " – " .. site.title
  local scripts = {}
  for i, name in ipairs(page.scripts or {}) do
    scripts[i] = ("<script src=\"%s%s\" defer=\"defer\"></script>\n"):format(up, name)
  end
  local made = around(site, page, up)
  return table.concat {
    HEAD, "<title>", escape(title), "</title>\n", page.links or "", made.style, table.concat(scripts),
        made.top,
    page.body, "</main>\n</body>\n</html>\n",
  }
end

--- 1234567 → 1,234,567
function frame.grouped(number)
  local text = ("%d"):format(number):reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (text:gsub("^,", ""))
end

--- "1 article", "12 articles"
function frame.counted(number, noun)
  return ("%s %s%s"):format(frame.grouped(number), noun, number == 1 and "" or "s")
end

--- The first so many characters.
function frame.shortened(text, most)
  if #text <= most or (utf8.len(text) or #text) <= most then return text end
  return text:sub(1, (utf8.offset(text, most) or most) - 1):gsub("%s+%S*$", "") .. "…"
end

--- A date in words; 17 March of a year that is not known, too.
function frame.day(edtf)
  local rest = edtf:match("^XXXX(%-%d%d%-%d%d)")
  if not rest then return markup.day(edtf) end
  return (markup.day("2000" .. rest):gsub(" 2000$", "")) .. ", year unknown"
end

--- The same with the machine's date beside it, where there is one.
function frame.time(edtf)
  local words = frame.day(edtf)
  if not words then return nil end
  local plain = edtf:match("^%d%d%d%d%-%d%d%-%d%d") or edtf:match("^%d%d%d%d%-%d%d")
      or edtf:match("^%d%d%d%d")
  if not plain then return "<span>" .. escape(words) .. "</span>" end
  return ("<time datetime=\"%s\">%s</time>"):format(plain, escape(words))
end

--- An article's line in a list.
function frame.entry(item, up)
  local credits = {}
  if item.outlet then credits[#credits + 1] = escape(item.outlet) end
  if item.published then credits[#credits + 1] = frame.time(item.published) end
  if item.who then credits[#credits + 1] = "<bdi>" .. escape(frame.shortened(item.who, 60)) .. "</bdi>" end
  return ("<li class=\"entry\"><a href=\"%s%s\"%s>%s</a><span class=\"credits\">%s</span></li>"):format(up
      or "",
    item.file, item.spoken, escape(item.headline), table.concat(credits, " · "))
end

return frame
