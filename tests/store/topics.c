/* topics.c - like articles come to lie together, all stay, and always alike. */
#include "store/topics.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/slice.h"
#include "check.h"

enum { COUNT = 1200, TOPICS = 4, ROOM = 512 };

/* Words of a topic, and some that all topics have. */
static sheaf_slice row_of(char room[ROOM], unsigned i) {
    static const char *const stem[] = {"harbour", "election", "гавань", "選挙運動"};
    int size = snprintf(room, ROOM, "{\"text\":\"");
    for (unsigned k = 0; k < 12; k++) {
        unsigned word = (i / TOPICS * 7 + k * k * 3) % 200; /* of the topic */
        size += snprintf(room + size, ROOM - (size_t)size, "%s%c%c common%c \\n", stem[i % TOPICS],
                         'a' + (int)(word / 20), 'a' + (int)(word % 20), 'a' + (int)(i * k % 26));
    }
    return sheaf_slice_from(room, (size_t)size);
}

static sheaf_topics *filled(uint32_t order[COUNT]) {
    char room[ROOM];
    sheaf_topics *topics = sheaf_topics_new();
    CHECK(topics);
    for (unsigned i = 0; i < COUNT; i++) {
        CHECK(sheaf_topics_add(topics, row_of(room, i)));
        order[i] = i;
    }
    CHECK(sheaf_topics_learn(topics));
    return topics;
}

TEST(articles_of_one_topic_lie_together) {
    static uint32_t order[COUNT];
    unsigned changes = 0;
    bool seen[COUNT] = {false};
    sheaf_topics *topics = filled(order);
    sheaf_topics_sort(topics, order, COUNT, 16 * ROOM);
    for (unsigned i = 0; i < COUNT; i++) {
        CHECK(order[i] < COUNT && !seen[order[i]]);
        seen[order[i]] = true;
        changes += i && order[i] % TOPICS != order[i - 1] % TOPICS;
    }
    CHECK(changes < COUNT / 20); /* it was COUNT - 1 */
    sheaf_topics_free(topics);
}

TEST(the_order_is_the_same_again_after_a_reset) {
    static uint32_t first[COUNT], again[COUNT];
    char room[ROOM];
    sheaf_topics *topics = filled(first);
    sheaf_topics_sort(topics, first, COUNT, 8 * ROOM);
    sheaf_topics_reset(topics);
    for (unsigned i = 0; i < COUNT; i++) {
        CHECK(sheaf_topics_add(topics, row_of(room, i)));
        again[i] = i;
    }
    CHECK(sheaf_topics_learn(topics));
    sheaf_topics_sort(topics, again, COUNT, 8 * ROOM);
    CHECK(memcmp(first, again, sizeof first) == 0);
    sheaf_topics_free(topics);
}

TEST(what_fits_a_frame_keeps_its_order) {
    static uint32_t order[COUNT];
    sheaf_topics *topics = filled(order);
    sheaf_topics_sort(topics, order, COUNT, (size_t)COUNT * ROOM);
    for (unsigned i = 0; i < COUNT; i++)
        CHECK_NUMBER(order[i], i);
    sheaf_topics_sort(topics, order, 0, 1);
    sheaf_topics_free(topics);
}

TEST(rows_without_words_do_no_harm) {
    static const char odd[] = "\xE0\xFF\xC3\\\xE4\xB8";
    uint32_t order[64];
    sheaf_topics *topics = sheaf_topics_new();
    for (uint32_t i = 0; i < 64; i++) {
        CHECK(sheaf_topics_add(topics, sheaf_slice_from(odd, i % sizeof odd)));
        order[i] = i;
    }
    CHECK(sheaf_topics_learn(topics));
    sheaf_topics_sort(topics, order, 64, 1);
    uint64_t all = 0;
    for (uint32_t i = 0; i < 64; i++)
        all |= (uint64_t)1 << order[i];
    CHECK_NUMBER(all, UINT64_MAX);
    sheaf_topics_free(topics);
}

int main(void) {
    RUN(T(articles_of_one_topic_lie_together), T(the_order_is_the_same_again_after_a_reset),
        T(what_fits_a_frame_keeps_its_order), T(rows_without_words_do_no_harm));
}
