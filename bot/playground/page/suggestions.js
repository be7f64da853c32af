// What the message box offers while one types: commands and people.

import { freshId, h } from "./dom.js";
import { post, tell } from "./requests.js";
import { nameOf, store } from "./store.js";

const INVITE = { command: "/invite", description: "Add Copydesk to this channel", usage_hint: "@copydesk" };

/** All commands that work here. */
export function commands() {
  const known = store.commands.map((each) => each.command);
  return known.includes("/invite") ? store.commands : [...store.commands, INVITE];
}

/** The command that a text begins with, if it is one of this workspace. */
export function commandOf(text) {
  const word = /^\/\S+/.exec(text)?.[0];
  return word && commands().find((each) => each.command === word);
}

async function useShortcut({ callback_id, name }) {
  tell(await post("/page/shortcuts", { callback_id }), `“${name}”`, store.at);
}

function offerCommands(before) {
  if (!/^\/\S*$/.test(before)) return null;
  const found = commands().filter((each) => each.command.startsWith(before));
  const shortcuts = store.global_shortcuts.filter((each) => each.name.toLowerCase().startsWith(before.slice(1).toLowerCase()));
  return {
    from: 0,
    exact: found.some((each) => each.command === before),
    items: [
      ...found.map((each) => ({ insert: `${each.command} `, title: each.command, hint: each.usage_hint ?? "", about: each.description ?? "" })),
      ...shortcuts.map((each) => ({ insert: "", title: each.name, about: "Shortcut", run: () => useShortcut(each) })),
    ],
  };
}

function offerPeople(before) {
  const found = /(?:^|\s)@([\p{L}\w.-]*)$/u.exec(before);
  if (!found) return null;
  const typed = found[1].toLowerCase();
  const users = [...store.users.values()].filter((user) => user.name.toLowerCase().startsWith(typed) || nameOf(user.id).toLowerCase().startsWith(typed));
  return { from: before.length - found[1].length - 1, items: users.map((user) => ({ insert: `@${user.name} `, title: `@${user.name}`, hint: "", about: nameOf(user.id) })) };
}

function offered(input) {
  if (input.selectionStart !== input.selectionEnd) return null;
  const before = input.value.slice(0, input.selectionStart);
  const offer = offerCommands(before) ?? offerPeople(before);
  return offer?.items.length ? offer : null;
}

/** The list above a message box. */
export class Suggestions {
  #offer = null;
  #chosen = 0;

  constructor(input, onInsert) {
    this.input = input;
    this.onInsert = onInsert;
    this.list = h("ul", { class: "suggestions", role: "listbox", id: freshId("suggestions"), "aria-label": "Suggestions", hidden: true });
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("blur", () => this.close());
  }

  refresh() {
    this.#offer = offered(this.input);
    this.#chosen = 0;
    this.#draw();
  }

  close() {
    this.#offer = null;
    this.#draw();
  }

  #draw() {
    const items = this.#offer?.items ?? [];
    this.list.hidden = !items.length;
    this.list.replaceChildren(...items.map((item, index) => this.#line(item, index)));
    const active = this.list.querySelector("[aria-selected=true]");
    if (active) this.input.setAttribute("aria-activedescendant", active.id);
    else this.input.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  #line(item, index) {
    const pick = (event) => {
      event.preventDefault();
      this.#chosen = index;
      this.#insert();
    };
    return h(
      "li",
      { role: "option", id: `${this.list.id}-${index}`, "aria-selected": String(index === this.#chosen), on: { pointerdown: pick } },
      h("strong", {}, item.title),
      item.hint && h("span", { class: "usage" }, item.hint),
      item.about && h("span", { class: "about" }, item.about),
    );
  }

  #insert() {
    const item = this.#offer.items[this.#chosen];
    const end = this.input.selectionStart;
    this.input.setRangeText(item.insert, this.#offer.from, end, "end");
    this.close();
    this.onInsert();
    item.run?.();
  }

  /** Handles a key; true when it was meant for the list. */
  key(event) {
    if (!this.#offer) return false;
    const { length } = this.#offer.items;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#chosen = (this.#chosen + (event.key === "ArrowDown" ? 1 : -1) + length) % length;
    else if (event.key === "Escape") this.#offer = null;
    else if (event.key === "Enter" && this.#offer.exact && !event.shiftKey) return false;
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      event.preventDefault();
      this.#insert();
      return true;
    } else return false;
    event.preventDefault();
    this.#draw();
    return true;
  }
}
