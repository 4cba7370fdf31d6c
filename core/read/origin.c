/* origin.c - provenance from an input. */
#include "read/origin.h"

#include "base/slice.h"

void sheaf_origin_set(sheaf_article *article, const sheaf_input *input, uint64_t from, uint64_t to,
                      const char *reader) {
    sheaf_provenance *origin = &article->provenance;
    origin->file = sheaf_arena_copy(&article->arena, sheaf_slice_of(input->file));
    origin->entry = sheaf_arena_copy(&article->arena, sheaf_slice_of(input->entry));
    origin->reader = sheaf_arena_copy(&article->arena, sheaf_slice_of(reader));
    origin->from = from;
    origin->to = to;
}
