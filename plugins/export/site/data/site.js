/* site.js - theme, keys, the sortable table, passages side by side.
 *
 * Loaded in the head, so that the theme is right before anything is seen. Pages say nothing by scripts that
 * they do not say without. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("scripted");

  /* ---- theme: as the system has it, until somebody chooses ---- */
  function stored() {
    try { return localStorage.getItem("theme"); } catch (e) { return null; }
  }
  function setTheme(theme) {
    root.setAttribute("data-theme", theme);
    try { localStorage.setItem("theme", theme); } catch (e) { /* a browser that keeps nothing */ }
  }
  var theme = stored();
  if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
  function isDark() {
    var chosen = root.getAttribute("data-theme");
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function nameTheme() {
    var button = document.getElementById("theme");
    if (!button) return;
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Light theme" : "Dark theme");
  }
  function toggleTheme() {
    setTheme(isDark() ? "light" : "dark");
    nameTheme();
  }

  function element(name, text, parent) {
    var node = document.createElement(name);
    if (text) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  }

  /* ---- help ---- */
  var keys = [["/", "search"], ["n  j", "next article, or next in a list"],
    ["p  k", "previous article, or previous in a list"], ["t", "light or dark"], ["c", "contents"],
    ["?", "this help"], ["Esc", "close"]];
  var dialog;
  function help() {
    if (!dialog) {
      dialog = element("dialog", "", document.body);
      dialog.setAttribute("aria-labelledby", "keys-title");
      element("h2", "Keys", dialog).id = "keys-title";
      var list = element("dl", "", dialog);
      keys.forEach(function (key) {
        var term = element("dt", "", list);
        key[0].split("  ").forEach(function (one, i) {
          if (i) term.appendChild(document.createTextNode(" "));
          element("kbd", one, term);
        });
        element("dd", key[1], list);
      });
      var button = element("button", "Close", dialog);
      button.type = "button";
      button.addEventListener("click", function () { dialog.close(); });
    }
    if (dialog.open) dialog.close(); else dialog.showModal();
  }

  /* ---- keys ---- */
  function go(relation) {
    var link = document.querySelector("link[rel=" + relation + "]");
    if (link) location.href = link.href;
    return !!link;
  }
  function step(by) {
    var list = [].slice.call(document.querySelectorAll("main .entry a, main tbody tr:not([hidden]) th a, #hits a, .twins, figure > figcaption a"));
    if (!list.length) return;
    var at = list.indexOf(document.activeElement);
    var next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
    list[next].focus();
  }
  function find() {
    var box = document.querySelector("#query, .find input");
    if (box) { box.focus(); box.select(); }
  }
  var actions = {
    "/": find, "?": help, t: toggleTheme,
    n: function () { go("next") || step(1); }, j: function () { go("next") || step(1); },
    p: function () { go("prev") || step(-1); }, k: function () { go("prev") || step(-1); },
    c: function () { location.href = document.querySelector(".home").href; }
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var target = event.target;
    if (target.matches && target.matches("input:not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (dialog && dialog.open && event.key !== "?") return;
    var action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  /* ---- table ---- */
  function sortable(table) {
    var body = table.tBodies[0], rows = [].slice.call(body.rows), heads = table.tHead.rows[0].cells;
    var collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
    function value(row, column) {
      var cell = row.cells[column], time = cell.querySelector("time");
      return time ? time.getAttribute("datetime") : cell.textContent;
    }
    function sort(column, down, number) {
      var list = rows.map(function (row, i) { return { row: row, key: value(row, column), i: i }; });
      list.sort(function (a, b) {
        if (!a.key || !b.key) return !a.key && !b.key ? a.i - b.i : a.key ? -1 : 1; /* empty ones last */
        var order = number ? a.key - b.key : collator.compare(a.key, b.key);
        return (down ? -order : order) || a.i - b.i;
      });
      var all = document.createDocumentFragment();
      list.forEach(function (item) { all.appendChild(item.row); });
      body.appendChild(all);
    }
    [].forEach.call(heads, function (head, column) {
      var number = head.classList.contains("number");
      var button = element("button", head.textContent);
      button.type = "button";
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var down = now ? now === "ascending" : number;
        [].forEach.call(heads, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(column, down, number);
      });
    });
    var box = document.getElementById("filter"), shown = document.getElementById("shown"), texts;
    function plain(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }
    box.addEventListener("input", function () {
      texts = texts || rows.map(function (row) { return plain(row.textContent); });
      var words = plain(box.value).split(/\s+/), count = 0;
      rows.forEach(function (row, i) {
        var good = words.every(function (word) { return texts[i].indexOf(word) >= 0; });
        row.hidden = !good;
        if (good) count++;
      });
      shown.textContent = box.value ? count.toLocaleString("en") + " of " + rows.length.toLocaleString("en") : "";
    });
  }

  /* ---- the same passage in both articles ---- */
  function pairUp(main) {
    function light(event, on) {
      var mark = event.target.closest && event.target.closest("[data-passage]");
      if (!mark) return;
      main.querySelectorAll("[data-passage='" + mark.getAttribute("data-passage") + "']").forEach(function (same) {
        same.classList.toggle("here", on);
      });
    }
    main.addEventListener("mouseover", function (event) { light(event, true); });
    main.addEventListener("mouseout", function (event) { light(event, false); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    nameTheme();
    document.getElementById("theme").addEventListener("click", toggleTheme);
    document.getElementById("help").addEventListener("click", help);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameTheme);
    var table = document.querySelector("table.sortable"), pair = document.querySelector("main.pair");
    if (table) sortable(table);
    if (pair) pairUp(pair);
  });
})();
