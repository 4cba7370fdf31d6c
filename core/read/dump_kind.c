/* dump_kind.c - what a line is, told from the line alone.
 *
 * A list of tests, the surest first; the first that says yes has it. What no
 * test wants is prose when it reads as sentences and a title when it does not.
 * What a title is to its article (headline, subhead, caption, tag) depends on
 * its place, and is settled in dump_head.c and dump_rest.c. */
#include "article/credit.h"
#include "article/url.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "read/dump_view.h"
#include "text/letter.h"

enum { LONG_LINE = 600, WORDS_OF_PROSE = 25 };

static bool folded_starts(const dump_view *v, const char *head) {
    return sheaf_slice_starts(v->folded, sheaf_slice_of(head));
}

/* ---- furniture ------------------------------------------------------------------------ */

/* A row of a table: "| a | b |", or several tabs. */
static bool is_row(dump_view *v) {
    size_t bars = 0;
    size_t tabs = 0;
    for (size_t i = 0; i < v->text.size; i++) {
        bars += v->text.data[i] == '|';
        tabs += v->text.data[i] == '\t';
    }
    bool digits = false;
    for (size_t i = 0; i < v->text.size; i++)
        digits |= sheaf_is_digit(v->text.data[i]);
    return (v->text.data[0] == '|' && bars >= 3) || tabs >= 2 || (bars >= 3 && digits);
}

/* Several short things between bars: a menu. */
static bool is_bar(const dump_view *v) {
    static const char *const bars[] = {" | ", " \xC2\xB7 ", " \xE2\x80\xA2 ", " \xE2\x80\xBA ",
                                       " > "};
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        sheaf_slice bar = sheaf_slice_of(bars[i]);
        size_t count = 0;
        for (size_t at = 0; (at = sheaf_slice_find(v->text, at, bar)) != SIZE_MAX; at += bar.size)
            count++;
        if (count >= 2 && v->line->words <= 3 * (count + 1))
            return true;
    }
    return false;
}

/* Rights are claimed with a year, a sign or the usual words, not in a sentence
 * that begins with "Copyright". */
static bool is_rights(const dump_view *v, sheaf_slice folded) {
    if (!sheaf_dump_is_rights(folded))
        return false;
    if (v->line->words <= 8 || !sheaf_slice_starts(folded, SLICE("copyright")))
        return true;
    return sheaf_dump_contains(folded, "reserved") || sheaf_dump_contains(v->text, "\xC2\xA9") ||
           sheaf_dump_contains(folded, "20") || sheaf_dump_contains(folded, "19");
}

static bool is_furniture(dump_view *v) {
    enum { HEAD = 150, MOST_WORDS = 90 };
    char folded[SHEAF_PHRASE_ROOM];
    if (v->text.size <= 3 && v->line->words == 0)
        return true;
    if (v->folded.size) {
        bool sentences = (v->line->flags & DUMP_STOPS) && v->line->words > 12;
        if (sheaf_dump_is_rights(v->folded))
            return is_rights(v, v->folded);
        return (!sentences && sheaf_dump_is_furniture(v->folded)) ||
               sheaf_dump_is_notice(v->folded) || is_bar(v);
    }
    if (v->line->words > MOST_WORDS)
        return false;
    sheaf_slice head = sheaf_phrase(folded, sheaf_utf8_prefix(v->text, HEAD));
    return sheaf_dump_is_notice(head) || (sheaf_dump_is_rights(head) && is_rights(v, head));
}

static bool is_menu(dump_view *v) {
    return v->line->words <= 12 && sheaf_dump_is_menu(v->folded) && !(v->line->flags & DUMP_STOPS);
}

static bool is_reader(dump_view *v) {
    return v->line->words <= 8 && sheaf_dump_via_of_footer(v->folded).size > 0;
}

static bool is_parting(uint32_t c) {
    return c == ':' || c == '|' || c == '>' || c == 0x2013 || c == 0x2014 || c == 0xBB ||
           c == 0xFF1A || c == 0x25BA || c == 0x25B6 || c == 0x203A || c == 0x2192;
}

/* The end of the label before the first ':' or the like, or SIZE_MAX. */
static size_t label_end(sheaf_slice text, size_t *value) {
    enum { LONGEST_LABEL = 60 };
    for (size_t at = 0; at < text.size && at < LONGEST_LABEL;) {
        size_t start = at;
        uint32_t c = sheaf_utf8_next(text, &at);
        if (is_parting(c)) {
            *value = at;
            return start;
        }
    }
    return SIZE_MAX;
}

static bool is_upper_text(sheaf_slice text) {
    bool any = false;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = sheaf_utf8_next(text, &at);
        if (sheaf_char_is_lower(c))
            return false;
        any |= sheaf_char_is_upper(c);
    }
    return any;
}

/* "Read more: …", "READ ALSO …". */
static bool is_related(dump_view *v) {
    char folded[SHEAF_PHRASE_ROOM];
    size_t value = 0;
    if (v->line->words > 40)
        return false;
    size_t end = label_end(v->text, &value);
    if (end != SIZE_MAX) {
        sheaf_slice label = sheaf_phrase(folded, sheaf_slice_part(v->text, 0, end));
        if (label.size && sheaf_dump_related(label) == label.size) {
            sheaf_dump_set_value(v,
                                 sheaf_slice_trim(sheaf_slice_part(v->text, value, v->text.size)));
            return true;
        }
    }
    size_t size = sheaf_dump_related(v->folded);
    if (size < 8 || size >= v->folded.size || v->folded.data[size] != ' ' ||
        !is_upper_text(sheaf_slice_part(v->text, 0, size)))
        return false;
    sheaf_dump_set_value(v, sheaf_slice_trim(sheaf_slice_part(v->text, size, v->text.size)));
    return true;
}

/* ---- labelled lines ----------------------------------------------------------------------- */

static bool is_tags(dump_view *v) {
    char folded[SHEAF_PHRASE_ROOM];
    size_t value = 0;
    if (sheaf_dump_is_tag_label(v->folded)) {
        v->line->value = (uint32_t)v->text.size;
        return true;
    }
    size_t end = label_end(v->text, &value);
    if (end == SIZE_MAX || v->line->words > 80)
        return false;
    if (!sheaf_dump_is_tag_label(sheaf_phrase(folded, sheaf_slice_part(v->text, 0, end))))
        return false;
    sheaf_dump_set_value(v, sheaf_slice_trim(sheaf_slice_part(v->text, value, v->text.size)));
    return true;
}

/* #ukraine #nato */
static bool is_hashtag(sheaf_slice word) {
    return word.size > 1 && word.data[0] == '#' && word.data[1] != '#';
}

static bool is_hashtags(dump_view *v) {
    v->line->value = 0;
    return sheaf_dump_all_words(v->text, is_hashtag);
}

/* "HD  The headline": the codes of a database, where the dump uses them. */
static bool is_coded_key(dump_view *v) {
    char folded[SHEAF_PHRASE_ROOM];
    size_t size = 0;
    if (!v->coded)
        return false;
    while (size < v->text.size && sheaf_is_upper(v->text.data[size]))
        size++;
    if (size < 2 || size > 3 || (size < v->text.size && !sheaf_is_space(v->text.data[size])))
        return false;
    v->line->key =
        (uint8_t)sheaf_dump_key(sheaf_phrase(folded, sheaf_slice_part(v->text, 0, size)));
    sheaf_dump_set_value(v, sheaf_slice_trim(sheaf_slice_part(v->text, size, v->text.size)));
    return v->line->key != DUMP_KEY_NONE;
}

static bool is_key(dump_view *v) {
    char folded[SHEAF_PHRASE_ROOM];
    size_t value = 0;
    size_t end = label_end(v->text, &value);
    if (end == SIZE_MAX || end == 0)
        return false;
    sheaf_slice label = sheaf_slice_part(v->text, 0, end);
    dump_key key = sheaf_dump_key(sheaf_phrase(folded, label));
    bool colon =
        v->text.data[end] == ':' ||
        sheaf_slice_starts(sheaf_slice_part(v->text, end, v->text.size), SLICE("\xEF\xBC\x9A"));
    if (key == DUMP_KEY_NONE || !colon)
        return false;
    bool holds_prose = key == DUMP_KEY_BODY || key == DUMP_KEY_DESCRIPTION ||
                       key == DUMP_KEY_CAPTION || key == DUMP_KEY_KEYWORDS;
    if (!holds_prose && v->line->words > WORDS_OF_PROSE && !is_upper_text(label) &&
        (v->line->flags & (DUMP_ENDS | DUMP_STOPS)))
        return false;
    v->line->key = (uint8_t)key;
    sheaf_dump_set_value(v, sheaf_slice_trim(sheaf_slice_part(v->text, value, v->text.size)));
    return true;
}

/* ---- pictures ---------------------------------------------------------------------------------
 */

static bool is_caption(dump_view *v) {
    /* clang-format off */
    static const char *const heads[] = {
        "photo:", "photos:", "photo by", "photos by", "photo credit", "photo courtesy",
        "photo via", "photo /", "photo/", "photo -", "photo \xE2\x80\x93", "photograph:",
        "photograph by", "photographs:", "photographer:", "picture:", "pictures:", "picture by",
        "pictures by", "picture credit", "pic:", "pics:", "image:", "images:", "image by",
        "image credit", "image caption", "image source", "image courtesy", "credit:",
        "file photo", "file picture", "file image", "caption:", "foto:", "fotos:", "foto von",
        "foto de", "foto di", "bild:", "bilder:", "bildquelle", "crédit photo", "crédit :",
        "crédits", "crédit:", "photo :", "photo ©", "image :", "imagen:", "fotografía:",
        "imagem:", "immagine:", "beeld:", "kuva:", "zdjęcie:", "fot.", "grafik:", "фото:",
        "фото ", "изображение:", "иллюстрация:", "світлина:", "снимка:", "φωτογραφία:",
        "fotoğraf:", "صورة:", "الصورة:", "תמונה:", "צילום:", "图:", "图片", "图为", "圖:", "写真:", "写真=",
        "사진=", "사진:", "ap photo", "reuters/", "afp/", "afp photo", "epa/", "epa-efe/",
        "getty images", "©getty", "handout", "screenshot", "ảnh:", "ভবি:"};
    /* clang-format on */
    if (v->line->words > 90)
        return false;
    if (sheaf_slice_starts(v->text, SLICE("??")) &&
        sheaf_dump_contains(sheaf_slice_part(v->text, 2, v->text.size), "??"))
        return true;
    char folded[SHEAF_PHRASE_ROOM];
    sheaf_slice head =
        v->folded.size ? v->folded : sheaf_phrase(folded, sheaf_utf8_prefix(v->text, 100));
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (sheaf_slice_starts(head, sheaf_slice_of(heads[i])))
            return true;
    }
    return false;
}

/* "Ministers arrive at the mansion (Photo: A. Name/Agency)". */
static bool is_credited(dump_view *v) {
    static const char *const marks[] = {"(ap photo",
                                        "(photo",
                                        "(foto",
                                        "(picture",
                                        "(image",
                                        "[photo",
                                        "/reuters)",
                                        "/afp)",
                                        "/ap)",
                                        "getty images)",
                                        "via reuters)",
                                        "via ap)",
                                        "via getty images",
                                        "| photo",
                                        "photo credit:",
                                        "photograph:",
                                        "/getty images",
                                        "/afp via",
                                        "(фото",
                                        "/тасс)",
                                        "фото:"};
    char folded[SHEAF_PHRASE_ROOM];
    if (v->line->words > 60 || v->text.size < 12)
        return false;
    sheaf_slice tail =
        sheaf_slice_part(v->text, v->text.size > 90 ? v->text.size - 90 : 0, v->text.size);
    size_t at = 0;
    while (at < tail.size && ((unsigned char)tail.data[at] & 0xC0) == 0x80)
        at++;
    sheaf_slice lower = sheaf_phrase(folded, sheaf_slice_part(tail, at, tail.size));
    bool closed = sheaf_slice_ends(v->text, SLICE(")")) || sheaf_slice_ends(v->text, SLICE("]")) ||
                  !(v->line->flags & DUMP_ENDS);
    for (size_t i = 0; closed && i < sizeof marks / sizeof *marks; i++) {
        sheaf_slice mark = sheaf_slice_of(marks[i]);
        if (sheaf_slice_ends(mark, SLICE(")")))
            mark.size--; /* folding strips brackets at the ends */
        size_t hit = sheaf_slice_find(lower, 0, mark);
        if (hit != SIZE_MAX &&
            (marks[i][0] == '(' || marks[i][0] == '[' || hit + mark.size + 40 > lower.size))
            return true;
    }
    return false;
}

/* ---- names, dates, sections
 * ----------------------------------------------------------------------- */

static bool is_signoff(dump_view *v) {
    static const char *const heads[] = {"reporting by",
                                        "additional reporting by",
                                        "writing by",
                                        "editing by",
                                        "compiled by",
                                        "with reporting by",
                                        "with files from",
                                        "with inputs from",
                                        "with agency inputs",
                                        "edited by",
                                        "reporting and writing by",
                                        "(reporting by",
                                        "translated by"};
    if (v->line->words > 50)
        return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (folded_starts(v, heads[i]))
            return true;
    }
    return false;
}

static bool starts_with_capitals(sheaf_slice text) {
    size_t words = 0;
    for (size_t at = 0; at < text.size; words++) {
        size_t end = sheaf_slice_find_char(text, at, ' ');
        size_t letter = at;
        if (sheaf_char_is_lower(sheaf_utf8_next(text, &letter)))
            return false;
        at = end == SIZE_MAX ? text.size : end + 1;
    }
    return words > 0 && words <= 3;
}

static bool is_date(dump_view *v) {
    dump_dates dates;
    char folded[SHEAF_PHRASE_ROOM];
    if (v->line->words > 30 || !sheaf_dump_read_dates(&dates, v->text))
        return false;
    if (dates.rest.size == 0 || sheaf_dump_outlet(dates.rest).size ||
        sheaf_agency(dates.rest).size || sheaf_dump_is_section(sheaf_phrase(folded, dates.rest)))
        return true;
    bool parted = sheaf_dump_contains(v->text, "|") || sheaf_dump_contains(v->text, "\xC2\xB7") ||
                  sheaf_dump_contains(v->text, "\xE2\x80\xA2");
    return parted && (starts_with_capitals(dates.rest) || sheaf_byline_is(dates.rest));
}

static bool is_byline(dump_view *v) {
    return v->line->words <= 30 && sheaf_byline_is(v->text);
}

static bool is_outlet(dump_view *v) {
    return v->line->words <= 7 && !(v->line->flags & DUMP_ENDS) &&
           sheaf_dump_outlet(v->text).size > 0;
}

static bool is_section(dump_view *v) {
    return v->line->words <= 5 && sheaf_dump_is_section(v->folded);
}

/* ---- text
 * ------------------------------------------------------------------------------------------- */

/* "# Title", "**Title**". */
static bool is_heading(dump_view *v) {
    size_t marks = 0;
    while (marks < v->text.size && v->text.data[marks] == '#')
        marks++;
    if (marks > 0 && marks <= 6 && marks < v->text.size && v->text.data[marks] == ' ') {
        v->line->value = (uint32_t)marks;
        return true;
    }
    if (sheaf_slice_starts(v->text, SLICE("**")) && sheaf_slice_ends(v->text, SLICE("**")) &&
        v->text.size > 4 && v->line->words <= 16) {
        v->line->value = 2;
        return true;
    }
    return false;
}

static bool is_item(dump_view *v) {
    static const char *const bullets[] = {"- ",           "* ",           "\xE2\x80\xA2",
                                          "\xE2\x97\x8F", "\xE2\x96\xAA", "\xE2\x96\xA0",
                                          "\xE2\x80\xA3", "\xC2\xB7",     "+ "};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        sheaf_slice bullet = sheaf_slice_of(bullets[i]);
        if (sheaf_slice_starts(v->text, bullet) && v->text.size > bullet.size + 1) {
            v->line->value = (uint32_t)bullet.size;
            return true;
        }
    }
    return false;
}

static bool is_teaser(dump_view *v) {
    sheaf_date date;
    sheaf_slice publisher;
    size_t cut;
    return v->line->words >= 6 && sheaf_dump_read_trailer(v->text, &cut, &date, &publisher);
}

static bool is_prose(const dump_line *line) {
    if (line->words >= WORDS_OF_PROSE)
        return true;
    if (line->flags & DUMP_ENDS)
        return line->words >= 5 || ((line->flags & DUMP_STOPS) && line->words >= 3);
    return (line->flags & DUMP_STOPS) && line->words >= 14;
}

/* ---- all of it
 * ---------------------------------------------------------------------------------------- */

typedef struct test {
    bool (*passes)(dump_view *v);
    dump_kind kind;
    bool long_too; /* looked at for long lines as well */
} test;

static const test tests[] = {
    {sheaf_dump_is_rule, DUMP_RULE, false},
    {sheaf_dump_is_counter, DUMP_COUNTER, false},
    {sheaf_dump_is_finish, DUMP_FINISH, false},
    {is_date, DUMP_DATE, false},
    {sheaf_dump_is_machine, DUMP_MACHINE, false},
    {is_coded_key, DUMP_KEY, true},
    {sheaf_dump_is_address, DUMP_URL, false},
    {is_reader, DUMP_READER, false},
    {is_hashtags, DUMP_TAGS, false},
    {is_tags, DUMP_TAGS, true},
    {is_menu, DUMP_MENU, false},
    {is_related, DUMP_RELATED, false},
    {is_row, DUMP_ROW, false},
    {is_furniture, DUMP_FURNITURE, false},
    {is_caption, DUMP_CAPTION, true},
    {is_signoff, DUMP_SIGNOFF, false},
    {is_heading, DUMP_HEADING, false},
    {is_byline, DUMP_BYLINE, false},
    {is_key, DUMP_KEY, true},
    {is_credited, DUMP_CAPTION, false},
    {is_outlet, DUMP_OUTLET, false},
    {is_section, DUMP_SECTION, false},
    {is_item, DUMP_ITEM, true},
    {is_teaser, DUMP_TEASER, true},
};

void sheaf_dump_tell_kind(dump_line *line, sheaf_slice text, bool coded) {
    char folded[SHEAF_PHRASE_ROOM];
    dump_view v = {line, sheaf_dump_text(text, line), {0}, coded};
    bool is_long = v.text.size > LONG_LINE;
    v.folded = sheaf_phrase(folded, v.text);
    line->value = 0;
    line->key = DUMP_KEY_NONE;
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        if ((is_long && !tests[i].long_too) || !tests[i].passes(&v))
            continue;
        if (tests[i].passes !=
            sheaf_dump_is_address) /* which tells page and picture apart itself */
            line->kind = (uint8_t)tests[i].kind;
        return;
    }
    line->value = 0;
    line->key = DUMP_KEY_NONE;
    line->kind = is_prose(line) ? DUMP_PROSE : DUMP_TITLE;
}

/* Codes of two letters mean something only where a dump is made of them. */
static bool uses_codes(const dump_lines *lines, sheaf_slice text) {
    bool headline = false;
    bool words = false;
    bool date = false;
    for (size_t i = 0; i < lines->count; i++) {
        sheaf_slice part = sheaf_dump_text(text, &lines->items[i]);
        headline |= sheaf_slice_starts(part, SLICE("HD ")) || sheaf_slice_is(part, "HD");
        words |= sheaf_slice_starts(part, SLICE("WC ")) || sheaf_slice_is(part, "WC");
        date |= sheaf_slice_starts(part, SLICE("PD ")) || sheaf_slice_is(part, "PD");
    }
    return headline && words && date;
}

void sheaf_dump_tell_kinds(dump_lines *lines, sheaf_slice text) {
    bool coded = uses_codes(lines, text);
    for (size_t i = 0; i < lines->count; i++) {
        dump_line *line = &lines->items[i];
        sheaf_dump_tell_kind(line, text, coded);
        if (i > 0 && line->copies >= 3 && line->kind == DUMP_TITLE && line->words <= 8 &&
            line->copies > lines->items[0].copies)
            line->kind = DUMP_FURNITURE;
    }
}
