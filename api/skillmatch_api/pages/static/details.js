// A list beside a pane: links [data-shows] to a [data-detail] of the pane. Without this the pane
// shows what the address names (:target).

/** Let links show their detail without a jump, and mark the one that is shown. */
export function enhanceDetails(root) {
  const bench = root.querySelector?.("[data-bench]");
  if (!bench) return;
  bench.classList.add("picked");
  const details = [...bench.querySelectorAll("[data-detail]")];
  if (!details.length) return;
  let opener = null;
  const close = () => {
    const shown = bench.querySelector("[data-detail].shown");
    bench.classList.remove("opened");
    const same = opener?.isConnected && opener.hash === `#${shown?.id}`;
    (same ? opener : bench.querySelector(`.requirements [href="#${shown?.id}"]`))?.focus();
  };
  bench.addEventListener("click", (event) => {
    const link = event.target.closest("[data-shows]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    opener = link;
    pick(bench, link.hash.slice(1), true);
  });
  bench.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    close();
  });
  bench.addEventListener("keydown", (event) => {
    // Where the pane lies over the page, Escape takes it away, as everywhere else.
    const detail = event.target.closest("[data-detail]");
    const over = bench.classList.contains("opened") && detail?.querySelector("[data-close]").checkVisibility();
    if (event.key === "Escape" && over && !event.defaultPrevented) close();
  });
  bench.addEventListener("click", (event) => {
    // The words in the posting lie under the pane where the screen is narrow.
    if (event.target.closest("[data-detail] [href^='#w']")) bench.classList.remove("opened");
  });
  const named = location.hash.slice(1);
  const first = details.find((one) => one.id === named);
  pick(bench, (first ?? details[0]).id, false);
}

function pick(bench, id, opened) {
  for (const one of bench.querySelectorAll("[data-detail]")) one.classList.toggle("shown", one.id === id);
  for (const link of bench.querySelectorAll("[data-shows]")) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  bench.classList.toggle("opened", opened);
  if (opened) bench.querySelector("[data-detail].shown")?.focus({ preventScroll: true });
}
