"use strict";
// Single keys of the desk. They rest while somebody types, can be switched off, and never act with Ctrl, Alt or Meta.
(() => {
  const OFF = "denials-keys-off";
  const on = () => localStorage.getItem(OFF) !== "yes";
  const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;
  const help = document.getElementById("keys");
  const toggle = document.getElementById("keys-on");
  let waiting = "";

  const go = { w: "/", l: "/letters/next/", m: "/morning/", r: "/reports/", q: "/quarantine/" };

  // In a list: j and k go from row to row, x ticks the row; Enter opens it, as it opens any link.
  function rowKey(event) {
    const links = [...document.querySelectorAll("tbody td.due a, tbody td.first a")];
    const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const to = { j: at + 1, k: at - 1 }[event.key];
    if (to !== undefined && links.length) links[Math.max(0, Math.min(links.length - 1, to))].focus();
    else if (event.key === "x" && at >= 0) links[at].closest("tr").querySelector("input[type=checkbox]")?.click();
    else return false;
    return true;
  }

  window.tell = (text) => {
    const told = document.getElementById("told");
    told.textContent = text;
    told.classList.add("on");
    clearTimeout(told.timer);
    told.timer = setTimeout(() => told.classList.remove("on"), 2500);
  };

  document.querySelector(".bar [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

  if (toggle) {
    toggle.checked = on();
    toggle.addEventListener("change", () => localStorage.setItem(OFF, toggle.checked ? "no" : "yes"));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || (help && help.open)) return;
    if (event.key === "?" && help) { event.preventDefault(); help.showModal(); return; }
    if (!on()) return;
    if (waiting === "g") {
      waiting = "";
      if (go[event.key]) { event.preventDefault(); location.assign(go[event.key]); }
      return;
    }
    if (event.key === "g") { waiting = "g"; setTimeout(() => { waiting = ""; }, 1200); return; }
    const search = document.getElementById("search");
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); search.select(); return; }
    if (window.letterKey ? window.letterKey(event) : rowKey(event)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("[data-keys-help]")) help.showModal();
    if (target.closest("[data-print]")) window.print();
    if (target.closest("[data-copy-button]")) {
      const box = document.querySelector("[data-copy]");
      box.select();
      navigator.clipboard?.writeText(box.value).then(() => window.tell("Copied"), () => document.execCommand("copy"));
    }
    if (target.closest("[data-each]")) document.querySelectorAll(".thumbs select").forEach((s, i) => { s.value = String(i + 1); });
    if (target.closest("[data-one]")) document.querySelectorAll(".thumbs select").forEach((s) => { s.value = "1"; });
    if (target.matches("[data-tick-all]")) document.querySelectorAll("input[name=task]").forEach((box) => { box.checked = target.checked; });
  });

  document.addEventListener("htmx:responseError", (event) => window.tell(
    event.detail.xhr.status === 403 ? "Your role does not include this, or you were signed out" : "It did not work: nothing was changed. Try again."));
  document.addEventListener("htmx:sendError", () => window.tell("The desk does not answer. What you typed is still here."));
})();
