#!/usr/bin/env python3
"""score.py - how well the article is found, held against gold, each set apart.

  score.py cross --tool BENCH-PAGE-ROWS --train ROOT [--folds 5] [-o OUT.json]
      trains on the other domains, judges the pages of each fold with those trees and
      the rules after them; OUT.json keeps the bodies, to compare with later.

  score.py found ROWS.jsonl --train ROOT --set NAME
      scores what `sheaf pack pages/ -o x.sheaf && sheaf export jsonl x.sheaf` says:
      body, headline, date and authors. provenance.file names the page.

  score.py bodies OUT.json --train ROOT
      scores bodies kept before.

Each takes --against OTHER.json: the differences, with intervals, by the paired bootstrap.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402

import data  # noqa: E402
import metrics  # noqa: E402


# ---- bodies by cross-validation ---------------------------------------------------------

def probabilities(pages, folds):
    """Scores of the blocks of each page, by trees that saw no page of its domain."""
    import train
    fold = data.folds_of(pages, folds)
    scores = {}
    for k in range(folds):
        table = train.fit([p for p, f in zip(pages, fold) if f != k])
        for page in (p for p, f in zip(pages, fold) if f == k):
            *_, last = table.sums(page.rows)
            scores[page.set, page.name] = page.doubt / (1 + np.exp(-last / train.SCALE))
        print(f"fold {k + 1} of {folds}", file=sys.stderr)
    return scores


def parse_verdicts(output):
    """name -> the kept blocks' texts, from what the tool prints with scores."""
    lines = output.decode("utf-8", "replace").split("\n")
    bodies, at = {}, 0
    while at < len(lines) and lines[at]:
        _, name, count = lines[at].split(" ")
        blocks = [line.split("\t", 4) for line in lines[at + 1:at + 1 + int(count)]]
        bodies[name[:-len(".html")]] = "\n".join(b[4] for b in blocks if b[0] == "kept")
        at += 1 + int(count)
    return bodies


def judged(tool, root, set_name, pages, scores):
    """The bodies that the C rules make of these scores."""
    with tempfile.TemporaryDirectory() as folder:
        names, values = os.path.join(folder, "list"), os.path.join(folder, "scores")
        with open(names, "w", encoding="utf-8") as file:
            for page in pages:
                file.write(os.path.join(root, set_name, "pages", page.name + ".html") + "\n")
        np.concatenate([scores[set_name, p.name] for p in pages]).astype("<f4").tofile(values)
        return parse_verdicts(subprocess.run([tool, names, values], stdout=subprocess.PIPE,
                                             check=True).stdout)


def cross(options):
    pages = []
    for name in data.SETS:
        pages += data.load_set(options.tool, options.train, name)[1]
    scores = probabilities(pages, options.folds)
    return {name: judged(options.tool, options.train, name, [p for p in pages if p.set == name],
                         scores) for name in data.SETS}


# ---- bodies and fields of the real tool ------------------------------------------------

def exported(path):
    """name of the page -> its row."""
    rows = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            name = os.path.basename((row.get("provenance") or {}).get("file") or "")
            rows[name[:-len(".html")] if name.endswith(".html") else name] = row
    return rows


def names_of(row):
    return [a.get("name") if isinstance(a, dict) else a for a in row.get("authors") or []]


def score_fields(rows, gold):
    """headline, date, authors: (share right, how many pages have gold) each."""
    right = {"headline": [], "date": [], "authors (set)": [], "authors (F1)": []}
    for name, wanted in gold.items():
        row = rows.get(name, {})
        if wanted.get("title"):
            right["headline"].append(metrics.headline_right(row.get("headline"), wanted["title"]))
        if wanted.get("date"):
            right["date"].append(metrics.date_right(row.get("published"), wanted["date"]))
        if data.as_list(wanted.get("authors")):
            same, share = metrics.author_score(names_of(row), data.as_list(wanted["authors"]))
            right["authors (set)"].append(same)
            right["authors (F1)"].append(share)
    return right


def print_fields(set_name, right):
    for field, values in right.items():
        mean, low, high = metrics.interval(values)
        print(f"{set_name:10s} {field:14s} {mean:.4f} [{low:.4f} {high:.4f}]  {len(values)} pages")


# ---- scoring bodies --------------------------------------------------------------------

def score_bodies(bodies, gold):
    """measure -> array of (precision, recall, F1) by page, and rates of snippets."""
    names = sorted(n for n in gold if gold[n].get("body"))
    found = {m: np.array([score(bodies.get(n, ""), gold[n]["body"]) for n in names])
             for m, score in metrics.MEASURES.items()}
    rates = [metrics.snippet_rates(bodies.get(n, ""), gold[n]) for n in names]
    return found, rates


def print_bodies(set_name, found, rates):
    for measure, values in found.items():
        mean, low, high = metrics.interval(values[:, 2])
        precision, recall = values[:, 0].mean(), values[:, 1].mean()
        print(f"{set_name:10s} {measure:9s} F1 {mean:.4f} [{low:.4f} {high:.4f}]  "
              f"P {precision:.4f} R {recall:.4f}  F1 of means {metrics.harmonic(precision, recall):.4f}"
              f"  {len(values)} pages")
    for name, column in (("with", 0), ("without", 1)):
        rate = [r[column] for r in rates if r[column] is not None]
        if rate:
            print(f"{set_name:10s} {name:9s} {np.mean(rate):.4f}")


def print_difference(set_name, found, other):
    for measure, values in found.items():
        mean, low, high = metrics.interval(values[:, 2] - other[measure][:, 2])
        print(f"{set_name:10s} {measure:9s} better by {mean:+.4f} [{low:+.4f} {high:+.4f}]")


def report(bodies, options):
    other = None
    if options.against:
        with open(options.against, encoding="utf-8") as file:
            other = json.load(file)
    for name in sorted(bodies):
        gold = data.gold_of(os.path.join(options.train, name))
        found, rates = score_bodies(bodies[name], gold)
        print_bodies(name, found, rates)
        if other and name in other:
            print_difference(name, found, score_bodies(other[name], gold)[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("cross", "found", "bodies"))
    parser.add_argument("file", nargs="?", help="rows as JSONL, or bodies kept before")
    parser.add_argument("--tool", help="bench-page-rows, as built")
    parser.add_argument("--train", required=True, help="folder with the unpacked sets")
    parser.add_argument("--set", help="the set that the rows are of")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--against", help="bodies to compare with")
    parser.add_argument("-o", "--output", help="keep the bodies here")
    options = parser.parse_args()
    if options.what == "cross":
        bodies = cross(options)
    elif options.what == "bodies":
        with open(options.file, encoding="utf-8") as file:
            bodies = json.load(file)
    else:
        rows = exported(options.file)
        bodies = {options.set: {n: row.get("text") or "" for n, row in rows.items()}}
        gold = data.gold_of(os.path.join(options.train, options.set))
        print_fields(options.set, score_fields(rows, gold))
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            json.dump(bodies, file, ensure_ascii=False)
    report(bodies, options)


if __name__ == "__main__":
    main()
