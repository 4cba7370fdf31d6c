/* index_entries.c - index/K-S.sfi in commits of their own. */
#include "store/index_entries.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/amend.h"

struct sheaf_index_commit {
    sheaf_amend amend;
    uint64_t parts;
};

bool sheaf_file_index(const sheaf_file *file, size_t i, sheaf_slice *name, sheaf_slice *data) {
    const sheaf_directory *directory = &file->directory;
    for (size_t at = 0; at < directory->count; at++) {
        const sheaf_entry *entry = &directory->entries[at];
        if (!sheaf_slice_starts(entry->name, SLICE("index/")) ||
            !sheaf_slice_ends(entry->name, SLICE(".sfi")) || i-- > 0)
            continue;
        *name = entry->name;
        *data = sheaf_file_data(file, entry);
        return true;
    }
    return false;
}

sheaf_status sheaf_index_commit_open(sheaf_index_commit **out, const char *path,
                                     sheaf_error *error) {
    sheaf_index_commit *c = sheaf_calloc(1, sizeof *c);
    if (!c)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    sheaf_status status = sheaf_amend_open(&c->amend, path, error);
    if (status == SHEAF_OK)
        *out = c;
    else
        sheaf_index_commit_close(c);
    return status;
}

sheaf_file *sheaf_index_commit_file(sheaf_index_commit *c) {
    return c->amend.file;
}

sheaf_status sheaf_index_commit_begin(sheaf_index_commit *c, sheaf_error *error) {
    char name[SHEAF_NAME_ROOM];
    if (++c->parts > SHEAF_PART_LAST)
        return sheaf_fail(error, SHEAF_LIMIT, "a commit has at most %d segments of an index",
                          SHEAF_PART_LAST);
    snprintf(name, sizeof name, "index/%06llu-%04llu.sfi", (unsigned long long)c->amend.commit,
             (unsigned long long)c->parts);
    return sheaf_emitter_begin(&c->amend.emitter, sheaf_slice_of(name), error);
}

sheaf_status sheaf_index_commit_put(void *commit, sheaf_slice bytes, sheaf_error *error) {
    sheaf_index_commit *c = commit;
    return sheaf_emitter_put(&c->amend.emitter, bytes, error);
}

sheaf_status sheaf_index_commit_end(sheaf_index_commit *c, sheaf_error *error) {
    return sheaf_emitter_end(&c->amend.emitter, error);
}

sheaf_status sheaf_index_commit_drop(sheaf_index_commit *c, sheaf_slice name, sheaf_error *error) {
    return sheaf_emitter_drop(&c->amend.emitter, name, error);
}

sheaf_status sheaf_index_commit_finish(sheaf_index_commit *c, const char *plan,
                                       sheaf_error *error) {
    return sheaf_amend_commit(&c->amend, sheaf_file_live(c->amend.file),
                              c->amend.file->manifest.bytes, plan, error);
}

void sheaf_index_commit_close(sheaf_index_commit *c) {
    if (!c)
        return;
    sheaf_amend_close(&c->amend);
    sheaf_free(c);
}

void sheaf_index_left_out(const sheaf_file *file, const sheaf_life_options *options) {
    char sentence[700];
    sheaf_slice name, data;
    if (!options->warn || !sheaf_file_index(file, 0, &name, &data))
        return;
    snprintf(sentence, sizeof sentence,
             "the index of %.500s is not taken along, since articles are counted anew; run sheaf "
             "index again",
             file->path);
    options->warn(options->context, sentence);
}
