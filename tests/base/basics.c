/* basics.c - slices, UTF-8, buffers, arenas, maps, hashes, errors. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "check.h"

TEST(lines_end_with_lf_crlf_or_cr) {
    sheaf_slice rest = SLICE("a\r\nb\rc\n\nd");
    sheaf_slice line;
    const char *wanted[] = {"a", "b", "c", "", "d"};
    for (int i = 0; i < 5; i++) {
        CHECK(sheaf_slice_line(&rest, &line));
        CHECK_TEXT(line, wanted[i]);
    }
    CHECK(!sheaf_slice_line(&rest, &line));
}

TEST(trim_takes_blanks_and_no_break_spaces) {
    CHECK_TEXT(sheaf_slice_trim(SLICE(" \t\xC2\xA0 x y \xC2\xA0\n")), "x y");
    CHECK_TEXT(sheaf_slice_trim(SLICE(" \xC2\xA0 ")), "");
}

TEST(utf8_is_checked_as_rfc_3629_says) {
    CHECK(sheaf_utf8_valid(SLICE("plain ascii, longer than eight bytes")));
    CHECK(sheaf_utf8_valid(SLICE("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x93\xB0")));
    CHECK(!sheaf_utf8_valid(SLICE("\xC0\x80")));
    CHECK(!sheaf_utf8_valid(SLICE("\xED\xA0\x80")));
    CHECK(!sheaf_utf8_valid(SLICE("\xF4\x90\x80\x80")));
    CHECK(!sheaf_utf8_valid(SLICE("abc\xE2\x82")));
}

/* Letter by letter, as the decoder has it. */
static bool valid_by_letters(sheaf_slice text) {
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        if (sheaf_utf8_next(text, &at) == 0xFFFD && at - from != 3)
            return false;
    }
    return true;
}

TEST(utf8_is_checked_alike_in_long_and_short) {
    static const char *const pieces[] = {
        "plain letters, so many of them that they are passed over many at a time, and then a "
        "few more, and a few more again, as pages full of markup have them",
        "\xC3\xA9",
        "\xE2\x82\xAC",
        "\xF0\x9F\x93\xB0",
        "\xEF\xBF\xBF",
        "\xED\x9F\xBF",
        "\xF4\x8F\xBF\xBF"};
    uint64_t chance = 1;
    char text[1024];
    size_t wrong = 0;
    for (int turn = 0; turn < 20000; turn++) {
        size_t size = 0;
        while (size < sizeof text - 200) {
            chance = chance * 6364136223846793005u + 1442695040888963407u;
            const char *piece = pieces[(chance >> 33) % 7];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        size -= (chance >> 40) % 70;
        if (turn % 4)
            text[(chance >> 48) % size] = (char)(chance >> 56);
        sheaf_slice all = {text, size};
        wrong += sheaf_utf8_valid(all) != valid_by_letters(all);
    }
    CHECK_NUMBER(wrong, 0);
}

TEST(repair_replaces_each_maximal_part_once) {
    sheaf_buffer out = {0};
    CHECK_NUMBER(sheaf_utf8_repair(&out, SLICE("a\xE2\x82z\xFF\xFE.")), 3);
    CHECK_TEXT(sheaf_buffer_view(&out), "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD.");
    sheaf_buffer_clear(&out);
}

TEST(code_points_go_forward_and_back) {
    sheaf_slice text = SLICE("a\xC3\xA9\xF0\x9F\x93\xB0");
    size_t at = 0;
    CHECK_NUMBER(sheaf_utf8_next(text, &at), 'a');
    CHECK_NUMBER(sheaf_utf8_next(text, &at), 0xE9);
    CHECK_NUMBER(sheaf_utf8_next(text, &at), 0x1F4F0);
    CHECK_NUMBER(sheaf_utf8_previous(text, &at), 0x1F4F0);
    CHECK_NUMBER(sheaf_utf8_previous(text, &at), 0xE9);
    CHECK_NUMBER(at, 1);
    CHECK_NUMBER(sheaf_utf8_prefix(text, 4).size, 3);
}

TEST(arena_survives_reset_and_out_of_memory) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    CHECK_TEXT(sheaf_arena_format(&arena, "%d-%s", 7, "x"), "7-x");
    sheaf_arena_reset(&arena);
    CHECK(sheaf_arena_alloc(&arena, SIZE_MAX / 2) == NULL);
    CHECK(arena.failed);
    sheaf_arena_reset(&arena);
    CHECK(!arena.failed);
    sheaf_memory_fail_at(0);
    CHECK(sheaf_arena_alloc(&arena, 1 << 22) == NULL);
    sheaf_memory_fail_at(UINT64_MAX);
    CHECK(arena.failed);
    sheaf_arena_clear(&arena);
}

TEST(buffer_failure_is_sticky_and_keeps_what_is_there) {
    sheaf_buffer buffer = {0};
    sheaf_buffer_add(&buffer, SLICE("kept"));
    sheaf_memory_fail_at(0);
    for (int i = 0; i < 200; i++)
        sheaf_buffer_char(&buffer, 'x');
    sheaf_memory_fail_at(UINT64_MAX);
    CHECK(buffer.failed);
    CHECK(sheaf_slice_starts(sheaf_buffer_view(&buffer), SLICE("kept")));
    sheaf_buffer_clear(&buffer);
}

TEST(map_finds_what_was_put) {
    sheaf_map map = {0};
    char keys[1000][16];
    for (int i = 0; i < 1000; i++) {
        snprintf(keys[i], sizeof keys[i], "k%d", i);
        *sheaf_map_put(&map, sheaf_slice_of(keys[i]), 0) += (uint64_t)i;
    }
    CHECK_NUMBER(map.count, 1000);
    CHECK_NUMBER(*sheaf_map_get(&map, SLICE("k977")), 977);
    CHECK(sheaf_map_get(&map, SLICE("k1000")) == NULL);
    sheaf_map_clear(&map);
}

TEST(sha256_matches_the_standard) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    char hex[SHEAF_SHA256_HEX + 1];
    sheaf_sha256(SLICE("abc"), digest);
    sheaf_hex(hex, digest, sizeof digest);
    CHECK_TEXT(sheaf_slice_of(hex),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(errors_nest_and_never_overflow) {
    sheaf_error error;
    CHECK_NUMBER(sheaf_fail(&error, SHEAF_IO, "%s", "inner"), SHEAF_IO);
    sheaf_fail_within(&error, SHEAF_IO, "while packing");
    CHECK_TEXT(sheaf_slice_of(error.message), "while packing: inner");
    for (int i = 0; i < 200; i++)
        sheaf_fail_within(&error, SHEAF_IO, "again and again");
    CHECK(strlen(error.message) < sizeof error.message);
    CHECK_TEXT(sheaf_slice_of(sheaf_status_text(SHEAF_LOCKED)), "another writer holds the lock");
}

int main(void) {
    RUN(T(lines_end_with_lf_crlf_or_cr), T(trim_takes_blanks_and_no_break_spaces),
        T(utf8_is_checked_as_rfc_3629_says), T(utf8_is_checked_alike_in_long_and_short),
        T(repair_replaces_each_maximal_part_once), T(code_points_go_forward_and_back),
        T(arena_survives_reset_and_out_of_memory),
        T(buffer_failure_is_sticky_and_keeps_what_is_there), T(map_finds_what_was_put),
        T(sha256_matches_the_standard), T(errors_nest_and_never_overflow));
}
