// How each kind of question says its answer, is cleared, and is helped along: the order that one moves, the targets already
// used, the words counted. Without this module every kind is plain fields, which stay the one place where the answer stands.

export const fieldsOf = ({ el, n }) => [...el.querySelectorAll(`[name="a${n}"], [name^="a${n}."]`)];

export const isTyped = (field) => field.matches("textarea, input[type=text]");

// What stands in an editor at first is no answer yet.
const starterOf = (field) => field.closest("[data-starter]")?.dataset.starter ?? "";

const tokenOf = (field) => field.name.slice(field.name.indexOf(".") + 1);
const mapOf = (fields, value) => {
  const said = fields.map((field) => [tokenOf(field), value(field)]).filter(([, v]) => v !== "");
  return said.length ? Object.fromEntries(said) : null;
};

/** The answer as the API takes it; null where there is none. */
export function answerOf(question) {
  const fields = fieldsOf(question);
  switch (question.kind) {
    case "single": return fields.find((f) => f.checked)?.value ?? null;
    case "multi": return fields.filter((f) => f.checked).map((f) => f.value);
    case "true_false": { const one = fields.find((f) => f.checked); return one ? one.value === "true" : null; }
    case "true_false_grid": return mapOf(fields.filter((f) => f.checked), (f) => f.value === "true");
    case "match": return mapOf(fields, (f) => f.value);
    case "cloze": return mapOf(fields, (f) => f.value.trim());
    case "order": {
      const placed = fields.filter((f) => f.value).sort((a, b) => a.value - b.value);
      const whole = placed.length === fields.length && placed.every((f, i) => Number(f.value) === i + 1);
      return whole ? placed.map(tokenOf) : null;
    }
    case "free_text": return fields[0].value.trim() ? fields[0].value : null;
    case "sql": {
      const { value } = fields[0];
      return value.trim() && value.trim() !== starterOf(fields[0]).trim() ? value : null;
    }
    default: return fields[0].value.trim() || null;
  }
}

/** "open", "partly" or "answered". */
export function extentOf(question) {
  const answer = answerOf(question);
  if (answer === null || (Array.isArray(answer) && answer.length === 0)) return "open";
  if (typeof answer !== "object" || Array.isArray(answer)) return "answered";
  const parts = new Set(fieldsOf(question).map((f) => f.name)).size;
  return Object.keys(answer).length < parts ? "partly" : "answered";
}

/** Whether two answers are the same: ticks in any order, rows and pairs in any order, items in one order only. */
export function same(kind, one, two) {
  const plain = (answer) => {
    if (Array.isArray(answer)) return JSON.stringify(kind === "multi" ? [...answer].sort() : answer);
    if (answer && typeof answer === "object") return JSON.stringify(Object.entries(answer).sort(([a], [b]) => (a < b ? -1 : 1)));
    return JSON.stringify(answer);
  };
  return plain(one) === plain(two);
}

/** Takes the answer back. */
export function clear(question) {
  for (const field of fieldsOf(question)) {
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = false;
    else field.value = question.kind === "sql" ? starterOf(field) : "";
  }
  question.refresh?.();
}

/** Helps a question along where its kind has something to help with; `touched` is called when the answer changed. */
export function enhance(question, touched) {
  const start = { order: enhanceOrder, match: enhanceMatch, free_text: enhanceText }[question.kind];
  question.refresh = start?.(question, touched);
  question.refresh?.();
}

// Targets that another line has taken are marked, and can be chosen all the same: two lines may share one.
function enhanceMatch(question) {
  const menus = fieldsOf(question);
  const word = question.el.querySelector(".pairs").dataset.used;
  const names = new Map([...menus[0].options].map((option) => [option.value, option.textContent]));
  const refresh = () => {
    for (const menu of menus) {
      const used = new Set(menus.filter((other) => other !== menu).map((other) => other.value));
      for (const option of menu.options) {
        const taken = option.value !== "" && used.has(option.value) && option.value !== menu.value;
        option.classList.toggle("is-used", taken);
        option.textContent = names.get(option.value) + (taken ? ` (${word})` : "");
      }
    }
  };
  for (const menu of menus) menu.addEventListener("change", refresh);
  return refresh;
}

function enhanceText(question) {
  const [area] = fieldsOf(question);
  const count = question.el.querySelector("output");
  const refresh = () => { count.textContent = String(area.value.split(/\s+/).filter(Boolean).length); };
  area.addEventListener("input", refresh);
  return refresh;
}

// The menus of places become a list to move things in. They stay in the form and hold the places; empty means no answer.
function enhanceOrder(question, touched) {
  const list = question.el.querySelector(".order");
  const foot = question.el.querySelector(".order-foot");
  const live = question.el.querySelector(".order-live");
  const keep = foot.querySelector(".order-keep");
  const state = foot.querySelector(".order-state");
  const notYet = state.textContent;
  const lines = () => [...list.children];
  const menu = (line) => line.querySelector("select");
  const off = () => list.closest("fieldset").disabled;

  question.el.querySelector(".order-hint").textContent = list.dataset.keys;
  list.classList.add("is-movable");
  foot.hidden = false;
  for (const line of lines()) {
    line.querySelector(".order-place").hidden = true;
    for (const part of line.querySelectorAll(".order-grip, .order-no, .order-buttons")) part.hidden = false;
  }

  const show = () => {
    const kept = answerOf(question) !== null;
    const last = list.children.length - 1;
    lines().forEach((line, at) => {
      line.querySelector(".order-no").textContent = String(at + 1);
      line.querySelector(".order-up").setAttribute("aria-disabled", String(at === 0));
      line.querySelector(".order-down").setAttribute("aria-disabled", String(at === last));
    });
    list.classList.toggle("is-kept", kept);
    keep.hidden = kept;
    state.textContent = kept ? list.dataset.kept : notYet;
  };
  const refresh = () => {
    if (answerOf(question) !== null) list.append(...lines().sort((a, b) => menu(a).value - menu(b).value));
    // Half an order is none: the menus that would say so can no longer be seen.
    else for (const line of lines()) menu(line).value = "";
    show();
  };
  const give = () => {
    lines().forEach((line, at) => { menu(line).value = String(at + 1); });
    show();
    touched();
  };
  const say = (line) => {
    const words = { item: line.dataset.text, place: lines().indexOf(line) + 1, of: list.children.length };
    live.textContent = list.dataset.moved.replace(/\{(item|place|of)\}/g, (_, name) => words[name]);
  };
  const move = (line, by) => {
    const to = lines().indexOf(line) + by;
    if (off() || to < 0 || to >= list.children.length) return;
    const held = document.activeElement;
    const other = list.children[to];
    if (by < 0) other.before(line); else other.after(line);
    // A thing that is moved in the page loses the focus: it gets it back.
    if (line.contains(held)) held.focus();
    give();
    say(line);
  };

  list.addEventListener("click", (e) => {
    const button = e.target.closest("button");
    if (button) move(button.closest("li"), button.matches(".order-up") ? -1 : 1);
  });
  list.addEventListener("keydown", (e) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (!by || !e.altKey) return;
    e.preventDefault();
    move(e.target.closest("li"), by);
  });
  keep.addEventListener("click", () => {
    give();
    live.textContent = list.dataset.kept;
    list.querySelector("button").focus();
  });
  // Dragging by the handle, with any pointer.
  list.addEventListener("pointerdown", (e) => {
    const grip = e.target.closest(".order-grip");
    if (!grip || off()) return;
    e.preventDefault();
    const line = grip.closest("li");
    const before = lines();
    line.classList.add("is-dragged");
    // The list holds the pointer: the line itself would lose it each time that it moves.
    list.setPointerCapture(e.pointerId);
    const drag = (m) => {
      const over = lines().find((other) => {
        const { top, bottom } = other.getBoundingClientRect();
        return other !== line && m.clientY > top && m.clientY < bottom;
      });
      if (!over) return;
      const { top, height } = over.getBoundingClientRect();
      if (m.clientY < top + height / 2) over.before(line); else over.after(line);
    };
    list.addEventListener("pointermove", drag);
    list.addEventListener("lostpointercapture", () => {
      list.removeEventListener("pointermove", drag);
      line.classList.remove("is-dragged");
      if (lines().some((one, at) => one !== before[at])) { give(); say(line); }
    }, { once: true });
  });
  return refresh;
}
