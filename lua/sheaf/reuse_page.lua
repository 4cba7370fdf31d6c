--- reuse_page.lua: what articles have from one another, as a web page.

local diff_page = require "sheaf.diff_page"
local side_by_side = require "sheaf.side_by_side"
local terminal = require "sheaf.terminal"

local reuse_page = {}

local escape = diff_page.escape

local function about(article)
  return table.concat({ article.publisher or article.file or "-", article.published or "no date",
    article.id:sub(1, 8) }, " · ")
end

local function head_of(article)
  return { article.headline or "(no headline)", about(article) }
end

local function put_rows(put, rows, quotations, title)
  local any = false
  for _, row in ipairs(rows) do
    if row.quotation == quotations then
      if not any then put(("<h2>%s</h2>\n"):format(title)) end
      any = true
      diff_page.row(put, row.kind, row.a, row.b)
    end
  end
end

--- Two articles side by side.
---@param put fun(text: string)
---@param a sheaf.ReuseArticle
---@param b sheaf.ReuseArticle
---@param rows sheaf.ReuseRow[]
function reuse_page.pair(put, a, b, rows)
  local counts = require("sheaf.reuse").counts(rows, false)
  diff_page.begin(put, "Two articles side by side",
    ("%d sentences are shared, %d altered, %d only in the first, %d only in the second"):format(counts.shared,
      counts.altered, counts.only_a, counts.only_b))
  diff_page.heads(put, head_of(a), head_of(b))
  put_rows(put, rows, false, "Sentences")
  put_rows(put, rows, true, "Quotations")
  diff_page.finish(put)
end

local function put_wording(put, wording, first)
  local text = first and diff_page.side(side_by_side.pieces(first.text, wording.text)) or escape(wording.text)
  put(('<div class=wording><div dir=auto>%s</div>\n<ul class=where>\n'):format(text))
  for _, place in ipairs(wording.places) do
    put(("<li dir=auto>%s — %s\n"):format(escape(about(place.article)), escape(place.article.headline or "")))
  end
  put "</ul></div>\n"
end

--- Passages that stand in several articles.
---@param put fun(text: string)
---@param groups table[]
---@param articles sheaf.ReuseArticle[]
function reuse_page.groups(put, groups, articles)
  local passages, of = terminal.count(#groups, "passage"), terminal.count(#articles, "article")
  local about_all = ("%s in more than one of %s"):format(passages, of)
  diff_page.begin(put, "Passages in several articles", about_all)
  for number, group in ipairs(groups) do
    local kind = group.quotation and "Quotation" or "Sentence"
    put(("<section>\n<h2>%d. %s in %s, %s</h2>\n"):format(number, kind,
      terminal.count(group.texts, "article"), terminal.count(group.variants, "wording")))
    for i, wording in ipairs(group.wordings) do
      put_wording(put, wording, i > 1 and group.wordings[1] or nil)
    end
    put "</section>\n"
  end
  diff_page.finish(put)
end

return reuse_page
