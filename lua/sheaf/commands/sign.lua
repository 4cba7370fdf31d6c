--- sign.lua: signs a sheaf, and makes keys to sign with.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local source = require "sheaf.source"

local sign = {}

---@param given sheaf.Parsed
---@param ui sheaf.Terminal
---@return integer status
function sign.run(given, ui)
  if given.new_key then
    failure.try(core.make_key(given.new_key))
    ui:say("made %s, which is secret, and %s.pub, which is for everybody", given.new_key, given.new_key)
  end
  local key = given.new_key or given.key
  if #given.words > 0 and not key then
    failure.raise("with which key?", "sheaf sign --new-key mine.pem makes one",
      ("sheaf sign %s --key mine.pem signs with it"):format(given.words[1]))
  end
  if #given.words == 0 and not given.new_key then
    failure.raise("what is to be signed?", "sheaf help sign")
  end
  for _, path in ipairs(given.words) do
    failure.try(source.exists(path))
    failure.try(core.sign(path, key, { wait = given.wait }))
    ui:say("signed %s", path)
  end
  return 0
end

return sign
