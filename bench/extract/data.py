"""data.py - the training pages: gold, domains, folds, rows of features, labels.

A set is a folder with gold.json (id -> url, body, title, ...) and pages/ID.html.
Everything is sorted, so that the same folder gives the same arrays.
"""

import ast
import json
import os
import re
import subprocess
import tempfile
from collections import Counter
from urllib.parse import urlparse

import numpy as np

WORD = re.compile(r"\w+")
SETS = ("fundus258", "wcxb_dev")


def words_of(text):
    return WORD.findall(text.lower())


def domain_of(url):
    """The registered domain: two labels, or three under such as .co.uk."""
    parts = (urlparse(url or "").hostname or "").split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if short else parts[-2:])


def as_list(value):
    """A list that may have been written as text, as some gold columns are."""
    if isinstance(value, str):
        try:
            value = ast.literal_eval(value)
        except (SyntaxError, ValueError):
            value = [value]
    return list(value or [])


class Page:
    """One page of a set: gold, texts of its blocks, rows of features, and which blocks
    the trees are asked about."""

    def __init__(self, name, set_name, gold, texts, rows, doubt):
        self.name, self.set, self.gold = name, set_name, gold
        self.texts, self.rows, self.doubt = texts, rows, doubt
        self.domain = domain_of(gold.get("url")) or name

    @property
    def body(self):
        return self.gold.get("body") or ""


def gold_of(folder):
    with open(os.path.join(folder, "gold.json"), encoding="utf-8") as file:
        return json.load(file)


def make_rows(tool, folder):
    """Runs the C tool over all pages of a set. Gives columns and (name, texts, rows, doubt)."""
    pages = os.path.join(folder, "pages")
    with tempfile.NamedTemporaryFile("w", suffix=".list") as names:
        for name in sorted(os.listdir(pages)):
            if name.endswith(".html"):
                names.write(os.path.join(pages, name) + "\n")
        names.flush()
        output = subprocess.run([tool, names.name], stdout=subprocess.PIPE, check=True).stdout
    return parse_rows(output)


def parse_rows(output):
    at = output.index(b"\n")
    columns = output[:at].decode().split(" ")[1:]
    at += 1
    pages = []
    while at < len(output):
        end = output.index(b"\n", at)
        _, name, count = output[at:end].decode().split(" ")
        at, texts, doubt = end + 1, [], np.zeros(int(count), bool)
        for i in range(int(count)):
            end = output.index(b"\n", at)
            doubt[i] = output[at:at + 1] == b"+"
            texts.append(output[at + 1:end].decode("utf-8", "replace"))
            at = end + 1
        size = int(count) * len(columns) * 2
        rows = np.frombuffer(output, "<i2", int(count) * len(columns), at)
        rows = rows.reshape(int(count), len(columns))
        pages.append((name[: -len(".html")], texts, rows, doubt))
        at += size
    return columns, pages


def load_set(tool, root, set_name):
    """All pages of a set that have a body in the gold. Returns (columns, pages)."""
    folder = os.path.join(root, set_name)
    gold = gold_of(folder)
    columns, found = make_rows(tool, folder)
    pages = [Page(name, set_name, gold[name], *found) for name, *found in found
             if gold.get(name, {}).get("body")]
    return columns, pages


def hash_of(domain):
    """A hash that is the same on every machine."""
    value = 2166136261
    for byte in domain.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return (value ^ value >> 15) * 2654435761 & 0xFFFFFFFF


def folds_of(pages, folds):
    """The fold of each page: domains in the order of their hash, dealt out in turn."""
    domains = sorted({page.domain for page in pages}, key=lambda d: (hash_of(d), d))
    number = {domain: i % folds for i, domain in enumerate(domains)}
    return np.array([number[page.domain] for page in pages])


def labels_of(page):
    """Which blocks are body, and how much each weighs.

    A block is body when six tenths of its fours of words stand in the gold text, each
    four used once. Blocks of fewer than four words are body when they stand in it
    word for word, between others that are."""
    gold = words_of(page.body)
    fours = Counter(zip(gold, gold[1:], gold[2:], gold[3:]))
    joined = " " + " ".join(gold) + " "
    label = np.zeros(len(page.texts), np.int8)
    weight = np.ones(len(page.texts))
    long = np.zeros(len(page.texts), bool)
    for i, text in enumerate(page.texts):
        words = words_of(text)
        weight[i] = min(max(len(words), 1), 200) ** 0.5
        long[i] = len(words) >= 4
        if long[i]:
            own = Counter(zip(words, words[1:], words[2:], words[3:]))
            shared = own & fours
            if sum(shared.values()) >= 0.6 * sum(own.values()):
                label[i] = 1
                fours.subtract(shared)
        elif words:
            label[i] = " " + " ".join(words) + " " in joined
            weight[i] *= 0.5
    body = np.flatnonzero(label & long)
    if len(body):
        outside = np.ones(len(label), bool)
        outside[body[0]:body[-1] + 1] = False
        label[outside & ~long] = 0
    return label, weight
