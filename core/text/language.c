/* language.c - script by counting letters, language by three letters in a row.
 *
 * A script that one language has to itself decides at once. Otherwise the
 * first few hundred letters are taken three at a time, blanks between words
 * among them, and each language of the script pays for each three what it costs
 * there: cheap in a language that is full of it, dear in one that never has it.
 * The one that pays least is the answer.
 *
 * How sure that is comes from how far the next one is behind. "und" is the answer
 * where that is little, where too few threes belong to any language, where signs
 * of programs abound, and where the two halves of a text speak for two languages:
 * a filter on a wrong language loses articles, one on none does not.
 *
 * Ours rather than libcld2 after measuring both, right / wrong with the rest
 * "und", the models then without any news. 157 news pages in 22 languages: 1,000
 * bytes .981 / .006 against .974 / .003, 60 bytes .897 / .021 against .944 / .034.
 * 89 languages of programs' manuals, which is like what the models learnt from:
 * 1,000 bytes .999 / .000 against .832 / .040. Both read 33 MB/s. So libcld2 does
 * better on headlines, and is no reason for C++ in the core. */
#include "text/language.h"

#include <math.h>
#include <string.h>

#include <utf8proc.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "text/language_models.h"

enum { LOOK_AT = 4096, THREES_FIRST = 400, THREES_IN = 800, THREES_LEAST = 16, HEADLINE = 40 };

/* Below this the answer is "und". */
#define LEAST_SURE 0.8

static bool within(uint32_t c, uint32_t low, uint32_t high) {
    return c - low <= high - low;
}

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
        {0x00C0, 0x02AF, SHEAF_SCRIPT_LATIN},      {0x0370, 0x03FF, SHEAF_SCRIPT_GREEK},
        {0x0400, 0x052F, SHEAF_SCRIPT_CYRILLIC},   {0x0531, 0x0587, SHEAF_SCRIPT_ARMENIAN},
        {0x05D0, 0x05F2, SHEAF_SCRIPT_HEBREW},     {0x0620, 0x064A, SHEAF_SCRIPT_ARABIC},
        {0x066E, 0x06D3, SHEAF_SCRIPT_ARABIC},     {0x06EE, 0x06FF, SHEAF_SCRIPT_ARABIC},
        {0x0750, 0x077F, SHEAF_SCRIPT_ARABIC},     {0x0780, 0x07B1, SHEAF_SCRIPT_THAANA},
        {0x0904, 0x0963, SHEAF_SCRIPT_DEVANAGARI}, {0x0980, 0x09E3, SHEAF_SCRIPT_BENGALI},
        {0x09F0, 0x09F1, SHEAF_SCRIPT_BENGALI},    {0x0A01, 0x0A75, SHEAF_SCRIPT_GURMUKHI},
        {0x0A81, 0x0AE3, SHEAF_SCRIPT_GUJARATI},   {0x0B01, 0x0B63, SHEAF_SCRIPT_ORIYA},
        {0x0B82, 0x0BD7, SHEAF_SCRIPT_TAMIL},      {0x0C00, 0x0C63, SHEAF_SCRIPT_TELUGU},
        {0x0C80, 0x0CE3, SHEAF_SCRIPT_KANNADA},    {0x0D00, 0x0D63, SHEAF_SCRIPT_MALAYALAM},
        {0x0D81, 0x0DDF, SHEAF_SCRIPT_SINHALA},    {0x0E01, 0x0E4E, SHEAF_SCRIPT_THAI},
        {0x0E81, 0x0ECD, SHEAF_SCRIPT_LAO},        {0x0F40, 0x0FBC, SHEAF_SCRIPT_TIBETAN},
        {0x1000, 0x103F, SHEAF_SCRIPT_MYANMAR},    {0x10A0, 0x10FF, SHEAF_SCRIPT_GEORGIAN},
        {0x1100, 0x11FF, SHEAF_SCRIPT_HANGUL},     {0x1200, 0x135A, SHEAF_SCRIPT_ETHIOPIC},
        {0x1780, 0x17D3, SHEAF_SCRIPT_KHMER},      {0x1C90, 0x1CBF, SHEAF_SCRIPT_GEORGIAN},
        {0x1E00, 0x1EFF, SHEAF_SCRIPT_LATIN},      {0x1F00, 0x1FFF, SHEAF_SCRIPT_GREEK},
        {0x3041, 0x30FF, SHEAF_SCRIPT_KANA},       {0x31F0, 0x31FF, SHEAF_SCRIPT_KANA},
        {0x3400, 0x4DBF, SHEAF_SCRIPT_HAN},        {0x4E00, 0x9FFF, SHEAF_SCRIPT_HAN},
        {0xAC00, 0xD7A3, SHEAF_SCRIPT_HANGUL},     {0xF900, 0xFAFF, SHEAF_SCRIPT_HAN},
        {0xFB1D, 0xFB4F, SHEAF_SCRIPT_HEBREW},     {0xFB50, 0xFDFF, SHEAF_SCRIPT_ARABIC},
        {0xFE70, 0xFEFC, SHEAF_SCRIPT_ARABIC},     {0xFF21, 0xFF5A, SHEAF_SCRIPT_LATIN},
        {0xFF66, 0xFF9F, SHEAF_SCRIPT_KANA},       {0x20000, 0x323AF, SHEAF_SCRIPT_HAN},
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

/* ---- Three letters in a row ---------------------------------------------------- */

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
    return script_of_point(c) != SHEAF_SCRIPT_NONE;
}

static bool is_silent(uint32_t c) {
    return within(c, 0x064B, 0x0652) || c == 0x0640 || within(c, 0x0300, 0x036F) || c == 0x00AD ||
           c == 0x200C;
}

/* What the next character of text is to the models: a small letter, ' ', or 0
 * for what is not seen. */
static uint32_t take_letter(sheaf_slice text, size_t *at) {
    unsigned char byte = (unsigned char)text.data[*at];
    if (byte < 0x80) {
        *at += 1;
        return sheaf_is_alpha((char)byte) ? byte | 0x20u : ' ';
    }
    uint32_t c = sheaf_utf8_next(text, at);
    if (is_silent(c))
        return 0;
    return is_letter(c) ? lower(c) : ' ';
}

typedef struct tally {
    uint16_t costs[SHEAF_LANGUAGE_MOST]; /* half bits: at most 25 for a three, and 800 of these */
    uint32_t last;                       /* letter */
    uint32_t hash_one, hash_two;         /* of the last letter, and of the last two */
    uint32_t threes;
    uint32_t known; /* of these, that some language is full of */
    uint32_t signs; /* that programs are full of */
} tally;

/* One of {}<>=;_\|[]#*+~`@^ */
static bool is_sign(char c) {
    static const uint32_t signs[8] = {[1] = 0x78000C08, [2] = 0xF8000001, [3] = 0x78000001};
    unsigned char byte = (unsigned char)c;
    return signs[byte >> 5] >> (byte & 31) & 1;
}

static uint32_t mix(uint32_t value, uint32_t letter) {
    value = (value ^ letter) * 0x9E3779B1u;
    return value ^ value >> 15;
}

/* The row of a three; NULL when it tells nothing. */
static const char *find_row(const sheaf_language_group *group, uint32_t hash) {
    uint16_t check = (uint16_t)hash;
    size_t bucket = (hash >> 24) << 4 | check >> 12;
    size_t end = group->starts[bucket + 1];
    for (size_t i = group->starts[bucket]; i < end; i++) {
        if (group->checks[i] == check)
            return group->costs + i * (group->count + 1);
    }
    return NULL;
}

static void pay(tally *to, const sheaf_language_group *group, const char *row) {
    enum { EIGHT = 8 };
    size_t i = 0;
    to->known++;
    for (; i + EIGHT <= group->count; i += EIGHT) { /* eights are quick to add */
        for (size_t j = 0; j < EIGHT; j++)
            to->costs[i + j] = (uint16_t)(to->costs[i + j] + (uint16_t)(row[i + j] - 'a'));
    }
    for (; i < group->count; i++)
        to->costs[i] = (uint16_t)(to->costs[i] + (uint16_t)(row[i] - 'a'));
}

/* Takes letters off text at *at, up to `end`. */
static void read_threes(tally *to, const sheaf_language_group *group, sheaf_slice text, size_t *at,
                        size_t end) {
    while (*at < end) {
        to->signs += is_sign(text.data[*at]);
        uint32_t c = take_letter(text, at);
        if (c == 0 || (c == ' ' && to->last == ' '))
            continue;
        const char *row = find_row(group, mix(to->hash_two, c));
        to->threes++;
        if (row)
            pay(to, group, row);
        to->hash_two = mix(to->hash_one, c);
        to->hash_one = mix(0, c);
        to->last = c;
    }
}

/* ---- The verdict ------------------------------------------------------------------ */

/* The two that paid least. */
static void rank(const tally *from, const sheaf_language_group *group, size_t *best,
                 size_t *second) {
    *best = 0;
    *second = 1;
    for (size_t i = 1; i < group->count; i++) {
        uint32_t cost = from->costs[i] + group->rare[i];
        if (cost < from->costs[*best] + group->rare[*best]) {
            *second = *best;
            *best = i;
        } else if (*second == *best || cost < from->costs[*second] + group->rare[*second]) {
            *second = i;
        }
    }
}

/* By how many half bits the first did better than the other. */
static double lead_over(const tally *from, const sheaf_language_group *group, size_t first,
                        size_t other) {
    return (double)(from->costs[other] + group->rare[other]) -
           (double)(from->costs[first] + group->rare[first]);
}

/* So far ahead that more text would change nothing: most text is, soon. */
static bool is_decided(const tally *from, const sheaf_language_group *group) {
    enum { DECIDED = 90 };
    size_t best, second;
    rank(from, group, &best, &second);
    return lead_over(from, group, best, second) > DECIDED;
}

/* Leads of so many half bits were right so often, on text that the models had
 * never seen. */
static double sure_of(double lead, uint32_t threes) {
    double sure = 1 / (1 + exp((8 - lead) / 8));
    if (threes < HEADLINE && sure < 0.95) /* names and titles fool more easily */
        return 0;
    return sure * threes / (threes + 1.0);
}

/* Letters that follow one another as in no language, or many more signs than a
 * writer needs. */
static bool is_gibberish(const tally *from, sheaf_script script) {
    bool strange = script == SHEAF_SCRIPT_LATIN && from->known * 20 < from->threes * 9;
    return strange || from->known == 0 || from->signs * 12 > from->threes;
}

/* Do the two halves of the text speak plainly for two languages? */
static bool is_mixed(const tally *all, const tally *half, const sheaf_language_group *group) {
    enum { PLAINLY = 40, LONG = 100 };
    tally rest = *all;
    if (all->threes < LONG)
        return false;
    size_t before;
    size_t behind;
    size_t second;
    for (size_t i = 0; i < group->count; i++)
        rest.costs[i] = (uint16_t)(rest.costs[i] - half->costs[i]);
    rank(half, group, &before, &second);
    rank(&rest, group, &behind, &second);
    return lead_over(half, group, before, behind) > PLAINLY &&
           lead_over(&rest, group, behind, before) > PLAINLY;
}

static const char *judge(const tally *all, const tally *half, const sheaf_language_group *group,
                         double *confidence) {
    size_t best;
    size_t second;
    rank(all, group, &best, &second);
    double sure = sure_of(lead_over(all, group, best, second), all->threes);
    if (sure < LEAST_SURE || all->threes < THREES_LEAST || is_gibberish(all, group->script) ||
        is_mixed(all, half, group))
        return "und";
    *confidence = sure;
    return group->tags[best];
}

static const sheaf_language_group *group_of(sheaf_script script) {
    for (size_t i = 0; i < sheaf_language_group_count; i++) {
        if (sheaf_language_groups[i].script == script)
            return &sheaf_language_groups[i];
    }
    return NULL;
}

static const char *by_threes(sheaf_slice text, const sheaf_language_group *group,
                             double *confidence) {
    size_t at = 0;
    text = sheaf_utf8_prefix(text, THREES_IN);
    tally all = {.last = ' ', .hash_one = mix(0, ' '), .hash_two = mix(mix(0, 0), ' ')};
    size_t part = text.size > THREES_FIRST ? THREES_FIRST : text.size;
    read_threes(&all, group, text, &at, part / 2);
    tally half = all;
    read_threes(&all, group, text, &at, part);
    if (part < text.size && !is_decided(&all, group)) {
        half = all;
        read_threes(&all, group, text, &at, text.size);
    }
    return judge(&all, &half, group, confidence);
}

/* A language that has its script to itself, or NULL. */
static const char *by_script(sheaf_script script) {
    switch (script) {
    case SHEAF_SCRIPT_GREEK: return "el";
    case SHEAF_SCRIPT_HAN: return "zh";
    case SHEAF_SCRIPT_KANA: return "ja";
    case SHEAF_SCRIPT_HANGUL: return "ko";
    case SHEAF_SCRIPT_THAI: return "th";
    case SHEAF_SCRIPT_ARMENIAN: return "hy";
    case SHEAF_SCRIPT_GEORGIAN: return "ka";
    case SHEAF_SCRIPT_GUJARATI: return "gu";
    case SHEAF_SCRIPT_GURMUKHI: return "pa";
    case SHEAF_SCRIPT_TAMIL: return "ta";
    case SHEAF_SCRIPT_TELUGU: return "te";
    case SHEAF_SCRIPT_KANNADA: return "kn";
    case SHEAF_SCRIPT_MALAYALAM: return "ml";
    case SHEAF_SCRIPT_SINHALA: return "si";
    case SHEAF_SCRIPT_ORIYA: return "or";
    case SHEAF_SCRIPT_LAO: return "lo";
    case SHEAF_SCRIPT_KHMER: return "km";
    case SHEAF_SCRIPT_MYANMAR: return "my";
    case SHEAF_SCRIPT_TIBETAN: return "bo";
    case SHEAF_SCRIPT_THAANA: return "dv";
    default: return NULL;
    }
}

/* A sign of East Asia says as much as three letters; and other alphabets have
 * names and terms in Latin letters among them, but not the other way round. */
static void weigh(size_t counts[SHEAF_SCRIPT_COUNT]) {
    for (int i = SHEAF_SCRIPT_LATIN + 1; i < SHEAF_SCRIPT_COUNT; i++)
        counts[i] *=
            i == SHEAF_SCRIPT_HAN || i == SHEAF_SCRIPT_KANA || i == SHEAF_SCRIPT_HANGUL ? 6 : 3;
    counts[SHEAF_SCRIPT_LATIN] *= 2;
}

const char *sheaf_language_of(sheaf_slice text, double *confidence) {
    double sure = 0;
    const char *tag = "und";
    size_t counts[SHEAF_SCRIPT_COUNT];
    text = sheaf_utf8_prefix(text, LOOK_AT);
    count_scripts(counts, text);
    weigh(counts);
    sheaf_script script = leading_script(counts);
    size_t letters = 0;
    for (int i = 1; i < SHEAF_SCRIPT_COUNT; i++)
        letters += counts[i];
    size_t own = counts[script];
    if (script == SHEAF_SCRIPT_KANA || script == SHEAF_SCRIPT_HANGUL)
        own += counts[SHEAF_SCRIPT_HAN];
    double share = letters ? (double)own / (double)letters : 0;
    if (share >= 0.6 && own >= 20) {
        const sheaf_language_group *group = group_of(script);
        tag = by_script(script);
        if (tag)
            sure = share * (own >= 80 ? 0.99 : 0.8);
        else
            tag = group ? by_threes(text, group, &sure) : "und";
    }
    if (confidence)
        *confidence = sure;
    return tag;
}
