// A quiz in progress: each answer is saved as it is given, the clock follows the server, and a newer window takes over.

import { answerOf, clear, enhance, extentOf, fieldsOf, isTyped, same } from "./attempt-kinds.js";

const form = document.getElementById("attempt");
const text = form.dataset;
const saved = document.getElementById("saved");
const api = `/api/v1/attempts/${encodeURIComponent(text.attempt)}/answers/`;
const token = form.querySelector("[name=form_token]")?.value ?? "";
const questions = new Map();
let closed = "readOnly" in text;
let leaving = false;

// The server's moment in microseconds, carried forward by a clock that nobody can turn back.
const startedAt = performance.now();
const now = () => Number(text.now) + (performance.now() - startedAt) * 1000;
const wall = (at) => {
  const when = new Date(at / 1000);
  try {
    return when.toLocaleTimeString(document.documentElement.lang, { hour12: false, timeZone: text.zone });
  } catch {
    return when.toLocaleTimeString(document.documentElement.lang, { hour12: false });
  }
};

// The API tells instants as RFC 3339; this page counts in microseconds.
const instant = (at) => { const ms = Date.parse(at); return Number.isNaN(ms) ? now() : ms * 1000; };

function showState() {
  let answered = 0;
  for (const question of questions.values()) {
    const extent = extentOf(question);
    const flagged = question.flag.checked;
    if (extent !== "open") answered += 1;
    question.link.classList.toggle("is-answered", extent === "answered");
    question.link.classList.toggle("is-partly", extent === "partly");
    question.link.classList.toggle("is-flagged", flagged);
    question.clear.hidden = closed || extent === "open";
    question.linkState.textContent = [extent !== "open" && word(`is-${extent}`), flagged && word("is-flagged")].filter(Boolean).map((w) => `, ${w}`).join("");
  }
  document.getElementById("answered").textContent = String(answered);
}

const legend = [...document.querySelectorAll(".legend li")];
const word = (name) => legend.find((li) => li.querySelector(`.${name}`))?.textContent.trim() ?? "";

function showSaved(kind, at) {
  saved.classList.toggle("is-unsaved", kind === "unsaved" || kind === "refused");
  saved.textContent = kind === "saved" ? `✓ ${text.saved} ${wall(at)}` : text[kind];
}

const dirty = () => [...questions.values()].filter((q) => q.dirty || q.refused);

function settle(question, body) {
  question.revision = body.revision;
  question.el.querySelector(`[name="r${question.n}"]`).value = body.revision;
  question.tries = 0;
  question.mark.textContent = "";
  question.mark.classList.remove("is-unsaved");
  if (dirty().length === 0) showSaved("saved", instant(body.saved_at));
}

function trouble(question, words, kind = "unsaved") {
  showSaved(kind);
  question.mark.textContent = words;
  question.mark.classList.add("is-unsaved");
}

async function save(question) {
  clearTimeout(question.timer);
  if (closed || leaving || question.busy) return;
  question.busy = true;
  question.dirty = false;
  const answer = answerOf(question);
  const flagged = question.flag.checked;
  if (!saved.classList.contains("is-unsaved")) showSaved("saving");
  try {
    const reply = await fetch(api + question.n, {
      method: "PUT",
      headers: { "content-type": "application/json", "x-form-token": token },
      body: JSON.stringify({ revision: question.revision, answer, flagged }),
    });
    if (reply.ok) return settle(question, await reply.json());
    const problem = await reply.json().catch(() => ({}));
    if (problem.code === "attempt-closed" || reply.status === 410 || reply.status === 403) return close("over");
    if (reply.status === 409) {
      // Our own answer, whose confirmation was lost on the way, is no conflict.
      if (problem.revision === undefined || !same(question.kind, problem.answer, answer)) return close("elsewhere");
      return settle(question, problem);
    }
    // What does not fit the question would not fit the next time either: it waits to be changed.
    if (reply.status === 422) { question.refused = true; return trouble(question, problem.detail ?? text.refused, "refused"); }
    throw Object.assign(new Error(String(reply.status)), { words: reply.status === 401 ? problem.detail : undefined });
  } catch (error) {
    question.dirty = true;
    question.tries = (question.tries ?? 0) + 1;
    trouble(question, error.words ?? text.unsaved);
    question.timer = setTimeout(() => save(question), Math.min(30_000, 1000 * 2 ** question.tries));
  } finally {
    question.busy = false;
    if (question.dirty && !question.tries) question.timer = setTimeout(() => save(question), 50);
  }
}

function change(question, wait) {
  question.dirty = true;
  question.refused = false;
  question.tries = 0;
  clearTimeout(question.timer);
  question.timer = setTimeout(() => save(question), wait);
  showState();
}

function close(why) {
  closed = true;
  for (const question of questions.values()) { clearTimeout(question.timer); question.dirty = question.refused = false; }
  form.querySelector(".questions").disabled = true;
  for (const end of form.querySelectorAll(".submit-link, .attempt-end")) end.hidden = true;
  const notice = document.getElementById(why);
  notice.hidden = false;
  notice.scrollIntoView({ block: "center" });
  showState();
}

for (const el of form.querySelectorAll(".question")) {
  const n = el.dataset.n;
  const link = document.getElementById(`n${n}`);
  const question = {
    n, el, link,
    kind: el.dataset.kind,
    revision: Number(el.querySelector(`[name="r${n}"]`).value),
    flag: el.querySelector(`[name="f${n}"]`),
    linkState: link.querySelector(".nav-state"),
    clear: el.querySelector(".clear"),
    mark: document.getElementById(`s${n}`),
  };
  questions.set(n, question);
  enhance(question, () => change(question, 0));
  for (const field of fieldsOf(question)) {
    const typed = isTyped(field);
    field.addEventListener(typed ? "input" : "change", () => change(question, typed ? 700 : 0));
    if (typed) field.addEventListener("blur", () => { if (question.dirty) save(question); });
    // Enter in a field means "this is my answer", not "I have finished".
    if (field.matches("input[type=text]")) {
      field.addEventListener("keydown", (e) => { if (e.key === "Enter") { e.preventDefault(); save(question); } });
    }
  }
  question.clear.addEventListener("click", () => {
    clear(question);
    change(question, 0);
    el.focus();
  });
  question.flag.addEventListener("change", () => change(question, 0));
}

// The two save buttons are for browsers without this module.
for (const button of form.querySelectorAll("[value=save]")) button.hidden = true;

// The form carries every answer along; it only waits for saves that are on their way, so as not to race them.
const busy = () => [...questions.values()].some((q) => q.busy);
form.addEventListener("submit", async (e) => {
  leaving = true;
  if (!busy()) return;
  e.preventDefault();
  for (let i = 0; busy() && i < 60; i += 1) await new Promise((done) => { setTimeout(done, 50); });
  if (closed) { leaving = false; return; }
  for (const question of questions.values()) question.busy = false;
  form.requestSubmit(e.submitter);
});
addEventListener("pageshow", () => { leaving = false; });
addEventListener("beforeunload", (e) => { if (!leaving && !closed && dirty().length > 0) e.preventDefault(); });
document.querySelector(".submit-link")?.addEventListener("click", (e) => {
  if (dirty().length > 0) { e.preventDefault(); form.querySelector("[value=submit]").click(); }
});
addEventListener("online", () => { for (const question of dirty()) save(question); });

const deadline = Number(text.deadline);
if (deadline) {
  const box = document.getElementById("clock");
  const figure = document.getElementById("clock-figure");
  const bar = box.querySelector(".bar-part");
  const whole = deadline - Number(text.started);
  document.getElementById("clock-word").textContent = text.left;
  figure.setAttribute("role", "timer");
  const tick = () => {
    const left = Math.max(0, Math.ceil((deadline - now()) / 1e6));
    const [h, m, s] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    const pad = (x) => String(x).padStart(2, "0");
    figure.textContent = h ? `${h}:${pad(m)}:${pad(s)}` : `${pad(m)}:${pad(s)}`;
    bar.setAttribute("width", String(Math.max(0, Math.min(100, ((deadline - now()) / whole) * 100))));
    box.classList.toggle("is-short", left <= 300);
    if (left === 0 && !closed) { for (const question of dirty()) save(question); setTimeout(() => close("over"), 1500); return; }
    if (!closed) setTimeout(tick, 1000 - ((now() / 1000) % 1000));
  };
  tick();
}

showState();
