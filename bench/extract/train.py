#!/usr/bin/env python3
"""train.py - makes core/page/page_trees_table.c from the training pages.

  ./dev train            write it
  ./dev train --check    compare instead

The same pages, features and library give the same bytes: pages sorted, one thread,
a fixed seed, whole numbers in the table.

Gradient boosted trees (scikit-learn's HistGradientBoosting), one stage. A leaf's value is
a sixteen-bit number in 1/2048 of log odds, a threshold a sixteen-bit number.
"""

import argparse
import os
import sys

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402

import data  # noqa: E402

PARAMETERS = {
    "max_iter": 100,
    "learning_rate": 0.15,
    "max_leaf_nodes": 16,
    "max_depth": 7,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "max_bins": 255,
    "early_stopping": False,
    "random_state": 1,
}
SCALE = 2048  # of log odds
PAGE_WEIGHT = {"fundus258": 200.0, "wcxb_dev": 100.0}  # news counts double: it is what we read
CHECK_EVERY = 8  # trees, after which blocks that are beyond doubt are left
DOUBT = 0.5  # log odds: a block left early must be this far on the same side in the end ...
TURNS = 0.002  # ... but for this share of blocks


def arrays(pages):
    """Rows, labels and weights of the blocks in doubt of all pages that have a body block;
    pages of a set weigh the same."""
    rows, labels, weights = [], [], []
    for page in pages:
        label, weight = (values[page.doubt] for values in data.labels_of(page))
        if label.sum() == 0:
            continue
        rows.append(page.rows[page.doubt])
        labels.append(label)
        weights.append(weight / weight.sum() * PAGE_WEIGHT[page.set])
    return np.vstack(rows), np.concatenate(labels), np.concatenate(weights)


def fit(pages):
    """The table of trees trained on pages."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    rows, labels, weights = arrays(pages)
    table = Table(HistGradientBoostingClassifier(**PARAMETERS).fit(rows, labels, weights))
    table.find_doubts(rows)
    return table


def breadth_first(nodes):
    """The nodes of a tree so that the two children of one stand side by side."""
    order, children = [0], {}
    for index in order:
        node = nodes[index]
        if not node["is_leaf"]:
            children[index] = len(order)
            order += [int(node["left"]), int(node["right"])]
    return order, children


class Table:
    """Trees as flat arrays of whole numbers."""

    def __init__(self, model):
        self.base = int(round(float(np.ravel(model._baseline_prediction)[0]) * SCALE))
        self.nodes, self.values, self.starts, self.depths = [], [], [], []
        for predictors in model._predictors:
            self.add(predictors[0].nodes)

    def add(self, nodes):
        order, children = breadth_first(nodes)
        self.starts.append(len(self.nodes))
        self.depths.append(int(max(nodes["depth"])))
        for place, index in enumerate(order):
            node = nodes[index]
            if node["is_leaf"]:
                self.nodes.append((0, 32767, place))
                self.values.append(int(np.clip(round(float(node["value"]) * SCALE), -32768, 32767)))
            else:
                threshold = int(np.clip(np.floor(node["num_threshold"]), -32768, 32767))
                self.nodes.append((int(node["feature_idx"]), threshold, children[index]))
                self.values.append(0)

    def sums(self, rows):
        """What the C code computes, in 1/SCALE of log odds: after each tree."""
        total = np.full(len(rows), self.base, np.int64)
        feature, threshold, left = (np.array(c) for c in zip(*self.nodes))
        values = np.array(self.values)
        every = np.arange(len(rows))
        for start, depth in zip(self.starts, self.depths):
            at = np.zeros(len(rows), np.int64)
            for _ in range(depth):
                node = start + at
                at = left[node] + (rows[every, feature[node]] > threshold[node])
            total += values[start + at]
            yield total

    def find_doubts(self, rows):
        """Between which sums, at each check, a block may still turn out either way."""
        checks = [total.copy() for i, total in enumerate(self.sums(rows), 1)
                  if i % CHECK_EVERY == 0 or i == len(self.starts)]
        body, other = checks[-1] > -DOUBT * SCALE, checks[-1] < DOUBT * SCALE
        self.doubts = [(int(np.quantile(sums[body], TURNS)), int(np.quantile(sums[other], 1 - TURNS)))
                       for sums in checks]


def wrapped(items, width=100):
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) + 2 > width:
            lines.append(line)
            line = "   "
        line += " " + item + ","
    return "\n".join(lines + [line])


def source(table, columns):
    return f"""/* page_trees_table.c - made by bench/extract/train.py; not to be edited by hand.
 *
 * {len(table.starts)} trees over {len(columns)} features, {len(table.nodes)} nodes. */
#include "page/page_trees.h"

/* clang-format off */
const int32_t sheaf_page_trees_base = {table.base};
const int32_t sheaf_page_trees_count = {len(table.starts)};
const int32_t sheaf_page_trees_features = {len(columns)};

/* The first node of each tree, and how deep it is. */
const uint16_t sheaf_page_trees_starts[] = {{
{wrapped([str(s) for s in table.starts])}
}};
const uint8_t sheaf_page_trees_depths[] = {{
{wrapped([str(d) for d in table.depths])}
}};

/* threshold, feature, left child; the right one stands beside it. A leaf is its own child. */
const sheaf_page_tree_node sheaf_page_trees_nodes[] = {{
{wrapped([f"{{{t},{f},{l}}}" for f, t, l in table.nodes])}
}};

/* After each {CHECK_EVERY} trees: between these sums there is doubt. */
const int32_t sheaf_page_trees_check_every = {CHECK_EVERY};
const sheaf_page_tree_doubt sheaf_page_trees_doubts[] = {{
{wrapped([f"{{{low},{high}}}" for low, high in table.doubts])}
}};

/* Of leaves: log odds, in 1/{SCALE}. */
const int16_t sheaf_page_trees_values[] = {{
{wrapped([str(v) for v in table.values])}
}};
/* clang-format on */
"""


def main():
    parser = argparse.ArgumentParser(description="Trains the trees that find the article in a page.")
    parser.add_argument("--tool", required=True, help="bench-page-rows, as built")
    parser.add_argument("--train", required=True, help="folder with the unpacked training sets")
    parser.add_argument("-o", "--output", required=True, help="page_trees_table.c")
    parser.add_argument("--check", action="store_true", help="compare with the file; write nothing")
    options = parser.parse_args()
    pages, columns = [], []
    for name in data.SETS:
        columns, more = data.load_set(options.tool, options.train, name)
        pages += more
    text = source(fit(pages), columns)
    if options.check:
        with open(options.output, encoding="utf-8") as file:
            same = file.read() == text
        print("the same bytes" if same else "other bytes than the file has")
        return 0 if same else 1
    with open(options.output, "w", encoding="utf-8") as file:
        file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
