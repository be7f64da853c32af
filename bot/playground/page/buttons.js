// The block elements that act at once: buttons, icon and feedback buttons, overflow menus.

import { h } from "./dom.js";
import { icon, iconPress, opens } from "./icons.js";
import { act, onceAtATime } from "./interactions.js";
import { textObject, words } from "./mrkdwn.js";
import { menuItem, openPopup } from "./popup.js";
import { store } from "./store.js";

const naming = (element, value) => ({ testid: "block-action", actionId: element.action_id, value: value ?? undefined });

function wired(node, context, blockId, element, value) {
  node.addEventListener("click", onceAtATime(node, () => act(context, blockId, element, value)));
  return node;
}

function keep(blockId, element) {
  return { ...naming(element, element.value), keep: `${blockId}/${element.action_id}` };
}

export function button(element, context, blockId) {
  const properties = {
    class: `button ${element.style ?? ""}`,
    data: keep(blockId, element),
    "aria-label": element.accessibility_label,
  };
  const safe = /^(https?|mailto):/i.test(element.url ?? "");
  const node = safe
    ? h("a", { ...properties, href: element.url, target: "_blank", rel: "noopener noreferrer" }, textObject(element.text))
    : h("button", properties, textObject(element.text));
  return wired(node, context, blockId, element, element.value);
}

export function iconButton(element, context, blockId) {
  if (element.visible_to_user_ids?.length && !element.visible_to_user_ids.includes(store.me)) return null;
  const label = element.accessibility_label || words(element.text) || element.icon;
  const node = h("button", { class: "icon-only quiet", "aria-label": label, title: words(element.text), data: keep(blockId, element) }, icon(element.icon, 17));
  return wired(node, context, blockId, element, element.value);
}

/** The pair of feedback buttons; both carry the same action, each its own value. */
export function feedbackButtons(element, context, blockId) {
  const one = (half, thumb, side) => {
    if (!half) return null;
    const data = { ...naming(element, half.value), keep: `${blockId}/${element.action_id}/${side}` };
    const node = h("button", { class: "button feedback", "aria-label": half.accessibility_label, data }, icon(thumb, 16), words(half.text));
    const vote = async () => {
      if (!(await act(context, blockId, element, half.value))) return;
      for (const each of node.parentNode.children) each.setAttribute("aria-pressed", String(each === node));
    };
    node.addEventListener("click", onceAtATime(node, vote));
    return node;
  };
  return h("span", { class: "feedback-pair", role: "group", "aria-label": "Feedback" }, one(element.positive_button, "thumbsup", "good"), one(element.negative_button, "thumbsdown", "bad"));
}

export function overflow(element, context, blockId) {
  const node = iconPress("more", element.accessibility_label || "More actions", { ...opens("menu"), data: keep(blockId, element) });
  const open = () => {
    const items = (element.options ?? []).map((option) => {
      const follow = () => {
        if (/^https?:/i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
        act(context, blockId, element, option.value);
      };
      return menuItem([textObject(option.text), option.description && h("small", {}, textObject(option.description))], follow, { data: { value: option.value } });
    });
    openPopup(node, items, { label: "More actions" });
  };
  node.addEventListener("click", open);
  return node;
}
