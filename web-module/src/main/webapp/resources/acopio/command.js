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

  /**
   * Fills the form's fields, presses its button, and tells what came of it. The script of Faces
   * itself is of no use here: it evaluates parts of answers, which the page's policy forbids.
   */
  async function press(buttonId, fields) {
    for (const [id, value] of Object.entries(fields)) document.getElementById(id).value = value;
    const { form } = document.getElementById(buttonId);
    const body = new URLSearchParams(
      [...form.querySelectorAll("input[type='hidden']")].map((input) => [input.name, input.value]),
    );
    body.set("jakarta.faces.partial.ajax", "true");
    body.set("jakarta.faces.source", buttonId);
    body.set("jakarta.faces.partial.execute", `${buttonId} ${form.id}`);
    body.set("jakarta.faces.partial.render", "outcome");
    body.set("jakarta.faces.behavior.event", "action");
    // The policy of the page goes on with its nonce, or the server refuses the form.
    body.set("primefaces.nonce", document.querySelector("script[nonce]")?.nonce ?? "");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "Faces-Request": "partial/ajax", "X-Requested-With": "acopio" } });
      take(new DOMParser().parseFromString(await answer.text(), "text/xml"), form);
    } catch {
      tell(acopio.words("lostHint"));
    }
  }

  function take(answer, form) {
    const redirect = answer.querySelector("redirect");
    if (redirect) {
      location.assign(redirect.getAttribute("url"));
      return;
    }
    const updates = [...answer.querySelectorAll("update")];
    const state = updates.find((update) => update.id.includes("jakarta.faces.ViewState"));
    if (state) form.querySelector("[name='jakarta.faces.ViewState']").value = state.textContent;
    const outcome = updates.find((update) => update.id === "outcome");
    const shown = new DOMParser().parseFromString(outcome?.textContent ?? "", "text/html").body.textContent.trim();
    tell(shown || acopio.words("failed"));
  }

  return { ask, press, tell };
})();
