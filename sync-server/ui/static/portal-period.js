// Puts a long plan into the cart a month at a time, so that one sees how far it is. Without this file the form is sent
// at once, and the answer is the same.
"use strict";

(() => {
  const form = document.querySelector("form[data-months]");
  if (!form) return;
  const months = form.dataset.months.split(" ");
  if (months.length < 2) return;
  const status = form.querySelector("[role=status]");
  const progress = form.querySelector("progress");
  const button = form.querySelector("button");
  let sending = false;

  const show = (is) => {
    sending = is;
    status.hidden = !is;
    button.disabled = is;
  };

  // Whoever comes back to this page may send it again.
  addEventListener("pageshow", (event) => event.persisted && show(false));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    const fields = new FormData(form);
    show(true);
    try {
      for (const [done, month] of months.entries()) {
        progress.value = done;
        fields.set("mois", month);
        const answer = await fetch(form.action, {
          method: "POST",
          body: new URLSearchParams(fields),
          redirect: "manual",
        });
        if (answer.type !== "opaqueredirect") throw new Error("not taken");
      }
      location.assign(form.dataset.then);
    } catch {
      // All of it once more, as a page: what was taken is not taken twice, and whatever is wrong is said.
      form.submit();
    }
  });
})();
