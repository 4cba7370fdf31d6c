--- diff_page.lua: what pages that show copies have in common.
--
-- A page is one file that needs nothing else, and its policy lets nothing be loaded,
-- for the texts come from strangers. Words that only one side has are marked by
-- colour and by del and ins, so that they are told without colour, too.

local side_by_side = require "sheaf.side_by_side"
local terminal = require "sheaf.terminal"

local diff_page = {}

local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

--- Text as HTML.
---@param text string
---@return string
function diff_page.escape(text)
  return (terminal.clean(text):gsub("[&<>\"']", ENTITIES))
end

local escape = diff_page.escape

local HEAD = [[
<!doctype html>
<html lang=en>
<meta charset=utf-8>
<meta name=viewport content="width=device-width">
<meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src 'unsafe-inline'">
<title>%s</title>
<style>
%s</style>
<main>
<h1>%s</h1>
<p class=about>%s</p>
]]

local STYLE = [[
:root { color-scheme: light dark;
  --paper: #fff; --ink: #1c1e21; --faint: #667; --line: #dde0e6; --panel: #f5f6f8;
  --gone: #a3262a; --gone-paper: #fdecec; --new: #12693a; --new-paper: #e6f6ec; --altered: #8a5a00; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #16181c; --ink: #e4e6ea; --faint: #98a0ad; --line: #32363e; --panel: #1f2228;
  --gone: #ff9d98; --gone-paper: #3a1f20; --new: #7fdca4; --new-paper: #173024; --altered: #e0b04a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.about { color: var(--faint); margin: .25rem 0 1rem; }
.row { display: grid; grid-template-columns: 4.5rem 1fr 1fr; gap: 0 1.25rem; padding: .45rem .5rem;
  border-top: 1px solid var(--line); }
.row > div { overflow-wrap: anywhere; min-width: 0; }
.heads { position: sticky; top: 0; background: var(--paper); font-weight: 600; z-index: 1; }
.heads span { display: block; font-weight: 400; font-size: .85rem; color: var(--faint); }
.kind { font-size: .8rem; color: var(--faint); padding-top: .15rem; }
.altered .kind { color: var(--altered); font-weight: 600; }
.shared { background: var(--panel); }
.only_a .kind { color: var(--gone); } .only_b .kind { color: var(--new); }
del { color: var(--gone); background: var(--gone-paper); text-decoration: line-through;
  text-decoration-thickness: 1px; border-radius: 3px; padding: 0 .1em; }
ins { color: var(--new); background: var(--new-paper); text-decoration: none; border-radius: 3px;
  padding: 0 .1em; }
section { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0; }
section h2 { margin: 0 0 .5rem; font-size: 1rem; }
.wording { border-left: 3px solid var(--line); padding: .15rem 0 .15rem .75rem; margin: .5rem 0; }
.where { color: var(--faint); font-size: .85rem; margin: .1rem 0 0; padding: 0; list-style: none; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
td, th { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0;
  border-top: 1px solid var(--line);
  overflow-wrap: anywhere; }
tr:first-child td { border-top: 0; }
.date, .id { white-space: nowrap; font-variant-numeric: tabular-nums; }
.faint { color: var(--faint); }
summary { cursor: pointer; color: var(--faint); font-size: .9rem; margin-top: .5rem; }
@media (max-width: 44rem) {
  .row { grid-template-columns: 1fr; }
  .row > div:nth-child(3):not(:empty) { border-left: 3px solid var(--line); padding-left: .6rem;
    margin-top: .3rem; }
  tr, td { display: block; } td { border: 0; padding: .1rem 0; }
  tr { border-top: 1px solid var(--line); padding: .3rem 0; } }
]]

--- The beginning of a page.
---@param put fun(text: string)
---@param title string
---@param about string
function diff_page.begin(put, title, about)
  put(HEAD:format(escape(title), STYLE, escape(title), escape(about)))
end

--- The end of a page.
---@param put fun(text: string)
function diff_page.finish(put)
  put "</main>\n"
end

local TAGS = { ["-"] = "del", ["+"] = "ins" }

-- Marks words, and leaves the blank behind them outside of the mark.
local function marked(piece)
  local tag, text = TAGS[piece[1]], escape(piece[2])
  if not tag then return text end
  local words, blank = text:match("^(.-)(%s*)$")
  return ("<%s>%s</%s>%s"):format(tag, words, tag, blank)
end

--- What one side has ("-" or "+"), or both in one (nil).
---@param pieces string[][]
---@param side string?
---@return string
function diff_page.side(pieces, side)
  local parts = {}
  for _, piece in ipairs(pieces) do
    if piece[1] == "=" or not side or piece[1] == side then
      local text = marked(piece)
      parts[#parts + 1] = piece[2]:find("%s$") and text or text .. (side and "" or " ")
    end
  end
  return table.concat(parts)
end

local LABELS = { shared = "shared", altered = "altered", only_a = "only left", only_b = "only right" }

--- A row of two texts, one of which may be nil.
---@param put fun(text: string)
---@param kind string
---@param left string?
---@param right string?
function diff_page.row(put, kind, left, right)
  local pieces = left and right and kind ~= "shared" and side_by_side.pieces(left, right)
  local function cell(text, side)
    return pieces and diff_page.side(pieces, side) or text and escape(text) or ""
  end
  put(('<div class="row %s"><div class=kind>%s</div>'):format(kind, LABELS[kind]))
  put(("<div dir=auto>%s</div><div dir=auto>%s</div></div>\n"):format(cell(left, "-"), cell(right, "+")))
end

--- Headings of the two columns.
---@param put fun(text: string)
---@param left string[] name and what else is known
---@param right string[]
function diff_page.heads(put, left, right)
  local function cell(head)
    return ("<div dir=auto>%s<span>%s</span></div>"):format(escape(head[1]), escape(head[2]))
  end
  put(('<div class="row heads"><div></div>%s%s</div>\n'):format(cell(left), cell(right)))
end

return diff_page
