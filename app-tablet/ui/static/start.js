// Starts the screens. Should that fail, the page says so: a blank window helps nobody.
import init from "./tablet_ui.js";

const opening = document.getElementById("opening");

function fail(cause) {
  console.error(cause);
  opening.hidden = false;
  opening.setAttribute("role", "alert");
  opening.textContent =
    "L’écran n’a pas pu s’ouvrir. Les pointages déjà faits sont conservés sur la tablette. " +
    "Fermez l’application et rouvrez-la.";
}

try {
  await init();
  opening.hidden = true;
} catch (cause) {
  fail(cause);
}
