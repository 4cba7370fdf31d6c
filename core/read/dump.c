/* dump.c - the text-dump reader: its steps in order, and its entry points.
 *
 * open   decode ► cut into lines ► undo wrapping ► tell kinds ► split in records
 * next   copy the record's lines ► put them in order ► find the body ► head,
 *        body, tail, whole ► blocks
 *
 * Every step is linear in the bytes. What a record holds that is no article
 * (furniture only) is passed over, and the note says so. */
#include "read/dump.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "read/dump_parts.h"

struct sheaf_dump {
    dump_source source;
    dump_lines lines;
    dump_records records;
    size_t next;
    const char *note;
};

/* ---- opening ----------------------------------------------------------------- */

static sheaf_status prepare(sheaf_dump *dump, sheaf_slice bytes, sheaf_error *error) {
    sheaf_status status = sheaf_dump_decode(&dump->source, bytes, error);
    sheaf_slice text = dump->source.text;
    if (!status)
        status = sheaf_dump_cut_lines(&dump->lines, text, error);
    if (status || dump->lines.count == 0)
        return status;
    dump->note = "no article text";
    status = sheaf_dump_unwrap(&dump->lines, text, error);
    if (!status)
        status = sheaf_dump_count_copies(&dump->lines, text, error);
    if (status)
        return status;
    sheaf_dump_tell_kinds(&dump->lines, text);
    return sheaf_dump_split(&dump->records, &dump->lines, text, error);
}

sheaf_status sheaf_dump_open(sheaf_dump **out, sheaf_slice bytes, const sheaf_limits *limits,
                             sheaf_error *error) {
    if (bytes.size > limits->document_bytes || bytes.size > UINT32_MAX)
        return sheaf_fail(error, SHEAF_LIMIT, "a text dump of %zu bytes; the limit is %zu",
                          bytes.size, limits->document_bytes);
    sheaf_dump *dump = sheaf_calloc(1, sizeof *dump);
    if (!dump)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    dump->note = bytes.size == 0 ? "empty" : "nothing but blank lines";
    sheaf_status status = prepare(dump, bytes, error);
    if (status) {
        sheaf_dump_close(dump);
        return status;
    }
    *out = dump;
    return SHEAF_OK;
}

void sheaf_dump_close(sheaf_dump *dump) {
    if (!dump)
        return;
    sheaf_dump_source_clear(&dump->source);
    sheaf_free(dump->lines.items);
    sheaf_free(dump->records.items);
    sheaf_free(dump);
}

const char *sheaf_dump_note(const sheaf_dump *dump) {
    return dump->note;
}

/* ---- one article ---------------------------------------------------------------- */

/* Does anything tell that a content system's fields were dumped? */
static bool is_machine_made(const dump_draft *draft) {
    size_t signs = 0;
    for (size_t i = 0; i < draft->count; i++) {
        sheaf_slice line = sheaf_dump_text(draft->text, &draft->lines[i]);
        signs += draft->lines[i].kind == DUMP_MACHINE &&
                 sheaf_slice_find_char(line, 0, '@') == SIZE_MAX && line.data[0] != '+';
        signs += draft->lines[i].kind == DUMP_DATE && line.size >= 16 && line.data[10] == 'T';
    }
    return signs >= 2;
}

/* A record without a sentence is an article only when something else says so:
 * a headline with an address, a date or a byline, or enough lines to read. */
static bool is_article(const dump_draft *draft) {
    const sheaf_article *article = draft->article;
    size_t words = 0;
    size_t blocks = 0;
    for (size_t i = 0; i < draft->count; i++) {
        if (draft->plan[i]) {
            words += draft->lines[i].words;
            blocks++;
        }
    }
    if (draft->body_to > draft->body_from)
        return blocks > 0;
    if (article->field[SHEAF_FIELD_HEADLINE].size == 0)
        return false;
    return draft->headline_rank >= DUMP_RANK_EXACT || article->field[SHEAF_FIELD_URL].size ||
           draft->published_rank >= DUMP_RANK_PLACE || article->authors.count || words >= 20;
}

/* Titles without any sentence: those behind the headline are lines to read. */
static void plan_titles(dump_draft *draft) {
    size_t titles = 0;
    for (size_t i = 0; i < draft->count; i++)
        titles += draft->lines[i].kind == DUMP_TITLE && draft->lines[i].words >= 3;
    if (titles < 3)
        return;
    bool first = true;
    for (size_t i = 0; i < draft->count; i++) {
        if (draft->lines[i].kind != DUMP_TITLE)
            continue;
        if (first)
            sheaf_dump_offer_headline(draft, sheaf_dump_text(draft->text, &draft->lines[i]),
                                      DUMP_RANK_NEAR, "first line");
        else
            draft->plan[i] = 1 + SHEAF_BLOCK_PARAGRAPH;
        draft->lines[i].flags |= DUMP_USED;
        first = false;
    }
}

static size_t count_planned(const dump_draft *draft) {
    size_t count = 0;
    for (size_t i = 0; i < draft->count; i++)
        count += draft->plan[i] != 0;
    return count;
}

typedef struct blocks {
    SHEAF_LIST(sheaf_block_text) list;
    sheaf_arena arena; /* holds the texts until the article has copied them */
    bool glued;
} blocks;

static void add_block(blocks *out, const dump_draft *draft, sheaf_slice piece,
                      sheaf_block_kind kind) {
    sheaf_buffer clean = {0};
    sheaf_dump_write(&clean, piece, draft->text);
    size_t from = (size_t)(piece.data - draft->text.data);
    sheaf_block_text block = {.text = sheaf_arena_copy(&out->arena, sheaf_buffer_view(&clean)),
                              .kind = kind,
                              .source_from = sheaf_dump_origin(draft->source, from),
                              .source_to = sheaf_dump_origin(draft->source, from + piece.size)};
    out->arena.failed |= clean.failed;
    sheaf_buffer_clear(&clean);
    if (block.text.size && sheaf_arena_grow(&out->arena, (void **)&out->list.items, out->list.count,
                                            &out->list.capacity, sizeof block))
        out->list.items[out->list.count++] = block;
}

/* The same heading twice in a row is one. */
static bool repeats_heading(const blocks *out, sheaf_slice piece, sheaf_block_kind kind) {
    if (kind != SHEAF_BLOCK_HEADING || out->list.count == 0)
        return false;
    const sheaf_block_text *last = &out->list.items[out->list.count - 1];
    return last->kind == kind && sheaf_dump_same(last->text, piece);
}

static void write_blocks(dump_draft *draft, blocks *out) {
    for (size_t i = 0; i < draft->count; i++) {
        sheaf_slice line = sheaf_dump_text(draft->text, &draft->lines[i]);
        sheaf_block_kind kind = (sheaf_block_kind)(draft->plan[i] - 1);
        dump_glue glue = {line, 0};
        sheaf_slice piece;
        if (!draft->plan[i] || repeats_heading(out, line, kind))
            continue;
        if (kind != SHEAF_BLOCK_PARAGRAPH) {
            add_block(out, draft, line, kind);
            continue;
        }
        while (sheaf_dump_unglue(&glue, &piece)) {
            add_block(out, draft, piece, kind);
            out->glued |= piece.size < line.size;
        }
    }
    /* a heading with nothing below it heads nothing */
    while (out->list.count > 1 && out->list.items[out->list.count - 1].kind == SHEAF_BLOCK_HEADING)
        out->list.count--;
}

static void give_text(dump_draft *draft) {
    blocks out = {0};
    const char *rule = "sentences in the order of the dump";
    sheaf_arena_init(&out.arena);
    write_blocks(draft, &out);
    if (draft->aligned)
        rule = "sentences in the order of the flattened line";
    else if (out.glued)
        rule = "sentences in the order of the dump, glued paragraphs parted";
    if (out.list.count) {
        sheaf_article_set_blocks(draft->article, out.list.items, out.list.count);
        sheaf_article_reason(draft->article, "text", rule);
    }
    draft->article->arena.failed |= out.arena.failed;
    sheaf_arena_clear(&out.arena);
}

static void read_record(dump_draft *draft) {
    draft->machine = is_machine_made(draft);
    sheaf_dump_find_body(draft);
    sheaf_dump_read_head(draft);
    sheaf_dump_read_body(draft);
    sheaf_dump_read_tail(draft);
    if (count_planned(draft) == 0)
        plan_titles(draft);
    sheaf_dump_read_whole(draft);
}

/* Names the encoding where it is not what everybody has today. */
static void give_encoding(const dump_source *source, sheaf_article *article) {
    char rule[160];
    const sheaf_encoding_guess *guess = &source->encoding;
    if (strcmp(guess->name, "UTF-8") == 0 && source->bad == 0)
        return;
    snprintf(rule, sizeof rule, "%s: %s", guess->name, guess->why);
    if (source->bad > 0)
        snprintf(rule, sizeof rule, "%s: %s, places without a meaning: %zu", guess->name,
                 guess->why, source->bad);
    sheaf_article_reason(article, "encoding", rule);
}

static void give_provenance(const sheaf_dump *dump, const dump_record *record,
                            sheaf_article *article, sheaf_slice *source) {
    uint64_t from = sheaf_dump_origin(&dump->source, dump->lines.items[record->from].from);
    uint64_t to = sheaf_dump_origin(&dump->source, dump->lines.items[record->to - 1].to);
    article->provenance.from = from;
    article->provenance.to = to;
    article->provenance.reader = SLICE("dump");
    *source = sheaf_slice_part(dump->source.bytes, (size_t)from, (size_t)to);
}

/* The lines of one record, ours to change. */
static sheaf_status copy_lines(dump_lines *out, const sheaf_dump *dump, const dump_record *record,
                               sheaf_error *error) {
    for (size_t i = record->from; i < record->to; i++) {
        if (!sheaf_dump_add_line(out, &dump->lines.items[i])) {
            sheaf_free(out->items);
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
        }
    }
    return SHEAF_OK;
}

/* Fills article from one record; *given tells whether it is one. */
static sheaf_status make_article(sheaf_dump *dump, const dump_record *record,
                                 sheaf_article *article, bool *given, sheaf_error *error) {
    dump_lines lines = {0};
    dump_draft draft = {.article = article, .source = &dump->source, .text = dump->source.text};
    sheaf_status status = copy_lines(&lines, dump, record, error);
    if (status)
        return status;
    status = sheaf_dump_align(&lines, &draft.aligned, dump->source.text, error);
    draft.lines = lines.items;
    draft.count = lines.count;
    draft.plan = status ? NULL : sheaf_calloc(lines.count + 1, 1);
    if (!status && !draft.plan)
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (!status) {
        read_record(&draft);
        *given = is_article(&draft);
        if (*given)
            give_text(&draft);
        if (article->arena.failed)
            status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    sheaf_free(draft.plan);
    sheaf_free(lines.items);
    return status;
}

sheaf_status sheaf_dump_next(sheaf_dump *dump, sheaf_article *article, sheaf_slice *source,
                             sheaf_error *error) {
    while (dump->next < dump->records.count) {
        const dump_record *record = &dump->records.items[dump->next++];
        bool given = false;
        sheaf_status status = make_article(dump, record, article, &given, error);
        if (status)
            return status;
        if (given) {
            give_provenance(dump, record, article, source);
            give_encoding(&dump->source, article);
            return SHEAF_OK;
        }
        dump->note = "only furniture, no article text";
        sheaf_article_reset(article);
    }
    return SHEAF_END;
}

/* ---- bidding ------------------------------------------------------------------------- */

static bool starts_like_markup(sheaf_slice head) {
    static const char *const marks[] = {"<!doctype html",
                                        "<html",
                                        "<?xml",
                                        "<rss",
                                        "<feed",
                                        "%pdf-",
                                        "{\\rtf",
                                        "%!ps",
                                        ("\x7f"
                                         "elf"),
                                        "pk\x03\x04",
                                        "gif8",
                                        "\x89png"};
    sheaf_slice trimmed = sheaf_slice_trim(head);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        sheaf_slice mark = sheaf_slice_of(marks[i]);
        if (sheaf_slice_equal_fold(sheaf_slice_part(trimmed, 0, mark.size), mark))
            return true;
    }
    return false;
}

/* Text of two or four bytes a character is full of what is no text otherwise. */
static bool is_wide(sheaf_slice head) {
    const char *name = NULL;
    if (!sheaf_encoding_mark(head, &name)) {
        if (sheaf_slice_find_char(head, 0, '\0') == SIZE_MAX)
            return false;
        name = sheaf_encoding_guess_of(head, sheaf_slice_part(head, 0, 0), false).name;
    }
    return strncmp(name, "UTF-16", 6) == 0 || strncmp(name, "UTF-32", 6) == 0;
}

int sheaf_dump_bid(sheaf_slice head) {
    size_t controls = 0;
    if (head.size == 0)
        return 1;
    if (starts_like_markup(head))
        return 0;
    if (is_wide(head))
        return 40;
    for (size_t i = 0; i < head.size; i++) {
        unsigned char c = (unsigned char)head.data[i];
        controls += c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B;
        controls += c == 0x7F;
    }
    if (controls * 20 > head.size)
        return 0;
    if (controls)
        return 20;
    sheaf_slice whole = head.size > 4 ? sheaf_utf8_prefix(head, head.size - 4) : head;
    return sheaf_utf8_valid(whole) ? 50 : 40;
}
