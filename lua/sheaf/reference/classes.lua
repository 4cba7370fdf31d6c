--- classes.lua: what the values of the Lua interface have. See reference/init.lua.

local arguments = require "sheaf.arguments"

local classes = {}

local function class(name, about)
  return function(rest)
    rest.name, rest.about = name, about
    classes[#classes + 1] = rest
  end
end

-- {"name", "type", "what it is"} of a list → fields.
local function fields(list)
  local named = {}
  for i, item in ipairs(list) do
    named[i] = { name = item[1], type = item[2], about = item[3] }
  end
  return named
end

class("Article", "An article. Fields are read when they are touched. One that a loop or a plugin was given "
  .. "is good until the next one comes.") {
  fields = fields {
    { "id", "string", "stable across runs" },
    { "url", "string?", "normalised" },
    { "canonical_url", "string?", "what the page calls its own address" },
    { "headline", "string?", "the headline" },
    { "alternative_headline", "string?", "another headline, such as that of the page's title" },
    { "description", "string?", "standfirst or summary" },
    { "byline", "string?", "as it was printed" },
    { "publisher", "string?", "who printed it" },
    { "provider", "string?", "the agency that it credits" },
    { "via", "string?", "through whom it came" },
    { "published", "string?", "EDTF, as precise as the source" },
    { "modified", "string?", "EDTF" },
    { "retrieved", "string?", "EDTF" },
    { "language", "string?", "BCP 47" },
    { "section", "string?", "the section that it stood in" },
    { "text", "string?", "paragraphs parted by one blank line" },
    { "language_confidence", "number?", "how sure the language is, from 0 to 1" },
    { "words", "integer", "number of words in the text" },
    { "site", "string?", "host of the URL, without www." },
    { "authors", "sheaf.Author[]", "the people that the byline names" },
    { "keywords", "string[]", "keywords and tags" },
    { "images", "sheaf.Image[]", "pictures" },
    { "links", "sheaf.Link[]", "links in the text" },
    { "relations", "sheaf.Relation[]", "duplicate_of, version_of, based_on" },
    { "blocks", "sheaf.Block[]", "ranges of the text and what they are" },
    { "dateline", "sheaf.Dateline?", "place, date and agency that the text begins with" },
    { "provenance", "sheaf.Provenance", "where it came from" },
    { "why", "table<string, string>", "field → the rule that won it" },
    { "attributes", "table<string, any>", "what extractors added, by plugin" },
    { "layers", "table<string, table>", "layers that were joined, by name" },
  },
  methods = {
    { name = "has", takes = "phrase: string", gives = "found: boolean",
      about = "Is the phrase in the headline or the text? Whole words; case and accents do not matter." },
    { name = "count", takes = "phrase: string", gives = "times: integer",
      about = "How often the phrase stands in the headline and the text." },
    { name = "find", takes = "pattern: string; init: integer?",
      gives = "from: integer?; to: integer?; ...: string",
      about = "The first place in the text that a Lua pattern fits: first byte, last byte, captures." },
    { name = "match_any", takes = "set: sheaf.Phrases",
      gives = "phrase: string?; from: integer?; to: integer?; field: string?",
      about = "The first phrase of the set in the headline or the text, and where." },
    { name = "matches", takes = "set: sheaf.Phrases", gives = "hits: fun(): string?, integer?, integer?",
      about = "Iterator of all phrases of the set in the text: phrase, first byte, last byte." },
    { name = "tokens", gives = "words: fun(): string?, integer?, integer?, string?",
      about = "Iterator of the words of the text: word, first byte, last byte, kind." },
    { name = "sentences", gives = "sentences: fun(): string?, integer?, integer?",
      about = "Iterator of the sentences of the text: sentence, first byte, last byte." },
    { name = "paragraphs", gives = "paragraphs: fun(): string?, string?",
      about = "Iterator of the paragraphs: text and kind." },
    { name = "json", takes = "keys: string[]?", gives = "json: string",
      about = "The canonical row, or only these keys in this order." },
    { name = "table", gives = "fields: table", about = "Everything as plain tables." },
    { name = "copy", gives = "article: sheaf.Article", about = "An article that may be kept." },
    { name = "set", takes = "field: string; value: any",
      about = "Changes a field of this copy; not in filters and exporters." },
  },
}

class("Author", "A person that a byline names.") {
  fields = fields { { "name", "string", "the name" }, { "role", "string?", "such as editor" } },
}

class("Image", "A picture.") {
  fields = fields {
    { "url", "string?", "where it is" }, { "caption", "string?", "the words below it" },
    { "credit", "string?", "who made it" },
  },
}

class("Link", "A link in the text.") {
  fields = fields {
    { "url", "string", "where it leads" }, { "text", "string?", "the words that are linked" },
  },
}

class("Relation", "How an article relates to another.") {
  fields = fields {
    { "type", "string", "duplicate_of, version_of or based_on" }, { "id", "string", "of the other" },
  },
}

class("Block", "A part of the text.") {
  fields = fields {
    { "from", "integer", "first byte" }, { "to", "integer", "last byte" },
    { "kind", "string", "p, h, dateline, caption, quote, list, table or code" },
    { "source_from", "integer?", "first byte in the source entry, from 0" },
    { "source_to", "integer?", "byte behind the last one in the source entry" },
  },
}

class("Dateline", "What a text begins with: place, date, agency.") {
  fields = fields {
    { "raw", "string", "as it was printed" }, { "place", "string?", "the place" },
    { "date", "string?", "EDTF" }, { "agency", "string?", "the agency" },
  },
}

class("Provenance", "Where an article came from.") {
  fields = fields {
    { "file", "string?", "the file" }, { "entry", "string?", "the entry of an archive" },
    { "sha256", "string?", "of the source" }, { "from", "integer?", "first byte, from 0" },
    { "to", "integer?", "byte behind the last one" }, { "reader", "string?", "who read it" },
    { "tool", "string?", "name and version of the tool" }, { "record", "string?", "id of a crawl's record" },
    { "digest", "string?", "of a crawl's record" },
  },
}

class("File", "An open sheaf. #file is the number of its articles.") {
  methods = {
    { name = "count", gives = "articles: integer", about = "How many articles there are." },
    { name = "positions", gives = "last: integer",
      about = "The last position; larger than the count when articles were dropped." },
    { name = "articles", takes = "range: sheaf.Range?", gives = "articles: fun(): sheaf.Article?",
      about = "Iterator of the articles, in order." },
    { name = "rows", takes = "range: sheaf.Range?", gives = "rows: fun(): table?",
      about = "Iterator of catalog rows, without unpacking text." },
    { name = "pick", takes = "positions: integer[]", gives = "articles: fun(): sheaf.Article?",
      about = "Iterator of the articles at these positions, in this order; much faster than one by one." },
    { name = "get", takes = "which: string|integer", gives = "article: sheaf.Article?; reason: string?",
      about = "One article, by position, id, the beginning of an id, or URL." },
    { name = "info", gives = "about: table", about = "Facts about the file." },
    { name = "history", gives = "commits: table[]; signatures: table[]",
      about = "Its commits, the first one first, and its signatures." },
    { name = "original", takes = "article: sheaf.Article", gives = "bytes: string?; reason: string?",
      about = "The bytes that an article was read from, when they were kept." },
    { name = "verify", takes = "progress: function?; threads: integer?",
      gives = "sound: boolean?; problems: string[]?", about = "Checks every byte." },
    { name = "layers", gives = "layers: table[]", about = "Its layers." },
    { name = "layer", takes = "name: string", gives = "layer: sheaf.Layer?; reason: string?",
      about = "A layer, of all versions or of one." },
    { name = "search", takes = "query: string|sheaf.Query; options: table?",
      gives = "hits: table?; reason: string?; byte: integer?",
      about = "The best articles for a query: a list of {position=, score=}, and total, scanned, exact." },
    { name = "unindexed", gives = "articles: integer", about = "How many articles no index has." },
    { name = "close", about = "Closes it; also done by <close> and by collection." },
  },
}

class("Query", "What is looked for, read once. docs/search.md has the language.") {
  methods = {
    { name = "test", takes = "article: sheaf.Article", gives = "matches: boolean",
      about = "Does an article match, wherever it comes from?" },
    { name = "snippet", takes = "article: sheaf.Article; width: integer?",
      gives = "text: string; marks: integer[][]; before: boolean; behind: boolean",
      about = "The best passage of about so many characters, first and last byte of each word of the query "
        .. "in it, and whether text was left out before and behind it." },
    { name = "marks", takes = "text: string; language: string?", gives = "text: string; marks: integer[][]",
      about = "The same for the whole of a text." },
  },
}

class("Layer", "Annotations that stand beside the articles.") {
  methods = {
    { name = "join", takes = "article: sheaf.Article; name: string",
      gives = "joined: boolean?; reason: string?",
      about = "Puts what the layer has on the article into article.layers[name]." },
    { name = "row", takes = "article: sheaf.Article", gives = "json: string|false?; reason: string?",
      about = "The row as JSON; offsets in characters, from 0, end excluded." },
    { name = "close", about = "Closes it." },
  },
}

class("Writer", "Adds articles to a sheaf. Nothing is there before a commit.") {
  methods = {
    { name = "add", takes = "article: sheaf.Article|table", gives = "added: boolean?; reason: string?",
      about = "Adds an article; false when it is there already." },
    { name = "commit", gives = "done: boolean?; reason: string?", about = "All that was added, or nothing." },
    { name = "plan", takes = "text: string", about = "What the history says: from what, and how." },
    { name = "counts", gives = "counts: table", about = "What was added so far." },
    { name = "publish", gives = "done: boolean?; reason: string?",
      about = "Gives a file that was held its name." },
    { name = "close", about = "Drops what was not committed." },
  },
}

class("Out", "Where an exporter, or a script, writes to.") {
  methods = {
    { name = "write", takes = "...: string|number", about = "Appends strings and numbers." },
    { name = "json", takes = "value: sheaf.Article|table; keys: string[]?",
      about = "Appends a row and a newline." },
    { name = "csv", takes = "...: string|number|boolean|nil", about = "Appends one CSV record." },
    { name = "file", takes = "name: string; bytes: string",
      about = "Adds a file to an output of several: a folder, or a ZIP." },
    { name = "sql", takes = "statement: string; ...: string|number|boolean|nil",
      about = "Runs one statement of SQL: the output is a SQLite database, or a script of one." },
    { name = "file", takes = "name: string; bytes: string",
      about = "Adds a file to an output of several: a folder, or a ZIP." },
  },
}

class("PageRules", "Rules of web sites, for page and read.") {
  methods = {
    { name = "add", takes = "name: string; rules: table", gives = "added: boolean?; reason: string?",
      about = "Adds the rules of a site: hosts and page." },
    { name = "site", takes = "url: string", gives = "name: string?",
      about = "The site that has the rules for an address." },
  },
}

class("Phrases", "A set of phrases. #set is how many there are.") {
  methods = {
    { name = "find", takes = "text: string", gives = "phrase: string?; from: integer?; to: integer?",
      about = "The first phrase that stands in a text." },
    { name = "matches", takes = "text: string", gives = "hits: fun(): string?, integer?, integer?",
      about = "Iterator of all phrases in a text: phrase, first byte, last byte." },
  },
}

class("Passages", "Finds what several texts have in common.") {
  methods = {
    { name = "add", takes = "text: string", gives = "added: boolean?; reason: string?",
      about = "Adds a text." },
    { name = "find", gives = "passages: table[]?; reason: string?",
      about = "The passages: {texts=, variants=, quotation=, places=}. It is used up by that." },
  },
}

class("Range", "Which articles of a sheaf.") {
  fields = fields {
    { "from", "integer?", "first position" }, { "to", "integer?", "last position" },
    { "test", "table?", "for rows: steps in postfix order, {\"words\", \">\", 200}" },
  },
}

class("ReadOptions", "How a pile is read.") {
  fields = fields {
    { "reader", "string?", "the reader to use" }, { "threads", "integer?", "that read pages" },
    { "rules", "sheaf.PageRules?", "rules of web sites" },
    { "reject", "fun(place: string, status: string, reason: string)?", "told of what is refused" },
    { "pass", "fun(what: string, count: integer)?", "told of what is no article" },
  },
}

class("PageHints", "What is known of a page before it is read.") {
  fields = fields {
    { "url", "string?", "its address" }, { "retrieved", "string?", "EDTF" },
    { "language", "string?", "BCP 47" }, { "last_modified", "string?", "EDTF" },
    { "charset", "string?", "its encoding" }, { "rules", "sheaf.PageRules?", "rules of web sites" },
    { "features", "boolean?", "tell the numbers that blocks were judged by" },
  },
}

class("PageBlock", "A piece of text of a web page.") {
  fields = fields {
    { "text", "string", "the text" }, { "verdict", "string", "kept, dropped or aside" },
    { "kind", "string", "as in an article" }, { "score", "number", "how much like an article" },
    { "why", "string", "the reason" }, { "path", "string", "the way to its element" },
    { "from", "integer", "first byte, from 0" }, { "to", "integer", "byte behind the last one" },
  },
}

class("WriterOptions", "How a sheaf is written.") {
  fields = fields {
    { "wait", "integer?", "seconds to wait for another writer" },
    { "level", "integer?", "of compression, 1 to 19" },
    { "frame_bytes", "integer?", "size of a frame" },
    { "threads", "integer?", "that compress" },
    { "plan", "string?", "a text for the history" },
    { "originals", "boolean?", "keep the bytes that articles were read from" },
    { "hold", "boolean?", "a new file stays PATH.partial until it is published" },
  },
}

class("PluginArgument", "What an argument may be. The first item is its type.") {
  fields = fields {
    { "[1]", "\"" .. table.concat(arguments.types, "\"|\"") .. "\"", "the type" },
    { "default", "any", "when it is not given" }, { "help", "string?", "one line" },
    { "min", "number?", "least" }, { "max", "number?", "most" },
    { "match", "string?", "a Lua pattern" }, { "values", "string[]?", "all that are good" },
    { "required", "boolean?", "must be given" },
  },
}

class("PluginTable", "What the file of a plugin returns.") {
  fields = fields {
    { "kind", "\"filter\"|\"extractor\"|\"exporter\"", "the kind" },
    { "api", "integer", "1" },
    { "version", "string", "of the plugin" },
    { "about", "string", "one sentence" },
    { "args", "table<string, sheaf.PluginArgument>?", "its arguments" },
    { "needs", "string[]?", "fields that it reads" },
    { "adds", "table<string, string>?", "extractor: what it gives, name → type" },
    { "each", "fun(a: sheaf.Article, opt: table, out: sheaf.Out?): any, any", "called for every article" },
    { "open", "fun(out: sheaf.Out, opt: table)?", "exporter: before the first article" },
    { "close", "fun(out: sheaf.Out, opt: table)?", "exporter: behind the last article" },
    { "start", "(fun(opt: table): any)?", "exporter by parts: an empty state" },
    { "add", "(fun(state: any, a: sheaf.Article, opt: table): any)?", "exporter by parts: one article" },
    { "merge", "(fun(state: any, other: any): any)?", "exporter by parts: two states" },
    { "finish", "fun(state: any, opt: table, out: sheaf.Out)?", "exporter by parts: writes" },
    { "extension", "string?", "exporter: ending of its files" },
    { "hosts", "string[]?", "extractor: hosts that it has rules for" },
    { "page", "table?", "extractor: rules for their pages" },
    { "order", "\"any\"|\"input\"|nil", "filter, extractor: may articles be taken out of order?" },
    { "rows", "boolean?", "exporter: each writes from its article alone" },
    { "between", "string|fun(opt: table): string?", "exporter: the text between two articles" },
    { "limits", "{memory: integer?, time: number?}?", "MiB, and seconds a call" },
    { "examples", "{run: string, about: string?}[]?", "commands that show it" },
    { "tests", "{opt: table?, give: table, want: any}[]?", "small tests" },
  },
}

return classes
