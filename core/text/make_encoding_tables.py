#!/usr/bin/env python3
"""Writes core/text/encoding_pages.c and core/text/encoding_labels.c.

    core/text/make_encoding_tables.py core/text

The tables are those of the WHATWG Encoding standard. Python's codecs hold the
pages, but for the points where the standard differs, which are named here;
python3-webencodings holds the labels, but for those that came later.
"""
import sys

from webencodings.labels import LABELS

# The standard's name, Python's codec, and where the standard differs.
PAGES = [
    ("IBM866", "cp866", {}),
    ("ISO-8859-2", "iso8859_2", {}),
    ("ISO-8859-3", "iso8859_3", {}),
    ("ISO-8859-4", "iso8859_4", {}),
    ("ISO-8859-5", "iso8859_5", {}),
    ("ISO-8859-6", "iso8859_6", {}),
    ("ISO-8859-7", "iso8859_7", {}),
    ("ISO-8859-8", "iso8859_8", {}),
    ("ISO-8859-10", "iso8859_10", {}),
    ("ISO-8859-13", "iso8859_13", {}),
    ("ISO-8859-14", "iso8859_14", {}),
    ("ISO-8859-15", "iso8859_15", {}),
    ("ISO-8859-16", "iso8859_16", {}),
    ("KOI8-R", "koi8_r", {}),
    ("KOI8-U", "koi8_u", {0xAE: 0x45E, 0xBE: 0x40E}),
    ("macintosh", "mac_roman", {}),
    ("windows-874", "cp874", {}),
    ("windows-1250", "cp1250", {}),
    ("windows-1251", "cp1251", {}),
    ("windows-1252", "cp1252", {}),
    ("windows-1253", "cp1253", {}),
    ("windows-1254", "cp1254", {}),
    ("windows-1255", "cp1255", {0xCA: 0x5BA}),
    ("windows-1256", "cp1256", {}),
    ("windows-1257", "cp1257", {}),
    ("windows-1258", "cp1258", {}),
    ("x-mac-cyrillic", "mac_cyrillic", {0xA2: 0x490, 0xB6: 0x491, 0xFF: 0x20AC}),
]

# What labels mean here: one reader for all of GBK's family, one page for
# ISO-8859-8 in either order, and nothing for encodings that hide markup.
NAMES = {
    "gbk": "GB18030", "gb18030": "GB18030", "iso-8859-8-i": "ISO-8859-8", "utf-8": "UTF-8",
    "hz-gb-2312": "replacement", "iso-2022-kr": "replacement", "big5": "Big5", "euc-jp": "EUC-JP",
    "iso-2022-jp": "ISO-2022-JP", "shift_jis": "Shift_JIS", "euc-kr": "EUC-KR",
    "utf-16le": "UTF-16LE", "utf-16be": "UTF-16BE", "x-user-defined": "x-user-defined",
}
NAMES.update({name.lower(): name for name, _, _ in PAGES})

LATER = {
    "unicode11utf8": "utf-8", "unicode20utf8": "utf-8", "x-unicode20utf8": "utf-8",
    "koi8-ru": "koi8-u", "ms932": "shift_jis", "csiso2022kr": "iso-2022-kr",
    "iso-2022-cn": "iso-2022-kr", "iso-2022-cn-ext": "iso-2022-kr", "replacement": "iso-2022-kr",
    "csunicode": "utf-16le", "iso-10646-ucs-2": "utf-16le", "ucs-2": "utf-16le",
    "unicode": "utf-16le", "unicodefeff": "utf-16le", "unicodefffe": "utf-16be",
}


def page(codec, differs):
    """The 128 code points of a page; 0 where there is none."""
    points = []
    for byte in range(128, 256):
        text = bytes([byte]).decode(codec, "ignore")
        points.append(differs.get(byte, ord(text) if text else byte if byte < 0xA0 else 0))
    return points


def write_pages(path):
    with open(path, "w") as out:
        out.write(
            "/* encoding_pages.c - what the upper half of each eight-bit encoding means.\n"
            " * Made by core/text/make_encoding_tables.py from the WHATWG tables; 0 is nothing. */\n"
            '#include "text/encoding_parts.h"\n\n'
            "/* clang-format off */\n"
            "const sheaf_encoding_page sheaf_encoding_pages[] = {\n")
        for name, codec, differs in PAGES:
            points = page(codec, differs)
            out.write('    {"%s", {\n' % name)
            for at in range(0, 128, 16):
                row = ", ".join("%d" % point for point in points[at:at + 16])
                out.write("        %s,\n" % row)
            out.write("    }},\n")
        out.write("};\n\n"
                  "const size_t sheaf_encoding_page_count =\n"
                  "    sizeof sheaf_encoding_pages / sizeof *sheaf_encoding_pages;\n")


def write_labels(path):
    labels = dict(LABELS)
    labels.update(LATER)
    with open(path, "w") as out:
        out.write(
            "/* encoding_labels.c - the labels that people give encodings, in order.\n"
            " * Made by core/text/make_encoding_tables.py from the WHATWG table. */\n"
            '#include "text/encoding_parts.h"\n\n'
            "/* clang-format off */\n"
            "const sheaf_encoding_label sheaf_encoding_labels[] = {\n")
        for label in sorted(labels):
            out.write('    {"%s", "%s"},\n' % (label, NAMES[labels[label]]))
        out.write("};\n\n"
                  "const size_t sheaf_encoding_label_count =\n"
                  "    sizeof sheaf_encoding_labels / sizeof *sheaf_encoding_labels;\n")


if __name__ == "__main__":
    write_pages(sys.argv[1] + "/encoding_pages.c")
    write_labels(sys.argv[1] + "/encoding_labels.c")
