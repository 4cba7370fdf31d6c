/* page_words.c - the lexicon of class words and small words, hashed once.
 *
 *   classes   open addressing, 4096 slots, about 600 words
 *   small     the same of about 900 small words, by hash alone
 *   cache     by hash of a whole class value: what it came to last time
 *
 * The cache is lossy: a slot is simply taken over. Its key is 64 bits of XXH3,
 * and the worst that a collision could do is to misjudge a box. */
#include "read/page_words.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"

enum { SLOTS = 4096, CACHED = 1024, WORD_MOST = 20, VALUE_MOST = 512 };

typedef struct word_slot {
    char word[WORD_MOST];
    uint8_t size; /* 0: free */
    uint32_t bits;
} word_slot;

typedef struct cached_class {
    uint64_t key; /* 0: free */
    sheaf_page_class value;
} cached_class;

struct sheaf_page_words {
    word_slot classes[SLOTS];
    uint32_t small[SLOTS]; /* 0: free */
    cached_class cache[CACHED];
};

static const char *const class_words[SHEAF_PAGE_WORD_COUNT] = {
#define X(name, words) words,
    SHEAF_PAGE_WORDS(X)
#undef X
};

/* Articles, prepositions, pronouns, auxiliaries: what prose has and menus lack. */
static const char *const small_words[] = {
    /* en */ "the of and to in a is that for it as was with be by on not he i this are or his from "
             "at which but have an had they you were their one all we can her has there been if "
             "more when will would who so no she its said than them into what do about out up him",
    /* de */
    "der die und in den von zu das mit sich des auf ist im dem nicht ein eine als auch es "
    "an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über war "
    "so zum haben nur oder aber vor zur bis mehr durch man sein wurde wenn kann ihre ich "
    "wir gegen vom schon unter einen hatte ihr seine diese dieser",
    /* es */
    "de la que el en y los del se las por un para con una su al lo como más pero sus le ya "
    "o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien "
    "desde todo nos durante es fue ha han son era",
    /* fr */
    "le et les des est du dans qui par pour sur au une pas ne plus il avec son ce sont "
    "mais elle on nous vous cette aux ses été être leur même ont sa si tout ou où comme",
    /* it */
    "di che è il per non si da della con del sono gli nel alla dei i anche più ma dal ha "
    "delle nella questo come al stato lo hanno ci degli dalla suo",
    /* pt */
    "não uma os no na mais as dos com em do da ao pelo pela seu sua foi são ou à mas ele "
    "isso nas nos das até está também",
    /* nl */
    "het een van is op te dat niet zijn met voor aan er om ook bij maar dan nog door naar "
    "uit werd hij wordt tot heeft over ze deze geen worden meer hebben ik",
    /* sv da no */
    "och att det som på är av för med till den har de inte om ett han men var sig från "
    "vi så kan när vid efter og i at er af ikke et fra blev havde eller også siger bliver "
    "mod været hun skal å seg ble etter hadde også",
    /* fi et hu */
    "ja on ei että se oli ovat hän myös kun mutta joka kuin jo tai niin a az és hogy "
    "nem egy is ez volt meg de csak már még kell ki ta oma mis ning aga kui",
    /* pl cs sk */
    "w na z się do nie że to jest o jak ale za od przez po dla oraz które co ze tym "
    "był v je že s k by jako pro který také jsou podle která sa ako pre aj sú ktorý "
    "bol bolo",
    /* ro hr sl */
    "și în cu de la pe care din nu că pentru un mai este sunt au fost u i na su je se "
    "koji za od kao što bi in je pa so ki tudi",
    /* tr id vi */
    "ve bir bu da de için ile çok olarak gibi daha olan en ne yang dan di ini untuk "
    "dengan dari pada tidak akan itu oleh juga ke và của là các cho được có trong "
    "không một những với",
    /* ru uk bg */
    "и в не на что с по как это для от его к за из о но у же он так все бы она был "
    "та що з до як не у від про за його які є і й це на да се е са от ще си",
    /* el ar fa he */
    "και το να του η της με που την από για είναι στο δεν θα στην τα οι τον "
    "في من على أن إلى عن مع هذا التي الذي كان ما لا و در به از که این را با است برای "
    "של את על לא הוא זה עם כי גם היא",
    /* hi bn */ "के में की है और को से का ने पर कि यह भी हैं नहीं এর ও এই করে থেকে না হয়",
    /* ko */ "이 그 및 등 수 것 할 있는 한 대한 있다",
    /* ja zh, where each character stands alone */
    "の は を に が と で 的 了 是 在 和 不 有 这 為 这"};

static uint32_t hash_of(sheaf_slice word) {
    uint32_t hash = SHEAF_PAGE_WORD_SEED;
    for (size_t i = 0; i < word.size; i++)
        hash = sheaf_page_word_step(hash, word.data[i]);
    return hash;
}

/* The slot of word, or the free one where it would go. */
static word_slot *find_slot(word_slot *slots, sheaf_slice word, uint32_t hash) {
    size_t at = (hash * 2654435761u) >> 20;
    while (slots[at].size &&
           (slots[at].size != word.size || memcmp(slots[at].word, word.data, word.size) != 0))
        at = (at + 1) & (SLOTS - 1);
    return &slots[at];
}

static uint32_t *small_slot(uint32_t *slots, uint32_t hash) {
    size_t at = (hash * 2654435761u) >> 20;
    while (slots[at] && slots[at] != hash)
        at = (at + 1) & (SLOTS - 1);
    return &slots[at];
}

/* Cuts the next word off a list parted by blanks. False at its end. */
static bool next_word(const char **list, sheaf_slice *word) {
    *list += strspn(*list, " ");
    *word = (sheaf_slice){*list, strcspn(*list, " ")};
    *list += word->size;
    return word->size > 0;
}

static void put_classes(sheaf_page_words *words, const char *list, uint32_t bits) {
    sheaf_slice word;
    while (next_word(&list, &word)) {
        if (word.size >= WORD_MOST)
            continue;
        word_slot *slot = find_slot(words->classes, word, hash_of(word));
        memcpy(slot->word, word.data, word.size);
        slot->size = (uint8_t)word.size;
        slot->bits |= bits;
    }
}

static void put_small(sheaf_page_words *words, const char *list) {
    sheaf_slice word;
    while (next_word(&list, &word))
        *small_slot(words->small, hash_of(word)) = hash_of(word);
}

sheaf_page_words *sheaf_page_words_new(void) {
    sheaf_page_words *words = sheaf_calloc(1, sizeof *words);
    if (!words)
        return NULL;
    for (uint32_t kind = 0; kind < SHEAF_PAGE_WORD_COUNT; kind++)
        put_classes(words, class_words[kind], 1u << kind);
    for (size_t i = 0; i < sizeof small_words / sizeof *small_words; i++)
        put_small(words, small_words[i]);
    return words;
}

void sheaf_page_words_free(sheaf_page_words *words) {
    sheaf_free(words);
}

bool sheaf_page_words_small(const sheaf_page_words *words, uint32_t hash) {
    size_t at = (hash * 2654435761u) >> 20;
    while (words->small[at] && words->small[at] != hash)
        at = (at + 1) & (SLOTS - 1);
    return words->small[at] == hash;
}

/* Cuts value into words at what is no letter and at camelCase, and collects
 * the bits of each. "article-body" and "articleBody" say STORY_BODY too. */
static sheaf_page_class look_up(sheaf_page_words *words, sheaf_slice value) {
    sheaf_page_class class = {0, SHEAF_PAGE_WORD_SEED};
    char word[WORD_MOST];
    size_t size = 0;
    uint32_t hash = SHEAF_PAGE_WORD_SEED;
    uint32_t before = 0;
    size_t most = value.size < VALUE_MOST ? value.size : VALUE_MOST;
    for (size_t i = 0; i <= most; i++) {
        char c = i < most ? value.data[i] : ' ';
        bool letter = sheaf_is_alpha(c);
        bool hump = i > 0 && sheaf_is_upper(c) && sheaf_is_lower(value.data[i - 1]);
        if ((!letter || hump) && size > 0) {
            uint32_t bits = size < WORD_MOST
                                ? find_slot(words->classes, (sheaf_slice){word, size}, hash)->bits
                                : 0;
            if ((before & SHEAF_PAGE_WORD_STORY) && (bits & SHEAF_PAGE_WORD_BODY))
                bits |= SHEAF_PAGE_WORD_STORY_BODY;
            class.bits |= bits;
            before = bits;
            size = 0;
            hash = SHEAF_PAGE_WORD_SEED;
        }
        if (!letter)
            continue;
        c = sheaf_to_lower(c);
        class.hash = sheaf_page_word_step(class.hash, c);
        hash = sheaf_page_word_step(hash, c);
        if (size < WORD_MOST)
            word[size++] = c;
    }
    return class;
}

sheaf_page_class sheaf_page_words_class(sheaf_page_words *words, sheaf_slice value) {
    uint64_t key = sheaf_hash64(value) | 1;
    cached_class *cached = &words->cache[(key >> 32) & (CACHED - 1)];
    if (cached->key != key) {
        cached->value = look_up(words, value);
        cached->key = key;
    }
    return cached->value;
}

uint32_t sheaf_page_tag_bit(sheaf_html_tag tag) {
    static const uint32_t bits[SHEAF_HTML_TAG_COUNT] = {
        [SHEAF_HTML_NAV] = SHEAF_PAGE_IN_NAV,
        [SHEAF_HTML_MENU] = SHEAF_PAGE_IN_NAV,
        [SHEAF_HTML_FOOTER] = SHEAF_PAGE_IN_FOOTER,
        [SHEAF_HTML_HEADER] = SHEAF_PAGE_IN_HEADER,
        [SHEAF_HTML_ASIDE] = SHEAF_PAGE_IN_ASIDE,
        [SHEAF_HTML_ARTICLE] = SHEAF_PAGE_IN_ARTICLE,
        [SHEAF_HTML_MAIN] = SHEAF_PAGE_IN_MAIN,
        [SHEAF_HTML_FORM] = SHEAF_PAGE_IN_FORM,
        [SHEAF_HTML_FIELDSET] = SHEAF_PAGE_IN_FORM,
        [SHEAF_HTML_LI] = SHEAF_PAGE_IN_ITEM,
        [SHEAF_HTML_UL] = SHEAF_PAGE_IN_LIST,
        [SHEAF_HTML_OL] = SHEAF_PAGE_IN_LIST,
        [SHEAF_HTML_TABLE] = SHEAF_PAGE_IN_TABLE,
        [SHEAF_HTML_FIGURE] = SHEAF_PAGE_IN_FIGURE,
        [SHEAF_HTML_FIGCAPTION] = SHEAF_PAGE_IN_CAPTION,
        [SHEAF_HTML_CAPTION] = SHEAF_PAGE_IN_CAPTION,
        [SHEAF_HTML_BLOCKQUOTE] = SHEAF_PAGE_IN_QUOTE,
        [SHEAF_HTML_H1] = SHEAF_PAGE_IN_HEADING,
        [SHEAF_HTML_H2] = SHEAF_PAGE_IN_HEADING,
        [SHEAF_HTML_H3] = SHEAF_PAGE_IN_HEADING,
        [SHEAF_HTML_H4] = SHEAF_PAGE_IN_HEADING,
        [SHEAF_HTML_H5] = SHEAF_PAGE_IN_HEADING,
        [SHEAF_HTML_H6] = SHEAF_PAGE_IN_HEADING,
        [SHEAF_HTML_P] = SHEAF_PAGE_IN_PARAGRAPH,
        [SHEAF_HTML_DL] = SHEAF_PAGE_IN_DEFINITION,
        [SHEAF_HTML_PRE] = SHEAF_PAGE_IN_PRE,
        [SHEAF_HTML_BUTTON] = SHEAF_PAGE_IN_BUTTON,
        [SHEAF_HTML_DIALOG] = SHEAF_PAGE_IN_BUTTON,
        [SHEAF_HTML_SECTION] = SHEAF_PAGE_IN_SECTION,
        [SHEAF_HTML_DETAILS] = SHEAF_PAGE_IN_DETAILS,
        [SHEAF_HTML_HEAD] = SHEAF_PAGE_IN_HEAD,
        [SHEAF_HTML_NOSCRIPT] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_TEMPLATE] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_SVG] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_MATH] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_SELECT] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_OBJECT] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_CANVAS] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_AUDIO] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_VIDEO] = SHEAF_PAGE_IN_SKIPPED,
        [SHEAF_HTML_A] = SHEAF_PAGE_IN_LINK,
    };
    return bits[tag];
}
