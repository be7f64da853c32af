// The message box: grows with its text, Enter sends, Shift+Enter starts a new line, "/" offers commands.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { post, sentence } from "./requests.js";
import { notice, store } from "./store.js";
import { commandOf, commands, Suggestions } from "./suggestions.js";

/** The last command that this person sent from this page, by channel: {at, me}. */
export const lastCommand = new Map();

export class Composer {
  #texts = new Map(); // place -> what is typed there
  #place = null;

  constructor(area, { testid, send, id, onSent }) {
    this.onSent = onSent;
    this.input = h("textarea", { id, rows: "1", dir: "auto", data: { testid }, autocomplete: "off", spellcheck: "true" });
    this.suggestions = new Suggestions(this.input, () => this.#changed());
    this.hint = h("div", { class: "usage-line", "aria-live": "polite" });
    this.button = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)", data: { testid: send } }, icon("send", 20));
    this.form = h("form", { class: "composer" }, this.suggestions.list, this.input, this.button);
    area.append(this.form, this.hint);
    this.input.addEventListener("input", () => {
      this.#changed();
      this.suggestions.refresh();
    });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  /** Shows the box of a place; what was typed in the place before stays with it. */
  at(channel, thread, placeholder) {
    const key = `${store.me}/${channel}/${thread ?? ""}`;
    if (this.#place?.key !== key) {
      const typed = this.#place ? this.#texts.get(key) ?? "" : this.input.value;
      this.#place = { key, channel, thread };
      this.input.value = typed;
      this.suggestions.close();
      this.#changed();
    }
    this.input.placeholder = placeholder;
    this.input.setAttribute("aria-label", placeholder);
  }

  get text() {
    return this.input.value;
  }

  /** Puts a text into the box and the caret behind it. */
  fill(text) {
    this.input.value = text;
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
    this.#changed();
    this.suggestions.close();
  }

  #changed() {
    if (this.#place) this.#texts.set(this.#place.key, this.input.value);
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 240)}px`;
    this.button.disabled = !this.input.value.trim();
    const command = /^\/\S+\s/.test(this.input.value) ? commandOf(this.input.value) : null;
    this.hint.textContent = command?.usage_hint ? `${command.command} ${command.usage_hint}` : "";
  }

  #key(event) {
    if (event.isComposing || this.suggestions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const text = this.input.value.trim();
    const place = this.#place;
    if (!text || !place) return;
    if (refused(text, place)) return;
    const command = /^\/\S/.test(text) && (Boolean(commandOf(text)) || !store.commands.length);
    if (command) lastCommand.set(place.channel, { at: Date.now() / 1000, me: store.me });
    this.input.value = "";
    this.suggestions.close();
    this.#changed();
    this.onSent?.();
    const answer = await post("/page/messages", { channel: place.channel, text, ...(place.thread ? { thread_ts: place.thread } : {}) });
    if (answer.ok === false && answer.error !== "unknown_command") {
      const what = command ? text.split(/\s/)[0] : "Your message";
      notice(place.channel, place.thread, sentence(answer.error, what), () => this.fill(text));
    }
  }
}

function refused(text, place) {
  if (!/^\/[a-z]/i.test(text) || !store.commands.length) return false;
  const word = text.split(/\s/)[0];
  if (!commandOf(text)) {
    const names = commands().map((each) => each.command).join(", ");
    notice(place.channel, place.thread, `${word} is not a command here. There are ${names}. To send it as a message, begin with a space.`);
    return true;
  }
  if (place.thread) notice(place.channel, place.thread, `${word} works in a channel, not inside a thread. Type it in the channel's box.`);
  return Boolean(place.thread);
}
