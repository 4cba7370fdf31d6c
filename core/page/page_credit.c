/* page_credit.c - the credit at the end of a caption.
 *
 *   credit = "(" tail ")" | tail
 *   tail   = lead ":" name | lead by name | "©" name
 *   "(" name of an agency, with or without a photographer ")"
 *
 * A lead is a word such as "Photograph" in one of the languages of the press. It counts
 * only near the end and only when no sentence follows: "Picture: a boat. It sank."
 * credits nobody. */
#include "page/page_credit.h"

#include <string.h>

#include "article/credit.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/letter.h"

enum { WINDOW = 160, LONGEST_NAME = 110 };

/* Longer ones before those they begin with. */
static const char *const leads[] = {"photographs",
                                    "photograph",
                                    "photographer",
                                    "photographie",
                                    "photo credits",
                                    "photo credit",
                                    "photos",
                                    "photo",
                                    "pictures",
                                    "picture",
                                    "picture credit",
                                    "image credits",
                                    "image credit",
                                    "image source",
                                    "images",
                                    "image",
                                    "illustrations",
                                    "illustration",
                                    "credits",
                                    "credit",
                                    "source",
                                    "graphic",
                                    "copyright",
                                    "video",
                                    "fotos",
                                    "fotografie",
                                    "fotografia",
                                    "fotografía",
                                    "fotografías",
                                    "fotograf",
                                    "fotoğraf",
                                    "fotoquelle",
                                    "fotocredit",
                                    "foto/credit",
                                    "foto",
                                    "bilder",
                                    "bildquelle",
                                    "bildnachweis",
                                    "bildrechte",
                                    "bild",
                                    "quelle",
                                    "grafik",
                                    "symbolbild",
                                    "symbolfoto",
                                    "archivbild",
                                    "archivfoto",
                                    "crédits photos",
                                    "crédits photo",
                                    "crédit photo",
                                    "crédits",
                                    "crédit",
                                    "photo d'archives",
                                    "imagen",
                                    "crédito",
                                    "créditos",
                                    "fuente",
                                    "imagem",
                                    "fonte",
                                    "reprodução",
                                    "immagine",
                                    "beeld",
                                    "bron",
                                    "kuva",
                                    "kuvat",
                                    "zdjęcie",
                                    "zdjęcia",
                                    "fot.",
                                    "fot",
                                    "źródło",
                                    "zdroj",
                                    "fotó",
                                    "kép",
                                    "forrás",
                                    "sursa",
                                    "izvor",
                                    "kaynak",
                                    "фото",
                                    "фотография",
                                    "снимка",
                                    "иллюстрация",
                                    "источник",
                                    "джерело",
                                    "фотографија",
                                    "φωτογραφία",
                                    "φωτο",
                                    "φωτό",
                                    "πηγή",
                                    "صورة",
                                    "الصورة",
                                    "تصوير",
                                    "عکس",
                                    "צילום",
                                    "ảnh",
                                    "写真",
                                    "写真提供",
                                    "撮影",
                                    "图",
                                    "图片来源",
                                    "摄影",
                                    "摄",
                                    "攝影",
                                    "圖",
                                    "사진",
                                    "사진제공",
                                    "ภาพ"};

static const char *const joins[] = {" by ", " courtesy of ", " von ", " par ", " di ", " de "};

/* ---- leads ------------------------------------------------------------------------- */

/* The size of the colon, or of the word, that parts a lead from a name; 0: neither. */
static size_t join_at(sheaf_slice text, size_t at) {
    sheaf_slice rest = sheaf_slice_part(text, at, text.size);
    if (sheaf_slice_starts(rest, SLICE(":")))
        return 1;
    if (sheaf_slice_starts(rest, SLICE(" :")))
        return 2;
    if (sheaf_slice_starts(rest, SLICE("\xC2\xA0:")) || sheaf_slice_starts(rest, SLICE("：")))
        return 3;
    return 0;
}

/* "Photo by", which has no colon: for the words that say nothing else. */
static size_t word_join_at(sheaf_slice text, size_t at, const char *lead) {
    if (strncmp(lead, "photo", 5) != 0 && strncmp(lead, "foto", 4) != 0 &&
        strncmp(lead, "image", 5) != 0 && strncmp(lead, "picture", 7) != 0)
        return 0;
    sheaf_slice rest = sheaf_slice_part(text, at, text.size);
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        if (sheaf_slice_starts(rest, sheaf_slice_of(joins[i])))
            return strlen(joins[i]);
    return 0;
}

/* The end of word at text[at], in whatever case; 0 when another stands there. */
static size_t word_end(sheaf_slice text, size_t at, const char *word) {
    sheaf_slice wanted = sheaf_slice_of(word);
    for (size_t i = 0; i < wanted.size;) {
        if (at >= text.size ||
            sheaf_char_to_lower(sheaf_utf8_next(text, &at)) != sheaf_utf8_next(wanted, &i))
            return 0;
    }
    return at;
}

/* Whether a lead stands at text[at]; *name is where the name behind it begins. */
static bool lead_at(sheaf_slice text, size_t at, size_t *name) {
    if (sheaf_slice_starts(sheaf_slice_part(text, at, text.size), SLICE("\xC2\xA9"))) {
        *name = at + 2;
        return true;
    }
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t end = word_end(text, at, leads[i]);
        size_t join = end ? join_at(text, end) : 0;
        if (end && !join)
            join = word_join_at(text, end, leads[i]);
        if (join) {
            *name = end + join;
            return true;
        }
    }
    return false;
}

/* A lead begins a line, or stands behind a sign, or is written like a name. */
static bool may_begin(sheaf_slice text, size_t at) {
    size_t next = at;
    size_t before = at;
    if (at == 0)
        return true;
    while (before > 0 && text.data[before - 1] == ' ')
        before--;
    bool sign = before == 0 || strchr("\n.!?|:;,-()[]/\"", text.data[before - 1]) ||
                (unsigned char)text.data[before - 1] >= 0x80;
    uint32_t first = sheaf_utf8_next(text, &next);
    bool parted = before < at || strchr("\n([|/", text.data[at - 1]) || sheaf_char_is_dense(first);
    return parted && (sign || !sheaf_char_is_lower(first));
}

/* ---- names -------------------------------------------------------------------------- */

/* One name or several, and no sentence: nothing ends in the middle. */
static bool is_name(sheaf_slice name) {
    enum { INITIALS = 4 };
    size_t word = 0;
    if (name.size < 2 || name.size > LONGEST_NAME ||
        sheaf_slice_find_char(name, 0, '\n') != SIZE_MAX)
        return false;
    for (size_t at = 0; at + 1 < name.size; at++) {
        bool ends = strchr(".!?", name.data[at]) && name.data[at + 1] == ' ';
        if (ends && (name.data[at] != '.' || at - word > INITIALS))
            return false;
        if (name.data[at] == ' ')
            word = at + 1;
    }
    return true;
}

/* Without the signs that part a credit from what stands before it. */
static sheaf_slice without_parting(sheaf_slice text) {
    static const char *const signs[] = {
        "|",        "/",           "-", ",", ";", "(", "[", "\xE2\x80\x93", "\xE2\x80\x94",
        "\xC2\xB7", "\xE2\x80\xA2"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        text = sheaf_slice_trim(text);
        if (!sheaf_slice_ends(text, sheaf_slice_of(signs[i])))
            continue;
        text = sheaf_slice_part(text, 0, text.size - strlen(signs[i]));
        i = SIZE_MAX; /* from the first sign again */
    }
    return sheaf_slice_trim(text);
}

/* The bracket that ends text, a point behind it aside; empty when there is none. */
static sheaf_slice last_bracket(sheaf_slice text) {
    size_t end = text.size;
    if (end > 0 && text.data[end - 1] == '.')
        end--;
    if (end == 0 || (text.data[end - 1] != ')' && text.data[end - 1] != ']'))
        return (sheaf_slice){0};
    char open = text.data[end - 1] == ')' ? '(' : '[';
    for (size_t at = end - 1; at > 0 && end - at < WINDOW; at--)
        if (text.data[at - 1] == open)
            return sheaf_slice_part(text, at, end - 1);
    return (sheaf_slice){0};
}

/* "AP Photo/Ana Lopez", "Reuters", "Ben Ode/Getty Images" */
static bool names_agency(sheaf_slice text) {
    static const char *const others[] = {"AP Photo", "Getty Images", "Getty",    "Shutterstock",
                                         "Alamy",    "iStock",       "imago",    "Unsplash",
                                         "PA",       "PA Wire",      "PA Media", "Adobe Stock"};
    for (size_t at = 0; at < text.size;) {
        size_t end = sheaf_slice_find_char(text, at, '/');
        sheaf_slice part = sheaf_slice_trim(sheaf_slice_part(text, at, end));
        if (sheaf_agency(part).size > 0)
            return true;
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            if (sheaf_slice_equal_fold(part, sheaf_slice_of(others[i])))
                return true;
        at = end == SIZE_MAX ? text.size : end + 1;
    }
    return false;
}

/* The name without the leads in front of it: "Foto: © Ana Lopez". */
static sheaf_slice without_leads(sheaf_slice name) {
    enum { LEADS = 3 };
    size_t from;
    name = sheaf_slice_trim(name);
    for (int i = 0; i < LEADS && name.size > 0 && lead_at(name, 0, &from); i++)
        name = sheaf_slice_trim(sheaf_slice_part(name, from, name.size));
    return name;
}

/* ---- captions ------------------------------------------------------------------------ */

static bool take_bracket(sheaf_slice *caption, sheaf_slice *credit) {
    sheaf_slice inner = last_bracket(*caption);
    size_t from;
    if (inner.size == 0 || (!lead_at(inner, 0, &from) && !names_agency(inner)))
        return false;
    sheaf_slice name = without_leads(inner);
    if (!is_name(name))
        return false;
    *credit = name;
    *caption =
        without_parting(sheaf_slice_part(*caption, 0, (size_t)(inner.data - caption->data) - 1));
    return true;
}

static bool take_tail(sheaf_slice *caption, sheaf_slice *credit) {
    size_t from;
    for (size_t at = caption->size > WINDOW ? caption->size - WINDOW : 0; at < caption->size;
         at++) {
        if (((unsigned char)caption->data[at] & 0xC0) == 0x80 || !may_begin(*caption, at) ||
            !lead_at(*caption, at, &from))
            continue;
        sheaf_slice name = without_leads(sheaf_slice_part(*caption, from, caption->size));
        if (!is_name(name))
            continue;
        if (sheaf_slice_ends(name, SLICE(".")))
            name.size--;
        *credit = name;
        *caption = without_parting(sheaf_slice_part(*caption, 0, at));
        return true;
    }
    return false;
}

sheaf_slice sheaf_page_credit_name(sheaf_slice credit) {
    sheaf_slice name = without_leads(credit);
    return name.size > 0 ? name : sheaf_slice_trim(credit);
}

sheaf_slice sheaf_page_credit_take(sheaf_slice *caption) {
    sheaf_slice credit = {0};
    sheaf_slice rest = sheaf_slice_trim(*caption);
    if (take_bracket(&rest, &credit) || take_tail(&rest, &credit))
        *caption = rest;
    return credit;
}
