// Small comforts on every page: copy buttons, and lists that filter as one types. Nothing here is needed for anything to work.

import { copyButtons } from "./copy.js";
import { liveFilters } from "./filter.js";
import { live } from "./live.js";
import { slash } from "./slash.js";

copyButtons(document);
liveFilters(document);
live(document);
slash(document);

// What scrolls sideways can be reached and scrolled with the keyboard.
const reach = () => {
  for (const el of document.querySelectorAll(".prose pre, .prose > table")) {
    if (el.scrollWidth > el.clientWidth) el.tabIndex = 0;
    else el.removeAttribute("tabindex");
  }
  for (const el of document.querySelectorAll(".scroller.stacked")) {
    const wide = el.scrollWidth > el.clientWidth;
    const named = { role: "group", tabindex: "0", "aria-label": el.querySelector("caption")?.textContent.trim() ?? "" };
    for (const [name, value] of Object.entries(named)) wide ? el.setAttribute(name, value) : el.removeAttribute(name);
  }
};
reach();
addEventListener("resize", reach);
