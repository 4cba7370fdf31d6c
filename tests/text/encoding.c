/* encoding.c - told by their bytes, by labels true and false, and brought to UTF-8. */
#include "text/encoding.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "check.h"

typedef struct row {
    const char *name;
    sheaf_slice bytes;
    const char *text;
} row;

#define BYTES(literal)                                                                             \
    { (literal), sizeof(literal) - 1 }
#define NONE ((sheaf_slice){0})

/* One sentence of ours in each. */
/* clang-format off */
static const row rows[] = {
    {"windows-1251",
     BYTES("\xCC\xEE\xF1\xF2 \xE7\xE0\xEA\xF0\xFB\xEB\xE8 \xE2 \xF1\xF0\xE5\xE4\xF3 \xF3\xF2\xF0\xEE\xEC, \xE8 \xEF\xE0\xF0\xEE\xEC \xF2\xE5\xEF\xE5\xF0\xFC \xF5\xEE\xE4\xE8\xF2 \xEA\xE0\xE6\xE4\xFB\xE9 \xF7\xE0\xF1."),
     "Мост закрыли в среду утром, и паром теперь ходит каждый час."},
    {"KOI8-R",
     BYTES("\xED\xCF\xD3\xD4 \xDA\xC1\xCB\xD2\xD9\xCC\xC9 \xD7 \xD3\xD2\xC5\xC4\xD5 \xD5\xD4\xD2\xCF\xCD, \xC9 \xD0\xC1\xD2\xCF\xCD \xD4\xC5\xD0\xC5\xD2\xD8 \xC8\xCF\xC4\xC9\xD4 \xCB\xC1\xD6\xC4\xD9\xCA \xDE\xC1\xD3."),
     "Мост закрыли в среду утром, и паром теперь ходит каждый час."},
    {"IBM866",
     BYTES("\x8C\xAE\xE1\xE2 \xA7\xA0\xAA\xE0\xEB\xAB\xA8 \xA2 \xE1\xE0\xA5\xA4\xE3 \xE3\xE2\xE0\xAE\xAC, \xA8 \xAF\xA0\xE0\xAE\xAC \xE2\xA5\xAF\xA5\xE0\xEC \xE5\xAE\xA4\xA8\xE2 \xAA\xA0\xA6\xA4\xEB\xA9 \xE7\xA0\xE1."),
     "Мост закрыли в среду утром, и паром теперь ходит каждый час."},
    {"ISO-8859-5",
     BYTES("\xBC\xDE\xE1\xE2 \xD7\xD0\xDA\xE0\xEB\xDB\xD8 \xD2 \xE1\xE0\xD5\xD4\xE3 \xE3\xE2\xE0\xDE\xDC, \xD8 \xDF\xD0\xE0\xDE\xDC \xE2\xD5\xDF\xD5\xE0\xEC \xE5\xDE\xD4\xD8\xE2 \xDA\xD0\xD6\xD4\xEB\xD9 \xE7\xD0\xE1."),
     "Мост закрыли в среду утром, и паром теперь ходит каждый час."},
    {"KOI8-U",
     BYTES("\xED\xA6\xD3\xD4 \xDA\xC1\xCB\xD2\xC9\xCC\xC9 \xD7 \xD3\xC5\xD2\xC5\xC4\xD5 \xD7\xD2\xC1\xCE\xC3\xA6, \xA6 \xD4\xC5\xD0\xC5\xD2 \xA7\xC8\xC1\xD4\xC9 \xC4\xCF\xD7\xCF\xC4\xC9\xD4\xD8\xD3\xD1 \xDE\xC5\xD2\xC5\xDA \xD3\xD5\xD3\xA6\xC4\xCE\xA4 \xCD\xA6\xD3\xD4\xCF."),
     "Міст закрили в середу вранці, і тепер їхати доводиться через сусіднє місто."},
    {"GB18030",
     BYTES("\xB4\xF3\xC7\xC5\xD0\xC7\xC6\xDA\xC8\xFD\xD4\xE7\xC9\xCF\xB9\xD8\xB1\xD5\xA3\xAC\xB6\xC9\xB4\xAC\xCF\xD6\xD4\xDA\xC3\xBF\xD0\xA1\xCA\xB1\xBF\xAA\xD2\xBB\xB0\xE0\xA3\xAC\xBE\xD3\xC3\xF1\xCB\xB5\xB5\xC8\xB4\xFD\xB5\xC4\xCA\xB1\xBC\xE4\xCC\xAB\xB3\xA4\xA1\xA3"),
     "大桥星期三早上关闭，渡船现在每小时开一班，居民说等待的时间太长。"},
    {"Big5",
     BYTES("\xA4j\xBE\xF4\xACP\xB4\xC1\xA4T\xA6\xAD\xA4W\xC3\xF6\xB3\xAC\xA1""A\xB4\xE7\xB2\xEE\xB2{\xA6""b\xA8""C\xA4p\xAE\xC9\xB6}\xA4@\xAFZ\xA1""A\xA9~\xA5\xC1\xBB\xA1\xB5\xA5\xAB\xDD\xAA\xBA\xAE\xC9\xB6\xA1\xA4\xD3\xAA\xF8\xA1""C"),
     "大橋星期三早上關閉，渡船現在每小時開一班，居民說等待的時間太長。"},
    {"Shift_JIS",
     BYTES("\x90\x85\x97j\x93\xFA\x82\xCC\x92\xA9\x82\xC9\x8B\xB4\x82\xAA\x95\xC2\x8D\xBD\x82\xB3\x82\xEA\x81""A\x93n\x82\xB5\x91""D\x82\xCD\x88\xEA\x8E\x9E\x8A\xD4\x82\xB2\x82\xC6\x82\xC9\x8Fo\x82\xE9\x82\xB1\x82\xC6\x82\xC9\x82\xC8\x82\xC1\x82\xBD\x81""B"),
     "水曜日の朝に橋が閉鎖され、渡し船は一時間ごとに出ることになった。"},
    {"EUC-JP",
     BYTES("\xBF\xE5\xCD\xCB\xC6\xFC\xA4\xCE\xC4\xAB\xA4\xCB\xB6\xB6\xA4\xAC\xCA\xC4\xBA\xBF\xA4\xB5\xA4\xEC\xA1\xA2\xC5\xCF\xA4\xB7\xC1\xA5\xA4\xCF\xB0\xEC\xBB\xFE\xB4\xD6\xA4\xB4\xA4\xC8\xA4\xCB\xBD\xD0\xA4\xEB\xA4\xB3\xA4\xC8\xA4\xCB\xA4\xCA\xA4\xC3\xA4\xBF\xA1\xA3"),
     "水曜日の朝に橋が閉鎖され、渡し船は一時間ごとに出ることになった。"},
    {"ISO-2022-JP",
     BYTES("\x1B$B\?eMKF|$ND+$K66$,JD:\?$5$l!\"EO$7A%$O0l;~4V$4$H$K=P$k$3$H$K$J$C$\?!#\x1B(B"),
     "水曜日の朝に橋が閉鎖され、渡し船は一時間ごとに出ることになった。"},
    {"EUC-KR",
     BYTES("\xBC\xF6\xBF\xE4\xC0\xCF \xBE\xC6\xC4\xA7\xBF\xA1 \xB4\xD9\xB8\xAE\xB0\xA1 \xC6\xF3\xBC\xE2\xB5\xC7\xBE\xFA\xB0\xED \xC0\xCC\xC1\xA6 \xB9\xE8\xB0\xA1 \xC7\xD1 \xBD\xC3\xB0\xA3\xB8\xB6\xB4\xD9 \xB4\xD9\xB4\xD1\xB4\xD9\xB0\xED \xBD\xC3\xB4\xC2 \xB9\xE0\xC7\xFB\xB4\xD9."),
     "수요일 아침에 다리가 폐쇄되었고 이제 배가 한 시간마다 다닌다고 시는 밝혔다."},
    {"windows-1250",
     BYTES("V\xECt\x9Aina \xF8idi\xE8\xF9 te\xEF jezd\xED p\xF8""es sousedn\xED m\xECsto, proto\x9E""e je most u\x9E t\xFD""den zav\xF8""en\xFD."),
     "Většina řidičů teď jezdí přes sousední město, protože je most už týden zavřený."},
    {"ISO-8859-2",
     BYTES("V\xECt\xB9ina \xF8idi\xE8\xF9 te\xEF jezd\xED p\xF8""es sousedn\xED m\xECsto, proto\xBE""e je most u\xBE t\xFD""den zav\xF8""en\xFD a \xB9""et\xF8\xED se."),
     "Většina řidičů teď jezdí přes sousední město, protože je most už týden zavřený a šetří se."},
    {"windows-1252",
     BYTES("Die Br\xFC""cke \xFC""ber den Flu\xDF bleibt f\xFCr Fu\xDFg\xE4nger ge\xF6""ffnet \x96 so hei\xDFt es im \x84Rathaus\x93."),
     "Die Brücke über den Fluß bleibt für Fußgänger geöffnet – so heißt es im „Rathaus“."},
    {"windows-1253",
     BYTES("\xC7 \xE3\xDD\xF6\xF5\xF1\xE1 \xDD\xEA\xEB\xE5\xE9\xF3\xE5 \xF4\xE7\xED \xD4\xE5\xF4\xDC\xF1\xF4\xE7 \xF4\xEF \xF0\xF1\xF9\xDF \xEA\xE1\xE9 \xF4\xEF \xA2\xE3\xE9\xEF \xED\xE7\xF3\xDF \xDD\xEC\xE5\xE9\xED\xE5 \xF7\xF9\xF1\xDF\xF2 \xF8\xF9\xEC\xDF."),
     "Η γέφυρα έκλεισε την Τετάρτη το πρωί και το Άγιο νησί έμεινε χωρίς ψωμί."},
    {"ISO-8859-7",
     BYTES("\xC7 \xE3\xDD\xF6\xF5\xF1\xE1 \xDD\xEA\xEB\xE5\xE9\xF3\xE5 \xF4\xE7\xED \xD4\xE5\xF4\xDC\xF1\xF4\xE7 \xF4\xEF \xF0\xF1\xF9\xDF \xEA\xE1\xE9 \xF4\xEF \xB6\xE3\xE9\xEF \xED\xE7\xF3\xDF \xDD\xEC\xE5\xE9\xED\xE5 \xF7\xF9\xF1\xDF\xF2 \xF8\xF9\xEC\xDF."),
     "Η γέφυρα έκλεισε την Τετάρτη το πρωί και το Άγιο νησί έμεινε χωρίς ψωμί."},
    {"windows-1254",
     BYTES("K\xF6pr\xFC \xE7""ar\xFE""amba sabah\xFD kapat\xFDld\xFD, \xFEimdi vapur her saat ba\xFE\xFD iskeleden kalk\xFDyor."),
     "Köprü çarşamba sabahı kapatıldı, şimdi vapur her saat başı iskeleden kalkıyor."},
    {"windows-1255",
     BYTES("\xE4\xE2\xF9\xF8 \xF0\xF1\xE2\xF8 \xE1\xE9\xE5\xED \xF8\xE1\xE9\xF2\xE9 \xE1\xE1\xE5\xF7\xF8, \xE5\xE4\xEE\xF2\xE1\xE5\xF8\xFA \xE9\xE5\xF6\xE0\xFA \xF2\xEB\xF9\xE9\xE5 \xE1\xEB\xEC \xF9\xF2\xE4 \xEE\xEF \xE4\xF0\xEE\xEC."),
     "הגשר נסגר ביום רביעי בבוקר, והמעבורת יוצאת עכשיו בכל שעה מן הנמל."},
    {"windows-1256",
     BYTES("\xC3\xDB\xE1\xDE \xC7\xE1\xCC\xD3\xD1 \xD5\xC8\xC7\xCD \xED\xE6\xE3 \xC7\xE1\xC3\xD1\xC8\xDA\xC7\xC1\xA1 \xE6\xC3\xD5\xC8\xCD\xCA \xC7\xE1\xDA\xC8\xC7\xD1\xC9 \xCA\xE4\xD8\xE1\xDE \xDF\xE1 \xD3\xC7\xDA\xC9 \xE3\xE4 \xC7\xE1\xE3\xED\xE4\xC7\xC1."),
     "أغلق الجسر صباح يوم الأربعاء، وأصبحت العبارة تنطلق كل ساعة من الميناء."},
    {"windows-1257",
     BYTES("Tiltas buvo u\xFE""darytas tre\xE8iadienio ryt\xE0, tod\xEBl \xFEmon\xEBs \xE1 kit\xE0 krant\xE0 plaukia laivu."),
     "Tiltas buvo uždarytas trečiadienio rytą, todėl žmonės į kitą krantą plaukia laivu."},
    {"windows-1258",
     BYTES("C\xE2y c\xE2\xCCu \xF0""a\xDE \xF0o\xECng c\xFD\xD2""a t\xFD\xCC sa\xECng th\xFD\xEC t\xFD va\xCC ng\xFD\xF5\xCCi d\xE2n pha\xD2i \xF0i pha\xCC m\xF4\xDEi gi\xF5\xCC m\xF4\xF2t chuy\xEA\xECn."),
     "Cây cầu đã đóng cửa từ sáng thứ tư và người dân phải đi phà mỗi giờ một chuyến."},
    {"windows-874",
     BYTES("\xCA\xD0\xBE\xD2\xB9\xBB\xD4\xB4\xB5\xD1\xE9\xA7\xE1\xB5\xE8\xE0\xAA\xE9\xD2\xC7\xD1\xB9\xBE\xD8\xB8 \xAA\xD2\xC7\xBA\xE9\xD2\xB9\xB5\xE9\xCD\xA7\xB9\xD1\xE8\xA7\xE0\xC3\xD7\xCD\xA2\xE9\xD2\xC1\xBF\xD2\xA1\xB7\xD8\xA1\xAA\xD1\xE8\xC7\xE2\xC1\xA7\xE1\xB7\xB9"),
     "สะพานปิดตั้งแต่เช้าวันพุธ ชาวบ้านต้องนั่งเรือข้ามฟากทุกชั่วโมงแทน"},
    {"UTF-16LE",
     BYTES("'Yeh\x1F""f\x1Fg\x09N\xE9""e\x0ANsQ\xED\x95\x0C\xFF\x0A\x00!n9\x82\xB0s(W\xCFk\x0F\\\xF6""e\x00_\x00N\xEDs\x02""0"),
     "大桥星期三早上关闭，\n渡船现在每小时开一班。"},
    {"UTF-16BE",
     BYTES("\x00T\x00h\x00""e\x00 \x00""b\x00r\x00i\x00""d\x00g\x00""e\x00 \x00w\x00""a\x00s\x00 \x00""c\x00l\x00o\x00s\x00""e\x00""d\x00 \x00o\x00n\x00 \x00W\x00""e\x00""d\x00n\x00""e\x00s\x00""d\x00""a\x00y\x00 \x00m\x00o\x00r\x00n\x00i\x00n\x00g\x00."),
     "The bridge was closed on Wednesday morning."},
};
/* clang-format on */

enum { ROWS = sizeof rows / sizeof *rows };

static const char *name_of(sheaf_slice bytes, const char *label, bool markup) {
    return sheaf_encoding_guess_of(bytes, sheaf_slice_of(label), markup).name;
}

#define CHECK_NAME(bytes, label, wanted)                                                           \
    CHECK_TEXT(sheaf_slice_of(name_of((bytes), (label), false)), (wanted))

static void check_text(sheaf_slice bytes, const char *name, const char *wanted, size_t bad) {
    sheaf_buffer out = {0};
    CHECK_NUMBER(sheaf_encoding_to_utf8(&out, bytes, name), bad);
    CHECK_TEXT(sheaf_buffer_view(&out), wanted);
    sheaf_buffer_clear(&out);
}

/* ---- telling ------------------------------------------------------------------ */

TEST(tells_each_by_its_bytes) {
    for (size_t i = 0; i < ROWS; i++) {
        sheaf_encoding_guess guess = sheaf_encoding_guess_of(rows[i].bytes, NONE, false);
        CHECK_TEXT(sheaf_slice_of(guess.name), rows[i].name);
        CHECK_TEXT(sheaf_slice_of(guess.why), "looks like it");
        CHECK(guess.confidence > 0.3 && guess.confidence <= 1);
    }
}

TEST(decodes_each) {
    for (size_t i = 0; i < ROWS; i++)
        check_text(rows[i].bytes, rows[i].name, rows[i].text, 0);
}

TEST(tells_utf8_and_marks) {
    sheaf_encoding_guess guess = sheaf_encoding_guess_of(SLICE("The caf\xC3\xA9"), NONE, false);
    CHECK_TEXT(sheaf_slice_of(guess.why), "valid UTF-8");
    CHECK_NAME(SLICE("plain"), "", "UTF-8");
    CHECK_NAME(NONE, "", "UTF-8");
    CHECK_NAME(SLICE("\xEF\xBB\xBF"
                     "abc"),
               "koi8-r", "UTF-8");
    CHECK_NAME(SLICE("\xFF\xFE"
                     "a\0"),
               "utf-8", "UTF-16LE");
    CHECK_NAME(SLICE("\xFE\xFF\0a"), "", "UTF-16BE");
    CHECK_NAME(SLICE("\xFF\xFE\0\0"
                     "a\0\0\0"),
               "", "UTF-32LE");
    CHECK_NAME(SLICE("\0\0\xFE\xFF\0\0\0a"), "", "UTF-32BE");
    /* cut in the middle of a letter, and with a few bytes lost */
    CHECK_NAME(SLICE("\xD0\xBC\xD0\xBE\xD1\x81\xD1\x82\xD1"), "", "UTF-8");
    /* one zero in a text does not make it UTF-16 */
    CHECK_NAME(SLICE("The bridge was\0 closed on Wednesday morning by the council."), "", "UTF-8");
}

TEST(knows_labels) {
    CHECK_TEXT(sheaf_slice_of(sheaf_encoding_of_label(SLICE(" UTF8\n"))), "UTF-8");
    CHECK_TEXT(sheaf_slice_of(sheaf_encoding_of_label(SLICE("latin1"))), "windows-1252");
    CHECK_TEXT(sheaf_slice_of(sheaf_encoding_of_label(SLICE("ISO-8859-1"))), "windows-1252");
    CHECK_TEXT(sheaf_slice_of(sheaf_encoding_of_label(SLICE("gb2312"))), "GB18030");
    CHECK_TEXT(sheaf_slice_of(sheaf_encoding_of_label(SLICE("ks_c_5601-1987"))), "EUC-KR");
    CHECK_TEXT(sheaf_slice_of(sheaf_encoding_of_label(SLICE("TIS-620"))), "windows-874");
    CHECK_TEXT(sheaf_slice_of(sheaf_encoding_of_label(SLICE("ISO-8859-9"))), "windows-1254");
    CHECK(sheaf_encoding_of_label(SLICE("utf-8 or so")) == NULL);
    CHECK(sheaf_encoding_of_label(NONE) == NULL);
    CHECK(sheaf_encoding_of_label(
              SLICE("a label that is much longer than any of the standard is")) == NULL);
}

TEST(believes_a_label_that_may_be_true) {
    /* the same bytes may be both; the label knows */
    CHECK_NAME(SLICE("5 \xA4 billet"), "iso-8859-15", "ISO-8859-15");
    check_text(SLICE("5 \xA4 billet"), "ISO-8859-15", "5 \u20AC billet", 0);
    CHECK_NAME(SLICE("\xBF"
                     "Qu\xE9 dijo?"),
               "iso-8859-1", "windows-1252");
    CHECK_NAME(SLICE("plain"), "iso-8859-2", "ISO-8859-2");
    for (size_t i = 0; i < ROWS; i++)
        CHECK_NAME(rows[i].bytes, rows[i].name, rows[i].name);
}

TEST(overrides_a_label_that_is_false) {
    const row *cyrillic = &rows[0];
    const char *utf8 = "\xD0\xBC\xD0\xBE\xD1\x81\xD1\x82 \xD0\xB7\xD0\xB0";
    CHECK_TEXT(sheaf_slice_of(cyrillic->name), "windows-1251");
    CHECK_NAME(cyrillic->bytes, "utf-8", "windows-1251");
    CHECK_NAME(cyrillic->bytes, "iso-8859-1", "windows-1251");
    CHECK_NAME(cyrillic->bytes, "koi8-r", "windows-1251");
    CHECK_NAME(cyrillic->bytes, "shift_jis", "windows-1251");
    CHECK_NAME(cyrillic->bytes, "no-such-thing", "windows-1251");
    CHECK_NAME(cyrillic->bytes, "utf-16", "windows-1251");
    CHECK_NAME(cyrillic->bytes, "hz-gb-2312", "windows-1251");
    CHECK_NAME(sheaf_slice_of(utf8), "windows-1252", "UTF-8");
    CHECK_NAME(sheaf_slice_of(utf8), "windows-1251", "UTF-8");
    CHECK_NAME(sheaf_slice_of(utf8), "gbk", "UTF-8");
}

/* ---- what a page says ------------------------------------------------------------ */

static void check_page(const char *head, const char *wanted, const char *why) {
    sheaf_buffer page = {0};
    sheaf_buffer_add(&page, sheaf_slice_of(head));
    sheaf_buffer_add(&page, SLICE("<p>caf\xE9</p>"));
    sheaf_encoding_guess guess = sheaf_encoding_guess_of(sheaf_buffer_view(&page), NONE, true);
    CHECK_TEXT(sheaf_slice_of(guess.name), wanted);
    CHECK_TEXT(sheaf_slice_of(guess.why), why);
    sheaf_buffer_clear(&page);
}

TEST(reads_what_a_page_says) {
    check_page("<meta charset=iso-8859-2>", "ISO-8859-2", "meta");
    check_page("<META CHARSET = 'Latin2' >", "ISO-8859-2", "meta");
    check_page("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-u\">", "KOI8-U",
               "meta");
    check_page("<meta content='text/html; charset=\"koi8-u\"' http-equiv=content-type>", "KOI8-U",
               "meta");
    check_page("<meta/charset=\"iso-8859-15\"/>", "ISO-8859-15", "meta");
    check_page("<?xml version='1.0' encoding='ISO-8859-15'?><html>", "ISO-8859-15",
               "XML declaration");
    check_page("<meta charset=x-user-defined>", "windows-1252", "meta");
    check_page("<meta charset=nonsense><meta charset=koi8-u>", "KOI8-U", "meta");
}

TEST(is_not_misled_by_a_page) {
    check_page("<!-- <meta charset=koi8-r> -->", "windows-1252", "looks like it");
    check_page("<a title='<meta charset=koi8-r>'>", "windows-1252", "looks like it");
    check_page("<meta name=x content='text/html; charset=koi8-r'>", "windows-1252",
               "looks like it");
    check_page("<metal charset=koi8-r>", "windows-1252", "looks like it");
    check_page("<!--><meta charset=iso-8859-15>", "ISO-8859-15", "meta");
    /* it cannot be UTF-16, being read; and it is no UTF-8 */
    check_page("<meta charset=utf-16>", "windows-1252", "looks like it");
    CHECK_TEXT(sheaf_slice_of(name_of(SLICE("<meta charset=utf-16>abc"), "", true)), "UTF-8");
    CHECK_TEXT(sheaf_slice_of(name_of(SLICE("<meta charset=koi8-r>abc"), "", false)), "UTF-8");
    /* what the transport says goes before what the page says */
    CHECK_TEXT(
        sheaf_slice_of(name_of(SLICE("<meta charset=koi8-r>\xE9t\xE9"), "iso-8859-15", true)),
        "ISO-8859-15");
}

/* ---- malformed ------------------------------------------------------------------- */

TEST(replaces_what_has_no_meaning) {
    check_text(SLICE("a\xFF"
                     "b"),
               "UTF-8",
               "a\uFFFD"
               "b",
               1);
    check_text(SLICE("\xE2\x82"
                     "a\xE2\x82"),
               "UTF-8",
               "\uFFFD"
               "a\uFFFD",
               2);
    check_text(SLICE("\xED\xA0\x80"), "UTF-8", "\uFFFD\uFFFD\uFFFD", 3);
    check_text(SLICE("\xF4\x90\x80\x80"), "UTF-8", "\uFFFD\uFFFD\uFFFD\uFFFD", 4);
    check_text(SLICE("a\xAA"), "windows-1253", "a\uFFFD", 1);
    check_text(SLICE("a\x81z"), "windows-1252", "a\xC2\x81z", 0);
    check_text(SLICE("\x3D\xD8"
                     "a\0"
                     "b"),
               "UTF-16LE",
               "\uFFFD"
               "a\uFFFD",
               2);
    check_text(SLICE("\0\x11\0\0\0\0\0a"), "UTF-32BE",
               "\uFFFD"
               "a",
               1);
    check_text(SLICE("caf\xE9"), "no-such-thing", "caf\uFFFD", 1);
}

TEST(goes_on_behind_half_a_letter) {
    check_text(SLICE("\xB4\xF3\xC7"), "GB18030", "\u5927\uFFFD", 1);
    check_text(SLICE("\xB4\xF3\xC7\nab"), "GB18030", "\u5927\uFFFD\nab", 1);
    check_text(SLICE("\xA4\x6A\xBE"), "Big5", "\u5927\uFFFD", 1);
    check_text(SLICE("\x90\x85\x97"), "Shift_JIS", "\u6C34\uFFFD", 1);
    check_text(SLICE("\xBF\xE5\xCD"), "EUC-JP", "\u6C34\uFFFD", 1);
    check_text(SLICE("\xBC\xF6\xBF"), "EUC-KR", "\uC218\uFFFD", 1);
    check_text(SLICE("\x1B$B?e\nabc"), "ISO-2022-JP", "\u6C34\nabc", 0);
    check_text(SLICE("\x1B$B?"), "ISO-2022-JP", "?", 0);
    check_text(SLICE("\x1B(I1\x1B(J\\\x1B(B\\"), "ISO-2022-JP", "\uFF71\u00A5\\", 0);
    check_text(SLICE("\x80\xFF"
                     "a"),
               "GB18030",
               "\uFFFD\uFFFD"
               "a",
               2);
}

TEST(leaves_out_the_mark) {
    check_text(SLICE("\xEF\xBB\xBF"
                     "abc"),
               "UTF-8", "abc", 0);
    check_text(SLICE("\xFF\xFE"
                     "a\0"),
               "UTF-16LE", "a", 0);
    check_text(SLICE("\xFF\xFE\0\0a\0\0\0"), "UTF-32LE", "a", 0);
    check_text(SLICE("\xEF\xBB\xBF"), "windows-1252", "\u00EF\u00BB\u00BF", 0);
    check_text(NONE, "UTF-8", "", 0);
}

/* ---- piece by piece ---------------------------------------------------------------- */

/* However small the room, the pieces make the whole, and each says where it
 * came from. */
static void check_steps(const row *one, size_t room) {
    char piece[64];
    size_t at = 0;
    size_t bad = 0;
    sheaf_buffer out = {0};
    sheaf_decoder *decoder = sheaf_decoder_open(one->name);
    while (at < one->bytes.size) {
        size_t before = at;
        size_t size = sheaf_decoder_step(decoder, one->bytes, &at, piece, room, &bad);
        CHECK(size <= room && sheaf_utf8_valid(sheaf_slice_from(piece, size)));
        sheaf_buffer_append(&out, piece, size);
        if (at == before)
            break;
    }
    CHECK_TEXT(sheaf_buffer_view(&out), one->text);
    sheaf_decoder_close(decoder);
    sheaf_buffer_clear(&out);
}

TEST(decodes_in_small_pieces) {
    for (size_t i = 0; i < ROWS; i++) {
        check_steps(&rows[i], 16);
        check_steps(&rows[i], 23);
        check_steps(&rows[i], 64);
    }
}

TEST(takes_a_long_text_in_its_stride) {
    sheaf_buffer bytes = {0};
    sheaf_buffer out = {0};
    const row *chinese = &rows[5];
    CHECK_TEXT(sheaf_slice_of(chinese->name), "GB18030");
    for (size_t i = 0; i < 5000; i++)
        sheaf_buffer_add(&bytes, chinese->bytes);
    CHECK_NUMBER(sheaf_encoding_to_utf8(&out, sheaf_buffer_view(&bytes), "GB18030"), 0);
    CHECK_NUMBER(out.size, 5000 * strlen(chinese->text));
    sheaf_buffer_clear(&bytes);
    sheaf_buffer_clear(&out);
}

TEST(tells_when_memory_is_out) {
    for (uint64_t i = 0; i < 2; i++) {
        sheaf_buffer out = {0};
        sheaf_memory_fail_at(i);
        sheaf_encoding_to_utf8(&out, rows[5].bytes, "GB18030");
        sheaf_memory_fail_at(UINT64_MAX);
        CHECK(out.failed);
        sheaf_buffer_clear(&out);
    }
    sheaf_memory_fail_at(0);
    sheaf_encoding_guess guess = sheaf_encoding_guess_of(rows[0].bytes, NONE, false);
    sheaf_memory_fail_at(UINT64_MAX);
    CHECK_TEXT(sheaf_slice_of(guess.name), "windows-1251"); /* without those that need memory */
}

int main(void) {
    RUN(T(tells_each_by_its_bytes), T(decodes_each), T(tells_utf8_and_marks), T(knows_labels),
        T(believes_a_label_that_may_be_true), T(overrides_a_label_that_is_false),
        T(reads_what_a_page_says), T(is_not_misled_by_a_page), T(replaces_what_has_no_meaning),
        T(goes_on_behind_half_a_letter), T(leaves_out_the_mark), T(decodes_in_small_pieces),
        T(takes_a_long_text_in_its_stride), T(tells_when_memory_is_out));
}
