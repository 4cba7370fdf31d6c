/* credit.c - datelines, bylines and agencies as papers print them. */
#include "article/credit.h"

#include "base/slice.h"
#include "check.h"

typedef struct dateline_row {
    const char *paragraph;
    const char *raw; /* NULL: none */
    const char *place;
    const char *date;
    const char *agency;
} dateline_row;

static const dateline_row datelines[] = {
    {"MOSCOW, March 17. TASS. The minister spoke.", "MOSCOW, March 17. TASS", "MOSCOW",
     "XXXX-03-17", "TASS"},
    {"LONDON, March 17./TASS/: The minister spoke.", "LONDON, March 17./TASS/", "LONDON",
     "XXXX-03-17", "TASS"},
    {"LERWICK, March 17 (Reuters) - The ferry sailed.", "LERWICK, March 17 (Reuters)", "LERWICK",
     "XXXX-03-17", "Reuters"},
    {"KYIV, Ukraine (AP) \xE2\x80\x94 The ferry sailed.", "KYIV, Ukraine (AP)", "KYIV, Ukraine", "",
     "AP"},
    {"JAKARTA - The minister spoke.", "JAKARTA", "JAKARTA", "", ""},
    {"KUALA LUMPUR: The minister spoke.", "KUALA LUMPUR", "KUALA LUMPUR", "", ""},
    {"NEW YORK, Feb. 10 (Xinhua) -- The ferry sailed.", "NEW YORK, Feb. 10 (Xinhua)", "NEW YORK",
     "XXXX-02-10", "Xinhua"},
    {"Berlin (dpa) - Die Fähre fuhr ab.", "Berlin (dpa)", "Berlin", "", "dpa"},
    {"PARIS, 10 f\xC3\xA9v 2022 (AFP) - Le navire est parti.", "PARIS, 10 f\xC3\xA9v 2022 (AFP)",
     "PARIS", "2022-02-10", "AFP"},
    {"Madrid, 10 feb (EFE).- El barco sali\xC3\xB3.", "Madrid, 10 feb (EFE)", "Madrid",
     "XXXX-02-10", "EFE"},
    {"МОСКВА, 17 марта. /ТАСС/. Министр выступил.", "МОСКВА, 17 марта. /ТАСС/", "МОСКВА",
     "XXXX-03-17", "TASS"},
    {"МОСКВА, 10 фев — РИА Новости. Шторм закрыл порт.", "МОСКВА, 10 фев — РИА Новости", "МОСКВА",
     "XXXX-02-10", "RIA Novosti"},
    {"Москва. 10 февраля. ИНТЕРФАКС.RU - Шторм закрыл порт.", "Москва. 10 февраля. ИНТЕРФАКС.RU",
     "Москва", "XXXX-02-10", "Interfax"},
    {"القاهرة (رويترز) - أغلقت العاصفة الميناء.", "القاهرة (رويترز)", "القاهرة", "", "Reuters"},
    {"新华社北京2月10日电 风暴关闭了港口。", "新华社北京2月10日电", "北京", "XXXX-02-10", "Xinhua"},
    {"(서울=연합뉴스) 홍길동 기자 = 폭풍이 항구를 닫았다.", "(서울=연합뉴스)", "서울", "",
     "Yonhap"},
    {"(ANSA) - ROMA, 10 FEB - La nave parte.", "(ANSA) - ROMA, 10 FEB", "ROMA", "XXXX-02-10",
     "ANSA"},
    {"MOSCOW, March 17. NPA. An agency that no table knows.", "MOSCOW, March 17. NPA", "MOSCOW",
     "XXXX-03-17", "NPA"},
    {"NATO - the alliance - said nothing.", NULL, NULL, NULL, NULL},
    {"UPDATE - The ferry sailed.", NULL, NULL, NULL, NULL},
    {"LONDON-based editors spoke.", NULL, NULL, NULL, NULL},
    {"London - The mixed case of one word is no evidence.", NULL, NULL, NULL, NULL},
    {"The minister spoke in MOSCOW - twice.", NULL, NULL, NULL, NULL},
    {"\"MOSCOW - never,\" she said.", NULL, NULL, NULL, NULL},
    {"HARRIET Colbrook told the house on Monday.", NULL, NULL, NULL, NULL},
    {"MOSCOW -", NULL, NULL, NULL, NULL},
    {"", NULL, NULL, NULL, NULL},
};

TEST(reads_datelines) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    for (size_t i = 0; i < sizeof datelines / sizeof *datelines; i++) {
        const dateline_row *row = &datelines[i];
        sheaf_slice text = sheaf_slice_of(row->paragraph);
        sheaf_dateline found = {0};
        size_t size = 0;
        bool is = sheaf_dateline_parse(&found, &size, text, &arena);
        if (is != (row->raw != NULL))
            fprintf(stderr, "at: %s\n", row->paragraph);
        CHECK(is == (row->raw != NULL));
        if (!is || !row->raw)
            continue;
        CHECK_TEXT(found.raw, row->raw);
        CHECK_TEXT(found.place, row->place);
        CHECK_TEXT(found.date, row->date);
        CHECK_TEXT(found.agency, row->agency);
        CHECK(size > found.raw.size && size < text.size);
    }
    sheaf_arena_clear(&arena);
}

typedef struct byline_row {
    const char *line;
    const char *byline; /* NULL: none */
    const char *people; /* "name|role;name|role" */
} byline_row;

static const byline_row bylines[] = {
    {"- By Ana Lopez Deputy Political Editor", "By Ana Lopez Deputy Political Editor",
     "Ana Lopez|Deputy Political Editor;"},
    {"By Ana Lopez and Ben Ode", "By Ana Lopez and Ben Ode", "Ana Lopez|;Ben Ode|;"},
    {"By ANA LOPEZ, Moscow Correspondent", "By ANA LOPEZ, Moscow Correspondent",
     "ANA LOPEZ|Moscow Correspondent;"},
    {"By Ana Lopez, Ben Ode and Cem Yol in Brussels",
     "By Ana Lopez, Ben Ode and Cem Yol in Brussels", "Ana Lopez|;Ben Ode|;Cem Yol|;"},
    {"By Ana Lopez | 10 February 2022", "By Ana Lopez | 10 February 2022", "Ana Lopez|;"},
    {"By Ana Lopez, February 10, 2022", "By Ana Lopez, February 10, 2022", "Ana Lopez|;"},
    {"By Jan van der Berg", "By Jan van der Berg", "Jan van der Berg|;"},
    {"*By Ana Lopez*", "By Ana Lopez", "Ana Lopez|;"},
    {"BYLINE: Ana Lopez and Ben Ode, Foreign Staff", "Ana Lopez and Ben Ode, Foreign Staff",
     "Ana Lopez|;Ben Ode|Foreign Staff;"},
    {"Author: Lopez, Ana; Ode, Ben", "Lopez, Ana; Ode, Ben", "Ana Lopez|;Ben Ode|;"},
    {"By Reuters", "By Reuters", ""},
    {"By Our Foreign Staff", "By Our Foreign Staff", ""},
    {"Von Jürgen Groß", "Von Jürgen Groß", "Jürgen Groß|;"},
    {"Par Élodie Vasseur", "Par Élodie Vasseur", "Élodie Vasseur|;"},
    {"Por Ana López y Benito Oda", "Por Ana López y Benito Oda", "Ana López|;Benito Oda|;"},
    {"Автор: Игорь Лебяжин", "Игорь Лебяжин", "Игорь Лебяжин|;"},
    {"作者：张三", "张三", "张三|;"},
    {"홍길동 기자", "홍길동 기자", "홍길동|;"},
    {"By Friday the troops had left", NULL, NULL},
    {"By the sea", NULL, NULL},
    {"Von der Leyen warnt Moskau", NULL, NULL},
    {"Di Maio annuncia le dimissioni", NULL, NULL},
    {"By 2030 half of all cars", NULL, NULL},
    {"Bystanders Saw Nothing", NULL, NULL},
    {"By", NULL, NULL},
    {"", NULL, NULL},
};

static void write_people(char *out, size_t size, const sheaf_article *article) {
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < article->authors.count && at < size; i++)
        at += (size_t)snprintf(out + at, size - at, "%.*s|%.*s;",
                               SLICE_ARGS(article->authors.items[i].name),
                               SLICE_ARGS(article->authors.items[i].role));
}

TEST(reads_bylines) {
    sheaf_article article;
    char people[512];
    sheaf_article_init(&article);
    for (size_t i = 0; i < sizeof bylines / sizeof *bylines; i++) {
        const byline_row *row = &bylines[i];
        sheaf_article_reset(&article);
        bool is = sheaf_byline_parse(&article, sheaf_slice_of(row->line));
        if (is != (row->byline != NULL))
            fprintf(stderr, "at: %s\n", row->line);
        CHECK(is == (row->byline != NULL));
        CHECK(sheaf_byline_is(sheaf_slice_of(row->line)) == is);
        write_people(people, sizeof people, &article);
        CHECK_TEXT(article.field[SHEAF_FIELD_BYLINE], row->byline ? row->byline : "");
        CHECK_TEXT(sheaf_slice_of(people), row->people ? row->people : "");
    }
    sheaf_article_clear(&article);
}

TEST(names_agencies) {
    CHECK_TEXT(sheaf_agency(SLICE("/TASS/")), "TASS");
    CHECK_TEXT(sheaf_agency(SLICE("(Reuters)")), "Reuters");
    CHECK_TEXT(sheaf_agency(SLICE("dpa")), "dpa");
    CHECK_TEXT(sheaf_agency(SLICE("dpa/AFP")), "dpa");
    CHECK_TEXT(sheaf_agency(SLICE("ITAR-TASS news agency")), "TASS");
    CHECK_TEXT(sheaf_agency(SLICE("Agence France-Presse")), "AFP");
    CHECK_TEXT(sheaf_agency(SLICE("РИА Новости")), "RIA Novosti");
    CHECK_TEXT(sheaf_agency(SLICE("ap")), "");
    CHECK_TEXT(sheaf_agency(SLICE("beta")), "");
    CHECK_TEXT(sheaf_agency(SLICE("the minister spoke to Reuters on Monday")), "");
    CHECK_TEXT(sheaf_agency((sheaf_slice){0}), "");
}

TEST(survives_every_prefix) {
    sheaf_arena arena;
    sheaf_arena_init(&arena);
    for (size_t i = 0; i < sizeof datelines / sizeof *datelines; i++) {
        sheaf_slice text = sheaf_slice_of(datelines[i].paragraph);
        for (size_t size = 0; size <= text.size; size++) {
            sheaf_dateline found;
            size_t length;
            sheaf_slice cut = sheaf_slice_part(text, 0, size);
            if (sheaf_dateline_parse(&found, &length, cut, &arena))
                CHECK(length < size && found.raw.size <= length);
            CHECK(sheaf_agency(cut).size < 40);
            sheaf_byline_is(cut);
        }
    }
    sheaf_arena_clear(&arena);
}

int main(void) {
    RUN(T(reads_datelines), T(reads_bylines), T(names_agencies), T(survives_every_prefix));
}
