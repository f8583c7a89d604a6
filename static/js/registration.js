// The registration desk on a weak link: says what happened, and never loses what was typed.

const desk = document.querySelector("[data-desk]");
const problem = desk.querySelector("[data-problem]");
const said = desk.querySelector("[data-said]");
let typed = {};

const complain = (text) => {
  problem.textContent = text;
  problem.hidden = false;
};

// A position that was new a minute ago is offered to the next person.
const suggest = (list, value) => {
  const options = desk.querySelector(`#${list}`);
  if (value && ![...options.options].some((option) => option.value === value)) {
    options.append(new Option(value, value));
  }
};

desk.addEventListener("htmx:beforeRequest", (event) => {
  problem.hidden = true;
  said.textContent = "";
  const { position, organization } = event.target.elements;
  typed = { positions: position.value.trim(), organizations: organization.value.trim() };
});
desk.addEventListener("htmx:sendError", () => complain(desk.dataset.offline));
desk.addEventListener("htmx:timeout", () => complain(desk.dataset.offline));
desk.addEventListener("htmx:responseError", () => complain(desk.dataset.failed));
desk.addEventListener("htmx:beforeSwap", (event) => {
  const asked = event.detail.pathInfo.requestPath;
  const answered = new URL(event.detail.xhr.responseURL || asked, location.href).pathname;
  if (answered !== asked) {
    // The answer is the sign-in page: keep the form instead.
    event.detail.shouldSwap = false;
    complain(desk.dataset.signedOut);
  }
});
desk.addEventListener("htmx:afterSettle", () => {
  const announcement = desk.querySelector("[data-announce]");
  if (announcement) {
    said.textContent = announcement.textContent;
    Object.entries(typed).forEach(([list, value]) => suggest(list, value));
  }
});
