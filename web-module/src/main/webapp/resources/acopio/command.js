"use strict";

/**
 * What pages that command something share: asking first, and pressing the hidden button of a Faces
 * form, whose token proves that the command comes from this page.
 */
const command = (() => {
  /** Shows the page's dialog with a title; tells whether the person agreed. */
  function ask(title) {
    const dialog = document.getElementById("ask");
    dialog.querySelector("h2").textContent = title;
    return new Promise((resolve) => {
      const answer = (event) => {
        const said = event.target.closest("[data-answer]");
        if (said) dialog.close(said.dataset.answer);
      };
      dialog.addEventListener("click", answer);
      dialog.addEventListener(
        "close",
        () => {
          dialog.removeEventListener("click", answer);
          resolve(dialog.returnValue === "yes");
        },
        { once: true },
      );
      dialog.returnValue = "no";
      dialog.showModal();
      dialog.querySelector("[data-answer='no']").focus();
    });
  }

  let fading;

  /** Shows for some seconds what came of it; screen readers say it. */
  function tell(sentence) {
    const shown = document.getElementById("outcome-shown");
    shown.textContent = sentence;
    shown.hidden = sentence === "";
    clearTimeout(fading);
    fading = setTimeout(() => (shown.hidden = true), 8_000);
  }

  /** Fills the form's fields, presses its button, and tells what came of it. */
  function press(buttonId, fields) {
    const button = document.getElementById(buttonId);
    for (const [id, value] of Object.entries(fields)) document.getElementById(id).value = value;
    return new Promise((resolve) => {
      faces.ajax.request(button, null, {
        execute: button.form.id,
        render: "outcome",
        "jakarta.faces.behavior.event": "action",
        onevent: (event) => {
          if (event.status !== "success") return;
          tell(document.getElementById("outcome")?.textContent.trim() ?? "");
          resolve();
        },
        onerror: () => {
          tell(acopio.words("failed"));
          resolve();
        },
      });
    });
  }

  return { ask, press, tell };
})();
