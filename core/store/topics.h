/* topics.h - an order in which articles of like words lie side by side.
 *
 * Articles are halved again and again along the direction in which their words
 * differ most, until what is left fits a frame. Whole numbers only, so that the
 * order is the same on every machine. */
#ifndef SHEAF_STORE_TOPICS_H
#define SHEAF_STORE_TOPICS_H

#include "sheaf.h"

typedef struct sheaf_topics sheaf_topics;

/* NULL when memory is out. */
sheaf_topics *sheaf_topics_new(void);
void sheaf_topics_free(sheaf_topics *topics);
void sheaf_topics_reset(sheaf_topics *topics);

/* Learns the words of the next article from its row. False when memory is out. */
bool sheaf_topics_add(sheaf_topics *topics, sheaf_slice row);

/* To be called once, before sorting: looks which words tell articles apart.
 * Nothing is added any more until the reset. False when memory is out. */
bool sheaf_topics_learn(sheaf_topics *topics);

/* Puts the articles (numbers in the order of adding) in order. The one that they
 * come in is where the search begins, so likely neighbours should be neighbours.
 * Runs of no more than enough bytes keep it. */
void sheaf_topics_sort(sheaf_topics *topics, uint32_t *articles, size_t count, size_t enough);

#endif
