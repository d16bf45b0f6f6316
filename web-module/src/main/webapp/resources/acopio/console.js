"use strict";

/**
 * What every page shares: live topics, figures in the person's language, durations that tick, and
 * the switches of the frame. Areas have scripts of their own, which use the global `acopio`.
 */
const acopio = (() => {
  const language = document.documentElement.lang || "en";
  const frame = () => document.getElementById("frame");
  const words = (name) => frame()?.dataset[name] ?? "";
  const base = () => frame()?.dataset.base ?? "";

  // ---- figures -------------------------------------------------------------------------------

  const NONE = "–";
  const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
  const integer = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const digits = [0, 1, 2].map((n) => new Intl.NumberFormat(language, { maximumFractionDigits: n }));
  const clock = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
  const today = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
  const thisYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const absent = (value) => value === null || value === undefined || Number.isNaN(value);

  const format = {
    /** 1,234 */
    count: (n) => (absent(n) ? NONE : integer.format(n)),
    /** 4.2 GiB */
    bytes(n) {
      if (absent(n)) return NONE;
      let value = n;
      let unit = 0;
      while (value >= 999.5 && unit < UNITS.length - 1) {
        value /= 1024;
        unit++;
      }
      const places = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
      return `${digits[places].format(value)} ${UNITS[unit]}`;
    },
    /** 4.2 MiB/s */
    rate: (n) => (absent(n) ? NONE : `${format.bytes(n)}/s`),
    /** 21 Nov 2026, 17:30:38, in the browser's zone */
    time: (iso) => (absent(iso) ? NONE : clock.format(new Date(iso))),
    /** 17:30:38 of today, or else 21 Nov, 17:30, and another year with its day only */
    moment(iso) {
      if (absent(iso)) return NONE;
      const [then, now] = [new Date(iso), new Date()];
      if (then.toDateString() === now.toDateString()) return today.format(then);
      return then.getFullYear() === now.getFullYear() ? thisYear.format(then) : day.format(then);
    },
    /** 2:03:09 or 0:07 */
    duration(ms) {
      if (absent(ms)) return NONE;
      const seconds = Math.max(0, Math.floor(ms / 1000));
      const two = (n) => String(n).padStart(2, "0");
      const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
    },
    /** 42 % of a part from 0 to 1 */
    percent: (part) => (absent(part) ? NONE : new Intl.NumberFormat(language, { style: "percent" }).format(part)),
  };

  // ---- durations that tick: <time data-since="2026-11-21T17:30:38Z">, or data-age (ms) set with acopio.age

  /** Shows how long ago something began, and goes on showing it; `ageMs` is how long by the server. */
  function age(element, ageMs) {
    element.dataset.began = String(performance.now() - ageMs);
    element.textContent = format.duration(ageMs);
  }

  function tick() {
    for (const element of document.querySelectorAll("[data-began]")) {
      element.textContent = format.duration(performance.now() - Number(element.dataset.began));
    }
    for (const element of document.querySelectorAll("time[data-since]")) {
      element.textContent = format.duration(Date.now() - Date.parse(element.dataset.since));
    }
  }

  // ---- live topics ---------------------------------------------------------------------------

  const SILENCE_MS = 12_000;
  const SERVICE_RESTART = 1012;
  const listeners = new Map();
  const topics = new Map();

  /** Calls `listener` with each snapshot of a topic, the newest known first. */
  function live(topic, listener) {
    if (!listeners.has(topic)) listeners.set(topic, []);
    listeners.get(topic).push(listener);
    const known = topics.get(topic);
    if (known?.last) listener(known.last);
    if (!known && document.readyState !== "loading") connect(topic, 0);
  }

  function connect(topic, failures) {
    const before = topics.get(topic);
    const state = { last: before?.last, open: before?.open ?? false, failed: false };
    topics.set(topic, state);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${base()}/console/live/${topic}`);
    let silence;
    let heard = false;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => socket.close(), SILENCE_MS);
    };
    socket.onopen = listen;
    socket.onmessage = (event) => {
      listen();
      heard = true;
      state.open = true;
      const snapshot = JSON.parse(event.data);
      state.failed = snapshot.failed === true;
      show();
      if (state.failed) return;
      state.last = snapshot;
      for (const listener of listeners.get(topic) ?? []) listener(snapshot);
    };
    socket.onclose = (event) => {
      clearTimeout(silence);
      if (event.code === SERVICE_RESTART && heard) {
        connect(topic, 0);
        return;
      }
      state.open = false;
      show();
      const tries = heard ? 0 : failures + 1;
      // Again and again: a server that comes back after a restart knows no login of before.
      if (tries >= 2) relogin();
      setTimeout(() => connect(topic, tries), Math.min(10_000, 500 * 2 ** tries));
    };
    show();
  }

  /** A login that has ended looks like a lost connection; the login says so and leads back. */
  async function relogin() {
    try {
      const answer = await fetch(location.href, { method: "HEAD", redirect: "manual", cache: "no-store" });
      const here = location.pathname.slice(base().length) + location.search;
      if (answer.type === "opaqueredirect") location.replace(`${base()}/login?ended&to=${encodeURIComponent(here)}`);
    } catch {
      // The server is away; the page goes on trying.
    }
  }

  let everOpen = false;

  function show() {
    const element = document.getElementById("live-state");
    if (!element || topics.size === 0) return;
    const all = [...topics.values()];
    const open = all.every((topic) => topic.open);
    const failed = all.some((topic) => topic.failed);
    everOpen ||= open;
    const state = failed ? "failed" : open ? "live" : everOpen ? "lost" : "connecting";
    if (element.dataset.state === state) return;
    element.hidden = false;
    element.dataset.state = state;
    element.title = words(`${state}Hint`);
    element.querySelector(".words").textContent = words(state);
  }

  // ---- questions to the server ---------------------------------------------------------------

  /**
   * What the server answers to a GET of this path below the application, null when there is
   * nothing. Fails with the server's words in the language of the page, and its `status`; without
   * one when the server does not answer.
   */
  async function ask(path, signal) {
    const headers = { Accept: "application/json", "Accept-Language": language };
    const answer = await fetch(base() + path, { headers, signal }).catch((failure) => {
      throw failure.name === "AbortError" ? failure : new Error(words("lostHint"));
    });
    if (answer.status === 204) return null;
    const isJson = /[/+]json/.test(answer.headers.get("Content-Type") ?? "");
    if (answer.status === 401) relogin();
    const said = isJson ? await answer.json() : {};
    if (answer.ok && isJson) return said;
    throw Object.assign(new Error(said.detail ?? `HTTP ${answer.status}`), { status: answer.status });
  }

  // ---- small things --------------------------------------------------------------------------

  /** An element with classes, attributes and children; strings become text, never markup. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (absent(value) || value === false) continue;
      if (name === "class") element.className = value;
      else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => !absent(child)));
    return element;
  }

  /**
   * Makes the children of `parent` those of `items`, by key: what stays is updated in place, so
   * that focus, selection and scrolling stay too. `build(item)` makes one, `update(element, item)`
   * brings it up to date.
   */
  function keyed(parent, items, key, build, update) {
    const wanted = new Set(items.map((item) => String(key(item))));
    const known = new Map();
    for (const child of [...parent.children]) {
      // Before the others, which would be moved around those that go.
      if (wanted.has(child.dataset.key)) known.set(child.dataset.key, child);
      else child.remove();
    }
    let at = parent.firstElementChild;
    for (const item of items) {
      const name = String(key(item));
      let element = known.get(name);
      known.delete(name);
      if (!element) {
        element = build(item);
        element.dataset.key = name;
      }
      update(element, item);
      if (element === at) at = at.nextElementSibling;
      else parent.insertBefore(element, at);
    }
  }

  /** Sets the text only when it is another, which costs the browser less. */
  function text(element, value) {
    if (element.textContent !== value) element.textContent = value;
  }

  /** "{0} of {1}" with the values at their places. */
  const fill = (sentence, ...values) => sentence.replace(/\{(\d+)\}/g, (whole, n) => values[n] ?? whole);

  async function copy(button, value) {
    await navigator.clipboard.writeText(value);
    const before = button.textContent;
    button.textContent = words("copied");
    setTimeout(() => (button.textContent = before), 1_500);
  }

  function remember(name, value) {
    document.cookie = `${name}=${value}; path=${base() || "/"}; max-age=31536000; SameSite=Strict`;
  }

  function begin() {
    for (const choice of document.querySelectorAll("select[data-chosen]")) choice.value = choice.dataset.chosen;
    document.getElementById("theme")?.addEventListener("change", (event) => {
      remember("acopio-theme", event.target.value);
      document.documentElement.dataset.theme = event.target.value;
    });
    document.getElementById("language")?.addEventListener("change", (event) => {
      remember("acopio-language", event.target.value);
      location.reload();
    });
    const button = document.getElementById("menu-button");
    button?.addEventListener("click", () => {
      const open = frame().classList.toggle("menu-open");
      button.setAttribute("aria-expanded", String(open));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && frame()?.classList.contains("menu-open")) button.click();
    });
    for (const element of document.querySelectorAll(".live-topic")) {
      if (!topics.has(element.dataset.topic)) connect(element.dataset.topic, 0);
    }
    for (const topic of listeners.keys()) {
      if (!topics.has(topic)) connect(topic, 0);
    }
    setInterval(tick, 1_000);
    tick();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();

  return { format, age, tick, live, ask, make, keyed, text, fill, copy, base, words, language };
})();
