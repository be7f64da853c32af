// The right side: one thread, with the message it hangs on, its replies and its own message box.

import { Composer } from "./composer.js";
import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessage, statusWords } from "./message.js";
import { MessageList } from "./messagelist.js";
import { closeThread } from "./navigation.js";
import { channel, messageAt, placeName, replies, store } from "./store.js";

let list;
let composer;
let where;
let parent = null;
const rule = h("div", { class: "day", role: "separator" }, h("span"));
const status = h("div", { class: "status-line", role: "status", hidden: true });

function drawParent(place, ts) {
  const message = messageAt(place.id, ts);
  if (!message) {
    parent = null;
    return h("p", { class: "muted pad" }, "This message was deleted; its replies are still here.");
  }
  const same = parent?.place === `${place.id}/${ts}`;
  parent = { place: `${place.id}/${ts}`, node: drawMessage(same ? parent.node : null, place.id, message, { inThread: true }) };
  return parent.node;
}

function drawStatus(place, ts) {
  const words = statusWords(place.id, ts);
  status.hidden = !words;
  const frame = store.statuses.get(`${place.id}/${ts}`);
  const detail = frame?.loading_messages?.length ? ` ${frame.loading_messages[0]}` : "";
  if (status.said === words + detail) return;
  status.said = words + detail;
  status.replaceChildren(h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", {}, words), h("span", { class: "muted" }, detail));
}

/** Draws the thread that is open, or hides the pane. */
export function drawThread() {
  const { channel: id, thread } = store.at;
  const place = channel(id);
  const open = Boolean(store.loaded && thread && place && store.at.tab === "messages");
  byId("thread").hidden = !open;
  document.body.classList.toggle("thread-open", open);
  if (!open) {
    list.log.replaceChildren();
    return;
  }
  const answers = replies(id, thread);
  const lasting = answers.filter((message) => !message.ephemeral).length;
  const name = placeName(place);
  where.textContent = name;
  rule.firstChild.textContent = lasting ? `${lasting} ${lasting === 1 ? "reply" : "replies"}` : "No replies yet";
  list.label(`Thread in ${name}`);
  drawStatus(place, thread);
  list.draw(`${store.me}/${id}/${thread}`, answers, { channel: id, before: [drawParent(place, thread), rule], after: [status], days: false });
  composer.at(id, thread, "Reply in this thread");
}

export function startThread() {
  where = h("span", { class: "place-meta" });
  const close = h("button", { id: "thread-close", class: "icon-only", "aria-label": "Close thread", title: "Close thread (Esc)", data: { testid: "thread-close" }, on: { click: closeThread } }, h("span", { class: "wide-only" }, icon("close", 20)), h("span", { class: "narrow-only back" }, icon("back", 20), "Back"));
  byId("thread-head").append(h("h2", {}, "Thread"), where, close);
  list = new MessageList(byId("thread-scroller"), { label: "Thread", inThread: true });
  composer = new Composer(byId("thread-composer"), { testid: "thread-composer", send: "thread-send", id: "thread-text", onSent: () => list.toNewest() });
}
