"use strict";

/**
 * The library's page. This part knows what is looked for: the address of the page, which can be
 * kept and passed on, and the question to the server that follows from it.
 */
const library = (() => {
  const PAGE = 100;
  const KINDS = ["image", "pdf", "audio", "video"];
  const TEXTS = ["q", "client", "agent", "minSize", "maxSize", "storedFrom", "storedTo", "modifiedFrom", "modifiedTo", "sha256", "versions", "copies"];
  const MIB = 1_048_576;

  /** A larger image is not loaded only to be looked at. */
  const SHOWN_BYTES = 12 * MIB;

  const DAY = /^\d{4}-\d\d-\d\d$/;

  const root = document.getElementById("library");
  const word = (name, ...values) => acopio.fill(root.dataset["w" + name[0].toUpperCase() + name.slice(1)] ?? "", ...values);

  /** What the address of the page says. */
  function fromAddress() {
    const given = new URLSearchParams(location.search);
    const query = { kinds: (given.get("kind") ?? "").split(",").filter((kind) => KINDS.includes(kind)) };
    for (const name of TEXTS) query[name] = given.get(name) ?? "";
    query.sort = given.get("sort") ?? "stored";
    query.order = given.get("order") ?? usualOrder(query.sort);
    query.page = Math.max(1, Number.parseInt(given.get("page") ?? "1", 10) || 1);
    query.file = /^\d{1,15}$/.test(given.get("file") ?? "") ? Number(given.get("file")) : null;
    return query;
  }

  const usualOrder = (sort) => (["stored", "modified", "size"].includes(sort) ? "desc" : "asc");

  /** The address that says this; what is usual is left out. */
  function toAddress(query) {
    const said = new URLSearchParams();
    for (const name of TEXTS) if (query[name]) said.set(name, query[name]);
    if (query.kinds.length) said.set("kind", query.kinds.join(","));
    if (query.sort !== "stored") said.set("sort", query.sort);
    if (query.order !== usualOrder(query.sort)) said.set("order", query.order);
    if (query.page > 1) said.set("page", String(query.page));
    if (query.file) said.set("file", String(query.file));
    const text = said.toString().replaceAll("%2C", ",");
    return location.pathname + (text ? "?" + text : "");
  }

  /** Days begin and end where the person is. */
  function moment(day, last) {
    if (!DAY.test(day)) return day;
    const begin = new Date(`${day}T00:00:00`);
    if (Number.isNaN(begin.getTime())) return day;
    if (last) {
      begin.setDate(begin.getDate() + 1);
      begin.setSeconds(-1);
    }
    return begin.toISOString();
  }

  /** The parameters of /api/files. */
  function toQuestion(query, upTo, offset = (query.page - 1) * PAGE, limit = PAGE) {
    const asked = new URLSearchParams();
    for (const name of TEXTS) {
      if (!query[name]) continue;
      asked.set(name, name.endsWith("From") ? moment(query[name], false) : name.endsWith("To") ? moment(query[name], true) : query[name]);
    }
    if (query.kinds.length) asked.set("kind", query.kinds.join(","));
    asked.set("sort", query.sort);
    asked.set("order", query.order);
    asked.set("offset", String(offset));
    asked.set("limit", String(limit));
    if (upTo) asked.set("upTo", String(upTo));
    return asked;
  }

  /** What narrows the search, with words for people and how to take it back. */
  function conditions(query) {
    const found = [];
    const add = (label, value, without) => found.push({ label: value ? `${label}: ${value}` : label, without });
    if (query.q) add(word("words"), query.q, { q: "" });
    for (const kind of query.kinds) add(word(kind), "", { kinds: query.kinds.filter((other) => other !== kind) });
    for (const name of ["client", "agent", "storedFrom", "storedTo", "modifiedFrom", "modifiedTo", "sha256"]) {
      if (query[name]) add(word(name), query[name], { [name]: "" });
    }
    for (const name of ["minSize", "maxSize"]) {
      if (query[name]) add(word(name).replace(/ \(.*\)/, ""), acopio.format.bytes(Number(query[name])), { [name]: "" });
    }
    if (query.versions === "all") add(word("allVersions"), "", { versions: "" });
    if (query.copies === "only") add(word("onlyCopies"), "", { copies: "" });
    return found;
  }

  const nothing = () => ({ kinds: [], ...Object.fromEntries(TEXTS.map((name) => [name, ""])), page: 1 });

  /** A text from a PC: what would act on the page's text instead of being read is made visible. */
  const shown = (text) =>
    text
      .replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
      .replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

  return { PAGE, MIB, SHOWN_BYTES, KINDS, root, word, fromAddress, toAddress, toQuestion, usualOrder, conditions, nothing, shown };
})();
