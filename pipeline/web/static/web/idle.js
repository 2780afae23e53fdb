"use strict";
// Signs off a desk at which nobody sits, so that no letter stays on the screen: a warning a minute before, which any key
// or movement ends. Whoever reads or types without asking the server keeps the session alive by it, in every open tab.
(() => {
  const LAST = "denials-here", WARNING = 60, TOLD_EVERY = 60;
  const { idle, here } = document.body.dataset;
  const most = Number(idle);
  const dialog = document.getElementById("idle"), shown = dialog.querySelector("[data-seconds]");
  const now = () => Date.now() / 1000;
  const last = () => Number(localStorage.getItem(LAST)) || 0;
  let told = now();

  async function alive() {
    localStorage.setItem(LAST, String(now()));
    if (now() - told < TOLD_EVERY) return;
    told = now();
    const answer = await fetch(here, { redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") location.reload(); // the session has ended: the sign-in page comes
  }

  function look() {
    const left = Math.ceil(most - (now() - last()));
    if (left <= 0) document.getElementById("sign-out").requestSubmit();
    else if (left <= WARNING) {
      shown.textContent = String(left);
      if (!dialog.open) dialog.showModal();
    } else if (dialog.open) dialog.close();
  }

  localStorage.setItem(LAST, String(now()));
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "scroll"]) {
    document.addEventListener(sign, () => { if (now() - last() > 1) { alive(); look(); } }, { passive: true, capture: true });
  }
  setInterval(look, 1000);
})();
