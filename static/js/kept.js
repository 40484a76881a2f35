// Signing in changes the token that forms carry: what was kept on a page meanwhile is sent with
// the token of a page opened since. Without this file it takes a second press.
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const { freshToken } = form.dataset;
  if (!freshToken) return;
  event.preventDefault();
  try {
    const answer = await fetch(freshToken);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = '[name="csrfmiddlewaretoken"]';
    form.querySelector(token).value = page.querySelector(token).value;
  } finally {
    form.submit();
  }
});
