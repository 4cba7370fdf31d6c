/* manifest.c - a small JSON object, written and read by hand. */
#include "store/manifest.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "article/json.h"
#include "base/slice.h"
#include "base/status.h"
#include "store/format.h"

void sheaf_manifest_init(sheaf_manifest *manifest) {
    *manifest = (sheaf_manifest){0};
    sheaf_arena_init(&manifest->arena);
}

void sheaf_manifest_clear(sheaf_manifest *manifest) {
    sheaf_arena_clear(&manifest->arena);
    sheaf_manifest_init(manifest);
}

static sheaf_manifest_entry *new_entry(sheaf_manifest *manifest) {
    if (!sheaf_arena_grow(&manifest->arena, (void **)&manifest->entries, manifest->entry_count,
                          &manifest->entry_capacity, sizeof *manifest->entries))
        return NULL;
    sheaf_manifest_entry *entry = &manifest->entries[manifest->entry_count++];
    *entry = (sheaf_manifest_entry){0};
    return entry;
}

bool sheaf_manifest_add(sheaf_manifest *manifest, sheaf_slice name, uint64_t size,
                        const uint8_t digest[SHEAF_SHA256_SIZE]) {
    sheaf_manifest_entry *entry = new_entry(manifest);
    if (!entry)
        return false;
    entry->name = sheaf_arena_copy(&manifest->arena, name);
    entry->size = size;
    sheaf_hex(entry->sha256, digest, SHEAF_SHA256_SIZE);
    return !manifest->arena.failed;
}

/* Appends a copy of text to a list in the arena. */
static bool append(sheaf_manifest *manifest, sheaf_slice **list, size_t *count, size_t *capacity,
                   sheaf_slice text) {
    if (!sheaf_arena_grow(&manifest->arena, (void **)list, *count, capacity, sizeof **list))
        return false;
    (*list)[(*count)++] = sheaf_arena_copy(&manifest->arena, text);
    return !manifest->arena.failed;
}

bool sheaf_manifest_follow(sheaf_manifest *m, sheaf_slice sha256) {
    return append(m, &m->before, &m->before_count, &m->before_capacity, sha256);
}

sheaf_slice sheaf_created_told(char text[SHEAF_CREATED_ROOM]) {
    struct tm calendar;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t seconds = epoch ? (time_t)strtoll(epoch, NULL, 10) : 0;
    if (seconds <= 0 || !gmtime_r(&seconds, &calendar))
        return (sheaf_slice){0};
    return sheaf_slice_from(text,
                            strftime(text, SHEAF_CREATED_ROOM, "%Y-%m-%dT%H:%M:%SZ", &calendar));
}

/* ---- writing ---------------------------------------------------------------- */

static void write_text(sheaf_buffer *out, const char *key, sheaf_slice value) {
    if (value.size == 0)
        return;
    sheaf_buffer_printf(out, "\"%s\":", key);
    sheaf_json_write(out, value);
    sheaf_buffer_char(out, ',');
}

static void write_entries(sheaf_buffer *out, const sheaf_manifest *manifest) {
    sheaf_buffer_printf(out, "\"entries\":[");
    for (size_t i = 0; i < manifest->entry_count; i++) {
        const sheaf_manifest_entry *entry = &manifest->entries[i];
        sheaf_buffer_printf(out, "%s\n{\"name\":", i ? "," : "");
        sheaf_json_write(out, entry->name);
        sheaf_buffer_printf(out, ",\"size\":%" PRIu64 ",\"sha256\":\"%s\"}", entry->size,
                            entry->sha256);
    }
    sheaf_buffer_char(out, ']');
}

static void write_list(sheaf_buffer *out, const char *key, const sheaf_slice *list, size_t count) {
    if (count == 0)
        return;
    sheaf_buffer_printf(out, ",\"%s\":[", key);
    for (size_t i = 0; i < count; i++) {
        if (i)
            sheaf_buffer_char(out, ',');
        sheaf_json_write(out, list[i]);
    }
    sheaf_buffer_char(out, ']');
}

void sheaf_manifest_write(sheaf_buffer *out, const sheaf_manifest *manifest) {
    sheaf_buffer_printf(out, "{\"format\":%d,\"commit\":%" PRIu64 ",", SHEAF_FORMAT_VERSION,
                        manifest->commit);
    write_text(out, "previous", manifest->previous);
    write_text(out, "created", manifest->created);
    write_text(out, "tool", manifest->tool);
    write_text(out, "plan", manifest->plan);
    sheaf_buffer_printf(out,
                        "\"articles\":%" PRIu64 ",\"added\":%" PRIu64 ",\"bytes\":%" PRIu64 ",",
                        manifest->articles, manifest->added, manifest->bytes);
    write_entries(out, manifest);
    write_list(out, "dropped", manifest->dropped, manifest->dropped_count);
    write_list(out, "before", manifest->before, manifest->before_count);
    sheaf_buffer_printf(out, "}\n");
}

/* ---- reading ---------------------------------------------------------------- */

typedef struct reading {
    sheaf_manifest *manifest;
    sheaf_json json;
    sheaf_json_token token;
    sheaf_error *error;
} reading;

static sheaf_status next(reading *r) {
    return sheaf_json_next(&r->json, &r->token, r->error);
}

static sheaf_status wrong(reading *r, const char *what) {
    return sheaf_fail(r->error, SHEAF_CORRUPT, "%s is not what it should be", what);
}

static sheaf_status read_number(reading *r, uint64_t *out) {
    uint64_t value = 0;
    sheaf_status status = next(r);
    if (status != SHEAF_OK)
        return status;
    if (r->token.kind != SHEAF_JSON_NUMBER || r->token.raw.size > 19)
        return wrong(r, "a number");
    for (size_t i = 0; i < r->token.raw.size; i++) {
        if (!sheaf_is_digit(r->token.raw.data[i]))
            return wrong(r, "a number");
        value = value * 10 + (uint64_t)(r->token.raw.data[i] - '0');
    }
    *out = value;
    return SHEAF_OK;
}

static sheaf_status read_text(reading *r, sheaf_slice *out) {
    sheaf_status status = next(r);
    if (status != SHEAF_OK)
        return status;
    if (r->token.kind != SHEAF_JSON_STRING)
        return wrong(r, "a string");
    sheaf_slice text = sheaf_json_text(&r->manifest->arena, &r->token);
    *out = sheaf_arena_copy(&r->manifest->arena, text);
    return SHEAF_OK;
}

static sheaf_status skip_value(reading *r) {
    return sheaf_json_skip(&r->json, &r->token, NULL, r->error);
}

static sheaf_status read_digest(reading *r, sheaf_manifest_entry *entry) {
    sheaf_slice hex = {0};
    sheaf_status status = read_text(r, &hex);
    if (status != SHEAF_OK)
        return status;
    for (size_t i = 0; i < hex.size; i++) {
        if (!sheaf_is_digit(hex.data[i]) && !(hex.data[i] >= 'a' && hex.data[i] <= 'f'))
            return wrong(r, "a SHA-256");
    }
    if (hex.size != SHEAF_SHA256_HEX)
        return wrong(r, "a SHA-256");
    memcpy(entry->sha256, hex.data, hex.size);
    return SHEAF_OK;
}

static sheaf_status read_entry(reading *r) {
    sheaf_manifest_entry *entry = new_entry(r->manifest);
    sheaf_status status = SHEAF_OK;
    if (!entry)
        return sheaf_fail(r->error, SHEAF_NO_MEMORY, "out of memory");
    while (status == SHEAF_OK && (status = next(r)) == SHEAF_OK &&
           r->token.kind == SHEAF_JSON_KEY) {
        if (sheaf_json_is(&r->token, "name"))
            status = read_text(r, &entry->name);
        else if (sheaf_json_is(&r->token, "size"))
            status = read_number(r, &entry->size);
        else if (sheaf_json_is(&r->token, "sha256"))
            status = read_digest(r, entry);
        else
            status = skip_value(r);
    }
    if (status == SHEAF_OK && (entry->name.size == 0 || !entry->sha256[0]))
        return wrong(r, "an entry");
    return status;
}

static sheaf_status read_entries(reading *r) {
    sheaf_status status = next(r);
    if (status == SHEAF_OK && r->token.kind != SHEAF_JSON_ARRAY)
        return wrong(r, "the list of entries");
    while (status == SHEAF_OK && (status = next(r)) == SHEAF_OK &&
           r->token.kind != SHEAF_JSON_ARRAY_END)
        status = r->token.kind == SHEAF_JSON_OBJECT ? read_entry(r) : wrong(r, "an entry");
    return status;
}

/* A list of strings. */
static sheaf_status read_list(reading *r, sheaf_slice **list, size_t *count, size_t *capacity,
                              const char *what) {
    sheaf_status status = next(r);
    if (status == SHEAF_OK && r->token.kind != SHEAF_JSON_ARRAY)
        return wrong(r, what);
    while (status == SHEAF_OK && (status = next(r)) == SHEAF_OK &&
           r->token.kind != SHEAF_JSON_ARRAY_END) {
        if (r->token.kind != SHEAF_JSON_STRING)
            return wrong(r, what);
        sheaf_slice text = sheaf_json_text(&r->manifest->arena, &r->token);
        if (!append(r->manifest, list, count, capacity, text))
            return sheaf_fail(r->error, SHEAF_NO_MEMORY, "out of memory");
    }
    return status;
}

static sheaf_status read_dropped(reading *r) {
    sheaf_manifest *m = r->manifest;
    return read_list(r, &m->dropped, &m->dropped_count, &m->dropped_capacity,
                     "the list of dropped entries");
}

static sheaf_status read_before(reading *r) {
    sheaf_manifest *m = r->manifest;
    return read_list(r, &m->before, &m->before_count, &m->before_capacity,
                     "the list of what was before");
}

static sheaf_status read_format(reading *r) {
    uint64_t format = 0;
    sheaf_status status = read_number(r, &format);
    if (status == SHEAF_OK && format != SHEAF_FORMAT_VERSION)
        return sheaf_fail(r->error, SHEAF_UNSUPPORTED, "format %" PRIu64 "; this reads %d", format,
                          SHEAF_FORMAT_VERSION);
    return status;
}

static sheaf_status read_member(reading *r) {
    sheaf_manifest *m = r->manifest;
    const struct {
        const char *key;
        uint64_t *number;
        sheaf_slice *text;
        sheaf_status (*read)(reading *);
    } members[] = {
        {"format", NULL, NULL, read_format},    {"commit", &m->commit, NULL, NULL},
        {"previous", NULL, &m->previous, NULL}, {"created", NULL, &m->created, NULL},
        {"tool", NULL, &m->tool, NULL},         {"plan", NULL, &m->plan, NULL},
        {"articles", &m->articles, NULL, NULL}, {"added", &m->added, NULL, NULL},
        {"bytes", &m->bytes, NULL, NULL},       {"entries", NULL, NULL, read_entries},
        {"dropped", NULL, NULL, read_dropped},  {"before", NULL, NULL, read_before},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (!sheaf_json_is(&r->token, members[i].key))
            continue;
        if (members[i].read)
            return members[i].read(r);
        return members[i].number ? read_number(r, members[i].number)
                                 : read_text(r, members[i].text);
    }
    return skip_value(r);
}

sheaf_status sheaf_manifest_read(sheaf_manifest *manifest, sheaf_slice json, sheaf_error *error) {
    reading r = {.manifest = manifest, .error = error};
    if (json.size > SHEAF_MANIFEST_MAX)
        return sheaf_fail(error, SHEAF_LIMIT, "a manifest of %zu bytes", json.size);
    sheaf_json_init(&r.json, json, 16);
    sheaf_status status = next(&r);
    if (status == SHEAF_OK && r.token.kind != SHEAF_JSON_OBJECT)
        status = wrong(&r, "the manifest");
    while (status == SHEAF_OK && (status = next(&r)) == SHEAF_OK && r.token.kind == SHEAF_JSON_KEY)
        status = read_member(&r);
    if (status == SHEAF_OK && manifest->arena.failed)
        status = sheaf_fail(error, SHEAF_NO_MEMORY, "out of memory");
    return status;
}
