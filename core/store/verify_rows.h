/* verify_rows.h - does each catalog, and each layer, fit its rows? Jobs of verify.c.
 *
 * A job is a window of a volume, the orders of a whole volume, or some frames of a
 * layer. Jobs may run
 * in threads; each keeps its problems until they are taken. */
#ifndef SHEAF_STORE_VERIFY_ROWS_H
#define SHEAF_STORE_VERIFY_ROWS_H

#include "store/file.h"

typedef struct sheaf_rows_check sheaf_rows_check;

sheaf_status sheaf_rows_check_open(sheaf_rows_check **out, const sheaf_file *file, unsigned workers,
                                   sheaf_error *error);
size_t sheaf_rows_check_jobs(const sheaf_rows_check *check);

/* Does one job. SHEAF_NO_MEMORY; what is wrong with the file is a problem. */
sheaf_status sheaf_rows_check_work(sheaf_rows_check *check, unsigned worker, size_t job,
                                   sheaf_error *error);

/* Its problems, a line each, until the next is taken; and how many packed bytes
 * it went over. */
sheaf_slice sheaf_rows_check_take(sheaf_rows_check *check, size_t job, uint64_t *bytes);

void sheaf_rows_check_close(sheaf_rows_check *check);

#endif
