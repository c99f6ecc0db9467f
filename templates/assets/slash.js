// The key "/" goes to the search box, unless somebody is typing.

export function slash(root) {
  root.addEventListener("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const box = [...root.querySelectorAll("[data-slash], .search-form input")].find((input) => input.checkVisibility());
    if (!box) return;
    e.preventDefault();
    box.focus();
    box.select();
  });
}
