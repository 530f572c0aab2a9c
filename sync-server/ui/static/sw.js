// Shows the town's messages on this device, and opens the portal when one is touched. Nothing is kept here.
"use strict";

self.addEventListener("push", (event) => {
  if (!event.data) return;
  const said = event.data.json();
  const options = { body: said.text, tag: said.id, data: said.path, icon: "/static/roof.svg", lang: "fr" };
  event.waitUntil(self.registration.showNotification(said.title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const page = new URL(event.notification.data, self.registration.scope);
  if (page.origin === self.location.origin) event.waitUntil(self.clients.openWindow(page.href));
});
