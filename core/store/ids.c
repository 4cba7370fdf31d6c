/* ids.c - a heap of cursors, the least on top. */
#include "store/ids.h"

#include "base/memory.h"

typedef struct cursor {
    const sheaf_catalog *catalog;
    size_t file;
    uint64_t next;        /* position in ORDER behind the present one */
    uint64_t id, ordinal; /* present */
} cursor;

struct sheaf_id_walk {
    sheaf_file *const *files;
    cursor *heap;
    size_t count;
};

static bool is_before(const cursor *a, const cursor *b) {
    if (a->id != b->id)
        return a->id < b->id;
    return a->file != b->file ? a->file < b->file : a->ordinal < b->ordinal;
}

static void sift_down(sheaf_id_walk *walk, size_t at) {
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < walk->count; child++) {
            if (is_before(&walk->heap[child], &walk->heap[least]))
                least = child;
        }
        if (least == at)
            return;
        cursor moved = walk->heap[at];
        walk->heap[at] = walk->heap[least];
        walk->heap[least] = moved;
        at = least;
    }
}

/* Goes to the next live article of one catalog. False at its end. */
static bool advance(const sheaf_id_walk *walk, cursor *c) {
    while (c->next < c->catalog->rows) {
        uint64_t local = sheaf_catalog_get(c->catalog, SHEAF_SECTION_ORDER, c->next++);
        if (local >= c->catalog->rows ||
            sheaf_file_is_gone(walk->files[c->file], c->catalog->first + local))
            continue;
        c->ordinal = c->catalog->first + local;
        c->id = sheaf_catalog_get(c->catalog, SHEAF_SECTION_ID, local);
        return true;
    }
    return false;
}

sheaf_id_walk *sheaf_id_walk_new(sheaf_file *const *files, size_t count) {
    size_t volumes = 0;
    sheaf_id_walk *walk = sheaf_calloc(1, sizeof *walk);
    for (size_t i = 0; i < count; i++)
        volumes += files[i]->volume_count;
    cursor *heap = sheaf_calloc(volumes, sizeof *heap);
    if (!walk || !heap) {
        sheaf_free(walk);
        sheaf_free(heap);
        return NULL;
    }
    *walk = (sheaf_id_walk){.files = files, .heap = heap};
    for (size_t i = 0; i < count; i++) {
        for (size_t v = 0; v < files[i]->volume_count; v++) {
            cursor *c = &heap[walk->count];
            *c = (cursor){.catalog = &files[i]->volumes[v].catalog, .file = i};
            walk->count += advance(walk, c);
        }
    }
    for (size_t i = walk->count / 2; i-- > 0;)
        sift_down(walk, i);
    return walk;
}

void sheaf_id_walk_free(sheaf_id_walk *walk) {
    if (!walk)
        return;
    sheaf_free(walk->heap);
    sheaf_free(walk);
}

bool sheaf_id_walk_next(sheaf_id_walk *walk, uint64_t *id, size_t *file, uint64_t *ordinal) {
    if (walk->count == 0)
        return false;
    cursor *top = &walk->heap[0];
    *id = top->id;
    *file = top->file;
    *ordinal = top->ordinal;
    if (!advance(walk, top))
        *top = walk->heap[--walk->count];
    sift_down(walk, 0);
    return true;
}
