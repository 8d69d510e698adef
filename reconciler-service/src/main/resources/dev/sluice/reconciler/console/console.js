"use strict";
// Adds updates while a page is visible, and buttons that copy. The pages work without it.
(() => {
  // for what changes without an event: ages, times until the next run, the leader, consumers
  const PERIOD = 30000;
  const live = document.getElementById("live");
  let events = null;
  let gone = false;
  let busy = false;
  let again = false;

  function copyButtons(root) {
    if (!navigator.clipboard) return;
    for (const text of root.querySelectorAll("[data-copy]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "copy";
      button.setAttribute("aria-label", "copy " + text.dataset.copy);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text.dataset.copy);
        button.textContent = "copied";
        setTimeout(() => { button.textContent = "copy"; }, 1500);
      });
      text.append(button);
    }
  }

  function plain(element) {
    const copy = element.cloneNode(true);
    for (const button of copy.querySelectorAll(".copy")) button.remove();
    for (const details of copy.querySelectorAll("details")) details.removeAttribute("open");
    return copy.innerHTML;
  }

  // details that a reader has opened and options that a reader has chosen
  function keep(shown, fresh) {
    const opened = [...shown.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    for (const summary of fresh.querySelectorAll("details > summary")) {
      if (opened.includes(summary.textContent)) summary.parentElement.open = true;
    }
    for (const select of shown.querySelectorAll("select")) {
      const chosen = select.selectedOptions[0];
      const same = fresh.querySelector("select[name=" + select.name + "]");
      if (!chosen || chosen.defaultSelected || !same) continue;
      for (const option of same.options) {
        if (option.value === chosen.value) option.selected = true;
      }
    }
  }

  function update(page) {
    const focused = document.activeElement && document.activeElement.id;
    for (const fresh of page.querySelectorAll("[data-live]")) {
      const shown = document.getElementById(fresh.id);
      if (shown && plain(shown) !== fresh.innerHTML) {
        const imported = document.importNode(fresh, true);
        keep(shown, imported);
        shown.replaceWith(imported);
        copyButtons(imported);
      }
    }
    const focus = focused && document.getElementById(focused);
    if (focus && focus !== document.activeElement) focus.focus({ preventScroll: true });
  }

  // an object that has been deleted, or created again
  function replaceMain(page) {
    const fresh = page.getElementById("main");
    if (!fresh) return;
    const main = document.importNode(fresh, true);
    document.getElementById("main").replaceWith(main);
    copyButtons(main);
  }

  async function load() {
    const response = await fetch(location.href, { cache: "no-store" });
    const missing = response.status === 404;
    if (!response.ok && !missing) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (missing || gone) {
      replaceMain(page);
    } else {
      update(page);
    }
    gone = missing;
  }

  async function refresh() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      await load();
      live.hidden = !events || events.readyState !== EventSource.OPEN;
    } catch {
      live.hidden = true; // the page is not up to date
    }
    setTimeout(() => {
      busy = false;
      if (again) {
        again = false;
        refresh();
      }
    }, 500);
  }

  // text nodes and classes only: nothing of a file becomes another element
  function collect(node, style, out) {
    if (node.nodeType === Node.TEXT_NODE) {
      node.data.split("\n").forEach((part, i) => {
        if (i > 0) out.push([]);
        if (part) out[out.length - 1].push([part, style]);
      });
      return;
    }
    const own = /^hljs-[a-z]+/.exec(node.className);
    for (const child of node.childNodes) collect(child, own ? own[0] : style, out);
  }

  function mark(lines, html) {
    const out = [[]];
    collect(new DOMParser().parseFromString("<code>" + html + "</code>", "text/html").body.firstChild, "", out);
    lines.forEach((line, i) => {
      const parts = out[i] || [];
      if (parts.map(([text]) => text).join("") + "\n" !== line.textContent) return;
      line.replaceChildren(...parts.map(([text, style]) => {
        const part = document.createElement("span");
        part.className = style;
        part.textContent = text;
        return part;
      }), "\n");
    });
  }

  // in a worker, so that a file that takes long cannot stop the page
  function highlight(pre) {
    if (!pre || !pre.dataset.language || !window.Worker) return;
    const lines = [...pre.querySelectorAll(".line")];
    const worker = new Worker("/assets/highlighter.js");
    const limit = setTimeout(() => worker.terminate(), 3000);
    worker.addEventListener("message", (event) => {
      clearTimeout(limit);
      worker.terminate();
      mark(lines, event.data);
    });
    worker.postMessage({ text: lines.map((line) => line.textContent).join(""), language: pre.dataset.language });
  }

  function connect() {
    const connection = new EventSource("/live?version=" + encodeURIComponent(document.body.dataset.version));
    events = connection;
    connection.addEventListener("open", () => { live.hidden = false; });
    connection.addEventListener("error", () => {
      live.hidden = true;
      // browsers reconnect by themselves, but not after an error status, such as that of too many clients
      if (connection.readyState === EventSource.CLOSED) {
        setTimeout(() => { if (events === connection) connect(); }, 60000);
      }
    });
    connection.addEventListener("changed", refresh);
  }

  // no updates for a page that is not visible
  function follow() {
    if (document.hidden && events) {
      events.close();
      events = null;
      live.hidden = true;
    } else if (!document.hidden && !events) {
      connect();
      refresh();
    }
  }

  copyButtons(document);
  highlight(document.querySelector("pre.text"));
  // other pages would be computed again at every change, although nothing on them is updated
  if (document.querySelector("main [data-live]:not(#notice)")) {
    document.addEventListener("visibilitychange", follow);
    setInterval(() => { if (events) refresh(); }, PERIOD);
    if (!document.hidden) connect();
  }
})();
