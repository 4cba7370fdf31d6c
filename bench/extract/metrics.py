"""metrics.py - how alike a text and its gold are; dates, headlines, authors; intervals.

Three measures of a body, because the sets of others are scored by different ones:
  shingles    bags of four words in a row
  rouge       ROUGE-Lsum: per line, the longest common subsequence of words
  words       bags of words
"""

import re
import unicodedata
from collections import Counter

import numpy as np

from data import as_list, words_of


def ratio(part, whole):
    return part / whole if whole else 0.0


def harmonic(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def bags(found, gold):
    """Precision, recall and F1 of two multisets."""
    shared = sum((found & gold).values())
    if not found and not gold:
        return 1.0, 1.0, 1.0
    precision, recall = ratio(shared, sum(found.values())), ratio(shared, sum(gold.values()))
    return precision, recall, harmonic(precision, recall)


def shingles(text):
    words = words_of(text)
    return Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def shingle_score(found, gold):
    return bags(shingles(found), shingles(gold))


def word_score(found, gold):
    return bags(Counter(words_of(found)), Counter(words_of(gold)))


def common_places(line, other):
    """Places in line that belong to one longest common subsequence with other."""
    if line == other:
        return set(range(len(line)))
    n, m = len(line), len(other)
    ids = {}
    a = np.array([ids.setdefault(w, len(ids)) for w in line])
    b = np.array([ids.setdefault(w, len(ids)) for w in other])
    table = np.zeros((n + 1, m + 1), np.int32)
    for i in range(1, n + 1):
        step = np.maximum(table[i - 1, 1:], table[i - 1, :-1] + (b == a[i - 1]))
        table[i, 1:] = np.maximum.accumulate(step)
    places, i, j = set(), n, m
    while i and j:
        if table[i, j] == table[i - 1, j]:
            i -= 1
        elif table[i, j] == table[i, j - 1]:
            j -= 1
        else:
            places.add(i - 1)
            i, j = i - 1, j - 1
    return places


def rouge_score(found, gold):
    """ROUGE-Lsum: for each line of gold, the union of its common subsequences with all
    lines found; a word counts as often as both sides have it."""
    found_lines = [w for w in (words_of(l) for l in found.split("\n")) if w]
    gold_lines = [w for w in (words_of(l) for l in gold.split("\n")) if w]
    found_left = Counter(w for l in found_lines for w in l)
    gold_left = Counter(w for l in gold_lines for w in l)
    found_size, gold_size = sum(found_left.values()), sum(gold_left.values())
    if not found_size or not gold_size:
        return (float(found_size == gold_size),) * 3
    whole = {tuple(l) for l in found_lines}
    sets = [(l, set(l)) for l in found_lines]
    hits = 0
    for line in gold_lines:
        if tuple(line) in whole:
            places = range(len(line))
        else:
            own, places = set(line), set()
            for other, words in sets:
                if len(own & words) > 0.2 * len(own) or len(own & words) > 0.5 * len(words):
                    places |= common_places(line, other)
        for word in (line[i] for i in places):
            if found_left[word] > 0 and gold_left[word] > 0:
                found_left[word] -= 1
                gold_left[word] -= 1
                hits += 1
    precision, recall = hits / found_size, hits / gold_size
    return precision, recall, harmonic(precision, recall)


MEASURES = {"shingles": shingle_score, "rouge": rouge_score, "words": word_score}


def plain(text):
    """One line of text with quotes, dashes and white space made equal."""
    text = unicodedata.normalize("NFKC", text or "")
    text = re.sub("[\u2018\u2019\u201a\u201b\u2032`\u00b4]", "'", text)
    text = re.sub("[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]", '"', text)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.split())


def snippet_rates(found, gold):
    """Which share of the strings that must be in the body are, and of those that must not."""
    flat = plain(found).lower()
    def rate(snippets):
        snippets = [plain(s).lower() for s in as_list(snippets) if s]
        return ratio(sum(s in flat for s in snippets), len(snippets)) if snippets else None
    return rate(gold.get("with")), rate(gold.get("without"))


def headline_right(found, gold):
    return plain(found) == plain(gold)


def date_right(found, gold):
    """The same day: both begin with YYYY-MM-DD."""
    return bool(found) and str(found)[:10] == str(gold)[:10]


def name_key(name):
    return re.sub(r"[^\w ]", "", plain(name).lower()).strip()


def author_score(found, gold):
    """(1 when the sets of names are equal, F1 of the names)."""
    a = {name_key(n) for n in found if n} - {""}
    b = {name_key(n) for n in gold if n} - {""}
    return float(a == b), bags(Counter(a), Counter(b))[2]


def interval(values, repeats=1000, seed=7):
    """Mean and its 95% interval by the bootstrap."""
    values = np.asarray(values, float)
    if len(values) == 0:
        return 0.0, 0.0, 0.0
    draw = np.random.RandomState(seed).randint(0, len(values), (repeats, len(values)))
    means = values[draw].mean(axis=1)
    return values.mean(), np.percentile(means, 2.5), np.percentile(means, 97.5)
