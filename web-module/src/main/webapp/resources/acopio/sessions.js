"use strict";

(() => {
  const KINDS = ["echo", "echo-queue", "session-thread", "session-selector", "ingest", "rmi"];
  const HISTORY_ROWS = 50;
  const TYPING_MS = 250;
  const PAUSE_MS = 2_000;

  let root;
  const at = (id) => document.getElementById(id);
  const camel = (word) => word.replace(/-([a-z])/g, (whole, letter) => letter.toUpperCase());
  const say = (name, ...values) => acopio.fill(root.dataset[camel(name)] ?? name, ...values);
  const place = (row) => (row.address.includes(":") ? `[${row.address}]:${row.port}` : `${row.address}:${row.port}`);

  const wanted = { view: "live", kind: "", text: "", sort: "begun", descending: true, offset: 0, limit: 50 };
  const past = { text: "", from: "", to: "", sort: "ended", descending: true };

  /** By what each page of the history was asked for that was turned to. */
  const turned = [];
  let counts = { total: 0, kinds: {} };

  /** What the rows answer to: kind and text, and how many matched. */
  let found = { kind: "", text: "", matching: 0 };

  // ---- asking the server: one question at a time, and never for what is already shown --------

  let asking = false;
  let again = false;
  let matching = 0;

  async function refresh() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      await (wanted.view === "live" ? showLive() : showHistory());
      problem("");
    } catch (failure) {
      problem(failure.status === undefined ? failure.message : say("unreadable", failure.message));
      // Nobody knows now.
      at("sessions-empty").hidden = true;
      at("history-empty").hidden = true;
    } finally {
      asking = false;
      if (again) {
        again = false;
        refresh();
      }
    }
  }

  function ask(path, parameters) {
    const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ""));
    return acopio.ask(`/api/${path}?${query}`);
  }

  function problem(sentence) {
    const note = at("sessions-problem");
    note.hidden = sentence === "";
    acopio.text(note.lastElementChild, sentence);
  }

  // ---- who is connected ----------------------------------------------------------------------

  async function showLive() {
    const asked = { ...wanted };
    const page = await ask("sessions", {
      kind: asked.kind,
      text: asked.text,
      sort: asked.sort,
      direction: asked.descending ? "descending" : "ascending",
      offset: asked.offset,
      limit: asked.limit,
    });
    // The rows may be newer than what was heard: what closes them goes by the same figures.
    counts = page;
    showKinds();
    matching = page.matching;
    found = { kind: asked.kind, text: asked.text, matching };
    if (page.sessions.length === 0 && asked.offset > 0) {
      wanted.offset = Math.max(0, Math.floor((matching - 1) / asked.limit) * asked.limit);
      again = true;
      return;
    }
    acopio.keyed(at("sessions-table").tBodies[0], page.sessions, (row) => row.number, buildRow, updateRow);
    const empty = page.sessions.length === 0;
    at("sessions-scroll").hidden = empty;
    showEmpty(empty);
    showPager(page.sessions.length);
  }

  /** The whole of it is told to who points at it, and to screen readers. */
  function instant(iso, more = "") {
    return acopio.make("time", { datetime: iso, title: more + acopio.format.time(iso) }, acopio.format.moment(iso));
  }

  function cell(name, classes, ...children) {
    return acopio.make("td", { class: classes, "data-name": name }, ...children);
  }

  function buildRow(row) {
    const tr = acopio.make(
      "tr",
      {},
      cell("kind", "", kindTag(row.kind)),
      cell("address", "mono", row.address),
      cell("port", "number mono", String(row.port)),
      cell("local-port", "number mono", String(row.localPort)),
      cell("since", "number", instant(row.opened)),
      cell("duration", "number", acopio.make("span")),
      cell("messages", "number"),
      cell("read", "number"),
      cell("written", "number"),
      cell("state", "", acopio.make("span")),
      cell("detail", "who", acopio.make("span", { class: "cut" })),
    );
    if (root.dataset.administrator === "true") {
      tr.append(
        cell(
          "actions",
          "number",
          acopio.make("button", { type: "button", class: "plain close", "aria-label": say("close-label", place(row)), title: say("close") },
            acopio.make("span", { class: "pi pi-times", "aria-hidden": "true" })),
        ),
      );
    }
    for (const td of tr.cells) td.dataset.label = heading(td.dataset.name);
    return tr;
  }

  const COLUMNS = ["kind", "address", "port", "local-port", "since", "duration", "messages", "read", "written", "state", "detail"];
  const headings = {};

  function heading(name) {
    return headings[name] ?? "";
  }

  function readHeadings() {
    const cells = at("sessions-table").tHead.rows[0].cells;
    COLUMNS.forEach((name, index) => (headings[name] = cells[index].textContent.trim()));
    const past = at("history-table").tHead.rows[0].cells;
    headings.ended = past[4].textContent.trim();
    headings.lasted = past[5].textContent.trim();
    headings.reason = past[6].textContent.trim();
  }

  function kindTag(kind) {
    return acopio.make("span", { class: `tag kind kind-${kind}` }, say(`kind-${kind}`));
  }

  function updateRow(tr, row) {
    tr.session = row;
    const [duration, messages, read, written, state, detail] = ["duration", "messages", "read", "written", "state", "detail"].map((name) => tr.cells[COLUMNS.indexOf(name)]);
    acopio.age(duration.firstElementChild, row.seconds * 1000);
    acopio.text(messages, acopio.format.count(row.messages));
    acopio.text(read, acopio.format.bytes(row.bytesRead));
    acopio.text(written, acopio.format.bytes(row.bytesWritten));
    acopio.text(state.firstElementChild, say(`state-${row.state}`));
    tr.classList.toggle("closing", row.state !== "open");
    acopio.text(detail.firstElementChild, row.detail);
    detail.title = row.detail;
  }

  function showEmpty(empty) {
    const note = at("sessions-empty");
    const filtered = wanted.kind !== "" || wanted.text !== "";
    note.hidden = !empty;
    acopio.text(note.querySelector("strong"), say(filtered ? "no-match" : "none"));
    acopio.text(note.querySelector("p"), say(filtered ? "no-match-hint" : "none-hint"));
    at("sessions-clear").hidden = !filtered;
  }

  function showPager(shown) {
    const pager = at("sessions-pager");
    pager.hidden = matching === 0;
    acopio.text(
      pager.querySelector(".range"),
      say("range", ...[wanted.offset + 1, wanted.offset + shown, matching].map(acopio.format.count)),
    );
    pager.querySelector(".previous").disabled = wanted.offset === 0;
    pager.querySelector(".next").disabled = wanted.offset + shown >= matching;
    showCloseAll();
  }

  function showSort() {
    for (const button of root.querySelectorAll(".sort")) {
      const [own, descending] = sorting(button) === past ? [past.sort, past.descending] : [wanted.sort, wanted.descending];
      const cellOf = button.closest("th");
      if (button.dataset.sort === own) cellOf.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else cellOf.removeAttribute("aria-sort");
    }
  }

  /** What a heading sorts: who is connected, or who was. */
  function sorting(button) {
    return button.closest("#history-table") ? past : wanted;
  }

  // ---- who was -------------------------------------------------------------------------------

  /** Days begin and end where the person is. */
  function moment(day, last) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
    const begin = new Date(`${day}T00:00:00`);
    if (last) {
      begin.setDate(begin.getDate() + 1);
      begin.setSeconds(-1);
    }
    return begin.toISOString();
  }

  async function showHistory() {
    const page = await ask("sessions/history", {
      kind: wanted.kind,
      text: past.text,
      endedFrom: moment(past.from, false),
      endedTo: moment(past.to, true),
      sort: past.sort,
      direction: past.descending ? "descending" : "ascending",
      limit: HISTORY_ROWS,
      ...turned.at(-1),
    });
    acopio.keyed(at("history-table").tBodies[0], page.sessions, (row) => row.number, buildPast, () => {});
    const empty = page.sessions.length === 0;
    at("history-table").parentElement.hidden = empty;
    at("history-empty").hidden = !empty;
    const filtered = past.text !== "" || past.from !== "" || past.to !== "" || wanted.kind !== "";
    acopio.text(at("history-empty").querySelector("strong"), say(filtered ? "no-match" : "no-history"));
    acopio.text(at("history-empty").querySelector("p"), say(filtered ? "no-match-hint" : "no-history-hint"));
    at("history-clear").hidden = !filtered;
    const pager = at("history-pager");
    const next = page.before !== undefined ? { before: page.before } : page.next !== undefined ? { offset: page.next } : undefined;
    pager.hidden = turned.length === 0 && !next;
    pager.querySelector(".newest").disabled = turned.length === 0;
    const older = pager.querySelector(".older");
    older.disabled = !next;
    older.next = next;
  }

  function buildPast(row) {
    const tr = acopio.make(
      "tr",
      {},
      cell("kind", "", kindTag(row.kind)),
      cell("address", "mono", row.address),
      cell("port", "number mono", String(row.port)),
      cell("local-port", "number mono", String(row.localPort)),
      cell("ended", "number", instant(row.ended, `${heading("since")} ${acopio.format.time(row.opened)} – `)),
      cell("lasted", "number", acopio.format.duration(row.seconds * 1000)),
      cell("reason", "", say(`reason-${row.reason}`)),
      cell("messages", "number", acopio.format.count(row.messages)),
      cell("read", "number", acopio.format.bytes(row.bytesRead)),
      cell("written", "number", acopio.format.bytes(row.bytesWritten)),
      cell("detail", "who", acopio.make("span", { class: "cut", title: row.detail }, row.detail)),
    );
    for (const td of tr.cells) td.dataset.label = heading(td.dataset.name);
    return tr;
  }

  // ---- what the person chooses ---------------------------------------------------------------

  function showKinds() {
    const items = [{ kind: "", count: counts.total }, ...KINDS.map((kind) => ({ kind, count: counts.kinds[kind] ?? 0 }))];
    acopio.keyed(
      at("sessions-kinds"),
      items,
      (item) => item.kind || "all",
      (item) =>
        acopio.make("button", { type: "button", class: "chip", onclick: () => choose({ kind: item.kind }) },
          acopio.make("span", {}, item.kind === "" ? say("all") : say(`kind-${item.kind}`)), " ", acopio.make("b")),
      (chip, item) => {
        chip.setAttribute("aria-pressed", String(wanted.kind === item.kind));
        const count = chip.lastElementChild;
        count.hidden = wanted.view !== "live";
        acopio.text(count, acopio.format.count(item.count));
      },
    );
    acopio.text(at("sessions-total"), acopio.format.count(counts.total));
  }

  function choose(change) {
    Object.assign(wanted, { offset: 0 }, change);
    turned.length = 0;
    showKinds();
    showSort();
    showCloseAll();
    refresh();
  }

  function search(change) {
    Object.assign(past, change);
    choose({});
  }

  function showCloseAll() {
    const button = at("sessions-close-all");
    if (!button) return;
    const words = wanted.text !== "" ? say("close-matching") : wanted.kind === "" ? say("close-all") : say("close-kind", say(`kind-${wanted.kind}`));
    acopio.text(button.querySelector(".words"), words);
    button.disabled = matched() === 0;
  }

  /** How many would be closed: no others than those of which the rows are a page. */
  function matched() {
    if (wanted.text === "") return wanted.kind === "" ? counts.total : counts.kinds[wanted.kind] ?? 0;
    return found.kind === wanted.kind && found.text === wanted.text ? found.matching : 0;
  }

  async function closeAll() {
    const { kind, text } = wanted;
    const named = [kind !== "" ? say(`kind-${kind}`) : text === "" ? say("all") : "", text];
    if (await command.ask(say("ask-many", acopio.format.count(matched()), named.filter((part) => part !== "").join(" · ")))) {
      await command.press("command-close", { target: kind || "all", "target-text": text });
      refresh();
    }
  }

  async function closeOne(event) {
    const button = event.target.closest("button.close");
    if (!button) return;
    const { session } = button.closest("tr");
    if (await command.ask(say("ask-one", place(session)))) {
      await command.press("command-close", { target: session.number });
      refresh();
    }
  }

  function view(name) {
    wanted.view = name;
    for (const button of root.querySelectorAll(".view")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    acopio.text(at("sessions-lead"), say(`lead-${name}`));
    at("sessions-total").hidden = name !== "live";
    at("sessions-live").hidden = name !== "live";
    at("sessions-history").hidden = name !== "history";
    choose({});
  }

  function begin() {
    root = at("sessions");
    readHeadings();
    let typing;
    at("sessions-text").addEventListener("input", (event) => {
      clearTimeout(typing);
      typing = setTimeout(() => choose({ text: event.target.value.trim() }), TYPING_MS);
    });
    at("history-text").addEventListener("input", (event) => {
      clearTimeout(typing);
      typing = setTimeout(() => search({ text: event.target.value.trim() }), TYPING_MS);
    });
    at("history-from").addEventListener("change", (event) => search({ from: event.target.value }));
    at("history-to").addEventListener("change", (event) => search({ to: event.target.value }));
    at("history-clear").addEventListener("click", () => {
      for (const id of ["history-text", "history-from", "history-to"]) at(id).value = "";
      wanted.kind = "";
      search({ text: "", from: "", to: "" });
    });
    at("sessions-size").addEventListener("change", (event) => choose({ limit: Number(event.target.value) }));
    at("sessions-clear").addEventListener("click", () => {
      at("sessions-text").value = "";
      choose({ kind: "", text: "" });
    });
    for (const button of root.querySelectorAll(".view")) button.addEventListener("click", () => view(button.dataset.view));
    for (const button of root.querySelectorAll(".sort")) {
      button.addEventListener("click", () => {
        const sort = button.dataset.sort;
        const sorted = sorting(button);
        sorted.descending = sort === sorted.sort ? !sorted.descending : !["kind", "address", "port", "local-port", "detail"].includes(sort);
        sorted.sort = sort;
        choose({});
      });
    }
    const pager = at("sessions-pager");
    pager.querySelector(".previous").addEventListener("click", () => turn(-1));
    pager.querySelector(".next").addEventListener("click", () => turn(1));
    at("history-pager").querySelector(".newest").addEventListener("click", () => choose({}));
    at("history-pager").querySelector(".older").addEventListener("click", (event) => {
      turned.push(event.target.next);
      refresh();
    });
    at("sessions-close-all")?.addEventListener("click", closeAll);
    at("sessions-table").addEventListener("click", closeOne);
    showKinds();
    showSort();
    showCloseAll();
    refresh();
    acopio.live("sessions", hear);
  }

  function turn(pages) {
    wanted.offset = Math.max(0, wanted.offset + pages * wanted.limit);
    refresh();
  }

  let heard = {};
  let due;
  let next = 0;

  /**
   * Snapshots come at most twice a second. Who came and went is asked for at once; figures, which
   * grow all the time while anybody collects, and the history only now and then.
   */
  function hear(snapshot) {
    const before = heard;
    heard = counts = snapshot;
    showKinds();
    showCloseAll();
    const changed = snapshot.changes !== before.changes;
    if (wanted.view === "live") {
      if (changed) refresh();
      else if (snapshot.activity !== before.activity || failed()) refreshNowAndThen();
    } else if (changed || failed()) {
      refreshNowAndThen();
    }
  }

  const failed = () => !at("sessions-problem").hidden;

  /** At once, and after that not more often than every two seconds. */
  function refreshNowAndThen() {
    due ??= setTimeout(() => {
      due = undefined;
      next = Date.now() + PAUSE_MS;
      if (wanted.view === "live" || turned.length === 0) refresh();
    }, Math.max(0, next - Date.now()));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
