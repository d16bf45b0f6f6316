"use strict";

/** What a PC said it has against what the store proves, and its collections. */
const clientsProof = (() => {
  const { make, format, fill, base } = acopio;
  const { ask, word, pc, time, address, problem } = clientsParts;
  const PAGE = 50;

  const download = (href, words, hint, quiet) => make("a", { class: quiet ? "action quiet" : "action", href: `${base()}/api/${href}`, download: true, title: hint },
    make("span", { class: "pi pi-download", "aria-hidden": "true" }), words);

  const camel = (reason) => `reason${reason.split("-").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("")}`;

  /** In a sentence, with a mark. */
  function verdict(agent) {
    const said = agent.files + agent.unproven;
    const words = said === 0 ? word("reconciledNone")
      : agent.unproven === 0 ? fill(word("reconciledAll"), format.count(said))
        : fill(word("reconciled"), format.count(said), format.count(agent.files), format.count(agent.unproven));
    const [kind, icon] = said === 0 ? ["", "pi-info-circle"] : agent.unproven === 0 ? ["good", "pi-verified"] : ["warn", "pi-exclamation-circle"];
    return make("p", { class: `note ${kind}` }, make("span", { class: `pi ${icon}`, "aria-hidden": "true" }), make("strong", {}, words));
  }

  /** The panel of one PC. */
  function panel(agent) {
    const rows = make("tbody");
    const more = make("button", { type: "button", class: "chip", hidden: true }, word("more"));
    const table = make("div", { class: "scroll", hidden: true, tabindex: "0", role: "region", "aria-label": word("unproven") },
      make("table", { class: "plain" }, make("thead", {}, make("tr", {}, ...["path", "size", "why", "saidAt"].map((name) =>
        make("th", { scope: "col", class: name === "size" ? "number" : null }, word(name))))), rows));
    let next = null;
    const load = () => list(agent, rows, next).then((from) => {
      next = from;
      more.hidden = next === null;
      problem(null);
    }).catch(problem);
    more.addEventListener("click", load);
    if (agent.unproven > 0) {
      table.hidden = false;
      load();
    }
    const certificate = `agents/${agent.id}/certificate`;
    return make("section", { class: "card stack" }, make("h2", {}, word("reconciliation")), verdict(agent),
      make("p", { class: "soft small" }, word("proofHint")), table, more,
      make("div", { class: "row" }, download(certificate, word("download"), null, false),
        download(`${certificate}?verify=true`, word("downloadRead"), word("downloadReadHint"), true),
        download(`agents/${agent.id}/SHA256SUMS`, word("sums"), word("sumsHint"), true)));
  }

  async function list(agent, rows, after) {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (after !== null) query.set("after", after);
    const page = await ask(`agents/${agent.id}/unproven?${query}`);
    for (const one of page.unproven) {
      rows.append(make("tr", {}, make("td", { class: "path" }, make("bdi", { class: "text-data" }, one.path)),
        make("td", { class: "number" }, format.bytes(one.size)),
        make("td", { class: "why" }, word(camel(one.reason)), make("details", { class: "small" }, make("summary", {}, make("code", {}, one.reason)), make("bdi", { class: "text-data soft" }, one.detail))),
        make("td", { class: "soft when" }, time(one.saidAt))));
    }
    return page.next ?? null;
  }

  /** The collections that `filter` names, newest first; whose they are when asked for. */
  function history(filter, whose) {
    const names = ["opened", whose === "agent" ? "address" : "pc", "lasted", "said", "proven", "unproven", "ending", "certificate"];
    const numbers = ["lasted", "said", "proven", "unproven"];
    const rows = make("tbody");
    const older = make("button", { type: "button", class: "chip", hidden: true, onclick: () => load() }, word("older"));
    let before = null;
    function load() {
      ask(`collections?${filter}&limit=20${before === null ? "" : `&before=${before}`}`).then((page) => {
        for (const one of page.collections) rows.append(row(one, whose));
        before = page.before ?? null;
        older.hidden = before === null;
        if (rows.children.length === 0) rows.append(make("tr", {}, make("td", { colspan: "8", class: "soft" }, word("noHistory"))));
        problem(null);
      }).catch(problem);
    }
    load();
    return make("section", { class: "card stack" }, make("h2", {}, word("history")),
      make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": word("history") }, make("table", { class: "plain" },
        make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col", class: numbers.includes(name) ? "number" : null }, word(name))))), rows)), older);
  }

  function row(one, whose) {
    const ending = one.ending ?? "open";
    const tone = { closed: "good", open: "info" }[ending] ?? "warn";
    const count = (totals) => make("td", { class: "number" }, format.count(totals?.files));
    return make("tr", {}, make("td", { class: "when" }, time(one.opened)),
      make("td", {}, whose === "agent" ? make("a", { class: "mono", href: address(one.address) }, one.address)
        : pc({ id: one.agentId, shortId: one.agentId.slice(0, 8), hostName: one.hostName })),
      make("td", { class: "number" }, format.duration(one.closed ? Date.parse(one.closed) - Date.parse(one.opened) : null)),
      count(one.said), count(one.proven), count(one.unproven),
      make("td", {}, make("span", { class: `tag ${tone}` }, word(`ending${ending.charAt(0).toUpperCase()}${ending.slice(1)}`))),
      make("td", {}, one.ending ? make("a", { href: `${base()}/api/agents/${one.agentId}/certificate?collection=${one.number}`, download: true, "aria-label": fill(word("certificateOf"), one.number) },
        make("span", { class: "pi pi-download", "aria-hidden": "true" }), " JSON") : "–"));
  }

  return { panel, verdict, history, download };
})();
