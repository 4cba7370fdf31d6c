/* dump_head.c - what stands before the first sentence.
 *
 *   [menus] [outlet] [section] HEADLINE [headline again] [standfirst] [byline]
 *   [dates] [caption] first paragraph …
 *
 * Lines that speak for themselves are taken first. What is left are titles, and
 * a title is known by its place: the first that is long enough is the headline;
 * a paper's name before it is the publisher, a word or two the section; a name
 * after it is a caption when the text goes on to speak of that person, and the
 * author when it does not; a longer line after it is the standfirst. */
#include "article/credit.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

enum { MOST_TITLES = 48, STANDFIRST_WORDS = 70 };

typedef struct titles {
    size_t items[MOST_TITLES]; /* lines */
    size_t count;
} titles;

static sheaf_slice text_of(const dump_draft *draft, size_t line) {
    return sheaf_dump_text(draft->text, &draft->lines[line]);
}

static void use(dump_draft *draft, size_t line) {
    draft->lines[line].flags |= DUMP_USED;
}

/* ---- small questions ------------------------------------------------------------- */

bool sheaf_dump_same(sheaf_slice a, sheaf_slice b) {
    size_t i = 0;
    size_t k = 0;
    for (;;) {
        uint32_t left = 0;
        uint32_t right = 0;
        while (i < a.size && !sheaf_char_is_word(left = sheaf_utf8_next(a, &i)))
            left = 0;
        while (k < b.size && !sheaf_char_is_word(right = sheaf_utf8_next(b, &k)))
            right = 0;
        if (!left || !right)
            return !left && !right;
        if (sheaf_char_to_lower(left) != sheaf_char_to_lower(right))
            return false;
    }
}

static bool is_particle(sheaf_slice word) {
    static const char *const particles[] = {"de",  "da",  "do",  "dos", "du", "di", "del", "van",
                                            "von", "der", "den", "ter", "al", "el", "bin", "ibn",
                                            "la",  "le",  "y",   "e",   "i",  "af", "av"};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        if (sheaf_slice_is(word, particles[i]))
            return true;
    }
    return false;
}

bool sheaf_dump_is_name(sheaf_slice text) {
    size_t words = 0;
    size_t strong = 0;
    if (text.size > 60)
        return false;
    for (size_t at = 0; at < text.size;) {
        size_t blank = sheaf_slice_find_char(text, at, ' ');
        sheaf_slice word = sheaf_slice_part(text, at, blank);
        size_t next = 0;
        uint32_t first = word.size ? sheaf_utf8_next(word, &next) : 0;
        bool particle = is_particle(word);
        if (!particle && !sheaf_char_is_upper(first))
            return false;
        strong += !particle && sheaf_char_is_upper(first);
        for (next = 0; next < word.size;) {
            uint32_t c = sheaf_utf8_next(word, &next);
            if (!sheaf_char_is_letter(c) && c != '-' && c != '\'' && c != 0x2019 && c != '.')
                return false;
        }
        words++;
        at = blank == SIZE_MAX ? text.size : blank + 1;
    }
    return words >= 2 && words <= 4 && strong >= 2;
}

bool sheaf_dump_body_names(const dump_draft *draft, sheaf_slice name) {
    enum { LOOK = 256 << 10 };
    size_t blank = name.size;
    while (blank > 0 && name.data[blank - 1] != ' ')
        blank--;
    sheaf_slice last = sheaf_slice_part(name, blank, name.size);
    if (draft->body_from >= draft->count || last.size < 2)
        return false;
    sheaf_slice body = sheaf_slice_part(draft->text, draft->lines[draft->body_from].from,
                                        draft->lines[draft->body_to - 1].to);
    return sheaf_slice_find(sheaf_slice_part(body, 0, LOOK), 0, last) != SIZE_MAX;
}

/* ---- titles before the body ------------------------------------------------------------ */

static bool is_text(const dump_line *line) {
    return line->kind == DUMP_PROSE || line->kind == DUMP_ITEM;
}

static bool is_title(const dump_line *line) {
    return line->kind == DUMP_TITLE || line->kind == DUMP_HEADING || line->kind == DUMP_PROSE;
}

/* Four or more short lines one under the other are a menu. */
static void drop_menus(dump_draft *draft) {
    enum { LEAST = 5, SHORT = 3 };
    size_t run = 0;
    for (size_t i = 0; i <= draft->body_from; i++) {
        const dump_line *line = &draft->lines[i];
        bool is_short = i < draft->body_from && line->words <= SHORT &&
                        (line->kind == DUMP_TITLE || line->kind == DUMP_SECTION ||
                         line->kind == DUMP_FURNITURE);
        if (is_short && sheaf_dump_names_paper(text_of(draft, i)))
            is_short = false;
        if (is_short) {
            run++;
            continue;
        }
        for (size_t k = i - run; run >= LEAST && k < i; k++)
            use(draft, k);
        run = 0;
        if (i == draft->body_from)
            break;
    }
}

static void collect(const dump_draft *draft, titles *out) {
    out->count = 0;
    for (size_t i = 0; i < draft->body_from && out->count < MOST_TITLES; i++) {
        const dump_line *line = &draft->lines[i];
        if (sheaf_dump_unused(line) && is_title(line))
            out->items[out->count++] = i;
    }
}

static void forget(titles *all, size_t index) {
    memmove(&all->items[index], &all->items[index + 1],
            (all->count - index - 1) * sizeof all->items[0]);
    all->count--;
}

/* A line that says the same as one before it. */
static void drop_copies(dump_draft *draft, titles *all) {
    for (size_t i = 1; i < all->count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (sheaf_dump_same(text_of(draft, all->items[i]), text_of(draft, all->items[k]))) {
                use(draft, all->items[i]);
                forget(all, i--);
                break;
            }
        }
    }
}

/* "# Title" without its marks. */
static sheaf_slice title_text(const dump_draft *draft, size_t line) {
    sheaf_slice text = text_of(draft, line);
    if (draft->lines[line].kind != DUMP_HEADING)
        return text;
    while (text.size && (text.data[0] == '#' || text.data[0] == '*'))
        text = sheaf_slice_part(text, 1, text.size);
    while (text.size && (text.data[text.size - 1] == '#' || text.data[text.size - 1] == '*'))
        text.size--;
    return sheaf_slice_trim(text);
}

/* "Headline | The Paper": the paper goes to its field. */
static sheaf_slice without_outlet(dump_draft *draft, sheaf_slice title) {
    static const char *const bars[] = {" | ", " \xE2\x80\x94 ", " \xE2\x80\x93 ",
                                       " - ", " :: ",           " \xC2\xB7 "};
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        sheaf_slice bar = sheaf_slice_of(bars[i]);
        size_t last = SIZE_MAX;
        for (size_t at = 0; (at = sheaf_slice_find(title, at, bar)) != SIZE_MAX; at += bar.size)
            last = at;
        if (last == SIZE_MAX)
            continue;
        sheaf_slice name = sheaf_slice_trim(sheaf_slice_part(title, last + bar.size, title.size));
        bool known = sheaf_dump_outlet(name).size > 0 || (i == 0 && sheaf_dump_names_paper(name)) ||
                     (draft->article->field[SHEAF_FIELD_PUBLISHER].size &&
                      sheaf_dump_same(name, draft->article->field[SHEAF_FIELD_PUBLISHER]));
        if (!known || last < 12)
            continue;
        sheaf_dump_offer_publisher(draft, name, DUMP_RANK_PLACE, "outlet behind the title");
        return sheaf_slice_trim(sheaf_slice_part(title, 0, last));
    }
    return title;
}

/* A name above the headline: the paper's, when it looks like one, when a press
 * reader's layout puts it there, or when the copyright line says it again. */
static bool repeats_in_rights(const dump_draft *draft, sheaf_slice name) {
    for (size_t i = draft->body_to; i < draft->count; i++) {
        char folded[SHEAF_PHRASE_ROOM];
        sheaf_slice lower = sheaf_phrase(folded, text_of(draft, i));
        if (sheaf_dump_is_rights(lower) && sheaf_slice_find(text_of(draft, i), 0, name) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool has_reader_footer(const dump_draft *draft) {
    for (size_t i = 0; i < draft->count; i++) {
        if (draft->lines[i].kind == DUMP_READER)
            return true;
    }
    return false;
}

static void take_paper(dump_draft *draft, titles *all) {
    if (all->count < 1 || (all->count < 2 && draft->headline_rank == DUMP_RANK_NONE))
        return;
    size_t line = all->items[0];
    sheaf_slice name = text_of(draft, line);
    if (draft->lines[line].words > 5 || draft->lines[line].kind != DUMP_TITLE)
        return;
    const char *rule = NULL;
    if (has_reader_footer(draft))
        rule = "first line of a press reader's page";
    else if (repeats_in_rights(draft, name))
        rule = "first line, said again in the copyright line";
    else if (sheaf_dump_names_paper(name))
        rule = "first line reads as a paper's name";
    if (!rule)
        return;
    sheaf_dump_offer_publisher(draft, name, DUMP_RANK_PLACE, rule);
    use(draft, line);
    forget(all, 0);
}

/* Is the short title at index, which another follows, a kicker? In a flattened
 * page and above a headline with byline or date, yes; above a subhead, no. */
static bool is_kicker(dump_draft *draft, const titles *all, size_t index) {
    const dump_line *line = &draft->lines[all->items[index]];
    size_t next = all->items[index + 1];
    if (line->flags & DUMP_FLAT)
        return true;
    size_t behind = sheaf_dump_next_telling(draft, next + 1);
    if (index + 2 < all->count || behind >= draft->count)
        return true;
    const dump_line *after = &draft->lines[behind];
    return after->kind == DUMP_BYLINE || after->kind == DUMP_DATE || after->kind == DUMP_URL ||
           after->kind == DUMP_KEY || (is_text(after) && sheaf_dump_has_dateline(draft, behind));
}

/* The first title that is long enough, or short but no kicker. */
static size_t choose_headline(dump_draft *draft, const titles *all) {
    for (size_t i = 0; i < all->count; i++) {
        if (draft->lines[all->items[i]].kind == DUMP_HEADING &&
            draft->lines[all->items[i]].value == 1)
            return i;
    }
    for (size_t i = 0; i + 1 < all->count; i++) {
        const dump_line *line = &draft->lines[all->items[i]];
        bool is_long = line->words >= 4 && line->kind != DUMP_PROSE &&
                       !(sheaf_dump_is_name(text_of(draft, all->items[i])) && all->count > 2);
        if (is_long || !is_kicker(draft, all, i))
            return i;
    }
    return all->count > 1 && draft->lines[all->items[all->count - 1]].words < 4 ? 0
                                                                                : all->count - 1;
}

static const char *headline_rule(const dump_draft *draft, size_t line) {
    if (draft->lines[line].flags & DUMP_FLAT)
        return "flattened line aligned with the sentences below it";
    if (draft->lines[line].kind == DUMP_HEADING)
        return "line marked as the title";
    return line == 0 ? "first line, before the first sentence"
                     : "title line before the first sentence";
}

/* What stands above the headline: a word or three are its section. */
static void take_above(dump_draft *draft, titles *all, size_t headline) {
    for (size_t i = 0; i < headline; i++) {
        size_t line = all->items[i];
        const dump_line *one = &draft->lines[line];
        use(draft, line);
        if (one->words <= 4 && one->kind == DUMP_TITLE &&
            !draft->article->field[SHEAF_FIELD_SECTION].size &&
            !sheaf_agency(text_of(draft, line)).size)
            sheaf_article_win(draft->article, SHEAF_FIELD_SECTION, text_of(draft, line),
                              "short line above the headline");
    }
}

static bool is_role(dump_draft *draft, sheaf_slice text) {
    char line[160] = "By X Y, ";
    if (text.size + 8 >= sizeof line)
        return false;
    memcpy(line + 8, text.data, text.size);
    sheaf_article scratch;
    sheaf_article_init(&scratch);
    bool role = sheaf_byline_parse(&scratch, sheaf_slice_from(line, 8 + text.size)) &&
                scratch.authors.count == 1 && scratch.authors.items[0].role.size == text.size;
    draft->article->arena.failed |= scratch.arena.failed;
    sheaf_article_clear(&scratch);
    return role;
}

/* A name below the headline. */
static void take_name_line(dump_draft *draft, const titles *all, size_t index) {
    size_t line = all->items[index];
    sheaf_slice name = text_of(draft, line);
    sheaf_slice role = {0};
    if (index + 1 < all->count && all->items[index + 1] == line + 1 &&
        is_role(draft, text_of(draft, line + 1))) {
        role = text_of(draft, line + 1);
        use(draft, line + 1);
    }
    use(draft, line);
    if (role.size || !sheaf_dump_body_names(draft, name))
        sheaf_dump_take_name(draft, name, role, "name that stands alone under the headline");
    else
        sheaf_dump_take_caption(draft, line);
}

static bool is_keyword_like(const dump_draft *draft, size_t line) {
    const dump_line *one = &draft->lines[line];
    return draft->machine && one->words <= 3 && (one->flags & DUMP_LOWER) &&
           one->kind == DUMP_TITLE;
}

/* A standfirst says more than a subhead does. */
static bool is_long_enough(const dump_line *line) {
    return line->words >= 8 || line->kind == DUMP_PROSE ||
           (line->words >= 5 && (line->flags & DUMP_FLAT));
}

/* What a title below the headline is. */
static void take_below(dump_draft *draft, const titles *all, size_t index) {
    size_t line = all->items[index];
    const dump_line *one = &draft->lines[line];
    sheaf_slice text = text_of(draft, line);
    sheaf_date date;
    if (!sheaf_dump_unused(one))
        return;
    if (sheaf_date_parse(&date, text) && date.month) {
        sheaf_dump_offer_published(draft, &date, DUMP_RANK_NEAR,
                                   "date on a line under the headline");
        use(draft, line);
    } else if (is_keyword_like(draft, line)) {
        sheaf_dump_take_keywords(draft, text,
                                 "short lower-case line among the fields of a content system");
        use(draft, line);
    } else if (one->kind == DUMP_TITLE && sheaf_dump_is_name(text)) {
        take_name_line(draft, all, index);
    } else if (one->kind == DUMP_HEADING && one->value > 1 && line + 1 == draft->body_from) {
        draft->body_from = line;
    } else if (is_long_enough(one) && !draft->article->field[SHEAF_FIELD_DESCRIPTION].size) {
        sheaf_buffer clean = {0};
        sheaf_dump_write(&clean, text, draft->text);
        sheaf_article_win(
            draft->article, SHEAF_FIELD_DESCRIPTION, sheaf_buffer_view(&clean),
            one->flags & DUMP_FLAT    ? "flattened line: what stands between headline and text"
            : one->flags & DUMP_CUT   ? "sentence cut short under the headline"
            : one->kind == DUMP_PROSE ? "sentence between headline and byline, date or dateline"
                                      : "line between headline and text");
        draft->article->arena.failed |= clean.failed;
        sheaf_buffer_clear(&clean);
        use(draft, line);
    } else if (one->kind == DUMP_TITLE && line + 1 == draft->body_from &&
               sheaf_dump_has_dateline(draft, line + 1)) {
        sheaf_dump_take_caption(draft, line);
    } else if (!sheaf_dump_follows_label(draft) &&
               (line + 1 == draft->body_from ||
                (line + 2 == draft->body_from && !sheaf_dump_unused(one + 1)))) {
        draft->body_from = line;
    } else {
        use(draft, line);
    }
}

/* A database writes outlet and date one under the other; the outlet is the
 * line above the date, or below it, that is no label. */
static void take_database_outlet(dump_draft *draft, titles *all) {
    bool counted = false;
    for (size_t i = 0; i < draft->body_from; i++) {
        const dump_line *line = &draft->lines[i];
        char folded[SHEAF_PHRASE_ROOM];
        sheaf_slice lower = sheaf_phrase(folded, text_of(draft, i));
        counted |= line->kind == DUMP_COUNTER ||
                   (line->kind == DUMP_MACHINE && sheaf_slice_ends(lower, SLICE(" words")));
        counted |= line->kind == DUMP_KEY && sheaf_slice_starts(lower, SLICE("length"));
    }
    for (size_t i = 0; counted && i < all->count; i++) {
        size_t line = all->items[i];
        bool above = line + 1 < draft->count && draft->lines[line + 1].kind == DUMP_DATE;
        size_t before = line;
        while (before > 0 && draft->lines[before - 1].kind == DUMP_MACHINE)
            before--;
        bool below = before > 0 && draft->lines[before - 1].kind == DUMP_DATE;
        bool headed = draft->headline_rank != DUMP_RANK_NONE || i > 0;
        if (draft->lines[line].words <= 6 && headed && (above || below)) {
            sheaf_dump_offer_publisher(draft, text_of(draft, line), DUMP_RANK_EXACT,
                                       "line beside the date in a database's header");
            use(draft, line);
            forget(all, i);
            return;
        }
    }
}

static void take_head_facts(dump_draft *draft) {
    for (size_t i = 0; i < draft->body_from; i++) {
        dump_line *line = &draft->lines[i];
        sheaf_slice text = text_of(draft, i);
        if (!sheaf_dump_unused(line) || is_title(line))
            continue;
        if (line->kind == DUMP_OUTLET) {
            sheaf_dump_offer_publisher(draft, text, DUMP_RANK_PLACE,
                                       "name of an outlet on a line of its own");
            use(draft, i);
        } else if (line->kind == DUMP_SECTION && draft->machine && (line->flags & DUMP_LOWER)) {
            sheaf_dump_take_keywords(draft, text,
                                     "short lower-case line among the fields of a content system");
            use(draft, i);
        } else if (line->kind == DUMP_SECTION) {
            if (!draft->article->field[SHEAF_FIELD_SECTION].size)
                sheaf_article_win(draft->article, SHEAF_FIELD_SECTION, text,
                                  "name of a section on a line of its own");
            use(draft, i);
        } else {
            sheaf_dump_take_fact(draft, i);
        }
    }
}

static void take_teaser(dump_draft *draft, size_t i) {
    sheaf_slice text = text_of(draft, i);
    sheaf_slice publisher;
    sheaf_date date;
    size_t cut;
    if (!sheaf_dump_read_trailer(text, &cut, &date, &publisher))
        return;
    if (!draft->article->field[SHEAF_FIELD_DESCRIPTION].size)
        sheaf_article_win(draft->article, SHEAF_FIELD_DESCRIPTION, sheaf_slice_part(text, 0, cut),
                          "teaser before a trailer of date and publisher");
    sheaf_dump_offer_publisher(draft, publisher, DUMP_RANK_EXACT, "trailer of date and publisher");
    sheaf_dump_offer_published(draft, &date, DUMP_RANK_NEAR, "trailer of date and publisher");
    use(draft, i);
}

/* The headline's own label may stand with its value on the next line. */
static void take_split_labels(dump_draft *draft) {
    for (size_t i = 0; i + 1 < draft->body_from; i++) {
        const dump_line *line = &draft->lines[i];
        if (line->kind == DUMP_KEY && line->key == DUMP_KEY_HEADLINE &&
            draft->headline_rank == DUMP_RANK_NONE &&
            sheaf_dump_value(draft->text, line).size == 0 &&
            draft->lines[i + 1].kind == DUMP_TITLE) {
            sheaf_dump_offer_headline(draft, text_of(draft, i + 1), DUMP_RANK_LABEL,
                                      "label of the title");
            use(draft, i + 1);
        }
    }
}

void sheaf_dump_read_head(dump_draft *draft) {
    titles all;
    take_split_labels(draft);
    for (size_t i = 0; i < draft->body_from; i++) {
        if (draft->lines[i].kind == DUMP_TEASER)
            take_teaser(draft, i);
    }
    take_head_facts(draft);
    if (draft->body_from < draft->count)
        drop_menus(draft);
    collect(draft, &all);
    drop_copies(draft, &all);
    take_database_outlet(draft, &all);
    take_paper(draft, &all);
    size_t below = 0;
    if (all.count && draft->headline_rank == DUMP_RANK_NONE) {
        size_t headline = choose_headline(draft, &all);
        size_t line = all.items[headline];
        take_above(draft, &all, headline);
        sheaf_dump_offer_headline(draft, without_outlet(draft, title_text(draft, line)),
                                  DUMP_RANK_PLACE, headline_rule(draft, line));
        use(draft, line);
        below = headline + 1;
    }
    for (size_t i = below; i < all.count; i++) {
        if (sheaf_dump_same(text_of(draft, all.items[i]),
                            draft->article->field[SHEAF_FIELD_HEADLINE]))
            use(draft, all.items[i]);
        else
            take_below(draft, &all, i);
    }
}
