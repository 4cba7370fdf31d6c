/* row.c - the canonical row, written and read.
 *
 * Each top-level key has one writer and one reader; a table in canonical order
 * holds them. Text fields share theirs. Of a row that is lent (row_view.c), what was not changed
 * is copied as it stands.
 *
 * A reader that only looks (reader->looks) sets nothing but tells, as reader->odd, whether what it
 * reads would be written just so. It may call odd what is not: that only costs time. */
#include "article/row_parts.h"

#include <stdlib.h>

#include "base/slice.h"
#include "base/status.h"

/* ---- writing ---------------------------------------------------------------- */

/* Writes "name": with a comma in front unless it is the first. */
static void member_name(sheaf_buffer *out, const char *name) {
    if (out->size && out->data[out->size - 1] != '{')
        sheaf_buffer_char(out, ',');
    sheaf_json_write(out, sheaf_slice_of(name));
    sheaf_buffer_char(out, ':');
}

static void member(sheaf_buffer *out, const char *name, sheaf_slice text) {
    if (text.size == 0)
        return;
    member_name(out, name);
    sheaf_json_write(out, text);
}

static void separate(sheaf_buffer *out, size_t index) {
    if (index > 0)
        sheaf_buffer_char(out, ',');
}

static void write_decimal(sheaf_buffer *out, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    sheaf_buffer_append(out, digits + at, sizeof digits - at);
}

static bool write_dateline(sheaf_buffer *out, const sheaf_article *article) {
    const sheaf_dateline *dateline = &article->dateline;
    if (!dateline->raw.size && !dateline->place.size && !dateline->date.size)
        return false;
    sheaf_buffer_char(out, '{');
    member(out, "raw", dateline->raw);
    member(out, "place", dateline->place);
    member(out, "date", dateline->date);
    member(out, "agency", dateline->agency);
    sheaf_buffer_char(out, '}');
    return true;
}

#define WRITE_LIST(function, list, each)                                                           \
    static bool function(sheaf_buffer *out, const sheaf_article *article) {                        \
        if (article->list.count == 0)                                                              \
            return false;                                                                          \
        sheaf_buffer_char(out, '[');                                                               \
        for (size_t i = 0; i < article->list.count; i++) {                                         \
            separate(out, i);                                                                      \
            each(out, &article->list.items[i]);                                                    \
        }                                                                                          \
        sheaf_buffer_char(out, ']');                                                               \
        return true;                                                                               \
    }

static void write_author(sheaf_buffer *out, const sheaf_author *author) {
    sheaf_buffer_char(out, '{');
    member(out, "name", author->name);
    member(out, "role", author->role);
    sheaf_buffer_char(out, '}');
}

static void write_string(sheaf_buffer *out, const sheaf_slice *text) {
    sheaf_json_write(out, *text);
}

static void write_image(sheaf_buffer *out, const sheaf_image *image) {
    sheaf_buffer_char(out, '{');
    member(out, "url", image->url);
    member(out, "caption", image->caption);
    member(out, "credit", image->credit);
    sheaf_buffer_char(out, '}');
}

static void write_link(sheaf_buffer *out, const sheaf_link *link) {
    sheaf_buffer_char(out, '{');
    member(out, "url", link->url);
    member(out, "text", link->text);
    sheaf_buffer_char(out, '}');
}

static void write_relation(sheaf_buffer *out, const sheaf_relation *relation) {
    sheaf_buffer_char(out, '{');
    member(out, "type", relation->type);
    member(out, "id", relation->id);
    sheaf_buffer_char(out, '}');
}

static void write_block(sheaf_buffer *out, const sheaf_block *block) {
    sheaf_buffer_char(out, '[');
    write_decimal(out, block->from);
    sheaf_buffer_char(out, ',');
    write_decimal(out, block->to);
    sheaf_buffer_char(out, ',');
    sheaf_json_write(out, sheaf_slice_of(sheaf_block_kind_names[block->kind]));
    if (block->source_to) {
        sheaf_buffer_char(out, ',');
        write_decimal(out, block->source_from);
        sheaf_buffer_char(out, ',');
        write_decimal(out, block->source_to);
    }
    sheaf_buffer_char(out, ']');
}

WRITE_LIST(write_authors, authors, write_author)
WRITE_LIST(write_keywords, keywords, write_string)
WRITE_LIST(write_images, images, write_image)
WRITE_LIST(write_links, links, write_link)
WRITE_LIST(write_relations, relations, write_relation)
WRITE_LIST(write_all_blocks, blocks, write_block)

static bool write_blocks(sheaf_buffer *out, const sheaf_article *article) {
    return !sheaf_article_blocks_are_plain(article) && write_all_blocks(out, article);
}

static bool write_attributes(sheaf_buffer *out, const sheaf_article *article) {
    if (article->attributes.count == 0)
        return false;
    sheaf_buffer_char(out, '{');
    for (size_t i = 0; i < article->attributes.count; i++) {
        separate(out, i);
        sheaf_json_write(out, article->attributes.items[i].name);
        sheaf_buffer_char(out, ':');
        sheaf_buffer_add(out, article->attributes.items[i].value);
    }
    sheaf_buffer_char(out, '}');
    return true;
}

static bool write_provenance(sheaf_buffer *out, const sheaf_article *article) {
    const sheaf_provenance *from = &article->provenance;
    if (!from->file.size && !from->sha256.size && !from->reader.size)
        return false;
    sheaf_buffer_char(out, '{');
    member(out, "file", from->file);
    member(out, "entry", from->entry);
    member(out, "sha256", from->sha256);
    if (from->to) {
        member_name(out, "from");
        write_decimal(out, from->from);
        member_name(out, "to");
        write_decimal(out, from->to);
    }
    member(out, "reader", from->reader);
    member(out, "tool", from->tool);
    member(out, "record", from->record);
    member(out, "digest", from->digest);
    sheaf_buffer_char(out, '}');
    return true;
}

static bool write_why(sheaf_buffer *out, const sheaf_article *article) {
    if (article->reasons.count == 0)
        return false;
    sheaf_buffer_char(out, '{');
    for (size_t i = 0; i < article->reasons.count; i++) {
        separate(out, i);
        sheaf_json_write(out, article->reasons.items[i].field);
        sheaf_buffer_char(out, ':');
        sheaf_json_write(out, article->reasons.items[i].rule);
    }
    sheaf_buffer_char(out, '}');
    return true;
}

static bool write_confidence(sheaf_buffer *out, const sheaf_article *article) {
    if (article->language_confidence <= 0)
        return false;
    unsigned thousandths = (unsigned)(article->language_confidence * 1000 + 0.5);
    char digits[] = {'0', '.', (char)('0' + thousandths / 100 % 10),
                     (char)('0' + thousandths / 10 % 10), (char)('0' + thousandths % 10)};
    size_t size = sizeof digits;
    while (size > 3 && digits[size - 1] == '0')
        size--;
    if (thousandths >= 1000)
        sheaf_buffer_char(out, '1');
    else
        sheaf_buffer_append(out, digits, size);
    return true;
}

/* ---- reading ---------------------------------------------------------------- */

static sheaf_status next(sheaf_row_reader *reader) {
    return sheaf_json_next(&reader->json, &reader->token, reader->error);
}

static sheaf_status skip(sheaf_row_reader *reader) {
    reader->odd = true;
    return sheaf_json_pass(&reader->json, &reader->token, reader->error);
}

/* A string into *(sheaf_slice *)into; other values are passed over. */
static sheaf_status read_string(sheaf_row_reader *reader, void *into) {
    if (reader->token.kind != SHEAF_JSON_STRING)
        return skip(reader);
    if (reader->looks) {
        reader->odd |= reader->token.raw.size == 0;
        *(sheaf_slice *)into = reader->token.raw;
        return SHEAF_OK;
    }
    *(sheaf_slice *)into = sheaf_json_text(&reader->article->arena, &reader->token);
    return SHEAF_OK;
}

static bool token_number(const sheaf_row_reader *reader, uint64_t *number) {
    sheaf_slice raw = reader->token.raw;
    *number = 0;
    if (reader->token.kind != SHEAF_JSON_NUMBER || raw.size > 19)
        return false;
    for (size_t i = 0; i < raw.size; i++) {
        if (!sheaf_is_digit(raw.data[i]))
            return false;
        *number = *number * 10 + (uint64_t)(raw.data[i] - '0');
    }
    return true;
}

static sheaf_status read_number(sheaf_row_reader *reader, void *into) {
    uint64_t number;
    if (!token_number(reader, &number))
        return skip(reader);
    reader->odd |= reader->token.raw.size > 1 && reader->token.raw.data[0] == '0';
    *(uint64_t *)into = number;
    return SHEAF_OK;
}

/* 1, or up to three digits behind the point and no 0 at their end. */
static sheaf_status look_at_confidence(sheaf_row_reader *reader) {
    sheaf_slice raw = reader->token.raw;
    bool part = raw.size >= 3 && raw.size <= 5 && raw.data[0] == '0' && raw.data[1] == '.';
    for (size_t i = 2; i < raw.size && part; i++)
        part = sheaf_is_digit(raw.data[i]);
    reader->odd |= !sheaf_slice_is(raw, "1") && (!part || raw.data[raw.size - 1] == '0');
    return SHEAF_OK;
}

static sheaf_status read_confidence(sheaf_row_reader *reader, void *into) {
    sheaf_article *article = into;
    char digits[32];
    if (reader->token.kind != SHEAF_JSON_NUMBER || reader->token.raw.size >= sizeof digits)
        return skip(reader);
    memcpy(digits, reader->token.raw.data, reader->token.raw.size);
    digits[reader->token.raw.size] = '\0';
    if (reader->looks)
        return look_at_confidence(reader);
    double value = strtod(digits, NULL);
    article->language_confidence = value >= 0 && value <= 1 ? value : 0;
    return SHEAF_OK;
}

typedef struct member_reader {
    const char *name;
    sheaf_value_reader read;
    size_t offset;
} member_reader;

/* Reads an object by a table of its members, in the order in which they are written; unknown ones
 * are passed over. */
static sheaf_status read_object(sheaf_row_reader *reader, const member_reader *members,
                                size_t count, void *into) {
    size_t expected = 0;
    if (reader->token.kind != SHEAF_JSON_OBJECT)
        return skip(reader);
    for (;;) {
        sheaf_status status = next(reader);
        if (status || reader->token.kind == SHEAF_JSON_OBJECT_END)
            return status;
        size_t i = expected;
        while (i < count && !sheaf_json_is(&reader->token, members[i].name))
            i++;
        if (i == count && expected > 0) { /* not behind the one before */
            reader->odd = true;
            for (i = 0; i < expected && !sheaf_json_is(&reader->token, members[i].name);)
                i++;
            i = i < expected ? i : count;
        }
        expected = i < count ? i + 1 : expected;
        if (i == count) {
            status = skip(reader);
        } else {
            status = next(reader);
            if (!status)
                status = members[i].read(reader, (char *)into + members[i].offset);
        }
        if (status)
            return status;
    }
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static sheaf_status read_dateline(sheaf_row_reader *reader, void *into) {
    static const member_reader members[] = {
        {"raw", read_string, offsetof(sheaf_dateline, raw)},
        {"place", read_string, offsetof(sheaf_dateline, place)},
        {"date", read_string, offsetof(sheaf_dateline, date)},
        {"agency", read_string, offsetof(sheaf_dateline, agency)}};
    sheaf_article *article = into;
    sheaf_dateline seen = {0};
    sheaf_status status =
        read_object(reader, members, COUNT(members), reader->looks ? &seen : &article->dateline);
    reader->odd |= reader->looks && !seen.raw.size && !seen.place.size && !seen.date.size;
    return status;
}

static sheaf_status read_provenance(sheaf_row_reader *reader, void *into) {
    static const member_reader members[] = {
        {"file", read_string, offsetof(sheaf_provenance, file)},
        {"entry", read_string, offsetof(sheaf_provenance, entry)},
        {"sha256", read_string, offsetof(sheaf_provenance, sha256)},
        {"from", read_number, offsetof(sheaf_provenance, from)},
        {"to", read_number, offsetof(sheaf_provenance, to)},
        {"reader", read_string, offsetof(sheaf_provenance, reader)},
        {"tool", read_string, offsetof(sheaf_provenance, tool)},
        {"record", read_string, offsetof(sheaf_provenance, record)},
        {"digest", read_string, offsetof(sheaf_provenance, digest)}};
    sheaf_article *article = into;
    sheaf_provenance seen = {.from = UINT64_MAX, .to = UINT64_MAX};
    sheaf_status status =
        read_object(reader, members, COUNT(members), reader->looks ? &seen : &article->provenance);
    bool ranged = seen.from < UINT64_MAX && seen.to > 0 && seen.to < UINT64_MAX;
    bool placed = ranged || (seen.from == UINT64_MAX && seen.to == UINT64_MAX);
    bool written = seen.file.size || seen.sha256.size || seen.reader.size;
    reader->odd |= reader->looks && (!placed || !written);
    return status;
}

/* Reads an array, each element by a statement that uses reader. */
#define READ_LIST(function, each)                                                                  \
    static sheaf_status function(sheaf_row_reader *reader, void *into) {                           \
        sheaf_article *article = into;                                                             \
        if (reader->token.kind != SHEAF_JSON_ARRAY)                                                \
            return skip(reader);                                                                   \
        for (size_t i = 0;; i++) {                                                                 \
            sheaf_status status = next(reader);                                                    \
            if (status || reader->token.kind == SHEAF_JSON_ARRAY_END) {                            \
                reader->odd |= i == 0;                                                             \
                return status;                                                                     \
            }                                                                                      \
            status = each(reader, article);                                                        \
            if (status)                                                                            \
                return status;                                                                     \
        }                                                                                          \
    }

#define READ_ELEMENT(function, type, list, needed, ...)                                            \
    static sheaf_status function(sheaf_row_reader *reader, sheaf_article *article) {               \
        static const member_reader members[] = {__VA_ARGS__};                                      \
        type item = {0};                                                                           \
        sheaf_status status = read_object(reader, members, COUNT(members), &item);                 \
        reader->odd |= !(needed);                                                                  \
        if (!status && (needed) && !reader->looks)                                                 \
            SHEAF_LIST_ADD(article, list, item);                                                   \
        return status;                                                                             \
    }

READ_ELEMENT(read_author, sheaf_author, authors, item.name.size,
             {"name", read_string, offsetof(sheaf_author, name)},
             {"role", read_string, offsetof(sheaf_author, role)})
READ_ELEMENT(read_image, sheaf_image, images,
             item.url.size || item.caption.size || item.credit.size,
             {"url", read_string, offsetof(sheaf_image, url)},
             {"caption", read_string, offsetof(sheaf_image, caption)},
             {"credit", read_string, offsetof(sheaf_image, credit)})
READ_ELEMENT(read_link, sheaf_link, links, item.url.size,
             {"url", read_string, offsetof(sheaf_link, url)},
             {"text", read_string, offsetof(sheaf_link, text)})
READ_ELEMENT(read_relation, sheaf_relation, relations, item.type.size,
             {"type", read_string, offsetof(sheaf_relation, type)},
             {"id", read_string, offsetof(sheaf_relation, id)})

static sheaf_status read_keyword(sheaf_row_reader *reader, sheaf_article *article) {
    sheaf_slice keyword = {0};
    sheaf_status status = read_string(reader, &keyword);
    if (!status && keyword.size && !reader->looks)
        SHEAF_LIST_ADD(article, keywords, keyword);
    return status;
}

static sheaf_block_kind kind_by_name(const sheaf_json_token *token) {
    int i = 0;
    while (i < SHEAF_BLOCK_KIND_COUNT && !sheaf_json_is(token, sheaf_block_kind_names[i]))
        i++;
    return i < SHEAF_BLOCK_KIND_COUNT ? (sheaf_block_kind)i : SHEAF_BLOCK_PARAGRAPH;
}

/* [from, to, kind] or [from, to, kind, source_from, source_to] */
static sheaf_status read_block(sheaf_row_reader *reader, sheaf_article *article) {
    uint64_t number[4] = {0};
    size_t numbers = 0;
    sheaf_block block = {.kind = SHEAF_BLOCK_PARAGRAPH};
    if (reader->token.kind != SHEAF_JSON_ARRAY)
        return skip(reader);
    for (;;) {
        sheaf_status status = next(reader);
        if (status)
            return status;
        if (reader->token.kind == SHEAF_JSON_ARRAY_END)
            break;
        if (reader->token.kind == SHEAF_JSON_STRING)
            block.kind = kind_by_name(&reader->token);
        else if (numbers < 4 && token_number(reader, &number[numbers]))
            numbers++;
        else if ((status = skip(reader)) != SHEAF_OK)
            return status;
    }
    block.from = (size_t)number[0];
    block.to = (size_t)number[1];
    block.source_from = number[2];
    block.source_to = number[3];
    SHEAF_LIST_ADD(article, blocks, block);
    return SHEAF_OK;
}

READ_LIST(read_authors, read_author)
READ_LIST(read_images, read_image)
READ_LIST(read_links, read_link)
READ_LIST(read_relations, read_relation)
READ_LIST(read_keywords, read_keyword)
READ_LIST(read_blocks, read_block)

static void put_attribute(sheaf_article *article, sheaf_slice key, sheaf_slice raw) {
    sheaf_attribute attribute = {key, sheaf_arena_copy(&article->arena, raw)};
    SHEAF_LIST_ADD(article, attributes, attribute);
}

static void put_reason(sheaf_article *article, sheaf_slice key, sheaf_slice raw) {
    sheaf_json_token token = {.raw = sheaf_slice_part(raw, 1, raw.size ? raw.size - 1 : 0),
                              .escaped = sheaf_slice_find_char(raw, 0, '\\') != SIZE_MAX};
    sheaf_reason reason = {key, sheaf_json_text(&article->arena, &token)};
    if (raw.data[0] == '"')
        SHEAF_LIST_ADD(article, reasons, reason);
}

/* {"name": value, …}: calls put with each key and its raw value. */
static sheaf_status read_pairs(sheaf_row_reader *reader,
                               void (*put)(sheaf_article *, sheaf_slice key, sheaf_slice raw)) {
    if (reader->token.kind != SHEAF_JSON_OBJECT)
        return skip(reader);
    for (size_t i = 0;; i++) {
        sheaf_slice raw;
        sheaf_status status = next(reader);
        if (status || reader->token.kind == SHEAF_JSON_OBJECT_END) {
            reader->odd |= i == 0;
            return status;
        }
        sheaf_json_token name = reader->token;
        status = sheaf_json_skip(&reader->json, &reader->token, &raw, reader->error);
        if (status)
            return status;
        reader->odd |= put == put_reason && raw.data[0] != '"';
        if (!reader->looks)
            put(reader->article, sheaf_json_text(&reader->article->arena, &name), raw);
    }
}

static sheaf_status read_attributes(sheaf_row_reader *reader, void *into) {
    (void)into;
    return read_pairs(reader, put_attribute);
}

static sheaf_status read_why(sheaf_row_reader *reader, void *into) {
    (void)into;
    return read_pairs(reader, put_reason);
}

/* ---- the table of keys -------------------------------------------------------- */

#define KEY(name) SLICE("\"" name "\":")
#define TEXT(upper, lower)                                                                         \
    { KEY(#lower), SHEAF_FIELD_##upper, NULL, NULL }
#define PART(name, write, read)                                                                    \
    { KEY(name), SHEAF_FIELD_COUNT, write, read }
const sheaf_row_key sheaf_row_keys[SHEAF_ROW_KEYS] = {
    TEXT(ID, id),
    TEXT(URL, url),
    TEXT(CANONICAL_URL, canonical_url),
    TEXT(HEADLINE, headline),
    TEXT(ALTERNATIVE_HEADLINE, alternative_headline),
    TEXT(DESCRIPTION, description),
    TEXT(BYLINE, byline),
    PART("authors", write_authors, read_authors),
    PART("dateline", write_dateline, read_dateline),
    TEXT(PUBLISHER, publisher),
    TEXT(PROVIDER, provider),
    TEXT(VIA, via),
    TEXT(PUBLISHED, published),
    TEXT(MODIFIED, modified),
    TEXT(RETRIEVED, retrieved),
    TEXT(LANGUAGE, language),
    PART("language_confidence", write_confidence, read_confidence),
    TEXT(SECTION, section),
    PART("keywords", write_keywords, read_keywords),
    PART("images", write_images, read_images),
    PART("links", write_links, read_links),
    PART("relations", write_relations, read_relations),
    TEXT(TEXT, text),
    PART("blocks", write_blocks, read_blocks),
    PART("provenance", write_provenance, read_provenance),
    PART("why", write_why, read_why),
    PART("attributes", write_attributes, read_attributes)};

/* Does what the lent row says still hold for the key of that number? */
static bool is_copied(const sheaf_article *article, size_t number) {
    return article->view.row.size && !(article->view.changed >> number & 1);
}

static bool copy_value(sheaf_buffer *out, const sheaf_row_view *view, size_t number) {
    sheaf_buffer_add(out, sheaf_slice_part(view->row, view->from[number], view->to[number]));
    return view->to[number] > 0;
}

/* Writes the value of key; false, with nothing written, when it is not set. */
static bool write_value(sheaf_buffer *out, const sheaf_article *article, const sheaf_row_key *key) {
    size_t number = (size_t)(key - sheaf_row_keys);
    if (is_copied(article, number))
        return copy_value(out, &article->view, number);
    if (key->field == SHEAF_FIELD_COUNT)
        return key->write(out, article);
    if (article->field[key->field].size == 0)
        return false;
    sheaf_json_write(out, article->field[key->field]);
    return true;
}

/* Is it known at once that the key has no value? */
static bool is_missing(const sheaf_article *article, size_t number) {
    sheaf_field field = sheaf_row_keys[number].field;
    if (is_copied(article, number))
        return article->view.to[number] == 0;
    return field != SHEAF_FIELD_COUNT && article->field[field].size == 0;
}

static void write_keys(sheaf_buffer *out, const sheaf_article *article) {
    sheaf_buffer_char(out, '{');
    size_t start = out->size;
    for (size_t i = 0; i < SHEAF_ROW_KEYS; i++) {
        size_t before = out->size;
        if (is_missing(article, i))
            continue;
        if (out->size > start)
            sheaf_buffer_char(out, ',');
        sheaf_buffer_add(out, sheaf_row_keys[i].quoted);
        if (!write_value(out, article, &sheaf_row_keys[i]))
            out->size = before;
    }
    sheaf_buffer_char(out, '}');
}

void sheaf_row_write(sheaf_buffer *out, const sheaf_article *article) {
    if (article->view.row.size && !article->view.changed)
        sheaf_buffer_add(out, article->view.row);
    else
        write_keys(out, article);
}

const sheaf_row_key *sheaf_row_key_find(sheaf_slice name, size_t first) {
    for (size_t i = 0; i < SHEAF_ROW_KEYS; i++, first++) {
        const sheaf_row_key *key =
            &sheaf_row_keys[first < SHEAF_ROW_KEYS ? first : first - SHEAF_ROW_KEYS];
        if (sheaf_slice_equal(name, sheaf_slice_part(key->quoted, 1, key->quoted.size - 2)))
            return key;
    }
    return NULL;
}

bool sheaf_row_write_key(sheaf_buffer *out, const sheaf_article *article, sheaf_slice name) {
    const sheaf_row_key *key = sheaf_row_key_find(name, 0);
    if (!key)
        return false;
    if (!write_value(out, article, key))
        sheaf_buffer_add(out, SLICE("null"));
    return true;
}

void sheaf_row_check_blocks(sheaf_article *article) {
    sheaf_slice text = article->field[SHEAF_FIELD_TEXT];
    size_t kept = 0;
    size_t behind = 0;
    for (size_t i = 0; i < article->blocks.count; i++) {
        sheaf_block block = article->blocks.items[i];
        bool inside = block.from >= behind && block.from < block.to && block.to <= text.size;
        bool whole = inside && ((unsigned char)text.data[block.from] & 0xC0) != 0x80 &&
                     (block.to == text.size || ((unsigned char)text.data[block.to] & 0xC0) != 0x80);
        if (!whole)
            continue;
        behind = block.to;
        article->blocks.items[kept++] = block;
    }
    article->blocks.count = kept;
}

sheaf_status sheaf_row_read(sheaf_article *article, sheaf_slice row, const sheaf_limits *limits,
                            sheaf_error *error) {
    sheaf_row_reader reader = {.article = article, .error = error};
    size_t expected = 0;
    sheaf_article_reset(article);
    sheaf_json_init(&reader.json, row, limits->json_depth);
    sheaf_status status = next(&reader);
    if (!status && reader.token.kind != SHEAF_JSON_OBJECT)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "a row must be a JSON object");
    while (!status && (status = next(&reader)) == SHEAF_OK && reader.token.kind == SHEAF_JSON_KEY) {
        const sheaf_row_key *key = sheaf_row_key_find(reader.token.raw, expected);
        expected = key ? (size_t)(key - sheaf_row_keys) + 1 : expected;
        if (!key)
            status = skip(&reader);
        else if ((status = next(&reader)) == SHEAF_OK)
            status = key->read ? key->read(&reader, article)
                               : read_string(&reader, &article->field[key->field]);
    }
    if (status)
        return status;
    sheaf_row_check_blocks(article);
    sheaf_article_derive_blocks(article);
    if (article->arena.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return SHEAF_OK;
}
