/* window.h - articles are held back until there are enough to sort.
 *
 *   add ──► incoming rows ──► sort by script and topic ──► frames ──► pool
 *           up to 24 MiB       ordinals remember            cut at line ends
 *
 * What lies together compresses together. The order changes nothing for readers
 * in order of ordinals: the place of each article is written down. Two windows
 * are in memory at most, one that fills and one that is being compressed. */
#ifndef SHEAF_STORE_WINDOW_H
#define SHEAF_STORE_WINDOW_H

#include "store/catalog.h"
#include "store/pool.h"

typedef struct sheaf_window sheaf_window;

#define SHEAF_WINDOW_KEY_BITS 32 /* of a key, below its group */

/* frame_bytes: aim for rows. NULL when memory is out. */
sheaf_window *sheaf_window_new(size_t frame_bytes);
void sheaf_window_free(sheaf_window *window);

/* Where the next row is to be written; sheaf_window_add follows. */
sheaf_buffer *sheaf_window_rows(sheaf_window *window);

/* Takes what was appended to the rows since the last add as the row of one
 * article, with its strings. key has 40 bits: the highest 8 are a group, which
 * lies together whatever it is about; in the group it says where the search for
 * like articles begins. False when memory is out. */
bool sheaf_window_add(sheaf_window *window, uint64_t key, const sheaf_slice text[SHEAF_TEXT_COUNT]);

/* Forgets what was appended to the rows since the last add. */
void sheaf_window_drop(sheaf_window *window);

bool sheaf_window_is_full(const sheaf_window *window);

/* Bytes of the rows in it. */
size_t sheaf_window_bytes(const sheaf_window *window);
size_t sheaf_window_count(const sheaf_window *window);

/* What becomes of a window: jobs for the frames of rows, then those of strings;
 * place[i] of the article that came as number i. place is good until the next
 * sort, what the jobs point at until the next seal, jobs and first until the one
 * after it. */
typedef struct sheaf_sealed {
    sheaf_job *jobs;
    uint64_t *first; /* of each job: the place of its first article */
    size_t row_frames;
    size_t text_frames;
    const uint32_t *place;
    size_t count;
} sheaf_sealed;

/* Sorts what is in the window. May be called while the window before it is being
 * compressed; sealing does it too. False when memory is out. */
bool sheaf_window_sort(sheaf_window *window);

/* Sorts and cuts, and begins to fill the next window. False when memory is out. */
bool sheaf_window_seal(sheaf_window *window, sheaf_sealed *sealed);

/* Says that the jobs are done: what they point at may be filled next, so that
 * whoever waits for each window needs the memory of one. */
void sheaf_window_release(sheaf_window *window);

#endif
