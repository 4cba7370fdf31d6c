#!/usr/bin/env python3
"""Makes html_tables.c: the tags of html_tags.h and the standard's named references.

    core/page/make_html_tables.py           writes html_tables.c beside this script
    core/page/make_html_tables.py --check   fails when html_tables.c is not what it would write

Tags go into a perfect hash of their first eight letters. References go into an
open-addressing table. Of the 2231 names in the standard, 106 stand there twice:
with and without a semicolon; here they are one name with a mark.
"""
import html.entities
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TAG_SLOT_BITS = 10
REFERENCE_SLOTS = 4096
EMPTY = 0xFFFF
WORD = (1 << 64) - 1


def tag_names():
    """The names in html_tags.h, in the order of its enumeration."""
    with open(os.path.join(HERE, "html_tags.h"), encoding="ascii") as file:
        return re.findall(r"X\(\s*[A-Z0-9]+,\s*([a-z0-9]+)\)", file.read())


def tag_key(name):
    return int.from_bytes(name.encode()[:8], "little")


def tag_slot(key, factor):
    return (key * factor & WORD) >> (64 - TAG_SLOT_BITS)


def perfect_factor(keys):
    """The first odd number of a fixed sequence that sends every key to a slot of its own."""
    factor = 0x9E3779B97F4A7C15
    while len({tag_slot(key, factor) for key in keys}) < len(keys):
        factor = factor * 6364136223846793005 + 1442695040888963407 & WORD | 1
    return factor


def references():
    """(name without semicolon, code points, whether it counts without one), sorted."""
    table = html.entities.html5
    return sorted((name[:-1], [ord(c) for c in text], name[:-1] in table)
                  for name, text in table.items() if name.endswith(";"))


def fnv(name):
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def reference_slots(rows):
    slots = [EMPTY] * REFERENCE_SLOTS
    for number, (name, _, _) in enumerate(rows):
        value = fnv(name)
        at = (value ^ value >> 16) % REFERENCE_SLOTS
        while slots[at] != EMPTY:
            at = (at + 1) % REFERENCE_SLOTS
        slots[at] = number
    return slots


def wrapped(items, separator=", ", width=96):
    lines, line = [], ""
    for item in items:
        piece = item + separator.rstrip()
        if line and len(line) + 1 + len(piece) > width:
            lines.append("    " + line)
            line = ""
        line += (" " if line else "") + piece
    return "\n".join(lines + ["    " + line])


def tag_tables():
    names = tag_names()
    keys = [tag_key(name) for name in names]
    factor = perfect_factor(keys)
    slots = [0] * (1 << TAG_SLOT_BITS)
    for number, key in enumerate(keys):
        slots[tag_slot(key, factor)] = number + 1
    return f"""_Static_assert(SHEAF_HTML_TAG_COUNT == {len(names) + 1}, "run make_html_tables.py");

const uint64_t sheaf_html_tag_factor = 0x{factor:016X};

const uint64_t sheaf_html_tag_keys[SHEAF_HTML_TAG_COUNT] = {{
{wrapped(["0"] + [f"0x{key:X}" for key in keys])}
}};

const uint8_t sheaf_html_tag_slots[1 << SHEAF_HTML_TAG_SLOT_BITS] = {{
{wrapped([str(slot) for slot in slots])}
}};
"""


def reference_tables():
    rows = references()
    entries, at = [], 0
    for name, points, legacy in rows:
        first, second = (points + [0])[:2]
        entries.append(f"{{0x{first:X}, 0x{second:X}, {at}, {len(name)}, {int(legacy)}}}")
        at += len(name)
    return f"""const sheaf_html_name sheaf_html_names[{len(rows)}] = {{
{wrapped(entries)}
}};

const uint16_t sheaf_html_name_slots[SHEAF_HTML_NAME_SLOTS] = {{
{wrapped([str(slot) for slot in reference_slots(rows)])}
}};

/* One after the other; rows above say where each starts. */
const char sheaf_html_name_letters[] =
{wrapped([f'"{name}"' for name, _, _ in rows], separator=" ")};
"""


def tables():
    return ("/* html_tables.c - made by make_html_tables.py; do not edit. */\n"
            "#include \"page/html_tables.h\"\n\n/* clang-format off */\n\n"
            + tag_tables() + "\n" + reference_tables())


def main():
    path = os.path.join(HERE, "html_tables.c")
    wanted = tables()
    if sys.argv[1:] == ["--check"]:
        with open(path, encoding="ascii") as file:
            if file.read() != wanted:
                sys.exit("html_tables.c is out of date: run core/page/make_html_tables.py")
        print("html_tables.c is what the script makes")
        return
    with open(path, "w", encoding="ascii") as file:
        file.write(wanted)


if __name__ == "__main__":
    main()
