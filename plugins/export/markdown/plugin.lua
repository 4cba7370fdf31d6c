-- markdown - one document to read, in CommonMark.
--
--   # Headline            level 1, or deeper with level=
--   *Description*
--   By Ana Lopez · 2021-03-17
--   paragraphs, ## subheads, > quotations, lists, *captions*
--   ![caption (credit)](url)
--   Source: [Publisher](url)
--
-- Text is escaped so that it looks in print as it looked in the paper: nothing in it becomes markup.
-- Articles are parted by a rule. What an article looks like is a template, data/article.md or the user's.

local template = require "sheaf.template"
local view = require "sheaf.view"

-- Every character that can begin markup inside a line.
local function escape(text)
  return (text:gsub("[\\`*_%[%]<>&~|]", "\\%0"))
end

-- What would be markup only at the beginning of a line: headings, lists, quotes, rules, indented code.
local function escape_line(line)
  line = escape(line:match("^[ \t]*(.*[^ \t])") or "")
  line = line:gsub("^[#+=-]", "\\%0")
  return (line:gsub("^(%d+)([.)])%f[%s\0]", "%1\\%2"))
end

local function escape_lines(text)
  local lines = {}
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    line = escape_line(line)
    if line ~= "" then lines[#lines + 1] = line end
  end
  return lines
end

-- A heading is one line, and a # at its end would be taken for its closing.
local function heading(level, text)
  local line = escape(text:gsub("%s+", " ")):gsub("#", "\\#")
  return ("#"):rep(math.min(level, 6)) .. " " .. line
end

local function emphasised(text)
  return "*" .. escape(text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")) .. "*"
end

local function code(text)
  local longest = 2
  for ticks in text:gmatch("`+") do longest = math.max(longest, #ticks) end
  local fence = ("`"):rep(longest + 1)
  return fence .. "\n" .. text .. "\n" .. fence
end

local function list(text)
  local lines = {}
  for index, line in ipairs(escape_lines(text)) do lines[index] = "- " .. line end
  return table.concat(lines, "\n")
end

local function paragraph(text)
  return table.concat(escape_lines(text), "\n")
end

-- A table's rows are lines: they stay apart by hard breaks.
local function rows(text)
  return table.concat(escape_lines(text), "\\\n")
end

local function level_of(opt)
  return opt.title and opt.level + 1 or opt.level
end

local write_block = {
  p = paragraph,
  dateline = paragraph,
  h = function(text, opt) return heading(level_of(opt) + 1, text) end,
  caption = emphasised,
  quote = function(text) return "> " .. table.concat(escape_lines(text), "\n> ") end,
  list = list,
  table = rows,
  code = code,
}

-- A URL as the target of a link: what could end it is percent-encoded.
local function target(url)
  return (url:gsub("[%c \\()<>]", function(char) return ("%%%02X"):format(char:byte()) end))
end

local function link(text, url)
  return ("[%s](%s)"):format(escape(text:gsub("%s+", " ")), target(url))
end

local function authors_line(article)
  if article.byline then return escape_line(article.byline) end
  local names = {}
  for index, author in ipairs(article.authors or {}) do
    names[index] = escape(author.role and author.name .. ", " .. author.role or author.name)
  end
  return #names > 0 and "By " .. table.concat(names, "; ") or nil
end

local function credits(article)
  local parts = {}
  parts[#parts + 1] = authors_line(article)
  parts[#parts + 1] = article.published and escape(article.published)
  return #parts > 0 and table.concat(parts, " · ") or nil
end

local function caption(image)
  if not (image.caption and image.credit) then return image.caption or image.credit end
  return image.caption .. " (" .. image.credit .. ")"
end

local function picture(image)
  local words = caption(image)
  if image.url then return "!" .. link(words or "", image.url) end
  return words and emphasised(words)
end

local function source(article)
  local name = article.publisher or article.site
  if not name and not article.url then return nil end
  local line = "Source: " .. (article.url and link(name or article.url, article.url) or escape(name))
  if article.provider then line = line .. ", " .. escape(article.provider) end
  return article.via and line .. ", by way of " .. escape(article.via) or line
end

local makers = view.makers {
  heading = function(article, opt) return heading(level_of(opt), article.headline or "Untitled") end,
  lead = function(article) return article.description and emphasised(article.description) end,
  credits = credits,
  body = function(article, opt)
    local parts = {}
    for text, kind in article:paragraphs() do parts[#parts + 1] = write_block[kind](text, opt) end
    return table.concat(parts, "\n\n")
  end,
  pictures = function(article, opt)
    local parts = {}
    for _, image in ipairs(opt.images and article.images or {}) do parts[#parts + 1] = picture(image) end
    return parts
  end,
  source = function(article, opt) return opt.source and source(article) end,
}

-- {{field}} is one line of text, with nothing in it that would be markup.
local function article_template(opt)
  return view.template(opt, "article.md", makers, function(text) return escape((text:gsub("%s+", " "))) end)
end

return {
  kind = "exporter", api = 1, version = "1.0.0",
  about = "One Markdown document with all articles.",
  extension = "md",
  args = {
    title = { "string", help = "a title for the whole document; headlines then go one level deeper" },
    level = { "integer", default = 1, min = 1, max = 5, help = "level of the headlines" },
    images = { "boolean", default = true, help = "show pictures with their captions and credits" },
    source = { "boolean", default = true, help = "end each article with where it comes from" },
    template = view.argument("article.md"),
  },
  needs = view.needs,
  rows = true,
  between = "\n---\n\n",
  open = function(out, opt)
    article_template(opt)
    if opt.title then out:write(heading(opt.level, opt.title), "\n\n") end
  end,
  each = function(article, opt, out)
    out:write(article_template(opt):render(template.view(makers, article, opt)))
  end,
  examples = {
    { run = "sheaf export markdown:title=News news.sheaf -o news.md", about = "one document to read" },
  },
  tests = {
    { give = { headline = "Talks end", text = "They met.\n\nThey left." },
      want = "# Talks end\n\nThey met.\n\nThey left.\n" },
    { give = {
        headline = "Talks end", description = "Three hours.", byline = "By Mina Okafor", text = "They met.",
        published = "2021-03-17", publisher = "The Lantern", provider = "NPA",
        url = "https://example.com/a_(b)",
      },
      want = "# Talks end\n\n*Three hours.*\n\nBy Mina Okafor · 2021-03-17\n\nThey met.\n\n"
        .. "Source: [The Lantern](https://example.com/a_%28b%29), NPA\n" },
    { give = { headline = "5 * 3 = 15 #", text = "*Bold*, _slanted_, <b>tag</b>, `code` & [link](x)" },
      want = "# 5 \\* 3 = 15 \\#\n\n\\*Bold\\*, \\_slanted\\_, \\<b\\>tag\\</b\\>, \\`code\\` \\& "
        .. "\\[link\\](x)\n" },
    { give = {
        headline = "Lines",
        text = "# one\n\n- two\n\n1. three\n\n1984 was a year.\n\n+ four\n\n---\n\n> five",
      },
      want = "# Lines\n\n\\# one\n\n\\- two\n\n1\\. three\n\n1984 was a year.\n\n\\+ four\n\n\\---\n\n"
        .. "\\> five\n" },
    { give = {
        headline = "Blocks", text = "Head\n\nSaid.\n\nShown.",
        blocks = {
          { from = 1, to = 4, kind = "h" }, { from = 7, to = 11, kind = "quote" },
          { from = 14, to = 19, kind = "caption" },
        },
      },
      want = "# Blocks\n\n## Head\n\n> Said.\n\n*Shown.*\n" },
    { give = {
        headline = "Pictures", text = "See.",
        images = {
          { url = "https://example.com/p.jpg", caption = "A [ship]", credit = "Pool" }, { caption = "Alone" },
        },
      },
      want = "# Pictures\n\nSee.\n\n![A \\[ship\\] (Pool)](https://example.com/p.jpg)\n\n*Alone*\n" },
    { opt = { images = false, source = false, level = 3 },
      give = {
        headline = "Bare", text = "Text.", url = "https://example.com/", images = { { caption = "Gone" } },
      },
      want = "### Bare\n\nText.\n" },
    { opt = { title = "All" }, give = { headline = "One", text = "Text." },
      want = "# All\n\n## One\n\nText.\n" },
    { give = { text = "No headline." }, want = "# Untitled\n\nNo headline.\n" },
    { give = {
        headline = "Names", text = "Text.", authors = { { name = "A B", role = "Editor" }, { name = "C D" } },
      },
      want = "# Names\n\nBy A B, Editor; C D\n\nText.\n" },
  },
}
