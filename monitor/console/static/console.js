// The console's one script: ticking times, live refresh, small comforts. Every page works without it.
"use strict";

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const serverNow = Date.parse(document.querySelector("[data-clock]")?.dateTime ?? new Date().toISOString());
const offset = serverNow - Date.now(); // the server's clock counts, not this machine's

function span(seconds) {
  seconds = Math.floor(Math.abs(seconds));
  if (seconds < MINUTE) return `${seconds}秒`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}分钟`;
  if (seconds < DAY) {
    const minutes = Math.floor(seconds / MINUTE) % 60;
    return `${Math.floor(seconds / HOUR)}小时${minutes ? `${minutes}分` : ""}`;
  }
  const hours = Math.floor(seconds / HOUR) % 24;
  return `${Math.floor(seconds / DAY)}天${hours ? `${hours}小时` : ""}`;
}

function tick() {
  const now = Date.now() + offset;
  for (const time of document.querySelectorAll("[data-until]")) {
    const left = (Date.parse(time.dateTime) - now) / 1000;
    time.textContent = left > 0 ? `剩 ${span(left)}` : `已超 ${span(left)}`;
    time.className = `countdown ${left <= 0 ? "over" : left <= 15 * MINUTE ? "soon" : "calm"}`;
  }
  for (const time of document.querySelectorAll("[data-ago]")) {
    const past = (now - Date.parse(time.dateTime)) / 1000;
    time.textContent = Math.abs(past) < MINUTE ? "刚刚" : `${span(past)}${past > 0 ? "前" : "后"}`;
  }
  const clock = document.querySelector("[data-clock]");
  if (clock) {
    const parts = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" };
    clock.textContent = `今天 ${new Date(now).toLocaleTimeString("zh-CN", parts)}`;
  }
}
tick();
setInterval(tick, 10000);

// Live parts: the server says "something changed"; the page is asked for again and its live parts exchanged.
const stale = document.querySelector("[data-stale]");
let pending = null;

function isBusy(part) {
  return part.contains(document.activeElement?.closest("form, textarea, input, select")) ||
    part.querySelector("details[open]") !== null;
}

async function refresh() {
  pending = null;
  const parts = [...document.querySelectorAll("[data-live][id]")];
  if (!parts.length || document.hidden) return;
  const answer = await fetch(location.href, { headers: { "X-Live": "1" }, redirect: "error" }).catch(() => null);
  if (!answer) return;
  if (answer.status === 401) { location.reload(); return; }
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const other = fresh.getElementById(part.id);
    if (!other || other.innerHTML === part.innerHTML) continue;
    if (isBusy(part)) { stale.hidden = false; continue; }
    part.replaceWith(document.importNode(other, true));
  }
  tick();
}

const soon = () => { pending ??= setTimeout(refresh, 600); };
const stream = document.body.dataset.stream;
if (stream) {
  const pulse = document.querySelector("[data-connection]");
  const source = new EventSource(stream);
  source.addEventListener("open", () => pulse?.classList.add("on"));
  source.addEventListener("error", () => pulse?.classList.remove("on"));
  source.addEventListener("change", soon);
  source.addEventListener("expired", () => { source.close(); location.reload(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  addEventListener("pagehide", () => source.close());
}
stale?.addEventListener("click", () => location.reload());

// A form is sent once, however often the button is pressed; a chosen filter applies itself.
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("button")) setTimeout(() => { button.disabled = true; });
});
addEventListener("pageshow", () => { for (const button of document.querySelectorAll("button[disabled]")) button.disabled = false; });
document.addEventListener("change", (event) => { if (event.target.matches("[data-apply]")) event.target.form.requestSubmit(); });
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".who[open], .more[open]")) if (!open.contains(event.target)) open.open = false;
});
