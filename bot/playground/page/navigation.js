// Where the person is: which channel, which tab of the app, which thread; kept in the address.

import { byId } from "./dom.js";
import { changed, channel, store } from "./store.js";
import { post } from "./requests.js";

export const narrow = () => matchMedia("(max-width: 760px)").matches;

function remember() {
  const query = new URLSearchParams(location.search);
  query.set("user", store.me);
  query.set("channel", store.at.channel);
  for (const [key, value] of [["tab", store.at.tab === "home" ? "home" : null], ["thread", store.at.thread]]) {
    if (value) query.set(key, value);
    else query.delete(key);
  }
  history.replaceState(null, "", `?${query}`);
}

/** What the address asks for, for the first view. */
export function asked() {
  const query = new URLSearchParams(location.search);
  return { user: query.get("user"), channel: query.get("channel"), tab: query.get("tab"), thread: query.get("thread") };
}

/** Goes to a channel (and a tab of the app's direct message). */
export function go(channelId, tab = "messages") {
  const place = channel(channelId);
  if (!place) return;
  store.at = { channel: channelId, tab: place.is_im ? tab : "messages", thread: channelId === store.at.channel && tab === "messages" ? store.at.thread : null };
  store.unread.delete(channelId);
  showSidebar(false);
  remember();
  changed();
  if (place.is_im) post("/page/home", { tab: store.at.tab });
}

export function openThread(ts, focus = false) {
  store.at = { ...store.at, thread: ts };
  remember();
  changed();
  if (focus || narrow()) requestAnimationFrame(() => document.querySelector(focus && !narrow() ? "#thread-composer textarea" : "#thread-close")?.focus());
}

export function closeThread() {
  const { thread } = store.at;
  store.at = { ...store.at, thread: null };
  remember();
  changed();
  const summary = document.querySelector(`#channel-scroller [data-ts="${CSS.escape(thread ?? "")}"] .replies`);
  (summary ?? document.querySelector("#channel-composer textarea"))?.focus({ preventScroll: true });
}

export function showSidebar(shown) {
  document.body.classList.toggle("sidebar-open", shown);
  byId("scrim").hidden = !shown;
  byId("open-sidebar").setAttribute("aria-expanded", String(shown));
  if (shown) document.querySelector("#sidebar [aria-current], #sidebar button")?.focus();
}

const PANES = ["#sidebar [aria-current], #sidebar button", "#channel-scroller", "#channel-composer textarea", "#thread-scroller", "#thread-composer textarea"];

/** F6 walks the panes, Shift+F6 walks back; Escape leaves the thread or the drawer. */
export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "F6") {
      event.preventDefault();
      const stops = PANES.map((selector) => document.querySelector(selector)).filter((node) => node?.offsetParent);
      const now = stops.findIndex((node) => node === document.activeElement || node.contains(document.activeElement));
      stops[(now + (event.shiftKey ? -1 : 1) + stops.length) % stops.length]?.focus();
    } else if (event.key === "Escape" && document.body.classList.contains("sidebar-open")) {
      showSidebar(false);
      byId("open-sidebar").focus();
    } else if (event.key === "Escape" && store.at.thread && byId("thread").contains(document.activeElement)) closeThread();
  });
}
