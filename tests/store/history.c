/* history.c - the past of a sheaf outlives its being made anew, and can be checked. */
#include "store/full.h"
#include "store/history.h"
#include "store/amend.h"

#include <zstd.h>

static sheaf_file *open_file(const char *path) {
    sheaf_file *file = NULL;
    sheaf_error error = {0};
    if (sheaf_file_open(&file, path, &error) != SHEAF_OK)
        fprintf(stderr, "%s\n", error.message);
    return file;
}

static bool is_whole(const char *path) {
    sheaf_error error = {0};
    sheaf_file *file = open_file(path);
    sheaf_status status = sheaf_file_verify(file, NULL, &error);
    if (status != SHEAF_OK)
        fprintf(stderr, "%s\n", error.message);
    sheaf_file_close(file);
    return status == SHEAF_OK;
}

/* A line for each commit: its number, in brackets when past, what it added and
 * removed, and its plan up to a blank. */
static sheaf_slice told(sheaf_buffer *out, const char *path) {
    sheaf_history *history = NULL;
    sheaf_file *file = open_file(path);
    sheaf_buffer_reset(out);
    CHECK_NUMBER(sheaf_history_open(&history, file, NULL), SHEAF_OK);
    for (size_t i = 0; history && i < sheaf_history_count(history); i++) {
        sheaf_history_line line = sheaf_history_get(history, i);
        sheaf_slice plan = sheaf_slice_part(line.plan, 0, sheaf_slice_find_char(line.plan, 0, ' '));
        sheaf_buffer_printf(out, line.past ? "(%d)" : "%d", (int)line.commit);
        sheaf_buffer_printf(out, "%+d%+d %.*s; ", (int)line.added, -(int)line.removed,
                            SLICE_ARGS(plan));
        CHECK(line.sha256.size == SHEAF_SHA256_HEX);
    }
    sheaf_history_close(history);
    sheaf_file_close(file);
    return sheaf_buffer_view(out);
}

TEST(every_commit_is_told) {
    char folder[64], path[128];
    sheaf_buffer out = {0};
    make_folder(folder);
    make_full(in_folder(path, folder, "a.sheaf"), 5);
    CHECK_TEXT(told(&out, path), "1+5+0 from; 2+0+0 layer; 3+0-1 rm; 4+0+0 sign; ");
    sheaf_buffer_clear(&out);
    remove_folder(folder);
}

TEST(sealing_and_compacting_keep_it) {
    char folder[64], path[128];
    sheaf_buffer out = {0};
    make_folder(folder);
    make_full(in_folder(path, folder, "a.sheaf"), 5);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    CHECK_TEXT(told(&out, path),
               "(1)+5+0 from; (2)+0+0 layer; (3)+0-1 rm; (4)+0+0 sign; 1+0+0 seal; ");
    CHECK(is_whole(path));
    CHECK_NUMBER(full_pack(path, SHEAF_WRITER_APPEND, 5, 7), SHEAF_OK);
    CHECK_NUMBER(sheaf_compact(path, NULL, NULL, NULL), SHEAF_OK);
    CHECK_TEXT(told(&out, path), "(1)+5+0 from; (2)+0+0 layer; (3)+0-1 rm; (4)+0+0 sign; "
                                 "(1)+0+0 seal; (2)+2+0 from; 1+0+0 compact; ");
    CHECK(is_whole(path));
    sheaf_buffer_clear(&out);
    remove_folder(folder);
}

/* What two sources share comes once; what is left out of one counts as removed. */
TEST(merging_joins_it) {
    char folder[64], a[128], b[128], out[128];
    sheaf_buffer text = {0};
    make_folder(folder);
    const char *paths[] = {in_folder(a, folder, "a.sheaf"), in_folder(b, folder, "b.sheaf")};
    in_folder(out, folder, "out.sheaf");
    CHECK_NUMBER(full_pack(a, SHEAF_WRITER_CREATE, 0, 3), SHEAF_OK);
    read_whole(&text, a);
    write_whole(b, text.data, text.size);
    CHECK_NUMBER(full_pack(a, SHEAF_WRITER_APPEND, 3, 5), SHEAF_OK);
    CHECK_NUMBER(full_pack(b, SHEAF_WRITER_APPEND, 5, 6), SHEAF_OK);
    CHECK_NUMBER(sheaf_merge(out, paths, 2, NULL, NULL, NULL), SHEAF_OK);
    CHECK_TEXT(told(&text, out), "(1)+3+0 from; (2)+2+0 from; (2)+1+0 from; 1+0-3 merge; ");
    CHECK(is_whole(out));
    sheaf_buffer_clear(&text);
    remove_folder(folder);
}

/* Bit by bit the same operation gives the same bytes, and sealing what is sealed
 * changes nothing. */
TEST(a_sealed_sheaf_stays_as_it_is) {
    char folder[64], path[128];
    sheaf_buffer once = {0}, twice = {0};
    make_folder(folder);
    make_full(in_folder(path, folder, "a.sheaf"), 3);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    read_whole(&once, path);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    read_whole(&twice, path);
    CHECK(sheaf_slice_equal(sheaf_buffer_view(&once), sheaf_buffer_view(&twice)));
    sheaf_buffer_clear(&once);
    sheaf_buffer_clear(&twice);
    remove_folder(folder);
}

TEST(a_signature_of_the_past_is_no_signature_of_the_present) {
    char folder[64], path[128], name[140];
    sheaf_key key;
    uint64_t commit;
    sheaf_error error = {0};
    sheaf_history *history;
    make_folder(folder);
    make_full(in_folder(path, folder, "a.sheaf"), 3);
    snprintf(name, sizeof name, "%s.pem", path);
    CHECK_NUMBER(sheaf_key_read(&key, name, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    sheaf_file *file = open_file(path);
    CHECK_NUMBER(sheaf_file_signed(file, &key, &commit, &error), SHEAF_MISSING);
    CHECK(strstr(error.message, "before it was made anew") != NULL);
    CHECK_NUMBER(sheaf_history_open(&history, file, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_history_signatures(history), 1);
    CHECK_NUMBER(sheaf_history_signature(history, 0)->commit, 3);
    CHECK(sheaf_signature_holds(sheaf_history_signature(history, 0)));
    CHECK_TEXT(sheaf_history_signature(history, 0)->manifest,
               sheaf_history_get(history, 2).sha256.data);
    sheaf_history_close(history);
    sheaf_file_close(file);
    CHECK_NUMBER(full_sign(path), SHEAF_OK);
    file = open_file(path);
    CHECK_NUMBER(sheaf_file_signed(file, &key, &commit, &error), SHEAF_OK);
    CHECK_NUMBER(commit, 1);
    sheaf_file_close(file);
    sheaf_key_clear(&key);
    remove_folder(folder);
}

/* ---- a past that was made up ------------------------------------------------------------ */

static void count(void *context, const char *sentence) {
    (void)sentence;
    ++*(unsigned *)context;
}

/* Puts other documents, each a frame, in the place of the history, with good sums
 * all over; returns how many problems the check of history finds. */
static unsigned problems_with(const char *path, const sheaf_buffer *documents, size_t number) {
    sheaf_amend amend;
    sheaf_buffer entry = {0};
    unsigned problems = 0;
    for (size_t i = 0; i < number; i++) {
        size_t bound = ZSTD_compressBound(documents[i].size);
        sheaf_buffer_reserve(&entry, bound);
        entry.size +=
            ZSTD_compress(entry.data + entry.size, bound, documents[i].data, documents[i].size, 1);
    }
    CHECK_NUMBER(sheaf_amend_open(&amend, path, NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_emitter_drop(&amend.emitter, SLICE("history/000001.zst"), NULL), SHEAF_OK);
    CHECK_NUMBER(sheaf_emitter_whole(&amend.emitter, SLICE("history/000001.zst"),
                                     sheaf_buffer_view(&entry), NULL),
                 SHEAF_OK);
    CHECK_NUMBER(sheaf_amend_commit(&amend, 2, 0, "made up", NULL), SHEAF_OK);
    sheaf_amend_close(&amend);
    sheaf_file *file = open_file(path);
    CHECK_NUMBER(sheaf_history_check(file, count, &problems, NULL), SHEAF_OK);
    CHECK(sheaf_file_verify(file, NULL, NULL) == SHEAF_CORRUPT);
    sheaf_file_close(file);
    sheaf_buffer_clear(&entry);
    return problems;
}

/* The documents of a sheaf that was sealed: manifests 1 to 4 and a signature of the
 * third, which comes last. */
static size_t documents_of(const char *path, sheaf_buffer *documents) {
    sheaf_history *history;
    sheaf_slice sha256;
    sheaf_file *file = open_file(path);
    CHECK_NUMBER(sheaf_history_open(&history, file, NULL), SHEAF_OK);
    size_t past = sheaf_history_documents(history) - 1;
    for (size_t i = 0; i < past; i++) {
        sheaf_buffer_reset(&documents[i]);
        sheaf_buffer_add(&documents[i], sheaf_history_document(history, i, &sha256));
    }
    sheaf_history_close(history);
    sheaf_file_close(file);
    return past;
}

/* The place of a text in a document. */
static char *at(sheaf_buffer *document, const char *text) {
    size_t offset = sheaf_slice_find(sheaf_buffer_view(document), 0, sheaf_slice_of(text));
    CHECK(offset != SIZE_MAX);
    return document->data + offset;
}

TEST(a_past_that_was_made_up_is_found_out) {
    char folder[64], path[128];
    sheaf_buffer whole = {0}, documents[5] = {{0}}, less[5];
    make_folder(folder);
    make_full(in_folder(path, folder, "a.sheaf"), 3);
    CHECK_NUMBER(sheaf_seal(path, NULL, NULL, NULL), SHEAF_OK);
    read_whole(&whole, path);
    CHECK_NUMBER(documents_of(path, documents), 5);
    CHECK_NUMBER(problems_with(path, documents, 5), 0);
    for (size_t left_out = 0; left_out < 5; left_out++) {
        size_t kept = 0;
        for (size_t i = 0; i < 5; i++) {
            if (i != left_out)
                less[kept++] = documents[i];
        }
        write_whole(path, whole.data, whole.size);
        if (left_out < 4) /* a signature may be left out: nothing vouches for it */
            CHECK(problems_with(path, less, 4) > 0);
    }
    *at(&documents[2], "\"rm\"") = ' '; /* no JSON */
    write_whole(path, whole.data, whole.size);
    CHECK(problems_with(path, documents, 5) > 0);
    write_whole(path, whole.data, whole.size);
    CHECK_NUMBER(documents_of(path, documents), 5);
    at(&documents[2], "\"rm\"")[1] = 'x'; /* another plan */
    CHECK(problems_with(path, documents, 5) > 0);
    write_whole(path, whole.data, whole.size);
    CHECK_NUMBER(documents_of(path, documents), 5);
    char *digit = at(&documents[4], "\"signature\":\"") + 13;
    *digit = *digit == '0' ? '1' : '0';
    CHECK(problems_with(path, documents, 5) > 0);
    for (size_t i = 0; i < 5; i++)
        sheaf_buffer_clear(&documents[i]);
    sheaf_buffer_clear(&whole);
    remove_folder(folder);
}

int main(void) {
    RUN(T(every_commit_is_told), T(sealing_and_compacting_keep_it), T(merging_joins_it),
        T(a_sealed_sheaf_stays_as_it_is), T(a_signature_of_the_past_is_no_signature_of_the_present),
        T(a_past_that_was_made_up_is_found_out));
}
