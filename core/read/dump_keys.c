/* dump_keys.c - the labels that databases, mail and exports put before values.
 *
 * "HEADLINE: …", "Title: …", "Дата: …": one table from label to field, in many
 * languages. */
#include "base/slice.h"
#include "read/dump_parts.h"
#include "text/phrase.h"

typedef struct key_row {
    dump_key key;
    const char *labels; /* in lower case, parted by '|' */
} key_row;

static const key_row keys[] = {
    {DUMP_KEY_HEADLINE,
     "headline|title|article title|document "
     "title|hd|titel|überschrift|titre|titolo|título|titulo|rubrik "
     "titel|otsikko|tytuł|titulek|nadpis|cím|titlu|naslov|заголовок|название|назва|наслов|заглавие|"
     "başlık|"
     "τίτλος|العنوان|عنوان|כותרת|标题|標題|题目|タイトル|見出し|제목|शीर्षक|judul|tiêu đề|หัวข้อ"},
    {DUMP_KEY_SUBJECT, "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|тема|주제"},
    {DUMP_KEY_ALTERNATIVE,
     "alternative headline|alternative title|alternate headline|alternate title|"
     "print headline|online headline|kicker|short title|seo title|og:title"},
    {DUMP_KEY_DESCRIPTION,
     "subtitle|subheadline|sub-headline|subheading|subhead|standfirst|summary|abstract|description|"
     "highlight|"
     "lead|lede|teaser|deck|dek|snippet|untertitel|vorspann|chapô|chapeau|sous-titre|résumé|"
     "subtítulo|"
     "bajada|copete|resumen|resumo|sottotitolo|sommario|ondertitel|ingress|подзаголовок|лид|анонс|"
     "описание|аннотация|摘要|导语|概要|요약|og:description"},
    {DUMP_KEY_BYLINE, "by|byline|author|authors|author(s)|autor|autorin|autoren|auteur|auteurs|"
                      "autore|autori|autores|"
                      "journalist|reporter|writer|written by|credit "
                      "line|автор|авторы|автори|журналист|الكاتب|כתב|作者|记者|"
                      "記者|撰文|執筆|글쓴이|기자|लेखक|penulis|tác giả|yazar"},
    {DUMP_KEY_PUBLISHER, "source|publication|publisher|publication title|publication "
                         "name|newspaper|outlet|journal|site|website|"
                         "site name|source name|media|sn|publication "
                         "info|quelle|zeitung|medium|herausgeber|éditeur|journal|fuente|"
                         "medio|periódico|fonte|jornal|veículo|testata|bron|källa|kilde|lähde|"
                         "źródło|zdroj|forrás|sursa|izvor|"
                         "источник|издание|газета|джерело|видання|kaynak|πηγή|المصدر|صحيفة|מקור|"
                         "来源|來源|出处|媒体|出典|提供|"
                         "출처|언론사|स्रोत|sumber|nguồn|og:site_name"},
    {DUMP_KEY_PROVIDER,
     "agency|news agency|newswire|wire|provider|agentur|agence|agencia|agência|agenzia|"
     "агентство|агенція|وكالة"},
    {DUMP_KEY_PUBLISHED,
     "date|published|publication date|pub date|pubdate|pub_date|date "
     "published|datepublished|published date|"
     "published on|published at|published_at|publish date|publishing date|posted|posted on|posted "
     "at|"
     "date posted|release date|issued|issue date|created|created at|created on|date "
     "created|pd|datum|"
     "veröffentlicht|veröffentlicht am|erschienen|erschienen am|erscheinungsdatum|publié|publié le|"
     "date de publication|parution|paru le|fecha|fecha de publicación|publicado|publicado "
     "el|publicado em|"
     "data|data de publicação|pubblicato|pubblicato il|data di "
     "pubblicazione|gepubliceerd|publicerad|"
     "publisert|udgivet|julkaistu|opublikowano|data "
     "publikacji|publikováno|megjelent|publicat|objavljeno|"
     "дата|дата публикации|опубликовано|опубліковано|дата публікації|публикувано|tarih|yayın "
     "tarihi|"
     "ημερομηνία|التاريخ|تاريخ النشر|نشر "
     "في|תאריך|发布时间|发表时间|发布日期|时间|日期|公開日|配信日|日付|"
     "掲載日|입력|등록|날짜|작성일|प्रकाशित|tanggal|ngày|วันที่|article:published_time"},
    {DUMP_KEY_MODIFIED,
     "updated|updated on|updated at|last updated|last update|date updated|update|modified|last "
     "modified|"
     "date modified|datemodified|modified_at|updated_at|aktualisiert|aktualisiert am|zuletzt "
     "aktualisiert|"
     "stand|mis à jour|mis à jour le|mise à jour|dernière mise à jour|actualizado|actualizado el|"
     "última actualización|atualizado|atualizado em|aggiornato|aggiornato "
     "il|bijgewerkt|uppdaterad|oppdatert|"
     "opdateret|päivitetty|zaktualizowano|aktualizacja|aktualizováno|frissítve|actualizat|"
     "ažurirano|обновлено|"
     "изменено|дата обновления|оновлено|güncelleme|güncellendi|آخر "
     "تحديث|تحديث|更新|更新时间|更新日|更新日時|"
     "수정|최종수정|article:modified_time"},
    {DUMP_KEY_RETRIEVED,
     "retrieved|retrieved on|accessed|accessed on|access date|downloaded|downloaded on|date "
     "downloaded|crawled|"
     "crawled at|scraped|scraped at|fetched|fetched at|captured|archived|abgerufen|abgerufen "
     "am|consulté le|"
     "consultado|consultado el|acessado em|consultato il|дата обращения|скачано"},
    {DUMP_KEY_SECTION,
     "section|category|categories|news "
     "section|desk|ressort|rubrik|kategorie|rubrique|catégorie|sección|"
     "categoría|seção|categoria|secção|sezione|rubriek|kategori|dział|kategoria|рубрика|раздел|"
     "категория|"
     "рубрика|розділ|kategori|القسم|栏目|频道|分类|カテゴリ|분야|섹션|kategori|chuyên mục"},
    {DUMP_KEY_KEYWORDS,
     "tags|tag|keywords|keyword|key "
     "words|topics|topic|themes|hashtags|schlagwörter|schlagworte|stichwörter|"
     "themen|mots-clés|mots clés|thèmes|étiquettes|etiquetas|palabras clave|temas|palavras-chave|"
     "parole chiave|argomenti|trefwoorden|nyckelord|emneord|avainsanat|tagi|słowa "
     "kluczowe|štítky|címkék|"
     "etichete|теги|тэги|метки|ключевые слова|ключові слова|етикети|etiketler|وسوم|الوسوم|كلمات "
     "مفتاحية|תגיות|"
     "标签|標籤|关键词|關鍵字|タグ|キーワード|태그|키워드|từ khóa"},
    {DUMP_KEY_URL, "url|link|permalink|original|original url|original link|source url|article "
                   "url|web address|document url|"
                   "weblink|lien|enlace|collegamento|ссылка|посилання|адрес|الرابط|链接|原文链接|"
                   "原文|リンク|링크|"
                   "og:url"},
    {DUMP_KEY_CANONICAL, "canonical|canonical url|canonical link"},
    {DUMP_KEY_IMAGE,
     "image|image url|picture url|photo url|thumbnail|og:image|lead image|main image"},
    {DUMP_KEY_CAPTION,
     "caption|image caption|photo caption|bildunterschrift|légende|leyenda|didascalia|legenda|"
     "подпись"},
    {DUMP_KEY_CREDIT, "image credit|photo credit|picture credit|image source|bildnachweis"},
    {DUMP_KEY_DATELINE, "dateline"},
    {DUMP_KEY_BODY, "body|text|full text|fulltext|content|article|article text|article "
                    "body|articlebody|story|main text|"
                    "maintext|lp|td|volltext|artikel|inhalt|texte|texte "
                    "intégral|contenu|texto|texto completo|contenido|"
                    "conteúdo|testo|contenuto|tekst|treść|текст|содержание|зміст|metin|النص|正文|"
                    "内容|本文|본문|내용|isi"},
    {DUMP_KEY_DROP,
     "length|word count|wordcount|words|load-date|load "
     "date|language|lang|la|publication-type|publication type|"
     "journal code|document id|doc id|proquest document id|accession "
     "number|an|issn|isbn|id|guid|uuid|"
     "place of publication|country of publication|publication subject|publication year|publication "
     "frequency|"
     "source type|document type|database|copyright|edition|volume|issue|pages|page|pg|number|first "
     "page|from|"
     "to|cc|bcc|sent|reply-to|message-id|mime-version|content-type|content-transfer-encoding|x-"
     "mailer|"
     "return-path|received|delivered-to|list-unsubscribe|an|von|an "
     "den|de|à|gesendet|envoyé|enviado|cc|кому|"
     "от "
     "кого|от|отправлено|wc|et|sc|ed|cy|cr|art|co|in|ns|re|ipc|ipd|pub|clm|se|rf|graphic|location|"
     "locations|people|person|company|companies|organization|organisation|geographic|industry|"
     "country|state|"
     "city|ticker|correction-date|journal-code|document url|last updated "
     "on|links|views|shares|comments|"
     "reading time|read "
     "time|lesezeit|type|format|status|version|series|rights|license|licence|phone|tel|"
     "telephone|fax|email|e-mail|mail|website|web|contact|contacts|identifier keyword|publication "
     "title code|"
     "ориг|просмотры|просмотров|语言|字数|责任编辑|编辑|来源编辑"},
};

/* Is label one of the labels of a row? */
dump_key sheaf_dump_key(sheaf_slice label) {
    for (size_t i = 0; label.size && i < sizeof keys / sizeof *keys; i++) {
        if (sheaf_phrase_is_one_of(label, keys[i].labels))
            return keys[i].key;
    }
    return DUMP_KEY_NONE;
}
