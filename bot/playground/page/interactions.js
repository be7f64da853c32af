// A click or choice in a block: asks for confirmation, sends it, and shows when it failed.

import { confirmed } from "./confirm.js";
import { post, sentence, tell } from "./requests.js";
import { threadOf } from "./store.js";

/** Where blocks stand: what the server calls it, its inputs, and where failures are told. */
export function messageContext(channel, message, inputs) {
  return {
    container: { type: "message", channel, ts: message.ts },
    inputs,
    fail: (answer) => tell(answer, "Your click", { channel, thread: threadOf(message) }),
  };
}

export function viewContext(view, inputs, showError) {
  return {
    container: { type: "view", view_id: view.id },
    inputs,
    fail: (answer) => showError(sentence(answer.error, "Your click")),
  };
}

/** Sends one action of an element; true when the server took it. */
export async function act(context, blockId, element, value) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  const answer = await post("/page/actions", {
    container: context.container,
    block_id: blockId,
    action_id: element.action_id,
    value: value ?? null,
    state: context.inputs.state(),
  });
  if (answer.ok === false) context.fail(answer);
  return answer.ok !== false;
}

/** Runs a handler once at a time for a control, which says that it is busy meanwhile. */
export function onceAtATime(control, handler) {
  return async (event) => {
    if (control.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    control.setAttribute("aria-busy", "true");
    try {
      await handler(event);
    } finally {
      control.removeAttribute("aria-busy");
    }
  };
}
