// The registration desk on a weak link: says what happened, and never loses what was typed.

const desk = document.querySelector("[data-desk]");
const problem = desk.querySelector("[data-problem]");
const said = desk.querySelector("[data-said]");
let typed = {};

const complain = (text) => {
  problem.textContent = text;
  problem.hidden = false;
};

// Looking for known people while a name is typed fails in silence: nothing is lost by it.
const isLook = (event) => event.target.matches("[data-look]");
const complainOf = (text) => (event) => isLook(event) || complain(text);

// A position that was new a minute ago is offered to the next person.
const suggest = (list, value) => {
  const options = desk.querySelector(`#${list}`);
  if (value && ![...options.options].some((option) => option.value === value)) {
    options.append(new Option(value, value));
  }
};

desk.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches("[data-desk-form]")) return;
  problem.hidden = true;
  said.textContent = "";
  const { position, organization } = event.target.elements;
  typed = { positions: position.value.trim(), organizations: organization.value.trim() };
});
desk.addEventListener("htmx:sendError", complainOf(desk.dataset.offline));
desk.addEventListener("htmx:timeout", complainOf(desk.dataset.offline));
desk.addEventListener("htmx:responseError", complainOf(desk.dataset.failed));
desk.addEventListener("htmx:beforeSwap", (event) => {
  const asked = event.detail.pathInfo.requestPath.split("?")[0];
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

// A link away from a half-typed form asks first. The quick exit in the footer never does.
desk.addEventListener("click", (event) => {
  const link = event.target.closest("[data-leaves]");
  const name = desk.querySelector("[name=full_name]");
  if (link && name.value.trim() && !window.confirm(desk.dataset.leave)) event.preventDefault();
});
