/* catalog.c - opens a catalog in place, and looks things up in it.
 *
 *   0 "SHEAFCAT"   8 version, header size   16 first ordinal   24 rows
 *   32 size of all   40 section table, 32 bytes each   … 8 bytes of XXH3
 *
 * The header stands at both ends, so that one flipped bit cannot lose it. */
#include "store/catalog.h"

#include "base/hash.h"
#include "base/slice.h"
#include "base/status.h"

enum { HEAD = SHEAF_CATALOG_HEAD, ROW = SHEAF_CATALOG_ROW, SUM = 8, TRAILER = 8 };

uint64_t sheaf_catalog_checksum(sheaf_slice header) {
    return sheaf_hash64(sheaf_slice_part(header, 0, header.size - SUM));
}

/* The header that begins at offset at of bytes, when it is sound. */
static bool sound_header(sheaf_slice *out, sheaf_slice bytes, uint64_t at) {
    sheaf_slice rest = at < bytes.size ? sheaf_slice_part(bytes, at, bytes.size) : (sheaf_slice){0};
    if (rest.size < HEAD + SUM || !sheaf_slice_starts(rest, SLICE("SHEAFCAT")))
        return false;
    uint32_t size = sheaf_get32(rest.data + 12);
    if (size < HEAD + SUM || size > rest.size || (size - HEAD - SUM) % ROW != 0 ||
        size > HEAD + SUM + ROW * SHEAF_CATALOG_SECTIONS_MAX)
        return false;
    *out = sheaf_slice_part(rest, 0, size);
    return sheaf_get64(rest.data + size - SUM) == sheaf_catalog_checksum(*out) &&
           sheaf_get64(rest.data + 32) == bytes.size;
}

static bool find_header(sheaf_slice *out, sheaf_slice bytes) {
    if (sound_header(out, bytes, 0))
        return true;
    uint64_t size = bytes.size < TRAILER ? 0 : sheaf_get64(bytes.data + bytes.size - TRAILER);
    return size <= bytes.size && bytes.size - size >= TRAILER &&
           sound_header(out, bytes, bytes.size - TRAILER - size);
}

/* Sections lie one behind the other, with nothing between. A section that this
 * version does not know is passed over, unless it says that it must not be. */
static sheaf_status read_section(sheaf_catalog *out, const char *row, uint64_t *at, uint64_t end,
                                 sheaf_error *error) {
    unsigned number = sheaf_get16(row), flags = sheaf_get16(row + 2);
    sheaf_column column = {.width = (uint8_t)row[4],
                           .shift = (uint8_t)row[5],
                           .count = sheaf_get64(row + 8),
                           .base = sheaf_get64(row + 16)};
    uint64_t offset = sheaf_get64(row + 24);
    if (column.width > 8 || column.shift > 63 || offset != *at ||
        (column.width && column.count > (end - offset) / column.width))
        return sheaf_fail(error, SHEAF_CORRUPT, "section %u has no right place", number);
    *at += column.count * column.width;
    if (number == 0 || number >= SHEAF_SECTION_COUNT)
        return flags & 1 ? sheaf_fail(error, SHEAF_UNSUPPORTED,
                                      "section %u needs a newer version of sheaf", number)
                         : SHEAF_OK;
    if (out->section[number].data)
        return sheaf_fail(error, SHEAF_CORRUPT, "section %u is there twice", number);
    column.mask = sheaf_column_mask(column.width);
    column.data = (const uint8_t *)out->bytes.data + offset;
    out->section[number] = column;
    return SHEAF_OK;
}

static bool same_counts(const sheaf_catalog *catalog, int from, int to, uint64_t count) {
    for (int i = from; i <= to; i++) {
        if (!catalog->section[i].data || catalog->section[i].count != count)
            return false;
    }
    return true;
}

/* Lists of first places begin at 0 and are there as soon as there are rows. */
static bool starts(const sheaf_column *column, uint64_t rows) {
    return rows ? column->count > 0 && sheaf_column_get(column, 0) == 0 : column->count == 0;
}

static bool is_bytes(const sheaf_column *column) {
    return column->data && column->width == 1;
}

/* Of two articles one has a place that is not 0, so that the column takes a
 * byte for each: a small file cannot claim many articles. */
static bool is_plausible(const sheaf_catalog *c) {
    return c->rows <= UINT32_MAX && c->first <= INT64_MAX &&
           (c->rows < 2 || c->section[SHEAF_SECTION_PLACE].width > 0);
}

static bool fits_together(const sheaf_catalog *c) {
    const sheaf_column *s = c->section;
    return is_plausible(c) && s[SHEAF_SECTION_ODD].data && s[SHEAF_SECTION_WINDOW].data &&
           same_counts(c, SHEAF_SECTION_ID, SHEAF_SECTION_ORDER, c->rows) &&
           (!s[SHEAF_SECTION_URL_HASH].data || s[SHEAF_SECTION_URL_HASH].count == c->rows) &&
           same_counts(c, SHEAF_SECTION_BLOCK_COMMIT, SHEAF_SECTION_BLOCK_PART,
                       s[SHEAF_SECTION_BLOCK_COMMIT].count) &&
           same_counts(c, SHEAF_SECTION_FRAME_FIRST, SHEAF_SECTION_FRAME_RAW,
                       s[SHEAF_SECTION_FRAME_FIRST].count) &&
           same_counts(c, SHEAF_SECTION_TEXT_FIRST, SHEAF_SECTION_TEXT_RAW,
                       s[SHEAF_SECTION_TEXT_FIRST].count) &&
           s[SHEAF_SECTION_ODD].count <= c->rows && s[SHEAF_SECTION_WINDOW].count <= c->rows &&
           s[SHEAF_SECTION_BLOCK_COMMIT].count <= s[SHEAF_SECTION_FRAME_FIRST].count &&
           s[SHEAF_SECTION_FRAME_FIRST].count <= c->rows &&
           s[SHEAF_SECTION_TEXT_FIRST].count <= c->rows &&
           starts(&s[SHEAF_SECTION_WINDOW], c->rows) &&
           starts(&s[SHEAF_SECTION_FRAME_FIRST], c->rows) &&
           starts(&s[SHEAF_SECTION_TEXT_FIRST], c->rows) && is_bytes(&s[SHEAF_SECTION_TEXTS]) &&
           s[SHEAF_SECTION_LANGUAGE_ENDS].data && is_bytes(&s[SHEAF_SECTION_LANGUAGES]) &&
           s[SHEAF_SECTION_SITE_ENDS].data && is_bytes(&s[SHEAF_SECTION_SITES]) &&
           s[SHEAF_SECTION_PUBLISHER_ENDS].data && is_bytes(&s[SHEAF_SECTION_PUBLISHERS]);
}

sheaf_status sheaf_catalog_parse(sheaf_catalog *out, sheaf_slice bytes, sheaf_error *error) {
    sheaf_slice header;
    if (!find_header(&header, bytes))
        return sheaf_fail(error, SHEAF_CORRUPT, "both headers of the catalog are damaged");
    if (sheaf_get32(header.data + 8) != SHEAF_FORMAT_VERSION)
        return sheaf_fail(error, SHEAF_UNSUPPORTED, "the catalog has version %u; this reads 1",
                          (unsigned)sheaf_get32(header.data + 8));
    sheaf_catalog catalog = {.bytes = bytes,
                             .first = sheaf_get64(header.data + 16),
                             .rows = sheaf_get64(header.data + 24)};
    if (bytes.size < 2 * header.size + TRAILER)
        return sheaf_fail(error, SHEAF_CORRUPT, "the catalog is cut short");
    uint64_t at = header.size, end = bytes.size - TRAILER - header.size;
    for (size_t row = HEAD; row < header.size - SUM; row += ROW) {
        sheaf_status status = read_section(&catalog, header.data + row, &at, end, error);
        if (status != SHEAF_OK)
            return status;
    }
    if (at != end || !fits_together(&catalog))
        return sheaf_fail(error, SHEAF_CORRUPT, "the sections of the catalog do not fit together");
    *out = catalog;
    return SHEAF_OK;
}

sheaf_slice sheaf_catalog_name(const sheaf_catalog *catalog, sheaf_section ends, uint64_t code) {
    const sheaf_column *column = &catalog->section[ends], *bytes = &catalog->section[ends + 1];
    if (code == 0 || code > column->count)
        return (sheaf_slice){0};
    uint64_t from = code > 1 ? sheaf_column_get(column, code - 2) : 0;
    uint64_t to = sheaf_column_get(column, code - 1);
    if (from > to || to > bytes->count)
        return (sheaf_slice){0};
    return sheaf_slice_from((const char *)bytes->data + from, (size_t)(to - from));
}

bool sheaf_catalog_is_odd(const sheaf_catalog *catalog, uint64_t ordinal) {
    const sheaf_column *odd = &catalog->section[SHEAF_SECTION_ODD];
    return odd->count && sheaf_column_get(odd, sheaf_column_floor(odd, ordinal)) == ordinal;
}

/* First position of ORDER whose id is at least number. */
static uint64_t lower_bound(const sheaf_catalog *catalog, uint64_t number) {
    uint64_t low = 0, high = catalog->rows;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        uint64_t ordinal = sheaf_catalog_get(catalog, SHEAF_SECTION_ORDER, middle);
        if (ordinal < catalog->rows &&
            sheaf_catalog_get(catalog, SHEAF_SECTION_ID, ordinal) < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void sheaf_catalog_ids(const sheaf_catalog *catalog, uint64_t low, uint64_t high, uint64_t *from,
                       uint64_t *to) {
    *from = lower_bound(catalog, low);
    *to = high == UINT64_MAX ? catalog->rows : lower_bound(catalog, high + 1);
    if (*to < *from)
        *to = *from;
}

uint32_t sheaf_url_hash(sheaf_slice url) {
    return url.size ? 1 + (uint32_t)(sheaf_hash64(url) % 0xFFFFFF) : 0;
}

uint64_t sheaf_id_number(sheaf_slice id, bool *odd) {
    uint64_t number = 0;
    *odd = id.size != 16;
    for (size_t i = 0; i < id.size && !*odd; i++) {
        char c = id.data[i];
        if (sheaf_is_digit(c))
            number = number << 4 | (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            number = number << 4 | (uint64_t)(c - 'a' + 10);
        else
            *odd = true;
    }
    if (!*odd)
        return number;
    uint8_t digest[SHEAF_SHA256_SIZE];
    sheaf_sha256(id, digest);
    return sheaf_get64(digest);
}
