--- copies.lua: clusters of articles that share most of their text, or much of it.
--
-- The core finds pairs and ties them together. Here the members of a cluster are
-- put in order of time, each is led back to the earlier one that it shares most
-- with, and what that makes of it is said: a relation, a reason and a score.

local core = require "sheaf.core"
local failure = require "sheaf.failure"

local copies = {}

---@class sheaf.CopyMember
---@field path string
---@field file userdata
---@field position integer
---@field row table of the catalog
---@field dated boolean is it known when it was published
---@field of sheaf.CopyMember? an earlier one that it shares most with
---@field own number? the share of it that stands in `of`
---@field back number? the share of `of` that stands in it
---@field score number? the share of the smaller of the two
---@field relation string? duplicate_of, version_of or based_on
---@field reason string?

--- From these shares on, both ways, one is a duplicate or a version of the other.
copies.DUPLICATE, copies.VERSION = 0.9, 0.5

-- The first second at which it may have been published; nil when no year is known.
local function time_of(row)
  return row.published and core.date_range(row.published) or nil
end

local function earlier(a, b)
  if a.time ~= b.time then
    if not (a.time and b.time) then return a.time ~= nil end
    return a.time < b.time
  end
  return a.number < b.number
end

local function members_of(group, files)
  local members = {}
  for i, at in ipairs(group.members) do
    local part = files[at.file]
    local row = part.file:rows { from = at.position, to = at.position }()
    members[i] = { path = part.path, file = part.file, position = at.position, row = row, number = i,
      time = time_of(row), matches = {} }
    members[i].dated = members[i].time ~= nil
  end
  return members
end

-- Each match is told to both of its members, from their side.
local function spread(group, members)
  for _, match in ipairs(group.matches) do
    local a, b = members[match.a], members[match.b]
    table.insert(a.matches, { with = b, own = match.shared / match.in_a, back = match.shared / match.in_b,
      match = match })
    table.insert(b.matches, { with = a, own = match.shared / match.in_b, back = match.shared / match.in_a,
      match = match })
  end
end

-- What it shares most with, among those that come before it.
local function best_before(member)
  local best
  for _, match in ipairs(member.matches) do
    if match.with.rank < member.rank and (not best or match.own > best.own
        or match.own == best.own and match.with.rank < best.with.rank) then
      best = match
    end
  end
  return best
end

local function relation_of(member, best)
  local least = math.min(best.own, best.back)
  if best.match.same or least >= copies.DUPLICATE then return "duplicate_of" end
  if least >= copies.VERSION then return "version_of" end
  local known = member.dated and best.with.dated and member.time > best.with.time
  return known and "based_on" or "version_of"
end

local function percent(share)
  return math.floor(share * 100 + 0.5)
end

local function reason_of(member, best)
  if best.with.row.id == member.row.id then return "the same article, in another sheaf" end
  if best.match.same then return "the same text, byte for byte" end
  if best.own == 1 and best.back == 1 then return "the same words" end
  return ("%d %% of it stands there, %d %% of that one stands here"):format(percent(best.own),
    percent(best.back))
end

local function lead_back(member)
  local best = best_before(member)
  if not best then
    member.reason = member.rank > 1 and "tied to the others by a later one" or nil
    return
  end
  member.of, member.own, member.back, member.score = best.with, best.own, best.back, best.match.share
  member.relation, member.reason = relation_of(member, best), reason_of(member, best)
end

local function cluster_of(group, files)
  local members = members_of(group, files)
  spread(group, members)
  table.sort(members, earlier)
  for rank, member in ipairs(members) do
    member.rank = rank
  end
  for _, member in ipairs(members) do
    lead_back(member)
    member.matches = nil
  end
  return members
end

--- All clusters, in order of their first packed members; in each, the earliest comes
--- first, and those of which the time is not known come last.
---@param files {path: string, file: userdata}[]
---@param options {min: number?, threads: integer?}
---@return sheaf.CopyMember[][]
---@return table about what was looked at
function copies.clusters(files, options)
  local handles, clusters = {}, {}
  for i, part in ipairs(files) do
    handles[i] = part.file
  end
  local groups, about = failure.try(core.copies(handles, options))
  for i, group in ipairs(groups) do
    clusters[i] = cluster_of(group, files)
  end
  return clusters, about
end

--- A cluster as plain data.
---@param cluster sheaf.CopyMember[]
---@return table
function copies.record(cluster)
  local members = {}
  for i, member in ipairs(cluster) do
    local row = member.row
    members[i] = { file = member.path, position = member.position, id = row.id, url = row.url,
      headline = row.headline, publisher = row.publisher or row.site, published = row.published,
      language = row.language, words = row.words, relation = member.relation,
      of = member.of and member.of.row.id, score = member.score, own_share = member.own,
      other_share = member.back, reason = member.reason }
  end
  return { articles = #members, members = members }
end

return copies
