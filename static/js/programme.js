// Drag a session to another place. The buttons do the same, for keyboards and telephones.

let dragged = null;

const prepare = () => {
  for (const session of document.querySelectorAll("[data-moves] [data-item]")) {
    session.draggable = true;
  }
};

const place = (list, before) => {
  const form = document.querySelector("[data-moves]");
  const drop = { item: dragged.dataset.item, day: list.dataset.day, half: list.dataset.half, before: before?.dataset.item ?? "" };
  for (const [name, value] of Object.entries(drop)) {
    form.querySelector(`input[name="${name}"]`).value = value;
  }
  form.requestSubmit();
};

// The session before which the dragged one would stand at this height.
const sessionBelow = (list, y) =>
  [...list.querySelectorAll("[data-item]")].find((session) => {
    const box = session.getBoundingClientRect();
    return session !== dragged && y < box.top + box.height / 2;
  });

const unmark = () => document.querySelectorAll(".drop-here").forEach((each) => each.classList.remove("drop-here"));

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-item]");
  if (dragged) {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.item);
  }
});
document.addEventListener("dragover", (event) => {
  const list = dragged && event.target.closest?.("[data-half]");
  unmark();
  if (list) {
    event.preventDefault();
    (sessionBelow(list, event.clientY) || list).classList.add("drop-here");
  }
});
document.addEventListener("drop", (event) => {
  const list = dragged && event.target.closest?.("[data-half]");
  if (list) {
    event.preventDefault();
    place(list, sessionBelow(list, event.clientY));
  }
  dragged = null;
  unmark();
});
document.addEventListener("dragend", () => {
  dragged = null;
  unmark();
});
document.addEventListener("htmx:afterSettle", prepare);
prepare();
