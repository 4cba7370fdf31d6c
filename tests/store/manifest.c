/* manifest.c - what one commit says of itself. */
#include "store/sample.h"
#include "store/manifest.h"

static sheaf_status read_json(sheaf_manifest *manifest, const char *json) {
    sheaf_manifest_clear(manifest);
    return sheaf_manifest_read(manifest, sheaf_slice_of(json), NULL);
}

TEST(comes_back_as_it_was) {
    sheaf_manifest manifest, again;
    sheaf_buffer first = {0}, second = {0};
    uint8_t digest[SHEAF_SHA256_SIZE] = {0xab};
    sheaf_slice dropped[] = {SLICE("meta/000001-0001")};
    sheaf_manifest_init(&manifest);
    sheaf_manifest_init(&again);
    CHECK(sheaf_manifest_add(&manifest, SLICE("articles/1"), UINT32_MAX + 1ull, digest));
    CHECK(sheaf_manifest_add(&manifest, SLICE("meta/1"), 0, digest));
    manifest.commit = 3;
    manifest.articles = 50;
    manifest.plan = SLICE("keep \"long\" ones\n");
    manifest.previous = SLICE("00ff");
    manifest.dropped = dropped;
    manifest.dropped_count = 1;
    sheaf_manifest_write(&first, &manifest);
    CHECK_NUMBER(sheaf_manifest_read(&again, sheaf_buffer_view(&first), NULL), SHEAF_OK);
    CHECK_NUMBER(again.commit, 3);
    CHECK_NUMBER(again.entry_count, 2);
    CHECK_NUMBER(again.entries[0].size, UINT32_MAX + 1ull);
    CHECK(strncmp(again.entries[0].sha256, "ab00", 4) == 0);
    CHECK_TEXT(again.plan, "keep \"long\" ones\n");
    CHECK_TEXT(again.dropped[0], "meta/000001-0001");
    sheaf_manifest_write(&second, &again);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&first), sheaf_buffer_view(&second)));
    sheaf_buffer_clear(&first);
    sheaf_buffer_clear(&second);
    sheaf_manifest_clear(&manifest);
    sheaf_manifest_clear(&again);
}

TEST(refuses_what_is_none) {
    sheaf_manifest manifest;
    sheaf_manifest_init(&manifest);
    CHECK_NUMBER(read_json(&manifest, "{\"format\":1,\"later\":[{}]}"), SHEAF_OK);
    CHECK_NUMBER(read_json(&manifest, "{\"format\":2}"), SHEAF_UNSUPPORTED);
    CHECK_NUMBER(read_json(&manifest, "[]"), SHEAF_CORRUPT);
    CHECK_NUMBER(read_json(&manifest, "{\"articles\":-1}"), SHEAF_CORRUPT);
    CHECK_NUMBER(read_json(&manifest, "{\"articles\":1e3}"), SHEAF_CORRUPT);
    CHECK_NUMBER(read_json(&manifest, "{\"articles\":99999999999999999999}"), SHEAF_CORRUPT);
    CHECK_NUMBER(read_json(&manifest, "{\"entries\":{}}"), SHEAF_CORRUPT);
    CHECK_NUMBER(read_json(&manifest, "{\"entries\":[1]}"), SHEAF_CORRUPT);
    CHECK_NUMBER(read_json(&manifest, "{\"entries\":[{\"sha256\":\"abc\"}]}"), SHEAF_CORRUPT);
    CHECK_NUMBER(read_json(&manifest, "{\"entries\":[{\"name\":\"a\",\"size\":1}]}"),
                 SHEAF_CORRUPT);
    CHECK(read_json(&manifest, "{\"entries\":[") != SHEAF_OK);
    CHECK(read_json(&manifest, "") != SHEAF_OK);
    sheaf_manifest_clear(&manifest);
}

int main(void) {
    RUN(T(comes_back_as_it_was), T(refuses_what_is_none));
}
