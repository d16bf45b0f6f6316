"use strict";

/** Collections and their files in flight, drawn from the live snapshot. */
(() => {
  const root = document.getElementById("transfers");
  const { format, make, keyed, text, fill } = acopio;
  const byId = (id) => document.getElementById(id);
  const camel = (prefix, code) => prefix + code.split("-").map((w) => w[0].toUpperCase() + w.slice(1)).join("");
  const word = (prefix, code) => root.dataset[camel(prefix, code)] ?? code;

  /** Rows that are shown of a collection before somebody asks for more. */
  const FEW = 12;
  const expanded = new Set();
  let last;

  /** Sets an attribute only when it is another. */
  function set(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  const progress = (attributes, ...children) =>
    make("div", { role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", ...attributes }, ...children);

  // ---- a file ----------------------------------------------------------------------------------

  function buildPart() {
    return make(
      "div",
      { class: "part" },
      progress({ class: "track" }, make("i")),
      make(
        "div",
        { class: "words", "aria-hidden": "true" },
        make("span", { class: "state" }),
        make("span", { class: "again" }),
        make("span", { class: "port" }),
      ),
    );
  }

  function buildFile() {
    return make(
      "li",
      { class: "file" },
      make(
        "div",
        {},
        make("span", { class: "name cut" }),
        make("span", { class: "place cut" }, make("bdi")),
        make("span", { class: "size" }),
      ),
      make("div", { class: "parts" }, buildPart(), buildPart(), buildPart(), buildPart()),
    );
  }

  function showPart(element, part, number, name) {
    const done = part.bytes === 0 ? 1 : part.arrived / part.bytes;
    set(element, "data-state", part.state);
    const track = element.firstElementChild;
    set(track, "aria-valuenow", String(Math.floor(done * 100)));
    const state = word("state", part.state);
    const again = part.retries ? `, ${fill(root.dataset.retries, format.count(part.retries))}` : "";
    set(
      track,
      "aria-label",
      fill(root.dataset.partLabel, number, name, state, format.bytes(part.arrived), format.bytes(part.bytes)) + again,
    );
    const scale = `scaleX(${done.toFixed(4)})`;
    if (track.firstElementChild.style.transform !== scale) track.firstElementChild.style.transform = scale;
    const [shown, retries, port] = element.lastElementChild.children;
    text(shown, part.state === "arriving" ? format.percent(done) : state);
    text(retries, part.retries ? `\u21bb ${format.count(part.retries)}` : "");
    set(retries, "title", part.retries ? fill(root.dataset.retries, format.count(part.retries)) : "");
    text(port, part.port ? `:${part.port}` : "");
    set(port, "title", part.port ? fill(root.dataset.port, String(part.port)) : "");
  }

  function showFile(row, file) {
    const slash = file.path.lastIndexOf("/");
    const name = file.path.slice(slash + 1) || file.path;
    const [label, place, size] = row.firstElementChild.children;
    text(label, name);
    set(label, "title", file.path);
    text(place.firstElementChild, file.path.slice(0, Math.max(0, slash)));
    text(size, file.storing ? `${format.bytes(file.size)} · ${root.dataset.storing}` : format.bytes(file.size));
    file.parts.forEach((part, i) => showPart(row.lastElementChild.children[i], part, i + 1, name));
  }

  /** Those that are on the screen stay on it, so that rows do not dance; the largest come next. */
  function chosen(list, open) {
    const limit = expanded.has(open.number) ? Infinity : FEW;
    const there = new Set([...list.children].map((row) => row.dataset.key));
    return [...open.files]
      .sort((a, b) => there.has(b.upload) - there.has(a.upload) || b.size - a.size)
      .slice(0, limit)
      .sort((a, b) => a.begun.localeCompare(b.begun) || a.path.localeCompare(b.path));
  }

  // ---- a collection ----------------------------------------------------------------------------

  const labelled = (name, label) => make("div", {}, make("strong", { class: name }), make("span", {}, label));
  const counted = (name, label) => make("span", {}, make("b", { class: name }), ` ${label}`);

  function buildCollection(open) {
    const from = make(
      "div",
      { class: "from" },
      make("span", { class: "mono" }, open.address),
      make("span", {}, fill(root.dataset.agent, open.agentId)),
      make("span", { class: "tag info" }, open.transport === "rmi" ? "RMI" : "Ingest"),
      make("span", {}, `${root.dataset.since} `, make("time", { "data-since": open.opened }, format.duration(Date.now() - Date.parse(open.opened)))),
    );
    const more = make("button", { type: "button", class: "action quiet more", hidden: true });
    more.addEventListener("click", () => {
      if (!expanded.delete(open.number)) expanded.add(open.number);
      draw(last);
    });
    return make(
      "section",
      { class: "card collection", "aria-label": open.host },
      make(
        "header",
        {},
        make("div", {}, make("h2", {}, open.host), from),
        make(
          "div",
          { class: "big" },
          labelled("rate", root.dataset.rateLabel),
          labelled("left", root.dataset.left),
        ),
      ),
      progress({ class: "bar", "aria-label": fill(root.dataset.progressLabel, open.host) }, make("i")),
      make(
        "div",
        { class: "under" },
        make("span", { class: "amount" }),
        counted("stored", root.dataset.stored),
        counted("had", root.dataset.had),
        counted("refused", root.dataset.refused),
        counted("changed", root.dataset.changed),
        make("span", { class: "push soft" }, fill(root.dataset.collection, String(open.number))),
      ),
      make(
        "div",
        { class: "note warn why", hidden: true },
        make("span", { class: "pi pi-clock", "aria-hidden": "true" }),
        make("span", { class: "reason" }),
      ),
      make("ul", { class: "files", "aria-label": root.dataset.files }),
      make("div", { class: "below" }, make("span", { class: "soft others" }), more),
    );
  }

  function showCollection(card, open) {
    const find = (name) => card.querySelector(`.${name}`);
    const done = Math.max(0, open.begunBytes - open.missingBytes);
    const part = open.begunBytes > 0 ? done / open.begunBytes : 0;
    const bar = find("bar");
    set(bar, "aria-valuenow", String(Math.floor(part * 100)));
    bar.firstElementChild.style.width = `${(part * 100).toFixed(2)}%`;
    text(find("rate"), format.rate(open.bytesPerSecond));
    text(find("left"), remaining(open));
    set(find("left"), "title", root.dataset.leftHint);
    text(find("amount"), open.begun ? fill(root.dataset.progress, format.bytes(done), format.bytes(open.begunBytes)) : "");
    for (const name of ["stored", "had", "refused", "changed"]) text(find(name), format.count(open[name]));
    showWaiting(find("why"), open);
    const list = find("files");
    const files = chosen(list, open);
    keyed(list, files, (file) => file.upload, buildFile, showFile);
    const others = open.otherFiles + open.files.length - files.length;
    text(find("others"), open.openFiles === 0 ? root.dataset.noFiles : others ? fill(root.dataset.otherFiles, format.count(others)) : "");
    const more = find("more");
    const isExpanded = expanded.has(open.number);
    more.hidden = !isExpanded && open.files.length <= FEW;
    text(more, isExpanded ? root.dataset.showFewer : root.dataset.showMore);
  }

  function remaining(open) {
    if (open.openFiles === 0) return "–";
    if (open.missingBytes === 0) return root.dataset.allHere;
    return open.remainingSeconds === undefined ? root.dataset.leftUnknown : format.duration(open.remainingSeconds * 1000);
  }

  function showWaiting(note, open) {
    note.hidden = open.waiting === "nothing";
    if (note.hidden) return;
    const bad = open.waiting.startsWith("store-");
    set(note, "class", `note ${bad ? "bad" : "warn"} why`);
    text(note.lastElementChild, fill(word("waiting", open.waiting), format.duration(open.waitingSeconds * 1000)));
  }

  // ---- what went wrong -------------------------------------------------------------------------

  const TONES = { changed: "info", "corrupt-block": "warn", damaged: "bad", "store-full": "bad", "store-failed": "bad", unavailable: "bad" };

  function buildIncident(incident) {
    return make(
      "tr",
      {},
      make("td", { class: "when" }),
      make("td", {}, make("span", { class: "text-data" }, incident.host || incident.address), make("div", { class: "soft small mono" }, incident.address)),
      make("td", { class: "path text-data" }, incident.path || "–"),
      make(
        "td",
        { class: "what" },
        make("b", {}, word("code", incident.code), " ", make("span", { class: "tag times", hidden: true })),
        make("span", { class: "soft small does" }),
      ),
    );
  }

  function showIncident(row, group) {
    text(row.querySelector(".when"), format.time(group.at));
    const does = row.querySelector(".does");
    text(does, fill(word("does", group.code), group.detail));
    set(does, "title", group.detail);
    const times = row.querySelector(".times");
    times.hidden = group.times === 1;
    text(times, `${format.count(group.times)}×`);
  }

  /** What happened to one file again and again is one row, with the newest time. */
  function grouped(list) {
    const groups = new Map();
    for (const incident of list) {
      const key = `${incident.code} ${incident.collection} ${incident.path}`;
      const group = groups.get(key);
      if (group) group.times++;
      else groups.set(key, { ...incident, key, times: 1 });
    }
    return [...groups.values()];
  }

  function incidents(snapshot) {
    keyed(byId("incidents"), grouped(snapshot.incidents), (group) => group.key, buildIncident, showIncident);
    const none = snapshot.incidents.length === 0;
    byId("incident-table").hidden = none;
    byId("no-incidents").hidden = !none;
    keyed(
      byId("incident-counts"),
      Object.entries(snapshot.incidentCounts),
      ([code]) => code,
      ([code]) => make("span", { class: `tag ${TONES[code] ?? ""}` }, make("span", {}, word("code", code)), " ", make("b")),
      (tag, [, count]) => text(tag.lastElementChild, format.count(count)),
    );
  }

  function draw(snapshot) {
    last = snapshot;
    text(byId("speed"), format.rate(snapshot.bytesPerSecond));
    text(byId("open"), format.count(snapshot.openCollections));
    text(byId("in-flight"), format.count(snapshot.openFiles));
    text(byId("received"), format.bytes(snapshot.counts.receivedBytes));
    root.classList.toggle("many", root.querySelectorAll(".file").length > 60);
    keyed(byId("collections"), snapshot.collections, (open) => open.number, buildCollection, showCollection);
    byId("other-collections").hidden = snapshot.otherCollections === 0;
    text(byId("other-collections"), fill(root.dataset.otherCollections, format.count(snapshot.otherCollections)));
    byId("none").hidden = snapshot.openCollections > 0;
    incidents(snapshot);
  }

  byId("copy").addEventListener("click", (event) => acopio.copy(event.currentTarget, byId("command").textContent));
  acopio.live("transfers", draw);
})();
