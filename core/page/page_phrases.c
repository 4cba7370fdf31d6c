/* page_phrases.c - the small print of web pages, in the languages of the press.
 *
 * "Read more", "Lesen Sie auch", "Photo:": a phrase is up to four words that a
 * block begins with. They are a feature among others for the trees, no rule:
 * a paragraph that begins with "Read more" may yet be prose.
 * To add one, add it to its list; then the trees must be trained anew. */
#include "page/page_measure.h"

#include "base/memory.h"
#include "base/slice.h"

enum { SLOTS = 2048, WORDS_MOST = 4 };

typedef struct phrase_slot {
    uint32_t key; /* 0: free */
    uint8_t phrase;
} phrase_slot;

struct sheaf_page_phrases {
    phrase_slot slots[SLOTS];
};

/* clang-format off */
static const struct {
    sheaf_page_phrase phrase;
    const char *list; /* parted by | */
} lists[] = {
    {SHEAF_PAGE_PHRASE_MORE,
     "read more|read also|read next|also read|see also|more on this|more from|more about|related|related articles|"
     "related stories|related posts|related content|related topics|you may also|you might also|recommended|most read|"
     "most popular|trending|latest news|up next|don't miss|continue reading|keep reading|further reading|more stories|"
     "more news|popular|latest|learn more|see more|watch|watch more|click here|view more|show more|next article|"
     "previous article|previous post|next post|editor's picks|top stories|in this article|what to read next|"
     "mehr zum thema|mehr dazu|mehr lesen|mehr von|mehr aus|lesen sie|lesen sie auch|lesen sie mehr|auch interessant|"
     "das könnte sie|weiterlesen|weitere artikel|weitere themen|weitere nachrichten|weitere informationen|"
     "meistgelesen|meistgelesene artikel|zum thema|zur startseite|aktuelle nachrichten|auch lesenswert|siehe auch|"
     "hier geht|jetzt lesen|passend dazu|passend zum thema|anzeigen|empfohlen|neueste|mehr nachrichten|lies auch|"
     "lire aussi|à lire aussi|à lire|lire la suite|voir aussi|sur le même|en savoir plus|les plus lus|plus d|"
     "leer más|lee también|lea también|leer también|te puede interesar|más información|noticias relacionadas|ver más|"
     "lo más leído|más noticias|además|también te|leggi anche|leggi tutto|ti potrebbe interessare|potrebbe interessarti|"
     "articoli correlati|scopri di più|per approfondire|leia também|leia mais|veja também|saiba mais|mais lidas|"
     "lees ook|lees meer|lees verder|meer over|meest gelezen|gerelateerd|bekijk ook|läs mer|läs också|läs även|mer om|"
     "les også|les mer|læs også|læs mere|mest læste|lue myös|lue lisää|luetuimmat|czytaj też|czytaj także|"
     "czytaj również|czytaj więcej|zobacz też|zobacz także|zobacz również|přečtěte si|čtěte také|čtěte dále|"
     "související|čítajte aj|čítajte tiež|prečítajte si|súvisiace|olvass tovább|kapcsolódó|olvasta már|citește și|"
     "citiți și|vezi și|pročitajte i|pročitaj|preberite|povezane novice|читайте также|читайте ещё|читайте еще|"
     "смотрите также|по теме|материалы по теме|другие новости|читайте також|читайте ще|дивіться також|прочетете още|"
     "вижте още|διαβάστε|διαβάστε επίσης|δείτε επίσης|ilgili haberler|diğer haberler|ayrıca|baca juga|lihat juga|"
     "berita terkait|xem thêm|tin liên quan|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|مواضيع ذات|בעניין זה|関連記事|関連|관련기사|관련|"
     "相关阅读|相关新闻|更多|推荐阅读|延伸閱讀|यह भी पढ़ें|ये भी पढ़ें"},
    {SHEAF_PAGE_PHRASE_FOLLOW,
     "follow us|follow|share|share this|share on|subscribe|subscribe to|sign up|newsletter|newsletters|join|join our|"
     "get the latest|get our|download|download our|stay informed|stay up|like us|connect with|register|log in|sign in|"
     "already a|support|donate|become a|to read|enter your|your email|email|print|copy link|save|listen|"
     "teilen|folgen|folgen sie|abonnieren|jetzt abonnieren|anmelden|jetzt anmelden|newsletter abonnieren|"
     "unser newsletter|den newsletter|jetzt testen|weiter mit|melden sie sich|bleiben sie|drucken|merken|link kopieren|"
     "artikel teilen|artikel anhören|partager|suivez|suivez nous|abonnez vous|s'abonner|inscrivez vous|recevez|"
     "compartir|síguenos|suscríbete|suscribirse|únete|regístrate|condividi|seguici|iscriviti|abbonati|compartilhe|"
     "siga|assine|inscreva|deel|volg ons|volg|abonneer|schrijf je|dela|följ|prenumerera|del|følg|abonner|tilaa|jaa|"
     "udostępnij|obserwuj|zapisz się|subskrybuj|sdílet|sledujte|odebírat|zdieľať|megosztás|iratkozz fel|distribuie|"
     "urmărește|abonează|podijeli|pratite|поделиться|подписывайтесь|подпишитесь|підписуйтесь|поділитися|абонирайте|"
     "споделете|ακολουθήστε|paylaş|abone ol|takip|bagikan|ikuti|chia sẻ|شارك|تابعنا|اشترك|שתפו|シェア|공유|分享|关注|订阅"},
    {SHEAF_PAGE_PHRASE_CREDIT,
     "photo|photos|photo by|photo credit|photograph|photography by|image|images|image credit|image source|credit|"
     "picture|pictured|video|video by|illustration|graphic|getty images|file photo|source|sources|courtesy of|"
     "foto|fotos|bild|bilder|quelle|quellen|bildquelle|grafik|symbolbild|archivbild|archivfoto|fotograf|crédit|"
     "crédits|crédit photo|légende|fuente|imagen|fotografía|fonte|immagine|imagem|divulgação|beeld|bron|fotografie|"
     "zdjęcie|fot|źródło|zdroj|autor fotografie|forrás|fotó|sursa|foto ilustrativă|izvor|фото|источник|джерело|снимка|"
     "φωτογραφία|πηγή|fotoğraf|kaynak|sumber|nguồn|ảnh|صورة|المصدر|צילום|写真|사진|图片|来源|圖"},
    {SHEAF_PAGE_PHRASE_AUTHOR,
     "by|about the author|about the authors|written by|author|authors|the author|reporting by|editing by|posted by|"
     "contact|von|autor|autorin|über den autor|über die autorin|zur person|ein artikel von|par|auteur|por|autores|"
     "sobre el autor|di|autore|a cura di|door|av|skriven av|af|kirjoittaja|autorzy|autoři|szerző|de|автор|автори|"
     "yazar|penulis|tác giả|بقلم|מאת|記者|기자|作者|记者|编辑|責任編輯"},
    {SHEAF_PAGE_PHRASE_COPYRIGHT,
     "copyright|all rights reserved|terms of|privacy policy|this material|this article|this story|this post|"
     "originally published|disclaimer|disclosure|we may earn|affiliate|alle rechte vorbehalten|dieser artikel|"
     "dieser text|impressum|datenschutz|tous droits|todos los derechos|tutti i diritti|riproduzione riservata|"
     "todos os direitos|alle rechten|wszelkie prawa|všechna práva|minden jog|toate drepturile|все права|всі права|"
     "her hakkı|hak cipta|無断転載|무단|저작권|版权|转载"},
    {SHEAF_PAGE_PHRASE_ADVERT,
     "advertisement|ad|ads|sponsored|promoted|advertising|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|"
     "advertentie|annons|annonse|mainos|reklama|hirdetés|publicitate|reklam|iklan|quảng cáo|реклама|إعلان|פרסומת|広告|광고|广告"},
    {SHEAF_PAGE_PHRASE_COMMENTS,
     "comments|comment|leave a|leave a comment|leave a reply|post a comment|join the conversation|view comments|reply|"
     "replies|kommentare|kommentar|kommentieren|diskutieren|ihre meinung|leserkommentare|schreiben sie|commentaires|"
     "commenter|laisser un|comentarios|deja un|deja una respuesta|commenti|lascia un|comentários|deixe um|reacties|"
     "reageer|kommentarer|kommentit|komentarze|dodaj komentarz|komentáře|diskuse|diskusia|hozzászólások|comentarii|"
     "komentari|комментарии|оставить комментарий|коментарі|коментари|σχόλια|yorumlar|yorum|komentar|bình luận|تعليقات|"
     "תגובות|コメント|댓글|评论"},
    {SHEAF_PAGE_PHRASE_DATE,
     "published|updated|last updated|posted|posted on|date|first published|last modified|stand|veröffentlicht|"
     "aktualisiert|zuletzt aktualisiert|erstellt|datum|publié|publié le|mis à jour|publicado|actualizado|fecha|"
     "pubblicato|aggiornato|atualizado|gepubliceerd|bijgewerkt|publicerad|uppdaterad|publisert|oppdatert|publiceret|"
     "julkaistu|opublikowano|aktualizacja|publikováno|aktualizováno|publikované|frissítve|actualizat|objavljeno|"
     "опубликовано|обновлено|оновлено|публикувана|δημοσίευση|güncelleme|diterbitkan|نشر|פורסם|更新|公開|입력|발행일|时间"},
    {SHEAF_PAGE_PHRASE_TAGS,
     "tags|tagged|topics|filed under|categories|category|keywords|in this story|mentioned in|schlagwörter|schlagworte|"
     "themen|thema|stichworte|mots clés|thèmes|sujets|etiquetas|temas|tag|argomenti|assuntos|onderwerpen|ämnen|emner|"
     "aiheet|tagi|tematy|štítky|témata|témy|címkék|etichete|oznake|ključne riječi|теги|темы|теми|тагове|etiketler|"
     "topik|từ khóa|وسوم|תגיות|タグ|태그|标签|关键词"},
};
/* clang-format on */

static uint32_t join(uint32_t key, uint32_t hash) {
    return (key ^ hash) * 0x9E3779B1u + 1;
}

static phrase_slot *find_slot(phrase_slot *slots, uint32_t key) {
    size_t at = key >> 21;
    while (slots[at].key && slots[at].key != key)
        at = (at + 1) & (SLOTS - 1);
    return &slots[at];
}

static void put(sheaf_page_phrases *phrases, sheaf_page_phrase phrase, const uint32_t *hashes,
                size_t count) {
    uint32_t key = 0;
    for (size_t i = 0; i < count && i < WORDS_MOST; i++)
        key = join(key, hashes[i]);
    phrase_slot *slot = find_slot(phrases->slots, key);
    slot->key = key;
    slot->phrase = (uint8_t)phrase;
}

static bool put_list(sheaf_page_phrases *phrases, const sheaf_page_words *words,
                     sheaf_page_phrase phrase, const char *list) {
    sheaf_page_hashes hashes = {0};
    bool done = true;
    while (*list && done) {
        size_t size = strcspn(list, "|");
        sheaf_page_block_facts facts = {0};
        hashes.count = 0;
        done = sheaf_page_measure(&facts, &hashes, words, (sheaf_slice){list, size});
        if (done && hashes.count > 0)
            put(phrases, phrase, hashes.items, hashes.count);
        list += size + (list[size] == '|');
    }
    sheaf_free(hashes.items);
    return done;
}

sheaf_page_phrases *sheaf_page_phrases_new(const sheaf_page_words *words) {
    sheaf_page_phrases *phrases = sheaf_calloc(1, sizeof *phrases);
    if (!phrases)
        return NULL;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!put_list(phrases, words, lists[i].phrase, lists[i].list)) {
            sheaf_free(phrases);
            return NULL;
        }
    return phrases;
}

void sheaf_page_phrases_free(sheaf_page_phrases *phrases) {
    sheaf_free(phrases);
}

sheaf_page_phrase sheaf_page_phrase_of(const sheaf_page_phrases *phrases, const uint32_t *hashes,
                                       size_t count) {
    sheaf_page_phrase found = SHEAF_PAGE_PHRASE_NONE;
    uint32_t key = 0;
    for (size_t i = 0; i < count && i < WORDS_MOST; i++) {
        key = join(key, hashes[i]);
        size_t at = key >> 21;
        while (phrases->slots[at].key && phrases->slots[at].key != key)
            at = (at + 1) & (SLOTS - 1);
        if (phrases->slots[at].key)
            found = (sheaf_page_phrase)phrases->slots[at].phrase;
    }
    return found;
}
