-- code.lua - whole numbers as few printable characters, for data that a script of the page reads.
--
--   value = more* last     last: one of 62 characters; more: one of 29, the digits above, counted from 1
--
-- The characters need no escape in a string of JavaScript. Numbers below 62 take one.

local code = {}

local last, more = {}, {}
for byte = 35, 126 do
  if byte ~= 92 then
    local list = #last < 62 and last or more
    list[#list + 1] = string.char(byte)
  end
end
local LAST, MORE = #last, #more

local function made(value)
  local text = last[value % LAST + 1]
  value = value // LAST
  while value > 0 do
    value = value - 1
    text = more[value % MORE + 1] .. text
    value = value // MORE
  end
  return text
end

--- number → its text; it remembers them.
code.of = setmetatable({}, {
  __index = function(self, value)
    local text = made(value)
    if value < 65536 then self[value] = text end
    return text
  end,
})

--- What the reader must know: the characters of both kinds.
code.last, code.more = table.concat(last), table.concat(more)

return code
