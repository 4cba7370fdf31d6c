--- bundle.lua: is a book, a site or a sheaf what its lock says?
--
-- A sheaf holds the texts themselves, so each is hashed. A book or a site holds what an
-- exporter made of them, and a manifest of ids and hashes: that must be the lock's, and
-- each file must have the hash that was noted when it was bound. Where the lock has no
-- hashes of such an output, that is said: the manifest is then only what it claims.

local core = require "sheaf.core"
local failure = require "sheaf.failure"
local lfs = require "lfs"
local recipe_of = require "sheaf.collection.recipe"
local targets = require "sheaf.collection.targets"
local terminal = require "sheaf.terminal"

local bundle = {}

local MANIFESTS = { "META-INF/sheaf.json", "sheaf.json" }

local function name_of(article)
  return ('%s "%s"'):format(article.id, terminal.clean(article.headline or "no headline"))
end

-- ---- sheaves -----------------------------------------------------------------------------

local function check_sheaf(path, content, say)
  local file, reason = core.open(path)
  if not file then return say(reason) end
  local found, wanted = {}, {}
  for _, article in ipairs(content.articles) do wanted[article.id] = article end
  local function reject(position, why) say(("article %d is damaged: %s"):format(position, why)) end
  for a in file:articles { reject = reject } do
    local article = wanted[a.id]
    found[a.id] = true
    if not article then
      say(("%s is not in the lock"):format(name_of { id = a.id, headline = a.headline }))
    elseif core.sha256(a.text or "") ~= article.text then
      say(("%s has another text"):format(name_of(article)))
    elseif a.headline ~= article.headline or a.url ~= article.url then
      say(("%s has another headline or address"):format(name_of(article)))
    end
  end
  for _, article in ipairs(content.articles) do
    if not found[article.id] then say(("%s is missing"):format(name_of(article))) end
  end
  file:close()
end

-- ---- books and sites -----------------------------------------------------------------------

local function manifest_in(files)
  for _, name in ipairs(MANIFESTS) do
    if files[name] then return files[name], name end
  end
end

local function check_manifest(text, content, say)
  local manifest = core.decode(text)
  if type(manifest) ~= "table" or type(manifest.articles) ~= "table" then
    return say("its manifest cannot be read")
  end
  if manifest.lock ~= content.digest then say("its manifest names another lock") end
  if manifest.identifier ~= content.identifier then say("its identifier is another") end
  local has = {}
  for _, article in ipairs(manifest.articles) do
    if type(article) == "table" and type(article.id) == "string" then has[article.id] = article.sha256 end
  end
  for _, article in ipairs(content.articles) do
    if not has[article.id] then
      say(("%s is missing"):format(name_of(article)))
    elseif has[article.id] ~= article.text then
      say(("%s has another text"):format(name_of(article)))
    end
    has[article.id] = nil
  end
  for id in core.sorted(has) do say(("%s is not in the lock"):format(id)) end
end

local function check_files(hashes, noted, say)
  for name, hash in core.sorted(noted) do
    if not hashes[name] then
      say(("the file %s is missing"):format(name))
    elseif hashes[name] ~= hash then
      say(("the file %s was changed"):format(name))
    end
  end
  for name in core.sorted(hashes) do
    if not noted[name] then say(("the file %s is not of it"):format(terminal.clean(name))) end
  end
end

-- The output of the lock that a bundle is: by its manifest's place and its name.
local function output_for(path, hash, content)
  local file = path:gsub("/+$", ""):match("[^/]*$")
  local by_name
  for _, output in core.sorted(content.outputs) do
    if output.sha256 == hash then return output end
    local name = output.path and output.path:gsub("/+$", ""):match("[^/]*$")
    if name == file then by_name = by_name or output end
  end
  return by_name
end

local function texts_of_folder(path)
  local texts = {}
  for _, name in ipairs(MANIFESTS) do
    local file = path .. "/" .. name
    texts[name] = lfs.attributes(file, "mode") and recipe_of.read_file(file, 1 << 30)
  end
  return texts
end

-- What is in a bundle: hashes of its files, the texts of its manifest, a hash over all.
local function open(path)
  if lfs.attributes(path, "mode") == "directory" then
    local about = targets.hash(path)
    return { hash = about.sha256, hashes = about.files, texts = texts_of_folder(path) }
  end
  local bytes = failure.try(recipe_of.read_file(path, 4 << 30))
  if bytes:sub(1, 2) ~= "PK" then return { hash = core.sha256(bytes) } end
  local files, reason = core.unzip(bytes)
  if not files then return nil, reason end
  return { hash = core.sha256(bytes), hashes = targets.hashes(files), texts = files }
end

local function check_bundle(path, content, say, note)
  local plain = path:gsub("/+$", "")
  local found, reason = open(plain)
  if not found then return say(reason) end
  local output = output_for(plain, found.hash, content)
  if output and output.sha256 == found.hash then
    note("as it was bound")
  elseif output and output.files and found.hashes then
    check_files(found.hashes, output.files, say)
  elseif output then
    say("it was changed since it was bound")
  else
    note("the lock has no hash of it")
  end
  local manifest = found.texts and manifest_in(found.texts)
  if manifest then
    check_manifest(manifest, content, say)
  elseif not (output and output.sha256 == found.hash) then
    say("it has no manifest, so that nothing tells which articles are in it")
  end
end

--- Checks a bundle against a lock.
---@param path string
---@param content table
---@return string[] problems none when it is what the lock says
---@return string[] notes
function bundle.check(path, content)
  local problems, notes = {}, {}
  local function say(text) problems[#problems + 1] = text end
  local function note(text) notes[#notes + 1] = text end
  if path:find("%.sheaf$") then
    check_sheaf(path, content, say)
  else
    check_bundle(path, content, say, note)
  end
  return problems, notes
end

return bundle
