/* catalog.h - what is known of the articles of one segment without unpacking.
 *
 *   ┌────────┬───────────────┬──────────┬──────────┬───┬────────────────┬──────┐
 *   │ header │ section table │ column 0 │ column 1 │ … │ header, table  │ size │
 *   └────────┴───────────────┴──────────┴──────────┴───┴────────────────┴──────┘
 *
 * Opening reads the header and its table and looks at nothing else. Invariant
 * of a parsed catalog: every section lies in the bytes, and sections that
 * belong together have matching counts. Numbers inside sections are checked
 * where they are used; a wrong one is SHEAF_CORRUPT, never a wild pointer.
 *
 * An article has an ordinal (the order it was packed in) and a place (the order
 * it is stored in); both are counted from the start of the segment here. A
 * window is a run of articles whose ordinals and places are the same set. */
#ifndef SHEAF_STORE_CATALOG_H
#define SHEAF_STORE_CATALOG_H

#include "store/column.h"

/* Sections, in the order they are written. The numbers are part of the format:
 * append only. */
#define SHEAF_SECTIONS(X)                                                                          \
    /* one number an article, by ordinal */                                                        \
    X(ID, 1)        /* the 16 hexadecimal digits, or a hash: see ODD */                            \
    X(PLACE, 2)     /* by ordinal: its place */                                                    \
    X(PUBLISHED, 3) /* a stamp */                                                                  \
    X(LANGUAGE, 4)  /* 0, or 1 + index among the languages */                                      \
    X(SITE, 5)                                                                                     \
    X(PUBLISHER, 6)                                                                                \
    X(WORDS, 7)                                                                                    \
    X(BYTES, 8) /* of its row, without the newline */                                              \
    X(ORDER, 9) /* ordinals, sorted by ID */                                                       \
    /* lists of other lengths */                                                                   \
    X(ODD, 10)          /* ordinals whose id is not 16 hexadecimal digits, ascending */            \
    X(WINDOW, 11)       /* first ordinal, and place, of each window */                             \
    X(BLOCK_COMMIT, 12) /* blocks: the articles/ entries that hold the frames */                   \
    X(BLOCK_PART, 13)                                                                              \
    X(FRAME_FIRST, 14)  /* frames of rows: first place */                                          \
    X(FRAME_BLOCK, 15)  /* index among the blocks */                                               \
    X(FRAME_OFFSET, 16) /* in the data of the block */                                             \
    X(FRAME_PACKED, 17) /* bytes */                                                                \
    X(FRAME_RAW, 18)    /* bytes when unpacked */                                                  \
    X(TEXT_FIRST, 19)   /* frames of strings: the same, and */                                     \
    X(TEXT_OFFSET, 20)  /* in TEXTS */                                                             \
    X(TEXT_PACKED, 21)                                                                             \
    X(TEXT_RAW, 22)                                                                                \
    X(TEXTS, 23)         /* bytes */                                                               \
    X(LANGUAGE_ENDS, 24) /* end of each name in the bytes that follow */                           \
    X(LANGUAGES, 25)     /* bytes */                                                               \
    X(SITE_ENDS, 26)                                                                               \
    X(SITES, 27)                                                                                   \
    X(PUBLISHER_ENDS, 28)                                                                          \
    X(PUBLISHERS, 29)                                                                              \
    X(DROPPED, 30)  /* tombstones: ordinals of the whole sheaf, ascending */                       \
    X(URL_HASH, 31) /* by ordinal; not in every sheaf: see sheaf_url_hash */

typedef enum sheaf_section {
#define X(name, number) SHEAF_SECTION_##name = number,
    SHEAF_SECTIONS(X)
#undef X
        SHEAF_SECTION_COUNT
} sheaf_section;

/* The strings of an article that stand in text frames, in this order: all urls
 * of the frame, then all headlines, … each ended by the byte 0xFF. */
typedef enum sheaf_text {
    SHEAF_TEXT_URL,
    SHEAF_TEXT_HEADLINE,
    SHEAF_TEXT_ID,        /* empty unless odd */
    SHEAF_TEXT_PUBLISHED, /* empty unless odd */
    SHEAF_TEXT_COUNT
} sheaf_text;

enum { SHEAF_TEXT_END = 0xFF };

typedef struct sheaf_catalog {
    sheaf_slice bytes;
    uint64_t first; /* ordinal of its first article in the sheaf */
    uint64_t rows;
    sheaf_column section[SHEAF_SECTION_COUNT];
} sheaf_catalog;

/* Takes apart the data of a meta/ entry; views into it. SHEAF_CORRUPT when
 * neither copy of the header is sound, SHEAF_UNSUPPORTED when it is newer. */
sheaf_status sheaf_catalog_parse(sheaf_catalog *out, sheaf_slice bytes, sheaf_error *error);

static inline uint64_t sheaf_catalog_get(const sheaf_catalog *catalog, sheaf_section section,
                                         uint64_t i) {
    return sheaf_column_get(&catalog->section[section], i);
}

/* Name number code - 1 of a dictionary given by its _ENDS section; empty for 0
 * and for what is not there. */
sheaf_slice sheaf_catalog_name(const sheaf_catalog *catalog, sheaf_section ends, uint64_t code);

/* True when the id of the article is not 16 hexadecimal digits. */
bool sheaf_catalog_is_odd(const sheaf_catalog *catalog, uint64_t ordinal);

/* The articles whose id numbers lie in [low, high]: positions [*from, *to) of
 * ORDER. */
void sheaf_catalog_ids(const sheaf_catalog *catalog, uint64_t low, uint64_t high, uint64_t *from,
                       uint64_t *to);

/* The number of an id: its value when it is 16 lower-case hexadecimal digits,
 * and then *odd is false; else the first 8 bytes of its SHA-256. */
uint64_t sheaf_id_number(sheaf_slice id, bool *odd);

/* 24 bits of the URL of an article, from 1 on, by which it is looked up; 0 for an
 * empty one. In a catalog, 0 says that nothing is known. */
uint32_t sheaf_url_hash(sheaf_slice url);

/* The header with its checksum made good: for the writer, and for fuzzing. */
enum { SHEAF_CATALOG_HEAD = 40, SHEAF_CATALOG_ROW = 32, SHEAF_CATALOG_SECTIONS_MAX = 256 };
uint64_t sheaf_catalog_checksum(sheaf_slice header);

#endif
