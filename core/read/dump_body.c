/* dump_body.c - the body, what stands behind it, and what the whole tells.
 *
 * In the body, sentences are paragraphs and a short line between two of them is
 * a subhead; facts and furniture are taken out. Behind it stand tags, other
 * headlines, addresses and footers: they become keywords and links, or nothing. */
#include "article/credit.h"
#include "article/url.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

static sheaf_slice text_of(const dump_draft *draft, size_t line) {
    return sheaf_dump_text(draft->text, &draft->lines[line]);
}

static void use(dump_draft *draft, size_t line) {
    draft->lines[line].flags |= DUMP_USED;
}

static void plan(dump_draft *draft, size_t line, sheaf_block_kind kind) {
    draft->plan[line] = (uint8_t)(1 + kind);
    use(draft, line);
}

static bool is_text(const dump_line *line) {
    return line->kind == DUMP_PROSE || line->kind == DUMP_ITEM;
}

/* ---- repeated paragraphs ------------------------------------------------------- */

/* Marks the second and further copies of a paragraph as used. */
static void drop_repeats(dump_draft *draft) {
    sheaf_map seen = {0};
    for (size_t i = draft->body_from; i < draft->body_to; i++) {
        const dump_line *line = &draft->lines[i];
        if (line->copies < 2 || line->words < 6 || !is_text(line))
            continue;
        size_t before = seen.count;
        if (!sheaf_map_put(&seen, text_of(draft, i), 1))
            draft->article->arena.failed = true;
        else if (seen.count == before)
            use(draft, i);
    }
    sheaf_map_clear(&seen);
}

/* ---- the body ---------------------------------------------------------------------- */

/* The next line that is text or might be a heading, or body_to. */
static size_t next_block(const dump_draft *draft, size_t i) {
    while (i < draft->body_to &&
           (!sheaf_dump_unused(&draft->lines[i]) ||
            (!is_text(&draft->lines[i]) && draft->lines[i].kind != DUMP_TITLE)))
        i++;
    return i;
}

static bool ends_with_comma(sheaf_slice text) {
    return sheaf_slice_ends(text, SLICE(",")) || sheaf_slice_ends(text, SLICE(";")) ||
           sheaf_slice_ends(text, SLICE("\xEF\xBC\x8C"));
}

/* A short line without an end, above a sentence. */
static bool is_subhead(const dump_draft *draft, size_t i) {
    const dump_line *line = &draft->lines[i];
    sheaf_slice text = text_of(draft, i);
    size_t next = next_block(draft, i + 1);
    if (line->words > 16 || ends_with_comma(text) || next >= draft->body_to)
        return false;
    if ((line->flags & DUMP_ENDS) && !sheaf_slice_ends(text, SLICE("?")))
        return false;
    if (sheaf_slice_ends(text, SLICE(":")) && line->words > 6)
        return false;
    return draft->lines[next].kind == DUMP_PROSE || draft->lines[next].kind == DUMP_ITEM ||
           next_block(draft, next + 1) < draft->body_to;
}

static void plan_title(dump_draft *draft, size_t i) {
    sheaf_slice text = text_of(draft, i);
    if (sheaf_dump_same(text, draft->article->field[SHEAF_FIELD_HEADLINE]))
        use(draft, i);
    else
        plan(draft, i, is_subhead(draft, i) ? SHEAF_BLOCK_HEADING : SHEAF_BLOCK_PARAGRAPH);
}

/* Other headlines below "Most read" go, up to the next sentence. */
static size_t skip_menu(dump_draft *draft, size_t i, size_t end) {
    use(draft, i);
    for (i++; i < end; i++) {
        const dump_line *line = &draft->lines[i];
        if (line->kind != DUMP_TITLE && line->kind != DUMP_MENU && line->kind != DUMP_FURNITURE &&
            line->kind != DUMP_DATE && line->kind != DUMP_ITEM && line->kind != DUMP_SECTION &&
            line->kind != DUMP_URL)
            break;
        if (line->kind == DUMP_URL) {
            sheaf_slice url = sheaf_slice_part(text_of(draft, i), line->value, SIZE_MAX);
            bool titled = i > 0 && draft->lines[i - 1].kind == DUMP_TITLE;
            sheaf_article_add_link(draft->article, url,
                                   titled ? text_of(draft, i - 1) : (sheaf_slice){0});
        }
        use(draft, i);
    }
    return i;
}

/* The lines under a menu label in mid-body: only those before the next
 * sentence, and never more than a handful, since a subhead may follow. */
static size_t skip_menu_in_body(dump_draft *draft, size_t i) {
    size_t end = i + 1;
    while (end < draft->body_to && draft->lines[end].kind != DUMP_PROSE)
        end++;
    return skip_menu(draft, i, end);
}

static void take_related(dump_draft *draft, size_t i) {
    sheaf_slice value = sheaf_dump_value(draft->text, &draft->lines[i]);
    size_t start;
    size_t end;
    use(draft, i);
    if (!sheaf_url_find(value, 0, &start, &end)) {
        if (i + 1 < draft->count && draft->lines[i + 1].kind == DUMP_URL &&
            sheaf_dump_unused(&draft->lines[i + 1])) {
            sheaf_article_add_link(
                draft->article,
                sheaf_slice_part(text_of(draft, i + 1), draft->lines[i + 1].value, SIZE_MAX),
                value);
            use(draft, i + 1);
        }
        return;
    }
    sheaf_slice title = sheaf_slice_trim(sheaf_slice_part(value, 0, start));
    sheaf_article_add_link(draft->article, sheaf_slice_part(value, start, end), title);
}

/* A label in mid-body is one only when a sentence does not follow it. */
static void plan_key(dump_draft *draft, size_t i) {
    const dump_line *line = &draft->lines[i];
    if (line->key == DUMP_KEY_BODY) {
        draft->lines[i].from += line->value;
        plan(draft, i, SHEAF_BLOCK_PARAGRAPH);
    } else if (line->key == DUMP_KEY_CAPTION || line->key == DUMP_KEY_CREDIT ||
               line->key == DUMP_KEY_IMAGE || line->key == DUMP_KEY_KEYWORDS ||
               line->key == DUMP_KEY_URL || line->key == DUMP_KEY_CANONICAL) {
        sheaf_dump_take_fact(draft, i);
    } else if (line->words >= 5) {
        plan(draft, i, SHEAF_BLOCK_PARAGRAPH);
    } else {
        use(draft, i); /* "Source: X" under a chart says nothing of the article */
    }
}

static void plan_heading(dump_draft *draft, size_t i) {
    dump_line *line = &draft->lines[i];
    while (line->from < line->to && strchr("#* ", draft->text.data[line->from]))
        line->from++;
    while (line->to > line->from && strchr("#* ", draft->text.data[line->to - 1]))
        line->to--;
    if (line->to > line->from)
        plan(draft, i, SHEAF_BLOCK_HEADING);
}

static void plan_item(dump_draft *draft, size_t i) {
    dump_line *line = &draft->lines[i];
    line->from += line->value;
    while (line->from < line->to && draft->text.data[line->from] == ' ')
        line->from++;
    plan(draft, i, SHEAF_BLOCK_LIST);
}

/* A day as the subhead of a timeline: there are several of them in the body. */
static bool is_timeline_day(const dump_draft *draft, size_t i) {
    size_t days = 0;
    if (draft->machine || draft->lines[i].words > 6 || !is_subhead(draft, i))
        return false;
    for (size_t k = draft->body_from; k < draft->body_to && k < draft->body_from + 400; k++)
        days += draft->lines[k].kind == DUMP_DATE && draft->lines[k].words <= 6;
    return days >= 2;
}

/* Does a label say which date the line tells? */
static bool says_which(const dump_draft *draft, size_t i) {
    dump_dates dates;
    return sheaf_dump_read_dates(&dates, text_of(draft, i)) && !dates.has_plain;
}

static void plan_line(dump_draft *draft, size_t i) {
    switch (draft->lines[i].kind) {
    case DUMP_PROSE: plan(draft, i, SHEAF_BLOCK_PARAGRAPH); break;
    case DUMP_ITEM: plan_item(draft, i); break;
    case DUMP_HEADING: plan_heading(draft, i); break;
    case DUMP_ROW: plan(draft, i, SHEAF_BLOCK_TABLE); break;
    case DUMP_TITLE:
    case DUMP_SECTION: plan_title(draft, i); break;
    case DUMP_KEY: plan_key(draft, i); break;
    case DUMP_RELATED: take_related(draft, i); break;
    case DUMP_DATE:
        if (is_timeline_day(draft, i))
            plan(draft, i, SHEAF_BLOCK_HEADING);
        else if (draft->machine || i < draft->body_from + 3 || says_which(draft, i))
            sheaf_dump_take_fact(draft, i);
        else
            use(draft, i);
        break;
    case DUMP_OUTLET: use(draft, i); break;
    case DUMP_TEASER: use(draft, i); break;
    default: sheaf_dump_take_fact(draft, i); break;
    }
}

void sheaf_dump_read_body(dump_draft *draft) {
    drop_repeats(draft);
    for (size_t i = draft->body_from; i < draft->body_to; i++) {
        if (draft->lines[i].kind == DUMP_MENU) {
            i = skip_menu_in_body(draft, i) - 1;
        } else if (sheaf_dump_unused(&draft->lines[i])) {
            plan_line(draft, i);
        }
    }
}

/* ---- behind the body ---------------------------------------------------------------- */

/* Titles under a bare "Tags" are tags. */
static size_t take_tag_lines(dump_draft *draft, size_t i) {
    bool flat = draft->lines[i].flags & DUMP_FLAT;
    bool labelled_only = sheaf_dump_value(draft->text, &draft->lines[i]).size == 0;
    sheaf_dump_take_fact(draft, i);
    for (i++; labelled_only && i < draft->count; i++) {
        const dump_line *line = &draft->lines[i];
        if ((line->kind != DUMP_TITLE && line->kind != DUMP_SECTION && line->kind != DUMP_OUTLET &&
             line->kind != DUMP_TAGS && line->kind != DUMP_ITEM) ||
            line->words > 8)
            break;
        sheaf_slice text = text_of(draft, i);
        if (line->kind == DUMP_ITEM)
            text = sheaf_slice_part(text, line->value, text.size);
        sheaf_dump_take_keywords(draft, text,
                                 flat ? "flattened line: what follows its label of tags"
                                      : "lines under a label of tags");
        use(draft, i);
    }
    return i;
}

static size_t count_commas(sheaf_slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == ',' || text.data[i] == ';';
    return count;
}

/* Short lines that nothing explains, at the very end. */
static void take_loose(dump_draft *draft, size_t i) {
    const dump_line *line = &draft->lines[i];
    sheaf_slice text = text_of(draft, i);
    sheaf_slice agency = sheaf_agency(text);
    bool first = i == draft->body_to;
    use(draft, i);
    if (sheaf_dump_same(text, draft->article->field[SHEAF_FIELD_HEADLINE]) ||
        sheaf_dump_same(text, draft->article->field[SHEAF_FIELD_PUBLISHER]))
        return;
    if (agency.size)
        sheaf_dump_offer_provider(draft, agency, "agency on a line of its own behind the text");
    else if (draft->machine && line->words <= 3)
        sheaf_dump_take_keywords(draft, text, "short line among the fields of a content system");
    else if (count_commas(text) >= 2 && line->words <= 4 * (count_commas(text) + 1))
        sheaf_dump_take_keywords(draft, text, "list of short terms behind the text");
    else if (first && line->words >= 5 && line->blank <= 1 && !(line->flags & DUMP_FLAT) &&
             (i + 1 == draft->count || draft->lines[i + 1].kind != DUMP_TITLE) &&
             (i + 1 == draft->count || draft->lines[i + 1].kind != DUMP_URL))
        plan(draft, i, SHEAF_BLOCK_PARAGRAPH);
    else if (first && sheaf_dump_is_name(text) && !sheaf_dump_body_names(draft, text))
        sheaf_dump_take_name(draft, text, (sheaf_slice){0},
                             "name that stands alone behind the text");
}

/* "--" alone: what follows is the signature of a mail. */
static bool begins_signature(const dump_draft *draft, size_t i) {
    return sheaf_slice_is(text_of(draft, i), "--");
}

void sheaf_dump_read_tail(dump_draft *draft) {
    for (size_t i = draft->body_to; i < draft->count;) {
        const dump_line *line = &draft->lines[i];
        if (begins_signature(draft, i)) {
            while (i < draft->count)
                use(draft, i++);
        } else if (!sheaf_dump_unused(line)) {
            i++;
        } else if (line->kind == DUMP_TAGS) {
            i = take_tag_lines(draft, i);
        } else if (line->kind == DUMP_MENU) {
            i = skip_menu(draft, i, draft->count);
        } else if (line->kind == DUMP_RELATED) {
            take_related(draft, i++);
        } else if (line->kind == DUMP_TITLE || line->kind == DUMP_SECTION ||
                   line->kind == DUMP_OUTLET) {
            take_loose(draft, i++);
        } else {
            sheaf_dump_take_fact(draft, i++);
        }
    }
}

/* ---- the whole: addresses ---------------------------------------------------------------- */

static sheaf_slice url_of(const dump_draft *draft, size_t line) {
    sheaf_slice rest = sheaf_slice_part(text_of(draft, line), draft->lines[line].value, SIZE_MAX);
    size_t start;
    size_t end;
    return sheaf_url_find(rest, 0, &start, &end) ? sheaf_slice_part(rest, start, end) : rest;
}

/* Do the words of the headline stand in the path of the address? */
static bool speaks_of(sheaf_slice url, sheaf_slice headline) {
    size_t words = 0;
    size_t hits = 0;
    sheaf_url parts;
    if (!sheaf_url_parse(&parts, url))
        return false;
    for (size_t at = 0; at < headline.size;) {
        size_t end = at;
        while (end < headline.size && sheaf_is_alpha(headline.data[end]))
            end++;
        if (end - at >= 4) {
            char word[32];
            size_t size = end - at < sizeof word ? end - at : sizeof word;
            for (size_t i = 0; i < size; i++)
                word[i] = sheaf_to_lower(headline.data[at + i]);
            words++;
            hits += sheaf_slice_find(parts.path, 0, sheaf_slice_from(word, size)) != SIZE_MAX;
        }
        at = end + (end == at);
    }
    return words >= 3 && hits * 2 >= words;
}

static dump_rank rank_url(const dump_draft *draft, size_t line, const char **rule) {
    const dump_line *one = &draft->lines[line];
    if (one->key == DUMP_KEY_URL || one->key == DUMP_KEY_PUBLISHER) {
        *rule = "label of the address";
        return DUMP_RANK_LABEL;
    }
    if (speaks_of(url_of(draft, line), draft->article->field[SHEAF_FIELD_HEADLINE])) {
        *rule = "address that holds the words of the headline";
        return DUMP_RANK_EXACT;
    }
    if (line < draft->body_from || draft->body_from == draft->count) {
        *rule = "address on a line of its own before the text";
        return DUMP_RANK_PLACE;
    }
    if (line + 1 == draft->count) {
        *rule = "address alone on the last line";
        return DUMP_RANK_NEAR;
    }
    return DUMP_RANK_NONE;
}

static void choose_url(dump_draft *draft) {
    size_t best = SIZE_MAX;
    const char *best_rule = NULL;
    for (size_t i = 0; i < draft->count; i++) {
        const char *rule = NULL;
        if (draft->lines[i].kind != DUMP_URL || !sheaf_dump_unused(&draft->lines[i]))
            continue;
        if (draft->lines[i].key == DUMP_KEY_CANONICAL) {
            sheaf_article_win(draft->article, SHEAF_FIELD_CANONICAL_URL, url_of(draft, i),
                              "label of the address");
            use(draft, i);
            continue;
        }
        dump_rank rank = rank_url(draft, i, &rule);
        if (rank > draft->url_rank) {
            draft->url_rank = rank;
            best = i;
            best_rule = rule;
        }
    }
    if (best == SIZE_MAX)
        return;
    sheaf_article_win(draft->article, SHEAF_FIELD_URL, url_of(draft, best), best_rule);
    use(draft, best);
}

/* Puts url among those seen; false when it is there already. */
static bool see(dump_draft *draft, sheaf_map *seen, sheaf_slice url) {
    size_t before = seen->count;
    if (!sheaf_map_put(seen, url, 1))
        draft->article->arena.failed = true;
    return seen->count > before;
}

/* All other addresses are links. */
static void add_links(dump_draft *draft) {
    sheaf_article *article = draft->article;
    sheaf_map seen = {0};
    if (article->field[SHEAF_FIELD_URL].size)
        see(draft, &seen, article->field[SHEAF_FIELD_URL]);
    for (size_t i = 0; i < article->links.count; i++)
        see(draft, &seen, article->links.items[i].url);
    for (size_t i = 0; i < draft->count; i++) {
        if (draft->lines[i].kind != DUMP_URL || !sheaf_dump_unused(&draft->lines[i]))
            continue;
        use(draft, i);
        if (see(draft, &seen, url_of(draft, i)))
            sheaf_article_add_link(article, url_of(draft, i), (sheaf_slice){0});
    }
    sheaf_map_clear(&seen);
    if (article->links.count)
        sheaf_article_reason(article, "links", "other addresses in the dump");
}

static void read_host(dump_draft *draft) {
    sheaf_slice url = draft->article->field[SHEAF_FIELD_URL];
    sheaf_slice host = sheaf_url_site(url);
    sheaf_date date;
    if (host.size == 0)
        return;
    sheaf_slice via = sheaf_dump_via_of_host(host);
    if (via.size)
        sheaf_dump_offer_via(draft, via, "host of the address");
    else
        sheaf_dump_offer_publisher(draft, sheaf_dump_outlet_of_host(host), DUMP_RANK_HINT,
                                   "host of the address");
    if (sheaf_date_of_url(&date, url))
        sheaf_dump_offer_published(draft, &date, DUMP_RANK_HINT, "date in the address");
}

/* ---- the whole: dateline, agency ------------------------------------------------------------ */

static size_t first_paragraph(const dump_draft *draft) {
    for (size_t i = 0; i < draft->count; i++) {
        if (draft->plan[i] == 1 + SHEAF_BLOCK_PARAGRAPH)
            return i;
    }
    return draft->count;
}

static void read_dateline(dump_draft *draft) {
    sheaf_article *article = draft->article;
    sheaf_dateline found;
    sheaf_date date;
    size_t size;
    size_t first = first_paragraph(draft);
    if (first == draft->count ||
        !sheaf_dateline_parse(&found, &size, text_of(draft, first), &article->arena))
        return;
    sheaf_arena *arena = &article->arena;
    article->dateline =
        (sheaf_dateline){sheaf_arena_copy(arena, found.raw), sheaf_arena_copy(arena, found.place),
                         found.date, sheaf_arena_copy(arena, found.agency)};
    sheaf_article_reason(article, "dateline", "the first paragraph begins with it");
    sheaf_dump_offer_provider(draft, found.agency, "agency in the dateline");
    size_t start;
    size_t end;
    if (found.date.size && sheaf_date_find(&date, found.raw, 0, true, &start, &end))
        sheaf_dump_offer_published(draft, &date, DUMP_RANK_HINT,
                                   date.year ? "date in the dateline"
                                             : "date in the dateline, which tells no year");
}

/* "… said on Monday. (dpa)": the last paragraph names its agency. */
static void read_last_bracket(dump_draft *draft) {
    size_t last = draft->count;
    while (last > 0 && !draft->plan[last - 1])
        last--;
    if (last == 0)
        return;
    sheaf_slice text = text_of(draft, last - 1);
    while (text.size && strchr(". ", text.data[text.size - 1]))
        text.size--;
    if (!sheaf_slice_ends(text, SLICE(")")) && !sheaf_slice_ends(text, SLICE("/")))
        return;
    size_t open = text.size - 1;
    while (open > 0 && text.size - open < 40 && text.data[open - 1] != '(' &&
           text.data[open - 1] != '/')
        open--;
    sheaf_slice agency = sheaf_agency(sheaf_slice_part(text, open, text.size - 1));
    if (agency.size && open > 0)
        sheaf_dump_offer_provider(draft, agency, "agency in brackets at the end of the text");
}

/* "© 2021 The Harbour Post": only an outlet that the trade knows. */
static void read_rights(dump_draft *draft) {
    for (size_t i = 0; i < draft->count && draft->publisher_rank == DUMP_RANK_NONE; i++) {
        char folded[SHEAF_PHRASE_ROOM];
        if (draft->lines[i].kind != DUMP_FURNITURE ||
            !sheaf_dump_is_rights(sheaf_phrase(folded, text_of(draft, i))))
            continue;
        sheaf_slice text = text_of(draft, i);
        size_t digit = 0;
        while (digit < text.size && !sheaf_is_digit(text.data[digit]))
            digit++;
        while (digit < text.size &&
               (sheaf_is_digit(text.data[digit]) || strchr(" ,-", text.data[digit])))
            digit++;
        sheaf_slice name = sheaf_slice_part(text, digit, text.size);
        size_t stop = sheaf_slice_find_char(name, 0, '.');
        sheaf_slice known = sheaf_dump_outlet(sheaf_slice_trim(sheaf_slice_part(name, 0, stop)));
        sheaf_dump_offer_publisher(draft, known, DUMP_RANK_HINT,
                                   "copyright line names a known outlet");
    }
}

void sheaf_dump_read_whole(dump_draft *draft) {
    choose_url(draft);
    add_links(draft);
    read_host(draft);
    read_dateline(draft);
    read_last_bracket(draft);
    read_rights(draft);
}
