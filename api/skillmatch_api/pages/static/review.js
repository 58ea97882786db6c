// Keys of the review: one proposal is the current one, and letters press the buttons in it.
// They are silent while somebody types, with Ctrl, Alt or Meta, and where they are switched off.

const KEPT = "skillmatch_keys";
const TYPED = "textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])";
let current = "";

function kept() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

let on = kept();

/** Show which proposal is the current one, and whether keys are on. */
function show() {
  const toggle = document.getElementById("keys-on");
  if (toggle) toggle.checked = on;
  document.documentElement.classList.toggle("keys", on);
  const now = proposal();
  for (const one of proposals()) one.classList.toggle("current", one === now);
}

function proposals() {
  return [...document.querySelectorAll("[data-proposal]")];
}

function proposal() {
  const known = document.getElementById(current);
  return known ?? document.querySelector("[data-proposal].open") ?? proposals()[0] ?? null;
}

function go(step) {
  const all = proposals();
  if (!all.length) return;
  const at = all.indexOf(proposal());
  const focused = all[at].contains(document.activeElement);
  const next = all[Math.min(all.length - 1, Math.max(0, focused || step < 0 ? at + step : at))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const near = proposal();
  const place = near?.closest(".statement");
  const inside = "ar".includes(key) ? near : key === "x" ? place : document;
  inside?.querySelector(`[data-key="${key}"]`)?.click();
}

function write(key) {
  const field = proposal()?.querySelector(`[data-field="${key}"]`);
  if (!field) return;
  field.closest("details").open = true;
  field.focus();
}

document.addEventListener("focusin", (event) => {
  const near = event.target.closest("[data-proposal]");
  if (near) current = near.id;
  show();
});

document.addEventListener("change", (event) => {
  if (event.target.id !== "keys-on") return;
  on = event.target.checked;
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // It holds for this page then.
  }
  show();
});

document.addEventListener("keydown", (event) => {
  if (!document.getElementById("review") || event.defaultPrevented || event.isComposing) return;
  const typing = event.target.matches?.(TYPED);
  if (event.key === "Escape" && typing) {
    event.target.closest("[data-proposal]")?.focus();
    return;
  }
  if (!on || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    e: () => write("e"),
    c: () => write("c"),
    "?": () => help(),
  };
  const act = keys[event.key] ?? ("arxunp".includes(event.key) ? () => press(event.key) : null);
  if (!act) return;
  event.preventDefault();
  act();
});

function help() {
  const details = document.getElementById("keys-help");
  details.open = !details.open;
  if (details.open) details.querySelector("summary").focus();
}

new MutationObserver(show).observe(document.getElementById("review-form"), { childList: true });
show();
