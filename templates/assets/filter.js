// Live filtering: <input type="search" data-filter="id"> hides the [data-text] children of #id that do not hold every word typed.

const flat = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function liveFilters(root) {
  for (const input of root.querySelectorAll("input[data-filter]")) {
    const list = document.getElementById(input.dataset.filter);
    if (!list) continue;
    const lines = [...list.querySelectorAll("[data-text]")].map((line) => [line, flat(line.dataset.text)]);
    const none = document.getElementById(`${input.dataset.filter}-none`);
    const run = () => {
      const words = flat(input.value).split(/\s+/).filter(Boolean);
      let left = 0;
      for (const [line, text] of lines) {
        line.hidden = !words.every((word) => text.includes(word));
        if (!line.hidden) left += 1;
      }
      if (none) none.hidden = left > 0;
    };
    input.addEventListener("input", run);
    input.closest("form")?.addEventListener("submit", (e) => { if (input.dataset.only) e.preventDefault(); });
    run();
  }
}
