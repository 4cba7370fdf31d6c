/* extras.c - copies originals/ entries under new numbers. */
#include "store/extras.h"

#include <stdio.h>
#include <string.h>

#include <libdeflate.h>

#include "base/slice.h"
#include "base/status.h"
#include "store/originals.h"

static bool is_original(const sheaf_entry *entry) {
    return sheaf_slice_starts(entry->name, SLICE("originals/"));
}

/* Is the entry, under whatever name, in the new file already? */
static bool is_there(const sheaf_emitter *emitter, const sheaf_entry *entry) {
    for (size_t i = 0; i < emitter->count; i++) {
        const sheaf_entry *other = &emitter->entries[i];
        if (is_original(other) && other->size == entry->size && other->crc == entry->crc)
            return true;
    }
    return false;
}

static void warn(const sheaf_life_options *options, const sheaf_file *file,
                 const sheaf_entry *entry) {
    char sentence[700];
    snprintf(sentence, sizeof sentence, "%.400s: %.*s is damaged and left out", file->path,
             SLICE_ARGS(entry->name));
    if (options->warn)
        options->warn(options->context, sentence);
}

sheaf_status sheaf_extras_carry(sheaf_carrier *carrier, const sheaf_choice *choices, size_t count,
                                const sheaf_life_options *options, sheaf_error *error) {
    uint64_t part = 0;
    sheaf_status status = SHEAF_OK;
    sheaf_emitter *emitter = sheaf_carrier_emitter(carrier);
    for (size_t i = 0; i < count; i++) {
        const sheaf_directory *directory = &choices[i].file->directory;
        for (size_t at = 0; at < directory->count && status == SHEAF_OK; at++) {
            char room[SHEAF_NAME_ROOM];
            const sheaf_entry *entry = &directory->entries[at];
            if (!is_original(entry) || is_there(emitter, entry))
                continue;
            sheaf_slice data = sheaf_file_data(choices[i].file, entry);
            if (libdeflate_crc32(0, data.data, data.size) != entry->crc)
                warn(options, choices[i].file, entry);
            else if (++part > SHEAF_PART_LAST)
                status = sheaf_fail(error, SHEAF_LIMIT, "too many originals for one commit");
            else
                status =
                    sheaf_emitter_whole(emitter, sheaf_name_originals(room, 1, part), data, error);
        }
    }
    return status;
}
