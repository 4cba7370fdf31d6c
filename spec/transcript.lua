-- transcript.lua - commands and what they print, as the documentation shows them.
--
--   ```console
--   $ sheaf run seeds.sheaf --filter words:min=200 --to csv:columns=words,headline
--   words,headline
--   262,A headline
--   ```
--
-- A command begins with "$ " and goes on behind a backslash at its line's end; what follows up to the next
-- command or the end of the block is what it prints. Carriage returns are not shown. An ellipsis stands for
-- whatever is printed there: times, for one.
--
-- A block of another kind that names a file, as in "```lua mine/plugin.lua", is that file: it is written
-- before the commands behind it run.

local transcript = {}

local function read_file(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function lines_of(text)
  local lines = {}
  for line in text:gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  return lines
end

-- Steps of one block of lines: {command=, output=}.
local function steps_of(block)
  local steps, continues = {}, false
  for _, line in ipairs(block) do
    local step = steps[#steps]
    if continues then
      step.command = step.command .. "\n" .. line
    elseif line:sub(1, 2) == "$ " then
      steps[#steps + 1] = { command = line:sub(3), output = "" }
    else
      step.output = step.output .. line .. "\n"
    end
    continues = steps[#steps].command:sub(-1) == "\\" and steps[#steps].output == ""
  end
  return steps
end

-- Calls on_line for text outside of blocks that mean something, on_block for the lines of a console, and
-- on_file for a file's path and lines.
local function walk(text, on_line, on_block, on_file)
  local block, path
  for _, line in ipairs(lines_of(text)) do
    local named = not block and line:match("^```%w+ (%S+)$")
    if named or (not block and line == "```console") then
      block, path = {}, named
      if named then on_line(line) end
    elseif block and line == "```" then
      if path then on_file(path, block) else on_block(block) end
      if path then on_line(line) end
      block = nil
    elseif block then
      block[#block + 1] = line
      if path then on_line(line) end
    else
      on_line(line)
    end
  end
end

local function whole(lines)
  return table.concat(lines, "\n") .. "\n"
end

--- All steps of a page, in order: a command with its output, or a file with its text.
function transcript.steps(path)
  local all = {}
  walk(read_file(path), function() end, function(block)
    for _, step in ipairs(steps_of(block)) do all[#all + 1] = step end
  end, function(file, lines)
    all[#all + 1] = { file = file, text = whole(lines) }
  end)
  return all
end

--- Does an output fit what a page shows?
function transcript.fits(shown, output)
  if not shown:find("…", 1, true) then return shown == output end
  local pattern = shown:gsub("%p", "%%%0"):gsub("…", ".-")
  return output:find("^" .. pattern .. "$") ~= nil
end

--- Writes a page again, with the output that run(command) gives for each of its steps; write(path, text)
--- makes the files that it shows.
function transcript.update(path, run, write)
  local lines = {}
  local function put(line) lines[#lines + 1] = line end
  walk(read_file(path), put, function(block)
    put("```console")
    for _, step in ipairs(steps_of(block)) do
      put("$ " .. step.command)
      local output = run(step.command)
      if transcript.fits(step.output, output) then output = step.output end
      if output ~= "" then put((output:gsub("\n$", ""))) end
    end
    put("```")
  end, function(file, text) write(file, whole(text)) end)
  local file = assert(io.open(path, "wb"))
  file:write(table.concat(lines, "\n"), "\n")
  file:close()
end

transcript.read_file = read_file

return transcript
