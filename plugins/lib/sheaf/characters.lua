-- characters.lua - places counted in characters, as other programs count them, from places in bytes.

local characters = {}

--- Turns bytes into characters; asked in the order of the text, it reads the text once.
---@param text string
---@return fun(byte: integer): integer how many characters begin up to a byte
function characters.counter(text)
  local bytes, count = 0, 0
  return function(byte)
    if byte < bytes then bytes, count = 0, 0 end
    count = count + utf8.len(text, bytes + 1, byte)
    bytes = byte
    return count
  end
end

return characters
