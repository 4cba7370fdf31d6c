#!/usr/bin/env python3
"""Writes core/text/encoding_models.c: what letters follow which, for the detector.

    core/text/make_encoding_models.py FOLDER core/text

FOLDER holds a file of plain text for each language, LANG.txt. Only counts go in:
how often one letter follows another, rounded to steps of six tenths of a bit and
written as letters, 'a' for what is certain and 'z' for what never comes.
"""
import collections
import math
import sys
import unicodedata

# Languages, and the encodings that hold them with what speaks against each, in
# bits: between encodings that say the same, the commoner one is meant.
WESTERN = [("windows-1252", 0)]
CENTRAL = [("windows-1250", 2), ("ISO-8859-2", 4)]
RUSSIAN = [("windows-1251", 0), ("KOI8-R", 3), ("ISO-8859-5", 8), ("IBM866", 8),
           ("x-mac-cyrillic", 10)]
SLAVIC = [("windows-1251", 2), ("ISO-8859-5", 10)]
BALTIC = [("windows-1257", 4), ("ISO-8859-13", 6), ("ISO-8859-4", 9)]
LANGUAGES = [
    ("en", WESTERN), ("fr", WESTERN), ("de", WESTERN), ("es", WESTERN), ("pt", WESTERN),
    ("it", WESTERN), ("nl", WESTERN), ("sv", WESTERN), ("da", WESTERN), ("no", WESTERN),
    ("fi", WESTERN), ("is", WESTERN), ("ca", WESTERN),
    ("pl", CENTRAL), ("cs", CENTRAL), ("sk", CENTRAL), ("hu", CENTRAL), ("ro", CENTRAL),
    ("hr", CENTRAL), ("sl", CENTRAL),
    ("tr", [("windows-1254", 2), ("ISO-8859-9", 4)]),
    ("lt", BALTIC), ("lv", BALTIC), ("et", [("windows-1257", 4), ("ISO-8859-13", 6)]),
    ("vi", [("windows-1258", 6)]),
    ("ru", RUSSIAN), ("uk", [("windows-1251", 1), ("KOI8-U", 4), ("ISO-8859-5", 9)]),
    ("be", SLAVIC), ("bg", SLAVIC), ("sr", SLAVIC), ("mk", SLAVIC),
    ("el", [("windows-1253", 1), ("ISO-8859-7", 3)]),
    ("he", [("windows-1255", 1), ("ISO-8859-8", 4)]),
    ("ar", [("windows-1256", 1), ("ISO-8859-6", 5)]), ("fa", [("windows-1256", 3)]),
    ("th", [("windows-874", 1)]),
]
LATIN = "en fr de es pt it nl sv da no fi is ca pl cs sk hu ro hr sl tr lt lv et vi".split()
WIDE = ["ja", "ko", "zh", "zh-Hant"]
MARKS = "“”„’‘–—…«»\u00a0‚‹›·•©®°§№€£"

# The classes before the letters: marks of text, other signs, nothing at all,
# letters of other alphabets.
MARK, SIGN, NOTHING, FOREIGN, CLASSES = 0, 1, 2, 3, 4
# How many bytes share a class, so that each gets its part.
SHARED = {SIGN: 32, FOREIGN: 48}

OLD = {"fa": {"ی": "ي", "ک": "ك"}, "ro": {"ș": "ş", "ț": "ţ", "Ș": "Ş", "Ț": "Ţ"}}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def apart(char):
    """A Vietnamese letter as windows-1258 writes it, its tone behind it."""
    whole = unicodedata.normalize("NFD", char)
    tone = [mark for mark in whole if mark in TONES]
    rest = unicodedata.normalize("NFC", "".join(m for m in whole if m not in TONES))
    return rest + "".join(tone)


def read(folder, language):
    text = open("%s/%s.txt" % (folder, language), encoding="utf-8").read()[:4000000]
    text = unicodedata.normalize("NFC", text)
    for new, old in OLD.get(language, {}).items():
        text = text.replace(new, old)
    if language == "vi":
        text = "".join(map(apart, text))
    return text.lower()


def alphabet(text, codec):
    """The letters beyond ASCII that the encoding has and the language uses."""
    counts = collections.Counter(c for c in text if c > "\x7f")
    total = sum(counts.values())
    found = []
    for char, count in counts.items():
        letter = unicodedata.category(char)[0] in "LM"
        if letter and count > max(2, total / 4000) and char.encode(codec, "ignore"):
            found.append(char)
    return "".join(sorted(found))


class Model:
    """Symbols: classes, letters beyond ASCII, blank, and a to z or one letter."""

    def __init__(self, text, letters, latin):
        self.letters = letters
        self.latin = latin
        self.blank = CLASSES + len(letters)
        self.size = self.blank + (27 if latin else 2)
        self.counts = [[0.0] * self.size for _ in range(self.size)]
        self.place = {c: CLASSES + i for i, c in enumerate(letters)}
        last = self.blank
        for char in text:
            now = self.symbol(char)
            self.counts[last][now] += 1
            last = now

    def symbol(self, char):
        if "a" <= char <= "z":
            return self.blank + 1 + (ord(char) - 97 if self.latin else 0)
        if char < "\x80":
            return self.blank
        if char in self.place:
            return self.place[char]
        if char in MARKS:
            return MARK
        return FOREIGN if unicodedata.category(char)[0] in "LM" else SIGN

    def rows(self):
        """Pairs of two ASCII characters are the same everywhere, and left out."""
        bits = self.bits()
        for last in range(self.size):
            width = self.size if last < self.blank else self.blank
            yield "".join(step(bits(last, now)) for now in range(width))

    def bits(self):
        """What it costs that one follows the other. Unseen pairs go by the letter
        alone, and so does what stands beside a mark: whether a writer likes dashes
        says nothing of the encoding."""
        total = sum(map(sum, self.counts)) + 0.5 * self.size
        alone = [(sum(r[now] for r in self.counts) + 0.5) / total for now in range(self.size)]
        sums = [sum(r) for r in self.counts]

        def bits(last, now):
            if NOTHING in (last, now):
                return 15
            if now == MARK:
                return 6
            chance = (self.counts[last][now] + 6 * alone[now]) / (sums[last] + 6)
            if last == MARK:
                chance = alone[now]
            cost = -math.log2(chance / SHARED.get(now, 1))
            mixed = not self.latin and self.blank + 1 in (last, now) and last != now
            return max(cost, 10) if mixed and self.blank not in (last, now) else cost
        return bits


def step(bits):
    return chr(97 + max(0, min(25, round(bits / 0.6))))


CODECS = {"windows-1252": "cp1252", "windows-1250": "cp1250", "windows-1254": "cp1254",
          "windows-1257": "cp1257", "windows-1258": "cp1258", "windows-1251": "cp1251",
          "windows-1253": "cp1253", "windows-1255": "cp1255", "windows-1256": "cp1256",
          "windows-874": "cp874"}


def write_eight_bits(out, folder):
    for language, encodings in LANGUAGES:
        text = read(folder, language)
        letters = alphabet(text, CODECS[encodings[0][0]])
        model = Model(text, letters, language in LATIN)
        points = ", ".join("%d" % ord(c) for c in letters)
        out.write("static const uint16_t letters_%s[] = {%s};\n" % (language, points))
        out.write("static const char *const rows_%s[] = {\n" % language)
        for row in model.rows():
            out.write('    "%s",\n' % row)
        out.write("};\n")
    out.write("\nconst sheaf_encoding_model sheaf_encoding_models[] = {\n")
    for language, encodings in LANGUAGES:
        for name, against in encodings:
            out.write('    {"%s", letters_%s, sizeof letters_%s / sizeof *letters_%s, %s, '
                      "rows_%s, %d},\n"
                      % (name, language, language, language,
                         "true" if language in LATIN else "false", language, against))
    out.write("};\n\nconst size_t sheaf_encoding_model_count =\n"
              "    sizeof sheaf_encoding_models / sizeof *sheaf_encoding_models;\n")


def write_wide(out, folder):
    """The commonest characters of each language in order of their number."""
    for language in WIDE:
        text = read(folder, language)
        counts = collections.Counter(c for c in text if "\x7f" < c < "\uffff")
        total = sum(counts.values())
        common = sorted(counts.most_common(640))
        name = language.lower().replace("-", "_")
        out.write("static const uint16_t common_%s[] = {\n" % name)
        for at in range(0, len(common), 16):
            out.write("    %s,\n" % ", ".join("%d" % ord(c) for c, _ in common[at:at + 16]))
        out.write("};\nstatic const char cost_%s[] =\n" % name)
        costs = "".join(step(-math.log2(n / total)) for _, n in common)
        for at in range(0, len(costs), 90):
            out.write('    "%s"\n' % costs[at:at + 90])
        out.write("    ;\n")
    out.write("\nconst sheaf_encoding_wide sheaf_encoding_wides[] = {\n")
    for encoding, language in (("Shift_JIS", "ja"), ("EUC-JP", "ja"), ("EUC-KR", "ko"),
                               ("GB18030", "zh"), ("Big5", "zh_hant")):
        out.write('    {"%s", common_%s, cost_%s, sizeof common_%s / sizeof *common_%s},\n'
                  % ((encoding,) + (language,) * 4))
    out.write("};\n\nconst size_t sheaf_encoding_wide_count =\n"
              "    sizeof sheaf_encoding_wides / sizeof *sheaf_encoding_wides;\n")


def main(folder, room):
    with open(room + "/encoding_models.c", "w") as out:
        out.write(
            "/* encoding_models.c - what text looks like in each legacy encoding.\n"
            " * Made by core/text/make_encoding_models.py; encoding_models.h says how to read it. */\n"
            '#include "text/encoding_models.h"\n\n'
            "/* clang-format off */\n")
        write_eight_bits(out, folder)
        write_wide(out, folder)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
