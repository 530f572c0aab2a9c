// Keeps the board live: when the server says that something changed, the board is fetched again and
// put in place of the old one. The pages are whole without this.
"use strict";

(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // On a telephone the tabs are wider than the screen.
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  // What goes on elsewhere is asked about again.
  const again = document.querySelector("[data-again]");
  if (again) window.setTimeout(() => window.location.reload(), Number(again.dataset.again));

  const live = document.getElementById("live");
  if (!live || !window.EventSource) return;

  const stale = document.getElementById("stale");
  const RETRY_MS = 5000;
  // Changes that come in a rush are fetched once.
  const GATHER_MS = 250;
  let wanted = null;
  let running = false;
  let timer = 0;

  const board = () => document.getElementById("board");
  const cut = (is) => {
    if (stale && stale.hidden === is) stale.hidden = !is;
  };

  // What had the focus, by its id: the new board has one of the same name.
  const swap = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html").getElementById("board");
    if (!parsed) throw new Error("no board in the answer");
    const old = board();
    const held = old.contains(document.activeElement) ? document.activeElement.id : "";
    const tabs = old.querySelector(".tabs ul");
    const scrolled = tabs ? tabs.scrollLeft : 0;
    old.replaceWith(parsed);
    const row = parsed.querySelector(".tabs ul");
    if (row) row.scrollLeft = scrolled;
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
  };

  const refresh = async () => {
    if (running) return;
    running = true;
    const target = wanted;
    try {
      const answer = await fetch(board().dataset.address, {
        headers: { "X-Fragment": "board" },
        credentials: "same-origin",
        cache: "no-store",
      });
      if (answer.status === 401) {
        // The session ended: the page itself leads to the log-in form and back.
        window.location.assign(board().dataset.address);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      swap(await answer.text());
      cut(false);
      if (wanted === target) wanted = null;
    } catch {
      cut(true);
      later(RETRY_MS);
    } finally {
      running = false;
    }
    if (wanted !== null) later(GATHER_MS);
  };

  const later = (ms) => {
    if (timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      refresh();
    }, ms);
  };

  const source = new EventSource(live.dataset.events);
  source.addEventListener("changed", (event) => {
    const { branch, seq } = JSON.parse(event.data);
    const head = `${branch}:${seq}`;
    if (board().dataset.head === head) {
      cut(false);
    } else {
      wanted = head;
      later(GATHER_MS);
    }
  });
  source.addEventListener("error", () => {
    cut(true);
    // The browser tries again by itself but for a refusal; then the session has ended.
    if (source.readyState === EventSource.CLOSED) later(RETRY_MS);
  });
})();
