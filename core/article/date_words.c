/* date_words.c - the words that stand beside dates: which date it is, and fillers. */
#include "article/date_beside.h"

#include "text/phrase.h"

typedef struct date_words {
    sheaf_field field; /* SHEAF_FIELD_COUNT: a filler */
    const char *words;
} date_words;

static const date_words words_of_dates[] = {
    {SHEAF_FIELD_PUBLISHED,
     "published|publish|posted|post|publication|issued|created|released|first|written|filed|pub|"
     "veröffentlicht|erschienen|publié|publiée|paru|parution|publicado|publicada|publicação|"
     "pubblicato|"
     "gepubliceerd|publicerad|publicerat|publisert|udgivet|offentliggjort|julkaistu|opublikowano|"
     "publikováno|"
     "vydáno|megjelent|publicat|objavljeno|опубликовано|опубликована|публикации|опубліковано|"
     "публикувано|"
     "yayınlanma|yayınlandı|yayın|δημοσίευση|نشر|نُشر|نشرت|النشر|פורסם|发布|发布时间|发布于|发表于|"
     "发表|"
     "公開|配信|掲載|入力|입력|등록|게재|प्रकाशित|diterbitkan|đăng"},
    {SHEAF_FIELD_MODIFIED, "updated|update|modified|edited|amended|revised|changed|last|"
                           "aktualisiert|aktualisierung|geändert|stand|"
                           "zuletzt|mis|mise|jour|modifié|actualizado|actualizada|actualización|"
                           "atualizado|atualizada|aggiornato|"
                           "aggiornamento|modificato|bijgewerkt|gewijzigd|uppdaterad|uppdaterat|"
                           "oppdatert|opdateret|päivitetty|"
                           "aktualizacja|zaktualizowano|aktualizováno|frissítve|actualizat|"
                           "ažurirano|обновлено|обновлена|изменено|"
                           "обновление|оновлено|güncelleme|güncellendi|ενημέρωση|تحديث|عُدل|עודכן|"
                           "更新|更新时间|更新于|수정|최종수정"},
    {SHEAF_FIELD_RETRIEVED, "retrieved|accessed|access|downloaded|crawled|scraped|fetched|captured|"
                            "archived|abgerufen|consulté|"
                            "consultado|consultada|consultato|обращения|скачано"},
    {SHEAF_FIELD_COUNT, "date|datum|data|fecha|дата|التاريخ|日期|日時|时间|날짜|tarih|dated|on|at|"
                        "the|of|and|by|to|from|is|was|"
                        "article|story|news|report|um|am|den|der|uhr|vom|bis|le|la|à|a|h|de|du|el|"
                        "en|las|los|em|às|as|alle|ore|il|"
                        "del|di|om|kl|klo|op|o|godz|godz.|v|ve|в|во|г|года|час|мин|о|at|saat|στις|"
                        "في|الساعة|آخر|بتاريخ|gmt|utc|bst|est|"
                        "edt|cst|cdt|pst|pdt|mst|mdt|et|pt|ct|cet|cest|eet|eest|msk|мск|ist|jst|"
                        "kst|hkt|sgt|aest|aedt|wib|wita|"
                        "trt|z|am|pm|a.m|p.m|a.m.|p.m.|local|time|edition|issue|no|mon|tue|wed|thu|"
                        "fri|sat|sun|monday|tuesday|"
                        "wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|"
                        "donnerstag|freitag|samstag|sonntag|"
                        "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
                        "miércoles|jueves|viernes|sábado|domingo|"
                        "понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"},
};

bool sheaf_date_word(sheaf_slice folded, sheaf_field *field) {
    for (size_t i = 0; i < sizeof words_of_dates / sizeof *words_of_dates; i++) {
        if (sheaf_phrase_is_one_of(folded, words_of_dates[i].words)) {
            *field = words_of_dates[i].field;
            return true;
        }
    }
    return false;
}
