"use strict";

/** The list of clients, by address or by PC; what it shows is in the address of the page. */
(() => {
  const { make, format, fill, copy } = acopio;
  const { ask, news, word, problem, address, pc, time, kinds } = clientsParts;
  const LIMIT = 50;
  const state = { by: "address", text: "", order: "last-seen", ascending: false, offset: 0 };
  let asking = new AbortController();

  const number = (value) => make("td", { class: "number" }, value);
  const joined = (nodes) => nodes.flatMap((node, i) => (i > 0 ? [" ", node] : [node]));

  /** Columns: its order for the server, its word, its cell. */
  const COLUMNS = {
    address: [
      ["name", "address", (one) => make("td", {}, make("a", { class: "mono strong", href: address(one.address) }, one.address))],
      [null, "pcs", (one) => make("td", { class: "pcs" }, ...joined(one.agents.slice(0, 3).map(pc)), one.agents.length > 3 ? ` +${format.count(one.agents.length - 3)}` : "")],
      ["last-seen", "lastSeen", (one) => make("td", { class: "when" }, time(one.lastSeen))],
      ["collections", "collections", (one) => number(format.count(one.collections))],
      ["files", "files", (one) => number(format.count(one.files))],
      ["bytes", "bytes", (one) => number(format.bytes(one.bytes))],
      [null, "kinds", (one) => make("td", {}, kinds(one, false))],
    ],
    agent: [
      ["name", "pc", (one) => make("td", { class: "pcs" }, pc(one))],
      [null, "addresses", (one) => make("td", {}, ...joined(one.addresses.slice(0, 2).map((value) => make("a", { class: "mono", href: address(value) }, value))), one.addresses.length > 2 ? ` +${format.count(one.addresses.length - 2)}` : "")],
      ["last-seen", "lastSeen", (one) => make("td", { class: "when" }, time(one.lastSeen))],
      ["collections", "collections", (one) => number(format.count(one.collections))],
      ["files", "files", (one) => number(format.count(one.files))],
      ["bytes", "bytes", (one) => number(format.bytes(one.bytes))],
      [null, "unproven", (one) => make("td", {}, one.unproven > 0 ? make("span", { class: "tag warn" }, format.count(one.unproven))
        : one.files > 0 ? make("span", { class: "tag good" }, word("allProven")) : "–")],
      [null, "kinds", (one) => make("td", {}, kinds(one, false))],
    ],
  };

  const $ = (selector) => document.querySelector(`#clients-list ${selector}`);

  function head() {
    const row = make("tr");
    for (const [order, name] of COLUMNS[state.by]) {
      const sorted = order === state.order ? (state.ascending ? "ascending" : "descending") : order ? "none" : null;
      const numeric = ["collections", "files", "bytes"].includes(name);
      row.append(make("th", { scope: "col", "aria-sort": sorted, class: numeric ? "number" : null },
        order ? make("button", { type: "button", class: "sort", "data-order": order }, word(name)) : word(name)));
    }
    $("thead").replaceChildren(row);
  }

  async function load() {
    asking.abort();
    asking = new AbortController();
    const mine = asking.signal;
    const query = new URLSearchParams({ order: state.order, ascending: String(state.ascending), offset: String(state.offset), limit: String(LIMIT) });
    if (state.text) query.set("text", state.text);
    try {
      const list = state.by === "agent" ? "agents" : "clients";
      const page = await ask(`${list}?${query}`, mine);
      problem(null);
      draw(page[list], page.matching);
    } catch (error) {
      if (!mine.aborted) problem(error);
    }
  }

  function draw(rows, matching) {
    const nobody = matching === 0 && state.text === "";
    document.getElementById("clients-none").hidden = !nobody;
    document.getElementById("clients-card").hidden = nobody;
    document.getElementById("clients-total").textContent = nobody ? "" : format.count(matching);
    const table = document.getElementById("clients-card");
    const focused = table.contains(document.activeElement) ? document.activeElement : null;
    const place = focused?.dataset.order ? `[data-order="${focused.dataset.order}"]` : focused?.getAttribute("href") ? `a[href="${CSS.escape(focused.getAttribute("href"))}"]` : null;
    head();
    const columns = COLUMNS[state.by];
    $("tbody").replaceChildren(...rows.map((one) => {
      const row = make("tr", {}, ...columns.map(([, , cell]) => cell(one)));
      columns.forEach(([, name], i) => (row.children[i].dataset.label = word(name)));
      return row;
    }));
    if (rows.length === 0) $("tbody").append(make("tr", {}, make("td", { colspan: String(columns.length), class: "soft" }, word("noMatch"))));
    if (place && !document.contains(focused)) $(place)?.focus({ preventScroll: true });
    $(".clients-pager").hidden = matching <= LIMIT;
    $(".range").textContent = fill(word("range"), format.count(state.offset + 1), format.count(state.offset + rows.length), format.count(matching));
    $(".previous").disabled = state.offset === 0;
    $(".next").disabled = state.offset + rows.length >= matching;
  }

  function read() {
    const query = new URLSearchParams(location.search);
    state.by = query.get("by") === "agent" ? "agent" : "address";
    state.text = query.get("text") ?? "";
    state.order = query.get("order") ?? "last-seen";
    state.ascending = query.get("ascending") === "true";
    state.offset = Math.max(0, Number.parseInt(query.get("offset") ?? "0", 10) || 0);
    document.getElementById("clients-text").value = state.text;
    mark();
  }

  function mark() {
    for (const chip of document.querySelectorAll("#clients-list [data-by]")) chip.setAttribute("aria-pressed", String(chip.dataset.by === state.by));
  }

  /** Shows something else, and lets the way back lead here. */
  function change(changes, replace) {
    Object.assign(state, { offset: 0 }, changes);
    const query = new URLSearchParams();
    if (state.by !== "address") query.set("by", state.by);
    if (state.text) query.set("text", state.text);
    if (state.order !== "last-seen") query.set("order", state.order);
    if (state.ascending) query.set("ascending", "true");
    if (state.offset > 0) query.set("offset", String(state.offset));
    history[replace ? "replaceState" : "pushState"](null, "", `?${query}`);
    mark();
    load();
  }

  function begin() {
    const query = new URLSearchParams(location.search);
    if (query.has("address") || query.has("agent")) {
      clientsDetail.show(query);
      return;
    }
    document.getElementById("clients-list").hidden = false;
    for (const chip of document.querySelectorAll("#clients-list [data-by]")) chip.addEventListener("click", () => change({ by: chip.dataset.by }));
    $("thead").addEventListener("click", (event) => {
      const order = event.target.closest("[data-order]")?.dataset.order;
      if (!order) return;
      change({ order, ascending: order === state.order ? !state.ascending : order === "name" });
      $(`[data-order="${order}"]`)?.focus();
    });
    let typing;
    document.getElementById("clients-text").addEventListener("input", (event) => {
      clearTimeout(typing);
      typing = setTimeout(() => change({ text: event.target.value.trim() }, true), 200);
    });
    $(".previous").addEventListener("click", () => change({ offset: Math.max(0, state.offset - LIMIT) }));
    $(".next").addEventListener("click", () => change({ offset: state.offset + LIMIT }));
    document.getElementById("clients-copy").addEventListener("click", (event) => copy(event.target, document.getElementById("clients-command").textContent));
    addEventListener("popstate", () => { read(); load(); });
    read();
    load();
    news(load);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
