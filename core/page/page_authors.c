/* page_authors.c - names out of author fields.
 *
 *   text   = [lead] part { parting part }
 *   part   = name [letters behind it] | role | agency | nothing of use
 *
 * A field that is there to hold an author is believed more than a line of text: one
 * word may be a name there, a desk or an agency may stand for one. What cannot be
 * a name (addresses, handles, dates, numbers, buttons) is passed over. Letters behind a name
 * ("PhD", "CFP") stay with it, as the page writes it; posts become the role. */
#include "page/page_authors.h"

#include "article/credit.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/letter.h"

enum { LONGEST_TEXT = 600, LONGEST_NAME = 80, LONGEST_ROLE = 160 };

/* ---- comparing ------------------------------------------------------------------------ */

/* The next letter or digit, in lower case; 0 at the end. */
static uint32_t next_letter(sheaf_slice text, size_t *at) {
    while (*at < text.size) {
        char byte = text.data[*at];
        if (sheaf_is_alpha(byte) || sheaf_is_digit(byte)) {
            *at += 1;
            return (uint32_t)sheaf_to_lower(byte);
        }
        uint32_t c = sheaf_utf8_next(text, at);
        if (sheaf_char_is_word(c))
            return sheaf_char_to_lower(c);
    }
    return 0;
}

bool sheaf_page_names_equal(sheaf_slice a, sheaf_slice b) {
    size_t i = 0;
    size_t j = 0;
    uint32_t first;
    uint32_t second;
    size_t length = 0;
    do {
        first = next_letter(a, &i);
        second = next_letter(b, &j);
        length++;
    } while (first == second && first != 0);
    return first == second && length > 1;
}

/* ---- pieces of text --------------------------------------------------------------------- */

static sheaf_slice strip(sheaf_slice text) {
    static const char marks[] = " \t\n\r,;:|*_-.>~";
    static const char *const wide[] = {"\xC2\xA0",     "\xC2\xB7",     "\xE2\x80\xA2",
                                       "\xE2\x80\x93", "\xE2\x80\x94", "\xEF\xBC\x9A",
                                       "\xC2\xBB",     "\xE2\x80\x8E"};
    for (bool more = true; more && text.size > 0;) {
        more = false;
        char first = text.data[0];
        char last = text.data[text.size - 1];
        if (first != '\0' && strchr(marks, first)) {
            text = sheaf_slice_part(text, 1, text.size);
            more = true;
        } else if (last != '\0' && last != '.' && strchr(marks, last)) {
            text.size--;
            more = true;
        }
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
            sheaf_slice mark = sheaf_slice_of(wide[i]);
            more = more || sheaf_slice_starts(text, mark) || sheaf_slice_ends(text, mark);
            if (sheaf_slice_starts(text, mark))
                text = sheaf_slice_part(text, mark.size, text.size);
            if (sheaf_slice_ends(text, mark))
                text.size -= mark.size;
        }
    }
    return text;
}

static bool equals_any(sheaf_slice text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (sheaf_slice_equal_fold(text, sheaf_slice_of(list[i])))
            return true;
    return false;
}

#define IS_ANY(text, list) equals_any(text, list, sizeof(list) / sizeof *(list))

/* Words that stand where a name does and are none. */
static bool is_no_name(sheaf_slice text) {
    static const char *const words[] = {"author",
                                        "authors",
                                        "by",
                                        "admin",
                                        "administrator",
                                        "share",
                                        "follow",
                                        "view all posts",
                                        "about the author",
                                        "posted by",
                                        "read more",
                                        "more",
                                        "bio",
                                        "profile",
                                        "website",
                                        "twitter",
                                        "facebook",
                                        "email",
                                        "e-mail",
                                        "print",
                                        "comments",
                                        "unknown",
                                        "null",
                                        "undefined",
                                        "none",
                                        "n/a",
                                        "default",
                                        "autor",
                                        "autorin",
                                        "autoren",
                                        "von",
                                        "auteur",
                                        "about us",
                                        "contact",
                                        "kontakt",
                                        "teilen",
                                        "home",
                                        "blog",
                                        "true",
                                        "false",
                                        "root",
                                        "webmaster",
                                        "user",
                                        "guest",
                                        "written by",
                                        "linkedin",
                                        "instagram",
                                        "see all posts",
                                        "about",
                                        "subscribe",
                                        "updated",
                                        "published",
                                        "contributor",
                                        "contributors",
                                        "ja",
                                        "nein",
                                        "über den autor",
                                        "über die autorin",
                                        "zum autor",
                                        "zur autorin",
                                        "mehr",
                                        "redaktor",
                                        "posts",
                                        "articles",
                                        "article",
                                        "last updated",
                                        "spotlight",
                                        "author posts",
                                        "article content",
                                        "table of contents",
                                        "resources",
                                        "last",
                                        "date",
                                        "minutes",
                                        "min read",
                                        "reviewed by",
                                        "edited by",
                                        "fact checked by",
                                        "medically reviewed by",
                                        "editor",
                                        "x"};
    return IS_ANY(text, words);
}

static bool has_word_like(sheaf_slice text) {
    for (size_t at = 0; at < text.size;)
        if (sheaf_char_is_letter(sheaf_utf8_next(text, &at)))
            return true;
    return false;
}

static bool is_address(sheaf_slice text) {
    static const char *const signs[] = {"://", "www.", ".com/", ".php", ".html", "{{", "%"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (sheaf_slice_find(text, 0, sheaf_slice_of(signs[i])) != SIZE_MAX)
            return true;
    return text.size > 0 && (text.data[0] == '@' || text.data[0] == '/' || text.data[0] == '{');
}

/* Cuts at the first of these at or behind the second byte. */
static sheaf_slice cut_at(sheaf_slice text, const char *const *signs, size_t count) {
    size_t least = text.size;
    for (size_t i = 0; i < count; i++) {
        size_t hit = sheaf_slice_find(text, 1, sheaf_slice_of(signs[i]));
        if (hit < least)
            least = hit;
    }
    return strip(sheaf_slice_part(text, 0, least));
}

/* ---- letters behind a name --------------------------------------------------------------- */

/* "PhD", "M.D.", "CFP®", "DVM", "Jr.": more capitals than a name has, or one of a few. */
static bool is_letters(sheaf_slice word) {
    static const char *const known[] = {"jr", "jr.", "sr", "sr.", "esq", "esq.", "ii", "iii", "iv"};
    size_t capitals = 0;
    size_t letters = 0;
    if (word.size > 12)
        return false;
    for (size_t at = 0; at < word.size;) {
        uint32_t c = sheaf_utf8_next(word, &at);
        letters += sheaf_char_is_letter(c);
        capitals += sheaf_char_is_upper(c);
    }
    return IS_ANY(word, known) || (capitals >= 2 && letters <= 7 && letters - capitals <= 2);
}

static bool is_credential(sheaf_slice part) {
    size_t words = 0;
    for (size_t at = 0; at < part.size;) {
        size_t end = sheaf_slice_find_char(part, at, ' ');
        sheaf_slice word = sheaf_slice_part(part, at, end);
        bool number = word.size > 0 && words > 0 && sheaf_is_digit(word.data[0]);
        if (word.size == 0 || ++words > 3 || (!number && !is_letters(word)))
            return false;
        at = end == SIZE_MAX ? part.size : end + 1;
    }
    return words > 0 && sheaf_agency(part).size == 0;
}

/* ---- capitals ---------------------------------------------------------------------------- */

/* "JANE DOE" as "Jane Doe"; shorter words and single ones may be letters of an agency. */
static sheaf_slice without_shouting(sheaf_arena *arena, sheaf_slice name) {
    size_t words = 1;
    size_t letters = 0;
    for (size_t at = 0; at < name.size;) {
        uint32_t c = sheaf_utf8_next(name, &at);
        words += c == ' ';
        letters += sheaf_char_is_upper(c);
        if (sheaf_char_is_lower(c) || sheaf_char_is_digit(c) || c > 0x24F)
            return name;
    }
    if (words < 2 || letters < 3 * words || sheaf_agency(name).size)
        return name;
    sheaf_buffer out = {sheaf_arena_alloc(arena, name.size * 2), 0, name.size * 2, false};
    if (!out.data)
        return name;
    bool inside = false;
    for (size_t at = 0; at < name.size;) {
        uint32_t c = sheaf_utf8_next(name, &at);
        sheaf_utf8_append(&out, inside ? sheaf_char_to_lower(c) : c);
        inside = sheaf_char_is_letter(c);
    }
    return sheaf_buffer_view(&out);
}

/* ---- parts ------------------------------------------------------------------------------- */

static void add(sheaf_page_people *people, sheaf_slice name, sheaf_slice role) {
    for (size_t i = 0; i < people->count; i++) {
        if (!sheaf_page_names_equal(people->items[i].name, name))
            continue;
        if (people->items[i].role.size == 0)
            people->items[i].role = role;
        return;
    }
    if (people->count < SHEAF_PAGE_PEOPLE_MOST)
        people->items[people->count++] = (sheaf_page_person){name, role};
}

static bool is_role(sheaf_slice part) {
    static const char *const posts[] = {
        "expert",    "dietitian", "attorney",   "ceo",        "founder",        "co-founder",
        "president", "manager",   "specialist", "consultant", "strategist",     "nutritionist",
        "physician", "educator",  "head",       "chairman",   "officer",        "engineer",
        "developer", "lawyer",    "coach",      "teacher",    "representative", "volunteer",
        "student",   "moderator", "host",       "owner",      "partner",        "principal",
        "leader"};
    if (sheaf_byline_has_post(part))
        return true;
    for (size_t at = 0; at < part.size;) {
        size_t end = sheaf_slice_find_char(part, at, ' ');
        if (IS_ANY(sheaf_slice_part(part, at, end), posts))
            return true;
        at = end == SIZE_MAX ? part.size : end + 1;
    }
    return false;
}

/* Words without the ones that hold an address: "Jane Doe jane@example.org". */
static sheaf_slice without_mail(sheaf_slice part) {
    size_t at = sheaf_slice_find_char(part, 0, '@');
    if (at == SIZE_MAX)
        return part;
    while (at > 0 && part.data[at - 1] != ' ')
        at--;
    return strip(sheaf_slice_part(part, 0, at));
}

/* before: how many people there were when this text began. */
static void read_part(sheaf_page_people *people, size_t before, sheaf_slice part,
                      sheaf_slice role) {
    static const char *const cuts[] = {" | ",
                                       " - ",
                                       " \xE2\x80\x93 ",
                                       " \xE2\x80\x94 ",
                                       " \xC2\xB7 ",
                                       " \xE2\x80\xA2 ",
                                       " @",
                                       " <",
                                       " on ",
                                       "  "};
    sheaf_slice lead;
    part = strip(part);
    if (sheaf_page_people_lead(part, &lead))
        part = strip(lead);
    part = cut_at(part, cuts, sizeof cuts / sizeof *cuts);
    part = without_mail(part);
    bool labelled = sheaf_slice_find(part, 0, SLICE(": ")) != SIZE_MAX;
    if (part.size < 2 || labelled || is_address(part) || is_no_name(part) || !has_word_like(part))
        return;
    sheaf_page_person *last = people->count > before ? &people->items[people->count - 1] : NULL;
    if (last && is_credential(part)) {
        last->name.size = (size_t)(part.data + part.size - last->name.data);
        return;
    }
    if (last && is_role(part)) {
        if (last->role.size == 0 && part.size <= LONGEST_ROLE)
            last->role = part;
        return;
    }
    if (part.size <= LONGEST_NAME && !sheaf_is_digit(part.data[0]))
        add(people, part, role);
}

/* Length of the word or sign between two people at text[at]; 0 for none. */
static size_t joint_at(sheaf_slice text, size_t at) {
    static const char *const words[] = {" and ", " und ", " et ",  " y ",  " e ", " en ",   " och ",
                                        " og ",  " i ",   " и ",   " та ", " і ", " ve ",   " dan ",
                                        " și ",  " és ",  " και ", " & ",  " + ", " with ", " mit ",
                                        " ja ",  " và ",  " / ",   " a "};
    if (text.data[at] != ' ')
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        sheaf_slice word = sheaf_slice_of(words[i]);
        if (sheaf_slice_starts(sheaf_slice_part(text, at, text.size), word))
            return word.size;
    }
    return 0;
}

/* The same for what parts more strongly. */
static size_t comma_at(sheaf_slice text, size_t at) {
    static const char *const wide[] = {"\xE3\x80\x81", "\xEF\xBC\x8C", "\xEF\xBC\x9B"};
    char c = text.data[at];
    if (c == ',' || c == ';' || c == '\n' || c == '|')
        return 1;
    for (size_t i = 0; (uint8_t)c >= 0xE3 && i < 3; i++)
        if (sheaf_slice_starts(sheaf_slice_part(text, at, text.size), sheaf_slice_of(wide[i])))
            return 3;
    return 0;
}

/* What stands between two commas: one post, or people. */
static void read_chunk(sheaf_page_people *people, size_t before, sheaf_slice chunk,
                       sheaf_slice role) {
    size_t from = 0;
    if (people->count > before && is_role(chunk)) {
        read_part(people, before, chunk, role);
        return;
    }
    for (size_t at = 0; at < chunk.size; at++) {
        size_t size = joint_at(chunk, at);
        if (size == 0)
            continue;
        read_part(people, before, sheaf_slice_part(chunk, from, at), role);
        from = at + size;
        at += size - 2; /* the blank behind one joint may begin the next */
    }
    read_part(people, before, sheaf_slice_part(chunk, from, chunk.size), role);
}

/* "ByJane Doe", "Written byJane Doe": the blank was a gap of the layout. */
static bool glued_lead(sheaf_slice line, sheaf_slice *rest) {
    static const char *const leads[] = {"By", "BY", "Written by", "Posted by", "Von", "Par", "Por"};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        sheaf_slice lead = sheaf_slice_of(leads[i]);
        if (line.size > lead.size + 2 && sheaf_slice_starts(line, lead) &&
            sheaf_is_upper(line.data[lead.size])) {
            *rest = sheaf_slice_part(line, lead.size, line.size);
            return true;
        }
    }
    return false;
}

bool sheaf_page_people_lead(sheaf_slice line, sheaf_slice *rest) {
    static const char *const labels[] = {"author ",
                                         "autor ",
                                         "autorin ",
                                         "auteur ",
                                         "autore ",
                                         "words ",
                                         "story ",
                                         "reporter ",
                                         "writer ",
                                         "napsal ",
                                         "napsala ",
                                         "piše ",
                                         "teksti ",
                                         "szerző ",
                                         "írta ",
                                         "автор ",
                                         "написал ",
                                         "yazan ",
                                         "penulis ",
                                         "skrevet af ",
                                         "authored by ",
                                         "a post by ",
                                         "por: ",
                                         "texte ",
                                         "autora ",
                                         "redacteur ",
                                         "more about ",
                                         "about the author ",
                                         "meet ",
                                         "posts by ",
                                         "all posts by ",
                                         "articles by ",
                                         "view all posts by ",
                                         "alle artikel von ",
                                         "alle beiträge von ",
                                         "mehr von ",
                                         "über ",
                                         "article by ",
                                         "blog by ",
                                         "last updated by ",
                                         "updated by ",
                                         "shared by "};
    if (sheaf_byline_lead(line, rest))
        return true;
    if (glued_lead(line, rest))
        return true;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        sheaf_slice label = sheaf_slice_of(labels[i]);
        if (line.size > label.size && sheaf_to_lower(line.data[0]) == label.data[0] &&
            sheaf_slice_equal_fold(sheaf_slice_part(line, 0, label.size), label)) {
            *rest = sheaf_slice_trim(sheaf_slice_part(line, label.size, line.size));
            return rest->size > 0;
        }
    }
    return false;
}

bool sheaf_page_people_is_name(sheaf_slice text) {
    text = sheaf_slice_trim(text);
    return text.size >= 4 && text.size <= LONGEST_NAME && !is_no_name(text) &&
           sheaf_byline_is_name(text, false);
}

void sheaf_page_people_read(sheaf_page_people *people, sheaf_arena *arena, sheaf_slice text,
                            sheaf_slice role) {
    size_t from = 0;
    size_t before = people->count;
    text = strip(text);
    if (text.size == 0 || text.size > LONGEST_TEXT || is_address(text))
        return;
    for (size_t at = 0; at < text.size; at++) {
        size_t size = comma_at(text, at);
        if (size == 0)
            continue;
        read_chunk(people, before, sheaf_slice_part(text, from, at), role);
        from = at + size;
        at += size - 1;
    }
    read_chunk(people, before, sheaf_slice_part(text, from, text.size), role);
    for (size_t i = before; i < people->count; i++)
        people->items[i].name = without_shouting(arena, people->items[i].name);
}
