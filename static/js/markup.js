// Buttons above a text in light markup: bold, list, heading and more. Without this file one types the signs.

const bars = document.querySelectorAll("[data-markup-bar]");

export function replace(area, start, end, text) {
  area.focus();
  area.setSelectionRange(start, end);
  // As if it were typed, so that "undo" takes it back; where a browser does not do that, set it.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Pressed again, the signs go: they stand around what is chosen.
function around(area, sign) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const size = sign.length;
  if (value.slice(start - size, start) === sign && value.slice(end, end + size) === sign) {
    replace(area, start - size, end + size, chosen);
    area.setSelectionRange(start - size, end - size);
  } else {
    replace(area, start, end, sign + chosen + sign);
    area.setSelectionRange(start + size, end + size);
  }
}

// Puts `sign` before each line of the selection, or takes it away when all have it.
function atLines(area, sign) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const after = value.indexOf("\n", area.selectionEnd);
  const end = after < 0 ? value.length : after;
  const lines = value.slice(start, end).split("\n");
  const every = lines.every((line) => line.startsWith(sign));
  const changed = lines
    .map((line) => (every ? line.slice(sign.length) : line.startsWith(sign) ? line : sign + line))
    .join("\n");
  // A list or a heading needs an empty line between it and the text above.
  const gap = !every && start > 0 && value.slice(0, start).slice(-2) !== "\n\n" ? "\n" : "";
  replace(area, start, end, gap + changed);
  area.setSelectionRange(start + gap.length, start + gap.length + changed.length);
}

// A block of its own: an empty line before it and after it. `chosen` is what is marked in it then. Nothing that
// is marked goes, and no paragraph or table is torn: within one the block follows it.
export function asBlock(area, text, chosen = "") {
  const { value } = area;
  const head = value.slice(0, area.selectionEnd);
  const isWithin = head.split(/\n[ \t]*\n/).pop().trim() !== "";
  const rest = isWithin ? value.slice(head.length).search(/\n[ \t]*(\n|$)|$/) : 0;
  const start = head.length + rest;
  const end = start;
  const before = value.slice(0, start).trimEnd() ? (/\n\s*\n$/.test(value.slice(0, start)) ? "" : /\n$/.test(value.slice(0, start)) ? "\n" : "\n\n") : "";
  const after = /^\n\s*\n/.test(value.slice(end)) ? "" : /^\n/.test(value.slice(end)) ? "\n" : "\n\n";
  replace(area, start, end, before + text + after);
  if (!chosen) return;
  const place = start + before.length + text.indexOf(chosen);
  area.setSelectionRange(place, place + chosen.length);
}

function link(area, { words }) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end) || words;
  replace(area, start, end, `[${chosen}](https://)`);
  const place = start + chosen.length + 3;
  area.setSelectionRange(place, place + "https://".length);
}

// The call where the cursor stands, the text of the note at the end: that is written next.
function note(area, { words }) {
  const used = [...area.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const number = Math.max(0, ...used) + 1;
  replace(area, area.selectionEnd, area.selectionEnd, `[^${number}]`);
  const size = area.value.trimEnd().length;
  const gap = /(^|\n)\[\^\d+\]:[^\n]*$/.test(area.value.trimEnd()) ? "\n" : "\n\n";
  const text = `${gap}[^${number}]: ${words}`;
  replace(area, size, area.value.length, `${text}\n`);
  area.setSelectionRange(size + text.length - words.length, size + text.length);
}

const table = (area, { words }) =>
  asBlock(area, `| ${words} 1 | ${words} 2 |\n|---|---|\n|  |  |\n|  |  |`, `${words} 1`);

function open(area, { opens }) {
  const menu = document.getElementById(opens);
  menu.open = true;
  menu.scrollIntoView({ block: "nearest" });
  menu.querySelector("button, a")?.focus();
}

const acts = {
  bold: (area) => around(area, "**"),
  italic: (area) => around(area, "*"),
  list: (area) => atLines(area, "- "),
  numbered: (area) => atLines(area, "1. "),
  heading: (area) => atLines(area, "## "),
  table,
  link,
  note,
  open,
};
const KEYS = { b: "bold", i: "italic", k: "link" };

for (const bar of bars) {
  const area = document.getElementById(bar.dataset.markupBar);
  if (!area || area.readOnly) continue;
  const buttons = [...bar.querySelectorAll("[data-markup]")];
  bar.hidden = false;
  buttons.forEach((button, place) => {
    button.tabIndex = place ? -1 : 0;
    button.addEventListener("click", () => acts[button.dataset.markup](area, button.dataset));
  });
  // A toolbar is one stop of the tab key; the arrows go from button to button.
  bar.addEventListener("keydown", (event) => {
    const ahead = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = ahead === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const place = buttons.indexOf(document.activeElement);
    const steps = { [ahead]: place + 1, [back]: place - 1, Home: 0, End: buttons.length - 1 };
    if (!(event.key in steps) || place < 0) return;
    event.preventDefault();
    const next = (steps[event.key] + buttons.length) % buttons.length;
    buttons.forEach((button, at) => (button.tabIndex = at === next ? 0 : -1));
    buttons[next].focus();
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const button = bar.querySelector(`[data-markup="${KEYS[event.key.toLowerCase()]}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
