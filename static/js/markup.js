// Buttons above a text in light markup: bold, list, heading. Without this file one types the signs.

const bars = document.querySelectorAll("[data-markup-bar]");

function replace(area, start, end, text) {
  area.focus();
  area.setSelectionRange(start, end);
  // As if it were typed, so that "undo" takes it back; where a browser does not do that, set it.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Pressed again, the signs go: they stand around what is chosen.
function bold(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  if (value.slice(start - 2, start) === "**" && value.slice(end, end + 2) === "**") {
    replace(area, start - 2, end + 2, chosen);
    area.setSelectionRange(start - 2, end - 2);
  } else {
    replace(area, start, end, `**${chosen}**`);
    area.setSelectionRange(start + 2, end + 2);
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

const acts = {
  bold,
  list: (area) => atLines(area, "- "),
  heading: (area) => atLines(area, "## "),
};

for (const bar of bars) {
  const area = document.getElementById(bar.dataset.markupBar);
  if (!area || area.readOnly) continue;
  const buttons = [...bar.querySelectorAll("[data-markup]")];
  bar.hidden = false;
  buttons.forEach((button, place) => {
    button.tabIndex = place ? -1 : 0;
    button.addEventListener("click", () => acts[button.dataset.markup](area));
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
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "b") {
      event.preventDefault();
      bold(area);
    }
  });
}
