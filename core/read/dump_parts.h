/* dump_parts.h - what the parts of the dump reader say to one another.
 *
 *   bytes ─► source ─► lines ─► kinds ─► records ─► order ─► draft ─► article
 *         decode    lines     kind     split     align    build
 *
 * Only core/read/dump*.c include it. All offsets are into the decoded text,
 * but for those that sheaf_dump_origin gives. */
#ifndef SHEAF_READ_DUMP_PARTS_H
#define SHEAF_READ_DUMP_PARTS_H

#include "article/article.h"
#include "article/date.h"
#include "article/date_beside.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "text/encoding.h"
#include "text/phrase.h"

/* ---- source: decoded text that knows its bytes (dump_decode.c) ------------ */

typedef struct dump_mark {
    size_t decoded;
    size_t source;
    unsigned state; /* of the decoder there */
} dump_mark;

typedef struct dump_source {
    sheaf_slice bytes;
    sheaf_slice text; /* valid UTF-8, no controls but tab, LF, CR and FF */
    sheaf_encoding_guess encoding;
    size_t start;     /* bytes of the byte order mark */
    size_t bad;       /* how many U+FFFD stand for bytes without a meaning */
    sheaf_buffer own; /* the decoded text, when bytes could not be lent */
    sheaf_decoder *decoder;
    dump_mark *marks; /* every so many bytes of own */
    size_t mark_count;
} dump_source;

sheaf_status sheaf_dump_decode(dump_source *source, sheaf_slice bytes, sheaf_error *error);
void sheaf_dump_source_clear(dump_source *source);

/* The source byte that the decoded offset came from. */
uint64_t sheaf_dump_origin(const dump_source *source, size_t at);

/* ---- lines (dump_lines.c) ------------------------------------------------- */

typedef enum dump_kind {
    DUMP_TITLE,   /* a short line without an end: headline, subhead, name, tag */
    DUMP_PROSE,   /* sentences */
    DUMP_HEADING, /* marked as one: "## Title" */
    DUMP_ITEM,    /* a bullet */
    DUMP_ROW,     /* of a table */
    DUMP_TEASER,  /* cut in mid-sentence, or with a "date, publisher" trailer */
    DUMP_URL,     /* an address, perhaps with a date and labels */
    DUMP_IMAGE,   /* the address of a picture */
    DUMP_DATE,    /* dates, times and their labels, perhaps an outlet */
    DUMP_BYLINE,
    DUMP_OUTLET,    /* the name of a paper, alone */
    DUMP_SECTION,   /* the name of a section, alone; a breadcrumb */
    DUMP_KEY,       /* KEY: value, of a key that the trade knows */
    DUMP_CAPTION,   /* picture credit, with or without a caption */
    DUMP_TAGS,      /* "Tags: a, b" or the bare label */
    DUMP_RELATED,   /* "Read more: …" */
    DUMP_SIGNOFF,   /* "(Reporting by …; editing by …)" */
    DUMP_READER,    /* the footer of a press reader */
    DUMP_MACHINE,   /* sizes, codes, XPath, mail and phone */
    DUMP_FURNITURE, /* menus, share, subscribe, copyright */
    DUMP_MENU,      /* opens a list of other headlines: "Most read" */
    DUMP_RULE,      /* ===== */
    DUMP_COUNTER,   /* "Document 3 of 12": a record begins */
    DUMP_FINISH     /* "End of Document": a record has ended */
} dump_kind;

enum {
    DUMP_ENDS = 1,  /* ends like a sentence */
    DUMP_CUT = 2,   /* ends with an ellipsis */
    DUMP_LOWER = 4, /* begins with a small letter */
    DUMP_PAGE = 8,  /* a form feed stands before it */
    DUMP_INDENTED = 16,
    DUMP_FLAT = 32,  /* a piece of a flattened line */
    DUMP_STOPS = 64, /* holds the end of a sentence, not only at its end */
    DUMP_USED = 128  /* has found its place in the article, or was left out */
};

typedef struct dump_line {
    size_t from; /* trimmed */
    size_t to;
    uint32_t blank;  /* blank lines before it */
    uint32_t words;  /* for scripts without blanks, what would be words */
    uint32_t copies; /* how often the dump holds this very line */
    uint16_t flags;
    uint8_t kind;
    uint8_t key;    /* of a DUMP_KEY */
    uint32_t value; /* of a DUMP_KEY, DUMP_HEADING, DUMP_ITEM, …: offset from `from` */
} dump_line;

typedef struct dump_lines {
    dump_line *items;
    size_t count;
    size_t capacity;
} dump_lines;

sheaf_status sheaf_dump_cut_lines(dump_lines *lines, sheaf_slice text, sheaf_error *error);

/* Words, ends and the other things that can be counted. */
void sheaf_dump_measure(dump_line *line, sheaf_slice text);

/* Adds one line at the end; false when memory is out. */
bool sheaf_dump_add_line(dump_lines *lines, const dump_line *line);

/* Counts how often each line stands in the dump. */
sheaf_status sheaf_dump_count_copies(dump_lines *lines, sheaf_slice text, sheaf_error *error);

static inline sheaf_slice sheaf_dump_text(sheaf_slice text, const dump_line *line) {
    return sheaf_slice_from(text.data + line->from, line->to - line->from);
}

static inline sheaf_slice sheaf_dump_value(sheaf_slice text, const dump_line *line) {
    return sheaf_slice_trim(
        sheaf_slice_part(sheaf_dump_text(text, line), line->value, line->to - line->from));
}

/* ---- tables of the trade (dump_phrases.c, dump_outlets.c) ------------------ */

typedef enum dump_key {
    DUMP_KEY_NONE,
    DUMP_KEY_HEADLINE,
    DUMP_KEY_SUBJECT,
    DUMP_KEY_ALTERNATIVE,
    DUMP_KEY_DESCRIPTION,
    DUMP_KEY_BYLINE,
    DUMP_KEY_PUBLISHER,
    DUMP_KEY_PROVIDER,
    DUMP_KEY_PUBLISHED,
    DUMP_KEY_MODIFIED,
    DUMP_KEY_RETRIEVED,
    DUMP_KEY_SECTION,
    DUMP_KEY_KEYWORDS,
    DUMP_KEY_URL,
    DUMP_KEY_CANONICAL,
    DUMP_KEY_IMAGE,
    DUMP_KEY_CAPTION,
    DUMP_KEY_CREDIT,
    DUMP_KEY_DATELINE,
    DUMP_KEY_BODY,
    DUMP_KEY_DROP /* known, and of no use to the record */
} dump_key;

/* All of these take text as sheaf_phrase folds it. */
dump_key sheaf_dump_key(sheaf_slice label);
bool sheaf_dump_is_furniture(sheaf_slice folded);
/* The same for the head of a line that is longer than a phrase. */
bool sheaf_dump_is_notice(sheaf_slice folded);
bool sheaf_dump_is_menu(sheaf_slice folded);
bool sheaf_dump_is_section(sheaf_slice folded);
bool sheaf_dump_is_tag_label(sheaf_slice folded);
bool sheaf_dump_is_rights(sheaf_slice folded);
/* Length of a "Read more" at the head of folded, or 0. */
size_t sheaf_dump_related(sheaf_slice folded);

/* The outlet of a host ("www.bbc.co.uk"), or an empty static slice. */
sheaf_slice sheaf_dump_outlet_of_host(sheaf_slice host);
/* The outlet that text names and nothing else, or an empty slice. */
sheaf_slice sheaf_dump_outlet(sheaf_slice text);
/* Does text look like the name of a paper ("The Harbour Post")? */
bool sheaf_dump_names_paper(sheaf_slice text);
/* The reader or aggregator of a host ("pressreader.com"), or an empty slice. */
sheaf_slice sheaf_dump_via_of_host(sheaf_slice host);
/* The press reader whose footer this is, or an empty slice. */
sheaf_slice sheaf_dump_via_of_footer(sheaf_slice folded);

/* ---- kinds (dump_kind.c) --------------------------------------------------- */

/* Tells the kind of each line by itself. */
void sheaf_dump_tell_kinds(dump_lines *lines, sheaf_slice text);
void sheaf_dump_tell_kind(dump_line *line, sheaf_slice text, bool coded);

/* ---- dates in lines (dump_dates.c) ------------------------------------------ */

typedef struct dump_dates {
    sheaf_date published, modified, retrieved, plain; /* plain: no label tells which */
    bool has_published, has_modified, has_retrieved, has_plain;
    sheaf_slice rest; /* what else the line holds, when that is one stretch */
} dump_dates;

/* Reads a line that is dates, their labels and perhaps one more thing. False
 * when there is no date. */
bool sheaf_dump_read_dates(dump_dates *out, sheaf_slice line);

/* Splits "teaser 10.02.2022, Publisher" at its trailer. */
bool sheaf_dump_read_trailer(sheaf_slice line, size_t *cut, sheaf_date *date,
                             sheaf_slice *publisher);

/* ---- records (dump_split.c) -------------------------------------------------- */

typedef struct dump_record {
    size_t from; /* lines */
    size_t to;
} dump_record;

typedef struct dump_records {
    dump_record *items;
    size_t count;
    size_t capacity;
} dump_records;

sheaf_status sheaf_dump_split(dump_records *records, const dump_lines *lines, sheaf_slice text,
                              sheaf_error *error);

/* ---- order (dump_align.c) ------------------------------------------------------ */

/* When one line of the record is the whole page flattened, puts the lines in
 * the order that it tells, with its own pieces between them; *done tells. */
sheaf_status sheaf_dump_align(dump_lines *lines, bool *done, sheaf_slice text, sheaf_error *error);

/* ---- prose (dump_wrap.c, dump_prose.c, dump_glue.c) ------------------------- */

/* Makes one line of those that were wrapped by a width. */
sheaf_status sheaf_dump_unwrap(dump_lines *lines, sheaf_slice text, sheaf_error *error);

/* Appends text with its blanks folded, entities decoded and hyphens at line
 * ends mended. text lies in whole, where evidence of a hyphen is looked for. */
void sheaf_dump_write(sheaf_buffer *out, sheaf_slice text, sheaf_slice whole);

/* Parts text where the sentences of two paragraphs were glued together. */
typedef struct dump_glue {
    sheaf_slice text;
    size_t at;
} dump_glue;
/* The next paragraph; false at the end. */
bool sheaf_dump_unglue(dump_glue *glue, sheaf_slice *paragraph);

/* ---- the article (dump_head.c, dump_facts.c, dump_body.c) ----------------------- */

/* How sure a source of a field is; the surest wins, the first of equals. */
typedef enum dump_rank {
    DUMP_RANK_NONE,
    DUMP_RANK_HINT,  /* a host, a path, a dateline */
    DUMP_RANK_NEAR,  /* a line that stands near */
    DUMP_RANK_PLACE, /* a line in the right place */
    DUMP_RANK_EXACT, /* to the minute, or in so many words */
    DUMP_RANK_LABEL  /* a label says so */
} dump_rank;

enum { DUMP_CAPTIONS = 64 };

typedef struct dump_draft {
    sheaf_article *article;
    const dump_source *source;
    sheaf_slice text;
    dump_line *lines;
    size_t count;
    uint8_t *plan;    /* a line: 0, or 1 + the kind of block it becomes */
    size_t body_from; /* the first line of the body, or count */
    size_t body_to;   /* behind its last line */
    bool aligned;     /* a flattened line told the order */
    bool machine;     /* a content system's fields stand in it */
    sheaf_date published;
    dump_rank published_rank;
    sheaf_date modified;
    dump_rank modified_rank;
    dump_rank publisher_rank;
    dump_rank headline_rank;
    dump_rank url_rank;
    size_t image_line;                /* the line of the last picture, plus 1 */
    uint64_t captions[DUMP_CAPTIONS]; /* letters of those taken */
    size_t caption_count;
} dump_draft;

/* Offers of a value for a field; the rule is a literal. */
void sheaf_dump_offer_published(dump_draft *draft, const sheaf_date *date, dump_rank rank,
                                const char *rule);
void sheaf_dump_offer_modified(dump_draft *draft, const sheaf_date *date, dump_rank rank,
                               const char *rule);
void sheaf_dump_offer_publisher(dump_draft *draft, sheaf_slice name, dump_rank rank,
                                const char *rule);
void sheaf_dump_offer_headline(dump_draft *draft, sheaf_slice text, dump_rank rank,
                               const char *rule);
void sheaf_dump_offer_provider(dump_draft *draft, sheaf_slice name, const char *rule);
void sheaf_dump_offer_via(dump_draft *draft, sheaf_slice name, const char *rule);

/* Takes what a line says whatever its place: dates, bylines, pictures, tags,
 * labels. The line is used afterwards. */
void sheaf_dump_take_fact(dump_draft *draft, size_t line);

/* Takes a picture's line, or one that proved to be its caption. */
void sheaf_dump_take_caption(dump_draft *draft, size_t line);
void sheaf_dump_add_caption(dump_draft *draft, size_t line, sheaf_slice caption,
                            sheaf_slice credit);
void sheaf_dump_take_picture(dump_draft *draft, size_t line, sheaf_slice url);
/* A name that stands alone becomes an author. */
void sheaf_dump_take_name(dump_draft *draft, sheaf_slice name, sheaf_slice role, const char *rule);
/* Adds the parts of a list between commas, semicolons or bars as keywords. */
void sheaf_dump_take_keywords(dump_draft *draft, sheaf_slice list, const char *rule);

/* Does a paragraph begin with a dateline? */
bool sheaf_dump_has_dateline(dump_draft *draft, size_t line);
/* The first line at or after i that is neither furniture nor picture, or count. */
size_t sheaf_dump_next_telling(const dump_draft *draft, size_t i);
/* Did a label tell where the body begins? Then nothing above it belongs to it. */
bool sheaf_dump_follows_label(const dump_draft *draft);

/* Finds where the body begins and ends. */
void sheaf_dump_find_body(dump_draft *draft);
/* Reads what stands before it, in it and behind it. */
void sheaf_dump_read_head(dump_draft *draft);
void sheaf_dump_read_body(dump_draft *draft);
void sheaf_dump_read_tail(dump_draft *draft);
/* What only the whole can tell: which address is its own, the publisher's host,
 * the dateline, the agency in brackets at the end. */
void sheaf_dump_read_whole(dump_draft *draft);

/* Is text two to four words in the shape of a name? Does the body name it? */
bool sheaf_dump_is_name(sheaf_slice text);
bool sheaf_dump_body_names(const dump_draft *draft, sheaf_slice name);
/* The same line but for case, blanks and signs. */
bool sheaf_dump_same(sheaf_slice a, sheaf_slice b);

static inline bool sheaf_dump_unused(const dump_line *line) {
    return !(line->flags & DUMP_USED);
}

#endif
