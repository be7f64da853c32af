// The input block: a label, a control, a hint, and the error that belongs to it.

import { freshId, h } from "./dom.js";
import { textObject } from "./mrkdwn.js";

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
