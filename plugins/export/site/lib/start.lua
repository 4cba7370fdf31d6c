-- start.lua - the first page: what this is, its sections with their articles, how to cite it.
--
-- It stays small: with many articles a section shows its first ones and has pages of its own.

local frame = require "frame"
local markup = require "sheaf.markup"

local escape = markup.escape

local start = {}

local ALL, FIRST, PAGE = 250, 8, 500 -- articles: shown here; a section, when there are more; on its pages
local SECTIONS = 60                  -- that show their first articles

local function entries(items, from, to, up)
  local list = {}
  for i = from, to do list[#list + 1] = frame.entry(items[i], up) end
  return ("<ol class=\"entries\" start=\"%d\">\n%s\n</ol>\n"):format(from, table.concat(list, "\n"))
end

local function section_file(number, page)
  return page == 1 and ("sections/%d.html"):format(number) or ("sections/%d-%d.html"):format(number, page)
end

local function heading(site, section)
  local text = section.text and sheaf.markdown(section.text, 2) or ""
  return ("<h2%s>%s</h2>\n"):format(site.spoken, escape(section.title)), text
end

local function pager(number, page, pages)
  if pages == 1 then return "" end
  local list = {}
  for i = 1, pages do
    list[i] = ("<a href=\"../%s\"%s>%d</a>"):format(section_file(number, i),
      i == page and " aria-current=\"page\"" or "", i)
  end
  return "<nav class=\"pages\" aria-label=\"Pages of this section\">" .. table.concat(list, "\n")
      .. "</nav>\n"
end

local function write_section(site, out, number, section)
  local pages = math.max(1, (#section.items + PAGE - 1) // PAGE)
  for page = 1, pages do
    local from, to = (page - 1) * PAGE + 1, math.min(page * PAGE, #section.items)
    local text = page == 1 and section.text and sheaf.markdown(section.text, 1) or ""
    local body = ("<h1%s>%s</h1>\n<p class=\"credits\">%s</p>\n<div class=\"prose\">%s</div>\n"
        .. "%s%s"):format(site.spoken,
      escape(section.title), frame.counted(#section.items, "article"), text, entries(section.items, from,
          to, "../"),
      pager(number, page, pages))
    out:file(section_file(number, page), frame.page(site, { title = section.title, part = "section",
        up = "../",
      class = "start", body = body }))
  end
end

local function contents(site, out, all)
  local list = {}
  for number, section in ipairs(site.sections) do
    if #section.items > 0 or section.text then
      local title, text = heading(site, section)
      if all or #section.items == 0 then
        list[#list + 1] = ("<section>\n%s<div class=\"prose\">%s</div>\n%s</section>\n"):format(title, text,
          #section.items > 0 and entries(section.items, 1, #section.items) or "")
      else
        write_section(site, out, number, section)
        local shown = number <= SECTIONS and entries(section.items, 1, math.min(FIRST, #section.items))
            or ""
        list[#list + 1] = ("<section>\n%s<div class=\"prose\">%s</div>\n%s<p class=\"more\">"
            .. "<a href=\"%s\">%s</a></p>\n</section>\n")
          :format(title, text, shown, section_file(number, 1), ("All %s of “%s”"):format(
            frame.counted(#section.items, "article"), escape(section.title)))
      end
    end
  end
  if #list == 0 then return "<p class=\"empty\">There are no articles in this collection.</p>\n" end
  return table.concat(list)
end

local function citation(site)
  local c = site.collection
  local parts = {}
  if c.curator then parts[1] = escape(c.curator) .. "." end
  parts[#parts + 1] = "<cite>" .. escape(site.title) .. "</cite>."
  if c.modified then parts[#parts + 1] = frame.time(c.modified) .. "." end
  if c.identifier then parts[#parts + 1] = "<code>" .. escape(c.identifier) .. "</code>" end
  local rows = { "<section class=\"cite\">\n<h2>How to cite</h2>\n<p" .. site.spoken .. ">"
      .. table.concat(parts, " ")
    .. "</p>\n" }
  if c.licence then
    rows[#rows + 1] = "<p>Licence: " .. markup.link(c.licence, c.licence) .. "</p>\n"
  end
  rows[#rows + 1] = "<p>Each article belongs to those who wrote and published it; its page leads to the "
      .. "source.</p>\n"
  return table.concat(rows) .. "</section>\n"
end

local function left_out(site)
  local list = {}
  for i, entry in ipairs(site.collection.excluded or {}) do
    list[i] = ("<li><code>%s</code> %s</li>"):format(escape(tostring(entry.id)),
        escape(tostring(entry.reason or "")))
  end
  if #list == 0 then return "" end
  return ("<details class=\"excluded\"><summary>%s left out</summary>\n<ul>\n%s\n</ul>\n</details>\n"):format(
    frame.counted(#list, "article"), table.concat(list, "\n"))
end

local function facts(site)
  local outlets, count, first, last = {}, 0, nil, nil
  for _, item in ipairs(site.items) do
    if item.outlet and not outlets[item.outlet] then outlets[item.outlet], count = true, count + 1 end
    local day = item.day ~= "" and item.day
    if day then
      if not first or day < first then first = day end
      if not last or day > last then last = day end
    end
  end
  local list = { frame.counted(#site.items, "article") }
  if count > 0 then list[2] = frame.counted(count, "outlet") end
  if first then
    list[#list + 1] = first == last and frame.time(first) or frame.time(first) .. " – " .. frame.time(last)
  end
  return "<p class=\"credits\">" .. table.concat(list, " · ") .. "</p>\n"
end

local function cover(site, out)
  local picture = site.collection.cover
  local endings = { ["image/jpeg"] = "jpg", ["image/png"] = "png", ["image/webp"] = "webp",
      ["image/gif"] = "gif",
    ["image/svg+xml"] = "svg" }
  local ending = picture and picture.bytes and endings[picture.media]
  if not ending then return "" end
  out:file("cover." .. ending, picture.bytes)
  return ("<img class=\"cover\" src=\"cover.%s\" alt=\"Cover\"/>\n"):format(ending)
end

function start.write(site, out)
  local c = site.collection
  local body = table.concat {
    "<div class=\"title\">\n", cover(site, out), "<h1", site.spoken, ">", escape(site.title), "</h1>\n",
    c.subtitle and "<p class=\"lead\"" .. site.spoken .. ">" .. escape(c.subtitle) .. "</p>\n" or "",
    c.curator and "<p class=\"by\">Chosen by <bdi>" .. escape(c.curator) .. "</bdi></p>\n" or "",
    facts(site), "</div>\n",
    c.introduction and "<section class=\"prose introduction\"" .. site.spoken
        .. " aria-label=\"Introduction\">\n"
      .. sheaf.markdown(c.introduction, 1) .. "</section>\n" or "",
    contents(site, out, #site.items <= ALL), citation(site), left_out(site),
  }
  out:file("index.html", frame.page(site, { title = site.title, part = "start", body = body }))
end

return start
