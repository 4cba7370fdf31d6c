/* json.c - foreign JSON through the JSON reader; each article it gives must
 * come back from its own row unchanged. */
#include <stdlib.h>

#include "article/row.h"
#include "base/slice.h"
#include "read/reader.h"

static const sheaf_limits limits = {.line_bytes = 1 << 16,
                                    .document_bytes = 1 << 16,
                                    .text_bytes = 1 << 14,
                                    .field_bytes = 256,
                                    .list_items = 8,
                                    .block_items = 64,
                                    .json_depth = 32,
                                    .archive_depth = 2};

static void check_round_trip(const sheaf_article *article) {
    sheaf_article again;
    sheaf_buffer first = {0};
    sheaf_buffer second = {0};
    sheaf_article_init(&again);
    sheaf_row_write(&first, article);
    if (sheaf_row_read(&again, sheaf_buffer_view(&first), &limits, NULL) != SHEAF_OK)
        abort();
    sheaf_row_write(&second, &again);
    if (!sheaf_slice_equal(sheaf_buffer_view(&first), sheaf_buffer_view(&second)))
        abort();
    sheaf_buffer_clear(&first);
    sheaf_buffer_clear(&second);
    sheaf_article_clear(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sheaf_cost cost;
    sheaf_reporter nobody = {0};
    sheaf_article article;
    sheaf_input *child = NULL;
    sheaf_error error;
    void *state;
    sheaf_input *input =
        sheaf_input_memory("fuzz.json", (sheaf_slice){(const char *)data, size}, &cost, &limits);
    sheaf_article_init(&article);
    if (input && sheaf_json_reader.open(&state, input, &nobody, &error) == SHEAF_OK) {
        while (sheaf_json_reader.next(state, &article, &child, &error) == SHEAF_OK) {
            check_round_trip(&article);
            sheaf_article_reset(&article);
        }
        sheaf_json_reader.close(state);
    }
    sheaf_article_clear(&article);
    sheaf_input_close(input);
    return 0;
}
