/* page_credit.c - whom captions credit, and what only looks like it. */
#include "page/page_credit.h"

#include "base/slice.h"
#include "check.h"

typedef struct row {
    const char *caption;
    const char *rest; /* NULL: no credit */
    const char *credit;
} row;

static const row rows[] = {
    {"The wall on Tuesday morning. (Photograph: Ana Lopez/PA)", "The wall on Tuesday morning.",
     "Ana Lopez/PA"},
    {"The wall on Tuesday morning. Photograph: Ana Lopez/PA", "The wall on Tuesday morning.",
     "Ana Lopez/PA"},
    {"Die Fähre am Morgen. Foto: dpa", "Die Fähre am Morgen.", "dpa"},
    {"Die Fähre am Morgen Foto: Ben Ode", "Die Fähre am Morgen", "Ben Ode"},
    {"Die Fähre am Morgen | Bild: © Ben Ode / dpa", "Die Fähre am Morgen", "Ben Ode / dpa"},
    {"Le bac du matin. Crédit : Ana Lopez", "Le bac du matin.", "Ana Lopez"},
    {"Le bac du matin. (CRÉDIT PHOTO : Ana Lopez).", "Le bac du matin.", "Ana Lopez"},
    {"The ferry \xC2\xA9 Harbour Post", "The ferry", "Harbour Post"},
    {"\xC2\xA9 Harbour Post", "", "Harbour Post"},
    {"Foto: J. M. Ode", "", "J. M. Ode"},
    {"Паром утром. Фото: Анна Иванова", "Паром утром.", "Анна Иванова"},
    {"渡船早上出发。图片来源：海港报", "渡船早上出发。", "海港报"},
    {"The ferry leaves (AP Photo/Ana Lopez)", "The ferry leaves", "AP Photo/Ana Lopez"},
    {"The ferry leaves. [Reuters]", "The ferry leaves.", "Reuters"},
    {"The ferry leaves. Photo by Ana Lopez.", "The ferry leaves.", "Ana Lopez"},
    {"The ferry leaves\nPhoto: Ana Lopez", "The ferry leaves", "Ana Lopez"},
    {"The ferry leaves (left) Image: Ben Ode (PA)", "The ferry leaves (left) Image: Ben Ode", "PA"},
    {"The ferry leaves.", NULL, NULL},
    {"Ana Lopez (left) and Ben Ode (right)", NULL, NULL},
    {"In the picture: a ferry", NULL, NULL},
    {"Picture: a ferry leaves. It never came back. Nobody knows why.", NULL, NULL},
    {"The photo by which she is known", NULL, NULL},
    {"He told a source: never again", NULL, NULL},
    {"Photo:", NULL, NULL},
    {"()", NULL, NULL},
    {"", NULL, NULL},
};

TEST(takes_credits) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sheaf_slice caption = sheaf_slice_of(rows[i].caption);
        sheaf_slice credit = sheaf_page_credit_take(&caption);
        const char *rest = rows[i].rest ? rows[i].rest : rows[i].caption;
        if (!sheaf_slice_is(caption, rest) ||
            !sheaf_slice_is(credit, rows[i].credit ? rows[i].credit : "")) {
            check_failures++;
            fprintf(stderr, "\"%s\": got \"%.*s\" by \"%.*s\"\n", rows[i].caption,
                    SLICE_ARGS(caption), SLICE_ARGS(credit));
        }
    }
}

TEST(names_whom_a_credit_names) {
    CHECK_TEXT(sheaf_page_credit_name(SLICE("Photo: Ana Lopez")), "Ana Lopez");
    CHECK_TEXT(sheaf_page_credit_name(SLICE(" Foto: \xC2\xA9 dpa ")), "dpa");
    CHECK_TEXT(sheaf_page_credit_name(SLICE("Photograph by Ben Ode/Harbour Post")),
               "Ben Ode/Harbour Post");
    CHECK_TEXT(sheaf_page_credit_name(SLICE("Ana Lopez")), "Ana Lopez");
    CHECK_TEXT(sheaf_page_credit_name(SLICE("Photo:")), "Photo:");
}

/* Bytes of no script, and a caption longer than any. */
TEST(takes_any_bytes) {
    static char bytes[4096];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 37 + i / 256);
    for (size_t size = 0; size < sizeof bytes; size += 61) {
        sheaf_slice caption = sheaf_slice_from(bytes, size);
        sheaf_slice credit = sheaf_page_credit_take(&caption);
        CHECK(caption.size + credit.size <= size);
    }
    memset(bytes, '(', sizeof bytes);
    sheaf_slice caption = sheaf_slice_from(bytes, sizeof bytes);
    CHECK_NUMBER(sheaf_page_credit_take(&caption).size, 0);
}

int main(void) {
    RUN(T(takes_credits), T(names_whom_a_credit_names), T(takes_any_bytes));
}
