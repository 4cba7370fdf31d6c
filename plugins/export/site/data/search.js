/* search.js - the search: words, phrases and beginnings of words, ranked, narrowed down by facets.
 *
 * columns.js has a code an article for each facet; volumes of the dictionary (N.js) tell where words stand;
 * heads-N.js and text-N.js have what is shown. Each is loaded as a script when it is needed, for a
 * page from a disk may load nothing else. Words are cut and folded as lib/words.lua does it.
 *
 *   query -> groups of words (a phrase is one group) -> places a group -> articles that have all groups */
(function () {
  "use strict";
  var PAGE = 20, BEGINNINGS = 60; /* results at once; words that one beginning may stand for */
  var columns, volumes = {}, heads = {}, texts = {}, waiting = {};
  var value = {}, last = new Int8Array(128).fill(-1), more = new Int8Array(128).fill(-1);

  /* ---- what the data files call ---- */
  window.sheafColumns = function (data) {
    columns = data;
    data.last.split("").forEach(function (c, i) { last[c.charCodeAt(0)] = i; });
    data.more.split("").forEach(function (c, i) { more[c.charCodeAt(0)] = i; });
  };
  window.sheafWords = function (data) { volumes[data[0]] = data[1]; };
  window.sheafHeads = function (data) { heads[data[0]] = data[1]; };
  window.sheafTexts = function (data) { texts[data[0]] = data[1]; };

  function load(name, done) {
    if (waiting[name] === true) return done();
    if (waiting[name]) return waiting[name].push(done);
    waiting[name] = [done];
    var script = document.createElement("script");
    script.src = "search/" + name + ".js";
    script.onload = script.onerror = function () {
      var all = waiting[name];
      waiting[name] = true;
      all.forEach(function (call) { call(); });
    };
    document.head.appendChild(script);
  }
  function loadAll(names, done) {
    var left = names.length;
    if (!left) return done();
    names.forEach(function (name) { load(name, function () { if (!--left) done(); }); });
  }

  /* ---- numbers ---- */
  function decode(text) {
    var out = new Int32Array(text.length), n = 0, sum = 0;
    for (var i = 0; i < text.length; i++) {
      var c = text.charCodeAt(i), high = more[c];
      if (high >= 0) {
        sum = sum * 29 + high + 1;
      } else {
        out[n++] = sum * 62 + last[c];
        sum = 0;
      }
    }
    return out.subarray(0, n);
  }

  /* ---- words ---- */
  function fold(text) {
    if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().toLowerCase().normalize("NFKD")
      .replace(/\p{M}/gu, "").replace(/ς/g, "σ");
  }
  var alone = /(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])/u;
  function cut(text) {
    var out = [];
    (fold(text).match(/[\p{L}\p{N}]+/gu) || []).forEach(function (run) {
      run.split(alone).forEach(function (word) { if (word) out.push(word); });
    });
    return out;
  }

  /* "a phrase" word beginn* -> [{ words: […], open: is the last one a beginning }] */
  function parse(query) {
    var groups = [], parts = query.match(/["“”„«»][^"“”„«»]*["“”„«»]?|[^\s"“”„«»]+/g) || [];
    parts.forEach(function (part, i) {
      var words = cut(part), quoted = /^["“”„«»]/.test(part);
      if (!words.length) return;
      var open = !quoted && (/\*$/.test(part) || (i === parts.length - 1 && !/\s$/.test(query)));
      groups.push({ words: words, open: open && words[words.length - 1].length > 1 });
    });
    return groups;
  }

  /* ---- the dictionary; its order is that of bytes, which is that of code points ---- */
  function before(a, b) {
    var i = 0;
    while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
    if (i >= b.length) return false;
    if (i >= a.length) return true;
    var x = a.charCodeAt(i), y = b.charCodeAt(i);
    var highX = x >= 0xD800 && x <= 0xDFFF, highY = y >= 0xD800 && y <= 0xDFFF;
    return highX === highY ? x < y : highY;
  }
  function volumeOf(word) {
    var low = 0, high = columns.volumes.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (before(word, columns.volumes[middle])) high = middle; else low = middle + 1;
    }
    return low; /* volumes count from 1 */
  }
  function volumesOf(word, open) {
    var first = Math.max(1, volumeOf(word)), list = [first];
    while (open && list.length < 8 && columns.volumes[first] && columns.volumes[first].indexOf(word) === 0) list.push(++first);
    return list;
  }
  function line(text, at) {
    var blank = text.indexOf(" ", at);
    return { word: text.slice(at, blank), codes: text.slice(blank + 1, text.indexOf("\n", blank)) };
  }
  function linesOf(word, open) {
    var found = [];
    volumesOf(word, open).forEach(function (number) {
      var text = volumes[number] || "", at = text.indexOf("\n" + word + (open ? "" : " "));
      while (at >= 0 && found.length < BEGINNINGS) {
        found.push(line(text, at + 1));
        at = open ? text.indexOf("\n" + word, at + 1) : -1;
      }
    });
    return found;
  }

  /* Where a word stands: for each of its articles, its positions from starts[i] to starts[i + 1]. */
  function posting(codes) {
    var numbers = decode(codes), articles = [], starts = [], places = new Int32Array(numbers.length), n = 0;
    var article = -1, i = 0;
    while (i < numbers.length) {
      article += numbers[i++] + 1;
      articles.push(article);
      starts.push(n);
      var end = i + 2 + numbers[i++], position = 0;
      while (i < end) places[n++] = position += numbers[i++];
    }
    starts.push(n);
    return { articles: articles, starts: starts, places: places };
  }
  var memory = new Map(); /* people type on: the words before the last one stay */
  function postings(word, open) {
    var key = word + (open ? "*" : ""), known = memory.get(key);
    if (known) return known;
    known = linesOf(word, open).map(function (entry) { return posting(entry.codes); });
    if (memory.size > 100) memory.clear();
    memory.set(key, known);
    return known;
  }

  /* For each article how often a group is in it; a place in the headline counts four times. */
  function addPlace(weights, article, place) { weights[article] += place <= value.heads[article] ? 4 : 1; }

  function weighWord(weights, word, open) {
    postings(word, open).forEach(function (one) {
      for (var i = 0; i < one.articles.length; i++) {
        var article = one.articles[i], from = one.starts[i], to = one.starts[i + 1], head = value.heads[article];
        weights[article] += to - from;
        while (from < to && one.places[from++] <= head) weights[article] += 3; /* the headline comes first */
      }
    });
  }
  /* Counts, for each article, the words of the phrase up to here that end at a place: a chain of words. */
  function weighPhrase(weights, group) {
    var ends = new Map(); /* article -> places where the phrase so far ends */
    group.words.forEach(function (word, n) {
      var longer = new Map();
      postings(word, group.open && n === group.words.length - 1).forEach(function (one) {
        for (var i = 0; i < one.articles.length; i++) {
          var article = one.articles[i], before = n ? ends.get(article) : null;
          if (n && !before) continue;
          var list = longer.get(article) || [], at = 0;
          for (var k = one.starts[i]; k < one.starts[i + 1]; k++) {
            var place = one.places[k];
            if (before) {
              while (at < before.length && before[at] < place - 1) at++;
              if (before[at] !== place - 1) continue;
            }
            list.push(place);
          }
          if (list.length) longer.set(article, list);
        }
      });
      longer.forEach(function (list) { list.sort(function (a, b) { return a - b; }); });
      ends = longer;
    });
    var back = group.words.length - 1;
    ends.forEach(function (list, article) {
      list.forEach(function (place) { addPlace(weights, article, place - back); });
    });
  }

  /* BM25 over the groups; 0 where one of them is missing. */
  function rank(groups) {
    if (!groups.length) return null;
    var total = columns.count, scores = new Float64Array(total).fill(1), sums = new Float64Array(total);
    groups.forEach(function (group) {
      var weights = new Float32Array(total), having = 0;
      if (group.words.length === 1) weighWord(weights, group.words[0], group.open);
      else weighPhrase(weights, group);
      for (var i = 0; i < total; i++) if (weights[i]) having++;
      var idf = Math.log(1 + (total - having + 0.5) / (having + 0.5));
      for (i = 0; i < total; i++) {
        if (!weights[i]) scores[i] = 0;
        else sums[i] += idf * weights[i] * 2.2 / (weights[i] + 1.2 * (0.25 + 0.75 * value.words[i] / value.mean));
      }
    });
    for (var i = 0; i < total; i++) scores[i] = scores[i] ? sums[i] || 1e-9 : 0;
    return scores;
  }

  /* ---- facets ---- */
  var facets = [["outlet", "Outlet"], ["month", "Month"], ["author", "Author"], ["language", "Language"], ["section", "Section"]];
  var chosen = {}, openFacets = {};
  facets.forEach(function (facet) { chosen[facet[0]] = new Set(); });

  /* The articles that pass what is chosen, but for one facet: its own counts do not go by its own choice. */
  function passing(articles, except) {
    facets.forEach(function (facet) {
      var name = facet[0], set = chosen[name], codes = value[name];
      if (name !== except && set.size) articles = articles.filter(function (article) { return set.has(codes[article]); });
    });
    return articles;
  }
  function label(name, text) {
    if (!text) return "(none)";
    var month = name === "month" && /^(\d{4})-(\d\d)$/.exec(text);
    if (month) return new Date(Date.UTC(+month[1], +month[2] - 1, 1)).toLocaleDateString("en", { month: "short", year: "numeric", timeZone: "UTC" });
    if (name === "language") {
      try { return new Intl.DisplayNames("en", { type: "language" }).of(text); } catch (e) { return text; }
    }
    return text;
  }
  function element(name, options, parent) {
    var node = document.createElement(name);
    Object.keys(options || {}).forEach(function (key) { node[key] = options[key]; });
    if (parent) parent.appendChild(node);
    return node;
  }
  function option(box, name, number, count) {
    var row = element("label", {}, box);
    var input = element("input", { type: "checkbox", checked: chosen[name].has(number) }, row);
    element("span", { textContent: label(name, columns.columns[name].names[number]), dir: "auto" }, row);
    element("span", { textContent: count.toLocaleString("en") }, row);
    input.dataset.facet = name;
    input.dataset.value = number;
  }
  function drawFacet(box, facet, articles) {
    var name = facet[0], names = columns.columns[name].names;
    if (names.length < 2) return;
    var counts = new Array(names.length).fill(0);
    passing(articles, name).forEach(function (article) { counts[value[name][article]]++; });
    var order = names.map(function (unused, i) { return i; }).filter(function (i) { return counts[i] || chosen[name].has(i); });
    order.sort(function (a, b) {
      if (name === "month") return names[a] < names[b] ? 1 : -1;
      return counts[b] - counts[a] || a - b;
    });
    if (!order.length) return;
    var set = element("fieldset", { className: "facet" }, box);
    element("legend", { textContent: facet[1] }, set);
    order.slice(0, 7).forEach(function (i) { option(set, name, i, counts[i]); });
    if (order.length > 7) {
      var details = element("details", { open: !!openFacets[name] }, set);
      element("summary", { textContent: (order.length - 7).toLocaleString("en") + " more" }, details);
      var fill = function () {
        if (details.open && details.children.length === 1) {
          order.slice(7, 100).forEach(function (i) { option(details, name, i, counts[i]); });
        }
      };
      fill();
      details.addEventListener("toggle", function () {
        openFacets[name] = details.open;
        fill();
      });
    }
  }
  function drawFacets(articles) {
    var box = document.getElementById("facets"), focused = document.activeElement && document.activeElement.dataset;
    var key = focused && focused.facet ? [focused.facet, focused.value] : null;
    box.textContent = "";
    facets.forEach(function (facet) { drawFacet(box, facet, articles); });
    var again = key && box.querySelector("[data-facet='" + key[0] + "'][data-value='" + key[1] + "']");
    if (again) again.focus();
  }

  /* ---- results ---- */
  function chunkOf(article) {
    var list = columns.texts, low = 0, high = list.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (article + 1 < list[middle]) high = middle; else low = middle + 1;
    }
    return low; /* counts from 1 */
  }
  function headFile(article) { return Math.floor(article / columns.heads_each) + 1; }
  function headOf(article) {
    var list = heads[headFile(article)];
    return list && list[article % columns.heads_each];
  }
  function textOf(article) {
    var chunk = chunkOf(article);
    return texts[chunk] ? texts[chunk][article + 1 - columns.texts[chunk - 1]] : "";
  }

  /* Stretches of text whose words match, found as the dictionary would find them. */
  function matches(text, groups) {
    var words = [], expression = /[\p{L}\p{N}\p{M}]+/gu, found = [], run;
    while ((run = expression.exec(text)) && words.length < 20000) {
      var at = run.index;
      run[0].split(alone).forEach(function (word) {
        var folded = fold(word);
        if (folded) words.push({ word: folded, from: at, to: at + word.length });
        at += word.length;
      });
    }
    groups.forEach(function (group) {
      var n = group.words.length;
      for (var i = 0; i + n <= words.length; i++) {
        for (var k = 0; k < n; k++) {
          var here = words[i + k].word, wanted = group.words[k];
          if (here !== wanted && !(group.open && k === n - 1 && here.indexOf(wanted) === 0)) break;
        }
        if (k === n) found.push([words[i].from, words[i + n - 1].to]);
      }
    });
    return found.sort(function (a, b) { return a[0] - b[0]; });
  }
  function highlight(node, text, found) {
    var at = 0;
    found.forEach(function (stretch) {
      if (stretch[0] < at) return;
      node.appendChild(document.createTextNode(text.slice(at, stretch[0])));
      element("mark", { textContent: text.slice(stretch[0], stretch[1]) }, node);
      at = stretch[1];
    });
    node.appendChild(document.createTextNode(text.slice(at)));
  }
  /* The passage of some 260 characters with most matches. */
  function passage(node, text, groups) {
    var found = matches(text, groups), from = 0, best = 0;
    found.forEach(function (stretch, i) {
      var count = 0;
      while (i + count < found.length && found[i + count][0] < stretch[0] + 200) count++;
      if (count > best) { best = count; from = Math.max(0, stretch[0] - 60); }
    });
    if (from > 0) {
      var blank = text.indexOf(" ", from);
      if (blank >= 0 && blank < from + 30) from = blank + 1;
    }
    var to = Math.min(text.length, from + 260), end = text.lastIndexOf(" ", to);
    if (to < text.length && end > from + 180) to = end;
    var part = text.slice(from, to), inside = [];
    found.forEach(function (stretch) {
      if (stretch[0] >= from && stretch[1] <= to) inside.push([stretch[0] - from, stretch[1] - from]);
    });
    if (from > 0) node.appendChild(document.createTextNode("… "));
    highlight(node, part, inside);
    if (to < text.length) node.appendChild(document.createTextNode(" …"));
  }
  /* Gives the paragraph for the passage, which comes later. */
  function drawHit(list, article, groups) {
    var head = headOf(article) || ["table.html", "?", "", "", "", ""];
    var item = element("li", {}, list), link = element("a", { href: head[0], dir: "auto" }, item);
    if (head[5]) link.lang = head[5];
    highlight(link, head[1], matches(head[1], groups));
    element("span", { className: "credits", textContent: [head[2], head[3], head[4]].filter(Boolean).join(" · ") }, item);
    var text = element("p", { dir: "auto" }, item);
    if (head[5]) text.lang = head[5];
    return text;
  }

  /* ---- the page ---- */
  var box, order, hits, count, button, shown, now, turn = 0;

  function sorted(articles, scores) {
    var by = order.value;
    return articles.slice().sort(function (a, b) {
      if (by === "best") return (scores ? scores[b] - scores[a] : 0) || a - b;
      var x = value.days[a], y = value.days[b];
      if (!x || !y) return x === y ? a - b : x ? -1 : 1;
      return (by === "new" ? y - x : x - y) || a - b;
    });
  }
  /* Headlines first, which are soon there; then passages, from files of their own. */
  function showMore(mine) {
    var part = now.list.slice(shown, shown + PAGE), began = now.began, names = {}, chunks = {};
    part.forEach(function (article) {
      names["heads-" + headFile(article)] = true;
      chunks["text-" + chunkOf(article)] = true;
    });
    loadAll(Object.keys(names), function () {
      if (mine !== turn) return;
      if (!shown) hits.textContent = "";
      var groups = now.groups, texts = part.map(function (article) { return drawHit(hits, article, groups); });
      shown += part.length;
      button.hidden = shown >= now.list.length;
      tell("took", began);
      loadAll(Object.keys(chunks), function () {
        if (mine !== turn) return;
        part.forEach(function (article, i) { passage(texts[i], textOf(article), groups); });
        tell("passages", began);
      });
    });
  }
  /* For those who measure. */
  function tell(name, began) { document.documentElement.dataset[name] = (performance.now() - began).toFixed(1); }
  function narrow() {
    var mine = ++turn;
    drawFacets(now.articles);
    now.list = sorted(passing(now.articles, null), now.scores);
    count.textContent = now.list.length === 1 ? "1 article" : now.list.length ? now.list.length.toLocaleString("en") + " articles"
      : "No article has all of this. Try fewer words, or the beginning of one.";
    shown = 0;
    if (!now.list.length) hits.textContent = "";
    showMore(mine);
    remember();
  }
  /* The address keeps the question, so that a search can be handed on. */
  function remember() {
    var parts = new URLSearchParams();
    if (box.value) parts.set("q", box.value);
    if (order.value !== "best") parts.set("order", order.value);
    facets.forEach(function (facet) {
      chosen[facet[0]].forEach(function (number) { parts.append(facet[0], columns.columns[facet[0]].names[number]); });
    });
    var hash = "#" + parts.toString();
    if (location.hash !== hash && (location.hash || hash !== "#")) location.replace(hash);
  }
  function recall() {
    var parts = new URLSearchParams(location.hash.slice(1) || location.search.slice(1));
    box.value = parts.get("q") || "";
    if (/^(new|old)$/.test(parts.get("order"))) order.value = parts.get("order");
    facets.forEach(function (facet) {
      parts.getAll(facet[0]).forEach(function (name) {
        var number = columns.columns[facet[0]].names.indexOf(name);
        if (number >= 0) chosen[facet[0]].add(number);
      });
    });
  }
  function search() {
    var began = performance.now(), groups = parse(box.value), names = {}, mine = ++turn;
    groups.forEach(function (group) {
      group.words.forEach(function (word, i) {
        volumesOf(word, group.open && i === group.words.length - 1).forEach(function (number) { names[number] = true; });
      });
    });
    loadAll(Object.keys(names), function () {
      if (mine !== turn) return;
      var scores = rank(groups), articles = [];
      for (var i = 0; i < columns.count; i++) if (!scores || scores[i]) articles.push(i);
      now = { groups: groups, scores: scores, articles: articles, began: began };
      narrow();
    });
  }

  function begin() {
    box = document.getElementById("query");
    order = document.getElementById("order");
    hits = document.getElementById("hits");
    count = document.getElementById("count");
    button = document.getElementById("more");
    if (!columns) { count.textContent = "The index of this site is missing: search/columns.js"; return; }
    facets.forEach(function (facet) { value[facet[0]] = decode(columns.columns[facet[0]].codes); });
    ["days", "words", "heads"].forEach(function (name) { value[name] = decode(columns[name]); });
    value.mean = Math.max(1, value.words.reduce(function (a, b) { return a + b; }, 0) / Math.max(1, columns.count));
    var wide = matchMedia("(min-width: 44.01rem)"), facetsBox = document.getElementById("narrow");
    function unfold() { facetsBox.open = wide.matches; }
    wide.addEventListener("change", unfold);
    unfold();
    recall();
    box.addEventListener("input", search);
    order.addEventListener("change", narrow);
    button.addEventListener("click", function () { showMore(turn); });
    document.getElementById("search").addEventListener("submit", function (event) { event.preventDefault(); search(); });
    document.getElementById("facets").addEventListener("change", function (event) {
      var data = event.target.dataset;
      if (!data.facet) return;
      var set = chosen[data.facet], number = Number(data.value);
      if (event.target.checked) set.add(number); else set.delete(number);
      narrow();
    });
    if (!location.hash && !location.search) box.focus();
    search();
    for (var i = 0; i < Math.min(columns.count, 20000); i += columns.heads_each) load("heads-" + headFile(i), function () {});
  }
  document.addEventListener("DOMContentLoaded", begin);
})();
