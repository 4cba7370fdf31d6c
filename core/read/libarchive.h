/* libarchive.h - libarchive, loaded when the first archive is opened.
 *
 * It brings eleven libraries along, and to load them takes longer than most commands
 * that open no archive. So the program is not linked with it; what is used of it is
 * listed here, and found by name. */
#ifndef SHEAF_READ_LIBARCHIVE_H
#define SHEAF_READ_LIBARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#include "sheaf.h"

#define SHEAF_LIBARCHIVE(X)                                                                        \
    X(archive_entry_filetype)                                                                      \
    X(archive_entry_hardlink)                                                                      \
    X(archive_entry_is_encrypted)                                                                  \
    X(archive_entry_pathname)                                                                      \
    X(archive_entry_pathname_utf8)                                                                 \
    X(archive_error_string)                                                                        \
    X(archive_format)                                                                              \
    X(archive_read_data)                                                                           \
    X(archive_read_free)                                                                           \
    X(archive_read_new)                                                                            \
    X(archive_read_next_header)                                                                    \
    X(archive_read_open1)                                                                          \
    X(archive_read_set_callback_data)                                                              \
    X(archive_read_set_read_callback)                                                              \
    X(archive_read_set_seek_callback)                                                              \
    X(archive_read_support_filter_all)                                                             \
    X(archive_read_support_format_7zip)                                                            \
    X(archive_read_support_format_ar)                                                              \
    X(archive_read_support_format_cab)                                                             \
    X(archive_read_support_format_cpio)                                                            \
    X(archive_read_support_format_iso9660)                                                         \
    X(archive_read_support_format_rar)                                                             \
    X(archive_read_support_format_rar5)                                                            \
    X(archive_read_support_format_raw)                                                             \
    X(archive_read_support_format_tar)                                                             \
    X(archive_read_support_format_xar)                                                             \
    X(archive_read_support_format_zip)                                                             \
    X(archive_set_error)

/* Each function, under its own name. */
typedef struct sheaf_libarchive {
#define SHEAF_LIBARCHIVE_MEMBER(name) __typeof__(name) *name;
    SHEAF_LIBARCHIVE(SHEAF_LIBARCHIVE_MEMBER)
#undef SHEAF_LIBARCHIVE_MEMBER
} sheaf_libarchive;

/* Finds all of them. SHEAF_UNSUPPORTED when the library is not there. Once loaded it stays. */
sheaf_status sheaf_libarchive_load(sheaf_libarchive *out, sheaf_error *error);

#endif
