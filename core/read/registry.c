/* registry.c - the readers there are, and who gets an input. */
#include "read/reader.h"

static const sheaf_reader *const readers[] = {
    &sheaf_folder_reader, &sheaf_archive_reader, &sheaf_warc_reader,
    &sheaf_json_reader,   &sheaf_page_reader,    &sheaf_dump_reader,
};

enum { READERS = sizeof readers / sizeof *readers };

const sheaf_reader *sheaf_reader_for(const sheaf_input *input, sheaf_slice head) {
    const sheaf_reader *best = NULL;
    int highest = 0;
    for (int i = 0; i < READERS; i++) {
        int bid = readers[i]->bid(input, head);
        if (bid > highest) {
            highest = bid;
            best = readers[i];
        }
    }
    return best;
}

const sheaf_reader *sheaf_reader_named(const char *name) {
    for (int i = 0; i < READERS; i++) {
        if (strcmp(readers[i]->name, name) == 0)
            return readers[i];
    }
    return NULL;
}
