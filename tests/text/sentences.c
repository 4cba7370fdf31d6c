/* sentences.c - sentences by Unicode's own test file, and by what editors write. */
#include "text/sentences.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "check.h"

static void join_sentences(sheaf_buffer *got, sheaf_slice text, const char *language,
                           const sheaf_sentence_habits *habits) {
    sheaf_sentences walk;
    size_t from, to;
    sheaf_sentences_begin(&walk, text, sheaf_slice_of(language), habits);
    while (sheaf_sentence_next(&walk, &from, &to)) {
        sheaf_buffer_add(got, got->size ? SLICE("|") : SLICE(""));
        sheaf_buffer_add(got, sheaf_slice_part(text, from, to));
    }
}

/* text without the bars that stand in wanted. */
static void check_in(const char *language, const char *wanted) {
    sheaf_buffer text = {0};
    sheaf_buffer got = {0};
    for (const char *c = wanted; *c; c++)
        sheaf_buffer_char(&text, *c == '|' ? ' ' : *c);
    join_sentences(&got, sheaf_buffer_view(&text), language, NULL);
    CHECK_TEXT(sheaf_buffer_view(&got), wanted);
    sheaf_buffer_clear(&text);
    sheaf_buffer_clear(&got);
}

static void check(const char *wanted) {
    check_in("en", wanted);
}

TEST(ends_at_stops) {
    check("");
    check("No stop at all");
    check("Talks began.|They were short!|Were they? yes.");
    check("What now?!|Nothing...|Then it ended.");
    check("It rose by 3.5 points, to 1,024.75.|It fell.");
    check("See https://news.example/a.html?x=1.|Or write to max.roe@news.example.|Thanks.");
}

TEST(knows_abbreviations) {
    check("Mr. Brown met Gen. Li and Lt. Col. Ray.|They ate.");
    check("Stone & Co. Holdings paid.|It was Stone & Co.|They paid.");
    check("See fig. 3 and No. 5 of vol. IV.|No.|Go.");
    check("Talks on Feb. 7 ended in Jan.|The rest came in May.|Police left.");
    check("Apples, pears, etc. were sold.|Apples etc.|Then pears.");
    check("George P. Bush met Otis C. Freeman.|It is 56 km. long.|It is 56 km.|Most is flat.");
    check("They heard the singer B. A. Stone.|It rained.");
    check("They saw the sun.|Northern lights too.|They met Sun. Night too.");
    check("The U.S. Senate sat.|It met in the U.S.|The rest is known.");
    check("They came at 9 a.m. and left at 7 p.m.|Mayor Ode stayed.");
    check("J. R. R. Hobbs met J. Smith.|You and I.|Did he?|Paul I. Stone did.");
}

TEST(knows_quotations) {
    check("\"Go now.\" she said.|He went.");
    check("He said, “It is over.”|She left.");
    check("“Stop!” Ana Lopez said.|“Why?” he asked.|“Because.”|They went.");
    check("They met (it was late.) and spoke.|(He left.)|She stayed.");
}

TEST(knows_dots_left_out) {
    check("He was ... well, late.");
    check("I never knew....|She did.");
    check("The rule […] holds, as [...] The Court said.");
    check("One . . . Two . . . .|Three");
}

TEST(knows_datelines) {
    check("MOSCOW, February 10. TASS. The minister spoke.|He left.");
    check("LONDON, Feb 7 (Agency) - The minister spoke to Mr. Li.|He left.");
    check("WAR AND PEACE.|The novel is long.");
    check_in("ru", "МОСКВА, 7 февраля. ТАСС. Министр сказал это.|Он ушёл.");
}

TEST(knows_lists) {
    check("1. First things|2. Second things|3. Third things");
    check("1) First.|2) Second.");
    check("a. apples|b. pears|c. plums");
    check("• 9. Nine|• 10. Ten");
    check("He saw 2.|It was good.");
}

TEST(knows_lines) {
    sheaf_buffer got = {0};
    join_sentences(&got, SLICE("A line\nthat goes on.\n\nNo stop here\n\nB. C"), "en", NULL);
    CHECK_TEXT(sheaf_buffer_view(&got), "A line\nthat goes on.|No stop here|B. C");
    sheaf_buffer_reset(&got);
    join_sentences(&got, SLICE("tools\nphone book\nparties"), "en", NULL);
    CHECK_TEXT(sheaf_buffer_view(&got), "tools|phone book|parties");
    sheaf_buffer_clear(&got);
}

TEST(knows_languages) {
    check_in("de", "Am 3. Januar kam Dr. Meier z.B. nach Köln.|Er blieb bis 2010.|Dann ging er.");
    check_in("fr", "M. Dupont et Mme. Roux sont là.|Il est parti, etc.|Elle reste.");
    check_in("es", "El Sr. Pérez llegó.|¿Quién es?|¡Vamos!|La Dra. Gil salió.");
    check_in("ru", "Цена 5 тыс. руб. в г. Москве.|Он сказал: «Да.»|Что?|А. С. Пушкин и др. поэты.");
    check_in("hi", "यह सच है।|क्या हुआ?|कुछ नहीं।");
    check_in("ar", "كيف حالك؟|بخير.|شكرا");
    check_in("el", "Τι κάνεις;|Καλά.");
    check_in("und", "Mr. Lee and Dr. Roe z.B. met.|They left.");
    sheaf_buffer got = {0};
    join_sentences(&got, SLICE("他说：“好。”然后走了。你呢？「行く。」と言った。"), "zh", NULL);
    CHECK_TEXT(sheaf_buffer_view(&got), "他说：“好。”|然后走了。|你呢？|「行く。」と言った。");
    sheaf_buffer_clear(&got);
}

TEST(learns_from_text) {
    sheaf_buffer got = {0};
    sheaf_sentence_habits habits = {0};
    sheaf_slice text = SLICE("See the U.S. Glaciers melt. Most glaciers do. "
                             "Ask the gvt. of it, or the gvt. in it, by gvt. Bodies did.");
    join_sentences(&got, text, "en", &habits);
    CHECK_TEXT(sheaf_buffer_view(&got),
               "See the U.S. Glaciers melt.|Most glaciers do.|Ask the gvt. of it, or the gvt. in "
               "it, by gvt. Bodies did.");
    CHECK(sheaf_sentences_learn(&habits, text));
    sheaf_buffer_reset(&got);
    join_sentences(&got, text, "en", &habits);
    CHECK_TEXT(sheaf_buffer_view(&got),
               "See the U.S.|Glaciers melt.|Most glaciers do.|Ask the gvt. of it, or the gvt. in "
               "it, by gvt. Bodies did.");
    sheaf_sentence_habits_clear(&habits);
    sheaf_buffer_clear(&got);
    for (uint64_t i = 0; i < 2; i++) {
        sheaf_memory_fail_at(i);
        bool learned = sheaf_sentences_learn(&habits, text);
        CHECK(learned == (sheaf_memory_fail_at(UINT64_MAX) <= i));
        sheaf_sentence_habits_clear(&habits);
    }
}

/* ---- UAX #29 ---------------------------------------------------------------------- */

/* A line of the test file: text, and the boundaries but for the first. */
static size_t read_case(const char *line, sheaf_buffer *text, size_t *ends) {
    size_t count = 0;
    sheaf_buffer_reset(text);
    for (const char *at = line; *at && *at != '#';) {
        if (strncmp(at, "÷", 2) == 0 || strncmp(at, "×", 2) == 0) {
            if (strncmp(at, "÷", 2) == 0 && text->size)
                ends[count++] = text->size;
            at += 2;
        } else if (*at == ' ' || *at == '\t' || *at == '\n') {
            at++;
        } else {
            char *end;
            sheaf_utf8_append(text, (uint32_t)strtoul(at, &end, 16));
            at = end;
        }
    }
    return count;
}

TEST(passes_sentence_break_test) {
    static const char place[] = "/usr/share/unicode/auxiliary/SentenceBreakTest.txt";
    FILE *file = fopen(place, "r");
    if (!file) {
        fprintf(stderr, "SKIPPED: no %s (package unicode-data)\n", place);
        return;
    }
    char line[8192];
    size_t ends[256];
    size_t cases = 0;
    size_t failed = 0;
    sheaf_buffer text = {0};
    bool same_version = fgets(line, sizeof line, file) && strstr(line, "-15.0");
    while (fgets(line, sizeof line, file)) {
        size_t count = read_case(line, &text, ends);
        size_t right = 0;
        cases += count > 0;
        for (size_t at = 0; count && at < text.size; right++) {
            at = sheaf_sentence_boundary(sheaf_buffer_view(&text), at);
            if (right >= count || at != ends[right])
                break;
        }
        if (right != count)
            fprintf(stderr, "wrong: %s", line);
        failed += right != count;
    }
    CHECK(cases > 500);
    CHECK(failed <= (same_version ? 0 : cases / 50)); /* other versions know other characters */
    sheaf_buffer_clear(&text);
    fclose(file);
}

/* Sentences go forward, do not overlap, and leave nothing but blanks out. */
TEST(bears_noise) {
    static const char *const pieces[] = {"a",    "B",        ".",  ". ",  "\n", "!", "?", " ",
                                         "(",    ")",        "\"", "…",   "。", "؟", "1", "Mr",
                                         "\xFF", "\n\n",     "I",  "1) ", ";",  "“", "”", "2) ",
                                         "U.S",  "\xE2\x80", "•",  "a. ", "b. "};
    uint64_t state = 88172645463325252u;
    sheaf_buffer text = {0};
    for (int round = 0; round < 4000; round++) {
        sheaf_buffer_reset(&text);
        for (int i = 0; i < 60; i++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            sheaf_buffer_add(
                &text, sheaf_slice_of(pieces[(state >> 20) % (sizeof pieces / sizeof *pieces)]));
        }
        sheaf_sentences walk;
        size_t from, to, before = 0;
        sheaf_sentences_begin(&walk, sheaf_buffer_view(&text),
                              round % 2 ? SLICE("en") : SLICE("el"), NULL);
        bool good = true;
        while (sheaf_sentence_next(&walk, &from, &to)) {
            good &= from >= before && to > from && to <= text.size;
            for (size_t i = before; i < from; i++)
                good &= text.data[i] == ' ' || text.data[i] == '\n';
            before = to;
        }
        for (size_t i = before; i < text.size; i++)
            good &= text.data[i] == ' ' || text.data[i] == '\n';
        for (size_t at = 0; at < text.size;) {
            size_t next = sheaf_sentence_boundary(sheaf_buffer_view(&text), at);
            good &= next > at && next <= text.size;
            at = next > at ? next : text.size;
        }
        CHECK(good);
    }
    sheaf_buffer_clear(&text);
}

int main(void) {
    RUN(T(ends_at_stops), T(knows_abbreviations), T(knows_quotations), T(knows_dots_left_out),
        T(knows_datelines), T(knows_lists), T(knows_lines), T(knows_languages), T(learns_from_text),
        T(passes_sentence_break_test), T(bears_noise));
}
