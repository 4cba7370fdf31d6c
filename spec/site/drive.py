"""drive.py - uses a site as a person does, and says what is wrong with it.

    drive.py SITE [--pictures FOLDER] [--search WORDS] [--most MILLISECONDS]

Opens pages of the site in a headless Chromium, from the disk: clicks, types, sorts, presses keys, looks at
what stands there then; measures the search; checks what people need who do not see or do not point
(names of controls, contrast, order of headings, language, landmarks, visible focus); reads without
JavaScript. With --pictures it leaves pictures of the pages, in both themes and on a phone's width.

Prints one line a check, and ends with 1 when one has failed; with 77 when there is no Chromium.
"""

import argparse
import glob
import os
import re
import sys
import time

import browser as chromium

failed = []


def check(good, what, more=""):
    print(("ok    " if good else "WRONG ") + what + (": " + str(more) if more and not good else ""), flush=True)
    if not good:
        failed.append(what)


# What assistive technology needs, asked of the page itself: a list of complaints.
ACCESS = r"""(function () {
  var found = [];
  function seen(node) { return node.getClientRects().length > 0; }
  function name(node) {
    var label = node.getAttribute("aria-label");
    var by = node.getAttribute("aria-labelledby");
    if (label) return label;
    if (by) return by.split(" ").map(function (id) { return (document.getElementById(id) || {}).textContent; }).join(" ");
    if (node.labels && node.labels.length) return node.labels[0].textContent;
    return node.textContent || node.getAttribute("alt") || node.getAttribute("title") || "";
  }
  if (!document.documentElement.lang) found.push("no lang");
  if (!document.title) found.push("no title");
  if (document.querySelectorAll("main").length !== 1) found.push("not one main");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  if (!document.querySelector("body > header nav")) found.push("no navigation");
  var level = 0;
  document.querySelectorAll("h1,h2,h3,h4,h5,h6").forEach(function (head) {
    var now = Number(head.tagName[1]);
    if (level && now > level + 1) found.push("heading jumps from " + level + " to " + now + ": " + head.textContent);
    if (!level && now !== 1) found.push("first heading is not the first level");
    if (!head.textContent.trim()) found.push("empty heading");
    level = now;
  });
  document.querySelectorAll("a[href],button,input,select,summary,[tabindex='0']").forEach(function (node) {
    if (seen(node) && !name(node).trim()) found.push("no name: " + node.outerHTML.slice(0, 80));
  });
  document.querySelectorAll("img:not([alt])").forEach(function () { found.push("picture without alt"); });
  document.querySelectorAll("nav,section[aria-label=''],aside").forEach(function (node) {
    if (!name(node).trim()) found.push("landmark without a name");
  });
  var ids = {};
  document.querySelectorAll("[id]").forEach(function (node) {
    if (ids[node.id]) found.push("the id " + node.id + " twice");
    ids[node.id] = true;
  });
  if (document.documentElement.scrollWidth > window.innerWidth) found.push("wider than the window: " + document.documentElement.scrollWidth);

  function rgb(text) { return (text.match(/[\d.]+/g) || []).map(Number); }
  function light(c) {
    var parts = c.slice(0, 3).map(function (v) { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
  function ground(node) {
    for (; node; node = node.parentElement) {
      var c = rgb(getComputedStyle(node).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  }
  var low = {};
  var walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    var node = walk.currentNode.parentElement;
    if (!walk.currentNode.nodeValue.trim() || !seen(node) || /^(SCRIPT|STYLE|NOSCRIPT)$/.test(node.tagName)) continue;
    var a = light(rgb(getComputedStyle(node).color)), b = light(ground(node));
    var contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) low[node.tagName + "." + node.className] = contrast.toFixed(2);
  }
  Object.keys(low).forEach(function (key) { found.push("contrast " + low[key] + " in " + key); });
  return found;
})()"""

FOCUS = r"""(function () {
  var style = getComputedStyle(document.activeElement);
  return document.activeElement !== document.body && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
})()"""


class Visit:
    def __init__(self, page, folder):
        self.page, self.folder = page, os.path.abspath(folder)

    def open(self, name):
        self.page.open("file://" + self.folder + "/" + name)

    def text(self, selector):
        return self.page.run("(document.querySelector(%r) || {}).innerText || ''" % selector)

    def names(self, pattern):
        return sorted(os.path.relpath(path, self.folder) for path in glob.glob(os.path.join(self.folder, pattern)))


def pages_of(visit):
    articles = visit.names("articles/*.html")
    noted = [name for name in articles if "class=\"side\"" in open(os.path.join(visit.folder, name)).read()]
    turned = [name for name in articles if "<article class=\"reading\" lang=\"ar\"" in open(os.path.join(visit.folder, name)).read()]
    chosen = (noted or articles)[:1] + turned[:1]
    return ["index.html", "table.html", "search.html", "timeline.html", "quotes.html", "compare.html"] + chosen \
        + visit.names("compare/*.html")[:1] + visit.names("quotes/*.html")[:1] + visit.names("sections/*.html")[:1]


def try_contents(visit):
    page = visit.page
    visit.open("index.html")
    size = page.run("performance.getEntriesByType('resource').map(function (r) { return r.name; })")
    total = sum(os.path.getsize(name[len("file://"):]) for name in size) + os.path.getsize(visit.folder + "/index.html")
    check(total < 200000, "the first view is below 200 KB", total)
    page.key("Tab")
    check(page.run("document.activeElement.className") == "skip", "the first stop is the skip link")
    check(page.run(FOCUS), "the focus is visible")
    page.key("Enter")
    check(page.run("location.hash") == "#main", "the skip link leads to the text")
    if page.run("!document.querySelector('.entry a')"):
        return
    page.key("j")
    check(page.run("document.activeElement.closest('.entry') !== null"), "j goes to the first article of the list")
    page.key("Enter")
    page.wait("location.pathname.indexOf('/articles/') > 0 || location.pathname.indexOf('/sections/') > 0", "an article")
    check(True, "Enter opens it")


def try_article(visit):
    page, articles = visit.page, visit.names("articles/*.html")
    if len(articles) < 2:
        return
    visit.open("index.html")
    first = page.run("(document.querySelector('.entry a') || {}).href")
    page.open(first)
    page.key("n")
    page.wait("location.href !== %r && document.readyState === 'complete'" % first, "the next article")
    check(page.run("document.querySelector('link[rel=prev]').href") == first, "n leads on, and p would lead back")
    page.key("p")
    page.wait("location.href === %r && document.readyState === 'complete'" % first, "the article before")
    check(True, "p leads back")
    page.key("c")
    page.wait("/index.html$/.test(location.pathname) && document.readyState === 'complete'", "the contents")
    check(True, "c leads to the contents")


def try_theme(visit):
    page = visit.page
    page.look(1100, 800, "light")
    visit.open("index.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.run(ground)
    page.key("t")
    dark = page.run(ground)
    check(before != dark, "t turns the theme")
    visit.open("table.html")
    check(page.run(ground) == dark, "the theme is remembered")
    page.click("#theme")
    check(page.run(ground) == before, "the button turns it back")
    page.run("localStorage.clear()")
    page.look(1100, 800, "dark")
    visit.open("index.html")
    check(page.run(ground) == dark, "without a choice the system decides")
    page.look(1100, 800, "light")


def try_help(visit):
    page = visit.page
    visit.open("table.html")
    page.key("?", shift=True)
    check(page.run("document.querySelector('dialog').open"), "? shows the keys")
    check("search" in visit.text("dialog"), "and says what they do")
    page.key("Escape")
    check(not page.run("document.querySelector('dialog').open"), "Escape closes them")


def column(page, number):
    return page.run("""[].map.call(document.querySelectorAll("tbody tr:not([hidden])"), function (row) {
      var time = row.cells[%d].querySelector("time");
      return time ? time.dateTime : row.cells[%d].textContent; })""" % (number, number))


def try_table(visit):
    page = visit.page
    visit.open("table.html")
    if page.run("!document.querySelector('tbody')"):
        return
    given = column(page, 0)
    page.click("thead th:nth-child(5) button")
    words = [int(value) for value in column(page, 4)]
    check(words == sorted(words, reverse=True), "the table sorts by words, most first")
    page.click("thead th:nth-child(5) button")
    words = [int(value) for value in column(page, 4)]
    check(words == sorted(words), "and turns round")
    check(page.run("document.querySelector('thead th:nth-child(5)').getAttribute('aria-sort')") == "ascending", "and says so")
    page.click("thead th:nth-child(3) button")
    dates = column(page, 2)
    known = [date for date in dates if date]
    check(known == sorted(known) and dates[:len(known)] == known, "by date, those without one last", dates)
    page.click("thead th:nth-child(1) button")
    check(sorted(given) == sorted(column(page, 0)), "nothing is lost in sorting")
    word = re.findall(r"\w{5,}", given[0])
    if word:
        page.click("#filter")
        page.type(word[0].lower())
        rows = page.run("[].map.call(document.querySelectorAll('tbody tr:not([hidden])'), function (row) { return row.textContent; })")
        check(rows and all(word[0].lower() in row.lower() for row in rows), "the filter keeps rows with a word", rows[:2])
        check(" of " in visit.text("#shown"), "and says how many")


def ask(page, words):
    """Types a query as a whole and waits for what comes; gives the milliseconds."""
    page.run("delete document.documentElement.dataset.took; delete document.documentElement.dataset.passages; var box = document.getElementById('query'); box.value = %r; box.dispatchEvent(new Event('input'));" % words)
    page.wait("document.documentElement.dataset.passages", "results for " + words)
    return float(page.run("document.documentElement.dataset.took"))


HITS = "[].map.call(document.querySelectorAll('#hits li'), function (item) { return item.innerText; })"


def first_article(visit):
    """Headline and words of the text of the first article of the table."""
    visit.open("table.html")
    href = visit.page.run("document.querySelector('tbody a').href")
    visit.page.open(href)
    return visit.page.run("document.querySelector('h1').innerText"), visit.page.run(
        """(function () {
          var paragraph = document.querySelector(".text p");
          if (!paragraph) return "";
          paragraph = paragraph.cloneNode(true);
          paragraph.querySelectorAll(".ref").forEach(function (number) { number.remove(); });
          return paragraph.textContent;
        })()""")


def try_search(visit, queries, most):
    page = visit.page
    visit.open("table.html")
    if page.run("!document.querySelector('tbody')"):
        visit.open("search.html")
        page.wait("document.getElementById('count').textContent", "a word on nothing")
        return
    headline, text = first_article(visit)
    visit.open("index.html")
    page.key("/")
    check(page.run("document.activeElement.name") == "q", "/ goes to the search")
    word = max(re.findall(r"[^\W\d_]+", headline) or ["a"], key=len)
    page.type(word)
    page.key("Enter")
    page.wait("location.pathname.indexOf('search.html') > 0 && document.querySelector('#hits li')", "results")
    hits = page.run(HITS)
    check(any(headline in hit for hit in hits), "a word of a headline finds its article", hits[:2])
    check(page.run("document.querySelectorAll('#hits mark').length") > 0, "and is marked")
    words = re.findall(r"[^\W_]+", text)[:6]
    if len(words) == 6:
        ask(page, "“" + " ".join(words) + "”")
        check(any(headline in hit for hit in page.run(HITS)), "a phrase is found", words)
        ask(page, "“" + " ".join(reversed(words)) + "”")
        check(not any(headline in hit for hit in page.run(HITS)), "but not backwards")
    ask(page, word[:4].upper())
    check(page.run("document.querySelectorAll('#hits li').length") > 0, "the beginning of a word is enough, in any case")
    ask(page, "qqzzxx")
    check(page.run("document.querySelectorAll('#hits li').length") == 0 and "No article" in visit.text("#count"), "no hit says so")
    ask(page, "")
    before = visit.text("#count")
    if page.run("document.querySelector('.facet input') !== null"):
        page.click(".facet input")
        page.wait("document.getElementById('count').textContent !== %r" % before, "a narrower list")
        check(len(page.run("location.hash")) > 1, "a facet narrows down, and the address keeps it")
        page.run("location.reload()")
        time.sleep(0.3)
        page.wait("document.readyState === 'complete' && document.querySelector('.facet input:checked')", "the same after a reload")
        check(visit.text("#count") != before, "and a reload shows the same")
    visit.open("search.html")
    page.wait("document.querySelector('#hits li')", "all articles")
    slow = 0
    for query in queries:
        took = [ask(page, query)]
        passages = float(page.run("document.documentElement.dataset.passages"))
        took += [ask(page, query + " "), ask(page, query)]
        print("      %5.1f ms, passages at %5.1f ms; again %5.1f ms: %s, %s" % (took[0], passages, took[2], query,
                                                                              visit.text("#count")))
        slow = max(slow, max(took))
    if queries:
        check(slow <= most, "no query takes longer than %d ms" % most, slow)


def try_quotes(visit):
    page = visit.page
    said = [name for name in visit.names("articles/*.html")
            if "class=\"said\" href" in open(os.path.join(visit.folder, name)).read()]
    if not said:
        return
    visit.open(said[0])
    who = page.run("document.querySelector('a.said').dataset.who")
    page.run("document.querySelector('a.said').focus()")
    page.key("Tab")
    page.key("Tab", shift=True)  # the focus of a keyboard shows, that of a script need not
    shown = page.run("getComputedStyle(document.querySelector('a.said'), '::after').content")
    check("—" in shown and who, "focus on a quotation shows who speaks", shown)
    page.key("Enter")
    page.wait("location.pathname.indexOf('quotes.html') > 0 && document.readyState === 'complete'", "the quotes")
    check(page.run("document.getElementById(location.hash.slice(1)) !== null"), "and leads to the speaker")


def try_pair(visit):
    page = visit.page
    pairs = visit.names("compare/*.html")
    if not pairs:
        return
    visit.open("compare.html")
    page.click(".twins")
    page.wait("document.querySelector('.columns') && document.readyState === 'complete'", "a pair")
    marks = page.run("""(function () {
      var sides = document.querySelectorAll(".columns article");
      return [].map.call(sides, function (side) { return [].map.call(side.querySelectorAll("[data-passage='1']"),
        function (mark) { return mark.textContent.toLowerCase().replace(/[^a-z0-9]+/g, ""); }).join(""); });
    })()""")
    check(len(marks) == 2 and marks[0] == marks[1], "the first passage is the same on both sides", marks)
    page.run("document.querySelector('[data-passage]').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))")
    check(page.run("document.querySelectorAll('mark.here').length") >= 2, "pointing at it lights both")


def try_all(visit, names):
    page = visit.page
    for name in names:
        for width, theme in ((1200, "light"), (1200, "dark"), (390, "light")):
            page.look(width, 844, theme)
            visit.open(name)
            if name == "search.html":
                page.wait("document.querySelector('#count').textContent", "the search")
            found = page.run(ACCESS)
            check(not found, "%s is accessible at %d, %s" % (name, width, theme), found)
    page.look(1100, 800, "light")


def try_without_scripts(visit, names):
    page = visit.page
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    for name in names:
        visit.open(name)
        inner = page.run("document.querySelector('main').outerHTML")
        bare = re.sub(r"<[^>]*>", "", re.sub(r"(?s)<(\w+)[^>]* class=\"js[ \"].*?</\1>", "", inner)).strip()
        check(len(bare) > 20, name + " can be read without JavaScript", bare)
    page.call("Emulation.setScriptExecutionDisabled", value=False)


def take_pictures(visit, names, folder):
    os.makedirs(folder, exist_ok=True)
    for name in names:
        for theme in ("light", "dark"):
            for width, height in ((1200, 900), (390, 844)):
                visit.page.look(width, height, theme)
                visit.open(name + ("#q=a" if name == "search.html" else ""))
                time.sleep(0.3)
                slug = re.sub(r"\W+", "-", name[:-5])[:50]
                visit.page.picture(os.path.join(folder, "%s-%s-%d.png" % (slug, theme, width)))
        visit.page.look(800, 1000, "dark", media="print")
        visit.open(name)
        visit.page.picture(os.path.join(folder, re.sub(r"\W+", "-", name[:-5])[:50] + "-print.png"))
    visit.page.look(1100, 800, "light")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("site")
    parser.add_argument("--pictures")
    parser.add_argument("--search", action="append", default=[])
    parser.add_argument("--most", type=float, default=50)
    given = parser.parse_args()
    if not chromium.find():
        print("skipped: no Chromium is installed")
        return 77
    with chromium.Browser() as page:
        visit = Visit(page, given.site)
        page.look(1100, 800, "light")
        names = pages_of(visit)
        try_contents(visit)
        try_article(visit)
        try_theme(visit)
        try_help(visit)
        try_table(visit)
        try_search(visit, given.search, given.most)
        try_quotes(visit)
        try_pair(visit)
        try_all(visit, names)
        try_without_scripts(visit, names)
        if given.pictures:
            take_pictures(visit, names, given.pictures)
        check(not page.problems, "the console has nothing to say, and nobody asked the network", page.problems[:5])
    print("%d checks failed" % len(failed) if failed else "all is well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
