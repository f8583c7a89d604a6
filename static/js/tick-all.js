/* A box for a whole group ticks its places, and is ticked when all of them are. Without this the server does it. */

for (const form of document.querySelectorAll("[data-tick-all]")) {
  for (const group of form.querySelectorAll(".places-group")) {
    const whole = group.querySelector("input[name=all_of]");
    const places = [...group.querySelectorAll("input[name=localities]")];
    if (!whole) continue;
    const show = () => {
      const ticked = places.filter((place) => place.checked).length;
      whole.checked = ticked === places.length;
      whole.indeterminate = ticked > 0 && ticked < places.length;
    };
    whole.addEventListener("change", () => {
      for (const place of places) place.checked = whole.checked;
      show();
    });
    group.addEventListener("change", (event) => {
      if (event.target !== whole) show();
    });
    show();
  }
}
