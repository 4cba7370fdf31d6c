--- sheaf: news articles in one compressed file, and plugins that run on them.
--
-- What scripts, the prompt of `sheaf lua` and a plain lua5.4 get from
-- require "sheaf". The work is done in C, by sheaf.core; this file only says
-- which of it is public. docs/lua-api.md describes every name.

local core = require "sheaf.core"

local public = {
  "version", "null",
  "open", "create", "append", "read", "article", "page", "page_rules",
  "date", "date_range", "dateline", "byline", "site", "fold", "words", "count_words",
  "language", "find_dates", "find_urls", "encode", "decode", "sorted",
  "copies", "align", "passages", "query", "kwic", "counts",
  "sentences", "stem", "phrases", "hash", "markdown",
}

local sheaf = {}
for _, name in ipairs(public) do
  sheaf[name] = core[name]
end
return sheaf
