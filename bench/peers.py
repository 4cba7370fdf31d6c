"""Other containers of articles beside sheaf: size, packing, one random article, reading all.

  peers.py ROWS.jsonl SHEAF BENCH-STORE WORK

Writes the same rows into each, and prints a table. Times are of CPU. Those of sqlite3 and zip are taken
within Python's own modules, those of bsdtar and ZIM with the start of their programs, since that is how one
article is had from them. A peer that is not installed is named and left out.
"""
import json
import os
import random
import resource
import shutil
import sqlite3
import struct
import subprocess
import sys
import time
import zipfile
import zlib

READS = 100
rows_path, sheaf, bench_store, work = sys.argv[1:5]
with open(rows_path, "rb") as lines:
    rows = [(json.loads(line)["id"], line) for line in lines]
raw = sum(len(line) for _, line in rows)
chance = random.Random(1)
chosen = [chance.choice(rows)[0] for _ in range(READS)]


def cpu():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(action, *given):
    start = cpu()
    action(*given)
    return cpu() - start


def call(*words, **options):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def show(name, size, pack, one, scan):
    def number(value, form):
        return form % value if value is not None else "-"
    print("  %-34s %11d %6.2f %9s %10s %11s" % (name, size, raw / size, number(pack, "%.2f"),
                                               number(one and one * 1e3, "%.3f"), number(scan, "%.3f")))


def folder():
    """A file for each row; ZIM wants pages, so they are that as well."""
    path = os.path.join(work, "pages")
    os.makedirs(path)
    for name, line in rows:
        with open(os.path.join(path, name + ".html"), "wb") as page:
            page.write(b"<html><head><title>" + name.encode() + b"</title></head><body>" + line + b"</body></html>")
    return path


def measure_sheaf():
    path = os.path.join(work, "peer.sheaf")
    pack = timed(call, sheaf, "pack", "-q", rows_path, "-o", path, "--threads", "1")
    told = subprocess.run([bench_store, path], check=True, capture_output=True, text=True).stdout
    figures = dict(line.split() for line in told.splitlines())
    show("sheaf (with SHA-256 and catalog)", os.path.getsize(path), pack, float(figures["article_ms"]) / 1e3,
         float(figures["scan_cpu_s"]))


def measure_sqlite(name, pack_row, unpack_row):
    path = os.path.join(work, "rows.db")

    def fill():
        base = sqlite3.connect(path)
        base.execute("create table article (id text primary key, row blob)")
        base.executemany("insert into article values (?, ?)", ((key, pack_row(line)) for key, line in rows))
        base.commit()
        base.execute("vacuum")
        base.close()

    def read(key):
        base = sqlite3.connect(path)
        unpack_row(base.execute("select row from article where id = ?", (key,)).fetchone()[0])
        base.close()

    def scan():
        base = sqlite3.connect(path)
        for (row,) in base.execute("select row from article"):
            unpack_row(row)
        base.close()

    pack = timed(fill)
    one = timed(lambda: [read(key) for key in chosen]) / READS
    show(name, os.path.getsize(path), pack, one, timed(scan))
    os.remove(path)


def measure_zip(pages):
    path = os.path.join(work, "rows.zip")
    pack = timed(lambda: call("zip", "-q", "-r", path, ".", cwd=pages))

    def read(key):
        with zipfile.ZipFile(path) as archive:
            archive.read(key + ".html")

    def scan():
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                archive.read(name)

    one = timed(lambda: [read(key) for key in chosen[:5]]) / 5
    show("zip, an entry an article", os.path.getsize(path), pack, one, timed(scan))


def measure_tar(pages, ending, *filters):
    path = os.path.join(work, "rows.tar." + ending)
    pack = timed(lambda: call("bsdtar", "-c", *filters, "-f", path, ".", cwd=pages))
    one = timed(lambda: [call("bsdtar", "-xOqf", path, "./" + key + ".html") for key in chosen[:5]]) / 5
    show("bsdtar, tar." + ending, os.path.getsize(path), pack, one, timed(call, "bsdtar", "-xOf", path))


def white_square(side):
    """A picture in PNG, which ZIM insists on."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    pixels = zlib.compress((b"\0" + b"\xff" * side) * side)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def measure_zim(pages):
    path = os.path.join(work, "rows.zim")
    first = rows[0][0] + ".html"
    with open(os.path.join(pages, "icon.png"), "wb") as icon:
        icon.write(white_square(48))
    pack = timed(lambda: call("zimwriterfs", "-w", first, "-I", "icon.png", "-l", "eng", "-n", "rows", "-t", "rows",
                              "-d", "rows", "-c", "sheaf", "-p", "sheaf", "-j", pages, path))
    os.remove(os.path.join(pages, "icon.png"))
    one = None
    if shutil.which("zimdump"):
        one = timed(lambda: [call("zimdump", "show", "--url=" + key + ".html", path) for key in chosen[:5]]) / 5
    show("ZIM, without its full-text index", os.path.getsize(path), pack, one, None)


def if_there(program, package, action, *given):
    if not shutil.which(program):
        print("  %s is not installed (package %s): left out" % (program, package))
        return
    try:
        action(*given)
    except (subprocess.CalledProcessError, OSError, zipfile.BadZipFile) as problem:
        print("  %s failed: %s" % (program, problem))


print("\nPeers on the same %d rows, %d bytes; CPU time" % (len(rows), raw))
print("  %-34s %11s %6s %9s %10s %11s" % ("", "bytes", "ratio", "pack, s", "one, ms", "all, s"))
measure_sheaf()
measure_sqlite("sqlite3, plain rows", bytes, bytes)
measure_sqlite("sqlite3, each row by zlib -6", lambda line: zlib.compress(line, 6), zlib.decompress)
pages = folder()
if_there("zip", "zip", measure_zip, pages)
if_there("bsdtar", "libarchive-tools", measure_tar, pages, "gz", "--gzip")
if_there("bsdtar", "libarchive-tools", measure_tar, pages, "zst", "--zstd", "--options", "zstd:compression-level=9")
if_there("zimwriterfs", "zim-tools", measure_zim, pages)
