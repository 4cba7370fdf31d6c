#!/usr/bin/env python3
"""Writes core/text/language_models.c: which three letters in a row speak for which language.

    core/text/make_language_models.py FOLDER core/text

FOLDER holds a file of plain text for each language, LANG.txt; what is in the tree was made
from translations of programs, their manuals, the Declaration of Human Rights, news pages, and
lists of the commonest words. Only counts go in: for the most telling groups of three letters
what they cost in each language, in steps of half a bit, written as letters. Languages that
share no script are never compared.
"""
import bisect
import collections
import math
import sys
import unicodedata

# Groups, and how many threes each may keep.
GROUPS = [
    ("LATIN", 4000,
     "en fr de es pt it nl sv da no fi is ca pl cs sk hu ro hr sl sq tr az lt lv et vi af eu gl "
     "ga cy eo id ms tl sw so ha yo ig zu xh st tn sn rw mg mt uz ht lb ku la".split()),
    ("CYRILLIC", 1500, "ru uk be bg sr mk kk ky tg mn".split()),
    ("ARABIC", 800, "ar fa ur ps ug".split()),
    ("DEVANAGARI", 500, "hi mr ne".split()),
    ("HEBREW", 150, "he yi".split()),
    ("BENGALI", 150, "bn as".split()),
    ("ETHIOPIC", 150, "am ti".split()),
]
BUCKETS = 4096
# Those that are near to one another: what parts them is worth keeping too.
KIN = ("no da,da sv,no sv,id ms,cs sk,hr sl,es gl,pt gl,pt es,es ca,zu xh,st tn,nl af,tr az,de lb,"
       "ru bg,ru uk,uk be,bg mk,sr mk,kk ky,hi mr,hi ne,mr ne,fa ps,fi et,lt lv")
# Languages that few write in must do better than those that many do, in half bits.
RARE = {"az": 4, "af": 4, "eu": 4, "gl": 8, "ga": 6, "cy": 6, "eo": 8, "ms": 2, "tl": 4, "so": 4,
        "ha": 4, "yo": 6, "ig": 6, "zu": 4, "xh": 4, "st": 6, "tn": 6, "sn": 6, "rw": 6, "mg": 6,
        "mt": 6, "uz": 6, "ht": 6, "lb": 6, "ku": 6, "la": 4, "is": 2, "ca": 4, "sq": 2, "yi": 4, "ti": 4,
        "as": 4, "be": 4, "ky": 4, "tg": 4, "mn": 4, "ps": 4, "ug": 4}


def letters(text):
    """As the core reads it: small letters, one blank for all that is none."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if "A" <= char <= "Z":
            char = char.lower()
        elif char > "\x7f":
            small = char.lower()
            char = small if len(small) == 1 else char
        if category[0] in "LM":
            if not ("\u064b" <= char <= "\u0652" or char in "\u0640\u00ad\u200c"
                    or "\u0300" <= char <= "\u036f"):
                out.append(char)
        elif char not in "\u00ad\u200c" and out and out[-1] != " ":
            out.append(" ")
    return "".join(out)


def threes(folder, language):
    text = letters(open("%s/%s.txt" % (folder, language), encoding="utf-8").read()[-900000:])
    counts = collections.Counter(text[i:i + 3] for i in range(len(text) - 2))
    return {three: n for three, n in counts.items() if ord(max(three)) < 0x10000}


def key(three):
    """The hash of the core: 32 bits, a bucket at the top, the rest at the bottom."""
    value = 0
    for char in three:
        value = (value ^ ord(char)) * 0x9E3779B1 & 0xFFFFFFFF
        value ^= value >> 15
    return value


def choose(chances, most):
    """The threes that tell most about the language, none two of which look alike."""
    mean = collections.Counter()
    for own in chances.values():
        for three, chance in own.items():
            mean[three] += chance / len(chances)
    told = collections.Counter()
    for own in chances.values():
        for three, chance in own.items():
            told[three] += chance * math.log2(chance / mean[three])
    for one, other in (pair.split() for pair in KIN.split(",")):
        if one not in chances:
            continue
        for three in set(chances[one]) | set(chances[other]):
            a, b = (chances[each].get(three, 0) + 2e-6 for each in (one, other))
            told[three] += (a - b) * math.log2(a / b) / 2
    found = {}
    for three, _ in told.most_common(most):
        found.setdefault((key(three) >> 24, key(three) & 0xFFFF), three)
    return sorted(found.items()), mean


def write_group(out, folder, script, most, languages):
    counts = {language: threes(folder, language) for language in languages}
    sums = {language: sum(counts[language].values()) for language in languages}
    chances = {language: {three: n / sums[language] for three, n in counts[language].items()}
               for language in languages}
    found, mean = choose(chances, most)
    name = script.lower()
    out.write("static const char tags_%s[][4] = {%s};\n"
              % (name, ", ".join('"%s"' % language for language in languages)))
    out.write("static const unsigned char rare_%s[] = {%s};\n"
              % (name, ", ".join(str(RARE.get(language, 0)) for language in languages)))
    buckets = [top << 4 | check >> 12 for (top, check), _ in found]
    starts = [bisect.bisect_left(buckets, bucket) for bucket in range(BUCKETS + 1)]
    write_numbers(out, "static const uint16_t starts_%s[]" % name, starts)
    write_numbers(out, "static const uint16_t checks_%s[]" % name, [c for (_, c), _ in found])
    out.write("static const char costs_%s[][%d] = {\n" % (name, len(languages) + 1))
    for _, three in found:
        row = ""
        for language in languages:
            trust = 100 / (sums[language] + 100)
            chance = chances[language].get(three, 0) * (1 - trust) + mean[three] * trust
            row += chr(97 + max(0, min(25, round((-math.log2(chance) - 5) / 0.5))))
        out.write('    "%s",\n' % row)
    out.write("};\n\n")


def write_numbers(out, head, numbers):
    out.write("%s = {\n" % head)
    for at in range(0, len(numbers), 20):
        out.write("    %s,\n" % ", ".join(map(str, numbers[at:at + 20])))
    out.write("};\n")


def main(folder, room):
    with open(room + "/language_models.c", "w") as out:
        out.write(
            "/* language_models.c - what three letters in a row cost in each language.\n"
            " * Made by core/text/make_language_models.py; language_models.h says how to read it. */\n"
            '#include "text/language_models.h"\n\n/* clang-format off */\n')
        for script, most, languages in GROUPS:
            write_group(out, folder, script, most, languages)
        out.write("const sheaf_language_group sheaf_language_groups[] = {\n")
        for script, _, languages in GROUPS:
            name = script.lower()
            out.write("    {SHEAF_SCRIPT_%s, %d, tags_%s, rare_%s, starts_%s, checks_%s, costs_%s[0]},\n"
                      % ((script, len(languages)) + (name,) * 5))
        out.write("};\n\nconst size_t sheaf_language_group_count =\n"
                  "    sizeof sheaf_language_groups / sizeof *sheaf_language_groups;\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
