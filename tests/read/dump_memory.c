/* dump_memory.c - reading a dump with every allocation refused in turn.
 *
 * As in tests/article/memory.c: out of memory or the right result, no leak, and
 * never an article that is silently less than the whole. */

#include "article/row.h"
#include "base/slice.h"
#include "starve.h"
#include "read/dump.h"

static const sheaf_limits limits = SHEAF_LIMITS_INITIALISER;

/* Two articles, with what a dump is full of. */
static const char dump_text[] =
    "Harbour town votes to keep its ferry A narrow vote ends two years of quarrels BRAVIK, March "
    "3. "
    "The council of Bravik voted on Tuesday to keep the ferry.\n"
    "https://news.example.org/2022/03/03/ferry?utm_source=feed\n"
    "Harbour town votes to keep its ferry\n"
    "A narrow vote ends two years of quarrels\n"
    "03.03.2022\n"
    "By Ana Lopez, Coast Reporter\n"
    "\n"
    "BRAVIK, March 3. The council of Bravik voted on Tuesday to keep the ferry.\n"
    "\n"
    "Who pays\n"
    "\n"
    "The caf\xE9 owners had asked for it, and \"nobody else will pay\", said the mayor.\n"
    "The ferry crosses the bay eleven times a day, and more often in summer.\n"
    "\n"
    "Share on Facebook\n"
    "Copyright 2022 Example News\n"
    "\n"
    "====================\n"
    "\n"
    "Second story of the day\n"
    "\n"
    "It is a short one, but it has a paragraph that is long enough to be one, with a full stop.\n";

static sheaf_status read_dump(sheaf_buffer *result) {
    sheaf_dump *dump = NULL;
    sheaf_article article;
    sheaf_slice source;
    sheaf_article_init(&article);
    sheaf_status status = sheaf_dump_open(&dump, SLICE(dump_text), &limits, NULL);
    while (status == SHEAF_OK) {
        sheaf_article_reset(&article);
        status = sheaf_dump_next(dump, &article, &source, NULL);
        if (status == SHEAF_OK)
            status = sheaf_article_finish(&article, source, 0, &limits, NULL);
        if (status == SHEAF_OK)
            sheaf_row_write(result, &article);
        if (result->failed)
            status = SHEAF_NO_MEMORY;
    }
    sheaf_dump_close(dump);
    sheaf_article_clear(&article);
    return status == SHEAF_END ? SHEAF_OK : status;
}

TEST(reading_a_dump_survives) {
    starve_maker(read_dump);
}

int main(void) {
    RUN(T(reading_a_dump_survives));
}
