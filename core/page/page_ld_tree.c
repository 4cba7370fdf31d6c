/* page_ld_tree.c - JSON as people paste it into pages.
 *
 * About one page in fifty holds JSON-LD that no strict parser takes: commas too
 * many, line ends and bare quotes in strings, wrapped in comments or CDATA, all of
 * it escaped as HTML, cut off at the end. So this reader never refuses: commas and
 * colons are noise, a closing bracket closes to the nearest of its kind, what makes
 * no sense is passed over. The one guess is about quotes: a quote ends a string only
 * where what follows is a comma, colon, closing bracket or the end. Valid JSON
 * always looks like that, so valid JSON is always read right. */
#include "page/page_ld_tree.h"

#include "article/json.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "page/html_token.h"

enum { NODES_MOST = 50000, DEPTH_MOST = 64 };

typedef struct reader {
    sheaf_ld_tree *tree;
    sheaf_slice text;
    size_t at;
    uint32_t parent;
    unsigned depth;
    sheaf_slice key;
    bool keyed;
    bool stopped;
} reader;

static uint32_t add_node(sheaf_ld_tree *tree, uint32_t parent, sheaf_ld_node node) {
    if (tree->count >= NODES_MOST ||
        !sheaf_arena_grow(tree->arena, (void **)&tree->nodes, tree->count, &tree->capacity,
                          sizeof *tree->nodes))
        return SHEAF_LD_NONE;
    uint32_t index = (uint32_t)tree->count++;
    node.parent = parent;
    node.first = node.last = node.next = SHEAF_LD_NONE;
    tree->nodes[index] = node;
    if (parent == SHEAF_LD_NONE)
        return index;
    sheaf_ld_node *over = &tree->nodes[parent];
    if (over->last == SHEAF_LD_NONE)
        over->first = index;
    else
        tree->nodes[over->last].next = index;
    over->last = index;
    return index;
}

static bool is_object(const reader *r) {
    return r->tree->nodes[r->parent].kind == SHEAF_LD_OBJECT;
}

/* Adds a value where we are; in an object only behind its key. */
static void add_value(reader *r, sheaf_ld_node node, bool opens) {
    if (is_object(r) && !r->keyed && !opens)
        return;
    node.key = r->key;
    r->key = (sheaf_slice){0};
    r->keyed = false;
    uint32_t index = add_node(r->tree, r->parent, node);
    r->stopped = index == SHEAF_LD_NONE || (opens && r->depth >= DEPTH_MOST);
    if (opens && !r->stopped) {
        r->parent = index;
        r->depth++;
    }
}

/* Closes to the nearest open container of this kind, if there is one. */
static void close_container(reader *r, sheaf_ld_kind kind) {
    uint32_t index = r->parent;
    unsigned depth = r->depth;
    r->keyed = false;
    r->key = (sheaf_slice){0};
    while (index != 0 && r->tree->nodes[index].kind != kind) {
        index = r->tree->nodes[index].parent;
        depth--;
    }
    if (index == 0)
        return;
    r->parent = r->tree->nodes[index].parent;
    r->depth = depth - 1;
}

/* ---- strings ----------------------------------------------------------------- */

/* True when the quote before at ends its string. */
static bool ends_string(sheaf_slice text, size_t at) {
    bool line = false;
    while (at < text.size && sheaf_is_space(text.data[at]))
        line = text.data[at++] == '\n' || line;
    if (at >= text.size)
        return true;
    char c = text.data[at];
    return c == ',' || c == ':' || c == '}' || c == ']' || c == ';' || c == '<' || c == '/' ||
           (line && c == '"');
}

static sheaf_slice read_string(reader *r, bool *escaped) {
    size_t from = ++r->at;
    *escaped = false;
    while (r->at < r->text.size) {
        char c = r->text.data[r->at];
        if (c == '\\') {
            *escaped = true;
            r->at++;
        } else if (c == '"' && ends_string(r->text, r->at + 1)) {
            break;
        }
        r->at++;
    }
    sheaf_slice raw = sheaf_slice_part(r->text, from, r->at);
    if (r->at < r->text.size)
        r->at++;
    return raw;
}

static void take_string(reader *r) {
    bool escaped;
    sheaf_slice raw = read_string(r, &escaped);
    if (is_object(r) && !r->keyed) {
        while (r->at < r->text.size && sheaf_is_space(r->text.data[r->at]))
            r->at++;
        if (r->at < r->text.size && r->text.data[r->at] == ':') {
            r->key = raw;
            r->keyed = true;
        }
        return;
    }
    add_value(r, (sheaf_ld_node){.raw = raw, .kind = SHEAF_LD_STRING, .escaped = escaped}, false);
}

/* ---- everything else ------------------------------------------------------------ */

static bool is_word_byte(char c) {
    return sheaf_is_alpha(c) || sheaf_is_digit(c) || c == '-' || c == '+' || c == '.';
}

static void take_word(reader *r) {
    size_t from = r->at;
    while (r->at < r->text.size && is_word_byte(r->text.data[r->at]))
        r->at++;
    sheaf_slice raw = sheaf_slice_part(r->text, from, r->at);
    add_value(r, (sheaf_ld_node){.raw = raw, .kind = SHEAF_LD_OTHER}, false);
}

/* Wrappers and comments: passes over one at the cursor. */
static bool skip_wrapper(reader *r) {
    sheaf_slice rest = sheaf_slice_part(r->text, r->at, r->text.size);
    if (sheaf_slice_starts(rest, SLICE("<![CDATA["))) {
        r->at += 9;
        return true;
    }
    if (sheaf_slice_starts(rest, SLICE("]]>"))) {
        r->at += 3;
        return true;
    }
    if (sheaf_slice_starts(rest, SLICE("/*"))) {
        size_t end = sheaf_slice_find(rest, 2, SLICE("*/"));
        r->at += end == SIZE_MAX ? 2 : end + 2;
        return true;
    }
    if (sheaf_slice_starts(rest, SLICE("//"))) {
        size_t end = sheaf_slice_find_char(rest, 2, '\n');
        size_t wrapper = sheaf_slice_find(sheaf_slice_part(rest, 0, 16), 2, SLICE("<![CDATA["));
        r->at += wrapper != SIZE_MAX || end == SIZE_MAX ? 2 : end;
        return true;
    }
    return false;
}

static void take_one(reader *r) {
    char c = r->text.data[r->at];
    if (c == '"') {
        take_string(r);
        return;
    }
    if ((c == '/' || c == '<' || c == ']') && skip_wrapper(r))
        return;
    if (is_word_byte(c)) {
        take_word(r);
        return;
    }
    r->at++;
    if (c == '{')
        add_value(r, (sheaf_ld_node){.kind = SHEAF_LD_OBJECT}, true);
    else if (c == '[')
        add_value(r, (sheaf_ld_node){.kind = SHEAF_LD_ARRAY}, true);
    else if (c == '}')
        close_container(r, SHEAF_LD_OBJECT);
    else if (c == ']')
        close_container(r, SHEAF_LD_ARRAY);
}

/* A script that was escaped as if it were text. */
static sheaf_slice unescape_whole(sheaf_arena *arena, sheaf_slice script) {
    bool quoted = sheaf_slice_find_char(script, 0, '"') != SIZE_MAX;
    if (quoted || sheaf_slice_find(script, 0, SLICE("&quot;")) == SIZE_MAX)
        return script;
    sheaf_buffer plain = {0};
    sheaf_html_unescape(&plain, script, false);
    sheaf_slice copy = sheaf_arena_copy(arena, sheaf_buffer_view(&plain));
    arena->failed = arena->failed || plain.failed;
    sheaf_buffer_clear(&plain);
    return copy;
}

void sheaf_ld_tree_read(sheaf_ld_tree *tree, sheaf_slice script) {
    if (tree->count == 0 &&
        add_node(tree, SHEAF_LD_NONE, (sheaf_ld_node){.kind = SHEAF_LD_ARRAY}) == SHEAF_LD_NONE)
        return;
    reader r = {.tree = tree, .text = unescape_whole(tree->arena, script)};
    while (r.at < r.text.size && !r.stopped)
        take_one(&r);
}

const sheaf_ld_node *sheaf_ld_member(const sheaf_ld_tree *tree, const sheaf_ld_node *object,
                                     const char *key) {
    sheaf_slice wanted = sheaf_slice_of(key);
    if (!object || object->kind != SHEAF_LD_OBJECT)
        return NULL;
    for (const sheaf_ld_node *n = sheaf_ld_at(tree, object->first); n;
         n = sheaf_ld_at(tree, n->next))
        if (sheaf_slice_equal(n->key, wanted))
            return n;
    return NULL;
}

sheaf_slice sheaf_ld_text(const sheaf_ld_tree *tree, const sheaf_ld_node *node) {
    if (!node || (node->kind != SHEAF_LD_STRING && node->kind != SHEAF_LD_OTHER))
        return (sheaf_slice){0};
    if (node->kind == SHEAF_LD_OTHER &&
        (node->raw.size == 0 || !(sheaf_is_digit(node->raw.data[0]) || node->raw.data[0] == '-')))
        return (sheaf_slice){0};
    sheaf_json_token token = {
        .kind = SHEAF_JSON_STRING, .raw = node->raw, .escaped = node->escaped};
    return sheaf_json_text(tree->arena, &token);
}
