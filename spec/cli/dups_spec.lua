-- dups_spec.lua - copies are found, told with reasons, kept as a layer, and dropped when told.
-- luacheck: no max line length

local session = require "spec.cli.session"
local core = require "sheaf.core"

local first = "The harbour of Lerwick opened again on Monday after the longest storm in living memory. "
  .. "Fishing boats left before dawn, and the first ferry from Aberdeen was expected in the evening. "
  .. "\"We have waited eleven days for this, and nobody will wait for breakfast,\" said Mina Okafor, who leads "
  .. "the pilots. The council has set money aside for the broken pier. Engineers will look at the northern "
  .. "wall in June, when the water is low, and say whether it must be built anew."
local version = first:gsub("longest storm in living memory", "worst storm anybody remembers")
  :gsub("in June", "in early June")
local report = first .. " Insurers have counted three hundred claims. The oldest lighthouse of the islands lost "
  .. "its lamp on the second night. Schools stay closed until Thursday, and the museum has opened its cellar to "
  .. "families whose roofs are gone. A relief ship is on its way from Bergen with timber, nails and two bakers. "
  .. "The weather office expects calm days, cold nights and little wind from the east until the end of the week. "
  .. "Roads in the south are open again, and those in the north will follow when the last trees are gone."
local other = "A bakery in Bergen has won the prize for the best rye bread of the coast, for the third year in a "
  .. "row, and its owner says that the oven is older than the house that stands around it."

local articles = {
  { headline = "Harbour open", text = report, published = "2021-03-03", publisher = "The Lantern" },
  { headline = "Lerwick opens", text = first, published = "2021-03-01", publisher = "NPA" },
  { headline = "Lerwick opens again", text = version, published = "2021-03-02T08:00Z", publisher = "Compass" },
  { headline = "Lerwick opens (copy)", text = first, publisher = "Mirror" },
  { headline = "Bread", text = other, published = "2021-03-01" },
}

local function lines(from, to)
  local list = {}
  for i = from, to do list[#list + 1] = core.encode(articles[i]) .. "\n" end
  return table.concat(list)
end

describe("sheaf dups", function()
  local s

  before_each(function()
    s = session.new()
    s:file("all.jsonl", lines(1, 5))
    s:file("one.jsonl", lines(1, 2))
    s:file("two.jsonl", lines(3, 5))
    s:run("for n in all one two; do sheaf pack -q $n.jsonl -o $n.sheaf; done")
  end)

  after_each(function() s:close() end)

  it("puts the earliest first, and those without a date last", function()
    s:play [[
      $ sheaf dups all.sheaf | cut -f1,3,4,6,7
      1	2021-03-01			Lerwick opens
      1	2021-03-02T08:00Z	version_of	0.84	Lerwick opens again
      1	2021-03-03	based_on	1.00	Harbour open
      1		duplicate_of	1.00	Lerwick opens (copy)
      ! 1 cluster among 5 articles: 4 in them
      ! without a known date, and therefore last: 1 article
    ]]
  end)

  it("says what of whom stands where, with the passages side by side", function()
    local out = s:run("sheaf dups all.sheaf --show")
    assert.is_truthy(out:find("the same text, byte for byte", 1, true))
    assert.is_truthy(out:find("100 %% of that one stands here"))
    assert.is_truthy(out:find("[-longest-]", 1, true))
    assert.is_truthy(out:find("{+worst+}", 1, true))
    assert.is_nil(out:find("Insurers", 1, true), "what is not shared is shown, too")
  end)

  it("gives all of it to programs", function()
    s:play [==[
      $ sheaf dups all.sheaf --json -q | jq -c '[.articles, (.members | map(.position))]'
      [4,[2,3,1,4]]
      $ sheaf dups all.sheaf --json -q | jq -r '.members[2] | [.relation, .score, .other_share] | @tsv'
      based_on	1	1
      $ sheaf dups all.sheaf --json -q | jq '.members[1] | .own_share > 0.8 and .of == "nothing"'
      false
    ]==]
  end)

  it("looks across several sheaves, and says which", function()
    s:play [==[
      $ sheaf dups one.sheaf two.sheaf --json -q | jq -c '.members | map([.file, .position, .relation])'
      [["one.sheaf",2,null],["two.sheaf",1,"version_of"],["one.sheaf",1,"based_on"],["two.sheaf",2,"duplicate_of"]]
      $ sheaf dups one.sheaf ./one.sheaf
      ! sheaf: ./one.sheaf is named twice
      ? 2
    ]==]
  end)

  it("takes a share as a part or in percent, and finds nothing above it", function()
    s:play [[
      $ sheaf dups two.sheaf --min 90
      ! no copies found among 3 articles
      ? 1
      $ sheaf dups two.sheaf --min 0.8 -q | wc -l
      2
      $ sheaf dups two.sheaf --min nothing
      ! sheaf: --min nothing: expected a share from 0.05 to 1, or percent up to 100
      ? 2
      $ sheaf dups all.jsonl
      ! sheaf: all.jsonl: …
      !   sheaf pack PILE -o NEW.sheaf makes a sheaf of a pile
      ? 2
    ]]
  end)

  it("is the same with any number of threads", function()
    local one = s:run("sheaf dups all.sheaf --threads 1 --json")
    assert.equal(one, (s:run("sheaf dups all.sheaf --threads 4 --json")))
  end)

  it("keeps relations as a layer, and the articles as they are", function()
    s:play [==[
      $ sheaf ls all.sheaf >before
      $ sheaf dups all.sheaf --to layer -q >/dev/null
      $ sheaf layers all.sheaf | cut -f1-3
      copies	1.0.0	4
      $ sheaf run all.sheaf --layer copies --json | jq -r '.layers.copies.fields.relations[0].type // "none"'
      based_on
      none
      version_of
      duplicate_of
      none
      $ sheaf ls all.sheaf | cmp - before
      $ sheaf verify all.sheaf
      all.sheaf: whole, 5 articles, …
      $ sheaf dups all.sheaf --to csv
      ! sheaf: --to layer is all that dups can write to
      ? 2
    ]==]
  end)

  it("drops duplicates only when told --yes, and never versions", function()
    s:play [[
      $ sheaf dups all.sheaf --remove >/dev/null
      ! 1 cluster among 5 articles: 4 in them
      ! without a known date, and therefore last: 1 article
      ! 1 duplicate would be dropped, and the earliest of each kept; --yes drops them
      $ sheaf ls all.sheaf | wc -l
      5
      $ sheaf dups all.sheaf --yes
      ! sheaf: --yes goes with --remove
      ? 2
      $ sheaf dups all.sheaf --remove --yes -q >/dev/null
      $ sheaf ls all.sheaf | cut -f5
      Harbour open
      Lerwick opens
      Lerwick opens again
      Bread
      $ sheaf dups all.sheaf -q | wc -l
      3
      $ sheaf dups all.sheaf --remove --yes 2>&1 >/dev/null | tail -1
      no duplicates to drop: versions are kept
    ]]
  end)

  it("makes a page that needs nothing else and runs nothing", function()
    s:file("evil.jsonl", core.encode { headline = "<script>alert(1)</script>", text = first .. " <b>bold</b>" } .. "\n"
      .. core.encode { headline = "Other", text = version .. " <b>bold</b>" } .. "\n")
    s:run("sheaf pack -q evil.jsonl -o evil.sheaf; sheaf dups evil.sheaf --html -o evil.html -q")
    local page = s:read("evil.html")
    assert.is_truthy(page:find("default-src 'none'", 1, true))
    assert.is_nil(page:find("<script", 1, true))
    assert.is_nil(page:find("<b>bold", 1, true))
    assert.is_truthy(page:find("<del>longest</del>", 1, true))
  end)

  it("gives scripts the pairs with their counts", function()
    s:file("pairs.lua", [[
      local file <close> = sheaf.open(arg[1])
      local groups, about = sheaf.copies(file, { min = 0.5 })
      for _, group in ipairs(groups) do
        for _, match in ipairs(group.matches) do
          print(group.members[match.a].position, group.members[match.b].position, match.same,
            match.shared <= match.in_a and match.jaccard <= match.share)
        end
      end
      print(about.articles)
    ]])
    s:play [[
      $ sheaf run pairs.lua all.sheaf
      1	2	false	true
      1	3	false	true
      1	4	false	true
      2	3	false	true
      2	4	true	true
      3	4	false	true
      5
    ]]
  end)
end)
