/* sheet.h - one layers/ entry, for the rest of this room.
 *
 * The skippable frame at its end, which zstd passes over:
 *   0 magic 0x184D2A5E   4 size of what follows   8 "SHEAFLYR"
 *   16 version 1 (4)   20 number of columns (4)   24 table: columns × 24
 *   … the columns …   8 bytes XXH3 from byte 8 on   8 bytes size of all this */
#ifndef SHEAF_STORE_SHEET_H
#define SHEAF_STORE_SHEET_H

#include "store/carry.h"
#include "store/column.h"
#include "store/file.h"
#include "store/layer.h"
#include "store/pool.h"

enum {
    SHEAF_SHEET_FIRST,   /* of each frame: number of its first row */
    SHEAF_SHEET_OFFSET,  /* in the entry */
    SHEAF_SHEET_PACKED,  /* bytes */
    SHEAF_SHEET_RAW,     /* bytes when unpacked */
    SHEAF_SHEET_ORDINAL, /* of each row, ascending */
    SHEAF_SHEET_COLUMNS
};

typedef struct sheaf_sheet {
    const sheaf_entry *entry;
    sheaf_slice name, version, data;
    uint64_t commit;
    uint64_t rows, frames;
    sheaf_column column[SHEAF_SHEET_COLUMNS];
} sheaf_sheet;

/* Takes the name of a layers/ entry apart. False when it is none. */
bool sheaf_sheet_name(sheaf_sheet *sheet, sheaf_slice entry_name);

/* The sheet of an entry whose name begins with layers/. */
sheaf_status sheaf_sheet_parse(sheaf_sheet *sheet, const sheaf_file *file, const sheaf_entry *entry,
                               sheaf_error *error);

/* The packed bytes of a frame, and its rows [*from, *to). */
sheaf_status sheaf_sheet_frame(const sheaf_sheet *sheet, uint64_t frame, sheaf_slice *packed,
                               uint64_t *from, uint64_t *to, sheaf_error *error);

/* Unpacks a frame into out, which is emptied first. */
sheaf_status sheaf_sheet_unpack(const sheaf_sheet *sheet, uint64_t frame, sheaf_buffer *out,
                                sheaf_error *error);

/* Checks the rows of frames [from, to) against their articles, which are read through
 * file into article. Calls problem for each row that is wrong; true ends it. Other
 * than SHEAF_OK: it could not be found out. */
typedef bool (*sheaf_sheet_problem_fn)(void *context, const char *sentence);
sheaf_status sheaf_sheet_verify(const sheaf_sheet *sheet, sheaf_file *file, uint64_t from,
                                uint64_t to, sheaf_article *article, sheaf_sheet_problem_fn problem,
                                void *context, sheaf_error *error);

/* A sheet on its way to an entry. */
typedef struct sheaf_sheet_builder {
    sheaf_emitter *emitter;
    sheaf_pool *pool;
    sheaf_numbers column[SHEAF_SHEET_COLUMNS];
    sheaf_buffer rows; /* of the frame that fills */
    uint64_t waiting;  /* how many */
} sheaf_sheet_builder;

/* Begins the entry. {0} before; the caller clears it, whatever happens. */
sheaf_status sheaf_sheet_begin(sheaf_sheet_builder *b, sheaf_emitter *emitter, sheaf_pool *pool,
                               sheaf_slice name, sheaf_slice version, uint64_t commit,
                               sheaf_error *error);
/* row is a line without its newline. */
sheaf_status sheaf_sheet_add(sheaf_sheet_builder *b, uint64_t ordinal, sheaf_slice row,
                             sheaf_error *error);
/* A frame as it is; its ordinals are to be put into the column by the caller. */
sheaf_status sheaf_sheet_copy(sheaf_sheet_builder *b, sheaf_slice packed, uint64_t raw,
                              uint64_t first_row, sheaf_error *error);
sheaf_status sheaf_sheet_flush(sheaf_sheet_builder *b, sheaf_error *error);
sheaf_status sheaf_sheet_end(sheaf_sheet_builder *b, sheaf_error *error);
void sheaf_sheet_clear(sheaf_sheet_builder *b);

/* Carries the layers of the chosen articles into the carrier's file. Those that
 * are damaged are told to options->warn and left out. */
sheaf_status sheaf_layers_carry(sheaf_carrier *carrier, const sheaf_choice *choices, size_t count,
                                uint32_t wanted, const sheaf_life_options *options,
                                sheaf_error *error);

#endif
