/* copies.c - fuzzes what compares texts: alignment, passages, and sketches as bytes.
 *
 * The input is two texts with a zero byte between them. Each is mended to UTF-8, as
 * that of every article is. Every place that is told must lie in its text. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "index/align.h"
#include "index/passages.h"
#include "index/sketch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise) {
    if (!promise)
        abort();
}

static void check_place(sheaf_slice text, uint32_t from, uint32_t to) {
    must(from <= to && to <= text.size);
    must(sheaf_utf8_valid(sheaf_slice_part(text, from, to)));
}

static void check_alignment(sheaf_slice a, sheaf_slice b) {
    sheaf_alignment rows = {0};
    must(sheaf_align(&rows, a, b, NULL) == SHEAF_OK);
    for (size_t i = 0; i < rows.count; i++) {
        const sheaf_aligned *row = &rows.items[i];
        check_place(a, row->a_from, row->a_to);
        check_place(b, row->b_from, row->b_to);
        must(row->score >= 0 && row->score <= 1);
        must((row->kind != SHEAF_ALIGNED_ONLY_A || row->b_to == 0) &&
             (row->kind != SHEAF_ALIGNED_ONLY_B || row->a_to == 0));
        must(row->kind > SHEAF_ALIGNED_ALTERED || (row->a_to > 0 && row->b_to > row->b_from));
    }
    sheaf_alignment_clear(&rows);
}

static void check_passages(sheaf_slice a, sheaf_slice b) {
    size_t count = 0;
    sheaf_passage passage;
    sheaf_passages *passages = sheaf_passages_new();
    must(sheaf_passages_add(passages, a, NULL) == SHEAF_OK &&
         sheaf_passages_add(passages, b, NULL) == SHEAF_OK &&
         sheaf_passages_find(passages, &count, NULL) == SHEAF_OK);
    for (size_t i = 0; i < count; i++) {
        sheaf_passages_get(passages, i, &passage);
        must(passage.texts == 2 && passage.variants >= 1 && passage.count >= 2);
        for (uint32_t k = 0; k < passage.count; k++)
            check_place(passage.places[k].text ? b : a, passage.places[k].from,
                        passage.places[k].to);
    }
    sheaf_passages_free(passages);
}

/* What can be read is written as it was. */
static void check_sketches(sheaf_slice bytes) {
    sheaf_sketches *sketches = NULL;
    sheaf_buffer again = {0};
    if (sheaf_sketches_read(&sketches, bytes, NULL) != SHEAF_OK)
        return;
    sheaf_sketches_write(&again, sketches);
    must(sheaf_slice_equal(sheaf_buffer_view(&again), bytes));
    sheaf_candidate *pairs = NULL;
    size_t count = 0;
    must(sheaf_sketches_pairs(sketches, 0.3, &pairs, &count, NULL) == SHEAF_OK);
    for (size_t i = 0; i < count; i++)
        must(pairs[i].a < pairs[i].b && pairs[i].b < sheaf_sketches_count(sketches));
    free(pairs);
    sheaf_buffer_clear(&again);
    sheaf_sketches_free(sketches);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_slice all = {(const char *)data, size}, first, second;
    sheaf_buffer a = {0}, b = {0};
    check_sketches(all);
    size_t middle = sheaf_slice_find_char(all, 0, '\0');
    first = sheaf_slice_part(all, 0, middle);
    second = sheaf_slice_part(all, middle == SIZE_MAX ? 0 : middle + 1, size);
    sheaf_utf8_repair(&a, first);
    sheaf_utf8_repair(&b, second);
    check_alignment(sheaf_buffer_view(&a), sheaf_buffer_view(&b));
    check_passages(sheaf_buffer_view(&a), sheaf_buffer_view(&b));
    sheaf_buffer_clear(&a);
    sheaf_buffer_clear(&b);
    return 0;
}
