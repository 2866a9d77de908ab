// While a counter is read and compared, say so, and send it once only. The form works without this.

"use strict";

(() => {
  const form = document.getElementById("counter-form");
  const atWork = document.getElementById("at-work");
  let sent = false;

  form?.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    atWork.hidden = false;
  });

  // Coming back with the browser's button finds the form as it was: it may be sent again.
  window.addEventListener("pageshow", () => {
    sent = false;
    if (atWork) {
      atWork.hidden = true;
    }
  });
})();
