// A field with one entry a line: entries of a list of suggestions are added to it with a button.
for (const adder of document.querySelectorAll("[data-add-line]")) {
  const lines = document.getElementById(adder.dataset.addLine);
  const input = adder.querySelector("input");
  if (!lines || lines.readOnly) continue;
  const add = () => {
    const line = input.value.trim();
    if (!line) return;
    const there = lines.value.split(/\r?\n/).map((each) => each.trim()).filter(Boolean);
    if (!there.includes(line)) {
      lines.value = [...there, line].join("\n");
      lines.dispatchEvent(new Event("input", { bubbles: true }));
      lines.dispatchEvent(new Event("change", { bubbles: true }));
    }
    input.value = "";
    input.focus();
  };
  adder.querySelector("button").addEventListener("click", add);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the form is not sent by it
    add();
  });
  adder.hidden = false;
}
