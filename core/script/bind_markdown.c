/* bind_markdown.c - Markdown as XHTML, for what curators write around articles.
 *
 * CommonMark by libcmark, safe for a page of ours: HTML in it is left out, links go
 * to the web, to a place in the document or nowhere, and pictures become links,
 * since a book and a page on a stick load nothing. */
#include <cmark.h>
#include <stdlib.h>

#include "base/slice.h"
#include "script/bind.h"

enum { MARKDOWN_BYTES = 256 << 10, HEADING_MOST = 6 };

static bool is_good_link(const char *url) {
    static const char *const beginnings[] = {"https://", "http://", "mailto:", "#"};
    sheaf_slice text = sheaf_slice_of(url ? url : "");
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (sheaf_slice_starts(text, sheaf_slice_of(beginnings[i])))
            return true;
    }
    return false;
}

/* Puts the children of node in its place. */
static void unwrap(cmark_node *node) {
    for (cmark_node *child; (child = cmark_node_first_child(node));)
        cmark_node_insert_before(node, child);
    cmark_node_free(node);
}

static void picture_to_link(cmark_node *node) {
    cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, cmark_node_get_url(node));
    for (cmark_node *child; (child = cmark_node_first_child(node));)
        cmark_node_append_child(link, child);
    cmark_node_replace(node, link);
    cmark_node_free(node);
}

/* Called when a node is left, so that its children are done already. */
static void clean(cmark_node *node, int deeper) {
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HEADING) {
        int level = cmark_node_get_heading_level(node) + deeper;
        cmark_node_set_heading_level(node, level < HEADING_MOST ? level : HEADING_MOST);
    } else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
        if (!is_good_link(cmark_node_get_url(node)))
            unwrap(node);
        else if (type == CMARK_NODE_IMAGE)
            picture_to_link(node);
    }
}

static void clean_all(cmark_node *document, int deeper) {
    cmark_iter *walk = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);
        if (event == CMARK_EVENT_EXIT)
            clean(node, deeper);
        else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
            cmark_node_free(node); /* these are entered only */
    }
    cmark_iter_free(walk);
}

/* markdown(text [, deeper]) -> XHTML; headings are so many levels lower */
int sheaf_bind_markdown(lua_State *L) {
    sheaf_slice text = sheaf_check_slice(L, 1);
    lua_Integer deeper = luaL_optinteger(L, 2, 0);
    luaL_argcheck(L, deeper >= 0 && deeper < HEADING_MOST, 2, "levels from 0 to 5");
    if (text.size > MARKDOWN_BYTES)
        return luaL_error(L, "Markdown longer than %d KiB, the limit", MARKDOWN_BYTES >> 10);
    int options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_SMART;
    cmark_node *document = cmark_parse_document(text.data ? text.data : "", text.size, options);
    clean_all(document, (int)deeper);
    char *html = cmark_render_html(document, options);
    cmark_node_free(document);
    lua_pushstring(L, html);
    free(html);
    return 1;
}
