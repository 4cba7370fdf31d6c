/* page_meta.c - two tables of names, sorted by bytes.
 *
 * Ranks order the sources of a field; they were set by how often each was right on
 * pages whose answer is known (docs/pages.md). Keep the order of the names when you
 * add one: the search halves, and a unit looks every name up. */
#include "page/page_meta.h"

#include "base/slice.h"

static const sheaf_page_meta metas[] = {
    /* names of <meta> */
    {"apple-mobile-web-app-title", SHEAF_FACT_SITE, 4, "apple-mobile-web-app-title"},
    {"application-name", SHEAF_FACT_SITE, 3, "application-name"},
    {"article.author", SHEAF_FACT_AUTHOR, 6, "meta author"},
    {"article.published", SHEAF_FACT_PUBLISHED, 4, "meta published"},
    {"article.section", SHEAF_FACT_SECTION, 3, "meta section"},
    {"article:author", SHEAF_FACT_AUTHOR, 10, "article:author"},
    {"article:author_name", SHEAF_FACT_AUTHOR, 3, "article:author_name"},
    {"article:created_time", SHEAF_FACT_PUBLISHED, 6, "article:created_time"},
    {"article:modified", SHEAF_FACT_MODIFIED, 2, "article:modified_time"},
    {"article:modified_time", SHEAF_FACT_MODIFIED, 1, "article:modified_time"},
    {"article:published", SHEAF_FACT_PUBLISHED, 2, "article:published_time"},
    {"article:published_time", SHEAF_FACT_PUBLISHED, 1, "article:published_time"},
    {"article:section", SHEAF_FACT_SECTION, 1, "article:section"},
    {"article:tag", SHEAF_FACT_KEYWORDS, 1, "article:tag"},
    {"article:title", SHEAF_FACT_HEADLINE, 4, "article:title"},
    {"article:updated_time", SHEAF_FACT_MODIFIED, 3, "article:modified_time"},
    {"article_author", SHEAF_FACT_AUTHOR, 5, "meta author"},
    {"article_date_original", SHEAF_FACT_PUBLISHED, 3, "meta date"},
    {"articlesection", SHEAF_FACT_SECTION, 2, "meta articleSection"},
    {"author", SHEAF_FACT_AUTHOR, 4, "meta author"},
    {"authors", SHEAF_FACT_AUTHOR, 4, "meta author"},
    {"bt:author", SHEAF_FACT_AUTHOR, 5, "meta author"},
    {"bt:pubdate", SHEAF_FACT_PUBLISHED, 4, "meta date"},
    {"bt:title", SHEAF_FACT_HEADLINE, 6, "meta title"},
    {"byl", SHEAF_FACT_AUTHOR, 2, "meta byl"},
    {"byline", SHEAF_FACT_AUTHOR, 4, "meta byline"},
    {"category", SHEAF_FACT_SECTION, 5, "meta category"},
    {"citation_abstract", SHEAF_FACT_DESCRIPTION, 5, "citation_abstract"},
    {"citation_author", SHEAF_FACT_AUTHOR, 1, "citation_author"},
    {"citation_authors", SHEAF_FACT_AUTHOR, 2, "citation_author"},
    {"citation_date", SHEAF_FACT_PUBLISHED, 6, "citation_publication_date"},
    {"citation_journal_title", SHEAF_FACT_PUBLISHER, 3, "citation_journal_title"},
    {"citation_keywords", SHEAF_FACT_KEYWORDS, 3, "citation_keywords"},
    {"citation_online_date", SHEAF_FACT_PUBLISHED, 6, "citation_publication_date"},
    {"citation_publication_date", SHEAF_FACT_PUBLISHED, 5, "citation_publication_date"},
    {"citation_publisher", SHEAF_FACT_PUBLISHER, 4, "citation_publisher"},
    {"citation_title", SHEAF_FACT_HEADLINE, 2, "citation_title"},
    {"content-language", SHEAF_FACT_LANGUAGE, 3, "meta content-language"},
    {"cre", SHEAF_FACT_AUTHOR, 8, "meta author"},
    {"created", SHEAF_FACT_PUBLISHED, 9, "meta created"},
    {"creation_date", SHEAF_FACT_PUBLISHED, 9, "meta created"},
    {"creator", SHEAF_FACT_AUTHOR, 8, "meta creator"},
    {"cxenseparse:author", SHEAF_FACT_AUTHOR, 5, "cXenseParse author"},
    {"cxenseparse:publishtime", SHEAF_FACT_PUBLISHED, 2, "cXenseParse publishtime"},
    {"cxenseparse:recs:category", SHEAF_FACT_SECTION, 4, "cXenseParse category"},
    {"cxenseparse:recs:publishtime", SHEAF_FACT_PUBLISHED, 2, "cXenseParse publishtime"},
    {"cxenseparse:subtitle", SHEAF_FACT_ALTERNATIVE, 3, "cXenseParse subtitle"},
    {"cxenseparse:title", SHEAF_FACT_HEADLINE, 6, "cXenseParse title"},
    {"dat", SHEAF_FACT_PUBLISHED, 7, "meta date"},
    {"date", SHEAF_FACT_PUBLISHED, 8, "meta date"},
    {"date.available", SHEAF_FACT_PUBLISHED, 6, "meta date"},
    {"date.created", SHEAF_FACT_PUBLISHED, 6, "meta date"},
    {"date.issued", SHEAF_FACT_PUBLISHED, 5, "meta date"},
    {"date.modified", SHEAF_FACT_MODIFIED, 4, "meta date.modified"},
    {"date.updated", SHEAF_FACT_MODIFIED, 5, "meta date.updated"},
    {"datecreated", SHEAF_FACT_PUBLISHED, 8, "meta created"},
    {"dateissued", SHEAF_FACT_PUBLISHED, 5, "meta date"},
    {"datemodified", SHEAF_FACT_MODIFIED, 3, "meta dateModified"},
    {"datepublished", SHEAF_FACT_PUBLISHED, 5, "meta datePublished"},
    {"dateupdated", SHEAF_FACT_MODIFIED, 5, "meta date.updated"},
    {"dc.contributor", SHEAF_FACT_AUTHOR, 13, "DC.contributor"},
    {"dc.creator", SHEAF_FACT_AUTHOR, 7, "DC.creator"},
    {"dc.date", SHEAF_FACT_PUBLISHED, 7, "DC.date"},
    {"dc.date.created", SHEAF_FACT_PUBLISHED, 6, "DC.date"},
    {"dc.date.issued", SHEAF_FACT_PUBLISHED, 3, "DC.date"},
    {"dc.date.modified", SHEAF_FACT_MODIFIED, 4, "DC.date.modified"},
    {"dc.description", SHEAF_FACT_DESCRIPTION, 4, "DC.description"},
    {"dc.language", SHEAF_FACT_LANGUAGE, 3, "DC.language"},
    {"dc.publisher", SHEAF_FACT_PUBLISHER, 3, "DC.publisher"},
    {"dc.subject", SHEAF_FACT_KEYWORDS, 5, "DC.subject"},
    {"dc.title", SHEAF_FACT_HEADLINE, 9, "DC.title"},
    {"dcterms.abstract", SHEAF_FACT_DESCRIPTION, 4, "DC.description"},
    {"dcterms.available", SHEAF_FACT_PUBLISHED, 7, "DC.date"},
    {"dcterms.created", SHEAF_FACT_PUBLISHED, 6, "DC.date"},
    {"dcterms.creator", SHEAF_FACT_AUTHOR, 7, "DC.creator"},
    {"dcterms.date", SHEAF_FACT_PUBLISHED, 7, "DC.date"},
    {"dcterms.description", SHEAF_FACT_DESCRIPTION, 4, "DC.description"},
    {"dcterms.issued", SHEAF_FACT_PUBLISHED, 4, "DC.date"},
    {"dcterms.language", SHEAF_FACT_LANGUAGE, 3, "DC.language"},
    {"dcterms.modified", SHEAF_FACT_MODIFIED, 4, "DC.date.modified"},
    {"dcterms.publisher", SHEAF_FACT_PUBLISHER, 3, "DC.publisher"},
    {"dcterms.subject", SHEAF_FACT_KEYWORDS, 5, "DC.subject"},
    {"dcterms.title", SHEAF_FACT_HEADLINE, 9, "DC.title"},
    {"description", SHEAF_FACT_DESCRIPTION, 2, "meta description"},
    {"displaydate", SHEAF_FACT_PUBLISHED, 4, "meta date"},
    {"hdl", SHEAF_FACT_HEADLINE, 2, "meta hdl"},
    {"headline", SHEAF_FACT_HEADLINE, 1, "meta headline"},
    {"iso-8601-publish-date", SHEAF_FACT_PUBLISHED, 4, "meta date"},
    {"keywords", SHEAF_FACT_KEYWORDS, 2, "meta keywords"},
    {"language", SHEAF_FACT_LANGUAGE, 5, "meta language"},
    {"last-modified", SHEAF_FACT_MODIFIED, 6, "meta last-modified"},
    {"last_updated", SHEAF_FACT_MODIFIED, 5, "meta date.updated"},
    {"lastmod", SHEAF_FACT_MODIFIED, 5, "meta last-modified"},
    {"lp.article:author", SHEAF_FACT_AUTHOR, 5, "meta author"},
    {"lp.article:published_time", SHEAF_FACT_PUBLISHED, 4, "meta date"},
    {"lp.article:section", SHEAF_FACT_SECTION, 3, "meta section"},
    {"news_keywords", SHEAF_FACT_KEYWORDS, 1, "news_keywords"},
    {"news_publish_date", SHEAF_FACT_PUBLISHED, 4, "meta date"},
    {"og:article:author", SHEAF_FACT_AUTHOR, 9, "og:article:author"},
    {"og:article:modified_time", SHEAF_FACT_MODIFIED, 2, "article:modified_time"},
    {"og:article:published_time", SHEAF_FACT_PUBLISHED, 2, "article:published_time"},
    {"og:article:section", SHEAF_FACT_SECTION, 2, "article:section"},
    {"og:article:tag", SHEAF_FACT_KEYWORDS, 3, "article:tag"},
    {"og:author", SHEAF_FACT_AUTHOR, 9, "og:author"},
    {"og:description", SHEAF_FACT_DESCRIPTION, 0, "og:description"},
    {"og:image", SHEAF_FACT_IMAGE, 0, "og:image"},
    {"og:image:secure_url", SHEAF_FACT_IMAGE, 2, "og:image"},
    {"og:image:url", SHEAF_FACT_IMAGE, 2, "og:image"},
    {"og:locale", SHEAF_FACT_LANGUAGE, 4, "og:locale"},
    {"og:published_time", SHEAF_FACT_PUBLISHED, 4, "meta published"},
    {"og:site_name", SHEAF_FACT_PUBLISHER, 2, "og:site_name"},
    {"og:title", SHEAF_FACT_HEADLINE, 8, "og:title"},
    {"og:title:alternative", SHEAF_FACT_ALTERNATIVE, 3, "og:title"},
    {"og:updated_time", SHEAF_FACT_MODIFIED, 5, "og:updated_time"},
    {"og:url", SHEAF_FACT_CANONICAL, 2, "og:url"},
    {"originalpublicationdate", SHEAF_FACT_PUBLISHED, 3, "meta date"},
    {"page-topic", SHEAF_FACT_SECTION, 7, "meta page-topic"},
    {"parsely-author", SHEAF_FACT_AUTHOR, 3, "parsely-author"},
    {"parsely-image-url", SHEAF_FACT_IMAGE, 5, "parsely-image-url"},
    {"parsely-link", SHEAF_FACT_CANONICAL, 3, "parsely-link"},
    {"parsely-pub-date", SHEAF_FACT_PUBLISHED, 3, "parsely-pub-date"},
    {"parsely-section", SHEAF_FACT_SECTION, 2, "parsely-section"},
    {"parsely-tags", SHEAF_FACT_KEYWORDS, 3, "parsely-tags"},
    {"parsely-title", SHEAF_FACT_HEADLINE, 3, "parsely-title"},
    {"pdate", SHEAF_FACT_PUBLISHED, 5, "meta date"},
    {"ptime", SHEAF_FACT_PUBLISHED, 5, "meta date"},
    {"pubdate", SHEAF_FACT_PUBLISHED, 4, "meta pubdate"},
    {"publication-date", SHEAF_FACT_PUBLISHED, 5, "meta publication_date"},
    {"publication_date", SHEAF_FACT_PUBLISHED, 5, "meta publication_date"},
    {"publicationdate", SHEAF_FACT_PUBLISHED, 5, "meta publication_date"},
    {"publish-date", SHEAF_FACT_PUBLISHED, 4, "meta publishdate"},
    {"publish_date", SHEAF_FACT_PUBLISHED, 4, "meta publishdate"},
    {"publishdate", SHEAF_FACT_PUBLISHED, 4, "meta publishdate"},
    {"published", SHEAF_FACT_PUBLISHED, 5, "meta published"},
    {"published_time", SHEAF_FACT_PUBLISHED, 4, "meta published"},
    {"publisher", SHEAF_FACT_PUBLISHER, 4, "meta publisher"},
    {"rbauthors", SHEAF_FACT_AUTHOR, 4, "meta author"},
    {"release_date", SHEAF_FACT_PUBLISHED, 9, "meta date"},
    {"revised", SHEAF_FACT_MODIFIED, 7, "meta revised"},
    {"rnews:datepublished", SHEAF_FACT_PUBLISHED, 4, "meta date"},
    {"sailthru.author", SHEAF_FACT_AUTHOR, 3, "sailthru.author"},
    {"sailthru.date", SHEAF_FACT_PUBLISHED, 4, "sailthru.date"},
    {"sailthru.description", SHEAF_FACT_DESCRIPTION, 4, "sailthru.description"},
    {"sailthru.image.full", SHEAF_FACT_IMAGE, 6, "sailthru.image"},
    {"sailthru.tags", SHEAF_FACT_KEYWORDS, 4, "sailthru.tags"},
    {"sailthru.title", SHEAF_FACT_HEADLINE, 3, "sailthru.title"},
    {"section", SHEAF_FACT_SECTION, 3, "meta section"},
    {"shareaholic:article_author_name", SHEAF_FACT_AUTHOR, 6, "meta author"},
    {"shareaholic:article_published_time", SHEAF_FACT_PUBLISHED, 4, "meta date"},
    {"thumbnail", SHEAF_FACT_IMAGE, 7, "meta thumbnail"},
    {"timestamp", SHEAF_FACT_PUBLISHED, 9, "meta date"},
    {"title", SHEAF_FACT_HEADLINE, 12, "meta title"},
    {"twitter:description", SHEAF_FACT_DESCRIPTION, 3, "twitter:description"},
    {"twitter:image", SHEAF_FACT_IMAGE, 4, "twitter:image"},
    {"twitter:image:src", SHEAF_FACT_IMAGE, 4, "twitter:image"},
    {"twitter:text:title", SHEAF_FACT_HEADLINE, 9, "twitter:title"},
    {"twitter:title", SHEAF_FACT_HEADLINE, 10, "twitter:title"},
    {"twitter:url", SHEAF_FACT_CANONICAL, 5, "twitter:url"},
    {"updated", SHEAF_FACT_MODIFIED, 5, "meta date.updated"},
    {"updated_time", SHEAF_FACT_MODIFIED, 5, "meta date.updated"},
    {"utime", SHEAF_FACT_MODIFIED, 6, "meta date.updated"},
    {"video:release_date", SHEAF_FACT_PUBLISHED, 12, "meta date"},
    {"vr:author", SHEAF_FACT_AUTHOR, 5, "meta author"},
    {"vr:published_time", SHEAF_FACT_PUBLISHED, 4, "meta date"},
};

static const sheaf_page_meta properties[] = {
    /* names of itemprop and property */
    {"alternativeheadline", SHEAF_FACT_ALTERNATIVE, 2, "itemprop alternativeHeadline"},
    {"articlesection", SHEAF_FACT_SECTION, 3, "itemprop articleSection"},
    {"author", SHEAF_FACT_AUTHOR, 11, "itemprop author"},
    {"creator", SHEAF_FACT_AUTHOR, 12, "itemprop creator"},
    {"datecreated", SHEAF_FACT_PUBLISHED, 9, "itemprop dateCreated"},
    {"datemodified", SHEAF_FACT_MODIFIED, 3, "itemprop dateModified"},
    {"datepublished", SHEAF_FACT_PUBLISHED, 6, "itemprop datePublished"},
    {"dc:created", SHEAF_FACT_PUBLISHED, 9, "property dc:created"},
    {"dc:creator", SHEAF_FACT_AUTHOR, 12, "property dc:creator"},
    {"dc:date", SHEAF_FACT_PUBLISHED, 9, "property dc:date"},
    {"dc:title", SHEAF_FACT_HEADLINE, 9, "property dc:title"},
    {"description", SHEAF_FACT_DESCRIPTION, 6, "itemprop description"},
    {"headline", SHEAF_FACT_HEADLINE, 3, "itemprop headline"},
    {"inlanguage", SHEAF_FACT_LANGUAGE, 3, "itemprop inLanguage"},
    {"keywords", SHEAF_FACT_KEYWORDS, 4, "itemprop keywords"},
    {"publisher", SHEAF_FACT_PUBLISHER, 6, "itemprop publisher"},
};

static int compare(sheaf_slice name, const char *entry) {
    size_t i = 0;
    for (; i < name.size && entry[i] != '\0'; i++) {
        int difference = (uint8_t)sheaf_to_lower(name.data[i]) - (uint8_t)entry[i];
        if (difference)
            return difference;
    }
    return i < name.size ? 1 : entry[i] != '\0' ? -1 : 0;
}

static const sheaf_page_meta *find(const sheaf_page_meta *table, size_t count, sheaf_slice name) {
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        int order = compare(name, table[middle].name);
        if (order == 0)
            return &table[middle];
        if (order > 0)
            low = middle + 1;
        else
            count = middle;
    }
    return NULL;
}

const sheaf_page_meta *sheaf_page_meta_find(sheaf_slice name) {
    return find(metas, sizeof metas / sizeof *metas, name);
}

const sheaf_page_meta *sheaf_page_property_find(sheaf_slice name) {
    return find(properties, sizeof properties / sizeof *properties, name);
}

const sheaf_page_meta *sheaf_page_meta_at(size_t index) {
    return index < sizeof metas / sizeof *metas ? &metas[index] : NULL;
}

const sheaf_page_meta *sheaf_page_property_at(size_t index) {
    return index < sizeof properties / sizeof *properties ? &properties[index] : NULL;
}
