// A long list of ticks: typing a part of a name leaves only those that have it. Ticked ones stay.

const comparable = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

for (const box of document.querySelectorAll("[data-narrow]")) {
  const ticks = [...box.querySelectorAll(".form-check")];
  const input = document.createElement("input");
  input.type = "search";
  input.className = "form-control";
  input.setAttribute("aria-label", box.dataset.narrowLabel);
  input.placeholder = box.dataset.narrowLabel;
  input.autocomplete = "off";
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  input.addEventListener("input", () => {
    const wanted = comparable(input.value);
    for (const tick of ticks) {
      const isChecked = tick.querySelector("input").checked;
      tick.hidden = !isChecked && !comparable(tick.textContent).includes(wanted);
    }
  });
  ticks[0]?.before(input);
}
