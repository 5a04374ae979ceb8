// The slider of a readiness page: it sets the day of the form beside it and sends the form.
// Without this file the day is typed or chosen by links; nothing else needs it.
addEventListener("DOMContentLoaded", () => {
  "use strict";
  const DAY = 86_400_000; // ms
  for (const form of document.querySelectorAll("[data-when]")) {
    const range = form.querySelector("[data-range]");
    const day = form.querySelector("input[type=date]");
    if (!range || !day) continue;
    const show = () => {
      day.value = new Date(Number(range.value) * DAY).toISOString().slice(0, 10);
      range.setAttribute("aria-valuetext", day.value);
    };
    range.hidden = false;
    range.setAttribute("aria-valuetext", day.value);
    range.addEventListener("input", show);
    // With the keys one passes many days: the page comes when the hand rests.
    let rest = 0;
    range.addEventListener("change", () => {
      show();
      clearTimeout(rest);
      rest = setTimeout(() => form.requestSubmit(), 400);
    });
  }
});
