/* article.h - the record: what sheaf knows of one article.
 *
 * Everything an article holds lives in its arena and goes with
 * sheaf_article_reset. Slices put into it must live there too: use
 * sheaf_article_set and the add verbs, which copy, or the arena itself.
 * Invariants, made by sheaf_article_finish: all strings are valid NFC UTF-8;
 * blocks are sorted, do not overlap, lie within text and cut no code point. */
#ifndef SHEAF_ARTICLE_ARTICLE_H
#define SHEAF_ARTICLE_ARTICLE_H

#include "base/arena.h"
#include "base/limits.h"

/* Kinds of a stretch of text, by their names in JSON. */
#define SHEAF_BLOCK_KINDS(X)                                                                       \
    X(PARAGRAPH, "p")                                                                              \
    X(HEADING, "h")                                                                                \
    X(DATELINE, "dateline")                                                                        \
    X(CAPTION, "caption")                                                                          \
    X(QUOTE, "quote")                                                                              \
    X(LIST, "list")                                                                                \
    X(TABLE, "table")                                                                              \
    X(CODE, "code")

typedef enum sheaf_block_kind {
#define X(name, json) SHEAF_BLOCK_##name,
    SHEAF_BLOCK_KINDS(X)
#undef X
        SHEAF_BLOCK_KIND_COUNT
} sheaf_block_kind;

extern const char *const sheaf_block_kind_names[SHEAF_BLOCK_KIND_COUNT];

/* Bytes [from, to) of text. source_to > 0: they came from these bytes of the
 * source entry. */
typedef struct sheaf_block {
    size_t from;
    size_t to;
    sheaf_block_kind kind;
    uint64_t source_from;
    uint64_t source_to;
} sheaf_block;

typedef struct sheaf_author {
    sheaf_slice name;
    sheaf_slice role;
} sheaf_author;

typedef struct sheaf_image {
    sheaf_slice url;
    sheaf_slice caption;
    sheaf_slice credit;
} sheaf_image;

typedef struct sheaf_link {
    sheaf_slice url;
    sheaf_slice text;
} sheaf_link;

typedef struct sheaf_relation {
    sheaf_slice type; /* duplicate_of, version_of, based_on */
    sheaf_slice id;
} sheaf_relation;

/* value is raw JSON. */
typedef struct sheaf_attribute {
    sheaf_slice name;
    sheaf_slice value;
} sheaf_attribute;

/* By which rule a field was won: {"headline", "first line stands alone"}. */
typedef struct sheaf_reason {
    sheaf_slice field;
    sheaf_slice rule;
} sheaf_reason;

typedef struct sheaf_dateline {
    sheaf_slice raw;
    sheaf_slice place;
    sheaf_slice date; /* EDTF */
    sheaf_slice agency;
} sheaf_dateline;

/* The bytes [from, to) of entry in file; sha256 is of those bytes. For a record of a
 * crawl they are those of the record as it stands there, packed or not, and sha256 is
 * of the document that was in it. */
typedef struct sheaf_provenance {
    sheaf_slice file;
    sheaf_slice entry;
    sheaf_slice sha256;
    sheaf_slice reader;
    sheaf_slice tool;
    sheaf_slice record; /* id of the record in a crawl */
    sheaf_slice digest; /* of the record: "sha1:…" checked; "wrong …", "unchecked …" */
    uint64_t from;
    uint64_t to;
} sheaf_provenance;

/* The row that an article was read from, while its bytes are lent (row_view.c). Keys go by their
 * number in the order of the row. */
enum { SHEAF_ROW_KEYS = 27 };

typedef struct sheaf_row_view {
    sheaf_slice row;  /* empty: there is none */
    uint32_t pending; /* keys that nobody has asked for: their fields are not set yet */
    uint32_t changed; /* keys that were set since: what the row says is old */
    uint32_t from[SHEAF_ROW_KEYS]; /* bytes of the value; to is 0 where the row has no such key */
    uint32_t to[SHEAF_ROW_KEYS];
} sheaf_row_view;

#define SHEAF_LIST(type)                                                                           \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

struct sheaf_article {
    sheaf_arena arena;
    sheaf_slice field[SHEAF_FIELD_COUNT];
    double language_confidence; /* 0 to 1; 0 when not measured */
    sheaf_dateline dateline;
    sheaf_provenance provenance;
    SHEAF_LIST(sheaf_block) blocks;
    SHEAF_LIST(sheaf_author) authors;
    SHEAF_LIST(sheaf_slice) keywords;
    SHEAF_LIST(sheaf_image) images;
    SHEAF_LIST(sheaf_link) links;
    SHEAF_LIST(sheaf_relation) relations;
    SHEAF_LIST(sheaf_attribute) attributes;
    SHEAF_LIST(sheaf_attribute) layers; /* joined for a while; never part of the row */
    SHEAF_LIST(sheaf_reason) reasons;
    sheaf_row_view view;
    sheaf_slice original; /* the bytes that provenance.sha256 is of, lent by a reader until
                             the next article; empty when they are not at hand */
};

/* Appends to one of an article's lists; false when memory is out (the arena
 * remembers that too). value is copied flat: its slices must live in the arena. */
#define SHEAF_LIST_ADD(article, list, value)                                                       \
    (sheaf_arena_grow(&(article)->arena, (void **)&(article)->list.items, (article)->list.count,   \
                      &(article)->list.capacity, sizeof *(article)->list.items)                    \
         ? ((article)->list.items[(article)->list.count++] = (value), true)                        \
         : false)

void sheaf_article_init(sheaf_article *article);
void sheaf_article_reset(sheaf_article *article);
void sheaf_article_clear(sheaf_article *article);

extern const char *const sheaf_field_names[SHEAF_FIELD_COUNT];

/* The field of that name, or SHEAF_FIELD_COUNT. */
sheaf_field sheaf_field_by_name(sheaf_slice name);

/* Copies value into the field. */
void sheaf_article_set(sheaf_article *article, sheaf_field field, sheaf_slice value);

/* The same, trimmed and with runs of white space folded to one blank; notes
 * rule as the reason when the value is not empty. rule must be a literal or
 * live in the arena; NULL notes nothing. */
void sheaf_article_win(sheaf_article *article, sheaf_field field, sheaf_slice value,
                       const char *rule);

/* Notes by which rule a field was won; a later one for the same field
 * replaces it. rule is copied. */
void sheaf_article_reason(sheaf_article *article, const char *field, const char *rule);

/* Copying appends. Empty names, urls and keywords are passed over; so is a
 * keyword that is there already. */
void sheaf_article_add_author(sheaf_article *article, sheaf_slice name, sheaf_slice role);
void sheaf_article_add_keyword(sheaf_article *article, sheaf_slice keyword);
void sheaf_article_add_image(sheaf_article *article, sheaf_slice url, sheaf_slice caption,
                             sheaf_slice credit);
void sheaf_article_add_link(sheaf_article *article, sheaf_slice url, sheaf_slice text);
/* Sets attribute name to the raw JSON value; replaces one of the same name. */
void sheaf_article_set_attribute(sheaf_article *article, sheaf_slice name, sheaf_slice json);
/* Raw JSON of the attribute, or an empty slice. */
sheaf_slice sheaf_article_attribute(const sheaf_article *article, sheaf_slice name);

void sheaf_article_drop_attribute(sheaf_article *article, sheaf_slice name);

/* Gives the article its text as blocks: each block's own text, in order. Text
 * becomes the blocks joined by one blank line. Replaces text and blocks. */
typedef struct sheaf_block_text {
    sheaf_slice text;
    sheaf_block_kind kind;
    uint64_t source_from;
    uint64_t source_to;
} sheaf_block_text;
void sheaf_article_set_blocks(sheaf_article *article, const sheaf_block_text *blocks, size_t count);

/* Sets text from one string whose paragraphs are parted somehow: by blank lines,
 * by single line ends, or by blank lines with hard-wrapped lines between.
 * Control characters go, line ends become LF. Replaces text and blocks. */
void sheaf_article_set_plain(sheaf_article *article, sheaf_slice text);

/* When no blocks are set, makes one paragraph of each stretch between blank
 * lines of text. Done by readers of rows, so that plain rows need no blocks. */
void sheaf_article_derive_blocks(sheaf_article *article);

/* True when the blocks say no more than the blank lines of text do. */
bool sheaf_article_blocks_are_plain(const sheaf_article *article);

/* The last step of every reader: mends UTF-8, makes all strings NFC, cuts what
 * passes limits (and notes so as a reason), derives blocks, identifies the
 * language when it is not set, gives provenance.sha256, tool and the id from the
 * bytes of source and ordinal (the number of this article among those that
 * share these very bytes, mostly 0). A record that comes with id and sha256, as
 * a row of ours does, keeps them.
 * SHEAF_NO_MEMORY, or SHEAF_BAD_INPUT when there is neither text nor headline. */
sheaf_status sheaf_article_finish(sheaf_article *article, sheaf_slice source, uint64_t ordinal,
                                  const sheaf_limits *limits, sheaf_error *error);

#endif
