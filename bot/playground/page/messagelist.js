// A list of messages that keeps to the newest unless the reader scrolled up.

import { arrange, h } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessage } from "./message.js";
import { dateOf, day } from "./people.js";
import { isBot } from "./store.js";

const NEAR = 48;
const GROUP_SECONDS = 300;

const groups = (before, message) =>
  before &&
  before.user === message.user &&
  !before.ephemeral &&
  !message.ephemeral &&
  !isBot(message) &&
  Number(message.ts) - Number(before.ts) < GROUP_SECONDS &&
  dateOf(before.ts).getDate() === dateOf(message.ts).getDate();

/** Owns one scroller; `draw` may be called as often as the store changes. */
export class MessageList {
  #nodes = new Map();
  #days = new Map();
  #place = null;
  #stuck = true;
  #last = null;

  constructor(scroller, { label, inThread = false }) {
    this.scroller = scroller;
    this.inThread = inThread;
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": label });
    this.newest = h("button", { class: "to-newest", hidden: true, on: { click: () => this.toNewest() } }, icon("arrowdown", 16), "Newest");
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", label);
    scroller.append(this.log);
    scroller.after(this.newest);
    scroller.addEventListener("scroll", () => this.#watch(), { passive: true });
    const follow = new ResizeObserver(() => this.#stuck && this.#jump());
    follow.observe(this.log);
    follow.observe(scroller);
  }

  label(text) {
    this.log.setAttribute("aria-label", text);
    this.scroller.setAttribute("aria-label", text);
  }

  #watch() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#stuck) this.newest.hidden = true;
  }

  #jump() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  toNewest() {
    this.#stuck = true;
    this.newest.hidden = true;
    this.#jump();
  }

  #dayLine(ts) {
    const words = day(ts);
    if (!this.#days.has(words)) this.#days.set(words, h("div", { class: "day", role: "separator" }, h("span", {}, words)));
    return this.#days.get(words);
  }

  /** Draws the messages of a place; `before` and `after` are nodes around them. */
  draw(place, messages, { channel, index = new Map(), before = [], after = [], days = true } = {}) {
    if (place !== this.#place) {
      this.#nodes.clear();
      this.#days.clear();
      this.#stuck = true;
      this.#place = place;
      this.newest.hidden = true;
      this.log.setAttribute("aria-live", "off"); // what was there before is not news
      setTimeout(() => this.log.setAttribute("aria-live", "polite"), 400);
    }
    const children = [...before];
    let previous = null;
    for (const message of messages) {
      const newDay = days && (!previous || day(previous.ts) !== day(message.ts));
      if (newDay) children.push(this.#dayLine(message.ts));
      const compact = !newDay && Boolean(groups(previous, message));
      const node = drawMessage(this.#nodes.get(message.ts), channel, message, { inThread: this.inThread, compact, list: index.get(message.ts) });
      this.#nodes.set(message.ts, node);
      children.push(node);
      previous = message;
    }
    arrange(this.log, [...children, ...after]);
    this.#follow(messages[messages.length - 1]?.ts ?? null);
  }

  #follow(last) {
    const arrived = last !== this.#last;
    this.#last = last;
    if (this.#stuck) this.#jump();
    else if (arrived) this.newest.hidden = false;
  }
}
