/* A batch that is being printed shows how far it has come, without being asked. Without this file there is a link. */
(() => {
  "use strict";

  const EVERY = 2000; // milliseconds
  const place = document.querySelector("[data-progress-of]");
  if (!place) return;

  const isOver = () => place.querySelector("[data-over]").dataset.over === "yes";
  const isBusy = () => place.querySelector("details[open]") || place.contains(document.activeElement);

  const look = async () => {
    try {
      const answer = await fetch(place.dataset.progressOf, { credentials: "same-origin" });
      // A question that is open, or a button that has the focus, is not taken from under the hand.
      if (answer.ok && !answer.redirected && !isBusy()) place.innerHTML = await answer.text();
    } catch {
      /* the line is bad: the next look may do better */
    }
    if (!isOver()) setTimeout(look, EVERY);
    else document.querySelector("[data-outcome]").textContent = place.querySelector(".notice").textContent.trim();
  };

  if (!isOver()) setTimeout(look, EVERY);
})();
