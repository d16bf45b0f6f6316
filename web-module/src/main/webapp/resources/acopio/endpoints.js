"use strict";

(() => {
  const SAMPLES = 120;
  const WIDTH = 240;
  const HEIGHT = 44;
  const COMPARED = ["session-thread", "session-selector"];

  let root;
  const at = (id) => document.getElementById(id);
  const camel = (word) => word.replace(/-([a-z])/g, (whole, letter) => letter.toUpperCase());
  const say = (name, ...values) => acopio.fill(root.dataset[camel(name)] ?? name, ...values);
  const decimal = new Intl.NumberFormat(acopio.language, { maximumFractionDigits: 1 });
  const fine = new Intl.NumberFormat(acopio.language, { maximumSignificantDigits: 3 });
  const absent = (value) => value === null || value === undefined;
  const orDash = (value, show) => (absent(value) ? "–" : show(value));

  // ---- the comparison ------------------------------------------------------------------------

  const show = {
    open: acopio.format.count,
    threads: acopio.format.count,
    messageRate: (n) => decimal.format(n),
    acceptedRate: (n) => decimal.format(n),
    byteRate: acopio.format.rate,
    stacks: acopio.format.bytes,
    refused: acopio.format.count,
    p50: (n) => say("ms", fine.format(n)),
    p99: (n) => say("ms", fine.format(n)),
  };

  const past = new Map();

  function lanes(snapshot) {
    return COMPARED.map((name) => {
      const port = snapshot.endpoints.find((one) => one.name === name && !one.secure);
      if (!port) return undefined;
      const load = snapshot.load?.lanes.find((lane) => lane.port === port.port);
      const stacks = absent(snapshot.stackBytes) ? null : snapshot.stackBytes * port.threads;
      return { ...port, stacks, p50: load?.p50, p99: load?.p99 };
    });
  }

  function compare(snapshot) {
    const both = lanes(snapshot);
    for (const element of root.querySelectorAll("[data-lane]")) {
      const lane = both[Number(element.dataset.lane)];
      acopio.text(element, lane ? say("port", lane.port) : say("off"));
    }
    for (const row of at("compare").tBodies[0].rows) {
      const name = row.dataset.figure;
      const values = both.map((lane) => lane?.[name]);
      // What the last load measured stays to be read, but nothing is measured any more.
      const measured = !row.dataset.load || snapshot.load?.state === "running";
      if (row.dataset.chart) remember(name, measured ? values : []);
      const top = Math.max(1e-9, ...(past.get(name) ?? []).flat().filter((value) => !absent(value)));
      values.forEach((value, lane) => {
        const td = row.cells[lane + 1];
        if (!td.firstElementChild) fit(td, row.dataset.chart, lane);
        acopio.text(td.querySelector("strong"), orDash(value, show[name]));
        if (row.dataset.chart) draw(td.querySelector("svg"), past.get(name).map((sample) => sample[lane]), top);
      });
    }
  }

  function remember(name, values) {
    const samples = past.get(name) ?? [];
    samples.push(values);
    if (samples.length > SAMPLES) samples.shift();
    past.set(name, samples);
  }

  function fit(td, chart, lane) {
    const box = acopio.make("div", { class: `measure lane-${lane}` }, acopio.make("strong"));
    if (chart) box.append(svg());
    td.append(box);
  }

  function svg() {
    const space = "http://www.w3.org/2000/svg";
    const image = document.createElementNS(space, "svg");
    image.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    image.setAttribute("preserveAspectRatio", "none");
    image.setAttribute("aria-hidden", "true");
    image.append(document.createElementNS(space, "path"), document.createElementNS(space, "polyline"));
    return image;
  }

  /** Both charts of a figure have the same scale, or there would be nothing to compare. */
  function draw(image, values, top) {
    const step = WIDTH / (SAMPLES - 1);
    const begin = SAMPLES - values.length;
    const points = values
      .map((value, index) => [((begin + index) * step).toFixed(1), absent(value) ? undefined : (HEIGHT - 2 - (value / top) * (HEIGHT - 6)).toFixed(1)])
      .filter(([, y]) => y !== undefined);
    const line = points.map((point) => point.join(",")).join(" ");
    image.lastElementChild.setAttribute("points", line);
    image.firstElementChild.setAttribute(
      "d",
      points.length > 1 ? `M${points[0][0]},${HEIGHT} L${line.replaceAll(" ", " L")} L${points.at(-1)[0]},${HEIGHT} Z` : "",
    );
  }

  // ---- the load ------------------------------------------------------------------------------

  function load(state) {
    const box = at("load-state");
    box.hidden = absent(state);
    const running = state?.state === "running";
    const stop = at("load-stop");
    if (stop) {
      stop.hidden = !running;
      at("load-start").disabled = running;
    }
    if (absent(state)) return;
    acopio.text(
      box.querySelector("p"),
      say(`load-${state.state}`, acopio.format.count(state.connections), acopio.format.count(state.periodMillis), state.seconds, state.ofSeconds),
    );
    box.querySelector(".bar").hidden = !running;
    box.querySelector("i").style.width = `${(100 * state.seconds) / state.ofSeconds}%`;
    acopio.keyed(
      box.querySelector("ul"),
      state.lanes,
      (lane) => lane.port,
      () => acopio.make("li"),
      (item, lane) => acopio.text(item, say("load-lane", lane.port, ...[lane.answered, lane.failed, lane.lost].map(acopio.format.count))),
    );
  }

  async function startLoad(event) {
    event.preventDefault();
    await command.press("command-load", {
      "target-connections": at("load-connections").value,
      "target-period": at("load-period").value,
      "target-seconds": at("load-seconds").value,
    });
  }

  // ---- all ports -----------------------------------------------------------------------------

  const NONE = () => "";
  const perSecond = (rate) => (rate > 0 ? `${decimal.format(rate)}/s` : "");

  /** Name, classes, what stands there, and what stands smaller below it. */
  const CELLS = [
    ["address", "mono number", (port) => String(port.port), NONE],
    ["protocol", "", (port) => say(port.name === "http" && port.secure ? "name-https" : `name-${port.name}`), (port) => say(`by-${port.concurrency}`)],
    ["state", "", (port) => say(port.paused ? "paused" : "running"), NONE],
    ["open", "number", (port) => acopio.format.count(port.open), (port) => (absent(port.peak) ? "" : say("peak", acopio.format.count(port.peak)))],
    ["limit", "number", (port) => acopio.format.count(port.maxConnections), (port) => (absent(port.maxConnectionsPerAddress) ? "" : say("limit-per-address", acopio.format.count(port.maxConnectionsPerAddress)))],
    ["threads", "number", (port) => acopio.format.count(port.threads), (port) => (absent(port.maxThreads) ? "" : say("of-threads", acopio.format.count(port.maxThreads)))],
    ["accepted", "number", (port) => acopio.format.count(port.accepted), (port) => perSecond(port.acceptedRate)],
    ["messages", "number", (port) => acopio.format.count(port.messages), (port) => perSecond(port.messageRate)],
    ["bytes", "number", (port) => acopio.format.bytes(port.bytesRead), (port) => (absent(port.bytesWritten) ? "" : acopio.format.bytes(port.bytesWritten))],
    ["refused", "number", (port) => acopio.format.count(port.refused), (port) => (port.refusedPerAddress > 0 ? say("refused-per-address", acopio.format.count(port.refusedPerAddress)) : "")],
    ["timed-out", "number", (port) => acopio.format.count(port.timedOut), NONE],
    ["failed", "number", (port) => acopio.format.count(port.failed), NONE],
    ["latency", "number", (port) => orDash(port.latencyMillis, (n) => say("ms", fine.format(n))), NONE],
  ];
  const indexOf = (name) => CELLS.findIndex(([own]) => own === name);

  let headings = [];

  function buildPort(port) {
    const tr = acopio.make("tr");
    CELLS.forEach(([name, classes], index) => {
      const td = acopio.make("td", { class: classes, "data-name": name, "data-label": headings[index] });
      td.append(acopio.make("span", { class: name === "state" ? "tag" : "value" }), acopio.make("small", { class: "soft" }));
      tr.append(td);
    });
    if (root.dataset.administrator === "true" && port.switchable) {
      tr.cells[indexOf("state")].append(acopio.make("button", { type: "button", class: "action quiet switch" }));
    }
    return tr;
  }

  function updatePort(tr, port) {
    tr.port = port;
    CELLS.forEach(([, , value, below], index) => {
      acopio.text(tr.cells[index].firstElementChild, value(port));
      acopio.text(tr.cells[index].children[1], below(port));
    });
    if (!absent(port.address)) tr.cells[0].title = port.address;
    const tag = tr.cells[indexOf("state")].firstElementChild;
    tag.classList.toggle("good", !port.paused);
    tag.classList.toggle("warn", port.paused);
    for (const [name, value] of [["refused", port.refused], ["timed-out", port.timedOut], ["failed", port.failed]]) {
      tr.cells[indexOf(name)].classList.toggle("some", value > 0);
    }
    const button = tr.querySelector(".switch");
    if (!button) return;
    acopio.text(button, say(port.paused ? "resume" : "pause"));
    button.setAttribute("aria-label", say(port.paused ? "resume-label" : "pause-label", port.port));
  }

  async function change(event) {
    const button = event.target.closest(".switch");
    if (!button) return;
    const { port } = button.closest("tr");
    if (port.paused) await command.press("command-resume", { "target-port": port.port });
    else if (await command.ask(say("ask-pause", port.port))) await command.press("command-pause", { "target-port": port.port });
  }

  function begin() {
    root = at("endpoints");
    headings = [...at("ports").tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    at("ports").addEventListener("click", change);
    at("load-form")?.addEventListener("submit", startLoad);
    at("load-stop")?.addEventListener("click", () => command.press("command-stop", {}));
    acopio.live("endpoints", (snapshot) => {
      compare(snapshot);
      load(snapshot.load);
      acopio.keyed(at("ports").tBodies[0], snapshot.endpoints, (port) => `${port.name} ${port.port}`, buildPort, updatePort);
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
