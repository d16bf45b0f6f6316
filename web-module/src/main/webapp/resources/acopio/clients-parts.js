"use strict";

/** What the list of clients and the pages of one have in common. */
const clientsParts = (() => {
  const { make, format, fill } = acopio;
  const root = () => document.getElementById("clients");
  const word = (name) => root().dataset[name] ?? name;
  const KINDS = ["image", "pdf", "audio", "video"];

  const ask = (path, signal) => acopio.ask(`/api/${path}`, signal);

  function problem(error) {
    const note = document.getElementById("clients-problem");
    note.hidden = !error;
    note.lastElementChild.textContent = !error ? "" : error.status === 404 ? word("missing") : error.status === undefined ? error.message : fill(word("unreadable"), error.message);
  }

  /** Whether the page says that it could not ask; it asks again when the server is heard of. */
  const failed = () => !document.getElementById("clients-problem").hidden;

  /** Where a client has its page. */
  const address = (value) => `?address=${encodeURIComponent(value)}`;
  const agent = (value) => `?agent=${encodeURIComponent(value)}`;

  const host = (name) => make("bdi", { class: "text-data", title: name }, name === "" ? word("unnamed") : name);

  /** Name and short id of a PC, which lead to its page. */
  function pc(one) {
    return make("a", { class: "pc", href: agent(one.id) }, host(one.hostName), " ",
      make("span", { class: "tag mono", title: word("idHint") }, one.shortId));
  }

  const time = (iso) => make("time", { datetime: iso }, format.time(iso));

  /** How the bytes divide over the kinds, as a bar; with a legend when asked for. */
  function kinds(holdings, legend) {
    const parts = KINDS.filter((kind) => holdings.kinds[kind]).map((kind) => ({ kind, ...holdings.kinds[kind] }));
    const known = parts.reduce((sum, part) => sum + part.files, 0);
    if (known < holdings.files) {
      const bytes = parts.reduce((rest, part) => rest - part.bytes, holdings.bytes);
      parts.push({ kind: "other", files: holdings.files - known, bytes });
    }
    const text = parts.map((part) => `${word(part.kind)} ${format.count(part.files)}`).join(" · ");
    const bar = make("span", { class: "kinds", role: "img", "aria-label": text || "–", title: text });
    for (const part of parts) {
      const piece = make("i", { class: `kind-${part.kind}` });
      piece.style.flexGrow = String(Math.max(part.bytes, holdings.bytes / 50));
      bar.append(piece);
    }
    if (!legend) return bar;
    const list = make("ul", { class: "legend" });
    for (const part of parts) {
      list.append(make("li", {}, make("i", { class: `kind-${part.kind}`, "aria-hidden": "true" }), word(part.kind), " ",
        make("strong", {}, format.count(part.files)), " ", make("span", { class: "soft" }, format.bytes(part.bytes))));
    }
    return make("div", {}, bar, list);
  }

  const PAUSE_MS = 2_000;

  /** Calls `refresh` when something came that the page does not show yet: at once, and after that not more often than every two seconds. */
  function news(refresh) {
    let known;
    let due;
    let next = 0;
    acopio.live("clients", (snapshot) => {
      const now = JSON.stringify(snapshot);
      if ((known !== undefined && now !== known) || failed()) {
        due ??= setTimeout(() => {
          due = undefined;
          next = Date.now() + PAUSE_MS;
          refresh();
        }, Math.max(0, next - Date.now()));
      }
      known = now;
    });
  }

  return { ask, news, problem, word, root, address, agent, host, pc, time, kinds };
})();
