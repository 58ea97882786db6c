// Autocomplete over /v1/search, as an ARIA combobox around a plain text input:
// <div class="combo" data-combo><input type="text" …></div>. In a textarea it completes a line.

const WAIT_MS = 120;
const LEAST = 2;

/** Give every [data-combo] a list of skills that fit what is typed. */
export function enhanceCombos(root) {
  for (const box of root.querySelectorAll("[data-combo]:not([data-ready])")) {
    box.dataset.ready = "";
    combo(box, box.querySelector("input, textarea"));
  }
}

function combo(box, input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.combo);
  list.hidden = true;
  box.append(list);
  const many = input.tagName === "TEXTAREA";
  if (!many) input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  if (!many) input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  let at = -1;
  let timer = 0;
  let asked = null;

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    at = -1;
    if (!many) input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    const options = list.children;
    at = (next + options.length) % options.length;
    [...options].forEach((option, place) => option.setAttribute("aria-selected", place === at));
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  };
  const take = (label) => {
    const [start, end] = lineAt(input);
    input.setRangeText(many ? `${label}\n` : label, start, end, "end");
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    input.focus();
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, place) => option(one, `${list.id}-${place}`)));
    list.hidden = !found.length;
    if (!many) input.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
    // At the lower edge of a phone the list would open out of sight.
    list.scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    const [start, end] = lineAt(input);
    const words = input.value.slice(start, end).trim();
    if (words.length < LEAST) return close();
    asked?.abort();
    asked = new AbortController();
    try {
      const url = `/v1/search?limit=8&kind=${box.dataset.kind ?? "skill"}&query=${encodeURIComponent(words)}`;
      const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.ok) show(concepts(await answer.json()));
    } catch {
      // Another letter was typed, or the network is away: there is no list then.
    }
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isTrusted) timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - (at < 0 ? 0 : 1));
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) take(list.children[at].dataset.label);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const chosen = event.target.closest("[role=option]");
    if (chosen) take(chosen.dataset.label);
  });
}

function concepts(answer) {
  const seen = new Set();
  return answer.concepts.filter((one) => !seen.has(one.pref_label) && seen.add(one.pref_label));
}

function option(one, id) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.label = one.pref_label;
  item.dir = "auto";
  item.textContent = one.pref_label;
  if (one.label.toLowerCase() !== one.pref_label.toLowerCase()) {
    const other = document.createElement("span");
    other.className = "sub";
    other.textContent = one.label;
    item.append(other);
  }
  return item;
}

function lineAt(input) {
  if (input.tagName !== "TEXTAREA") return [0, input.value.length];
  const start = input.value.lastIndexOf("\n", input.selectionStart - 1) + 1;
  const next = input.value.indexOf("\n", input.selectionStart);
  return [start, next < 0 ? input.value.length : next];
}
