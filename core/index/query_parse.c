/* query_parse.c - reads queries: one function for each level of binding.
 *
 *   either   := all ("OR" all)*
 *   all      := ("AND"? denied)*
 *   denied   := ("NOT" | "-") denied | near
 *   near     := weighed (("NEAR" | "ONEAR") ("/" N)? weighed)*
 *   weighed  := part ("^" NUMBER)?
 *   part     := "(" either ")" | FIELD ":" part | STRING | "="? WORD ("*" | "~" N?)? | "*"
 *
 * A word that the index cuts into several is a phrase of them. */
#include "index/query.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/slice.h"
#include "base/status.h"
#include "index/token.h"

typedef struct parser {
    sheaf_query *query;
    sheaf_slice text;
    size_t at;
    unsigned depth;
    unsigned list;
    sheaf_status status;
    sheaf_error *error;
} parser;

static sheaf_query_node *either(parser *p);

/* Stops here; the first complaint counts. */
__attribute__((format(printf, 2, 3))) static sheaf_query_node *stop(parser *p, const char *format,
                                                                    ...) {
    va_list arguments;
    char sentence[300];
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (p->status == SHEAF_OK)
        p->status = sheaf_fail(p->error, SHEAF_BAD_INPUT, "%s", sentence);
    return NULL;
}

static sheaf_query_node *no_memory(parser *p) {
    if (p->status == SHEAF_OK)
        p->status = sheaf_fail(p->error, SHEAF_NO_MEMORY, "out of memory");
    return NULL;
}

static sheaf_query_node *node(parser *p, sheaf_query_kind kind) {
    if (++p->query->nodes > SHEAF_QUERY_NODES)
        return stop(p, "a query has at most %d parts", SHEAF_QUERY_NODES);
    sheaf_query_node *made = sheaf_arena_zero(&p->query->arena, 1, sizeof *made);
    if (!made)
        return no_memory(p);
    made->kind = kind;
    made->boost = 1;
    made->list = p->list;
    return made;
}

/* Puts a part under a node; NULL when either is NULL. */
static sheaf_query_node *put(parser *p, sheaf_query_node *into, sheaf_query_node *part) {
    if (!into || !part)
        return NULL;
    if (!sheaf_arena_grow(&p->query->arena, (void **)&into->parts, into->count, &into->capacity,
                          sizeof *into->parts))
        return no_memory(p);
    into->parts[into->count++] = part;
    return into;
}

/* The same, but what stands for nothing, as a lone comma does, is left out. */
static sheaf_query_node *put_known(parser *p, sheaf_query_node *into, sheaf_query_node *part) {
    return part && part->kind == SHEAF_QUERY_NOTHING ? into : put(p, into, part);
}

/* ---- letters -------------------------------------------------------------------- */

static bool is_blank(char c) {
    return sheaf_is_space(c);
}

static void pass_blanks(parser *p) {
    while (p->at < p->text.size && is_blank(p->text.data[p->at]))
        p->at++;
}

static char here(const parser *p) {
    return p->at < p->text.size ? p->text.data[p->at] : 0;
}

/* Does the word, in capitals, stand here alone? */
static bool is_word(const parser *p, sheaf_slice word) {
    sheaf_slice rest = sheaf_slice_part(p->text, p->at, p->text.size);
    if (!sheaf_slice_starts(rest, word))
        return false;
    return rest.size == word.size || is_blank(rest.data[word.size]) ||
           strchr("()\"/", rest.data[word.size]);
}

static bool take_word(parser *p, sheaf_slice word) {
    if (!is_word(p, word))
        return false;
    p->at += word.size;
    return true;
}

static bool ends_word(char c) {
    return is_blank(c) || c == '(' || c == ')' || c == '"' || c == '^' || c == '*' || c == '~' ||
           c == 0;
}

/* ---- terms ---------------------------------------------------------------------- */

static sheaf_query_node *term(parser *p, sheaf_slice spelling, sheaf_query_match match,
                              uint32_t offset) {
    char room[SHEAF_TERM_MAX];
    sheaf_slice key = {room, sheaf_token_fold(room, spelling)};
    sheaf_query *q = p->query;
    sheaf_query_node *made = node(p, key.size ? SHEAF_QUERY_TERM : SHEAF_QUERY_NOTHING);
    if (!made || key.size == 0)
        return made;
    made->key = sheaf_arena_copy(&q->arena, key);
    made->spelling = sheaf_arena_copy(&q->arena, spelling);
    made->match = match;
    made->offset = offset;
    made->number = q->term_count;
    if (!made->key.data || !made->spelling.data ||
        !sheaf_arena_grow(&q->arena, (void **)&q->terms, q->term_count, &q->term_capacity,
                          sizeof *q->terms))
        return no_memory(p);
    q->terms[q->term_count++] = made;
    return made;
}

/* Does the token count in a phrase? Of characters the pairs do; a single one only
 * when it stands alone. */
static bool counts(const sheaf_token *tokens, size_t i) {
    bool paired = i >= 3 && tokens[i - 1].kind == SHEAF_TOKEN_NONE &&
                  tokens[i - 3].kind == SHEAF_TOKEN_PAIR && tokens[i - 3].to == tokens[i].to;
    if (tokens[i].kind == SHEAF_TOKEN_SINGLE)
        return tokens[i - 1].kind == SHEAF_TOKEN_NONE && !paired;
    return tokens[i].kind != SHEAF_TOKEN_NONE;
}

/* All words of a text, one behind the other; the last one in a way of its own. */
static sheaf_query_node *words(parser *p, sheaf_slice text, sheaf_query_match match,
                               sheaf_query_match last) {
    sheaf_tokens cutter;
    sheaf_token tokens[SHEAF_QUERY_NODES];
    sheaf_query_node *phrase = node(p, SHEAF_QUERY_PHRASE);
    sheaf_tokens_begin(&cutter, text);
    size_t count = sheaf_tokens_next(&cutter, tokens, SHEAF_QUERY_NODES);
    size_t final = count;
    for (size_t i = 0; i < count; i++)
        final = counts(tokens, i) ? i : final;
    for (size_t i = 0; i < count && phrase; i++) {
        sheaf_slice spelling = sheaf_slice_part(text, tokens[i].from, tokens[i].to);
        if (counts(tokens, i))
            phrase =
                put_known(p, phrase, term(p, spelling, i == final ? last : match, (uint32_t)i));
    }
    if (phrase && phrase->count == 1)
        return phrase->parts[0];
    if (phrase && phrase->count == 0)
        phrase->kind = SHEAF_QUERY_NOTHING;
    return phrase;
}

static sheaf_query_node *string(parser *p) {
    size_t from = p->at++, end = sheaf_slice_find_char(p->text, p->at, '"');
    if (end == SIZE_MAX) {
        p->at = from;
        return stop(p, "this quotation mark is never closed");
    }
    sheaf_slice text = sheaf_slice_part(p->text, p->at, end);
    p->at = end + 1;
    return words(p, text, SHEAF_MATCH_EXACT, SHEAF_MATCH_EXACT);
}

static unsigned number(parser *p) {
    unsigned value = 0;
    while (sheaf_is_digit(here(p)) && value < 100000)
        value = 10 * value + (unsigned)(p->text.data[p->at++] - '0');
    return value;
}

static sheaf_query_node *fuzzy(parser *p, sheaf_slice text) {
    size_t from = p->at++;
    unsigned edits = sheaf_is_digit(here(p)) ? number(p) : 1;
    if (edits < 1 || edits > 2) {
        p->at = from;
        return stop(p, "~1 or ~2: so many letters may be other");
    }
    sheaf_query_node *made = words(p, text, SHEAF_MATCH_EXACT, SHEAF_MATCH_FUZZY);
    if (made && made->kind == SHEAF_QUERY_TERM)
        made->edits = edits;
    else if (made && made->kind == SHEAF_QUERY_PHRASE)
        made->parts[made->count - 1]->edits = edits;
    return made;
}

static sheaf_query_node *word(parser *p) {
    bool exact = here(p) == '=';
    p->at += exact;
    size_t from = p->at;
    while (!ends_word(here(p)))
        p->at++;
    sheaf_slice text = sheaf_slice_part(p->text, from, p->at);
    if (text.size == 0)
        return p->at < p->text.size ? stop(p, "there is no word before '%c'", here(p))
                                    : stop(p, "a word is missing at the end");
    if (here(p) == '*') {
        p->at++;
        return words(p, text, SHEAF_MATCH_EXACT, SHEAF_MATCH_PREFIX);
    }
    if (here(p) == '~')
        return fuzzy(p, text);
    sheaf_query_node *made = words(p, text, SHEAF_MATCH_EXACT, SHEAF_MATCH_EXACT);
    if (made && made->kind == SHEAF_QUERY_TERM && !exact)
        made->match = SHEAF_MATCH_STEM;
    return made;
}

/* ---- fields --------------------------------------------------------------------- */

enum { COLUMN_PUBLISHED = 100, COLUMN_LANGUAGE };

static const struct {
    const char *name;
    unsigned list;
} fields[] = {{"headline", SHEAF_LIST_HEADLINE}, {"text", SHEAF_LIST_TEXT},
              {"author", SHEAF_LIST_AUTHORS},    {"authors", SHEAF_LIST_AUTHORS},
              {"site", SHEAF_LIST_SITE},         {"keyword", SHEAF_LIST_KEYWORDS},
              {"keywords", SHEAF_LIST_KEYWORDS}, {"published", COLUMN_PUBLISHED},
              {"language", COLUMN_LANGUAGE}};

/* The value of published: or language:, which is one run without blanks. */
static sheaf_slice value(parser *p) {
    size_t from = p->at;
    while (p->at < p->text.size && !is_blank(p->text.data[p->at]) && p->text.data[p->at] != ')')
        p->at++;
    return sheaf_slice_part(p->text, from, p->at);
}

static sheaf_query_node *bad_date(parser *p, sheaf_slice value_at) {
    p->at = (size_t)(value_at.data - p->text.data);
    return stop(p, "published: takes 2022, 2022-02, 2022-02-24 or a range as in 2022-02..2022-03");
}

static sheaf_query_node *published(parser *p) {
    char end[16];
    sheaf_slice range = value(p), from = range, to = range;
    sheaf_query_node *made = node(p, SHEAF_QUERY_COLUMN);
    size_t dots = sheaf_slice_find(range, 0, SLICE(".."));
    if (!made)
        return NULL;
    if (dots != SIZE_MAX) {
        from = sheaf_slice_part(range, 0, dots);
        to = sheaf_slice_part(range, dots + 2, range.size);
    }
    if ((from.size == 0 && to.size == 0) || (from.size && !sheaf_query_date_end(from, end)))
        return bad_date(p, range);
    made->column = SHEAF_COLUMN_PUBLISHED;
    made->from = sheaf_arena_copy(&p->query->arena, from);
    if (to.size && !sheaf_query_date_end(to, end))
        return bad_date(p, to);
    if (to.size)
        made->before = sheaf_arena_copy(&p->query->arena, sheaf_slice_of(end));
    return p->query->arena.failed ? no_memory(p) : made;
}

static sheaf_query_node *language(parser *p) {
    sheaf_query_node *made = node(p, SHEAF_QUERY_COLUMN);
    sheaf_slice tag = value(p);
    if (tag.size == 0)
        return stop(p, "language: takes a tag as in en or pt-BR");
    if (!made)
        return NULL;
    made->column = SHEAF_COLUMN_LANGUAGE;
    made->from = sheaf_arena_copy(&p->query->arena, tag);
    return p->query->arena.failed ? no_memory(p) : made;
}

static size_t field_size(const parser *p) {
    size_t at = p->at;
    while (at < p->text.size && sheaf_is_lower(p->text.data[at]))
        at++;
    bool more = at + 1 < p->text.size && !is_blank(p->text.data[at + 1]);
    return at > p->at && more && p->text.data[at] == ':' ? at - p->at : 0;
}

static sheaf_query_node *part(parser *p);

static sheaf_query_node *in_field(parser *p, size_t size) {
    sheaf_slice name = sheaf_slice_part(p->text, p->at, p->at + size);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        unsigned list = fields[i].list, outer = p->list;
        if (!sheaf_slice_is(name, fields[i].name))
            continue;
        p->at += size + 1;
        if (list >= COLUMN_PUBLISHED)
            return list == COLUMN_PUBLISHED ? published(p) : language(p);
        p->list = list;
        sheaf_query_node *made = part(p);
        p->list = outer;
        return made;
    }
    return stop(p,
                "there is no field '%.*s'; there are headline, text, author, site, keyword, "
                "published, language. Put it in quotation marks to look for it as words",
                SLICE_ARGS(name));
}

/* ---- levels --------------------------------------------------------------------- */

static sheaf_query_node *group(parser *p) {
    size_t from = p->at++;
    if (++p->depth > SHEAF_QUERY_DEPTH)
        return stop(p, "brackets go at most %d deep", SHEAF_QUERY_DEPTH);
    sheaf_query_node *made = either(p);
    pass_blanks(p);
    p->depth--;
    if (made && here(p) != ')') {
        p->at = from;
        return stop(p, "this bracket is never closed");
    }
    p->at++;
    return made;
}

static sheaf_query_node *part(parser *p) {
    size_t field = field_size(p);
    if (field) {
        if (++p->depth > SHEAF_QUERY_DEPTH)
            return stop(p, "fields go at most %d deep", SHEAF_QUERY_DEPTH);
        sheaf_query_node *made = in_field(p, field);
        p->depth--;
        return made;
    }
    if (here(p) == '(')
        return group(p);
    if (here(p) == '"')
        return string(p);
    if (here(p) == '*') {
        p->at++;
        return node(p, SHEAF_QUERY_ALL);
    }
    return word(p);
}

static sheaf_query_node *weighed(parser *p) {
    pass_blanks(p);
    sheaf_query_node *made = part(p);
    if (!made || here(p) != '^')
        return made;
    size_t from = p->at++;
    double boost = number(p);
    if (here(p) == '.') {
        double unit = 0.1;
        for (p->at++; sheaf_is_digit(here(p)); p->at++, unit /= 10)
            boost += unit * (p->text.data[p->at] - '0');
    }
    if (boost <= 0 || boost > 1000) {
        p->at = from;
        return stop(p, "^ takes a number up to 1000, as in ^2 or ^0.5");
    }
    made->boost *= boost;
    return made;
}

/* NEAR joins terms, phrases, other NEARs, and alternatives of these. */
static bool has_places(const sheaf_query_node *n) {
    if (n->kind == SHEAF_QUERY_OR) {
        for (size_t i = 0; i < n->count; i++) {
            if (!has_places(n->parts[i]) || n->parts[i]->list != n->list)
                return false;
        }
        return true;
    }
    return n->kind == SHEAF_QUERY_TERM || n->kind == SHEAF_QUERY_PHRASE ||
           n->kind == SHEAF_QUERY_NEAR || n->kind == SHEAF_QUERY_NOTHING;
}

/* Whether positions of both count from the same place. */
static bool same_slots(unsigned one, unsigned other) {
    bool plain = one == SHEAF_LIST_ALL || one == SHEAF_LIST_TEXT;
    bool other_plain = other == SHEAF_LIST_ALL || other == SHEAF_LIST_TEXT;
    return one == other || (plain && other_plain);
}

static sheaf_query_node *join_near(parser *p, sheaf_query_node *left, bool ordered, size_t from) {
    sheaf_query_node *made = node(p, SHEAF_QUERY_NEAR);
    unsigned distance = SHEAF_QUERY_NEAR_USUAL;
    size_t slash = p->at;
    if (here(p) == '/') {
        p->at++;
        distance = number(p);
    }
    if (distance < 1 || distance > SHEAF_QUERY_NEAR_MOST) {
        p->at = slash;
        return stop(p, "NEAR/ takes a number from 1 to %d", SHEAF_QUERY_NEAR_MOST);
    }
    sheaf_query_node *right = weighed(p);
    if (!made || !right)
        return NULL;
    if (!has_places(left) || !has_places(right) || !same_slots(left->list, right->list)) {
        p->at = from;
        return stop(p, "NEAR joins words and phrases of one field");
    }
    made->distance = distance;
    made->ordered = ordered;
    made->list = left->list;
    return put(p, put(p, made, left), right);
}

static sheaf_query_node *near(parser *p) {
    sheaf_query_node *left = weighed(p);
    while (left) {
        pass_blanks(p);
        size_t from = p->at;
        bool ordered = take_word(p, SLICE("ONEAR"));
        if (!ordered && !take_word(p, SLICE("NEAR")))
            return left;
        left = join_near(p, left, ordered, from);
    }
    return NULL;
}

static sheaf_query_node *denied(parser *p) {
    pass_blanks(p);
    bool word_not = take_word(p, SLICE("NOT"));
    if (!word_not && here(p) != '-')
        return near(p);
    p->at += !word_not;
    if (++p->depth > SHEAF_QUERY_DEPTH)
        return stop(p, "NOT goes at most %d deep", SHEAF_QUERY_DEPTH);
    sheaf_query_node *made = put(p, node(p, SHEAF_QUERY_NOT), denied(p));
    p->depth--;
    return made;
}

static sheaf_query_node *unwrap(sheaf_query_node *n) {
    if (n && n->count == 0)
        n->kind = SHEAF_QUERY_NOTHING;
    return n && n->count == 1 ? n->parts[0] : n;
}

static sheaf_query_node *all(parser *p) {
    sheaf_query_node *made = node(p, SHEAF_QUERY_AND);
    do {
        made = put_known(p, made, denied(p));
        pass_blanks(p);
        if (!made || p->at >= p->text.size || here(p) == ')' || is_word(p, SLICE("OR")))
            break;
        take_word(p, SLICE("AND"));
    } while (true);
    return unwrap(made);
}

static sheaf_query_node *either(parser *p) {
    sheaf_query_node *made = node(p, SHEAF_QUERY_OR);
    do
        made = put_known(p, made, all(p));
    while (made && take_word(p, SLICE("OR")));
    return unwrap(made);
}

static bool need_positions(const sheaf_query_node *n) {
    if (n->kind == SHEAF_QUERY_PHRASE || n->kind == SHEAF_QUERY_NEAR)
        return true;
    for (size_t i = 0; i < n->count; i++) {
        if (need_positions(n->parts[i]))
            return true;
    }
    return false;
}

sheaf_status sheaf_query_parse(sheaf_query *out, sheaf_slice text, size_t *at, sheaf_error *error) {
    memset(out, 0, sizeof *out);
    sheaf_arena_init(&out->arena);
    parser p = {.query = out, .text = text, .error = error, .list = SHEAF_LIST_ALL};
    *at = 0;
    if (text.size > SHEAF_QUERY_BYTES)
        return sheaf_fail(error, SHEAF_LIMIT, "a query has at most %d bytes", SHEAF_QUERY_BYTES);
    pass_blanks(&p);
    if (p.at == text.size)
        stop(&p, "the query is empty");
    else
        out->root = either(&p);
    pass_blanks(&p);
    if (p.status == SHEAF_OK && p.at < text.size)
        stop(&p, "this bracket was never opened");
    *at = p.at;
    if (p.status == SHEAF_OK && !out->root)
        no_memory(&p);
    if (p.status == SHEAF_OK)
        out->needs_positions = need_positions(out->root);
    return p.status;
}
