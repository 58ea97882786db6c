// Forms that answer in place: <form data-live="result"> is sent by fetch to the address that it
// would be sent to anyway, and the part of the answer with that id takes the place of the old one.

/** Send forms and the changes of [data-send] in place; whatever fails is sent the plain way. */
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
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.dataset.live);
    if (!fresh) throw new Error("another page");
    put(fresh, form.dataset.live, focus, enhance);
    document.title = page.title;
  } catch (error) {
    if (error.name === "AbortError") return;
    form.dataset.live = "";
    form.requestSubmit(button ?? undefined);
  } finally {
    if (running === mine) document.body.classList.remove("busy");
  }
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
  const same = focus && document.getElementById(focus);
  const wanted = fault ?? (same?.checkVisibility() ? same : null) ?? fresh.querySelector("#matrix") ?? fresh;
  wanted.focus({ preventScroll: wanted === fresh });
  const words = [...fresh.querySelectorAll("[data-announce]")].map((one) => one.textContent);
  const place = document.getElementById("announce");
  place.textContent = "";
  setTimeout(() => (place.textContent = words.join(" ")), 50);
}
