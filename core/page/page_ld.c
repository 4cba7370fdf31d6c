/* page_ld.c - finds the article in a graph of JSON-LD.
 *
 * Shapes seen: one object; an array; {"@graph": […]}; several scripts; the article
 * as mainEntity of a WebPage, or the page as mainEntityOfPage of the article; lists
 * of teasers that are articles too; updates in a live blog; authors as a string, an
 * object, a list, or {"@id": …} of an object elsewhere. So every object is looked at:
 * its type says how much of an article it is, the keys above it whether it is
 * somebody else's. The best few speak, in order; what the first leaves out the
 * next may say. */
#include "page/page_ld.h"

#include "base/slice.h"

enum { SPEAKERS = 4, LIST_MOST = 64, LEVELS_MOST = 8 };

/* What a type is worth: 0 an article, up to 4; 9 when it is none. */
static unsigned type_worth(sheaf_slice type) {
    static const struct {
        const char *ending;
        unsigned worth;
    } endings[] = {
        {"JobPosting", 9},   {"Article", 0},      {"BlogPosting", 0}, {"Posting", 1},
        {"Report", 1},       {"Review", 2},       {"Recipe", 2},      {"HowTo", 2},
        {"CreativeWork", 2}, {"Course", 3},       {"WebPage", 3},     {"FAQPage", 3},
        {"ItemPage", 3},     {"AboutPage", 3},    {"NewsItem", 1},    {"VideoObject", 4},
        {"AudioObject", 4},  {"Episode", 4},      {"Event", 4},       {"Book", 4},
        {"ImageGallery", 3}, {"MediaGallery", 3}, {"QAPage", 3},      {"CollectionPage", 4}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (sheaf_slice_ends(type, sheaf_slice_of(endings[i].ending)))
            return endings[i].worth;
    return 9;
}

static const sheaf_ld_node *type_of(const sheaf_ld_tree *tree, const sheaf_ld_node *node) {
    const sheaf_ld_node *type = sheaf_ld_member(tree, node, "@type");
    return type ? type : sheaf_ld_member(tree, node, "type");
}

/* The best worth among the types of an object. */
static unsigned worth_of(const sheaf_ld_tree *tree, const sheaf_ld_node *node) {
    const sheaf_ld_node *type = type_of(tree, node);
    unsigned best = 9;
    if (!type)
        return best;
    if (type->kind == SHEAF_LD_STRING)
        return type_worth(type->raw);
    for (const sheaf_ld_node *n = sheaf_ld_at(tree, type->first); n;
         n = sheaf_ld_at(tree, n->next)) {
        unsigned worth = type_worth(n->raw);
        best = worth < best ? worth : best;
    }
    return best;
}

static bool has_type(const sheaf_ld_tree *tree, const sheaf_ld_node *node, const char *ending) {
    const sheaf_ld_node *type = type_of(tree, node);
    if (type && type->kind == SHEAF_LD_ARRAY)
        type = sheaf_ld_at(tree, type->first);
    return type && sheaf_slice_ends(type->raw, sheaf_slice_of(ending));
}

/* True when a key above says that the object is not what the page is about. */
static bool is_elsewhere(const sheaf_ld_tree *tree, const sheaf_ld_node *node) {
    static const char *const keys[] = {
        "itemListElement", "hasPart",   "isPartOf", "liveBlogUpdate", "citation",  "mentions",
        "review",          "comment",   "reviews",  "isBasedOn",      "subjectOf", "blogPost",
        "relatedLink",     "publisher", "author",   "image",          "video",     "blogPosts",
        "itemReviewed",    "about",     "comments", "suggestedAnswer"};
    for (; node; node = sheaf_ld_at(tree, node->parent)) {
        for (size_t i = 0; node->key.size && i < sizeof keys / sizeof *keys; i++)
            if (sheaf_slice_is(node->key, keys[i]))
                return true;
    }
    return false;
}

/* ---- values ------------------------------------------------------------------- */

/* The object that {"@id": …} means, when the node is no more than that. */
static const sheaf_ld_node *resolve(const sheaf_ld_tree *tree, const sheaf_ld_node *node) {
    const sheaf_ld_node *id = sheaf_ld_member(tree, node, "@id");
    if (!id || id->raw.size == 0 || sheaf_ld_member(tree, node, "name"))
        return node;
    for (size_t i = 0; i < tree->count; i++) {
        const sheaf_ld_node *other = &tree->nodes[i];
        const sheaf_ld_node *same =
            other->kind == SHEAF_LD_OBJECT ? sheaf_ld_member(tree, other, "@id") : NULL;
        if (same && sheaf_slice_equal(same->raw, id->raw) && sheaf_ld_member(tree, other, "name"))
            return other;
    }
    return node;
}

/* The text of a string, of the first of a list, of {"@value": …} or of a name. */
static sheaf_slice text_in(const sheaf_ld_tree *tree, const sheaf_ld_node *node) {
    for (unsigned level = 0; node && level < LEVELS_MOST; level++) {
        if (node->kind == SHEAF_LD_STRING || node->kind == SHEAF_LD_OTHER)
            return sheaf_page_plain(tree->arena, sheaf_ld_text(tree, node));
        if (node->kind == SHEAF_LD_ARRAY) {
            node = sheaf_ld_at(tree, node->first);
            continue;
        }
        const sheaf_ld_node *object = resolve(tree, node);
        node = sheaf_ld_member(tree, object, "@value");
        node = node ? node : sheaf_ld_member(tree, object, "name");
    }
    return (sheaf_slice){0};
}

static sheaf_slice member_text(const sheaf_ld_tree *tree, const sheaf_ld_node *object,
                               const char *key) {
    return text_in(tree, sheaf_ld_member(tree, object, key));
}

typedef struct speaker {
    sheaf_page_facts *facts;
    const sheaf_ld_tree *tree;
    const sheaf_ld_node *node;
    unsigned worth;
    uint8_t rank;
} speaker;

static void say(const speaker *s, sheaf_page_fact_kind kind, const char *rule, unsigned rank,
                sheaf_slice value, sheaf_slice role, bool organisation) {
    sheaf_page_fact fact = {.kind = kind,
                            .rank = (uint8_t)(s->rank + rank),
                            .rule = rule,
                            .value = value,
                            .role = role,
                            .element = SHEAF_PAGE_NONE,
                            .organisation = organisation};
    sheaf_page_fact_add(s->facts, fact);
}

static void say_text(const speaker *s, sheaf_page_fact_kind kind, const char *rule, unsigned rank,
                     const char *key) {
    say(s, kind, rule, rank, member_text(s->tree, s->node, key), (sheaf_slice){0}, false);
}

/* Calls one for each value of a member: itself, or the items of its list. */
typedef void say_one(const speaker *s, const sheaf_ld_node *value, unsigned rank);

static void say_each(const speaker *s, const char *key, unsigned rank, say_one *one) {
    const sheaf_ld_node *value = sheaf_ld_member(s->tree, s->node, key);
    unsigned left = LIST_MOST;
    if (value && value->kind == SHEAF_LD_ARRAY) {
        for (value = sheaf_ld_at(s->tree, value->first); value && left-- > 0;
             value = sheaf_ld_at(s->tree, value->next))
            one(s, value, rank);
    } else if (value) {
        one(s, value, rank);
    }
}

/* ---- the fields ------------------------------------------------------------------ */

static const char *author_rule(const speaker *s) {
    return s->worth < 3 ? "JSON-LD author" : "JSON-LD author of the page";
}

static void say_author(const speaker *s, const sheaf_ld_node *value, unsigned rank) {
    const sheaf_ld_node *person = value->kind == SHEAF_LD_OBJECT ? resolve(s->tree, value) : value;
    const sheaf_ld_node *names = sheaf_ld_member(s->tree, person, "name");
    bool organisation = has_type(s->tree, person, "Organization") ||
                        has_type(s->tree, person, "Corporation") ||
                        has_type(s->tree, person, "Brand");
    sheaf_slice role = member_text(s->tree, person, "jobTitle");
    if (names && names->kind == SHEAF_LD_ARRAY) {
        unsigned left = LIST_MOST;
        for (names = sheaf_ld_at(s->tree, names->first); names && left-- > 0;
             names = sheaf_ld_at(s->tree, names->next))
            say(s, SHEAF_FACT_AUTHOR, author_rule(s), rank, text_in(s->tree, names), role,
                organisation);
        return;
    }
    sheaf_slice name = text_in(s->tree, person);
    if (name.size == 0 && person->kind == SHEAF_LD_OBJECT) {
        sheaf_slice given = member_text(s->tree, person, "givenName");
        sheaf_slice family = member_text(s->tree, person, "familyName");
        name =
            sheaf_arena_format(s->tree->arena, "%.*s %.*s", SLICE_ARGS(given), SLICE_ARGS(family));
    }
    say(s, SHEAF_FACT_AUTHOR, author_rule(s), rank, sheaf_slice_trim(name), role, organisation);
}

static void say_image(const speaker *s, const sheaf_ld_node *value, unsigned rank) {
    sheaf_slice url = {0};
    sheaf_slice caption = {0};
    if (value->kind == SHEAF_LD_OBJECT) {
        static const char *const keys[] = {"url", "contentUrl", "@id"};
        for (size_t i = 0; i < 3 && url.size == 0; i++)
            url = member_text(s->tree, value, keys[i]);
        caption = member_text(s->tree, value, "caption");
    } else {
        url = text_in(s->tree, value);
    }
    if (sheaf_slice_find(url, 0, SLICE("/")) != SIZE_MAX)
        say(s, SHEAF_FACT_IMAGE, "JSON-LD image", rank, url, caption, false);
}

static void say_keyword(const speaker *s, const sheaf_ld_node *value, unsigned rank) {
    say(s, SHEAF_FACT_KEYWORDS, "JSON-LD keywords", rank, text_in(s->tree, value), (sheaf_slice){0},
        false);
}

static void say_section(const speaker *s, const sheaf_ld_node *value, unsigned rank) {
    say(s, SHEAF_FACT_SECTION, "JSON-LD articleSection", rank, text_in(s->tree, value),
        (sheaf_slice){0}, false);
}

static void say_addresses(const speaker *s) {
    const sheaf_ld_node *page = sheaf_ld_member(s->tree, s->node, "mainEntityOfPage");
    sheaf_slice address = {0};
    if (page && page->kind == SHEAF_LD_OBJECT)
        address = member_text(s->tree, page, "@id");
    else if (page)
        address = text_in(s->tree, page);
    say(s, SHEAF_FACT_CANONICAL, "JSON-LD mainEntityOfPage", 4, address, (sheaf_slice){0}, false);
    say_text(s, SHEAF_FACT_URL, "JSON-LD url", 2, "url");
}

static void say_dates(const speaker *s) {
    bool page = s->worth >= 3;
    say_text(s, SHEAF_FACT_PUBLISHED,
             page ? "JSON-LD datePublished of the page" : "JSON-LD datePublished", 3,
             "datePublished");
    say_text(s, SHEAF_FACT_PUBLISHED, "JSON-LD dateCreated", 12, "dateCreated");
    say_text(s, SHEAF_FACT_PUBLISHED, "JSON-LD uploadDate", 14, "uploadDate");
    say_text(s, SHEAF_FACT_MODIFIED, "JSON-LD dateModified", 2, "dateModified");
}

static void speak(const speaker *s) {
    bool page = s->worth >= 3;
    say_text(s, SHEAF_FACT_HEADLINE, "JSON-LD headline", page ? 4 : 0, "headline");
    say_text(s, SHEAF_FACT_HEADLINE, page ? "JSON-LD name of the page" : "JSON-LD name",
             page ? 20 : 6, "name");
    say_text(s, SHEAF_FACT_ALTERNATIVE, "JSON-LD alternativeHeadline", 0, "alternativeHeadline");
    say_text(s, SHEAF_FACT_ALTERNATIVE, "JSON-LD alternativeHeadline", 1, "alternateName");
    say_text(s, SHEAF_FACT_DESCRIPTION, "JSON-LD description", 1, "description");
    say_each(s, "author", 0, say_author);
    say_each(s, "creator", 8, say_author);
    say_dates(s);
    say_each(s, "articleSection", 0, say_section);
    say_each(s, "keywords", 0, say_keyword);
    say_text(s, SHEAF_FACT_PUBLISHER, "JSON-LD publisher", 1, "publisher");
    say_text(s, SHEAF_FACT_LANGUAGE, "JSON-LD inLanguage", 1, "inLanguage");
    say_each(s, "image", 1, say_image);
    say_each(s, "thumbnailUrl", 3, say_image);
    say_addresses(s);
}

/* ---- who speaks ------------------------------------------------------------------- */

static bool has_content(const sheaf_ld_tree *tree, const sheaf_ld_node *node) {
    return sheaf_ld_member(tree, node, "headline") || sheaf_ld_member(tree, node, "name") ||
           sheaf_ld_member(tree, node, "datePublished") || sheaf_ld_member(tree, node, "author");
}

/* Puts a candidate among the best, kept sorted; the first of equals stays first. */
static void insert(speaker best[SPEAKERS], size_t *count, speaker candidate) {
    size_t at = *count;
    while (at > 0 && best[at - 1].worth > candidate.worth)
        at--;
    if (at >= SPEAKERS)
        return;
    size_t last = *count < SPEAKERS ? (*count)++ : SPEAKERS - 1;
    for (size_t i = last; i > at; i--)
        best[i] = best[i - 1];
    best[at] = candidate;
}

/* Names of sites and of who runs them, wherever they stand. */
static void name_site(const speaker *s) {
    if (has_type(s->tree, s->node, "WebSite"))
        say_text(s, SHEAF_FACT_SITE, "JSON-LD WebSite", 2, "name");
    else if (has_type(s->tree, s->node, "Organization") && !is_elsewhere(s->tree, s->node))
        say_text(s, SHEAF_FACT_SITE, "JSON-LD Organization", 5, "name");
}

void sheaf_page_ld_read(sheaf_page_facts *facts, const sheaf_ld_tree *tree) {
    enum { STEP = 24 };
    speaker best[SPEAKERS];
    size_t count = 0;
    for (size_t i = 0; i < tree->count; i++) {
        const sheaf_ld_node *node = &tree->nodes[i];
        if (node->kind != SHEAF_LD_OBJECT)
            continue;
        speaker s = {facts, tree, node, worth_of(tree, node), 0};
        if (s.worth == 9)
            name_site(&s);
        else if (has_content(tree, node) && !is_elsewhere(tree, node))
            insert(best, &count, s);
    }
    for (size_t i = 0; i < count; i++) {
        best[i].rank = (uint8_t)(i * STEP);
        speak(&best[i]);
    }
}
