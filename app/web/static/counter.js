// Keys for reading a counter: j and k to the next and previous finding, a agree, d dismiss, n note, / search.
// The page works without any of this. Before printing, findings are put in the order of the articles.

"use strict";

(() => {
  const findings = [...document.querySelectorAll(".finding")];
  const list = document.querySelector(".finding-cards");
  if (!findings.length) {
    return;
  }

  const storage = "proviso.keys";
  let keysOn = true;
  try {
    keysOn = localStorage.getItem(storage) !== "off";
  } catch {
    // A browser that keeps nothing still has the keys.
  }

  let current = -1;

  function mark(index) {
    if (current >= 0) {
      findings[current].classList.remove("current");
    }
    current = index;
    const finding = findings[index];
    finding.classList.add("current");
    for (const link of document.querySelectorAll(".finding-link[aria-current]")) {
      link.removeAttribute("aria-current");
    }
    const link = document.querySelector(`.finding-link[href="#${CSS.escape(finding.id)}"]`);
    if (link) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    }
  }

  function go(index) {
    if (index < 0 || index >= findings.length) {
      return;
    }
    mark(index);
    findings[index].focus({ preventScroll: true });
    findings[index].scrollIntoView({ block: "start" });
    history.replaceState(null, "", `#${findings[index].id}`);
  }

  function followAddress() {
    const index = findings.findIndex((finding) => `#${finding.id}` === location.hash);
    if (index >= 0) {
      mark(index);
      findings[index].focus({ preventScroll: true });
    }
  }

  function press(decision) {
    const button = findings[current]?.querySelector(`.review > button[value="${decision}"]`);
    button?.click();
  }

  function openNote() {
    const box = findings[current]?.querySelector(".note-box");
    if (box) {
      box.open = true;
      box.querySelector("textarea").focus();
    }
  }

  function search() {
    const field = document.getElementById("words");
    if (field) {
      field.closest("details").open = true;
      field.focus();
      field.select();
    }
  }

  const actions = {
    j: () => go(current + 1),
    k: () => go(Math.max(current - 1, 0)),
    a: () => press("agreed"),
    d: openNote,
    n: openNote,
    "/": search,
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!keysOn || typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in actions)) {
      return;
    }
    event.preventDefault();
    actions[event.key]();
  });

  function showKeys() {
    const line = document.createElement("p");
    line.className = "keys no-print";
    const words = document.createElement("span");
    const toggle = document.createElement("button");
    toggle.type = "button";
    toggle.className = "button button-quiet";
    function say() {
      words.replaceChildren();
      if (keysOn) {
        const meanings = [["j", "next"], ["k", "previous"], ["a", "agree"], ["d", "dismiss"], ["n", "note"], ["/", "search"]];
        for (const [key, meaning] of meanings) {
          const cap = document.createElement("kbd");
          cap.textContent = key;
          words.append(cap, ` ${meaning}  `);
        }
      }
      toggle.textContent = keysOn ? "Switch these keys off" : "Switch keys on";
    }
    toggle.addEventListener("click", () => {
      keysOn = !keysOn;
      try {
        localStorage.setItem(storage, keysOn ? "on" : "off");
      } catch {
        // Then the choice lasts for this page.
      }
      say();
    });
    say();
    line.append(words, toggle);
    document.querySelector(".columns-list").before(line);
  }

  let order = [];
  window.addEventListener("beforeprint", () => {
    if (!list) {
      return;
    }
    order = [...list.children];
    list.append(...[...order].sort((one, other) => one.dataset.place - other.dataset.place));
    for (const details of document.querySelectorAll(".finding .why, .finding .instead")) {
      details.dataset.wasOpen = details.open;
      details.open = true;
    }
  });
  window.addEventListener("afterprint", () => {
    list?.append(...order);
    for (const details of document.querySelectorAll(".finding [data-was-open]")) {
      details.open = details.dataset.wasOpen === "true";
    }
  });

  window.addEventListener("hashchange", followAddress);
  for (const finding of findings) {
    finding.addEventListener("focusin", () => mark(findings.indexOf(finding)));
  }
  showKeys();
  followAddress();
})();
