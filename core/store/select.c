/* select.c - runs a test over columns, a chunk of rows at a time.
 *
 *   columns ─► one byte a row: 0 or 1 ─► AND, OR, NOT over whole chunks ─► ordinals
 *
 * Every comparison becomes a range that a number must lie in, and whether that
 * is meant or its opposite. A date is compared by its stamp, whose upper bits
 * sort as its text does; a name is compared once for each name of the segment,
 * not once for each article. Only odd dates are compared as text, and for those
 * a frame of strings is unpacked. */
#include "store/select.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/file.h"

enum {
    CHUNK = 1024,
    ZONE_BITS = 13, /* of a stamp, below its time */
    YEAR_AT = 39,
    TIME_BITS = YEAR_AT - 9 - ZONE_BITS /* hour, minute and second in a key */
};

/* A step made ready. The range is that of words, bytes, or keys of dates. */
typedef struct step {
    sheaf_test test;
    uint64_t low, span; /* low to low + span; empty: nothing lies in it */
    bool empty;
    bool opposite;
    uint8_t *holds; /* of each code of the volume that is entered: 0 or 1 */
    size_t codes;
} step;

struct sheaf_select {
    const sheaf_file *file;
    sheaf_unpacker *texts; /* made at the first odd date */
    const sheaf_volume *volume;
    step *steps;
    size_t count;
    uint64_t next, to; /* ordinals not looked at yet */
    uint64_t base;     /* ordinal of the first row of the chunk */
    size_t at, filled; /* what is taken of it, and its rows */
    uint8_t mask[SHEAF_TEST_DEPTH][CHUNK];
};

/* ---- making steps ready ------------------------------------------------------- */

static bool is_number(sheaf_test_field field) {
    return field == SHEAF_TEST_WORDS || field == SHEAF_TEST_BYTES;
}

/* Sorts as the text of the date does: XXXX comes behind all years; 0 is none. */
static inline uint64_t date_key(uint64_t stamp) {
    uint64_t key = stamp >> ZONE_BITS;
    return key && !(stamp >> YEAR_AT) ? key | (uint64_t)1 << 40 : key;
}

static bool is_plain_date(uint64_t stamp) {
    return !sheaf_stamp_is_odd(stamp) && stamp >> YEAR_AT &&
           !(date_key(stamp) & (((uint64_t)1 << TIME_BITS) - 1));
}

static void set_range(step *s, bool empty, uint64_t low, uint64_t high) {
    s->empty = empty || low > high;
    s->low = low;
    s->span = high - low;
}

/* least: the smallest number that an article which has the field can have. */
static void choose_range(step *s, uint64_t least, uint64_t value) {
    switch (s->test.relation) {
    case SHEAF_LESS: set_range(s, value == 0, least, value - 1); break;
    case SHEAF_LESS_EQUAL: set_range(s, false, least, value); break;
    case SHEAF_MORE: set_range(s, value == UINT64_MAX, value + 1, UINT64_MAX); break;
    case SHEAF_MORE_EQUAL: set_range(s, false, value, UINT64_MAX); break;
    case SHEAF_KNOWN: set_range(s, false, least, UINT64_MAX); break;
    case SHEAF_UNEQUAL:
    case SHEAF_EQUAL: set_range(s, false, value, value);
    }
    s->opposite = s->test.relation == SHEAF_UNEQUAL;
}

static bool prepare(step *s, const sheaf_test *test) {
    *s = (step){.test = *test};
    if (test->kind != SHEAF_TEST_COMPARE)
        return true;
    if (test->field > SHEAF_TEST_PUBLISHER || test->relation > SHEAF_KNOWN)
        return false;
    if (is_number(test->field)) {
        choose_range(s, 0, test->number);
    } else if (test->field == SHEAF_TEST_PUBLISHED) {
        uint64_t stamp = sheaf_stamp_pack(test->text);
        choose_range(s, 1, date_key(stamp));
        return test->relation == SHEAF_KNOWN || is_plain_date(stamp);
    }
    return true;
}

/* Do the steps leave one truth, and never more than there is room for? */
static bool adds_up(const sheaf_test *steps, size_t count) {
    size_t depth = 0;
    for (size_t i = 0; i < count; i++) {
        size_t takes = steps[i].kind == SHEAF_TEST_COMPARE ? 0
                       : steps[i].kind == SHEAF_TEST_NOT   ? 1
                                                           : 2;
        if (depth < takes || steps[i].kind > SHEAF_TEST_NOT)
            return false;
        depth += 1 - takes;
        if (depth > SHEAF_TEST_DEPTH)
            return false;
    }
    return depth == 1 && count <= SHEAF_TESTS_MAX;
}

/* ---- a volume is entered ---------------------------------------------------------- */

static sheaf_section ends_of(sheaf_test_field field) {
    return field == SHEAF_TEST_LANGUAGE ? SHEAF_SECTION_LANGUAGE_ENDS
           : field == SHEAF_TEST_SITE   ? SHEAF_SECTION_SITE_ENDS
                                        : SHEAF_SECTION_PUBLISHER_ENDS;
}

/* Does a text stand in the relation? An empty one is one that is not there. */
static bool text_holds(sheaf_slice text, const sheaf_test *test) {
    int order = sheaf_slice_compare(text, test->text);
    if (text.size == 0)
        return test->relation == SHEAF_UNEQUAL;
    switch (test->relation) {
    case SHEAF_LESS: return order < 0;
    case SHEAF_LESS_EQUAL: return order <= 0;
    case SHEAF_MORE: return order > 0;
    case SHEAF_MORE_EQUAL: return order >= 0;
    case SHEAF_EQUAL: return order == 0;
    case SHEAF_UNEQUAL: return order != 0;
    case SHEAF_KNOWN: break;
    }
    return true;
}

static bool is_name(const step *s) {
    return s->test.kind == SHEAF_TEST_COMPARE && s->test.field >= SHEAF_TEST_LANGUAGE;
}

/* Compares each name of the volume, and the want of one, which is code 0. */
static bool compare_names(step *s, const sheaf_catalog *catalog) {
    sheaf_section ends = ends_of(s->test.field);
    size_t codes = (size_t)catalog->section[ends].count + 1;
    uint8_t *holds = sheaf_realloc(s->holds, codes);
    if (!holds)
        return false;
    s->holds = holds;
    s->codes = codes;
    for (size_t code = 0; code < codes; code++)
        holds[code] = text_holds(sheaf_catalog_name(catalog, ends, code), &s->test);
    return true;
}

static sheaf_status enter(sheaf_select *select, sheaf_error *error) {
    const sheaf_volume *volume = sheaf_file_volume(select->file, select->next);
    if (volume == select->volume)
        return SHEAF_OK;
    for (size_t i = 0; i < select->count; i++) {
        if (is_name(&select->steps[i]) && !compare_names(&select->steps[i], &volume->catalog))
            return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    select->volume = volume;
    return SHEAF_OK;
}

/* ---- a chunk ------------------------------------------------------------------------ */

static void compare_numbers(const step *s, const sheaf_column *column, uint64_t from, uint8_t *mask,
                            size_t rows) {
    for (size_t i = 0; i < rows; i++) {
        uint64_t value = sheaf_column_get(column, from + i);
        mask[i] = (uint8_t)((!s->empty && value - s->low <= s->span) != s->opposite);
    }
}

static void compare_codes(const step *s, const sheaf_column *column, uint64_t from, uint8_t *mask,
                          size_t rows) {
    for (size_t i = 0; i < rows; i++) {
        uint64_t code = sheaf_column_get(column, from + i);
        mask[i] = s->holds[code < s->codes ? code : 0];
    }
}

/* The date of one article as text: odd dates tell more than a stamp does. */
static sheaf_status compare_odd(sheaf_select *select, const step *s, uint64_t local, uint8_t *out,
                                sheaf_error *error) {
    const sheaf_catalog *catalog = &select->volume->catalog;
    uint64_t place = sheaf_catalog_get(catalog, SHEAF_SECTION_PLACE, local);
    sheaf_slice text;
    if (!select->texts)
        select->texts = sheaf_unpacker_new(SHEAF_FRAMES_TEXTS);
    if (!select->texts)
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    if (place >= catalog->rows)
        return sheaf_fail(error, SHEAF_CORRUPT, "%s: %.*s: article %llu has no place",
                          select->file->path, SLICE_ARGS(select->volume->name),
                          (unsigned long long)local);
    sheaf_status status = sheaf_unpacker_get(select->texts, select->volume, place,
                                             SHEAF_TEXT_PUBLISHED, &text, error);
    if (status != SHEAF_OK)
        return sheaf_fail_within(error, status, "%s", select->file->path);
    *out = text_holds(text, &s->test);
    return SHEAF_OK;
}

static sheaf_status compare_dates(sheaf_select *select, const step *s, uint64_t from, uint8_t *mask,
                                  size_t rows, sheaf_error *error) {
    const sheaf_column *column = &select->volume->catalog.section[SHEAF_SECTION_PUBLISHED];
    sheaf_status status = SHEAF_OK;
    uint64_t any = 0;
    for (size_t i = 0; i < rows; i++) {
        uint64_t stamp = sheaf_column_get(column, from + i);
        any |= stamp;
        mask[i] = (uint8_t)((!s->empty && date_key(stamp) - s->low <= s->span) != s->opposite);
    }
    for (size_t i = 0; sheaf_stamp_is_odd(any) && i < rows && status == SHEAF_OK; i++) {
        if (sheaf_stamp_is_odd(sheaf_column_get(column, from + i)))
            status = compare_odd(select, s, from + i, &mask[i], error);
    }
    return status;
}

static sheaf_status compare(sheaf_select *select, const step *s, uint64_t from, uint8_t *mask,
                            size_t rows, sheaf_error *error) {
    const sheaf_column *section = select->volume->catalog.section;
    switch (s->test.field) {
    case SHEAF_TEST_WORDS:
        compare_numbers(s, &section[SHEAF_SECTION_WORDS], from, mask, rows);
        break;
    case SHEAF_TEST_BYTES:
        compare_numbers(s, &section[SHEAF_SECTION_BYTES], from, mask, rows);
        break;
    case SHEAF_TEST_PUBLISHED: return compare_dates(select, s, from, mask, rows, error);
    case SHEAF_TEST_LANGUAGE:
        compare_codes(s, &section[SHEAF_SECTION_LANGUAGE], from, mask, rows);
        break;
    case SHEAF_TEST_SITE: compare_codes(s, &section[SHEAF_SECTION_SITE], from, mask, rows); break;
    case SHEAF_TEST_PUBLISHER:
        compare_codes(s, &section[SHEAF_SECTION_PUBLISHER], from, mask, rows);
    }
    return SHEAF_OK;
}

static void combine(sheaf_test_kind kind, uint8_t *left, const uint8_t *right, size_t rows) {
    if (kind == SHEAF_TEST_AND) {
        for (size_t i = 0; i < rows; i++)
            left[i] &= right[i];
    } else {
        for (size_t i = 0; i < rows; i++)
            left[i] |= right[i];
    }
}

static void negate(uint8_t *mask, size_t rows) {
    for (size_t i = 0; i < rows; i++)
        mask[i] ^= 1;
}

/* Articles that were dropped pass no test. */
static void leave_out_dropped(const sheaf_file *file, uint64_t from, uint8_t *mask, size_t rows) {
    for (size_t i = 0; file->dropped && i < rows; i++)
        mask[i] &= (uint8_t)!sheaf_file_is_gone(file, from + i);
}

/* Runs the steps over the next rows of one volume; mask[0] holds the outcome. */
static sheaf_status fill(sheaf_select *select, sheaf_error *error) {
    size_t depth = 0;
    sheaf_status status = enter(select, error);
    if (status != SHEAF_OK)
        return status;
    const sheaf_catalog *catalog = &select->volume->catalog;
    uint64_t from = select->next - catalog->first, rows = catalog->rows - from;
    if (rows > select->to - select->next)
        rows = select->to - select->next;
    if (rows > CHUNK)
        rows = CHUNK;
    for (size_t i = 0; i < select->count && status == SHEAF_OK; i++) {
        const step *s = &select->steps[i];
        if (s->test.kind == SHEAF_TEST_COMPARE)
            status = compare(select, s, from, select->mask[depth++], (size_t)rows, error);
        else if (s->test.kind == SHEAF_TEST_NOT)
            negate(select->mask[depth - 1], (size_t)rows);
        else if (depth--)
            combine(s->test.kind, select->mask[depth - 1], select->mask[depth], (size_t)rows);
    }
    if (status != SHEAF_OK)
        return status;
    leave_out_dropped(select->file, select->next, select->mask[0], (size_t)rows);
    select->base = select->next;
    select->next += rows;
    select->at = 0;
    select->filled = (size_t)rows;
    return SHEAF_OK;
}

/* ---- the walk -------------------------------------------------------------------------- */

sheaf_status sheaf_select_open(sheaf_select **out, const sheaf_file *file, const sheaf_test *steps,
                               size_t count, uint64_t from, uint64_t to, sheaf_error *error) {
    if (!adds_up(steps, count))
        return sheaf_fail(error, SHEAF_MISUSE, "the steps of a test do not add up");
    sheaf_select *select = sheaf_calloc(1, sizeof *select);
    step *made = sheaf_calloc(count, sizeof *made);
    if (!select || !made) {
        sheaf_free(select);
        sheaf_free(made);
        return sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    }
    select->file = file;
    select->steps = made;
    select->count = count;
    select->to = to < file->count ? to : file->count;
    select->next = from < select->to ? from : select->to;
    for (size_t i = 0; i < count; i++) {
        if (prepare(&made[i], &steps[i]))
            continue;
        sheaf_select_close(select);
        return sheaf_fail(error, SHEAF_MISUSE, "step %zu of a test cannot be compared", i + 1);
    }
    *out = select;
    return SHEAF_OK;
}

sheaf_status sheaf_select_next(sheaf_select *select, uint64_t *ordinal, sheaf_error *error) {
    for (;;) {
        const uint8_t *one = select->at < select->filled ? memchr(select->mask[0] + select->at, 1,
                                                                  select->filled - select->at)
                                                         : NULL;
        if (one) {
            size_t i = (size_t)(one - select->mask[0]);
            select->at = i + 1;
            *ordinal = select->base + i;
            return SHEAF_OK;
        }
        select->at = select->filled;
        if (select->next >= select->to)
            return SHEAF_END;
        sheaf_status status = fill(select, error);
        if (status != SHEAF_OK)
            return status;
    }
}

sheaf_status sheaf_select_count(sheaf_select *select, uint64_t *count, sheaf_error *error) {
    uint64_t total = 0;
    for (;;) {
        for (; select->at < select->filled; select->at++)
            total += select->mask[0][select->at];
        if (select->next >= select->to)
            break;
        sheaf_status status = fill(select, error);
        if (status != SHEAF_OK)
            return status;
    }
    *count = total;
    return SHEAF_OK;
}

void sheaf_select_close(sheaf_select *select) {
    if (!select)
        return;
    for (size_t i = 0; i < select->count; i++)
        sheaf_free(select->steps[i].holds);
    sheaf_free(select->steps);
    sheaf_unpacker_free(select->texts);
    sheaf_free(select);
}
