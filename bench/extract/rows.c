/* rows.c - blocks and features of pages, for the trainer and for curious people.
 *
 *   bench-page-rows LIST          a file of page names, one a line: rows for train.py
 *   bench-page-rows LIST --show   what was decided about each block instead, and why:
 *                                 verdict, kind, score, why, text, parted by tabs
 *   bench-page-rows LIST SCORES   the same with the scores of a file, 32-bit floats block
 *                                 by block: to cross-validate the rules with the trees
 *
 * The rows: a line "columns NAME NAME ...", then for every page a line
 * "page NAME BLOCKS", one line a block (a sign: '+' where the trees are asked, '-' where
 * there is no doubt; then its text), and the rows as they lie in memory: 16-bit whole
 * numbers, little-endian on every machine that we train on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "page/page_parts.h"
#include "text/encoding.h"

enum { NAME_MOST = 4096 };

static bool read_file(sheaf_buffer *out, const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file)
        return false;
    sheaf_buffer_reset(out);
    char part[1 << 16];
    size_t size;
    while ((size = fread(part, 1, sizeof part, file)) > 0)
        sheaf_buffer_append(out, part, size);
    fclose(file);
    return !out->failed;
}

/* Reads the page of a file, brought to UTF-8 as the reader of pages does. */
static bool load(sheaf_page *page, sheaf_buffer *bytes, sheaf_buffer *text, const char *name) {
    static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;
    if (!read_file(bytes, name))
        return false;
    sheaf_slice raw = sheaf_buffer_view(bytes);
    sheaf_encoding_guess guess = sheaf_encoding_guess_of(raw, (sheaf_slice){0}, true);
    sheaf_buffer_reset(text);
    sheaf_encoding_to_utf8(text, raw, guess.name);
    return !text->failed &&
           sheaf_page_parse(page, sheaf_buffer_view(text), &limits, NULL) == SHEAF_OK;
}

static void print_text(const sheaf_page *page, size_t block) {
    sheaf_slice text = sheaf_page_block_text(page, &page->blocks[block]);
    for (size_t i = 0; i < text.size; i++)
        putchar(text.data[i] == '\n' || text.data[i] == '\r' ? ' ' : text.data[i]);
    putchar('\n');
}

static void print_columns(void) {
    fputs("columns", stdout);
    for (size_t i = 0; i < SHEAF_PAGE_FEATURE_COUNT; i++) {
        char name[64];
        sheaf_page_feature_name(name, sizeof name, i);
        printf(" %s", name);
    }
    putchar('\n');
}

static bool print_rows(sheaf_page *page, const char *name, FILE *scores) {
    (void)scores;
    const sheaf_page_features *features = sheaf_page_features_of(page);
    if (!features)
        return false;
    const char *slash = strrchr(name, '/');
    printf("page %s %zu\n", slash ? slash + 1 : name, page->block_count);
    size_t count, next = 0;
    const uint32_t *doubtful = sheaf_page_features_doubtful(features, &count);
    for (size_t i = 0; i < page->block_count; i++) {
        bool in_doubt = next < count && doubtful[next] == i;
        putchar(in_doubt ? '+' : '-');
        next += in_doubt;
        print_text(page, i);
    }
    for (size_t i = 0; i < page->block_count; i++)
        fwrite(sheaf_page_features_row(features, i), sizeof(int16_t), SHEAF_PAGE_FEATURE_COUNT,
               stdout);
    return true;
}

/* Judges page by its own trees, or by scores when there are any. */
static bool find(sheaf_page *page, FILE *scores) {
    if (!scores) {
        sheaf_page_find(page);
        return !page->failed;
    }
    for (size_t i = 0; i < page->block_count; i++)
        if (fread(&page->blocks[i].score, sizeof page->blocks[i].score, 1, scores) != 1)
            return false;
    const sheaf_page_features *features = sheaf_page_features_of(page);
    if (features)
        sheaf_page_decide(page, features);
    return features != NULL;
}

static bool print_verdicts(sheaf_page *page, const char *name, FILE *scores) {
    static const char *const verdicts[] = {"dropped", "kept", "aside"};
    if (!find(page, scores))
        return false;
    const char *slash = strrchr(name, '/');
    printf("page %s %zu\n", slash ? slash + 1 : name, page->block_count);
    for (size_t i = 0; i < page->block_count; i++) {
        const sheaf_page_block *block = &page->blocks[i];
        printf("%s\t%s\t%.3f\t%s\t", verdicts[block->verdict], sheaf_block_kind_names[block->kind],
               (double)block->score, block->why);
        print_text(page, i);
    }
    return true;
}

typedef bool (*print_fn)(sheaf_page *page, const char *name, FILE *scores);

static int print_all(const char *list, print_fn print, FILE *scores) {
    FILE *names = fopen(list, "r");
    if (!names)
        return 2;
    sheaf_page page;
    sheaf_buffer bytes = {0}, text = {0};
    char name[NAME_MOST];
    int failed = 0;
    sheaf_page_init(&page);
    while (fgets(name, sizeof name, names)) {
        name[strcspn(name, "\n")] = '\0';
        if (!load(&page, &bytes, &text, name) || !print(&page, name, scores)) {
            fprintf(stderr, "%s: could not be read\n", name);
            failed = 1;
        }
    }
    fclose(names);
    sheaf_page_clear(&page);
    sheaf_buffer_clear(&bytes);
    sheaf_buffer_clear(&text);
    return failed;
}

int main(int count, char **arguments) {
    if (count == 2) {
        print_columns();
        return print_all(arguments[1], print_rows, NULL);
    }
    if (count == 3) {
        FILE *scores = NULL;
        if (strcmp(arguments[2], "--show") != 0 && !(scores = fopen(arguments[2], "rb")))
            return 2;
        int failed = print_all(arguments[1], print_verdicts, scores);
        if (scores)
            fclose(scores);
        return failed;
    }
    fputs("usage: bench-page-rows LIST [--show | SCORES]\n", stderr);
    return 2;
}
