// Forms that answer in place: <form data-live="result"> is sent by fetch to the address that it
// would be sent to anyway, and the part of the answer with that id takes the place of the old one.
// Where there is no such answer, data-failed or the reason is said, and nothing is lost.

/** Send forms and the changes of [data-send] in place. */
export function enhanceLive(root, enhance) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.dataset.live || button?.hasAttribute("data-whole")) return;
    event.preventDefault();
    send(form, button, enhance);
  });
  root.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.dataset.live && event.target.closest("[data-send]")) send(form, null, enhance);
  });
  // Enter in a line of text presses the button beside it, not the first one of the form.
  root.addEventListener("keydown", (event) => {
    const near = event.key === "Enter" && event.target.closest?.("[data-enter]");
    if (!near || event.defaultPrevented || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    near.querySelector("button").click();
  });
}

let running = null;

async function send(form, button, enhance) {
  running?.abort();
  const mine = (running = new AbortController());
  document.body.classList.add("busy");
  const focus = document.activeElement?.id;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, button),
      signal: mine.signal,
      headers: { Accept: "text/html" },
    });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById(form.dataset.live);
    if (!fresh) return refuse(form, reason(answer, text, page));
    put(fresh, form.dataset.live, focus, enhance);
    document.title = page.title;
  } catch (error) {
    if (error.name !== "AbortError") refuse(form, "");
  } finally {
    if (running === mine) document.body.classList.remove("busy");
  }
}

function reason(answer, text, page) {
  if (!answer.headers.get("content-type")?.includes("json")) return page.querySelector("h1")?.textContent;
  return JSON.parse(text).detail;
}

/** Say why there is no answer; the page stays as it is, and all that was typed in it. */
function refuse(form, said) {
  const place = document.getElementById(form.dataset.live);
  place.querySelector(".refused")?.remove();
  const box = document.createElement("p");
  box.className = "faults refused";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  box.textContent = said || form.dataset.failed;
  place.prepend(box);
  box.focus();
}

function put(fresh, id, focus, enhance) {
  const old = document.getElementById(id);
  const open = [...old.querySelectorAll("details[open][id]")].map((one) => one.id);
  const paneOpen = Boolean(old.querySelector("[data-bench].opened"));
  old.replaceWith(fresh);
  for (const one of open) document.getElementById(one)?.setAttribute("open", "");
  enhance(fresh);
  if (paneOpen) fresh.querySelector("[data-bench]")?.classList.add("opened");
  const fault = fresh.querySelector("[data-focus]");
  const same = focus ? document.getElementById(focus) : null;
  const wanted = fault ?? (same?.checkVisibility() ? same : null) ?? fresh.querySelector("#matrix") ?? fresh;
  wanted.focus({ preventScroll: wanted === fresh });
  // A heading at the lower edge tells nothing of what has changed under it.
  if (wanted.matches("h2") && wanted.getBoundingClientRect().top > innerHeight / 2) wanted.scrollIntoView();
  const words = [...fresh.querySelectorAll("[data-announce]")].map((one) => one.textContent);
  const place = document.getElementById("announce");
  place.textContent = "";
  setTimeout(() => (place.textContent = words.join(" ")), 50);
}
