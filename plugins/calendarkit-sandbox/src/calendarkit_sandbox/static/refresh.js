// Keeps the page in step with the truth log: fetches itself every two seconds and swaps the live part when it changed.
"use strict";

const atEnd = (thread) => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 160;

function toEnd() {
  const thread = document.querySelector(".thread");
  if (thread) thread.scrollTop = thread.scrollHeight;
}

async function refresh() {
  const live = document.getElementById("live");
  if (!live || document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  if (!fresh || fresh.dataset.last === live.dataset.last) return;
  const thread = live.querySelector(".thread");
  const follow = !thread || atEnd(thread);
  const top = thread ? thread.scrollTop : 0;
  live.replaceWith(document.adoptNode(fresh));
  const renewed = document.querySelector(".thread");
  if (!renewed) return;
  renewed.scrollTop = follow ? renewed.scrollHeight : top;
  if (follow) for (const image of renewed.querySelectorAll("img")) image.addEventListener("load", toEnd, { once: true });
}

addEventListener("load", () => {
  if (location.hash) return;
  toEnd();
});
setInterval(() => refresh().catch(() => {}), 2000);
