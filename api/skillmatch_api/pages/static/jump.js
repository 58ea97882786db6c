// "On this page": marks the part that is being read, and opens what is folded where a link leads.
// The links work without this.

/** Let the navigation [data-jump] follow the page. */
export function enhanceJump(root) {
  const nav = root.querySelector?.("[data-jump]");
  if (!nav) return;
  const links = [...nav.querySelectorAll("a")];
  let waiting = false;
  const follow = () => {
    waiting = false;
    // Another answer has taken the place of this page's part.
    if (!nav.isConnected) return removeEventListener("scroll", later);
    mark(nav, links);
  };
  const later = () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  };
  addEventListener("scroll", later, { passive: true });
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) unfold(document.getElementById(link.hash.slice(1)));
  });
  later();
}

function unfold(target) {
  target?.closest("section")?.querySelector(":scope > details.fold")?.setAttribute("open", "");
}

/** The part that is read is the last that begins in the upper third of the window. */
function mark(nav, links) {
  const reached = links.filter((link) => {
    const target = document.getElementById(link.hash.slice(1));
    return target && target.getBoundingClientRect().top < innerHeight / 3;
  });
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const now = atEnd ? links.at(-1) : (reached.at(-1) ?? links[0]);
  if (now.getAttribute("aria-current") === "true") return;
  for (const link of links) {
    if (link === now) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const row = nav.querySelector("ul");
  row.scrollTo({ left: now.offsetLeft - (row.clientWidth - now.offsetWidth) / 2 });
}
