/* align.c - sentences and quotations of one text in another, and in many. */
#include "base/memory.h"
#include "check.h"
#include "index/align.h"
#include "index/passages.h"
#include "starve.h"

static const char agency[] =
    "\"We were told to leave water that nobody owns,\" the minister said. Government spokesman "
    "Pavel Ostrovin waved these reports away as empty and groundless talk, adding that Russia "
    "posed a danger to no one.\n\nThe talks lasted three hours.";
static const char paper[] =
    "The table was long. Government spokesman Pavel Ostrovin called such reports \"empty and "
    "groundless\" talk and added that Russia poses no danger to anyone. The talks lasted three "
    "hours.\n\n“We were told to leave water that nobody owns,” he grumbled.";
/* Without punctuation, as a careless scraper gives it. */
static const char scraped[] =
    "the table was long government spokesman pavel ostrovin waved these reports away as empty and "
    "groundless talk adding that russia posed a danger to no one the talks lasted three hours";

static sheaf_slice part(const char *text, uint32_t from, uint32_t to) {
    return sheaf_slice_from(text + from, to - from);
}

static const sheaf_aligned *row(const sheaf_alignment *all, size_t i) {
    static const sheaf_aligned none = {0};
    return i < all->count ? &all->items[i] : &none;
}

TEST(units_are_sentences_and_then_quotations) {
    sheaf_hashed_words words = {0};
    sheaf_units units = {0};
    CHECK(sheaf_hashed_words_of(&words, SLICE(agency)));
    CHECK(sheaf_units_of(&units, SLICE(agency), &words));
    CHECK_NUMBER(units.sentences, 3);
    CHECK_NUMBER(units.count, 4);
    CHECK_TEXT(part(agency, units.items[2].from, units.items[2].to),
               "The talks lasted three hours.");
    CHECK_TEXT(part(agency, units.items[3].from, units.items[3].to),
               "We were told to leave water that nobody owns,");
    CHECK(units.items[3].quotation && !units.items[2].quotation);
    CHECK_NUMBER(units.items[3].count, 9);
    sheaf_units_clear(&units);
    sheaf_hashed_words_clear(&words);
}

TEST(quotation_marks_of_many_languages) {
    static const char *const texts[] = {
        "Er sagte: „Wir bleiben noch drei Tage hier“ und ging.",
        "Il a dit « nous restons ici trois jours encore » et sortit.",
        "Он сказал: «Мы останемся здесь ещё на три дня» и вышел.",
        "他说：「我们还要在这里停留三天」然后离开了。",
        "He said: “We shall stay for three more days” and left.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sheaf_hashed_words words = {0};
        sheaf_units units = {0};
        CHECK(sheaf_hashed_words_of(&words, sheaf_slice_of(texts[i])));
        CHECK(sheaf_units_of(&units, sheaf_slice_of(texts[i]), &words));
        CHECK_NUMBER(units.count - units.sentences, 1);
        sheaf_units_clear(&units);
        sheaf_hashed_words_clear(&words);
    }
}

TEST(shared_altered_and_own_sentences) {
    sheaf_alignment all = {0};
    CHECK_NUMBER(sheaf_align(&all, SLICE(agency), SLICE(paper), NULL), SHEAF_OK);
    CHECK_NUMBER(all.count, 5);
    CHECK_NUMBER(row(&all, 0)->kind, SHEAF_ALIGNED_ONLY_B);
    CHECK_TEXT(part(paper, row(&all, 0)->b_from, row(&all, 0)->b_to), "The table was long.");
    CHECK_NUMBER(row(&all, 1)->kind, SHEAF_ALIGNED_ALTERED);
    CHECK_NUMBER(row(&all, 2)->kind, SHEAF_ALIGNED_ALTERED);
    CHECK_TEXT(part(paper, row(&all, 2)->b_from, row(&all, 2)->b_to),
               "Government spokesman Pavel Ostrovin called such reports \"empty and groundless\" "
               "talk and added that Russia poses no danger to anyone.");
    CHECK(row(&all, 2)->score > 0.4 && row(&all, 2)->score < 0.9);
    CHECK_NUMBER(row(&all, 3)->kind, SHEAF_ALIGNED_SHARED);
    CHECK_TEXT(part(paper, row(&all, 3)->b_from, row(&all, 3)->b_to),
               "The talks lasted three hours.");
    CHECK(row(&all, 3)->score == 1);
    CHECK(row(&all, 4)->quotation);
    CHECK_NUMBER(row(&all, 4)->kind, SHEAF_ALIGNED_SHARED);
    sheaf_alignment_clear(&all);
}

TEST(lost_punctuation_does_not_matter) {
    sheaf_alignment all = {0};
    CHECK_NUMBER(sheaf_align(&all, SLICE(agency), SLICE(scraped), NULL), SHEAF_OK);
    size_t shared = 0;
    for (size_t i = 0; i < all.count; i++)
        shared += all.items[i].kind == SHEAF_ALIGNED_SHARED && !all.items[i].quotation;
    CHECK_NUMBER(shared, 2);
    sheaf_alignment_clear(&all);
}

/* Words that were put in between make it another wording, in any script. */
TEST(a_sentence_with_words_put_in_is_altered) {
    sheaf_alignment all = {0};
    CHECK_NUMBER(sheaf_align(&all, SLICE("The talks in the capital lasted three hours."),
                             SLICE("The talks in the old capital lasted three long hours."), NULL),
                 SHEAF_OK);
    CHECK_NUMBER(all.count, 1);
    CHECK_NUMBER(row(&all, 0)->kind, SHEAF_ALIGNED_ALTERED);
    CHECK_NUMBER(sheaf_align(&all, SLICE("港口在暴风雨之后重新开放。"),
                             SLICE("消息说，港口在暴风雨之后昨天重新开放。"), NULL),
                 SHEAF_OK);
    CHECK_NUMBER(all.count, 1);
    CHECK_NUMBER(row(&all, 0)->kind, SHEAF_ALIGNED_ALTERED);
    CHECK(row(&all, 0)->score > 0.9);
    sheaf_alignment_clear(&all);
}

TEST(texts_with_nothing_in_common) {
    sheaf_alignment all = {0};
    CHECK_NUMBER(
        sheaf_align(&all, SLICE(agency), SLICE("A bakery has won a prize. It is old."), NULL),
        SHEAF_OK);
    for (size_t i = 0; i < all.count; i++)
        CHECK(all.items[i].kind == SHEAF_ALIGNED_ONLY_A ||
              all.items[i].kind == SHEAF_ALIGNED_ONLY_B);
    CHECK_NUMBER(sheaf_align(&all, SLICE(""), SLICE(""), NULL), SHEAF_OK);
    CHECK_NUMBER(all.count, 0);
    CHECK_NUMBER(sheaf_align(&all, SLICE("…"), SLICE(agency), NULL), SHEAF_OK);
    CHECK_NUMBER(all.count, 4);
    sheaf_alignment_clear(&all);
}

static sheaf_status gather(sheaf_passages *passages) {
    sheaf_status status = sheaf_passages_add(passages, SLICE(agency), NULL);
    if (status == SHEAF_OK)
        status =
            sheaf_passages_add(passages, SLICE("A bakery has won a prize for its bread."), NULL);
    if (status == SHEAF_OK)
        status = sheaf_passages_add(passages, SLICE(paper), NULL);
    return status == SHEAF_OK ? sheaf_passages_add(passages, SLICE(scraped), NULL) : status;
}

TEST(a_passage_stands_in_several_texts_in_several_wordings) {
    sheaf_passages *passages = sheaf_passages_new();
    sheaf_passage passage = {0};
    size_t count = 0, spokesman = SIZE_MAX;
    CHECK_NUMBER(gather(passages), SHEAF_OK);
    CHECK_NUMBER(sheaf_passages_find(passages, &count, NULL), SHEAF_OK);
    for (size_t i = 0; i < count; i++) {
        sheaf_passages_get(passages, i, &passage);
        CHECK(passage.texts >= 2);
        if (passage.places[0].text == 0 && part(agency, passage.places[0].from, 90).data[0] == 'G')
            spokesman = i;
    }
    CHECK(spokesman < count);
    if (spokesman < count) {
        sheaf_passages_get(passages, spokesman, &passage);
        CHECK_NUMBER(passage.texts, 3);
        CHECK(passage.variants >= 2);
        CHECK_NUMBER(passage.places[1].text, 2);
        CHECK(!passage.quotation);
    }
    sheaf_passages_free(passages);
}

static sheaf_status find_all(void *context) {
    sheaf_alignment all = {0};
    size_t count = 0;
    sheaf_passages *passages = sheaf_passages_new();
    (void)context;
    sheaf_status status = passages ? gather(passages) : SHEAF_NO_MEMORY;
    if (status == SHEAF_OK)
        status = sheaf_passages_find(passages, &count, NULL);
    if (status == SHEAF_OK)
        status = sheaf_align(&all, SLICE(agency), SLICE(paper), NULL);
    sheaf_passages_free(passages);
    sheaf_alignment_clear(&all);
    return status;
}

TEST(memory_may_run_out_anywhere) {
    CHECK(starve(find_all, NULL, NULL) > 20);
}

int main(void) {
    RUN(T(units_are_sentences_and_then_quotations), T(quotation_marks_of_many_languages),
        T(shared_altered_and_own_sentences), T(lost_punctuation_does_not_matter),
        T(a_sentence_with_words_put_in_is_altered), T(texts_with_nothing_in_common),
        T(a_passage_stands_in_several_texts_in_several_wordings), T(memory_may_run_out_anywhere));
}
