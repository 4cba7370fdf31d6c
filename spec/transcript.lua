-- transcript.lua - commands and what they print, as the documentation shows them.
--
--   ```console
--   $ sheaf run seeds.sheaf --filter words:min=200 --to csv:columns=words,headline
--   words,headline
--   262,A headline
--   ```
--
-- A command begins with "$ " and goes on behind a backslash at its line's end; what follows up to the next
-- command or the end of the block is what it prints. Carriage returns are not shown.

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

-- Calls on_line for text outside of console blocks and on_block for the lines inside.
local function walk(text, on_line, on_block)
  local block
  for _, line in ipairs(lines_of(text)) do
    if line == "```console" then
      block = {}
    elseif block and line == "```" then
      on_block(block)
      block = nil
    elseif block then
      block[#block + 1] = line
    else
      on_line(line)
    end
  end
end

--- All steps of a page, in order.
function transcript.steps(path)
  local all = {}
  walk(read_file(path), function() end, function(block)
    for _, step in ipairs(steps_of(block)) do all[#all + 1] = step end
  end)
  return all
end

--- Writes a page again, with the output that run(command) gives for each of its steps.
function transcript.update(path, run)
  local lines = {}
  local function put(line) lines[#lines + 1] = line end
  walk(read_file(path), put, function(block)
    put("```console")
    for _, step in ipairs(steps_of(block)) do
      put("$ " .. step.command)
      local output = run(step.command)
      if output ~= "" then put((output:gsub("\n$", ""))) end
    end
    put("```")
  end)
  local file = assert(io.open(path, "wb"))
  file:write(table.concat(lines, "\n"), "\n")
  file:close()
end

transcript.read_file = read_file

return transcript
