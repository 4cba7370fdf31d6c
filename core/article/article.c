/* article.c - building a record, and the last step that every reader takes. */
#include "article/article.h"

#include <stdio.h>

#include "article/row.h"
#include "article/url.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/language.h"

const char *const sheaf_field_names[SHEAF_FIELD_COUNT] = {
#define X(upper, lower) #lower,
    SHEAF_FIELDS(X)
#undef X
};

const char *const sheaf_block_kind_names[SHEAF_BLOCK_KIND_COUNT] = {
#define X(name, json) json,
    SHEAF_BLOCK_KINDS(X)
#undef X
};

sheaf_field sheaf_field_by_name(sheaf_slice name) {
    int i = 0;
    while (i < SHEAF_FIELD_COUNT && !sheaf_slice_is(name, sheaf_field_names[i]))
        i++;
    return (sheaf_field)i;
}

void sheaf_article_init(sheaf_article *article) {
    *article = (sheaf_article){0};
}

void sheaf_article_reset(sheaf_article *article) {
    sheaf_arena arena = article->arena;
    sheaf_arena_reset(&arena);
    *article = (sheaf_article){.arena = arena};
}

void sheaf_article_clear(sheaf_article *article) {
    sheaf_arena_clear(&article->arena);
    sheaf_article_init(article);
}

sheaf_article *sheaf_article_new(void) {
    sheaf_article *article = sheaf_malloc(sizeof *article);
    if (article)
        sheaf_article_init(article);
    return article;
}

void sheaf_article_free(sheaf_article *article) {
    if (article)
        sheaf_article_clear(article);
    sheaf_free(article);
}

sheaf_slice sheaf_article_field(const sheaf_article *article, sheaf_field field) {
    return field < SHEAF_FIELD_COUNT ? article->field[field] : (sheaf_slice){0};
}

void sheaf_article_set(sheaf_article *article, sheaf_field field, sheaf_slice value) {
    article->field[field] = sheaf_arena_copy(&article->arena, value);
}

/* Trimmed, each run of white space one blank. */
static sheaf_slice fold_space(sheaf_arena *arena, sheaf_slice text) {
    text = sheaf_slice_trim(text);
    char *out = sheaf_arena_alloc(arena, text.size + 1);
    size_t size = 0;
    if (!out)
        return (sheaf_slice){0};
    for (size_t i = 0; i < text.size; i++) {
        bool space = sheaf_is_space(text.data[i]);
        if (!space || (size > 0 && out[size - 1] != ' '))
            out[size++] = space ? ' ' : text.data[i];
    }
    out[size] = '\0';
    return (sheaf_slice){out, size};
}

void sheaf_article_reason(sheaf_article *article, const char *field, const char *rule) {
    sheaf_slice copy = sheaf_arena_copy(&article->arena, sheaf_slice_of(rule));
    for (size_t i = 0; i < article->reasons.count; i++) {
        if (sheaf_slice_is(article->reasons.items[i].field, field)) {
            article->reasons.items[i].rule = copy;
            return;
        }
    }
    sheaf_reason reason = {sheaf_arena_copy(&article->arena, sheaf_slice_of(field)), copy};
    SHEAF_LIST_ADD(article, reasons, reason);
}

void sheaf_article_win(sheaf_article *article, sheaf_field field, sheaf_slice value,
                       const char *rule) {
    sheaf_slice folded = fold_space(&article->arena, value);
    if (folded.size == 0)
        return;
    article->field[field] = folded;
    if (rule)
        sheaf_article_reason(article, sheaf_field_names[field], rule);
}

void sheaf_article_add_author(sheaf_article *article, sheaf_slice name, sheaf_slice role) {
    sheaf_author author = {fold_space(&article->arena, name), fold_space(&article->arena, role)};
    if (author.name.size)
        SHEAF_LIST_ADD(article, authors, author);
}

void sheaf_article_add_keyword(sheaf_article *article, sheaf_slice keyword) {
    sheaf_slice folded = fold_space(&article->arena, keyword);
    if (folded.size == 0)
        return;
    for (size_t i = 0; i < article->keywords.count; i++) {
        if (sheaf_slice_equal(article->keywords.items[i], folded))
            return;
    }
    SHEAF_LIST_ADD(article, keywords, folded);
}

void sheaf_article_add_image(sheaf_article *article, sheaf_slice url, sheaf_slice caption,
                             sheaf_slice credit) {
    sheaf_image image = {sheaf_arena_copy(&article->arena, sheaf_slice_trim(url)),
                         fold_space(&article->arena, caption), fold_space(&article->arena, credit)};
    if (image.url.size || image.caption.size || image.credit.size)
        SHEAF_LIST_ADD(article, images, image);
}

void sheaf_article_add_link(sheaf_article *article, sheaf_slice url, sheaf_slice text) {
    sheaf_link link = {sheaf_arena_copy(&article->arena, sheaf_slice_trim(url)),
                       fold_space(&article->arena, text)};
    if (link.url.size)
        SHEAF_LIST_ADD(article, links, link);
}

void sheaf_article_set_attribute(sheaf_article *article, sheaf_slice name, sheaf_slice json) {
    sheaf_row_touch(article, SLICE("attributes"));
    sheaf_slice value = sheaf_arena_copy(&article->arena, json);
    for (size_t i = 0; i < article->attributes.count; i++) {
        if (sheaf_slice_equal(article->attributes.items[i].name, name)) {
            article->attributes.items[i].value = value;
            return;
        }
    }
    sheaf_attribute attribute = {sheaf_arena_copy(&article->arena, name), value};
    SHEAF_LIST_ADD(article, attributes, attribute);
}

void sheaf_article_drop_attribute(sheaf_article *article, sheaf_slice name) {
    sheaf_row_fetch_key(article, SLICE("attributes"));
    for (size_t i = 0; i < article->attributes.count; i++) {
        if (!sheaf_slice_equal(article->attributes.items[i].name, name))
            continue;
        sheaf_row_touch(article, SLICE("attributes"));
        sheaf_attribute *item = &article->attributes.items[i];
        memmove(item, item + 1, (--article->attributes.count - i) * sizeof *item);
        return;
    }
}

sheaf_slice sheaf_article_attribute(const sheaf_article *article, sheaf_slice name) {
    for (size_t i = 0; i < article->attributes.count; i++) {
        if (sheaf_slice_equal(article->attributes.items[i].name, name))
            return article->attributes.items[i].value;
    }
    return (sheaf_slice){0};
}

void sheaf_article_set_blocks(sheaf_article *article, const sheaf_block_text *blocks,
                              size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += blocks[i].text.size + 2;
    char *text = sheaf_arena_alloc(&article->arena, size + 1);
    sheaf_block *items = sheaf_arena_zero(&article->arena, count, sizeof *items);
    if (!text || !items)
        return;
    size_t at = 0;
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].text.size == 0)
            continue;
        if (at > 0) {
            memcpy(text + at, "\n\n", 2);
            at += 2;
        }
        memcpy(text + at, blocks[i].text.data, blocks[i].text.size);
        items[made++] = (sheaf_block){at, at + blocks[i].text.size, blocks[i].kind,
                                      blocks[i].source_from, blocks[i].source_to};
        at += blocks[i].text.size;
    }
    text[at] = '\0';
    article->field[SHEAF_FIELD_TEXT] = (sheaf_slice){text, at};
    article->blocks.items = items;
    article->blocks.count = article->blocks.capacity = made;
}

/* Offset of the first LF that another follows, or SIZE_MAX: memchr is many
 * times as fast as a search for two bytes. */
static size_t find_blank_line(sheaf_slice text, size_t from) {
    size_t at = sheaf_slice_find_char(text, from, '\n');
    while (at != SIZE_MAX && (at + 1 >= text.size || text.data[at + 1] != '\n'))
        at = sheaf_slice_find_char(text, at + 1, '\n');
    return at;
}

/* The next stretch of text between blank lines. */
static bool next_paragraph(sheaf_slice text, size_t *at, size_t *from, size_t *to) {
    while (*at < text.size && text.data[*at] == '\n')
        ++*at;
    if (*at >= text.size)
        return false;
    *from = *at;
    size_t end = find_blank_line(text, *at);
    *to = *at = end == SIZE_MAX ? text.size : end;
    while (*to > *from && text.data[*to - 1] == '\n')
        --*to;
    return true;
}

void sheaf_article_derive_blocks(sheaf_article *article) {
    sheaf_slice text = article->field[SHEAF_FIELD_TEXT];
    sheaf_block block = {.kind = SHEAF_BLOCK_PARAGRAPH};
    size_t at = 0;
    if (article->blocks.count)
        return;
    while (next_paragraph(text, &at, &block.from, &block.to))
        SHEAF_LIST_ADD(article, blocks, block);
}

bool sheaf_article_blocks_are_plain(const sheaf_article *article) {
    sheaf_slice text = article->field[SHEAF_FIELD_TEXT];
    size_t at = 0;
    size_t from;
    size_t to;
    size_t i = 0;
    for (; next_paragraph(text, &at, &from, &to); i++) {
        if (i >= article->blocks.count)
            return i == 0;
        const sheaf_block *block = &article->blocks.items[i];
        if (block->from != from || block->to != to || block->kind != SHEAF_BLOCK_PARAGRAPH ||
            block->source_to)
            return false;
    }
    return i == article->blocks.count;
}

/* ---- finishing ------------------------------------------------------------ */

/* Mended UTF-8 in NFC; the slice itself when it is that already. */
static sheaf_slice clean(sheaf_arena *arena, sheaf_slice text) {
    sheaf_buffer mended = {0};
    sheaf_buffer composed = {0};
    if (sheaf_nfc_sure(text) && sheaf_utf8_valid(text))
        return text;
    sheaf_utf8_repair(&mended, text);
    sheaf_nfc(&composed, sheaf_buffer_view(&mended));
    sheaf_slice copy = sheaf_arena_copy(arena, sheaf_buffer_view(&composed));
    if (mended.failed || composed.failed)
        arena->failed = true;
    sheaf_buffer_clear(&mended);
    sheaf_buffer_clear(&composed);
    return copy;
}

static void clean_field(sheaf_article *article, sheaf_slice *field, const char *name,
                        size_t limit) {
    if (field->size == 0)
        return;
    *field = clean(&article->arena, *field);
    if (field->size <= limit)
        return;
    *field = sheaf_utf8_prefix(*field, limit);
    char rule[80];
    snprintf(rule, sizeof rule, "cut at the limit of %zu bytes", limit);
    sheaf_article_reason(article, name, rule);
}

/* Cleans the text block by block, since NFC moves offsets. */
static void clean_text(sheaf_article *article, const sheaf_limits *limits) {
    sheaf_slice *text = &article->field[SHEAF_FIELD_TEXT];
    if (article->blocks.count == 0 || (sheaf_nfc_sure(*text) && sheaf_utf8_valid(*text))) {
        clean_field(article, text, "text", limits->text_bytes);
        return;
    }
    size_t count = article->blocks.count;
    sheaf_block_text *parts = sheaf_arena_zero(&article->arena, count, sizeof *parts);
    if (!parts)
        return;
    for (size_t i = 0; i < count; i++) {
        const sheaf_block *block = &article->blocks.items[i];
        parts[i] = (sheaf_block_text){
            clean(&article->arena, sheaf_slice_part(*text, block->from, block->to)), block->kind,
            block->source_from, block->source_to};
    }
    sheaf_article_set_blocks(article, parts, count);
    clean_field(article, text, "text", limits->text_bytes);
}

/* Drops blocks that reach beyond the text or there are too many of. */
static void trim_blocks(sheaf_article *article, const sheaf_limits *limits) {
    size_t size = article->field[SHEAF_FIELD_TEXT].size;
    size_t kept = 0;
    size_t behind = 0;
    for (size_t i = 0; i < article->blocks.count && kept < limits->block_items; i++) {
        sheaf_block block = article->blocks.items[i];
        if (block.to > size)
            block.to = size;
        if (block.from < behind || block.from >= block.to)
            continue;
        behind = block.to;
        article->blocks.items[kept++] = block;
    }
    article->blocks.count = kept;
}

#define EACH(list, item) for (size_t item = 0; item < article->list.count; item++)
#define CAP_LIST(list)                                                                             \
    if (article->list.count > limits->list_items)                                                  \
    article->list.count = limits->list_items
#define CLEAN(slice, name) clean_field(article, &(slice), name, limits->field_bytes)

static void clean_lists(sheaf_article *article, const sheaf_limits *limits) {
    CAP_LIST(authors);
    CAP_LIST(keywords);
    CAP_LIST(images);
    CAP_LIST(links);
    CAP_LIST(relations);
    CAP_LIST(attributes);
    EACH(authors, i) {
        CLEAN(article->authors.items[i].name, "authors");
        CLEAN(article->authors.items[i].role, "authors");
    }
    EACH(keywords, i) CLEAN(article->keywords.items[i], "keywords");
    EACH(images, i) {
        CLEAN(article->images.items[i].url, "images");
        CLEAN(article->images.items[i].caption, "images");
        CLEAN(article->images.items[i].credit, "images");
    }
    EACH(links, i) {
        CLEAN(article->links.items[i].url, "links");
        CLEAN(article->links.items[i].text, "links");
    }
    EACH(relations, i) {
        CLEAN(article->relations.items[i].type, "relations");
        CLEAN(article->relations.items[i].id, "relations");
    }
}

static void clean_all(sheaf_article *article, const sheaf_limits *limits) {
    for (int i = 0; i < SHEAF_FIELD_COUNT; i++) {
        if (i != SHEAF_FIELD_TEXT)
            CLEAN(article->field[i], sheaf_field_names[i]);
    }
    CLEAN(article->dateline.raw, "dateline");
    CLEAN(article->dateline.place, "dateline");
    CLEAN(article->dateline.date, "dateline");
    CLEAN(article->dateline.agency, "dateline");
    CLEAN(article->provenance.file, "provenance");
    CLEAN(article->provenance.entry, "provenance");
    CLEAN(article->provenance.record, "provenance");
    CLEAN(article->provenance.digest, "provenance");
    clean_lists(article, limits);
    clean_text(article, limits);
    trim_blocks(article, limits);
}

/* id: the first 16 digits of the SHA-256 of the source bytes; for the second
 * and further articles out of the same bytes, of that digest and the number. */
static void identify(sheaf_article *article, sheaf_slice source, uint64_t ordinal) {
    uint8_t digest[SHEAF_SHA256_SIZE];
    char hex[SHEAF_SHA256_HEX + 1];
    char numbered[SHEAF_SHA256_HEX + 32];
    sheaf_sha256(source, digest);
    sheaf_hex(hex, digest, sizeof digest);
    article->provenance.sha256 = sheaf_arena_copy(&article->arena, sheaf_slice_of(hex));
    article->provenance.tool = SLICE("sheaf " SHEAF_VERSION);
    if (ordinal > 0) {
        snprintf(numbered, sizeof numbered, "%s#%llu", hex, (unsigned long long)ordinal);
        sheaf_sha256(sheaf_slice_of(numbered), digest);
        sheaf_hex(hex, digest, sizeof digest);
    }
    sheaf_article_set(article, SHEAF_FIELD_ID, sheaf_slice_from(hex, 16));
}

static void normalise_url(sheaf_article *article, sheaf_field field) {
    if (article->field[field].size)
        article->field[field] = sheaf_url_normalise(&article->arena, article->field[field]);
}

static void recognise_language(sheaf_article *article) {
    if (article->field[SHEAF_FIELD_LANGUAGE].size)
        return;
    sheaf_slice text = article->field[SHEAF_FIELD_TEXT];
    if (text.size == 0)
        text = article->field[SHEAF_FIELD_HEADLINE];
    double confidence;
    const char *tag = sheaf_language_of(text, &confidence);
    article->field[SHEAF_FIELD_LANGUAGE] = sheaf_slice_of(tag);
    article->language_confidence = confidence;
}

sheaf_status sheaf_article_finish(sheaf_article *article, sheaf_slice source, uint64_t ordinal,
                                  const sheaf_limits *limits, sheaf_error *error) {
    clean_all(article, limits);
    normalise_url(article, SHEAF_FIELD_URL);
    normalise_url(article, SHEAF_FIELD_CANONICAL_URL);
    sheaf_article_derive_blocks(article);
    recognise_language(article);
    if (article->provenance.sha256.size == 0 || article->field[SHEAF_FIELD_ID].size == 0)
        identify(article, source, ordinal);
    if (article->arena.failed)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (!article->field[SHEAF_FIELD_TEXT].size && !article->field[SHEAF_FIELD_HEADLINE].size)
        return sheaf_fail(error, SHEAF_BAD_INPUT, "neither text nor headline");
    return SHEAF_OK;
}
