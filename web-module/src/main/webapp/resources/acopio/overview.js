"use strict";

/** The overview, drawn from the live snapshot. */
(() => {
  const root = document.getElementById("overview");
  const { format, make, keyed, text, fill } = acopio;
  const byId = (id) => document.getElementById(id);
  const camel = (prefix, code) => prefix + code.split("-").map((w) => w[0].toUpperCase() + w.slice(1)).join("");
  const word = (prefix, code) => root.dataset[camel(prefix, code)] ?? code;
  const SVG = "http://www.w3.org/2000/svg";

  // ---- chart ---------------------------------------------------------------------------------

  const WIDTH = 1000;
  const HEIGHT = 100;
  const SPANS = { seconds: 300, minutes: 288 };
  let span = "seconds";
  let last;

  const drawn = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const area = drawn("path", { class: "area" });
  const line = drawn("path", { class: "line" });
  svg.append(
    drawn("path", { class: "rule", d: `M0 ${HEIGHT / 2}H${WIDTH}` }),
    drawn("path", { class: "rule", d: `M0 1H${WIDTH}` }),
    area,
    line,
  );
  byId("chart").append(svg);

  /** The next round number above, in the unit that it will be shown in. */
  function ceiling(value) {
    let unit = 1024;
    while (unit * 1024 <= value) unit *= 1024;
    for (const step of [1, 1.5, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80, 100, 150, 200, 300, 500, 800, 1024]) if (step * unit >= value) return step * unit;
    return value;
  }

  function chart(snapshot) {
    const flow = snapshot[span];
    const rates = flow.bytes.map((bytes) => bytes / flow.stepSeconds);
    const now = snapshot.bytesPerSecond;
    const peak = Math.max(0, ...rates);
    const average = rates.length ? rates.reduce((sum, rate) => sum + rate, 0) / rates.length : 0;
    const top = ceiling(Math.max(peak, 1));
    const points = SPANS[span];
    const x = (i) => (((points - rates.length + i) / (points - 1)) * WIDTH).toFixed(1);
    const y = (rate) => (HEIGHT - (rate / top) * (HEIGHT - 2)).toFixed(1);
    const path = rates.map((rate, i) => `${x(i)} ${y(rate)}`).join("L");
    line.setAttribute("d", path && `M${path}`);
    area.setAttribute("d", path && `M${x(0)} ${HEIGHT}L${path}L${WIDTH} ${HEIGHT}Z`);
    text(byId("speed-now"), format.rate(now));
    text(byId("speed-peak"), format.rate(peak));
    text(byId("speed-average"), format.rate(average));
    text(byId("chart-top"), format.rate(top));
    text(byId("chart-middle"), format.rate(top / 2));
    const length = span === "seconds" ? root.dataset.spanMinutes : root.dataset.spanDay;
    text(byId("chart-from"), fill(root.dataset.ago, length));
    byId("chart").setAttribute(
      "aria-label",
      fill(root.dataset.chart, length, format.rate(now), format.rate(peak), format.rate(average)),
    );
  }

  const spans = [...document.querySelectorAll("[data-span]")];

  function choose(button) {
    span = button.dataset.span;
    for (const one of spans) {
      one.setAttribute("aria-checked", String(one === button));
      one.tabIndex = one === button ? 0 : -1;
    }
    if (last) chart(last);
  }

  for (const button of spans) {
    button.addEventListener("click", () => choose(button));
    button.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      const other = spans[(spans.indexOf(button) + 1) % spans.length];
      other.focus();
      choose(other);
    });
  }

  // ---- what arrived, store, sessions -----------------------------------------------------------

  function arrivals({ today, kinds, ever }) {
    text(byId("today-files"), format.count(today.files));
    text(byId("today-bytes"), format.bytes(today.bytes));
    for (const [kind, amount] of Object.entries(kinds)) {
      const card = byId("kinds").querySelector(`[data-kind="${kind}"]`);
      text(card.querySelector("strong"), format.count(amount.files));
      text(card.querySelector(".size"), format.bytes(amount.bytes));
    }
    text(byId("ever-bytes"), format.bytes(ever.bytes));
    text(byId("ever-files"), fill(root.dataset.files, format.count(ever.files)));
  }

  function store(disk) {
    const used = disk.capacity - disk.free;
    const reserve = Math.min(disk.reserve, disk.free);
    const shares = { used, free: disk.free - reserve, reserve };
    for (const [name, bytes] of Object.entries(shares)) {
      byId("disk").querySelector(`.${name}`).style.flex = `${disk.capacity ? bytes / disk.capacity : 0} 0 0`;
    }
    text(byId("disk-used"), format.bytes(used));
    text(byId("disk-free"), format.bytes(disk.room));
    text(byId("disk-reserve"), format.bytes(disk.reserve));
    byId("disk").setAttribute(
      "aria-label",
      fill(root.dataset.disk, format.bytes(used), format.bytes(disk.free), format.bytes(disk.reserve)),
    );
  }

  function scrub({ files, begun, ended, next }) {
    const d = root.dataset;
    const parts = [ended ? fill(d.scrubLast, format.time(ended)) : d.scrubNever];
    if (begun) parts.push(fill(d.scrubRunning, format.count(files)));
    if (next) parts.push(fill(d.scrubNext, format.time(next)));
    byId("scrub").hidden = false;
    text(byId("scrub"), parts.join(" "));
  }

  function sessions({ total, kinds }) {
    text(byId("sessions-total"), format.count(total));
    keyed(
      byId("sessions"),
      Object.entries(kinds),
      ([kind]) => kind,
      ([kind]) => make("li", {}, make("span", {}, word("kind", kind)), make("b")),
      (row, [, count]) => {
        row.toggleAttribute("data-some", count > 0);
        text(row.lastElementChild, format.count(count));
      },
    );
  }

  // ---- collections -----------------------------------------------------------------------------

  function buildCollection() {
    return make(
      "li",
      {},
      make("span", { class: "who cut" }),
      make("span", { class: "speed" }),
      make("div", { class: "bar", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" }, make("i")),
      make("span", { class: "soft small amount" }),
      make("span", { class: "soft small left" }),
    );
  }

  function showCollection(row, open) {
    const done = Math.max(0, open.begunBytes - open.missingBytes);
    const part = open.begunBytes > 0 ? done / open.begunBytes : 1;
    const name = `${open.host} · ${open.address}`;
    text(row.querySelector(".who"), name);
    text(row.querySelector(".speed"), format.rate(open.bytesPerSecond));
    const bar = row.querySelector(".bar");
    bar.setAttribute("aria-label", name);
    bar.setAttribute("aria-valuenow", String(Math.floor(part * 100)));
    bar.firstElementChild.style.width = `${part * 100}%`;
    text(row.querySelector(".amount"), fill(root.dataset.progress, format.bytes(done), format.bytes(open.begunBytes)));
    const left =
      open.missingBytes === 0 ? root.dataset.complete : open.remainingSeconds === undefined ? "" : `${root.dataset.left} ${format.duration(open.remainingSeconds * 1000)}`;
    text(row.querySelector(".left"), left);
  }

  function collections(snapshot) {
    keyed(byId("active"), snapshot.collections, (open) => open.number, buildCollection, showCollection);
    const more = snapshot.openCollections - snapshot.collections.length;
    byId("active-more").hidden = more === 0;
    text(byId("active-more"), fill(root.dataset.moreCollections, format.count(more)));
    byId("active-none").hidden = snapshot.openCollections > 0;
  }

  // ---- problems --------------------------------------------------------------------------------

  const ICONS = { bad: "pi-times-circle", warn: "pi-exclamation-triangle", note: "pi-info-circle" };

  function buildProblem(problem) {
    const tone = problem.severity === "note" ? "note" : `note ${problem.severity}`;
    return make(
      "li",
      { class: tone },
      make("span", { class: `pi ${ICONS[problem.severity]}`, role: "img", "aria-label": root.dataset[problem.severity] }),
      make("div", {}, make("strong"), make("div", { class: "soft small" })),
    );
  }

  function showProblem(row, problem) {
    const values = [
      format.count(problem.count),
      format.bytes(problem.bytes),
      format.bytes(problem.limitBytes),
      format.duration(problem.seconds * 1000),
      problem.subject,
    ];
    text(row.querySelector("strong"), fill(word("problem", problem.code), ...values));
    text(row.querySelector(".soft"), fill(word("remedy", problem.code), ...values));
  }

  function problems(found) {
    keyed(byId("problems"), found, (problem) => problem.code, buildProblem, showProblem);
    byId("all-well").hidden = found.length > 0;
  }

  acopio.live("overview", (snapshot) => {
    last = snapshot;
    arrivals(snapshot.arrivals);
    chart(snapshot);
    store(snapshot.store);
    scrub(snapshot.scrub);
    sessions(snapshot.sessions);
    collections(snapshot);
    problems(snapshot.problems);
  });
})();
