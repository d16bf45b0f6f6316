"use strict";

/** The folder of a client as a tree whose branches are asked for when they are opened. */
const clientsFolder = (() => {
  const { make, format, fill, base } = acopio;
  const { ask, word, problem } = clientsParts;
  const PAGE = 200;

  /** The tree of `path`, the resource that answers for folders. */
  function tree(path) {
    const list = make("ul", { class: "folder-tree" });
    load(path, list, null, null).then(async () => {
      // A single folder in a single folder says nothing: the first choice is shown at once.
      let only = list;
      for (let depth = 0; depth < 12; depth++) {
        if (only.children.length !== 1 || !only.firstElementChild.openFolder) break;
        only = await only.firstElementChild.openFolder();
      }
    }).catch(problem);
    return list;
  }

  async function load(path, list, folder, after) {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (folder !== null) query.set("folder", folder);
    if (after !== null) query.set("after", after);
    const page = await ask(`${path}?${query}`);
    for (const one of page.folders) list.append(branch(path, one));
    for (const one of page.files) list.append(leaf(one));
    if (list.children.length === 0) list.append(make("li", { class: "soft" }, word("folderEmpty")));
    if (page.next) {
      const more = make("li", {}, make("button", { type: "button", class: "chip", onclick: () => {
        more.remove();
        load(path, list, folder, page.next).then(() => problem(null)).catch((error) => { list.append(more); problem(error); });
      } }, word("more")));
      list.append(more);
    }
  }

  function branch(path, one) {
    const list = make("ul", { hidden: true });
    let asked;
    const button = make("button", { type: "button", class: "plain branch", "aria-expanded": "false", onclick: () => toggle() },
      make("span", { class: "pi pi-chevron-right", "aria-hidden": "true" }), make("span", { class: "pi pi-folder", "aria-hidden": "true" }),
      make("bdi", { class: "text-data" }, one.name), make("span", { class: "soft small" }, fill(word("inFolder"), format.count(one.files), format.bytes(one.bytes))));
    async function toggle() {
      const open = list.hidden;
      list.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open && !asked) {
        asked = load(path, list, one.folder, null);
        try {
          await asked;
          problem(null);
        } catch (error) {
          asked = undefined;
          list.hidden = true;
          button.setAttribute("aria-expanded", "false");
          problem(error);
        }
      }
      return list;
    }
    const item = make("li", {}, button, list);
    item.openFolder = toggle;
    return item;
  }

  const ICONS = { image: "pi-image", audio: "pi-volume-up", video: "pi-video" };

  function leaf(one) {
    const icon = ICONS[one.mediaType.split("/")[0]] ?? "pi-file-pdf";
    return make("li", {}, make("a", { class: "leaf", href: `${base()}/console/library?file=${one.number}` },
      make("span", { class: `pi ${icon}`, "aria-hidden": "true" }), make("bdi", { class: "text-data" }, one.name),
      make("span", { class: "soft small" }, format.bytes(one.size)),
      one.version > 1 ? make("span", { class: "tag info" }, fill(word("newerVersion"), one.version)) : null));
  }

  return { tree };
})();
