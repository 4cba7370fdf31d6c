--- copies_page.lua: clusters of copies as a web page, each with the passages that its
--- articles share.

local core = require "sheaf.core"
local diff_page = require "sheaf.diff_page"
local failure = require "sheaf.failure"
local terminal = require "sheaf.terminal"

local copies_page = {}

local escape = diff_page.escape

local function text_of(member)
  return failure.try(member.file:get(member.position)).text or ""
end

local function put_member(put, member)
  local row, note = member.row, member.reason
  if member.of then
    note = ("%s %s: %s"):format(member.relation:gsub("_", " "), member.of.row.id:sub(1, 8), member.reason)
  elseif member.rank == 1 then
    note = member.dated and "the earliest" or "the first; no date is known"
  end
  put(("<tr><td class=date>%s<td class=id>%s<td dir=auto>%s\n"):format(escape(row.published or "no date"),
    escape(row.id:sub(1, 8)), escape(row.publisher or row.site or "-")))
  put(("<td dir=auto>%s<br><span class=faint>%s</span>\n"):format(escape(row.headline or "(no headline)"),
    escape(note)))
end

local function put_passages(put, member)
  local before, after = text_of(member.of), text_of(member)
  put(("<details><summary>What %s shares with %s</summary>\n"):format(escape(member.row.id:sub(1, 8)),
    escape(member.of.row.id:sub(1, 8))))
  for _, row in ipairs(failure.try(core.align(before, after))) do
    if row.a and row.b and not row.quotation then
      diff_page.row(put, row.kind, before:sub(row.a[1], row.a[2]), after:sub(row.b[1], row.b[2]))
    end
  end
  put "</details>\n"
end

--- Writes clusters as an HTML document.
---@param put fun(text: string)
---@param clusters sheaf.CopyMember[][]
---@param articles integer that were looked at
---@param limit integer? of clusters
function copies_page.write(put, clusters, articles, limit)
  diff_page.begin(put, "Copies", ("%s among %s"):format(terminal.count(#clusters, "cluster"),
    terminal.count(articles, "article")))
  for number = 1, math.min(#clusters, limit or #clusters) do
    local cluster = clusters[number]
    put(("<section>\n<h2>%d. %s</h2>\n<table>\n"):format(number, terminal.count(#cluster, "article")))
    for _, member in ipairs(cluster) do
      put_member(put, member)
    end
    put "</table>\n"
    for _, member in ipairs(cluster) do
      if member.of and not (member.own == 1 and member.back == 1) then put_passages(put, member) end
    end
    put "</section>\n"
  end
  diff_page.finish(put)
end

return copies_page
