/* warc_document.c - out of a block: HTTP head, chunks, encodings, digest, and what
 * kind of thing it is.
 *
 * Kinds are told by the media type alone, so that most of a crawl is passed over
 * without a look at its bytes. Types that say nothing leave it to the bids. */
#include "read/warc_document.h"

#include "base/slice.h"
#include "read/header_lines.h"
#include "read/warc_digest.h"

static const char by_crawler[] = "requests and notes of the crawler";
static const char errors[] = "redirects and errors";
static const char furniture[] = "pictures, scripts and styles";
static const char films[] = "films and sounds";
static const char feeds[] = "feeds and sitemaps";
static const char others[] = "files of other kinds";
static const char empty[] = "empty answers";
static const char robots[] = "rules for robots";
static const char no_json[] = "JSON without an article";
static const char no_article[] = "pages without an article";
static const char no_text[] = "plain text without an article";

typedef enum treatment { PAGE, TEXT, SNIFF, SNIFF_JSON, SNIFF_MARKUP, PASS } treatment;

typedef struct media {
    sheaf_slice begins; /* the type, or how it begins */
    treatment treatment;
    const char *words; /* for what is passed, or turns out to be no article */
} media;

/* The first that fits counts. */
static const media medias[] = {
    {SLICE("text/html"), PAGE, no_article},
    {SLICE("application/xhtml+xml"), PAGE, no_article},
    {SLICE("text/plain"), TEXT, no_text},
    {SLICE("text/css"), PASS, furniture},
    {SLICE("text/javascript"), PASS, furniture},
    {SLICE("text/ecmascript"), PASS, furniture},
    {SLICE("text/x-javascript"), PASS, furniture},
    {SLICE("text/dns"), PASS, by_crawler},
    {SLICE("text/anvl"), PASS, by_crawler},
    {SLICE("text/calendar"), PASS, others},
    {SLICE("text/csv"), PASS, others},
    {SLICE("text/vcard"), PASS, others},
    {SLICE("text/xml"), SNIFF_MARKUP, feeds},
    {SLICE("text/"), SNIFF, no_text},
    {SLICE("application/javascript"), PASS, furniture},
    {SLICE("application/x-javascript"), PASS, furniture},
    {SLICE("application/ecmascript"), PASS, furniture},
    {SLICE("application/font"), PASS, furniture},
    {SLICE("application/x-font"), PASS, furniture},
    {SLICE("application/vnd.ms-fontobject"), PASS, furniture},
    {SLICE("application/wasm"), PASS, furniture},
    {SLICE("application/rss+xml"), PASS, feeds},
    {SLICE("application/atom+xml"), PASS, feeds},
    {SLICE("application/rdf+xml"), PASS, feeds},
    {SLICE("application/xml"), SNIFF_MARKUP, feeds},
    {SLICE("application/json"), SNIFF_JSON, no_json},
    {SLICE("application/ld+json"), SNIFF_JSON, no_json},
    {SLICE("application/x-ndjson"), SNIFF_JSON, no_json},
    {SLICE("application/octet-stream"), SNIFF, others},
    {SLICE("application/unknown"), SNIFF, others},
    {SLICE("application/warc-fields"), PASS, by_crawler},
    {SLICE("application/"), PASS, others},
    {SLICE("image/"), PASS, furniture},
    {SLICE("font/"), PASS, furniture},
    {SLICE("video/"), PASS, films},
    {SLICE("audio/"), PASS, films},
    {SLICE("model/"), PASS, others},
    {SLICE("multipart/"), PASS, others},
    {SLICE("message/"), PASS, others},
};
static const media unknown = {{0}, SNIFF, others};

static sheaf_crawl_sniff sniff_of(const media *kind) {
    switch (kind->treatment) {
    case SNIFF: return SHEAF_CRAWL_SNIFF_ANY;
    case SNIFF_JSON: return SHEAF_CRAWL_SNIFF_JSON;
    case SNIFF_MARKUP: return SHEAF_CRAWL_SNIFF_MARKUP;
    default: return SHEAF_CRAWL_SURE;
    }
}

/* The type without its parameters. */
static sheaf_slice bare_type(sheaf_slice type) {
    size_t end = 0;
    while (end < type.size && type.data[end] != ';' && type.data[end] != ',' &&
           !sheaf_is_space(type.data[end]))
        end++;
    return sheaf_slice_part(type, 0, end);
}

static const media *media_of(sheaf_slice type) {
    type = bare_type(type);
    for (size_t i = 0; i < sizeof medias / sizeof *medias; i++) {
        size_t size = medias[i].begins.size;
        if (type.size >= size &&
            sheaf_slice_equal_fold(sheaf_slice_part(type, 0, size), medias[i].begins))
            return &medias[i];
    }
    return &unknown;
}

static bool is_http(const sheaf_record *record) {
    sheaf_slice type = bare_type(record->content_type);
    if (record->kind == SHEAF_RECORD_RESPONSE || record->kind == SHEAF_RECORD_REVISIT)
        return true;
    return sheaf_slice_equal_fold(type, SLICE("application/http"));
}

/* http://host/robots.txt and its like of other schemes */
static bool is_for_robots(sheaf_slice url) {
    size_t end = sheaf_slice_find_char(url, 0, '?');
    return sheaf_slice_ends(sheaf_slice_part(url, 0, end), SLICE("/robots.txt"));
}

static void parse_http(sheaf_http *http, const sheaf_record *record, sheaf_slice block) {
    if (is_http(record))
        sheaf_http_parse(http, block);
    else
        *http = (sheaf_http){.body = block};
}

/* What the server has said, or the crawler where it has said nothing. */
static sheaf_slice type_of(const sheaf_record *record, const sheaf_http *http) {
    if (http->content_type.size)
        return http->content_type;
    if (record->payload_type.size)
        return record->payload_type;
    bool own = !sheaf_slice_equal_fold(bare_type(record->content_type), SLICE("application/http"));
    return own ? record->content_type : (sheaf_slice){0};
}

/* Why a record is passed over without opening it, or NULL. */
static const char *why_passed(const sheaf_record *record, const sheaf_http *http,
                              const media *kind) {
    sheaf_slice scheme = sheaf_slice_part(record->url, 0, 4);
    if (record->kind == SHEAF_RECORD_OTHER || record->kind == SHEAF_RECORD_CONTINUATION)
        return by_crawler;
    if (sheaf_slice_is(scheme, "dns:") || sheaf_slice_is(scheme, "meta"))
        return by_crawler;
    bool repeat = record->kind == SHEAF_RECORD_REVISIT; /* a head alone, or "not modified" */
    bool fine = http->status == 0 || http->status == 200 || http->status == 203;
    if (!fine && !(repeat && http->status == 304))
        return errors;
    if (http->body.size == 0 && !repeat)
        return empty;
    if (is_for_robots(record->url))
        return robots;
    return kind->treatment == PASS ? kind->words : NULL;
}

const char *sheaf_crawl_passed(const sheaf_record *record, sheaf_slice beginning) {
    sheaf_http http;
    parse_http(&http, record, beginning);
    return why_passed(record, &http, media_of(type_of(record, &http)));
}

/* ---- digests --------------------------------------------------------------------------------- */

/* A payload digest may be of what was sent, of that out of its chunks, or of the
 * document itself: crawlers differ. */
static sheaf_digest_verdict check_payload(sheaf_slice told, sheaf_slice sent, sheaf_slice joined,
                                          sheaf_slice document) {
    sheaf_digest_verdict verdict = sheaf_digest_check(told, sent);
    if (verdict == SHEAF_DIGEST_WRONG && joined.data != sent.data)
        verdict = sheaf_digest_check(told, joined);
    if (verdict == SHEAF_DIGEST_WRONG && document.data != joined.data)
        verdict = sheaf_digest_check(told, document);
    return verdict;
}

void sheaf_crawl_check(sheaf_crawl_document *document, const sheaf_record *record) {
    sheaf_digest_verdict verdict =
        check_payload(record->payload_digest, document->sent, document->joined, document->bytes);
    document->about.digest = record->payload_digest;
    if (verdict == SHEAF_DIGEST_UNKNOWN && record->block_digest.size) {
        verdict = sheaf_digest_check(record->block_digest, document->block);
        document->about.digest = record->block_digest;
    }
    document->about.digest_ok = verdict == SHEAF_DIGEST_RIGHT;
    document->about.digest_wrong = verdict == SHEAF_DIGEST_WRONG;
}

/* ---- opening ----------------------------------------------------------------------------------
 */

static void describe(sheaf_crawl_document *out, const sheaf_record *record, const sheaf_http *http,
                     sheaf_arena *arena) {
    out->about.url = record->url;
    out->about.retrieved = record->date;
    out->about.record_id = record->id;
    out->about.content_type = sheaf_header_unfold(arena, type_of(record, http));
    out->about.content_language = sheaf_header_unfold(arena, http->content_language);
    out->about.last_modified = sheaf_header_unfold(arena, http->last_modified);
}

static const char *why_short(const sheaf_record *record, const sheaf_http *http) {
    if (record->segmented)
        return "it goes on in other records, which are not joined";
    if (http->has_length && http->length > http->body.size && http->transfer_encoding.size == 0)
        return "the server has told of more bytes than there are";
    return NULL;
}

sheaf_status sheaf_crawl_open(sheaf_crawl_document *out, const sheaf_record *record,
                              sheaf_slice block, sheaf_http_decoder *decoder, sheaf_arena *arena,
                              const sheaf_limits *limits, sheaf_error *error) {
    sheaf_http http;
    parse_http(&http, record, block);
    const media *kind = media_of(type_of(record, &http));
    *out = (sheaf_crawl_document){
        .passed = why_passed(record, &http, kind), .block = block, .sent = http.body};
    if (out->passed)
        return SHEAF_OK;
    out->text = record->kind == SHEAF_RECORD_CONVERSION && kind->treatment == TEXT;
    out->sniff = sniff_of(kind);
    out->about.doubt = kind->words;
    out->note = why_short(record, &http);
    sheaf_status status = sheaf_http_dechunk(decoder, &http, &out->joined, &out->note, error);
    if (!status)
        status = sheaf_http_decode(decoder, &http, out->joined, limits->document_bytes, &out->bytes,
                                   &out->note, error);
    if (status)
        return status;
    describe(out, record, &http, arena);
    if (out->bytes.size == 0)
        out->passed = empty;
    return SHEAF_OK;
}
