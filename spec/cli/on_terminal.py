#!/usr/bin/env python3
"""on_terminal.py - runs a program on a terminal of its own and plays a script on it.

    on_terminal.py COMMAND... <SCRIPT

Each line of the script is "send TEXT" (with escapes such as \\t, \\x03 and \\n)
or "wait TEXT": read until that text was shown. What the terminal showed is
written out at the end. A text that does not come within ten seconds is a
failure, status 1.
"""
import os
import pty
import select
import struct
import sys
import fcntl
import termios
import time


def read_until(fd, seen, start, text, seconds=10):
    """Reads into seen until text stands behind start; the place behind it."""
    end = time.monotonic() + seconds
    while True:
        at = bytes(seen).find(text, start)
        if at >= 0:
            return at + len(text)
        left = end - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0]:
            sys.stdout.buffer.write(seen)
            sys.exit("on_terminal.py: did not see %r" % text)
        try:
            more = os.read(fd, 65536)
        except OSError:
            more = b""
        if not more:
            if bytes(seen).find(text, start) >= 0:
                continue
            sys.stdout.buffer.write(seen)
            sys.exit("on_terminal.py: ended before %r" % text)
        seen += more


def drain(fd, seen):
    """Reads what is left until the program ends."""
    while True:
        try:
            more = os.read(fd, 65536)
        except OSError:
            return
        if not more:
            return
        seen += more


def main():
    try:
        pid, fd = pty.fork()
    except OSError as error:
        sys.exit("no pseudo terminal: %s" % error)
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.execvp(sys.argv[1], sys.argv[1:])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen, place = bytearray(), 0
    for line in sys.stdin:
        verb, _, text = line.rstrip("\n").partition(" ")
        data = text.encode().decode("unicode_escape").encode("latin-1")
        if verb == "send":
            os.write(fd, data)
        elif verb == "wait":
            place = read_until(fd, seen, place, data)
    drain(fd, seen)
    sys.stdout.buffer.write(seen)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


main()
