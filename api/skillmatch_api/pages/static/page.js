// Enhances what is there already: every page works without any of this.
import { enhanceDrops } from "./drop.js";
import { enhanceCombos } from "./combo.js";
import { enhanceLive } from "./live.js";
import { enhanceDetails } from "./details.js";
import { enhanceJump } from "./jump.js";

/** Enhance a page, or a part of it that has just been put in. */
export function enhance(root) {
  enhanceDrops(root);
  enhanceCombos(root);
  enhanceDetails(root);
  enhanceJump(root);
}

document.documentElement.classList.add("scripted");
enhance(document);
enhanceLive(document, enhance);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
