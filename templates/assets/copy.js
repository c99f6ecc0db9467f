// Copy buttons: shown only where the browser can copy, and they say so when they have.

export function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const word = button.querySelector("span");
    const before = word.textContent;
    word.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const from = button.dataset.copy
        ? document.getElementById(button.dataset.copy)
        : button.closest("figure").querySelector("code");
      await navigator.clipboard.writeText(from.value ?? from.textContent);
      word.textContent = button.dataset.done;
      setTimeout(() => { word.textContent = before; }, 2500);
    });
  }
}
