/* list.c - lists give back what was put in, however they are walked through. */
#include "check.h"
#include "collection.h"
#include "index/list.h"

enum { MOST = 5000 };

typedef struct entry {
    uint32_t doc, freq, count;
    uint32_t at[12];
} entry;

static entry entries[MOST];

/* Random entries; gap: how far apart articles are. */
static size_t fill(size_t count, unsigned gap) {
    uint32_t doc = 0;
    for (size_t i = 0; i < count; i++) {
        entry *e = &entries[i];
        uint32_t at = made_random(700);
        doc += made_random(gap);
        *e = (entry){.doc = doc++, .count = 1 + made_random(12)};
        e->freq = e->count + made_random(3) * made_random(3);
        if (made_random(50) == 0)
            at += 100000000;
        for (uint32_t j = 0; j < e->count; j++) {
            e->at[j] = at;
            at += 1 + made_random(made_random(30) ? 200 : 2000000);
        }
    }
    return doc;
}

static void write(sheaf_buffer *out, size_t count, size_t docs, bool positions) {
    sheaf_list_writer w;
    sheaf_list_writer_init(&w, (uint32_t)docs, positions);
    for (size_t i = 0; i < count; i++)
        sheaf_list_add(&w, entries[i].doc, entries[i].freq, (uint8_t)(i % 200), entries[i].at,
                       entries[i].count);
    CHECK_NUMBER(sheaf_list_end(&w, out), count);
    sheaf_list_writer_clear(&w);
}

static bool same_entry(sheaf_cursor *c, const entry *e, bool positions) {
    size_t count;
    const uint32_t *at = sheaf_cursor_positions(c, &count);
    if (c->doc != e->doc || sheaf_cursor_freq(c) != e->freq)
        return false;
    if (!positions)
        return count == 0;
    return count == e->count && memcmp(at, e->at, count * sizeof *at) == 0;
}

static void round_trip(size_t count, unsigned gap, bool positions) {
    sheaf_buffer out = {0};
    size_t docs = fill(count, gap), wrong = 0;
    sheaf_cursor c;
    write(&out, count, docs, positions);
    size_t size = out.size;
    sheaf_buffer_append(&out, "0123456789abcdef", 16);
    sheaf_list list = {(const uint8_t *)out.data, size, count, (uint32_t)docs, positions};
    sheaf_cursor_open(&c, &list);
    for (size_t i = 0; i < count; i++) {
        wrong += !same_entry(&c, &entries[i], positions);
        sheaf_cursor_next(&c);
    }
    CHECK_NUMBER(wrong, 0);
    CHECK(c.doc == SHEAF_LIST_END && !c.broken);
    sheaf_cursor_close(&c);
    sheaf_buffer_clear(&out);
}

TEST(gives_back_every_size) {
    for (size_t count = 0; count < 400; count += count < 4 || count % 128 > 124 ? 1 : 3) {
        round_trip(count, 1 + made_random(1000), true);
        round_trip(count, 1 + made_random(1000), false);
    }
    round_trip(MOST, 1, true);
    round_trip(MOST, 100000, true);
}

static const entry *first_from(size_t count, uint32_t target) {
    for (size_t i = 0; i < count; i++) {
        if (entries[i].doc >= target)
            return &entries[i];
    }
    return NULL;
}

TEST(finds_what_a_target_asks_for) {
    size_t count = 3000, docs = fill(count, 20), wrong = 0;
    sheaf_buffer out = {0};
    write(&out, count, docs, true);
    size_t size = out.size;
    sheaf_buffer_append(&out, "0123456789abcdef", 16);
    sheaf_list list = {(const uint8_t *)out.data, size, count, (uint32_t)docs, true};
    for (unsigned step = 1; step < 20000; step *= 3) {
        sheaf_cursor c;
        sheaf_cursor_open(&c, &list);
        for (uint32_t target = 0; target < docs + 10; target += 1 + made_random(step)) {
            const entry *e = first_from(count, target);
            uint32_t doc = sheaf_cursor_seek(&c, target);
            wrong += e ? doc != e->doc || !same_entry(&c, e, true) : doc != SHEAF_LIST_END;
        }
        sheaf_cursor_close(&c);
    }
    CHECK_NUMBER(wrong, 0);
    sheaf_buffer_clear(&out);
}

TEST(bounds_hold_for_every_article) {
    size_t count = 2000, docs = fill(count, 5), wrong = 0;
    sheaf_buffer out = {0};
    sheaf_cursor c;
    write(&out, count, docs, false);
    size_t size = out.size;
    sheaf_buffer_append(&out, "0123456789abcdef", 16);
    sheaf_list list = {(const uint8_t *)out.data, size, count, (uint32_t)docs, false};
    sheaf_cursor_open(&c, &list);
    for (size_t i = 0; i < count; i++) {
        uint32_t freq, last;
        uint8_t norm;
        sheaf_cursor_bound(&c, entries[i].doc, &freq, &norm, &last);
        for (size_t j = i; j < count && entries[j].doc <= last; j++)
            wrong += entries[j].freq > freq || (uint8_t)(j % 200) < norm;
    }
    CHECK_NUMBER(wrong, 0);
    sheaf_cursor_close(&c);
    sheaf_buffer_clear(&out);
}

/* The last byte of a list is one of its own: without slack, none is read behind it. */
TEST(flipped_bits_end_a_walk_and_nothing_else) {
    size_t count = 500, docs = fill(count, 30), broken = 0;
    sheaf_buffer out = {0};
    write(&out, count, docs, true);
    size_t size = out.size;
    sheaf_buffer_append(&out, "0123456789abcdef", 16);
    for (size_t at = 0; at < size; at++) {
        size_t walked = 0, places;
        sheaf_cursor c;
        out.data[at] = (char)(out.data[at] ^ (1 << made_random(8)));
        sheaf_list list = {(const uint8_t *)out.data, size, count, (uint32_t)docs, true};
        sheaf_cursor_open(&c, &list);
        for (; c.doc != SHEAF_LIST_END && walked <= count; sheaf_cursor_next(&c), walked++) {
            CHECK(c.doc < docs);
            sheaf_cursor_positions(&c, &places);
            if (c.doc != SHEAF_LIST_END)
                sheaf_cursor_freq(&c);
        }
        CHECK(walked <= count);
        broken += c.broken;
        sheaf_cursor_close(&c);
        out.data[at] = (char)made_random(256);
    }
    CHECK(broken > size / 4);
    sheaf_buffer_clear(&out);
}

int main(void) {
    RUN(T(gives_back_every_size), T(finds_what_a_target_asks_for), T(bounds_hold_for_every_article),
        T(flipped_bits_end_a_walk_and_nothing_else));
}
