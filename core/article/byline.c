/* byline.c - who wrote it: a line that names people and nothing else.
 *
 *   [bullet] lead name [role] {, name [role]} [place] [| date]
 *
 * The lead is "By", "Von", "Автор:" and the like. What follows must read as
 * names: capital words, initials and particles, two to five of them; an agency
 * or a desk may stand for a name. Anything else ("By Friday the troops …") is
 * no byline, since a sentence lost from a text is worse than an author missed. */
#include "article/credit.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "text/letter.h"

enum { LONGEST = 240, MOST_PEOPLE = 24, MOST_WORDS = 40 };

/* What stands before the names, in lower case. */
/* clang-format off */
static const char *const plain_leads[] = {
    /* with or without a colon */
    "by", "written by", "words by", "story by", "text by", "report by", "reported by",
    "reporting by", "posted by", "article by", "analysis by", "opinion by", "edited by", "von",
    "ein beitrag von", "ein kommentar von", "par", "écrit par", "rédigé par",
    "propos recueillis par", "por", "escrito por", "di", "a cura di", "door", "av", "af",
    "scris de", "oleh", "بقلم", "מאת", "verfasst von", "geschrieben von", "text von", "redaktion von",
    "von unserem redakteur", "artikel von", "publié par", "article de", "texte de", "texto de",
    "texto por", "escrito y publicado por", "publicado por", "redactado por", "scritto da",
    "articolo di", "testo di", "pubblicato da", "geschreven door", "tekst door", "skrevet av",
    "skrevet af", "skriven av", "text av", "tekst av", "kirjoittanut", "autorstwa",
    "napisane przez", "ditulis oleh", "viết bởi", "bởi", "από", "από τον", "από την",
    "contributed by", "published by", "written and edited by",
    "compiled by", "words and photos by", "blog post by", "guest post by", "post by", "article written by",
    "created by"};
/* clang-format on */

/* clang-format off */
static const char *const label_leads[] = {
    /* with a colon only */
    "byline", "author", "authors", "author(s)", "reporter", "reporters", "writer", "words",
    "autor", "autorin", "autoren", "text", "auteur", "auteurs", "redacción", "autora", "autores",
    "texto", "autore", "testo", "tekst", "skribent", "opracował", "opracowała", "autorzy",
    "napsal", "szerző", "írta", "автор", "авторы", "автор текста", "автор статьи", "текст",
    "автори", "аўтар", "συντάκτης", "yazan", "yazar", "haber", "penulis", "كتب", "كتبت", "إعداد",
    "الكاتب", "نویسنده", "作者", "记者", "記者", "撰文", "文", "执笔", "執筆", "글", "লেখক", "लेखक", "ผู้เขียน",
    "tác giả"};
/* clang-format on */

/* And behind them. */
static const char *const after_leads[] = {
    /* Korean, Chinese, Japanese */
    "기자", "记者", "記者"};

/* What people are at a paper. A role ends in (or, in many languages, begins
 * with) one of these. */
/* clang-format off */
static const char *const posts[] = {
    /* in many languages */
    "editor", "editors", "correspondent", "correspondents", "reporter", "reporters", "writer",
    "writers", "columnist", "staff", "producer", "photographer", "analyst", "critic",
    "journalist", "presenter", "contributor", "contributors", "commentator", "bureau", "desk",
    "chief", "fellow", "professor", "lecturer", "director", "intern", "anchor", "host",
    "newsroom", "agencies", "agency", "team", "blogger", "cartoonist", "ombudsman", "researcher",
    "author", "freelance", "redakteur", "redakteurin", "redaktion", "korrespondent",
    "korrespondentin", "reporterin", "journalistin", "ressortleiter", "chefredakteur",
    "kolumnist", "volontär", "correspondant", "correspondante", "journaliste", "rédacteur",
    "rédactrice", "chroniqueur", "envoyé", "envoyée", "corresponsal", "redactor", "redactora",
    "periodista", "enviado", "enviada", "correspondente", "repórter", "jornalista", "colunista",
    "corrispondente", "inviato", "inviata", "giornalista", "redattore", "correspondent",
    "redacteur", "verslaggever", "korespondent", "dziennikarz", "redaktor", "reporter",
    "корреспондент", "обозреватель", "редактор", "журналист", "репортер", "репортёр", "колумнист",
    "muhabir", "muhabiri", "yazarı", "editörü", "مراسل", "مراسلة", "محرر", "صحفي", "wartawan",
    "记者", "記者", "编辑", "기자", "특파원", "논설위원"};
/* clang-format on */

/* Words that come before a post and belong to it. */
/* clang-format off */
static const char *const ranks[] = {
    /* in many languages */
    "deputy", "senior", "junior", "chief", "associate", "assistant", "managing", "executive",
    "contributing", "investigative", "investigations", "special", "foreign", "diplomatic",
    "political", "politics", "defence", "defense", "security", "military", "national",
    "international", "global", "world", "domestic", "home", "affairs", "business", "economics",
    "economic", "economy", "financial", "finance", "city", "money", "markets", "energy",
    "industry", "technology", "tech", "science", "health", "medical", "environment", "climate",
    "education", "social", "religion", "religious", "royal", "crime", "legal", "courts", "court",
    "justice", "police", "transport", "aviation", "arts", "culture", "music", "film", "media",
    "showbiz", "entertainment", "fashion", "food", "travel", "sport", "sports", "football",
    "cricket", "racing", "news", "features", "opinion", "letters", "picture", "photo", "data",
    "digital", "online", "web", "video", "live", "night", "weekend", "sunday", "europe",
    "european", "asia", "asian", "africa", "african", "america", "american", "latin", "middle",
    "east", "west", "north", "south", "us", "u.s.", "uk", "eu", "china", "russia", "ukraine",
    "india", "washington", "westminster", "parliamentary", "whitehall", "white", "house",
    "congressional", "state", "regional", "local", "community", "staff", "our", "the",
    "freelance", "former", "veteran", "consumer", "property", "rural", "agriculture", "northern",
    "southern", "scotland", "scottish", "wales", "welsh", "ireland", "irish", "moscow",
    "brussels", "paris", "berlin", "beijing", "jerusalem", "new", "york", "lobby", "policy",
    "public", "war", "chefredakteur", "leitender", "politischer", "специальный", "собственный",
    "политический", "военный", "главный"};
/* clang-format on */

/* Is word in the list of lower-case words? */
static bool in_list(sheaf_slice word, const char *const *list, size_t count) {
    char memory[64];
    sheaf_buffer lower = {memory, 0, sizeof memory, false};
    if (word.size == 0 ||
        word.size * 2 >= sizeof memory) /* no letter grows beyond twice its size */
        return false;
    for (size_t at = 0; at < word.size;)
        sheaf_utf8_append(&lower, sheaf_char_to_lower(sheaf_utf8_next(word, &at)));
    for (size_t i = 0; i < count; i++) {
        if (list[i][0] == memory[0] && sheaf_slice_is(sheaf_buffer_view(&lower), list[i]))
            return true;
    }
    return false;
}

#define IN(word, list) in_list(word, list, sizeof(list) / sizeof *(list))

/* ---- the lead ---------------------------------------------------------------- */

/* "- ", "• ", "* " and dashes before a byline. */
static sheaf_slice without_bullet(sheaf_slice line) {
    line = sheaf_slice_trim(line);
    for (size_t at = 0; at < line.size;) {
        uint32_t c = sheaf_utf8_next(line, &at);
        if (c != '-' && c != '*' && c != '|' && c != '(' && c != '_' && c != '/' && c != 0x2022 &&
            c != 0xB7 && c != 0x2013 && c != 0x2014 && c != 0x25A0 && c != 0x25CF &&
            !sheaf_char_is_space(c))
            break;
        line = sheaf_slice_part(line, at, line.size);
        at = 0;
    }
    return line;
}

/* Without the marks of emphasis behind it: "*By A B*". */
static sheaf_slice without_stars(sheaf_slice line) {
    while (line.size && (line.data[line.size - 1] == '*' || line.data[line.size - 1] == '_'))
        line.size--;
    return line;
}

/* Length of the head of line that equals lower, letter case apart, or 0. */
static size_t match_fold(sheaf_slice line, const char *lower) {
    sheaf_slice wanted = sheaf_slice_of(lower);
    size_t at = 0;
    size_t want = 0;
    while (want < wanted.size) {
        if (at >= line.size ||
            sheaf_char_to_lower(sheaf_utf8_next(line, &at)) != sheaf_utf8_next(wanted, &want))
            return 0;
    }
    return at;
}

/* Whether line can begin with a lead, by their first two bytes: most leads fall here, and
 * this is asked of every block of a page. */
static inline bool may_begin(sheaf_slice line, const char *lead) {
    uint8_t first = line.size > 0 ? (uint8_t)line.data[0] : 0;
    if ((uint8_t)lead[0] >= 0x80)
        return first >= 0x80;
    if (sheaf_to_lower((char)first) != lead[0])
        return false;
    return line.size < 2 || (line.data[1] & 0x80) || sheaf_to_lower(line.data[1]) == lead[1];
}

/* The part of line behind a lead, or false; a label counts only with a colon. */
static bool behind_lead(sheaf_slice line, const char *lead, bool label, sheaf_slice *rest) {
    size_t size = match_fold(line, lead);
    if (size == 0)
        return false;
    sheaf_slice behind = sheaf_slice_part(line, size, line.size);
    sheaf_slice trimmed = sheaf_slice_trim(behind);
    sheaf_slice wide = SLICE("\xEF\xBC\x9A"); /* full-width colon */
    bool colon = sheaf_slice_starts(trimmed, SLICE(":")) || sheaf_slice_starts(trimmed, wide) ||
                 (label && (sheaf_slice_starts(trimmed, SLICE("/")) ||
                            sheaf_slice_starts(trimmed, SLICE("\xEF\xBC\x8F"))));
    if (colon)
        trimmed = sheaf_slice_part(trimmed, (unsigned char)trimmed.data[0] >= 0x80 ? wide.size : 1,
                                   trimmed.size);
    else if (label || trimmed.data == behind.data)
        return false;
    *rest = sheaf_slice_trim(trimmed);
    return rest->size > 0;
}

/* Takes a lead behind the names off: "홍길동 기자". */
static bool before_lead(sheaf_slice line, const char *lead, sheaf_slice *rest) {
    enum { LONGEST_NAME = 60 };
    sheaf_slice name = sheaf_slice_of(lead);
    if (!sheaf_slice_ends(line, name) || line.size > LONGEST_NAME || line.size == name.size)
        return false;
    *rest = sheaf_slice_trim(sheaf_slice_part(line, 0, line.size - name.size));
    return rest->size > 0;
}

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Takes the lead off line; *colon tells whether it was a label with a colon. */
static bool take_lead(sheaf_slice line, sheaf_slice *rest, bool *colon) {
    for (size_t i = 0; i < COUNT(plain_leads); i++) {
        if (may_begin(line, plain_leads[i]) && behind_lead(line, plain_leads[i], false, rest)) {
            *colon =
                sheaf_slice_find_char(sheaf_slice_part(line, 0, (size_t)(rest->data - line.data)),
                                      0, ':') != SIZE_MAX;
            return true;
        }
    }
    for (size_t i = 0; i < COUNT(label_leads); i++) {
        if (may_begin(line, label_leads[i]) && behind_lead(line, label_leads[i], true, rest))
            return *colon = true;
    }
    *colon = false;
    for (size_t i = 0; i < COUNT(after_leads); i++) {
        if (before_lead(line, after_leads[i], rest))
            return true;
    }
    return false;
}

/* ---- words and names ---------------------------------------------------------- */

typedef struct words {
    sheaf_slice items[MOST_WORDS];
    size_t count;
} words;

static bool split_words(words *out, sheaf_slice text) {
    size_t at = 0;
    out->count = 0;
    while (at < text.size) {
        size_t start = at;
        while (at < text.size && text.data[at] != ' ' && text.data[at] != '\t')
            at++;
        if (at > start) {
            if (out->count == MOST_WORDS)
                return false;
            out->items[out->count++] = sheaf_slice_part(text, start, at);
        }
        at++;
    }
    return out->count > 0;
}

static bool is_particle(sheaf_slice word) {
    /* clang-format off */
    static const char *const particles[] = {
        "de", "da", "do", "dos", "das", "du", "des", "di", "del", "della", "van", "von", "vom",
        "zu", "zum", "der", "den", "ten", "ter", "bin", "ibn", "bint", "al", "el", "la", "le",
        "y", "e", "i", "af", "av", "abu", "ap", "san", "st", "st.", "mc", "фон", "де", "ван",
        "бен", "аль"};
    /* clang-format on */
    return IN(word, particles);
}

/* A word that may stand in a name: it begins with a capital, or its script
 * knows none; no digits; at most one sign of joining inside. */
static bool is_name_word(sheaf_slice word) {
    size_t at = 0;
    uint32_t first = sheaf_utf8_next(word, &at);
    if (sheaf_char_is_lower(first))
        return (word.size > 3 &&
                (sheaf_slice_starts(word, SLICE("al-")) || sheaf_slice_starts(word, SLICE("el-")) ||
                 sheaf_slice_starts(word, SLICE("d'")) ||
                 sheaf_slice_starts(word, SLICE("d\xE2\x80\x99"))));
    if (!sheaf_char_is_letter(first))
        return false;
    while (at < word.size) {
        uint32_t c = sheaf_utf8_next(word, &at);
        if (!sheaf_char_is_word(c) && c != '-' && c != '\'' && c != 0x2019 && c != '.' &&
            c != 0xB7 && c != 0x2010 && c != 0x30FB && c != 0x2D)
            return false;
        if (sheaf_char_is_digit(c))
            return false;
    }
    return true;
}

/* Does the script of word write names without blanks or capitals? */
static bool is_caseless(sheaf_slice word) {
    size_t at = 0;
    uint32_t first = sheaf_utf8_next(word, &at);
    return !sheaf_char_is_upper(first) && !sheaf_char_is_lower(first) &&
           sheaf_char_is_letter(first);
}

static bool is_name(const words *all, size_t from, size_t to, bool single) {
    size_t strong = 0;
    if (to <= from || to - from > 6)
        return false;
    for (size_t i = from; i < to; i++) {
        if (i > from && i + 1 < to && is_particle(all->items[i]))
            continue;
        if (!is_name_word(all->items[i]))
            return false;
        strong++;
    }
    return strong >= 2 || (strong == 1 && (single || is_caseless(all->items[from])));
}

static bool has_post(const words *all, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (IN(all->items[i], posts))
            return true;
    }
    return false;
}

/* Index of the first word of the role that ends the words, or count. */
static size_t role_start(const words *all) {
    size_t first = all->count;
    for (size_t i = 0; i < all->count; i++) {
        if (IN(all->items[i], posts)) {
            first = i;
            break;
        }
    }
    if (first == all->count)
        return first;
    while (first > 2 && IN(all->items[first - 1], ranks))
        first--;
    if (first == 2 && all->count > 2)
        return first;
    return first > 3 && !IN(all->items[first - 1], ranks) && IN(all->items[first], posts) &&
                   first + 1 == all->count
               ? first - 1
               : first;
}

/* ---- people -------------------------------------------------------------------- */

typedef struct person {
    sheaf_slice name;
    sheaf_slice role;
} person;

typedef struct people {
    person items[MOST_PEOPLE];
    size_t count;
    bool desk;  /* an agency or a desk stands for a name */
    bool colon; /* a label with a colon named them: one word is a name too */
} people;

static sheaf_slice span(const words *all, size_t from, size_t to) {
    const char *start = all->items[from].data;
    const char *end = all->items[to - 1].data + all->items[to - 1].size;
    return sheaf_slice_from(start, (size_t)(end - start));
}

/* Cuts " in Moscow", " for The Paper", " at Westminster" and what follows. */
static sheaf_slice without_place(sheaf_slice part) {
    static const char *const cuts[] = {" in ", " for ", " at ", " of ", " from ", " aus ",
                                       " à ",  " en ",  " em ", " da ", " uit ",  " w ",
                                       " из ", " в ",   " @",   " (",   " <",     " ["};
    size_t least = part.size;
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        size_t hit = sheaf_slice_find(part, 1, sheaf_slice_of(cuts[i]));
        if (hit < least && !(sheaf_slice_is(sheaf_slice_of(cuts[i]), " da ") && hit < 24))
            least = hit;
    }
    return sheaf_slice_trim(sheaf_slice_part(part, 0, least));
}

static bool add_person(people *all, sheaf_slice name, sheaf_slice role) {
    if (all->count == MOST_PEOPLE)
        return false;
    all->items[all->count++] = (person){name, role};
    return true;
}

/* A part that is all role belongs to the person before it. */
static bool take_role(people *all, const words *part) {
    if (!has_post(part, 0, part->count) || part->count > 8)
        return false;
    if (all->count == 0) {
        all->desk = true;
        return true;
    }
    person *last = &all->items[all->count - 1];
    if (!last->role.size)
        last->role = span(part, 0, part->count);
    return true;
}

/* Reads what stands between two commas or "and"s. */
static bool take_part(people *all, sheaf_slice part) {
    words list;
    if (sheaf_agency(part).size) {
        all->desk = true;
        return true;
    }
    sheaf_slice person_part = without_place(part);
    if (!split_words(&list, person_part))
        return part.size == 0;
    size_t role = role_start(&list);
    bool desk = IN(list.items[0], ranks); /* "Our Foreign Staff" */
    if (role < list.count && (role < 2 || desk || !is_name(&list, 0, role, false)))
        return take_role(all, &list);
    if (role < list.count && list.count - role <= 6)
        return add_person(all, span(&list, 0, role), span(&list, role, list.count));
    if (is_name(&list, 0, list.count, all->colon) && !is_particle(list.items[0]))
        return add_person(all, person_part, (sheaf_slice){0});
    /* one more capital word behind a person is where they are, or whom they serve */
    return all->count > 0 && is_name(&list, 0, list.count, true);
}

/* Offset and length of the next ",", ";", " and " and so on at or after from. */
static bool next_parting(sheaf_slice text, size_t from, size_t *at, size_t *size) {
    static const char *const partings[] = {
        ",",   ";",    " and ", " und ", " et ",   " y ", " e ", " en ", " och ", " og ",  " i ",
        " и ", " та ", " و",    " & ",   " with ", "、",  "，",  " / ",  " ve ",  " dan ", " a "};
    *at = SIZE_MAX;
    for (size_t i = 0; i < sizeof partings / sizeof *partings; i++) {
        sheaf_slice parting = sheaf_slice_of(partings[i]);
        size_t hit = sheaf_slice_find(text, from, parting);
        if (hit < *at) {
            *at = hit;
            *size = parting.size;
        }
    }
    return *at != SIZE_MAX;
}

/* "Doe, Jane" or "Doe, Jane; Roe, John": as libraries write it. */
static bool is_inverted(sheaf_slice rest) {
    size_t comma = sheaf_slice_find_char(rest, 0, ',');
    words before;
    words behind;
    if (comma == SIZE_MAX ||
        sheaf_slice_find_char(rest, comma + 1, ',') < sheaf_slice_find_char(rest, 0, ';'))
        return false;
    size_t end = sheaf_slice_find_char(rest, comma, ';');
    return split_words(&before, sheaf_slice_part(rest, 0, comma)) &&
           split_words(&behind, sheaf_slice_part(rest, comma + 1, end)) && before.count == 1 &&
           behind.count <= 2 && is_name(&before, 0, 1, true) &&
           is_name(&behind, 0, behind.count, true) && !has_post(&behind, 0, behind.count) &&
           !is_caseless(before.items[0]) && !sheaf_agency(before.items[0]).size;
}

static bool take_people(people *all, sheaf_slice rest) {
    size_t from = 0;
    size_t at;
    size_t size = 0;
    while (next_parting(rest, from, &at, &size)) {
        if (!take_part(all, sheaf_slice_trim(sheaf_slice_part(rest, from, at))))
            return false;
        from = at + size;
    }
    return take_part(all, sheaf_slice_trim(sheaf_slice_part(rest, from, rest.size)));
}

/* Cuts what stands behind a bar, a bullet or a date: "By A B | 10 Feb 2022". */
static sheaf_slice before_bar(sheaf_slice rest) {
    static const char *const bars[] = {
        " | ", "|", " \xE2\x80\xA2 ", " \xC2\xB7 ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ",
        "\t",  "  "};
    size_t least = rest.size;
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        size_t hit = sheaf_slice_find(rest, 0, sheaf_slice_of(bars[i]));
        if (hit < least)
            least = hit;
    }
    for (size_t i = 1; i < least; i++) {
        if (sheaf_is_digit(rest.data[i]))
            least = i;
    }
    sheaf_slice kept = sheaf_slice_trim(sheaf_slice_part(rest, 0, least));
    if (least < rest.size && sheaf_is_digit(rest.data[least])) {
        size_t comma = least; /* ", February 10, 2022": the month goes too */
        while (comma > 0 && rest.data[comma - 1] != ',')
            comma--;
        if (comma > 0)
            kept = sheaf_slice_trim(sheaf_slice_part(rest, 0, comma - 1));
    }
    while (kept.size && strchr(",.;)", kept.data[kept.size - 1]))
        kept.size--;
    return kept;
}

static bool find_people(people *all, sheaf_slice line) {
    sheaf_slice rest;
    *all = (people){0};
    if (line.size > LONGEST || !sheaf_utf8_valid(line))
        return false;
    line = without_stars(without_bullet(line));
    if (!take_lead(line, &rest, &all->colon))
        return false;
    bool sentence = sheaf_slice_ends(line, SLICE(".")) && line.size > 60;
    rest = before_bar(rest);
    if (sentence || rest.size == 0)
        return false;
    return take_people(all, rest) && (all->count > 0 || all->desk);
}

/* "Doe, Jane" becomes "Jane Doe". */
static void add_inverted(sheaf_article *article, sheaf_slice rest) {
    while (rest.size) {
        size_t end = sheaf_slice_find_char(rest, 0, ';');
        sheaf_slice one = sheaf_slice_part(rest, 0, end);
        size_t comma = sheaf_slice_find_char(one, 0, ',');
        sheaf_slice family = sheaf_slice_trim(sheaf_slice_part(one, 0, comma));
        sheaf_slice given = comma == SIZE_MAX
                                ? (sheaf_slice){0}
                                : sheaf_slice_trim(sheaf_slice_part(one, comma + 1, one.size));
        sheaf_slice name = sheaf_arena_format(&article->arena, "%.*s%s%.*s", SLICE_ARGS(given),
                                              given.size ? " " : "", SLICE_ARGS(family));
        sheaf_article_add_author(article, name, (sheaf_slice){0});
        rest = end == SIZE_MAX ? (sheaf_slice){0} : sheaf_slice_part(rest, end + 1, rest.size);
    }
}

bool sheaf_byline_lead(sheaf_slice line, sheaf_slice *rest) {
    bool colon;
    return line.size <= LONGEST && take_lead(without_stars(without_bullet(line)), rest, &colon);
}

bool sheaf_byline_is_lead(sheaf_slice line) {
    enum { LONGEST_LEAD = 64 };
    line = sheaf_slice_trim(without_bullet(line));
    if (line.size > LONGEST_LEAD || !sheaf_utf8_valid(line))
        return false;
    if (line.size > 0 && line.data[line.size - 1] == ':')
        line = sheaf_slice_trim(sheaf_slice_part(line, 0, line.size - 1));
    return IN(line, plain_leads) || IN(line, label_leads);
}

bool sheaf_byline_is_name(sheaf_slice text, bool single) {
    words list;
    return text.size <= LONGEST && sheaf_utf8_valid(text) && split_words(&list, text) &&
           is_name(&list, 0, list.count, single) && !is_particle(list.items[list.count - 1]);
}

bool sheaf_byline_has_post(sheaf_slice text) {
    words list;
    return sheaf_utf8_valid(text) && split_words(&list, text) && has_post(&list, 0, list.count);
}

bool sheaf_byline_is(sheaf_slice line) {
    people found;
    return find_people(&found, line);
}

bool sheaf_byline_parse(sheaf_article *article, sheaf_slice line) {
    people found;
    sheaf_slice rest;
    bool colon;
    if (!find_people(&found, line))
        return false;
    sheaf_slice clean = without_stars(without_bullet(line));
    while (sheaf_slice_ends(clean, SLICE(")")) && sheaf_slice_find_char(clean, 0, '(') == SIZE_MAX)
        clean.size--;
    bool labelled = take_lead(clean, &rest, &colon) && colon;
    sheaf_article_set(article, SHEAF_FIELD_BYLINE, sheaf_slice_trim(labelled ? rest : clean));
    if (labelled && is_inverted(rest)) {
        add_inverted(article, rest);
        return true;
    }
    for (size_t i = 0; i < found.count; i++)
        sheaf_article_add_author(article, found.items[i].name, found.items[i].role);
    return true;
}
