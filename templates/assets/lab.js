// The SQL editor: a plain text field stays the source of truth; a layer behind it shows the colours, and Ctrl + Enter runs it.

const WORDS = new Set(("all and as asc between by case cast collate cross cume_dist current desc distinct else end escape except exists "
  + "false filter first following from full glob group having in inner intersect is isnull join last left like limit materialized natural "
  + "not notnull null nulls offset on or order outer over partition preceding range recursive right row rows select then true unbounded "
  + "union unique using values when where window with").split(" "));
const PIECES = /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*'?)|("(?:[^"]|"")*"?|`[^`]*`?|\[[^\]]*\]?)|(\b\d[\w.]*\b)|([A-Za-z_][\w$]*)/g;

// Text is only ever set as text: whatever is typed can not become markup.
function colour(layer, sql) {
  const piece = (kind, text) => {
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    return span;
  };
  const parts = [];
  let from = 0;
  for (const found of sql.matchAll(PIECES)) {
    const [text, comment, string, name, number, word] = found;
    let kind = "";
    if (comment) kind = "hl-comment";
    else if (string) kind = "hl-string";
    else if (number) kind = "hl-constant";
    else if (word && WORDS.has(word.toLowerCase())) kind = "hl-keyword";
    else if (word && /^\s*\(/.test(sql.slice(found.index + text.length))) kind = "hl-support hl-function";
    if (!kind || name) continue;
    parts.push(sql.slice(from, found.index), piece(kind, text));
    from = found.index + text.length;
  }
  // A line that ends the text needs something on it to have a height.
  parts.push(`${sql.slice(from)}\n`);
  layer.replaceChildren(...parts);
}

// Typing goes through the browser where it can, so that undo goes on working.
function put(area, from, to, text) {
  area.setSelectionRange(from, to);
  if (!document.execCommand?.("insertText", false, text)) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function indent(area, back) {
  const { value, selectionStart: start, selectionEnd: end } = area;
  const from = value.lastIndexOf("\n", start - 1) + 1;
  if (!back && start === end) return put(area, start, end, " ".repeat(2 - ((start - from) % 2)));
  const lines = value.slice(from, end).split("\n");
  const moved = lines.map((line) => (back ? line.replace(/^ {1,2}|^\t/, "") : line && `  ${line}`));
  const text = moved.join("\n");
  if (text === lines.join("\n")) return undefined;
  put(area, from, end, text);
  const first = moved[0].length - lines[0].length;
  return area.setSelectionRange(Math.max(from, start + first), from + text.length);
}

function newLine(area) {
  const { value, selectionStart: start, selectionEnd: end } = area;
  const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, start);
  const deeper = /\(\s*$/.test(line) ? "  " : "";
  put(area, start, end, `\n${line.match(/^[ \t]*/)[0]}${deeper}`);
}

for (const lab of document.querySelectorAll("[data-lab]")) {
  const area = lab.querySelector("textarea");
  const editor = lab.querySelector(".sql-editor");
  const buttons = [...lab.querySelectorAll("[name=run]")];
  const region = lab.querySelector(".lab-result");
  const layer = document.createElement("pre");
  layer.setAttribute("aria-hidden", "true");
  editor.prepend(layer);
  editor.classList.add("is-live");
  lab.querySelector(".lab-keys").hidden = false;
  let leaving = false;
  let running = false;
  let timer;

  const follow = () => { layer.scrollTop = area.scrollTop; layer.scrollLeft = area.scrollLeft; };
  const show = () => { colour(layer, area.value); follow(); };
  show();
  area.addEventListener("scroll", follow);
  area.addEventListener("input", () => {
    show();
    // A quiz saves its answers when they change; here that is when the typing pauses.
    clearTimeout(timer);
    timer = setTimeout(() => area.dispatchEvent(new Event("change", { bubbles: true })), 900);
  });
  area.closest("article")?.querySelector(".clear")?.addEventListener("click", () => { area.value = ""; show(); }, true);

  area.addEventListener("keydown", (e) => {
    if (e.isComposing) return;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); run(buttons[0]); return; }
    if (e.key === "Escape") { leaving = true; return; }
    if (e.key === "Tab" && !e.ctrlKey && !e.altKey && !e.metaKey && !leaving && !area.readOnly) { e.preventDefault(); indent(area, e.shiftKey); return; }
    if (e.key === "Enter" && !e.shiftKey && !e.altKey) { e.preventDefault(); newLine(area); }
    if (e.key !== "Shift") leaving = false;
  });
  area.addEventListener("blur", () => { leaving = false; });

  async function run(button) {
    if (running) return;
    running = true;
    for (const one of buttons) one.setAttribute("aria-disabled", "true");
    const slow = setTimeout(() => { region.textContent = lab.dataset.running; }, 250);
    const body = new URLSearchParams({ only: "1", run: button.value, [area.name]: area.value });
    const token = area.form.querySelector("[name=form_token]");
    if (token) body.set("form_token", token.value);
    try {
      const reply = await fetch(button.formAction.split("#")[0], { method: "POST", body });
      const there = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById(region.id);
      clearTimeout(slow);
      if (reply.redirected && !there) location.assign(reply.url);
      else if (there) region.replaceChildren(...there.childNodes);
      else throw new Error(String(reply.status));
    } catch {
      clearTimeout(slow);
      region.textContent = lab.dataset.failed;
    } finally {
      running = false;
      for (const one of buttons) one.removeAttribute("aria-disabled");
    }
  }
  for (const button of buttons) button.addEventListener("click", (e) => { e.preventDefault(); run(button); });
}
