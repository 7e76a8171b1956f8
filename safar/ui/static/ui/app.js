// Keys, scanner, sounds, clock, lock and theme. Every page works without this file.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const shown = (node) => node && node.offsetParent !== null && node.getAttribute("aria-disabled") !== "true";

/* ---- Keys: an element with data-key="F4" is clicked by F4; never a bare letter (WCAG 2.1.4) ---- */
const deadUntil = { at: 0 };

function nameOf(event) {
  const held = (event.ctrlKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "");
  const name = event.altKey && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key;
  return held + name;
}

const decides = (form) => form && [...form.elements].some((part) => part.matches("button[formaction]"));

function pressEnter(event) {
  const at = document.activeElement;
  const busy = at && at.matches("button, a, summary, select, textarea:not([data-scan]), input:not([data-scan])");
  const scan = $("[data-scan]");
  if (busy || (scan && scan.value.trim())) return;
  const button = $('[data-key="Enter"]');
  if (!shown(button)) return;
  event.preventDefault();
  if (performance.now() >= deadUntil.at) button.click();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || $("dialog[open]")) return;
  const name = nameOf(event);
  // A browser sends the form's first button on Enter: here that is the decision, on Check too.
  if (name === "Enter" && event.target.matches?.("input:not([type=button], [type=submit])") && decides(event.target.form)) {
    event.preventDefault();
    const main = $('[data-key="Enter"]'); // only Clear has one; a reader's line end is no decision
    if (shown(main) && performance.now() >= deadUntil.at && performance.now() - wedge.last > BURST) main.click();
    return;
  }
  if (name === "Enter") return pressEnter(event);
  if (!/^(F\d+|Escape|Ctrl\+Enter|Alt\+.+)$/.test(name)) return;
  const target = [...document.querySelectorAll(`[data-key="${name}"]`)].find(shown);
  if (!target) return;
  event.preventDefault();
  target.click();
});

/* ---- Dialogs: F1 opens the keys ---- */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) $(opener.dataset.open)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

/* ---- Scanner: a burst of keystrokes anywhere goes to the scan field ---- */
const BURST = 50; // ms between characters; people type slower
const SETTLE = 250; // ms of silence after a line end
const wedge = { last: 0, held: "", timer: 0 };

// TD3 and MRV-A: two lines of 44; TD2, MRV-B and the French card: two of 36; TD1: three of 30.
function complete(text) {
  const lines = text.trim().split(/\s*\n\s*/).map((line) => line.length);
  return ["44,44", "36,36", "30,30,30"].includes(lines.join());
}

function settle(scan) {
  clearTimeout(wedge.timer);
  if (!scan.value.trim()) return;
  wedge.timer = setTimeout(() => scan.form.requestSubmit(), complete(scan.value) ? 20 : SETTLE);
}

document.addEventListener("keydown", (event) => {
  const scan = $("[data-scan]");
  if (!scan || $("dialog[open]") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (["Shift", "CapsLock", "NumLock"].includes(event.key)) return; // readers press Shift around each capital
  const now = event.timeStamp; // when the key was struck, however busy the page is
  const burst = now - wedge.last < BURST;
  wedge.last = now;
  if (document.activeElement === scan) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!scan.value.trim()) return;
    scan.setRangeText("\n", scan.value.length, scan.value.length, "end");
    settle(scan);
    return;
  }
  if (event.key.length > 1 || event.repeat) { wedge.held = ""; return; } // a key held down is a person
  wedge.held = burst ? wedge.held + event.key : event.key;
  if (wedge.held.length >= 6) { // what was typed elsewhere so far belongs to the document
    const field = document.activeElement;
    if (field && "value" in field && field.value.endsWith(wedge.held.slice(0, -1)))
      field.value = field.value.slice(0, -(wedge.held.length - 1));
    scan.value = wedge.held;
    wedge.held = "";
    event.preventDefault();
    scan.focus();
  }
});

document.addEventListener("paste", (event) => {
  const scan = $("[data-scan]");
  if (!scan || event.target !== scan) return;
  setTimeout(() => settle(scan));
});

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-scan]")) return;
  clearTimeout(wedge.timer);
  if (complete(event.target.value)) settle(event.target);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-scan-form]")) clearTimeout(wedge.timer);
});

/* ---- After something was swapped in: focus, sound, dead time ---- */
function sound(kind) {
  if (localStorage.getItem("safar-mute") === "1" || !window.AudioContext) return;
  const audio = new AudioContext();
  const notes = kind === "clear" ? [0] : [0, 0.22]; // a bystander cannot tell a hold from a check
  for (const start of notes) {
    const tone = audio.createOscillator(), gain = audio.createGain();
    tone.frequency.value = 330;
    gain.gain.setValueAtTime(0.08, audio.currentTime + start);
    gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.16);
    tone.connect(gain).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.18);
  }
  setTimeout(() => audio.close(), 800);
}

function arrived(root) {
  const verdict = $("[data-sound]", root);
  if (verdict) {
    deadUntil.at = performance.now() + 1500;
    try { sound(verdict.dataset.sound); } catch { /* a booth without a loudspeaker */ }
  }
  const scan = $("[data-scan]");
  if (scan && !$("dialog[open]")) scan.focus();
  else if (!scan) $(".errors", root)?.focus(); // what needs another look is read first, and is on the screen
}

// Dead from the moment the new verdict is in the page: htmx settles a little later.
document.addEventListener("htmx:beforeSwap", () => { deadUntil.at = performance.now() + 1500; });
document.addEventListener("htmx:afterSettle", (event) => arrived(event.detail.target || document));
document.addEventListener("DOMContentLoaded", () => { arrived(document); tick(); });

/* ---- What went wrong on the way: say so, lose nothing ---- */
function trouble(text, place = $("#errors")) {
  if (!place) return;
  const box = document.createElement("p");
  box.className = "banner";
  box.dataset.tone = "hold";
  box.setAttribute("role", "alert");
  box.textContent = text;
  place.replaceChildren(box);
}
const say = (name) => document.body.dataset[name] || $("#errors")?.dataset[name] || "";
document.addEventListener("htmx:sendError", () => trouble(say("unreachable")));
document.addEventListener("htmx:timeout", () => trouble(say("unreachable")));
document.addEventListener("htmx:beforeRequest", () => $("#errors")?.replaceChildren());
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "errors") event.detail.target.scrollIntoView({ block: "nearest" });
});

/* ---- Clock of the post ---- */
function tick() {
  for (const node of document.querySelectorAll("[data-clock]"))
    node.textContent = new Date().toLocaleTimeString("ru", { timeZone: node.dataset.clock, hour: "2-digit", minute: "2-digit" });
  setTimeout(tick, 5000);
}

/* ---- Leave this page: Shift three times, or the button; the page is not in the history any more ---- */
const leave = { times: [] };
document.addEventListener("keyup", (event) => {
  const way = $("a[data-leave]");
  if (!way) return;
  if (event.key !== "Shift") { leave.times = []; return; }
  leave.times = [...leave.times, event.timeStamp].filter((at) => event.timeStamp - at < 1500);
  if (leave.times.length >= 3) way.click();
});
document.addEventListener("click", (event) => {
  const way = event.target.closest("a[data-leave]");
  if (!way) return;
  event.preventDefault();
  document.body.hidden = true; // at once, however slow the line
  location.replace(way.href);
});

/* ---- Print ---- */
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
});

/* ---- Lock: covers the page and keeps what was typed ---- */
const lock = () => $("dialog[data-lock]");

// Null where the server does not answer: the screen stays covered and says so.
const ask = (address, options) => fetch(address, options).catch(() => null);

async function cover() {
  const dialog = lock();
  if (!dialog || dialog.open) return;
  document.body.classList.add("is-locked");
  dialog.showModal();
  const form = $("form", dialog);
  await ask(form.dataset.lockUrl, { method: "POST", headers: { "X-Requested-With": "fetch" }, body: new FormData(form) });
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-lock-now]")) return;
  event.preventDefault();
  cover();
});

document.addEventListener("submit", async (event) => {
  const dialog = lock();
  if (!dialog || !dialog.contains(event.target)) return;
  event.preventDefault();
  const answer = await ask(event.target.action, {
    method: "POST", headers: { "X-Requested-With": "fetch" }, body: new FormData(event.target),
  });
  event.target.reset();
  if (!answer) return trouble(say("unreachable"), $("[data-lock-trouble]", dialog));
  $("[data-lock-trouble]", dialog)?.replaceChildren();
  if (answer.status === 204) {
    document.body.classList.remove("is-locked");
    $("[data-lock-error]", dialog).hidden = true;
    dialog.close();
    $("[data-scan]")?.focus();
  } else if (answer.redirected || answer.status === 401 || answer.status === 403) {
    location.reload();
  } else {
    $("[data-lock-error]", dialog).hidden = false;
    $("input[type=password]", dialog).focus();
  }
});
document.addEventListener("safar-locked", cover);
document.addEventListener("cancel", (event) => { if (event.target === lock()) event.preventDefault(); }, true);
// A browser closes a dialog at the second Escape, whatever the page says: it opens again.
document.addEventListener("close", (event) => {
  if (event.target === lock() && document.body.classList.contains("is-locked")) event.target.showModal();
}, true);

const idle = { since: Date.now() };
for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, () => { idle.since = Date.now(); }, { passive: true });
setInterval(() => {
  const minutes = Number(document.body?.dataset.idleMinutes || 0);
  if (minutes && Date.now() - idle.since > minutes * 60000) cover();
}, 10000);

/* ---- Day and night ---- */
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = document.documentElement.dataset.theme === "night"
        || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
      const next = dark ? "day" : "night";
      document.documentElement.dataset.theme = next;
      localStorage.setItem("safar-theme", next);
    });
  }
});
