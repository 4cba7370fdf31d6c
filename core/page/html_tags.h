/* html_tags.h - the element names that reading a page tells apart. */
#ifndef SHEAF_READ_HTML_TAGS_H
#define SHEAF_READ_HTML_TAGS_H

#include "sheaf.h"

/* make_html_tables.py reads this list: run it after a change. */
/* clang-format off */
#define SHEAF_HTML_TAGS(X) \
    X(A, a) X(ABBR, abbr) X(ADDRESS, address) X(AREA, area) X(ARTICLE, article) X(ASIDE, aside) \
    X(AUDIO, audio) X(B, b) X(BASE, base) X(BLOCKQUOTE, blockquote) X(BODY, body) X(BR, br) \
    X(BUTTON, button) X(CANVAS, canvas) X(CAPTION, caption) X(CENTER, center) X(CITE, cite) \
    X(CODE, code) X(COL, col) X(COLGROUP, colgroup) X(DD, dd) X(DEL, del) X(DETAILS, details) \
    X(DIALOG, dialog) X(DIV, div) X(DL, dl) X(DT, dt) X(EM, em) X(EMBED, embed) \
    X(FIELDSET, fieldset) X(FIGCAPTION, figcaption) X(FIGURE, figure) X(FONT, font) \
    X(FOOTER, footer) X(FORM, form) X(FRAME, frame) X(FRAMESET, frameset) X(H1, h1) X(H2, h2) \
    X(H3, h3) X(H4, h4) X(H5, h5) X(H6, h6) X(HEAD, head) X(HEADER, header) X(HGROUP, hgroup) \
    X(HR, hr) X(HTML, html) X(I, i) X(IFRAME, iframe) X(IMG, img) X(INPUT, input) X(INS, ins) \
    X(LABEL, label) X(LEGEND, legend) X(LI, li) X(LINK, link) X(MAIN, main) X(MARK, mark) \
    X(MATH, math) X(MENU, menu) X(META, meta) X(NAV, nav) X(NOEMBED, noembed) \
    X(NOFRAMES, noframes) X(NOSCRIPT, noscript) X(OBJECT, object) X(OL, ol) \
    X(OPTGROUP, optgroup) X(OPTION, option) X(P, p) X(PARAM, param) X(PICTURE, picture) \
    X(PLAINTEXT, plaintext) X(PRE, pre) X(Q, q) X(RP, rp) X(RT, rt) X(RUBY, ruby) X(S, s) \
    X(SCRIPT, script) X(SEARCH, search) X(SECTION, section) X(SELECT, select) X(SMALL, small) \
    X(SOURCE, source) X(SPAN, span) X(STRONG, strong) X(STYLE, style) X(SUB, sub) \
    X(SUMMARY, summary) X(SUP, sup) X(SVG, svg) X(TABLE, table) X(TBODY, tbody) X(TD, td) \
    X(TEMPLATE, template) X(TEXTAREA, textarea) X(TFOOT, tfoot) X(TH, th) X(THEAD, thead) \
    X(TIME, time) X(TITLE, title) X(TR, tr) X(TRACK, track) X(TT, tt) X(U, u) X(UL, ul) \
    X(VIDEO, video) X(WBR, wbr) X(XMP, xmp)
/* clang-format on */

typedef enum sheaf_html_tag {
    SHEAF_HTML_OTHER, /* any other name */
#define X(upper, lower) SHEAF_HTML_##upper,
    SHEAF_HTML_TAGS(X)
#undef X
        SHEAF_HTML_TAG_COUNT
} sheaf_html_tag;

/* The tag of a name, in any case; SHEAF_HTML_OTHER for one not listed. */
sheaf_html_tag sheaf_html_tag_of(sheaf_slice name);

/* The name, in lower case; "" for SHEAF_HTML_OTHER. */
const char *sheaf_html_tag_name(sheaf_html_tag tag);

#endif
