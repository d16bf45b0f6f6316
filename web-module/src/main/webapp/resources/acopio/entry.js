"use strict";

/**
 * The page of a login link presses its button by itself once a person sees it. What only fetches
 * the page, as programs that look at links do, or shows it to nobody yet, uses up no ticket.
 */
(() => {
  const form = document.querySelector("form[data-enters]");
  const seen = () => !document.prerendering && document.visibilityState === "visible";
  const enter = () => {
    if (!seen()) return;
    for (const event of EVENTS) document.removeEventListener(event, enter);
    form.requestSubmit();
  };
  const EVENTS = ["visibilitychange", "prerenderingchange"];
  for (const event of EVENTS) document.addEventListener(event, enter);
  enter();
})();
