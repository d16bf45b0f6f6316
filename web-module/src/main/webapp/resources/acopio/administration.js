"use strict";

/** The page of administration: copies a password that is shown once, filters the settings. */
document.addEventListener("click", (event) => {
  const button = event.target.closest(".copy-secret");
  if (button) acopio.copy(button, button.closest("p").querySelector(".secret").textContent.trim());
});

document.addEventListener("DOMContentLoaded", () => {
  const search = document.getElementById("settings-search");
  const changed = document.getElementById("settings-changed");
  if (!search || !changed) return;
  const rows = [...document.querySelectorAll("table.settings tbody tr")];
  const filter = () => {
    const wanted = search.value.trim().toLowerCase();
    const only = changed.getAttribute("aria-pressed") === "true";
    for (const row of rows) {
      row.hidden = (only && row.dataset.source === "default") || !row.textContent.toLowerCase().includes(wanted);
    }
  };
  search.addEventListener("input", filter);
  changed.addEventListener("click", () => {
    changed.setAttribute("aria-pressed", String(changed.getAttribute("aria-pressed") !== "true"));
    filter();
  });
});
