// The line above the messages that says when something is not connected.

import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

function words() {
  if (store.link === "lost") return "Reconnecting…";
  if (store.loaded && !store.bot.connected) return "Copydesk is not running. Messages will be delivered when it is back.";
  return "";
}

/** Draws the banner, or hides it. */
export function drawBanner() {
  const banner = byId("banner");
  const text = words();
  if (banner.said === text) return;
  banner.said = text;
  banner.hidden = !text;
  banner.classList.toggle("busy", store.link === "lost");
  banner.replaceChildren(...(text ? [icon(store.link === "lost" ? "working" : "info", 17), h("span", {}, text)] : []));
}
