/* text.c - fuzzes words, sentences, folding and phrases on any bytes.
 *
 * Words are the same by every path and lie in order; every boundary of words
 * and sentences gets on; folding what was folded changes nothing; the word that
 * was just read is found again as a phrase. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/phrases.h"
#include "text/segment.h"
#include "text/sentences.h"
#include "text/stem.h"

enum { MOST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise) {
    if (!promise)
        abort();
}

static size_t words_by(sheaf_words_path path, sheaf_slice text, sheaf_word *words, size_t step) {
    size_t count = 0;
    size_t got = step;
    for (size_t at = 0; got == step && count + step <= MOST; count += got) {
        got = sheaf_words_next_by(path, text, &at, words + count, step);
        must(at <= text.size);
    }
    return count;
}

static void check_words(sheaf_slice text) {
    static sheaf_word wanted[MOST], words[MOST];
    size_t count = words_by(SHEAF_WORDS_SCALAR, text, wanted, MOST);
    for (size_t i = 0; i < count; i++)
        must(wanted[i].from < wanted[i].to && wanted[i].to <= text.size &&
             (i == 0 || wanted[i - 1].to <= wanted[i].from));
    for (sheaf_words_path path = SHEAF_WORDS_AVX2; path < SHEAF_WORDS_PATHS; path++) {
        if (!sheaf_words_path_exists(path) || count == MOST)
            continue;
        must(words_by(path, text, words, 3) == count);
        for (size_t i = 0; i < count; i++)
            must(words[i].from == wanted[i].from && words[i].to == wanted[i].to &&
                 words[i].kind == wanted[i].kind);
    }
}

static void check_boundaries(sheaf_slice text, size_t (*boundary)(sheaf_slice, size_t)) {
    for (size_t at = 0; at < text.size;) {
        size_t next = boundary(text, at);
        must(next > at && next <= text.size);
        at = next;
    }
}

static void check_sentences(sheaf_slice text, sheaf_slice language) {
    sheaf_sentence_habits habits = {0};
    must(sheaf_sentences_learn(&habits, text));
    sheaf_sentences walk;
    size_t from, to, before = 0;
    sheaf_sentences_begin(&walk, text, language, &habits);
    while (sheaf_sentence_next(&walk, &from, &to)) {
        must(from >= before && to > from && to <= text.size);
        before = to;
    }
    sheaf_sentence_habits_clear(&habits);
}

static bool note(void *context, const sheaf_phrase_hit *hit) {
    size_t *sought = context;
    if (hit && hit->from == *sought)
        *sought = SIZE_MAX;
    return *sought != SIZE_MAX;
}

/* Every eighth word, as a phrase: it is found where it stands. */
static void check_phrases(sheaf_slice text) {
    sheaf_word word;
    unsigned number = 0;
    for (size_t at = 0; sheaf_words_next(text, &at, &word, 1) && number < 64; number++) {
        sheaf_slice piece = sheaf_slice_part(text, word.from, word.to);
        bool simple = memchr(piece.data, '\'', piece.size) == NULL &&
                      sheaf_slice_find(piece, 0, SLICE("\xE2\x80")) == SIZE_MAX;
        if (number % 8 || !simple)
            continue;
        sheaf_phrases *set = sheaf_phrases_new(&piece, 1);
        size_t sought = word.from;
        must(set != NULL);
        sheaf_phrases_find(set, text, note, &sought);
        must(sought == SIZE_MAX);
        sheaf_phrases_free(set);
    }
}

static void check_fold(sheaf_slice text) {
    sheaf_buffer once = {0}, twice = {0};
    sheaf_fold(&once, text);
    sheaf_fold(&twice, sheaf_buffer_view(&once));
    must(!once.failed && !twice.failed && sheaf_utf8_valid(sheaf_buffer_view(&once)));
    sheaf_buffer_clear(&once);
    sheaf_buffer_clear(&twice);
}

/* The first byte chooses a language. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const languages[] = {"en", "de", "fr", "ru", "el", "zh", "und", "ar"};
    if (size == 0)
        return 0;
    sheaf_slice language = sheaf_slice_of(languages[data[0] % 8]);
    sheaf_slice bytes = {(const char *)data + 1, size - 1};
    check_words(bytes);
    check_boundaries(bytes, sheaf_word_boundary);
    check_boundaries(bytes, sheaf_sentence_boundary);
    check_sentences(bytes, language);
    sheaf_buffer text = {0};
    sheaf_utf8_repair(&text, bytes);
    check_fold(sheaf_buffer_view(&text));
    check_phrases(sheaf_buffer_view(&text));
    sheaf_stemmer *stemmer = sheaf_stemmer_open(language);
    sheaf_stemmer_stem(stemmer, bytes);
    sheaf_stemmer_close(stemmer);
    sheaf_buffer_clear(&text);
    return 0;
}
