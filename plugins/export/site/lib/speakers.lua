-- speakers.lua - who is quoted with what, and how different outlets print the same words.
--
-- Versions of one quotation are put side by side: two of them belong together when most of the words of the
-- shorter one stand in the longer one. Words that the longest version does not have are marked.

local frame = require "frame"
local markup = require "sheaf.markup"
local reading = require "reading"

local escape = markup.escape

local speakers = {}

local LONGEST = 700    -- characters of a quotation that are shown
local ALL = 400        -- quotations on the one page; with more, speakers share pages by their first letter
local COMPARED = 250   -- quotations of a speaker that are compared with each other
local LEAST, PART = 4, 0.6

function speakers.new()
  return { by = {}, names = {}, count = 0 }
end

--- Takes the quotations of an article.
function speakers.add(state, article, item)
  local quotes = article.layers and article.layers.quotes
  for _, span in ipairs(quotes and quotes.spans or {}) do
    local said = span[3]
    if type(said) == "table" and said.speaker and said.kind ~= "none" then
      local text = article.text:sub(span[1], span[2])
      local key = reading.speaker_slug(said.speaker)
      local of = state.by[key]
      if not of then
        of = { name = said.speaker, key = key, role = said.role, quotes = {} }
        state.by[key] = of
        state.names[#state.names + 1] = key
      end
      of.role = of.role or said.role
      of.quotes[#of.quotes + 1] = { text = frame.shortened(text, LONGEST), item = item, kind = said.kind }
      state.count = state.count + 1
    end
  end
end

-- ---- versions of one quotation --------------------------------------------------------------------------

local function word_set(text)
  local set, count = {}, 0
  for word in sheaf.words(sheaf.fold(text)) do
    if not set[word] then set[word], count = true, count + 1 end
  end
  return set, count
end

local function alike(a, b)
  local least, shared = math.min(a.count, b.count), 0
  if least < LEAST then return false end
  local small, large = a, b
  if b.count < a.count then small, large = b, a end
  for word in pairs(small.set) do
    if large.set[word] then shared = shared + 1 end
  end
  return shared >= LEAST and shared >= PART * least
end

local function versions(quotes)
  local groups = {}
  for i, quote in ipairs(quotes) do
    local home
    if i <= COMPARED then
      quote.set, quote.count = word_set(quote.text)
      for _, group in ipairs(groups) do
        if group[1].set and alike(group[1], quote) then home = group break end
      end
    end
    if home then home[#home + 1] = quote else groups[#groups + 1] = { quote } end
  end
  table.sort(groups, function(a, b)
    if #a ~= #b then return #a > #b end
    return a[1].item.number < b[1].item.number
  end)
  return groups
end

-- The words of a version; those that the longest version does not have are marked.
local function with_differences(quote, longest)
  local out, at, open = {}, 1, false
  local function turn(on)
    if open ~= on then out[#out + 1] = on and "<mark>" or "</mark>" end
    open = on
  end
  for word, from, to in sheaf.words(quote.text) do
    local common = true
    for part in sheaf.words(sheaf.fold(word)) do common = common and longest.set[part] ~= nil end
    if common then turn(false) end
    out[#out + 1] = escape(quote.text:sub(at, from - 1))
    if not common then turn(true) end
    out[#out + 1] = escape(quote.text:sub(from, to))
    at = to + 1
  end
  turn(false)
  out[#out + 1] = escape(quote.text:sub(at))
  return table.concat(out)
end

-- The version with most words goes first.
local function by_length(group)
  table.sort(group, function(a, b)
    if a.count ~= b.count then return a.count > b.count end
    if a.item.number ~= b.item.number then return a.item.number < b.item.number end
    return a.text < b.text
  end)
end

-- ---- pages ----------------------------------------------------------------------------------------------

local function version(quote, group, up)
  local item = quote.item
  local words = quote ~= group[1] and with_differences(quote, group[1]) or escape(quote.text)
  return ("<figure><blockquote%s class=\"%s\"><p>%s</p></blockquote><figcaption><a href=\"%s%s\"><bdi>%s"
      .. "</bdi></a>%s</figcaption></figure>")
    :format(item.spoken, quote.kind == "indirect" and "told" or "own", words, up, item.file,
      escape(item.outlet or frame.shortened(item.headline, 60)), item.published and ", "
          .. frame.time(item.published) or "")
end

local function speaker_section(of, up)
  local parts, outlets, number = {}, {}, 0
  for _, quote in ipairs(of.quotes) do
    local name = quote.item.outlet
    if name and not outlets[name] then outlets[name], number = true, number + 1 end
  end
  for _, group in ipairs(versions(of.quotes)) do
    local list = {}
    if #group > 1 then by_length(group) end
    for i, quote in ipairs(group) do list[i] = version(quote, group, up) end
    local shown = table.concat(list, "\n")
    parts[#parts + 1] = #group == 1 and shown or ("<div class=\"versions\" role=\"group\" aria-label=\"One "
        .. "quotation in %d versions\">\n%s\n</div>"):format(#group, shown)
  end
  return ("<section class=\"speaker\" id=\"%s\">\n<h2><bdi>%s</bdi></h2>\n<p class=\"credits\">%s%s%s</p>\n"
      .. "%s\n</section>\n")
    :format(of.key, escape(of.name), of.role and "<bdi>" .. escape(of.role) .. "</bdi> · " or "",
      frame.counted(#of.quotes, "quotation"), number > 0 and " · " .. frame.counted(number, "outlet") or "",
      table.concat(parts, "\n"))
end

local function sorted(state)
  table.sort(state.names, function(a, b)
    local x, y = state.by[a], state.by[b]
    if #x.quotes ~= #y.quotes then return #x.quotes > #y.quotes end
    return a < b
  end)
end

local function page_of(key)
  return ("quotes/%s.html"):format(key:match("^s%-(%w%w?)") or "other")
end

local function write_all(state)
  local parts = {}
  for _, key in ipairs(state.names) do parts[#parts + 1] = speaker_section(state.by[key], "") end
  return table.concat(parts)
end

-- With many quotations the page lists the speakers, and theirs stand on pages by the beginning of names.
local function write_split(site, state, out)
  local pages, order, lines = {}, {}, {}
  for i, key in ipairs(state.names) do
    local of, file = state.by[key], page_of(key)
    if not pages[file] then pages[file], order[#order + 1] = {}, file end
    table.insert(pages[file], of)
    lines[i] = ("<li id=\"%s\" class=\"entry\"><a href=\"%s#%s\"><bdi>%s</bdi></a>"
        .. "<span class=\"credits\">%s%s</span></li>"):format(
      key, file, key, escape(of.name), of.role and "<bdi>" .. escape(frame.shortened(of.role, 60))
          .. "</bdi> · " or "",
      frame.counted(#of.quotes, "quotation"))
  end
  table.sort(order)
  for _, file in ipairs(order) do
    local parts = { "<h1>Quotes</h1>\n" }
    for _, of in ipairs(pages[file]) do parts[#parts + 1] = speaker_section(of, "../") end
    out:file(file, frame.page(site, { title = "Quotes", part = "quotes", up = "../",
        body = table.concat(parts) }))
  end
  return "<ul class=\"entries\">\n" .. table.concat(lines, "\n") .. "\n</ul>\n"
end

function speakers.write(site, state, out)
  sorted(state)
  local body
  if state.count == 0 then
    body = "<p class=\"empty\">No quotation with a named speaker was found. The extractor <code>quotes"
        .. "</code> looks for them.</p>\n"
  else
    body = ("<p class=\"credits\">%s · %s</p>\n"):format(frame.counted(#state.names, "speaker"),
      frame.counted(state.count, "quotation")) .. (state.count <= ALL and write_all(state)
        or write_split(site, state, out))
  end
  out:file("quotes.html", frame.page(site, { title = "Quotes", part = "quotes",
      body = "<h1>Who said what</h1>\n" .. body }))
end

return speakers
