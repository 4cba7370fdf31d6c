/* json_fields.c - a table of names, and how each kind of field is taken.
 *
 * The table is sorted by name for bsearch. rank decides between names of one
 * field: 0 is the surest. */
#include "read/json_fields.h"

#include <stdlib.h>

#include "article/date.h"
#include "article/json.h"
#include "base/slice.h"
#include "base/status.h"

typedef enum target_kind {
    INTO_TEXT,
    INTO_FIELD,
    INTO_DATE,
    INTO_AUTHORS,
    INTO_KEYWORDS,
    INTO_IMAGES,
    INTO_LINKS
} target_kind;

typedef struct known_name {
    const char *name; /* lower case, letters and digits only */
    target_kind kind;
    sheaf_field field;
    int rank;
} known_name;

#define FIELD(name, upper, rank)                                                                   \
    { name, INTO_FIELD, SHEAF_FIELD_##upper, rank }
#define DATE(name, upper, rank)                                                                    \
    { name, INTO_DATE, SHEAF_FIELD_##upper, rank }
#define BODY(name, rank)                                                                           \
    { name, INTO_TEXT, SHEAF_FIELD_TEXT, rank }
#define LIST(name, kind)                                                                           \
    { name, kind, SHEAF_FIELD_COUNT, 0 }

static const known_name names[] = {
    FIELD("abstract", DESCRIPTION, 3),
    DATE("accessed", RETRIEVED, 3),
    FIELD("agency", PROVIDER, 1),
    FIELD("alternativeheadline", ALTERNATIVE_HEADLINE, 0),
    BODY("article", 6),
    BODY("articlebody", 1),
    FIELD("articlesection", SECTION, 1),
    FIELD("articletitle", HEADLINE, 2),
    FIELD("articleurl", URL, 1),
    LIST("author", INTO_AUTHORS),
    LIST("authors", INTO_AUTHORS),
    BODY("body", 2),
    BODY("bodytext", 2),
    FIELD("byline", BYLINE, 0),
    FIELD("canonical", CANONICAL_URL, 1),
    FIELD("canonicallink", CANONICAL_URL, 1),
    FIELD("canonicalurl", CANONICAL_URL, 0),
    FIELD("category", SECTION, 2),
    BODY("content", 4),
    BODY("contents", 5),
    DATE("crawldate", RETRIEVED, 1),
    DATE("crawled", RETRIEVED, 1),
    DATE("crawledat", RETRIEVED, 1),
    DATE("createdat", PUBLISHED, 8),
    LIST("creator", INTO_AUTHORS),
    DATE("date", PUBLISHED, 4),
    DATE("datecrawled", RETRIEVED, 1),
    DATE("datedownload", RETRIEVED, 1),
    DATE("dategmt", PUBLISHED, 3),
    DATE("datemodified", MODIFIED, 0),
    DATE("datemodify", MODIFIED, 1),
    DATE("datepublish", PUBLISHED, 1),
    DATE("datepublished", PUBLISHED, 0),
    DATE("dateretrieved", RETRIEVED, 1),
    DATE("datetime", PUBLISHED, 5),
    FIELD("dek", DESCRIPTION, 2),
    FIELD("desc", DESCRIPTION, 4),
    FIELD("description", DESCRIPTION, 0),
    FIELD("desk", SECTION, 3),
    DATE("downloaded", RETRIEVED, 1),
    FIELD("excerpt", DESCRIPTION, 3),
    DATE("fetched", RETRIEVED, 1),
    DATE("fetchedat", RETRIEVED, 1),
    DATE("firstpublished", PUBLISHED, 1),
    BODY("fulltext", 2),
    FIELD("heading", HEADLINE, 3),
    FIELD("headline", HEADLINE, 0),
    FIELD("href", URL, 4),
    LIST("image", INTO_IMAGES),
    LIST("images", INTO_IMAGES),
    LIST("imageurl", INTO_IMAGES),
    FIELD("inlanguage", LANGUAGE, 0),
    DATE("issued", PUBLISHED, 3),
    LIST("keyword", INTO_KEYWORDS),
    LIST("keywords", INTO_KEYWORDS),
    FIELD("lang", LANGUAGE, 1),
    FIELD("language", LANGUAGE, 0),
    DATE("lastmodified", MODIFIED, 1),
    DATE("lastupdated", MODIFIED, 2),
    FIELD("lead", DESCRIPTION, 2),
    FIELD("link", URL, 3),
    LIST("links", INTO_LINKS),
    FIELD("locale", LANGUAGE, 2),
    BODY("maintext", 2),
    FIELD("media", PUBLISHER, 4),
    DATE("modified", MODIFIED, 0),
    DATE("modifiedat", MODIFIED, 1),
    DATE("modifieddate", MODIFIED, 1),
    FIELD("name", HEADLINE, 5),
    FIELD("newspaper", PUBLISHER, 2),
    FIELD("outlet", PUBLISHER, 1),
    LIST("outlinks", INTO_LINKS),
    BODY("paragraphs", 3),
    FIELD("permalink", URL, 2),
    LIST("photo", INTO_IMAGES),
    BODY("plaintext", 2),
    FIELD("provider", PROVIDER, 0),
    DATE("pubdate", PUBLISHED, 2),
    FIELD("publication", PUBLISHER, 2),
    DATE("publicationdate", PUBLISHED, 1),
    DATE("publishdate", PUBLISHED, 1),
    DATE("published", PUBLISHED, 0),
    DATE("publishedat", PUBLISHED, 0),
    DATE("publisheddate", PUBLISHED, 1),
    DATE("publishedon", PUBLISHED, 1),
    FIELD("publisher", PUBLISHER, 0),
    DATE("retrieved", RETRIEVED, 0),
    DATE("retrievedat", RETRIEVED, 0),
    FIELD("rubric", SECTION, 3),
    DATE("scraped", RETRIEVED, 1),
    DATE("scrapedat", RETRIEVED, 1),
    FIELD("section", SECTION, 0),
    FIELD("sectionname", SECTION, 1),
    FIELD("site", PUBLISHER, 5),
    FIELD("sitename", PUBLISHER, 1),
    FIELD("snippet", DESCRIPTION, 5),
    FIELD("source", PUBLISHER, 3),
    FIELD("sourcename", PUBLISHER, 2),
    FIELD("sourceurl", URL, 2),
    FIELD("standfirst", DESCRIPTION, 1),
    BODY("story", 5),
    LIST("subjects", INTO_KEYWORDS),
    FIELD("subtitle", ALTERNATIVE_HEADLINE, 1),
    FIELD("summary", DESCRIPTION, 2),
    LIST("tags", INTO_KEYWORDS),
    FIELD("teaser", DESCRIPTION, 2),
    BODY("text", 0),
    BODY("textcontent", 2),
    LIST("thumbnail", INTO_IMAGES),
    DATE("time", PUBLISHED, 7),
    DATE("timestamp", PUBLISHED, 6),
    FIELD("title", HEADLINE, 1),
    LIST("topics", INTO_KEYWORDS),
    LIST("topimage", INTO_IMAGES),
    FIELD("trailtext", DESCRIPTION, 3),
    DATE("updated", MODIFIED, 1),
    DATE("updatedat", MODIFIED, 1),
    FIELD("uri", URL, 3),
    FIELD("url", URL, 0),
    LIST("urltoimage", INTO_IMAGES),
    FIELD("via", VIA, 0),
    DATE("webpublicationdate", PUBLISHED, 1),
    FIELD("webtitle", HEADLINE, 2),
    FIELD("weburl", URL, 1),
    LIST("writers", INTO_AUTHORS),
};

enum { NAMES = sizeof names / sizeof *names, NAME_MAX_SIZE = 24, UNTAKEN = 100 };

typedef struct taker {
    sheaf_json json;
    sheaf_article *article;
    sheaf_error *error;
    sheaf_buffer rest; /* members that found no place, as JSON */
    size_t rest_limit;
    size_t known;
    int rank[SHEAF_FIELD_COUNT];
} taker;

static sheaf_status next(taker *self, sheaf_json_token *token) {
    return sheaf_json_next(&self->json, token, self->error);
}

static int by_name(const void *key, const void *item) {
    return strcmp(key, ((const known_name *)item)->name);
}

static const known_name *look_up(sheaf_slice key) {
    char plain[NAME_MAX_SIZE];
    size_t size = 0;
    for (size_t i = 0; i < key.size; i++) {
        char c = sheaf_to_lower(key.data[i]);
        if (c == '_' || c == '-' || c == ' ' || c == '@')
            continue;
        if ((!sheaf_is_lower(c) && !sheaf_is_digit(c)) || size + 1 == sizeof plain)
            return NULL;
        plain[size++] = c;
    }
    plain[size] = '\0';
    return bsearch(plain, names, NAMES, sizeof *names, by_name);
}

/* Appends the value whose first token is given, in canonical JSON. */
static sheaf_status copy_value(taker *self, sheaf_json_token token, sheaf_buffer *out) {
    size_t outside =
        self->json.depth - (token.kind == SHEAF_JSON_OBJECT || token.kind == SHEAF_JSON_ARRAY);
    bool first = true;
    for (;;) {
        bool closes = token.kind == SHEAF_JSON_OBJECT_END || token.kind == SHEAF_JSON_ARRAY_END;
        bool text = token.kind == SHEAF_JSON_KEY || token.kind == SHEAF_JSON_STRING;
        if (!first && !closes)
            sheaf_buffer_char(out, ',');
        if (text)
            sheaf_json_write(out, sheaf_json_text(&self->article->arena, &token));
        else
            sheaf_buffer_add(out, token.raw);
        if (token.kind == SHEAF_JSON_KEY)
            sheaf_buffer_char(out, ':');
        first = token.kind == SHEAF_JSON_KEY || token.kind == SHEAF_JSON_OBJECT ||
                token.kind == SHEAF_JSON_ARRAY;
        if (token.kind != SHEAF_JSON_KEY && self->json.depth == outside)
            return SHEAF_OK;
        sheaf_status status = next(self, &token);
        if (status)
            return status;
    }
}

/* Keeps a member that found no place, if there is room for it. */
static sheaf_status keep(taker *self, sheaf_slice key, sheaf_json_token token) {
    size_t before = self->rest.size;
    if (before)
        sheaf_buffer_char(&self->rest, ',');
    sheaf_json_write(&self->rest, key);
    sheaf_buffer_char(&self->rest, ':');
    sheaf_status status = copy_value(self, token, &self->rest);
    if (self->rest.size > self->rest_limit)
        self->rest.size = before;
    return status;
}

/* Is this the member of an object that says in words what it is? */
static int naming_rank(const sheaf_json_token *key) {
    static const char *const naming[] = {"name", "rendered", "title", "headline",
                                         "text", "content",  "value", "label",
                                         "main", "$date",    "url",   "id"};
    for (int i = 0; i < (int)(sizeof naming / sizeof *naming); i++) {
        if (sheaf_json_is(key, naming[i]))
            return i;
    }
    return UNTAKEN;
}

static sheaf_status take_words(taker *self, sheaf_json_token token, const char *between,
                               sheaf_buffer *words);

/* The member of an object that names it best. */
static sheaf_status take_naming(taker *self, const char *between, sheaf_buffer *words) {
    sheaf_json_token token;
    int best = UNTAKEN;
    size_t start = words->size;
    for (;;) {
        sheaf_status status = next(self, &token);
        if (status || token.kind == SHEAF_JSON_OBJECT_END)
            return status;
        int rank = naming_rank(&token);
        if (rank >= best) {
            status = sheaf_json_skip(&self->json, &token, NULL, self->error);
        } else if ((status = next(self, &token)) == SHEAF_OK) {
            words->size = start;
            status = take_words(self, token, between, words);
            best = words->size > start ? rank : best;
        }
        if (status)
            return status;
    }
}

/* Appends what a value says in words: a string or number as it is, an object
 * by its naming member, the elements of an array with between between them.
 * Nesting is bounded by the parser's depth limit. */
static sheaf_status take_words(taker *self, sheaf_json_token token, const char *between,
                               sheaf_buffer *words) {
    if (token.kind == SHEAF_JSON_OBJECT)
        return take_naming(self, between, words);
    if (token.kind == SHEAF_JSON_STRING)
        sheaf_buffer_add(words, sheaf_json_text(&self->article->arena, &token));
    if (token.kind == SHEAF_JSON_NUMBER)
        sheaf_buffer_add(words, token.raw);
    if (token.kind != SHEAF_JSON_ARRAY)
        return SHEAF_OK;
    for (bool first = true;;) {
        sheaf_status status = next(self, &token);
        if (status || token.kind == SHEAF_JSON_ARRAY_END)
            return status;
        size_t before = words->size;
        if (!first)
            sheaf_buffer_add(words, sheaf_slice_of(between));
        size_t start = words->size;
        status = take_words(self, token, between, words);
        if (words->size == start)
            words->size = before;
        else
            first = false;
        if (status)
            return status;
    }
}

/* Seconds or milliseconds since 1970, as EDTF. */
static bool date_of_number(sheaf_date *date, sheaf_slice text) {
    char *end;
    char digits[24];
    if (text.size == 0 || text.size >= sizeof digits)
        return false;
    memcpy(digits, text.data, text.size);
    digits[text.size] = '\0';
    double seconds = strtod(digits, &end);
    if (*end || !(seconds > 1e8) || seconds > 1e14)
        return false;
    return sheaf_date_from_seconds(date, (int64_t)(seconds > 1e11 ? seconds / 1000 : seconds));
}

static bool set_date(taker *self, sheaf_field field, sheaf_slice text) {
    sheaf_date date;
    text = sheaf_slice_trim(text);
    if (!sheaf_date_parse(&date, text) && !date_of_number(&date, text))
        return false;
    self->article->field[field] = sheaf_date_text(&self->article->arena, &date);
    return true;
}

static bool set_field(taker *self, const known_name *name, sheaf_slice words) {
    if (words.size == 0)
        return false;
    if (name->kind == INTO_DATE)
        return set_date(self, name->field, words);
    if (name->kind == INTO_TEXT)
        sheaf_article_set_plain(self->article, words);
    else
        sheaf_article_win(self->article, name->field, words, NULL);
    return self->article->field[name->field].size > 0;
}

static void explain(taker *self, const char *field, sheaf_slice key) {
    sheaf_slice rule = sheaf_arena_format(&self->article->arena, "JSON member \"%.*s\"",
                                          (int)(key.size < 60 ? key.size : 60), key.data);
    if (rule.data)
        sheaf_article_reason(self->article, field, rule.data);
}

/* The value is kept whole when nothing in it could be taken. */
static sheaf_status take_field(taker *self, const known_name *name, sheaf_slice key,
                               sheaf_json_token token) {
    sheaf_buffer words = {0};
    sheaf_json before = self->json;
    if (name->rank >= self->rank[name->field])
        return keep(self, key, token);
    sheaf_status status = take_words(self, token, name->kind == INTO_TEXT ? "\n\n" : ", ", &words);
    if (words.failed)
        status = sheaf_fail(self->error, SHEAF_NO_MEMORY, "out of memory");
    if (!status && set_field(self, name, sheaf_buffer_view(&words))) {
        self->rank[name->field] = name->rank;
        explain(self, sheaf_field_names[name->field], key);
    } else if (!status) {
        self->json = before;
        status = keep(self, key, token);
    }
    sheaf_buffer_clear(&words);
    return status;
}

/* ---- lists ---------------------------------------------------------------------- */

/* Two texts of one element: a string fills the first; an object both, by the
 * names in keys (three for each, the first found wins). */
typedef struct element {
    sheaf_slice text[3];
} element;

static const char *const author_keys[3][4] = {{"name", "fullname", "displayName", "title"},
                                              {"role", "jobTitle", "job_title", "position"},
                                              {NULL}};
static const char *const image_keys[3][4] = {{"url", "src", "contentUrl", "href"},
                                             {"caption", "alt", "description", "name"},
                                             {"credit", "copyright", "author", "source"}};
static const char *const link_keys[3][4] = {
    {"url", "href", "link", "src"}, {"text", "title", "anchor", "name"}, {NULL}};

static int key_slot(const char *const keys[3][4], const sheaf_json_token *key) {
    for (int slot = 0; slot < 3; slot++) {
        for (int i = 0; i < 4 && keys[slot][i]; i++) {
            if (sheaf_json_is(key, keys[slot][i]))
                return slot;
        }
    }
    return -1;
}

static sheaf_status take_element(taker *self, sheaf_json_token token, const char *const keys[3][4],
                                 element *out) {
    if (token.kind == SHEAF_JSON_STRING)
        out->text[0] = sheaf_json_text(&self->article->arena, &token);
    if (token.kind == SHEAF_JSON_ARRAY)
        return sheaf_json_skip(&self->json, &token, NULL, self->error);
    if (token.kind != SHEAF_JSON_OBJECT)
        return SHEAF_OK;
    for (;;) {
        sheaf_status status = next(self, &token);
        if (status || token.kind == SHEAF_JSON_OBJECT_END)
            return status;
        int slot = key_slot(keys, &token);
        if (slot < 0) {
            status = sheaf_json_skip(&self->json, &token, NULL, self->error);
        } else if ((status = next(self, &token)) == SHEAF_OK) {
            if (token.kind == SHEAF_JSON_STRING && !out->text[slot].size)
                out->text[slot] = sheaf_json_text(&self->article->arena, &token);
            else
                status = sheaf_json_skip(&self->json, &token, NULL, self->error);
        }
        if (status)
            return status;
    }
}

/* "a, b; c": one keyword each. */
static void add_keywords(sheaf_article *article, sheaf_slice text) {
    while (text.size) {
        size_t end = 0;
        while (end < text.size && text.data[end] != ',' && text.data[end] != ';')
            end++;
        sheaf_article_add_keyword(article, sheaf_slice_part(text, 0, end));
        text = sheaf_slice_part(text, end + 1, text.size);
    }
}

static void add_element(sheaf_article *article, target_kind kind, const element *item) {
    switch (kind) {
    case INTO_AUTHORS: sheaf_article_add_author(article, item->text[0], item->text[1]); break;
    case INTO_KEYWORDS: add_keywords(article, item->text[0]); break;
    case INTO_IMAGES:
        sheaf_article_add_image(article, item->text[0], item->text[1], item->text[2]);
        break;
    case INTO_LINKS: sheaf_article_add_link(article, item->text[0], item->text[1]); break;
    default: break;
    }
}

static sheaf_status take_list(taker *self, target_kind kind, sheaf_json_token token) {
    const char *const(*keys)[4] = kind == INTO_IMAGES  ? image_keys
                                  : kind == INTO_LINKS ? link_keys
                                                       : author_keys;
    bool several = token.kind == SHEAF_JSON_ARRAY;
    for (;;) {
        element item = {0};
        sheaf_status status = several ? next(self, &token) : SHEAF_OK;
        if (status || token.kind == SHEAF_JSON_ARRAY_END)
            return status;
        status = take_element(self, token, keys, &item);
        if (status)
            return status;
        add_element(self->article, kind, &item);
        if (!several)
            return SHEAF_OK;
    }
}

static size_t list_count(const sheaf_article *article, target_kind kind) {
    switch (kind) {
    case INTO_AUTHORS: return article->authors.count;
    case INTO_KEYWORDS: return article->keywords.count;
    case INTO_IMAGES: return article->images.count;
    default: return article->links.count;
    }
}

static sheaf_status take_member(taker *self, const sheaf_json_token *key) {
    static const char *const list_field[] = {[INTO_AUTHORS] = "authors",
                                             [INTO_KEYWORDS] = "keywords",
                                             [INTO_IMAGES] = "images",
                                             [INTO_LINKS] = "links"};
    sheaf_json_token token;
    sheaf_slice name = sheaf_json_text(&self->article->arena, key);
    const known_name *known = look_up(name);
    sheaf_status status = next(self, &token);
    if (status)
        return status;
    if (token.kind == SHEAF_JSON_NULL)
        return SHEAF_OK;
    self->known += known != NULL;
    if (!known)
        return keep(self, name, token);
    if (known->kind < INTO_AUTHORS)
        return take_field(self, known, name, token);
    sheaf_json before = self->json;
    size_t had = list_count(self->article, known->kind);
    status = take_list(self, known->kind, token);
    if (!status && list_count(self->article, known->kind) == had) {
        self->json = before;
        return keep(self, name, token);
    }
    explain(self, list_field[known->kind], name);
    return status;
}

sheaf_status sheaf_json_fields_read(sheaf_article *article, sheaf_slice object, size_t *known,
                                    const sheaf_limits *limits, sheaf_error *error) {
    taker self = {.article = article, .error = error, .rest_limit = limits->field_bytes};
    sheaf_json_token token;
    for (int i = 0; i < SHEAF_FIELD_COUNT; i++)
        self.rank[i] = UNTAKEN;
    sheaf_json_init(&self.json, object, limits->json_depth);
    sheaf_status status = next(&self, &token);
    if (!status && token.kind != SHEAF_JSON_OBJECT)
        status = sheaf_fail(error, SHEAF_BAD_INPUT, "a JSON object was expected");
    while (!status && (status = next(&self, &token)) == SHEAF_OK && token.kind == SHEAF_JSON_KEY)
        status = take_member(&self, &token);
    if (!status)
        status = next(&self, &token);
    if (!status && self.rest.size) {
        sheaf_buffer_char(&self.rest, '}');
        sheaf_slice rest = sheaf_arena_format(&article->arena, "{%.*s", SLICE_ARGS(self.rest));
        sheaf_article_set_attribute(article, SLICE("source"), rest);
    }
    if (!status && (self.rest.failed || article->arena.failed))
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_buffer_clear(&self.rest);
    *known = self.known;
    return status;
}

/* ---- envelopes --------------------------------------------------------------------- */

static bool is_list_name(const sheaf_json_token *key) {
    static const char *const lists[] = {"articles",  "items",   "results", "data",    "docs",
                                        "documents", "entries", "records", "hits",    "news",
                                        "posts",     "stories", "@graph",  "response"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (sheaf_json_is(key, lists[i]))
            return true;
    }
    return false;
}

bool sheaf_json_envelope(sheaf_slice object, sheaf_slice *list, size_t depth_limit) {
    sheaf_json json;
    sheaf_json_token token;
    sheaf_json_init(&json, object, depth_limit);
    if (sheaf_json_next(&json, &token, NULL) || token.kind != SHEAF_JSON_OBJECT)
        return false;
    /* An object under a list's name is gone into, never out of: what follows
     * it at its own level is not looked at. */
    while (sheaf_json_next(&json, &token, NULL) == SHEAF_OK && token.kind == SHEAF_JSON_KEY) {
        bool named = is_list_name(&token);
        if (!named) {
            if (sheaf_json_skip(&json, &token, NULL, NULL))
                return false;
            continue;
        }
        if (sheaf_json_next(&json, &token, NULL))
            return false;
        if (token.kind == SHEAF_JSON_ARRAY)
            return sheaf_json_skip(&json, &token, list, NULL) == SHEAF_OK;
    }
    return false;
}
