// The editor of a section: what is chosen in the menus beside goes in at the cursor, and what is pasted from
// a word processor becomes light markup. Without this file the menus send the form, and tags are refused.

import { asBlock, replace } from "./markup.js";
import { isFormatted, markupOf, parsed } from "./paste.js";

const area = document.querySelector("#section-form textarea");
const note = document.querySelector("[data-paste-note]");

// Until one was in the text its cursor stands nowhere: what is chosen then goes to the end.
let wasInText = false;
area?.addEventListener("focus", () => (wasInText = true));

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", (event) => {
    if (!area || area.readOnly) return;
    event.preventDefault();
    button.closest("details").open = false;
    if (!wasInText) area.setSelectionRange(area.value.length, area.value.length);
    if (button.dataset.insert === "block") asBlock(area, button.value);
    else replace(area, area.selectionStart, area.selectionEnd, button.value);
    area.focus();
  });
}

// Escape closes an open menu and leads back to the text.
document.querySelector(".inserts")?.addEventListener("keydown", (event) => {
  const menu = event.target.closest("details[open]");
  if (event.key !== "Escape" || !menu || !area) return;
  menu.open = false;
  area.focus();
});

// On a telephone the preview stands below the form.
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "preview") event.detail.target.scrollIntoView({ block: "nearest" });
});

area?.addEventListener("paste", (event) => {
  const html = event.clipboardData?.getData("text/html");
  if (!html || area.readOnly) return;
  const body = parsed(html);
  if (note) note.hidden = !body.querySelector("img");
  if (!isFormatted(body)) return; // plain words: the browser pastes them as ever
  const text = markupOf(body);
  if (!text) return;
  event.preventDefault();
  replace(area, area.selectionStart, area.selectionEnd, text);
});
