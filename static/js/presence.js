// A sign of life while a form of a plan is open and seen; the answer says who else writes there.

const EVERY = 20_000; // milliseconds
const SOON = 1_500; // who opens the form again at once: the word that it was left may arrive after the new page
const box = document.querySelector("[data-writing]");
const form = document.querySelector("form[data-draft]") ?? document.querySelector("form[method=post] textarea")?.form;

const message = (more = {}) => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("subject", box.dataset.subject);
  body.set("part", box.dataset.code);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return body;
};

const show = (writers) => {
  const said = writers.join("\n");
  if (said === [...box.children].map((line) => line.textContent).join("\n")) return; // nothing to read aloud
  box.replaceChildren(
    ...writers.map((text) => {
      const line = document.createElement("p");
      line.className = "message message-warning";
      line.textContent = text;
      return line;
    }),
  );
};

const live = async () => {
  if (document.visibilityState !== "visible" || !navigator.onLine) return;
  try {
    const answer = await fetch(box.dataset.writing, { method: "POST", body: message() });
    if (answer.ok) show((await answer.json()).writers);
  } catch {
    // The link is gone for a moment: the next sign of life will do.
  }
};

if (box && form) {
  setTimeout(live, SOON);
  setInterval(live, EVERY);
  document.addEventListener("visibilitychange", live);
  window.addEventListener("pagehide", () => navigator.sendBeacon(box.dataset.writing, message({ left: "1" })));
  window.addEventListener("pageshow", (event) => event.persisted && live());
}
