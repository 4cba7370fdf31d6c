/* header_lines.c - heads of HTTP and WARC, line by line. */
#include "read/header_lines.h"

size_t sheaf_header_end(sheaf_slice bytes) {
    size_t at = 0;
    while ((at = sheaf_slice_find_char(bytes, at, '\n')) != SIZE_MAX) {
        size_t next = ++at;
        if (next < bytes.size && bytes.data[next] == '\r')
            next++;
        if (next < bytes.size && bytes.data[next] == '\n')
            return next + 1;
    }
    return SIZE_MAX;
}

/* Takes a line, without its end. */
static bool next_line(sheaf_slice *rest, sheaf_slice *line) {
    if (rest->size == 0)
        return false;
    size_t end = sheaf_slice_find_char(*rest, 0, '\n');
    size_t behind = end == SIZE_MAX ? rest->size : end + 1;
    *line = sheaf_slice_part(*rest, 0, end);
    if (line->size && line->data[line->size - 1] == '\r')
        line->size--;
    *rest = sheaf_slice_part(*rest, behind, rest->size);
    return true;
}

static bool is_folded(sheaf_slice rest) {
    return rest.size && (rest.data[0] == ' ' || rest.data[0] == '\t');
}

bool sheaf_header_next(sheaf_slice *rest, sheaf_slice *name, sheaf_slice *value) {
    sheaf_slice line, more;
    while (next_line(rest, &line)) {
        size_t colon = sheaf_slice_find_char(line, 0, ':');
        const char *end = line.data + line.size;
        while (is_folded(*rest) && next_line(rest, &more))
            end = more.data + more.size;
        if (colon == SIZE_MAX)
            continue;
        *name = sheaf_slice_trim(sheaf_slice_part(line, 0, colon));
        const char *from = line.data + colon + 1;
        *value = sheaf_slice_trim(sheaf_slice_from(from, (size_t)(end - from)));
        return true;
    }
    return false;
}

sheaf_slice sheaf_header_unfold(sheaf_arena *arena, sheaf_slice value) {
    if (sheaf_slice_find_char(value, 0, '\n') == SIZE_MAX)
        return value;
    sheaf_slice copy = sheaf_arena_copy(arena, value);
    char *data = (char *)copy.data;
    size_t size = 0;
    for (size_t i = 0; i < copy.size; i++) {
        bool blank = sheaf_is_space(data[i]);
        if (!blank || (size > 0 && data[size - 1] != ' '))
            data[size++] = blank ? ' ' : data[i];
    }
    return sheaf_slice_from(data, size);
}

bool sheaf_header_number(sheaf_slice value, uint64_t *number) {
    uint64_t sum = 0;
    if (value.size == 0)
        return false;
    for (size_t i = 0; i < value.size; i++) {
        uint64_t digit = (uint64_t)(value.data[i] - '0');
        if (!sheaf_is_digit(value.data[i]) || sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *number = sum;
    return true;
}
