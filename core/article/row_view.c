/* row_view.c - an article whose row is lent, and read only as far as somebody asks.
 *
 * Most articles that pass a filter or two are written as they came. So their row is looked at once:
 * it must be what sheaf_row_write would write, byte by byte. That holds for all rows that sheaf
 * wrote; any other one is read whole, as ever. Then the article knows where each value stands:
 *
 *   row      {"id":"a1","headline":"…","text":"…","provenance":{…}}
 *   from,to         ^  ^           ^  ^       ^  ^             ^  ^
 *   pending  bit of a key: its field is not set yet; sheaf_row_fetch reads the value
 *   changed  bit of a key: its field was set since; sheaf_row_write takes it from there,
 *            and copies everything else
 *
 * Invariant: a key is never both pending and changed. Blocks are worked out from the text where
 * the row has none, so they are pending whenever the text is. */
#include "article/row_parts.h"

#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"

/* Numbers of those keys that are more than themselves, and of the text fields. */
enum { KEY_LANGUAGE = 15, KEY_CONFIDENCE = 16, KEY_TEXT = 22, KEY_BLOCKS = 23 };

static const unsigned char number_of[SHEAF_FIELD_COUNT] = {
    [SHEAF_FIELD_ID] = 0,
    [SHEAF_FIELD_URL] = 1,
    [SHEAF_FIELD_CANONICAL_URL] = 2,
    [SHEAF_FIELD_HEADLINE] = 3,
    [SHEAF_FIELD_ALTERNATIVE_HEADLINE] = 4,
    [SHEAF_FIELD_DESCRIPTION] = 5,
    [SHEAF_FIELD_BYLINE] = 6,
    [SHEAF_FIELD_PUBLISHER] = 9,
    [SHEAF_FIELD_PROVIDER] = 10,
    [SHEAF_FIELD_VIA] = 11,
    [SHEAF_FIELD_PUBLISHED] = 12,
    [SHEAF_FIELD_MODIFIED] = 13,
    [SHEAF_FIELD_RETRIEVED] = 14,
    [SHEAF_FIELD_LANGUAGE] = KEY_LANGUAGE,
    [SHEAF_FIELD_SECTION] = 17,
    [SHEAF_FIELD_TEXT] = KEY_TEXT,
};

static uint32_t bit(size_t number) {
    return (uint32_t)1 << number;
}

/* ---- fetching ----------------------------------------------------------------- */

static sheaf_slice value_of(const sheaf_row_view *view, size_t number) {
    return sheaf_slice_part(view->row, view->from[number], view->to[number]);
}

/* It was looked at, so nothing can be wrong with it. */
static void read_value(sheaf_article *article, size_t number) {
    sheaf_slice value = value_of(&article->view, number);
    const sheaf_row_key *key = &sheaf_row_keys[number];
    if (!key->read) {
        sheaf_slice raw = sheaf_slice_part(value, 1, value.size - 1);
        bool escaped = sheaf_slice_find_char(raw, 0, '\\') != SIZE_MAX;
        sheaf_json_token token = {.kind = SHEAF_JSON_STRING, .raw = raw, .escaped = escaped};
        article->field[key->field] = sheaf_json_text(&article->arena, &token);
        return;
    }
    sheaf_error error;
    sheaf_row_reader reader = {.article = article, .error = &error};
    sheaf_json_init(&reader.json, value, SHEAF_JSON_DEPTH_MAX);
    if (sheaf_json_next(&reader.json, &reader.token, &error) == SHEAF_OK)
        key->read(&reader, article);
}

static void fetch(sheaf_article *article, size_t number) {
    sheaf_row_view *view = &article->view;
    if (!(view->pending & bit(number)))
        return;
    if (number == KEY_BLOCKS)
        fetch(article, KEY_TEXT);
    view->pending &= ~bit(number);
    if (view->to[number])
        read_value(article, number);
    if (number != KEY_BLOCKS)
        return;
    sheaf_row_check_blocks(article);
    sheaf_article_derive_blocks(article);
}

void sheaf_row_fetch(sheaf_article *article, sheaf_field field) {
    if (article->view.pending && field < SHEAF_FIELD_COUNT)
        fetch(article, number_of[field]);
}

/* What is asked for by name is mostly the last one, attributes. */
static size_t number_by_name(sheaf_slice name) {
    const sheaf_row_key *key = sheaf_row_key_find(name, SHEAF_ROW_KEYS - 1);
    return key ? (size_t)(key - sheaf_row_keys) : SHEAF_ROW_KEYS;
}

void sheaf_row_fetch_key(sheaf_article *article, sheaf_slice name) {
    size_t number = article->view.pending ? number_by_name(name) : SHEAF_ROW_KEYS;
    if (number < SHEAF_ROW_KEYS)
        fetch(article, number);
}

void sheaf_row_fetch_all(sheaf_article *article) {
    for (size_t i = 0; i < SHEAF_ROW_KEYS && article->view.pending; i++)
        fetch(article, i);
}

void sheaf_row_return(sheaf_article *article) {
    sheaf_row_fetch_all(article);
    article->view.row = (sheaf_slice){0};
    article->view.changed = 0;
}

/* ---- changing ------------------------------------------------------------------- */

static void touch(sheaf_article *article, size_t number) {
    fetch(article, number);
    article->view.changed |= bit(number);
}

/* Another text has other blocks, and another language another confidence. */
void sheaf_row_touch(sheaf_article *article, sheaf_slice name) {
    size_t number = article->view.row.size ? number_by_name(name) : SHEAF_ROW_KEYS;
    if (number == SHEAF_ROW_KEYS)
        return;
    touch(article, number);
    if (number == KEY_TEXT)
        touch(article, KEY_BLOCKS);
    if (number == KEY_BLOCKS)
        fetch(article, KEY_TEXT);
    if (number == KEY_LANGUAGE)
        touch(article, KEY_CONFIDENCE);
}

/* ---- looking -------------------------------------------------------------------- */

/* The number of the key that stands at row[at], from first on; SHEAF_ROW_KEYS: none does. */
static size_t key_at(sheaf_slice row, size_t at, size_t first) {
    sheaf_slice rest = sheaf_slice_part(row, at, row.size);
    while (first < SHEAF_ROW_KEYS && !sheaf_slice_starts(rest, sheaf_row_keys[first].quoted))
        first++;
    return first;
}

/* The end of a value that is no text, or SIZE_MAX. Blocks are only followed to their end. */
static size_t part_end(sheaf_article *article, sheaf_slice row, size_t from, size_t number,
                       const sheaf_limits *limits) {
    sheaf_error error;
    sheaf_row_reader reader = {.article = article, .error = &error, .looks = true};
    sheaf_slice rest = sheaf_slice_part(row, from, row.size);
    if (rest.size == 0 || rest.data[0] == '\xEF') /* no mark of the byte order */
        return SIZE_MAX;
    sheaf_json_init(&reader.json, rest, limits->json_depth ? limits->json_depth - 1 : 0);
    sheaf_status status = sheaf_json_next(&reader.json, &reader.token, &error);
    if (!status && number == KEY_BLOCKS)
        status = sheaf_json_skip(&reader.json, &reader.token, NULL, &error);
    else if (!status)
        status = sheaf_row_keys[number].read(&reader, article);
    bool fine = !status && !reader.odd && !reader.json.spaced;
    if (!fine || !sheaf_json_is_plain(sheaf_slice_part(rest, 0, reader.json.at)))
        return SIZE_MAX;
    return from + reader.json.at;
}

/* The end of a text between quotes that is not empty, or SIZE_MAX. */
static size_t text_end(sheaf_slice row, size_t from) {
    if (from >= row.size || row.data[from] != '"')
        return SIZE_MAX;
    size_t end = sheaf_json_plain_end(row, from + 1);
    return end == SIZE_MAX || end == from + 1 ? SIZE_MAX : end + 1;
}

/* Finds all values; false when the row is not just as it would be written. */
static bool look(sheaf_article *article, sheaf_slice row, const sheaf_limits *limits) {
    sheaf_row_view *view = &article->view;
    size_t at = 1;
    for (size_t number = 0;; number++) {
        number = key_at(row, at, number);
        if (number == SHEAF_ROW_KEYS)
            return false;
        size_t from = at + sheaf_row_keys[number].quoted.size;
        size_t to = sheaf_row_keys[number].read ? part_end(article, row, from, number, limits)
                                                : text_end(row, from);
        if (to >= row.size)
            return false;
        view->from[number] = (uint32_t)from;
        view->to[number] = (uint32_t)to;
        view->pending |= bit(number);
        if (row.data[to] == '}')
            return to + 1 == row.size;
        if (row.data[to] != ',')
            return false;
        at = to + 1;
    }
}

/* Only the text tells whether blocks are as they would be written, so these are written. */
static bool blocks_alike(sheaf_article *article) {
    sheaf_buffer written = {0};
    fetch(article, KEY_BLOCKS);
    bool alike =
        sheaf_row_keys[KEY_BLOCKS].write(&written, article) && !written.failed &&
        sheaf_slice_equal(sheaf_buffer_view(&written), value_of(&article->view, KEY_BLOCKS));
    sheaf_buffer_clear(&written);
    return alike;
}

sheaf_status sheaf_row_lend(sheaf_article *article, sheaf_slice row, const sheaf_limits *limits,
                            sheaf_error *error) {
    sheaf_article_reset(article);
    sheaf_row_view *view = &article->view;
    bool begun = row.size > 2 && row.size < UINT32_MAX && row.data[0] == '{';
    if (!begun || !sheaf_utf8_valid(row) || !look(article, row, limits))
        return sheaf_row_read(article, row, limits, error);
    view->row = row;
    if (view->to[KEY_TEXT])
        view->pending |= bit(KEY_BLOCKS);
    if (view->to[KEY_BLOCKS] && !blocks_alike(article))
        return sheaf_row_read(article, row, limits, error);
    sheaf_row_fetch(article, SHEAF_FIELD_ID);
    if (article->arena.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return SHEAF_OK;
}
