-- date.lua - keeps articles of a stretch of time.
--
-- Dates are EDTF, as precise as the source: 2022-02 covers the whole month. An article is kept when any
-- moment that its date can mean lies within the bounds, so nothing is lost to a coarse date. A date
-- without a year, such as XXXX-02-10, has no place in time and counts as undated.

local first_moment, last_moment = math.mininteger, math.maxinteger

-- First and last second of what the arguments allow.
local function window(opt)
  local first, last = first_moment, last_moment
  local function narrow(from, to)
    first, last = math.max(first, from), math.min(last, to)
  end
  if opt.from then narrow(sheaf.date_range(opt.from), last_moment) end
  if opt.to then narrow(first_moment, select(2, sheaf.date_range(opt.to))) end
  if opt.on then narrow(sheaf.date_range(opt.on)) end
  return first, last
end

return {
  kind = "filter", api = 1, version = "1.0.0", order = "any",
  about = "Keep articles of a stretch of time.",
  args = {
    from = { "date", help = "first day, month or year to keep" },
    to = { "date", help = "last day, month or year to keep; all of it belongs to the stretch" },
    on = { "date", help = "the one day, month or year to keep" },
    field = {
      "string", default = "published", values = { "published", "modified", "retrieved" },
      help = "which date of the article counts",
    },
    undated = {
      "string", default = "drop", values = { "keep", "drop" },
      help = "what to do with articles that have no date with a year",
    },
  },
  needs = { "published", "modified", "retrieved" },
  each = function(article, opt)
    local date = article[opt.field]
    local first, last
    if date then first, last = sheaf.date_range(date) end
    if not first then return opt.undated == "keep", "it has no date with a year" end
    local from, to = window(opt)
    return first <= to and last >= from, "its date is " .. date
  end,
  examples = {
    { run = "sheaf run news.sheaf --filter date:from=2021-03,to=2021-04-15",
      about = "what was published from March to the middle of April" },
  },
  tests = {
    { opt = { from = "2021-03-17" }, give = { published = "2021-03-17" }, want = true },
    { opt = { from = "2021-03-17" }, give = { published = "2021-03-16" }, want = false },
    { opt = { to = "2021-03-17" }, give = { published = "2021-03-17T23:59:59Z" }, want = true },
    { opt = { to = "2021-03-17" }, give = { published = "2021-03-18T00:00:00Z" }, want = false },
    { opt = { to = "2021-03" }, give = { published = "2021-03-31" }, want = true },
    { opt = { from = "2021-03-01", to = "2021-03-31" }, give = { published = "2021-04" }, want = false },
    { opt = { on = "2021-03" }, give = { published = "2021-03-17T09:13Z" }, want = true },
    { opt = { on = "2021-03-17" }, give = { published = "2021-03" }, want = true },
    { opt = { on = "2021" }, give = { published = "2022-01-01" }, want = false },
    { opt = { on = "2021-03-17" }, give = { published = "2021-03-18T01:30+03:00" }, want = true },
    { opt = { from = "2021" }, give = { published = "XXXX-03-17" }, want = false },
    { opt = { from = "2021", undated = "keep" }, give = { published = "XXXX-03-17" }, want = true },
    { opt = { from = "2021" }, give = { text = "No date." }, want = false },
    { opt = { from = "2021", undated = "keep" }, give = { text = "No date." }, want = true },
    { opt = { on = "2021-03-18", field = "modified" },
      give = { published = "2021-03-17", modified = "2021-03-18" }, want = true },
    { opt = { from = "2022", to = "2021" }, give = { published = "2021-06-01" }, want = false },
    { give = { published = "1987-06-01" }, want = true },
  },
}
