/* dateline.c - where, when and by which agency, at the head of a paragraph.
 *
 *   PLACE[, REGION] [DATE] [AGENCY] end        in this order, or agency first
 *
 * Each part is tried at the cursor and may be missing; what counts is the
 * evidence as a whole. A place in capitals needs a dash or colon, a date or an
 * agency behind it; a place in ordinary letters needs an agency, or a date and
 * a dash. So a sentence that begins with a name or an acronym is no dateline. */
#include "article/credit.h"

#include "article/date.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/letter.h"

enum { LONGEST = 160, PLACE_WORDS = 6, AGENCY_BYTES = 48, DATE_BYTES = 48 };

typedef struct cursor {
    sheaf_slice text;
    size_t at;
} cursor;

typedef struct found {
    sheaf_slice place;
    bool capitals; /* the place is in capitals */
    bool caseless; /* or in a script that has none */
    bool dated;
    sheaf_date date;
    sheaf_slice agency;
    bool bracketed; /* the agency stands in brackets or slashes */
    size_t end;     /* behind the last part */
} found;

/* Words in capitals that open paragraphs without being places. */
/* clang-format off */
static const char *const labels[] = {
    /* in many languages */
    "ADVERTISEMENT", "ALERT", "ANALYSE", "ANALYSIS", "ANSWER", "BREAKING", "CLARIFICATION",
    "COLUMN", "COMMENT", "CORRECTION", "EDITORIAL", "EDITOR", "EXCLUSIF", "EXCLUSIVE",
    "EXPLAINER", "EXPLAINED", "FACTBOX", "FAQ", "FEATURE", "FLASH", "FOTO", "FOTOS", "GRAPHIC",
    "HEADLINE", "HOST", "INFOGRAPHIC", "INSIGHT", "INTERVIEW", "KOMMENTAR", "LATEST", "LIVE",
    "MODERATOR", "MORE", "NATO", "NEWS", "NEW", "NOTE", "OBITUARY", "OPINION", "PHOTO", "PHOTOS",
    "PICTURED", "PODCAST", "PREVIEW", "PROFILE", "QUESTION", "READ", "RECAP", "REPORT",
    "REPORTER", "REVIEW", "SPOILER", "SUMMARY", "TIMELINE", "TRANSCRIPT", "UPDATE", "UPDATED",
    "URGENT", "VIDEO", "WARNING", "WATCH", "WRAPUP", "ВИДЕО", "ФОТО", "ОБНОВЛЕНО", "СРОЧНО",
    "ВАЖНО", "МНЕНИЕ", "НАТО", "OTAN", "UN", "EU", "UK", "US", "USA", "UAE", "BBC", "CNN",
    "COVID", "AI", "PDF", "TV", "Q", "A", "I", "BY"};
/* clang-format on */

static bool is_label(sheaf_slice place) {
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (sheaf_slice_is(place, labels[i]))
            return true;
    }
    return false;
}

static uint32_t peek(const cursor *c) {
    size_t at = c->at;
    return at < c->text.size ? sheaf_utf8_next(c->text, &at) : 0;
}

static void skip(cursor *c) {
    if (c->at < c->text.size)
        sheaf_utf8_next(c->text, &c->at);
}

static void skip_space(cursor *c) {
    while (sheaf_char_is_space(peek(c)))
        skip(c);
}

/* Blanks and the commas and points that part the pieces of a dateline. */
static void skip_parting(cursor *c) {
    for (uint32_t next = peek(c); sheaf_char_is_space(next) || next == ',' || next == '.' ||
                                  next == 0x60C || next == 0xFF0C || next == 0x3001;
         next = peek(c))
        skip(c);
}

/* ---- the place -------------------------------------------------------------- */

typedef struct word {
    sheaf_slice text;
    bool capitals;
    bool capital;
    bool caseless;
} word;

static bool joins_word(uint32_t c) {
    return c == '-' || c == '\'' || c == 0x2019 || c == '/' || c == 0x2010;
}

/* A word of letters; a point may follow an abbreviation such as "ST." or "D.C.". */
static bool read_word(cursor *c, word *out) {
    size_t start = c->at;
    size_t letters = 0;
    *out = (word){.capitals = true, .caseless = true};
    while (c->at < c->text.size) {
        size_t next = c->at;
        uint32_t code = sheaf_utf8_next(c->text, &next);
        if (sheaf_char_is_word(code) && !sheaf_char_is_digit(code)) {
            bool upper = sheaf_char_is_upper(code);
            if (sheaf_char_is_lower(code))
                out->capitals = out->caseless = false;
            if (upper) {
                out->caseless = false;
                out->capital |= letters == 0;
            }
            letters++;
        } else if (letters == 0 || !joins_word(code)) {
            break;
        }
        c->at = next;
    }
    if (letters > 0 && peek(c) == '.' && out->capital && letters <= 2) {
        cursor ahead = {c->text, c->at + 1};
        word more;
        c->at++;
        if (sheaf_char_is_upper(peek(&ahead)) && read_word(&ahead, &more) && more.capitals)
            c->at = ahead.at; /* D.C. */
    }
    out->text = sheaf_slice_part(c->text, start, c->at);
    if (letters < 1 || out->caseless)
        out->capitals = false;
    return letters > 0;
}

static bool is_particle(sheaf_slice text) {
    static const char *const particles[] = {"de",   "del", "da",  "do", "dos", "di",  "la",  "le",
                                            "les",  "el",  "al",  "an", "am",  "der", "sur", "of",
                                            "upon", "y",   "and", "na", "на",  "и"};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        if (sheaf_slice_is(text, particles[i]))
            return true;
    }
    return false;
}

/* True when next may stand behind first in the name of one place. */
static bool continues_place(const found *out, const word *next) {
    if (out->capitals)
        return next->capitals;
    return out->caseless ? next->caseless : next->capital;
}

/* Reads one more word of the place, or a particle with the word behind it. */
static bool read_more_place(cursor *c, const found *out) {
    cursor ahead = *c;
    word next;
    if (peek(&ahead) != ' ')
        return false;
    skip_space(&ahead);
    if (!read_word(&ahead, &next))
        return false;
    if (is_particle(next.text) && !out->caseless) {
        skip_space(&ahead);
        if (!read_word(&ahead, &next))
            return false;
    }
    if (!continues_place(out, &next))
        return false;
    *c = ahead;
    return true;
}

/* The place: words all in capitals, or words with a capital, or of no case. */
static bool read_place(cursor *c, found *out) {
    size_t start = c->at;
    word first;
    if (!read_word(c, &first) || !(first.capital || first.caseless) ||
        sheaf_utf8_count(first.text) < 2)
        return false;
    out->capitals = first.capitals;
    out->caseless = first.caseless;
    for (int words = 1; words < (out->capitals ? PLACE_WORDS : 3); words++) {
        if (!read_more_place(c, out))
            break;
    }
    out->place = sheaf_slice_part(c->text, start, c->at);
    out->end = c->at;
    return true;
}

/* ---- date and agency -------------------------------------------------------- */

/* A date right here, with or without its year. */
static bool read_date(cursor *c, found *out) {
    cursor ahead = *c;
    size_t start;
    size_t end;
    if (out->dated)
        return false;
    skip_parting(&ahead);
    sheaf_slice window =
        sheaf_utf8_prefix(sheaf_slice_part(ahead.text, ahead.at, ahead.text.size), DATE_BYTES);
    if (!sheaf_date_find(&out->date, window, 0, true, &start, &end) || start != 0)
        return false;
    out->dated = true;
    c->at = out->end = ahead.at + end;
    return true;
}

static uint32_t closing_of(uint32_t opening) {
    switch (opening) {
    case '(': return ')';
    case '/': return '/';
    case '[': return ']';
    case 0xFF08: return 0xFF09;
    default: return 0;
    }
}

/* One to four words that begin with a capital: so an agency that no table
 * knows looks. */
static bool looks_like_agency(sheaf_slice text) {
    cursor c = {text, 0};
    word next;
    int words = 0;
    while (c.at < text.size) {
        if (words == 4 || !read_word(&c, &next) || !(next.capital || next.caseless))
            return false;
        words++;
        if (peek(&c) == '.' || peek(&c) == ',')
            skip(&c);
        skip_space(&c);
    }
    return words > 0;
}

/* "(Reuters)", "/TASS/", "(AP, Feb 10)". */
static bool read_bracketed(cursor *c, found *out) {
    cursor ahead = *c;
    skip_parting(&ahead);
    uint32_t closing = closing_of(peek(&ahead));
    if (!closing)
        return false;
    skip(&ahead);
    size_t start = ahead.at;
    while (ahead.at < ahead.text.size && ahead.at - start < AGENCY_BYTES && peek(&ahead) != closing)
        skip(&ahead);
    if (peek(&ahead) != closing)
        return false;
    sheaf_slice inside = sheaf_slice_trim(sheaf_slice_part(ahead.text, start, ahead.at));
    size_t comma = sheaf_slice_find_char(inside, 0, ',');
    sheaf_slice name = sheaf_slice_part(inside, 0, comma);
    sheaf_slice known = sheaf_agency(name);
    if (!known.size && !(looks_like_agency(name) && (out->capitals || out->dated)))
        return false;
    if (comma != SIZE_MAX) {
        cursor behind = {sheaf_slice_part(inside, 0, inside.size), comma + 1};
        size_t end = out->end;
        read_date(&behind, out);
        out->end = end;
    }
    out->agency = known.size ? known : name;
    out->bracketed = true;
    skip(&ahead);
    c->at = out->end = ahead.at;
    return true;
}

static bool ends_bare_agency(uint32_t c) {
    return c == '.' || c == '-' || c == 0x2013 || c == 0x2014 || c == ':' || c == '|' || c == '=';
}

/* A point inside a name: "INTERFAX.RU". */
static bool goes_on(const cursor *c) {
    cursor ahead = {c->text, c->at + 1};
    return peek(c) == '.' && sheaf_char_is_word(peek(&ahead));
}

/* An acronym of capitals that no table knows: only behind a place and a date. */
static bool is_acronym(sheaf_slice name) {
    cursor c = {name, 0};
    word only;
    return read_word(&c, &only) && c.at == name.size && only.capitals &&
           sheaf_utf8_count(name) <= 10;
}

/* "TASS." or "RIA Novosti -" without brackets. */
static bool read_bare_agency(cursor *c, found *out) {
    cursor ahead = *c;
    skip_parting(&ahead);
    skip_space(&ahead);
    if (ends_bare_agency(peek(&ahead)) && out->dated) {
        skip(&ahead); /* 10 фев - РИА Новости. */
        skip_space(&ahead);
    }
    size_t start = ahead.at;
    while (ahead.at < ahead.text.size && ahead.at - start < AGENCY_BYTES) {
        uint32_t next = peek(&ahead);
        sheaf_slice name = sheaf_slice_trim(sheaf_slice_part(ahead.text, start, ahead.at));
        if (ends_bare_agency(next) && name.size && !goes_on(&ahead)) {
            sheaf_slice known = sheaf_agency(name);
            if (known.size || (out->capitals && out->dated && next == '.' && is_acronym(name))) {
                out->agency = known.size ? known : name;
                c->at = out->end = start + name.size;
                return true;
            }
        }
        skip(&ahead);
    }
    return false;
}

/* ", Russia", ", D.C.", between place and date. */
static bool read_region(cursor *c, found *out) {
    cursor ahead = *c;
    found region = {0};
    if (peek(&ahead) != ',')
        return false;
    skip(&ahead);
    skip_space(&ahead);
    if (!read_place(&ahead, &region) || region.caseless || sheaf_agency(region.place).size)
        return false;
    c->at = out->end = ahead.at;
    out->place = sheaf_slice_part(c->text, (size_t)(out->place.data - c->text.data), ahead.at);
    return true;
}

/* ---- the end ---------------------------------------------------------------- */

typedef enum ending { END_NONE, END_POINT, END_COLON, END_DASH } ending;

static bool is_dash(uint32_t c) {
    return c == '-' || c == 0x2010 || c == 0x2012 || c == 0x2013 || c == 0x2014 || c == 0x2015;
}

/* What parts the dateline from its sentence: " - ", ". ", ":", ".-", " | ". */
static ending read_ending(cursor *c) {
    ending best = END_NONE;
    size_t start = c->at;
    for (;;) {
        uint32_t next = peek(c);
        if (is_dash(next) || next == '|' || next == '=')
            best = END_DASH;
        else if (next == ':' || next == 0xFF1A)
            best = best == END_DASH ? END_DASH : END_COLON;
        else if (next == '.' || next == ',')
            best = best == END_NONE && next == '.' ? END_POINT : best;
        else if (!sheaf_char_is_space(next))
            break;
        if (next == ',' && c->at > start)
            break;
        skip(c);
    }
    return best;
}

/* A bare hyphen glued to what follows is part of a word: "MOSCOW-based". */
static bool is_glued_hyphen(sheaf_slice text, size_t at) {
    return at + 1 < text.size && text.data[at] == '-' && text.data[at + 1] != ' ' &&
           text.data[at + 1] != '-';
}

static bool is_enough(const found *out, ending end, sheaf_slice text) {
    if (is_glued_hyphen(text, out->end) && !out->bracketed)
        return false;
    if (out->agency.size)
        return out->bracketed || end != END_NONE;
    if (out->dated)
        return end == END_DASH || (end == END_COLON && !out->caseless) ||
               (end == END_POINT && out->capitals);
    return out->capitals && (end == END_DASH || end == END_COLON) && !is_label(out->place) &&
           sheaf_utf8_count(out->place) > 2;
}

/* ---- the other orders --------------------------------------------------------- */

/* "(ANSA) - ROMA, 10 FEB - " and "(서울=연합뉴스)". */
static bool read_agency_first(cursor *c, found *out) {
    size_t equals;
    uint32_t opening = peek(c);
    uint32_t closing = opening == 0x3010 ? 0x3011 : closing_of(opening);
    if (!closing || opening == '/')
        return false;
    skip(c);
    size_t start = c->at;
    while (c->at < c->text.size && c->at - start < 2 * AGENCY_BYTES && peek(c) != closing)
        skip(c);
    if (peek(c) != closing)
        return false;
    sheaf_slice inside = sheaf_slice_part(c->text, start, c->at);
    skip(c);
    out->end = c->at;
    out->bracketed = true;
    sheaf_slice wide = SLICE("\xEF\xBC\x9D"); /* the full-width equals sign */
    size_t parting = 1;
    equals = sheaf_slice_find_char(inside, 0, '=');
    if (equals == SIZE_MAX) {
        equals = sheaf_slice_find(inside, 0, wide);
        parting = wide.size;
    }
    if (equals != SIZE_MAX) {
        out->place = sheaf_slice_part(inside, 0, equals);
        sheaf_slice name = sheaf_slice_part(inside, equals + parting, inside.size);
        sheaf_slice known = sheaf_agency(name);
        out->agency = known.size ? known : name;
        return out->place.size && out->agency.size;
    }
    out->agency = sheaf_agency(inside);
    if (!out->agency.size || read_ending(c) == END_NONE || !read_place(c, out))
        return false;
    read_date(c, out);
    return out->capitals;
}

/* "新华社北京2月10日电", without any blank. */
static bool read_chinese(cursor *c, found *out) {
    static const char *const wires[] = {"新华社", "新華社", "中新社", "中新网",
                                        "中央社", "路透社", "法新社", "美联社"};
    size_t start;
    size_t end;
    for (size_t i = 0; i < sizeof wires / sizeof *wires; i++) {
        sheaf_slice wire = sheaf_slice_of(wires[i]);
        if (!sheaf_slice_starts(c->text, wire) ||
            !sheaf_date_find(&out->date, c->text, wire.size, true, &start, &end) ||
            start > wire.size + 30)
            continue;
        sheaf_slice wired = sheaf_slice_part(c->text, end, end + 3);
        if (!sheaf_slice_is(wired, "电") && !sheaf_slice_is(wired, "電"))
            return false;
        out->agency = sheaf_agency(wire);
        out->place = sheaf_slice_part(c->text, wire.size, start);
        out->dated = out->bracketed = true;
        out->end = c->at = end + wired.size;
        return out->place.size > 0;
    }
    return false;
}

/* "[東京 10日 ロイター] -": all three in one bracket. */
static bool read_boxed(cursor *c, found *out) {
    if (peek(c) != '[')
        return false;
    skip(c);
    if (!read_place(c, out))
        return false;
    size_t close = sheaf_slice_find_char(c->text, c->at, ']');
    if (close == SIZE_MAX)
        return false;
    sheaf_slice inside = sheaf_slice_part(c->text, c->at, close);
    for (size_t i = 0; i < inside.size && !out->agency.size; i++) {
        if (i == 0 || inside.data[i - 1] == ' ' || (unsigned char)inside.data[i - 1] == 0x80)
            out->agency = sheaf_agency(sheaf_slice_part(inside, i, inside.size));
    }
    out->bracketed = true;
    c->at = out->end = close + 1;
    return out->agency.size > 0;
}

/* PLACE first, as nearly everybody writes it. */
static bool read_place_first(cursor *c, found *out) {
    if (!read_place(c, out))
        return false;
    bool dated = read_date(c, out);
    for (int i = 0; i < 2 && !dated && read_region(c, out); i++)
        dated = read_date(c, out);
    if (!read_bracketed(c, out))
        read_bare_agency(c, out);
    if (out->agency.size)
        read_date(c, out);
    return true;
}

bool sheaf_dateline_parse(sheaf_dateline *out, size_t *size, sheaf_slice paragraph,
                          sheaf_arena *arena) {
    static bool (*const forms[])(cursor *, found *) = {read_chinese, read_boxed, read_agency_first,
                                                       read_place_first};
    sheaf_slice text = sheaf_utf8_prefix(paragraph, LONGEST);
    cursor start = {text, 0};
    skip_space(&start);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        cursor c = start;
        found parts = {.end = start.at};
        if (!forms[i](&c, &parts))
            continue;
        c.at = parts.end;
        ending end = read_ending(&c);
        if (!is_enough(&parts, end, text) || c.at >= paragraph.size)
            continue;
        *out = (sheaf_dateline){.raw = sheaf_slice_part(text, start.at, parts.end),
                                .place = sheaf_slice_trim(parts.place),
                                .agency = parts.agency};
        if (parts.dated)
            out->date = sheaf_date_text(arena, &parts.date);
        *size = c.at;
        return true;
    }
    return false;
}
