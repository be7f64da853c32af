// Modals: the top of the person's stack of views, in one dialog that keeps what is typed.

import { putBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { iconPress } from "./icons.js";
import { showError } from "./inputblock.js";
import { Inputs } from "./inputs.js";
import { viewContext } from "./interactions.js";
import { mrkdwn, textObject } from "./mrkdwn.js";
import { closePopup } from "./popup.js";
import { post, sentence } from "./requests.js";
import { changed, store } from "./store.js";

const inputs = new Map(); // view id -> Inputs
const gone = new Set(); // views closed here before the server said so
let shown = null;
let opener = null;

const title = h("h2", { id: "modal-title", dir: "auto" });
const problem = h("div", { class: "view-error", role: "alert", hidden: true });
const body = h("div", { class: "modal-body" });
const submitButton = h("button", { type: "submit", class: "button primary", data: { testid: "modal-submit" } });
const cancelButton = h("button", { class: "button", on: { click: () => leave() } });
const closeButton = iconPress("close", "Close", { data: { testid: "modal-close" }, on: { click: () => leave() } }, 20);
const form = h("form", { novalidate: true, on: { submit } }, h("header", { class: "dialog-head" }, title, closeButton), problem, body, h("footer", { class: "dialog-foot" }, cancelButton, submitButton));
const dialog = h("dialog", { class: "dialog modal", "aria-labelledby": "modal-title", data: { testid: "modal" } }, form);

function tellProblem(text) {
  problem.replaceChildren(...mrkdwn(text));
  problem.hidden = !text;
  if (text) problem.scrollIntoView({ block: "nearest" });
}

function inputsOf(view) {
  if (!inputs.has(view.id)) inputs.set(view.id, new Inputs());
  return inputs.get(view.id);
}

const inputNodes = () => [...body.children].filter((node) => node.inputBlock);

function showErrors(errors) {
  let first = null;
  for (const node of inputNodes()) {
    const text = errors[node.inputId] ?? "";
    showError(node, text);
    if (text) first ??= node;
  }
  const control = first?.querySelector("[data-action-id]");
  (control?.matches(".option-group") ? control.querySelector("input") : control)?.focus();
  tellProblem("");
}

async function submit(event) {
  event.preventDefault();
  const view = shown;
  if (!view || submitButton.getAttribute("aria-busy") === "true") return;
  closePopup();
  showErrors({});
  submitButton.setAttribute("aria-busy", "true");
  const answer = await post(`/page/views/${encodeURIComponent(view.id)}/submit`, { state: inputsOf(view).state() });
  submitButton.removeAttribute("aria-busy");
  if (answer.ok !== false || shown?.id !== view.id) return;
  if (answer.errors) showErrors(answer.errors);
  else tellProblem(`${sentence(answer.error, "This form")} What you filled in is kept.`);
}

function leave() {
  const view = shown;
  if (!view) return;
  closePopup();
  gone.add(view.id);
  changed();
  post(`/page/views/${encodeURIComponent(view.id)}/close`, {});
}

function fill(view) {
  const same = shown?.id === view.id;
  title.replaceChildren(...textObject(view.title ?? "Copydesk"));
  cancelButton.replaceChildren(...textObject(view.close ?? "Cancel"));
  const sends = view.submit || (view.blocks ?? []).some((block) => block.type === "input");
  submitButton.hidden = !sends;
  submitButton.replaceChildren(...textObject(view.submit ?? "Submit"));
  if (!same) {
    tellProblem("");
    body.replaceChildren();
    body.scrollTop = 0;
    submitButton.removeAttribute("aria-busy");
  }
  shown = view;
  putBlocks(body, view.blocks, viewContext(view, inputsOf(view), tellProblem));
  return same;
}

function focusFirst() {
  const wanted = body.querySelector("[data-focus-on-load]") ?? body.querySelector("input, textarea, select, button") ?? (submitButton.hidden ? closeButton : submitButton);
  wanted.focus({ preventScroll: wanted === submitButton });
}

/** Draws the top view of the stack, or closes the dialog. */
export function drawModal() {
  const stack = store.views.filter((view) => !gone.has(view.id));
  const view = stack[stack.length - 1];
  const alive = new Set(store.views.map((each) => each.id));
  for (const id of inputs.keys()) if (!alive.has(id)) inputs.delete(id);
  if (!view) {
    if (!dialog.open) return;
    shown = null;
    dialog.close();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    return;
  }
  if (shown && JSON.stringify(shown) === JSON.stringify(view) && dialog.open) return;
  const same = fill(view);
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  if (!same) focusFirst();
}

export function startModal() {
  document.body.append(dialog);
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return; // a file chooser that was put away says it too
    event.preventDefault();
    leave();
  });
}
