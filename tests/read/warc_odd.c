/* warc_odd.c - the table of odd crawls in docs/input.md, row by row: what is mended,
 * what is told, and that the rest goes on. */
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "crawl.h"

static crawl_result got;

static const char page_a[] = "<html><p>The ferry left the harbour at nine.</p></html>";
static const char page_b[] = "<html><p>It came back at noon.</p></html>";
static const char url_a[] = "http://a.example/1.html";
static const char url_b[] = "http://a.example/2.html";

static void add_claimed(sheaf_buffer *all, const char *url, size_t length, const char *body,
                        const char *ends) {
    sheaf_buffer_printf(all,
                        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\n"
                        "Content-Type: text/html\r\nContent-Length: %zu\r\n\r\n%s%s",
                        url, length, body, ends);
}

/* Two pages came, in order, with the whole of their documents. */
static void check_two(void) {
    CHECK_NUMBER(got.status, SHEAF_END);
    CHECK_NUMBER(got.count, 2);
    CHECK_STRING(got.given[0].text, page_a);
    CHECK_STRING(got.given[1].text, page_b);
}

static void gzip_each(sheaf_buffer *out, sheaf_buffer *first, sheaf_buffer *second) {
    crawl_gzip(out, sheaf_buffer_view(first));
    crawl_gzip(out, sheaf_buffer_view(second));
    sheaf_buffer_clear(first);
    sheaf_buffer_clear(second);
}

TEST(mends_a_length_that_is_too_small) {
    sheaf_buffer all = {0}, one = {0}, two = {0}, packed = {0};
    add_claimed(&all, url_a, 10, page_a, "\r\n\r\n");
    crawl_page(&all, url_b, "", page_b);
    crawl_read(&got, &all);
    check_two();
    CHECK(crawl_told(&got, "at byte 0: the length of a record lies: 10 told, 55 found"));
    add_claimed(&one, url_a, 10, page_a, "\r\n\r\n");
    crawl_page(&two, url_b, "", page_b);
    gzip_each(&packed, &one, &two);
    crawl_read(&got, &packed);
    check_two();
    CHECK_NUMBER(got.told_count, 1);
}

TEST(mends_a_length_that_is_too_large) {
    sheaf_buffer all = {0}, one = {0}, two = {0}, packed = {0};
    add_claimed(&all, url_a, 60, page_a, "\r\n\r\n");
    crawl_page(&all, url_b, "", page_b);
    crawl_read(&got, &all);
    check_two();
    add_claimed(&all, url_a, 5000, page_a, "\r\n\r\n");
    crawl_page(&all, url_b, "", page_b);
    crawl_read(&got, &all);
    check_two();
    CHECK(crawl_told(&got, "at byte 0: the length of a record lies: 5000 told, 55 found"));
    add_claimed(&one, url_a, 5000, page_a, "\r\n\r\n");
    crawl_page(&two, url_b, "", page_b);
    gzip_each(&packed, &one, &two);
    crawl_read(&got, &packed);
    check_two();
    CHECK_NUMBER(got.told_count, 1);
}

TEST(does_without_line_ends_between_records) {
    static const char *const ends[] = {"", "\r\n", "\n", "\n\n", "\r\n\r\n\r\n\r\n"};
    for (size_t i = 0; i < 5; i++) {
        sheaf_buffer all = {0};
        add_claimed(&all, url_a, sizeof page_a - 1, page_a, ends[i]);
        crawl_page(&all, url_b, "", page_b);
        crawl_read(&got, &all);
        check_two();
        CHECK_NUMBER(got.told_count, 0);
    }
}

TEST(keeps_a_page_that_quotes_a_record) {
    static const char quoting[] = "<pre>\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n</pre>";
    sheaf_buffer all = {0};
    crawl_page(&all, url_a, "", quoting);
    crawl_page(&all, url_b, "", page_b);
    crawl_read(&got, &all);
    CHECK_NUMBER(got.count, 2);
    CHECK_STRING(got.given[0].text, quoting);
    CHECK_NUMBER(got.told_count, 0);
}

TEST(believes_a_length_with_line_ends_behind_it) {
    sheaf_buffer all = {0};
    crawl_page(&all, url_a, "", page_a);
    sheaf_buffer_printf(&all, "garbage");
    crawl_read(&got, &all);
    CHECK_NUMBER(got.count, 1);
    CHECK_STRING(got.given[0].text, page_a);
    CHECK(crawl_told(&got, "no record begins here; 7 bytes passed over"));
}

TEST(passes_over_garbage) {
    sheaf_buffer all = {0};
    crawl_page(&all, url_a, "", page_a);
    size_t at = all.size;
    sheaf_buffer_printf(&all, "WARC/1.0\r\nWARC-Type: response\r\n\r\nno length here\r\n\r\n");
    crawl_page(&all, url_b, "", page_b);
    crawl_read(&got, &all);
    check_two();
    char wanted[100];
    snprintf(wanted, sizeof wanted,
             "at byte %zu: it has no Content-Length; 51 bytes passed over, up to byte %zu", at,
             at + 51);
    CHECK(crawl_told(&got, wanted));
}

/* A run of lines that look like records, each of which is none, is told once, and
 * looked at once: a hundred thousand of them took most of a minute when the end of
 * each head was sought through all that follow. */
TEST(tells_a_run_of_garbage_once) {
    static const char *const lines[] = {"WARC/1.0\r\n", "WARC/1.0\r\nX: y\r\n\r\n",
                                        "WARC/1.0\r\n\r\n\r\n\r\n"};
    for (size_t i = 0; i < 3; i++) {
        sheaf_buffer all = {0};
        crawl_page(&all, url_a, "", page_a);
        size_t at = all.size;
        while (all.size < 1 << 20)
            sheaf_buffer_printf(&all, "%s", lines[i]);
        size_t next = all.size;
        crawl_page(&all, url_b, "", page_b);
        clock_t start = clock();
        crawl_read(&got, &all);
        CHECK(clock() - start < 5 * CLOCKS_PER_SEC);
        check_two();
        CHECK_NUMBER(got.told_count, 1);
        char from[40], to[40];
        snprintf(from, sizeof from, "at byte %zu: ", at);
        snprintf(to, sizeof to, ", up to byte %zu", next);
        CHECK(crawl_told(&got, from) && strstr(got.told[0], to));
    }
}

/* A head that is cut off by the next record costs that record nothing. */
TEST(ends_a_head_where_another_record_begins) {
    sheaf_buffer all = {0};
    sheaf_buffer_printf(&all, "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 9\r\n");
    crawl_page(&all, url_a, "", page_a);
    crawl_page(&all, url_b, "", page_b);
    crawl_read(&got, &all);
    check_two();
    CHECK(crawl_told(&got, "at byte 0: another record begins within its head"));
    CHECK_NUMBER(got.told_count, 1);
}

TEST(tells_lengths_that_are_none) {
    static const char *const lengths[] = {"x", "-1", "99999999999999999999999",
                                          "1\r\nContent-Length: 2", "1 2"};
    for (size_t i = 0; i < 5; i++) {
        sheaf_buffer all = {0};
        sheaf_buffer_printf(&all, "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: %s\r\n\r\nab",
                            lengths[i]);
        sheaf_buffer_printf(&all, "\r\n\r\n");
        crawl_page(&all, url_b, "", page_b);
        crawl_read(&got, &all);
        CHECK_NUMBER(got.status, SHEAF_END);
        CHECK_NUMBER(got.count, 1);
        CHECK_NUMBER(got.told_count, 1);
    }
}

TEST(gives_a_truncated_tail) {
    sheaf_buffer all = {0}, packed = {0};
    crawl_page(&all, url_a, "", page_a);
    size_t second = all.size;
    crawl_page(&all, url_b, "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
               page_b);
    all.size -= 20;
    crawl_gzip(&packed, sheaf_slice_part(sheaf_buffer_view(&all), 0, second));
    size_t second_packed = packed.size;
    crawl_gzip(&packed, sheaf_slice_part(sheaf_buffer_view(&all), second, all.size));
    packed.size -= 12;
    crawl_read(&got, &all);
    CHECK_NUMBER(got.count, 2);
    CHECK_STRING(got.given[1].text, "<html><p>It came back at ");
    CHECK_STRING(got.given[1].note, "the file ends, or is damaged, within the record");
    CHECK(!got.given[1].right && !got.given[1].wrong);
    CHECK_NUMBER(got.told_count, 1);
    char wanted[100];
    snprintf(wanted, sizeof wanted, "at byte %zu: the file ends within a record: ", second);
    CHECK(crawl_told(&got, wanted));
    crawl_read(&got, &packed);
    CHECK_NUMBER(got.count, 2);
    CHECK(got.given[1].size > 0 && got.given[1].size < sizeof page_b - 16);
    snprintf(wanted, sizeof wanted, "at byte %zu: the file ends within a gzip member",
             second_packed);
    CHECK(crawl_told(&got, wanted));
}

/* Cut anywhere: no crash, nothing swallowed in silence, and what was whole comes. */
static void cut_everywhere(sheaf_slice bytes, size_t first_end) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    for (size_t size = 1; size < bytes.size - 4; size++) {
        char *exact = malloc(size);
        memcpy(exact, bytes.data, size);
        crawl_read_from(&got, sheaf_slice_from(exact, size), NULL, &limits);
        CHECK_NUMBER(got.status, SHEAF_END);
        CHECK(got.told_count > 0 || (size + 4 >= first_end && size <= first_end));
        if (size >= first_end)
            CHECK_STRING(got.given[0].text, page_a);
        free(exact);
    }
}

TEST(can_be_cut_anywhere) {
    sheaf_buffer one = {0}, two = {0}, plain = {0}, packed = {0}, frames = {0};
    crawl_page(&one, url_a, "", page_a);
    crawl_page(&two, url_b, "", page_b);
    sheaf_buffer_add(&plain, sheaf_buffer_view(&one));
    crawl_zstd(&frames, sheaf_buffer_view(&one), (sheaf_slice){0});
    size_t first_plain = plain.size, first_frame = frames.size;
    sheaf_buffer_add(&plain, sheaf_buffer_view(&two));
    crawl_zstd(&frames, sheaf_buffer_view(&two), (sheaf_slice){0});
    crawl_gzip(&packed, sheaf_buffer_view(&one));
    size_t first_packed = packed.size;
    crawl_gzip(&packed, sheaf_buffer_view(&two));
    cut_everywhere(sheaf_buffer_view(&plain), first_plain);
    cut_everywhere(sheaf_buffer_view(&packed), first_packed);
    cut_everywhere(sheaf_buffer_view(&frames), first_frame);
    sheaf_buffer *all[] = {&one, &two, &plain, &packed, &frames};
    for (size_t i = 0; i < 5; i++)
        sheaf_buffer_clear(all[i]);
}

TEST(goes_on_behind_a_damaged_member) {
    for (int kind = 0; kind < 2; kind++) {
        sheaf_buffer one = {0}, two = {0}, all = {0};
        crawl_page(&one, url_a, "", page_a);
        crawl_page(&two, url_b, "", page_b);
        sheaf_slice records[] = {sheaf_buffer_view(&one), sheaf_buffer_view(&one),
                                 sheaf_buffer_view(&two)};
        size_t starts[4] = {0};
        for (int i = 0; i < 3; i++) {
            if (kind == 0)
                crawl_gzip(&all, records[i]);
            else
                crawl_zstd(&all, records[i], (sheaf_slice){0});
            starts[i + 1] = all.size;
        }
        memset(all.data + starts[1] + 20, 0xA5, 30);
        crawl_read(&got, &all);
        CHECK_NUMBER(got.status, SHEAF_END);
        CHECK(got.count >= 2);
        CHECK_STRING(got.given[0].text, page_a);
        CHECK_STRING(got.given[got.count - 1].text, page_b);
        CHECK_NUMBER(got.given[got.count - 1].from, starts[2]);
        char wanted[100];
        snprintf(wanted, sizeof wanted, "at byte %zu: a %s is damaged", starts[1],
                 kind ? "zstd frame" : "gzip member");
        CHECK(crawl_told(&got, wanted));
        sheaf_buffer_clear(&one);
        sheaf_buffer_clear(&two);
    }
}

TEST(gives_a_document_whose_member_has_a_wrong_checksum) {
    sheaf_buffer one = {0}, two = {0}, packed = {0};
    crawl_page(&one, url_a, "", page_a);
    crawl_page(&two, url_b, "", page_b);
    crawl_gzip(&packed, sheaf_buffer_view(&one));
    packed.data[packed.size - 6] ^= 1;
    crawl_gzip(&packed, sheaf_buffer_view(&two));
    crawl_read(&got, &packed);
    check_two();
    CHECK(crawl_told(&got, "at byte 0: the checksum of a gzip member is wrong"));
    sheaf_buffer_clear(&one);
    sheaf_buffer_clear(&two);
}

TEST(tells_garbage_behind_members) {
    sheaf_buffer one = {0}, two = {0}, packed = {0};
    crawl_page(&one, url_a, "", page_a);
    crawl_page(&two, url_b, "", page_b);
    crawl_gzip(&packed, sheaf_buffer_view(&one));
    size_t at = packed.size;
    sheaf_buffer_printf(&packed, "some garbage \x1F\x8B\x08 and more");
    crawl_gzip(&packed, sheaf_buffer_view(&two));
    sheaf_buffer_append(&packed, "\0\0\0\0\0\0\0\0", 8);
    crawl_read(&got, &packed);
    check_two();
    char wanted[100];
    snprintf(wanted, sizeof wanted, "at byte %zu: here stands no gzip member; 25 bytes passed over",
             at);
    CHECK(crawl_told(&got, wanted));
    CHECK_NUMBER(got.told_count, 1);
    sheaf_buffer_clear(&one);
    sheaf_buffer_clear(&two);
}

TEST(passes_over_a_record_beyond_the_limit) {
    sheaf_limits small = SHEAF_LIMITS_DEFAULT;
    sheaf_buffer large = {0}, all = {0}, picture = {0}, packed = {0};
    small.document_bytes = 100000;
    for (int i = 0; i < 20000; i++)
        sheaf_buffer_printf(&large, "<p>Line %d</p>", i * 77);
    sheaf_buffer_char(&large, '\0');
    crawl_page(&all, url_a, "", large.data);
    crawl_record(&picture, "resource", "http://a/x.png", "Content-Type: image/png\r\n",
                 sheaf_buffer_view(&large));
    sheaf_buffer_add(&all, sheaf_buffer_view(&picture));
    crawl_page(&all, url_b, "", page_b);
    crawl_gzip(&packed, sheaf_buffer_view(&all));
    sheaf_slice both[] = {sheaf_buffer_view(&all), sheaf_buffer_view(&packed)};
    for (int i = 0; i < 2; i++) {
        crawl_read_from(&got, both[i], NULL, &small);
        CHECK_NUMBER(got.status, SHEAF_END);
        CHECK_NUMBER(got.count, 1);
        CHECK_STRING(got.given[0].text, page_b);
        CHECK_NUMBER(got.told_count, 1);
        CHECK(crawl_told(&got, "at byte 0: a record of 0 MiB: larger than"));
        CHECK_NUMBER(crawl_passed(&got, "pictures, scripts and styles"), 1);
    }
    sheaf_buffer_clear(&large);
    sheaf_buffer_clear(&all);
    sheaf_buffer_clear(&picture);
    sheaf_buffer_clear(&packed);
}

/* Two members or a plain file: a length beyond the limit for documents is a lie when
 * the next record begins sooner. */
TEST(mends_a_length_beyond_the_limit) {
    static const size_t lengths[] = {(size_t)40 << 20, (size_t)1 << 40, INT64_MAX};
    for (size_t i = 0; i < 3; i++) {
        sheaf_buffer all = {0}, one = {0}, two = {0}, packed = {0}, whole = {0};
        add_claimed(&one, url_a, lengths[i], page_a, "\r\n\r\n");
        crawl_page(&two, url_b, "", page_b);
        sheaf_buffer_add(&all, sheaf_buffer_view(&one));
        sheaf_buffer_add(&all, sheaf_buffer_view(&two));
        crawl_gzip(&whole, sheaf_buffer_view(&all));
        gzip_each(&packed, &one, &two);
        sheaf_buffer *const files[] = {&all, &packed, &whole};
        for (int file = 0; file < 3; file++) {
            crawl_read(&got, files[file]);
            check_two();
            CHECK(crawl_told(&got, "at byte 0: the length of a record lies: "));
            CHECK_NUMBER(got.told_count, 1);
        }
    }
}

TEST(mends_a_length_beyond_the_limit_in_an_arc) {
    sheaf_buffer all = {0};
    sheaf_buffer_printf(&all, "filedesc://x.arc 0.0.0.0 20010203040506 text/plain 3\n1 0\n\n");
    sheaf_buffer_printf(&all, "%s 192.0.2.7 20010203040507 text/html 999999999\n%s\n", url_a,
                        page_a);
    sheaf_buffer_printf(&all, "%s 192.0.2.7 20010203040507 text/html %zu\n%s\n", url_b,
                        sizeof page_b - 1, page_b);
    crawl_read(&got, &all);
    check_two();
    CHECK_NUMBER(got.told_count, 1);
}

/* From a file, where a look behind the told end is possible. */
static void read_as_file(sheaf_buffer *all, const sheaf_limits *limits) {
    char path[] = "/tmp/sheaf-warc-XXXXXX";
    sheaf_error error;
    sheaf_input *input;
    sheaf_cost cost;
    int fd = mkstemp(path);
    CHECK(fd >= 0 && write(fd, all->data, all->size) == (ssize_t)all->size);
    close(fd);
    CHECK_NUMBER(sheaf_input_open(&input, path, &cost, limits, &error), SHEAF_OK);
    unlink(path);
    crawl_read_input(&got, input, NULL, limits);
    sheaf_buffer_clear(all);
}

/* Records in a record that is too large: passed over with it when its length is right,
 * and read when it lies. */
TEST(looks_behind_the_told_end_of_a_large_record) {
    sheaf_limits small = SHEAF_LIMITS_DEFAULT;
    small.document_bytes = 4000;
    for (size_t lie = 0; lie < 2; lie++) {
        sheaf_buffer block = {0}, all = {0};
        sheaf_buffer_printf(&block, "<p>\r\n\r\n");
        crawl_page(&block, url_a, "", page_a);
        while (block.size < 9000)
            sheaf_buffer_printf(&block, "<p>A line of something else.</p>");
        add_claimed(&all, "http://a.example/big", block.size + lie * 7, "", "");
        sheaf_buffer_add(&all, sheaf_buffer_view(&block));
        sheaf_buffer_printf(&all, "\r\n\r\n");
        crawl_page(&all, url_b, "", page_b);
        sheaf_buffer_clear(&block);
        read_as_file(&all, &small);
        CHECK_STRING(got.given[got.count - 1].text, page_b);
        CHECK_NUMBER(got.count, lie ? 3 : 1);
        CHECK(crawl_told(&got, lie ? "the length of a record lies" : "larger than"));
    }
}

/* Beyond what may be held of it, too. */
TEST(looks_for_records_while_it_passes_over_one) {
    sheaf_limits small = SHEAF_LIMITS_DEFAULT;
    small.document_bytes = 4000;
    sheaf_buffer all = {0}, packed = {0};
    add_claimed(&all, url_a, (size_t)1 << 40, "<p>", "");
    while (all.size < 600000)
        sheaf_buffer_printf(&all, "<p>A line of something else.</p>");
    sheaf_buffer_printf(&all, "\r\n\r\n");
    crawl_page(&all, url_b, "", page_b);
    crawl_gzip(&packed, sheaf_buffer_view(&all));
    sheaf_buffer *const files[] = {&all, &packed};
    for (int i = 0; i < 2; i++) {
        crawl_read_from(&got, sheaf_buffer_view(files[i]), NULL, &small);
        CHECK_NUMBER(got.status, SHEAF_END);
        CHECK_NUMBER(got.count, 1);
        CHECK_STRING(got.given[0].text, page_b);
        CHECK(crawl_told(&got, "at byte 0: a record of 1048576 MiB: larger than"));
        CHECK(crawl_told(&got, "at byte 0: the length of a record lies: another begins within it"));
        CHECK_NUMBER(got.told_count, 2);
        sheaf_buffer_clear(files[i]);
    }
}

static void add_encoded(sheaf_buffer *all, const char *url, const char *encoding,
                        sheaf_slice body) {
    sheaf_buffer block = {0};
    sheaf_buffer_printf(&block,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n"
                        "Content-Encoding: %s\r\n\r\n",
                        encoding);
    sheaf_buffer_add(&block, body);
    crawl_record(all, "response", url, "", sheaf_buffer_view(&block));
    sheaf_buffer_clear(&block);
}

/* Bodies count for the file, and those that are too large do too. */
TEST(stops_at_bombs_in_bodies) {
    sheaf_limits tight = SHEAF_LIMITS_DEFAULT;
    sheaf_buffer zeros = {0}, packed = {0}, all = {0};
    tight.document_bytes = 1 << 20;
    tight.archive_ratio_from = 4 << 20;
    if (!sheaf_buffer_reserve(&zeros, 2 << 20))
        abort();
    zeros.size = 2 << 20;
    memset(zeros.data, ' ', zeros.size);
    crawl_gzip(&packed, sheaf_buffer_view(&zeros));
    for (int i = 0; i < 50; i++)
        add_encoded(&all, url_a, "gzip", sheaf_buffer_view(&packed));
    crawl_read_from(&got, sheaf_buffer_view(&all), NULL, &tight);
    CHECK_NUMBER(got.status, SHEAF_LIMIT);
    CHECK(strstr(got.failure, "an archive bomb?") != NULL);
    CHECK(got.told_count > 2 && got.told_count < 50);
    sheaf_buffer_clear(&zeros);
    sheaf_buffer_clear(&packed);
    sheaf_buffer_clear(&all);
}

TEST(stops_at_a_bomb) {
    sheaf_limits tight = SHEAF_LIMITS_DEFAULT;
    sheaf_buffer zeros = {0}, all = {0}, packed = {0};
    tight.archive_ratio_from = 1 << 20;
    tight.archive_ratio = 50;
    if (!sheaf_buffer_reserve(&zeros, 8 << 20))
        abort();
    zeros.size = 8 << 20;
    memset(zeros.data, ' ', zeros.size);
    crawl_record(&all, "resource", url_a, "Content-Type: text/html\r\n", sheaf_buffer_view(&zeros));
    crawl_gzip(&packed, sheaf_buffer_view(&all));
    crawl_read_from(&got, sheaf_buffer_view(&packed), NULL, &tight);
    CHECK_NUMBER(got.status, SHEAF_LIMIT);
    CHECK(strstr(got.failure, "an archive bomb?") != NULL);
    sheaf_buffer_clear(&zeros);
    sheaf_buffer_clear(&all);
    sheaf_buffer_clear(&packed);
}

/* Of page_a: base 32, base 16; sha256. */
TEST(checks_digests) {
    /* clang-format off */
    static const char *const right[] = {
        "WARC-Payload-Digest: sha1:MMLI7HTMUR7UA6DEOQ6Z2EXCKWAJU5ED\r\n",
        "WARC-Payload-Digest: sha1:63168f9e6ca47f407864743d9d12e255809a7483\r\n",
        "WARC-Payload-Digest: SHA-256:22491B46A389F308B0917927C8CCF75C29C9AC153AD23C42526552702AA15F0A\r\n",
        "WARC-Payload-Digest: md5:398b6eb9065a0075c402e48758d82aa7\r\n",
        "WARC-Payload-Digest: sha256:IkkbRqOJ8wiwkXknyMz3XCnJrBU60jxCUmVScCqhXwo=\r\n",
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        sheaf_buffer all = {0};
        crawl_page(&all, url_a, right[i], page_a);
        crawl_page(&all, url_b, right[i], page_b);
        size_t second = all.size;
        crawl_read(&got, &all);
        CHECK_NUMBER(got.count, 2);
        CHECK(got.given[0].right && !got.given[0].wrong);
        CHECK(!got.given[1].right && got.given[1].wrong);
        CHECK_STRING(got.given[1].note, "its digest is wrong");
        CHECK_NUMBER(got.told_count, 1);
        CHECK(second > 0 && crawl_told(&got, ": its digest is wrong"));
    }
}

TEST(checks_block_digests_where_there_are_no_others) {
    sheaf_buffer all = {0};
    crawl_record(&all, "resource", url_a,
                 "Content-Type: text/html\r\nWARC-Payload-Digest: x9:abc\r\n"
                 "WARC-Block-Digest: sha1:MMLI7HTMUR7UA6DEOQ6Z2EXCKWAJU5ED\r\n",
                 sheaf_slice_of(page_a));
    crawl_record(&all, "resource", url_b,
                 "Content-Type: text/html\r\nWARC-Payload-Digest: x9:a\r\n",
                 sheaf_slice_of(page_b));
    crawl_read(&got, &all);
    CHECK(got.given[0].right);
    CHECK(!got.given[1].right && !got.given[1].wrong);
    CHECK_NUMBER(got.told_count, 0);
}

/* Digests of what was sent, and of what was in it, are both in use. */
TEST(checks_digests_behind_chunks) {
    sheaf_buffer all = {0}, block = {0};
    crawl_http(
        &block, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
        "5\r\n<html\r\n32\r\n><p>The ferry left the harbour at nine.</p></html>\r\n0\r\n\r\n");
    crawl_record(&all, "response", url_a,
                 "WARC-Payload-Digest: sha1:MMLI7HTMUR7UA6DEOQ6Z2EXCKWAJU5ED\r\n",
                 sheaf_buffer_view(&block));
    sheaf_buffer_clear(&block);
    crawl_read(&got, &all);
    CHECK_STRING(got.given[0].text, page_a);
    CHECK(got.given[0].right);
}

TEST(notes_what_the_crawler_has_cut_off) {
    sheaf_buffer all = {0};
    crawl_page(&all, url_a, "WARC-Truncated: length\r\n", page_a);
    crawl_page(&all, url_b, "WARC-Segment-Number: 1\r\n", page_b);
    crawl_record(&all, "continuation", url_b, "WARC-Segment-Number: 2\r\n", SLICE("more"));
    crawl_read(&got, &all);
    check_two();
    CHECK_STRING(got.given[0].note, "cut off by the crawler: length");
    CHECK_STRING(got.given[1].note, "it goes on in other records, which are not joined");
    CHECK_NUMBER(got.told_count, 1);
}

TEST(tells_of_a_body_that_is_shorter_than_its_server_said) {
    sheaf_buffer all = {0}, block = {0};
    crawl_http(&block, "Content-Type: text/html\r\nContent-Length: 900\r\n", page_a);
    crawl_record(&all, "response", url_a, "", sheaf_buffer_view(&block));
    sheaf_buffer_clear(&block);
    crawl_page(&all, url_b, "", page_b);
    crawl_read(&got, &all);
    check_two();
    CHECK_STRING(got.given[0].note, "the server has told of more bytes than there are");
    CHECK_NUMBER(got.told_count, 1);
}

TEST(reads_a_response_without_a_status_line) {
    sheaf_buffer all = {0};
    crawl_record(&all, "response", url_a, "WARC-Identified-Payload-Type: text/html\r\n",
                 sheaf_slice_of(page_a));
    crawl_page(&all, url_b, "", page_b);
    crawl_read(&got, &all);
    check_two();
}

TEST(finds_the_way_in_a_broken_arc) {
    sheaf_buffer all = {0};
    sheaf_buffer_printf(&all, "filedesc://x.arc 0.0.0.0 20010203040506 text/plain 3\n1 0\n\n");
    sheaf_buffer_printf(&all, "http://a.example/bad 192.0.2.7 text/html\nsome bytes\n");
    sheaf_buffer_printf(&all,
                        "%s 192.0.2.7 20010203040507 text/html 9000\nHTTP/1.0 200 OK\n"
                        "Content-Type: text/html\n\n%s\n",
                        url_a, page_a);
    sheaf_buffer_printf(&all, "%s 192.0.2.7 20010203040507 text/html %zu\n%s\n", url_b,
                        sizeof page_b - 1, page_b);
    crawl_read(&got, &all);
    CHECK_NUMBER(got.count, 2);
    CHECK_STRING(got.given[0].text, page_a);
    CHECK_STRING(got.given[1].text, page_b);
    CHECK_NUMBER(got.told_count, 2);
    CHECK(crawl_told(&got, "its line has neither 5 nor 10 fields"));
}

TEST(tells_of_encodings_that_cannot_be_undone) {
    sheaf_buffer all = {0}, text = {0}, packed = {0};
    for (int i = 0; i < 4000; i++)
        sheaf_buffer_printf(&text, "<p>%d</p>", i * 7919);
    crawl_gzip(&packed, sheaf_buffer_view(&text));
    add_encoded(&all, url_a, "sdch", SLICE("\1\2\3"));
    add_encoded(&all, url_a, "gzip", SLICE("\x1F\x8B\x08 damaged"));
    add_encoded(&all, url_a, "gzip", sheaf_slice_part(sheaf_buffer_view(&packed), 0, 4000));
    add_encoded(&all, url_b, "gzip", SLICE(page_b)); /* nor does its length fit: not told */
    crawl_read(&got, &all);
    CHECK_NUMBER(got.count, 2);
    CHECK_STRING(got.given[0].note, "its content encoding ends early");
    CHECK(got.given[0].size > 1000);
    CHECK_STRING(got.given[1].text, page_b);
    CHECK_STRING(got.given[1].note, "");
    CHECK_NUMBER(got.told_count, 3);
    CHECK(crawl_told(&got, "its content encoding is not known: sdch"));
    CHECK(crawl_told(&got, "its content encoding (gzip) cannot be undone"));
    sheaf_buffer_clear(&text);
    sheaf_buffer_clear(&packed);
}

/* Each allocation fails in turn: out of memory is what comes of it, or all that was
 * asked for, and nothing is lost (the sanitizer looks). */
TEST(survives_lack_of_memory) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    static crawl_result whole;
    sheaf_buffer one = {0}, two = {0}, packed = {0};
    crawl_page(&one, "http://a.example/folded\r\n name", "", page_a);
    crawl_record(&two, "conversion", url_b, "Content-Type: text/plain\r\n",
                 SLICE("A headline stands here\nAnd a paragraph."));
    crawl_gzip(&packed, sheaf_buffer_view(&one));
    crawl_gzip(&packed, sheaf_buffer_view(&two));
    crawl_read_from(&whole, sheaf_buffer_view(&packed), NULL, &limits);
    CHECK_NUMBER(whole.count, 2);
    sheaf_status status = SHEAF_NO_MEMORY;
    uint64_t at = 0;
    for (; status == SHEAF_NO_MEMORY && at < 2000; at++) {
        sheaf_memory_fail_at(at);
        crawl_read_from(&got, sheaf_buffer_view(&packed), NULL, &limits);
        sheaf_memory_fail_at(UINT64_MAX);
        status = got.status;
    }
    CHECK_NUMBER(status, SHEAF_END);
    CHECK(at > 20);
    CHECK_NUMBER(got.count, 2);
    CHECK_STRING(got.given[0].url, whole.given[0].url);
    CHECK_STRING(got.given[1].text, whole.given[1].text);
    sheaf_buffer_clear(&one);
    sheaf_buffer_clear(&two);
    sheaf_buffer_clear(&packed);
}

int main(void) {
    RUN(T(mends_a_length_that_is_too_small), T(mends_a_length_that_is_too_large),
        T(does_without_line_ends_between_records), T(keeps_a_page_that_quotes_a_record),
        T(believes_a_length_with_line_ends_behind_it), T(passes_over_garbage),
        T(tells_a_run_of_garbage_once), T(ends_a_head_where_another_record_begins),
        T(mends_a_length_beyond_the_limit), T(mends_a_length_beyond_the_limit_in_an_arc),
        T(looks_behind_the_told_end_of_a_large_record),
        T(looks_for_records_while_it_passes_over_one), T(stops_at_bombs_in_bodies),
        T(tells_lengths_that_are_none), T(gives_a_truncated_tail), T(can_be_cut_anywhere),
        T(goes_on_behind_a_damaged_member), T(gives_a_document_whose_member_has_a_wrong_checksum),
        T(tells_garbage_behind_members), T(passes_over_a_record_beyond_the_limit),
        T(stops_at_a_bomb), T(checks_digests), T(checks_block_digests_where_there_are_no_others),
        T(checks_digests_behind_chunks), T(notes_what_the_crawler_has_cut_off),
        T(tells_of_a_body_that_is_shorter_than_its_server_said),
        T(reads_a_response_without_a_status_line), T(finds_the_way_in_a_broken_arc),
        T(tells_of_encodings_that_cannot_be_undone), T(survives_lack_of_memory));
}
