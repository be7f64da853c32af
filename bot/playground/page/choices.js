// The block elements in which one chooses: selects, multi-selects, radio buttons and checkboxes.

import { freshId, h } from "./dom.js";
import { act } from "./interactions.js";
import { textObject, words } from "./mrkdwn.js";
import { icon } from "./icons.js";
import { openPopup } from "./popup.js";
import { nameOf, placeName, store } from "./store.js";


/** Sets a value and, where the element acts at once, sends it. */
export function chosen(context, blockId, element, value, wiring) {
  context.inputs.set(blockId, element.action_id, value);
  wiring.onChange?.();
  if (wiring.dispatch) act(context, blockId, element, value);
}

export function naming(element, blockId, wiring) {
  return {
    data: { testid: "block-action", actionId: element.action_id, keep: `${blockId}/${element.action_id}` },
    id: wiring.controlId,
    "aria-labelledby": wiring.labelledBy,
    "aria-describedby": wiring.describedBy,
    "aria-label": wiring.labelledBy ? null : element.accessibility_label || words(element.placeholder) || element.action_id,
  };
}

const people = () => [...store.users.values()].map((user) => ({ text: nameOf(user.id), value: user.id }));
const places = () => store.channels.map((each) => ({ text: placeName(each), value: each.id }));
const SOURCES = { users: people, conversations: places, channels: () => places().filter((place) => place.text.startsWith("#")) };

function groupsOf(element) {
  const source = SOURCES[/(users|conversations|channels)_select$/.exec(element.type)?.[1]];
  if (source) return [{ label: null, options: source() }];
  if (element.option_groups) return element.option_groups;
  return [{ label: null, options: element.options ?? [] }];
}

const optionValue = (option) => (typeof option === "string" ? option : option?.value ?? null);
const INITIAL_ONE = ["initial_option", "initial_user", "initial_conversation", "initial_channel"];
const INITIAL_MANY = ["initial_options", "initial_users", "initial_conversations", "initial_channels"];
const initialOf = (element, names) => names.map((name) => element[name]).find((value) => value !== undefined && value !== null);

/** One of several, as the browser's own select. */
export function select(element, context, blockId, wiring) {
  const value = context.inputs.start(blockId, element.action_id, optionValue(initialOf(element, INITIAL_ONE)));
  const line = (option) => h("option", { value: option.value }, words(option.text));
  const lines = groupsOf(element).map((group) => (group.label ? h("optgroup", { label: words(group.label) }, group.options.map(line)) : group.options.map(line)));
  const empty = h("option", { value: "" }, words(element.placeholder) || "Choose");
  const naked = { "aria-label": words(element.placeholder) || "Choose" };
  const node = h("select", { class: "select", ...naming(element, blockId, wiring), ...(wiring.aria ?? naked) }, empty, lines);
  node.value = value ?? "";
  const setEmpty = () => node.classList.toggle("is-empty", !node.value);
  setEmpty();
  node.addEventListener("change", () => {
    setEmpty();
    chosen(context, blockId, element, node.value || null, wiring);
  });
  return h("span", { class: "select-frame" }, node, icon("down", 16));
}

/** Several of several, as a button that opens a list of checkboxes. */
export function multiSelect(element, context, blockId, wiring) {
  const initial = (initialOf(element, INITIAL_MANY) ?? []).map(optionValue);
  let values = context.inputs.start(blockId, element.action_id, initial) ?? [];
  const groups = groupsOf(element);
  const options = groups.flatMap((group) => group.options);
  const text = h("span", { class: "multi-text" });
  const say = () => {
    const names = options.filter((option) => values.includes(option.value)).map((option) => words(option.text));
    text.textContent = names.join(", ") || words(element.placeholder) || "Choose";
    text.classList.toggle("is-empty", !names.length);
  };
  const textId = freshId("chosen");
  text.id = textId;
  const { "aria-labelledby": labelledBy, ...rest } = naming(element, blockId, wiring);
  const node = h(
    "button",
    { class: "select multi", "aria-haspopup": "dialog", "aria-expanded": "false", ...rest, ...wiring.aria, "aria-labelledby": labelledBy ? `${labelledBy} ${textId}` : null },
    text,
    icon("down", 16),
  );
  const before = () => JSON.stringify(values);
  let opened = before();
  const box = (option) => {
    const check = h("input", { type: "checkbox", value: option.value, checked: values.includes(option.value) });
    check.addEventListener("change", () => {
      const next = check.checked ? [...values, option.value] : values.filter((value) => value !== option.value);
      if (element.max_selected_items && next.length > element.max_selected_items) check.checked = false;
      else values = next;
      context.inputs.set(blockId, element.action_id, values);
      say();
    });
    return h("label", { class: "menu-item check" }, check, h("span", { dir: "auto" }, textObject(option.text)));
  };
  const close = () => {
    if (before() !== opened) chosen(context, blockId, element, values, wiring);
  };
  node.addEventListener("click", () => {
    opened = before();
    const content = groups.map((group) => [group.label && h("div", { class: "menu-label" }, words(group.label)), group.options.map(box)]);
    openPopup(node, content, { role: "group", label: words(element.placeholder) || "Choose", onClose: close });
  });
  say();
  return node;
}

function optionGroup(element, context, blockId, wiring, role, type, chosenAlready, pick) {
  const name = freshId("option");
  const lines = (element.options ?? []).map((option) => {
    const input = h("input", { type, name, value: option.value, checked: chosenAlready(option.value), data: { keep: `${blockId}/${element.action_id}/${option.value}` } });
    input.addEventListener("change", () => chosen(context, blockId, element, pick(option.value, input.checked), wiring));
    return h("label", { class: "option" }, input, h("span", { dir: "auto" }, textObject(option.text), option.description && h("small", {}, textObject(option.description))));
  });
  return h("div", { class: "option-group", role, tabindex: "-1", ...naming(element, blockId, wiring), ...wiring.aria }, lines);
}

export function radios(element, context, blockId, wiring) {
  const first = context.inputs.start(blockId, element.action_id, optionValue(element.initial_option));
  return optionGroup(element, context, blockId, wiring, "radiogroup", "radio", (value) => value === first, (value) => value);
}

export function checkboxes(element, context, blockId, wiring) {
  const values = new Set(context.inputs.start(blockId, element.action_id, (element.initial_options ?? []).map(optionValue)));
  const pick = (value, on) => {
    values[on ? "add" : "delete"](value);
    return [...values];
  };
  return optionGroup(element, context, blockId, wiring, "group", "checkbox", (value) => values.has(value), pick);
}
