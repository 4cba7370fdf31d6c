/* kwic_lines.c - places become lines: text on either side, and a key to sort by.
 *
 * Slots are counted in a text as they were when it was indexed: by cutting it into
 * tokens, up to the last place that is wanted and no further.
 *
 *   key:  folded word 0 folded word 0 …     bytes turned over where a step descends */
#include "index/kwic.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "index/token.h"

enum { TOKENS = 256, LOOK_BEHIND = 4 * SHEAF_KWIC_FAR + 8 };

typedef struct cut {
    sheaf_token *items;
    size_t count, room;
} cut;

typedef struct making {
    sheaf_arena *arena;
    const sheaf_kwic_article *article;
    const sheaf_kwic_order *order;
    sheaf_slice text; /* the field */
    size_t width;
    cut tokens;
    sheaf_buffer key;
    uint32_t byte, character; /* how far characters are counted */
} making;

/* ---- tokens --------------------------------------------------------------------- */

static bool cut_until(cut *tokens, sheaf_slice text, size_t wanted) {
    sheaf_tokens cutter;
    size_t count = TOKENS;
    tokens->count = 0;
    sheaf_tokens_begin(&cutter, text);
    while (tokens->count < wanted && count > 0) {
        if (tokens->room - tokens->count < TOKENS) {
            size_t room = 2 * tokens->room + 4 * TOKENS;
            sheaf_token *bigger = sheaf_realloc(tokens->items, room * sizeof *bigger);
            if (!bigger)
                return false;
            tokens->items = bigger;
            tokens->room = room;
        }
        count = sheaf_tokens_next(&cutter, tokens->items + tokens->count, TOKENS);
        tokens->count += count;
    }
    return true;
}

static bool is_word(const sheaf_token *token) {
    return token->kind == SHEAF_TOKEN_WORD || token->kind == SHEAF_TOKEN_SINGLE;
}

/* The number-th word that ends at or before byte, slots being below slot; NULL: none. */
static const sheaf_token *word_left(const cut *tokens, size_t slot, uint32_t byte,
                                    unsigned number) {
    while (slot-- > 0) {
        const sheaf_token *token = &tokens->items[slot];
        if (is_word(token) && token->to <= byte && --number == 0)
            return token;
    }
    return NULL;
}

static const sheaf_token *word_right(const cut *tokens, size_t slot, uint32_t byte,
                                     unsigned number) {
    while (++slot < tokens->count) {
        const sheaf_token *token = &tokens->items[slot];
        if (is_word(token) && token->from >= byte && --number == 0)
            return token;
    }
    return NULL;
}

/* ---- keys ----------------------------------------------------------------------- */

static void add_folded(sheaf_buffer *key, sheaf_slice word) {
    char room[SHEAF_TERM_MAX];
    sheaf_buffer_append(key, room, sheaf_token_fold(room, word));
}

static void add_token(making *m, const sheaf_token *token) {
    add_folded(&m->key, sheaf_slice_part(m->text, token->from, token->to));
}

/* Where there is no word any more, as where a value is not known, comes last either way. */
static void add_known(sheaf_buffer *key, sheaf_slice value, bool descending) {
    if (value.size || !descending)
        sheaf_buffer_add(key, value.size ? value : SLICE("\xff"));
}

static void add_side(making *m, const sheaf_token *token, bool descending) {
    if (token)
        add_token(m, token);
    else
        add_known(&m->key, (sheaf_slice){0}, descending);
}

/* All words of what was found: the form comes before where it stands. */
static void add_node(making *m, const sheaf_kwic_place *place) {
    for (size_t i = place->from; i <= place->to; i++) {
        if (!is_word(&m->tokens.items[i]))
            continue;
        add_token(m, &m->tokens.items[i]);
        sheaf_buffer_char(&m->key, ' ');
    }
}

static void add_step(making *m, const sheaf_kwic_step *step, const sheaf_kwic_place *place,
                     const sheaf_kwic_line *line) {
    switch (step->by) {
    case SHEAF_KWIC_LEFT:
        add_side(m, word_left(&m->tokens, place->from, line->from, step->number), step->descending);
        break;
    case SHEAF_KWIC_RIGHT:
        add_side(m, word_right(&m->tokens, place->to, line->to, step->number), step->descending);
        break;
    case SHEAF_KWIC_NODE: add_node(m, place); break;
    case SHEAF_KWIC_DATE: add_known(&m->key, m->article->date, step->descending); break;
    case SHEAF_KWIC_SITE: add_known(&m->key, m->article->site, step->descending); break;
    case SHEAF_KWIC_LANGUAGE: add_known(&m->key, m->article->language, step->descending); break;
    }
    sheaf_buffer_char(&m->key, '\0');
}

static sheaf_slice key_of(making *m, const sheaf_kwic_place *place, const sheaf_kwic_line *line) {
    sheaf_buffer_reset(&m->key);
    for (size_t i = 0; i < m->order->count; i++) {
        size_t from = m->key.size;
        add_step(m, &m->order->steps[i], place, line);
        for (size_t at = from; m->order->steps[i].descending && at < m->key.size; at++)
            m->key.data[at] = (char)~m->key.data[at];
    }
    return sheaf_arena_copy(m->arena, sheaf_buffer_view(&m->key));
}

/* ---- text on either side -------------------------------------------------------- */

static bool is_inner(sheaf_slice text, size_t at) {
    return at < text.size && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

static size_t back(sheaf_slice text, size_t at, size_t width) {
    for (; at > 0 && width > 0; width--) {
        at--;
        while (at > 0 && is_inner(text, at))
            at--;
    }
    return at;
}

static size_t forth(sheaf_slice text, size_t at, size_t width) {
    for (; at < text.size && width > 0; width--) {
        at++;
        while (is_inner(text, at))
            at++;
    }
    return at;
}

/* A copy with one blank for each run of white space and control characters. */
static sheaf_slice flat(sheaf_arena *arena, sheaf_slice text) {
    char *out = sheaf_arena_alloc(arena, text.size + 1);
    size_t size = 0;
    bool blank = false;
    for (size_t i = 0; out && i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool is_blank = c <= ' ' || c == 0x7F;
        if (!is_blank || !blank)
            out[size++] = is_blank ? ' ' : (char)c;
        blank = is_blank;
    }
    return (sheaf_slice){out, size};
}

/* Places come in order, so that each character is counted once or twice. */
static uint32_t character_at(making *m, uint32_t byte) {
    if (byte < m->byte)
        m->byte = m->character = 0;
    m->character += (uint32_t)sheaf_utf8_count(sheaf_slice_part(m->text, m->byte, byte));
    m->byte = byte;
    return m->character;
}

static bool make_line(making *m, const sheaf_kwic_place *place, sheaf_kwic_line *line) {
    const cut *tokens = &m->tokens;
    if (place->from > place->to || place->to >= tokens->count)
        return false;
    *line = (sheaf_kwic_line){.field = place->field};
    line->from = tokens->items[place->from].from;
    line->to = tokens->items[place->to].to;
    if (line->to < line->from)
        return false;
    line->first = character_at(m, line->from);
    line->last =
        line->first + (uint32_t)sheaf_utf8_count(sheaf_slice_part(m->text, line->from, line->to));
    size_t from = back(m->text, line->from, m->width), to = forth(m->text, line->to, m->width);
    line->left = flat(m->arena, sheaf_slice_part(m->text, from, line->from));
    line->node = flat(m->arena, sheaf_slice_part(m->text, line->from, line->to));
    line->right = flat(m->arena, sheaf_slice_part(m->text, line->to, to));
    line->key = key_of(m, place, line);
    return true;
}

/* What a damaged index says of a text may not be there: such places make no line. */
static sheaf_status make_lines(making *m, const sheaf_kwic_place *places, size_t count,
                               sheaf_kwic_told told, void *context) {
    sheaf_status status = SHEAF_OK;
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = places[i].to > most ? places[i].to : most;
    if (!cut_until(&m->tokens, m->text, (size_t)most + LOOK_BEHIND))
        return SHEAF_NO_MEMORY;
    for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
        sheaf_kwic_line line;
        if (!make_line(m, &places[i], &line))
            continue;
        status = m->arena->failed || m->key.failed ? SHEAF_NO_MEMORY : told(context, &line);
    }
    return status;
}

sheaf_status sheaf_kwic_lines(sheaf_arena *arena, const sheaf_kwic_article *article,
                              const sheaf_kwic_place *places, size_t count, size_t width,
                              const sheaf_kwic_order *order, sheaf_kwic_told told, void *context) {
    sheaf_status status = SHEAF_OK;
    making m = {.arena = arena, .article = article, .order = order, .width = width};
    for (size_t i = 0, end; i < count && status == SHEAF_OK; i = end) {
        for (end = i + 1; end < count && places[end].field == places[i].field;)
            end++;
        m.text = places[i].field == SHEAF_KWIC_HEADLINE ? article->headline : article->text;
        m.byte = m.character = 0;
        status = make_lines(&m, places + i, end - i, told, context);
    }
    sheaf_free(m.tokens.items);
    sheaf_buffer_clear(&m.key);
    return status;
}
