/* dump_facts.c - what one line gives to the record, and who wins a field.
 *
 * Several lines may tell the same thing: a label says the day, an ISO time the
 * minute. Each offers its value with a rank; the surest wins, the first of
 * equals stays, and a finer time for the same day refines the one that won. */
#include "article/credit.h"
#include "article/url.h"
#include "base/hash.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

/* ---- offers ------------------------------------------------------------------ */

static bool same_day(const sheaf_date *a, const sheaf_date *b) {
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static void write_date(dump_draft *draft, sheaf_field field, const sheaf_date *date,
                       const char *rule) {
    sheaf_article_win(draft->article, field, sheaf_date_text(&draft->article->arena, date), rule);
}

void sheaf_dump_offer_published(dump_draft *draft, const sheaf_date *date, dump_rank rank,
                                const char *rule) {
    sheaf_date *now = &draft->published;
    bool first = draft->published_rank == DUMP_RANK_NONE;
    bool completes = !first && now->year == 0 && date->year > 0;
    bool refines = !first && same_day(now, date) && now->hour < 0 && date->hour >= 0;
    bool keeps = !first && same_day(now, date) && date->hour < 0 && now->hour >= 0;
    if (first || completes || refines ||
        (rank > draft->published_rank && !keeps && date->year > 0)) {
        *now = *date;
        write_date(draft, SHEAF_FIELD_PUBLISHED, date, rule);
    }
    if (rank > draft->published_rank)
        draft->published_rank = rank;
}

void sheaf_dump_offer_modified(dump_draft *draft, const sheaf_date *date, dump_rank rank,
                               const char *rule) {
    if (rank <= draft->modified_rank)
        return;
    draft->modified = *date;
    draft->modified_rank = rank;
    write_date(draft, SHEAF_FIELD_MODIFIED, date, rule);
}

static sheaf_slice strip_name(sheaf_slice name) {
    name = sheaf_slice_trim(name);
    size_t end = sheaf_slice_find_char(name, 0, ';');
    name = sheaf_slice_trim(sheaf_slice_part(name, 0, end));
    while (name.size && strchr(".,:|-", name.data[name.size - 1]) &&
           !(name.size > 2 && name.data[name.size - 1] == '.' && name.data[name.size - 3] == '.'))
        name = sheaf_slice_trim(sheaf_slice_part(name, 0, name.size - 1));
    return name;
}

void sheaf_dump_offer_publisher(dump_draft *draft, sheaf_slice name, dump_rank rank,
                                const char *rule) {
    enum { LONGEST = 120 };
    name = strip_name(name);
    if (rank <= draft->publisher_rank || name.size == 0 || name.size > LONGEST)
        return;
    draft->publisher_rank = rank;
    sheaf_article_win(draft->article, SHEAF_FIELD_PUBLISHER, name, rule);
}

void sheaf_dump_offer_headline(dump_draft *draft, sheaf_slice text, dump_rank rank,
                               const char *rule) {
    sheaf_buffer clean = {0};
    if (rank <= draft->headline_rank)
        return;
    draft->headline_rank = rank;
    sheaf_dump_write(&clean, text, draft->text);
    sheaf_article_win(draft->article, SHEAF_FIELD_HEADLINE, sheaf_buffer_view(&clean), rule);
    draft->article->arena.failed |= clean.failed;
    sheaf_buffer_clear(&clean);
}

static void offer_once(dump_draft *draft, sheaf_field field, sheaf_slice value, const char *rule) {
    if (draft->article->field[field].size == 0)
        sheaf_article_win(draft->article, field, value, rule);
}

void sheaf_dump_offer_provider(dump_draft *draft, sheaf_slice name, const char *rule) {
    offer_once(draft, SHEAF_FIELD_PROVIDER, name, rule);
}

void sheaf_dump_offer_via(dump_draft *draft, sheaf_slice name, const char *rule) {
    offer_once(draft, SHEAF_FIELD_VIA, name, rule);
}

/* ---- dates ------------------------------------------------------------------------ */

static bool is_later(const sheaf_date *a, const sheaf_date *b) {
    int64_t left;
    int64_t right;
    return sheaf_date_seconds(a, &left) && sheaf_date_seconds(b, &right) && left > right;
}

/* A time without a label: the first is when it was published; a later one,
 * among the fields of a content system, when it was changed. */
static void take_plain_date(dump_draft *draft, const sheaf_date *date, size_t line) {
    bool timed = date->hour >= 0;
    bool second = timed && draft->published_rank >= DUMP_RANK_EXACT && draft->published.hour >= 0;
    if (second && is_later(date, &draft->published)) {
        if (draft->modified_rank <= DUMP_RANK_EXACT &&
            (draft->modified_rank == DUMP_RANK_NONE || is_later(date, &draft->modified))) {
            draft->modified_rank = DUMP_RANK_NONE;
            sheaf_dump_offer_modified(draft, date, DUMP_RANK_EXACT,
                                      "the later of two times, each on a line of its own");
        }
        return;
    }
    if (line >= draft->body_to && draft->published_rank >= DUMP_RANK_PLACE)
        return;
    sheaf_dump_offer_published(draft, date, timed ? DUMP_RANK_EXACT : DUMP_RANK_PLACE,
                               timed ? "first time that stands on a line of its own"
                                     : "date on a line of its own");
}

static void take_dates(dump_draft *draft, const dump_dates *dates, size_t line) {
    if (dates->has_published)
        sheaf_dump_offer_published(draft, &dates->published, DUMP_RANK_LABEL,
                                   "date with a label that says published");
    if (dates->has_modified)
        sheaf_dump_offer_modified(draft, &dates->modified, DUMP_RANK_LABEL,
                                  "date with a label that says updated");
    if (dates->has_retrieved)
        offer_once(draft, SHEAF_FIELD_RETRIEVED,
                   sheaf_date_text(&draft->article->arena, &dates->retrieved),
                   "date with a label that says retrieved");
    if (dates->has_plain)
        take_plain_date(draft, &dates->plain, line);
}

/* What stands beside a date: an outlet, an agency, a section, a name. */
static void take_rest(dump_draft *draft, sheaf_slice rest) {
    char folded[SHEAF_PHRASE_ROOM];
    sheaf_slice outlet = sheaf_dump_outlet(rest);
    sheaf_slice agency = sheaf_agency(rest);
    if (outlet.size)
        sheaf_dump_offer_publisher(draft, rest, DUMP_RANK_PLACE, "outlet beside the date");
    else if (agency.size)
        sheaf_dump_offer_provider(draft, agency, "agency beside the date");
    else if (sheaf_dump_is_section(sheaf_phrase(folded, rest)))
        offer_once(draft, SHEAF_FIELD_SECTION, rest, "section beside the date");
    else if (rest.size && draft->article->authors.count == 0 && sheaf_byline_is(rest)) {
        sheaf_byline_parse(draft->article, rest);
        sheaf_article_reason(draft->article, "byline", "byline beside the date");
    }
}

static void take_date_line(dump_draft *draft, size_t line) {
    dump_dates dates;
    if (!sheaf_dump_read_dates(&dates, sheaf_dump_text(draft->text, &draft->lines[line])))
        return;
    take_dates(draft, &dates, line);
    take_rest(draft, dates.rest);
}

/* Dates beside an address: "date 2022-02-10 https://…". */
static void take_beside_url(dump_draft *draft, size_t index) {
    const dump_line *line = &draft->lines[index];
    dump_dates dates;
    sheaf_slice before = sheaf_slice_part(sheaf_dump_text(draft->text, line), 0, line->value);
    size_t start;
    size_t end;
    if (before.size && sheaf_dump_read_dates(&dates, before)) {
        take_dates(draft, &dates, index);
        return;
    }
    sheaf_slice all = sheaf_dump_text(draft->text, line);
    if (sheaf_url_find(all, 0, &start, &end) &&
        sheaf_dump_read_dates(&dates, sheaf_slice_part(all, end, all.size)))
        take_dates(draft, &dates, index);
}

/* ---- people --------------------------------------------------------------------------- */

void sheaf_dump_take_name(dump_draft *draft, sheaf_slice name, sheaf_slice role, const char *rule) {
    if (draft->article->authors.count || draft->article->field[SHEAF_FIELD_BYLINE].size)
        return;
    sheaf_article_win(draft->article, SHEAF_FIELD_BYLINE, name, rule);
    sheaf_article_add_author(draft->article, name, role);
    sheaf_article_reason(draft->article, "authors", rule);
}

static void take_byline(dump_draft *draft, sheaf_slice line, const char *rule) {
    sheaf_date date;
    size_t start;
    size_t end;
    if (draft->article->field[SHEAF_FIELD_BYLINE].size || !sheaf_byline_parse(draft->article, line))
        return;
    sheaf_article_reason(draft->article, "byline", rule);
    sheaf_article_reason(draft->article, "authors", rule);
    for (size_t at = 0; at < line.size; at++) { /* "By A B, Reuters" */
        bool parts = at == 0 || strchr(",|/ ", line.data[at - 1]);
        sheaf_slice agency =
            parts ? sheaf_agency(sheaf_slice_part(line, at, line.size)) : (sheaf_slice){0};
        if (agency.size)
            sheaf_dump_offer_provider(draft, agency, "agency named in the byline");
    }
    if (sheaf_date_find(&date, line, 0, false, &start, &end) && date.day > 0)
        sheaf_dump_offer_published(draft, &date, DUMP_RANK_PLACE, "date beside the byline");
}

/* "(Reporting by A B; editing by C D)" */
static void take_signoff(dump_draft *draft, sheaf_slice line) {
    size_t end = sheaf_slice_find_char(line, 0, ';');
    sheaf_slice first = sheaf_slice_part(line, 0, end);
    char folded[SHEAF_PHRASE_ROOM];
    sheaf_slice lower = sheaf_phrase(folded, first);
    if (sheaf_slice_starts(lower, SLICE("edit")) ||
        sheaf_slice_starts(lower, SLICE("additional")) ||
        sheaf_slice_starts(lower, SLICE("compil")) || sheaf_slice_starts(lower, SLICE("with")) ||
        sheaf_slice_starts(lower, SLICE("transl")))
        return;
    while (first.size && (first.data[first.size - 1] == ')' || first.data[first.size - 1] == '.'))
        first.size--;
    take_byline(draft, first, "sign-off at the end names who reported");
}

/* ---- keywords --------------------------------------------------------------------------- */

/* A slash in "film/tv" stays; commas, semicolons, bars and bullets part. */
static size_t parting_at(sheaf_slice list, size_t at) {
    static const char *const partings[] = {",",
                                           ";",
                                           "|",
                                           "\xE2\x80\xA2",
                                           "\xC2\xB7",
                                           "\xD8\x8C",
                                           "\xE3\x80\x81",
                                           "\xEF\xBC\x8C",
                                           "\xEF\xBC\x9B",
                                           "\n",
                                           "\t"};
    sheaf_slice rest = sheaf_slice_part(list, at, list.size);
    for (size_t i = 0; i < sizeof partings / sizeof *partings; i++) {
        if (sheaf_slice_starts(rest, sheaf_slice_of(partings[i])))
            return strlen(partings[i]);
    }
    return 0;
}

/* "POLITICS (90%)" as databases weigh their terms. */
static sheaf_slice without_weight(sheaf_slice word) {
    word = sheaf_slice_trim(word);
    size_t open = sheaf_slice_find(word, 0, SLICE(" ("));
    if (open != SIZE_MAX && sheaf_slice_ends(word, SLICE("%)")))
        word = sheaf_slice_trim(sheaf_slice_part(word, 0, open));
    while (word.size && (word.data[0] == '#' || word.data[0] == '"'))
        word = sheaf_slice_part(word, 1, word.size);
    while (word.size && (word.data[word.size - 1] == '.' || word.data[word.size - 1] == '"'))
        word.size--;
    return word;
}

void sheaf_dump_take_keywords(dump_draft *draft, sheaf_slice list, const char *rule) {
    enum { MOST = 256, LONGEST = 120 };
    size_t from = 0;
    bool hashtags = sheaf_slice_starts(list, SLICE("#"));
    for (size_t at = 0; at <= list.size && draft->article->keywords.count < MOST;) {
        size_t size = at < list.size ? parting_at(list, at) : 1;
        if (!size && hashtags && list.data[at] == ' ')
            size = 1;
        if (!size) {
            at++;
            continue;
        }
        sheaf_slice word = without_weight(sheaf_slice_part(list, from, at));
        if (word.size && word.size <= LONGEST)
            sheaf_article_add_keyword(draft->article, word);
        at += size;
        from = at;
    }
    if (draft->article->keywords.count)
        sheaf_article_reason(draft->article, "keywords", rule);
}

/* ---- labels -------------------------------------------------------------------------------- */

static void take_key_date(dump_draft *draft, const dump_line *line, size_t index) {
    dump_dates dates;
    sheaf_date date;
    size_t start;
    size_t end;
    sheaf_slice value = sheaf_dump_value(draft->text, line);
    if (!sheaf_dump_read_dates(&dates, sheaf_dump_text(draft->text, line))) {
        if (!sheaf_date_find(&date, value, 0, false, &start, &end) || start > 0 || date.month == 0)
            return;
        dates = (dump_dates){.has_plain = true, .plain = date};
    }
    if (line->key == DUMP_KEY_MODIFIED && dates.has_plain && !dates.has_modified) {
        dates.modified = dates.plain;
        dates.has_modified = true;
        dates.has_plain = false;
    } else if (line->key == DUMP_KEY_RETRIEVED && dates.has_plain) {
        dates.retrieved = dates.plain;
        dates.has_retrieved = true;
        dates.has_plain = false;
    } else if (dates.has_plain && !dates.has_published) {
        dates.published = dates.plain;
        dates.has_published = true;
        dates.has_plain = false;
    }
    take_dates(draft, &dates, index);
}

/* "Re: ", "FW: " before the subject of a mail. */
static sheaf_slice without_reply(sheaf_slice subject) {
    static const char *const marks[] = {"re:", "fw:", "fwd:", "aw:", "wg:", "tr:", "rv:", "sv:"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        if (sheaf_slice_equal_fold(sheaf_slice_part(subject, 0, size), sheaf_slice_of(marks[i]))) {
            subject = sheaf_slice_trim(sheaf_slice_part(subject, size, subject.size));
            i = SIZE_MAX;
        }
    }
    return subject;
}

static void take_source(dump_draft *draft, sheaf_slice value) {
    sheaf_slice agency = sheaf_agency(strip_name(value));
    sheaf_slice known = sheaf_dump_outlet_of_host(sheaf_url_site(value));
    sheaf_slice by_host = known.size ? known : sheaf_dump_outlet_of_host(value);
    if (by_host.size) {
        sheaf_dump_offer_publisher(draft, by_host, DUMP_RANK_LABEL, "label of the source");
    } else if (agency.size) {
        sheaf_dump_offer_provider(draft, agency, "label of the source names an agency");
    } else if (sheaf_slice_find(value, 0, SLICE("://")) == SIZE_MAX) {
        sheaf_dump_offer_publisher(draft, value, DUMP_RANK_LABEL, "label of the source");
    }
}

/* "NEWS; Pg. 4" is the section NEWS. */
static sheaf_slice first_part(sheaf_slice value) {
    return sheaf_slice_trim(sheaf_slice_part(value, 0, sheaf_slice_find_char(value, 0, ';')));
}

static void take_key_byline(dump_draft *draft, const dump_line *line, sheaf_slice value) {
    take_byline(draft, sheaf_dump_text(draft->text, line), "label of the byline");
    if (!draft->article->field[SHEAF_FIELD_BYLINE].size && sheaf_dump_is_name(value))
        sheaf_dump_take_name(draft, value, (sheaf_slice){0}, "label of the byline");
    if (!draft->article->field[SHEAF_FIELD_BYLINE].size && value.size <= 200)
        sheaf_article_win(draft->article, SHEAF_FIELD_BYLINE, value, "label of the byline");
    else if (draft->article->field[SHEAF_FIELD_BYLINE].size && value.size)
        sheaf_article_win(draft->article, SHEAF_FIELD_BYLINE, value, "label of the byline");
}

static void take_via_of_key(dump_draft *draft, const dump_line *line) {
    char folded[SHEAF_PHRASE_ROOM];
    sheaf_slice text =
        sheaf_phrase(folded, sheaf_utf8_prefix(sheaf_dump_text(draft->text, line), 60));
    if (sheaf_slice_starts(text, SLICE("load-date")))
        sheaf_dump_offer_via(draft, SLICE("Nexis"), "the database's own label");
    if (sheaf_slice_starts(text, SLICE("proquest document id")))
        sheaf_dump_offer_via(draft, SLICE("ProQuest"), "the database's own label");
}

static void take_key(dump_draft *draft, size_t index) {
    const dump_line *line = &draft->lines[index];
    sheaf_slice value = sheaf_dump_value(draft->text, line);
    bool behind = index >= draft->body_to && draft->body_to > draft->body_from;
    if (value.size == 0)
        return;
    switch (line->key) {
    case DUMP_KEY_HEADLINE:
        sheaf_dump_offer_headline(draft, value, DUMP_RANK_LABEL, "label of the title");
        break;
    case DUMP_KEY_SUBJECT:
        if (behind)
            sheaf_dump_take_keywords(draft, value, "label of the subject");
        else
            sheaf_dump_offer_headline(draft, without_reply(value), DUMP_RANK_EXACT,
                                      "subject of the mail");
        break;
    case DUMP_KEY_ALTERNATIVE:
        offer_once(draft, SHEAF_FIELD_ALTERNATIVE_HEADLINE, value, "label of the title");
        break;
    case DUMP_KEY_DESCRIPTION:
        offer_once(draft, SHEAF_FIELD_DESCRIPTION, value, "label of the summary");
        break;
    case DUMP_KEY_BYLINE: take_key_byline(draft, line, value); break;
    case DUMP_KEY_PUBLISHER: take_source(draft, value); break;
    case DUMP_KEY_PROVIDER:
        sheaf_dump_offer_provider(draft, sheaf_agency(value).size ? sheaf_agency(value) : value,
                                  "label of the agency");
        break;
    case DUMP_KEY_PUBLISHED:
    case DUMP_KEY_MODIFIED:
    case DUMP_KEY_RETRIEVED: take_key_date(draft, line, index); break;
    case DUMP_KEY_SECTION:
        offer_once(draft, SHEAF_FIELD_SECTION, first_part(value), "label of the section");
        break;
    case DUMP_KEY_KEYWORDS: sheaf_dump_take_keywords(draft, value, "label of the keywords"); break;
    case DUMP_KEY_CAPTION: sheaf_dump_add_caption(draft, index, value, (sheaf_slice){0}); break;
    case DUMP_KEY_CREDIT: sheaf_dump_add_caption(draft, index, (sheaf_slice){0}, value); break;
    default: take_via_of_key(draft, line); break;
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

void sheaf_dump_take_fact(dump_draft *draft, size_t index) {
    dump_line *line = &draft->lines[index];
    sheaf_slice text = sheaf_dump_text(draft->text, line);
    if (line->flags & DUMP_USED)
        return;
    switch (line->kind) {
    case DUMP_DATE: take_date_line(draft, index); break;
    case DUMP_URL: take_beside_url(draft, index); break;
    case DUMP_IMAGE:
        sheaf_dump_take_picture(draft, index,
                                sheaf_slice_trim(sheaf_slice_part(text, line->value, text.size)));
        break;
    case DUMP_BYLINE: take_byline(draft, text, "line that names who wrote it"); break;
    case DUMP_SIGNOFF: take_signoff(draft, text); break;
    case DUMP_CAPTION: sheaf_dump_take_caption(draft, index); break;
    case DUMP_TAGS:
        sheaf_dump_take_keywords(draft, sheaf_dump_value(draft->text, line), "list of tags");
        break;
    case DUMP_KEY: take_key(draft, index); break;
    case DUMP_READER: {
        char folded[SHEAF_PHRASE_ROOM];
        sheaf_dump_offer_via(draft, sheaf_dump_via_of_footer(sheaf_phrase(folded, text)),
                             "footer of a press reader");
        break;
    }
    case DUMP_FINISH:
        sheaf_dump_offer_via(
            draft, sheaf_slice_starts(text, SLICE("Document ")) ? SLICE("Factiva") : SLICE("Nexis"),
            "how the database ends a document");
        break;
    default: break;
    }
    if (line->kind != DUMP_URL) /* which address is its own is told at the end */
        line->flags |= DUMP_USED;
}
