/* archive.c - every archive and compressed file that libarchive opens; the
 * only code that calls its reading side.
 *
 * Formats whose directory stands at the end (zip, 7z, iso) are given a
 * descriptor that can seek; all others stream, nested ones too. A lone
 * compressed file (x.jsonl.zst) is an archive of one entry without a name.
 * Nothing is ever unpacked to disk under its own name; entries whose names
 * would leave a folder are refused all the same, since exporters may use them. */
#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "read/libarchive.h"
#include "read/reader.h"

typedef struct unpacker {
    sheaf_libarchive lib;
    struct archive *archive;
    sheaf_input *input;
    sheaf_reporter *reporter;
    bool lone; /* one compressed file, not an archive */
    uint64_t entries;
    uint64_t passed;    /* entries that resume steps over */
    char *given;        /* name of the last child */
    sheaf_error pulled; /* what our own input said, if it failed */
} unpacker;

/* ---- who bids ----------------------------------------------------------------- */

typedef struct magic {
    size_t at;
    sheaf_slice bytes;
    bool seeks;  /* the directory stands elsewhere than in front */
    bool filter; /* a compression, which may hold a lone file */
} magic;

static const magic magics[] = {
    {0, SLICE("PK\x03\x04"), true, false},
    {0, SLICE("PK\x05\x06"), true, false},
    {0, SLICE("7z\xBC\xAF\x27\x1C"), true, false},
    {0, SLICE("Rar!\x1A\x07"), true, false},
    {0, SLICE("xar!"), true, false},
    {0, SLICE("MSCF\0\0\0\0"), true, false},
    {32769, SLICE("CD001"), true, false},
    {257, SLICE("ustar"), false, false},
    {0, SLICE("070701"), false, false},
    {0, SLICE("070702"), false, false},
    {0, SLICE("070707"), false, false},
    {0, SLICE("\xC7\x71"), false, false},
    {0, SLICE("!<arch>\n"), false, false},
    {0, SLICE("\x1F\x8B"), false, true},
    {0, SLICE("BZh"), false, true},
    {0,
     SLICE("\xFD"
           "7zXZ\0"),
     false, true},
    {0, SLICE("\x28\xB5\x2F\xFD"), false, true},
    {0, SLICE("\x04\x22\x4D\x18"), false, true},
    {0, SLICE("LZIP"), false, true},
    {0, SLICE("\x1F\x9D"), false, true},
    {0, SLICE("\x5D\0\0"), false, true},
};

static const magic *find_magic(sheaf_slice head) {
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        sheaf_slice there = sheaf_slice_part(head, magics[i].at, head.size);
        if (head.size > magics[i].at && sheaf_slice_starts(there, magics[i].bytes))
            return &magics[i];
    }
    return NULL;
}

/* Old tar has no magic, but a checksum over its header of 512 bytes. */
static bool is_old_tar(sheaf_slice head) {
    unsigned sum = 0;
    unsigned told = 0;
    if (head.size < 512 || head.data[0] == '\0')
        return false;
    for (size_t i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : (unsigned char)head.data[i];
    for (size_t i = 148; i < 156; i++) {
        if (head.data[i] >= '0' && head.data[i] <= '7')
            told = told * 8 + (unsigned)(head.data[i] - '0');
    }
    return told == sum;
}

static int bid(const sheaf_input *input, sheaf_slice head) {
    return !input->folder && (find_magic(head) || is_old_tar(head)) ? 90 : 0;
}

/* ---- bytes for libarchive ------------------------------------------------------- */

static la_ssize_t feed(struct archive *archive, void *context, const void **bytes) {
    unpacker *self = context;
    sheaf_slice block;
    if (sheaf_input_read(self->input, &block, &self->pulled)) {
        self->lib.archive_set_error(archive, EIO, "%s", self->pulled.message);
        return -1;
    }
    *bytes = block.data;
    return (la_ssize_t)block.size;
}

static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset, int whence) {
    unpacker *self = context;
    off_t at = lseek(self->input->fd, (off_t)offset, whence);
    if (at < 0)
        self->lib.archive_set_error(archive, errno, "cannot seek");
    return at < 0 ? ARCHIVE_FATAL : (la_int64_t)at;
}

/* libarchive converts names by the locale of the thread. */
static locale_t enter_utf8(void) {
    static _Thread_local locale_t utf8;
    if (!utf8)
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return utf8 ? uselocale(utf8) : (locale_t)0;
}

static void leave_utf8(locale_t before) {
    if (before)
        uselocale(before);
}

static sheaf_status broken(unpacker *self, const char *doing, sheaf_error *error) {
    if (self->pulled.status)
        return sheaf_fail(error, self->pulled.status, "%s", self->pulled.message);
    const char *text = self->lib.archive_error_string(self->archive);
    return sheaf_fail(error, SHEAF_BAD_INPUT, "%s: %s; what came before it was kept", doing,
                      text ? text : "the archive is damaged");
}

static int configure(unpacker *self, bool seeks, bool filter) {
    const sheaf_libarchive *lib = &self->lib;
    struct archive *archive = self->archive;
    lib->archive_read_support_filter_all(archive);
    lib->archive_read_support_format_tar(archive);
    lib->archive_read_support_format_zip(archive);
    lib->archive_read_support_format_7zip(archive);
    lib->archive_read_support_format_cpio(archive);
    lib->archive_read_support_format_iso9660(archive);
    lib->archive_read_support_format_rar(archive);
    lib->archive_read_support_format_rar5(archive);
    lib->archive_read_support_format_ar(archive);
    lib->archive_read_support_format_cab(archive);
    lib->archive_read_support_format_xar(archive);
    if (filter)
        lib->archive_read_support_format_raw(archive);
    lib->archive_read_set_read_callback(archive, feed);
    lib->archive_read_set_callback_data(archive, self);
    if (seeks)
        lib->archive_read_set_seek_callback(archive, seek);
    return lib->archive_read_open1(archive);
}

static void close_archive(void *state) {
    unpacker *self = state;
    if (self->archive)
        self->lib.archive_read_free(self->archive);
    sheaf_free(self->given);
    sheaf_free(self);
}

static sheaf_status start(unpacker *self, sheaf_error *error) {
    sheaf_slice head;
    sheaf_input *input = self->input;
    if (input->depth >= input->limits->archive_depth)
        return sheaf_fail(error, SHEAF_LIMIT, "archives are nested deeper than %zu",
                          input->limits->archive_depth);
    sheaf_status status = sheaf_input_peek(input, SHEAF_BID_BYTES, &head, error);
    if (status)
        return status;
    const magic *found = find_magic(head);
    bool seeks = found && found->seeks;
    if (seeks && (status = sheaf_input_seekable(input, error)) != SHEAF_OK)
        return status;
    if ((status = sheaf_libarchive_load(&self->lib, error)) != SHEAF_OK)
        return status;
    self->archive = self->lib.archive_read_new();
    if (!self->archive)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (configure(self, seeks, found && found->filter) != ARCHIVE_OK)
        return broken(self, "cannot open the archive", error);
    return SHEAF_OK;
}

static sheaf_status open_archive(void **state, sheaf_input *input, sheaf_reporter *reporter,
                                 sheaf_error *error) {
    unpacker *self = sheaf_calloc(1, sizeof *self);
    if (!self)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    self->input = input;
    self->reporter = reporter;
    locale_t before = enter_utf8();
    sheaf_status status = start(self, error);
    leave_utf8(before);
    if (status) {
        close_archive(self);
        return status;
    }
    *state = self;
    return SHEAF_OK;
}

/* ---- entries ---------------------------------------------------------------------- */

/* pull of a child: the next block of the entry's data. */
static sheaf_status pull_entry(sheaf_input *child, sheaf_slice *block, sheaf_error *error) {
    unpacker *self = child->source;
    sheaf_buffer_reset(&child->scratch);
    if (!sheaf_buffer_reserve(&child->scratch, 64 << 10))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    la_ssize_t got = self->lib.archive_read_data(self->archive, child->scratch.data, 64 << 10);
    if (got < 0)
        return broken(self, "cannot unpack", error);
    *block = (sheaf_slice){child->scratch.data, (size_t)got};
    return sheaf_input_charge(self->input, (size_t)got, error);
}

/* What keeps an entry from being read, or NULL. */
static const char *obstacle(const unpacker *self, struct archive_entry *entry, const char *name) {
    const sheaf_libarchive *lib = &self->lib;
    mode_t type = lib->archive_entry_filetype(entry);
    if (lib->archive_entry_hardlink(entry) || type == AE_IFLNK)
        return "a link; links in archives are not followed";
    if (type != AE_IFREG && type != 0)
        return "neither a file nor a folder";
    if (lib->archive_entry_is_encrypted(entry))
        return "encrypted; unpack it with its password first";
    if (name[0] == '/' || (name[0] && name[1] == ':' && name[2] == '\\'))
        return "an absolute path; repack it with relative names";
    for (const char *at = name; at; at = strchr(at, '/')) {
        at += *at == '/';
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
            return "its name leaves the archive (..); repack it with plain names";
    }
    return NULL;
}

/* The name to bid on: that of the compressed file without its last ending. */
static void lone_name(char *out, size_t size, const char *name) {
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot != name ? (size_t)(dot - name) : strlen(name);
    snprintf(out, size, "%.*s", (int)length, name);
}

static sheaf_status make_child(unpacker *self, const char *name, sheaf_input **child,
                               sheaf_error *error) {
    char bid_name[256];
    const char *slash = strrchr(name, '/');
    if (self->lone)
        lone_name(bid_name, sizeof bid_name, self->input->name);
    else
        snprintf(bid_name, sizeof bid_name, "%s", slash ? slash + 1 : name);
    sheaf_input *made = sheaf_input_child(self->input, self->lone ? "" : name, bid_name);
    if (!made)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    made->pull = pull_entry;
    made->source = self;
    *child = made;
    return SHEAF_OK;
}

static const char *entry_name(const unpacker *self, struct archive_entry *entry, char *numbered,
                              size_t size) {
    const char *name = self->lib.archive_entry_pathname_utf8(entry);
    if (!name)
        name = self->lib.archive_entry_pathname(entry);
    if (name && *name)
        return name;
    snprintf(numbered, size, "entry %llu", (unsigned long long)self->entries);
    return numbered;
}

static sheaf_status next_header(unpacker *self, struct archive_entry **entry, sheaf_error *error) {
    int got;
    do
        got = self->lib.archive_read_next_header(self->archive, entry);
    while (got == ARCHIVE_RETRY);
    if (got == ARCHIVE_EOF)
        return SHEAF_END;
    if (got < ARCHIVE_WARN)
        return broken(self, "cannot read on in the archive", error);
    if (++self->entries > self->input->limits->archive_entries)
        return sheaf_fail(error, SHEAF_LIMIT, "more than %llu entries",
                          (unsigned long long)self->input->limits->archive_entries);
    self->lone = self->lib.archive_format(self->archive) == ARCHIVE_FORMAT_RAW;
    return SHEAF_OK;
}

/* What stands beside the content of a zip that is more than a zip, and is no part of
 * the pile: a sheaf's catalogs and commits, and the indexes and page lists of a WACZ,
 * whose crawls are in archive/. */
static bool is_bookkeeping(const unpacker *self, const char *name) {
    sheaf_slice own = sheaf_slice_of(self->input->name);
    if (sheaf_slice_ends(own, SLICE(".sheaf")))
        return strncmp(name, "articles/", 9) != 0;
    return sheaf_slice_ends(own, SLICE(".wacz")) && strncmp(name, "archive/", 8) != 0;
}

/* Keeps the name of a child, for the mark. */
static sheaf_status note_given(unpacker *self, const char *name, sheaf_error *error) {
    size_t size = strlen(name) + 1;
    sheaf_free(self->given);
    self->given = sheaf_malloc(size);
    if (!self->given)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    memcpy(self->given, name, size);
    return SHEAF_OK;
}

static sheaf_status next_entry(unpacker *self, sheaf_input **child, sheaf_error *error) {
    for (;;) {
        struct archive_entry *entry;
        char numbered[40];
        sheaf_status status = next_header(self, &entry, error);
        if (status)
            return status;
        if (self->lib.archive_entry_filetype(entry) == AE_IFDIR || self->entries < self->passed)
            continue;
        const char *name = entry_name(self, entry, numbered, sizeof numbered);
        if (self->entries == self->passed && strcmp(name, self->given) != 0)
            return sheaf_mark_stale(error, sheaf_slice_of(self->given));
        if (is_bookkeeping(self, name))
            continue;
        const char *reason = self->lone ? NULL : obstacle(self, entry, name);
        if (!reason && (status = note_given(self, name, error)) == SHEAF_OK)
            return make_child(self, name, child, error);
        if (status)
            return status;
        char where[600];
        snprintf(where, sizeof where, "!%s", name);
        sheaf_report(self->reporter, self->input, where, SHEAF_UNSUPPORTED, reason);
    }
}

static sheaf_status next(void *state, sheaf_article *article, sheaf_input **child,
                         sheaf_error *error) {
    (void)article;
    locale_t before = enter_utf8();
    sheaf_status status = next_entry(state, child, error);
    leave_utf8(before);
    return status;
}

/* "number.name" of the entry that was given last. */
static void mark(const void *state, sheaf_buffer *out) {
    const unpacker *self = state;
    sheaf_buffer_printf(out, "%llu.%s", (unsigned long long)self->entries,
                        self->given ? self->given : "");
}

static sheaf_status resume(void *state, sheaf_slice mark, sheaf_error *error) {
    unpacker *self = state;
    char *name = sheaf_calloc(1, mark.size + 1);
    if (!name)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    self->given = name;
    if (!sheaf_mark_number(&mark, &self->passed))
        return sheaf_mark_stale(error, SLICE("an archive"));
    memcpy(name, mark.data, mark.size);
    return SHEAF_OK;
}

const sheaf_reader sheaf_archive_reader = {
    .name = "archive",
    .nests = true,
    .bid = bid,
    .open = open_archive,
    .next = next,
    .close = close_archive,
    .mark = mark,
    .resume = resume,
};
