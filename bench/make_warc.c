/* make_warc.c - a crawl out of saved pages, for measuring.
 *
 *   bench-make-warc OUT.warc.gz [--digest] FOLDER...
 *
 * Each file of the folders becomes a response record in a gzip member of its own, as
 * crawlers write them; with --digest it has the SHA-1 of its payload. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <libdeflate.h>
#include <nettle/sha1.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"

enum { LEVEL = 6, PATH = 4096 };

typedef struct maker {
    FILE *out;
    struct libdeflate_compressor *packer;
    sheaf_buffer page, record, member;
    bool digest;
    size_t count;
} maker;

static void give_up(const char *what, const char *path) {
    fprintf(stderr, "make-warc: cannot %s %s\n", what, path);
    exit(2);
}

static void read_page(maker *m, const char *path, size_t size) {
    FILE *file = fopen(path, "rb");
    sheaf_buffer_reset(&m->page);
    if (!file || !sheaf_buffer_reserve(&m->page, size + 1))
        give_up("open", path);
    m->page.size = fread(m->page.data, 1, size, file);
    fclose(file);
}

static void write_digest(maker *m) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint8_t digest[SHA1_DIGEST_SIZE];
    struct sha1_ctx context;
    sha1_init(&context);
    sha1_update(&context, m->page.size, (const uint8_t *)m->page.data);
    sha1_digest(&context, sizeof digest, digest);
    sheaf_buffer_printf(&m->record, "WARC-Payload-Digest: sha1:");
    for (size_t bit = 0; bit < sizeof digest * 8; bit += 5) {
        unsigned pair = (unsigned)digest[bit / 8] << 8;
        if (bit / 8 + 1 < sizeof digest)
            pair |= digest[bit / 8 + 1];
        sheaf_buffer_char(&m->record, letters[pair >> (11 - bit % 8) & 31]);
    }
    sheaf_buffer_printf(&m->record, "\r\n");
}

static void write_record(maker *m, const char *name) {
    char head[160];
    int size = snprintf(head, sizeof head,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: none\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        m->page.size);
    sheaf_buffer_reset(&m->record);
    sheaf_buffer_printf(&m->record,
                        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: "
                        "<urn:uuid:00000000-0000-4000-8000-%012zu>\r\nWARC-Date: "
                        "2021-03-04T05:06:07Z\r\nWARC-Target-URI: http://pages.example/%s\r\n",
                        m->count, name);
    if (m->digest)
        write_digest(m);
    sheaf_buffer_printf(&m->record,
                        "Content-Type: application/http; msgtype=response\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        (size_t)size + m->page.size);
    sheaf_buffer_append(&m->record, head, (size_t)size);
    sheaf_buffer_add(&m->record, sheaf_buffer_view(&m->page));
    sheaf_buffer_printf(&m->record, "\r\n\r\n");
}

static void write_member(maker *m) {
    size_t room = libdeflate_gzip_compress_bound(m->packer, m->record.size);
    sheaf_buffer_reset(&m->member);
    if (m->record.failed || !sheaf_buffer_reserve(&m->member, room))
        give_up("hold", "a page");
    size_t size =
        libdeflate_gzip_compress(m->packer, m->record.data, m->record.size, m->member.data, room);
    if (fwrite(m->member.data, 1, size, m->out) != size)
        give_up("write", "the crawl");
    m->count++;
}

static void add_folder(maker *m, const char *path) {
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    if (count < 0)
        give_up("list", path);
    for (int i = 0; i < count; i++) {
        char inner[PATH];
        struct stat about;
        snprintf(inner, sizeof inner, "%s/%s", path, names[i]->d_name);
        if (stat(inner, &about) == 0 && S_ISREG(about.st_mode)) {
            read_page(m, inner, (size_t)about.st_size);
            write_record(m, names[i]->d_name);
            write_member(m);
        }
        free(names[i]);
    }
    free(names);
}

int main(int count, char **arguments) {
    maker m = {.packer = libdeflate_alloc_compressor(LEVEL)};
    if (count < 3 || !m.packer || !(m.out = fopen(arguments[1], "wb")))
        give_up("open", count > 1 ? arguments[1] : "what to write");
    for (int i = 2; i < count; i++) {
        if (strcmp(arguments[i], "--digest") == 0)
            m.digest = true;
        else
            add_folder(&m, arguments[i]);
    }
    libdeflate_free_compressor(m.packer);
    printf("%zu records\n", m.count);
    return fclose(m.out) != 0;
}
