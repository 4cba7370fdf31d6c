/* dump_glue.c - finds where two paragraphs were glued into one.
 *
 *   …has announced.Wallace added…      an end, a capital, and no blank between
 *   …was "slow."Also on…               the quote closes, then a capital
 *   …sovereignty.""There is…           one quote closes, the next opens
 *   …took office."We must…             the quote opens: the break is before it
 *
 * What must not be parted: initials, abbreviations, numbers, names of hosts,
 * an ellipsis in mid-sentence. Straight quotes do not tell whether they open
 * or close; the quote behind them does, and where there is none, counting. */
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

/* clang-format off */
static const char *const abbreviations[] = {
    /* in many languages */
    "mr", "mrs", "ms", "dr", "st", "prof", "gen", "col", "lt", "maj", "sgt", "capt", "cmdr",
    "adm", "sen", "rep", "gov", "rev", "hon", "pres", "jr", "sr", "inc", "ltd", "co", "corp",
    "bros", "no", "nos", "vs", "etc", "eg", "ie", "ca", "cf", "al", "fig", "vol", "pp", "ed",
    "eds", "dept", "est", "approx", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "ave", "blvd",
    "rd", "mt", "ft", "nr", "str", "bzw", "usw", "hr", "fr", "frau", "abs", "art", "bd", "evtl",
    "ggf", "inkl", "mio", "mrd", "mme", "mlle", "sra", "sta", "sto", "dra", "av", "avda", "pág",
    "núm", "ул", "им", "св", "гг", "гор", "обл", "руб", "коп", "млн", "млрд", "тыс", "проф",
    "доц", "акад", "стр", "см", "др", "пр", "пер", "просп"};
/* clang-format on */

/* clang-format off */
static const char *const domains[] = {
    /* where hosts and files end */
    "com", "org", "net", "gov", "edu", "info", "int", "mil", "co", "io", "tv", "news", "uk", "us",
    "eu", "de", "fr", "es", "it", "nl", "pl", "ru", "ua", "su", "jp", "cn", "in", "au", "ca",
    "br", "ie", "ch", "at", "js", "ai", "me", "pdf", "html", "php", "jpg", "doc", "ру", "ком",
    "рф"};
/* clang-format on */

static bool in_list(sheaf_slice word, const char *const *list, size_t count) {
    char folded[SHEAF_PHRASE_ROOM];
    sheaf_slice lower = word.size <= 24 ? sheaf_phrase(folded, word) : (sheaf_slice){0};
    for (size_t i = 0; lower.size && i < count; i++) {
        if (sheaf_slice_is(lower, list[i]))
            return true;
    }
    return false;
}

#define IN(word, list) in_list(word, list, sizeof(list) / sizeof *(list))

typedef enum quote { NO_QUOTE, OPENS, CLOSES, EITHER } quote;

static quote quote_of(uint32_t c) {
    switch (c) {
    case '"': return EITHER;
    case 0x201C: return EITHER; /* closes in German, opens in English */
    case 0x201D:
    case 0x2019:
    case 0xBB:
    case 0x203A: return CLOSES;
    case 0x201E:
    case 0xAB:
    case 0x2018:
    case 0x2039: return OPENS;
    default: return NO_QUOTE;
    }
}

static bool is_stop(uint32_t c) {
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61F || c == 0x6D4;
}

static uint32_t code_at(sheaf_slice text, size_t at) {
    return at < text.size ? sheaf_utf8_next(text, &at) : 0;
}

/* The run of letters and digits that ends at at. */
static sheaf_slice word_before(sheaf_slice text, size_t at, bool *digits) {
    size_t start = at;
    *digits = true;
    while (start > 0 && at - start < 64) {
        size_t before = start;
        uint32_t c = sheaf_utf8_previous(text, &before);
        if (!sheaf_char_is_word(c))
            break;
        *digits &= sheaf_char_is_digit(c);
        start = before;
    }
    return sheaf_slice_part(text, start, at);
}

static sheaf_slice word_at(sheaf_slice text, size_t at) {
    size_t end = at;
    while (end < text.size && end - at < 64) {
        size_t next = end;
        if (!sheaf_char_is_word(sheaf_utf8_next(text, &next)))
            break;
        end = next;
    }
    return sheaf_slice_part(text, at, end);
}

/* Is the token around at an address? */
static bool within_address(sheaf_slice text, size_t at) {
    size_t start = at;
    while (start > 0 && at - start < 80 && !sheaf_is_space(text.data[start - 1]))
        start--;
    sheaf_slice token = sheaf_slice_part(text, start, at + 1);
    return sheaf_slice_find(token, 0, SLICE("://")) != SIZE_MAX ||
           sheaf_slice_find_char(token, 0, '@') != SIZE_MAX ||
           sheaf_slice_find(token, 0, SLICE("www.")) != SIZE_MAX;
}

/* Can the word before a stop end a sentence? */
static bool ends_well(sheaf_slice text, size_t stop, uint32_t sign) {
    bool digits;
    sheaf_slice word = word_before(text, stop, &digits);
    size_t letters = sheaf_utf8_count(word);
    size_t end = word.size;
    if (letters == 0) /* "(…)." or a quote or a percent sign before the stop */
        return stop > 0 && strchr(")]\"'%", text.data[stop - 1]) != NULL;
    if (digits)
        return letters >= 2;
    if (letters < 2 || (sign == '.' && IN(word, abbreviations)))
        return false;
    uint32_t last = sheaf_utf8_previous(word, &end);
    bool acronym = sheaf_char_is_upper(last);
    if (acronym && word.data > text.data && word.data[-1] == '.') /* "U.S." */
        return false;
    return !acronym || letters >= 3;
}

/* Can a sentence begin at at? A capital followed by a small letter, a lone "I"
 * or "A", an acronym of two capitals or more, or a script without capitals. */
static bool begins_well(sheaf_slice text, size_t at) {
    size_t next = at;
    if (at >= text.size)
        return false;
    uint32_t first = sheaf_utf8_next(text, &next);
    uint32_t second = code_at(text, next);
    if (first == '(' || first == '[')
        return begins_well(text, next);
    if (!sheaf_char_is_letter(first))
        return false;
    if (!sheaf_char_is_upper(first))
        return !sheaf_char_is_lower(first) && !sheaf_char_is_dense(first) &&
               sheaf_utf8_count(word_at(text, at)) >= 2;
    if (IN(word_at(text, at), domains) &&
        !sheaf_is_space((char)code_at(text, at + word_at(text, at).size)))
        return false;
    if (sheaf_char_is_lower(second) || sheaf_char_is_upper(second))
        return true;
    return second == ' ' || second == '\'' || second == 0x2019;
}

/* “ closes where „ has opened, and opens everywhere else. */
static quote settle_curly(sheaf_slice text, size_t at) {
    enum { LOOK = 2000 };
    size_t back = at;
    while (back > 0 && at - back < LOOK) {
        uint32_t c = sheaf_utf8_previous(text, &back);
        if (c == 0x201E)
            return CLOSES;
        if (c == 0x201C || c == 0x201D)
            return OPENS;
    }
    return OPENS;
}

/* A straight quote behind a stop: does it open or close? The next one tells:
 * behind a blank it opens, so this one closes; behind a word, a comma or a stop
 * it closes, so this one opens. Where it is glued itself, counting decides. */
static quote settle_straight(sheaf_slice text, size_t at, bool open) {
    enum { LOOK = 4000 };
    size_t next = sheaf_slice_find_char(sheaf_slice_part(text, 0, at + LOOK), at + 1, '"');
    if (next == SIZE_MAX)
        return open ? CLOSES : OPENS;
    char before = text.data[next - 1];
    uint32_t behind = code_at(text, next + 1);
    if (sheaf_is_space(before) || strchr("([-", before))
        return CLOSES;
    if (strchr(".!?", before) && sheaf_char_is_upper(behind))
        return open ? CLOSES : OPENS;
    return sheaf_char_is_word(behind) ? (open ? CLOSES : OPENS) : OPENS;
}

static quote settle(sheaf_slice text, size_t at, uint32_t sign, bool open) {
    quote kind = quote_of(sign);
    if (kind != EITHER)
        return kind;
    return sign == '"' ? settle_straight(text, at, open) : settle_curly(text, at);
}

/* Where the next paragraph begins behind the stop that ends before at, when
 * it does; 0 when it does not. */
static size_t cut_behind(sheaf_slice text, size_t at, bool open) {
    uint32_t sign = code_at(text, at);
    size_t behind = at;
    if (begins_well(text, at) && sign != '(' && sign != '[')
        return at;
    if (at >= text.size)
        return 0;
    sheaf_utf8_next(text, &behind);
    if ((sign == ')' || sign == ']') && begins_well(text, behind))
        return behind;
    if (quote_of(sign) == NO_QUOTE)
        return 0;
    uint32_t second = code_at(text, behind);
    quote follows = quote_of(second);
    if (follows != NO_QUOTE && follows != CLOSES && quote_of(sign) != OPENS) {
        size_t third = behind;
        sheaf_utf8_next(text, &third);
        return begins_well(text, third) ? behind : 0;
    }
    if (!begins_well(text, behind))
        return 0;
    return settle(text, at, sign, open) == CLOSES ? behind : at;
}

bool sheaf_dump_unglue(dump_glue *glue, sheaf_slice *paragraph) {
    sheaf_slice text = glue->text;
    size_t start = glue->at;
    bool open = false;
    if (start >= text.size)
        return false;
    for (size_t at = start; at < text.size;) {
        size_t sign_at = at;
        uint32_t c = sheaf_utf8_next(text, &at);
        open ^= c == '"';
        if (!is_stop(c))
            continue;
        size_t stops = 1;
        while (at < text.size && is_stop(code_at(text, at))) {
            sheaf_utf8_next(text, &at);
            stops++;
        }
        if (c == 0x2026 || (c == '.' && stops > 1) ||
            (at < text.size && sheaf_is_space(text.data[at])))
            continue;
        size_t cut = cut_behind(text, at, open);
        if (cut == 0 || cut <= start || !ends_well(text, sign_at, c) ||
            within_address(text, sign_at))
            continue;
        *paragraph = sheaf_slice_trim(sheaf_slice_part(text, start, cut));
        glue->at = cut;
        return true;
    }
    *paragraph = sheaf_slice_trim(sheaf_slice_part(text, start, text.size));
    glue->at = text.size;
    return paragraph->size > 0;
}
