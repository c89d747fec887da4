import { initAll } from "./nhsuk-frontend.min.js";

initAll();

// An idle session warns before it ends. The time of the last request is shared by all tabs.
const idle = Number(document.body.dataset.idleSeconds);
if (idle) {
  const warning = Math.min(Number(document.body.dataset.warningSeconds), idle / 2);
  const dialog = document.getElementById("idle");
  const stay = document.getElementById("stay-signed-in");
  const left = document.getElementById("idle-left");
  const KEY = "portal-seen";
  let seen = Date.now();

  const remember = () => {
    seen = Date.now();
    try { localStorage.setItem(KEY, String(seen)); } catch { /* storage is refused: this tab alone */ }
  };
  const lastSeen = () => {
    try { return Math.max(seen, Number(localStorage.getItem(KEY))); } catch { return seen; }
  };
  const inWords = (seconds) => {
    const minutes = Math.ceil(seconds / 60);
    if (seconds <= 60) return "less than a minute";
    return `${minutes} minutes`;
  };
  const end = () => {
    const form = document.getElementById("sign-out");
    const here = location.pathname + location.search;
    for (const [name, value] of [["ended", "1"], ["next", here]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.submit();
  };
  const check = () => {
    const remaining = idle - (Date.now() - lastSeen()) / 1000;
    if (remaining <= 0) {
      clearInterval(timer);
      end();
    } else if (remaining > warning) {
      if (dialog.open) dialog.close();
    } else {
      const words = inWords(remaining);
      if (left.textContent !== words) left.textContent = words;
      if (!dialog.open) dialog.showModal();
    }
  };
  const renew = async () => {
    const answer = await fetch(stay.action, { method: "POST", body: new FormData(stay), redirect: "manual" });
    if (answer.status !== 204) return end();
    remember();
    check();
  };

  stay.addEventListener("submit", (event) => { event.preventDefault(); renew(); });
  // Escape means that somebody is there.
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); renew(); });
  remember();
  const timer = setInterval(check, 1000);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
