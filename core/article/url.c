/* url.c - parts of a URL, and the three things done with them: finding one in
 * running text, making two that mean the same equal, naming the site.
 *
 * Nothing is decoded and nothing is guessed: bytes that stay are the bytes
 * that came. Addresses with other letters than ASCII are taken as they are
 * written on pages; where text is written without blanks, an address ends at
 * the first letter of such a script. */
#include "article/url.h"

#include "base/slice.h"
#include "base/utf8.h"

/* A few characters: faster than strchr, which is called for each of every URL. */
static bool is_among(char c, const char *characters) {
    while (*characters && *characters != c)
        characters++;
    return *characters != '\0';
}

/* An authority is [user@]host[:port]. */
typedef struct authority {
    sheaf_slice user; /* with its @ */
    sheaf_slice host;
    sheaf_slice port; /* without its colon */
} authority;

/* ---- Parsing --------------------------------------------------------------- */

/* Length of "http://" or "https://" at from, or 0. */
static size_t scheme_size(sheaf_slice text, size_t from) {
    if (sheaf_slice_equal_fold(sheaf_slice_part(text, from, from + 8), SLICE("https://")))
        return 8;
    if (sheaf_slice_equal_fold(sheaf_slice_part(text, from, from + 7), SLICE("http://")))
        return 7;
    return 0;
}

static size_t find_any(sheaf_slice text, size_t from, const char *stops) {
    while (from < text.size && !is_among(text.data[from], stops))
        from++;
    return from;
}

/* What a byte may end. Every link of every page is cut by this. */
enum { FORBIDDEN = 1, ENDS_AUTHORITY = 2, ENDS_PATH = 4, ENDS_QUERY = 8 };

static uint8_t ends_what(unsigned char c) {
    static const uint8_t what[256] = {['<'] = FORBIDDEN,
                                      ['>'] = FORBIDDEN,
                                      ['"'] = FORBIDDEN,
                                      ['\\'] = FORBIDDEN,
                                      ['^'] = FORBIDDEN,
                                      ['`'] = FORBIDDEN,
                                      ['{'] = FORBIDDEN,
                                      ['|'] = FORBIDDEN,
                                      ['}'] = FORBIDDEN,
                                      [0x7F] = FORBIDDEN,
                                      ['/'] = ENDS_AUTHORITY,
                                      ['?'] = ENDS_AUTHORITY | ENDS_PATH,
                                      ['#'] = ENDS_AUTHORITY | ENDS_PATH | ENDS_QUERY};
    return c <= ' ' ? FORBIDDEN : what[c];
}

/* True for bytes that cannot stand in a URL, whatever surrounds it. */
static bool is_forbidden(unsigned char c) {
    return ends_what(c) == FORBIDDEN;
}

/* The end of a part that begins at text[at]; SIZE_MAX when it holds what no URL does. */
static size_t part_end(sheaf_slice text, size_t at, unsigned end) {
    for (; at < text.size; at++) {
        unsigned what = ends_what((unsigned char)text.data[at]);
        if (what == 0)
            continue;
        if (what & FORBIDDEN)
            return SIZE_MAX;
        if (what & end)
            break;
    }
    return at;
}

static bool host_is_good(sheaf_slice host) {
    if (host.size == 0)
        return false;
    if (host.data[0] == '[')
        return host.size > 3 && host.data[host.size - 1] == ']';
    char before = '.';
    for (size_t i = 0; i < host.size; i++) {
        char c = host.data[i];
        bool good = sheaf_is_alpha(c) || sheaf_is_digit(c) || (unsigned char)c >= 0x80 ||
                    c == '-' || c == '_' || c == '~' || c == '%' || (c == '.' && before != '.');
        if (!good)
            return false;
        before = c;
    }
    return true;
}

static bool port_is_good(sheaf_slice port) {
    unsigned number = 0;
    for (size_t i = 0; i < port.size; i++) {
        if (!sheaf_is_digit(port.data[i]))
            return false;
        number = number * 10 + (unsigned)(port.data[i] - '0');
        if (number > 65535)
            return false;
    }
    return true;
}

static bool split_authority(authority *out, sheaf_slice text) {
    *out = (authority){.host = text};
    for (size_t i = text.size; i > 0; i--) {
        if (text.data[i - 1] == '@') {
            out->user = sheaf_slice_part(text, 0, i);
            out->host = sheaf_slice_part(text, i, text.size);
            break;
        }
    }
    size_t from = 0;
    if (out->host.size && out->host.data[0] == '[')
        from = find_any(out->host, 0, "]");
    size_t colon = sheaf_slice_find_char(out->host, from, ':');
    if (colon != SIZE_MAX) {
        out->port = sheaf_slice_part(out->host, colon + 1, out->host.size);
        out->host = sheaf_slice_part(out->host, 0, colon);
    }
    return host_is_good(out->host) && port_is_good(out->port);
}

/* The parts of text, but for its fragment, which nobody wants. */
static bool split(sheaf_url *url, authority *where, sheaf_slice text) {
    size_t at = scheme_size(text, 0);
    if (at == 0)
        return false;
    size_t path = part_end(text, at, ENDS_AUTHORITY);
    size_t query = path == SIZE_MAX ? path : part_end(text, path, ENDS_PATH);
    size_t end = query == SIZE_MAX ? query : part_end(text, query, ENDS_QUERY);
    if (end == SIZE_MAX || part_end(text, end, 0) == SIZE_MAX ||
        !split_authority(where, sheaf_slice_part(text, at, path)))
        return false;
    *url = (sheaf_url){.scheme = sheaf_slice_part(text, 0, at - 3),
                       .host = where->host,
                       .path = sheaf_slice_part(text, path, query),
                       .query = sheaf_slice_part(text, query < end ? query + 1 : end, end)};
    return true;
}

bool sheaf_url_parse(sheaf_url *out, sheaf_slice text) {
    sheaf_url url;
    authority where;
    if (!split(&url, &where, text))
        return false;
    *out = url;
    return true;
}

/* ---- Finding --------------------------------------------------------------- */

/* True for what ends a URL in running text beyond ASCII: blanks, typographic
 * punctuation, and letters of scripts that put no blank before or after it. */
static bool ends_address(uint32_t c) {
    return c == 0xA0 || c == 0xAB || c == 0xBB || (c >= 0x2000 && c <= 0x206F) || c >= 0x2E80 ||
           (c >= 0x0E00 && c <= 0x0E7F);
}

static size_t address_end(sheaf_slice text, size_t from) {
    size_t at = from;
    while (at < text.size) {
        unsigned char c = (unsigned char)text.data[at];
        if (c < 0x80) {
            if (is_forbidden(c))
                return at;
            at++;
            continue;
        }
        size_t next = at;
        if (ends_address(sheaf_utf8_next(text, &next)))
            return at;
        at = next;
    }
    return at;
}

/* How many more of close than of open there are. */
static size_t surplus(sheaf_slice text, char open, char close) {
    size_t opened = 0;
    size_t closed = 0;
    for (size_t i = 0; i < text.size; i++) {
        opened += text.data[i] == open;
        closed += text.data[i] == close;
    }
    return closed > opened ? closed - opened : 0;
}

/* Takes off what belongs to the sentence: points, quotes, and brackets that
 * were not opened inside. */
static size_t trim_address(sheaf_slice text, size_t from, size_t end) {
    sheaf_slice address = sheaf_slice_part(text, from, end);
    size_t round = surplus(address, '(', ')');
    size_t square = surplus(address, '[', ']');
    while (end > from) {
        char last = text.data[end - 1];
        if (last == ')' && round > 0)
            round--;
        else if (last == ']' && square > 0)
            square--;
        else if (last == '\0' || !strchr(".,;:!?'*(", last))
            break;
        end--;
    }
    return end;
}

/* Where the scheme of the "://" at at begins, or SIZE_MAX. */
static size_t scheme_start(sheaf_slice text, size_t from, size_t at) {
    if (at >= from + 5 && scheme_size(text, at - 5) == 8)
        return at - 5;
    if (at >= from + 4 && scheme_size(text, at - 4) == 7)
        return at - 4;
    return SIZE_MAX;
}

/* A glance at the host alone, so that a long line of what only begins like
 * URLs is not walked to its end again and again. */
static bool host_follows(sheaf_slice text, size_t from) {
    enum { LONGEST = 512 };
    authority where;
    sheaf_slice part = sheaf_slice_part(text, from, from + LONGEST);
    size_t end = trim_address(part, 0, find_any(part, 0, "/?# \t\r\n<>\"\\^`{|}"));
    end = address_end(sheaf_slice_part(part, 0, end), 0);
    return end < LONGEST && split_authority(&where, sheaf_slice_part(part, 0, end));
}

bool sheaf_url_find(sheaf_slice text, size_t from, size_t *start, size_t *end) {
    for (size_t at = from; (at = sheaf_slice_find(text, at, SLICE("://"))) != SIZE_MAX; at += 3) {
        size_t begin = scheme_start(text, from, at);
        if (begin == SIZE_MAX || !host_follows(text, at + 3))
            continue;
        size_t stop = trim_address(text, at + 3, address_end(text, at + 3));
        sheaf_url url;
        if (sheaf_url_parse(&url, sheaf_slice_part(text, begin, stop))) {
            *start = begin;
            *end = stop;
            return true;
        }
    }
    return false;
}

/* ---- Normalising ------------------------------------------------------------ */

/* Parameters that say how a reader came, not what is read. */
static bool is_tracking(sheaf_slice parameter) {
    static const char *const names[] = {
        "fbclid", "gclid",  "gclsrc", "dclid",   "gbraid",  "wbraid",      "msclkid",    "yclid",
        "ysclid", "twclid", "ttclid", "igshid",  "igsh",    "mc_cid",      "mc_eid",     "_ga",
        "_gl",    "_hsenc", "_hsmi",  "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id", "wickedid",
        "s_cid",  "icid",   "ito",    "cmpid",   "ref_src", "ref_url",     "spm",
    };
    sheaf_slice name = sheaf_slice_part(parameter, 0, find_any(parameter, 0, "="));
    if (sheaf_slice_equal_fold(sheaf_slice_part(name, 0, 4), SLICE("utm_")))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sheaf_slice_equal_fold(name, sheaf_slice_of(names[i])))
            return true;
    }
    return false;
}

static char *put(char *out, sheaf_slice slice) {
    if (slice.size)
        memcpy(out, slice.data, slice.size);
    return out + slice.size;
}

static char *put_lower(char *out, sheaf_slice slice) {
    for (size_t i = 0; i < slice.size; i++)
        *out++ = sheaf_to_lower(slice.data[i]);
    return out;
}

static char *put_query(char *out, sheaf_slice query) {
    char before = '?';
    for (size_t at = 0; at < query.size;) {
        size_t end = find_any(query, at, "&");
        sheaf_slice parameter = sheaf_slice_part(query, at, end);
        at = end + 1;
        if (parameter.size == 0 || is_tracking(parameter))
            continue;
        *out++ = before;
        out = put(out, parameter);
        before = '&';
    }
    return out;
}

static bool is_default_port(const sheaf_url *url, sheaf_slice port) {
    return port.size == 0 || sheaf_slice_is(port, url->scheme.size == 5 ? "443" : "80");
}

sheaf_slice sheaf_url_normalise(sheaf_arena *arena, sheaf_slice text) {
    sheaf_url url;
    authority where;
    if (!split(&url, &where, text))
        return sheaf_arena_copy(arena, text);
    char *start = sheaf_arena_alloc(arena, text.size + 2); /* a path of "/", and a zero */
    if (!start)
        return (sheaf_slice){0};
    char *out = put_lower(start, url.scheme);
    out = put(put(out, SLICE("://")), where.user);
    out = put_lower(out, where.host);
    if (!is_default_port(&url, where.port))
        out = put(put(out, SLICE(":")), where.port);
    out = put(out, url.path.size ? url.path : SLICE("/"));
    out = put_query(out, url.query);
    *out = '\0';
    return (sheaf_slice){start, (size_t)(out - start)};
}

sheaf_slice sheaf_url_site(sheaf_slice text) {
    sheaf_url url;
    if (!sheaf_url_parse(&url, text))
        return (sheaf_slice){0};
    if (sheaf_slice_equal_fold(sheaf_slice_part(url.host, 0, 4), SLICE("www.")) &&
        url.host.size > 4)
        return sheaf_slice_part(url.host, 4, url.host.size);
    return url.host;
}
