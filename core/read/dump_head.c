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

static sheaf_slice text_of(const dump_draft *draft, size_t line)
{
    return sheaf_dump_text(draft->text, &draft->lines[line]);
}

static void use(dump_draft *draft, size_t line)
{
    draft->lines[line].flags |= DUMP_USED;
}

/* ---- small questions ------------------------------------------------------------- */

bool sheaf_dump_same(sheaf_slice a, sheaf_slice b)
{
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

bool sheaf_dump_is_name(sheaf_slice text)
{
    size_t words = 0;
    size_t strong = 0;
    if (text.size > 60)
        return false;
    for (size_t at = 0; at < text.size;) {
        size_t blank = sheaf_slice_find_char(text, at, ' ');
        sheaf_slice word = sheaf_slice_part(text, at, blank);
        size_t next = 0;
        uint32_t first = word.size ? sheaf_utf8_next(word, &next) : 0;
        bool particle = word.size <= 3 && sheaf_char_is_lower(first);
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

bool sheaf_dump_body_names(const dump_draft *draft, sheaf_slice name)
{
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

static bool has_dateline(sheaf_slice text)
{
    sheaf_arena scratch;
    sheaf_dateline dateline;
    size_t size;
    sheaf_arena_init(&scratch);
    bool found = sheaf_dateline_parse(&dateline, &size, text, &scratch);
    sheaf_arena_clear(&scratch);
    return found;
}

/* ---- where the body is -------------------------------------------------------------- */

static bool is_body_key(const dump_line *line)
{
    return line->kind == DUMP_KEY && line->key == DUMP_KEY_BODY;
}

/* Labels of the body that are a line by themselves in databases. */
static bool is_body_mark(const dump_draft *draft, size_t i)
{
    sheaf_slice text = text_of(draft, i);
    return sheaf_slice_is(text, "Body") || sheaf_slice_is(text, "BODY") || sheaf_slice_is(text, "Full text");
}

static bool is_tail_mark(const dump_draft *draft, size_t i)
{
    sheaf_slice text = text_of(draft, i);
    return sheaf_slice_is(text, "Classification") || draft->lines[i].kind == DUMP_FINISH;
}

static bool is_text(const dump_line *line)
{
    return line->kind == DUMP_PROSE || line->kind == DUMP_ITEM;
}

/* The first line at or after i that is neither furniture nor picture, or count. */
static size_t next_telling(const dump_draft *draft, size_t i)
{
    while (i < draft->count &&
           (draft->lines[i].kind == DUMP_FURNITURE || draft->lines[i].kind == DUMP_CAPTION ||
            draft->lines[i].kind == DUMP_IMAGE || draft->lines[i].kind == DUMP_MENU ||
            draft->lines[i].kind == DUMP_MACHINE || draft->lines[i].kind == DUMP_RELATED))
        i++;
    return i;
}

static bool has_title_before(const dump_draft *draft, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        const dump_line *line = &draft->lines[k];
        if (line->kind == DUMP_TITLE || line->kind == DUMP_HEADING ||
            (line->kind == DUMP_KEY && line->key == DUMP_KEY_HEADLINE))
            return true;
    }
    return false;
}

static bool has_text_behind(const dump_draft *draft, size_t i)
{
    for (; i < draft->count; i++) {
        if (is_text(&draft->lines[i]))
            return true;
    }
    return false;
}

/* Does the paragraph at i repeat the beginning of what line i was cut from? */
static bool is_cut_from(const dump_draft *draft, size_t i, size_t from)
{
    enum { LEAST = 30, LOOK = 64 };
    sheaf_slice cut = text_of(draft, i);
    while (cut.size && strchr(".[] \xE2\x80\xA6", cut.data[cut.size - 1]))
        cut.size--;
    for (size_t k = from; cut.size >= LEAST && k < draft->count && k < from + LOOK; k++) {
        if (is_text(&draft->lines[k]) && sheaf_slice_starts(text_of(draft, k), cut))
            return true;
    }
    return false;
}

/* A sentence that stands above byline, date or dateline, or that is cut short:
 * the standfirst, and not yet the body. */
static bool is_standfirst(const dump_draft *draft, size_t i)
{
    const dump_line *line = &draft->lines[i];
    if (line->kind != DUMP_PROSE || line->words > STANDFIRST_WORDS || !has_text_behind(draft, i + 1) ||
        !has_title_before(draft, i))
        return false;
    if ((line->flags & DUMP_CUT) || is_cut_from(draft, i, i + 1))
        return true;
    size_t next = next_telling(draft, i + 1);
    if (next >= draft->count || has_dateline(text_of(draft, i)))
        return false;
    const dump_line *behind = &draft->lines[next];
    if (behind->kind == DUMP_BYLINE || behind->kind == DUMP_DATE ||
        (behind->kind == DUMP_KEY && (behind->key == DUMP_KEY_BYLINE || behind->key == DUMP_KEY_PUBLISHED)))
        return true;
    return is_text(behind) && has_dateline(text_of(draft, next));
}

/* A first sentence that is followed only by head lines, and is short, is a
 * headline with a full stop. */
static bool is_headline_sentence(const dump_draft *draft, size_t i)
{
    const dump_line *line = &draft->lines[i];
    sheaf_slice text = text_of(draft, i);
    if (line->kind != DUMP_PROSE || line->words > 18 || has_title_before(draft, i) || i + 1 >= draft->count ||
        !has_text_behind(draft, i + 1))
        return false;
    const dump_line *next = &draft->lines[next_telling(draft, i + 1) < draft->count
                                               ? next_telling(draft, i + 1)
                                               : i + 1];
    bool headed = next->kind == DUMP_BYLINE || next->kind == DUMP_DATE || next->kind == DUMP_URL ||
                  next->kind == DUMP_OUTLET || next->kind == DUMP_KEY;
    bool asks = sheaf_slice_ends(text, SLICE("?")) || sheaf_slice_ends(text, SLICE("!")) ||
                sheaf_slice_ends(text, SLICE("\xD8\x9F")) || sheaf_slice_ends(text, SLICE("\xEF\xBC\x9F")) ||
                sheaf_slice_ends(text, SLICE("\xEF\xBC\x81"));
    bool quoted = (unsigned char)text.data[0] >= 0x80 || text.data[0] == '"';
    return headed || (asks && !quoted && next->words > 2 * line->words) ||
           (is_text(next) && has_dateline(text_of(draft, next_telling(draft, i + 1))));
}

static size_t find_first(dump_draft *draft)
{
    size_t first = draft->count;
    for (size_t i = 0; i < draft->count; i++) {
        if (is_body_key(&draft->lines[i]) || is_body_mark(draft, i)) {
            bool alone = is_body_mark(draft, i) || sheaf_dump_value(draft->text, &draft->lines[i]).size == 0;
            use(draft, i);
            if (!alone)
                draft->lines[i].flags &= (uint16_t)~DUMP_USED;
            return alone ? i + 1 : i;
        }
        if (first == draft->count && is_text(&draft->lines[i])) {
            if (is_headline_sentence(draft, i))
                draft->lines[i].kind = DUMP_TITLE;
            else if (!is_standfirst(draft, i))
                first = i;
        }
        if (first < draft->count && i > first + 30)
            break;
    }
    return first;
}

void sheaf_dump_find_body(dump_draft *draft)
{
    size_t end = draft->count;
    draft->body_from = find_first(draft);
    draft->body_to = draft->body_from;
    for (size_t i = draft->body_from; i < draft->count; i++) {
        if (is_tail_mark(draft, i)) {
            end = i;
            break;
        }
    }
    for (size_t i = draft->body_from; i < end; i++) {
        if (is_text(&draft->lines[i]) || (is_body_key(&draft->lines[i]) && sheaf_dump_unused(&draft->lines[i])))
            draft->body_to = i + 1;
    }
    /* without any sentence, what follows a label of the body is the body */
    if (draft->body_to == draft->body_from && draft->body_from < end && draft->body_from > 0 &&
        (is_body_mark(draft, draft->body_from - 1) || is_body_key(&draft->lines[draft->body_from - 1])))
        draft->body_to = end;
}

/* ---- titles before the body ------------------------------------------------------------ */

static bool is_title(const dump_line *line)
{
    return line->kind == DUMP_TITLE || line->kind == DUMP_HEADING || line->kind == DUMP_PROSE;
}

/* Four or more short lines one under the other are a menu. */
static void drop_menus(dump_draft *draft)
{
    enum { LEAST = 5, SHORT = 3 };
    size_t run = 0;
    for (size_t i = 0; i <= draft->body_from; i++) {
        const dump_line *line = &draft->lines[i];
        bool is_short = i < draft->body_from && line->words <= SHORT &&
                        (line->kind == DUMP_TITLE || line->kind == DUMP_SECTION || line->kind == DUMP_FURNITURE);
        if (is_short && line->kind == DUMP_TITLE && sheaf_dump_is_name(text_of(draft, i)) && run < LEAST)
            is_short = line->words <= 2;
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

static void collect(const dump_draft *draft, titles *out)
{
    out->count = 0;
    for (size_t i = 0; i < draft->body_from && out->count < MOST_TITLES; i++) {
        const dump_line *line = &draft->lines[i];
        if (sheaf_dump_unused(line) && is_title(line))
            out->items[out->count++] = i;
    }
}

static void forget(titles *all, size_t index)
{
    memmove(&all->items[index], &all->items[index + 1], (all->count - index - 1) * sizeof all->items[0]);
    all->count--;
}

/* A line that says the same as one before it. */
static void drop_copies(dump_draft *draft, titles *all)
{
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
static sheaf_slice title_text(const dump_draft *draft, size_t line)
{
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
static sheaf_slice without_outlet(dump_draft *draft, sheaf_slice title)
{
    static const char *const bars[] = {" | ", " \xE2\x80\x94 ", " \xE2\x80\x93 ", " - ", " :: ", " \xC2\xB7 "};
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
static bool repeats_in_rights(const dump_draft *draft, sheaf_slice name)
{
    for (size_t i = draft->body_to; i < draft->count; i++) {
        char folded[DUMP_FOLDED];
        sheaf_slice lower = sheaf_dump_fold(folded, text_of(draft, i));
        if (sheaf_dump_is_rights(lower) && sheaf_slice_find(text_of(draft, i), 0, name) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool has_reader_footer(const dump_draft *draft)
{
    for (size_t i = 0; i < draft->count; i++) {
        if (draft->lines[i].kind == DUMP_READER)
            return true;
    }
    return false;
}

static void take_paper(dump_draft *draft, titles *all)
{
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

/* The first title of four words or more, or else the first. */
static size_t choose_headline(const dump_draft *draft, const titles *all)
{
    for (size_t i = 0; i < all->count; i++) {
        if (draft->lines[all->items[i]].kind == DUMP_HEADING && draft->lines[all->items[i]].value == 1)
            return i;
    }
    for (size_t i = 0; i < all->count; i++) {
        sheaf_slice text = text_of(draft, all->items[i]);
        if (draft->lines[all->items[i]].words >= 4 && draft->lines[all->items[i]].kind != DUMP_PROSE &&
            !(sheaf_dump_is_name(text) && i + 1 < all->count && all->count > 2))
            return i;
    }
    return 0;
}

static const char *headline_rule(const dump_draft *draft, size_t line)
{
    if (draft->lines[line].flags & DUMP_FLAT)
        return "flattened line aligned with the sentences below it";
    if (draft->lines[line].kind == DUMP_HEADING)
        return "line marked as the title";
    return line == 0 ? "first line, before the first sentence" : "title line before the first sentence";
}

/* What stands above the headline: a word or three are its section. */
static void take_above(dump_draft *draft, titles *all, size_t headline)
{
    for (size_t i = 0; i < headline; i++) {
        size_t line = all->items[i];
        const dump_line *one = &draft->lines[line];
        use(draft, line);
        if (one->words <= 4 && one->kind == DUMP_TITLE &&
            !draft->article->field[SHEAF_FIELD_SECTION].size && !sheaf_agency(text_of(draft, line)).size)
            sheaf_article_win(draft->article, SHEAF_FIELD_SECTION, text_of(draft, line),
                              "short line above the headline");
    }
}

static bool is_role(sheaf_slice text)
{
    char line[160] = "By X Y, ";
    if (text.size + 8 >= sizeof line)
        return false;
    memcpy(line + 8, text.data, text.size);
    sheaf_article scratch;
    sheaf_article_init(&scratch);
    bool role = sheaf_byline_parse(&scratch, sheaf_slice_from(line, 8 + text.size)) &&
                scratch.authors.count == 1 && scratch.authors.items[0].role.size == text.size;
    sheaf_article_clear(&scratch);
    return role;
}

/* A name below the headline. */
static void take_name_line(dump_draft *draft, const titles *all, size_t index)
{
    size_t line = all->items[index];
    sheaf_slice name = text_of(draft, line);
    sheaf_slice role = {0};
    if (index + 1 < all->count && all->items[index + 1] == line + 1 && is_role(text_of(draft, line + 1))) {
        role = text_of(draft, line + 1);
        use(draft, line + 1);
    }
    use(draft, line);
    if (role.size || !sheaf_dump_body_names(draft, name))
        sheaf_dump_take_name(draft, name, role, "name that stands alone under the headline");
    else
        sheaf_dump_take_caption(draft, line);
}

static bool is_keyword_like(const dump_draft *draft, size_t line)
{
    const dump_line *one = &draft->lines[line];
    return draft->machine && one->words <= 3 && (one->flags & DUMP_LOWER) && one->kind == DUMP_TITLE;
}

/* What a title below the headline is. */
static void take_below(dump_draft *draft, const titles *all, size_t index)
{
    size_t line = all->items[index];
    const dump_line *one = &draft->lines[line];
    sheaf_slice text = text_of(draft, line);
    sheaf_date date;
    if (!sheaf_dump_unused(one))
        return;
    if (sheaf_date_parse(&date, text) && date.month) {
        sheaf_dump_offer_published(draft, &date, DUMP_RANK_NEAR, "date on a line under the headline");
        use(draft, line);
    } else if (is_keyword_like(draft, line)) {
        sheaf_dump_take_keywords(draft, text, "short lower-case line among the fields of a content system");
        use(draft, line);
    } else if (one->kind == DUMP_TITLE && sheaf_dump_is_name(text)) {
        take_name_line(draft, all, index);
    } else if (one->kind == DUMP_HEADING && one->value > 1 && line + 1 == draft->body_from) {
        draft->body_from = line;
    } else if (one->words >= 5 && !draft->article->field[SHEAF_FIELD_DESCRIPTION].size) {
        sheaf_buffer clean = {0};
        sheaf_dump_write(&clean, text, draft->text);
        sheaf_article_win(draft->article, SHEAF_FIELD_DESCRIPTION, sheaf_buffer_view(&clean),
                          one->flags & DUMP_FLAT    ? "flattened line: what stands between headline and text"
                          : one->flags & DUMP_CUT   ? "sentence cut short under the headline"
                          : one->kind == DUMP_PROSE ? "sentence between headline and byline, date or dateline"
                                                    : "line between headline and text");
        sheaf_buffer_clear(&clean);
        use(draft, line);
    } else if (one->kind == DUMP_TITLE && line + 1 == draft->body_from && has_dateline(text_of(draft, line + 1))) {
        sheaf_dump_take_caption(draft, line);
    } else if (line + 1 == draft->body_from || (line + 2 == draft->body_from && !sheaf_dump_unused(one + 1))) {
        draft->body_from = line;
    } else {
        use(draft, line);
    }
}

/* A database writes outlet and date one under the other; the outlet is the
 * line above the date, or below it, that is no label. */
static void take_database_outlet(dump_draft *draft, titles *all)
{
    bool counted = false;
    for (size_t i = 0; i < draft->body_from; i++) {
        const dump_line *line = &draft->lines[i];
        char folded[DUMP_FOLDED];
        sheaf_slice lower = sheaf_dump_fold(folded, text_of(draft, i));
        counted |= line->kind == DUMP_COUNTER || (line->words == 2 && sheaf_is_digit(text_of(draft, i).data[0]) &&
                                                  sheaf_slice_ends(lower, SLICE(" words")));
        counted |= line->kind == DUMP_KEY && sheaf_slice_starts(lower, SLICE("length"));
    }
    for (size_t i = 0; counted && i < all->count; i++) {
        size_t line = all->items[i];
        bool above = line + 1 < draft->count && draft->lines[line + 1].kind == DUMP_DATE;
        bool below = line > 0 && draft->lines[line - 1].kind == DUMP_DATE;
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

static void take_head_facts(dump_draft *draft)
{
    for (size_t i = 0; i < draft->body_from; i++) {
        dump_line *line = &draft->lines[i];
        sheaf_slice text = text_of(draft, i);
        if (!sheaf_dump_unused(line) || is_title(line))
            continue;
        if (line->kind == DUMP_OUTLET) {
            sheaf_dump_offer_publisher(draft, text, DUMP_RANK_PLACE, "name of an outlet on a line of its own");
            use(draft, i);
        } else if (line->kind == DUMP_SECTION && draft->machine && (line->flags & DUMP_LOWER)) {
            sheaf_dump_take_keywords(draft, text, "short lower-case line among the fields of a content system");
            use(draft, i);
        } else if (line->kind == DUMP_SECTION) {
            if (!draft->article->field[SHEAF_FIELD_SECTION].size)
                sheaf_article_win(draft->article, SHEAF_FIELD_SECTION, text, "name of a section on a line of its own");
            use(draft, i);
        } else {
            sheaf_dump_take_fact(draft, i);
        }
    }
}

static void take_teaser(dump_draft *draft, size_t i)
{
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
static void take_split_labels(dump_draft *draft)
{
    for (size_t i = 0; i + 1 < draft->body_from; i++) {
        const dump_line *line = &draft->lines[i];
        if (line->kind == DUMP_KEY && line->key == DUMP_KEY_HEADLINE && draft->headline_rank == DUMP_RANK_NONE &&
            sheaf_dump_value(draft->text, line).size == 0 && draft->lines[i + 1].kind == DUMP_TITLE) {
            sheaf_dump_offer_headline(draft, text_of(draft, i + 1), DUMP_RANK_LABEL, "label of the title");
            use(draft, i + 1);
        }
    }
}

void sheaf_dump_read_head(dump_draft *draft)
{
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
        sheaf_dump_offer_headline(draft, without_outlet(draft, title_text(draft, line)), DUMP_RANK_PLACE,
                                  headline_rule(draft, line));
        use(draft, line);
        below = headline + 1;
    }
    for (size_t i = below; i < all.count; i++) {
        if (sheaf_dump_same(text_of(draft, all.items[i]), draft->article->field[SHEAF_FIELD_HEADLINE]))
            use(draft, all.items[i]);
        else
            take_below(draft, &all, i);
    }
}
