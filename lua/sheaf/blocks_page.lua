--- blocks_page.lua: what was decided about a web page, as a web page.
--
-- One file that needs nothing else: style and script stand in it, and its policy
-- lets nothing be loaded, for the texts come from strangers. On top what was found
-- about the article, and by which rule; then every block in order, with a strip
-- at the side on which the whole page is seen at once.

local blocks = require "sheaf.blocks"
local core = require "sheaf.core"
local terminal = require "sheaf.terminal"

local blocks_page = {}

local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

local function escape(text)
  return (terminal.clean(text):gsub("[&<>\"']", ENTITIES))
end

-- Line ends stay: tables and code have them.
local function escape_lines(text)
  return (text:gsub("[^\n]+", escape))
end

local HEAD = [[
<!doctype html>
<html lang=en>
<meta charset=utf-8>
<meta name=viewport content="width=device-width">
<meta http-equiv=Content-Security-Policy
  content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Blocks: %s</title>
<style>
%s</style>
]]

local STYLE = [[
:root { color-scheme: light dark;
  --paper: #fff; --ink: #1c1e21; --faint: #667; --line: #dde0e6; --panel: #f5f6f8; --link: #1a5fb4;
  --kept: #137a3e; --aside: #946200; --dropped: #b3372c; --kept-paper: #eef8f1; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #16181c; --ink: #e4e6ea; --faint: #98a0ad; --line: #32363e; --panel: #1f2228; --link: #8ab8ff;
  --kept: #5ccb86; --aside: #e0b04a; --dropped: #f08a7d; --kept-paper: #18261d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
.sheet { max-width: 64rem; margin: 0 auto; padding: 1.5rem 3.5rem 4rem 1.5rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
header p { color: var(--faint); margin: .25rem 0 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.25rem; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0;
  border-top: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; }
td { overflow-wrap: anywhere; }
td:last-child { color: var(--faint); width: 38%; }
form { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .4rem 1rem;
  align-items: center; padding: .6rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
label { display: inline-flex; gap: .35rem; align-items: center; cursor: pointer; }
input[type=search] { flex: 1 1 12rem; min-width: 8rem; font: inherit; color: inherit;
  background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; }
.swatch { width: .75rem; height: .75rem; border-radius: 3px; background: var(--tone); }
.kept { --tone: var(--kept); } .aside { --tone: var(--aside); } .dropped { --tone: var(--dropped); }
ol { list-style: none; margin: 0; padding: 0; }
.path { font: 12px/1.4 ui-monospace, monospace; color: var(--link); overflow-wrap: anywhere;
  margin: 1rem 0 .2rem; }
.block { position: relative; border-left: 4px solid var(--tone); padding: .3rem .75rem .4rem;
  margin: .2rem 0; border-radius: 0 6px 6px 0; scroll-margin-top: 5rem; }
.block.kept { background: var(--kept-paper); }
.block:hover, .block:focus, .block:target { background: var(--panel); outline: none; }
.about { display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline; font-size: .8rem;
  color: var(--faint); }
.about b { color: var(--tone); font-weight: 600; }
.about .kind { font-family: ui-monospace, monospace; }
.score { display: inline-block; width: 3.5rem; height: .4rem; border-radius: 3px; background: var(--line); }
.score i { display: block; height: 100%; border-radius: 3px; background: var(--tone); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.dropped .text { color: var(--faint); }
.features { display: none; columns: 11rem; font: 11px/1.5 ui-monospace, monospace; color: var(--faint);
  margin-top: .4rem; padding-top: .4rem; border-top: 1px dashed var(--line); }
.block:hover .features, .block:focus .features { display: block; }
.features span { display: block; break-inside: avoid; }
.features span b { float: right; padding-left: .5rem; font-weight: 400; color: var(--ink); }
.strip { position: fixed; top: .5rem; right: .5rem; bottom: .5rem; width: 1.4rem; display: flex;
  flex-direction: column; border-radius: 5px; overflow: hidden; background: var(--panel); }
.strip a { background: var(--tone); opacity: .8; min-height: 0; }
.strip a.dropped { opacity: .3; }
.strip a:hover { opacity: 1; }
[hidden] { display: none !important; }
@media (max-width: 40rem) {
  .sheet { padding-left: .8rem; padding-right: 2.4rem; }
  thead { display: none; }
  tr, th[scope=row], td { display: block; }
  tr { border-top: 1px solid var(--line); padding: .35rem 0; }
  th[scope=row], td { border: 0; padding: 0; }
  th[scope=row] { font-size: .8rem; color: var(--faint); }
  td:last-child { width: auto; font-size: .8rem; }
  td:empty { display: none; } }
]]

local SCRIPT = [=[
const rows = JSON.parse(document.getElementById('features').textContent);
const form = document.querySelector('form');
const items = [...document.querySelectorAll('.block')];
const groups = [...document.querySelectorAll('.group')];
function show() {
  const wanted = form.search.value.toLowerCase();
  for (const item of items) {
    const fits = !wanted || item.textContent.toLowerCase().includes(wanted)
      || item.closest('.group').firstElementChild.textContent.toLowerCase().includes(wanted);
    item.hidden = !fits || !form[item.dataset.verdict].checked;
  }
  for (const group of groups)
    group.hidden = ![...group.querySelectorAll('.block')].some(item => !item.hidden);
}
function fill(event) {
  const item = event.target.closest && event.target.closest('.block');
  if (!item || item.querySelector('.features')) return;
  const box = document.createElement('div');
  box.className = 'features';
  const row = rows.blocks[items.indexOf(item)];
  for (let i = 0; i < row.length; i += 2) {
    const line = document.createElement('span'), number = document.createElement('b');
    number.textContent = row[i + 1];
    line.append(number, rows.names[row[i]]);
    box.append(line);
  }
  item.append(box);
}
form.addEventListener('input', show);
form.addEventListener('submit', event => event.preventDefault());
document.addEventListener('mouseover', fill);
document.addEventListener('focusin', fill);
show();
]=]

-- Features as numbers of names, so that names stand in the page once.
local function features_of(view)
  local names, number_of, rows = {}, {}, {}
  for i, block in ipairs(view.blocks) do
    local row = {}
    for name, value in core.sorted(block.features or {}) do
      if not number_of[name] then
        names[#names + 1] = name
        number_of[name] = #names - 1
      end
      row[#row + 1], row[#row + 2] = number_of[name], value
    end
    rows[i] = "[" .. table.concat(row, ",") .. "]"
  end
  local json = ('{"names":%s,"blocks":[%s]}'):format(#names > 0 and core.encode(names) or "[]",
    table.concat(rows, ","))
  return (json:gsub("<", "\\u003c"))
end

local function put_facts(put, view)
  put "<table>\n<thead><tr><th scope=col>Field<th scope=col>Value<th scope=col>Won by</thead>\n"
  for _, fact in ipairs(blocks.facts(view)) do
    put(("<tr><th scope=row>%s<td dir=auto>%s"):format(escape(fact.field), escape(fact.value)))
    put(("<td>%s\n"):format(escape(fact.why)))
  end
  put "</table>\n"
end

local LABELS = { { "kept", "kept" }, { "aside", "kept aside" }, { "dropped", "dropped" } }

local function put_form(put, view)
  local counts = blocks.counts(view)
  put "<form>\n"
  for _, label in ipairs(LABELS) do
    put(("<label class=%s><input type=checkbox name=%s checked>"):format(label[1], label[1]))
    put(("<span class=swatch></span>%s %d</label>\n"):format(label[2], counts[label[1]]))
  end
  put '<input type=search name=search placeholder="Text or reason" aria-label="Text or reason">\n</form>\n'
end

local function put_block(put, block, number)
  local verdict = block.verdict
  put(('<li class="block %s" id=b%d data-verdict=%s tabindex=0><div class=about><b>%s</b>'):format(verdict,
    number, verdict, verdict == "aside" and "kept aside" or verdict))
  put(("<span class=kind>%s</span><span>%.2f "):format(escape(block.kind), block.score))
  put(('<span class=score><i style="width:%d%%"></i></span></span>'):format(block.score * 100 // 1 | 0))
  put(("<span>%s</span></div>\n<div class=text dir=auto>%s</div></li>\n"):format(escape(block.why),
    escape_lines(block.text)))
end

-- The last steps of a path, which tell most.
local function end_of(path)
  local last = path:match(">([^>]*>[^>]*>[^>]*>[^>]*)$")
  return last and "… > " .. last:gsub(">", " > ") or path:gsub(">", " > ")
end

local function put_blocks(put, view)
  local path
  for number, block in ipairs(view.blocks) do
    if block.path ~= path then
      put((path and "</ol></section>\n" or "") .. "<section class=group>")
      path = block.path
      put(('<div class=path title="%s">%s</div><ol>\n'):format(escape(path), escape(end_of(path))))
    end
    put_block(put, block, number)
  end
  put(path and "</ol></section>\n" or "<p>There is no text in this page.</p>\n")
end

-- Long texts are long on the strip, but no block takes all of it.
local function put_strip(put, view)
  put "<nav class=strip aria-label=\"The whole page\">"
  for number, block in ipairs(view.blocks) do
    put(('<a class=%s href="#b%d" tabindex=-1 style="flex:%d"></a>'):format(block.verdict, number,
      math.min(#block.text, 600) + 12))
  end
  put "</nav>\n"
end

--- Writes a view as an HTML document.
---@param put fun(text: string)
---@param view sheaf.PageView
function blocks_page.write(put, view)
  local a = view.article
  local title = a.headline or view.name
  put(HEAD:format(escape(title), STYLE))
  put(("<div class=sheet>\n<header><h1 dir=auto>%s</h1>\n<p>%s<br>%s</p></header>\n"):format(escape(title),
    escape(a.url or a.canonical_url or view.name), escape(blocks.summary(view))))
  put_facts(put, view)
  put_form(put, view)
  put_blocks(put, view)
  put "</div>\n"
  put_strip(put, view)
  put(('<script type="application/json" id=features>%s</script>\n'):format(features_of(view)))
  put(("<script>\n%s</script>\n"):format(SCRIPT))
end

return blocks_page
