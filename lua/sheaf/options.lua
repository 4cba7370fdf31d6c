--- options.lua: every command and option, once.
--
-- Parsing, help, the man page, docs/cli.md, shell completion and "did you
-- mean" are all made from these tables. An option means the same wherever it
-- is taken; a command only names the ones that it takes.
--
-- An option has: name; short, its letter; value, the word that stands for its
-- value in help (none: a flag); type "integer"; values, when only some words
-- are good; many, when it may be given again; step, when it adds to the chain
-- of steps, in the order given; complete, what a shell offers; and help.

local options = {}

---@class sheaf.Option
---@field name string
---@field short string?
---@field value string?
---@field type "integer"?
---@field values string[]?
---@field many boolean?
---@field step string?
---@field complete string?
---@field help string

---@type sheaf.Option[]
options.list = {
  { name = "where", value = "LUA", complete = "none",
    help = "only articles for which this Lua expression is true; the article is `a`, "
      .. "as in 'a.words > 200' (see sheaf help where)" },
  { name = "search", value = "QUERY", complete = "none",
    help = "only articles that this query finds, as in 'peace NEAR/5 talks' (see sheaf help search)" },
  { name = "filter", value = "PLUGIN", many = true, step = "filter", complete = "filter",
    help = "drop what this filter does not keep; arguments as in words:min=200,max=900" },
  { name = "expression", short = "e", value = "LUA", many = true, step = "expression", complete = "none",
    help = "a filter written here: keep articles for which this Lua expression is true" },
  { name = "extract", value = "PLUGIN", many = true, step = "extractor", complete = "extractor",
    help = "add what this extractor finds to every article" },
  { name = "to", value = "EXPORTER", complete = "exporter",
    help = "write with this exporter; by default the ending of the output file decides" },
  { name = "output", short = "o", value = "FILE", complete = "file",
    help = "where to write; - is standard output. A file appears when it is complete" },
  { name = "layer", value = "NAME", many = true, complete = "none",
    help = "join this layer: what it has on an article is in a.layers.NAME and in JSON (see sheaf layers)" },
  { name = "layers", help = "show what the layers of the sheaf have on the article" },
  { name = "drop", value = "NAME", complete = "none", help = "take this layer off the sheaf" },
  { name = "export", value = "NAME", complete = "none",
    help = "write the rows of this layer, one JSON object a line; offsets count "
      .. "characters from 0, end excluded" },
  { name = "by", value = "WHAT", complete = "none",
    help = "split: count=N articles a part, size=BYTES a part (700M, 2Gi), or"
      .. " field=language, site, publisher or year; counts: site, publisher, language, year, month or day" },
  { name = "size", value = "N", type = "integer", complete = "none", help = "words of an n-gram, 1 to 5" },
  { name = "least", value = "N", type = "integer", complete = "none",
    help = "leave out what is there less often" },
  { name = "least-articles", value = "N", type = "integer", complete = "none",
    help = "leave out what stands in fewer articles" },
  { name = "stop", value = "FILE", many = true, complete = "file",
    help = "words of this file, parted by white space, neither begin nor end an n-gram" },
  { name = "pick", value = "LIST", many = true, complete = "none",
    help = "these words alone, parted by commas" },
  { name = "field", value = "NAME", values = { "text", "headline", "both" },
    help = "which text; the text of the article is usual" },
  { name = "against", value = "X.sheaf", many = true, complete = "file",
    help = "compare with this sheaf; `rest` with the articles that --search or --where leave out" },
  { name = "near", value = "QUERY", complete = "none", help = "words that stand near what this query finds" },
  { name = "span", value = "N", type = "integer", complete = "none",
    help = "how many words to the left and right are near; 5 is usual" },
  { name = "full", help = "make the sheaf anew, so that dead bytes are given back" },
  { name = "without-originals", help = "leave the originals in the whole sheaf" },
  { name = "exact", help = "articles whose text is the same, byte for byte" },
  { name = "yes", help = "do it; without this nothing is changed and only told" },
  { name = "format", value = "FORMAT", values = { "text", "csv", "json", "html" },
    help = "what to write: text in columns, CSV, one JSON object a line, or a web page" },
  { name = "width", value = "N", type = "integer", complete = "none",
    help = "columns of a line; in CSV and JSON, characters on either side" },
  { name = "sample", value = "N", type = "integer", complete = "none",
    help = "take N of all by chance; the same ones each time (see --seed)" },
  { name = "seed", value = "N", type = "integer", complete = "none",
    help = "another number draws another sample" },
  { name = "facets", value = "LIST", complete = "none",
    help = "count what was found by site, date, language, publisher or author; several parted by commas" },
  { name = "index", help = "make the index, too (see sheaf index)" },
  { name = "no-positions",
    help = "without positions: smaller; phrases and NEAR then have to read the articles" },
  { name = "anew", help = "make the index anew" },
  { name = "limit", value = "N", type = "integer", complete = "none",
    help = "stop after N articles" },
  { name = "all", help = "every row, however many" },
  { name = "sort", value = "FIELD", complete = "field",
    help = "sort by this catalog field first; -FIELD for the highest or latest first" },
  { name = "json", help = "one JSON object a line" },
  { name = "text", help = "only the text of the article" },
  { name = "why", help = "show by which rule each field was won, and from which bytes of which file" },
  { name = "reader", value = "NAME", values = { "dump", "json" },
    help = "read files with this reader instead of the one that recognises them: dump, json" },
  { name = "site", value = "PLUGIN", many = true, complete = "file",
    help = "use these rules for the pages of a web site, a name or a file, before all others "
      .. "(see sheaf help sites)" },
  { name = "no-site-rules", help = "read web pages without the rules of single sites" },
  { name = "on-error", value = "WHAT", values = { "stop", "skip", "quarantine" },
    help = "when a plugin fails on an article: stop (default), skip the article, or quarantine it in a "
      .. "file that the summary names" },
  { name = "report", value = "FILE", complete = "file",
    help = "write everything that was refused to FILE, one JSON object a line" },
  { name = "trust", value = "NAME", many = true, complete = "none",
    help = "run this plugin or script outside the sandbox, with all of Lua" },
  { name = "threads", value = "N", type = "integer", complete = "none",
    help = "use at most N threads; the result is the same with any number" },
  { name = "shard", value = "N/OF", complete = "none",
    help = "only the Nth of OF parts of a run over sheaves, for several machines: rows then stand one "
      .. "behind the other, and sheaf merge adds up what exporters by parts have counted" },
  { name = "code", short = "e", value = "LUA", many = true, complete = "none",
    help = "run this Lua instead of reading lines" },
  { name = "key", value = "FILE", complete = "file",
    help = "the Ed25519 key, a PEM file: a secret one to sign, either to verify" },
  { name = "new-key", value = "FILE", complete = "file",
    help = "make a key: the secret one in FILE, the public one in FILE.pub" },
  { name = "wait", value = "SECONDS", type = "integer", complete = "none",
    help = "when another writer is at work, wait so long for it to be done" },
  { name = "preset", value = "NAME", values = { "fast", "default", "small", "max" },
    help = "how hard to compress: fast, default, small, max (slow, and the smallest)" },
  { name = "resume",
    help = "go on where sheaf pack was interrupted, without reading again what is safe; start when there is "
      .. "nothing to go on with" },
  { name = "originals", help = "keep the bytes that each article was read from, too" },
  { name = "blocks", help = "show every piece of text of a web page, whether it was kept, and why" },
  { name = "html", help = "as a web page, which needs nothing else to be looked at" },
  { name = "min", value = "SHARE", complete = "none",
    help = "tell articles of which the smaller shares at least so much with the other: 0.3 (default) or 30" },
  { name = "show", help = "show the passages that are shared, side by side, with their differences" },
  { name = "remove", help = "drop duplicates, and keep the earliest of each; needs --yes, too" },
  { name = "original", help = "write the bytes that the article was read from, unchanged" },
  { name = "commit-every", value = "MIB", type = "integer", complete = "none",
    help = "make what was packed safe after so many MiB of articles; by default 256" },
  { name = "kind", value = "KIND", values = { "filter", "extractor", "exporter", "site" },
    help = "only plugins of this kind" },
  { name = "dry-run", short = "n", help = "only tell what would be done" },
  { name = "only", value = "NAMES", complete = "none",
    help = "build only these outputs of the recipe, parted by commas" },
  { name = "locked", help = "build exactly what the lock says, or refuse and tell what differs" },
  { name = "update", help = "show all that changed since the lock was written, and write it anew" },
  { name = "new", value = "X.sheaf", complete = "file",
    help = "write a recipe with all articles of X.sheaf as picks" },
  { name = "lock", value = "FILE", complete = "file",
    help = "check a bundle against the lock of its collection" },
  { name = "keep", value = "FIELDS", complete = "none",
    help = "share these fields of an article, parted by commas; none: only ids and hashes" },
  { name = "from", value = "PILE", many = true, complete = "file",
    help = "look for the texts here; may be given again" },
  { name = "man", help = "write the man page sheaf.1" },
  { name = "markdown", help = "write the manual in Markdown" },
  { name = "completion", value = "SHELL", values = { "bash", "zsh", "fish" },
    help = "write completions for this shell" },
  { name = "color", value = "WHEN", values = { "auto", "always", "never" },
    help = "colour: auto (default) on terminals unless NO_COLOR is set, always, never" },
  { name = "quiet", short = "q", help = "no progress and no summary" },
  { name = "verbose", short = "v", help = "tell more" },
  { name = "help", short = "h", help = "show help" },
}

--- Options that every command takes.
options.everywhere = { "color", "quiet", "verbose", "help" }

local CHOICE = { "where", "search", "sort", "limit", "reader", "site", "no-site-rules", "report" }
local STEPS = { "filter", "expression", "extract" }
local CARE = { "on-error", "trust", "threads" }

local function join(...)
  local all = {}
  for _, part in ipairs { ... } do
    if type(part) == "string" then part = { part } end
    table.move(part, 1, #part, #all + 1, all)
  end
  return all
end

---@class sheaf.Command
---@field name string
---@field usage string[]
---@field about string
---@field detail string[]?
---@field examples string[][] a command line and what it does
---@field options string[]
---@field least integer? fewest words it needs
---@field most integer?
---@field verbs string[]? words that may come first
---@field literal boolean? words behind `--` are kept apart

---@type sheaf.Command[]
options.commands = {
  { name = "pack", usage = { "PILE... -o NEW.sheaf" }, least = 1,
    about = "Make a sheaf from a pile of articles.",
    examples = {
      { "sheaf pack dumps/ -o news.sheaf", "everything in a folder, archives in it too" },
      { "sheaf pack old.zip new.jsonl - -o news.sheaf", "several piles; - is standard input" },
      { "sheaf pack dumps/ -o long.sheaf --filter words:min=200", "only some of it" },
      { "sheaf pack dumps/ -o news.sheaf --report refused.jsonl", "with a list of what was refused" },
      { "sheaf pack dumps/ -o news.sheaf --resume", "go on after an interruption, or start" },
      { "sheaf pack dumps/ -o news.sheaf --preset max", "as small as it gets" },
      { "sheaf pack dumps/ -o news.sheaf --originals", "with the bytes that articles were read from" },
    },
    detail = {
      "A pile is a text dump, JSON or JSON lines, a folder of such files, or any archive of them, also "
        .. "within one another. Files that no reader takes are counted and named, never passed over in "
        .. "silence. An article that is there twice is kept once.",
      "Ctrl-C keeps what was read until then. While packing, the sheaf is called NEW.sheaf.partial; what is "
        .. "in it is made safe after every 256 MiB of articles, together with the place that was reached. "
        .. "After a power cut, or anything else, the same command with --resume goes on there. Files before "
        .. "that place are not opened again.",
      "After Ctrl-C the file is called NEW.sheaf; after kill -9 or a power cut it is still "
        .. "NEW.sheaf.partial. --resume goes on with either, and all articles are there in the end. After a "
        .. "kill the bytes are those of an uninterrupted run; after Ctrl-C the commits lie elsewhere, so the "
        .. "bytes are others.",
    },
    options = join("output", "preset", "resume", "originals", "index", "commit-every", STEPS, CHOICE, CARE) },
  { name = "add", usage = { "X.sheaf PILE..." }, least = 2,
    about = "Add a pile to a sheaf.",
    examples = {
      { "sheaf add news.sheaf today/", "add what is new; what is there already is passed over" },
      { "curl -s https://example.org/feed.jsonl | sheaf add news.sheaf -", "from standard input" },
    },
    detail = {
      "What was in the sheaf before stays as it is, whatever happens while more is added. After eight or "
        .. "more small additions their catalogs are joined, as sheaf compact does: the sheaf opens fast.",
    },
    options = join(STEPS, CHOICE, CARE, "wait") },
  { name = "ls", usage = { "X.sheaf|PILE..." }, least = 1,
    about = "List articles.",
    examples = {
      { "sheaf ls news.sheaf", "all of them" },
      { "sheaf ls news.sheaf --where 'a.words > 500' --sort -published", "long ones, latest first" },
      { "sheaf ls dump.txt", "what a pile would give, without packing it" },
      { "sheaf ls news.sheaf --json | jq -r .url", "for other programs" },
      { "sheaf ls news.sheaf | cut -f1", "ids: in a pipe, columns are parted by tabs" },
    },
    detail = {
      "Columns: id, published, publisher (or site), words, headline. On a terminal they are aligned and "
        .. "cut to its width and the id is cut to 8 letters, enough for sheaf show. In a pipe they are "
        .. "whole, parted by tabs, without a line of titles.",
    },
    options = join(CHOICE, "json") },
  { name = "show", usage = { "X.sheaf|PILE [ID...]" }, least = 1,
    about = "Show an article.",
    examples = {
      { "sheaf show news.sheaf 3f9a", "by the beginning of its id" },
      { "sheaf show news.sheaf 12", "the twelfth" },
      { "sheaf show dump.txt --why", "how each field was found" },
      { "sheaf show news.sheaf 12 --json | jq .", "everything about it" },
      { "sheaf show page.html --blocks", "what was kept of a web page, what was dropped, and why" },
      { "sheaf show news.sheaf 12 --blocks --html -o blocks.html", "the same, to look at in a browser" },
      { "sheaf show news.sheaf 12 --original", "the bytes it was read from, if they were kept" },
    },
    detail = {
      "ID is an id, a beginning of one that fits no other, or a position as sheaf ls counts; a number of "
        .. "up to 7 digits is a position when there is such an article. It may be left out when there is "
        .. "only one article.",
      "--blocks reads the page again, from the bytes that sheaf pack --originals kept or else from the file "
        .. "that it came from, which is read until the page with its SHA-256 is found, with the rules of its "
        .. "site (see sheaf help sites). + is kept, - dropped, and ~ kept elsewhere: in a field, or as a "
        .. "caption. With --json: one object a block.",
    },
    options = { "why", "json", "text", "layers", "original", "blocks", "html", "output", "reader", "site",
      "no-site-rules", "report" } },
  { name = "layers", usage = { "X.sheaf [--drop NAME] [--export NAME [-o FILE]]" }, least = 1, most = 1,
    about = "List, export and drop what extractors have added to a sheaf.",
    examples = {
      { "sheaf layers news.sheaf", "name, version, rows, bytes, commit" },
      { "sheaf layers news.sheaf --export dateline -o lines.jsonl", "one JSON object an article" },
      { "sheaf layers news.sheaf --drop dateline", "take it off" },
    },
    detail = {
      "sheaf run news.sheaf --extract dateline --to layer makes a layer; sheaf run, sheaf export and sheaf "
        .. "show join it with the articles again.",
      "A layer holds what an extractor found, beside the articles and not in them: no article is written "
        .. "again. It is named after the extractor; running that again replaces it. NAME may be "
        .. "NAME@VERSION. A row whose article has another text than it was made from is refused.",
    },
    options = { "drop", "export", "output", "json" } },
  { name = "rm", usage = { "X.sheaf ID...", "X.sheaf --where LUA" }, least = 1,
    about = "Drop articles from a sheaf.",
    examples = {
      { "sheaf rm news.sheaf 3f9a 12", "shows what would go" },
      { "sheaf rm news.sheaf --where 'a.words < 20' --yes", "drops it" },
    },
    detail = {
      "Dropped articles are passed over by everything. Their bytes stay until sheaf compact --full, and can "
        .. "be read by other programs until then. Positions of the others do not change before that.",
    },
    options = { "yes", "where", "json", "report" } },
  { name = "dedup", usage = { "X.sheaf --exact [--yes]" }, least = 1, most = 1,
    about = "Drop articles whose text is in a sheaf twice.",
    examples = {
      { "sheaf dedup news.sheaf --exact", "list what would go, and of which it is the duplicate" },
      { "sheaf dedup news.sheaf --exact --yes --report gone.jsonl", "drop it, and keep a record" },
    },
    detail = { "Of each text the one that was published first is kept; of equals, the one packed first." },
    options = { "exact", "yes", "json", "report" } },
  { name = "dups", usage = { "X.sheaf... [--show] [--min SHARE]" }, least = 1,
    about = "Find articles that are copies of one another, exactly or nearly.",
    examples = {
      { "sheaf dups news.sheaf", "clusters, the earliest article first, with reasons and shares" },
      { "sheaf dups news.sheaf --show | less -R", "and the shared passages side by side" },
      { "sheaf dups jan.sheaf feb.sheaf --min 50", "across several sheaves, only what shares half or more" },
      { "sheaf dups news.sheaf --json | jq -c '.members[] | [.id, .relation, .of]'", "a cluster a line" },
      { "sheaf dups news.sheaf --html -o copies.html", "a page to read in a browser" },
      { "sheaf dups news.sheaf --to layer", "keep what goes back to what, beside the articles" },
      { "sheaf dups news.sheaf --remove --yes", "drop duplicates; versions are kept" },
    },
    detail = {
      "Two articles are compared by their runs of five words, without regard to case, accents and "
        .. "punctuation. The share that counts is that of the article that has fewer of them, so that a note "
        .. "that stands whole in a long report is found. Unless they are nearly the same, they must share 24 "
        .. "runs: a formula of a few words is no copy.",
      "In a cluster the article that was published first comes first; those of which no date is known come "
        .. "last. Each other one is led back to the earlier one that it shares most with: duplicate_of when "
        .. "nine tenths of each stand in the other, version_of when half of each does, and otherwise "
        .. "based_on, or version_of when it is not known which of the two is older.",
      "--to layer writes these relations as the layer copies of each sheaf. Nothing is dropped without "
        .. "--remove --yes. In a pipe: cluster, id, published, relation, of which id, share, headline.",
    },
    options = { "min", "show", "json", "html", "output", "to", "remove", "yes", "limit", "threads" } },
  { name = "reuse", usage = { "A B", "X.sheaf|PILE..." }, least = 1,
    about = "Show which sentences articles have from one another.",
    examples = {
      { "sheaf reuse release.txt report.txt", "shared, altered, and only in one of them, side by side" },
      { "sheaf reuse news.sheaf 3f9a 12", "two articles of a sheaf" },
      { "sheaf reuse release.txt news.sheaf 12", "a file and an article of a sheaf" },
      { "sheaf reuse dumps/", "passages that stand in several articles, and their wordings" },
      { "sheaf reuse a.txt b.txt --html -o reuse.html", "a page to read in a browser" },
      { "sheaf reuse dumps/ --json | jq 'select(.variants > 1)'", "for programs" },
    },
    detail = {
      "Behind a sheaf or a pile may stand ids or positions of its articles; without any it is all of them. "
        .. "Two single articles are laid side by side. Of more, every sentence and every quotation that "
        .. "stands in at least two articles is told, with all its wordings, those in most articles first; of "
        .. "two sheaves or piles, only what stands in both.",
      "= is shared word for word, ~ altered, - stands only in the first, + only in the second. Words are "
        .. "compared without regard to case, accents and punctuation, so that a quotation is found, too, "
        .. "when its marks were lost. In JSON, from and to count characters from 0, end excluded.",
    },
    options = { "json", "html", "output", "limit", "where", "reader", "site", "no-site-rules", "report" } },
  { name = "index", usage = { "X.sheaf..." }, least = 1,
    about = "Make the index of a sheaf, for fast searching.",
    examples = {
      { "sheaf index news.sheaf", "what the index lacks is added" },
      { "sheaf index news.sheaf --no-positions", "a third of the size" },
      { "sheaf index news.sheaf --anew", "all of it again" },
    },
    detail = {
      "The index is part of the file. Articles that are added later are found without it, by reading them, "
        .. "until sheaf index is run again. sheaf merge, split, seal and compact --full count articles anew "
        .. "and leave the index out; they tell so.",
    },
    options = { "no-positions", "anew", "threads" } },
  { name = "search", usage = { "X.sheaf... 'QUERY'" }, least = 2,
    about = "Find articles by what they say.",
    examples = {
      { "sheaf search news.sheaf 'peace talks'", "both words, in any form; the best ten" },
      { "sheaf search news.sheaf '\"peace talks\" -ceasefire'", "this phrase, without that word" },
      { "sheaf search news.sheaf 'sanction* NEAR/5 (oil OR gas)'", "within five words of one another" },
      { "sheaf search news.sheaf 'headline:talks published:2022-02..2022-03'", "by field and date" },
      { "sheaf search 2021.sheaf 2022.sheaf 'grain' --sort date --limit 50", "in several, the latest first" },
      { "sheaf search news.sheaf 'war' --facets site,date", "and how many by outlet and month" },
      { "sheaf search news.sheaf 'war' --json | jq -r .id", "for other programs" },
    },
    detail = {
      "Words are found in any form (talks, talking), whatever their case and accents; =talks is this form "
        .. "alone, and so are words in \"quotation marks\". All words must be there: OR, NOT or -word, and "
        .. "brackets change that. negot* is a beginning, korona~1 allows one other letter, a NEAR/5 b and, "
        .. "in this order, a ONEAR/5 b stand within five words of one another.",
      "Fields: headline: text: author: site: keyword: and published:2022, 2022-02, 2022-02..2022-03, "
        .. "language:ru. talks^2 counts double. Chinese, Japanese and Thai need no blanks.",
      "The best come first: rare words, in headlines, in short articles count more. --sort date, or any "
        .. "field of the catalog, orders otherwise. In a pipe: id, published, publisher, score, headline, "
        .. "snippet.",
      "Without an index (see sheaf index) articles are read; what is found is the same. docs/search.md "
        .. "has the whole language.",
    },
    options = { "limit", "sort", "facets", "json", "threads" } },
  { name = "kwic", usage = { "X.sheaf... 'QUERY'" }, least = 2,
    about = "Show every place at which something stands, with what is around it.",
    examples = {
      { "sheaf kwic news.sheaf 'sanction*'", "in columns, sorted by the words to the right" },
      { "sheaf kwic news.sheaf '\"prime minister\"' --sort L1,R1", "by the word before, then behind" },
      { "sheaf kwic news.sheaf 'oil NEAR/5 price' --sort date", "the earliest first" },
      { "sheaf kwic news.sheaf war --sample 200 --format csv -o war.csv", "200 by chance, for a table" },
      { "sheaf kwic news.sheaf war --format html -o war.html", "a page to look at" },
    },
    detail = {
      "Queries are those of sheaf search (docs/search.md). Each place in text or headline makes a line; of "
        .. "several words each makes its own, a phrase or NEAR makes one for the whole.",
      "--sort takes left, right, node (what was found), position, date, site, language, or words by their "
        .. "place: L1 to L5 and R1 to R5, several parted by commas; -date turns it over. Lines begin "
        .. "with the id of their article, for sheaf show. In a pipe: id, offset in characters from 0, "
        .. "published, publisher, left, node, right.",
      "docs/words.md tells more.",
    },
    options = { "sort", "limit", "width", "sample", "seed", "format", "json", "output", "threads" } },
  { name = "freq", usage = { "X.sheaf..." }, least = 1,
    about = "Count words: how often, where, and what is typical.",
    examples = {
      { "sheaf freq news.sheaf", "the hundred most frequent words" },
      { "sheaf freq news.sheaf --by month --pick war,peace --format csv", "two words by month" },
      { "sheaf freq 2022.sheaf --against 2019.sheaf", "what 2022 has more of than 2019" },
      { "sheaf freq news.sheaf --search 'site:lantern' --against rest", "what one outlet has more of" },
      { "sheaf freq news.sheaf --near 'sanction*' --span 4", "words that go with another" },
    },
    detail = {
      "Words are counted without regard to case and accents. per_million is by all words counted.",
      "--against compares by log-likelihood (keyness; 3.84 is one chance in twenty, 15.13 one in ten "
        .. "thousand) and by log ratio (1 is twice as often). What the first has more of comes first.",
      "--near tells how often a word stands near a place of the query, how often that would be by "
        .. "chance, MI (mutual information) and logDice (14 at most).",
      "--sort takes count, articles, word; keyness and ratio with --against; logdice, mi and count with "
        .. "--near. --all shows every row. docs/words.md tells more.",
    },
    options = { "by", "search", "where", "against", "near", "span", "pick", "least", "least-articles", "stop",
      "field", "sort", "limit", "all", "format", "json", "output", "threads" } },
  { name = "ngrams", usage = { "X.sheaf..." }, least = 1,
    about = "Count what stands side by side: two words, or up to five.",
    examples = {
      { "sheaf ngrams news.sheaf", "the hundred most frequent pairs" },
      { "sheaf ngrams news.sheaf --size 3 --stop stop.txt --least 10", "of three, no small words around" },
      { "sheaf ngrams news.sheaf --by site --limit 20 --format csv -o pairs.csv", "twenty of each outlet" },
    },
    detail = {
      "N-grams do not reach over the end of a sentence or paragraph. Counting is exact and takes the same "
        .. "memory whatever the size: what does not fit goes to a temporary file.",
      "--limit is for each group of --by. Case and accents are not looked at.",
    },
    options = { "size", "by", "search", "where", "against", "pick", "least", "least-articles", "stop",
      "field", "sort", "limit", "all", "format", "json", "output", "threads" } },
  { name = "merge", usage = { "A.sheaf B.sheaf... -o NEW.sheaf", "STATE... [-o FILE]" }, least = 1,
    about = "Make one sheaf of many, or one report of what shards have counted.",
    examples = {
      { "sheaf merge jan.sheaf feb.sheaf -o both.sheaf", "articles in this order; layers come along" },
      { "sheaf merge *.sheaf -o all.sheaf -v", "and name what was left out" },
      { "sheaf merge s1 s2 s3 s4 -o report.html", "states that sheaf run --shard has written" },
    },
    detail = {
      "Of articles with one id the first is kept; the others are told. What was dropped from a sheaf is left "
        .. "out. Nothing is compressed again where whole frames can be taken.",
      "A run with --shard N/OF and an exporter by parts (stats is one) writes a state. The states of all OF "
        .. "shards, merged, give the same bytes as the whole run. --to names the exporter when it is a file.",
    },
    options = { "output", "to", "trust", "threads", "json" } },
  { name = "split", usage = { "X.sheaf --by WHAT=VALUE -o DIR" }, least = 1, most = 1,
    about = "Make many sheaves of one.",
    examples = {
      { "sheaf split news.sheaf --by count=10000 -o parts", "parts/news-0001.sheaf and so on" },
      { "sheaf split news.sheaf --by size=700M -o parts", "about as large" },
      { "sheaf split news.sheaf --by field=language -o parts", "parts/news-en.sheaf; none: not told" },
    },
    detail = { "Layers and originals go with their articles. The history of the whole sheaf does not: the "
      .. "plan of a part names its state." },
    options = { "by", "output", "without-originals", "threads", "json" } },
  { name = "seal", usage = { "X.sheaf..." }, least = 1,
    about = "Rewrite a sheaf to one clean commit.",
    examples = { { "sheaf seal news.sheaf", "the same articles in the same frames" } },
    detail = {
      "Programs that read a sheaf from its front then meet no old directories, and what was dropped is "
        .. "gone. The history of its commits is kept. Signatures are kept in it, but sign what the sheaf was "
        .. "before: sign again. The new file takes the place of the old one when it is complete. A sheaf of "
        .. "one commit without dropped articles is sealed already and stays as it is.",
    },
    options = { "threads" } },
  { name = "compact", usage = { "X.sheaf..." }, least = 1,
    about = "Join small commits, and remove what was dropped.",
    examples = {
      { "sheaf compact news.sheaf", "after many sheaf add: opens and lists faster" },
      { "sheaf compact news.sheaf --full", "what was dropped is gone, and its bytes are given back" },
    },
    detail = {
      "Without --full, eight or more small commits are joined by appending one that takes their place; "
        .. "nothing that is written is touched, and sheaf add does the same by itself. When more than half "
        .. "of the bytes are dead, or with --full, the sheaf is made anew: like sheaf seal, but articles of "
        .. "small commits are put together and compressed again, which makes them smaller. The history of "
        .. "its commits is kept.",
    },
    options = { "full", "threads" } },
  { name = "diff", usage = { "OLD.sheaf NEW.sheaf" }, least = 2, most = 2,
    about = "Show what differs between two sheaves.",
    examples = {
      { "sheaf diff monday.sheaf tuesday.sheaf", "added +, gone -, changed ~ with fields and words" },
      { "sheaf diff a.sheaf b.sheaf --json | jq 'select(.what == \"changed\")'", "for programs" },
    },
    detail = {
      "Articles are the same when their ids are, or else when their URLs are. Exit status 1 when nothing "
        .. "differs.",
    },
    options = { "json" } },
  { name = "cite", usage = { "X.sheaf ID:FROM-TO..." }, least = 2,
    about = "Lead from a span of an article's text to its source.",
    examples = {
      { "sheaf cite news.sheaf 3f9a:120-180", "file, entry and bytes that characters 120 to 180 came from" },
      { "sheaf cite news.sheaf 12:1-40 --json", "for programs" },
    },
    detail = {
      "Characters are counted from 1 and the last one is included. The bytes are those of the paragraph "
        .. "where its place in the source is known, and those of the whole record otherwise; bytes are "
        .. "counted from 0 and the last is not included. When originals were kept (sheaf pack --originals), "
        .. "the words are looked for in them, which may give their very bytes, and the bytes are shown.",
      "Of a web page, bytes are counted in the page as UTF-8, unpacked. Of a crawl, they are counted in the "
        .. "document, and beside them stand the id of its record and the bytes which that takes in the file. "
        .. "In JSON: from and to, within (file, entry, page or document) for what they are counted in, "
        .. "record, record_from and record_to.",
    },
    options = { "json" } },
  { name = "run", usage = { "X.sheaf|PILE... [steps] [--to EXPORTER] [-o FILE]",
      "SCRIPT.lua [WORD...] [-o FILE]" }, least = 1, literal = true,
    about = "Run filters, extractors and an exporter, or a script.",
    examples = {
      { "sheaf run news.sheaf -e 'a.words > 200'", "list what a filter keeps" },
      { "sheaf run dump.txt --to markdown", "read a pile and export it" },
      { "sheaf run news.sheaf --filter language:only=en --extract dateline --to csv -o list.csv",
        "filter, extract, export" },
      { "sheaf run news.sheaf --filter date:from=2022-02 -o recent.sheaf", "into a new sheaf" },
      { "sheaf run news.sheaf --extract dateline --to layer", "beside the articles, as a layer of it" },
      { "sheaf run count.lua news.sheaf -o counts.txt", "a script of your own" },
    },
    detail = {
      "Steps run in the order in which they are given; --where and --sort come before them. Without --to "
        .. "and -o the result is listed on a terminal, and is JSON lines in a pipe. An output that ends in "
        .. ".sheaf becomes a new sheaf.",
      "A plugin's arguments follow its name: words:min=200,max=900. Quote what has a comma: "
        .. "'match:any=\"one, two\"'. sheaf plugin help NAME lists them.",
      "A script may read what is named on its command line and write to its output, and nothing else; "
        .. "--trust SCRIPT.lua gives it all of Lua. Words behind -- go to the script as they are.",
    },
    options = join(STEPS, "to", "layer", "output", CHOICE, "json", CARE, "shard") },
  { name = "export", usage = { "EXPORTER X.sheaf|PILE... [-o FILE]" }, least = 2,
    about = "Write articles in another format.",
    examples = {
      { "sheaf export markdown news.sheaf -o news.md", "to a file" },
      { "sheaf export csv news.sheaf --where 'a.language == \"en\"' | head", "to standard output" },
      { "sheaf export jsonl:keys='id,headline' news.sheaf", "with an argument of the exporter" },
      { "sheaf export jsonl news.sheaf --layer dateline", "with what a layer has on each article" },
    },
    detail = { "The same as sheaf run with --to. sheaf plugin list exporter names the exporters." },
    options = join("output", "layer", STEPS, CHOICE, CARE, "shard") },
  { name = "bind", usage = { "[COLLECTION.lua] [-n] [--only NAMES] [--locked]",
      "--new X.sheaf [-o COLLECTION.lua]" },
    most = 1,
    about = "Make books, sites and corpora of chosen articles.",
    examples = {
      { "sheaf bind --new news.sheaf -o talks.lua", "begin a recipe, with every article as a pick" },
      { "sheaf bind -n talks.lua", "what would be in it, and what changed since the last time" },
      { "sheaf bind talks.lua", "build every output, and write talks.lock" },
      { "sheaf bind talks.lua --only epub,site", "only some outputs" },
      { "sheaf bind talks.lua --locked", "the same bytes as before, on any machine and day; or refuse" },
    },
    detail = {
      "A recipe is a Lua file that returns a table: title, sources, which articles and in which order, "
        .. "sections, notes, outputs. It sees no files and no system. All that it names is looked for from "
        .. "its own folder. Without a name, collection.lua is read. docs/collections.md explains every key.",
      "Beside the recipe stands its lock: ids and hashes of the articles, versions and hashes of the "
        .. "plugins. --locked builds only what the lock says. When something differs it tells what was "
        .. "added, what is gone and what changed, and builds nothing. sheaf verify BUNDLE --lock FILE checks "
        .. "a bundle that somebody has.",
    },
    options = join("dry-run", "only", "locked", "update", "new", "output", "report", CARE) },
  { name = "strip", usage = { "COLLECTION.lua|X.sheaf [-o SHARE.jsonl]" }, least = 1, most = 1,
    about = "Write all of a collection but its text, to share it.",
    examples = {
      { "sheaf strip talks.lua -o talks.jsonl", "ids, hashes, addresses, sections, notes and spans" },
      { "sheaf strip news.sheaf --keep url,published -o news.jsonl", "only these fields of the articles" },
    },
    detail = {
      "Without -o, or with any other name than NAME.json (one object) and NAME.sheaf (articles without "
        .. "text), it is one JSON object a line; the first has what is said of the whole.",
      "For each article: id, SHA-256 of its text, number of words, the fields that --keep names (url, "
        .. "headline, published, publisher, language), notes, and layers. Of spans the place is written and "
        .. "a hash of the words, never the words. A few hashes of runs of five words let a slightly "
        .. "different copy be found.",
    },
    options = join("keep", "output", "layer", "report", CARE) },
  { name = "hydrate", usage = { "SHARE.jsonl --from PILE... -o NEW.sheaf" }, least = 1,
    about = "Fill the text in again, from your own copies.",
    examples = {
      { "sheaf hydrate talks.jsonl --from mine/ --from news.sheaf -o talks.sheaf",
        "a sheaf with the articles that were found, and the notes on them" },
    },
    detail = {
      "An article is found by the hash of its text; by its id or address; or by what its text shares with "
        .. "the original. Spans and notes are put where their words stand. What was not found, and what "
        .. "does not fit, is told, and the exit status is 3. --min says how much of the original a copy must "
        .. "hold.",
    },
    options = join("from", "output", "min", "json", "report", CARE, "reader", "site", "no-site-rules") },
  { name = "verify", usage = { "X.sheaf...", "BUNDLE... --lock COLLECTION.lock" }, least = 1,
    about = "Check a sheaf byte for byte, or a bundle by its lock.",
    examples = { { "sheaf verify news.sheaf", "exit status 0 when whole, 2 when damaged" },
      { "sheaf verify news.sheaf --key mine.pem.pub", "and signed with this key" },
      { "sheaf verify talks.epub --lock talks.lock", "has it every article, unchanged?" } },
    detail = {
      "With --key, an intact sheaf is refused, too, when it does not carry a signature of this key, or when "
        .. "anything but signatures was committed after it. While a writer is at work, the last commit is "
        .. "checked.",
    },
    options = { "key", "lock", "threads", "json" } },
  { name = "sign", usage = { "X.sheaf... --key FILE", "--new-key FILE [X.sheaf...]" },
    about = "Sign a sheaf, so that others can tell it is unchanged.",
    examples = {
      { "sheaf sign --new-key mine.pem", "make a key: mine.pem is secret, mine.pem.pub is for everybody" },
      { "sheaf sign news.sheaf --key mine.pem", "sign what is in it now" },
    },
    detail = {
      "sheaf verify news.sheaf --key mine.pem.pub checks every byte, and the signature.",
      "The signature is Ed25519 over the last manifest, whose hashes fix every byte of every article. It "
        .. "goes into the sheaf. Articles that are added later are not covered: sign again. Keys are PEM "
        .. "files, as openssl genpkey -algorithm ed25519 makes them.",
    },
    options = { "key", "new-key", "wait" } },
  { name = "info", usage = { "X.sheaf..." }, least = 1,
    about = "Show how many articles a sheaf has, its size, and who made it.",
    examples = { { "sheaf info news.sheaf", "for people" }, { "sheaf info --json *.sheaf", "for programs" } },
    detail = {
      "When a commit was made is noted only when SOURCE_DATE_EPOCH tells it, so that the same articles give "
        .. "the same bytes; when none has a time, the history has no column for it.",
    },
    options = { "json" } },
  { name = "plugin",
    usage = { "list [KIND]", "help NAME", "new KIND NAME", "check FILE...", "test NAME...",
      "bench NAME[:ARGS] [X.sheaf|PILE]", "doc [KIND|NAME...]", "trust [FOLDER]" },
    least = 1, verbs = { "list", "help", "new", "check", "test", "bench", "doc", "trust" },
    about = "Make, list, explain, check, test and measure plugins.",
    examples = {
      { "sheaf plugin list", "what there is, and where it comes from" },
      { "sheaf plugin help words", "what it does and its arguments" },
      { "sheaf plugin new filter mine", "a folder mine/ with a filter that works, its tests and a sample" },
      { "sheaf plugin check ./mine", "look for misspelt and missing parts" },
      { "sheaf plugin test ./mine", "run the tests that it carries, and the busted specs in its spec/" },
      { "sheaf plugin bench words:min=3 news.sheaf", "time and memory an article, and the slowest articles" },
      { "sheaf plugin doc exporter > exporters.md", "what is packaged, in Markdown" },
      { "sheaf plugin trust", "use the plugins in .sheaf/plugins of this folder" },
    },
    detail = {
      "A name is looked for in .sheaf/plugins of a trusted project, $SHEAF_PLUGIN_PATH, "
        .. "$XDG_DATA_HOME/sheaf/plugins and the packaged plugins; the first one wins, and a notice tells "
        .. "of the others. core:NAME is always the packaged one. A name with a / or ending in .lua is a "
        .. "file.",
      "sheaf plugin new makes a filter, an extractor, an exporter, a report (an exporter that counts in "
        .. "parts, side by side) or a site (rules for web pages). Tests and specs run the plugin in the "
        .. "sandbox; the specs themselves have all of Lua, so run those of people whom you trust. bench "
        .. "reads at most 2,000 articles (--limit) of what is named, or makes its own.",
    },
    options = { "kind", "trust", "json", "limit" } },
  { name = "lua", usage = { "[X.sheaf|PILE]" }, most = 1,
    about = "A Lua prompt with sheaf at hand.",
    examples = {
      { "sheaf lua news.sheaf", "`file` is the open sheaf: try #file, or file:get(1).headline" },
      { "sheaf lua -e 'print(sheaf.version)'", "run a line" },
      { "echo 'sheaf.dateline(\"LONDON, May 5. /TASS/. So it goes.\")' | sheaf lua", "lines from a pipe" },
    },
    detail = {
      "What a line gives is printed; an error does not end the session. `sheaf` is the library, `file` the "
        .. "sheaf that was named (for a pile, `articles` is a list), `_` what the last line gave. The "
        .. "prompt is not sandboxed.",
      "On a terminal, Tab completes names, fields, methods and files, the arrow keys go through what was "
        .. "typed before ($XDG_STATE_HOME/sheaf/history), Ctrl-C stops a statement that takes too long, and "
        .. "Ctrl-D ends.",
    },
    options = { "code", "reader" } },
  { name = "help", usage = { "[COMMAND|TOPIC|PLUGIN]" }, most = 1,
    about = "Explain a command, a topic or a plugin.",
    examples = {
      { "sheaf help run", "a command" },
      { "sheaf help where", "a topic: where, fields, plugins, sites, exit" },
      { "sheaf help words", "a plugin" },
      { "sheaf help --completion bash > ~/.local/share/bash-completion/completions/sheaf", "completion" },
    },
    options = { "man", "markdown", "completion" } },
  { name = "version", usage = { "" }, most = 0,
    about = "Print the version.",
    examples = { { "sheaf version", "also sheaf --version" } },
    options = {} },
}

--- What sheaf is, in one line.
options.about = "news articles in one compressed file, and Lua plugins that run on them"

--- What to try first.
options.tour = {
  { "sheaf pack dumps/ -o news.sheaf", "put a pile of dumps, JSON and archives into one file" },
  { "sheaf ls news.sheaf", "list it" },
  { "sheaf show news.sheaf 1", "read an article" },
  { "sheaf run news.sheaf -e 'a.words > 200' --to csv -o long.csv", "filter and export" },
}

--- What `sheaf help TOPIC` knows beside commands: title and paragraphs; a
--- paragraph that begins with two spaces is shown as it is.
options.topics = {
  { name = "where", title = "Choosing articles with --where",
    text = {
      "--where takes a Lua expression in which `a` is the article. It runs before all other steps. When it "
        .. "needs only what the catalog has, no text is unpacked and it is very fast. The catalog has "
        .. "CATALOG.",
      "  sheaf ls news.sheaf --where 'a.words > 200 and a.language == \"en\"'",
      "  sheaf ls news.sheaf --where 'a.published >= \"2022-02\"'",
      "  sheaf ls news.sheaf --where 'a:has(\"prime minister\")'",
      "  sheaf ls news.sheaf --where 'not a.published'",
      "  sheaf ls news.sheaf --where 'a.headline:find(\"budget\")'",
      "A field that an article lacks is nil, and compares without an error: it is neither less nor more than "
        .. "anything, equal only to nil, and what is asked of it (a.headline:find) is nil too. So "
        .. "'a.published >= \"2022\"' passes over articles without a date, and 'not a.published' finds them.",
      "Dates compare as text, from left to right: \"2022-02-10\" >= \"2022-02\" is true. One without a year "
        .. "(XXXX-02-10) comes after all others; --filter date leaves it out.",
      "-e takes the same kind of expression, but as a step among the others, in the sandbox, and sees what "
        .. "extractors before it have added.",
    } },
  { name = "fields", title = "The fields of an article",
    text = { "Text or nil: TEXTFIELDS.", "Numbers: words, language_confidence.",
      "Lists and tables: authors, keywords, images, links, relations, blocks, dateline, provenance, why, "
        .. "attributes.",
      "In the catalog (--sort, and fast with --where): CATALOG.",
      "docs/lua-api.md tells the shape of each." } },
  { name = "plugins", title = "Writing a plugin",
    text = { "The smallest filter is a file with one line:",
      "  return function(a) return a.words > 200 end",
      "A plugin that others can use says more about itself:",
      "  return {",
      "    kind = \"filter\", api = 1, version = \"1.0.0\",",
      "    about = \"Keep articles with at least N words.\",",
      "    args = { min = { \"integer\", default = 200, min = 1, help = \"fewest words\" } },",
      "    needs = { \"words\" },",
      "    each = function(a, opt) return a.words >= opt.min end,",
      "    tests = { { opt = { min = 3 }, give = { text = \"too short\" }, want = false } },",
      "  }",
      "Then sheaf plugin check ./mine.lua, sheaf plugin test ./mine.lua, and "
        .. "sheaf run news.sheaf --filter ./mine.lua:min=300. sheaf plugin new filter mine makes a "
        .. "folder with all of it.",
      "Put it in $XDG_DATA_HOME/sheaf/plugins (~/.local/share/sheaf/plugins) to use it by its name." } },
  { name = "sites", title = "Rules for the pages of a web site",
    text = {
      "Web pages are read by general rules. Where these are wrong about a site, an extractor that names its "
        .. "hosts may say better:",
      "  return {",
      "    kind = \"extractor\", api = 1, version = \"1.0.0\",",
      "    about = \"The Example Times.\",",
      "    hosts = { \"example-times.com\" },",
      "    page = {",
      "      keep = \".story-body\", drop = { \".promo\", \"aside\" },",
      "      fields = { headline = \"h1\", authors = \".byline a\", published = \"time@datetime\" },",
      "    },",
      "  }",
      "keep: the body is what stands in these elements, and nothing else. within: it is somewhere in them, "
        .. "and the general rules say where. drop: none of it. fields: the text of an element, or its "
        .. "attribute behind @. Each is a CSS selector or a list of them; one that finds nothing on a page "
        .. "changes nothing there.",
      "A host stands for those below it, too. A function each(a, opt) may correct fields afterwards. Tests "
        .. "give pages: tests = { { give = { html = \"<h1>...\" }, want = { headline = \"...\" } } }.",
      "Put it in sites/ of a folder where plugins lie ($XDG_DATA_HOME/sheaf/plugins/sites), and it is used "
        .. "by itself; or name it with --site. Your own come before the packaged ones (sheaf plugin list "
        .. "site). --no-site-rules leaves them all out. sheaf show --blocks shows what a rule does.",
    } },
  { name = "exit", title = "Exit status",
    text = { "  0    done", "  1    nothing was found", "  2    wrong use, or it failed",
      "  3    done, but some input was refused", "  130  stopped by Ctrl-C; what was written stays whole" } },
}

--- The environment, for the man page.
options.environment = {
  { "SHEAF_PLUGIN_PATH", "folders with plugins, parted by colons" },
  { "XDG_DATA_HOME", "its sheaf/plugins holds your own plugins (~/.local/share by default)" },
  { "XDG_CONFIG_HOME",
    "its sheaf/trusted lists the projects whose plugins may be used (~/.config by default)" },
  { "NO_COLOR", "when set, no colour" },
  { "COLUMNS", "the width to write for, instead of the terminal's" },
}

local function by_name(list)
  local map = {}
  for _, item in ipairs(list) do
    map[item.name] = item
  end
  return map
end

options.by_name = by_name(options.list)
options.command = by_name(options.commands)
options.topic = by_name(options.topics)

--- The options that a command takes, the common ones last.
---@param command sheaf.Command
---@return sheaf.Option[]
function options.of(command)
  local list = {}
  for _, name in ipairs(join(command.options, options.everywhere)) do
    list[#list + 1] = options.by_name[name]
  end
  return list
end

--- Names in a list of tables.
---@param list {name: string}[]
---@return string[]
function options.names(list)
  local names = {}
  for i, item in ipairs(list) do
    names[i] = item.name
  end
  return names
end

return options
