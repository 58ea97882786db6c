// Drop zones around file inputs: <div class="drop" data-drop><input type="file" multiple>…

/** Let files be dropped on every [data-drop]; they join those that were chosen before. */
export function enhanceDrops(root) {
  for (const zone of root.querySelectorAll("[data-drop]:not([data-ready])")) {
    zone.dataset.ready = "";
    const input = zone.querySelector("input[type=file]");
    const list = document.createElement("ul");
    list.className = "files";
    zone.append(list);
    const show = () => {
      list.replaceChildren(...[...input.files].map(line));
      checkSize(input.form);
    };
    input.addEventListener("change", show);
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      input.files = together(input, event.dataTransfer.files);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

// All files of a form arrive in one request, which the service takes up to a size.
function checkSize(form) {
  const inputs = [...form.querySelectorAll("[data-drop][data-most] input[type=file]")];
  const bytes = inputs.flatMap((one) => [...one.files]).reduce((sum, file) => sum + file.size, 0);
  for (const one of inputs) {
    const zone = one.closest("[data-drop]");
    const tooMuch = one.files.length > 0 && bytes > Number(zone.dataset.most);
    one.setCustomValidity(tooMuch ? zone.dataset.tooMuch : "");
    if (tooMuch) one.reportValidity();
  }
}

function together(input, dropped) {
  const all = new DataTransfer();
  const kept = input.multiple ? [...input.files, ...dropped] : [...dropped].slice(0, 1);
  for (const file of kept) all.items.add(file);
  return all.files;
}

function line(file) {
  const item = document.createElement("li");
  const size = Math.max(1, Math.round(file.size / 1024)).toLocaleString(document.documentElement.lang);
  item.dir = "auto";
  item.textContent = `${file.name} (${size} kB)`;
  return item;
}
