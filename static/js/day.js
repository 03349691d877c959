/* An act of one press is done where it stands: the line goes, the numbers follow. Without this file the page comes back by itself. */
(() => {
  "use strict";

  const day = () => document.querySelector("[data-day]");
  const told = document.querySelector("[data-told]");
  if (!day() || !told) return;
  let waiting = Promise.resolve(); // presses follow one another, so that the last answer is the newest

  const say = (words) => {
    told.textContent = "";
    setTimeout(() => (told.textContent = words), 50); // read out even when it says the same again
  };

  const titleOf = (pile) => pile.querySelector(".pile-head > :first-child").textContent.split(" · ")[0];

  // Where the work goes on: the same place in the same pile, else the heading, else the top.
  const placeOf = (form) => {
    const line = form.closest(".line");
    const pile = form.closest(".pile");
    return {
      title: pile && titleOf(pile),
      part: form.closest(".part")?.id,
      index: line ? [...line.parentElement.children].indexOf(line) : 0,
    };
  };

  const goOn = ({ title, part, index }) => {
    const piles = [...day().querySelectorAll(".pile")];
    const pile = piles.find((one) => titleOf(one) === title);
    const lines = pile ? [...pile.querySelectorAll(".line")] : [];
    const line = lines[Math.min(index, lines.length - 1)];
    const target =
      line?.querySelector(".line-acts button, .line-acts a") ||
      (part && document.getElementById(`${part}-title`)) ||
      document.getElementById("main");
    target.focus({ preventScroll: true });
  };

  const show = (page) => {
    const next = page.querySelector("[data-day]");
    if (!next) return false;
    day().replaceWith(document.adoptNode(next));
    document.querySelectorAll("main .notice[role]").forEach((one) => one.remove());
    const refusals = [...page.querySelectorAll("main .notice[role=alert]")];
    day().before(...refusals.map((one) => document.adoptNode(one)));
    say([...page.querySelectorAll("main .notice[role]"), ...refusals].map((one) => one.textContent.trim()).join(" "));
    return true;
  };

  const wake = (line) => {
    line.classList.remove("is-leaving");
    line.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
  };

  const press = async (form) => {
    const line = form.closest(".line");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        credentials: "same-origin",
      });
      const here = new URL(answer.url).pathname === location.pathname && answer.ok;
      if (!here) return answer.redirected ? location.assign(answer.url) : location.reload();
      const place = placeOf(form);
      if (show(new DOMParser().parseFromString(await answer.text(), "text/html"))) goOn(place);
      else location.reload();
    } catch {
      wake(line);
      say(day().dataset.unsaved);
      line.querySelector(".line-what").append(notice(day().dataset.unsaved));
    }
  };

  const notice = (words) => {
    const place = document.createElement("p");
    place.className = "line-unsaved";
    place.textContent = words;
    return place;
  };

  // Before the page's other script: the form stays here, and may be pressed again when the line was down.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target.closest("form[data-press]");
      if (!form || !day().contains(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const line = form.closest(".line");
      if (line.classList.contains("is-leaving")) return;
      line.classList.add("is-leaving");
      line.querySelector(".line-unsaved")?.remove();
      line.querySelectorAll("button").forEach((one) => one.setAttribute("aria-disabled", "true"));
      const at = new FormData(form);
      waiting = waiting.then(() => {
        // Another press may have renewed the page meanwhile: the same form is looked for in it.
        const now = form.isConnected ? form : sameForm(form, at);
        return now ? press(now) : undefined;
      });
    },
    true,
  );

  const sameForm = (form, fields) => {
    const alike = (one) =>
      one.getAttribute("action") === form.getAttribute("action") &&
      [...fields].every(([name, value]) => name === "csrf_token" || one.elements[name]?.value === value);
    return [...day().querySelectorAll("form[data-press]")].find(alike);
  };
})();
