/* input.c - bytes that are lent to an input, and what is known of it. */
#include "read/input.h"

#include "base/memory.h"
#include "base/slice.h"
#include "check.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
static sheaf_cost cost;
static sheaf_error error;

static sheaf_input *lend(sheaf_input *parent, sheaf_slice bytes) {
    sheaf_input *child = sheaf_input_child(parent, "entry", "name");
    sheaf_input_lend(child, bytes);
    return child;
}

TEST(lends_without_copying) {
    sheaf_slice bytes = SLICE("0123456789"), view;
    sheaf_input *parent = sheaf_input_memory("x", bytes, &cost, &limits);
    sheaf_input *child = lend(parent, bytes);
    CHECK_NUMBER(sheaf_input_peek(child, 3, &view, &error), SHEAF_OK);
    CHECK(view.data == bytes.data && view.size == 10);
    CHECK_NUMBER(sheaf_input_whole(child, 9, &view, &error), SHEAF_LIMIT);
    CHECK_NUMBER(sheaf_input_whole(child, 10, &view, &error), SHEAF_OK);
    CHECK(view.data == bytes.data && view.size == 10);
    CHECK_NUMBER(sheaf_input_read(child, &view, &error), SHEAF_OK);
    CHECK_NUMBER(view.size, 0);
    sheaf_input_close(child);
    sheaf_input_close(parent);
}

TEST(skips_what_is_lent) {
    sheaf_slice bytes = SLICE("0123456789"), view;
    sheaf_input *parent = sheaf_input_memory("x", bytes, &cost, &limits);
    sheaf_input *child = lend(parent, bytes);
    CHECK_NUMBER(sheaf_input_skip(child, 4, &error), SHEAF_OK);
    CHECK_NUMBER(sheaf_input_read(child, &view, &error), SHEAF_OK);
    CHECK_TEXT(view, "456789");
    sheaf_input_close(child);
    child = lend(parent, bytes);
    CHECK_NUMBER(sheaf_input_skip(child, 11, &error), SHEAF_BAD_INPUT);
    sheaf_input_close(child);
    sheaf_input_close(parent);
}

TEST(keeps_and_hands_down_what_is_known) {
    char url[] = "http://a.example/", digest[] = "sha1:x";
    sheaf_input *parent = sheaf_input_memory("x", SLICE(""), &cost, &limits);
    sheaf_input_about about = {.url = sheaf_slice_of(url),
                               .digest = sheaf_slice_of(digest),
                               .digest_ok = true,
                               .from = 3,
                               .to = 9};
    CHECK(parent->about == NULL);
    CHECK(sheaf_input_describe(parent, &about));
    memset(url, 'x', sizeof url - 1);
    memset(digest, 'x', sizeof digest - 1);
    sheaf_input *child = sheaf_input_child(parent, "a", "b");
    sheaf_input_close(parent);
    CHECK_TEXT(child->about->url, "http://a.example/");
    CHECK_TEXT(child->about->digest, "sha1:x");
    CHECK_TEXT(child->about->note, "");
    CHECK(child->about->digest_ok && child->about->from == 3 && child->about->to == 9);
    sheaf_input_close(child);
}

TEST(makes_no_child_without_memory_for_what_is_known) {
    sheaf_input *parent = sheaf_input_memory("x", SLICE(""), &cost, &limits), *child = NULL;
    sheaf_input_about about = {.url = SLICE("http://a.example/")};
    CHECK(sheaf_input_describe(parent, &about));
    for (uint64_t at = 0; !child && at < 20; at++) {
        sheaf_memory_fail_at(at);
        child = sheaf_input_child(parent, "a", "b");
        sheaf_memory_fail_at(UINT64_MAX);
    }
    CHECK(child && child->about && child->about->url.size == about.url.size);
    sheaf_input_close(child);
    sheaf_input_close(parent);
}

TEST(charges_what_is_unpacked) {
    sheaf_limits tight = limits;
    tight.archive_ratio_from = 100;
    tight.archive_ratio = 10;
    sheaf_input *input = sheaf_input_memory("x", SLICE("0123456789"), &cost, &tight);
    CHECK_NUMBER(sheaf_input_charge(input, 100, &error), SHEAF_OK);
    CHECK_NUMBER(sheaf_input_charge(input, 9, &error), SHEAF_OK);
    CHECK_NUMBER(sheaf_input_charge(input, 1, &error), SHEAF_LIMIT);
    tight.archive_bytes = 50;
    CHECK_NUMBER(sheaf_input_charge(input, 1, &error), SHEAF_LIMIT);
    sheaf_input_close(input);
}

int main(void) {
    RUN(T(lends_without_copying), T(skips_what_is_lent), T(keeps_and_hands_down_what_is_known),
        T(makes_no_child_without_memory_for_what_is_known), T(charges_what_is_unpacked));
}
