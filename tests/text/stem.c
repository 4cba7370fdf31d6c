/* stem.c - stems by language, and words that no stemmer takes. */
#include "text/stem.h"

#include "check.h"

static void check_stem(const char *language, const char *word, const char *wanted) {
    sheaf_stemmer *stemmer = sheaf_stemmer_open(sheaf_slice_of(language));
    CHECK_TEXT(sheaf_stemmer_stem(stemmer, sheaf_slice_of(word)), wanted);
    sheaf_stemmer_close(stemmer);
}

TEST(stems_by_language) {
    check_stem("en", "Negotiations", "negoti");
    check_stem("en-GB", "talks", "talk");
    check_stem("EN", "TALKED", "talk");
    check_stem("de", "Häuser", "haus");
    check_stem("fr", "négociations", "négoci");
    check_stem("ru", "ПЕРЕГОВОРЫ", "переговор");
    check_stem("pt-BR", "governos", "govern");
    check_stem("nn", "båtane", "båt");
    check_stem("el", "ΣΥΝΟΜΙΛΙΕΣ", "συνομιλι");
}

TEST(leaves_what_it_does_not_know) {
    check_stem("zh", "会谈", "会谈");
    check_stem("und", "Talks", "Talks");
    check_stem("", "Talks", "Talks");
    check_stem("english", "Talks", "Talks");
    check_stem("en", "", "");
    check_stem("en", "talk\xFFs", "talk\xFFs");
    CHECK(sheaf_stemmer_exists(SLICE("sv")) && !sheaf_stemmer_exists(SLICE("ja")));
    CHECK(sheaf_stemmer_open(SLICE("ja")) == NULL);
}

TEST(bears_long_words) {
    char word[600];
    memset(word, 'A', sizeof word);
    sheaf_stemmer *stemmer = sheaf_stemmer_open(SLICE("en"));
    for (size_t size = 0; size <= sizeof word; size++) {
        sheaf_slice stem = sheaf_stemmer_stem(stemmer, sheaf_slice_from(word, size));
        CHECK(stem.size == size);
        CHECK(size == 0 || stem.data[0] == (size <= 255 ? 'a' : 'A'));
    }
    for (size_t i = 0; i + 2 < sizeof word; i += 2) /* U+023A grows from two bytes to three */
        memcpy(word + i, "\xC8\xBA", 2);
    CHECK_NUMBER(sheaf_stemmer_stem(stemmer, sheaf_slice_from(word, 254)).size, 127 * 3);
    sheaf_stemmer_close(stemmer);
}

int main(void) {
    RUN(T(stems_by_language), T(leaves_what_it_does_not_know), T(bears_long_words));
}
