---@meta sheaf
-- Made from lua/sheaf/reference by spec/reference_spec.lua with SHEAF_UPDATE_DOCS=1; do not edit.
-- luacheck: ignore

---@class sheaf
---@field version string
---@field null userdata null of JSON
local sheaf = {}

--- Opens a sheaf.
---@param path string
---@return sheaf.File? file
---@return string? reason
function sheaf.open(path) end

--- Reads a pile: folders, files, archives, crawls, "-".
---@param paths string|string[]
---@param options? sheaf.ReadOptions
---@return (fun(): sheaf.Article?)? articles
---@return string? reason
function sheaf.read(paths, options) end

--- The article in one web page, and every piece of text of the page with what became of it.
---@param html string
---@param hints? sheaf.PageHints
---@return sheaf.Article article
---@return sheaf.PageBlock[] blocks
function sheaf.page(html, hints) end

--- An empty set of rules of web sites.
---@return sheaf.PageRules rules
function sheaf.page_rules() end

--- An article from its fields. A misspelt field is an error.
---@param fields table
---@return sheaf.Article article
function sheaf.article(fields) end

--- Reads a query; or why it is none, and from which byte on.
---@param text string
---@return sheaf.Query? query
---@return string? reason
---@return integer? byte
function sheaf.query(text) end

--- Begins a new sheaf; the file appears at its first commit.
---@param path string
---@param options? sheaf.WriterOptions
---@return sheaf.Writer? writer
---@return string? reason
function sheaf.create(path, options) end

--- A writer that adds to a sheaf.
---@param path string
---@param options? sheaf.WriterOptions
---@return sheaf.Writer? writer
---@return string? reason
function sheaf.append(path, options) end

--- A date as EDTF, as precise as the text and no more.
---@param text string
---@return string? edtf
function sheaf.date(text) end

--- The first and the last second since 1970 that a date can mean.
---@param edtf string
---@return integer? first
---@return integer? last
function sheaf.date_range(edtf) end

--- Iterator of the dates in a text: EDTF, first byte, last byte.
---@param text string
---@return fun(): string?, integer?, integer? dates
function sheaf.find_dates(text) end

--- The dateline that a paragraph begins with, and how many bytes it takes.
---@param paragraph string
---@return sheaf.Dateline? dateline
---@return integer? length
function sheaf.dateline(paragraph) end

--- The people that a byline names.
---@param line string
---@return sheaf.Author[]? authors
function sheaf.byline(line) end

--- The host of an address, without www.
---@param url string
---@return string? host
function sheaf.site(url) end

--- Iterator of the addresses in a text: URL, first byte, last byte.
---@param text string
---@return fun(): string?, integer?, integer? urls
function sheaf.find_urls(text) end

--- The text without case and accents, to compare with.
---@param text string
---@return string folded
function sheaf.fold(text) end

--- Iterator of the words in a text: word, first byte, last byte, and its kind: word, number or character.
---@param text string
---@return fun(): string?, integer?, integer?, string? words
function sheaf.words(text) end

--- Iterator of the sentences in a text: sentence, first byte, last byte.
---@param text string
---@param language? string
---@return fun(): string?, integer?, integer? sentences
function sheaf.sentences(text, language) end

--- The stem of a word; the word itself in a language without stems.
---@param word string
---@param language string
---@return string stem
function sheaf.stem(word, language) end

--- A set of phrases that is found in one pass, however many they are.
---@param list string[]
---@return sheaf.Phrases set
function sheaf.phrases(list) end

--- A hash of 64 bits, for telling texts apart; not for security.
---@param bytes string
---@return string hex
function sheaf.hash(bytes) end

--- XHTML of a text in Markdown; headings go so many levels deeper.
---@param text string
---@param deeper? integer
---@return string html
function sheaf.markdown(text, deeper) end

--- How many words a text has.
---@param text string
---@return integer count
function sheaf.count_words(text) end

--- The language that a text is written in, as BCP 47, and how sure that is, from 0 to 1.
---@param text string
---@return string? tag
---@return number? confidence
function sheaf.language(text) end

--- Groups of articles that are near copies of one another.
---@param files sheaf.File[]
---@param options? table
---@return table[]? groups
---@return table|string about
function sheaf.copies(files, options) end

--- Sentences and quotations of two texts side by side: shared, altered, or only in one.
---@param a string
---@param b string
---@return table[] pairs
function sheaf.align(a, b) end

--- Takes texts, and finds the passages that stand in several of them.
---@return sheaf.Passages passages
function sheaf.passages() end

--- Every place at which something stands, with what is around it: a list of {id=, left=, node=, right=, …}, and total, articles, scanned. docs/words.md has the options.
---@param files sheaf.File[]
---@param query string|sheaf.Query
---@param options? table
---@return table? lines
---@return string? reason
---@return integer? byte
function sheaf.kwic(files, query, options) end

--- How often words or n-grams stand in articles: a list of {text=, count=, articles=, …}, and groups. docs/words.md has the options.
---@param files sheaf.File[]
---@param options? table
---@return table? rows
---@return string? reason
function sheaf.counts(files, options) end

--- In a plugin that is a folder: the bytes of a file in its data/.
---@param name string
---@return string bytes
function sheaf.data(name) end

--- JSON of a value, keys in order.
---@param value any
---@return string json
function sheaf.encode(value) end

--- The value of a JSON text.
---@param json string
---@return any value
---@return string? reason
function sheaf.decode(json) end

--- Iterator of keys and values, in the order of the keys.
---@param map table
---@return fun(): any, any pairs
function sheaf.sorted(map) end

--- An article. Fields are read when they are touched. One that a loop or a plugin was given is good until the next one comes.
---@class sheaf.Article
---@field id string stable across runs
---@field url string? normalised
---@field canonical_url string? what the page calls its own address
---@field headline string? the headline
---@field alternative_headline string? another headline, such as that of the page's title
---@field description string? standfirst or summary
---@field byline string? as it was printed
---@field publisher string? who printed it
---@field provider string? the agency that it credits
---@field via string? through whom it came
---@field published string? EDTF, as precise as the source
---@field modified string? EDTF
---@field retrieved string? EDTF
---@field language string? BCP 47
---@field section string? the section that it stood in
---@field text string? paragraphs parted by one blank line
---@field language_confidence number? how sure the language is, from 0 to 1
---@field words integer number of words in the text
---@field site string? host of the URL, without www.
---@field authors sheaf.Author[] the people that the byline names
---@field keywords string[] keywords and tags
---@field images sheaf.Image[] pictures
---@field links sheaf.Link[] links in the text
---@field relations sheaf.Relation[] duplicate_of, version_of, based_on
---@field blocks sheaf.Block[] ranges of the text and what they are
---@field dateline sheaf.Dateline? place, date and agency that the text begins with
---@field provenance sheaf.Provenance where it came from
---@field why table<string, string> field → the rule that won it
---@field attributes table<string, any> what extractors added, by plugin
---@field layers table<string, table> layers that were joined, by name
local Article = {}

--- Is the phrase in the headline or the text? Whole words; case and accents do not matter.
---@param phrase string
---@return boolean found
function Article:has(phrase) end

--- How often the phrase stands in the headline and the text.
---@param phrase string
---@return integer times
function Article:count(phrase) end

--- The first place in the text that a Lua pattern fits: first byte, last byte, captures.
---@param pattern string
---@param init? integer
---@return integer? from
---@return integer? to
---@return string ...
function Article:find(pattern, init) end

--- The first phrase of the set in the headline or the text, and where.
---@param set sheaf.Phrases
---@return string? phrase
---@return integer? from
---@return integer? to
---@return string? field
function Article:match_any(set) end

--- Iterator of all phrases of the set in the text: phrase, first byte, last byte.
---@param set sheaf.Phrases
---@return fun(): string?, integer?, integer? hits
function Article:matches(set) end

--- Iterator of the words of the text: word, first byte, last byte, kind.
---@return fun(): string?, integer?, integer?, string? words
function Article:tokens() end

--- Iterator of the sentences of the text: sentence, first byte, last byte.
---@return fun(): string?, integer?, integer? sentences
function Article:sentences() end

--- Iterator of the paragraphs: text and kind.
---@return fun(): string?, string? paragraphs
function Article:paragraphs() end

--- The canonical row, or only these keys in this order.
---@param keys? string[]
---@return string json
function Article:json(keys) end

--- Everything as plain tables.
---@return table fields
function Article:table() end

--- An article that may be kept.
---@return sheaf.Article article
function Article:copy() end

--- Changes a field of this copy; not in filters and exporters.
---@param field string
---@param value any
function Article:set(field, value) end

--- A person that a byline names.
---@class sheaf.Author
---@field name string the name
---@field role string? such as editor

--- A picture.
---@class sheaf.Image
---@field url string? where it is
---@field caption string? the words below it
---@field credit string? who made it

--- A link in the text.
---@class sheaf.Link
---@field url string where it leads
---@field text string? the words that are linked

--- How an article relates to another.
---@class sheaf.Relation
---@field type string duplicate_of, version_of or based_on
---@field id string of the other

--- A part of the text.
---@class sheaf.Block
---@field from integer first byte
---@field to integer last byte
---@field kind string p, h, dateline, caption, quote, list, table or code
---@field source_from integer? first byte in the source entry, from 0
---@field source_to integer? byte behind the last one in the source entry

--- What a text begins with: place, date, agency.
---@class sheaf.Dateline
---@field raw string as it was printed
---@field place string? the place
---@field date string? EDTF
---@field agency string? the agency

--- Where an article came from.
---@class sheaf.Provenance
---@field file string? the file
---@field entry string? the entry of an archive
---@field sha256 string? of the source
---@field from integer? first byte, from 0
---@field to integer? byte behind the last one
---@field reader string? who read it
---@field tool string? name and version of the tool
---@field record string? id of a crawl's record
---@field digest string? of a crawl's record

--- An open sheaf. #file is the number of its articles.
---@class sheaf.File
local File = {}

--- How many articles there are.
---@return integer articles
function File:count() end

--- The last position; larger than the count when articles were dropped.
---@return integer last
function File:positions() end

--- Iterator of the articles, in order.
---@param range? sheaf.Range
---@return fun(): sheaf.Article? articles
function File:articles(range) end

--- Iterator of catalog rows, without unpacking text.
---@param range? sheaf.Range
---@return fun(): table? rows
function File:rows(range) end

--- Iterator of the articles at these positions, in this order; much faster than one by one.
---@param positions integer[]
---@return fun(): sheaf.Article? articles
function File:pick(positions) end

--- One article, by position, id, the beginning of an id, or URL.
---@param which string|integer
---@return sheaf.Article? article
---@return string? reason
function File:get(which) end

--- Facts about the file.
---@return table about
function File:info() end

--- Its commits, the first one first, and its signatures.
---@return table[] commits
---@return table[] signatures
function File:history() end

--- The bytes that an article was read from, when they were kept.
---@param article sheaf.Article
---@return string? bytes
---@return string? reason
function File:original(article) end

--- Checks every byte.
---@param progress? function
---@param threads? integer
---@return boolean? sound
---@return string[]? problems
function File:verify(progress, threads) end

--- Its layers.
---@return table[] layers
function File:layers() end

--- A layer, of all versions or of one.
---@param name string
---@return sheaf.Layer? layer
---@return string? reason
function File:layer(name) end

--- The best articles for a query: a list of {position=, score=}, and total, scanned, exact.
---@param query string|sheaf.Query
---@param options? table
---@return table? hits
---@return string? reason
---@return integer? byte
function File:search(query, options) end

--- How many articles no index has.
---@return integer articles
function File:unindexed() end

--- Closes it; also done by <close> and by collection.
function File:close() end

--- What is looked for, read once. docs/search.md has the language.
---@class sheaf.Query
local Query = {}

--- Does an article match, wherever it comes from?
---@param article sheaf.Article
---@return boolean matches
function Query:test(article) end

--- The best passage of about so many characters, first and last byte of each word of the query in it, and whether text was left out before and behind it.
---@param article sheaf.Article
---@param width? integer
---@return string text
---@return integer[][] marks
---@return boolean before
---@return boolean behind
function Query:snippet(article, width) end

--- The same for the whole of a text.
---@param text string
---@param language? string
---@return string text
---@return integer[][] marks
function Query:marks(text, language) end

--- Annotations that stand beside the articles.
---@class sheaf.Layer
local Layer = {}

--- Puts what the layer has on the article into article.layers[name].
---@param article sheaf.Article
---@param name string
---@return boolean? joined
---@return string? reason
function Layer:join(article, name) end

--- The row as JSON; offsets in characters, from 0, end excluded.
---@param article sheaf.Article
---@return string|false? json
---@return string? reason
function Layer:row(article) end

--- Closes it.
function Layer:close() end

--- Adds articles to a sheaf. Nothing is there before a commit.
---@class sheaf.Writer
local Writer = {}

--- Adds an article; false when it is there already.
---@param article sheaf.Article|table
---@return boolean? added
---@return string? reason
function Writer:add(article) end

--- All that was added, or nothing.
---@return boolean? done
---@return string? reason
function Writer:commit() end

--- What the history says: from what, and how.
---@param text string
function Writer:plan(text) end

--- What was added so far.
---@return table counts
function Writer:counts() end

--- Gives a file that was held its name.
---@return boolean? done
---@return string? reason
function Writer:publish() end

--- Drops what was not committed.
function Writer:close() end

--- Where an exporter, or a script, writes to.
---@class sheaf.Out
local Out = {}

--- Appends strings and numbers.
---@param ... string|number
function Out:write(...) end

--- Appends a row and a newline.
---@param value sheaf.Article|table
---@param keys? string[]
function Out:json(value, keys) end

--- Appends one CSV record.
---@param ... string|number|boolean|nil
function Out:csv(...) end

--- Adds a file to an output of several: a folder, or a ZIP.
---@param name string
---@param bytes string
function Out:file(name, bytes) end

--- Runs one statement of SQL: the output is a SQLite database, or a script of one.
---@param statement string
---@param ... string|number|boolean|nil
function Out:sql(statement, ...) end

--- Adds a file to an output of several: a folder, or a ZIP.
---@param name string
---@param bytes string
function Out:file(name, bytes) end

--- Rules of web sites, for page and read.
---@class sheaf.PageRules
local PageRules = {}

--- Adds the rules of a site: hosts and page.
---@param name string
---@param rules table
---@return boolean? added
---@return string? reason
function PageRules:add(name, rules) end

--- The site that has the rules for an address.
---@param url string
---@return string? name
function PageRules:site(url) end

--- A set of phrases. #set is how many there are.
---@class sheaf.Phrases
local Phrases = {}

--- The first phrase that stands in a text.
---@param text string
---@return string? phrase
---@return integer? from
---@return integer? to
function Phrases:find(text) end

--- Iterator of all phrases in a text: phrase, first byte, last byte.
---@param text string
---@return fun(): string?, integer?, integer? hits
function Phrases:matches(text) end

--- Finds what several texts have in common.
---@class sheaf.Passages
local Passages = {}

--- Adds a text.
---@param text string
---@return boolean? added
---@return string? reason
function Passages:add(text) end

--- The passages: {texts=, variants=, quotation=, places=}. It is used up by that.
---@return table[]? passages
---@return string? reason
function Passages:find() end

--- Which articles of a sheaf.
---@class sheaf.Range
---@field from integer? first position
---@field to integer? last position
---@field test table? for rows: steps in postfix order, {"words", ">", 200}

--- How a pile is read.
---@class sheaf.ReadOptions
---@field reader string? the reader to use
---@field threads integer? that read pages
---@field rules sheaf.PageRules? rules of web sites
---@field reject fun(place: string, status: string, reason: string)? told of what is refused
---@field pass fun(what: string, count: integer)? told of what is no article

--- What is known of a page before it is read.
---@class sheaf.PageHints
---@field url string? its address
---@field retrieved string? EDTF
---@field language string? BCP 47
---@field last_modified string? EDTF
---@field charset string? its encoding
---@field rules sheaf.PageRules? rules of web sites
---@field features boolean? tell the numbers that blocks were judged by

--- A piece of text of a web page.
---@class sheaf.PageBlock
---@field text string the text
---@field verdict string kept, dropped or aside
---@field kind string as in an article
---@field score number how much like an article
---@field why string the reason
---@field path string the way to its element
---@field from integer first byte, from 0
---@field to integer byte behind the last one

--- How a sheaf is written.
---@class sheaf.WriterOptions
---@field wait integer? seconds to wait for another writer
---@field level integer? of compression, 1 to 19
---@field frame_bytes integer? size of a frame
---@field threads integer? that compress
---@field plan string? a text for the history
---@field originals boolean? keep the bytes that articles were read from
---@field hold boolean? a new file stays PATH.partial until it is published

--- What an argument may be. The first item is its type.
---@class sheaf.PluginArgument
---@field [1] "string"|"integer"|"number"|"boolean"|"date"|"list"|"file"|"table" the type
---@field default any when it is not given
---@field help string? one line
---@field min number? least
---@field max number? most
---@field match string? a Lua pattern
---@field values string[]? all that are good
---@field required boolean? must be given

--- What the file of a plugin returns.
---@class sheaf.PluginTable
---@field kind "filter"|"extractor"|"exporter" the kind
---@field api integer 1
---@field version string of the plugin
---@field about string one sentence
---@field args table<string, sheaf.PluginArgument>? its arguments
---@field needs string[]? fields that it reads
---@field adds table<string, string>? extractor: what it gives, name → type
---@field each fun(a: sheaf.Article, opt: table, out: sheaf.Out?): any, any called for every article
---@field open fun(out: sheaf.Out, opt: table)? exporter: before the first article
---@field close fun(out: sheaf.Out, opt: table)? exporter: behind the last article
---@field start (fun(opt: table): any)? exporter by parts: an empty state
---@field add (fun(state: any, a: sheaf.Article, opt: table): any)? exporter by parts: one article
---@field merge (fun(state: any, other: any): any)? exporter by parts: two states
---@field finish fun(state: any, opt: table, out: sheaf.Out)? exporter by parts: writes
---@field extension string? exporter: ending of its files
---@field hosts string[]? extractor: hosts that it has rules for
---@field page table? extractor: rules for their pages
---@field order "any"|"input"|nil filter, extractor: may articles be taken out of order?
---@field rows boolean? exporter: each writes from its article alone
---@field between string|fun(opt: table): string? exporter: the text between two articles
---@field limits {memory: integer?, time: number?}? MiB, and seconds a call
---@field examples {run: string, about: string?}[]? commands that show it
---@field tests {opt: table?, give: table, want: any}[]? small tests

return sheaf
