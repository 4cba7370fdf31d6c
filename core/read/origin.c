/* origin.c - provenance from an input. */
#include "read/origin.h"

#include "base/slice.h"

/* "sha1:…" was checked and is right; else a word before it says what it is. */
static sheaf_slice digest_of(sheaf_arena *arena, const sheaf_input_about *about) {
    if (about->digest_ok || about->digest.size == 0)
        return sheaf_arena_copy(arena, about->digest);
    return sheaf_arena_format(arena, "%s %.*s", about->digest_wrong ? "wrong" : "unchecked",
                              SLICE_ARGS(about->digest));
}

static void set_when_empty(sheaf_article *article, sheaf_field field, sheaf_slice value) {
    if (article->field[field].size == 0)
        sheaf_article_set(article, field, value);
}

/* A document of a crawl stands in its record; that has a place in the file. */
static void add_record(sheaf_article *article, const sheaf_input_about *about) {
    sheaf_provenance *origin = &article->provenance;
    origin->entry = sheaf_arena_copy(&article->arena, about->crawl);
    origin->from = about->from;
    origin->to = about->to;
    origin->record = sheaf_arena_copy(&article->arena, about->record_id);
    origin->digest = digest_of(&article->arena, about);
    set_when_empty(article, SHEAF_FIELD_RETRIEVED, about->retrieved);
    if (about->note.size)
        sheaf_article_reason(article, "provenance",
                             sheaf_arena_copy(&article->arena, about->note).data);
}

void sheaf_origin_set(sheaf_article *article, const sheaf_input *input, uint64_t from, uint64_t to,
                      const char *reader) {
    sheaf_provenance *origin = &article->provenance;
    origin->file = sheaf_arena_copy(&article->arena, sheaf_slice_of(input->file));
    origin->entry = sheaf_arena_copy(&article->arena, sheaf_slice_of(input->entry));
    origin->reader = sheaf_arena_copy(&article->arena, sheaf_slice_of(reader));
    origin->from = from;
    origin->to = to;
    if (input->about)
        add_record(article, input->about);
}
