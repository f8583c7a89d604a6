// What was typed into a form and not saved yet stays on this device: for a closed page, a lost link.
// A form with data-draft is watched; the words around it come from templates/plans/_draft_words.html.

const PREFIX = "draft:";
const SENT = "draft-sent"; // of this tab: the form that was sent last
const PAUSE = 2_000; // milliseconds after the last change
const KEPT = 14 * 24 * 3600 * 1000;
const NEVER = new Set(["csrfmiddlewaretoken"]);
const NOT_TYPED = new Set(["row_version", "sent_form"]);
const account = document.body.dataset.account ?? "";

// A browser may refuse to keep anything: then the form works as it would without this.
const quietly = (work) => {
  try {
    return work();
  } catch {
    return null;
  }
};
const read = (key) => quietly(() => JSON.parse(localStorage.getItem(key)));
const write = (key, draft) => quietly(() => localStorage.setItem(key, JSON.stringify(draft)));
const forget = (key) => quietly(() => localStorage.removeItem(key));
const kept = () => quietly(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) ?? [];

const inputs = (form) =>
  [...form.elements].filter(
    (input) => input.name && !NEVER.has(input.name) && !["password", "file", "submit", "button", "image", "reset"].includes(input.type),
  );
const isTicked = (input) => ["checkbox", "radio"].includes(input.type);

// All that the form would post, as pairs.
const fieldsOf = (form) =>
  inputs(form).flatMap((input) => {
    if (isTicked(input)) return input.checked ? [[input.name, input.value]] : [];
    if (input.type === "select-multiple") return [...input.selectedOptions].map((option) => [input.name, option.value]);
    return [[input.name, input.value]];
  });
const unwrapped = (text) => text.replaceAll("\r\n", "\n");
const typed = (fields) => JSON.stringify(fields.filter(([name]) => !NOT_TYPED.has(name)).map(([name, value]) => [name, unwrapped(value)]));

const fill = (form, { fields, sent }) => {
  const left = new Map();
  for (const [name, value] of fields) left.set(name, [...(left.get(name) ?? []), value]);
  for (const input of inputs(form)) {
    const values = left.get(input.name) ?? [];
    if (input.name === "sent_form" && !sent) continue; // sent and unanswered: it may have arrived, and counts once
    if (isTicked(input)) input.checked = values.includes(input.value);
    else if (input.type === "select-multiple") for (const option of input.options) option.selected = values.includes(option.value);
    else if (values.length) input.value = values.shift();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
};

const forgetOld = () => {
  for (const key of kept()) if (!(Date.now() - (read(key)?.at ?? 0) < KEPT)) forget(key);
};

// The server says by a cookie which form it saved; the draft of that form has done its work.
const forgetSaved = () => {
  const saved = document.cookie.split("; ").find((each) => each.startsWith("saved_form="));
  const sent = quietly(() => JSON.parse(sessionStorage.getItem(SENT)));
  if (!saved) return;
  document.cookie = "saved_form=; path=/; max-age=0";
  if (sent?.path === decodeURIComponent(saved.slice("saved_form=".length))) forget(sent.key);
  quietly(() => sessionStorage.removeItem(SENT));
};

const watch = (form) => {
  const key = `${PREFIX}${account}:${form.dataset.draft}`;
  const part = (name) => document.querySelector(`[data-draft-${name}]`);
  const began = typed(fieldsOf(form));
  const isShownAgain = part("offer") && document.querySelector("[data-not-saved]");
  let offered = isShownAgain ? null : read(key);
  let timer = 0;

  const save = (more = {}) => {
    clearTimeout(timer);
    const fields = fieldsOf(form);
    if (typed(fields) !== began || isShownAgain) write(key, { at: Date.now(), fields, before: offered, ...more });
    else if (offered) write(key, offered);
    else forget(key);
  };
  const offer = () => {
    while (offered && typed(offered.fields) === typed(fieldsOf(form))) offered = offered.before ?? null;
    const box = part("offer");
    if (box) box.hidden = !offered;
    if (!offered || !box) return;
    const when = part("when");
    const at = new Date(offered.at);
    const isToday = at.toDateString() === new Date().toDateString();
    when.dateTime = at.toISOString();
    when.textContent = at[isToday ? "toLocaleTimeString" : "toLocaleString"](document.documentElement.lang, {
      ...(isToday ? {} : { dateStyle: "medium" }),
      timeStyle: "short",
    });
  };
  const decide = (isTaken) => {
    const decided = offered;
    offered = offered.before ?? null;
    if (isTaken) fill(form, decided);
    save();
    offer();
    form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  };

  part("take")?.addEventListener("click", () => decide(true));
  part("drop")?.addEventListener("click", () => decide(false));
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("change", () => save());
  window.addEventListener("pagehide", () => save(wasSent ? { sent: true } : {}));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(wasSent ? { sent: true } : {}));
  window.addEventListener("online", () => part("offline") && (part("offline").hidden = true));

  let wasSent = false;
  const send = (event) => {
    if (event.defaultPrevented) return;
    if (!navigator.onLine) {
      event.preventDefault();
      save();
      if (part("offline")) part("offline").hidden = false;
      part("offline")?.scrollIntoView({ block: "center" });
      return;
    }
    wasSent = true;
    save({ sent: true });
    quietly(() => sessionStorage.setItem(SENT, JSON.stringify({ key, path: location.pathname })));
  };
  form.addEventListener("submit", send);
  for (const other of document.querySelectorAll("form[data-settles]")) other.addEventListener("submit", send);
  window.addEventListener("pageshow", () => (wasSent = false));

  if (part("note")) part("note").hidden = false;
  if (isShownAgain) save();
  offer();
};

forgetOld();
forgetSaved();
document.querySelectorAll("form[data-draft]").forEach(watch);
document.addEventListener("submit", (event) => {
  if (!new URL(event.target.action, location).pathname.endsWith("/logout/")) return;
  kept().forEach(forget); // telephones are shared
  quietly(() => sessionStorage.removeItem(SENT));
});
