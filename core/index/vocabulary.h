/* vocabulary.h - every spelling that was met, and the word that it is of.
 *
 * "Talks", "talks" and "TALKS" are spellings of one word. Folding costs more than
 * looking up, so that it is done once a spelling. Which languages a spelling was
 * met in is noted too, for its stems. */
#ifndef SHEAF_INDEX_VOCABULARY_H
#define SHEAF_INDEX_VOCABULARY_H

#include "base/arena.h"
#include "base/map.h"
#include "index/token.h"

enum {
    SHEAF_LANGUAGES_MAX = 31, /* that have stems in one segment */
    SHEAF_VOCABULARY_BATCH = 256
};

typedef struct sheaf_spelling {
    const char *data;
    uint32_t size;
    uint32_t word;      /* 0: none, it is passed over */
    uint32_t languages; /* a bit each; the last one is of all that are not known */
} sheaf_spelling;

/* All that most lookups need, in half a line of the cache: spellings of up to 16 bytes are
 * in the slot; of longer ones their hash and their first 8 bytes. */
typedef struct sheaf_spelling_slot {
    uint64_t head, tail;
    uint32_t size; /* 0: free */
    uint32_t word;
    uint32_t languages; /* as in the spelling */
    uint32_t number;    /* of the spelling */
} sheaf_spelling_slot;

/* Is a word wanted that was met in a language? tag is empty for an unknown one. */
typedef bool (*sheaf_word_wanted)(void *context, sheaf_slice word, sheaf_slice spelling,
                                  sheaf_slice tag);

typedef struct sheaf_vocabulary {
    sheaf_spelling_slot *slots;
    size_t capacity; /* a power of two */
    sheaf_spelling *spellings;
    size_t count, room;
    sheaf_slice *words; /* keys, from number 1 on */
    size_t word_count, word_room;
    sheaf_map numbers; /* of words */
    sheaf_arena arena;
    sheaf_slice tags[SHEAF_LANGUAGES_MAX];
    unsigned tag_count;
    sheaf_word_wanted wanted; /* NULL: all are */
    void *context;
    bool failed;
} sheaf_vocabulary;

/* {0} is an empty one. Clearing keeps wanted. */
void sheaf_vocabulary_clear(sheaf_vocabulary *vocabulary);

/* The bit of a language tag, of which the first subtag counts. */
uint32_t sheaf_vocabulary_language(sheaf_vocabulary *vocabulary, sheaf_slice tag);

/* The number of the word that a spelling is of; 0 when there is none. From its beginning
 * on so many bytes can be read. */
uint32_t sheaf_vocabulary_word(sheaf_vocabulary *vocabulary, sheaf_slice spelling, size_t readable,
                               uint32_t language);

/* The same for many tokens of a text, at most a batch. What they need of memory is asked for
 * before it is looked at. */
void sheaf_vocabulary_words(sheaf_vocabulary *vocabulary, sheaf_slice text,
                            const sheaf_token *tokens, size_t count, uint32_t language,
                            uint32_t *words);

/* Gives back what looking up needs: no words come any more. */
void sheaf_vocabulary_settle(sheaf_vocabulary *vocabulary);

/* About how much memory it takes. */
size_t sheaf_vocabulary_bytes(const sheaf_vocabulary *vocabulary);

#endif
