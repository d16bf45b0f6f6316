"use strict";

/** One file: what it looks or sounds like, and everything that is known of it. */
library.preview = (() => {
  const { root, word, shown } = library;
  const { ask, make, format, base } = acopio;
  const SHOWN_AS_THEY_ARE = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"];

  const dialog = root.querySelector("#library-preview");
  const stage = root.querySelector("#library-stage");
  const heading = root.querySelector("#library-preview-name");
  let current = null;
  let asking = new AbortController();
  let events = { step: () => {}, closed: () => {}, open: () => {} };

  const list = (name) => root.querySelector(`#library-${name}`);

  function fail(message) {
    stage.replaceChildren(make("p", {}, message));
  }

  /** Shows the first of these pictures that can be shown. */
  function picture(sources, name) {
    const image = make("img", { alt: shown(name), decoding: "async" });
    let at = 0;
    image.addEventListener("error", () => {
      at++;
      if (at < sources.length) image.src = sources[at];
      else if (stage.contains(image)) fail(word("unshowable"));
    });
    image.src = sources[0];
    return image;
  }

  function player(tag, file, content) {
    const element = make(tag, { controls: true, preload: "metadata", src: content, tabindex: "0", "aria-label": shown(file.name) });
    if (tag === "video") element.setAttribute("playsinline", "");
    element.addEventListener("error", () => {
      if (stage.contains(element)) fail(word("unplayable"));
    });
    return element;
  }

  function put(file) {
    const content = `${base()}/content/${file.number}`;
    if (file.kind === "video") {
      stage.replaceChildren(player("video", file, content));
    } else if (file.kind === "audio") {
      const cover = make("img", { class: "cover", alt: "", src: `${content}/thumbnail` });
      cover.addEventListener("error", () => cover.remove());
      stage.replaceChildren(cover, player("audio", file, content));
    } else if (file.kind === "image" || file.kind === "pdf") {
      const direct = SHOWN_AS_THEY_ARE.includes(file.mediaType) && file.size <= library.SHOWN_BYTES;
      stage.replaceChildren(picture(direct ? [content, `${content}/page`] : [`${content}/page`], file.name));
    } else {
      fail(word("unshowable"));
    }
  }

  const pair = (label, ...value) => [make("dt", {}, label), make("dd", {}, ...value)];
  const data = (text) => make("bdi", { class: "text-data" }, shown(text));

  function facts(file) {
    list("facts").replaceChildren(
      ...pair(word("path"), data(file.path)),
      ...pair(word("client"), make("a", { href: `${location.pathname}?client=${encodeURIComponent(file.client)}` }, file.client)),
      ...pair(word("pc"), make("a", { href: `${location.pathname}?agent=${file.agent}` }, data(file.hostName || "–"))),
      ...pair(word("size"), `${format.bytes(file.size)} (${format.count(file.size)} B)`),
      ...pair(word("type"), file.mediaType),
      ...pair(word("modified"), format.time(file.modified)),
      ...pair(word("stored"), format.time(file.stored)),
      ...pair(word("storedAs"), make("code", {}, data(file.storedAs))),
      ...pair(word("number"), String(file.number)),
    );
    list("sha256").textContent = file.sha256;
  }

  const DETAILS = [
    ["factWidth", (m) => m.width && m.height && `${format.count(m.width)} × ${format.count(m.height)}`],
    ["factTaken", (m) => m.taken && format.time(m.taken)],
    ["factCamera", (m) => [m.make, m.model].filter(Boolean).join(" ")],
    ["factLens", (m) => m.lens],
    ["factExposure", (m) => m.exposure],
    ["factAperture", (m) => m.aperture],
    ["factIso", (m) => m.iso],
    ["factFocalLength", (m) => m.focalLength],
    ["factPlace", (m) => m.latitude !== undefined && m.longitude !== undefined && `${m.latitude}, ${m.longitude}`],
    ["factAltitude", (m) => m.altitude && `${m.altitude} m`],
    ["factTitle", (m) => m.title],
    ["factArtist", (m) => m.artist],
    ["factAlbum", (m) => m.album],
    ["factGenre", (m) => m.genre],
    ["factTrack", (m) => m.track],
    ["factYear", (m) => m.year],
    ["factDuration", (m) => m.durationMillis !== undefined && format.duration(m.durationMillis)],
    ["factPages", (m) => m.pages && format.count(m.pages)],
    ["factSoftware", (m) => m.software],
    ["factDescription", (m) => m.description],
  ];

  /** Of what the file says of itself; null when that is nothing. */
  function details(metadata) {
    const known = DETAILS.map(([name, of]) => [name, of(metadata ?? {})]).filter(([, value]) => value);
    list("details").replaceChildren(...(known.length ? known.flatMap(([name, value]) => pair(word(name), data(String(value)))) : pair(word("noDetails"))));
  }

  function other(file, label) {
    const link = make("a", { href: library.toAddress({ ...library.fromAddress(), file: file.number }) }, label);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      events.open(file.number);
    });
    return link;
  }

  function versions(answer) {
    list("versions").replaceChildren(
      ...answer.versions.map((file) => {
        const label = `v${file.version}`;
        const isThis = file.number === current;
        return make("li", {}, isThis ? make("strong", {}, `${label} (${word("thisVersion")})`) : other(file, label), make("span", { class: "soft" }, `${format.time(file.stored)} · ${format.bytes(file.size)}`));
      }),
      ...(answer.more ? [make("li", {}, word("moreOfThem"))] : []));
  }

  function duplicates(answer) {
    list("duplicates").replaceChildren(
      ...answer.duplicates.map((file) => make("li", {}, other(file, data(file.path)), make("span", { class: "soft" }, `${file.client} · ${shown(file.hostName)} · v${file.version} · ${format.time(file.stored)}`))),
      ...(answer.more ? [make("li", {}, word("moreOfThem"))] : []),
      ...(answer.duplicates.length ? [] : [make("li", { class: "soft" }, word("noDuplicates"))]));
  }

  /** What cannot be had leaves its place empty; the rest is shown all the same. */
  async function fill(name, path, show, signal) {
    try {
      const answer = await ask(path, signal);
      if (!signal.aborted) show(answer);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      list(name).replaceChildren(...(name === "details" ? pair(problem.message) : [make("li", { class: "soft" }, problem.message)]));
    }
  }

  async function show(number, known) {
    current = number;
    asking.abort();
    asking = new AbortController();
    const signal = asking.signal;
    if (!dialog.open) dialog.showModal();
    for (const name of ["facts", "details", "versions", "duplicates"]) list(name).replaceChildren();
    list("sha256").textContent = "";
    stage.replaceChildren();
    heading.textContent = known ? shown(known.name) : String(number);
    root.querySelector("#library-preview-download").href = `${base()}/content/${number}`;
    try {
      const file = known ?? (await ask(`/api/files/${number}`, signal));
      heading.textContent = shown(file.name);
      heading.title = shown(file.path);
      put(file);
      facts(file);
    } catch (problem) {
      if (problem.name !== "AbortError") fail(problem.status === 404 ? word("notThere", number) : problem.message);
      return;
    }
    fill("versions", `/api/files/${number}/versions`, versions, signal);
    fill("duplicates", `/api/files/${number}/duplicates`, duplicates, signal);
    fill("details", `/content/${number}/metadata`, details, signal);
  }

  function close() {
    if (dialog.open) dialog.close();
  }

  function begin(given) {
    events = given;
    dialog.addEventListener("close", () => {
      asking.abort();
      stage.replaceChildren(); // A film that nobody sees any more would go on playing.
      const last = current;
      current = null;
      events.closed(last);
    });
    dialog.querySelector("[data-close]").addEventListener("click", close);
    for (const button of dialog.querySelectorAll("[data-step]")) button.addEventListener("click", () => events.step(Number(button.dataset.step)));
    dialog.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || event.ctrlKey || event.altKey || event.metaKey || ["AUDIO", "VIDEO", "INPUT"].includes(event.target.tagName)) return;
      event.preventDefault();
      events.step(step);
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) close();
    });
  }

  function steps(before, after) {
    dialog.querySelector('[data-step="-1"]').disabled = !before;
    dialog.querySelector('[data-step="1"]').disabled = !after;
  }

  return { begin, show, close, steps, current: () => current };
})();
