"use strict";

(() => {
  const EXTENSIONS = "http://ws.apache.org/xmlrpc/namespaces/extensions";
  const MOST_BYTES = 4_096;
  const SHOWN_BYTES = 2_048;
  const LOG_LINES = 500;

  let root;
  const at = (id) => document.getElementById(id);
  const camel = (word) => word.replace(/-([a-z])/g, (whole, letter) => letter.toUpperCase());
  const say = (name, ...values) => acopio.fill(root.dataset[camel(name)] ?? name, ...values);

  // ---- parity --------------------------------------------------------------------------------

  /** The smallest type of XML-RPC that holds it; what is no integer goes as it is, and is refused. */
  function typeOf(number) {
    if (!/^[+-]?\d+$/.test(number)) return "int";
    const value = BigInt(number.replace(/^\+/, ""));
    if (value >= -(2n ** 31n) && value < 2n ** 31n) return "int";
    return value >= -(2n ** 63n) && value < 2n ** 63n ? "i8" : "ex:biginteger";
  }

  function callOf(number) {
    const type = typeOf(number);
    const call = document.implementation.createDocument(null, "methodCall");
    const add = (parent, name, namespace = null) => parent.appendChild(call.createElementNS(namespace, name));
    add(call.documentElement, "methodName").textContent = "is_even";
    const value = add(add(add(call.documentElement, "params"), "param"), "value");
    add(value, type, type === "ex:biginteger" ? EXTENSIONS : null).textContent = number;
    return `<?xml version="1.0"?>\n${new XMLSerializer().serializeToString(call)}`;
  }

  /** The document with each element on a line of its own, for people. */
  function pretty(text) {
    const parsed = new DOMParser().parseFromString(text, "text/xml");
    if (parsed.querySelector("parsererror")) return text;
    const lines = [];
    const walk = (element, depth) => {
      const shell = new XMLSerializer().serializeToString(element.cloneNode(false));
      const open = shell.replace(/\s*\/>$|><\/[^>]*>$/, ">");
      const close = `</${element.nodeName}>`;
      const indent = "  ".repeat(depth);
      if (element.children.length === 0) {
        lines.push(`${indent}${open}${element.textContent}${close}`);
        return;
      }
      lines.push(indent + open);
      for (const child of element.children) walk(child, depth + 1);
      lines.push(indent + close);
    };
    walk(parsed.documentElement, 0);
    return lines.join("\n");
  }

  async function ask(event) {
    event.preventDefault();
    const number = at("parity-number").value.trim();
    const document = callOf(number);
    const path = `${acopio.base()}/RPC2`;
    const began = performance.now();
    try {
      const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "text/xml" }, body: document });
      const text = await answer.text();
      showExchange(path, document, answer, text, performance.now() - began);
      showAnswer(text);
      await showRest(number);
      showSnippets(number);
    } catch (failure) {
      conclude(say("unreachable", failure.message), "", "bad");
    }
  }

  function conclude(word, sentence, kind) {
    const box = at("parity-answer");
    box.hidden = false;
    box.className = `answer ${kind}`;
    box.querySelector("strong").textContent = word;
    box.querySelector(".said").textContent = sentence;
    box.querySelector(".rest").textContent = "";
  }

  function showAnswer(text) {
    const answer = new DOMParser().parseFromString(text, "text/xml");
    const fault = answer.querySelector("fault");
    if (fault) {
      const members = [...fault.querySelectorAll("member")];
      const of = (name) => members.find((m) => m.querySelector("name").textContent === name)?.querySelector("value").textContent ?? "";
      conclude("–", say("fault", of("faultCode").trim(), of("faultString").trim()), "bad");
      return;
    }
    const word = answer.querySelector("params value")?.textContent ?? "";
    conclude(say(word === "Par" ? "even" : "odd"), say("said-word", word), "good");
  }

  function showExchange(path, request, answer, response, millis) {
    const box = at("parity-exchange");
    box.hidden = false;
    const captions = box.querySelectorAll("figcaption");
    captions[0].textContent = say("request", path);
    captions[1].textContent = say("response", `${answer.status} ${answer.statusText}`.trim(), acopio.format.count(millis), acopio.format.count(new TextEncoder().encode(response).length));
    box.querySelector(".request").textContent = pretty(request);
    box.querySelector(".response").textContent = pretty(response);
  }

  async function showRest(number) {
    const path = `${acopio.base()}/api/parity/${encodeURIComponent(number)}`;
    if (path.length > 2_000) return;
    const answer = await fetch(path, { headers: { Accept: "application/json", "Accept-Language": acopio.language } });
    const rest = at("parity-answer").querySelector(".rest");
    const said = await answer.text();
    if (answer.ok) rest.textContent = say("rest-said", `GET ${path}`, said);
    // XML-RPC speaks English; REST says what was wrong in the person's language.
    else if (answer.status === 400) rest.textContent = JSON.parse(said).detail;
  }

  function showSnippets(number) {
    const origin = location.origin + acopio.base();
    const rmi = `${location.hostname}:${root.dataset.rmiPort}`;
    const integer = /^[+-]?\d{1,100}$/.test(number) ? number : "42";
    const long = typeOf(integer) !== "ex:biginteger";
    const snippets = {
      python: `import xmlrpc.client\nprint(xmlrpc.client.ServerProxy("${origin}/").is_even(${typeOf(integer) === "int" ? integer : 42}))`,
      "curl-rpc": `curl -H 'Content-Type: text/xml' --data '${callOf(integer).replace(/^.*\n/, "")}' ${origin}/RPC2`,
      "curl-rest": `curl ${origin}/api/parity/${integer}`,
      rmi: `ParityService parity = (ParityService) LocateRegistry.getRegistry("${location.hostname}", ${root.dataset.rmiPort}).lookup(ParityService.NAME);\nSystem.out.println(parity.${long ? `isEven(${integer.replace("+", "")}L)` : `parityOf("${integer}")`});`,
      "command-line": `bin/acopio parity ${integer.startsWith("-") ? "-- " : ""}${integer} --server ${rmi}`,
    };
    const box = at("parity-snippets");
    box.hidden = false;
    box.lastElementChild.replaceChildren(
      ...Object.entries(snippets).map(([name, text]) => {
        const button = acopio.make("button", { type: "button", class: "action quiet small-action" }, say("copy"));
        button.addEventListener("click", () => acopio.copy(button, text));
        return acopio.make("figure", {}, acopio.make("figcaption", { class: "row small soft" }, say(name), button), acopio.make("pre", { tabindex: "0" }, text));
      }),
    );
  }

  // ---- a connection --------------------------------------------------------------------------

  let socket;
  let leaving = false;
  let mine = { steps: 0, out: 0, in: 0 };
  const entries = [];

  function state(kind, sentence) {
    const shown = at("connection-state");
    shown.dataset.state = kind;
    shown.querySelector(".words").textContent = sentence;
    const open = kind === "open";
    at("connection-open").disabled = kind !== "closed";
    at("connection-port").disabled = kind !== "closed";
    at("connection-close").disabled = kind === "closed";
    for (const id of ["connection-message", "connection-send", "connection-word"]) at(id).disabled = !open;
    if (open) at("connection-message").focus();
  }

  function counts() {
    at("connection-counts").textContent = say("counts", ...[mine.steps, mine.out, mine.in].map(acopio.format.count));
  }

  function isSession() {
    return at("connection-port").selectedOptions[0].dataset.name.startsWith("session");
  }

  function suit() {
    const word = at("connection-word");
    word.hidden = false;
    word.dataset.word = isSession() ? "SALIR" : "exit";
    word.textContent = say("send-word", word.dataset.word);
    word.hidden = !isSession();
  }

  function open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    leaving = false;
    mine = { steps: 0, out: 0, in: 0 };
    entries.length = 0;
    at("connection-log").replaceChildren();
    counts();
    state("connecting", say("connecting"));
    const opened = new WebSocket(`${scheme}://${location.host}${acopio.base()}/console/connection/${at("connection-port").value}`);
    opened.binaryType = "arraybuffer";
    socket = opened;
    opened.onmessage = (event) => {
      if (typeof event.data === "string") {
        const told = JSON.parse(event.data);
        state("open", say("connected-as", told.address, told.port, new Date().toLocaleTimeString(acopio.language)));
      } else {
        const bytes = new Uint8Array(event.data);
        mine.in += bytes.length;
        log("received", bytes);
        counts();
      }
    };
    opened.onclose = (event) => {
      if (socket !== opened) return;
      socket = undefined;
      const word = leaving ? "browser" : event.reason;
      state("closed", root.dataset[camel(`ended-${word}`)] ?? say("ended-lost"));
    };
  }

  function send(text) {
    const end = { "": "", lf: "\n", crlf: "\r\n" }[at("connection-end").value];
    const bytes = new TextEncoder().encode(text + end);
    if (!socket || bytes.length === 0) return;
    if (bytes.length > MOST_BYTES) {
      at("connection-message").setCustomValidity(say("too-long", acopio.format.count(bytes.length), acopio.format.count(MOST_BYTES)));
      at("connection-message").reportValidity();
      return;
    }
    mine.steps++;
    mine.out += bytes.length;
    log("sent", bytes, mine.steps);
    counts();
    socket.send(bytes);
  }

  function log(kind, bytes, step) {
    const list = at("connection-log");
    const item = acopio.make(
      "li",
      { class: kind },
      acopio.make("span", { class: "soft small label" }, step ? `${say("sent")} · ${say("step", acopio.format.count(step))}` : say("received")),
      acopio.make("span", { class: "bytes mono" }),
    );
    item.bytes = bytes;
    entries.push(item);
    write(item);
    list.append(item);
    while (list.children.length > LOG_LINES) list.firstElementChild.remove();
    list.scrollTop = list.scrollHeight;
  }

  function write(item) {
    const shown = item.bytes.subarray(0, SHOWN_BYTES);
    const more = shown.length < item.bytes.length ? " …" : "";
    item.lastElementChild.textContent = (at("connection-hex").checked ? hex(shown) : visible(shown)) + more;
  }

  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

  /** Text with its line ends and other invisible characters made visible. */
  function visible(bytes) {
    return new TextDecoder()
      .decode(bytes)
      .replace(/\r/g, "␍")
      .replace(/\n/g, "␊")
      .replace(/[\p{Cc}\p{Cf}]/gu, (control) => `\\u{${control.codePointAt(0).toString(16)}}`);
  }

  function beginConnection() {
    suit();
    counts();
    at("connection-port").addEventListener("change", suit);
    at("connection-open").addEventListener("click", open);
    at("connection-close").addEventListener("click", () => {
      leaving = true;
      socket?.close(1000);
    });
    at("connection-form").addEventListener("submit", (event) => {
      event.preventDefault();
      send(at("connection-message").value);
      if (at("connection-message").validity.valid) at("connection-message").value = "";
    });
    at("connection-message").addEventListener("input", (event) => event.target.setCustomValidity(""));
    at("connection-word").addEventListener("click", (event) => send(event.target.dataset.word));
    at("connection-hex").addEventListener("change", () => entries.forEach(write));
  }

  function begin() {
    root = at("trial");
    at("parity-form").addEventListener("submit", ask);
    if (at("connection-port")) beginConnection();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
