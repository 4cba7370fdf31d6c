/* language.c - script by counting letters, language by the words that every
 * text is full of.
 *
 * A script that one language has to itself decides at once. Otherwise the
 * first few kilobytes are cut into words; words and rare letters go into a
 * small table on the stack, and each language's own list is looked up in it
 * (rather than the words of the text in all languages: the lists are short,
 * and need no preparation). Something that several languages claim counts for
 * each by a share, so that Danish and Norwegian are parted by what they do not
 * have in common.
 *
 * Two figures make the confidence: how much of the text the winner explains,
 * and how far it is ahead of the next. Where either is poor the answer is
 * "und": a filter on a wrong language loses articles, one on none does not. */
#include "text/language.h"

#include <string.h>

#include <utf8proc.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "text/language_words.h"

enum { LOOK_AT = 4096, WORDS_FIRST = 80, WORDS_MOST = 250, SLOTS = 512, LETTERS = 0x700 };

static bool within(uint32_t c, uint32_t low, uint32_t high) {
    return c - low <= high - low;
}

/* The confidence at which the first words decide, and no more are looked at. */
#define NO_DOUBT 0.98

/* ---- Script -------------------------------------------------------------- */

static sheaf_script script_by_category(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    return letter ? SHEAF_SCRIPT_OTHER : SHEAF_SCRIPT_NONE;
}

static sheaf_script script_of_point(uint32_t c) {
    static const struct {
        uint32_t low, high;
        sheaf_script script;
    } ranges[] = {
        {0x00C0, 0x02AF, SHEAF_SCRIPT_LATIN},    {0x0370, 0x03FF, SHEAF_SCRIPT_GREEK},
        {0x0400, 0x052F, SHEAF_SCRIPT_CYRILLIC}, {0x0531, 0x0587, SHEAF_SCRIPT_ARMENIAN},
        {0x05D0, 0x05F2, SHEAF_SCRIPT_HEBREW},   {0x0620, 0x064A, SHEAF_SCRIPT_ARABIC},
        {0x066E, 0x06D3, SHEAF_SCRIPT_ARABIC},   {0x06EE, 0x06FF, SHEAF_SCRIPT_ARABIC},
        {0x0750, 0x077F, SHEAF_SCRIPT_ARABIC},   {0x0904, 0x0963, SHEAF_SCRIPT_DEVANAGARI},
        {0x0980, 0x09E3, SHEAF_SCRIPT_BENGALI},  {0x09F0, 0x09F1, SHEAF_SCRIPT_BENGALI},
        {0x0E01, 0x0E4E, SHEAF_SCRIPT_THAI},     {0x10A0, 0x10FF, SHEAF_SCRIPT_GEORGIAN},
        {0x1100, 0x11FF, SHEAF_SCRIPT_HANGUL},   {0x1C90, 0x1CBF, SHEAF_SCRIPT_GEORGIAN},
        {0x1E00, 0x1EFF, SHEAF_SCRIPT_LATIN},    {0x1F00, 0x1FFF, SHEAF_SCRIPT_GREEK},
        {0x3041, 0x30FF, SHEAF_SCRIPT_KANA},     {0x31F0, 0x31FF, SHEAF_SCRIPT_KANA},
        {0x3400, 0x4DBF, SHEAF_SCRIPT_HAN},      {0x4E00, 0x9FFF, SHEAF_SCRIPT_HAN},
        {0xAC00, 0xD7A3, SHEAF_SCRIPT_HANGUL},   {0xF900, 0xFAFF, SHEAF_SCRIPT_HAN},
        {0xFB1D, 0xFB4F, SHEAF_SCRIPT_HEBREW},   {0xFB50, 0xFDFF, SHEAF_SCRIPT_ARABIC},
        {0xFE70, 0xFEFC, SHEAF_SCRIPT_ARABIC},   {0xFF21, 0xFF5A, SHEAF_SCRIPT_LATIN},
        {0xFF66, 0xFF9F, SHEAF_SCRIPT_KANA},     {0x20000, 0x323AF, SHEAF_SCRIPT_HAN},
    };
    if (within(c, 0x0430, 0x044F))
        return SHEAF_SCRIPT_CYRILLIC;
    size_t low = 0;
    size_t high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > ranges[middle].high)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < sizeof ranges / sizeof *ranges && c >= ranges[low].low)
        return ranges[low].script;
    return script_by_category(c);
}

/* Letters among 32 bytes of ASCII; SIZE_MAX when there are others. Without a
 * branch, so that a compiler does many bytes at once. */
static size_t count_ascii(const char *bytes) {
    unsigned char all = 0;
    unsigned char letters = 0;
    for (size_t i = 0; i < 32; i++) {
        unsigned char c = (unsigned char)bytes[i];
        all |= c;
        letters = (unsigned char)(letters + ((unsigned char)((c | 0x20) - 'a') < 26));
    }
    return all & 0x80 ? SIZE_MAX : letters;
}

static void count_scripts(size_t counts[SHEAF_SCRIPT_COUNT], sheaf_slice text) {
    memset(counts, 0, SHEAF_SCRIPT_COUNT * sizeof *counts);
    for (size_t at = 0; at < text.size;) {
        size_t letters = text.size - at >= 32 ? count_ascii(text.data + at) : SIZE_MAX;
        if (letters != SIZE_MAX) {
            counts[SHEAF_SCRIPT_LATIN] += letters;
            at += 32;
            continue;
        }
        for (size_t end = at + 32; at < end && at < text.size;) {
            if ((unsigned char)text.data[at] < 0x80)
                counts[SHEAF_SCRIPT_LATIN] += sheaf_is_alpha(text.data[at++]) ? 1 : 0;
            else
                counts[script_of_point(sheaf_utf8_next(text, &at))]++;
        }
    }
    counts[SHEAF_SCRIPT_NONE] = 0;
}

/* The script with most letters. Japanese is written in two, and told by its
 * kana even where more letters are Han. */
static sheaf_script leading_script(const size_t counts[SHEAF_SCRIPT_COUNT]) {
    size_t most[SHEAF_SCRIPT_COUNT];
    memcpy(most, counts, sizeof most);
    if (most[SHEAF_SCRIPT_KANA] * 8 > most[SHEAF_SCRIPT_HAN]) {
        most[SHEAF_SCRIPT_KANA] += most[SHEAF_SCRIPT_HAN];
        most[SHEAF_SCRIPT_HAN] = 0;
    }
    sheaf_script best = SHEAF_SCRIPT_NONE;
    for (int i = 1; i < SHEAF_SCRIPT_COUNT; i++) {
        if (most[i] > most[best])
            best = (sheaf_script)i;
    }
    return best;
}

sheaf_script sheaf_script_of(sheaf_slice text) {
    size_t counts[SHEAF_SCRIPT_COUNT];
    count_scripts(counts, sheaf_utf8_prefix(text, LOOK_AT));
    return leading_script(counts);
}

/* ---- The words of the text ------------------------------------------------ */

typedef union key {
    char text[SHEAF_LANGUAGE_WORD_SIZE];
    uint64_t half[2];
} key;

typedef struct slot {
    key word;
    uint64_t languages; /* a bit for each that claims it */
    unsigned count;
} slot;

typedef struct sample {
    slot slots[SLOTS];
    uint64_t begun[16];        /* a bit for each beginning of a word: most are not there */
    uint16_t letters[LETTERS]; /* how often each was seen; put into slots at the end */
    unsigned words;
    unsigned used;
} sample;

static unsigned beginning(const char *word) {
    const unsigned char *b = (const unsigned char *)word;
    return (b[0] * 7u + b[1] * 31u + b[2] * 101u) % 1024;
}

static slot *find_slot(sample *table, const key *word) {
    uint64_t hash = (word->half[0] ^ word->half[1] * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
    for (size_t i = (size_t)(hash >> 32) % SLOTS;; i = (i + 1) % SLOTS) {
        slot *here = &table->slots[i];
        if (here->count == 0 ||
            (here->word.half[0] == word->half[0] && here->word.half[1] == word->half[1]))
            return here;
    }
}

/* The table is never more than three quarters full. */
static void note(sample *table, const key *word, unsigned times) {
    slot *here = find_slot(table, word);
    if (here->count == 0) {
        if (table->used >= SLOTS / 4 * 3)
            return;
        table->used++;
        here->word = *word;
        here->languages = 0;
        unsigned bit = beginning(word->text);
        table->begun[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    here->count += times;
}

static uint32_t lower(uint32_t c) {
    if (within(c, 0x0410, 0x042F))
        return c + 0x20;
    if (within(c, 0x0400, 0x040F))
        return c + 0x50;
    if (within(c, 0x0430, 0x045F) || c >= 0x0590)
        return within(c, 0x1E00, 0x1EFF) ? (uint32_t)utf8proc_tolower((utf8proc_int32_t)c) : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

static bool is_letter(uint32_t c) {
    if (c < 0x0250)
        return c >= 0x00C0 && c != 0x00D7 && c != 0x00F7;
    if (within(c, 0x0900, 0x0963))
        return true; /* with its marks */
    return script_of_point(c) != SHEAF_SCRIPT_NONE && c != 0x0640;
}

static bool is_silent(uint32_t c) {
    return within(c, 0x064B, 0x0652) || c == 0x0640 || within(c, 0x0300, 0x036F) || c == 0x00AD;
}

static size_t put_point(char *out, size_t used, uint32_t c) {
    utf8proc_uint8_t bytes[4];
    size_t length = (size_t)utf8proc_encode_char((utf8proc_int32_t)c, bytes);
    if (used + length < SHEAF_LANGUAGE_WORD_SIZE)
        memcpy(out + used, bytes, length);
    return used + length;
}

static void note_letter(sample *table, uint32_t c, unsigned times) {
    key letter = {{'+'}};
    put_point(letter.text, 1, c);
    note(table, &letter, times);
}

static void note_letters(sample *table) {
    for (uint32_t c = 0; c < LETTERS; c++) {
        if (table->letters[c])
            note_letter(table, c, table->letters[c]);
        table->letters[c] = 0;
    }
}

/* Takes one word, or one character that is no letter, off text at *at. */
static void take_word(sample *table, sheaf_slice text, size_t *at) {
    key word = {{0}};
    size_t used = 0;
    while (*at < text.size) {
        uint32_t c = (unsigned char)text.data[*at];
        if (c < 0x80) {
            *at += 1;
            if (!sheaf_is_alpha((char)c))
                break;
            if (used + 1 < SHEAF_LANGUAGE_WORD_SIZE)
                word.text[used] = (char)(c | 0x20);
            used++;
            continue;
        }
        c = sheaf_utf8_next(text, at);
        if (is_silent(c))
            continue;
        if (!is_letter(c))
            break;
        c = lower(c);
        if (c < LETTERS)
            table->letters[c]++;
        else
            note_letter(table, c, 1);
        used = put_point(word.text, used, c);
    }
    if (used == 0)
        return;
    table->words++;
    if (used < SHEAF_LANGUAGE_WORD_SIZE)
        note(table, &word, 1);
}

/* ---- The languages --------------------------------------------------------- */

typedef struct tally {
    double score;   /* shares of words and letters */
    unsigned hits;  /* words of the text that are on the list */
    unsigned kinds; /* how many different ones */
} tally;

static void claim(sample *table, sheaf_script script) {
    for (size_t i = 0; i < sheaf_language_profile_count; i++) {
        const sheaf_language_profile *profile = &sheaf_language_profiles[i];
        if (profile->script != script)
            continue;
        for (size_t k = 0; k < profile->count; k++) {
            key word;
            unsigned bit = beginning(profile->words[k]);
            if (!(table->begun[bit / 64] >> bit % 64 & 1))
                continue;
            memcpy(word.text, profile->words[k], sizeof word.text);
            slot *here = find_slot(table, &word);
            if (here->count)
                here->languages |= (uint64_t)1 << i;
        }
    }
}

static int ones(uint64_t bits) {
    int count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

static void add_up(tally tallies[SHEAF_LANGUAGE_MOST], const sample *table) {
    memset(tallies, 0, SHEAF_LANGUAGE_MOST * sizeof *tallies);
    for (size_t i = 0; i < SLOTS; i++) {
        const slot *here = &table->slots[i];
        bool letter = here->word.text[0] == '+';
        double share = (double)here->count / (here->languages ? ones(here->languages) : 1);
        uint64_t languages = here->languages;
        for (size_t k = 0; languages; k++, languages >>= 1) {
            if (!(languages & 1))
                continue;
            tallies[k].score += letter ? share / 4 : share;
            tallies[k].hits += letter ? 0 : here->count;
            tallies[k].kinds += letter ? 0 : 1;
        }
    }
}

/* The two with the highest scores. */
static void rank(const tally tallies[SHEAF_LANGUAGE_MOST], size_t *best, size_t *second) {
    *best = 0;
    *second = 1;
    for (size_t i = 1; i < sheaf_language_profile_count; i++) {
        if (tallies[i].score > tallies[*best].score) {
            *second = *best;
            *best = i;
        } else if (tallies[i].score > tallies[*second].score) {
            *second = i;
        }
    }
}

/* How much speaks for one language and not for the other. */
static double evidence(const sample *table, size_t one, size_t other) {
    double sum = 0;
    for (size_t i = 0; i < SLOTS; i++) {
        const slot *here = &table->slots[i];
        if ((here->languages >> one & 1) && !(here->languages >> other & 1))
            sum += here->word.text[0] == '+' ? here->count / 4.0 : here->count;
    }
    return sum;
}

/* Enough of the text explained by enough different words, and little that
 * speaks for the next language alone: much of that is a text in two. */
static const char *judge(const sample *table, double *confidence) {
    tally tallies[SHEAF_LANGUAGE_MOST];
    size_t best;
    size_t second;
    add_up(tallies, table);
    rank(tallies, &best, &second);
    const tally *winner = &tallies[best];
    double explained = (double)winner->hits / table->words;
    double own = evidence(table, best, second);
    double lead = own > 0 ? 1 - evidence(table, second, best) / own : 0;
    if (winner->hits < 4 || winner->kinds < 3 || explained < 0.08 || lead < 0.4)
        return "und";
    double many = winner->hits >= 20 ? 1 : 0.5 + winner->hits / 40.0;
    double wide = explained >= 0.25 ? 1 : 0.6 + explained * 1.6;
    double clear = lead >= 0.8 ? 1 : 0.2 + lead;
    *confidence = many * wide * clear * 0.99;
    return sheaf_language_profiles[best].tag;
}

static const char *by_words(sheaf_slice text, sheaf_script script, double *confidence) {
    const char *tag = "und";
    size_t at = 0;
    sample table = {0};
    for (unsigned most = WORDS_FIRST; most <= WORDS_MOST; most += WORDS_MOST - WORDS_FIRST) {
        while (at < text.size && table.words < most)
            take_word(&table, text, &at);
        if (table.words == 0)
            return "und";
        note_letters(&table);
        claim(&table, script);
        *confidence = 0;
        tag = judge(&table, confidence);
        if (at == text.size || *confidence >= NO_DOUBT)
            break;
    }
    return tag;
}

/* A language that has its script to itself, or NULL. */
static const char *by_script(sheaf_script script) {
    switch (script) {
    case SHEAF_SCRIPT_GREEK: return "el";
    case SHEAF_SCRIPT_HEBREW: return "he";
    case SHEAF_SCRIPT_HAN: return "zh";
    case SHEAF_SCRIPT_KANA: return "ja";
    case SHEAF_SCRIPT_HANGUL: return "ko";
    case SHEAF_SCRIPT_THAI: return "th";
    case SHEAF_SCRIPT_BENGALI: return "bn";
    case SHEAF_SCRIPT_ARMENIAN: return "hy";
    case SHEAF_SCRIPT_GEORGIAN: return "ka";
    default: return NULL;
    }
}

const char *sheaf_language_of(sheaf_slice text, double *confidence) {
    double sure = 0;
    const char *tag = "und";
    size_t counts[SHEAF_SCRIPT_COUNT];
    text = sheaf_utf8_prefix(text, LOOK_AT);
    count_scripts(counts, text);
    sheaf_script script = leading_script(counts);
    size_t letters = 0;
    for (int i = 1; i < SHEAF_SCRIPT_COUNT; i++)
        letters += counts[i];
    size_t own = counts[script];
    if (script == SHEAF_SCRIPT_KANA || script == SHEAF_SCRIPT_HANGUL)
        own += counts[SHEAF_SCRIPT_HAN];
    double share = letters ? (double)own / (double)letters : 0;
    if (share >= 0.6 && own >= 10) {
        tag = by_script(script);
        if (tag)
            sure = share * (own >= 40 ? 0.99 : 0.8);
        else
            tag = by_words(text, script, &sure);
    }
    if (confidence)
        *confidence = sure;
    return tag;
}
