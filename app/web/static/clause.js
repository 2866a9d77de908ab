// Enhancement of the clause page: an item of the checklist lights up the words that carry it while pointed at or
// focused, and the address remembers the open position. Without this script the links do the same with a click.
"use strict";

(() => {
  const light = (item, on) => {
    for (const id of item.dataset.lights.split(" ").filter(Boolean)) {
      document.getElementById(id)?.classList.toggle("lit", on);
    }
  };

  for (const item of document.querySelectorAll("[data-lights]")) {
    for (const event of ["mouseenter", "focusin"]) item.addEventListener(event, () => light(item, true));
    for (const event of ["mouseleave", "focusout"]) item.addEventListener(event, () => light(item, false));
  }

  for (const input of document.querySelectorAll(".tab-input")) {
    input.addEventListener("change", () => {
      const address = new URL(window.location.href);
      address.searchParams.set("position", input.value);
      address.hash = "";
      window.history.replaceState(null, "", address);
    });
  }
})();
