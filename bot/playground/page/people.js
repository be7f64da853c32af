// How people and apps look: avatars, colours and the times of what they wrote.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { nameOf, person } from "./store.js";

function inkOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => (parseInt(colour.slice(start, start + 2), 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2 ? "#14201b" : "#ffffff";
}

/** A square with an initial for people, the desk's mark for the app. */
export function avatar(id, size = "") {
  if (!person(id)) return h("span", { class: `avatar note ${size}`, "aria-hidden": "true" }, icon("info", 20));
  if (person(id).is_bot) return h("span", { class: `avatar app ${size}`, "aria-hidden": "true" }, icon("desk", size ? 14 : 20));
  const colour = `#${person(id).color}`;
  return h("span", { class: `avatar ${size}`, "aria-hidden": "true", style: { background: colour, color: inkOn(colour) } }, nameOf(id).slice(0, 1).toUpperCase());
}

export const dateOf = (ts) => new Date(Number(ts) * 1000);

export function clock(ts) {
  return dateOf(ts).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}

/** "Today", "Yesterday" or the day in words. */
export function day(ts) {
  const date = dateOf(ts);
  const midnight = (when) => new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();
  const ago = Math.round((midnight(new Date()) - midnight(date)) / 86400000);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  return date.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year: ago > 300 ? "numeric" : undefined });
}
