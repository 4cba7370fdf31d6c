"""Bytes that a file of lines takes with each line in a gzip member of its own (level 6)."""
import sys
import zlib

total = 0
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        member = zlib.compressobj(6, zlib.DEFLATED, 31)
        total += len(member.compress(line)) + len(member.flush())
print(total)
