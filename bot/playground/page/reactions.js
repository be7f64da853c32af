// Reactions under a message, and the small picker that adds them.

import { h } from "./dom.js";
import { face, PICKER, spoken, TONED_THUMBS } from "./emoji.js";
import { iconPress, opens } from "./icons.js";
import { closePopup, openPopup } from "./popup.js";
import { post, tell } from "./requests.js";
import { nameOf, store, threadOf } from "./store.js";

async function react(channel, message, name, add) {
  const answer = await post("/page/reactions", { channel, ts: message.ts, name, add });
  if (answer.ok === false && !["already_reacted", "no_reaction"].includes(answer.error)) {
    tell(answer, "Your reaction", { channel, thread: threadOf(message) });
  }
}

const mine = (message, name) => Boolean(message.reactions?.find((each) => each.name === name)?.users?.includes(store.me));

function chip(channel, message, reaction) {
  const own = mine(message, reaction.name);
  const names = (reaction.users ?? []).map((id) => (id === store.me ? "you" : nameOf(id)));
  const label = `${spoken(reaction.name)}, ${reaction.count} ${reaction.count === 1 ? "person" : "people"}: ${names.join(", ")}`;
  const toggle = () => react(channel, message, reaction.name, !mine(message, reaction.name));
  return h(
    "button",
    { class: "chip", "aria-pressed": String(own), "aria-label": label, title: names.join(", "), data: { testid: "reaction", name: reaction.name, keep: `reaction/${message.ts}/${reaction.name}` }, on: { click: toggle } },
    h("span", { class: "emoji", "aria-hidden": "true" }, face(reaction.name)),
    h("span", { class: "count" }, String(reaction.count)),
  );
}

function pickerButton(channel, message, name) {
  const pick = () => {
    closePopup(true);
    react(channel, message, name, !mine(message, name));
  };
  return h("button", { class: "pick", "aria-label": spoken(name), title: `:${name}:`, data: { testid: "pick-reaction", name }, on: { click: pick } }, face(name));
}

/** The button that opens the picker. */
export function addReaction(channel, message, where) {
  const node = iconPress("smile", "Add a reaction", { ...opens("dialog"), data: { testid: "add-reaction", keep: `add/${where}/${message.ts}` } });
  const open = () => {
    const tones = h("div", { class: "pick-row", role: "group", "aria-label": "Thumbs up, skin tones" }, TONED_THUMBS.map((name) => pickerButton(channel, message, name)));
    const common = h("div", { class: "pick-grid" }, PICKER.map((name) => pickerButton(channel, message, name)));
    openPopup(node, [common, tones], { role: "dialog", label: "Add a reaction", kind: "picker" });
  };
  node.addEventListener("click", open);
  return node;
}

/** The row of chips, or nothing. */
export function reactionRow(channel, message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "chips", role: "group", "aria-label": "Reactions" }, message.reactions.map((reaction) => chip(channel, message, reaction)));
}
