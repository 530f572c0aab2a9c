// Messages on this device. The page is whole without this file: it only brings the button to life.
"use strict";

(() => {
  const form = document.querySelector("form[data-push]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;

  const base = form.dataset.push;
  const trouble = form.querySelector("[role=alert]");
  const field = (name) => form.elements.namedItem(name);
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

  form.hidden = false;
  document.querySelector("[data-without-push]")?.setAttribute("hidden", "");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      await navigator.serviceWorker.register(base + "sw.js", { scope: base });
      const worker = await navigator.serviceWorker.ready;
      const taken = await worker.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytes(form.dataset.key),
      });
      field("adresse").value = taken.endpoint;
      field("cle").value = text(taken.getKey("p256dh"));
      field("secret").value = text(taken.getKey("auth"));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
})();
