// The live log: a button with [data-live] asks for the page again every few seconds and puts what is new on top of the list that
// it names. What somebody has opened stays open. It rests while the page is not looked at.

const EVERY = 3000;

export function live(root) {
  for (const button of root.querySelectorAll("button[data-live]")) {
    const list = document.getElementById(button.dataset.live);
    const said = document.getElementById(`${button.dataset.live}-said`);
    if (!list) continue;
    button.hidden = false;
    let timer = 0;
    const look = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(location.href, { headers: { accept: "text/html" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const known = new Set([...list.children].map((line) => line.id));
        const fresh = [...(page.getElementById(list.id)?.children ?? [])].filter((line) => !known.has(line.id));
        for (const line of fresh.reverse()) {
          line.classList.add("log-fresh");
          list.prepend(document.adoptNode(line));
        }
        if (said && fresh.length) said.textContent = button.dataset.new.replace("%", String(fresh.length));
        button.removeAttribute("data-away");
      } catch {
        button.setAttribute("data-away", "");
      }
    };
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      clearInterval(timer);
      if (on) {
        timer = setInterval(look, EVERY);
        look();
      }
    });
  }
}
