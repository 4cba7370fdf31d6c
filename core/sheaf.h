/* sheaf.h - the public C interface of sheaf, to be read from top to bottom.
 *
 * A sheaf is a bundle of news articles in one compressed file. This header has
 * four lessons: errors, articles, reading a pile, and the sheaf file itself.
 * Every function that can fail returns a sheaf_status; its outputs come first
 * and an optional sheaf_error comes last. Outputs are untouched on failure.
 * No function here may be called for one object from two threads at once. */
#ifndef SHEAF_H
#define SHEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHEAF_VERSION "0.1.0"

/* ---- Lesson 1: bytes and errors ---------------------------------------- */

/* Borrowed bytes. Not zero-terminated; the owner is told where one is given. */
typedef struct sheaf_slice {
    const char *data;
    size_t size;
} sheaf_slice;

/* Every way in which something can end, with the words that users see. */
#define SHEAF_STATUSES(X)                                                                          \
    X(OK, "done")                                                                                  \
    X(END, "nothing more")                                                                         \
    X(MISSING, "not found")                                                                        \
    X(NO_MEMORY, "out of memory")                                                                  \
    X(IO, "input or output failed")                                                                \
    X(BAD_INPUT, "malformed input")                                                                \
    X(LIMIT, "a limit was passed")                                                                 \
    X(CORRUPT, "the sheaf is damaged")                                                             \
    X(UNSUPPORTED, "not supported")                                                                \
    X(MISUSE, "wrong use")                                                                         \
    X(LOCKED, "another writer holds the lock")                                                     \
    X(EXISTS, "already there")                                                                     \
    X(SCRIPT, "a plugin failed")

typedef enum sheaf_status {
#define X(name, text) SHEAF_##name,
    SHEAF_STATUSES(X)
#undef X
        SHEAF_STATUS_COUNT
} sheaf_status;

/* What went wrong, in one sentence that names file, entry, byte or line. */
typedef struct sheaf_error {
    sheaf_status status;
    char message[768];
} sheaf_error;

/* The words for a status; never NULL. */
const char *sheaf_status_text(sheaf_status status);

/* ---- Lesson 2: an article ----------------------------------------------- */

/* One record. Text is NFC UTF-8; all offsets into it are bytes. */
typedef struct sheaf_article sheaf_article;

/* Single text fields. Names follow schema.org NewsArticle where it has one.
 * Dates are EDTF (ISO 8601-2), as precise as the source and no more. */
#define SHEAF_FIELDS(X)                                                                            \
    X(ID, id)                                                                                      \
    X(URL, url)                                                                                    \
    X(CANONICAL_URL, canonical_url)                                                                \
    X(HEADLINE, headline)                                                                          \
    X(ALTERNATIVE_HEADLINE, alternative_headline)                                                  \
    X(DESCRIPTION, description)                                                                    \
    X(BYLINE, byline)                                                                              \
    X(PUBLISHER, publisher)                                                                        \
    X(PROVIDER, provider)                                                                          \
    X(VIA, via)                                                                                    \
    X(PUBLISHED, published)                                                                        \
    X(MODIFIED, modified)                                                                          \
    X(RETRIEVED, retrieved)                                                                        \
    X(LANGUAGE, language)                                                                          \
    X(SECTION, section)                                                                            \
    X(TEXT, text)

typedef enum sheaf_field {
#define X(upper, lower) SHEAF_FIELD_##upper,
    SHEAF_FIELDS(X)
#undef X
        SHEAF_FIELD_COUNT
} sheaf_field;

/* A new, empty article; NULL when memory is out. Free accepts NULL. */
sheaf_article *sheaf_article_new(void);
void sheaf_article_free(sheaf_article *article);

/* Views one text field; an empty slice when it is not set. Valid until the
 * article is changed, reset or freed. */
sheaf_slice sheaf_article_field(const sheaf_article *article, sheaf_field field);

/* ---- Lesson 3: reading a pile ------------------------------------------- */

/* Walks folders, files, archives in archives and standard input, and gives
 * the articles found in them in a fixed order. */
typedef struct sheaf_pile sheaf_pile;

/* Told of everything that no reader took and everything that was refused.
 * place is "path!entry:line"; reason is one sentence. */
typedef void (*sheaf_reject_fn)(void *context, const char *place, sheaf_status status,
                                const char *reason);

/* Told, as often as you like, how many more things of a kind were passed over that
 * nobody would take for articles: "pictures, scripts and styles". */
typedef void (*sheaf_pass_fn)(void *context, const char *what, uint64_t count);

typedef struct sheaf_pile_options {
    const char *reader;     /* force one reader by name ("dump", "json"), or NULL */
    sheaf_reject_fn reject; /* or NULL */
    void *reject_context;
    sheaf_pass_fn pass; /* or NULL */
    void *pass_context;
    unsigned threads; /* that read documents; 0 and 1: the caller's alone. The articles and
                         what is told are the same with any number, and in the same order */
    const struct sheaf_page_rules *rules; /* of web sites (page/page_rules.h), or NULL; must
                                             outlive the pile */
} sheaf_pile_options;

/* Opens count paths; "-" is standard input. Nothing is read yet. */
sheaf_status sheaf_pile_open(sheaf_pile **out, const char *const *paths, size_t count,
                             const sheaf_pile_options *options, sheaf_error *error);

/* The next article, into one that the caller owns. SHEAF_END after the last.
 * Bad input is told to reject and passed over; only SHEAF_NO_MEMORY and wrong
 * use end the walk. */
sheaf_status sheaf_pile_next(sheaf_pile *pile, sheaf_article *article, sheaf_error *error);

void sheaf_pile_close(sheaf_pile *pile);

/* ---- Lesson 4: the sheaf file -------------------------------------------- */

/* An open .sheaf, as of one commit. Later commits do not change it. */
typedef struct sheaf_file sheaf_file;

/* Opens the last valid commit of path. A torn tail is no failure: see
 * sheaf_file_torn. SHEAF_CORRUPT when no commit can be read. */
sheaf_status sheaf_file_open(sheaf_file **out, const char *path, sheaf_error *error);
void sheaf_file_close(sheaf_file *file);

/* Number of articles; ordinals run from 0 in the order they were packed. */
uint64_t sheaf_file_count(const sheaf_file *file);

/* Bytes behind the last valid commit that are no part of it; 0 when whole. */
uint64_t sheaf_file_torn(const sheaf_file *file);

/* Reads one article by ordinal into one that the caller owns. */
sheaf_status sheaf_file_read(sheaf_file *file, uint64_t ordinal, sheaf_article *article,
                             sheaf_error *error);

/* Finds the ordinal of an id, or of an unambiguous beginning of one.
 * SHEAF_MISSING when there is none, SHEAF_MISUSE when there are several. */
sheaf_status sheaf_file_find(sheaf_file *file, uint64_t *ordinal, sheaf_slice id,
                             sheaf_error *error);

/* A writer: everything given to it between two commits becomes visible at
 * once or not at all. */
typedef struct sheaf_writer sheaf_writer;

/* Creates path (SHEAF_EXISTS when it is there). Until the first commit the
 * bytes go to "path.partial". */
sheaf_status sheaf_writer_create(sheaf_writer **out, const char *path, sheaf_error *error);

/* Opens an existing sheaf to append; cuts a torn tail. SHEAF_LOCKED when
 * another writer is at work. */
sheaf_status sheaf_writer_append(sheaf_writer **out, const char *path, sheaf_error *error);

/* Adds one article. SHEAF_EXISTS, without error text, when an article with the
 * same id is already in the sheaf: nothing is written then. */
sheaf_status sheaf_writer_add(sheaf_writer *writer, const sheaf_article *article,
                              sheaf_error *error);

/* Makes all that was added durable and visible. */
sheaf_status sheaf_writer_commit(sheaf_writer *writer, sheaf_error *error);

/* Closes; what was not committed is dropped and leaves no trace. */
void sheaf_writer_close(sheaf_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
