/* stamp.c - packs what has the usual shape, and marks all else as odd.
 *
 * The shape is read field by field. Whether that was the whole truth is found
 * by writing the stamp out again and comparing, so nothing can be lost. */
#include "store/stamp.h"

#include <stdio.h>

#include "base/slice.h"

enum { ZONE_UTC = 4095, ZONE_ZERO = 1440 };

typedef struct fields {
    unsigned year, month, day;
    unsigned hour, minute, second; /* one more than told; 0: not told */
    unsigned zone;
} fields;

/* Takes lead and then digits digits off text, when they are there. */
static bool take(sheaf_slice *text, char lead, size_t digits, unsigned *value) {
    size_t skip = lead ? 1 : 0;
    unsigned number = 0;
    if (text->size < skip + digits || (lead && text->data[0] != lead))
        return false;
    for (size_t i = skip; i < skip + digits; i++) {
        if (!sheaf_is_digit(text->data[i]))
            return false;
        number = number * 10 + (unsigned)(text->data[i] - '0');
    }
    *value = number;
    *text = sheaf_slice_part(*text, skip + digits, text->size);
    return true;
}

static void read_zone(fields *out, sheaf_slice rest) {
    unsigned hours, minutes;
    char sign = rest.size ? rest.data[0] : '\0';
    if (sign == 'Z')
        out->zone = ZONE_UTC;
    if ((sign != '+' && sign != '-') || !take(&rest, sign, 2, &hours) ||
        !take(&rest, ':', 2, &minutes) || hours > 23 || minutes > 59)
        return;
    unsigned offset = hours * 60 + minutes;
    out->zone = sign == '+' ? ZONE_ZERO + offset : ZONE_ZERO - offset;
}

static void read_time(fields *out, sheaf_slice rest) {
    unsigned hour, minute, second;
    if (!take(&rest, 'T', 2, &hour) || !take(&rest, ':', 2, &minute) || hour > 23 || minute > 59)
        return;
    out->hour = hour + 1;
    out->minute = minute + 1;
    if (take(&rest, ':', 2, &second) && second <= 60)
        out->second = second + 1;
    read_zone(out, rest);
}

static void read_fields(fields *out, sheaf_slice rest) {
    unsigned value;
    if (sheaf_slice_starts(rest, SLICE("XXXX")))
        rest = sheaf_slice_part(rest, 4, rest.size);
    else if (!take(&rest, '\0', 4, &out->year))
        return;
    if (!take(&rest, '-', 2, &value) || value < 1 || value > 12)
        return;
    out->month = value;
    if (!take(&rest, '-', 2, &value) || value < 1 || value > 31)
        return;
    out->day = value;
    read_time(out, rest);
}

uint64_t sheaf_stamp_pack(sheaf_slice edtf) {
    fields f = {0};
    char text[SHEAF_STAMP_ROOM];
    if (edtf.size == 0)
        return 0;
    read_fields(&f, edtf);
    uint64_t stamp = (uint64_t)f.year << 39 | (uint64_t)f.month << 35 | (uint64_t)f.day << 30 |
                     (uint64_t)f.hour << 25 | (uint64_t)f.minute << 19 | (uint64_t)f.second << 13 |
                     (uint64_t)f.zone << 1;
    size_t size = sheaf_stamp_text(text, stamp);
    return sheaf_slice_equal(sheaf_slice_from(text, size), edtf) ? stamp : stamp | 1;
}

static unsigned bits(uint64_t stamp, unsigned from, unsigned count) {
    return (unsigned)(stamp >> from) & ((1u << count) - 1);
}

static size_t add(char *out, size_t at, const char *format, unsigned value) {
    int size = snprintf(out + at, SHEAF_STAMP_ROOM - at, format, value);
    return at + (size_t)size;
}

static size_t add_zone(char *out, size_t at, unsigned zone) {
    if (zone == 0)
        return at;
    if (zone == ZONE_UTC)
        return add(out, at, "Z", 0);
    unsigned offset = zone < ZONE_ZERO ? ZONE_ZERO - zone : zone - ZONE_ZERO;
    at = add(out, at, zone < ZONE_ZERO ? "-%02u" : "+%02u", offset / 60);
    return add(out, at, ":%02u", offset % 60);
}

size_t sheaf_stamp_text(char *out, uint64_t stamp) {
    unsigned year = bits(stamp, 39, 14), month = bits(stamp, 35, 4), day = bits(stamp, 30, 5);
    unsigned hour = bits(stamp, 25, 5), minute = bits(stamp, 19, 6), second = bits(stamp, 13, 6);
    if (stamp == 0)
        return 0;
    size_t at = year ? add(out, 0, "%04u", year) : add(out, 0, "XXXX", 0);
    if (month)
        at = add(out, at, "-%02u", month);
    if (day)
        at = add(out, at, "-%02u", day);
    if (hour && minute) {
        at = add(out, at, "T%02u", hour - 1);
        at = add(out, at, ":%02u", minute - 1);
    }
    if (second)
        at = add(out, at, ":%02u", second - 1);
    return add_zone(out, at, bits(stamp, 1, 12));
}
