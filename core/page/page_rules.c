/* page_rules.c - the rules of sites, put together and applied to a page.
 *
 * Everything but the compiled selectors lives in the arena of the set. Hosts lie in
 * one map; a host is looked for as it is, then without its first label, and so
 * on: news.example.com, example.com, com. */
#include "page/page_rules.h"

#include "article/credit.h"
#include "article/date.h"
#include "article/url.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"

enum { HOST_BYTES = 253, VALUE_BYTES = 64 << 10 };

typedef struct selector_list {
    sheaf_selector **items;
    size_t count;
    size_t capacity;
} selector_list;

/* One place that a field may come from. */
typedef struct source {
    sheaf_selector *selector;
    sheaf_slice attribute; /* empty: its text */
    struct source *next;
} source;

typedef struct field_rule {
    const struct field_kind *kind;
    source *sources;
    size_t source_count;
    struct field_rule *next;
} field_rule;

struct sheaf_page_rule {
    sheaf_arena *arena; /* of the set */
    sheaf_slice name;
    const char *reason; /* "rule of NAME" */
    selector_list verdicts[SHEAF_PAGE_RULE_COUNT];
    size_t selector_count; /* of all verdicts */
    size_t compound_count; /* of all selectors, those of fields too */
    field_rule *fields;
    sheaf_page_rule *next;
};

struct sheaf_page_rules {
    sheaf_arena arena;
    sheaf_map hosts;
    sheaf_page_rule **sites; /* by the number in hosts */
    size_t count;
    size_t capacity;
};

sheaf_page_rules *sheaf_page_rules_new(void) {
    return sheaf_calloc(1, sizeof(sheaf_page_rules));
}

static void free_site(sheaf_page_rule *site) {
    for (size_t i = 0; i < SHEAF_PAGE_RULE_COUNT; i++) {
        for (size_t j = 0; j < site->verdicts[i].count; j++)
            sheaf_selector_free(site->verdicts[i].items[j]);
    }
    for (field_rule *rule = site->fields; rule; rule = rule->next) {
        for (source *from = rule->sources; from; from = from->next)
            sheaf_selector_free(from->selector);
    }
}

void sheaf_page_rules_free(sheaf_page_rules *rules) {
    if (!rules)
        return;
    for (size_t i = 0; i < rules->count; i++)
        free_site(rules->sites[i]);
    sheaf_map_clear(&rules->hosts);
    sheaf_arena_clear(&rules->arena);
    sheaf_free(rules);
}

sheaf_page_rule *sheaf_page_rules_add(sheaf_page_rules *rules, sheaf_slice name) {
    sheaf_page_rule *site = sheaf_arena_zero(&rules->arena, 1, sizeof *site);
    if (!site || !sheaf_arena_grow(&rules->arena, (void **)&rules->sites, rules->count,
                                   &rules->capacity, sizeof *rules->sites))
        return NULL;
    site->arena = &rules->arena;
    site->name = sheaf_arena_copy(&rules->arena, name);
    site->reason = sheaf_arena_format(&rules->arena, "rule of %.*s", SLICE_ARGS(name)).data;
    if (rules->arena.failed)
        return NULL;
    rules->sites[rules->count++] = site;
    return site;
}

size_t sheaf_page_rules_count(const sheaf_page_rules *rules) {
    return rules->count;
}

sheaf_slice sheaf_page_rule_name(const sheaf_page_rule *site) {
    return site->name;
}

/* ---- hosts ------------------------------------------------------------------------ */

static bool is_host_char(char c) {
    return sheaf_is_alpha(c) || sheaf_is_digit(c) || c == '-' || c == '.' || c == '_' ||
           (unsigned char)c >= 128;
}

/* host in lower case, without www. and the point at its end, in out; empty for none. */
static sheaf_slice plain_host(char out[HOST_BYTES], sheaf_slice host) {
    sheaf_slice www = SLICE("www.");
    size_t size = 0;
    if (sheaf_slice_equal_fold(sheaf_slice_part(host, 0, www.size), www))
        host = sheaf_slice_part(host, www.size, host.size);
    if (host.size && host.data[host.size - 1] == '.')
        host.size--;
    if (host.size > HOST_BYTES)
        return (sheaf_slice){0};
    for (; size < host.size; size++) {
        if (!is_host_char(host.data[size]))
            return (sheaf_slice){0};
        out[size] = sheaf_to_lower(host.data[size]);
    }
    return (sheaf_slice){out, size};
}

sheaf_status sheaf_page_rule_host(sheaf_page_rules *rules, sheaf_page_rule *site, sheaf_slice host,
                                  sheaf_error *error) {
    char bytes[HOST_BYTES];
    sheaf_slice plain = plain_host(bytes, host);
    if (plain.size == 0 || plain.data[0] == '.')
        return sheaf_fail(error, SHEAF_MISUSE, "'%.*s' is no host, such as example.com",
                          SLICE_ARGS(sheaf_slice_part(host, 0, HOST_BYTES)));
    sheaf_slice key = sheaf_arena_copy(&rules->arena, plain);
    size_t number = 0;
    while (number < rules->count && rules->sites[number] != site)
        number++;
    if (rules->arena.failed || !sheaf_map_put(&rules->hosts, key, number))
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return SHEAF_OK;
}

const sheaf_page_rule *sheaf_page_rules_for(const sheaf_page_rules *rules, sheaf_slice url) {
    char bytes[HOST_BYTES];
    sheaf_url parts;
    if (!rules || rules->count == 0 || !sheaf_url_parse(&parts, url))
        return NULL;
    sheaf_slice host = plain_host(bytes, parts.host);
    while (host.size) {
        const uint64_t *number = sheaf_map_get(&rules->hosts, host);
        if (number)
            return rules->sites[*number];
        size_t point = sheaf_slice_find_char(host, 0, '.');
        host = sheaf_slice_part(host, point == SIZE_MAX ? host.size : point + 1, host.size);
    }
    return NULL;
}

/* ---- verdicts ------------------------------------------------------------------------ */

/* Compiles a selector of a site, whose sum of them stays within its limit. */
static sheaf_status compile(sheaf_page_rule *site, sheaf_selector **out, sheaf_slice text,
                            sheaf_error *error) {
    sheaf_status status = sheaf_selector_compile(out, text, error);
    if (status)
        return status;
    site->compound_count += sheaf_selector_size(*out);
    if (site->compound_count <= SHEAF_PAGE_RULE_COMPOUNDS)
        return SHEAF_OK;
    sheaf_selector_free(*out);
    *out = NULL;
    return sheaf_fail(error, SHEAF_LIMIT,
                      "the selectors of a site have more than %d parts between combinators and "
                      "commas, all together",
                      SHEAF_PAGE_RULE_COMPOUNDS);
}

sheaf_status sheaf_page_rule_select(sheaf_page_rule *site, sheaf_page_rule_kind verdict,
                                    sheaf_slice selector, sheaf_error *error) {
    selector_list *list = &site->verdicts[verdict];
    sheaf_selector *compiled = NULL;
    if (site->selector_count >= SHEAF_PAGE_RULE_SELECTORS)
        return sheaf_fail(error, SHEAF_LIMIT,
                          "a site has at most %d selectors in keep, within and drop together",
                          SHEAF_PAGE_RULE_SELECTORS);
    sheaf_status status = compile(site, &compiled, selector, error);
    if (status)
        return status;
    if (!sheaf_arena_grow(site->arena, (void **)&list->items, list->count, &list->capacity,
                          sizeof *list->items)) {
        sheaf_selector_free(compiled);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    list->items[list->count++] = compiled;
    site->selector_count++;
    return SHEAF_OK;
}

/* Sets bit of all blocks that begin in matching elements. Elements within one that
 * was marked are passed over. */
static bool mark(const sheaf_selector *selector, const sheaf_page *page, sheaf_selection *selection,
                 uint8_t *marks, uint8_t bit, bool *any) {
    const uint32_t *elements;
    size_t count;
    uint32_t behind = 0;
    if (!sheaf_selection_find(selection, selector, &elements, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const sheaf_page_element *element = &page->elements[elements[i]];
        if (elements[i] < behind)
            continue;
        behind = element->end;
        for (uint32_t j = element->first_block; j < element->block_end && j < page->block_count;
             j++)
            *any = true, marks[j] |= bit;
    }
    return true;
}

static void decide(sheaf_page_block *block, sheaf_page_verdict verdict) {
    if (block->verdict == verdict)
        return;
    block->verdict = (uint8_t)verdict;
    block->why = "rule of the site";
}

/* What is kept elsewhere, such as a caption, stays there unless it is dropped. */
static void decide_all(sheaf_page *page, const uint8_t *marks, const bool *any) {
    for (size_t i = 0; i < page->block_count; i++) {
        sheaf_page_block *block = &page->blocks[i];
        if (marks[i] & 1 << SHEAF_PAGE_RULE_DROP)
            decide(block, SHEAF_PAGE_DROPPED);
        else if (block->verdict == SHEAF_PAGE_ASIDE)
            continue;
        else if (any[SHEAF_PAGE_RULE_KEEP])
            decide(block,
                   marks[i] & 1 << SHEAF_PAGE_RULE_KEEP ? SHEAF_PAGE_KEPT : SHEAF_PAGE_DROPPED);
        else if (any[SHEAF_PAGE_RULE_WITHIN] && !(marks[i] & 1 << SHEAF_PAGE_RULE_WITHIN))
            decide(block, SHEAF_PAGE_DROPPED);
    }
}

static bool judge(const sheaf_page_rule *site, sheaf_page *page, sheaf_selection *selection) {
    bool any[SHEAF_PAGE_RULE_COUNT] = {false};
    uint8_t *marks = sheaf_calloc(page->block_count + 1, 1);
    bool fine = marks != NULL;
    for (size_t i = 0; i < SHEAF_PAGE_RULE_COUNT; i++) {
        const selector_list *list = &site->verdicts[i];
        for (size_t j = 0; fine && j < list->count; j++)
            fine = mark(list->items[j], page, selection, marks, (uint8_t)(1 << i), &any[i]);
    }
    if (fine)
        decide_all(page, marks, any);
    sheaf_free(marks);
    return fine;
}

/* ---- fields ---------------------------------------------------------------------------- */

/* One value found: true when it was taken, and when others may follow, `more`. */
typedef struct field_kind {
    const char *name;
    sheaf_field field; /* SHEAF_FIELD_COUNT: a list */
    bool many;
    bool (*take)(sheaf_article *article, sheaf_field field, sheaf_slice value);
} field_kind;

static bool take_text(sheaf_article *article, sheaf_field field, sheaf_slice value) {
    if (sheaf_slice_trim(value).size == 0)
        return false;
    sheaf_article_win(article, field, value, NULL);
    if (field == SHEAF_FIELD_LANGUAGE)
        article->language_confidence = 0; /* the source told it */
    return true;
}

static bool take_url(sheaf_article *article, sheaf_field field, sheaf_slice value) {
    sheaf_url parts;
    value = sheaf_slice_trim(value);
    if (!sheaf_url_parse(&parts, value))
        return false;
    article->field[field] = sheaf_url_normalise(&article->arena, value);
    return true;
}

static bool take_date(sheaf_article *article, sheaf_field field, sheaf_slice value) {
    sheaf_date date;
    size_t from, to;
    value = sheaf_slice_trim(value);
    if (!sheaf_date_parse(&date, value) && !sheaf_date_find(&date, value, 0, false, &from, &to))
        return false;
    article->field[field] = sheaf_date_text(&article->arena, &date);
    return true;
}

static bool is_author_known(const sheaf_article *article, sheaf_slice name) {
    for (size_t i = 0; i < article->authors.count; i++) {
        if (sheaf_slice_equal(article->authors.items[i].name, name))
            return true;
    }
    return false;
}

/* A byline, or one name. The field byline stays what it is. */
static bool take_author(sheaf_article *article, sheaf_field field, sheaf_slice value) {
    (void)field;
    sheaf_slice byline = article->field[SHEAF_FIELD_BYLINE];
    size_t known = article->authors.count;
    value = sheaf_slice_trim(value);
    if (value.size == 0)
        return false;
    if (!sheaf_byline_parse(article, value))
        sheaf_article_add_author(article, value, (sheaf_slice){0});
    article->field[SHEAF_FIELD_BYLINE] = byline;
    if (article->authors.count == known)
        return false;
    sheaf_slice name = article->authors.items[known].name;
    size_t added = article->authors.count;
    article->authors.count = known;
    bool twice = is_author_known(article, name);
    article->authors.count = twice ? known : added;
    return !twice;
}

static bool take_keyword(sheaf_article *article, sheaf_field field, sheaf_slice value) {
    (void)field;
    if (sheaf_slice_trim(value).size == 0)
        return false;
    sheaf_article_add_keyword(article, value);
    return true;
}

static const field_kind kinds[] = {
    {"headline", SHEAF_FIELD_HEADLINE, false, take_text},
    {"alternative_headline", SHEAF_FIELD_ALTERNATIVE_HEADLINE, false, take_text},
    {"description", SHEAF_FIELD_DESCRIPTION, false, take_text},
    {"byline", SHEAF_FIELD_BYLINE, false, take_text},
    {"publisher", SHEAF_FIELD_PUBLISHER, false, take_text},
    {"provider", SHEAF_FIELD_PROVIDER, false, take_text},
    {"via", SHEAF_FIELD_VIA, false, take_text},
    {"section", SHEAF_FIELD_SECTION, false, take_text},
    {"language", SHEAF_FIELD_LANGUAGE, false, take_text},
    {"url", SHEAF_FIELD_URL, false, take_url},
    {"canonical_url", SHEAF_FIELD_CANONICAL_URL, false, take_url},
    {"published", SHEAF_FIELD_PUBLISHED, false, take_date},
    {"modified", SHEAF_FIELD_MODIFIED, false, take_date},
    {"retrieved", SHEAF_FIELD_RETRIEVED, false, take_date},
    {"authors", SHEAF_FIELD_COUNT, true, take_author},
    {"keywords", SHEAF_FIELD_COUNT, true, take_keyword},
};

static const field_kind *find_kind(sheaf_slice name) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (sheaf_slice_is(name, kinds[i].name))
            return &kinds[i];
    }
    return NULL;
}

/* The rule of a field, made when there is none yet. NULL when memory is out. */
static field_rule *rule_of(sheaf_page_rule *site, const field_kind *kind) {
    field_rule **at = &site->fields;
    while (*at && (*at)->kind != kind)
        at = &(*at)->next;
    if (!*at && (*at = sheaf_arena_zero(site->arena, 1, sizeof **at)) != NULL)
        (*at)->kind = kind;
    return *at;
}

static bool is_attribute_char(char c) {
    return sheaf_is_alpha(c) || sheaf_is_digit(c) || c == '-' || c == '_' || c == ':';
}

/* Where the @ of "SELECTOR@ATTRIBUTE" stands; the size of from when there is none.
 * An @ within brackets or quotation marks has no name and then the end behind it. */
static size_t find_at(sheaf_slice from) {
    size_t at = from.size;
    while (at > 0 && is_attribute_char(from.data[at - 1]))
        at--;
    return at > 0 && from.data[at - 1] == '@' ? at - 1 : from.size;
}

sheaf_status sheaf_page_rule_field(sheaf_page_rule *site, sheaf_slice field, sheaf_slice from,
                                   sheaf_error *error) {
    const field_kind *kind = find_kind(field);
    if (!kind)
        return sheaf_fail(error, SHEAF_MISUSE, "no rule can give the field '%.*s'",
                          SLICE_ARGS(sheaf_slice_part(field, 0, 60)));
    sheaf_slice trimmed = sheaf_slice_trim(from);
    size_t at = find_at(trimmed);
    if (at + 1 == trimmed.size)
        return sheaf_fail(error, SHEAF_MISUSE, "expected the name of an attribute behind @");
    field_rule *rule = rule_of(site, kind);
    if (rule && rule->source_count >= SHEAF_PAGE_RULE_ALTERNATIVES)
        return sheaf_fail(error, SHEAF_LIMIT, "the field '%s' has at most %d alternatives",
                          kind->name, SHEAF_PAGE_RULE_ALTERNATIVES);
    source *made = sheaf_arena_zero(site->arena, 1, sizeof *made);
    if (!rule || !made)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    made->attribute =
        sheaf_arena_copy(site->arena, sheaf_slice_part(trimmed, at + 1, trimmed.size));
    sheaf_status status = compile(site, &made->selector, sheaf_slice_part(trimmed, 0, at), error);
    if (status)
        return status;
    source **last = &rule->sources;
    while (*last)
        last = &(*last)->next;
    *last = made;
    rule->source_count++;
    return SHEAF_OK;
}

/* The value that an element has for a source, in out. */
static sheaf_slice value_of(const sheaf_page *page, const sheaf_page_element *element,
                            const source *from, sheaf_buffer *out) {
    sheaf_slice raw = element->content;
    if (from->attribute.size && !sheaf_page_attribute(element, from->attribute.data, &raw))
        return (sheaf_slice){0};
    if (!from->attribute.size && element->text_to > element->text_from)
        return sheaf_slice_part(sheaf_page_text_of(page, element), 0, VALUE_BYTES);
    sheaf_buffer_reset(out);
    sheaf_html_unescape(out, sheaf_slice_part(raw, 0, VALUE_BYTES), from->attribute.size > 0);
    return sheaf_buffer_view(out);
}

/* Takes what a source gives; sets *taken when that is anything. */
static bool try_source(const field_kind *kind, const source *from, const sheaf_page *page,
                       sheaf_selection *selection, sheaf_article *article, bool *taken) {
    const uint32_t *elements;
    size_t count;
    sheaf_buffer scratch = {0};
    if (!sheaf_selection_find(selection, from->selector, &elements, &count))
        return false;
    for (size_t i = 0; i < count && (kind->many || !*taken); i++) {
        const sheaf_page_element *element = &page->elements[elements[i]];
        *taken |= kind->take(article, kind->field, value_of(page, element, from, &scratch));
    }
    bool fine = !scratch.failed;
    sheaf_buffer_clear(&scratch);
    return fine;
}

/* A list is emptied before its first value is taken, and put back when none was. */
static bool apply_field(const sheaf_page_rule *site, const field_rule *rule, const sheaf_page *page,
                        sheaf_selection *selection, sheaf_article *article) {
    const field_kind *kind = rule->kind;
    sheaf_article before = *article;
    bool taken = false;
    if (kind->take == take_author)
        article->authors.items = NULL, article->authors.count = article->authors.capacity = 0;
    if (kind->take == take_keyword)
        article->keywords.items = NULL, article->keywords.count = article->keywords.capacity = 0;
    for (const source *from = rule->sources; from && !taken; from = from->next) {
        if (!try_source(kind, from, page, selection, article, &taken))
            return false;
    }
    if (taken) {
        sheaf_article_reason(article, kind->name, site->reason);
    } else {
        article->authors = before.authors;
        article->keywords = before.keywords;
    }
    return true;
}

static bool describe(const sheaf_page_rule *site, const sheaf_page *page,
                     sheaf_selection *selection, sheaf_article *article) {
    for (const field_rule *rule = site->fields; rule; rule = rule->next) {
        if (!apply_field(site, rule, page, selection, article))
            return false;
    }
    return !article->arena.failed;
}

void sheaf_page_rule_apply(const sheaf_page_rule *rule, sheaf_article *article, sheaf_page *page) {
    sheaf_selection *selection = sheaf_selection_new();
    if (!selection || !sheaf_selection_begin(selection, page) || !judge(rule, page, selection) ||
        !describe(rule, page, selection, article))
        page->failed = true;
    sheaf_selection_free(selection);
}
