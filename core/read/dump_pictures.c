/* dump_pictures.c - a picture's line, parted into caption and credit.
 *
 *   Picture: NAME / AGENCY The minister arrives      label, capitals, caption
 *   The minister arrives. (AP Photo/A. Name)         caption, bracket
 *   ?? Picture: NAME / AGENCY ?? The minister …      a press reader's marks
 *
 * The same caption met twice is taken once, whatever its signs and blanks. An
 * address, a caption and a credit that stand together are one picture. */
#include "article/credit.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

/* Letters and digits only, so that two versions of one caption are one. */
static uint64_t hash_letters(sheaf_slice text) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t at = 0; at < text.size;) {
        uint32_t c = sheaf_utf8_next(text, &at);
        if (sheaf_char_is_word(c))
            hash = (hash ^ sheaf_char_to_lower(c)) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static bool is_known_caption(dump_draft *draft, sheaf_slice text) {
    uint64_t hash = hash_letters(text);
    for (size_t i = 0; i < draft->caption_count; i++) {
        if (draft->captions[i] == hash)
            return true;
    }
    if (draft->caption_count < DUMP_CAPTIONS)
        draft->captions[draft->caption_count++] = hash;
    return false;
}

/* Takes a label such as "Picture:" off; *says_caption when it names the
 * caption and not the credit. */
static sheaf_slice without_label(sheaf_slice text, bool *says_caption, bool *labelled) {
    /* clang-format off */
    static const char *const labels[] = {
        "image caption,", "image caption:", "image caption", "photo caption:", "caption:",
        "file photo:", "file picture:", "file image:", "photo courtesy of", "photo courtesy:",
        "image courtesy of", "picture credit:", "photo credit:", "image credit:", "image source,",
        "image source:", "photographs by", "photograph by", "photos by", "photo by",
        "pictures by", "picture by", "image by", "photographs:", "photograph:", "photographer:",
        "photos:", "photo:", "photo :", "photo /", "photo/", "photo -", "pictures:", "picture:",
        "pics:", "pic:", "images:", "image:", "image :", "credit:", "crédits photo:",
        "crédit photo :", "crédit photo:", "crédits :", "crédits:", "crédit :", "crédit:",
        "fotos:", "foto von", "foto de", "foto di", "foto:", "bildquelle:", "bilder:", "bild:",
        "imagen:", "fotografía:", "imagem:", "immagine:", "beeld:", "kuva:", "zdjęcie:", "fot.",
        "grafik:", "фото:", "фото ©", "фото -", "иллюстрация:", "изображение:", "світлина:",
        "снимка:", "fotoğraf:", "صورة:", "الصورة:", "תמונה:", "צילום:", "图为", "图：", "图:", "图片来源：",
        "图片：", "图片", "写真：", "写真:", "写真=", "사진=", "사진:", "©", "ảnh:"};
    /* clang-format on */
    sheaf_slice best = text;
    *says_caption = *labelled = false;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        sheaf_slice label = sheaf_slice_of(labels[i]);
        size_t at = 0;
        size_t want = 0;
        while (want < label.size && at < text.size &&
               sheaf_char_to_lower(sheaf_utf8_next(text, &at)) == sheaf_utf8_next(label, &want)) {
            if (want == label.size) {
                best = sheaf_slice_trim(sheaf_slice_part(text, at, text.size));
                *labelled = true;
                *says_caption = sheaf_slice_find(label, 0, SLICE("caption")) != SIZE_MAX ||
                                sheaf_slice_starts(label, SLICE("file")) ||
                                sheaf_slice_is(label, "图为");
                return best;
            }
        }
    }
    return best;
}

/* "NAME / AGENCY The minister arrives": where the words in capitals end. */
static size_t capitals_end(sheaf_slice text) {
    size_t end = 0;
    for (size_t at = 0; at < text.size;) {
        size_t blank = sheaf_slice_find_char(text, at, ' ');
        sheaf_slice word = sheaf_slice_part(text, at, blank);
        size_t letters = 0;
        bool lower = false;
        for (size_t i = 0; i < word.size;) {
            uint32_t c = sheaf_utf8_next(word, &i);
            letters += sheaf_char_is_letter(c);
            lower |= sheaf_char_is_lower(c);
        }
        if (lower || (letters == 1 && at > 0 && blank != SIZE_MAX && word.size == 1))
            break;
        end = at + word.size;
        at = blank == SIZE_MAX ? text.size : blank + 1;
    }
    return end;
}

/* Splits at a mark such as "Photograph:" or "| Photo Credit:" inside. */
static bool split_inside(sheaf_slice text, sheaf_slice *caption, sheaf_slice *credit) {
    static const char *const marks[] = {
        "Photograph:", "Photographs:", "Photo credit:", "Photo Credit:", "Photo:",
        "PHOTO:",      "Picture:",     "Image:",        "Credit:",       "Foto:",
        "FOTO:",       "Bild:",        "Crédit",        "Фото:",         "ФОТО:"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        sheaf_slice mark = sheaf_slice_of(marks[i]);
        size_t hit = sheaf_slice_find(text, 1, mark);
        if (hit == SIZE_MAX)
            continue;
        *caption = sheaf_slice_part(text, 0, hit);
        *credit = sheaf_slice_part(text, hit + mark.size, text.size);
        while (caption->size && strchr(" |(-[", caption->data[caption->size - 1]))
            caption->size--;
        while (credit->size && strchr(" )]", credit->data[credit->size - 1]))
            credit->size--;
        return true;
    }
    return false;
}

/* "The minister arrives. (AP Photo/A. Name)" */
static bool split_bracket(sheaf_slice text, sheaf_slice *caption, sheaf_slice *credit) {
    if (!sheaf_slice_ends(text, SLICE(")")) && !sheaf_slice_ends(text, SLICE("]")))
        return false;
    size_t open = text.size;
    while (open > 0 && text.data[open - 1] != '(' && text.data[open - 1] != '[')
        open--;
    if (open < 2)
        return false;
    *caption = sheaf_slice_trim(sheaf_slice_part(text, 0, open - 1));
    *credit = sheaf_slice_part(text, open, text.size - 1);
    return true;
}

static bool names_agency(sheaf_slice text) {
    for (size_t at = 0; at < text.size; at++) {
        if ((at == 0 || strchr("/ |,(", text.data[at - 1])) &&
            sheaf_agency(sheaf_slice_part(text, at, text.size)).size)
            return true;
    }
    return false;
}

static void split_labelled(sheaf_slice rest, bool says_caption, sheaf_slice *caption,
                           sheaf_slice *credit) {
    size_t capitals = capitals_end(rest);
    if (says_caption) {
        *caption = rest;
    } else if (capitals > 3 && capitals < rest.size) {
        *credit = sheaf_slice_part(rest, 0, capitals);
        *caption = sheaf_slice_part(rest, capitals, rest.size);
    } else {
        *credit = rest;
    }
}

static void split_caption(sheaf_slice text, sheaf_slice *caption, sheaf_slice *credit) {
    bool says_caption;
    bool labelled;
    sheaf_slice marks = SLICE("??");
    *caption = *credit = (sheaf_slice){0};
    if (sheaf_slice_starts(text, marks)) {
        size_t second = sheaf_slice_find(text, marks.size, marks);
        sheaf_slice first = sheaf_slice_trim(sheaf_slice_part(text, marks.size, second));
        *credit = without_label(first, &says_caption, &labelled);
        *caption = second == SIZE_MAX ? (sheaf_slice){0}
                                      : sheaf_slice_part(text, second + marks.size, text.size);
        return;
    }
    sheaf_slice rest = without_label(text, &says_caption, &labelled);
    bool sentence = rest.size > 90 || sheaf_slice_ends(rest, SLICE("."));
    if (labelled && !says_caption && sentence && capitals_end(rest) <= 3)
        says_caption = true;
    if (labelled && !says_caption) {
        split_labelled(rest, false, caption, credit);
        return;
    }
    if (split_inside(rest, caption, credit) || split_bracket(rest, caption, credit))
        *credit = without_label(sheaf_slice_trim(*credit), &says_caption, &labelled);
    else if (!labelled && rest.size < 80 && names_agency(rest))
        *credit = rest;
    else
        *caption = rest;
}

static sheaf_image *last_image(dump_draft *draft) {
    size_t count = draft->article->images.count;
    return count ? &draft->article->images.items[count - 1] : NULL;
}

/* Is the last picture near enough for this line to belong to it? */
static bool is_near_image(const dump_draft *draft, size_t line) {
    return draft->image_line && line + 1 >= draft->image_line && line + 1 - draft->image_line <= 2;
}

void sheaf_dump_add_caption(dump_draft *draft, size_t line, sheaf_slice caption,
                            sheaf_slice credit) {
    sheaf_image *last = last_image(draft);
    sheaf_arena *arena = &draft->article->arena;
    caption = sheaf_slice_trim(caption);
    credit = sheaf_slice_trim(credit);
    bool fits = last && is_near_image(draft, line) && !(last->caption.size && caption.size) &&
                !(last->credit.size && credit.size);
    if (fits && caption.size)
        last->caption = sheaf_arena_copy(arena, caption);
    if (fits && credit.size)
        last->credit = sheaf_arena_copy(arena, credit);
    if (!fits)
        sheaf_article_add_image(draft->article, (sheaf_slice){0}, caption, credit);
    draft->image_line = line + 1;
}

void sheaf_dump_take_caption(dump_draft *draft, size_t line) {
    sheaf_slice text = sheaf_dump_text(draft->text, &draft->lines[line]);
    sheaf_slice caption;
    sheaf_slice credit;
    draft->lines[line].flags |= DUMP_USED;
    if (is_known_caption(draft, text))
        return;
    if (draft->lines[line].kind == DUMP_CAPTION)
        split_caption(text, &caption, &credit);
    else
        caption = text, credit = (sheaf_slice){0};
    if (caption.size || credit.size)
        sheaf_dump_add_caption(draft, line, caption, credit);
    sheaf_article_reason(draft->article, "images",
                         draft->lines[line].kind == DUMP_CAPTION
                             ? "line that reads as a picture's caption or credit"
                             : "short line without a sentence, between headline and dateline");
}

void sheaf_dump_take_picture(dump_draft *draft, size_t line, sheaf_slice url) {
    sheaf_image *last = last_image(draft);
    draft->lines[line].flags |= DUMP_USED;
    if (url.size == 0)
        return;
    for (size_t i = 0; i < draft->article->images.count && i < DUMP_CAPTIONS; i++) {
        if (sheaf_slice_equal(draft->article->images.items[i].url, url))
            return;
    }
    if (last && last->url.size == 0 && is_near_image(draft, line))
        last->url = sheaf_arena_copy(&draft->article->arena, url);
    else
        sheaf_article_add_image(draft->article, url, (sheaf_slice){0}, (sheaf_slice){0});
    draft->image_line = line + 1;
    sheaf_article_reason(draft->article, "images", "address of a picture");
}
