// The message box: grows with its text, Enter sends, Shift+Enter starts a new line, "/" offers commands.

import { h } from "./dom.js";
import { Picker } from "./files.js";
import { icon, iconPress } from "./icons.js";
import { post, sentence } from "./requests.js";
import { notice, store } from "./store.js";
import { commandOf, commands, Suggestions } from "./suggestions.js";

/** The last command that this person sent from this page, by channel: {at, me}. */
export const lastCommand = new Map();

export class Composer {
  #kept = new Map(); // place -> {text, files}: what is typed and attached there
  #place = null;

  constructor(area, { testid, send, id, onSent }) {
    this.onSent = onSent;
    this.input = h("textarea", { id, rows: "1", dir: "auto", data: { testid }, autocomplete: "off", spellcheck: "true" });
    this.suggestions = new Suggestions(this.input, () => this.#changed());
    this.hint = h("div", { class: "usage-line", "aria-live": "polite" });
    this.button = h("button", { type: "submit", class: "send", disabled: true, "aria-label": "Send", title: "Send (Enter)", data: { testid: send } }, icon("send", 20));
    const attach = iconPress("clip", "Attach files", { data: { testid: "attach" } });
    this.form = h("form", { class: "composer" }, this.suggestions.list, attach, this.input, this.button);
    this.picker = new Picker(this.form, attach, { problem: (_, count) => (count < 10 ? "" : "A message takes ten files at most."), tell: (text) => text && notice(this.#place.channel, this.#place.thread, text), onChange: () => this.#attached() });
    this.form.prepend(this.picker.list);
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
      const kept = this.#kept.get(key) ?? { text: this.#place ? "" : this.input.value, files: [] };
      this.#place = { key, channel, thread };
      this.input.value = kept.text;
      this.picker.show(kept.files);
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

  #attached() {
    this.#changed();
    this.input.focus();
  }

  #changed() {
    if (this.#place) this.#kept.set(this.#place.key, { text: this.input.value, files: this.picker.ids });
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 240)}px`;
    this.button.disabled = this.picker.busy || !(this.input.value.trim() || this.picker.ids.length);
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
    const files = this.picker.ids;
    if (this.button.disabled || !place) return;
    if (refused(text, place, files)) return;
    const command = /^\/\S/.test(text) && (Boolean(commandOf(text)) || !store.commands.length);
    if (command) lastCommand.set(place.channel, { at: Date.now() / 1000, me: store.me });
    this.input.value = "";
    this.picker.show([]);
    this.suggestions.close();
    this.#changed();
    this.onSent?.();
    const answer = await post("/page/messages", { channel: place.channel, text, files, thread_ts: place.thread });
    if (answer.ok === false && answer.error !== "unknown_command") {
      const what = command ? text.split(/\s/)[0] : "Your message";
      notice(place.channel, place.thread, sentence(answer.error, what), () => {
        this.picker.show(files);
        this.fill(text);
      });
    }
  }
}

function refused(text, place, files) {
  if (!/^\/[a-z]/i.test(text) || !store.commands.length) return false;
  const word = text.split(/\s/)[0];
  if (!commandOf(text)) {
    const names = commands().map((each) => each.command).join(", ");
    notice(place.channel, place.thread, `${word} is not a command here. There are ${names}. To send it as a message, begin with a space.`);
    return true;
  }
  if (files.length) notice(place.channel, place.thread, `${word} takes no files. Take them out, or send them as a message.`);
  else if (place.thread) notice(place.channel, place.thread, `${word} works in a channel, not inside a thread. Type it in the channel's box.`);
  return Boolean(files.length || place.thread);
}
