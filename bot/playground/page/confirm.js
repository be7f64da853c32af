// The "are you sure?" that an element may ask before it acts.

import { freshId, h } from "./dom.js";
import { textObject } from "./mrkdwn.js";

/** Asks; resolves true only when the person confirmed. */
export function confirmed(question) {
  return new Promise((resolve) => {
    const title = freshId("confirm");
    const text = freshId("confirm-text");
    const answer = (value) => () => dialog.close(value);
    const yes = h("button", { class: `button ${question.style === "danger" ? "danger" : "primary"}`, data: { testid: "confirm-yes" }, on: { click: answer("yes") } }, textObject(question.confirm ?? "Yes"));
    const no = h("button", { class: "button", data: { testid: "confirm-no" }, on: { click: answer("no") } }, textObject(question.deny ?? "Cancel"));
    const dialog = h(
      "dialog",
      { class: "dialog small", "aria-labelledby": title, "aria-describedby": text, data: { testid: "confirm" } },
      h("h2", { id: title, dir: "auto" }, textObject(question.title ?? "Are you sure?")),
      h("div", { id: text, class: "dialog-text", dir: "auto" }, textObject(question.text)),
      h("div", { class: "dialog-foot" }, no, yes),
    );
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
