/* columns.c - numbers, dates, ids and catalogs, as they are packed. */
#include "store/sample.h"
#include "store/segment.h"
#include "store/stamp.h"

/* Writes numbers as a column and reads them back; *width is what they took. */
static bool column_comes_back(const uint64_t *items, size_t count, unsigned *width) {
    sheaf_numbers numbers = {0};
    sheaf_buffer bytes = {0};
    sheaf_column column;
    for (size_t i = 0; i < count; i++)
        sheaf_numbers_add(&numbers, items[i]);
    sheaf_column_write(&column, &bytes, &numbers);
    sheaf_put(&bytes, 0, 8);
    column.data = (const uint8_t *)bytes.data;
    bool same = column.count == count && bytes.size == count * column.width + 8;
    for (size_t i = 0; i < count; i++)
        same = same && sheaf_column_get(&column, i) == items[i];
    *width = column.width;
    sheaf_numbers_clear(&numbers);
    sheaf_buffer_clear(&bytes);
    return same;
}

TEST(columns_take_what_their_range_needs) {
    unsigned width;
    CHECK(column_comes_back((uint64_t[]){0, 0, 0}, 3, &width));
    CHECK_NUMBER(width, 0);
    CHECK(column_comes_back((uint64_t[]){1000000, 0, 1000254}, 3, &width));
    CHECK_NUMBER(width, 1);
    CHECK(column_comes_back((uint64_t[]){1000000, 1000255}, 2, &width));
    CHECK_NUMBER(width, 2);
    CHECK(column_comes_back((uint64_t[]){5ull << 40, 9ull << 40, 0}, 3, &width));
    CHECK_NUMBER(width, 1);
    CHECK(column_comes_back((uint64_t[]){1, UINT64_MAX, 0, 1ull << 63}, 4, &width));
    CHECK_NUMBER(width, 8);
    CHECK(column_comes_back((uint64_t[]){1, UINT64_MAX - 14}, 2, &width));
    CHECK(column_comes_back((uint64_t[]){1ull << 63}, 1, &width));
    CHECK_NUMBER(width, 1);
    CHECK(column_comes_back(NULL, 0, &width));
}

static bool is_kept(const char *date) {
    char text[SHEAF_STAMP_ROOM];
    uint64_t stamp = sheaf_stamp_pack(sheaf_slice_of(date));
    if (sheaf_stamp_is_odd(stamp))
        return false;
    return sheaf_slice_is(sheaf_slice_from(text, sheaf_stamp_text(text, stamp)), date);
}

static bool is_odd(const char *date) {
    return sheaf_stamp_is_odd(sheaf_stamp_pack(sheaf_slice_of(date)));
}

static bool is_before(const char *a, const char *b) {
    return sheaf_stamp_pack(sheaf_slice_of(a)) < sheaf_stamp_pack(sheaf_slice_of(b));
}

TEST(dates_fit_into_a_number_that_sorts) {
    CHECK(is_kept("2022") && is_kept("2022-02") && is_kept("2022-02-10") && is_kept("XXXX-02-10"));
    CHECK(is_kept("2022-02-10T09:13Z") && is_kept("2022-02-10T09:13:05+03:00"));
    CHECK(is_kept("2022-02-10T00:00:00-11:30") && is_kept("2022-02-10T23:59:60+00:00"));
    CHECK(is_kept("2022-02-10T09:13") && is_kept("9999-12-31T23:59:59+23:59"));
    CHECK(is_odd("2022-02-10/2022-02-12") && is_odd("2022?") && is_odd("202X") && is_odd("-0044"));
    CHECK(is_odd("2022-13") && is_odd("2022-02-10T24:00") && is_odd("2022-2-1") && is_odd("soon"));
    CHECK(is_odd("2022-02-10T09:13-00:00") && is_odd("0000") && is_odd("XXXX-XX-XX"));
    CHECK_NUMBER(sheaf_stamp_pack(SLICE("")), 0);
    CHECK(is_before("2021-12-31T23:59Z", "2022") && is_before("2022", "2022-01"));
    CHECK(is_before("2022-01-01", "2022-01-01T00:00Z") && is_before("2022-02-10~", "2022-02-11"));
}

TEST(ids_become_numbers) {
    bool odd;
    CHECK(sheaf_id_number(SLICE("00000000000000ff"), &odd) == 255 && !odd);
    CHECK(sheaf_id_number(SLICE("ffffffffffffffff"), &odd) == UINT64_MAX && !odd);
    sheaf_id_number(SLICE("00000000000000FF"), &odd);
    CHECK(odd);
    CHECK(sheaf_id_number(SLICE("abc"), &odd) == sheaf_get64("\xba\x78\x16\xbf\x8f\x01\xcf\xea"));
    CHECK(odd);
}

static void fill_segment(sheaf_segment *segment) {
    sheaf_segment_init(segment, 10);
    for (uint64_t i = 0; i < 3; i++) {
        sheaf_segment_row row = {
            .id = 100 - i, .odd = i == 1, .words = i, .site = SLICE("a.example")};
        row.publisher = i ? SLICE("B") : SLICE("A");
        sheaf_segment_add(segment, &row);
        sheaf_segment_put(segment, SHEAF_SECTION_PLACE, 2 - i);
    }
    for (int i = SHEAF_SECTION_WINDOW; i <= SHEAF_SECTION_TEXT_RAW; i++)
        sheaf_segment_put(segment, (sheaf_section)i, 0);
}

TEST(catalogs_come_back) {
    sheaf_segment segment;
    sheaf_buffer bytes = {0};
    sheaf_catalog catalog;
    uint64_t from, to;
    fill_segment(&segment);
    CHECK(sheaf_segment_has(&segment, 99) && !sheaf_segment_has(&segment, 97));
    CHECK_NUMBER(sheaf_segment_encode(&segment, &bytes, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_catalog_parse(&catalog, sheaf_buffer_view(&bytes), NULL), SHEAF_OK);
    CHECK_NUMBER(catalog.first, 10);
    CHECK_NUMBER(catalog.rows, 3);
    CHECK(sheaf_catalog_is_odd(&catalog, 1) && !sheaf_catalog_is_odd(&catalog, 2));
    sheaf_catalog_ids(&catalog, 99, 100, &from, &to);
    CHECK_NUMBER(from, 1);
    CHECK_NUMBER(to, 3);
    CHECK_NUMBER(sheaf_catalog_get(&catalog, SHEAF_SECTION_ORDER, 1), 1);
    CHECK_TEXT(sheaf_catalog_name(&catalog, SHEAF_SECTION_PUBLISHER_ENDS, 2), "B");
    CHECK_TEXT(sheaf_catalog_name(&catalog, SHEAF_SECTION_PUBLISHER_ENDS, 3), "");
    CHECK_TEXT(sheaf_catalog_name(&catalog, SHEAF_SECTION_SITE_ENDS, 1), "a.example");
    sheaf_segment_clear(&segment);
    sheaf_buffer_clear(&bytes);
}

/* Either header may be lost, but not both; cutting is always noticed. */
TEST(one_sound_header_is_enough) {
    sheaf_segment segment;
    sheaf_buffer bytes = {0};
    sheaf_catalog catalog;
    fill_segment(&segment);
    sheaf_segment_encode(&segment, &bytes, NULL);
    bytes.data[50] ^= 1;
    CHECK_NUMBER(sheaf_catalog_parse(&catalog, sheaf_buffer_view(&bytes), NULL), SHEAF_OK);
    CHECK_NUMBER(catalog.rows, 3);
    bytes.data[bytes.size - 50] ^= 1;
    CHECK_NUMBER(sheaf_catalog_parse(&catalog, sheaf_buffer_view(&bytes), NULL), SHEAF_CORRUPT);
    bytes.data[50] ^= 1;
    CHECK_NUMBER(sheaf_catalog_parse(&catalog, sheaf_buffer_view(&bytes), NULL), SHEAF_OK);
    for (size_t size = 0; size < bytes.size; size++)
        CHECK(sheaf_catalog_parse(&catalog, sheaf_slice_from(bytes.data, size), NULL) != SHEAF_OK);
    sheaf_segment_clear(&segment);
    sheaf_buffer_clear(&bytes);
}

int main(void) {
    RUN(T(columns_take_what_their_range_needs), T(dates_fit_into_a_number_that_sorts),
        T(ids_become_numbers), T(catalogs_come_back), T(one_sound_header_is_enough));
}
