/* glance.c - columns of one article: see glance.h. */
#include "store/glance.h"

#include "base/slice.h"
#include "store/file.h"

static sheaf_slice name_of(const sheaf_catalog *catalog, sheaf_section codes, sheaf_section ends,
                           uint64_t local) {
    return sheaf_catalog_name(catalog, ends, sheaf_catalog_get(catalog, codes, local));
}

void sheaf_file_glance(const sheaf_file *file, uint64_t ordinal, sheaf_glance *out) {
    const sheaf_volume *volume = sheaf_file_volume(file, ordinal);
    const sheaf_catalog *catalog = &volume->catalog;
    uint64_t local = ordinal - catalog->first;
    uint64_t id = sheaf_catalog_get(catalog, SHEAF_SECTION_ID, local);
    uint64_t stamp = sheaf_catalog_get(catalog, SHEAF_SECTION_PUBLISHED, local);
    out->whole = !sheaf_catalog_is_odd(catalog, local) && !sheaf_stamp_is_odd(stamp);
    for (int i = 0; i < 16; i++)
        out->id_text[i] = "0123456789abcdef"[id >> (60 - 4 * i) & 15];
    out->id = sheaf_slice_from(out->id_text, 16);
    out->published = (sheaf_slice){0};
    if (!sheaf_stamp_is_odd(stamp))
        out->published =
            sheaf_slice_from(out->published_text, sheaf_stamp_text(out->published_text, stamp));
    out->language = name_of(catalog, SHEAF_SECTION_LANGUAGE, SHEAF_SECTION_LANGUAGE_ENDS, local);
    out->site = name_of(catalog, SHEAF_SECTION_SITE, SHEAF_SECTION_SITE_ENDS, local);
    out->publisher = name_of(catalog, SHEAF_SECTION_PUBLISHER, SHEAF_SECTION_PUBLISHER_ENDS, local);
    out->bytes = sheaf_catalog_get(catalog, SHEAF_SECTION_BYTES, local);
    out->words = sheaf_catalog_get(catalog, SHEAF_SECTION_WORDS, local);
}
