// One message: who, when, what, its reactions, its replies and what one can do with it.

import { putBlocks } from "./blocks.js";
import { arrange, h, keepingFocus } from "./dom.js";
import { files } from "./files.js";
import { icon, iconPress, opens } from "./icons.js";
import { Inputs } from "./inputs.js";
import { messageContext } from "./interactions.js";
import { mrkdwn } from "./mrkdwn.js";
import { openThread } from "./navigation.js";
import { avatar, clock, dateOf } from "./people.js";
import { menuItem, openPopup } from "./popup.js";
import { addReaction, reactionRow } from "./reactions.js";
import { post, tell } from "./requests.js";
import { changed, isBot, nameOf, person, store, theBot, threadOf } from "./store.js";

const kept = new Map(); // "channel/ts" -> Inputs

function inputsOf(channel, ts) {
  const key = `${channel}/${ts}`;
  if (!kept.has(key)) kept.set(key, new Inputs());
  return kept.get(key);
}

function dismiss(message) {
  store.dismissed.add(message.ts);
  changed();
}

function byline(message) {
  const name = person(message.user) ? nameOf(message.user) : store.team.name;
  return h(
    "div",
    { class: "byline" },
    h("span", { class: "author", dir: "auto" }, name),
    isBot(message) && h("span", { class: "app-tag" }, "APP"),
    h("time", { datetime: dateOf(message.ts).toISOString(), title: dateOf(message.ts).toLocaleString() }, clock(message.ts)),
  );
}

function onlyYou(message) {
  const close = h("button", { class: "link-button", data: { testid: "dismiss" }, on: { click: () => dismiss(message) } }, "Dismiss");
  return h("div", { class: "only-you" }, icon("eye", 14), h("span", {}, "Only visible to you"), close);
}

function retryButton(message) {
  if (!message.retry) return null;
  const again = () => {
    message.retry();
    dismiss(message);
  };
  return h("button", { class: "button", on: { click: again } }, "Put it back in the box");
}

async function shortcut(channel, message, callbackId, name) {
  tell(await post("/page/shortcuts", { callback_id: callbackId, channel, ts: message.ts }), `“${name}”`, { channel, thread: threadOf(message) });
}

function moreButton(channel, message) {
  const node = iconPress("more", "More actions", { ...opens("menu"), data: { testid: "message-more" } });
  const open = () => {
    const items = store.shortcuts.map((each) => menuItem(each.name, () => shortcut(channel, message, each.callback_id, each.name), { data: { testid: "shortcut", callback: each.callback_id } }));
    const copy = menuItem("Copy the text", () => navigator.clipboard?.writeText(message.text ?? ""));
    openPopup(node, [items, copy], { label: "More actions" });
  };
  node.addEventListener("click", open);
  return node;
}

function toolbar(channel, message, inThread) {
  if (message.ephemeral) return null;
  const reply = iconPress("reply", "Reply in thread", { data: { testid: "reply" }, on: { click: () => openThread(message.thread_ts ?? message.ts, true) } });
  return h("div", { class: "toolbar", role: "group", "aria-label": "Actions for this message" }, addReaction(channel, message, inThread ? "thread" : "list"), !inThread && reply, moreButton(channel, message));
}

/** What the assistant says it is doing in a thread, or nothing. */
export function statusWords(channel, threadTs) {
  const frame = store.statuses.get(`${channel}/${threadTs}`);
  if (!frame) return "";
  const name = nameOf(theBot()?.id);
  return frame.status.startsWith(name) ? frame.status : `${name} ${frame.status}`;
}

function replySummary(channel, message, list) {
  const status = statusWords(channel, message.thread_ts ?? message.ts);
  const count = Math.max(list.length, message.reply_count ?? 0);
  if (!count && !status) return null;
  const faces = [...new Set(list.map((reply) => reply.user))].slice(0, 3).map((id) => avatar(id, "tiny"));
  const words = count ? `${count} ${count === 1 ? "reply" : "replies"}` : "Open thread";
  const last = list.length ? `Last at ${clock(list[list.length - 1].ts)}` : "";
  return h(
    "button",
    { class: "replies", data: { testid: "replies", keep: `replies/${message.ts}` }, on: { click: () => openThread(message.ts) } },
    faces,
    h("strong", {}, words),
    h("span", { class: status ? "status" : "muted" }, status || last),
  );
}

function drawBody(node, channel, message) {
  const { body } = node.parts;
  body.classList.toggle("text", !message.blocks?.length);
  if (message.blocks?.length) {
    if (!body.holdsBlocks) body.replaceChildren();
    body.holdsBlocks = true;
    putBlocks(body, message.blocks, messageContext(channel, message, inputsOf(channel, message.ts)));
  } else {
    body.holdsBlocks = false;
    body.replaceChildren(...mrkdwn(message.text));
  }
  // An app updates its messages as its work goes on; only a person's change of words is worth a mark.
  if (message.edited && !message.bot_id) body.lastElementChild?.append(h("span", { class: "edited" }, " (edited)"));
}

function create(message, inThread) {
  const body = h("div", { class: "body" });
  const content = h("div", { class: "content" }, body);
  const side = h("div", { class: "side" });
  const testid = message.ephemeral ? "ephemeral" : inThread ? "thread-message" : "message";
  const node = h("article", { class: "message", data: { testid, ts: message.ts } }, side, content);
  node.parts = { body, content, side };
  return node;
}

/** Draws a message, new or again; a message that is the same as before is left alone. */
export function drawMessage(node, channel, message, { inThread = false, compact = false, list = [] } = {}) {
  const status = inThread ? "" : statusWords(channel, message.ts);
  const print = JSON.stringify([message, compact, list.length, list[list.length - 1]?.ts, status, store.me, store.shortcuts.length]);
  if (node?.print === print) return node;
  const drawn = node ?? create(message, inThread);
  const bodyPrint = JSON.stringify([message.text, message.blocks, message.edited]);
  drawn.print = print;
  drawn.classList.toggle("compact", compact);
  drawn.classList.toggle("ephemeral", Boolean(message.ephemeral));
  drawn.classList.toggle("streaming", Boolean(message.streaming));
  if (message.streaming) drawn.setAttribute("aria-busy", "true");
  else drawn.removeAttribute("aria-busy");
  const { body, content, side } = drawn.parts;
  keepingFocus(drawn, () => {
    if (drawn.bodyPrint !== bodyPrint) drawBody(drawn, channel, message);
    side.replaceChildren(compact ? h("time", { class: "side-time" }, clock(message.ts)) : avatar(message.user));
    arrange(content, [message.ephemeral && onlyYou(message), byline(message), body, files(message.files), retryButton(message), reactionRow(channel, message), !inThread && replySummary(channel, message, list)].filter(Boolean));
    const tools = toolbar(channel, message, inThread);
    drawn.querySelector(":scope > .toolbar")?.remove();
    if (tools) drawn.append(tools);
  });
  drawn.bodyPrint = bodyPrint;
  return drawn;
}
