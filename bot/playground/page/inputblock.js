// The input block: a label, a control, a hint, and the error that belongs to it.

import { freshId, h } from "./dom.js";
import { textObject, words } from "./mrkdwn.js";

const GROUPED = new Set(["radio_buttons", "checkboxes"]);

/** Draws one input block; the element itself is drawn by `element`. */
export function inputBlock(block, context, id, element) {
  const labelId = freshId("label");
  const hintId = freshId("hint");
  const errorId = freshId("error");
  const error = h("div", { class: "field-error", id: errorId, data: { testid: "field-error" }, hidden: true });
  const controlId = freshId("control");
  const control = element(block.element, context, id, {
    dispatch: Boolean(block.dispatch_action),
    controlId,
    labelledBy: labelId,
    describedBy: block.hint ? `${hintId} ${errorId}` : errorId,
    aria: { "aria-required": block.optional ? null : "true" },
    onChange: () => showError(node, ""),
  });
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const labelWords = [textObject(block.label), optional];
  const label = h("label", { class: "label", id: labelId, dir: "auto", for: GROUPED.has(block.element?.type) ? null : controlId }, labelWords);
  const hint = block.hint && h("div", { class: "hint", id: hintId, dir: "auto" }, textObject(block.hint));
  const node = h("div", { class: "block input" }, label, control, hint, error);
  node.inputBlock = block;
  node.inputId = id;
  return node;
}

/** Shows (or with "" takes away) the error of an input block. */
export function showError(node, text) {
  const place = node.querySelector(".field-error");
  const control = node.querySelector("[data-action-id]");
  place.textContent = text;
  place.hidden = !text;
  if (text) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
}

const empty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

function numberProblem(element, value) {
  const number = Number(value);
  if (Number.isNaN(number)) return "Type a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Type a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value)) return `Type ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value)) return `Type ${element.max_value} or less.`;
  return "";
}

/** What is wrong with a value before it is sent; "" when nothing is. */
export function problemOf(block, value) {
  const { element } = block;
  if (empty(value)) return block.optional ? "" : `Fill in “${words(block.label)}”.`;
  if (element.type === "number_input") return numberProblem(element, value);
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+$/.test(value)) return "Type an email address, such as ana@example.com.";
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/i.test(value)) return "Type an address that starts with https://.";
  const length = typeof value === "string" ? [...value].length : 0;
  if (element.min_length && length < element.min_length) return `Type at least ${element.min_length} characters (now ${length}).`;
  if (element.max_length && length > element.max_length) return `Type at most ${element.max_length} characters (now ${length}).`;
  return "";
}
