/* sketch_parts.h - how sketches lie in memory: for sketch*.c alone. */
#ifndef SHEAF_INDEX_SKETCH_PARTS_H
#define SHEAF_INDEX_SKETCH_PARTS_H

#include "index/minhash.h"
#include "index/sketch.h"

enum { SAMPLE_ONE_IN = 40, SAMPLE_LEAST = 8, SAMPLE_MOST = 1024 };

typedef struct sketch {
    uint32_t bands[SHEAF_BANDS];
    uint32_t sampled; /* how many; 0: there are no words */
} sketch;

struct sheaf_sketches {
    sketch *items;
    size_t count, capacity;
    uint32_t *samples; /* of all, one after another */
    size_t sample_count, sample_capacity;
};

#endif
