"use strict";

/** The files of a page, as a table or as a gallery, and which of them are chosen. */
library.list = (() => {
  const { root, word, shown } = library;
  const { make, format, base } = acopio;
  const ICONS = { image: "pi-image", pdf: "pi-file-pdf", audio: "pi-volume-up", video: "pi-video", other: "pi-file" };
  const MOST = 10_000;

  const body = root.querySelector("#library-table tbody");
  const gallery = root.querySelector("#library-gallery");
  const bar = root.querySelector("#library-chosen");
  const all = root.querySelector("#library-all");
  const chosen = new Map();
  let files = [];
  let anchor = -1;
  let open = () => {};
  let found = { matching: 0, all: async function* () {} };

  const blank = (kind) => make("span", { class: "library-blank", "aria-hidden": "true" }, make("span", { class: `pi ${ICONS[kind] ?? ICONS.other}` }));

  /**
   * A small picture; in its place a sign of the kind when there is none. An image that no server
   * program reads and every browser shows is its own picture. It is loaded when it comes into view.
   */
  function thumbnail(file) {
    const content = `${base()}/content/${file.number}`;
    const own = file.mediaType === "image/avif" && file.size <= library.SHOWN_BYTES;
    const image = make("img", { src: own ? content : `${content}/thumbnail`, alt: "", loading: "lazy", decoding: "async" });
    image.addEventListener("error", () => {
      const sign = blank(file.kind);
      image.replaceWith(sign);
      if (library.film.plays(file) && sign.closest(".library-thumb")) library.film.poster(content, sign);
    }, { once: true });
    return image;
  }

  function marks(file) {
    const some = [];
    if (file.newestVersion > 1) some.push(make("span", { class: "tag info", title: word("versionMark", file.version, file.newestVersion) }, `v${file.version}`));
    if (file.copies > 1) {
      some.push(make("span", { class: "tag", title: word("copiesMark", format.count(file.copies)) }, make("span", { class: "pi pi-clone", "aria-hidden": "true" }), ` ${format.count(file.copies)}`));
    }
    return some.length ? make("span", { class: "library-marks" }, ...some) : null;
  }

  function link(file, ...content) {
    const element = make("a", { href: library.toAddress({ ...library.fromAddress(), file: file.number }), title: shown(file.path) }, ...content);
    element.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      open(file.number);
    });
    return element;
  }

  function box(file, index) {
    const element = make("input", { type: "checkbox", "aria-label": word("choose", shown(file.name)) });
    element.checked = chosen.has(file.number);
    element.addEventListener("click", (event) => choose(index, element.checked, event.shiftKey));
    return element;
  }

  const kind = (file) => word("kind" + file.kind[0].toUpperCase() + file.kind.slice(1));
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const time = (iso) => make("time", { datetime: iso, title: format.time(iso) }, when.format(new Date(iso)));

  /** The end of a folder's path tells more than its beginning. */
  const tail = (path) => (path.length <= 46 ? path : "…" + path.slice(-45).replace(/^[^/]*(?=\/)/, ""));

  const folder = (file) => file.path.slice(0, Math.max(0, file.path.length - file.name.length - 1));

  function row(file, index) {
    const place = folder(file);
    return make("tr", {},
      make("td", {}, box(file, index)),
      make("td", { class: "file" },
        make("div", { class: "library-name" }, thumbnail(file),
          make("span", { class: "library-words" }, link(file, make("bdi", { class: "cut" }, shown(file.name))), make("bdi", { class: "cut soft small", title: shown(place) }, tail(shown(place)) || "/")),
          marks(file))),
      make("td", {}, make("span", { class: "tag" }, kind(file))),
      make("td", { class: "number" }, format.bytes(file.size)),
      make("td", {}, time(file.modified)),
      make("td", {}, time(file.stored)),
      make("td", {}, make("bdi", { title: shown(file.hostName) }, file.client)));
  }

  function tile(file, index) {
    const thumb = make("span", { class: "library-thumb", "data-kind": file.kind }, thumbnail(file));
    const caption = make("span", { class: "library-caption" }, make("bdi", { class: "cut" }, shown(file.name)), make("span", { class: "soft" }, `${kind(file)} · ${format.bytes(file.size)}`));
    return make("li", {}, link(file, thumb, caption), make("span", { class: "check" }, box(file, index)), marks(file));
  }

  function items() {
    return [...(gallery.hidden ? body : gallery).children];
  }

  /** Shows a page of what was found; `found` tells how many files that are and gives them all, a list at a time. */
  function show(page, view, all = found) {
    files = page;
    found = all;
    anchor = -1;
    gallery.hidden = view !== "gallery" || files.length === 0;
    root.querySelector("#library-table").hidden = view === "gallery" || files.length === 0;
    gallery.replaceChildren(...(view === "gallery" ? files.map(tile) : []));
    body.replaceChildren(...(view === "gallery" ? [] : files.map(row)));
    showChosen();
  }

  /** With the shift key, everything from the file that was chosen before to this one. */
  function choose(index, on, range) {
    const [from, to] = range && anchor >= 0 ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index];
    for (let i = from; i <= to; i++) {
      if (on) chosen.set(files[i].number, files[i].size);
      else chosen.delete(files[i].number);
    }
    anchor = index;
    showChosen();
  }

  function showChosen() {
    items().forEach((item, i) => {
      const on = chosen.has(files[i].number);
      item.classList.toggle("on", on);
      item.querySelector("input").checked = on;
    });
    const here = files.filter((file) => chosen.has(file.number)).length;
    all.checked = files.length > 0 && here === files.length;
    all.indeterminate = here > 0 && here < files.length;
    bar.hidden = chosen.size === 0;
    root.classList.toggle("choosing", chosen.size > 0);
    const bytes = [...chosen.values()].reduce((sum, size) => sum + size, 0);
    const tooMany = chosen.size > MOST;
    bar.querySelector("[data-zip]").disabled = tooMany;
    const others = bar.querySelector("[data-found]");
    others.hidden = !all.checked || found.matching <= files.length || found.matching > MOST || chosen.size >= found.matching;
    acopio.text(others, word("chooseFound", format.count(found.matching)));
    acopio.text(bar.querySelector(".words"), word(chosen.size === 1 ? "chosenOne" : "chosen", format.count(chosen.size), format.bytes(bytes)) + (tooMany ? ` – ${word("tooMany", format.count(MOST))}` : ""));
  }

  async function chooseFound(event) {
    event.target.disabled = true;
    try {
      for await (const some of found.all()) {
        for (const file of some) chosen.set(file.number, file.size);
        showChosen();
      }
    } finally {
      event.target.disabled = false;
      showChosen();
    }
  }

  /** A form, because an address has no room for a thousand numbers. */
  function zip() {
    const form = make("form", { method: "post", action: `${base()}/content/zip`, hidden: true }, ...[...chosen.keys()].map((number) => make("input", { name: "file", value: number })));
    document.body.append(form);
    form.submit();
    form.remove();
  }

  function begin(opener, failed) {
    open = opener;
    all.addEventListener("change", () => {
      for (const file of files) {
        if (all.checked) chosen.set(file.number, file.size);
        else chosen.delete(file.number);
      }
      showChosen();
    });
    bar.querySelector("[data-found]").addEventListener("click", (event) => chooseFound(event).catch(failed));
    bar.querySelector("[data-zip]").addEventListener("click", zip);
    bar.querySelector("[data-unchoose]").addEventListener("click", () => {
      chosen.clear();
      showChosen();
    });
    gallery.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const item = event.target.closest("li");
      if (!step || !item || event.target.tagName !== "A") return;
      event.preventDefault();
      (step > 0 ? item.nextElementSibling : item.previousElementSibling)?.querySelector("a").focus();
    });
  }

  /** Puts the focus on a file of the page, for who comes back from its preview. */
  function focus(number) {
    const index = files.findIndex((file) => file.number === number);
    if (index >= 0) items()[index].querySelector("a").focus();
  }

  return { begin, show, focus, files: () => files };
})();
