/* Small comforts; every page works without them. */
(() => {
  "use strict";

  const leaving = new WeakSet();

  // A second press of a button must not send the form twice; the button wakes again if the page stays.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (leaving.has(form)) {
      event.preventDefault();
      return;
    }
    leaving.add(form);
    form.removeAttribute("data-dirty");
    const buttons = form.querySelectorAll("button:not([type=button])");
    setTimeout(() => buttons.forEach((button) => button.setAttribute("aria-disabled", "true")));
    setTimeout(() => wake(form), 8000);
  });

  const wake = (form) => {
    leaving.delete(form);
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  };

  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach(wake);
  });

  // Typed text is not thrown away by a stray click.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) form.setAttribute("data-dirty", "");
  });
  addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-dirty]")) event.preventDefault();
  });

  // Menus and questions: Escape closes and gives the focus back; a click elsewhere closes a menu;
  // an opened question takes the focus to its answer.
  const close = (details) => {
    details.open = false;
    details.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.("details[data-dismiss][open]") ?? document.querySelector(".menu[open]");
    if (open) close(open);
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll(".menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.querySelectorAll("details.confirm").forEach((details) => {
    details.addEventListener("toggle", () => {
      if (details.open) details.querySelector(".confirm-body button").focus();
    });
  });
})();
