/* page_words.h - what tags, and the words of class and id, say about their place.
 *
 * Two sets of bits. Tag bits (SHEAF_PAGE_IN_…) say in which kinds of elements
 * something stands. Word bits (SHEAF_PAGE_WORD_…) say what the author of the
 * page called it: "post__sidebar-related" is story, sidebar and related. And the
 * small words that running text of many languages is full of. */
#ifndef SHEAF_READ_PAGE_WORDS_H
#define SHEAF_READ_PAGE_WORDS_H

#include "page/html_tags.h"

/* Bits of sheaf_page_element.inside. ROLE and itemprop count as the tag would. */
enum {
    SHEAF_PAGE_IN_NAV = 1 << 0,
    SHEAF_PAGE_IN_FOOTER = 1 << 1,
    SHEAF_PAGE_IN_HEADER = 1 << 2,
    SHEAF_PAGE_IN_ASIDE = 1 << 3,
    SHEAF_PAGE_IN_ARTICLE = 1 << 4,
    SHEAF_PAGE_IN_MAIN = 1 << 5,
    SHEAF_PAGE_IN_FORM = 1 << 6,
    SHEAF_PAGE_IN_ITEM = 1 << 7, /* li */
    SHEAF_PAGE_IN_TABLE = 1 << 8,
    SHEAF_PAGE_IN_FIGURE = 1 << 9,
    SHEAF_PAGE_IN_CAPTION = 1 << 10, /* figcaption, caption */
    SHEAF_PAGE_IN_QUOTE = 1 << 11,
    SHEAF_PAGE_IN_HEADING = 1 << 12,
    SHEAF_PAGE_IN_PARAGRAPH = 1 << 13,
    SHEAF_PAGE_IN_DEFINITION = 1 << 14, /* dl */
    SHEAF_PAGE_IN_PRE = 1 << 15,
    SHEAF_PAGE_IN_BUTTON = 1 << 16,        /* button, dialog */
    SHEAF_PAGE_IN_BODY_PROPERTY = 1 << 17, /* itemprop="articleBody" or "text" */
    SHEAF_PAGE_IN_HIDDEN = 1 << 18,
    SHEAF_PAGE_IN_SECTION = 1 << 19,
    SHEAF_PAGE_IN_LIST = 1 << 20, /* ul, ol */
    SHEAF_PAGE_IN_DETAILS = 1 << 21,
    SHEAF_PAGE_IN_HEAD = 1 << 22,
    SHEAF_PAGE_IN_SKIPPED = 1 << 23, /* noscript, template, svg, select, object, … */
    SHEAF_PAGE_IN_LINK = 1 << 24,
    SHEAF_PAGE_IN_COUNT = 25,          /* those that the trees know */
    SHEAF_PAGE_IN_APPARATUS = 1 << 26, /* tables of contents and the like of a wiki */
    SHEAF_PAGE_IN_MARK = 1 << 27,      /* a link to edit: not read */
    SHEAF_PAGE_IN_REFERENCE = 1 << 28  /* a raised "[1]": not read */
};

/* Kinds of class and id words, and the words of each. */
#define SHEAF_PAGE_WORDS(X)                                                                        \
    X(STORY, "article story post entry news artikel articulo articolo artykul noticia noticias "   \
             "notizia blog clanek meldung beitrag haber statya novost nieuws nyhet berita")        \
    X(BODY, "body content text main detail contenido texto testo inhalt maintext copy prose "      \
            "richtext wysiwyg paragraph paragraphs cuerpo corpo contenu corps conteudo tresc "     \
            "obsah icerik metin absatz fliesstext rte brodtext inhoud tekst isi")                  \
    X(STORY_BODY, "articlebody storybody entrycontent postcontent articlecontent storycontent "    \
                  "articletext bodytext bodycopy postbody newsbody articledetail maincontent "     \
                  "storytext artbody articlecopy storycopy newstext contentbody")                  \
    X(NAV, "nav navigation menu breadcrumb breadcrumbs toolbar navbar submenu topnav megamenu "    \
           "pagination pager skip offcanvas burger hamburger sitemap")                             \
    X(FOOTER, "footer foot bottom colophon footnote footnotes impressum fuss")                     \
    X(HEADER, "header masthead topbar head top hero banner kopf")                                  \
    X(SIDEBAR, "sidebar aside rail widget widgets side column secondary complementary seite "      \
               "randspalte marginal")                                                              \
    X(COMMENTS, "comment comments disqus discussion replies reply respond forum livefyre coral "   \
                "kommentar kommentare commentlist commentaire commentaires comentarios "           \
                "comentario commenti komentarze kommentarer leserbriefe userposts")                \
    X(RELATED, "related recommend recommended recommendation recommendations more also similar "   \
               "popular trending latest mostread teaser teasers card cards outbrain taboola "      \
               "promo promos promoted readmore next previous prev seealso recirc recirculation "   \
               "morefrom upnext mostpopular playlist carousel slider collection river "            \
               "suggestions swiper weitere mehr correlati relacionadas relacionados linkbox "      \
               "relaterat gerelateerd powiazane suvisejici ilgili")                                \
    X(SHARE, "share sharing social facebook twitter follow whatsapp sns addthis sharebar shares "  \
             "socials pinterest linkedin telegram teilen partage compartir condividi sharethis")   \
    X(ADVERT, "ad ads advert advertisement advertising sponsor sponsored dfp gpt adslot adunit "   \
              "sponsorship anzeige anzeigen werbung native commercial publicidad publicite "       \
              "pubblicita reklama reklam annons pub billboard leaderboard adsense")                \
    X(SIGNUP, "newsletter newsletters subscribe subscription signup paywall premium register "     \
              "login signin regwall piano membership donate donation support offer meter account " \
              "abo abonnement abonnieren anmelden suscripcion plus")                               \
    X(DIALOG, "cookie cookies consent gdpr privacy modal popup overlay dialog lightbox tooltip "   \
              "notification alert toast flyout drawer popover")                                    \
    X(AUTHOR, "author authors byline bio contributor writer autor autore auteur autoren profile "  \
              "avatar verfasser redakteur journalist skribent forfatter yazar firma bios")         \
    X(DATE, "date time published timestamp meta info updated dateline metadata datetime pubdate "  \
            "posted datum fecha data")                                                             \
    X(PICTURE, "caption captions credit credits figure photo photos image images img gallery "     \
               "video media player picture slideshow copyright thumbnail thumb photographer foto " \
               "fotos bild bilder bildunterschrift legende didascalia galerie galeria audio "      \
               "podcast pie imagen imagem wpcaption")                                              \
    X(TOPIC, "tag tags topic topics category categories keyword keywords label section channel "   \
             "schlagworte themen etiquetas rubrik tagged")                                         \
    X(TITLE, "title headline hed heading titre titulo titel titolo schlagzeile uberschrift "       \
             "ueberschrift tytul nadpis baslik")                                                   \
    X(LEAD, "subtitle lead summary dek standfirst abstract intro description kicker excerpt lede " \
            "subhead subheading deck teasertext strapline sapo chapo vorspann entradilla perex "   \
            "ingress dachzeile introtext subheadline synopsis spitzmarke")                         \
    X(QUOTE, "quote pullquote blockquote pull cite zitat citation")                                \
    X(HIDDEN, "hidden hide sr visually screenreader none invisible offscreen visuallyhidden "      \
              "collapsed noprint sronly")                                                          \
    X(LIST, "list items item grid feed stream listing archive index tile tiles liste")             \
    X(EMBED, "embed tweet instagram youtube iframe oembed tiktok embedded vimeo")                  \
    X(BOX, "infobox factbox box fact sidebox inset callout highlight keypoints bullets takeaways " \
           "note faktabox kasten infokasten notice")                                               \
    X(LEGAL, "legal disclaimer terms rights policy corrections correction disclosure affiliates "  \
             "hinweis")                                                                            \
    X(PRODUCT, "rating ratings stars review reviews price product products shop buy affiliate "    \
               "deal deals cart coupon")                                                           \
    X(SEARCH, "search form input select field searchform suche")                                   \
    X(TOOLS, "print email tools font tool utility utilities actions action toolbox save bookmark " \
             "listen speech merken drucken")                                                       \
    X(CONTENTS, "toc contents jump anchor inhaltsverzeichnis")                                     \
    X(BUTTON, "button btn cta link links hyperlink")                                               \
    X(LIVE, "live liveblog ticker timeline updates breaking")

enum {
#define X(name, words) SHEAF_PAGE_KIND_##name,
    SHEAF_PAGE_WORDS(X)
#undef X
        SHEAF_PAGE_WORD_COUNT
};
enum {
#define X(name, words) SHEAF_PAGE_WORD_##name = 1 << SHEAF_PAGE_KIND_##name,
    SHEAF_PAGE_WORDS(X)
#undef X
};

/* The bit of a tag, or 0. */
uint32_t sheaf_page_tag_bit(sheaf_html_tag tag);

/* A table of the words above and of small words; made once and kept. NULL: no memory. */
typedef struct sheaf_page_words sheaf_page_words;
sheaf_page_words *sheaf_page_words_new(void);
void sheaf_page_words_free(sheaf_page_words *words);

/* What a class or id value says. hash: of its letters alone, so that "p-12" and
 * "p-13" are the same. Cached by value: pages say the same again and again. */
typedef struct sheaf_page_class {
    uint32_t bits;
    uint32_t hash;
    uint32_t inside; /* SHEAF_PAGE_IN_… that wikis say with whole words of a class */
} sheaf_page_class;
sheaf_page_class sheaf_page_words_class(sheaf_page_words *words, sheaf_slice value);

/* True for the hash of one of the small words, in lower case. */
bool sheaf_page_words_small(const sheaf_page_words *words, uint32_t hash);

/* The hash of a word, letter by letter: start with SHEAF_PAGE_WORD_SEED. */
enum { SHEAF_PAGE_WORD_SEED = 5381 };
static inline uint32_t sheaf_page_word_step(uint32_t hash, char c) {
    return hash * 33u ^ (uint8_t)c;
}

#endif
