/* page_words.c - the lexicon of class words and small words, hashed once.
 *
 *   classes   open addressing, 4096 slots, about 600 words
 *   small     the same of about 900 small words, by hash alone
 *   cache     by hash of a whole class value: what it came to last time
 *
 * The cache is lossy: a slot is simply taken over. Its key is 64 bits of XXH3,
 * and the worst that a collision could do is to misjudge a box. */
#include "page/page_words.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/slice.h"
#include "page/html_scan.h"

enum { SLOTS = 4096, CACHED = 1024, WORD_MOST = 20, VALUE_MOST = 512 };

/* A word of up to 24 small letters, eight to a number, padded with zeros. */
typedef struct word_key {
    uint64_t part[3];
} word_key;

typedef struct word_slot {
    word_key word;
    uint32_t bits;
    bool wiki; /* a word of wiki_bits, or the last part of one */
} word_slot;

typedef struct cached_class {
    uint64_t key; /* 0: free */
    sheaf_page_class value;
} cached_class;

struct sheaf_page_words {
    uint16_t marks[SLOTS]; /* of each class, a few bits of its hash; 0: free */
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

/* Of a small word. */
static uint32_t hash_of(sheaf_slice word) {
    uint32_t hash = SHEAF_PAGE_WORD_SEED;
    for (size_t i = 0; i < word.size; i++)
        hash = sheaf_page_word_step(hash, word.data[i]);
    return hash;
}

static uint64_t mix_key(const word_key *word) {
    uint64_t mixed = word->part[0] * 0x9E3779B97F4A7C15u ^ word->part[1] * 0xC2B2AE3D27D4EB4Fu ^
                     word->part[2] * 0x165667B19E3779F9u;
    return (mixed ^ mixed >> 29) * 0x9E3779B97F4A7C15u;
}

static bool same_key(const word_key *a, const word_key *b) {
    return a->part[0] == b->part[0] && a->part[1] == b->part[1] && a->part[2] == b->part[2];
}

/* The slot of word; SIZE_MAX when it has none, or, with add, a new one. Marks are small
 * enough to stay near the processor, and answer for most words that are not there. */
static size_t find_slot(sheaf_page_words *words, const word_key *word, uint64_t mixed, bool add) {
    uint16_t mark = (uint16_t)(mixed >> 20 | 1);
    size_t at = mixed >> 52;
    for (; words->marks[at]; at = (at + 1) & (SLOTS - 1))
        if (words->marks[at] == mark && same_key(&words->classes[at].word, word))
            return at;
    if (!add)
        return SIZE_MAX;
    words->marks[at] = mark;
    words->classes[at].word = *word;
    return at;
}

/* Letters as a key; other than small ones become so. */
static word_key key_of(sheaf_slice letters) {
    word_key key = {{0}};
    for (size_t i = 0; i < 3 && letters.size > i * 8; i++) {
        size_t left = letters.size - i * 8;
        uint64_t held = left < 8 ? (UINT64_C(1) << left * 8) - 1 : UINT64_MAX;
        sheaf_slice rest = {letters.data + i * 8, left};
        key.part[i] = sheaf_slice_eight(rest) | (0x2020202020202020u & held);
    }
    return key;
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
        word_key key = key_of(word);
        words->classes[find_slot(words, &key, mix_key(&key), true)].bits |= bits;
    }
}

static void put_wiki(sheaf_page_words *words, const char *list) {
    sheaf_slice word;
    while (next_word(&list, &word)) {
        word_key key = key_of(word);
        words->classes[find_slot(words, &key, mix_key(&key), true)].wiki = true;
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
    put_wiki(words, "toc navbox hatnote editsection reference");
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

/* What wikis put around and into their text, by names that hardly anybody else uses. */
static uint32_t wiki_bits(sheaf_slice value) {
    static const struct {
        sheaf_slice word;
        uint32_t bits;
    } words[] = {{SLICE("toc"), SHEAF_PAGE_IN_APPARATUS},
                 {SLICE("navbox"), SHEAF_PAGE_IN_APPARATUS},
                 {SLICE("hatnote"), SHEAF_PAGE_IN_APPARATUS},
                 {SLICE("mw-editsection"), SHEAF_PAGE_IN_MARK},
                 {SLICE("reference"), SHEAF_PAGE_IN_REFERENCE}};
    uint32_t bits = 0;
    for (size_t at = 0; at < value.size;) {
        size_t from = at;
        while (at < value.size && !sheaf_is_space(value.data[at]))
            at++;
        sheaf_slice word = sheaf_slice_part(value, from, at++);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (sheaf_slice_equal(word, words[i].word))
                bits |= words[i].bits;
    }
    return bits;
}

/* What the words of a value came to so far. */
typedef struct spelling {
    sheaf_page_class class;
    uint32_t before; /* bits of the last */
    bool wiki;
} spelling;

static void add_word(sheaf_page_words *words, spelling *s, word_key key, size_t size) {
    uint64_t mixed = mix_key(&key);
    size_t slot = size < WORD_MOST ? find_slot(words, &key, mixed, false) : SIZE_MAX;
    uint32_t bits = slot == SIZE_MAX ? 0 : words->classes[slot].bits;
    s->wiki = s->wiki || (slot != SIZE_MAX && words->classes[slot].wiki);
    if ((s->before & SHEAF_PAGE_WORD_STORY) && (bits & SHEAF_PAGE_WORD_BODY))
        bits |= SHEAF_PAGE_WORD_STORY_BODY;
    s->class.bits |= bits;
    s->class.hash = s->class.hash * 1000003u ^ (uint32_t)(mixed >> 32);
    s->before = bits;
}

/* Where the word that begins at text[at], a letter, ends: at what is no letter, or at a
 * capital behind a small one. */
static size_t word_end(sheaf_slice text, size_t at) {
    enum { SMALL = 1, CAPITAL = 2 };
    static const uint8_t kinds[256] = {
        ['a'] = SMALL,   ['b'] = SMALL,   ['c'] = SMALL,   ['d'] = SMALL,   ['e'] = SMALL,
        ['f'] = SMALL,   ['g'] = SMALL,   ['h'] = SMALL,   ['i'] = SMALL,   ['j'] = SMALL,
        ['k'] = SMALL,   ['l'] = SMALL,   ['m'] = SMALL,   ['n'] = SMALL,   ['o'] = SMALL,
        ['p'] = SMALL,   ['q'] = SMALL,   ['r'] = SMALL,   ['s'] = SMALL,   ['t'] = SMALL,
        ['u'] = SMALL,   ['v'] = SMALL,   ['w'] = SMALL,   ['x'] = SMALL,   ['y'] = SMALL,
        ['z'] = SMALL,   ['A'] = CAPITAL, ['B'] = CAPITAL, ['C'] = CAPITAL, ['D'] = CAPITAL,
        ['E'] = CAPITAL, ['F'] = CAPITAL, ['G'] = CAPITAL, ['H'] = CAPITAL, ['I'] = CAPITAL,
        ['J'] = CAPITAL, ['K'] = CAPITAL, ['L'] = CAPITAL, ['M'] = CAPITAL, ['N'] = CAPITAL,
        ['O'] = CAPITAL, ['P'] = CAPITAL, ['Q'] = CAPITAL, ['R'] = CAPITAL, ['S'] = CAPITAL,
        ['T'] = CAPITAL, ['U'] = CAPITAL, ['V'] = CAPITAL, ['W'] = CAPITAL, ['X'] = CAPITAL,
        ['Y'] = CAPITAL, ['Z'] = CAPITAL};
    while (at < text.size && kinds[(unsigned char)text.data[at]] == CAPITAL)
        at++;
    while (at < text.size && kinds[(unsigned char)text.data[at]] == SMALL)
        at++;
    return at;
}

static void add_words(sheaf_page_words *words, spelling *s, sheaf_slice text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = word_end(text, at);
        sheaf_slice letters = {text.data + at, end - at};
        if (end > at)
            add_word(words, s, key_of(letters), letters.size);
        at = end > at ? end : at + 1;
    }
}

#ifdef SHEAF_HTML_SSE2

enum { FEW = 63 }; /* bytes of a value that are cut into words all at once */

/* A bit for each letter of 16 bytes; *small: for each byte that is small, if it is one. */
static uint64_t letters_of(const char *text, uint64_t *small) {
    __m128i bytes = sheaf_html_load(text);
    __m128i from_a =
        _mm_add_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8((char)(0x80 - 'a')));
    *small = (unsigned)_mm_movemask_epi8(_mm_slli_epi16(bytes, 2));
    return (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(from_a, _mm_set1_epi8(-128 + 26)));
}

static word_key padded_key(const char *letters, size_t size) {
    static const uint64_t held[9] = {0,
                                     0xFF,
                                     0xFFFF,
                                     0xFFFFFF,
                                     0xFFFFFFFF,
                                     0xFFFFFFFFFF,
                                     0xFFFFFFFFFFFF,
                                     0xFFFFFFFFFFFFFF,
                                     0xFFFFFFFFFFFFFFFF};
    word_key key;
    for (size_t i = 0; i < 3; i++) {
        size_t left = size > i * 8 ? size - i * 8 : 0;
        sheaf_slice eight = {letters + i * 8, 8};
        key.part[i] = (sheaf_slice_eight(eight) | 0x2020202020202020u) & held[left < 8 ? left : 8];
    }
    return key;
}

/* The same as add_words for up to FEW bytes. Words are short and of all sizes, and a loop
 * over letters is mispredicted at the end of each: so the letters are a mask. */
static void add_few_words(sheaf_page_words *words, spelling *s, sheaf_slice text) {
    char padded[FEW + 1 + sizeof(word_key)] = {0};
    uint64_t letters = 0, small = 0;
    memcpy(padded, text.data, text.size);
    for (unsigned i = 0; i < text.size; i += 16) {
        uint64_t part;
        letters |= letters_of(padded + i, &part) << i;
        small |= part << i;
    }
    uint64_t humps = letters & ~small & (letters & small) << 1;
    uint64_t starts = letters & (~(letters << 1) | humps);
    uint64_t ends = letters << 1 & (~letters | humps);
    for (; starts; starts &= starts - 1, ends &= ends - 1) {
        size_t from = (size_t)__builtin_ctzll(starts), to = (size_t)__builtin_ctzll(ends);
        add_word(words, s, padded_key(padded + from, to - from), to - from);
    }
}

#else

enum { FEW = 0 };

static void add_few_words(sheaf_page_words *words, spelling *s, sheaf_slice text) {
    add_words(words, s, text);
}

#endif

/* Cuts value into words at what is no letter and at camelCase, and collects
 * the bits of each. "article-body" and "articleBody" say STORY_BODY too. */
static sheaf_page_class look_up(sheaf_page_words *words, sheaf_slice value) {
    spelling s = {.class = {.hash = SHEAF_PAGE_WORD_SEED}};
    sheaf_slice text = sheaf_slice_part(value, 0, VALUE_MOST);
    if (text.size > 0 && text.size <= FEW)
        add_few_words(words, &s, text);
    else
        add_words(words, &s, text);
    if (s.wiki || value.size > VALUE_MOST)
        s.class.inside = wiki_bits(value);
    return s.class;
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
