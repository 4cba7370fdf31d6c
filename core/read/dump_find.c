/* dump_find.c - where the text of a record begins and where it ends.
 *
 * It begins with the first sentence, unless that sentence is a headline (it
 * asks, it has no end, a dateline follows) or a standfirst (byline, date or
 * dateline follow, or it is cut short). A database's label of the body settles
 * it at once. It ends with the last sentence before the database's tail. */
#include "article/credit.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

enum { STANDFIRST_WORDS = 70 };

static sheaf_slice text_of(const dump_draft *draft, size_t line) {
    return sheaf_dump_text(draft->text, &draft->lines[line]);
}

static void use(dump_draft *draft, size_t line) {
    draft->lines[line].flags |= DUMP_USED;
}

bool sheaf_dump_has_dateline(dump_draft *draft, size_t line) {
    sheaf_dateline dateline;
    size_t size;
    return sheaf_dateline_parse(&dateline, &size, text_of(draft, line), &draft->article->arena);
}

static bool is_body_key(const dump_line *line) {
    return line->kind == DUMP_KEY && line->key == DUMP_KEY_BODY;
}

/* Labels of the body that are a line by themselves in databases. */
static bool is_body_mark(const dump_draft *draft, size_t i) {
    sheaf_slice text = text_of(draft, i);
    return sheaf_slice_is(text, "Body") || sheaf_slice_is(text, "BODY") ||
           sheaf_slice_is(text, "Full text");
}

bool sheaf_dump_follows_label(const dump_draft *draft) {
    size_t from = draft->body_from;
    return (from < draft->count && is_body_key(&draft->lines[from])) ||
           (from > 0 && (is_body_key(&draft->lines[from - 1]) || is_body_mark(draft, from - 1)));
}

static bool is_tail_mark(const dump_draft *draft, size_t i) {
    sheaf_slice text = text_of(draft, i);
    return sheaf_slice_is(text, "Classification") || draft->lines[i].kind == DUMP_FINISH;
}

static bool is_text(const dump_line *line) {
    return line->kind == DUMP_PROSE || line->kind == DUMP_ITEM;
}

size_t sheaf_dump_next_telling(const dump_draft *draft, size_t i) {
    while (i < draft->count &&
           (draft->lines[i].kind == DUMP_FURNITURE || draft->lines[i].kind == DUMP_CAPTION ||
            draft->lines[i].kind == DUMP_IMAGE || draft->lines[i].kind == DUMP_MENU ||
            draft->lines[i].kind == DUMP_MACHINE || draft->lines[i].kind == DUMP_RELATED))
        i++;
    return i;
}

static bool has_title_before(const dump_draft *draft, size_t i) {
    for (size_t k = 0; k < i; k++) {
        const dump_line *line = &draft->lines[k];
        if (line->kind == DUMP_TITLE || line->kind == DUMP_HEADING ||
            (line->kind == DUMP_KEY && line->key == DUMP_KEY_HEADLINE))
            return true;
    }
    return false;
}

/* A byline stands below the standfirst, so what follows one is text. */
static bool has_byline_before(const dump_draft *draft, size_t i) {
    for (size_t k = 0; k < i; k++) {
        const dump_line *line = &draft->lines[k];
        if (line->kind == DUMP_BYLINE || (line->kind == DUMP_KEY && line->key == DUMP_KEY_BYLINE))
            return true;
    }
    return false;
}

static bool has_text_behind(const dump_draft *draft, size_t i) {
    for (; i < draft->count; i++) {
        if (is_text(&draft->lines[i]))
            return true;
    }
    return false;
}

/* Does the paragraph at i repeat the beginning of what line i was cut from? */
static bool is_cut_from(const dump_draft *draft, size_t i, size_t from) {
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
static bool is_standfirst(dump_draft *draft, size_t i) {
    const dump_line *line = &draft->lines[i];
    if (line->kind != DUMP_PROSE || line->words > STANDFIRST_WORDS ||
        !has_text_behind(draft, i + 1) || !has_title_before(draft, i))
        return false;
    if ((line->flags & DUMP_CUT) || is_cut_from(draft, i, i + 1))
        return true;
    size_t next = sheaf_dump_next_telling(draft, i + 1);
    if (next >= draft->count || sheaf_dump_has_dateline(draft, i) || has_byline_before(draft, i))
        return false;
    const dump_line *behind = &draft->lines[next];
    if (behind->kind == DUMP_BYLINE || behind->kind == DUMP_DATE ||
        (behind->kind == DUMP_KEY &&
         (behind->key == DUMP_KEY_BYLINE || behind->key == DUMP_KEY_PUBLISHED)))
        return true;
    return is_text(behind) && sheaf_dump_has_dateline(draft, next);
}

/* Most words begin with a capital, as in the headlines of some papers. */
static bool has_title_case(sheaf_slice text) {
    size_t words = 0;
    size_t capitals = 0;
    for (size_t at = 0; at < text.size;) {
        size_t blank = sheaf_slice_find_char(text, at, ' ');
        size_t letter = at;
        capitals += sheaf_char_is_upper(sheaf_utf8_next(text, &letter));
        words++;
        at = blank == SIZE_MAX ? text.size : blank + 1;
    }
    return words >= 4 && capitals * 10 >= words * 6;
}

/* The sign that ends text, quotes and brackets behind it left out. */
static uint32_t last_sign(sheaf_slice text) {
    size_t at = text.size;
    uint32_t c = 0;
    while (at > 0) {
        c = sheaf_utf8_previous(text, &at);
        if (c != '"' && c != '\'' && c != ')' && c != ']' && c != 0x201D && c != 0x201C &&
            c != 0x2019 && c != 0xBB && c != 0x300D)
            break;
    }
    return c;
}

static bool is_quote(uint32_t c) {
    return c == '"' || c == 0x201C || c == 0x201E || c == 0xAB || c == 0x300C || c == 0x2018;
}

/* Could a first line that is a sentence by its looks be a headline? One that
 * asks or exclaims, has no end at all, or is nothing but a quotation. */
static bool looks_like_headline(const dump_draft *draft, size_t i) {
    enum { MOST_WORDS = 30 };
    const dump_line *line = &draft->lines[i];
    sheaf_slice text = text_of(draft, i);
    size_t at = 0;
    uint32_t last = last_sign(text);
    if (line->words > MOST_WORDS || (line->flags & DUMP_CUT))
        return false;
    bool quoted = is_quote(sheaf_utf8_next(text, &at));
    size_t end = text.size;
    uint32_t closing = text.size ? sheaf_utf8_previous(text, &end) : 0;
    if (!(line->flags & DUMP_ENDS))
        return true;
    if (quoted)
        return closing == '"' || closing == 0x201D || closing == 0x201C || closing == 0xBB ||
               closing == 0x300D;
    return last == '?' || last == '!' || last == 0x61F || last == 0xFF1F || last == 0xFF01 ||
           (line->words <= 18 && has_title_case(text));
}

/* The first sentence of a record is its headline when only head lines follow,
 * when a dateline does, or when it looks like one and more text follows. */
static bool is_headline_sentence(dump_draft *draft, size_t i) {
    enum { SHORT = 18 };
    const dump_line *line = &draft->lines[i];
    size_t behind = sheaf_dump_next_telling(draft, i + 1);
    if (has_title_before(draft, i) || behind >= draft->count || !has_text_behind(draft, i + 1))
        return false;
    const dump_line *next = &draft->lines[behind];
    if (line->kind == DUMP_ITEM)
        return next->kind != DUMP_ITEM && line->words <= SHORT && !(line->flags & DUMP_ENDS);
    bool headed = next->kind == DUMP_BYLINE || next->kind == DUMP_DATE || next->kind == DUMP_URL ||
                  next->kind == DUMP_OUTLET || next->kind == DUMP_KEY ||
                  (is_text(next) && sheaf_dump_has_dateline(draft, behind));
    if (headed && line->words <= SHORT)
        return true;
    return looks_like_headline(draft, i) && !sheaf_dump_has_dateline(draft, i) &&
           (next->blank > 0 || next->words >= line->words);
}

static size_t find_first(dump_draft *draft) {
    size_t first = draft->count;
    size_t first_text = 0;
    for (size_t i = 0; i < draft->count; i++) {
        if (first == draft->count && (is_body_key(&draft->lines[i]) || is_body_mark(draft, i))) {
            bool alone =
                is_body_mark(draft, i) || sheaf_dump_value(draft->text, &draft->lines[i]).size == 0;
            use(draft, i);
            if (!alone)
                draft->lines[i].flags &= (uint16_t)~DUMP_USED;
            return alone ? i + 1 : i;
        }
        if (first == draft->count && is_text(&draft->lines[i])) {
            if (first_text++ == 0 && is_headline_sentence(draft, i))
                draft->lines[i].kind = DUMP_TITLE;
            else if (!is_standfirst(draft, i))
                first = i;
        }
        if (first < draft->count && i > first + 30)
            break;
    }
    return first;
}

void sheaf_dump_find_body(dump_draft *draft) {
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
        if (is_text(&draft->lines[i]) ||
            (is_body_key(&draft->lines[i]) && sheaf_dump_unused(&draft->lines[i])))
            draft->body_to = i + 1;
    }
    /* without any sentence, what follows a label of the body is the body */
    if (draft->body_to == draft->body_from && draft->body_from < end && draft->body_from > 0 &&
        (is_body_mark(draft, draft->body_from - 1) ||
         is_body_key(&draft->lines[draft->body_from - 1])))
        draft->body_to = end;
}
