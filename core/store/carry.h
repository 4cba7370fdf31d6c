/* carry.h - takes articles from sheaves into a new one, frame by frame.
 *
 *   window of a source           all of it chosen, and large ──► frames as they are
 *                                most of it                  ──► only frames with
 *                                                                holes packed again
 *                                little, or a small window   ──► rows, to a window
 *                                                                that others share
 *
 * Ordinals are given in the order of taking. The new sheaf has one commit; or the
 * frames go to a commit of an old one (tiers.h). */
#ifndef SHEAF_STORE_CARRY_H
#define SHEAF_STORE_CARRY_H

#include "store/emit.h"
#include "store/file.h"
#include "store/life.h"
#include "store/pool.h"

/* Which articles of a file go where: part[ordinal] is 0 for nowhere, or else the
 * number of an output. */
typedef struct sheaf_choice {
    sheaf_file *file;
    const uint32_t *part;
    uint64_t base; /* the ordinal that the first chosen one has got; by sheaf_carrier_take */
} sheaf_choice;

typedef struct sheaf_carrier sheaf_carrier;

/* Creates path as the writer does. keep: take every frame as it is, however
 * small its window. */
sheaf_status sheaf_carrier_open(sheaf_carrier **out, const char *path, bool keep,
                                const sheaf_life_options *options, sheaf_error *error);

/* Writes into a commit of the source itself: what is taken keeps its ordinals, from
 * first on; the frames of large windows stay where they are. */
sheaf_status sheaf_carrier_open_within(sheaf_carrier **out, sheaf_emitter *emitter, uint64_t commit,
                                       uint64_t first, const sheaf_life_options *options,
                                       sheaf_error *error);

/* Do frames of that articles/ entry stay? */
bool sheaf_carrier_stays(const sheaf_carrier *carrier, uint64_t commit, uint64_t part);

/* Takes what goes to part number wanted. */
sheaf_status sheaf_carrier_take(sheaf_carrier *carrier, sheaf_choice *choice, uint32_t wanted,
                                sheaf_error *error);

/* Ends the last catalog. After this come layers and entries of other kinds. */
sheaf_status sheaf_carrier_settle(sheaf_carrier *carrier, sheaf_error *error);

/* For sheaf_layers_carry, and for entries of other kinds. */
sheaf_emitter *sheaf_carrier_emitter(sheaf_carrier *carrier);
sheaf_pool *sheaf_carrier_pool(sheaf_carrier *carrier);

/* Commits and gives the file its name. */
sheaf_status sheaf_carrier_commit(sheaf_carrier *carrier, const char *plan, sheaf_error *error);

/* Adds what was done to counts; NULL is allowed. */
void sheaf_carrier_counts(const sheaf_carrier *carrier, sheaf_life_counts *counts);

void sheaf_carrier_close(sheaf_carrier *carrier);

#endif
