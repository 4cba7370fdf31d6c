/* bind_unzip.c - the files of a bundle that somebody has, to check them. Host only.
 *
 *   unzip(bytes) -> { name = bytes } | nil, reason
 *
 * Reads what bundle.c writes, and the same packed anew by another tool: files that
 * are stored or deflated, without zip64 and encryption. All is checked against what
 * the directory says before it is believed: places, sizes, and the CRC of each file. */
#include "script/bind.h"

#include <zlib.h>

enum { END_SIZE = 22, ENTRY_SIZE = 46, LOCAL_SIZE = 30, COMMENT_MOST = 65535 };
static const size_t unpacked_most = (size_t)2 << 30;

typedef struct unzip {
    sheaf_slice all;
    size_t at;     /* in the directory */
    size_t budget; /* bytes that may still be unpacked */
} unzip;

typedef struct entry {
    sheaf_slice name, packed;
    size_t size;
    uint32_t crc, method;
} entry;

static uint32_t number(sheaf_slice all, size_t at, size_t size) {
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint32_t)(unsigned char)all.data[at + i] << (8 * i);
    return value;
}

static bool has(sheaf_slice all, size_t at, size_t size) {
    return at <= all.size && all.size - at >= size;
}

static bool is_mark(sheaf_slice all, size_t at, size_t size, uint32_t mark) {
    return has(all, at, size) && number(all, at, 4) == mark;
}

/* The end record is the last thing but for a comment. */
static bool find_end(sheaf_slice all, size_t *at) {
    if (all.size < END_SIZE)
        return false;
    for (size_t back = 0; back <= COMMENT_MOST && back + END_SIZE <= all.size; back++) {
        *at = all.size - END_SIZE - back;
        if (is_mark(all, *at, END_SIZE, 0x06054b50) && number(all, *at + 20, 2) == back)
            return true;
    }
    return false;
}

/* What stands behind the header of the file itself. */
static const char *find_packed(const unzip *self, size_t offset, size_t size, entry *out) {
    if (!is_mark(self->all, offset, LOCAL_SIZE, 0x04034b50))
        return "a file is not where the directory says";
    size_t skip =
        LOCAL_SIZE + (size_t)number(self->all, offset + 26, 2) + number(self->all, offset + 28, 2);
    if (!has(self->all, offset, skip) || !has(self->all, offset + skip, size))
        return "a file is cut off";
    out->packed = sheaf_slice_part(self->all, offset + skip, offset + skip + size);
    return NULL;
}

static const char *next_entry(unzip *self, entry *out) {
    sheaf_slice all = self->all;
    size_t at = self->at;
    if (!is_mark(all, at, ENTRY_SIZE, 0x02014b50))
        return "its directory is damaged";
    size_t name = number(all, at + 28, 2);
    size_t more = (size_t)number(all, at + 30, 2) + number(all, at + 32, 2);
    if (!has(all, at + ENTRY_SIZE, name + more))
        return "its directory is cut off";
    if (number(all, at + 8, 2) & 1)
        return "it is encrypted";
    out->name = sheaf_slice_part(all, at + ENTRY_SIZE, at + ENTRY_SIZE + name);
    out->method = number(all, at + 10, 2);
    out->crc = number(all, at + 16, 4);
    out->size = number(all, at + 24, 4);
    self->at = at + ENTRY_SIZE + name + more;
    return find_packed(self, number(all, at + 42, 4), number(all, at + 20, 4), out);
}

static bool inflate_into(sheaf_slice packed, char *out, size_t size) {
    z_stream stream = {0};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return false;
    stream.next_in = (Bytef *)(uintptr_t)packed.data; /* it only reads */
    stream.avail_in = (uInt)packed.size;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)size + 1; /* it wants room even for nothing */
    int status = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return status == Z_STREAM_END && stream.total_out == size;
}

/* Pushes the bytes of a file. */
static const char *push_file(lua_State *L, unzip *self, const entry *file) {
    luaL_Buffer buffer;
    if (file->size > self->budget)
        return "it unpacks to more than 2 GiB";
    self->budget -= file->size;
    if (file->method != 0 && file->method != 8)
        return "a file is packed in a way that is not known";
    if (file->method == 0 && file->packed.size != file->size)
        return "a file has another size than the directory says";
    /* deflate packs at most 1032 to 1, so that a lie costs no memory */
    if (file->method == 8 && file->size / 1032 > file->packed.size)
        return "a file has another size than the directory says";
    char *out = luaL_buffinitsize(L, &buffer, file->size + 1);
    if (file->method == 0 && file->size)
        memcpy(out, file->packed.data, file->size);
    bool fine = file->method == 0 || inflate_into(file->packed, out, file->size);
    fine = fine && crc32(0, (const Bytef *)out, (uInt)file->size) == file->crc;
    luaL_pushresultsize(&buffer, fine ? file->size : 0);
    return fine ? NULL : "a file in it is damaged";
}

static const char *unpack_all(lua_State *L, unzip *self) {
    size_t end = 0;
    if (!find_end(self->all, &end))
        return "it is no ZIP, or it is cut off";
    self->at = number(self->all, end + 16, 4);
    for (uint32_t left = number(self->all, end + 10, 2); left > 0; left--) {
        entry file;
        const char *problem = next_entry(self, &file);
        if (problem)
            return problem;
        if (file.name.size && file.name.data[file.name.size - 1] == '/')
            continue; /* a folder */
        sheaf_push_slice(L, file.name);
        if (lua_pushvalue(L, -1), lua_rawget(L, 2) != LUA_TNIL)
            return "two files in it have the same name";
        lua_pop(L, 1);
        problem = push_file(L, self, &file);
        if (problem)
            return problem;
        lua_rawset(L, 2);
    }
    return NULL;
}

static int bind_unzip(lua_State *L) {
    unzip self = {.all = sheaf_check_slice(L, 1), .budget = unpacked_most};
    lua_settop(L, 1);
    lua_newtable(L);
    const char *problem = unpack_all(L, &self);
    if (problem) {
        luaL_pushfail(L);
        lua_pushstring(L, problem);
        return 2;
    }
    lua_settop(L, 2);
    return 1;
}

void sheaf_bind_unzip(lua_State *L) {
    lua_pushcfunction(L, bind_unzip);
    lua_setfield(L, -2, "unzip");
}
