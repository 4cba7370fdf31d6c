-- overviews.lua - all articles at a glance: the table, the timeline, and the page that searches.

local frame = require "frame"
local markup = require "sheaf.markup"

local escape = markup.escape

local overviews = {}

-- ---- table ----------------------------------------------------------------------------------------------

local function row(item)
  local function cell(text)
    return text and "<bdi>" .. escape(frame.shortened(text, 60)) .. "</bdi>" or ""
  end
  return ("<tr><th scope=\"row\"><a href=\"%s\"%s>%s</a></th><td>%s</td><td>%s</td><td>%s</td>"
      .. "<td class=\"number\">%d</td></tr>")
    :format(item.file, item.spoken, escape(item.headline), cell(item.outlet),
      item.published and frame.time(item.published) or "", cell(item.who), item.words)
end

function overviews.table(site, out)
  local rows = {}
  for i, item in ipairs(site.items) do rows[i] = row(item) end
  local body = "<h1>All articles</h1>\n"
  if #rows == 0 then
    body = body .. "<p class=\"empty\">There are no articles in this collection.</p>\n"
  else
    body = body .. "<p class=\"filter js\"><label>Show rows with <input type=\"search\" id=\"filter\" "
      .. "autocomplete=\"off\"/></label> <span id=\"shown\" role=\"status\"></span></p>\n"
      .. "<div class=\"wide\" role=\"region\" aria-label=\"Table of articles\" tabindex=\"0\">\n"
      .. "<table class=\"sortable\">\n<thead><tr><th scope=\"col\">Headline</th><th scope=\"col\">Outlet"
      .. "</th><th scope=\"col\">Date</th><th scope=\"col\">Author</th>"
      .. "<th scope=\"col\" class=\"number\">Words</th></tr></thead>\n<tbody>\n"
      .. table.concat(rows, "\n") .. "\n</tbody>\n</table>\n</div>\n"
  end
  out:file("table.html", frame.page(site, { title = "All articles", part = "table", body = body }))
end

-- ---- search ---------------------------------------------------------------------------------------------

function overviews.search(site, out)
  local body = [[<h1>Search</h1>
<noscript><p class="empty">Searching needs JavaScript. Without it the <a href="table.html">table</a> has all
articles.</p></noscript>
<form id="search" class="js" role="search" action="search.html">
<label for="query">Words, or a phrase in “quotation marks”</label>
<input type="search" id="query" name="q" autocomplete="off" spellcheck="false"/>
</form>
<div class="js results-and-facets">
<details id="narrow"><summary>Narrow down</summary>
<section id="facets" aria-label="Narrow down"></section>
</details>
<section aria-label="Results">
<p class="line"><span id="count" role="status"></span> <label class="order">Order <select id="order">
<option value="best">best first</option>
<option value="new">newest first</option>
<option value="old">oldest first</option>
</select></label></p>
<ol id="hits"></ol>
<p><button type="button" id="more" hidden="hidden">More</button></p>
</section>
</div>
]]
  out:file("search.html", frame.page(site, { title = "Search", part = "search", body = body,
    scripts = { "search.js", "search/columns.js" } }))
end

-- ---- timeline -------------------------------------------------------------------------------------------

-- The steps of time that leave at most so many bars: days, months or years.
local MOST = 62

local function steps(items)
  for _, length in ipairs { 10, 7, 4 } do
    local seen, count = {}, 0
    for _, item in ipairs(items) do
      local key = item.day:sub(1, length)
      if key ~= "" and not seen[key] then seen[key], count = true, count + 1 end
    end
    if count <= MOST or length == 4 then return length end
  end
end

local function grouped(items)
  local length, groups, keys, undated = steps(items), {}, {}, {}
  for _, item in ipairs(items) do
    local key = item.day:sub(1, length)
    if key == "" then
      undated[#undated + 1] = item
    else
      if not groups[key] then groups[key], keys[#keys + 1] = {}, key end
      table.insert(groups[key], item)
    end
  end
  table.sort(keys)
  for _, key in ipairs(keys) do
    table.sort(groups[key], function(a, b)
      if a.published ~= b.published then return a.published < b.published end
      return a.number < b.number
    end)
  end
  return keys, groups, undated
end

-- The outlets with most articles have a colour each, all others share the last one.
local NAMED = 6

local function colours(items)
  local count, names, of = {}, {}, {}
  for _, item in ipairs(items) do
    local name = item.outlet
    if name and not count[name] then names[#names + 1] = name end
    if name then count[name] = (count[name] or 0) + 1 end
  end
  table.sort(names, function(a, b)
    if count[a] ~= count[b] then return count[a] > count[b] end
    return a < b
  end)
  for i = 1, math.min(NAMED, #names) do of[names[i]] = i end
  local key = {}
  for i = 1, math.min(NAMED, #names) do
    key[i] = ("<li><svg class=\"c%d\" viewBox=\"0 0 1 1\" aria-hidden=\"true\">"
        .. "<rect width=\"1\" height=\"1\"/></svg><bdi>%s</bdi></li>")
      :format(i, escape(frame.shortened(names[i], 40)))
  end
  if #names > NAMED then
    key[#key + 1] = "<li><svg class=\"c7\" viewBox=\"0 0 1 1\" aria-hidden=\"true\">"
        .. "<rect width=\"1\" height=\"1\"/></svg>others</li>"
  end
  return of, #key > 1 and "<ul class=\"key\" aria-label=\"Colours of outlets\">\n" .. table.concat(key,
      "\n") .. "\n</ul>\n" or ""
end

-- One bar: stretches of the outlets' colours, as long as they have articles.
local function bar(items, of, most)
  local counts, parts, x = {}, {}, 0
  for i = 1, NAMED + 1 do counts[i] = 0 end
  for _, item in ipairs(items) do
    local i = item.outlet and of[item.outlet] or NAMED + 1
    counts[i] = counts[i] + 1
  end
  for i, count in ipairs(counts) do
    if count > 0 then
      parts[#parts + 1] = ("<rect class=\"c%d\" x=\"%.2f\" width=\"%.2f\" height=\"1\"/>"):format(i, x,
          count / most * 100)
      x = x + count / most * 100
    end
  end
  return "<svg viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      .. table.concat(parts) .. "</svg>"
end

local function bars(site, keys, groups)
  local most, list = 1, {}
  for _, key in ipairs(keys) do most = math.max(most, #groups[key]) end
  local of, legend = colours(site.items)
  for i, key in ipairs(keys) do
    list[i] = ("<li><a href=\"#t-%s\"><span>%s</span>%s<span>%s</span></a></li>"):format(key,
        escape(markup.day(key)),
      bar(groups[key], of, most), frame.grouped(#groups[key]))
  end
  return legend .. "<ol class=\"bars\" aria-label=\"Articles over time\">\n" .. table.concat(list, "\n")
      .. "\n</ol>\n"
end

local function day_list(items)
  local list = {}
  for i, item in ipairs(items) do list[i] = frame.entry(item) end
  return "<ul class=\"entries\">\n" .. table.concat(list, "\n") .. "\n</ul>\n"
end

function overviews.timeline(site, out)
  local keys, groups, undated = grouped(site.items)
  local parts = { "<h1>Timeline</h1>\n" }
  if #keys == 0 then
    parts[2] = "<p class=\"empty\">No article has a date with a year.</p>\n"
  else
    parts[2] = bars(site, keys, groups)
  end
  for _, key in ipairs(keys) do
    parts[#parts + 1] = ("<section id=\"t-%s\">\n<h2>%s</h2>\n%s</section>\n"):format(key,
        escape(markup.day(key)),
      day_list(groups[key]))
  end
  if #undated > 0 then
    parts[#parts + 1] = "<section id=\"undated\">\n<h2>Without a date</h2>\n" .. day_list(undated)
        .. "</section>\n"
  end
  out:file("timeline.html", frame.page(site, { title = "Timeline", part = "timeline",
      body = table.concat(parts) }))
end

return overviews
