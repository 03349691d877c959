/* A section saves itself while it is being answered, and answers can be chosen by their digit. Without this file the buttons do the same. */
(() => {
  "use strict";

  const PAUSE = 2500; // milliseconds without typing before the section is saved
  const SOON = 500; // after a choice
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[data-saved]");
  let timer = 0;
  let saving = null;
  let changes = 0;

  const say = (words, bad) => {
    status.textContent = words;
    status.classList.toggle("is-bad", bad);
  };

  const show = (state) => {
    form.elements.version.value = state.version;
    document.querySelectorAll("[data-progress]").forEach((place) => (place.textContent = state.progress));
    document.querySelectorAll("progress[data-answered]").forEach((bar) => (bar.value = state.answered));
    document.querySelectorAll("[data-part]").forEach((place) => (place.textContent = state.part));
  };

  const save = async () => {
    const seen = changes;
    const sent = new FormData(form);
    sent.delete("receipt"); // that belongs to the button
    sent.append("autosave", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent), credentials: "same-origin", keepalive: true });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      const state = isJson ? await answer.json() : {};
      if (answer.ok && state.version) {
        show(state);
        if (seen === changes) form.removeAttribute("data-dirty");
      }
      say(state.words || form.dataset.unsaved, !(answer.ok && state.version));
    } catch {
      say(form.dataset.unsaved, true);
    }
  };

  const saveNow = async () => {
    clearTimeout(timer);
    if (saving) return wait(SOON);
    saving = save();
    await saving;
    saving = null;
  };

  const wait = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(saveNow, pause);
  };

  form.addEventListener("input", (event) => {
    changes += 1;
    wait(event.target.matches("textarea") ? PAUSE : SOON);
  });

  // The page may never come back from behind another one, or from a closed lid: what is typed is sent before.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && form.hasAttribute("data-dirty")) saveNow();
  });

  // The connection is back: what could not be saved meanwhile is saved.
  addEventListener("online", () => {
    if (form.hasAttribute("data-dirty")) saveNow();
  });

  // An answer confirmed as it was last time is marked as such; one chosen by hand is not.
  form.addEventListener("change", (event) => {
    const mark = event.target.type === "radio" && form.elements[event.target.name.replace(/^answer_/, "carried_")];
    if (mark) mark.value = "";
  });
  form.querySelectorAll("button[data-same]").forEach((button) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const item = button.closest("[data-item]");
      const radio = [...item.querySelectorAll("input[type=radio]")].find((one) => one.value === button.dataset.same);
      radio.checked = true;
      form.elements[`carried_${button.value}`].value = "1";
      radio.dispatchEvent(new Event("input", { bubbles: true }));
      radio.focus();
      button.hidden = true;
    });
  });

  // A button pressed while the section saves itself waits for that, so that the two do not contradict each other.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter;
    await saving;
    form.requestSubmit(button);
  });

  // Inside a question its digits choose, and lead on to the next question.
  form.querySelectorAll("[data-item]").forEach((item) => {
    item.querySelectorAll("input[type=radio]").forEach((radio, index) => {
      const key = document.createElement("kbd");
      key.textContent = index + 1;
      key.setAttribute("aria-hidden", "true");
      radio.after(key);
    });
    item.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.type !== "radio") return;
      const radio = item.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
      if (!radio) return;
      event.preventDefault();
      radio.checked = true;
      radio.dispatchEvent(new Event("input", { bubbles: true }));
      const items = [...form.querySelectorAll("[data-item]")];
      const next = items[items.indexOf(item) + 1];
      const target = next ? next.querySelector("input[type=radio]:checked") || next.querySelector("input[type=radio]") : radio;
      target.focus();
      target.closest("[data-item]").scrollIntoView({ block: "nearest" });
    });
  });
})();
