"use strict";
const boxes = [...document.querySelectorAll("input[data-id]")];
const place = (box) => "calendarkit.tick." + box.dataset.id;
const remember = (box) => { try { box.checked ? localStorage.setItem(place(box), "1") : localStorage.removeItem(place(box)); } catch { /* a private window keeps nothing */ } };
const recall = (box) => { try { box.checked = localStorage.getItem(place(box)) === "1"; } catch { /* as above */ } };
const show = () => {
  const ticked = boxes.filter((box) => box.checked);
  document.getElementById("ticked").textContent = ticked.length;
  document.getElementById("progress").value = ticked.length;
  document.querySelectorAll("article").forEach((card) => card.classList.toggle("ticked", !card.querySelector("input:not(:checked)")));
};
const copy = async (source) => {
  try { await navigator.clipboard.writeText(source.textContent); return true; } catch { /* old phones: below */ }
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return document.execCommand("copy");
};
boxes.forEach((box) => { recall(box); box.addEventListener("change", () => { remember(box); show(); }); });
document.querySelectorAll("button").forEach((button) => {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const done = await copy(button.closest(".text, .link").querySelector("[data-text]"));
    if (!done) return;
    button.textContent = document.body.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 1600);
  });
});
show();
