/* chains.c - places of words in few bytes, and words that are nearly alike. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "check.h"
#include "index/chains.h"
#include "index/fuzzy.h"
#include "index/query.h"

enum { CHAINS = 7, PLACES = 20000 };

static uint32_t seed = 7;

static uint32_t any(uint32_t below) {
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)seed * below >> 32);
}

/* The place behind another: most often near, now and then as far as it can be. */
static sheaf_place after(sheaf_place place) {
    static const uint32_t steps[] = {1, 2, 40, 900, 70000, 5000000};
    uint32_t step = 1 + any(steps[any(6)]);
    uint32_t field = sheaf_place_field(place), position = sheaf_place_position(place);
    if (any(4) > 0 && position + step < SHEAF_PLACE_POSITIONS - 1) {
        position += step;
    } else if (any(2) && field < 4) {
        field++;
        position = any(3) * step;
    } else {
        place.article += 1 + any(3) * any(1000);
        field = any(5);
        position = any(2) ? 0 : step;
    }
    place.where = field << SHEAF_PLACE_SHIFT | position;
    return place;
}

TEST(places_are_read_as_they_were_added) {
    static sheaf_place added[CHAINS][PLACES];
    sheaf_chain chains[CHAINS] = {0};
    sheaf_arena arena;
    sheaf_place *read = NULL;
    size_t room = 0, count;
    sheaf_arena_init(&arena);
    for (size_t i = 0; i < PLACES; i++) {
        for (size_t j = 0; j < CHAINS; j++) {
            added[j][i] = after(i ? added[j][i - 1] : (sheaf_place){(uint32_t)j, 0});
            if (i < (size_t)1 << 2 * j)
                CHECK(sheaf_chain_add(&chains[j], &arena, added[j][i]));
        }
    }
    for (size_t j = 0; j < CHAINS; j++) {
        CHECK(sheaf_chain_read(&chains[j], &read, &room, &count));
        CHECK_NUMBER(count, (size_t)1 << 2 * j);
        CHECK(memcmp(read, added[j], count * sizeof *read) == 0);
    }
    sheaf_free(read);
    sheaf_arena_clear(&arena);
}

TEST(an_empty_chain_has_no_places) {
    sheaf_chain chain = {0};
    sheaf_place *read = NULL;
    size_t room = 0, count = 9;
    CHECK(sheaf_chain_read(&chain, &read, &room, &count));
    CHECK_NUMBER(count, 0);
    sheaf_free(read);
}

/* ---- nearly alike --------------------------------------------------------------- */

enum { WORDS = 4000, LETTERS = 8 };

static int compare_words(const void *a, const void *b) {
    return strcmp(a, b);
}

/* Every sorted word is judged as if it were alone, and what is passed over is not alike. */
TEST(sorted_words_are_judged_like_single_ones) {
    static char words[WORDS][LETTERS * 2 + 1];
    static const char *const letters[] = {"a", "b", "c", "\xD0\xB4", "\xE4\xB8\xAD"};
    size_t alike = 0, passed = 0;
    for (size_t i = 0; i < WORDS; i++) {
        for (uint32_t n = 1 + any(5); n > 0; n--)
            strcat(words[i], letters[any(5)]);
    }
    qsort(words, WORDS, sizeof *words, compare_words);
    for (unsigned edits = 1; edits <= 2; edits++) {
        sheaf_fuzzy fuzzy;
        sheaf_slice pattern = SLICE("abc\xD0\xB4");
        size_t hopeless = 0, same = 0;
        sheaf_fuzzy_begin(&fuzzy, pattern, edits);
        for (size_t i = 0; i < WORDS; i++) {
            sheaf_slice word = {words[i], strlen(words[i])};
            for (same = 0; i > 0 && same < word.size && words[i - 1][same] == words[i][same];)
                same++;
            bool over = i > 0 && hopeless > 0 && same >= hopeless;
            bool found = sheaf_fuzzy_match(&fuzzy, word, same, &hopeless);
            CHECK(found == sheaf_query_fuzzy_match(pattern, word, edits));
            CHECK(!(over && found));
            alike += found;
            passed += over;
        }
    }
    CHECK(alike > 20);
    CHECK(passed > 100);
}

int main(void) {
    RUN(T(places_are_read_as_they_were_added), T(an_empty_chain_has_no_places),
        T(sorted_words_are_judged_like_single_ones));
}
