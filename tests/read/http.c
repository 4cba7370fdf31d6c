/* http.c - responses as crawls keep them: heads, chunks, encodings, and lies about
 * all three. */
#include "read/http.h"

#include <brotli/encode.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/slice.h"
#include "check.h"
#include "read/header_lines.h"

static const char page[] = "<html><p>The ferry left the harbour at nine.</p></html>";

static sheaf_http http;
static sheaf_http_decoder decoder;
static const char *note;
static sheaf_error error;

static sheaf_status decode(sheaf_slice *out, sheaf_slice response, size_t limit) {
    sheaf_slice joined;
    note = NULL;
    sheaf_http_parse(&http, response);
    sheaf_status status = sheaf_http_dechunk(&decoder, &http, &joined, &note, &error);
    return status ? status : sheaf_http_decode(&decoder, &http, joined, limit, out, &note, &error);
}

/* headers without the blank line, then bytes. */
static sheaf_buffer respond(const char *headers, sheaf_slice bytes) {
    sheaf_buffer out = {0};
    sheaf_buffer_printf(&out, "HTTP/1.1 200 OK\r\n%s\r\n", headers);
    sheaf_buffer_add(&out, bytes);
    return out;
}

/* Decodes a response with these headers and body; checks text and note. */
static void expect(const char *headers, sheaf_slice body, const char *text, const char *wrong) {
    sheaf_slice out = {0};
    sheaf_buffer response = respond(headers, body);
    CHECK_NUMBER(decode(&out, sheaf_buffer_view(&response), 1 << 20), SHEAF_OK);
    CHECK_TEXT(out, text);
    CHECK((note == NULL) == (wrong == NULL));
    if (note && wrong)
        CHECK_TEXT(sheaf_slice_of(note), wrong);
    sheaf_buffer_clear(&response);
}

TEST(parses_heads) {
    sheaf_http_parse(&http, SLICE("HTTP/1.0 404 Not Found\r\ncontent-type : text/html\r\n"
                                  "Content-Type: second\r\nno colon here\r\n"
                                  "Last-Modified: Thu,\r\n 04 Mar 2021\r\n\r\nbody"));
    CHECK_NUMBER(http.status, 404);
    CHECK_TEXT(http.content_type, "text/html");
    CHECK_TEXT(http.last_modified, "Thu,\r\n 04 Mar 2021");
    CHECK_TEXT(http.body, "body");
    sheaf_http_parse(&http, SLICE("HTTP/2 200\nContent-Length: 4\n\nbody"));
    CHECK_NUMBER(http.status, 200);
    CHECK(http.has_length && http.length == 4);
    CHECK_TEXT(http.body, "body");
}

TEST(takes_what_has_no_head_as_body) {
    static const char *const bodies[] = {"<p>x</p>", "HTTP", "HTTP/1.1", "HTTP/1.1 xx\r\n\r\n", ""};
    for (size_t i = 0; i < 5; i++) {
        sheaf_http_parse(&http, sheaf_slice_of(bodies[i]));
        CHECK_NUMBER(http.status, 0);
        CHECK_TEXT(http.body, bodies[i]);
    }
    sheaf_http_parse(&http, SLICE("HTTP/1.1 200 OK\r\nContent-Type: text/html"));
    CHECK_NUMBER(http.status, 200);
    CHECK_TEXT(http.content_type, "text/html");
    CHECK_NUMBER(http.body.size, 0);
}

TEST(unfolds_values) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    CHECK_TEXT(sheaf_header_unfold(&arena, SLICE("a;\r\n\t  b\r\n c")), "a; b c");
    CHECK_TEXT(sheaf_header_unfold(&arena, SLICE("a  b")), "a  b");
    sheaf_arena_clear(&arena);
}

TEST(joins_chunks) {
    static const char chunked[] = "Transfer-Encoding: chunked\r\n";
    expect(chunked, SLICE("3\r\nabc\r\n0\r\n\r\n"), "abc", NULL);
    expect(chunked, SLICE("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: x\r\n\r\n"), "abcde", NULL);
    expect(chunked, SLICE("3\nabc\n00A\n0123456789\n0\n\n"), "abc0123456789", NULL);
    expect("Transfer-Encoding: gzip, Chunked\r\n", SLICE("1  \r\nx\r\n0\r\n\r\n"), "x", NULL);
}

TEST(does_not_believe_chunks_that_are_not_there) {
    static const char chunked[] = "Transfer-Encoding: chunked\r\n";
    expect(chunked, SLICE("<p>No chunks.</p>"), "<p>No chunks.</p>", NULL);
    expect(chunked, SLICE(""), "", NULL);
    expect(chunked, SLICE("abc"), "abc", NULL);
}

TEST(tells_of_chunks_that_lie) {
    static const char chunked[] = "Transfer-Encoding: chunked\r\n";
    expect(chunked, SLICE("3\r\nabc\r\n9\r\nde"), "abcde", "its last chunk is cut off");
    expect(chunked, SLICE("FFFFFFFFFFFFFFFF\r\nabc"), "abc", "its last chunk is cut off");
    expect(chunked, SLICE("3\r\nabc\r\n2\r\nde\r\n"), "abcde", "its last chunk is missing");
    expect(chunked, SLICE("3\r\nabc\r\n1\r\ndefgh"), "abcdefgh",
           "its chunks lie about their sizes");
}

static sheaf_buffer deflated(sheaf_slice bytes, int bits) {
    z_stream z = {0};
    sheaf_buffer out = {0};
    if (!sheaf_buffer_reserve(&out, bytes.size + 1024) ||
        deflateInit2(&z, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    z.next_in = (Bytef *)(uintptr_t)bytes.data;
    z.avail_in = (uInt)bytes.size;
    z.next_out = (Bytef *)out.data;
    z.avail_out = (uInt)out.capacity;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        abort();
    out.size = out.capacity - z.avail_out;
    deflateEnd(&z);
    return out;
}

static sheaf_buffer brotlied(sheaf_slice bytes) {
    sheaf_buffer out = {0};
    size_t size = bytes.size + 1024;
    if (!sheaf_buffer_reserve(&out, size) ||
        !BrotliEncoderCompress(5, 18, BROTLI_MODE_TEXT, bytes.size, (const uint8_t *)bytes.data,
                               &size, (uint8_t *)out.data))
        abort();
    out.size = size;
    return out;
}

static sheaf_buffer zstded(sheaf_slice bytes) {
    sheaf_buffer out = {0};
    if (!sheaf_buffer_reserve(&out, ZSTD_compressBound(bytes.size)))
        abort();
    out.size = ZSTD_compress(out.data, out.capacity, bytes.data, bytes.size, 3);
    return out;
}

TEST(undoes_encodings) {
    sheaf_slice plain = SLICE(page);
    sheaf_buffer packed[] = {deflated(plain, 31), deflated(plain, 15), deflated(plain, -15),
                             brotlied(plain), zstded(plain)};
    static const char *const names[] = {"gzip", "deflate", "deflate", "br", "zstd"};
    for (size_t i = 0; i < 5; i++) {
        char header[64];
        snprintf(header, sizeof header, "Content-Encoding: %s\r\n", names[i]);
        expect(header, sheaf_buffer_view(&packed[i]), page, NULL);
        expect(header, plain, page, NULL); /* somebody has undone it already */
    }
    expect("", sheaf_buffer_view(&packed[0]), page, NULL); /* and one that nobody told of */
    sheaf_buffer twice = deflated(sheaf_buffer_view(&packed[3]), 31);
    expect("Content-Encoding: br, x-gzip\r\n", sheaf_buffer_view(&twice), page, NULL);
    sheaf_buffer_clear(&twice);
    for (size_t i = 0; i < 5; i++)
        sheaf_buffer_clear(&packed[i]);
}

TEST(joins_gzip_members_of_one_body) {
    sheaf_buffer one = deflated(SLICE("<p>One."), 31), two = deflated(SLICE(" Two.</p>"), 31);
    sheaf_buffer_add(&one, sheaf_buffer_view(&two));
    expect("Content-Encoding: gzip\r\n", sheaf_buffer_view(&one), "<p>One. Two.</p>", NULL);
    sheaf_buffer_append(&one, "trailing", 8);
    expect("Content-Encoding: gzip\r\n", sheaf_buffer_view(&one), "<p>One. Two.</p>", NULL);
    sheaf_buffer_clear(&one);
    sheaf_buffer_clear(&two);
}

static sheaf_buffer long_text(void) {
    sheaf_buffer out = {0};
    for (unsigned i = 0; i < 9000; i++)
        sheaf_buffer_printf(&out, "<p>%u</p>", i * 2654435761u);
    return out;
}

TEST(gives_what_stands_before_a_cut) {
    sheaf_buffer text = long_text();
    sheaf_slice plain = sheaf_buffer_view(&text);
    sheaf_buffer packed[] = {deflated(plain, 31), deflated(plain, 15), brotlied(plain),
                             zstded(plain)};
    static const char *const names[] = {"gzip", "deflate", "br", "zstd"};
    for (size_t i = 0; i < 4; i++) {
        char header[64];
        sheaf_slice out = {0};
        snprintf(header, sizeof header, "Content-Encoding: %s\r\n", names[i]);
        sheaf_buffer response = respond(
            header, sheaf_slice_part(sheaf_buffer_view(&packed[i]), 0, packed[i].size * 9 / 10));
        sheaf_status status = decode(&out, sheaf_buffer_view(&response), 1 << 20);
        /* One block of zstd may hold all of it. */
        CHECK(status == SHEAF_OK || (i == 3 && status == SHEAF_BAD_INPUT));
        if (!status) {
            CHECK(out.size > 1000 && out.size < plain.size);
            CHECK(sheaf_slice_starts(plain, out));
            CHECK(note && strcmp(note, "its content encoding ends early") == 0);
        }
        sheaf_buffer_clear(&response);
        sheaf_buffer_clear(&packed[i]);
    }
    sheaf_buffer_clear(&text);
}

TEST(refuses_what_cannot_be_undone) {
    sheaf_slice out;
    sheaf_buffer response =
        respond("Content-Encoding: gzip\r\n", SLICE("\x1F\x8B\x08 damaged all over"));
    CHECK_NUMBER(decode(&out, sheaf_buffer_view(&response), 1 << 20), SHEAF_BAD_INPUT);
    sheaf_buffer_clear(&response);
    response = respond("Content-Encoding: sdch\r\n", SLICE("\1\2\3"));
    CHECK_NUMBER(decode(&out, sheaf_buffer_view(&response), 1 << 20), SHEAF_UNSUPPORTED);
    CHECK(strstr(error.message, "sdch") != NULL);
    sheaf_buffer_clear(&response);
}

/* Two are undone; a third one is not, but names of what is not there do no harm. */
TEST(undoes_two_encodings_and_no_more) {
    sheaf_slice out, plain = SLICE(page);
    sheaf_buffer one = deflated(plain, 31);
    sheaf_buffer two = deflated(sheaf_buffer_view(&one), 31);
    sheaf_buffer three = deflated(sheaf_buffer_view(&two), 31);
    expect("Content-Encoding: gzip, gzip, gzip\r\n", sheaf_buffer_view(&two), page, NULL);
    expect("Content-Encoding: identity, gzip, , gzip, identity\r\n", sheaf_buffer_view(&two), page,
           NULL);
    sheaf_buffer response =
        respond("Content-Encoding: gzip, gzip, gzip\r\n", sheaf_buffer_view(&three));
    CHECK_NUMBER(decode(&out, sheaf_buffer_view(&response), 1 << 20), SHEAF_UNSUPPORTED);
    CHECK(strstr(error.message, "more than 2 content encodings") != NULL);
    sheaf_buffer *all[] = {&one, &two, &three, &response};
    for (size_t i = 0; i < 4; i++)
        sheaf_buffer_clear(all[i]);
}

/* Beyond the limit nothing is unpacked, and what was is counted. */
TEST(counts_what_it_unpacks) {
    sheaf_buffer text = long_text();
    sheaf_buffer packed = deflated(sheaf_buffer_view(&text), 31);
    sheaf_slice out;
    sheaf_buffer response = respond("Content-Encoding: gzip\r\n", sheaf_buffer_view(&packed));
    decoder.unpacked = 0;
    CHECK_NUMBER(decode(&out, sheaf_buffer_view(&response), 1 << 20), SHEAF_OK);
    CHECK_NUMBER(decoder.unpacked, text.size);
    CHECK_NUMBER(decode(&out, sheaf_buffer_view(&response), 5000), SHEAF_LIMIT);
    CHECK_NUMBER(decoder.unpacked, text.size + 5000);
    CHECK(decoder.layers[0].size <= 5000);
    sheaf_buffer_clear(&text);
    sheaf_buffer_clear(&packed);
    sheaf_buffer_clear(&response);
}

TEST(keeps_to_the_limit) {
    sheaf_buffer text = long_text();
    sheaf_slice plain = sheaf_buffer_view(&text), out;
    sheaf_buffer packed[] = {deflated(plain, 31), deflated(plain, 15), brotlied(plain),
                             zstded(plain)};
    static const char *const names[] = {"gzip", "deflate", "br", "zstd"};
    for (size_t i = 0; i < 4; i++) {
        char header[64];
        snprintf(header, sizeof header, "Content-Encoding: %s\r\n", names[i]);
        sheaf_buffer response = respond(header, sheaf_buffer_view(&packed[i]));
        CHECK_NUMBER(decode(&out, sheaf_buffer_view(&response), plain.size - 1), SHEAF_LIMIT);
        CHECK_NUMBER(decode(&out, sheaf_buffer_view(&response), plain.size), SHEAF_OK);
        sheaf_buffer_clear(&response);
        sheaf_buffer_clear(&packed[i]);
    }
    sheaf_buffer_clear(&text);
}

int main(void) {
    const check_test tests[] = {T(parses_heads),
                                T(takes_what_has_no_head_as_body),
                                T(unfolds_values),
                                T(joins_chunks),
                                T(does_not_believe_chunks_that_are_not_there),
                                T(tells_of_chunks_that_lie),
                                T(undoes_encodings),
                                T(joins_gzip_members_of_one_body),
                                T(gives_what_stands_before_a_cut),
                                T(refuses_what_cannot_be_undone),
                                T(undoes_two_encodings_and_no_more),
                                T(counts_what_it_unpacks),
                                T(keeps_to_the_limit)};
    int result = check_run(tests, sizeof tests / sizeof *tests);
    sheaf_http_decoder_clear(&decoder);
    return result;
}
