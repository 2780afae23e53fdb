"use strict";
// The letter screen: one field in hand, its words lit on the page, one key a decision, words picked from the page.
(() => {
  const letter = document.querySelector(".letter");
  const panel = document.getElementById("panel");
  const svg = "http://www.w3.org/2000/svg";
  let at = null;
  let zoom = 1;
  let picking = null;
  let words = null;

  const fields = () => [...panel.querySelectorAll(".field")].filter((f) => !f.closest("details.missing:not([open])"));
  const sheet = (number) => letter.querySelector(`.sheet[data-page="${number}"]`);
  const shown = () => letter.querySelector(".sheet:not([hidden])");

  function show(number) {
    if (!sheet(number)) return;
    letter.querySelectorAll(".sheet").forEach((s) => s.toggleAttribute("hidden", s.dataset.page !== String(number)));
    letter.querySelectorAll("[data-sheet]").forEach((t) => {
      if (t.dataset.sheet === String(number)) t.setAttribute("aria-current", "true"); else t.removeAttribute("aria-current");
    });
    fill(sheet(number));
  }

  async function fill(plain) {
    if (!plain.dataset.text || plain.dataset.filled) return;
    plain.dataset.filled = "yes";
    const answer = await fetch(plain.dataset.text);
    plain.textContent = answer.ok ? await answer.text() : "This page cannot be shown.";
    light(at);
  }

  function light(element) {
    letter.querySelectorAll(".lights").forEach((g) => g.replaceChildren());
    CSS.highlights?.delete("lit");
    const place = element?.dataset.boxes !== undefined ? element : null;
    if (!place) return;
    show(place.dataset.page);
    const page = sheet(place.dataset.page);
    if (!page) return;
    if (page.matches(".plain")) { lightText(page, place.dataset.verbatim); return; }
    const boxes = JSON.parse(place.dataset.boxes || "[]");
    for (const [x0, top, x1, bottom] of boxes) {
      const rect = document.createElementNS(svg, "rect");
      for (const [name, value] of Object.entries({ x: x0 - 1, y: top - 1, width: x1 - x0 + 2, height: bottom - top + 2 })) rect.setAttribute(name, value);
      page.querySelector(".lights").append(rect);
    }
    page.querySelector(".lights").firstElementChild?.scrollIntoView({ block: "center", inline: "nearest" });
  }

  function lightText(page, verbatim) {
    const node = page.firstChild;
    if (!node || !verbatim || !CSS.highlights) return;
    const pattern = verbatim.trim().split(/\s+/).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
    const found = new RegExp(pattern).exec(node.data);
    if (!found) return;
    const range = new Range();
    range.setStart(node, found.index);
    range.setEnd(node, found.index + found[0].length);
    CSS.highlights.set("lit", new Highlight(range));
    const spot = range.getBoundingClientRect(), paper = letter.querySelector(".paper");
    paper.scrollTop += spot.top - paper.getBoundingClientRect().top - paper.clientHeight / 2;
  }

  function take(field, focus = true) {
    panel.querySelectorAll(".field.at").forEach((f) => f.classList.remove("at"));
    at = field;
    if (!field) return;
    field.classList.add("at");
    if (focus) field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "nearest" });
    light(field);
  }

  function begin() {
    const here = panel.querySelector(".field[data-here]");
    if (here) take(here);
    else {
      take(null);
      panel.querySelector("#accept")?.focus({ preventScroll: true });
      const first = panel.querySelector('.field[data-field="denial_reasons"][data-boxes], .field[data-boxes]');
      if (first) light(first);
    }
  }

  const press = (field, selector) => { const button = field?.querySelector(selector); button?.click(); return Boolean(button); };

  function edit(field) {
    const details = field?.querySelector(".edit");
    if (!details) return false;
    details.open = true;
    const input = details.querySelector("input, select");
    input?.focus();
    input?.select?.();
    return true;
  }

  function step(by) {
    const all = fields(), place = all.indexOf(at);
    take(all[Math.max(0, Math.min(all.length - 1, place + by))]);
    return true;
  }

  function turn(by) {
    const all = [...letter.querySelectorAll(".sheet")];
    const next = all[all.indexOf(shown()) + by];
    if (next) show(next.dataset.page);
    return true;
  }

  // Picking: words of the page as boxes; arrows or the mouse choose, Shift takes more, Enter says so.
  async function pick(field) {
    if (!field?.querySelector(".answer")) return false;
    window.tell("Looking for the words of the page …");
    words ??= await fetch(letter.dataset.words).then((r) => (r.ok ? r.json() : null), () => null);
    const number = Number(shown().dataset.page);
    const found = words?.pages?.[number - 1];
    if (!found?.length) { words = null; window.tell("This page has no words to pick. Type the value."); return edit(field); }
    const group = shown().querySelector(".words");
    group.replaceChildren(...found.map(([text, x0, top, x1, bottom], index) => {
      const rect = document.createElementNS(svg, "rect");
      for (const [name, value] of Object.entries({ x: x0, y: top, width: x1 - x0, height: bottom - top })) rect.setAttribute(name, value);
      rect.dataset.index = index;
      return rect;
    }));
    const boxes = JSON.parse(field.dataset.boxes || "[]");
    const near = boxes.length && field.dataset.page === String(number) ? found.findIndex((w) => Math.abs(w[2] - boxes[0][1]) < 6 && w[1] >= boxes[0][0] - 2) : 0;
    picking = { field, found, page: number, first: Math.max(0, near), last: Math.max(0, near), rects: [...group.children] };
    letter.classList.add("picking");
    window.tell("Arrows move, Shift takes more words, Enter takes them, Escape leaves");
    mark();
    return true;
  }

  function mark() {
    const [low, high] = [Math.min(picking.first, picking.last), Math.max(picking.first, picking.last)];
    picking.rects.forEach((rect, index) => rect.classList.toggle("at", index >= low && index <= high));
    picking.rects[picking.last].scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function move(event) {
    const { found, last } = picking;
    const here = found[last], middle = (here[1] + here[3]) / 2;
    const lines = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    let next = last + ({ ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0);
    if (lines) {
      const others = found.map((w, i) => [i, w]).filter(([, w]) => (lines > 0 ? w[2] > here[4] - 2 : w[4] < here[2] + 2));
      const line = lines > 0 ? Math.min(...others.map(([, w]) => w[2])) : Math.max(...others.map(([, w]) => w[2]));
      const row = others.filter(([, w]) => Math.abs(w[2] - line) < 5);
      next = row.sort(([, a], [, b]) => Math.abs((a[1] + a[3]) / 2 - middle) - Math.abs((b[1] + b[3]) / 2 - middle))[0]?.[0] ?? last;
    }
    picking.last = Math.max(0, Math.min(found.length - 1, next));
    if (!event.shiftKey) picking.first = picking.last;
    mark();
  }

  function taken() {
    const { field, found, page, first, last } = picking;
    const chosen = found.slice(Math.min(first, last), Math.max(first, last) + 1);
    const form = field.querySelector(".answer");
    leave();
    form.querySelector(".edit").open = true;
    const input = form.querySelector("input[name=value]");
    if (!input) return;
    input.value = chosen.map((w) => w[0]).join(" ");
    form.elements.page.value = page;
    form.elements.boxes.value = JSON.stringify(chosen.map((w) => w.slice(1)));
    if (form.querySelector(".inputs select:not([name=reason])")) input.focus();
    else form.querySelector(".save").click();
  }

  function leave() {
    letter.classList.remove("picking");
    letter.querySelectorAll(".words").forEach((g) => g.replaceChildren());
    picking = null;
  }

  window.letterKey = (event) => {
    if (picking) {
      if (event.key.startsWith("Arrow")) move(event);
      else if (event.key === "Enter") taken();
      else if (event.key === "Escape") leave();
      else return false;
      return true;
    }
    if (event.target.closest("button, a, summary") && event.key === "Enter") return false;
    switch (event.key) {
      case "Enter": return press(at, ".confirm") || edit(at);
      case "e": return edit(at);
      case "x": return press(at, ".absent");
      case "s": pick(at); return true;
      case "a": return press(panel, "#accept");
      case "n": location.assign(letter.dataset.next); return true;
      case "u": return press(panel, "#undo button");
      case "j": case "ArrowDown": return step(1);
      case "k": case "ArrowUp": return step(-1);
      case "[": return turn(-1);
      case "]": return turn(1);
      default: return false;
    }
  };

  panel.addEventListener("focusin", (event) => {
    const field = event.target.closest(".field");
    if (field && field !== at) take(field, false);
    const entry = event.target.closest(".entry");
    if (entry) light(entry);
  });
  panel.addEventListener("click", (event) => {
    const field = event.target.closest(".field");
    const entry = event.target.closest(".entry");
    if (field && !event.target.closest("button, a, input, select, summary")) take(field);
    if (entry) light(entry);
    if (event.target.closest(".pick")) pick(field);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest(".edit")) { event.target.closest(".edit").open = false; at?.focus(); }
  });
  // Enter in an input saves what was typed; without this the form's first button, which confirms, would be pressed.
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".inputs input")) return;
    event.preventDefault();
    event.target.closest("form").querySelector(".save").click();
  });
  letter.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-sheet]");
    if (tab) show(tab.dataset.sheet);
    const by = Number(event.target.closest("[data-zoom]")?.dataset.zoom ?? 0);
    if (by) {
      const paper = letter.querySelector(".paper");
      paper.classList.remove(`zoom-${zoom}`);
      zoom = Math.max(0, Math.min(3, zoom + by));
      paper.classList.add(`zoom-${zoom}`);
    }
    const word = event.target.closest(".words rect");
    if (word && picking) {
      const index = Number(word.dataset.index);
      if (event.shiftKey) picking.last = index; else if (picking.last === index) { taken(); return; } else picking.first = picking.last = index;
      mark();
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.target === panel) begin(); });
  fill(shown());
  begin();
})();
