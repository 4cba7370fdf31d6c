/* store_catalog.c - any bytes as a catalog, with its frames in the same bytes.
 *
 * The checksum and the size in the header are made good first: a fuzzer cannot
 * guess them, and an enemy can compute them. */
#include <stdlib.h>
#include <string.h>

#include "store/catalog.h"
#include "store/stamp.h"
#include "store/unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put64(char *to, uint64_t value) {
    for (int i = 0; i < 8; i++)
        to[i] = (char)(value >> (8 * i));
}

static void make_good(char *bytes, size_t size) {
    if (size < SHEAF_CATALOG_HEAD + 8)
        return;
    uint32_t header = sheaf_get32(bytes + 12);
    if (header < SHEAF_CATALOG_HEAD + 8 || header > size)
        return;
    put64(bytes + 32, size);
    put64(bytes + header - 8, sheaf_catalog_checksum((sheaf_slice){bytes, header}));
}

static void look_at(const sheaf_volume *volume, uint64_t i, sheaf_unpacker *rows,
                    sheaf_unpacker *texts) {
    const sheaf_catalog *catalog = &volume->catalog;
    char text[SHEAF_STAMP_ROOM];
    uint64_t from, to, id = sheaf_catalog_get(catalog, SHEAF_SECTION_ID, i);
    uint64_t place = sheaf_catalog_get(catalog, SHEAF_SECTION_PLACE, i);
    sheaf_slice item;
    sheaf_catalog_ids(catalog, id, id, &from, &to);
    sheaf_catalog_is_odd(catalog, i);
    sheaf_catalog_name(catalog, SHEAF_SECTION_SITE_ENDS,
                       sheaf_catalog_get(catalog, SHEAF_SECTION_SITE, i));
    sheaf_stamp_text(text, sheaf_catalog_get(catalog, SHEAF_SECTION_PUBLISHED, i));
    if (place >= catalog->rows)
        return;
    sheaf_unpacker_get(rows, volume, place, 0, &item, NULL);
    for (unsigned group = 0; group < SHEAF_TEXT_COUNT; group++)
        sheaf_unpacker_get(texts, volume, place, group, &item, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *bytes = malloc(size ? size : 1);
    if (!bytes)
        return 0;
    if (size)
        memcpy(bytes, data, size);
    make_good(bytes, size);
    sheaf_slice whole = {bytes, size};
    sheaf_slice blocks[4] = {whole, whole, whole, whole};
    sheaf_volume volume = {.blocks = blocks, .block_count = 4, .name = {"fuzz", 4}};
    sheaf_unpacker *rows = sheaf_unpacker_new(SHEAF_FRAMES_ROWS);
    sheaf_unpacker *texts = sheaf_unpacker_new(SHEAF_FRAMES_TEXTS);
    if (rows && texts && sheaf_catalog_parse(&volume.catalog, whole, NULL) == SHEAF_OK) {
        for (uint64_t i = 0; i < volume.catalog.rows && i < 200; i++)
            look_at(&volume, i, rows, texts);
    }
    sheaf_unpacker_free(rows);
    sheaf_unpacker_free(texts);
    free(bytes);
    return 0;
}
