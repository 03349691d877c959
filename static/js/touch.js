/* In a form of a few answers each, the digit of an answer's points chooses it and leads on to the next question. */
(() => {
  "use strict";

  const items = [...document.querySelectorAll("form [data-item]")];
  items.forEach((item, place) => {
    item.querySelectorAll("[data-digit]").forEach((radio) => {
      const key = document.createElement("kbd");
      key.textContent = radio.dataset.digit;
      key.setAttribute("aria-hidden", "true");
      radio.parentElement.append(key);
    });
    item.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.type !== "radio" || !/^\d$/.test(event.key)) return;
      const radio = item.querySelector(`[data-digit="${event.key}"]`);
      if (!radio) return;
      event.preventDefault();
      radio.checked = true;
      radio.dispatchEvent(new Event("input", { bubbles: true }));
      const next = items[place + 1];
      const target = next ? next.querySelector("input:checked") || next.querySelector("input[type=radio]") : radio;
      target.focus();
      target.closest("[data-item]").scrollIntoView({ block: "nearest" });
    });
  });
})();
