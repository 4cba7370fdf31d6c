/* status.h - says once, where the cause is known, what went wrong. */
#ifndef SHEAF_BASE_STATUS_H
#define SHEAF_BASE_STATUS_H

#include "sheaf.h"

/* Fills error (NULL is allowed) and returns status, so that a failing function
 * ends with: return sheaf_fail(error, SHEAF_IO, "%s: %s", path, cause); */
sheaf_status sheaf_fail(sheaf_error *error, sheaf_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "what: " before the message: what the caller was doing or where. */
sheaf_status sheaf_fail_within(sheaf_error *error, sheaf_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed system call; errno is kept in the text. */
sheaf_status sheaf_fail_errno(sheaf_error *error, const char *doing, const char *path);

#endif
