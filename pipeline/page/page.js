// The switch works without this (radio buttons and :has()). Here: older browsers, addresses that end in #zh-Hant-TW, the
// reader's last choice, the language of the document, and the sentence under the pointer in both columns.
(function () {
  "use strict";
  var root = document.documentElement;
  var picks = Array.prototype.slice.call(document.querySelectorAll("input[name=language]"));
  var parallel = document.getElementById("parallel");

  function remembered(value) {
    try {
      if (value) localStorage.setItem("sanwen-language", value);
      return localStorage.getItem("sanwen-language");
    } catch (error) {
      return null; // files opened from a disk may have no storage
    }
  }

  function show(tag) {
    var pick = picks.filter(function (each) { return each.value === tag; })[0];
    var article = document.getElementById(tag);
    if (!pick || !article) return false;
    pick.checked = true;
    root.lang = tag;
    root.setAttribute("data-show", tag);
    document.title = article.getAttribute("data-title");
    return true;
  }

  function side() {
    root.classList.toggle("parallel", parallel.checked);
  }

  function place() {
    var hash = location.hash.slice(1), target;
    try { hash = decodeURIComponent(hash); } catch (error) { /* a stray % */ }
    target = hash && document.getElementById(hash);
    var article = target && target.closest("main > article");
    if (!article || !show(article.id)) return false;
    if (target !== article) target.scrollIntoView();
    return true;
  }

  picks.forEach(function (pick) {
    pick.addEventListener("change", function () {
      show(pick.value);
      remembered(pick.value);
      try { history.replaceState(null, "", "#" + pick.value); } catch (error) { /* not allowed in a frame */ }
    });
  });
  if (parallel) parallel.addEventListener("change", side);
  window.addEventListener("hashchange", place);

  document.querySelector("main").addEventListener("pointerover", function (event) {
    if (!root.classList.contains("parallel")) return;
    var unit = event.target.closest("[data-unit]");
    document.querySelectorAll(".same").forEach(function (each) { each.classList.remove("same"); });
    if (!unit) return;
    document.querySelectorAll('[data-unit="' + unit.getAttribute("data-unit") + '"]').forEach(function (each) {
      each.classList.add("same");
    });
  });

  if (!place() && !show(remembered())) show(picks.filter(function (each) { return each.checked; })[0].value);
  if (parallel) side();
})();
