-- Writes articles of many languages and sites, shuffled, to standard output as JSONL: the lines of the
-- first file, and the plain texts in the others (zstd), cut into articles of 2 to 4 KB with made-up
-- addresses. The generator is seeded: the same files give the same bytes.
local state = 5
local function random(n)
  state = (state * 6364136223846793005 + 1442695040888963407) & ~0
  return (state >> 33) % n + 1
end

local function escaped(text)
  return (text:gsub('[\\"%c]', function(c) return ("\\u%04x"):format(c:byte()) end))
end

local out = {}
local function put(language, paragraphs)
  local i = #out + 1
  local text = {}
  for k, paragraph in ipairs(paragraphs) do text[k] = escaped(paragraph) end
  local first = paragraphs[1]
  local headline = first:sub(1, (utf8.offset(first, math.min(60, utf8.len(first)) + 1) or 1) - 1)
  local row = '{"url":"https://www.%s-%d.example/%d/story-%d","headline":"%s",'
    .. '"published":"20%02d-%02d-%02d","text":"%s"}'
  out[i] = row:format(language, random(4), 2010 + i % 12, i, escaped(headline), 10 + i % 12, 1 + i % 12,
    1 + i % 28,
    table.concat(text, "\\n\\n"))
end

local function cut(path)
  local language = path:match("(%a+)%.txt%.zst$")
  local lines = assert(io.popen("zstd -qdc '" .. path .. "'"))
  local article, size, goal = {}, 0, 2000 + random(2000)
  for line in lines:lines() do
    line = line:gsub("%s+", " ")
    if line:find("%S") and utf8.len(line) then
      article[#article + 1], size = line, size + #line
    end
    if size >= goal then
      put(language, article)
      article, size, goal = {}, 0, 2000 + random(2000)
    end
  end
  lines:close()
end

local number = 0
for line in io.lines(arg[1]) do
  number = number + 1
  out[#out + 1] = line:gsub('^{"id": "[^"]*", "url": "[^"]*"',
    ('{"url":"https://news%d.example/%d"'):format(number % 12, number))
end
for i = 2, #arg do cut(arg[i]) end
for i = #out, 2, -1 do
  local k = random(i)
  out[i], out[k] = out[k], out[i]
end
for _, line in ipairs(out) do io.write(line, "\n") end
