// Small comforts. Every page works without this file.
"use strict";

(() => {
  // A page or fragment that came back with errors: take the reader to the summary.
  const focusSummary = (root) => root.querySelector("[data-autofocus]")?.focus();

  // "Clear score" empties its row here; without JavaScript the same button posts the form.
  const clearScore = (event) => {
    const button = event.target.closest(".clear-score");
    if (!button) return;
    const option = button.closest(".option");
    const tiles = option.querySelectorAll('input[type="radio"]');
    event.preventDefault();
    tiles.forEach((tile) => { tile.checked = false; });
    tiles[0].focus();
  };

  const closeMenu = (event) => {
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    if (event.type === "keydown" && event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.type === "click" && !menu.contains(event.target)) {
      menu.open = false;
    }
  };

  // A passkey that was not used, for whatever reason: say so where it was asked for.
  const tellKeyTrouble = (event) => {
    const words = document.querySelector("[data-key-trouble]");
    if (!words) return;
    event.preventDefault();
    words.hidden = false;
  };

  document.addEventListener("DOMContentLoaded", () => focusSummary(document));
  document.addEventListener("allauth.error", tellKeyTrouble);
  document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.target));
  document.addEventListener("click", clearScore);
  document.addEventListener("click", closeMenu);
  document.addEventListener("keydown", closeMenu);
})();
