--- kwic_page.lua: a concordance as a web page that needs nothing else.
--
-- A line is a grid of three columns; in text that runs from right to left the grid
-- does, too, so that what comes before stands to the right.

local escape = require("sheaf.diff_page").escape
local kwic = require "sheaf.kwic"
local terminal = require "sheaf.terminal"

local kwic_page = {}

local HEAD = [[
<!doctype html>
<html lang=en>
<meta charset=utf-8>
<meta name=viewport content="width=device-width">
<meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src 'unsafe-inline'">
<title>%s</title>
<style>
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --faint: #667; --line: #e6e8ec;
  --found: #a3262a; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --ink: #e4e6ea; --faint: #98a0ad;
  --line: #2a2e35; --found: #ff9d98; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 90rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0; }
.about { color: var(--faint); margin: .25rem 0 1rem; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: .15rem 0;
  border-top: 1px solid var(--line); }
.from { color: var(--faint); font-size: .8rem; line-height: 1.9; white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis; }
.from a { color: inherit; }
.line { display: grid; grid-template-columns: 1fr auto 1fr; gap: 0 .4em; min-width: 0; }
.line span { min-width: 0; overflow: hidden; white-space: nowrap; }
.before { display: flex; justify-content: flex-end; }
.before bdi { flex: none; }
mark { background: none; color: var(--found); font-weight: 600; white-space: nowrap; }
@media (max-width: 45rem) { li { grid-template-columns: 1fr; } .line { display: block; }
  .line span { white-space: normal; display: inline; } .before bdi { flex: initial; } }
</style>
<main>
<h1 dir=auto>%s</h1>
<p class=about>%s</p>
<ol>
]]

local function name_of(line)
  local id = escape(line.id:sub(1, 8))
  local label = ("%s %s"):format(line.published and line.published:sub(1, 10) or "",
    line.publisher or line.site or "")
  if line.url and line.url:find("^https?://") then
    id = ("<a href=\"%s\" rel=noreferrer>%s</a>"):format(escape(line.url), id)
  end
  return ("%s <bdi>%s</bdi>"):format(id, escape(label))
end

local LINE = "<li><div class=from title=\"%s\">%s</div><div class=line dir=%s lang=\"%s\">"
  .. "<span class=before><bdi>%s</bdi></span><mark>%s</mark><span><bdi>%s</bdi></span></div>\n"

--- Writes a concordance as an HTML document.
---@param put fun(text: string)
---@param lines table[]
---@param query string
---@param about string
function kwic_page.write(put, lines, query, about)
  put(HEAD:format(escape(query), escape(query), escape(about)))
  for _, line in ipairs(lines) do
    local rtl = kwic.is_rtl(line.node) or (kwic.is_rtl(line.left) and kwic.is_rtl(line.right))
    put(LINE:format(escape(("%s · sheaf show %s"):format(terminal.clean(line.headline or ""), line.id)),
      name_of(line), rtl and "rtl" or "ltr", escape(line.language or ""), escape(line.left),
      escape(line.node), escape(line.right)))
  end
  put "</ol>\n</main>\n"
end

return kwic_page
