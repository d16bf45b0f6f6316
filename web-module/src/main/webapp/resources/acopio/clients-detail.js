"use strict";

/** The page of one address, or of one PC. */
const clientsDetail = (() => {
  const { make, format, fill } = acopio;
  const { ask, news, word, root, address, host, pc, time, kinds, problem } = clientsParts;
  const AGAIN_MS = 1_000;

  async function show(query) {
    const section = document.getElementById("clients-detail");
    section.replaceChildren(make("p", {}, make("a", { class: "back", href: query.has("agent") ? "?by=agent" : "?" }, make("span", { class: "pi pi-arrow-left", "aria-hidden": "true" }), word("back"))));
    section.hidden = false;
    try {
      section.append(...(await parts(query)));
      document.title = `${section.querySelector("h1").textContent} · Acopio`;
    } catch (error) {
      problem(error);
    }
    news(() => refresh(section, query));
  }

  /** What the page consists of; the folder is the one that is shown already when there is one. */
  const parts = (query, shown) => (query.has("agent") ? ofAgent(query.get("agent"), shown) : ofAddress(query.get("address"), shown));

  /** Those that are changed one by one: of two that stand side by side, each. */
  const pieces = (all) => all.flatMap((part) => (part.classList.contains("pair") ? [...part.children] : [part]));

  const isRead = (part) => part.contains(document.activeElement) || part.querySelector("details[open]") !== null;

  let later;

  /** Shows what is known now. A part that has the focus, or of which something is open, is not pulled away: it follows when it is left. */
  async function refresh(section, query) {
    clearTimeout(later);
    try {
      const all = await parts(query, document.getElementById("clients-folder"));
      const fresh = pieces(all);
      const shown = pieces([...section.children].slice(1));
      if (shown.length === 0) section.append(...all);
      section.style.minHeight = `${section.offsetHeight}px`;
      const read = shown.filter((part, i) => part !== fresh[i] && isRead(part));
      shown.forEach((part, i) => {
        if (part !== fresh[i] && !read.includes(part)) part.replaceWith(fresh[i]);
      });
      setTimeout(() => (section.style.minHeight = ""), 1_000);
      if (read.length > 0) whenLeft(section, query, read);
      problem(null);
    } catch (error) {
      problem(error);
    }
  }

  function whenLeft(section, query, read) {
    later = setTimeout(() => (read.some(isRead) ? whenLeft(section, query, read) : refresh(section, query)), AGAIN_MS);
  }

  const title = (...children) => make("h1", { class: "row client-name" }, ...children);

  function facts(...pairs) {
    const list = make("dl", { class: "facts" });
    for (const [name, ...values] of pairs) list.append(make("dt", {}, word(name)), make("dd", {}, ...values));
    return list;
  }

  const holdings = (one) => make("section", { class: "card stack" }, make("div", { class: "row figures" },
    make("div", { class: "figure" }, make("strong", {}, format.count(one.files)), make("span", {}, word("files"))),
    make("div", { class: "figure" }, make("strong", {}, format.bytes(one.bytes)), make("span", {}, word("bytes"))),
    make("div", { class: "figure" }, make("strong", {}, format.count(one.collections)), make("span", {}, word("collections")))), kinds(one, true));

  /** Its branches stay as they were opened; a button shows what came since. */
  function folder(path, files) {
    const news = make("button", { type: "button", class: "chip", hidden: true, onclick: () => {
      news.hidden = true;
      section.lastElementChild.replaceWith(clientsFolder.tree(path));
      files = section.files;
    } }, word("newFiles"));
    const section = make("section", { class: "card stack", id: "clients-folder" }, make("h2", {}, word("folder")), news, clientsFolder.tree(path));
    section.files = files;
    section.tell = (now) => {
      section.files = now;
      news.hidden = now === files;
      return section;
    };
    return section;
  }

  async function ofAgent(id, shown) {
    const agent = await ask(`agents/${encodeURIComponent(id)}`);
    const links = agent.addresses.flatMap((one, i) => [i > 0 ? ", " : "", make("a", { class: "mono", href: address(one) }, one)]);
    return [title(make("span", { class: "pi pi-desktop", "aria-hidden": "true" }), host(agent.hostName), make("span", { class: "tag mono", title: word("idHint") }, agent.shortId)),
      make("div", { class: "pair" }, holdings(agent), make("section", { class: "card" }, facts(
        ["lastSeen", time(agent.lastSeen)], ["firstSeen", time(agent.firstSeen)], ["addresses", ...links],
        ["version", agent.version], ["id", make("code", { title: word("idHint") }, agent.id)]))),
      clientsProof.panel(agent), shown?.tell(agent.files) ?? folder(`agents/${agent.id}/folder`, agent.files), clientsProof.history(`agent=${agent.id}`, "agent")];
  }

  async function ofAddress(value, shown) {
    const client = await ask(`clients/${encodeURIComponent(value)}`);
    const path = `clients/${encodeURIComponent(client.address)}`;
    const many = client.agents.length === 1 ? word("agentsBehind") : fill(word("agentsBehindMany"), format.count(client.agents.length));
    const behind = make("div", { class: "grid" });
    fillBehind(behind, client.agents);
    return [title(make("span", { class: "pi pi-sitemap", "aria-hidden": "true" }), make("span", { class: "mono" }, client.address)),
      make("div", { class: "pair" }, holdings(client), make("section", { class: "card stack" }, facts(
        ["lastSeen", time(client.lastSeen)], ["firstSeen", time(client.firstSeen)]),
        make("div", { class: "row" }, clientsProof.download(`${path}/SHA256SUMS`, word("sums"), word("sumsAddressHint"), true), make("span", { class: "soft small" }, word("sumsAddressHint"))))),
      make("section", {}, make("h2", {}, many), behind),
      shown?.tell(client.files) ?? folder(`${path}/folder`, client.files), clientsProof.history(`client=${encodeURIComponent(client.address)}`, "client")];
  }

  /** Those of an address that many PCs share come in the order in which they were seen last. */
  async function fillBehind(grid, agents) {
    const MOST = 24;
    for (const visitor of agents.slice(0, MOST)) grid.append(make("section", { class: "card stack", "data-key": visitor.id }, pc(visitor)));
    if (agents.length > MOST) grid.append(make("p", { class: "card" }, make("a", { href: "?by=agent" }, fill(word("agentsBehindMany"), format.count(agents.length)))));
    for (const visitor of agents.slice(0, MOST)) {
      try {
        const agent = await ask(`agents/${visitor.id}`);
        grid.querySelector(`[data-key="${visitor.id}"]`)?.append(kinds(agent, true), clientsProof.verdict(agent),
          make("p", { class: "soft small" }, word("lastSeen"), ": ", time(agent.lastSeen)));
      } catch (error) {
        problem(error);
        return;
      }
    }
  }

  return { show, root };
})();
