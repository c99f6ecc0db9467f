// While somebody writes: this page loads again as soon as the service has something new to show. Not part of a real service.

const edition = document.querySelector("meta[name=habilis-edition]").content;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

while (true) {
  if (document.hidden) {
    await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
    continue;
  }
  try {
    const answer = await fetch(`/dev/changes?since=${edition}`, { cache: "no-store" });
    const told = answer.ok ? await answer.json() : null;
    if (told && String(told.edition) !== edition) {
      location.reload();
      break;
    }
    if (!told) await pause(1000);
  } catch {
    await pause(1000);
  }
}
