// Theme switch and keyboard help. No framework, no inline handlers (strict CSP). Everything
// on the pages works without this file; it only saves a click.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const read = () => { try { return localStorage.getItem("legation-theme"); } catch { return null; } };
  const keep = (theme) => { try { localStorage.setItem("legation-theme", theme); } catch { /* private window */ } };
  const shown = () => root.dataset.bsTheme ?? (dark.matches ? "dark" : "light");
  // Before the first paint, so that a page never flashes in the other theme.
  if (read()) root.dataset.bsTheme = read();

  const printing = () => {
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  };

  const themeSwitch = () => {
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const mark = () => button.setAttribute("aria-pressed", String(shown() === "dark"));
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.bsTheme = shown() === "dark" ? "light" : "dark";
      keep(root.dataset.bsTheme);
      mark();
    });
    dark.addEventListener("change", mark);
    mark();
  };

  // g then a letter goes to a page (data-key on its tab); j and k walk rows; r answers; / finds;
  // ? helps. None of them acts while one types, chooses from a list or holds another key.
  const WAIT = 1500; // ms that g waits for its letter
  const keyboard = () => {
    let since = -WAIT;
    const rows = () => [...document.querySelectorAll("main [data-row]")]
      .filter((row) => row.checkVisibility());
    const walk = (step) => {
      const all = rows();
      const here = document.activeElement?.closest("li, tr")?.querySelector("[data-row]");
      const at = all.indexOf(here ?? document.activeElement);
      const to = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
      to?.focus();
      to?.scrollIntoView({ block: "nearest" });
    };
    // On a row that waits for us: open it where one answers. On a notice: into its answer.
    const reply = () => {
      const row = document.activeElement?.closest("li, tr")?.querySelector("[data-reply]");
      if (row) location.href = row.href + row.dataset.reply;
      else document.querySelector("#answer :is(summary, a, input:not([type=hidden]), select, textarea)")?.focus();
    };
    const doing = {
      "?": () => document.querySelector("#keys")?.showModal(),
      "/": () => find(),
      j: () => walk(1),
      k: () => walk(-1),
      r: reply,
    };
    const find = () => {
      const all = [...document.querySelectorAll("#find-q, [data-find]")];
      all.find((box) => box.checkVisibility())?.focus() ?? document.querySelector("[data-find]")?.focus();
    };
    // A key of a Cyrillic or other layout means the Latin letter in its place.
    const letter = ({ key, code }) =>
      /^[^\x00-\x7f]$/.test(key) ? code.replace(/^Key/, "").toLowerCase() : key;
    addEventListener("keydown", (event) => {
      const key = letter(event);
      const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
      if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const after = event.timeStamp - since < WAIT;
      const tab = after && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
      since = key === "g" ? event.timeStamp : -WAIT;
      if (after && tab) location.href = tab.href;
      else if (after) return;
      else if (doing[key]) { event.preventDefault(); doing[key](); }
    });
  };

  // What fits while one types: arrows go into the rows and back, Escape clears.
  const finding = () => addEventListener("keydown", (event) => {
    const box = event.target.closest?.("[role=search], #hits");
    if (!box) return;
    const stops = [...document.querySelectorAll("[data-find], #find-q, [data-hit]")]
      .filter((stop) => stop.checkVisibility() && (box.contains(stop) || stop.closest("#hits")));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = step && stops[stops.indexOf(document.activeElement) + step];
    if (to) { event.preventDefault(); to.focus(); }
    if (event.key === "Escape") {
      document.querySelector("#found")?.replaceChildren();
      if (event.target.dataset.hit !== undefined) box.querySelector("[data-find]")?.focus();
    }
  });

  const helpLink = () => {
    const help = document.querySelector("#keys");
    for (const link of document.querySelectorAll("[data-keys-open]")) {
      link.addEventListener("click", (event) => { event.preventDefault(); help?.showModal(); });
    }
  };

  // A page in the background asks nothing; one that is looked at again asks soon enough.
  const quiet = () => document.addEventListener("htmx:before:request", (event) => {
    if (document.hidden) event.preventDefault();
  });

  addEventListener("DOMContentLoaded", () => {
    themeSwitch(); printing(); keyboard(); finding(); helpLink(); quiet();
  });
})();
