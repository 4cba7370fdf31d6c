/* lookup.c - finds an article by its URL.
 *
 * Each article has 24 bits of the hash of its URL in a column of its own. The
 * column is looked through from end to end, which takes a millisecond for a
 * million articles; where the bits agree, the URL itself is compared. A segment
 * that has no article from the site is passed over at once. Catalogs without
 * the column, or with nothing known in it, are looked through by site. */
#include "article/url.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/file.h"

typedef struct lookup {
    sheaf_file *file;
    sheaf_slice url;
    sheaf_slice site;
    uint32_t hash;
    uint64_t code; /* of the site in the volume that is looked at */
    uint64_t found, first, second;
} lookup;

/* Whether the volume has articles from the site; without one all may be it. */
static bool enter(lookup *l, const sheaf_catalog *catalog) {
    uint64_t count = catalog->section[SHEAF_SECTION_SITE_ENDS].count;
    l->code = 0;
    for (uint64_t code = 1; l->site.size && code <= count && !l->code; code++) {
        sheaf_slice name = sheaf_catalog_name(catalog, SHEAF_SECTION_SITE_ENDS, code);
        if (sheaf_slice_equal(name, l->site))
            l->code = code;
    }
    return l->code || !l->site.size;
}

static sheaf_status compare(lookup *l, const sheaf_volume *volume, uint64_t local,
                            sheaf_error *error) {
    sheaf_slice url;
    if (sheaf_catalog_get(&volume->catalog, SHEAF_SECTION_SITE, local) != l->code ||
        sheaf_file_is_gone(l->file, volume->catalog.first + local))
        return SHEAF_OK;
    sheaf_status status = sheaf_file_text(l->file, volume, local, SHEAF_TEXT_URL, &url, error);
    if (status != SHEAF_OK || !sheaf_slice_equal(url, l->url))
        return status;
    if (l->found++ == 0)
        l->first = volume->catalog.first + local;
    else
        l->second = volume->catalog.first + local;
    return SHEAF_OK;
}

static sheaf_status look(lookup *l, const sheaf_volume *volume, sheaf_error *error) {
    const sheaf_catalog *catalog = &volume->catalog;
    const sheaf_column *hashes = &catalog->section[SHEAF_SECTION_URL_HASH];
    sheaf_status status = SHEAF_OK;
    if (!enter(l, catalog))
        return SHEAF_OK;
    for (uint64_t i = 0; i < catalog->rows && l->found < 2 && status == SHEAF_OK; i++) {
        uint64_t hash = hashes->data ? sheaf_column_get(hashes, i) : 0;
        if (hash == l->hash || hash == 0)
            status = compare(l, volume, i, error);
    }
    return status;
}

sheaf_status sheaf_file_find_url(sheaf_file *file, uint64_t *ordinal, sheaf_slice url,
                                 sheaf_error *error) {
    lookup l = {.file = file, .url = url, .site = sheaf_url_site(url), .hash = sheaf_url_hash(url)};
    sheaf_status status = SHEAF_OK;
    if (url.size == 0)
        return sheaf_fail(error, SHEAF_MISUSE, "an empty URL");
    for (size_t i = 0; i < file->volume_count && l.found < 2 && status == SHEAF_OK; i++)
        status = look(&l, &file->volumes[i], error);
    if (status != SHEAF_OK)
        return status;
    if (l.found == 0)
        return sheaf_fail(error, SHEAF_MISSING, "%s: no article has the URL %.*s", file->path,
                          SLICE_ARGS(url));
    if (l.found > 1)
        return sheaf_fail(error, SHEAF_MISUSE,
                          "%s: more than one article has this URL; the first two are %llu and %llu",
                          file->path, (unsigned long long)l.first + 1,
                          (unsigned long long)l.second + 1);
    *ordinal = l.first;
    return SHEAF_OK;
}
