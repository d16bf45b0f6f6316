"use strict";

/** Puts the parts of the library's page together: what the person does, the address, the answers. */
(() => {
  const { root, word, PAGE, MIB } = library;
  const { ask, format, make } = acopio;
  const VIEW = "acopio-library-view";
  const TYPING_MS = 180;
  /** As many as one question may ask for. */
  const MOST_FILES = 500;

  const form = root.querySelector("#library-search");
  const at = (id) => root.querySelector(`#library-${id}`);
  let query = library.fromAddress();
  let view = localStorage.getItem(VIEW) === "gallery" ? "gallery" : "table";
  let answer = null;
  let upTo = 0;
  let asking = new AbortController();
  let typing;
  let missed = false;
  let unanswered = false;

  // ---- the address and the search --------------------------------------------------------------

  /** Another search: from its first page, with the files that are there now. */
  function change(some, replace) {
    query = { ...query, page: 1, ...some };
    upTo = 0;
    keep(replace);
    showQuery();
    return load();
  }

  function turn(page) {
    query.page = page;
    keep(false);
    return load().then(() => root.scrollIntoView({ block: "start" }));
  }

  function keep(replace) {
    history[replace ? "replaceState" : "pushState"](null, "", library.toAddress(query));
  }

  async function load() {
    asking.abort();
    asking = new AbortController();
    const signal = asking.signal;
    at("list").setAttribute("aria-busy", "true");
    try {
      const said = await ask(`/api/files?${library.toQuestion(query, upTo)}`, signal);
      const pages = Math.max(1, Math.ceil(said.matching / PAGE));
      if (query.page > pages) {
        query.page = pages;
        keep(true);
        return load();
      }
      answer = said;
      upTo = said.upTo;
      at("problem").hidden = true;
      unanswered = false;
      showAnswer(pages);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      unanswered = problem.status === undefined;
      failed(problem);
      if (!answer) at("order").hidden = true;
    }
    at("list").setAttribute("aria-busy", "false");
  }

  function failed(problem) {
    at("problem").hidden = false;
    at("problem").querySelector(".words").textContent = word("wrong");
    at("problem").querySelector(".detail").textContent = problem.message;
  }

  /** All that was found by the search that is shown, as it was then. */
  function everything() {
    const asked = { ...query };
    const until = upTo;
    const matching = answer.matching;
    async function* all() {
      for (let from = 0; from < matching; from += MOST_FILES) {
        yield (await ask(`/api/files?${library.toQuestion(asked, until, from, MOST_FILES)}`)).files;
      }
    }
    return { matching, all };
  }

  // ---- what is shown ---------------------------------------------------------------------------

  function showAnswer(pages) {
    acopio.text(at("found"), word(answer.matching === 1 ? "foundOne" : "found", format.count(answer.matching), format.bytes(answer.bytes)));
    for (const chip of form.querySelectorAll("[data-kind]")) acopio.text(chip.querySelector(".count"), format.count(answer.kinds[chip.dataset.kind]));
    library.list.show(answer.files, view, everything());
    const none = answer.matching === 0;
    const narrowed = library.conditions(query).length > 0;
    at("none").hidden = !none || narrowed;
    at("nothing").hidden = !none || !narrowed;
    at("order").hidden = none;
    at("new").hidden = true;
    at("forgotten").hidden = answer.forgotten === 0;
    at("forgotten").querySelector(".words").textContent = word("forgotten", format.count(answer.forgotten));
    at("pager").hidden = pages < 2;
    acopio.text(at("pager").querySelector(".words"), word("page", format.count(query.page), format.count(pages)));
    const field = at("pager").querySelector("input");
    field.max = String(pages);
    field.value = String(query.page);
    for (const button of at("pager").querySelectorAll("button")) {
      const back = ["first", "previous"].includes(button.dataset.page);
      button.disabled = back ? query.page === 1 : query.page === pages;
    }
    showSteps();
  }

  function tags(into, conditions) {
    into.replaceChildren(...conditions.map(({ label, without }) => {
      const button = make("button", { type: "button", "aria-label": word("remove", label) }, make("bdi", { class: "cut" }, library.shown(label)), make("span", { class: "pi pi-times", "aria-hidden": "true" }));
      button.addEventListener("click", () => change(without, false));
      return make("li", {}, button);
    }));
  }

  /** The fields as the address has them; a field that is being typed in is left alone. */
  function showQuery() {
    for (const field of form.elements) {
      if (!field.name || field === document.activeElement) continue;
      const value = query[field.name] ?? "";
      if (field.type === "checkbox") field.checked = value === field.value;
      else field.value = field.name.endsWith("Size") && value ? String(Number((Number(value) / MIB).toPrecision(4))) : value;
    }
    for (const chip of form.querySelectorAll("[data-kind]")) chip.setAttribute("aria-pressed", String(query.kinds.includes(chip.dataset.kind)));
    // What is searched for is in the box above already.
    const conditions = library.conditions({ ...query, q: "" });
    at("tags-row").hidden = conditions.length === 0;
    tags(at("tags"), conditions);
    tags(at("nothing").querySelector(".library-tags"), library.conditions(query));
    const inPanel = [...at("filters").querySelectorAll("input")].filter((field) => query[field.name]).length;
    acopio.text(at("filters-button").querySelector(".words"), inPanel ? word("filtersOn", inPanel) : word("filters"));
    at("sort").value = query.sort;
    const down = query.order === "desc";
    at("direction").querySelector(".pi").className = `pi ${down ? "pi-sort-amount-down" : "pi-sort-amount-up"}`;
    at("direction").setAttribute("aria-label", word(down ? "descending" : "ascending"));
    at("direction").title = word(down ? "descending" : "ascending");
    for (const head of root.querySelectorAll("th[data-sort]")) {
      if (head.dataset.sort === query.sort) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  function showView() {
    for (const button of root.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }

  // ---- the preview -----------------------------------------------------------------------------

  function place() {
    return library.list.files().findIndex((file) => file.number === library.preview.current());
  }

  function showSteps() {
    const index = place();
    const before = (query.page - 1) * PAGE + index;
    library.preview.steps(index >= 0 && before > 0, index >= 0 && answer !== null && before + 1 < answer.matching);
  }

  function preview(number, replace) {
    query.file = number;
    keep(replace);
    library.preview.show(number, library.list.files().find((file) => file.number === number));
    showSteps();
  }

  /** On to the next file of the result, over the edge of the page too. */
  async function step(by) {
    const index = place();
    if (index < 0) return;
    const total = (query.page - 1) * PAGE + index + by;
    if (total < 0 || total >= answer.matching) return;
    if (index + by < 0 || index + by >= library.list.files().length) {
      query.page += by;
      keep(true);
      await load();
    }
    const file = library.list.files()[total - (query.page - 1) * PAGE];
    if (file && library.preview.current()) preview(file.number, true);
  }

  function closed(number) {
    if (query.file) {
      query.file = null;
      keep(true);
    }
    library.list.focus(number);
  }

  // ---- what the person does --------------------------------------------------------------------

  /** Only what can be asked: half a date or a wrong digit is none yet. */
  function read(field) {
    if (field.type === "checkbox") return field.checked ? field.value : "";
    if (!field.validity.valid) return null;
    if (field.name.endsWith("Size")) return field.value === "" ? "" : String(Math.round(Number(field.value) * MIB));
    return field.name === "q" ? field.value : field.value.trim();
  }

  function listen() {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(typing);
      change({ q: form.elements.q.value }, true);
    });
    form.addEventListener("input", (event) => {
      const value = event.target.name ? read(event.target) : null;
      if (value === null || value === query[event.target.name]) return;
      clearTimeout(typing);
      typing = setTimeout(() => change({ [event.target.name]: value }, event.target.name === "q"), TYPING_MS);
    });
    for (const chip of form.querySelectorAll("[data-kind]")) {
      chip.addEventListener("click", () => {
        const kind = chip.dataset.kind;
        change({ kinds: query.kinds.includes(kind) ? query.kinds.filter((other) => other !== kind) : [...query.kinds, kind] }, false);
      });
    }
    at("filters-button").addEventListener("click", () => {
      const open = at("filters").hidden;
      at("filters").hidden = !open;
      at("filters-button").setAttribute("aria-expanded", String(open));
      if (open) clients();
    });
    for (const clear of [at("clear"), at("nothing").querySelector("[data-clear]")]) clear.addEventListener("click", () => change(library.nothing(), false));
    at("sort").addEventListener("change", (event) => change({ sort: event.target.value, order: library.usualOrder(event.target.value) }, false));
    at("direction").addEventListener("click", () => change({ order: query.order === "desc" ? "asc" : "desc" }, false));
    for (const head of root.querySelectorAll("th[data-sort]")) {
      head.querySelector("button").addEventListener("click", () => {
        const sort = head.dataset.sort;
        change({ sort, order: sort === query.sort ? (query.order === "desc" ? "asc" : "desc") : library.usualOrder(sort) }, false);
      });
    }
    for (const button of root.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => {
        view = button.dataset.view;
        localStorage.setItem(VIEW, view);
        showView();
        if (answer) library.list.show(answer.files, view);
      });
    }
    const pages = () => Math.max(1, Math.ceil(answer.matching / PAGE));
    for (const button of at("pager").querySelectorAll("button")) {
      button.addEventListener("click", () => turn({ first: 1, previous: query.page - 1, next: query.page + 1, last: pages() }[button.dataset.page]));
    }
    at("pager").querySelector("input").addEventListener("change", (event) => {
      const page = Math.min(pages(), Math.max(1, Math.floor(Number(event.target.value)) || 1));
      turn(page);
    });
    for (const button of root.querySelectorAll("[data-copy]")) button.addEventListener("click", () => acopio.copy(button, at(button.dataset.copy.slice(8)).textContent));
    at("new").querySelector("button").addEventListener("click", () => change({}, true));
    at("problem").querySelector("button").addEventListener("click", load);
    addEventListener("popstate", () => {
      query = library.fromAddress();
      upTo = 0;
      showQuery();
      if (!query.file) library.preview.close();
      load().then(() => query.file && library.preview.show(query.file));
    });
  }

  async function clients() {
    try {
      const said = await ask("/api/files/clients");
      at("clients").replaceChildren(...said.clients.map(({ client, files }) => make("option", { value: client }, format.count(files))));
    } catch (problem) {
      at("clients").replaceChildren(); // An address can be typed as well.
    }
  }

  /** A list that is empty fills by itself; one that is read is not pulled away. What was not answered is asked again. */
  function arrived(snapshot) {
    if (unanswered) {
      unanswered = false;
      load();
      return;
    }
    if (!answer || snapshot.upTo <= upTo) return;
    if (answer.matching === 0 && !library.preview.current()) {
      if (missed) return;
      missed = true;
      upTo = 0;
      load().finally(() => (missed = false));
    } else {
      at("new").hidden = false;
    }
  }

  library.list.begin((number) => preview(number, false), failed);
  library.preview.begin({ step, closed, open: (number) => preview(number, true) });
  listen();
  showQuery();
  showView();
  if (library.conditions({ ...query, q: "", kinds: [] }).length > 0) at("filters-button").click();
  load().then(() => {
    if (query.file) preview(query.file, true);
    acopio.live("library", arrived);
  });
})();
