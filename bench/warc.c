/* warc.c - how fast a crawl is read: megabytes of its content a second.
 *
 *   bench-warc CRAWL.warc.gz
 *
 * Prints "name value" a line, the best of several rounds by processor time: our
 * reader with every document looked at, and over the same members libdeflate alone
 * and zlib alone. */
#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <zlib.h>

#include "base/slice.h"
#include "read/reader.h"

enum { ROUNDS = 7, ROOM = 64 << 20 };

typedef struct bench {
    const char *path;
    sheaf_slice packed;
    char *room;
    uint64_t content, documents;
} bench;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void give_up(const char *what) {
    fprintf(stderr, "bench-warc: %s\n", what);
    exit(2);
}

static void by_libdeflate(bench *b) {
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    sheaf_slice rest = b->packed;
    for (b->content = 0; rest.size;) {
        size_t used, given;
        if (libdeflate_gzip_decompress_ex(unpacker, rest.data, rest.size, b->room, ROOM, &used,
                                          &given) != LIBDEFLATE_SUCCESS)
            give_up("libdeflate fails");
        rest = sheaf_slice_part(rest, used, rest.size);
        b->content += given;
    }
    libdeflate_free_decompressor(unpacker);
}

static void by_zlib(bench *b) {
    z_stream z = {0};
    sheaf_slice rest = b->packed;
    inflateInit2(&z, 15 + 16);
    while (rest.size) {
        inflateReset(&z);
        z.next_in = (Bytef *)(uintptr_t)rest.data;
        z.avail_in = (uInt)rest.size;
        z.next_out = (Bytef *)b->room;
        z.avail_out = ROOM;
        if (inflate(&z, Z_FINISH) != Z_STREAM_END)
            give_up("zlib fails");
        rest = sheaf_slice_part(rest, rest.size - z.avail_in, rest.size);
    }
    inflateEnd(&z);
}

static void by_us(bench *b) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    sheaf_cost cost;
    sheaf_error error;
    sheaf_article article;
    sheaf_reporter nobody = {0};
    sheaf_input *input, *child;
    sheaf_slice bytes;
    void *state = NULL;
    sheaf_status status;
    sheaf_article_init(&article);
    if (sheaf_input_open(&input, b->path, &cost, &limits, &error) ||
        sheaf_warc_reader.open(&state, input, &nobody, &error))
        give_up(error.message);
    b->documents = 0;
    while ((status = sheaf_warc_reader.next(state, &article, &child, &error)) == SHEAF_OK) {
        if (child && sheaf_input_whole(child, limits.document_bytes, &bytes, &error))
            give_up(error.message);
        b->documents += bytes.size > 0;
        sheaf_input_close(child);
        sheaf_article_reset(&article);
    }
    if (status != SHEAF_END)
        give_up(error.message);
    sheaf_warc_reader.close(state);
    sheaf_input_close(input);
    sheaf_article_clear(&article);
}

static double best_of(bench *b, void (*run)(bench *)) {
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        run(b);
        double took = now() - start;
        best = took < best ? took : best;
    }
    return best;
}

int main(int count, char **arguments) {
    bench b = {.path = count > 1 ? arguments[1] : "", .room = malloc(ROOM)};
    struct stat about;
    int fd = open(b.path, O_RDONLY);
    if (fd < 0 || fstat(fd, &about) != 0 || !b.room)
        give_up("cannot open the crawl");
    b.packed.size = (size_t)about.st_size;
    b.packed.data = mmap(NULL, b.packed.size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (b.packed.data == MAP_FAILED)
        give_up("cannot map the crawl");
    double fast = best_of(&b, by_libdeflate), zlib = best_of(&b, by_zlib),
           ours = best_of(&b, by_us);
    double megabytes = (double)b.content / 1e6;
    printf("documents %llu\ncontent_mb %.1f\nsheaf %.1f\nlibdeflate %.1f\nzlib %.1f\n",
           (unsigned long long)b.documents, megabytes, megabytes / ours, megabytes / fast,
           megabytes / zlib);
    return 0;
}
