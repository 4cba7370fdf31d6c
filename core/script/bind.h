/* bind.h - what the bindings share: scratch memory, articles, and openers.
 *
 * A binding converts its arguments, calls the core, and returns. Since any call
 * of Lua's API may end in a longjmp, memory that a binding needs for a while is
 * a to-be-closed userdata, and whatever it opens is owned by one from the start. */
#ifndef SHEAF_SCRIPT_BIND_H
#define SHEAF_SCRIPT_BIND_H

#include <lauxlib.h>
#include <lua.h>

#include "article/article.h"
#include "base/buffer.h"
#include "base/slice.h"

/* ---- scratch (scratch.c) --------------------------------------------------- */

/* Pushes a buffer or an arena that is freed when the calling C function ends. */
sheaf_buffer *sheaf_scratch_buffer(lua_State *L);
sheaf_arena *sheaf_scratch_arena(lua_State *L);

/* Makes the userdata on the top one that `clear` frees when the calling C function
 * ends; name is that of its metatable. */
void sheaf_set_closer(lua_State *L, const char *name, lua_CFunction clear);

/* Frees and pops the one on the top, before the function ends. */
void sheaf_scratch_end(lua_State *L);

/* Raises when memory ran out in it. */
void sheaf_check_memory(lua_State *L, bool failed);

sheaf_slice sheaf_check_slice(lua_State *L, int index);
void sheaf_push_slice(lua_State *L, sheaf_slice slice);

/* The text at index as valid UTF-8; a mended copy is pushed when it is not. */
sheaf_slice sheaf_check_text(lua_State *L, int index);

/* t[key] = slice, for the table on the top; nothing when it is empty. */
void sheaf_set_slice(lua_State *L, const char *key, sheaf_slice slice);
void sheaf_set_integer(lua_State *L, const char *key, lua_Integer number);

/* Pushes nil and the reason; for errors that are expected. Returns 2. */
int sheaf_push_failure(lua_State *L, const sheaf_error *error);

/* Makes a metatable of that name with methods, metamethods and a locked
 * __metatable; leaves nothing. Pushing is luaL_setmetatable. */
void sheaf_make_class(lua_State *L, const char *name, const luaL_Reg *methods,
                      const luaL_Reg *metamethods);

/* ---- did you mean (suggest.c) ---------------------------------------------- */

typedef struct sheaf_suggestion {
    sheaf_slice given;
    size_t distance;
    char name[48]; /* the nearest so far, or empty */
} sheaf_suggestion;

void sheaf_suggest_begin(sheaf_suggestion *suggestion, sheaf_slice given);
void sheaf_suggest_try(sheaf_suggestion *suggestion, sheaf_slice candidate);

/* Raises "WHAT has no NAME; did you mean ...?" with the string keys of the
 * table on the top as candidates. */
int sheaf_unknown_name(lua_State *L, const char *what, sheaf_slice given);

/* ---- plain data (copy.c, bind_json.c) ---------------------------------------- */

/* Pushes a copy of from's value at index on to. Only plain data: nil, booleans,
 * numbers, strings, sheaf.null and tables of them, to a depth and a size, no
 * cycles. NULL, or why not; then nothing is pushed. May raise in `to` alone. */
const char *sheaf_copy_value(lua_State *to, lua_State *from, int index, bool functions_as_true);

/* Appends JSON of the value at index, keys sorted. NULL, or why not. */
const char *sheaf_encode_value(lua_State *L, int index, sheaf_buffer *out);

/* Pushes the value of a JSON text; SHEAF_OK or with error and nothing pushed. */
sheaf_status sheaf_decode_value(lua_State *L, sheaf_slice json, sheaf_error *error);

/* ---- articles (bind_article.c, article_set.c, article_make.c) ---------------------------------
 */

/* Who lends articles, one after another. A handle is good while its ticket is
 * the lender's; ending a loan makes all handles of it raise. */
typedef struct sheaf_loan {
    sheaf_article *article; /* NULL: nothing is lent */
    uint64_t ticket;
    uint64_t denied;  /* fields that may not be read, as bits of sheaf_article_fields */
    sheaf_slice site; /* when it is not to be taken from the URL */
    size_t words;
    bool has_words;
    bool has_folded;
    sheaf_buffer folded; /* headline and text, folded for has() */
} sheaf_loan;

void sheaf_loan_begin(sheaf_loan *loan, sheaf_article *article);
void sheaf_loan_end(sheaf_loan *loan);
void sheaf_loan_clear(sheaf_loan *loan);

/* Pushes a handle on what is lent. owner: index of the userdata that holds the
 * loan, to keep it alive; 0 when it outlives the state. */
void sheaf_article_lend(lua_State *L, sheaf_loan *loan, int owner);

/* Pushes a new, empty article that its handle owns. */
sheaf_article *sheaf_article_push(lua_State *L);

/* Counts the memory of the owned article at index; raises when over the cap. */
void sheaf_article_account(lua_State *L, int index);

/* The article of a handle; raises for another type and for a late use. All its fields are set. */
sheaf_article *sheaf_article_check(lua_State *L, int index);
/* The same, for who reads but the id, or fetches more (article/row.h); and for who reads the text.
 */
sheaf_article *sheaf_article_unread(lua_State *L, int index);
sheaf_slice sheaf_article_text(lua_State *L, int index);
/* As sheaf_article_unread, without raising: NULL. */
sheaf_article *sheaf_article_test(lua_State *L, int index);
/* Its loan, where counts are kept. */
sheaf_loan *sheaf_article_loan(lua_State *L, int index);

/* Appends its canonical row, or only the keys in the list at index, if any. What it raises for
 * leaves nothing behind in out. */
void sheaf_article_write(lua_State *L, sheaf_buffer *out, const sheaf_article *article, int keys);

/* Pushes an article made from the table at index; raises on misuse. */
sheaf_article *sheaf_article_from_table(lua_State *L, int index);

/* The field of that name as a bit, with what can be worked out of it; 0: no such field. */
uint64_t sheaf_article_fields(sheaf_slice name);

/* Raises when a plugin that names its needs does not name all of the row, or of the list of keys
 * at index keys. */
void sheaf_article_permit(lua_State *L, const sheaf_loan *loan, int keys);

/* Is it the name of a field that can be set? And pushes a sentence for one that
 * is not, with the nearest name that is. */
bool sheaf_article_can_set(sheaf_slice name);
void sheaf_article_suggest(lua_State *L, sheaf_slice name);

/* Sets those fields of the table at index that are known, in their order; with
 * identity, also those that say what the article is. On false, the reason is
 * pushed. */
bool sheaf_article_set_fields(lua_State *L, sheaf_article *article, int index, bool identity);

/* Sets one field from the value at index. On false, the reason is pushed. */
bool sheaf_article_assign(lua_State *L, sheaf_article *article, sheaf_slice name, int index);

/* Sets the known fields of the table at index, and keeps the others as the
 * attribute `plugin`. On false, the reason is pushed. */
bool sheaf_article_apply(lua_State *L, sheaf_article *article, sheaf_slice plugin, int index);

/* Pushes a field that is no single text; see bind_article.c. */
typedef void (*sheaf_field_pusher)(lua_State *L, const sheaf_article *article);
typedef struct sheaf_field_entry {
    const char *name;
    sheaf_field_pusher push;
} sheaf_field_entry;
extern const sheaf_field_entry sheaf_field_entries[]; /* ends with a NULL name */

/* ---- methods of an article that bind_words.c and lib_pattern.c have ---- */

int sheaf_article_tokens(lua_State *L);
int sheaf_article_sentences(lua_State *L);
int sheaf_article_matches(lua_State *L);
int sheaf_article_match_any(lua_State *L);
/* string.find of the sandbox, whose patterns cannot run away. */
int sheaf_string_find(lua_State *L);

/* ---- functions that a script is given with checks in front --------------------- */

int sheaf_bind_open(lua_State *L);
int sheaf_bind_read(lua_State *L);
int sheaf_bind_article(lua_State *L);
int sheaf_bind_page(lua_State *L);
int sheaf_bind_lent_original(lua_State *L); /* the host only */

/* ---- files and layers (bind_file.c, bind_layer.c) --------------------------------- */

/* The file of a handle; raises when it is none, or closed. */
struct sheaf_file *sheaf_check_file(lua_State *L, int index);
/* The same, kept open until it is let go, whatever becomes of the handle. */
struct shared_file;
struct shared_file *sheaf_share_file(lua_State *L, int index);
void sheaf_let_go_file(struct shared_file **shared);

/* The query at index (bind_index.c), where a text becomes one; NULL: it makes no sense, and nil,
 * why, and at which byte were pushed. */
struct sheaf_query;
const struct sheaf_query *sheaf_take_query(lua_State *L, int index);

/* file:pick(positions): bind_pick.c. Expects its class. */
int sheaf_file_pick(lua_State *L);
void sheaf_open_picks(lua_State *L);

/* Appends {"name":{…},…} of the layers that were joined; offsets count bytes. */
void sheaf_layers_write(sheaf_buffer *out, const sheaf_article *article);
/* Pushes name -> what an extractor gave, offsets as Lua counts. */
void sheaf_layers_push(lua_State *L, const sheaf_article *article);
/* Sets layer name of an article from the table at index: fields, and spans. On
 * false, the reason is pushed. */
bool sheaf_layers_attach(lua_State *L, sheaf_article *article, sheaf_slice name, int index);

/* ---- openers ------------------------------------------------------------------ */

/* Classes that a state needs before their values are pushed. trusted adds what
 * only the host may do. */
void sheaf_open_articles(lua_State *L, bool trusted);
void sheaf_open_sinks(lua_State *L);
void sheaf_open_files(lua_State *L);
void sheaf_open_piles(lua_State *L);
void sheaf_open_layers(lua_State *L); /* expects the class of files */
void sheaf_open_index(lua_State *L);  /* this too */
void sheaf_open_rules(lua_State *L);

/* Set their functions in the table on the top of the stack. */
void sheaf_bind_text(lua_State *L);
void sheaf_bind_words(lua_State *L); /* done by sheaf_bind_text */
void sheaf_bind_json(lua_State *L);
void sheaf_bind_helpers(lua_State *L); /* text, json, sorted, version, null */
void sheaf_bind_public(lua_State *L);  /* the same, and open, create, append, read, article */
void sheaf_bind_rules(lua_State *L);
void sheaf_bind_writers(lua_State *L);
void sheaf_bind_queries(lua_State *L);
void sheaf_bind_kwic(lua_State *L);
void sheaf_bind_counts(lua_State *L);
void sheaf_bind_sinks(lua_State *L); /* from here on: the host only */
void sheaf_bind_plugins(lua_State *L);
void sheaf_bind_crew(lua_State *L);
void sheaf_bind_scripts(lua_State *L);
void sheaf_bind_signing(lua_State *L);
void sheaf_bind_layers(lua_State *L);
void sheaf_bind_indexing(lua_State *L);
void sheaf_bind_life(lua_State *L);
void sheaf_bind_copies(lua_State *L); /* expects the class of files */
void sheaf_bind_line(lua_State *L);
void sheaf_bind_host(lua_State *L);
void sheaf_bind_unzip(lua_State *L);
void sheaf_bind_runs(lua_State *L);

/* markdown(text [, deeper]) -> XHTML */
int sheaf_bind_markdown(lua_State *L);

#endif
