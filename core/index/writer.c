/* writer.c - lists go out as they come, all else when the lists are done. */
#include "index/writer.h"

#include "base/hash.h"
#include "base/slice.h"
#include "base/status.h"

/* A count that would begin with MASKED or more has its mask told before it. */
enum { FLUSH = 1 << 20, MASKED = 0xE0 };

void sheaf_index_writer_init(sheaf_index_writer *w, uint32_t docs, bool positions,
                             sheaf_index_put put, void *context) {
    memset(w, 0, sizeof *w);
    sheaf_list_writer_init(&w->list, docs, positions);
    w->stems.sized = true;
    w->put = put;
    w->context = context;
}

void sheaf_index_writer_clear(sheaf_index_writer *w) {
    sheaf_list_writer_clear(&w->list);
    sheaf_table_writer_clear(&w->words);
    sheaf_table_writer_clear(&w->stems);
    sheaf_buffer_clear(&w->lists);
    sheaf_buffer_clear(&w->norms);
    sheaf_buffer_clear(&w->languages);
    sheaf_buffer_clear(&w->value);
    sheaf_buffer_clear(&w->counts);
}

static void put_number(sheaf_buffer *out, uint64_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++)
        sheaf_buffer_char(out, (char)(value >> (8 * i) & 0xFF));
}

void sheaf_index_writer_doc(sheaf_index_writer *w, uint64_t length) {
    sheaf_buffer_char(&w->norms, (char)sheaf_norm_of(length));
    w->length += length;
    w->docs++;
}

static uint64_t listed(const sheaf_index_writer *w) {
    return w->lists_size + w->lists.size;
}

void sheaf_index_writer_list(sheaf_index_writer *w, unsigned which) {
    uint64_t before = listed(w);
    uint64_t articles = sheaf_list_end(&w->list, &w->lists);
    if (articles == 0)
        return;
    w->mask |= (uint8_t)(1u << which);
    sheaf_varint_put(&w->counts, articles);
    sheaf_varint_put(&w->counts, listed(w) - before);
}

static sheaf_status put(sheaf_index_writer *w, sheaf_slice bytes, sheaf_error *error) {
    return bytes.size ? w->put(w->context, bytes, error) : SHEAF_OK;
}

static sheaf_status flush(sheaf_index_writer *w, sheaf_error *error) {
    if (w->lists.failed || w->list.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = put(w, sheaf_buffer_view(&w->lists), error);
    w->lists_size += w->lists.size;
    w->lists.size = 0;
    return status;
}

/* The value of the first word of a block begins with where its lists do. */
sheaf_status sheaf_index_writer_word(sheaf_index_writer *w, sheaf_slice key, sheaf_error *error) {
    uint64_t size = 0;
    sheaf_slice counts = sheaf_buffer_view(&w->counts), rest = counts;
    w->value.size = 0;
    if (w->mask && w->words.count % SHEAF_TABLE_BLOCK == 0) {
        for (uint64_t articles, one; sheaf_varint_take(&rest, &articles);)
            size += sheaf_varint_take(&rest, &one) ? one : 0;
        sheaf_varint_put(&w->value, listed(w) - size);
    }
    if (w->mask) {
        if (w->mask != 1 || counts.size == 0 || (uint8_t)counts.data[0] >= MASKED)
            sheaf_buffer_char(&w->value, (char)(MASKED | w->mask));
        sheaf_buffer_add(&w->value, counts);
        sheaf_table_add(&w->words, key, sheaf_buffer_view(&w->value));
    }
    w->mask = 0;
    w->counts.size = 0;
    return w->lists.size >= FLUSH ? flush(w, error) : SHEAF_OK;
}

void sheaf_index_writer_stem(sheaf_index_writer *w, sheaf_slice key, const uint32_t *words,
                             size_t count) {
    uint32_t next = 0;
    w->value.size = 0;
    for (size_t i = 0; i < count; i++) {
        sheaf_varint_put(&w->value, words[i] - next);
        next = words[i] + 1;
    }
    sheaf_table_add(&w->stems, key, sheaf_buffer_view(&w->value));
}

static bool has_failed(const sheaf_index_writer *w) {
    return w->words.blocks.failed || w->words.index.failed || w->stems.blocks.failed ||
           w->stems.index.failed || w->norms.failed || w->languages.failed || w->value.failed ||
           w->counts.failed;
}

static sheaf_status put_footer(sheaf_index_writer *w, uint64_t first, sheaf_error *error) {
    sheaf_buffer footer = {0};
    const uint64_t numbers[] = {first,
                                w->docs,
                                w->length,
                                w->words.count,
                                w->stems.count,
                                w->lists_size,
                                w->words.blocks.size,
                                w->words.index.size,
                                w->stems.blocks.size,
                                w->stems.index.size,
                                w->norms.size,
                                w->languages.size,
                                0};
    sheaf_buffer_add(&footer, SLICE("SHEAFIDX"));
    put_number(&footer, 1, 4);
    put_number(&footer, w->list.positions, 4);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(&footer, numbers[i], 8);
    put_number(&footer, sheaf_hash64(sheaf_buffer_view(&footer)), 8);
    sheaf_status status = footer.failed ? sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory")
                                        : put(w, sheaf_buffer_view(&footer), error);
    sheaf_buffer_clear(&footer);
    return status;
}

sheaf_status sheaf_index_writer_end(sheaf_index_writer *w, uint64_t first, sheaf_error *error) {
    const sheaf_buffer *sections[] = {&w->words.blocks, &w->words.index, &w->stems.blocks,
                                      &w->stems.index,  &w->norms,       &w->languages};
    sheaf_status status = flush(w, error);
    if (status == SHEAF_OK && has_failed(w))
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (status == SHEAF_OK && w->words.blocks.size > UINT32_MAX)
        status = sheaf_fail(error, SHEAF_LIMIT, "an index has at most 4 GiB of words");
    for (size_t i = 0; i < sizeof sections / sizeof *sections && status == SHEAF_OK; i++)
        status = put(w, sheaf_buffer_view(sections[i]), error);
    return status == SHEAF_OK ? put_footer(w, first, error) : status;
}
