#!/usr/bin/env python3
"""make_fold_tables.py - what most characters become when case and accents go.

    python3 make_fold_tables.py [/usr/share/unicode] > fold_tables.c

A character is in the table when folding makes one character of it that never
melts into the one before it, or nothing at all. What the table holds is the
distance to go, so that the pages of scripts without case are one page.
Everything else, and all that is not assigned yet, is left to utf8proc.
"""
import os
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
PAGE, END = 64, 0x10000
SLOW, DROP = 0x8000, 0x8001


def lines(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        for line in file:
            fields = [field.strip() for field in line.split("#")[0].split(";")]
            if len(fields) > 1:
                yield fields


def points(text):
    return [int(word, 16) for word in text.split() if not word.startswith("<")]


assigned, ccc, apart, pairs = set(), {}, {}, {}
excluded = {int(fields[0].split("..")[0], 16) + i
            for fields in lines("DerivedNormalizationProps.txt") if fields[1] == "Full_Composition_Exclusion"
            for i in range(int(fields[0].split("..")[-1], 16) - int(fields[0].split("..")[0], 16) + 1)}
for fields in lines("extracted/DerivedGeneralCategory.txt"):
    low, _, high = fields[0].partition("..")
    if fields[1] not in ("Cn", "Cs", "Co"):
        assigned.update(range(int(low, 16), int(high or low, 16) + 1))
for fields in lines("UnicodeData.txt"):
    point = int(fields[0], 16)
    ccc[point] = int(fields[3])
    if fields[5]:
        apart[point] = points(fields[5])
        if not fields[5].startswith("<") and len(apart[point]) == 2 and point not in excluded:
            pairs[tuple(apart[point])] = point
small = {int(fields[0], 16): points(fields[2])
         for fields in lines("CaseFolding.txt") if fields[1] in "CF"}
joins_before = {pair[1] for pair in pairs} | set(range(0x1161, 0x1200))


def is_accent(point):
    kind = ccc.get(point, 0)
    return kind == 1 or 10 <= kind <= 36 or kind >= 200


def fold(point):
    parts = small.get(point) or apart.get(point)
    return [end for part in parts for end in fold(part)] if parts else [point]


def entry(point):
    if point not in assigned:
        return SLOW
    left = [part for part in fold(point) if not is_accent(part)]
    while len(left) > 1 and tuple(left[:2]) in pairs:
        left[:2] = [pairs[tuple(left[:2])]]
    if not left:
        return DROP
    if len(left) > 1 or ccc.get(left[0], 0) or left[0] in joins_before or left[0] >= END:
        return SLOW
    step = (left[0] - point) % END
    return SLOW if step in (SLOW, DROP) else step


def write(name, kind, values):
    print(f"const {kind} {name}[{len(values)}] = {{")
    for start in range(0, len(values), 16):
        print("    " + " ".join(f"{value}," for value in values[start:start + 16]))
    print("};")


def main():
    pages, first = {}, []
    for start in range(0, END, PAGE):
        page = tuple(entry(point) for point in range(start, start + PAGE))
        first.append(pages.setdefault(page, len(pages)))
    print("/* fold_tables.c - made by make_fold_tables.py from Debian's unicode-data. */")
    print('#include "text/fold_tables.h"\n\n/* clang-format off */')
    write("sheaf_fold_pages", "unsigned char", first)
    write("sheaf_fold_steps", "unsigned short", [value for page in pages for value in page])
    print("/* clang-format on */")


main()
