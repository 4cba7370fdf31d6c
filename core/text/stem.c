/* stem.c - words without their endings: libstemmer by language.
 *
 * Its stemmers want small letters, which is done here; they want to be called
 * once a distinct word rather than once a word, which is up to the caller. */
#include "text/stem.h"

#include <libstemmer.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "text/letter.h"

enum { LONGEST = 255 };

struct sheaf_stemmer {
    struct sb_stemmer *snowball;
    char small[LONGEST * 2]; /* some letters grow when they become small */
};

static const struct {
    char tag[4];
    const char *name;
} languages[] = {
    {"ar", "arabic"},     {"ca", "catalan"},   {"da", "danish"},     {"de", "german"},
    {"el", "greek"},      {"en", "english"},   {"es", "spanish"},    {"eu", "basque"},
    {"fi", "finnish"},    {"fr", "french"},    {"ga", "irish"},      {"hi", "hindi"},
    {"hu", "hungarian"},  {"hy", "armenian"},  {"id", "indonesian"}, {"it", "italian"},
    {"lt", "lithuanian"}, {"nb", "norwegian"}, {"ne", "nepali"},     {"nl", "dutch"},
    {"nn", "norwegian"},  {"no", "norwegian"}, {"pt", "portuguese"}, {"ro", "romanian"},
    {"ru", "russian"},    {"sr", "serbian"},   {"sv", "swedish"},    {"ta", "tamil"},
    {"tr", "turkish"},    {"yi", "yiddish"},
};

static const char *name_of(sheaf_slice language) {
    size_t size = 0;
    while (size < language.size && language.data[size] != '-' && language.data[size] != '_')
        size++;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (sheaf_slice_equal_fold(sheaf_slice_part(language, 0, size),
                                   sheaf_slice_of(languages[i].tag)))
            return languages[i].name;
    }
    return NULL;
}

bool sheaf_stemmer_exists(sheaf_slice language) {
    return name_of(language) != NULL;
}

sheaf_stemmer *sheaf_stemmer_open(sheaf_slice language) {
    const char *name = name_of(language);
    sheaf_stemmer *stemmer = name ? sheaf_malloc(sizeof *stemmer) : NULL;
    if (!stemmer)
        return NULL;
    stemmer->snowball = sb_stemmer_new(name, "UTF_8");
    if (!stemmer->snowball) {
        sheaf_free(stemmer);
        return NULL;
    }
    return stemmer;
}

void sheaf_stemmer_close(sheaf_stemmer *stemmer) {
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->snowball);
    sheaf_free(stemmer);
}

static size_t put_char(char *out, uint32_t c) {
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

/* Small letters of word, which is valid UTF-8. */
static size_t make_small(char *out, sheaf_slice word) {
    size_t size = 0;
    for (size_t at = 0; at < word.size;) {
        if ((unsigned char)word.data[at] < 0x80)
            out[size++] = sheaf_to_lower(word.data[at++]);
        else
            size += put_char(out + size, sheaf_char_to_lower(sheaf_utf8_next(word, &at)));
    }
    return size;
}

sheaf_slice sheaf_stemmer_stem(sheaf_stemmer *stemmer, sheaf_slice word) {
    if (!stemmer || word.size > LONGEST || !sheaf_utf8_valid(word))
        return word;
    size_t size = make_small(stemmer->small, word);
    const sb_symbol *stem =
        sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)stemmer->small, (int)size);
    if (!stem)
        return word;
    return sheaf_slice_from((const char *)stem, (size_t)sb_stemmer_length(stemmer->snowball));
}
