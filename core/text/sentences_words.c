/* sentences_words.c - does the full point behind this word end the sentence?
 *
 * The word may be an abbreviation by the lists of the language, an initial, a
 * number, or letters with points among them; what kind it is says which
 * followers let the sentence end. */
#include <string.h>

#include "base/utf8.h"
#include "text/letter.h"
#include "text/segment.h"
#include "text/sentences_parts.h"

enum { LONGEST = 40, DATELINE = 64 };

/* What running text says of a word: how often each was seen. */
enum { SMALL = 1, POINTED = 1 << 16 };

/* ---- lists ----------------------------------------------------------------------- */

/* Small letters of word; 0 when it is too long for any list. */
static size_t make_small(char out[LONGEST], sheaf_slice word) {
    size_t size = 0;
    if (word.size > LONGEST - 8)
        return 0;
    for (size_t at = 0; at < word.size && size < LONGEST - 4;) {
        uint32_t c = sheaf_char_to_lower(sheaf_utf8_next(word, &at));
        size += (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out + size);
    }
    return size;
}

static const sheaf_sentence_word *find_word(sheaf_slice word) {
    unsigned low = 0;
    unsigned high = sheaf_sentence_word_count;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        int order = sheaf_slice_compare(sheaf_slice_of(sheaf_sentence_words[middle].word), word);
        if (order == 0)
            return &sheaf_sentence_words[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_kind(const sheaf_sentences *walk, const sheaf_sentence_word *word, int kind) {
    return word && (word->languages[kind] & walk->languages) != 0;
}

void sheaf_sentence_set_language(sheaf_sentences *walk, sheaf_slice language) {
    sheaf_slice tag = sheaf_slice_part(language, 0, 2);
    bool alone = language.size == 2 || (language.size > 2 && language.data[2] == '-');
    walk->languages = UINT32_MAX;
    for (unsigned i = 0; alone && sheaf_sentence_languages[i][0]; i++) {
        if (sheaf_slice_equal_fold(tag, sheaf_slice_of(sheaf_sentence_languages[i])))
            walk->languages = (uint32_t)1 << i;
    }
    if (alone && walk->languages == UINT32_MAX && tag.data[0] == 'n' &&
        (tag.data[1] == 'b' || tag.data[1] == 'n'))
        sheaf_sentence_set_language(walk, SLICE("no"));
    walk->greek = alone && sheaf_slice_is(tag, "el");
    static const char counting[] = "de da no nb nn fi cs sk sl hu et lv tr pl is hr";
    char pair[3] = {alone ? tag.data[0] : '?', alone ? tag.data[1] : '?', '\0'};
    walk->ordinals = strstr(counting, pair) != NULL;
}

/* ---- the token before the point ------------------------------------------------------ */

typedef struct token {
    size_t from;
    sheaf_slice text; /* letters, digits, and points, apostrophes and strokes among them */
    size_t letters, digits, points;
    bool capital; /* the first letter is one */
} token;

static bool belongs(uint32_t c, sheaf_sentence_class class) {
    return (class >= SB_EXTEND && class <= SB_FORMAT) ||
           (class >= SB_LOWER && class <= SB_NUMBER) || c == '.' || c == '-' || c == 0xBA ||
           c == 0xB0;
}

static token read_token(sheaf_slice text, size_t start, size_t end) {
    token found = {.from = end};
    while (found.from > start && end - found.from < LONGEST) {
        size_t before = found.from;
        uint32_t c = sheaf_utf8_previous(text, &before);
        sheaf_sentence_class class = sheaf_sentence_class_of(c);
        if (!belongs(c, class))
            break;
        found.from = before;
        found.letters += class >= SB_LOWER && class <= SB_LETTER;
        found.digits += class == SB_NUMBER;
        found.points += c == '.';
        found.capital = class == SB_UPPER;
    }
    found.text = sheaf_slice_part(text, found.from, end);
    return found;
}

/* The class of the first letter of the word before the one at at; SB_SEP when
 * there is none in this sentence. */
static sheaf_sentence_class class_before(sheaf_slice text, size_t start, size_t at) {
    sheaf_sentence_class class = SB_SEP;
    bool inside = false;
    while (at > start) {
        sheaf_sentence_class here = sheaf_sentence_class_of(sheaf_utf8_previous(text, &at));
        bool letter = here >= SB_LOWER && here <= SB_NUMBER;
        if (inside && !letter && here > SB_FORMAT)
            break;
        if (!letter && here != SB_SPACE && here != SB_POINT && !inside)
            return SB_OTHER; /* a comma or a bracket stands between */
        inside |= letter;
        if (letter)
            class = here;
    }
    return class;
}

/* ---- the word behind it ---------------------------------------------------------------- */

static uint64_t habit(const sheaf_sentences *walk, sheaf_slice small) {
    uint64_t *count = walk->habits ? sheaf_map_get(&walk->habits->words, small) : NULL;
    return count ? *count : 0;
}

/* Does it begin sentences, by the lists or since it is written small elsewhere? */
static bool starts_sentence(const sheaf_sentences *walk, sentence_follower next) {
    char small[LONGEST];
    size_t size = make_small(small, next.word);
    sheaf_slice word = sheaf_slice_from(small, size);
    if (size && is_kind(walk, find_word(word), SHEAF_ABBREVIATION_STARTER))
        return true;
    return size && habit(walk, word) % POINTED > 0;
}

static bool is_roman(sheaf_slice word) {
    for (size_t i = 0; i < word.size; i++) {
        if (!strchr("IVXLC", word.data[i]))
            return false;
    }
    return word.size > 0;
}

bool sheaf_sentence_is_said(const sheaf_sentences *walk, sentence_follower next) {
    static const char *const verbs[] = {"said",      "says",   "asked",    "told",    "added",
                                        "replied",   "cried",  "shouted",  "wrote",   "whispered",
                                        "exclaimed", "yelled", "answered", "screamed"};
    if (next.opened || next.class != SB_UPPER)
        return false;
    sheaf_word words[4];
    size_t at = next.at;
    size_t count =
        sheaf_words_next(sheaf_slice_part(walk->text, 0, walk->paragraph_end), &at, words, 4);
    for (size_t i = 1; i < count; i++) {
        sheaf_slice word = sheaf_slice_part(walk->text, words[i].from, words[i].to);
        for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
            if (sheaf_slice_is(word, verbs[k]))
                return true;
        }
        size_t first = words[i].from;
        if (sheaf_sentence_class_of(sheaf_utf8_next(walk->text, &first)) != SB_UPPER)
            return false;
    }
    return false;
}

/* ---- kinds of tokens --------------------------------------------------------------------- */

static bool has_small(sheaf_slice word) {
    for (size_t at = 0; at < word.size;) {
        if (sheaf_sentence_class_of(sheaf_utf8_next(word, &at)) == SB_LOWER)
            return true;
    }
    return false;
}

/* MOSCOW, February 10. TASS. The …: nothing but a place, a date and an agency so far. */
static bool is_dateline(const sheaf_sentences *walk, size_t start, size_t end) {
    if (start != walk->paragraph || end - start > DATELINE)
        return false;
    bool dated = false;
    bool place = false;
    sheaf_word words[12];
    size_t at = 0;
    sheaf_slice text = sheaf_slice_part(walk->text, start, end);
    size_t count = sheaf_words_next(text, &at, words, 12);
    for (size_t i = 0; i < count; i++) {
        char small[LONGEST];
        sheaf_slice word = sheaf_slice_part(text, words[i].from, words[i].to);
        size_t size = make_small(small, word);
        bool small_too = has_small(word);
        dated |= words[i].kind == SHEAF_WORD_NUMBER;
        place |= !small_too && words[i].kind == SHEAF_WORD_LETTERS && word.size > 2;
        const sheaf_sentence_word *entry = find_word(sheaf_slice_from(small, size));
        if (small_too && !is_kind(walk, entry, SHEAF_ABBREVIATION_MONTH) &&
            !is_kind(walk, entry, SHEAF_ABBREVIATION_DATE))
            return false;
    }
    return place && dated && count > 1 && count < 12;
}

/* One letter: "J. Smith", "vitamin C. It", "you and I. Did". */
static bool letter_ends(const sheaf_sentences *walk, size_t start, token before,
                        sentence_follower next) {
    if (next.class != SB_UPPER)
        return next.class != SB_NUMBER && next.class != SB_LETTER;
    sheaf_sentence_class previous = class_before(walk->text, start, before.from);
    size_t behind = next.at + next.word.size;
    bool initial =
        next.word.size == 1 && behind < walk->text.size && walk->text.data[behind] == '.';
    if (initial && before.capital)
        return false;
    if (sheaf_slice_is(before.text, "I") && previous == SB_LOWER)
        return true;
    if (!before.capital)
        return starts_sentence(walk, next);
    return previous == SB_LOWER && starts_sentence(walk, next);
}

static bool number_ends(const sheaf_sentences *walk, size_t start, token before,
                        sentence_follower next) {
    if (before.from == start && before.digits <= 3)
        return false; /* the number of an item */
    if (walk->ordinals && before.digits <= 2 && !before.letters)
        return starts_sentence(walk, next);
    return true;
}

/* Letters with points among them: "U.S.", "e.g.", "Ph.D.". */
static bool is_acronym(token before) {
    return before.points > 0 && before.digits == 0 && before.letters <= 3 * before.points + 1;
}

/* No vowel, and not all capitals: "Sgt", "Blvd". */
static bool lacks_vowels(sheaf_slice word) {
    bool small = false;
    for (size_t i = 0; i < word.size; i++) {
        if (!sheaf_is_alpha(word.data[i]) || strchr("aeiouyAEIOUY", word.data[i]))
            return false;
        small |= sheaf_is_lower(word.data[i]);
    }
    return small && word.size >= 2 && word.size <= 4;
}

/* "It is 56 km. Further …": what counts, in small letters, behind a number. */
static bool is_unit(sheaf_slice text, size_t start, token before, sentence_follower next) {
    size_t at = before.from;
    return !before.capital && before.points == 0 && next.class == SB_UPPER && at > start + 1 &&
           text.data[at - 1] == ' ' && sheaf_is_digit(text.data[at - 2]);
}

/* "at 5 a.m. Mr. Smith": the time opens the sentence. */
static bool is_early(sheaf_slice text, size_t start, size_t at) {
    sheaf_word words[4];
    size_t from = 0;
    return sheaf_words_next(sheaf_slice_part(text, start, at), &from, words, 4) <= 2;
}

static bool abbreviation_ends(const sheaf_sentences *walk, size_t start, token before,
                              sentence_follower next, const sheaf_sentence_word *entry) {
    bool number = next.class == SB_NUMBER;
    if (is_kind(walk, entry, SHEAF_ABBREVIATION_END))
        return !number && !(before.points && is_early(walk->text, start, before.from));
    bool starter = starts_sentence(walk, next);
    if (is_kind(walk, entry, SHEAF_ABBREVIATION_NUMBER) &&
        (number || (is_roman(next.word) && !sheaf_slice_is(next.word, "I")) || next.first == '#'))
        return false;
    if (is_kind(walk, entry, SHEAF_ABBREVIATION_MONTH) && number)
        return false;
    if (is_kind(walk, entry, SHEAF_ABBREVIATION_TITLE))
        return false;
    if (is_kind(walk, entry, SHEAF_ABBREVIATION_NUMBER))
        return true;
    return starter || (number && !is_kind(walk, entry, SHEAF_ABBREVIATION_MAYBE) && !before.points);
}

/* Does running text have it with a point before small letters? */
static bool is_learned(const sheaf_sentences *walk, sheaf_slice small) {
    return small.size < 12 && habit(walk, small) / POINTED > 1;
}

bool sheaf_sentence_point_ends(const sheaf_sentences *walk, size_t start, sentence_stop stop,
                               sentence_follower next) {
    token before = read_token(walk->text, start, stop.at);
    if (before.text.size == 0 || stop.dots > 1)
        return true;
    if (is_dateline(walk, start, stop.at))
        return false;
    if (stop.closed)
        return true;
    if (before.digits && before.letters == 0)
        return number_ends(walk, start, before, next);
    char small[LONGEST];
    size_t size = make_small(small, before.text);
    const sheaf_sentence_word *entry = find_word(sheaf_slice_from(small, size));
    bool listed = false;
    for (int kind = 0; kind <= SHEAF_ABBREVIATION_MONTH; kind++)
        listed |=
            is_kind(walk, entry, kind) && (kind != SHEAF_ABBREVIATION_PROPER || before.capital);
    if (before.letters == 1 && (before.capital || !listed))
        return letter_ends(walk, start, before, next);
    if (is_unit(walk->text, start, before, next))
        return true;
    if (listed || is_acronym(before) || lacks_vowels(before.text) ||
        is_learned(walk, sheaf_slice_from(small, size)))
        return abbreviation_ends(walk, start, before, next, entry);
    return true;
}

/* ---- learning ----------------------------------------------------------------------- */

static bool count_habit(sheaf_sentence_habits *habits, sheaf_slice word, uint64_t what) {
    uint64_t *count = sheaf_map_put(&habits->words, word, 0);
    if (!count)
        return false;
    if ((what == SMALL ? *count % POINTED : *count / POINTED) < POINTED - 1)
        *count += what;
    return true;
}

/* Small words count as such; what bears a point before a small letter or a
 * comma is an abbreviation. */
bool sheaf_sentences_learn(sheaf_sentence_habits *habits, sheaf_slice text) {
    sheaf_word words[256];
    size_t count = 256;
    for (size_t at = 0; count == 256;) {
        count = sheaf_words_next(text, &at, words, 256);
        for (size_t i = 0; i < count; i++) {
            sheaf_slice word = sheaf_slice_part(text, words[i].from, words[i].to);
            if (word.size > LONGEST - 8 || !sheaf_is_lower(word.data[0]))
                continue;
            if (!count_habit(habits, word, SMALL))
                return false;
            size_t to = words[i].to;
            bool pointed = to + 2 < text.size && text.data[to] == '.' &&
                           (text.data[to + 1] == ',' ||
                            (text.data[to + 1] == ' ' && sheaf_is_lower(text.data[to + 2])));
            if (pointed && !count_habit(habits, word, POINTED))
                return false;
        }
    }
    return true;
}

void sheaf_sentence_habits_clear(sheaf_sentence_habits *habits) {
    sheaf_map_clear(&habits->words);
}
