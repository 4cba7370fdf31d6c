/* status.c - statuses in words, and errors that carry one sentence. */
#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *sheaf_status_text(sheaf_status status) {
    static const char *const text[] = {
#define X(name, words) words,
        SHEAF_STATUSES(X)
#undef X
    };
    return status < SHEAF_STATUS_COUNT ? text[status] : "unknown status";
}

sheaf_status sheaf_fail(sheaf_error *error, sheaf_status status, const char *format, ...) {
    if (!error)
        return status;
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

sheaf_status sheaf_fail_within(sheaf_error *error, sheaf_status status, const char *format, ...) {
    if (!error)
        return status;
    char inner[sizeof error->message];
    memcpy(inner, error->message, sizeof inner);
    va_list arguments;
    va_start(arguments, format);
    int used = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    error->status = status;
    for (size_t at = used < 0 ? sizeof error->message : (size_t)used, from = 0;
         at + 1 < sizeof error->message; at++, from++) {
        error->message[at] = from < 2 ? ": "[from] : inner[from - 2];
        if (error->message[at] == '\0')
            return status;
    }
    error->message[sizeof error->message - 1] = '\0';
    return status;
}

sheaf_status sheaf_fail_errno(sheaf_error *error, const char *doing, const char *path) {
    int cause = errno;
    sheaf_status status = cause == ENOMEM   ? SHEAF_NO_MEMORY
                          : cause == ENOENT ? SHEAF_MISSING
                                            : SHEAF_IO;
    return sheaf_fail(error, status, "%s: %s: %s", path, doing, strerror(cause));
}
