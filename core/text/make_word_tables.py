#!/usr/bin/env python3
"""make_word_tables.py - the tables of word breaking, out of Debian's unicode-data.

    python3 make_word_tables.py [/usr/share/unicode] > word_tables.c

Two things come out of it. One is the class of every code point, in two
stages: the upper bits choose a page of 128, the lower ones a place in it.
Classes are those of UAX #29, with three of ours split off: letters of scripts
that write no blanks (IDEOGRAPH; plain UAX #29 has no class for them), letters
of such scripts that UAX #29 lets run on (LONE_LETTER), and pictographs.

The other is the automaton: for a state and the class that follows, whether
there is a boundary, and the state after it. The rules stand below as UAX #29
numbers them; a state is the class that counts as the one before, or one of
five that remember more.
"""
import os
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
PAGE = 128

CLASSES = """OTHER CR LF NEWLINE EXTEND ZWJ FORMAT FLAG KATAKANA HEBREW LETTER PICTURE_LETTER
LONE_LETTER IDEOGRAPH PICTURE QUOTE DOUBLE_QUOTE MID_BOTH MID_LETTER MID_NUMBER NUMBER JOINER
SPACE""".split()
# States beyond the classes: a letter and what may join it to the next; the
# same for digits; Hebrew with either quote; the second half of a flag.
STATES = CLASSES + "LETTER_MID NUMBER_MID HEBREW_QUOTE HEBREW_DOUBLE FLAG_FULL START".split()
NAMES = {
    "CR": "CR", "LF": "LF", "Newline": "NEWLINE", "Extend": "EXTEND", "ZWJ": "ZWJ",
    "Format": "FORMAT", "Regional_Indicator": "FLAG", "Katakana": "KATAKANA",
    "Hebrew_Letter": "HEBREW", "ALetter": "LETTER", "Single_Quote": "QUOTE",
    "Double_Quote": "DOUBLE_QUOTE", "MidNumLet": "MID_BOTH", "MidLetter": "MID_LETTER",
    "MidNum": "MID_NUMBER", "Numeric": "NUMBER", "ExtendNumLet": "JOINER", "WSegSpace": "SPACE",
}


def properties(name):
    """(code point, value) for each line of a file of the database."""
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        for line in file:
            fields = [field.strip() for field in line.split("#")[0].split(";")]
            if len(fields) < 2:
                continue
            low, _, high = fields[0].partition("..")
            for point in range(int(low, 16), int(high or low, 16) + 1):
                yield point, fields[1]


def classes():
    of = ["OTHER"] * 0x110000
    for point, value in properties("auxiliary/WordBreakProperty.txt"):
        of[point] = NAMES[value]
    for point, value in properties("emoji/emoji-data.txt"):
        if value == "Extended_Pictographic":
            of[point] = "PICTURE_LETTER" if of[point] == "LETTER" else (
                "PICTURE" if of[point] == "OTHER" else of[point])
    for point, value in properties("extracted/DerivedGeneralCategory.txt"):
        if value in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl") and of[point] == "OTHER":
            of[point] = "IDEOGRAPH"
    for point, value in properties("Scripts.txt"):
        if value in ("Han", "Hiragana", "Katakana") and of[point] == "LETTER":
            of[point] = "LONE_LETTER"
    return of


def stages(of):
    pages, first = {}, []
    for start in range(0, 0x110000, PAGE):
        page = tuple(CLASSES.index(name) for name in of[start:start + PAGE])
        first.append(pages.setdefault(page, len(pages)))
    return first, [value for page in pages for value in page]


def step(state, name, lone):
    """(action, state after it). lone: scripts without blanks never run on."""
    letters = {"LETTER", "PICTURE_LETTER", "HEBREW"} | (set() if lone else {"LONE_LETTER"})
    kana = set() if lone else {"KATAKANA"}
    breaks = {"CR", "LF", "NEWLINE"}
    fresh = ("BREAK", name)
    if state == "START":
        return fresh
    if state == "CR" and name == "LF":                                         # WB3
        return "JOIN", name
    if state in breaks or name in breaks:                                      # WB3a, WB3b
        return fresh
    if name in ("EXTEND", "ZWJ", "FORMAT"):                                    # WB4
        return "PASS", state
    if state == "LETTER_MID":
        return ("MEND", name) if name in letters else fresh                    # WB7
    if state == "NUMBER_MID":
        return ("MEND", name) if name == "NUMBER" else fresh                   # WB11
    if state == "HEBREW_DOUBLE":
        return ("MEND", name) if name == "HEBREW" else fresh                   # WB7c
    if state == "HEBREW_QUOTE":
        return ("JOIN", name) if name in letters else fresh                    # WB7 behind WB7a
    if state in letters and name in letters:                                   # WB5
        return "JOIN", name
    if state == "HEBREW" and name == "QUOTE":                                  # WB7a
        return "JOIN", "HEBREW_QUOTE"
    if state in letters and name in ("MID_LETTER", "MID_BOTH", "QUOTE"):       # WB6
        return "DOUBT", "LETTER_MID"
    if state == "HEBREW" and name == "DOUBLE_QUOTE":                           # WB7b
        return "DOUBT", "HEBREW_DOUBLE"
    if state in letters | {"NUMBER"} and name == "NUMBER":                     # WB8, WB9
        return "JOIN", name
    if state == "NUMBER" and name in letters:                                  # WB10
        return "JOIN", name
    if state == "NUMBER" and name in ("MID_NUMBER", "MID_BOTH", "QUOTE"):      # WB12
        return "DOUBT", "NUMBER_MID"
    if state in kana and name in kana:                                         # WB13
        return "JOIN", name
    runs = letters | kana | {"NUMBER", "JOINER"}
    if state in runs and name == "JOINER" or state == "JOINER" and name in runs:  # WB13a, WB13b
        return "JOIN", name
    if state == "FLAG" and name == "FLAG":                                     # WB15, WB16
        return "JOIN", "FLAG_FULL"
    return fresh                                                               # WB999


def write_bytes(name, values, last):
    print(f"const unsigned char {name} = {{")
    for start in range(0, len(values), 24):
        print("    " + " ".join(f"{value}," for value in values[start:start + 24]))
    print("};" if last else "};\n")


def write_automaton(name, lone, last):
    actions = "JOIN BREAK PASS DOUBT MEND".split()
    rows = []
    for state in STATES:
        row = [0] * 32
        for i, other in enumerate(CLASSES):
            action, after = step(state, other, lone)
            row[i] = actions.index(action) << 5 | STATES.index(after)
        rows += row
    write_bytes(f"{name}[32 * {len(STATES)}]", rows, last)


def main():
    first, second = stages(classes())
    print("/* word_tables.c - made by make_word_tables.py from Debian's unicode-data. */")
    print('#include "text/word_tables.h"\n\n/* clang-format off */')
    write_bytes(f"sheaf_word_pages[{len(first)}]", first, False)
    write_bytes(f"sheaf_word_classes[{len(second)}]", second, False)
    write_automaton("sheaf_word_rules", True, False)
    write_automaton("sheaf_word_rules_plain", False, True)
    print("/* clang-format on */")


main()
