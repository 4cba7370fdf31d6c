/* dump_machine.c - lines that no person wrote: rules, counters, codes, addresses. */
#include "article/url.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "read/dump_view.h"
#include "text/letter.h"

/* ---- signs and counters ------------------------------------------------------- */

/* One sign again and again: =====, -----, * * *. */
bool sheaf_dump_is_rule(dump_view *v) {
    uint32_t sign = 0;
    size_t count = 0;
    for (size_t at = 0; at < v->text.size;) {
        uint32_t c = sheaf_utf8_next(v->text, &at);
        if (sheaf_char_is_space(c))
            continue;
        if (count == 0)
            sign = c;
        if (c != sign || sheaf_char_is_word(c))
            return false;
        count++;
    }
    v->line->value = (uint32_t)count;
    return count >= 3;
}

static bool eat_number(sheaf_slice *text) {
    size_t digits = 0;
    while (digits < text->size && sheaf_is_digit(text->data[digits]))
        digits++;
    *text = sheaf_slice_trim(sheaf_slice_part(*text, digits, text->size));
    return digits > 0 && digits <= 7;
}

static bool eat_word(sheaf_slice *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sheaf_slice word = sheaf_slice_of(words[i]);
        if (sheaf_slice_starts(*text, word)) {
            *text = sheaf_slice_trim(sheaf_slice_part(*text, word.size, text->size));
            return true;
        }
    }
    return false;
}

#define EAT(text, list) eat_word(text, list, sizeof(list) / sizeof *(list))

/* "Document 3 of 12", "3 of 12 DOCUMENTS", "Article 3/12". */
bool sheaf_dump_is_counter(dump_view *v) {
    static const char *const things[] = {
        "documents", "document",  "dokumente", "dokument", "articles", "article",
        "artikel",   "records",   "record",    "results",  "result",   "items",
        "item",      "documento", "artículo",  "документ", "статья"};
    static const char *const of[] = {"of", "von", "sur", "de", "di", "van", "из", "/"};
    sheaf_slice rest = v->folded;
    bool named = EAT(&rest, things);
    return rest.size && eat_number(&rest) && EAT(&rest, of) && eat_number(&rest) &&
           (named ? rest.size == 0 : EAT(&rest, things) && rest.size == 0);
}

/* A run of capitals and digits that databases number documents with. */
static bool is_document_number(sheaf_slice word) {
    size_t digits = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (!sheaf_is_digit(word.data[i]) && !sheaf_is_alpha(word.data[i]))
            return false;
        digits += sheaf_is_digit(word.data[i]);
    }
    return word.size >= 16 && word.size <= 40 && digits >= 8;
}

bool sheaf_dump_is_finish(dump_view *v) {
    static const char *const ends[] = {"end of document",   "end of article",     "end of record",
                                       "end of story",      "ende des dokuments", "fin du document",
                                       "fin del documento", "конец документа",    "document ends"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (sheaf_slice_is(v->folded, ends[i]))
            return true;
    }
    return sheaf_slice_starts(v->text, SLICE("Document ")) &&
           is_document_number(sheaf_slice_part(v->text, 9, v->text.size));
}

/* ---- what machines say ---------------------------------------------------------- */

bool sheaf_dump_all_words(sheaf_slice text, bool (*test)(sheaf_slice word)) {
    size_t at = 0;
    bool any = false;
    while (at < text.size) {
        size_t start = at;
        while (at < text.size && !sheaf_is_space(text.data[at]))
            at++;
        if (at > start && !test(sheaf_slice_part(text, start, at)))
            return false;
        any |= at > start;
        at++;
    }
    return any;
}

static bool is_path(sheaf_slice word) {
    return word.data[0] == '/' &&
           (sheaf_dump_contains(word, "[") || sheaf_dump_contains(word, "()") ||
            sheaf_dump_contains(word, "@") || sheaf_dump_contains(word, "/html") ||
            sheaf_dump_contains(word, "//"));
}

static bool is_measure(sheaf_slice word) {
    size_t digits = 0;
    if (sheaf_slice_is(word, "true") || sheaf_slice_is(word, "false") ||
        sheaf_slice_is(word, "x") || sheaf_slice_is(word, "px") || sheaf_slice_is(word, "null"))
        return true;
    for (size_t i = 0; i < word.size; i++) {
        if (sheaf_is_digit(word.data[i]))
            digits++;
        else if (!strchr("x.,:%/px+-#kKM", word.data[i]))
            return false;
    }
    return digits > 0;
}

/* en_EN, pt-BR */
static bool is_locale(sheaf_slice text) {
    return text.size == 5 && sheaf_is_lower(text.data[0]) && sheaf_is_lower(text.data[1]) &&
           (text.data[2] == '_' || text.data[2] == '-') && sheaf_is_upper(text.data[3]) &&
           sheaf_is_upper(text.data[4]);
}

static bool is_mail(sheaf_slice word) {
    size_t at = sheaf_slice_find_char(word, 0, '@');
    return at != SIZE_MAX && at > 0 && sheaf_slice_find_char(word, at, '.') != SIZE_MAX;
}

static bool is_phone(sheaf_slice word) {
    size_t digits = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (sheaf_is_digit(word.data[i]))
            digits++;
        else if (!strchr("+-().", word.data[i]))
            return false;
    }
    return digits >= 9 && digits <= 16;
}

/* A short line with a mail address or a phone number, and no sentence. */
static bool is_contact(const dump_view *v) {
    size_t at = 0;
    if (v->line->words > 24 || (v->line->flags & (DUMP_ENDS | DUMP_STOPS)))
        return false;
    while (at < v->text.size) {
        size_t start = at;
        while (at < v->text.size && !sheaf_is_space(v->text.data[at]))
            at++;
        sheaf_slice word = sheaf_slice_part(v->text, start, at);
        if (word.size && (is_mail(word) || (is_phone(word) && word.data[0] == '+')))
            return true;
        at++;
    }
    return false;
}

static bool is_code(const dump_view *v) {
    static const char *const marks[] = {"function(", "function (", "window.", "document.get",
                                        "googletag", "@media ",    "var _",   "});",
                                        "<!--",      "-->",        "{{",      "[CDATA["};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (sheaf_dump_contains(v->text, marks[i]))
            return true;
    }
    return sheaf_slice_starts(v->text, SLICE("<")) && sheaf_slice_ends(v->text, SLICE(">")) &&
           v->text.size < 200 && !sheaf_dump_contains(v->text, "> ");
}

static bool is_hash(sheaf_slice text) {
    size_t digits = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = sheaf_to_lower(text.data[i]);
        if (!sheaf_is_digit(c) && !(c >= 'a' && c <= 'f') && c != '-')
            return false;
        digits += sheaf_is_digit(c);
    }
    return text.size >= 16 && digits >= 4;
}

/* "553 words", "09:13 PM": what databases say of a document. */
static bool is_count(const dump_view *v) {
    static const char *const units[] = {
        " words", " word", " w\xC3\xB6rter", " mots",     " palabras", " am", " pm", " gmt",
        " bytes", " kb",   " views",         " comments", " shares"};
    sheaf_slice rest = v->folded;
    if (rest.size == 0 || !sheaf_is_digit(rest.data[0]))
        return false;
    while (rest.size && (sheaf_is_digit(rest.data[0]) || strchr(":.,", rest.data[0])))
        rest = sheaf_slice_part(rest, 1, rest.size);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (sheaf_slice_is(rest, units[i]))
            return true;
    }
    return false;
}

bool sheaf_dump_is_machine(dump_view *v) {
    sheaf_date date;
    if (is_count(v))
        return true;
    if (is_locale(v->text) || is_hash(v->text) || sheaf_dump_all_words(v->text, is_path))
        return true;
    if (sheaf_dump_all_words(v->text, is_measure))
        return !(sheaf_date_parse(&date, v->text) && date.month > 0 && date.year > 0);
    return is_contact(v) || is_code(v);
}

/* ---- addresses ---------------------------------------------------------------------- */

static bool ends_like_picture(sheaf_slice path) {
    static const char *const endings[] = {".jpg",  ".jpeg", ".png", ".gif", ".webp",
                                          ".avif", ".svg",  ".bmp", ".tif", ".tiff"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        sheaf_slice ending = sheaf_slice_of(endings[i]);
        if (path.size > ending.size &&
            sheaf_slice_equal_fold(sheaf_slice_part(path, path.size - ending.size, path.size),
                                   ending))
            return true;
    }
    return false;
}

static bool is_picture(sheaf_slice url) {
    sheaf_url parts;
    return sheaf_url_parse(&parts, url) &&
           (ends_like_picture(parts.path) || sheaf_dump_contains(parts.query, "format=jpg"));
}

/* What may stand beside an address: dates, and words that say what it is. */
static bool is_beside_address(sheaf_slice text) {
    char folded[SHEAF_PHRASE_ROOM];
    dump_dates dates;
    sheaf_slice lower = sheaf_phrase(folded, text);
    sheaf_field label;
    if (lower.size == 0)
        return text.size < 8;
    if (sheaf_dump_key(lower) || sheaf_date_word(lower, &label) ||
        sheaf_dump_via_of_footer(lower).size)
        return true;
    return sheaf_dump_read_dates(&dates, text) && dates.rest.size == 0;
}

bool sheaf_dump_is_address(dump_view *v) {
    size_t start;
    size_t end;
    if (!sheaf_url_find(v->text, 0, &start, &end))
        return false;
    sheaf_slice before = sheaf_slice_part(v->text, 0, start);
    sheaf_slice behind = sheaf_slice_part(v->text, end, v->text.size);
    if (!is_beside_address(before) || !is_beside_address(behind))
        return false;
    sheaf_slice url = sheaf_slice_part(v->text, start, end);
    sheaf_dump_set_value(v, url);
    v->line->kind = is_picture(url) ? DUMP_IMAGE : DUMP_URL;
    size_t colon = sheaf_slice_find_char(before, 0, ':');
    char folded[SHEAF_PHRASE_ROOM];
    v->line->key =
        (uint8_t)sheaf_dump_key(sheaf_phrase(folded, sheaf_slice_part(before, 0, colon)));
    if (v->line->key == DUMP_KEY_IMAGE)
        v->line->kind = DUMP_IMAGE;
    return true;
}
